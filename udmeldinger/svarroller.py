"""Who answers for an organisation, by the capacity it is asked in (actors-and-roles.md sections 2-3)."""

from __future__ import annotations

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from udmeldinger.enums import Svarrolle

_SKRIVER: dict[Svarrolle, frozenset[Rolle]] = {
    Svarrolle.MYNDIGHED: frozenset({Rolle.KOMMUNE_MYNDIGHED, Rolle.KOMMUNE_GODKENDER}),
    Svarrolle.DRIFTSHERRE: frozenset({Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER}),
    Svarrolle.REGION: frozenset({Rolle.EKSTERN_REGION}),
    # By a personal link only: there are no accounts.
    Svarrolle.PRIVAT: frozenset(),
}
_GODKENDER: dict[Svarrolle, frozenset[Rolle]] = {
    Svarrolle.MYNDIGHED: frozenset({Rolle.KOMMUNE_GODKENDER}),
    Svarrolle.DRIFTSHERRE: frozenset({Rolle.DRIFTSHERRE_GODKENDER}),
    Svarrolle.REGION: frozenset({Rolle.EKSTERN_REGION}),
    Svarrolle.PRIVAT: frozenset(),
}


def skriveroller(rolle: str) -> frozenset[Rolle]:
    """The roles that fill in an answer."""
    return _SKRIVER[Svarrolle(rolle)]


def godkendroller(rolle: str) -> frozenset[Rolle]:
    """The roles that sign an answer off."""
    return _GODKENDER[Svarrolle(rolle)]


def svarroller(adgang: Adgang) -> list[Svarrolle]:
    """The capacities the present hat answers in; empty for those who answer nothing."""
    if adgang.organisation is None:
        return []
    return [rolle for rolle, roller in _SKRIVER.items() if adgang.har(*roller)]
