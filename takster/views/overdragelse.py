"""The balance of a tilbud that is transferred (T50), computed on the server from figures in the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.formularer import saml_fejl
from takster.beregning.koder import Renteart
from takster.beregning.overdragelse import AKTIVER, FORPLIGTELSER, Overdragelse, beregn_overdragelse
from takster.beregning.regelsaet import STANDARDREGLER
from takster.beregning.trin import Beregningsfejl
from takster.forms.overdragelse import Overdragelsesformular
from takster.models import Regelsaet, Rentesats
from takster.views.faelles import trinlinjer


@kraev(kun_sekretariat)
@require_GET
def overdragelse(request: HttpRequest) -> HttpResponse:
    """An empty form, or the settlement; what cannot be computed is 422 with the reason at the field."""
    formular = Overdragelsesformular(request.GET or None)
    fundet, kilde = _beregn(formular) if formular.is_valid() else (None, "")
    fejl = saml_fejl([formular])
    kontekst = {
        "formular": formular,
        "fundet": fundet,
        "trin": trinlinjer(fundet.trin) if fundet else [],
        "kilde": kilde,
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": [
            ("Overblik", "/"),
            ("Takster", reverse("takster:liste")),
            ("Overdragelse af tilbud", None),
        ],
    }
    return render(request, "takster/overdragelse.html", kontekst, status=422 if fejl else 200)


def _beregn(formular: Overdragelsesformular) -> tuple[Overdragelse | None, str]:
    """The settlement, and where the rate is from."""
    felter = formular.cleaned_data
    if not any(felter[navn] for navn in AKTIVER | FORPLIGTELSER):
        formular.add_error("grunde", "Indtast mindst ét beløb under aktiver eller forpligtelser")
        return None, ""
    regelsaet = Regelsaet.objects.for_aar(felter["aar"])
    try:
        fundet = beregn_overdragelse(
            felter,
            felter["aar"],
            Rentesats.objects.som_vaerdier(Renteart.OVERDRAGELSE),
            regler=regelsaet.regler() if regelsaet else STANDARDREGLER,
        )
    except Beregningsfejl as fejl:
        formular.add_error(fejl.felt if fejl.felt in formular.fields else "aar", fejl.besked)
        return None, ""
    dele = [str(regelsaet) if regelsaet else "", f"renten: {fundet.sats.kilde}" if fundet.sats else ""]
    return fundet, ". ".join(filter(None, dele))
