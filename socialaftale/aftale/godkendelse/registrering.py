"""Registering and correcting what a party has decided about the edition laid before it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.aftale.godkendelse import adgang as regler
from socialaftale.aftale.godkendelse.enums import GODKENDER, Afgoerelse
from socialaftale.aftale.godkendelse.handlinger import laas
from socialaftale.aftale.godkendelse.overblik import tidligste_moededato
from socialaftale.aftale.models import Aftale, Godkendelse
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.tekst.rensning import afvis_cpr
from socialaftale.kerne.templatetags.dansk import dato_lang

FELTER = ("afgoerelse", "moededato", "sagsnummer", "link", "note")


@transaction.atomic
def registrer(
    aftale: Aftale,
    *,
    adgang: Adgang,
    organisation: Organisation,
    afgoerelse: str,
    moededato: dt.date,
    sagsnummer: str,
    link: str = "",
    note: str = "",
    begrundelse: str = "",
    fra_version: int = 0,
    er_eksempel: bool = False,
) -> Godkendelse:
    """Store a party's decision, or correct it with a reason; `fra_version` is what the page showed, 0 for nothing.

    Raises `Versionskonflikt` when somebody registered or corrected it meanwhile.
    """
    aftale = laas(aftale)
    kraev_tilladelse(regler.maa_registrere(adgang, aftale, organisation))
    felter = {
        "afgoerelse": afgoerelse,
        "moededato": moededato,
        "sagsnummer": sagsnummer.strip(),
        "link": link.strip(),
        "note": note.strip(),
    }
    kendte = Godkendelse.objects.filter(udgave=aftale.fremlagt_udgave_id, organisation=organisation)
    kendt = kendte.select_related("overfoert_fra__udgave__dokument").first()
    if kendt is not None:
        kraev_version(kendt, fra_version)
    _kontroller(aftale, kendt, felter, begrundelse)
    foer = _som_data(kendt) if kendt else {}
    if kendt is not None and foer == _som_data(Godkendelse(**felter)):
        return kendt
    godkendelse = kendt or Godkendelse(
        aftale=aftale,
        udgave=aftale.fremlagt_udgave,
        organisation=organisation,
        registreret_af=adgang.bruger,
        er_eksempel=er_eksempel,
    )
    for felt, vaerdi in felter.items():
        setattr(godkendelse, felt, vaerdi)
    if kendt is not None:
        godkendelse.version += 1
    godkendelse.full_clean()
    godkendelse.save()
    hvad = "Afgørelsen rettet" if kendt else godkendelse.get_afgoerelse_display()
    log(
        adgang,
        "godkendelse_rettet" if kendt else "godkendelse_registreret",
        aftale,
        tekst=f"{organisation}: {hvad}, {aftale.fremlagt_udgave.nummer}. udgave"[:200],
        vedroerer=organisation,
        begrundelse=begrundelse.strip() if kendt else "",
        data={"foer": foer, "efter": _som_data(godkendelse), "udgave": aftale.fremlagt_udgave.nummer},
    )
    return godkendelse


def _som_data(godkendelse: Godkendelse) -> dict[str, str]:
    return {felt: str(getattr(godkendelse, felt)) for felt in FELTER}


def _kontroller(aftale: Aftale, kendt: Godkendelse | None, felter: dict[str, Any], begrundelse: str) -> None:
    afvis_cpr("\n".join((felter["sagsnummer"], felter["link"], felter["note"], begrundelse)))
    if kendt is not None and not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor registreringen rettes"})
    tidligst = tidligste_moededato(aftale, kendt)
    if felter["moededato"] > timezone.localdate():
        raise ValidationError({"moededato": "Mødedatoen må ikke ligge efter i dag"})
    if felter["moededato"] < tidligst:
        raise ValidationError({"moededato": f"Mødedatoen skal være den {dato_lang(tidligst)} eller senere"})
    if felter["afgoerelse"] == Afgoerelse.MED_BEMAERKNING and not felter["note"]:
        raise ValidationError({"note": "Skriv bemærkningen"})
    offentlig = aftale.gaeldende_udgave_id is not None and aftale.gaeldende_udgave_id == aftale.fremlagt_udgave_id
    if kendt is not None and kendt.godkender and offentlig and felter["afgoerelse"] not in GODKENDER:
        raise ValidationError(
            {"afgoerelse": "Udgaven er offentliggjort som godkendt af alle. Begynd en ny udgave, hvis den skal ændres"}
        )
