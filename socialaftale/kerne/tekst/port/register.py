"""Where finders and what they know are registered; apps add their own from `AppConfig.ready()`."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from socialaftale.kerne.registre import Register
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst.port import (
    aar,
    cprfund,
    henvisningsfund,
    kilder,
    navne,
    opbygning,
    pladsholdere,
    smaatal,
    tabeller,
    tal,
)
from socialaftale.kerne.tekst.port.fund import Fund, Klasse
from socialaftale.kerne.tekst.port.laesning import Porttekst
from socialaftale.kerne.tekst.port.viden import Viden

Finder = Callable[[Porttekst, Viden], Iterable[Fund]]
# Each adds what it knows to the `Viden` of a period.
Vidensbidrag = Callable[[Viden, Talkontekst], None]

finder: Register[Finder] = Register()
viden: Register[Vidensbidrag] = Register()

for _raekkefoelge, (_klasse, _find) in enumerate(
    {
        Klasse.PLADSHOLDER: pladsholdere.find,
        Klasse.TAL: tal.find,
        Klasse.TABEL: tabeller.find,
        Klasse.AAR: aar.find,
        Klasse.NAVN: navne.find,
        Klasse.HENVISNING: henvisningsfund.find,
        Klasse.KILDE: kilder.find,
        Klasse.OPBYGNING: opbygning.find,
        Klasse.CPR: cprfund.find,
        Klasse.SMAATAL: smaatal.find,
    }.items()
):
    finder.tilfoej(_klasse, _find, raekkefoelge=10 * (_raekkefoelge + 1))


def saml_viden(grundlag: Viden, kontekst: Talkontekst) -> Viden:
    """`grundlag` holds period and years; every app adds what it knows of them. `kontekst` remembers what was read."""
    for bidrag in viden:
        bidrag(grundlag, kontekst)
    return grundlag


def koer(tekst: Porttekst, kendt: Viden) -> list[Fund]:
    """All findings, by place in the text; identical ones of a block are numbered, so that each can be waived."""
    plads = {kapitel.noegle: nummer for nummer, kapitel in enumerate(tekst.kapitler)}
    klasser = list(Klasse)
    alle = itertools.chain.from_iterable(find(tekst, kendt) for find in finder)
    ordnet = sorted(
        alle, key=lambda f: (plads[f.sted.kapitel], f.sted.blok, f.sted.forskydning, klasser.index(f.klasse), f.kode)
    )
    talt: dict[str, int] = {}
    resultat = []
    for fund in ordnet:
        nummer = talt.get(fund.fingeraftryk, 0)
        talt[fund.fingeraftryk] = nummer + 1
        resultat.append(fund.nummereret(nummer))
    return resultat
