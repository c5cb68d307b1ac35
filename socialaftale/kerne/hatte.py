"""From a log-in to an `Adgang`: which hats a user has, and which one they wear in this session."""

from __future__ import annotations

from django.http import HttpRequest

from socialaftale.kerne.adgang import Adgang, Mulighed
from socialaftale.kerne.enums import Hat, Rolle
from socialaftale.kerne.models import Bruger, Medlemskab

SESSIONSNOEGLE = "hat"
_RAEKKEFOELGE = list(Hat)


def muligheder_for(bruger: Bruger) -> tuple[Mulighed, ...]:
    """All hats the user has today, secretariat first; no query for the user of a log-in, else one."""
    dagens = getattr(bruger, "dagens_medlemskaber", None)
    if dagens is None:
        dagens = Medlemskab.objects.gaeldende().filter(bruger=bruger).select_related("organisation")
    samlet: dict[tuple[int, Hat], tuple] = {}
    for medlemskab in dagens:
        organisation, roller = samlet.setdefault(
            (medlemskab.organisation_id, medlemskab.hat), (medlemskab.organisation, set())
        )
        roller.add(Rolle(medlemskab.rolle))
    muligheder = [Mulighed(org, hat, frozenset(roller)) for (_, hat), (org, roller) in samlet.items()]
    muligheder.sort(key=lambda mulighed: (_RAEKKEFOELGE.index(mulighed.hat), mulighed.organisation.raekkefoelge))
    return tuple(muligheder)


def adgang_for(bruger: Bruger, valgt: str | None = None) -> Adgang:
    """The user's `Adgang` under the chosen hat, or the first one when none (or an expired one) is chosen."""
    muligheder = muligheder_for(bruger)
    hat = next((m for m in muligheder if m.noegle == valgt), muligheder[0] if muligheder else None)
    if hat is None:
        return Adgang(bruger=bruger)
    return Adgang(bruger, hat.organisation, hat.hat, hat.roller, muligheder)


def adgang_for_request(request: HttpRequest) -> Adgang:
    if not request.user.is_authenticated:
        return Adgang()
    return adgang_for(request.user, request.session.get(SESSIONSNOEGLE))
