"""Named versions of a whole text ("udkast juni"): which version of each chapter stood where. Never changed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.tekst.models import Kapiteltype, Kapitelversion, Tekst


class NavngivetVersion(models.Model):
    """A state of a text somebody gave a name, to go back to, compare with or send in hearing."""

    tekst = models.ForeignKey(Tekst, on_delete=models.PROTECT, related_name="navngivne")
    nummer = models.PositiveIntegerField("nummer")
    navn = models.CharField("navn", max_length=80)
    note = models.TextField("note", blank=True, max_length=1000)
    tidspunkt = models.DateTimeField("tidspunkt", default=timezone.now)
    # Empty when the system made it (demo data).
    bruger = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "navngivet version"
        verbose_name_plural = "navngivne versioner"
        ordering = ["tekst", "-nummer"]
        constraints = [
            models.UniqueConstraint(fields=["tekst", "nummer"], name="navngivet_nummer_unikt"),
            models.UniqueConstraint(
                fields=["tekst", "navn"],
                name="navngivet_navn_unikt",
                violation_error_message="Der er allerede en version med det navn.",
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A NavngivetVersion never changes.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A NavngivetVersion is never deleted.")


class NavngivetKapitel(models.Model):
    """A chapter of a named version: what it said, and where and how it stood."""

    navngivet = models.ForeignKey(NavngivetVersion, on_delete=models.PROTECT, related_name="kapitler")
    version = models.ForeignKey(Kapitelversion, on_delete=models.PROTECT, related_name="navngivne")
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge")
    nummer = models.PositiveSmallIntegerField("nummer", null=True, blank=True)
    niveau = models.PositiveSmallIntegerField("niveau", default=1)
    type = models.CharField("type", max_length=20, choices=Kapiteltype)

    class Meta:
        verbose_name = "kapitel i navngivet version"
        verbose_name_plural = "kapitler i navngivne versioner"
        ordering = ["navngivet", "raekkefoelge", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["navngivet", "version"], name="navngivet_kapitel_unikt"),
            Kontrol(name="navngivet_kapitel_type_kendt", condition=Q(type__in=Kapiteltype.values)),
        ]

    def __str__(self) -> str:
        return str(self.version)
