"""Disclosure control: which counts others than the secretariat may see (process-udmelding.md section 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from udmeldinger.beregning.celler import Celle, Visning, er_smaat
from udmeldinger.beregning.udledning import Laeser, Summer, afsloerede

__all__ = ["Celle", "Visning", "afsloerede", "er_smaat", "visning"]


def visning(
    celler: Sequence[Celle], *, graense: int, summer: Summer = (), foer: Mapping[str, Visning] | None = None
) -> dict[str, Visning]:
    """How each count of a table is shown, so that no small one that is not ticked can be told or narrowed.

    `summer` are totals with their parts (keys): across columns, rows, years, and whatever else adds up. Small counts
    become bands (primary suppression). While a reader who subtracts could still tell one, another count beside it is
    hidden (complementary suppression): parts before totals, the smallest first. What turned out not to be needed is
    shown again. `foer` is how counts stand in documents already issued: it is neither taken back nor changed, and
    what it gives away together with this table is hidden here. Raises ValueError for a limit of 1: a band of one
    number tells it.
    """
    if graense < 2:
        raise ValueError("A band needs two numbers at least.")
    fast = {celle.noegle: foer[celle.noegle] for celle in celler if foer and celle.noegle in foer}
    resultat = {
        celle.noegle: fast.get(celle.noegle, Visning.BAAND if celle.er_foelsom(graense) else Visning.VIS)
        for celle in celler
    }
    smaa = [celle.noegle for celle in celler if resultat[celle.noegle] is Visning.BAAND]
    summer = [(i_alt, dele) for i_alt, dele in summer if i_alt in resultat]
    if not smaa or not summer:
        return resultat
    laeser = Laeser(celler, summer, graense=graense)
    for noegle, vist in resultat.items():
        laeser.ser(noegle, vist)
    naboer, summerne = _naboer(summer), {i_alt for i_alt, _ in summer}
    oprindelig, skjulte = dict(resultat), []
    for noegle in smaa:
        while laeser.kender(noegle):
            offer = _naeste_offer(noegle, laeser.antal, resultat, naboer, summerne, fast)
            if offer is None:
                break
            resultat[offer] = Visning.SKJUL
            laeser.ser(offer, Visning.SKJUL)
            skjulte.append(offer)
    for offer in reversed(skjulte):
        laeser.ser(offer, oprindelig[offer])
        if any(laeser.kender(noegle) for noegle in smaa):
            laeser.ser(offer, Visning.SKJUL)
        else:
            resultat[offer] = oprindelig[offer]
    return resultat


def _naboer(summer: Summer) -> dict[str, set[str]]:
    """Which counts stand in a sum together."""
    naboer: dict[str, set[str]] = {}
    for i_alt, dele in summer:
        alle = {i_alt, *dele}
        for noegle in alle:
            naboer.setdefault(noegle, set()).update(alle - {noegle})
    return naboer


def _naeste_offer(
    noegle: str,
    antal: Mapping[str, int],
    vist: Mapping[str, Visning],
    naboer: Mapping[str, set[str]],
    summer: set[str],
    fast: Mapping[str, Visning],
) -> str | None:
    """The count to hide next for the sake of `noegle`; None when nothing is left.

    The nearest that is shown: parts before totals, the smallest first, a nought only at last. Then bands: those of
    totals before the others.
    """
    afstand, kreds = {noegle: 0}, [noegle]
    while kreds:
        naeste = sorted({nabo for midt in kreds for nabo in naboer.get(midt, ()) if nabo in antal} - afstand.keys())
        afstand |= dict.fromkeys(naeste, afstand[kreds[0]] + 1)
        kreds = naeste
    mulige = [n for n in afstand if vist[n] is not Visning.SKJUL and n not in fast]
    return min(
        mulige,
        key=lambda n: (vist[n] is Visning.BAAND, *_orden(n, vist, summer), afstand[n], antal[n] == 0, antal[n], n),
        default=None,
    )


def _orden(noegle: str, vist: Mapping[str, Visning], summer: set[str]) -> tuple[bool]:
    er_sum = noegle in summer
    return (not er_sum if vist[noegle] is Visning.BAAND else er_sum,)
