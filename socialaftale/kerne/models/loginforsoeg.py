"""Attempts to log in, kept for a year."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.brugere.enums import Loginudfald
from socialaftale.kerne.models.bruger import Bruger

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

OPBEVARES = dt.timedelta(days=365)


class LoginforsoegQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> LoginforsoegQuerySet:
        """The secretariat's administrator only."""
        return self if adgang.er_sekretariat_admin else self.none()

    def foraeldede(self, nu: dt.datetime | None = None) -> LoginforsoegQuerySet:
        return self.filter(tidspunkt__lt=(nu or timezone.now()) - OPBEVARES)


class Loginforsoeg(models.Model):
    """One attempt to log in: who (if there is such a user), when, from roughly where, how it ended.

    What was typed is never stored: an unknown address may be a password in the wrong box.
    """

    # Empty when no user has the address typed.
    bruger = models.ForeignKey(
        Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="loginforsoeg", verbose_name="bruger"
    )
    tidspunkt = models.DateTimeField("tidspunkt", default=timezone.now, db_index=True)
    udfald = models.CharField("udfald", max_length=30, choices=Loginudfald)
    # Shortened to the network, see `konto.forkort_adresse`.
    netadresse = models.CharField("netadresse", max_length=40, blank=True)

    objects = LoginforsoegQuerySet.as_manager()

    class Meta:
        verbose_name = "log-in-forsøg"
        verbose_name_plural = "log-in-forsøg"
        ordering = ["-tidspunkt", "-pk"]
        indexes = [models.Index(fields=["bruger", "-tidspunkt"], name="loginforsoeg_bruger")]
        constraints = [
            Kontrol(name="loginforsoeg_udfald_kendt", condition=Q(udfald__in=Loginudfald.values)),
            Kontrol(
                name="loginforsoeg_bruger_hvis_kendt",
                condition=Q(udfald=Loginudfald.SPAERRET)
                | Q(udfald=Loginudfald.UKENDT, bruger__isnull=True)
                | (Q(bruger__isnull=False) & ~Q(udfald=Loginudfald.UKENDT)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bruger or 'Ukendt'}: {self.get_udfald_display()}"
