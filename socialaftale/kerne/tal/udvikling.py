"""The same figure at two times: `{{ udvikling.2021-2022.2023-2024.pladser.socialaftale|retning }}`.

A figure offers it by naming the periods it has values for (`LevendeTal.perioder`). What is counted or priced in
different ways is refused: the difference would say something about the way of counting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.formater import ANDELSFORMATER, Toaar, skriv
from socialaftale.kerne.tal.katalog import Kilderaekke, LevendeTal, Talkontekst, TalMangler, Talvaerdi

PRAEFIKS = "udvikling."
_NOEGLE = re.compile(r"udvikling\.(?P<fra>\d{4}-\d{4})\.(?P<til>\d{4}-\d{4})\.(?P<tal>[a-z][a-z0-9_.\-]*)")
ANTAL = ("retning", "retning_ca", "fra_til", "forskel", "forskel_pct")
ANDELE = ("retning", "fra_til", "forskel")


class Usammenlignelig(TalMangler):
    """The writer asks for a comparison that cannot be made; the message says why."""


def registrer() -> None:
    katalog.registrer_afledt(PRAEFIKS, find)


def noegle(tal: str, fra: str, til: str) -> str:
    """The key of the development of a figure between two periods."""
    return f"{PRAEFIKS}{fra}.{til}.{tal}"


def brugte(noegler: Iterable[str]) -> list[str]:
    """The developments among the keys, each once."""
    return [et for et in dict.fromkeys(noegler) if et.startswith(PRAEFIKS)]


def find(noegle: str, kontekst: Talkontekst) -> LevendeTal | None:
    """The development as a figure of its own, None when the key is none or the figure it is of is unknown."""
    fund = _NOEGLE.fullmatch(noegle)
    tal = katalog.find(fund["tal"], kontekst) if fund and not fund["tal"].startswith(PRAEFIKS) else None
    if fund is None or tal is None:
        return None
    fra, til = fund["fra"], fund["til"]
    navn = f"{tal.navn}, udvikling fra {_aar(tal, fra, kontekst)} til {_aar(tal, til, kontekst)}"
    return LevendeTal(
        noegle,
        navn,
        tal.definition,
        lambda kontekst: _beregn(tal, fra, til, kontekst),
        enhed=tal.enhed,
        formater=ANDELE if _er_andel(tal) else ANTAL,
    )


def _er_andel(tal: LevendeTal) -> bool:
    return bool(ANDELSFORMATER & set(tal.formater))


def _aar(tal: LevendeTal, periode: str, kontekst: Talkontekst) -> str:
    """What the figure calls the period ("2022"), or the period."""
    valg = tal.perioder(kontekst) if tal.perioder else ()
    return next((valgt.aar for valgt in valg if valgt.kode == periode), periode)


def _beregn(tal: LevendeTal, fra: str, til: str, kontekst: Talkontekst) -> Talvaerdi:
    if tal.perioder is None:
        raise Usammenlignelig(f"{tal.navn} kan ikke sammenlignes mellem år.")
    if fra >= til:
        raise Usammenlignelig(f"Udviklingen skal gå fremad i tid, ikke fra {fra} til {til}.")
    foer, nu = (_paa(tal, periode, kontekst) for periode in (fra, til))
    if foer.grundlag != nu.grundlag:
        raise Usammenlignelig(
            f"{tal.navn} er opgjort på to måder ({foer.grundlag or 'uden angivelse'} og "
            f"{nu.grundlag or 'uden angivelse'}) og kan ikke sammenlignes."
        )
    andel = _er_andel(tal)
    format = "pct1" if andel else "hele"
    return Talvaerdi(
        Toaar(foer.vaerdi, nu.vaerdi, andel=andel),
        pr=f"fra {foer.pr} til {nu.pr}",
        kilde="; ".join(dict.fromkeys(filter(None, (foer.kilde, nu.kilde)))),
        formel="Værdien til sidst − værdien først. I procent: forskellen / værdien først",
        raekker=tuple(
            Kilderaekke(f"{tal.navn}, {vaerdi.pr}", skriv(vaerdi.vaerdi, format), vaerdi.url) for vaerdi in (foer, nu)
        ),
        url=nu.url,
        grundlag=nu.grundlag,
    )


def _paa(tal: LevendeTal, periode: str, kontekst: Talkontekst) -> Talvaerdi:
    """The value of the period itself: a figure that goes by an earlier one has none to compare."""
    vaerdi = tal.beregn(Talkontekst(periode, kontekst.hukommelse))
    if vaerdi.tidligere or isinstance(vaerdi.vaerdi, str):
        raise Usammenlignelig(f"{tal.navn} har ikke noget tal for {periode} at sammenligne med.")
    return vaerdi
