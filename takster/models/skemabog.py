"""The workbook of a driftsherre's takstskemaer on its way out or in; private, and gone after a week."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.kryptering import fernet
from takster.enums import Skemabogsretning, Skemabogstilstand
from takster.models.runde import Indberetning

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

OPBEVARES = dt.timedelta(days=7)
_FORMAAL = "skemabog"


class SkemabogQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> SkemabogQuerySet:
        """What came in is the driftsherre's own until it is saved; what was ordered belongs to the one who ordered."""
        if not adgang.bruger:
            return self.none()
        bestilt = Q(retning=Skemabogsretning.UD, bruger=adgang.bruger, organisation=adgang.organisation)
        if adgang.er_driftsherre:
            egne = Q(retning=Skemabogsretning.IND, indberetning__driftsherre=adgang.organisation)
            return self.filter(egne | (bestilt & Q(indberetning__driftsherre=adgang.organisation)))
        return self.filter(bestilt) if adgang.er_sekretariat else self.none()

    def indlaeste(self) -> SkemabogQuerySet:
        return self.filter(retning=Skemabogsretning.IND)

    def slet_udloebne(self) -> int:
        """Remove what is older than it may be; answers how many."""
        return self.udloebne().delete()[0]

    def udloebne(self) -> SkemabogQuerySet:
        return self.filter(oprettet__lt=timezone.now() - OPBEVARES)


class Skemabog(models.Model):
    """One workbook file with what reading it gave; the bytes are encrypted."""

    id = models.UUIDField("id", primary_key=True, default=uuid.uuid4, editable=False)
    indberetning = models.ForeignKey(
        Indberetning, on_delete=models.CASCADE, related_name="skemaboeger", verbose_name="indberetning"
    )
    retning = models.CharField("retning", max_length=3, choices=Skemabogsretning)
    tilstand = models.CharField("tilstand", max_length=10, choices=Skemabogstilstand, default=Skemabogstilstand.LAESES)
    filnavn = models.CharField("filnavn", max_length=150)
    indhold = models.BinaryField("indhold")
    # What the page shows: errors, notes and changes, and the versions of the forms they were found in.
    resultat = models.JSONField("resultat", default=dict, blank=True)
    bruger = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "kerne.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    oprettet = models.DateTimeField("oprettet", default=timezone.now)
    gemt_tidspunkt = models.DateTimeField("gemt i kladderne", null=True, blank=True)

    objects = SkemabogQuerySet.as_manager()

    class Meta:
        verbose_name = "arbejdsbog"
        verbose_name_plural = "arbejdsbøger"
        ordering = ["-oprettet", "pk"]
        constraints = [
            Kontrol(name="skemabog_retning_kendt", condition=Q(retning__in=Skemabogsretning.values)),
            Kontrol(name="skemabog_tilstand_kendt", condition=Q(tilstand__in=Skemabogstilstand.values)),
            Kontrol(
                name="skemabog_gemt_tidspunkt",
                condition=Q(tilstand=Skemabogstilstand.GEMT, gemt_tidspunkt__isnull=False)
                | (~Q(tilstand=Skemabogstilstand.GEMT) & Q(gemt_tidspunkt__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.filnavn

    def get_absolute_url(self) -> str:
        runde, driftsherre = self.indberetning.runde, self.indberetning.driftsherre
        navn = "skemabog" if self.retning == Skemabogsretning.IND else "skemabog_fil"
        return reverse(f"takster:{navn}", kwargs={"aar": runde.aar, "slug": driftsherre.slug, "pk": self.pk})

    @property
    def slettes(self) -> dt.datetime:
        return self.oprettet + OPBEVARES

    def laeg_i(self, data: bytes) -> None:
        self.indhold = fernet(_FORMAAL).encrypt(data) if data else b""

    def tag_ud(self) -> bytes:
        """The bytes as they came; empty when they were refused for what they held."""
        return fernet(_FORMAAL).decrypt(bytes(self.indhold)) if self.indhold else b""
