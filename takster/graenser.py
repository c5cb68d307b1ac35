"""The limits of a rule set in words, for the page of a round and for live figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_kr, skriv_pct, skriv_tal
from takster.models import Regelsaet


def _med(enhed: str) -> Callable[[Any], str]:
    return lambda vaerdi: f"{skriv_tal(vaerdi)}{HAARDT_MELLEMRUM}{enhed}"


def _pct(vaerdi: Any) -> str:
    return skriv_pct(vaerdi, 0 if vaerdi == int(vaerdi) else 1)


class Graense(NamedTuple):
    felt: str
    navn: str
    tekst: Callable[[Any], str]


GRAENSER = (
    Graense("dage_pr_aar", "Dage i et takstår", _med("dage")),
    Graense("belaegning_forventet_min_pct", "Laveste forventede belægning", _pct),
    Graense("belaegning_anbefalet_max_pct", "Højeste anbefalede belægning", _pct),
    Graense("belaegning_max_pct", "Højeste belægning", _pct),
    Graense("belaegning_kort_min_pct", "Laveste belægning ved korte forløb, akut og aflastning", _pct),
    Graense("belaegning_antal_aar", "År i den gennemsnitlige belægning", _med("år")),
    Graense("taerskel_takstaendring_pct", "Ændring af taksten, der kræver en bemærkning", _pct),
    Graense("resultatgraense_pct", "Over- og underskud, der bliver hos driftsherren", _pct),
    Graense("hensaettelse_aar", "Et hensat overskud skal bruges inden for", _med("år")),
    Graense("regulering_senest_aar", "Resten reguleres i taksten inden for", _med("år")),
    Graense("pension_pct", "Tjenestemandspension som andel af lønnen", _pct),
    Graense("tolerance_kr", "Tilladt forskel mellem linjer og total", skriv_kr),
)


class Graenselinje(NamedTuple):
    """One limit as shown: name, value, rule number and source."""

    navn: str
    vaerdi: str
    regel: str
    kilde: str


def graenselinjer(regelsaet: Regelsaet) -> list[Graenselinje]:
    regler = regelsaet.regler()
    return [
        Graenselinje(
            graense.navn,
            graense.tekst(getattr(regler, graense.felt)),
            regelsaet.graenser.get(graense.felt, {}).get("regel", ""),
            regelsaet.kilde(graense.felt),
        )
        for graense in GRAENSER
    ]
