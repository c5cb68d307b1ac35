"""Corrections of a user's name and e-mail address; a new address counts when its owner has confirmed it.

As in allauth with ACCOUNT_CHANGE_EMAIL: the address to come is an `EmailAddress` that is not verified, and
confirming it makes it the only one. Who has not chosen a password yet gets the invitation at the new address
instead, which proves it as well.
"""

from __future__ import annotations

from enum import Enum
from functools import partial

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.brugere import adgang as regler
from socialaftale.kerne.brugere import handlinger, mails
from socialaftale.kerne.brugere.enums import Brugerstatus
from socialaftale.kerne.demobrugere import er_demoadresse
from socialaftale.kerne.models import Bruger
from socialaftale.kerne.models.haendelse import log


class Rettet(Enum):
    """What a correction led to, in the words the administrator is told."""

    INTET = "Du har ikke ændret noget"
    NAVN = "Navnet er rettet"
    SENDT = "Brugeren har fået en mail på den nye adresse og logger på med den gamle, til den nye er bekræftet"
    INVITERET = "Adressen er rettet, og invitationen er sendt til den"
    FORTRUDT = "Den nye adresse er trukket tilbage"


@transaction.atomic
def ret_bruger(bruger: Bruger, *, adgang: Adgang, navn: str, email: str) -> Rettet:
    """Correct name and address; answers with the most important thing that happened."""
    bruger = handlinger.laas(bruger)
    kraev_tilladelse(regler.maa_rette(adgang, bruger), "Kun sekretariatets administrator retter brugere.")
    navnet_rettet = _ret_navn(bruger, adgang, navn)
    udfald = _ret_email(bruger, adgang, email.strip().lower())
    return Rettet.NAVN if navnet_rettet and udfald == Rettet.INTET else udfald


@transaction.atomic
def ret_eget_navn(*, adgang: Adgang, navn: str) -> bool:
    """The user's own correction; says whether anything changed."""
    kraev_tilladelse(adgang.bruger is not None)
    return _ret_navn(handlinger.laas(adgang.bruger), adgang, navn)


def afventer(bruger: Bruger) -> EmailAddress | None:
    """The address the user has been asked to confirm."""
    return EmailAddress.objects.get_new(bruger)


def _ret_navn(bruger: Bruger, adgang: Adgang, navn: str) -> bool:
    foer, bruger.navn = bruger.navn, navn.strip()
    if bruger.navn == foer:
        return False
    bruger.full_clean()
    bruger.save(update_fields=["navn"])
    log(
        adgang,
        "navn_rettet",
        bruger,
        tekst=f"Navnet rettet fra {foer} til {bruger.navn}"[:200],
        data={"foer": foer, "efter": bruger.navn},
    )
    return True


def _ret_email(bruger: Bruger, adgang: Adgang, email: str) -> Rettet:
    ventende = afventer(bruger)
    if email == bruger.email:
        return _fortryd(bruger, adgang, ventende) if ventende else Rettet.INTET
    if not bruger.is_active:
        raise ValidationError({"email": "Kontoen er lukket. Genåbn den, før du ændrer adressen"})
    if er_demoadresse(email) and not settings.DEMO:
        raise ValidationError({"email": "Demobrugere findes kun i demoen. Skriv en rigtig e-mailadresse"})
    if (
        Bruger.objects.filter(email=email).exists()
        or EmailAddress.objects.filter(email=email, verified=True).exclude(user=bruger).exists()
    ):
        raise ValidationError({"email": "En anden bruger har allerede den adresse"})
    if bruger.status == Brugerstatus.INVITERET:
        return _flyt_invitation(bruger, adgang, email)
    # The present address as a row too, so that allauth tells it about the change.
    EmailAddress.objects.get_or_create(user=bruger, email=bruger.email, defaults={"verified": True, "primary": True})
    EmailAddress.objects.filter(user=bruger, verified=False).delete()
    ny = EmailAddress(user=bruger, email=email)
    ny.full_clean()
    ny.save()
    log(
        adgang,
        "email_afventer",
        bruger,
        tekst=f"Ny e-mailadresse, {email}, skal bekræftes"[:200],
        data={"foer": bruger.email, "efter": email},
    )
    transaction.on_commit(partial(mails.ny_email, ny.pk))
    return Rettet.SENDT


def _fortryd(bruger: Bruger, adgang: Adgang, ventende: EmailAddress) -> Rettet:
    ventende.delete()
    log(adgang, "email_fortrudt", bruger, tekst=f"Ny e-mailadresse, {ventende.email}, trukket tilbage"[:200])
    return Rettet.FORTRUDT


def _flyt_invitation(bruger: Bruger, adgang: Adgang, email: str) -> Rettet:
    foer, bruger.email = bruger.email, email
    bruger.full_clean()
    bruger.save(update_fields=["email"])
    EmailAddress.objects.filter(user=bruger).delete()
    log_ny_email(bruger, adgang, foer)
    handlinger.send_invitation(bruger, adgang=adgang)
    return Rettet.INVITERET


def log_ny_email(bruger: Bruger, adgang: Adgang, foer: str) -> None:
    """From now on the user logs in with the new address."""
    log(
        adgang,
        "email_rettet",
        bruger,
        tekst=f"E-mailadressen rettet fra {foer} til {bruger.email}"[:200],
        data={"foer": foer, "efter": bruger.email},
    )
