"""The permission table: one row per URL name, what each profile gets; apps add rows in `tests/<app>/adgangstabel.py`.

The world has an own organisation (`verden.egen`, Aalborg) whose objects the rows point at, and a neighbour
(`verden.nabo`, Hjørring). Profiles ending in `_nabo` belong to the neighbour and must not see the own rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from socialaftale.kerne.enums import Rolle

# Profile → (role, organisation slug); `anonym` and `uden_rolle` stand beside them.
PROFILER: dict[str, tuple[Rolle, str]] = {
    "sekretariat_admin": (Rolle.SEKRETARIAT_ADMIN, "sekretariatet"),
    "sekretariat": (Rolle.SEKRETARIAT, "sekretariatet"),
    "indberetter": (Rolle.DRIFTSHERRE_INDBERETTER, "aalborg"),
    "indberetter_nabo": (Rolle.DRIFTSHERRE_INDBERETTER, "hjoerring"),
    "godkender": (Rolle.DRIFTSHERRE_GODKENDER, "aalborg"),
    "godkender_nabo": (Rolle.DRIFTSHERRE_GODKENDER, "hjoerring"),
    "myndighed": (Rolle.KOMMUNE_MYNDIGHED, "aalborg"),
    "myndighed_godkender": (Rolle.KOMMUNE_GODKENDER, "aalborg"),
    "das": (Rolle.DAS_MEDLEM, "aalborg"),
    "fu": (Rolle.FU_MEDLEM, "aalborg"),
    "kkr": (Rolle.KKR_LAESER, "kkr-nordjylland"),
    "udvikling": (Rolle.UDVIKLINGSGRUPPE, "aalborg"),
    "ekspert": (Rolle.EKSPERTPANEL, "aalborg"),
    "takstgruppe": (Rolle.TAKSTGRUPPE, "aalborg"),
    "tilsyn": (Rolle.TILSYN_LAESER, "socialtilsyn-nord"),
    "privat": (Rolle.PRIVAT_DRIFTSHERRE, "aalborg"),
    "ekstern": (Rolle.EKSTERN_REGION, "region-midtjylland"),
    "revisor": (Rolle.REVISOR, "aalborg"),
    "revisor_nabo": (Rolle.REVISOR, "hjoerring"),
}
ALLE_PROFILER = ("anonym", "uden_rolle", *PROFILER)
SEKRETARIATET = ("sekretariat_admin", "sekretariat")
EGEN_DRIFTSHERRE = ("indberetter", "godkender")

Verden = SimpleNamespace


def kun(*profiler: str, status: int = 200) -> dict[str, int]:
    """`kun(*SEKRETARIATET)`: those profiles get the status."""
    return dict.fromkeys(profiler, status)


ALLE = dict.fromkeys(ALLE_PROFILER, 200)


@dataclass(frozen=True, slots=True)
class Raekke:
    """One URL name: `forventet` for the profiles named there, `ellers` for every other log-in.

    `ellers` is 403 where the page is not theirs and 404 where the row is foreign; anonymous visitors are sent
    to the log-in (302) unless named.
    """

    navn: str
    forventet: Mapping[str, int] = field(default_factory=dict)
    ellers: int = 403
    anonym: int = 302
    kwargs: Callable[[Verden], dict[str, Any]] = lambda verden: {}
    query: str = ""
    metode: str = "get"
    data: Callable[[Verden], dict[str, Any]] = lambda verden: {}

    def status_for(self, profil: str) -> int:
        return self.forventet.get(profil, self.anonym if profil == "anonym" else self.ellers)
