"""Numbers typed by hand that the catalogue, a table or another place of the text already tells.

A typed number is reported when it says the same as a known figure (then the figure should stand there, so that it
follows its source), nearly the same, or something else about the same thing. Which figure is meant is told by the
unit and the words of the sentence, so that a "to" or a "12" about something else is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.tekst.port import angivelser
from socialaftale.kerne.tekst.port.bygning import Melder
from socialaftale.kerne.tekst.port.celler import hovedtekst
from socialaftale.kerne.tekst.port.fund import Alvor, Fund, Klasse
from socialaftale.kerne.tekst.port.laesning import Blok, Portkapitel, Porttekst
from socialaftale.kerne.tekst.port.taltekst import INGEN_ENHED, Skrevettal, laes, rundet
from socialaftale.kerne.tekst.port.viden import Kendttal, Viden, alle_ord, stamme, stammer

LIG, NAER, MODSIGER = "lig", "naesten", "modsiger"
# Nearly the same: within this share of the known value (or one point of percent).
NAER_VED = Decimal("0.05")
# Something else about the same thing: further away than this and it is another thing.
MODSIGER_VED = Decimal(2)
# Before a small number they say that all of them are meant: "de fire", "aftalens tre".
_ALLE_MENT = re.compile(
    r"\b(?:de|alle|samtlige|mellem|vores|\w*(?:aftalens|landsdelens|områdets|regionens|periodens))\s(?:i alt\s)?$",
    re.IGNORECASE,
)
_UDGIVET = "Et tal, der er skrevet i hånden, følger ikke med, når kilden ændrer sig."


@dataclass(frozen=True, slots=True)
class Sammenhaeng:
    """A typed number with where it stands and the words it is about."""

    kapitel: Portkapitel
    blok: Blok
    tal: Skrevettal
    saetning: tuple[str, ...]
    afsnit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Traef:
    """A known figure a typed number is about."""

    art: str
    kendt: Kendttal
    vaerdi: Skrevettal
    point: Decimal


def find(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """Typed numbers against the catalogue, then against tables and each other; what is left must carry its unit."""
    melder = Melder(Klasse.TAL, viden)
    kendte = _Katalog(viden)
    rest: list[Sammenhaeng] = []
    for sammenhaeng in skrevne(tekst):
        traef = kendte.bedste(sammenhaeng)
        if traef:
            yield _meld_katalog(melder, sammenhaeng, traef)
        else:
            rest.append(sammenhaeng)
    meldt = set()
    for fund in _indbyrdes(melder, rest):
        meldt.add((fund.sted.kapitel, fund.sted.blok, fund.sted.forskydning))
        yield fund
    for kapitel, blok in tekst.prosa:
        yield from angivelser.dobbelt_fortegn(melder, kapitel, blok)
    yield from angivelser.find(
        melder, [s for s in rest if (s.kapitel.noegle, s.blok.nummer, s.tal.fra) not in meldt and not s.blok.er_celle]
    )


def skrevne(tekst: Porttekst) -> Iterator[Sammenhaeng]:
    """Every typed number of the text with the words around it; a cell is about its headings."""
    for kapitel in tekst.kapitler:
        if kapitel.fast:
            continue
        hoveder = hovedtekst(kapitel)
        for blok in kapitel.blokke[1:]:
            afsnit = None
            for tal in laes(blok.tekst):
                fra, til = blok.saetning(tal.fra)
                hoved = hoveder.get(blok.nummer, "")
                if afsnit is None:
                    afsnit = tuple(alle_ord([blok.tekst, hoved]))
                yield Sammenhaeng(kapitel, blok, tal, tuple(alle_ord([blok.tekst[fra:til], hoved])), afsnit)


class _Katalog:
    """The known figures with what is asked of every one of them made ready."""

    def __init__(self, viden: Viden) -> None:
        self.tal = [(kendt, stamme(kendt.enhed) if kendt.enhed else "") for kendt in viden.tal]

    def bedste(self, sammenhaeng: Sammenhaeng) -> Traef | None:
        """The figure that is meant: an equal one before a near one before a contradicted one, then by the words."""
        traef = [t for kendt, enhed in self.tal for t in self._traef(sammenhaeng, kendt, enhed)]
        rang = {LIG: 2, NAER: 1, MODSIGER: 0}
        return max(traef, key=lambda t: (rang[t.art], t.point, -len(t.kendt.noegle)), default=None)

    def _traef(self, sammenhaeng: Sammenhaeng, kendt: Kendttal, enhed: str) -> Iterator[Traef]:
        for vaerdi in kendt.vaerdier:
            art = forhold(sammenhaeng.tal, vaerdi)
            if art:
                point = _point(sammenhaeng, kendt, vaerdi, enhed, art)
                if point:
                    yield Traef(art, kendt, vaerdi, point)


def forhold(skrevet: Skrevettal, kendt: Skrevettal) -> str:
    """How two numbers of the same kind stand to each other: "lig", "naesten", "modsiger", "" when too far apart."""
    if {skrevet.art, kendt.art} <= {"pct", "broek"}:
        return _forhold_andele(skrevet, kendt)
    if skrevet.art != kendt.art or not kendt.vaerdi:
        return ""
    if skrevet.hoejst is not None and kendt.hoejst is not None:
        ens = (skrevet.vaerdi, skrevet.hoejst) == (kendt.vaerdi, kendt.hoejst)
        return LIG if ens else _afstand(skrevet.vaerdi, kendt.vaerdi)
    if (skrevet.hoejst is None) != (kendt.hoejst is None):
        # A number against a range: inside it they do not disagree.
        lav, hoej, tal = (
            (kendt.vaerdi, kendt.hoejst, skrevet.vaerdi)
            if kendt.hoejst is not None
            else (skrevet.vaerdi, skrevet.hoejst, kendt.vaerdi)
        )
        return "" if lav <= tal <= hoej else _afstand(skrevet.vaerdi, kendt.vaerdi)
    trin = max(skrevet.trin, kendt.trin)
    if rundet(kendt.vaerdi, trin) == rundet(skrevet.vaerdi, trin):
        return LIG
    return _afstand(skrevet.vaerdi, kendt.vaerdi)


def _forhold_andele(skrevet: Skrevettal, kendt: Skrevettal) -> str:
    a, b = skrevet.andel, kendt.andel
    if (skrevet.hoejst is None) != (kendt.hoejst is None):
        interval = skrevet if skrevet.hoejst is not None else kendt
        tal = b if interval is skrevet else a
        hoej = interval.hoejst / 100
        return "" if interval.andel <= tal <= hoej else _afstand(a, b)
    if skrevet.hoejst is not None:
        return LIG if (skrevet.vaerdi, skrevet.hoejst) == (kendt.vaerdi, kendt.hoejst) else _afstand(a, b)
    if skrevet.art == kendt.art == "pct":
        trin = max(skrevet.trin, kendt.trin)
        if rundet(kendt.vaerdi, trin) == skrevet.vaerdi:
            return LIG
        return NAER if abs(skrevet.vaerdi - kendt.vaerdi) <= 1 else _afstand(a, b)
    # A plain fraction ("hver fjerde") is told roughly.
    return LIG if abs(a - b) <= Decimal("0.15") * b else _afstand(a, b)


def _afstand(skrevet: Decimal, kendt: Decimal) -> str:
    if kendt <= 0 or skrevet <= 0:
        return ""
    if abs(skrevet - kendt) <= NAER_VED * kendt:
        return NAER
    return MODSIGER if kendt / MODSIGER_VED <= skrevet <= kendt * MODSIGER_VED else ""


def _point(sammenhaeng: Sammenhaeng, kendt: Kendttal, vaerdi: Skrevettal, enhed: str, art: str) -> Decimal:
    """How surely the figure is meant, 0 when it is not: the share of its words that stand around the number."""
    tal = sammenhaeng.tal
    if not kendt.noegleord or not all(_naevnt(sted, sammenhaeng.afsnit) for sted in kendt.steder):
        return Decimal(0)
    naevnte = [ord_ for ord_ in kendt.noegleord if _naevnt(ord_, sammenhaeng.saetning)]
    point = Decimal(len(naevnte)) / len(kendt.noegleord)
    ord_om = {ord_ for ord_ in (*kendt.noegleord, *kendt.ogsaa) if _naevnt(ord_, sammenhaeng.afsnit)}
    enhed_passer = _enhed_passer(sammenhaeng, kendt, enhed, vaerdi)
    if art == LIG:
        if tal.art in ("antal", "kr") and tal.betydende >= 4 and tal.trin == 1:
            return point + Decimal("0.1")
        if not enhed_passer:
            return Decimal(0)
        if tal.art in ("antal", "kr") and tal.vaerdi >= 100 and (enhed or kendt.steder):
            return point if point >= Decimal("0.3") else Decimal(0)
        # A number as large as this is seldom about two things in one paragraph.
        om_det = len(ord_om) >= 2 and (point > 0 or tal.vaerdi >= 10_000)
        return max(point, Decimal("0.05")) if point >= Decimal("0.5") or om_det else Decimal(0)
    if not enhed_passer:
        return Decimal(0)
    if tal.art == "antal" and vaerdi.vaerdi < 20:
        # Small counts are often of a part: only where all are meant do they contradict.
        foran = _ALLE_MENT.search(sammenhaeng.blok.tekst, 0, tal.fra)
        alle_ment = foran is not None or (len(naevnte) >= 2 and point == 1)
        return point if alle_ment and point >= Decimal("0.5") else Decimal(0)
    if art == NAER and tal.betydende >= 3 and tal.trin == 1 and naevnte:
        return point
    maa_vaere = Decimal("0.6") if art == NAER else Decimal(1)
    return point if point >= maa_vaere and (len(naevnte) >= 2 or tal.vaerdi >= 1000) else Decimal(0)


def _enhed_passer(sammenhaeng: Sammenhaeng, kendt: Kendttal, enhed: str, vaerdi: Skrevettal) -> bool:
    """The word after the number is what the figure counts; shares and amounts carry their unit themselves."""
    if sammenhaeng.tal.art != "antal":
        return True
    if vaerdi.efter:
        # From a text such as "10 undervisningstilbud": the same kind of thing must be counted.
        return any(_naevnt(stamme(vaerdi.efter[0])[-6:], (ord_,)) for ord_ in alle_ord(sammenhaeng.tal.efter))
    if not enhed:
        return bool(kendt.noegleord)
    efter: Sequence[str] = alle_ord(sammenhaeng.tal.efter)
    if not efter or efter[0] in INGEN_ENHED:
        # "2.080 er med i socialaftalen": the paragraph has told what is counted.
        efter = sammenhaeng.afsnit
    return _naevnt(enhed, tuple(efter)) or (sammenhaeng.blok.er_celle and _naevnt(enhed, sammenhaeng.saetning))


def _naevnt(ord_: str, tekst: tuple[str, ...] | list[str]) -> bool:
    """A word of the figure is part of a word of the text: "plads" in "doegnpladserne"."""
    return any(ord_ in andet for andet in tekst)


def _meld_katalog(melder: Melder, s: Sammenhaeng, traef: Traef) -> Fund:
    kendt = traef.kendt
    henvisning, trykt = _skrivemaade(s.tal, kendt)
    hvad = {
        LIG: f"“{s.tal.tekst}” er tallet {kendt.navn} skrevet i hånden",
        NAER: f"“{s.tal.tekst}” er næsten tallet {kendt.navn}, som er {trykt}",
        MODSIGER: f"“{s.tal.tekst}” passer ikke med tallet {kendt.navn}, som er {trykt}",
    }[traef.art]
    hvorfor = {
        LIG: f"{_UDGIVET} Sæt det levende tal ind.",
        NAER: "Enten er tallet gammelt, eller det er rundet forkert. Sæt det levende tal ind, så det er ens overalt.",
        MODSIGER: "Læseren møder to tal for det samme. Sæt det levende tal ind, eller skriv, hvad tallet ellers er.",
    }[traef.art]
    hele = len(kendt.vaerdier) == 1
    note = kendt.note if kendt.note and kendt.note not in [str(h) for _, h in s.blok.henvisninger] else ""
    ny = f"{{{{ {henvisning} }}}}" + (f"{{{{ {note} }}}}" if note else "")
    return melder.meld(
        traef.art,
        s.kapitel,
        s.blok,
        s.tal.fra,
        s.tal.til,
        hvad,
        hvorfor,
        erstatning=ny if hele else None,
        visning=f"{trykt} (levende tal)",
        emne=kendt.noegle,
        alvor=Alvor.FEJL if traef.art != NAER else Alvor.ADVARSEL,
    )


def _skrivemaade(tal: Skrevettal, kendt: Kendttal) -> tuple[str, str]:
    """The reference that prints most like what was typed, and what it prints."""
    former = list(kendt.trykt)
    ens = [form for form in former if _glat(kendt.trykt[form]) == _glat(tal.tekst)]
    oensket = {
        "pct": ("ca_pct", "pct") if tal.omtrent else (*(("pct1",) if tal.trin < 1 else ()), "procent", "pct"),
        "broek": ("broek",),
        "kr": ("kr",),
        "antal": ("ca",) if tal.omtrent or tal.trin > 1 else ("ord", "hele") if tal.er_ord else ("hele",),
    }[tal.art]
    efter_form = {form.partition("|")[2]: form for form in former}
    valgt = next((efter_form[form] for form in oensket if form in efter_form), former[0])
    valgt = ens[0] if ens else valgt
    return valgt, kendt.trykt[valgt]


def _glat(tekst: str) -> str:
    return " ".join(tekst.lower().replace("\N{NO-BREAK SPACE}", " ").replace("procent", "%").split())


def _indbyrdes(melder: Melder, rest: list[Sammenhaeng]) -> Iterator[Fund]:
    """Typed numbers about the same thing in two places: the later one is reported."""
    for nummer, s in enumerate(rest):
        if s.blok.er_celle:
            continue
        egne = _emneord(s)
        for plads, anden in enumerate(rest):
            if not anden.blok.er_celle and plads >= nummer:
                continue
            art = _om_det_samme(s, egne, anden)
            if art:
                yield _meld_indbyrdes(melder, s, anden, art)
                break


def _emneord(s: Sammenhaeng) -> frozenset[str]:
    return frozenset(stammer(" ".join(s.saetning))) - frozenset(stammer(s.tal.tekst))


def _om_det_samme(s: Sammenhaeng, egne: frozenset[str], anden: Sammenhaeng) -> str:
    if s.tal.art != anden.tal.art or (s.tal.hoejst is None) != (anden.tal.hoejst is None):
        return ""
    if s.tal.art == "antal" and not anden.blok.er_celle:
        enheder = [stamme(t.tal.efter[0]) if t.tal.efter else "" for t in (s, anden)]
        if not enheder[0] or enheder[0] != enheder[1]:
            return ""
    andres = _emneord(anden)
    faelles = {ord_ for ord_ in egne if any(ord_ in o or o in ord_ for o in andres)}
    behov = len(andres) if anden.blok.er_celle else min(len(egne), len(andres))
    if len(faelles) < 3 or len(faelles) < Decimal("0.6") * behov:
        return ""
    art = forhold(s.tal, anden.tal)
    if art == LIG:
        return LIG if s.tal.art != "antal" or s.tal.betydende >= 2 else ""
    # Two numbers of one sentence are meant to differ.
    return "" if s.blok is anden.blok else art


def _meld_indbyrdes(melder: Melder, s: Sammenhaeng, anden: Sammenhaeng, art: str) -> Fund:
    hvor = f"tabellen i {anden.kapitel.titel}" if anden.blok.er_celle else anden.kapitel.titel
    ens = art == LIG
    return melder.meld(
        "gentaget" if ens else "uenige",
        s.kapitel,
        s.blok,
        s.tal.fra,
        s.tal.til,
        f"“{s.tal.tekst}” står også i {hvor}" if ens else f"“{s.tal.tekst}” og “{anden.tal.tekst}” i {hvor} er uenige",
        f"{_UDGIVET} Skriv det ét sted, eller opret det som et tal, der kan indsættes."
        if ens
        else "De to steder ser ud til at handle om det samme. Find ud af, hvilket tal der er rigtigt.",
        emne=f"{anden.kapitel.noegle}:{anden.tal.tekst}",
        alvor=Alvor.ADVARSEL,
    )
