"""The check beside the form while it is being filled in (section K): the same check as before submission."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import saml_fejl
from takster import hentning
from takster.adgang import kun_indberetter
from takster.beregning.kontrolraekke import Skemaberegning
from takster.forms.skema import Skemaformular
from takster.views.faelles import felt_id, hent_skema, kontroltrin


@kraev(kun_indberetter)
@require_POST
def kontrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Checks what stands in the form right now and answers with the panel; nothing is saved."""
    skema = hent_skema(request, pk)
    formular = Skemaformular(request.POST, skema=skema)
    formular.full_clean()
    felter, linjer = formular.foreloebige()
    omgivelser = hentning.hent_omgivelser(skema, timezone.localdate())
    beregning = hentning.beregn_felter(felter, linjer, omgivelser, formular.niveauer())
    return render(request, "takster/skema/_kontrolpanel.html", {"kontrol": kontrolpanel(beregning, formular)})


def kontrolpanel(beregning: Skemaberegning, formular: Skemaformular | None = None) -> dict[str, Any]:
    """The findings by step, with what the form cannot read first; a field is not asked for twice."""
    ulaeselige = saml_fejl([formular]) if formular is not None and formular.is_bound else []
    optagne = {fejl.maal for fejl in ulaeselige}
    trin = kontroltrin(beregning)
    for et_trin in trin:
        et_trin["fund"] = [fund for fund in et_trin["fund"] if fund["url"] not in optagne or not fund["url"]]
    fund = [fundet for fundet in beregning.fund if not felt_id(fundet) or felt_id(fundet) not in optagne]
    return {
        "ulaeselige": ulaeselige,
        "trin": [et_trin for et_trin in trin if et_trin["fund"]],
        "mangler": len(ulaeselige) + sum(fundet.blokerer for fundet in fund),
        "se_efter": sum(not fundet.blokerer for fundet in fund),
    }
