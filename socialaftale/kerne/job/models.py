"""A `Job` row: what runs, how far it is and what came out; the queue itself is django-tasks."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Jobtilstand

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class JobQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> JobQuerySet:
        """Your own jobs under the same organisation and hat; the secretariat sees all."""
        if adgang.er_sekretariat:
            return self
        if not adgang.bruger:
            return self.none()
        return self.filter(bruger=adgang.bruger, organisation=adgang.organisation, hat=adgang.hat or "")

    def i_gang(self) -> JobQuerySet:
        return self.filter(tilstand__in=[Jobtilstand.VENTER, Jobtilstand.KOERER])


class Job(models.Model):
    """One piece of long work, started by a user (or the system), ending in a `Dokument` or an error."""

    id = models.UUIDField("id", primary_key=True, default=uuid.uuid4, editable=False)
    slags = models.CharField("slags", max_length=40)
    # Two starts with the same key while one runs share the job.
    noegle = models.CharField("nøgle", max_length=150)
    titel = models.CharField("titel", max_length=150)
    parametre = models.JSONField("parametre", default=dict)
    tilstand = models.CharField("tilstand", max_length=20, choices=Jobtilstand, default=Jobtilstand.VENTER)
    procent = models.PositiveSmallIntegerField("procent", default=0)
    besked = models.CharField("besked", max_length=200, blank=True)
    # Empty for jobs of the system itself.
    bruger = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "kerne.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hat = models.CharField("startet som", max_length=20, blank=True)
    oprettet = models.DateTimeField("oprettet", default=timezone.now)
    startet = models.DateTimeField("startet", null=True, blank=True)
    afsluttet = models.DateTimeField("afsluttet", null=True, blank=True)
    dokument = models.ForeignKey("kerne.Dokument", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Where the user goes when it is done, when the result is not (only) a file.
    resultat_url = models.CharField("resultat", max_length=300, blank=True)
    fejl = models.CharField("fejl", max_length=300, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "job"
        verbose_name_plural = "job"
        ordering = ["-oprettet", "pk"]
        constraints = [
            Kontrol(name="job_tilstand_kendt", condition=Q(tilstand__in=Jobtilstand.values)),
            models.UniqueConstraint(
                fields=["noegle"],
                condition=Q(tilstand__in=[Jobtilstand.VENTER, Jobtilstand.KOERER]),
                name="job_et_ad_gangen",
            ),
        ]

    def __str__(self) -> str:
        return self.titel
