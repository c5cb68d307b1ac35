"""The register's step of the real data: reads the files and hands them to the actions."""

from __future__ import annotations

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.grunddata import laes_json
from tilbud.handlinger.indlaesning import Indlaesning, indlaes_lovgrundlag, indlaes_register


def importer() -> Indlaesning:
    """Paragraphs and *tilbud* from the folder of data; safe to run again."""
    system = Adgang.system()
    indlaes_lovgrundlag(laes_json("tilbud", "lovgrundlag.json")["lovgrundlag"], adgang=system)
    return indlaes_register(laes_json("tilbud", "register.json"), adgang=system)
