"""Forms that were sent after the log-in had run out, kept encrypted for 24 hours."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from socialaftale.kerne.models.bruger import Bruger

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

OPBEVARES = dt.timedelta(hours=24)


class GemtPostQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> GemtPostQuerySet:
        """Your own only, whatever your role."""
        return self.filter(bruger=adgang.bruger) if adgang.bruger else self.none()

    def gyldige(self, nu: dt.datetime | None = None) -> GemtPostQuerySet:
        return self.filter(oprettet__gte=(nu or timezone.now()) - OPBEVARES)

    def udloebne(self, nu: dt.datetime | None = None) -> GemtPostQuerySet:
        return self.filter(oprettet__lt=(nu or timezone.now()) - OPBEVARES)


class GemtPost(models.Model):
    """What one user sent when the log-in had run out; readable only with the key in that browser's cookie."""

    id = models.UUIDField("id", primary_key=True, default=uuid.uuid4, editable=False)
    bruger = models.ForeignKey(Bruger, on_delete=models.CASCADE, related_name="+", verbose_name="bruger")
    oprettet = models.DateTimeField("oprettet", default=timezone.now, db_index=True)
    indhold = models.BinaryField("indhold")

    objects = GemtPostQuerySet.as_manager()

    class Meta:
        verbose_name = "gemt formular"
        verbose_name_plural = "gemte formularer"
        ordering = ["-oprettet", "pk"]

    def __str__(self) -> str:
        return f"Gemt formular {self.pk}"
