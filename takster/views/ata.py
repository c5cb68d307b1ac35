"""The ATA calculator (T39): every component visible, the figures in the address so that they can be shared."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from socialaftale.kerne.adgang import indlogget, kraev
from socialaftale.kerne.formularer import saml_fejl
from socialaftale.kerne.talformat import skriv_beloeb
from socialaftale.kerne.templatetags import dansk
from takster.adgang import kan_lave_tillaegsaftale
from takster.beregning.ata import AtaPris, AtaTakst
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad
from takster.beregning.regelsaet import STANDARDREGLER
from takster.beregning.trin import Beregningsfejl
from takster.beregning.typer import beregn_ata_felter, kontroller_ata
from takster.enums import Tillaegsmetode
from takster.forms.ata import Ataformular
from takster.models import Regelsaet
from takster.views.faelles import trinlinjer


@kraev(indlogget)
@require_GET
def ata(request: HttpRequest) -> HttpResponse:
    """An empty form, or what it gives; a question that cannot be answered is 422 with the reason at the field."""
    formular = Ataformular(request.GET or None)
    takst, uge, advarsler = None, None, []
    if formular.is_valid():
        takst, uge, advarsler = _beregn(formular)
    fejl = saml_fejl([formular])
    kontekst = {
        "formular": formular,
        "takst": takst,
        "uge": uge,
        "timetakst": takst.takst if takst else None,
        "ugepris": uge.pr_uge if uge else None,
        "advarsler": advarsler,
        "trin": trinlinjer([*takst.trin, *([uge.trin] if uge else [])]) if takst else [],
        "tekst": _tekst(takst, uge) if takst else "",
        "maa_aftale": kan_lave_tillaegsaftale(request.adgang),
        "aftale_query": urlencode({"metode": Tillaegsmetode.ATA_TIME.value, "pris": skriv_beloeb(takst.takst)})
        if takst
        else "",
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": [("Overblik", "/"), ("Takster", reverse("takster:liste")), ("ATA-beregner", None)],
    }
    return render(request, "takster/ata/beregner.html", kontekst, status=422 if fejl else 200)


def _beregn(formular: Ataformular) -> tuple[AtaTakst | None, AtaPris | None, list[Fund]]:
    regelsaet = Regelsaet.objects.for_aar(timezone.localdate().year)
    felter = formular.cleaned_data
    # The calculator also answers without a name for the staff.
    fund = [
        et
        for et in kontroller_ata(felter, regelsaet.regler() if regelsaet else STANDARDREGLER)
        if et.felt != "ata_personale"
    ]
    for et in fund:
        if et.grad == Grad.FEJL:
            formular.add_error(et.felt, et.tekst)
    if formular.errors:
        return None, None, []
    try:
        takst, uge = beregn_ata_felter(felter)
    except Beregningsfejl as fejl:
        formular.add_error(fejl.felt, fejl.besked)
        return None, None, []
    return takst, uge, fund


def _tekst(takst: AtaTakst, uge: AtaPris | None) -> str:
    """The calculation as plain text, for a payment agreement or a mail."""
    elementer = takst.elementer
    linjer = [
        f"Personalekategori: {elementer.personalekategori or 'ikke oplyst'}",
        f"Timeomkostning: {dansk.kroner(elementer.timeomkostning)}",
        *(f"{et.navn}: {et.formel}: {et.indsat} = {et.resultat}" for et in takst.trin),
        *([f"{uge.trin.navn}: {uge.trin.indsat} = {uge.trin.resultat}"] if uge else []),
    ]
    return "\n".join(linjer)
