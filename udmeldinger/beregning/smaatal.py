"""Disclosure control: which counts others than the secretariat may see (process-udmelding.md section 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Visning(StrEnum):
    """How one count is shown: as it is, as "1-2", or not at all because it would give another one away."""

    VIS = "vis"
    BAAND = "baand"
    SKJUL = "skjul"


@dataclass(frozen=True, slots=True)
class Celle:
    """One count of a table; `godkendt` = the secretariat ticked that a small one may be shown."""

    noegle: str
    antal: int
    godkendt: bool = False


def er_smaat(antal: int, graense: int) -> bool:
    """Counts from 1 up to the limit could lead to persons; zero says that nobody was there."""
    return 1 <= antal <= graense


def visning(
    celler: Sequence[Celle], *, graense: int, summer: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Visning]:
    """What is shown of each count of one year.

    `summer` maps a total to its parts (keys). A small count not ticked becomes a band. Where a total and all its
    parts but one would be shown, the hidden part could be worked out, so the smallest other part is hidden too
    (complementary suppression); with no other part left to hide, the total is. The total is hidden too where bands
    alone would give their counts away, as two bands of "1-2" that sum to four.
    """
    efter_noegle = {celle.noegle: celle for celle in celler}
    resultat = {
        celle.noegle: Visning.BAAND if er_smaat(celle.antal, graense) and not celle.godkendt else Visning.VIS
        for celle in celler
    }
    for i_alt, dele in (summer or {}).items():
        kendte = [noegle for noegle in dele if noegle in efter_noegle]
        if i_alt not in efter_noegle or resultat[i_alt] is not Visning.VIS:
            # A band on the total leaves the parts underdetermined only if no part is shown with it.
            if i_alt in efter_noegle and all(resultat[noegle] is Visning.VIS for noegle in kendte) and kendte:
                resultat[max(kendte, key=lambda noegle: efter_noegle[noegle].antal)] = Visning.SKJUL
            continue
        skjulte = [noegle for noegle in kendte if resultat[noegle] is not Visning.VIS]
        if len(skjulte) == 1:
            viste = [noegle for noegle in kendte if resultat[noegle] is Visning.VIS and efter_noegle[noegle].antal > 0]
            offer = min(viste, key=lambda noegle: efter_noegle[noegle].antal) if viste else i_alt
            resultat[offer] = Visning.SKJUL
    for i_alt, dele in (summer or {}).items():
        if i_alt in efter_noegle and _baand_er_fastlagt(i_alt, dele, efter_noegle, resultat, graense):
            resultat[i_alt] = Visning.SKJUL
    return resultat


def _baand_er_fastlagt(
    i_alt: str, dele: Sequence[str], celler: Mapping[str, Celle], vist: Mapping[str, Visning], graense: int
) -> bool:
    """Is what the bands must sum to so small or so large that there is only one way to reach it?"""
    kendte = [noegle for noegle in dele if noegle in celler]
    baand = [noegle for noegle in kendte if vist[noegle] is Visning.BAAND]
    if not baand or any(vist[noegle] is Visning.SKJUL for noegle in (i_alt, *kendte)):
        return False
    viste = sum(celler[noegle].antal for noegle in kendte if vist[noegle] is Visning.VIS)
    mindst, hoejst = (celler[i_alt].antal,) * 2 if vist[i_alt] is Visning.VIS else (1, graense)
    return hoejst - viste <= len(baand) or mindst - viste >= len(baand) * graense
