"""Pages of the styringsaftale that `./run bench` measures."""

from __future__ import annotations

from collections.abc import Callable

from socialaftale.aftale.models import Styringsaftale
from socialaftale.kerne import registre
from socialaftale.kerne.registre import Benchside


def registrer() -> None:
    for navn, titel in (("aftale", "Styringsaftale, håndbogen"), ("aendringer", "Styringsaftale, ændringer")):
        registre.benchsider.tilfoej(f"styringsaftale:{navn}", Benchside(titel, _adresse(navn)))


def _adresse(navn: str) -> Callable[[], str]:
    return lambda: Styringsaftale.objects.offentliggjorte().latest("aar").adresse(navn)
