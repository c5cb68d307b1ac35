"""Who answers for an organisation: by its kind, and under the hat of the role (actors-and-roles.md § 1-3)."""

from __future__ import annotations

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Organisationstype, Rolle
from socialaftale.kerne.models import Organisation

# Kind → (who writes, who sends). A municipality answers as authority; only a region also through its operator side,
# since it has no authority hat.
_SVARROLLER: dict[str, tuple[frozenset[Rolle], frozenset[Rolle]]] = {
    Organisationstype.KOMMUNE: (
        frozenset({Rolle.KOMMUNE_MYNDIGHED, Rolle.KOMMUNE_GODKENDER, Rolle.DAS_MEDLEM}),
        frozenset({Rolle.KOMMUNE_GODKENDER, Rolle.DAS_MEDLEM}),
    ),
    Organisationstype.REGION: (
        frozenset(
            {
                *(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER, Rolle.DAS_MEDLEM),
                # The secretariat of another region, asked as a neighbour.
                Rolle.EKSTERN_REGION,
            }
        ),
        frozenset({Rolle.DRIFTSHERRE_GODKENDER, Rolle.DAS_MEDLEM, Rolle.EKSTERN_REGION}),
    ),
}
_ANDRE = frozenset(
    {
        *(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER, Rolle.PRIVAT_DRIFTSHERRE),
        *(Rolle.TILSYN_LAESER, Rolle.KKR_LAESER, Rolle.EKSTERN_REGION),
    }
)


def skriveroller(organisation: Organisation) -> frozenset[Rolle]:
    return _SVARROLLER.get(organisation.type, (_ANDRE, _ANDRE))[0]


def sendroller(organisation: Organisation) -> frozenset[Rolle]:
    return _SVARROLLER.get(organisation.type, (_ANDRE, _ANDRE))[1]


def kan_skrive(adgang: Adgang, organisation: Organisation) -> bool:
    return adgang.organisation == organisation and adgang.har(*skriveroller(organisation))


def kan_sende(adgang: Adgang, organisation: Organisation) -> bool:
    return adgang.organisation == organisation and adgang.har(*sendroller(organisation))


def ser_alle_hoeringer(adgang: Adgang) -> bool:
    """The secretariat runs them, DAS decides on what comes of them."""
    return adgang.er_sekretariat or adgang.har(Rolle.DAS_MEDLEM)
