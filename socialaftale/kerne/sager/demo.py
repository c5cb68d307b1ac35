"""How invented cases come into being: through the same actions as a user's, and marked as examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.demobrugere import adgang_som
from socialaftale.kerne.enums import Hat
from socialaftale.kerne.models import Sag
from socialaftale.kerne.notifikationer import stille
from socialaftale.kerne.sager import handlinger
from socialaftale.kerne.sager.enums import Udfald
from socialaftale.kerne.sager.register import Ansoegningsobjekt, Sagsart

DRIFTSHERRER = ("oekonom.aalborg@demo.example", "oekonom.region@demo.example")


def driftsherrens(om: Ansoegningsobjekt) -> Adgang:
    """The demo's economist where the operator has one."""
    for email in DRIFTSHERRER:
        adgang = adgang_som(email, Hat.DRIFTSHERRE)
        if adgang.er_driftsherre_for(om.organisation.pk):
            return adgang
    return Adgang.system()


def lav_sag(
    art: Sagsart,
    om: Ansoegningsobjekt,
    *,
    begrundelse: str,
    data: Mapping[str, Any],
    virkningsdato: dt.date | None = None,
    moededato: dt.date | None = None,
    send: bool = True,
) -> Sag:
    """A case, sent and put on an agenda as far as the checks let it; what they stop stays a draft."""
    adgang = driftsherrens(om)
    sekretariat = adgang_som("sekretariat@demo.example", Hat.SEKRETARIAT)
    with stille():
        sag = handlinger.opret(
            art,
            replace(om, er_eksempel=True),
            adgang=adgang,
            begrundelse=f"Eksempeltekst: {begrundelse}",
            data=data,
            virkningsdato=virkningsdato,
        )
        if not send:
            return sag
        try:
            sag = handlinger.indsend(sag, adgang=adgang)
        except ValidationError:
            return sag
        if moededato:
            sag = handlinger.saet_paa_dagsorden(sag, adgang=sekretariat, moededato=moededato, moedepunkt="punkt 8")
    return sag


def laeg_tilbage(sag: Sag, *, indsendt: dt.datetime, virkningsdato: dt.date, moededato: dt.date) -> Sag:
    """Move a case into the past, so that the demo can show what has taken effect."""
    Sag.objects.filter(pk=sag.pk).update(
        oprettet=indsendt, indsendt_tidspunkt=indsendt, virkningsdato=virkningsdato, moededato=moededato
    )
    return Sag.objects.get(pk=sag.pk)


def afgoer(sag: Sag, udfald: Udfald, *, dato: dt.date, tekst: str) -> Sag:
    """The body's decision, recorded by the secretariat."""
    with stille():
        return handlinger.beslut(
            sag,
            adgang=adgang_som("sekretariat@demo.example", Hat.SEKRETARIAT),
            udfald=udfald,
            dato=dato,
            reference=f"{sag.get_instans_display()}, punkt 8",
            tekst=f"Eksempeltekst: {tekst}",
        )
