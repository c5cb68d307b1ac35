"""Users, roles and log-ins."""

from __future__ import annotations

import datetime as dt

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from socialaftale.kerne.brugere.enums import Loginudfald
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Bruger, Loginforsoeg, Medlemskab, Organisation

ADGANGSKODE = "grøn cykel ved åen 7"
HEMMELIGHED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class BrugerFactory(factory.django.DjangoModelFactory):
    """An active user with a password; `inviteret=True` has not chosen one, `lukket=True` is closed."""

    class Meta:
        model = Bruger

    class Params:
        inviteret = factory.Trait(password="!ingen")
        lukket = factory.Trait(is_active=False)

    navn = factory.Sequence(lambda nummer: f"Bruger {nummer}")
    email = factory.Sequence(lambda nummer: f"bruger{nummer}@kommune.example")
    password = factory.django.Password(ADGANGSKODE)


class MedlemskabFactory(factory.django.DjangoModelFactory):
    """A role in force, by default in Aalborg (the organisations must be loaded)."""

    class Meta:
        model = Medlemskab

    bruger = factory.SubFactory(BrugerFactory)
    organisation = factory.LazyFunction(lambda: Organisation.objects.get(slug="aalborg"))
    rolle = Rolle.DRIFTSHERRE_INDBERETTER
    fra = dt.date(2020, 1, 1)


def administrator(**felter) -> Medlemskab:
    """The role of sekretariat_admin in the secretariat."""
    sekretariat = Organisation.objects.get(slug="sekretariatet")
    return MedlemskabFactory(organisation=sekretariat, rolle=Rolle.SEKRETARIAT_ADMIN, **felter)


class LoginforsoegFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Loginforsoeg

    bruger = factory.SubFactory(BrugerFactory)
    udfald = Loginudfald.LOGGET_PAA
    netadresse = "192.0.2.x"


def giv_totrin(bruger: Bruger) -> Authenticator:
    """An app with the secret HEMMELIGHED, and recovery codes."""
    RecoveryCodes.activate(bruger)
    return TOTP.activate(bruger, HEMMELIGHED).instance
