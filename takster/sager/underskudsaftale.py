"""T28: the decided case about a region's uncovered deficit that an account stands on."""

from __future__ import annotations

from socialaftale.kerne.models import Sag
from socialaftale.kerne.sager.enums import Sagstilstand
from takster.models import Regnskab

NOEGLE, OBJEKTTYPE = "regionalt_underskud", "takster.regnskab"


def aftalt_sag(regnskab: Regnskab) -> Sag | None:
    """The newest approved case about the account; one query."""
    return (
        Sag.objects.filter(
            art=NOEGLE, objekttype=OBJEKTTYPE, objekt_id=str(regnskab.pk), tilstand=Sagstilstand.GODKENDT
        )
        .order_by("-pk")
        .first()
    )
