"""Mails about accounts; called after commit with keys, so that they tell what was stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from allauth.account import app_settings
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.brugere.adgang import skal_have_totrin
from socialaftale.kerne.brugere.enums import Rollestatus
from socialaftale.kerne.models import Bruger, Medlemskab, Opsaetning


class Mailfejl(Exception):
    """The change is stored, but the mail about it could not be handed over to the mail server."""


def adresse(sti: str) -> str:
    """A full address of this installation."""
    return f"{settings.BASISADRESSE.rstrip('/')}{sti}"


def adgangskodelink(bruger: Bruger) -> str:
    """An address where the user chooses a password: once, and within PASSWORD_RESET_TIMEOUT."""
    noegle = {"uidb36": user_pk_to_url_str(bruger), "key": default_token_generator.make_token(bruger)}
    return adresse(reverse("account_reset_password_from_key", kwargs=noegle))


def linket_udloeber() -> dt.datetime:
    """When a link made now stops working."""
    return timezone.now() + dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def invitation(noegle: int) -> None:
    """To someone new: what they get access to, and the link to choose a password."""
    bruger = Bruger.objects.get(pk=noegle)
    roller = [rolle for rolle in _roller(bruger) if rolle.status != Rollestatus.UDLOEBET]
    _send(
        "invitation",
        bruger,
        roller=roller,
        adresse=adgangskodelink(bruger),
        udloeber=linket_udloeber(),
        glemt_adresse=adresse(reverse("account_reset_password")),
        kraever_totrin=settings.KRAEV_TOTP and skal_have_totrin(bruger),
    )


def ny_rolle(noegle: int, roller: Iterable[int]) -> None:
    """To someone who has an account already."""
    bruger = Bruger.objects.get(pk=noegle)
    _send(
        "ny_rolle",
        bruger,
        roller=[rolle for rolle in _roller(bruger) if rolle.pk in set(roller)],
        adresse=adresse(reverse("kerne:forside")),
        kraever_totrin=settings.KRAEV_TOTP and skal_have_totrin(bruger),
    )


def totrin_nulstillet(noegle: int) -> None:
    """So that nobody loses their second factor without knowing."""
    _send("totrin_nulstillet", Bruger.objects.get(pk=noegle), adresse=adresse(reverse("mfa_index")))


def ny_email(noegle: int) -> None:
    """To the new address: confirm that it is yours; nothing when it has been withdrawn meanwhile."""
    ny = EmailAddress.objects.filter(pk=noegle, verified=False).select_related("user").first()
    if ny is None:
        return
    link = reverse("account_confirm_email", kwargs={"key": EmailConfirmationHMAC.create(ny).key})
    dage = dt.timedelta(days=app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS)
    _send("ny_email", ny.user, til=ny.email, ny=ny.email, adresse=adresse(link), udloeber=timezone.now() + dage)


def _roller(bruger: Bruger) -> list[Medlemskab]:
    return list(bruger.medlemskaber.select_related("organisation"))


def _send(navn: str, bruger: Bruger, *, til: str = "", **kontekst: Any) -> None:
    kontekst |= {"bruger": bruger, "opsaetning": Opsaetning.hent()}
    emne = " ".join(render_to_string(f"mail/brugere/{navn}_emne.txt", kontekst).split())
    tekst = render_to_string(f"mail/brugere/{navn}.txt", kontekst)
    try:
        EmailMessage(emne, tekst, to=[til or bruger.email]).send()
    except OSError as fejl:
        raise Mailfejl(f"Mail {navn} to user {bruger.pk} failed.") from fejl
