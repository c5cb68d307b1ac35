"""Users as the list and the pages need them, with a constant number of queries."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Bruger, Loginforsoeg, Medlemskab


def brugere(adgang: Adgang) -> QuerySet[Bruger]:
    """Those the reader may see, each with `har_totrin` and today's roles in `gaeldende_roller`."""
    totrin = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    roller = Medlemskab.objects.gaeldende().select_related("organisation")
    return (
        Bruger.objects.synlige_for(adgang)
        .annotate(har_totrin=Exists(totrin))
        .prefetch_related(Prefetch("medlemskaber", queryset=roller, to_attr="gaeldende_roller"))
    )


def loginforsoeg(adgang: Adgang) -> QuerySet[Loginforsoeg]:
    return Loginforsoeg.objects.synlige_for(adgang).select_related("bruger")
