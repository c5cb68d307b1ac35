"""Access: who acts (`Adgang`), rules as values (`Regel`) and the decorator every view carries (`kraev`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator

from socialaftale.kerne.enums import Hat, Rolle

if TYPE_CHECKING:
    from socialaftale.kerne.models import Bruger, Organisation


@dataclass(frozen=True, slots=True)
class Mulighed:
    """One hat a user can put on: an organisation and the roles they have there under that hat."""

    organisation: Organisation
    hat: Hat
    roller: frozenset[Rolle]

    @property
    def noegle(self) -> str:
        """What the session and the form for changing hat call it."""
        return f"{self.organisation.pk}:{self.hat}"

    @property
    def navn(self) -> str:
        """What the user reads: "Aalborg Kommune – driftsherre"."""
        return f"{self.organisation.navn} – {self.hat.label.lower()}"


@dataclass(frozen=True, slots=True)
class Adgang:
    """Who acts: user, organisation and hat; holds the roles of that hat only."""

    bruger: Bruger | None = None
    organisation: Organisation | None = None
    hat: Hat | None = None
    roller: frozenset[Rolle] = frozenset()
    muligheder: tuple[Mulighed, ...] = field(default=(), compare=False)
    # The system itself (import, job, demo data): may what the secretariat's administrator may.
    er_system: bool = False

    @classmethod
    def system(cls) -> Adgang:
        """Nobody's request: import, a job, demo data."""
        return cls(er_system=True)

    def har(self, *roller: Rolle) -> bool:
        """Does the present hat hold at least one of the roles?"""
        return not self.roller.isdisjoint(roller)

    @property
    def er_indlogget(self) -> bool:
        """Somebody is logged in, under whatever hat; the system itself is not."""
        return self.bruger is not None

    @property
    def er_sekretariat(self) -> bool:
        """Both roles of the secretariat: "all business data" (actors-and-roles.md § 2)."""
        return self.er_system or self.har(Rolle.SEKRETARIAT, Rolle.SEKRETARIAT_ADMIN)

    @property
    def er_sekretariat_admin(self) -> bool:
        """The secretariat's lead, who alone administers users (actors-and-roles.md § 2)."""
        return self.er_system or self.har(Rolle.SEKRETARIAT_ADMIN)

    @property
    def er_driftsherre(self) -> bool:
        """Reports or signs for an operator; a municipality's *myndighed* hat never does (§ 2: segregate the two)."""
        return self.har(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER)

    def er_driftsherre_for(self, organisation_id: int | None) -> bool:
        """Acts as *driftsherre* for exactly that organisation."""
        return self.er_driftsherre and self.organisation is not None and self.organisation.pk == organisation_id

    @property
    def kan_skifte(self) -> bool:
        """Has more than one hat to choose from (decisions.md, Access: one organisation, several hats)."""
        return len(self.muligheder) > 1

    @property
    def hat_navn(self) -> str:
        """The present hat as the header shows it; "" without one."""
        return self.hat.label if self.hat else ""


@dataclass(frozen=True, slots=True)
class Regel:
    """A page rule in words with its test; the name is what tests and the walk print."""

    navn: str
    beskrivelse: str
    test: Callable[[Adgang], bool]
    offentlig: bool = False

    def __call__(self, adgang: Adgang) -> bool:
        return self.offentlig or self.test(adgang)


offentlig = Regel("offentlig", "Alle, også uden log-in; kun offentliggjorte rækker.", lambda adgang: True, True)
indlogget = Regel("indlogget", "Alle, der er logget på.", lambda adgang: adgang.er_indlogget)
kun_sekretariat = Regel("kun_sekretariat", "Sekretariatet.", lambda adgang: adgang.er_sekretariat)
kun_sekretariat_admin = Regel(
    "kun_sekretariat_admin", "Sekretariatets administrator.", lambda adgang: adgang.er_sekretariat_admin
)
kun_driftsherre = Regel(
    "kun_driftsherre",
    "Driftsherrens indberetter og godkender, for driftsherrens egne tilbud.",
    lambda adgang: adgang.er_driftsherre,
)


def roller(navn: str, beskrivelse: str, *tilladte: Rolle) -> Regel:
    """A rule that the secretariat and the given roles pass."""
    return Regel(navn, beskrivelse, lambda adgang: adgang.er_sekretariat or adgang.har(*tilladte))


def kraev(regel: Regel) -> Callable[[Any], Any]:
    """Guard a view (function or class) with a rule, and store it on the view as `adgangsregel`.

    Deny by default: a view without it fails the suite. Public rules also lift the log-in requirement.
    """

    def pak(view: Any) -> Any:
        if isinstance(view, type):
            return method_decorator(kraev(regel), name="dispatch")(view)

        @wraps(view)
        def indpakket(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not regel(request.adgang):
                raise PermissionDenied(regel.beskrivelse)
            return view(request, *args, **kwargs)

        indpakket.adgangsregel = regel
        return login_not_required(indpakket) if regel.offentlig else indpakket

    return pak


def kraev_tilladelse(tilladt: bool, beskrivelse: str = "") -> None:
    """Raise `PermissionDenied` inside an action whose rule said no."""
    if not tilladt:
        raise PermissionDenied(beskrivelse)
