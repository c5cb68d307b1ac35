"""Questions as values: which boxes a question has, how what was typed is read, and how it is written again.

An answer is kept as plain JSON: numbers as text with a full stop ("12.5"), dates as ISO, a year or a row by its key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from socialaftale.kerne import datoformat, talformat
from socialaftale.kerne.cpr import find_cpr

MAKS_TEGN = 10_000
MAKS_LINJE = 500


class Art(StrEnum):
    """What is asked for."""

    HELTAL = "heltal"
    TAL = "tal"
    TAL_PR_AAR = "tal_pr_aar"
    PROCENT = "procent"
    BELOEB = "beloeb"
    LINJE = "linje"
    TEKST = "tekst"
    VALG = "valg"
    FLERVALG = "flervalg"
    JANEJ = "janej"
    DATO = "dato"
    TABEL = "tabel"


TALARTER = frozenset({Art.HELTAL, Art.TAL, Art.PROCENT, Art.BELOEB})
# What the cells of a table may be.
CELLEARTER = TALARTER | {Art.LINJE, Art.TEKST, Art.VALG, Art.DATO, Art.JANEJ}
MED_VALG = frozenset({Art.VALG, Art.FLERVALG})
JA, NEJ = "ja", "nej"
JANEJ = ((JA, "Ja"), (NEJ, "Nej"))

Valg = tuple[tuple[str, str], ...]
Svarvaerdi = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Betingelse:
    """The question is asked only when another one is answered so; `noegle` is the other one's key."""

    noegle: str
    operator: str
    vaerdi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raekke:
    """A row of a table; without a name the answerer writes what it is about in the first column."""

    noegle: str
    tekst: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kolonne:
    """A column of a table."""

    noegle: str
    tekst: str
    art: Art = Art.LINJE
    valg: Valg = ()
    enhed: str = ""
    decimaler: int = 0
    mindst: Decimal | None = None
    hoejst: Decimal | None = None
    trin: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoergsmaal:
    """One question; `aar`, `valg`, `raekker` and `kolonner` only where the kind has them."""

    noegle: str
    tekst: str
    art: Art
    hjaelp: str = ""
    paakraevet: bool = True
    mindst: Decimal | None = None
    hoejst: Decimal | None = None
    trin: Decimal | None = None
    decimaler: int = 0
    enhed: str = ""
    aar: tuple[int, ...] = ()
    valg: Valg = ()
    raekker: tuple[Raekke, ...] = ()
    kolonner: tuple[Kolonne, ...] = ()
    betingelse: Betingelse | None = None
    # Counts citizens: for the organisation that answers and the secretariat only.
    taeller_borgere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """One box of a question on a page; `endelse` tells it from the others of the same question."""

    endelse: str
    etiket: str
    art: Art
    valg: Valg = ()
    enhed: str = ""
    decimaler: int = 0
    mindst: Decimal | None = None
    hoejst: Decimal | None = None
    trin: Decimal | None = None


Skrevet = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Laest:
    """What was read: the answer (None = not answered), and what is wrong with it by box."""

    vaerdi: Svarvaerdi = None
    fejl: dict[str, str] = field(default_factory=dict)


def felter(spoergsmaal: Spoergsmaal) -> list[Felt]:
    """The boxes of a question in the order of the page."""
    if spoergsmaal.art == Art.TAL_PR_AAR:
        return [_felt(spoergsmaal, str(aar), f"{spoergsmaal.tekst}, {aar}", Art.TAL) for aar in spoergsmaal.aar]
    if spoergsmaal.art == Art.JANEJ:
        return [
            Felt(endelse="svar", etiket=spoergsmaal.tekst, art=Art.VALG, valg=JANEJ),
            Felt(endelse="uddybning", etiket="Uddyb svaret", art=Art.TEKST),
        ]
    if spoergsmaal.art == Art.TABEL:
        return [
            _felt(kolonne, f"{raekke.noegle}.{kolonne.noegle}", _celleetiket(raekke, kolonne), kolonne.art)
            for raekke in spoergsmaal.raekker
            for kolonne in spoergsmaal.kolonner
        ]
    return [_felt(spoergsmaal, "", spoergsmaal.tekst, spoergsmaal.art)]


def _celleetiket(raekke: Raekke, kolonne: Kolonne) -> str:
    return f"{raekke.tekst or f'Linje {raekke.noegle}'}: {kolonne.tekst}"


def _felt(kilde: Spoergsmaal | Kolonne, endelse: str, etiket: str, art: Art) -> Felt:
    valg, decimaler = kilde.valg, kilde.decimaler
    if art == Art.JANEJ:
        art, valg = Art.VALG, JANEJ
    if art == Art.HELTAL:
        decimaler = 0
    elif art == Art.BELOEB:
        decimaler = min(decimaler, 2)
    return Felt(
        endelse=endelse,
        etiket=etiket,
        art=art,
        valg=valg,
        enhed=kilde.enhed,
        decimaler=decimaler,
        mindst=kilde.mindst,
        hoejst=kilde.hoejst,
        trin=kilde.trin,
    )


def laes(spoergsmaal: Spoergsmaal, skrevet: Skrevet) -> Laest:
    """Read what was typed in the boxes of a question; an empty one is no answer and no error."""
    dele: dict[str, Svarvaerdi] = {}
    fejl: dict[str, str] = {}
    for felt in felter(spoergsmaal):
        try:
            vaerdi = laes_felt(felt, skrevet.get(felt.endelse, ""))
        except ValueError as afvist:
            fejl[felt.endelse] = str(afvist)
        else:
            if vaerdi is not None:
                dele[felt.endelse] = vaerdi
    if not fejl:
        return Laest(_saml(spoergsmaal, dele))
    return Laest(None, fejl)


def _saml(spoergsmaal: Spoergsmaal, dele: dict[str, Svarvaerdi]) -> Svarvaerdi:
    if not dele:
        return None
    if spoergsmaal.art == Art.TABEL:
        tabel: dict[str, dict[str, Svarvaerdi]] = {}
        for endelse, vaerdi in dele.items():
            raekke, _, kolonne = endelse.rpartition(".")
            tabel.setdefault(raekke, {})[kolonne] = vaerdi
        return tabel
    return dele if spoergsmaal.art in (Art.TAL_PR_AAR, Art.JANEJ) else dele[""]


def laes_felt(felt: Felt, skrevet: str | Sequence[str]) -> Svarvaerdi:
    """The value of one box, None when it is empty; ValueError with a Danish text for what cannot be read."""
    if felt.art == Art.FLERVALG:
        return _laes_flere(felt, [skrevet] if isinstance(skrevet, str) else list(skrevet))
    tekst = (skrevet if isinstance(skrevet, str) else "".join(skrevet[:1])).replace("\0", "").replace("\r\n", "\n")
    tekst = tekst.strip()
    if not tekst:
        return None
    if felt.art in TALARTER:
        return _laes_tal(felt, tekst)
    if felt.art == Art.DATO:
        try:
            return datoformat.laes_dato(tekst).isoformat()
        except datoformat.DatoFejl as afvist:
            raise ValueError(f"{felt.etiket}: {_lille(afvist.besked)}") from None
    if felt.art == Art.VALG:
        if tekst not in dict(felt.valg):
            raise ValueError(f"{felt.etiket}: vælg på listen")
        return tekst
    return _laes_tekst(felt, tekst)


def _laes_flere(felt: Felt, koder: list[str]) -> list[str] | None:
    valgte = [kode for kode in koder if kode]
    if set(valgte) - set(dict(felt.valg)):
        raise ValueError(f"{felt.etiket}: vælg på listen")
    # In the order of the list, so that the same choice is the same answer.
    return [kode for kode, _ in felt.valg if kode in valgte] or None


def _laes_tekst(felt: Felt, tekst: str) -> str:
    graense = MAKS_LINJE if felt.art == Art.LINJE else MAKS_TEGN
    if len(tekst) > graense:
        raise ValueError(f"{felt.etiket}: højst {graense} tegn. Du har skrevet {len(tekst)}")
    if fund := find_cpr(tekst):
        linje = tekst.count("\n", 0, fund[0]) + 1
        raise ValueError(f"{felt.etiket}: fjern det, der ligner et CPR-nummer (linje {linje})")
    return tekst


_LAESERE: dict[Art, Callable[[str, int], Decimal]] = {
    Art.HELTAL: lambda tekst, decimaler: talformat.laes_tal(tekst, decimaler=0),
    Art.TAL: lambda tekst, decimaler: talformat.laes_tal(tekst, decimaler=decimaler),
    Art.PROCENT: lambda tekst, decimaler: talformat.laes_procent(tekst, decimaler=decimaler),
    Art.BELOEB: lambda tekst, decimaler: talformat.laes_beloeb(tekst, decimaler=decimaler),
}


def _laes_tal(felt: Felt, tekst: str) -> str:
    try:
        tal = _LAESERE[felt.art](tekst, felt.decimaler)
    except talformat.TalFejl as afvist:
        raise ValueError(f"{felt.etiket}: {_lille(afvist.besked)}") from None
    if felt.mindst is not None and tal < felt.mindst:
        raise ValueError(f"{felt.etiket}: skal være mindst {_med_enhed(felt, felt.mindst)}")
    if felt.hoejst is not None and tal > felt.hoejst:
        raise ValueError(f"{felt.etiket}: må højst være {_med_enhed(felt, felt.hoejst)}")
    if felt.trin and (tal - (felt.mindst or 0)) % felt.trin:
        raise ValueError(f"{felt.etiket}: skal gå op i trin på {talformat.skriv_tal(felt.trin, 4)}")
    return f"{tal.normalize():f}"


def _med_enhed(felt: Felt, tal: Decimal) -> str:
    enhed = {Art.PROCENT: "%", Art.BELOEB: "kr."}.get(felt.art, felt.enhed)
    return f"{talformat.skriv_tal(tal, 4)}{talformat.HAARDT_MELLEMRUM}{enhed}".strip()


def _lille(tekst: str) -> str:
    return tekst[:1].lower() + tekst[1:]


def skriv(spoergsmaal: Spoergsmaal, vaerdi: Svarvaerdi) -> dict[str, str | list[str]]:
    """An answer as it stands in the boxes; `laes` reads the same answer back."""
    return {felt.endelse: _skriv_felt(felt, _del(spoergsmaal, vaerdi, felt.endelse)) for felt in felter(spoergsmaal)}


def _del(spoergsmaal: Spoergsmaal, vaerdi: Svarvaerdi, endelse: str) -> Svarvaerdi:
    """The part of an answer that one box holds; None for what is not there, or was a question of another kind."""
    if spoergsmaal.art == Art.TABEL:
        raekke, _, kolonne = endelse.rpartition(".")
        celler = vaerdi.get(raekke) if isinstance(vaerdi, Mapping) else None
        return celler.get(kolonne) if isinstance(celler, Mapping) else None
    if spoergsmaal.art in (Art.TAL_PR_AAR, Art.JANEJ):
        return vaerdi.get(endelse) if isinstance(vaerdi, Mapping) else None
    return None if isinstance(vaerdi, Mapping) else vaerdi


def _skriv_felt(felt: Felt, vaerdi: Svarvaerdi) -> str | list[str]:
    if felt.art == Art.FLERVALG:
        return [kode for kode, _ in felt.valg if isinstance(vaerdi, list) and kode in vaerdi]
    if vaerdi is None or isinstance(vaerdi, list):
        return ""
    if felt.art in TALARTER:
        tal = som_tal(vaerdi)
        return "" if tal is None else talformat.skriv_tal(tal, max(felt.decimaler, 0))
    if felt.art == Art.DATO:
        dato = _som_dato(vaerdi)
        return datoformat.skriv_dato(dato) if dato else ""
    return str(vaerdi)


def _som_dato(vaerdi: Svarvaerdi) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(vaerdi))
    except ValueError:
        return None


def som_tal(vaerdi: Svarvaerdi) -> Decimal | None:
    """A stored number; None for anything else."""
    try:
        tal = Decimal(str(vaerdi))
    except ArithmeticError:
        return None
    return tal if tal.is_finite() else None


def vis_felt(felt: Felt, vaerdi: Svarvaerdi) -> str:
    """One part of an answer in words, with its unit; "–" when there is none."""
    tekst = _skriv_felt(felt, vaerdi)
    if felt.art in (Art.FLERVALG, Art.VALG):
        navne = dict(felt.valg)
        koder = tekst if isinstance(tekst, list) else [tekst]
        return ", ".join(navne[kode] for kode in koder if kode in navne) or talformat.UKENDT
    if not tekst:
        return talformat.UKENDT
    if felt.art in TALARTER:
        enhed = {Art.PROCENT: "%", Art.BELOEB: "kr."}.get(felt.art, felt.enhed)
        return f"{tekst}{talformat.HAARDT_MELLEMRUM}{enhed}" if enhed else str(tekst)
    return str(tekst)


def vis(spoergsmaal: Spoergsmaal, vaerdi: Svarvaerdi) -> list[tuple[str, str]]:
    """An answer in words as (what, text), for reading; what is empty is left out, and "what" is "" for the whole."""
    linjer = []
    for felt in felter(spoergsmaal):
        del_ = _del(spoergsmaal, vaerdi, felt.endelse)
        if del_ is None:
            continue
        navn = {Art.TAL_PR_AAR: felt.endelse, Art.TABEL: felt.etiket}.get(spoergsmaal.art, "")
        linjer.append((navn, vis_felt(felt, del_)))
    return linjer
