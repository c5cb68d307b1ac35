"""Uploaded workbooks for the page walk: one ready to save with a colleague's change beside it, and one with errors."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

KLAR, AFVIST = "takstskemaer-2027-aalborg.xlsx", "takstskemaer-med-fejl.xlsx"


def lav_skemaboeger() -> None:
    """Aalborg's economist fetches the workbook, a colleague saves, and both files are read in."""
    from openpyxl import load_workbook

    from socialaftale.kerne.hatte import adgang_for, muligheder_for
    from socialaftale.kerne.models import Bruger
    from takster import hentning
    from takster.handlinger.skemaer import gem_skema
    from takster.models import Indberetning, Takstskema
    from takster.skemabog import indlaesning
    from takster.skemabog.hentning import byg_bog, skemaer_i
    from takster.skemabog.udfyld import OVERSKRIFTSRAEKKE

    bruger = Bruger.objects.get(email="oekonom.aalborg@demo.example")
    adgang = adgang_for(bruger, next(m.noegle for m in muligheder_for(bruger) if m.hat == "driftsherre"))
    indberetning = Indberetning.objects.select_related("runde__regelsaet", "driftsherre").get(
        driftsherre__slug="aalborg", runde__aar=2027
    )
    hentet = byg_bog(indberetning, adgang)
    skemaer = list(skemaer_i(indberetning, adgang))
    plads, skema = next(
        (plads, en) for plads, en in enumerate(skemaer) if en.er_redigerbar and en.belaegning_pct is not None
    )
    skema = Takstskema.objects.til_beregning().get(pk=skema.pk)
    gem_skema(
        skema,
        adgang=adgang,
        version=skema.version,
        felter=hentning.felter_af(skema),
        linjer=skema.beloeb() | {"D10": Decimal(61_000)},
    )

    def indlaes(navn: str, **vaerdier: Any) -> None:
        bog = load_workbook(io.BytesIO(hentet))
        ark = bog["Skemaer"]
        kolonner = {celle.value[:3]: celle.column for celle in ark[OVERSKRIFTSRAEKKE]}
        for kode, vaerdi in vaerdier.items():
            ark.cell(OVERSKRIFTSRAEKKE + 1 + plads, kolonner[kode], vaerdi)
        ud = io.BytesIO()
        bog.save(ud)
        fil = indlaesning.opret(indberetning, adgang, navn, ud.getvalue())
        indlaesning.laes_fil(adgang, lambda procent, besked: None, fil=str(fil.pk))

    indlaes(KLAR, D10=64_000, B20="455.000", C10=120_000.125)
    indlaes(AFVIST, D10="1,234.50", B20="=1+1", C10="ca. 120.000")
