"""What a writer has not saved yet, and who writes in which chapter right now."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from socialaftale.kerne.models.bruger import Bruger
from socialaftale.kerne.tekst.models import Kapitel
from socialaftale.kerne.templatetags import dansk

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

# A page tells of itself every half minute while somebody works in it.
REGNES_TIL_STEDE = dt.timedelta(minutes=5)
KLADDER_OPBEVARES = dt.timedelta(days=365)


def nyt_maerke() -> str:
    return secrets.token_hex(8)


class KladdeQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> KladdeQuerySet:
        """Your own only, whatever your role."""
        return self.filter(bruger=adgang.bruger) if adgang.bruger else self.none()

    def foraeldede(self, nu: dt.datetime | None = None) -> KladdeQuerySet:
        return self.filter(gemt__lt=(nu or timezone.now()) - KLADDER_OPBEVARES)


class Kladde(models.Model):
    """A writer's unsaved text of a chapter, kept automatically; gone when the chapter is saved from it."""

    kapitel = models.ForeignKey(Kapitel, on_delete=models.CASCADE, related_name="kladder")
    bruger = models.ForeignKey(Bruger, on_delete=models.CASCADE, related_name="+", verbose_name="bruger")
    # Both as they were typed, also what is too long: checked and cleaned when they are saved as a version.
    titel = models.TextField("titel", blank=True)
    indhold = models.TextField("indhold", blank=True)
    fra_version = models.PositiveIntegerField("skrevet ud fra version")
    # New at each keeping: a page that does not know it was not written from this text, and may not replace it.
    maerke = models.CharField("mærke", max_length=16, default=nyt_maerke)
    gemt = models.DateTimeField("gemt", default=timezone.now)

    objects = KladdeQuerySet.as_manager()

    class Meta:
        verbose_name = "kladde til et kapitel"
        verbose_name_plural = "kladder til kapitler"
        ordering = ["-gemt", "pk"]
        constraints = [models.UniqueConstraint(fields=["kapitel", "bruger"], name="kladde_en_pr_bruger")]

    def __str__(self) -> str:
        return f"Kladde til {self.kapitel}"


class RedigeringQuerySet(models.QuerySet):
    def aktuelle(self, nu: dt.datetime | None = None) -> RedigeringQuerySet:
        return self.filter(senest__gte=(nu or timezone.now()) - REGNES_TIL_STEDE)

    def foraeldede(self, nu: dt.datetime | None = None) -> RedigeringQuerySet:
        return self.filter(senest__lt=(nu or timezone.now()) - REGNES_TIL_STEDE)


class Redigering(models.Model):
    """Somebody has a chapter open and works in it; shown to others who open it."""

    kapitel = models.ForeignKey(Kapitel, on_delete=models.CASCADE, related_name="redigeringer")
    bruger = models.ForeignKey(Bruger, on_delete=models.CASCADE, related_name="+", verbose_name="bruger")
    siden = models.DateTimeField("siden", default=timezone.now)
    senest = models.DateTimeField("senest", default=timezone.now)

    objects = RedigeringQuerySet.as_manager()

    class Meta:
        verbose_name = "redigering"
        verbose_name_plural = "redigeringer"
        ordering = ["siden", "pk"]
        constraints = [models.UniqueConstraint(fields=["kapitel", "bruger"], name="redigering_en_pr_bruger")]

    def __str__(self) -> str:
        return f"{self.bruger} i {self.kapitel}"

    @property
    def i_ord(self) -> str:
        """As others read it."""
        siden = timezone.localtime(self.siden)
        i_dag = siden.date() == timezone.localdate()
        return f"{self.bruger} redigerer nu, siden {f'kl. {siden:%H.%M}' if i_dag else dansk.tidspunkt(self.siden)}"
