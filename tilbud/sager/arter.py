"""What the register offers: its kinds of cases, and the section about cases on the page of a *tilbud*."""

from __future__ import annotations

from typing import Any

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.sager.panel import om_objekter
from socialaftale.kerne.sager.register import Sagsart, sagsarter
from tilbud.models import Tilbud
from tilbud.registre import indmeldingsvindue, sektioner


def _kategori() -> Sagsart:
    from tilbud.sager import kategori

    return Sagsart(
        noegle=kategori.NOEGLE,
        titel="Ændring af kategori",
        kompetence="kategoriaendring",
        regel="T5",
        indledning=(
            "Et tilbud kan kun skifte kategori den 1. januar. Ansøgningen indsendes sammen med takstskemaerne og "
            "behandles på årets sidste møde."
        ),
        objekttype="tilbud.tilbud",
        find_objekt=kategori.find_tilbud,
        objekt_url=lambda tilbud: tilbud.get_absolute_url(),
        formular=lambda: kategori.Kategoriformular,
        kontroller=kategori.kontroller,
        vis=kategori.vis,
        udfoer=kategori.udfoer,
        vindue=indmeldingsvindue,
        bilagsarter=((kategori.AFTALE, "Aftale med de kommuner, der køber"),),
    )


def _finansiering() -> Sagsart:
    from tilbud.sager import finansiering

    return Sagsart(
        noegle=finansiering.NOEGLE,
        titel="Anden finansiering end takst",
        kompetence="anden_finansiering",
        regel="T10",
        indledning="Ydelser afregnes med en takst. Kan det ikke lade sig gøre, kan DAS godkende en anden ordning.",
        objekttype="tilbud.ydelse",
        find_objekt=finansiering.find_ydelse,
        objekt_url=lambda ydelse: ydelse.tilbud.get_absolute_url(),
        formular=lambda: finansiering.Finansieringsformular,
        kontroller=finansiering.kontroller,
        vis=finansiering.vis,
        udfoer=finansiering.udfoer,
    )


def sektion(tilbud: Tilbud, adgang: Adgang) -> tuple[str, dict[str, Any]] | None:
    """Cases about the *tilbud* and its ydelser, and what the reader may apply for."""
    om = {
        "tilbud.tilbud": {tilbud.pk: ""},
        "tilbud.ydelse": {ydelse.pk: ydelse.navn for ydelse in tilbud.ydelser.all()},
    }
    kontekst = om_objekter(adgang, om, tilbud.driftsherre_id)
    return ("sager/_om_objektet.html", kontekst) if kontekst else None


def registrer() -> None:
    sagsarter.tilfoej("kategoriaendring", _kategori(), raekkefoelge=10)
    sagsarter.tilfoej("anden_finansiering", _finansiering(), raekkefoelge=40)
    sektioner.tilfoej("sager", sektion, raekkefoelge=300)
