"""The overhead method in the workbook (T55): told once for all forms, read back with the same care as a field."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from takster import adgang as regler
from takster.forms.trin import Metodeformular
from takster.models import Indberetning
from takster.skemabog import celler, stempel
from takster.skemabog.celler import Cellefejl
from takster.skemabog.laes import Bogfejl, Laest

LUKKET = "Indberetningen er lukket, så metoden kan ikke ændres. Skriv teksten, som den var"
MANGLER = f"Arket {stempel.ARK_FAELLES} har ingen {stempel.METODE.lower()}, så beskrivelsen bliver ikke ændret."


@dataclass(frozen=True, slots=True, kw_only=True)
class Metodeaendring:
    """What is saved now and in which version, what the file holds, and whether a colleague changed it meanwhile."""

    foer: str
    efter: str
    version: int
    er_konflikt: bool = False


def sammenlign_metode(
    laest: Laest, indberetning: Indberetning, adgang: Adgang
) -> tuple[Metodeaendring | None, list[Bogfejl], list[str]]:
    """The change, what is wrong with it, and notes; nothing in a workbook that had no place for the method."""
    hentet = laest.stempel.metode
    if hentet is None:
        return None, [], []
    if laest.metode is None:
        return None, [], [MANGLER]
    raekke, celle = laest.metode
    felt = Metodeformular.base_fields["metode"]

    def fejl(besked: str) -> list[Bogfejl]:
        vaerdi = celle.regnefejl or celler.vis(celle.vaerdi)
        sted = {"ark": stempel.ARK_FAELLES, "raekke": raekke, "kolonne": "B", "overskrift": stempel.METODE}
        return [Bogfejl(besked=besked, vaerdi=vaerdi, **sted)]

    try:
        tekst, _ = celler.laes(felt, celle)
    except Cellefejl as cellefejl:
        return None, fejl(cellefejl.besked), []
    gemt = celler.ren_tekst(indberetning.overhead_metode)
    if tekst in (gemt, celler.ren_tekst(hentet)):
        # Nobody changed it, or only a colleague did.
        return None, [], []
    if not regler.maa_rette_metode(adgang, indberetning, timezone.localdate()):
        return None, fejl(LUKKET), []
    formular = Metodeformular({"metode": tekst, "version": indberetning.version})
    if not formular.is_valid():
        return None, fejl(" ".join(formular.errors["metode"])), []
    er_konflikt = gemt != celler.ren_tekst(hentet)
    return Metodeaendring(foer=gemt, efter=tekst, version=indberetning.version, er_konflikt=er_konflikt), [], []
