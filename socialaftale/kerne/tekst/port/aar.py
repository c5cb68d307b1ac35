"""Years outside the period, impossible dates, and meetings in the wrong year or on the wrong day of the week."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from socialaftale.kerne.datoformat import MAANEDER
from socialaftale.kerne.tekst.port.bygning import Melder
from socialaftale.kerne.tekst.port.fund import Alvor, Fund, Klasse
from socialaftale.kerne.tekst.port.laesning import Blok, Portkapitel, Porttekst
from socialaftale.kerne.tekst.port.soegning import alle_traef
from socialaftale.kerne.tekst.port.viden import Kendtdato, Viden

UGEDAGE = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_MAANED = "|".join(MAANEDER)
_DATO = re.compile(
    rf"(?:\b(?P<ugedag>{'|'.join(UGEDAGE)})\s(?:den\s|d\.\s)?)?"
    rf"(?<![\d.])(?:(?P<dag>\d{{1,2}})\.\s?(?P<maaned>{_MAANED})(?:\s(?P<aar>(?:19|20)\d\d))?"
    r"|(?P<dag2>\d{1,2})[./-](?P<maaned2>\d{1,2})[./-](?P<aar2>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_MAANEDSAAR = re.compile(rf"\b(?P<maaned>{_MAANED})\s(?P<aar>(?:19|20)\d\d)\b", re.IGNORECASE)
_PERIODE = re.compile(r"(?<![\d.,])(?P<fra>(?:19|20)\d\d)\s?[-–/]\s?(?P<til>(?:19|20)\d\d|\d\d)(?!\d)")
_AAR = re.compile(
    r"(?<![\d.,/-])(?:19|20)\d\d(?![\d/-])(?![.,]\d)(?!\s(?:%|pct|procent|kr\b|mio|mia|dage\b|timer\b|[a-zæøå-]*pladser|borgere))"
)
_MOEDE = re.compile(
    r"\b\w*(?:møde|mødet|møder|møderne|mødes|seminar\w*|temadag\w*|konference\w*|dialogforum|workshop\w*)\b",
    re.IGNORECASE,
)
_AFTALE = re.compile(
    r"\b\w*(?:aftale|aftalen|aftaleperiode\w*|periode\w*|socialaftale\w*|fokusområde\w*)\b", re.IGNORECASE
)
# They say that another period than this one is meant.
_ANDEN_PERIODE = re.compile(
    r"\b(?:forrige|tidligere|sidste|seneste|hidtil\w*|første|foregående|afløs\w*|afløb|siden|næste|kommende|gamle)\b",
    re.IGNORECASE,
)
_SENERE = re.compile(
    r"\b(?:næste (?:aftale|periode)\w*|kommende (?:aftale|periode)\w*|frem mod|på længere sigt|efter perioden|"
    r"udløb\w*|inden udgangen|"
    r"senest|fremskriv\w*|prognose\w*|forvent\w*)\b",
    re.IGNORECASE,
)
_KOMMER = re.compile(
    r"\b(?:skal|vil|bliver|kommer til|planlæg\w*|planen er|gennemføres|afholdes|holdes|starter|begynder|"
    r"iværksættes|igangsættes|"
    r"evalueres|udarbejdes|træder i kraft)\b",
    re.IGNORECASE,
)
_SKETE = re.compile(
    r"\b(?:siden|var|blev|har|havde|lagde|udsendte|tidligere|forrige|viste|vedtaget|aftalte|besluttede|svarede|måtte|fik|kom|"
    r"skrev|holdt|drøftede|godkendte|tal fra|opgjort|fra)\b",
    re.IGNORECASE,
)
_GAELDER = re.compile(
    r"\b(?:gælder|gældende|træder\si\skraft|virkning|løber|ikrafttræd\w*)\b[^.]{0,40}$", re.IGNORECASE
)
_WEEKEND = 5
_FREMTID = "Aftalen gælder {}. Året er måske blevet stående fra en anden aftale. Ret det, eller skriv om."


def find(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """Dates first; a year that is part of a date or of a period is not looked at again."""
    melder = Melder(Klasse.AAR, viden)
    for kapitel, blok in tekst.blokke:
        if kapitel.fast:
            continue
        set_: list[tuple[int, int]] = []
        for traef in alle_traef(_DATO, blok.tekst):
            set_.append(traef.span())
            yield from _dato(melder, kapitel, blok, traef)
        for traef in alle_traef(_PERIODE, blok.tekst):
            if not _optaget(traef, set_):
                set_.append(traef.span())
                yield from _periode(melder, kapitel, blok, traef)
        for traef in alle_traef(_AAR, blok.tekst):
            if not _optaget(traef, set_):
                yield from _aar(melder, kapitel, blok, traef)
        yield from _kendte_datoer(melder, kapitel, blok)
    yield from _aftalens_navn(melder, tekst)


def _optaget(traef: re.Match[str], set_: list[tuple[int, int]]) -> bool:
    return any(fra < traef.end() and traef.start() < til for fra, til in set_)


def _saetning(blok: Blok, plads: int) -> str:
    return blok.tekst[slice(*blok.saetning(plads))]


def laes_dato(traef: re.Match[str]) -> tuple[int, int, int | None]:
    """Day, month and year of a match; the year may be left out."""
    if traef["dag2"]:
        return int(traef["dag2"]), int(traef["maaned2"]), int(traef["aar2"])
    return int(traef["dag"]), MAANEDER.index(traef["maaned"].lower()) + 1, int(traef["aar"]) if traef["aar"] else None


def _dato(melder: Melder, kapitel: Portkapitel, blok: Blok, traef: re.Match[str]) -> Iterator[Fund]:
    viden = melder.viden
    dag, maaned, aar = laes_dato(traef)
    try:
        # A leap year, when no year is told: the day may exist.
        dato = dt.date(aar or 2024, maaned, dag)
    except ValueError:
        yield melder.meld(
            "findes_ikke",
            kapitel,
            blok,
            *traef.span(),
            f"Datoen “{traef[0]}” findes ikke",
            "Måneden har ikke så mange dage. Find den rigtige dato.",
        )
        return
    if aar is None:
        return
    if traef["ugedag"] and UGEDAGE[dato.weekday()] != traef["ugedag"].lower():
        rigtig = UGEDAGE[dato.weekday()]
        rigtig = rigtig.capitalize() if traef["ugedag"][0].isupper() else rigtig
        yield melder.meld(
            "ugedag",
            kapitel,
            blok,
            *traef.span("ugedag"),
            f"{traef[0][len(traef['ugedag']) :].strip()} er en {rigtig.lower()}, ikke en {traef['ugedag'].lower()}",
            "Enten er ugedagen eller datoen forkert. Se efter i indkaldelsen.",
            ord_=rigtig,
        )
        return
    aarsted = traef.span("aar") if traef["aar"] else traef.span("aar2")
    rigtigt = _ikrafttraeden(blok, traef, dag, maaned, viden)
    if rigtigt and rigtigt != aar:
        yield melder.meld(
            "ikrafttraeden",
            kapitel,
            blok,
            *aarsted,
            f"Aftalen gælder {viden.periode}, men der står {traef[0]}",
            "Året passer ikke med aftalens periode.",
            ord_=str(rigtigt),
        )
        return
    saetning = _saetning(blok, traef.start())
    if _MOEDE.search(saetning):
        yield from _moede(melder, kapitel, blok, traef, dato, aarsted)
    elif aar > viden.til_aar and not _SENERE.search(saetning):
        yield _uden_for(melder, kapitel, blok, aarsted, aar)


def _ikrafttraeden(blok: Blok, traef: re.Match[str], dag: int, maaned: int, viden: Viden) -> int | None:
    """The year it must be, where the sentence tells from when or till when the agreement holds."""
    foran = blok.tekst[: traef.start()]
    if not _GAELDER.search(foran) or not _AFTALE.search(_saetning(blok, traef.start())) or not viden.fra_aar:
        return None
    if (dag, maaned) == (1, 1):
        return viden.fra_aar
    return viden.til_aar if (dag, maaned) == (31, 12) else None


def _moede(
    melder: Melder, kapitel: Portkapitel, blok: Blok, traef: re.Match[str], dato: dt.date, aarsted: tuple[int, int]
) -> Iterator[Fund]:
    viden = melder.viden
    saetning = _saetning(blok, traef.start())
    for_tidligt = dato.year < viden.fra_aar - 1 and not _SKETE.search(saetning)
    kommer_men_var = dato.year == viden.fra_aar - 1 and _KOMMER.search(saetning) and not _SKETE.search(saetning)
    if dato.year > viden.til_aar or for_tidligt or kommer_men_var:
        yield melder.meld(
            "moedeaar",
            kapitel,
            blok,
            *aarsted,
            f"Mødet er dateret {dato.year}, men aftalen gælder {viden.periode}",
            "Mødet ligger uden for perioden. Tjek datoen i mødekalenderen.",
        )
    elif dato.weekday() >= _WEEKEND:
        yield melder.meld(
            "weekend",
            kapitel,
            blok,
            *traef.span(),
            f"Mødet den {traef[0]} ligger på en {UGEDAGE[dato.weekday()]}",
            "Møder holdes på hverdage. Datoen eller året er nok forkert.",
            alvor=Alvor.ADVARSEL,
        )


def _uden_for(melder: Melder, kapitel: Portkapitel, blok: Blok, sted: tuple[int, int], aar: int) -> Fund:
    return melder.meld(
        "uden_for",
        kapitel,
        blok,
        *sted,
        f"{aar} ligger efter aftaleperioden {melder.viden.periode}",
        _FREMTID.format(melder.viden.periode),
        alvor=Alvor.ADVARSEL,
    )


def _periode(melder: Melder, kapitel: Portkapitel, blok: Blok, traef: re.Match[str]) -> Iterator[Fund]:
    """The years of another agreement where this one is meant: what is left when a text is copied."""
    viden = melder.viden
    fra, til = _aar_i(traef)
    saetning = _saetning(blok, traef.start())
    if (fra, til) == (viden.fra_aar, viden.til_aar) or til < fra:
        return
    naer = blok.tekst[max(0, traef.start() - 60) : traef.start()]
    if _AFTALE.search(naer) and not _ANDEN_PERIODE.search(saetning) and til - fra <= 3:
        yield melder.meld(
            "anden_periode",
            kapitel,
            blok,
            *traef.span(),
            f"“{traef[0]}” er en anden periode end aftalens, {viden.periode}",
            "Perioden er nok blevet stående fra en tidligere aftale. Menes den forrige aftale, så skriv det.",
            ord_=viden.periode if blok.felt == "titel" else None,
            erstatning=None if blok.felt == "titel" else "{{ periode }}",
            visning=viden.periode,
        )
    elif til > viden.til_aar and not _SENERE.search(saetning) and not _ANDEN_PERIODE.search(saetning):
        yield _uden_for(melder, kapitel, blok, traef.span(), til)


def _aar_i(traef: re.Match[str]) -> tuple[int, int]:
    fra = int(traef["fra"])
    return fra, int(traef["til"]) if len(traef["til"]) == 4 else fra // 100 * 100 + int(traef["til"])


def _aar(melder: Melder, kapitel: Portkapitel, blok: Blok, traef: re.Match[str]) -> Iterator[Fund]:
    viden, aar = melder.viden, int(traef[0])
    saetning = _saetning(blok, traef.start())
    if viden.i_perioden(aar):
        return
    if aar > viden.til_aar and not _SENERE.search(saetning):
        yield _uden_for(melder, kapitel, blok, traef.span(), aar)
    elif aar < viden.fra_aar and _KOMMER.search(saetning) and not _SKETE.search(saetning):
        yield melder.meld(
            "fortid",
            kapitel,
            blok,
            *traef.span(),
            f"Sætningen lover noget i {aar}, som er før aftaleperioden {viden.periode}",
            _FREMTID.format(viden.periode),
            alvor=Alvor.ADVARSEL,
        )


def _kendte_datoer(melder: Melder, kapitel: Portkapitel, blok: Blok) -> Iterator[Fund]:
    """What the registers date must be dated the same in the text."""
    for fra, til in blok.saetninger():
        saetning = blok.tekst[fra:til]
        lille = saetning.lower()
        om = [d for d in melder.viden.datoer if all(ord_ in lille for ord_ in d.anledning)]
        if not om:
            continue
        naevnte = [d for d in om if any(ord_ in lille for ord_ in d.ord)] or om
        set_: list[tuple[int, int]] = []
        for traef in [*alle_traef(_DATO, saetning), *alle_traef(_MAANEDSAAR, saetning), *alle_traef(_AAR, saetning)]:
            if _optaget(traef, set_) or any(s[0] <= traef.start() < s[1] for s in set_):
                continue
            set_.append(traef.span())
            if not any(_passer(traef, kendt) for kendt in naevnte):
                kendte = "; ".join(f"{d.navn}: {_i_ord(d)}" for d in naevnte)
                yield melder.meld(
                    "anden_dato",
                    kapitel,
                    blok,
                    fra + traef.start(),
                    fra + traef.end(),
                    f"“{traef[0]}” passer ikke med registret",
                    f"I registret står: {kendte}. Ret datoen, eller ret registret.",
                    ord_=_som_skrevet(traef, naevnte[0]) if len(naevnte) == 1 else None,
                    emne=naevnte[0].navn,
                )


def _passer(traef: re.Match[str], kendt: Kendtdato) -> bool:
    if traef.re is _AAR:
        return int(traef[0]) == kendt.aar
    if traef.re is _MAANEDSAAR:
        maaned = MAANEDER.index(traef["maaned"].lower()) + 1
        return int(traef["aar"]) == kendt.aar and (kendt.dato is None or kendt.dato[1] == maaned)
    dag, maaned, aar = laes_dato(traef)
    if kendt.dato is None:
        return aar in (None, kendt.aar)
    return (maaned, dag) == kendt.dato[1:] and aar in (None, kendt.dato[0])


def _i_ord(kendt: Kendtdato) -> str:
    return f"{kendt.dato[2]}. {MAANEDER[kendt.dato[1] - 1]} {kendt.dato[0]}" if kendt.dato else str(kendt.aar)


def _som_skrevet(traef: re.Match[str], kendt: Kendtdato) -> str | None:
    """The right date as finely as the text tells it."""
    if traef.re is _AAR:
        return str(kendt.aar)
    if kendt.dato is None:
        return None
    if traef.re is _MAANEDSAAR:
        return f"{MAANEDER[kendt.dato[1] - 1]} {kendt.dato[0]}"
    return _i_ord(kendt)


def _aftalens_navn(melder: Melder, tekst: Porttekst) -> Iterator[Fund]:
    """The same former agreement called by two periods that overlap: one of them is wrong."""
    viden = melder.viden
    if not viden.aftalenavn:
        return
    moenster = re.compile(rf"{re.escape(viden.aftalenavn)}\w*\s(?P<periode>{_PERIODE.pattern})")
    kendte = {viden.periode, *viden.perioder}
    brugte: dict[str, str] = {}
    for kapitel, blok in tekst.blokke:
        for traef in alle_traef(moenster, blok.tekst):
            fra, til = _aar_i(traef)
            periode = f"{fra}-{til}"
            mod = next((p for p in (*sorted(kendte), *brugte) if p != periode and _overlapper(p, fra, til)), "")
            brugte.setdefault(periode, kapitel.noegle)
            if periode in kendte or not mod:
                continue
            yield melder.meld(
                "to_perioder",
                kapitel,
                blok,
                *traef.span("periode"),
                f"Aftalen kaldes både {mod} og {periode}",
                "De to perioder overlapper, så den ene er forkert.",
                ord_=mod,
                emne=mod,
            )


def _overlapper(periode: str, fra: int, til: int) -> bool:
    foerste, _, sidste = periode.partition("-")
    return int(foerste) <= til and fra <= int(sidste or foerste)
