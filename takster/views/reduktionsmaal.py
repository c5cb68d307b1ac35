"""Agreed reductions of the tariffs: the targets, the proof per driftsherre, and the secretariat's editing (T91)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev, kun_sekretariat, offentlig
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.formularer import Formular, saml_fejl, svar_med_formular, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from socialaftale.kerne.templatetags import dansk
from takster import reduktionsbevis
from takster.forms.satser import Maalformular, NytMaalformular, Sletformular
from takster.handlinger import reduktionsmaal as handlinger
from takster.models import Reduktionsmaal
from takster.reduktionsbevis import Maal
from takster.regneark import reduktionsmaal as regneark
from takster.views.faelles import trinlinjer


def _krummer(*mere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    krummer = [("Overblik", "/"), ("Takster", reverse("takster:liste"))]
    return [*krummer, ("Reduktionsmål", reverse("takster:reduktionsmaal") if mere else None), *mere]


@kraev(offentlig)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """Every target with its years and, where the tariffs are here, the proof."""
    maal = reduktionsbevis.hent_maal()
    if "format" in request.GET:
        return _fil(request.GET["format"], maal)
    haendelser = Haendelse.objects.filter(objekttype=Reduktionsmaal._meta.label_lower)
    haendelser = haendelser.select_related("bruger", "organisation").synlige_for(request.adgang)
    return render(
        request,
        "takster/reduktionsmaal/liste.html",
        {
            "maal": [_vist(et) for et in maal],
            "kan_hentes": any(et.bevis for et in maal),
            "maa_rette": request.adgang.er_sekretariat,
            "haendelser": list(haendelser[:50]) if request.adgang.er_sekretariat else None,
            "broedkrummer": _krummer(),
        },
    )


def _vist(maal: Maal) -> dict[str, Any]:
    """A target as the page shows it, with the sums of its years."""
    beregning = maal.beregning
    return {
        "maal": maal,
        "takst_i_alt": beregning.takst_pct(maal.raekker[-1].aar),
        "i_alt": beregning.i_alt_pct(maal.raekker[-1].aar),
        "i_alt_dialog": beregning.i_alt_pct(maal.raekker[-1].aar) - beregning.takst_pct(maal.raekker[-1].aar),
        "sidste": maal.raekker[-1],
        "maal_pct": beregning.takst_pct(maal.aar),
        "trin": [
            (f"{bevis.driftsherre}: {navn}", resultat, note)
            for bevis in maal.bevis
            for navn, resultat, note in trinlinjer(bevis.trin)
        ],
        "fund": [fund.tekst for bevis in maal.bevis for fund in bevis.fund],
    }


def _fil(form: str, maal: list[Maal]) -> HttpResponse:
    if form not in ("xlsx", "csv"):
        raise Http404
    noter = ["Takstberegningsgrundlag af offentliggjorte takster, i basisårets priser.", _udtrukket()]
    if any(et.er_eksempel for et in maal):
        noter.append("Eksempeltal: Nogle af tallene er opdigtede og kun til demonstration.")
    data = regneark.byg_excel(maal, noter) if form == "xlsx" else regneark.byg_csv(maal)
    return svar.fil(f"reduktionsmaal.{form}", MIMETYPER[form], data)


def _udtrukket() -> str:
    return f"Udtrukket {dansk.tidspunkt(timezone.now())}"


@kraev(kun_sekretariat)
def opret(request: HttpRequest) -> HttpResponse:
    formular = NytMaalformular(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formular.is_valid():
        try:
            handlinger.opret_maal(adgang=request.adgang, **formular.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Reduktionsmålet er lagt ind.")
            return redirect("takster:reduktionsmaal")
    kontekst = {"titel": "Læg et reduktionsmål ind", "formular": formular, "knap": "Læg målet ind"}
    kontekst["broedkrummer"] = _krummer((kontekst["titel"], None))
    return svar_med_formular(request, "takster/reduktionsmaal/formular.html", [formular], kontekst)


@kraev(kun_sekretariat)
def ret(request: HttpRequest, pk: int) -> HttpResponse:
    maal = _hent(pk)
    formular = Maalformular.for_maal(maal, request.POST if request.method == "POST" else None)
    if request.method == "POST" and formular.is_valid():
        try:
            handlinger.ret_maal(maal, adgang=request.adgang, **formular.cleaned_data)
        except Versionskonflikt as fejl:
            data = {**request.POST.dict(), "version": str(fejl.nyeste.version)}
            return _side(request, fejl.nyeste, Maalformular.for_maal(maal, data), konflikt=fejl.nyeste)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Reduktionsmålet er rettet.")
            return redirect("takster:reduktionsmaal")
    return _side(request, maal, formular)


@kraev(kun_sekretariat)
def slet(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the last year of a target, with a reason."""
    maal = _hent(pk)
    formular = Sletformular(request.POST if request.method == "POST" else None, initial={"version": maal.version})
    if request.method == "POST" and formular.is_valid():
        try:
            handlinger.slet_maal(maal, adgang=request.adgang, **formular.cleaned_data)
        except Versionskonflikt as fejl:
            data = {**request.POST.dict(), "version": str(fejl.nyeste.version)}
            return _side(request, fejl.nyeste, Sletformular(data), konflikt=fejl.nyeste, fjern=True)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Målets sidste år er fjernet.")
            return redirect("takster:reduktionsmaal")
    return _side(request, maal, formular, fjern=True)


def _hent(pk: int) -> Reduktionsmaal:
    return get_object_or_404(Reduktionsmaal.objects.select_related("driftsherre"), pk=pk)


def _side(
    request: HttpRequest,
    maal: Reduktionsmaal,
    formular: Formular,
    *,
    konflikt: Reduktionsmaal | None = None,
    fjern: bool = False,
) -> HttpResponse:
    """`konflikt` is the row as a colleague saved it meanwhile: it stands beside what was typed."""
    titel = f"{'Fjern' if fjern else 'Ret'} målet for {maal.aar}"
    fejl = [] if konflikt else saml_fejl([formular])
    kontekst = {
        "titel": titel,
        "raekke": maal,
        "formular": formular,
        "konflikt": konflikt,
        "knap": "Fjern målet" if fjern else "Gem målet",
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": _krummer((titel, None)),
    }
    status = 409 if konflikt else 422 if fejl else 200
    return render(request, "takster/reduktionsmaal/formular.html", kontekst, status=status)
