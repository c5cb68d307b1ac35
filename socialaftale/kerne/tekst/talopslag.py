"""The catalogue for the editor, as data: what a figure is, what it says today, and every way to write it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from socialaftale.kerne.dansk import soegetekst
from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.formater import FORMATNAVNE, UkendtFormat, skriv
from socialaftale.kerne.tal.katalog import LevendeTal, Talkontekst, TalMangler, Talvaerdi
from socialaftale.kerne.tekst import blokke, henvisninger, steder
from socialaftale.kerne.tekst.henvisninger import NOTE, Henvisning
from socialaftale.kerne.tekst.opslag import AFSNIT, EKSTERN, gruppe_af, klammer, passer
from socialaftale.kerne.tekst.steder import FORMATER, Sted, Stedslags

# Enough to choose from; whoever finds more than this is asked for another word.
VISES_HOEJST = 40
# What a chapter may hold of references, and more.
HENVISNINGER_HOEJST = 200

Data = dict[str, Any]


def soeg(kontekst: Talkontekst, ord: str, *, art: str = "") -> Data:
    """What has all the words in key, name or definition; `art` narrows to "tal", "note" or "blok".

    `i_alt` counts all that were found, also those left out.
    """
    ord_ = soegetekst(ord).split()
    tal = [
        post
        for post in katalog.alle().values()
        if art != "blok"
        and (art != "note" or post.noegle.startswith(EKSTERN))
        and passer(ord_, (post.noegle, post.navn, post.definition))
    ]
    # The whole before its parts: one figure per municipality would push the sum out of sight.
    tal.sort(key=lambda post: (post.noegle.count("."), post.noegle))
    fundne_steder = [
        _sted(slags, sted)
        for slags in steder.alle()
        for sted in slags.alle(kontekst)
        if art == "" and passer(ord_, (slags.praefiks, slags.ord, sted.noegle, sted.navn))
    ]
    fundne_blokke = [blok for blok in blokke.alle() if art in ("", "blok") and passer(ord_, (blok.noegle, blok.navn))]
    return {
        "tal": [*(tal_som_data(post, kontekst) for post in tal[:VISES_HOEJST]), *fundne_steder],
        "blokke": [_blok(blok) for blok in fundne_blokke],
        "i_alt": len(tal) + len(fundne_blokke) + len(fundne_steder),
        "vist": min(len(tal), VISES_HOEJST) + len(fundne_blokke) + len(fundne_steder),
    }


def for_henvisninger(kontekst: Talkontekst, skrevne: Iterable[str]) -> dict[str, Data]:
    """Per reference as written ("pladser.i_alt|ca", "note:x", "figur:y") what it stands for; unknown ones say so."""
    data: dict[str, Data] = {}
    for skrevet in list(skrevne)[:HENVISNINGER_HOEJST]:
        fund = henvisninger.MOENSTER.fullmatch(klammer(skrevet))
        if fund is not None:
            data[skrevet] = _henvisning(Henvisning.af(fund), kontekst)
    return data


def _henvisning(henvisning: Henvisning, kontekst: Talkontekst) -> Data:
    if henvisning.er_blok:
        blok = blokke.find(henvisning.noegle)
        return {"art": "blok", "navn": blok.navn if blok else "", "kendt": blok is not None}
    if henvisning.er_sted:
        slags = steder.slags_af(henvisning.noegle)
        sted = slags.find(henvisning.noegle, kontekst)
        if sted is None:
            return {"art": "tal", "kendt": False}
        tekst = slags.skriv(sted, henvisning.format)
        return {"art": "tal", "kendt": True, "navn": sted.navn, "trykt": tekst, "tal": _sted(slags, sted)}
    tal = katalog.find(henvisning.figurnoegle, kontekst)
    if tal is None:
        return {"art": "tal", "kendt": False}
    data = tal_som_data(tal, kontekst)
    art = "note" if henvisning.er_note else "tal"
    trykt = _trykt(_vaerdi(tal, kontekst)[0], henvisning.format or tal.standardformat)
    return {"art": art, "kendt": True, "navn": tal.navn, "trykt": trykt, "tal": data}


def tal_som_data(tal: LevendeTal, kontekst: Talkontekst) -> Data:
    """A figure with its value, source, date and every format written out; empty texts where there is no value."""
    vaerdi, mangler = _vaerdi(tal, kontekst)
    former = (
        [(tal.noegle, tal.standardformat)]
        if len(tal.formater) == 1
        else [(f"{tal.noegle}|{format}", format) for format in tal.formater]
    )
    return {
        "noegle": tal.noegle,
        "gruppe": gruppe_af(tal.noegle),
        "navn": tal.navn,
        "definition": tal.definition if tal.definition != tal.navn else "",
        "enhed": tal.enhed,
        "vaerdi": _trykt(vaerdi, tal.standardformat),
        "pr": vaerdi.pr if vaerdi else "",
        "kilde": vaerdi.kilde if vaerdi else "",
        "kilde_url": vaerdi.url if vaerdi else "",
        "formel": vaerdi.formel if vaerdi else "",
        "advarsel": _advarsel(vaerdi),
        "mangler": mangler,
        "perioder": [
            {"kode": valg.kode, "aar": valg.aar} for valg in (tal.perioder(kontekst) if tal.perioder else ())
        ],
        "note": NOTE + tal.noegle.removeprefix(EKSTERN) if tal.noegle.startswith(EKSTERN) else "",
        "formater": [
            {"henvisning": henvisning, "navn": FORMATNAVNE[format], "trykt": _trykt(vaerdi, format)}
            for henvisning, format in former
        ],
    }


def _advarsel(vaerdi: Talvaerdi | None) -> str:
    """What the writer should see before the figure is inserted: it is old, or of an earlier period."""
    if vaerdi is None:
        return ""
    advarsler = (f"Tallet er {vaerdi.advarsel}." if vaerdi.advarsel else "", vaerdi.tidligere_i_ord)
    return " ".join(filter(None, advarsler))


def _sted(slags: Stedslags, sted: Sted) -> Data:
    """A place in the shape of a figure: the writer chooses how it is written, and knows it by its name."""
    noegle = f"{slags.praefiks}:{sted.noegle}"
    ingen = dict.fromkeys(("enhed", "pr", "kilde", "kilde_url", "formel", "note"), "")
    return {
        **ingen,
        "noegle": noegle,
        "gruppe": slags.ord.capitalize(),
        "navn": sted.navn,
        "definition": "Nummeret følger med, når rækkefølgen ændres.",
        "vaerdi": slags.skriv(sted, ""),
        "formater": [
            {
                "henvisning": f"{noegle}|{format}" if format else noegle,
                "navn": navn,
                "trykt": slags.skriv(sted, format),
            }
            for format, navn in FORMATER.items()
        ],
    }


def _blok(blok: blokke.Blok) -> Data:
    return {"noegle": blok.noegle, "navn": blok.navn, "gruppe": AFSNIT}


def _vaerdi(tal: LevendeTal, kontekst: Talkontekst) -> tuple[Talvaerdi | None, str]:
    """The value, or None and why there is none."""
    try:
        return tal.beregn(kontekst), ""
    except TalMangler as fejl:
        return None, str(fejl)


def _trykt(vaerdi: Talvaerdi | None, format: str) -> str:
    """The value in that format, "" when there is none or it cannot be written so."""
    if vaerdi is None:
        return ""
    try:
        return skriv(vaerdi.vaerdi, format)
    except UkendtFormat:
        return ""
