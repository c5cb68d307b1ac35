"""The register's step of the real data: reads the files and hands them to the actions."""

from __future__ import annotations

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.datamappe import findes, i_filen, laes_json
from tilbud.handlinger.indlaesning import Indlaesning, indlaes_lovgrundlag, indlaes_register

LOVGRUNDLAG = ("tilbud", "lovgrundlag.json")
REGISTER = ("tilbud", "register.json")


def importer() -> Indlaesning:
    """Paragraphs and *tilbud* from the folder of data; safe to run again."""
    system = Adgang.system()
    if findes(*LOVGRUNDLAG):
        data = laes_json(*LOVGRUNDLAG)
        with i_filen(*LOVGRUNDLAG):
            indlaes_lovgrundlag(data["lovgrundlag"], adgang=system)
    if not findes(*REGISTER):
        return Indlaesning(0, 0, 0)
    data = laes_json(*REGISTER)
    with i_filen(*REGISTER):
        return indlaes_register(data, adgang=system)
