"""The demo users; refused outside demo settings."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.datamappe import findes, i_filen, laes_json
from socialaftale.kerne.enums import Hat, Rolle
from socialaftale.kerne.hatte import adgang_for
from socialaftale.kerne.models import Bruger, Medlemskab, Organisation

ADGANGSKODE = "socialaftale-demo"
ENDELSE = "@demo.example"

# Name, address and roles by organisation; the names are invented.
FIL = "demobrugere.json"
Demobruger = tuple[str, str, list[tuple[str, list[Rolle]]]]


def demobrugere() -> list[Demobruger]:
    """(e-mail, name, [(organisation, roles)]) of the folder of data; none when it has no such file."""
    if not findes(FIL):
        return []
    poster = laes_json(FIL)
    with i_filen(FIL):
        return [
            (
                post["email"],
                post["navn"],
                [(slug, list(map(Rolle, roller))) for slug, roller in post["roller"].items()],
            )
            for post in poster["brugere"]
        ]


def er_demoadresse(email: str) -> bool:
    return email.strip().lower().endswith(ENDELSE)


@transaction.atomic
def lav_demobrugere() -> None:
    """Create the demo users once; a user that exists is left as it is."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Demo users are refused outside demo settings.")
    for email, navn, medlemskaber in demobrugere():
        if Bruger.objects.filter(email=email).exists():
            continue
        bruger = Bruger.objects.create_user(email, ADGANGSKODE, navn=navn)
        for slug, roller in medlemskaber:
            organisation = Organisation.objects.get(slug=slug)
            for rolle in roller:
                Medlemskab.objects.create(
                    bruger=bruger, organisation=organisation, rolle=rolle, fra=dt.date(2026, 1, 1)
                )


def adgang_som(email: str, hat: Hat) -> Adgang:
    """A demo user under a hat, or the system itself where there is no such user."""
    bruger = Bruger.objects.filter(email=email).first()
    if bruger is None:
        return Adgang.system()
    mulighed = next((m for m in adgang_for(bruger).muligheder if m.hat == hat), None)
    return adgang_for(bruger, mulighed.noegle) if mulighed else Adgang.system()
