"""What the secretariat's control desk writes: reminders, and comments on the fields of a takstskema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from takster.beregning.poster import POST_EFTER_KODE
from takster.models.runde import Indberetning
from takster.models.skema import Takstskema

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class RykkerQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> RykkerQuerySet:
        """The secretariat, and the driftsherre that was reminded."""
        if adgang.er_sekretariat:
            return self
        return self.filter(indberetning__driftsherre=adgang.organisation) if adgang.er_driftsherre else self.none()


class Rykker(models.Model):
    """A reminder sent to one driftsherre about forms that are missing before a deadline (T13).

    An automatic one is sent once per deadline and number of days before it; another deadline starts afresh.
    """

    indberetning = models.ForeignKey(
        Indberetning, on_delete=models.PROTECT, related_name="rykkere", verbose_name="indberetning"
    )
    frist = models.DateField("frist")
    # NULL: sent by hand.
    dage = models.PositiveSmallIntegerField("dage før fristen", null=True, blank=True)
    antal = models.PositiveIntegerField("skemaer, der manglede")
    modtagere = models.PositiveSmallIntegerField("modtagere")
    besked = models.TextField("besked", blank=True, max_length=2000)
    sendt_tidspunkt = models.DateTimeField("sendt", default=timezone.now)
    # NULL: the nightly job.
    sendt_af = models.ForeignKey(
        "kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sendt af"
    )

    objects = RykkerQuerySet.as_manager()

    class Meta:
        verbose_name = "rykker"
        verbose_name_plural = "rykkere"
        ordering = ["-sendt_tidspunkt", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["indberetning", "frist", "dage"], name="rykker_en_gang"),
        ]

    def __str__(self) -> str:
        return f"Rykker til {self.indberetning}"


def feltnavn(felt: str) -> str:
    """What people call a field of the takstskema; "" is the whole form."""
    if not felt:
        return "Hele skemaet"
    if felt in POST_EFTER_KODE:
        return POST_EFTER_KODE[felt].navn
    navn = str(Takstskema._meta.get_field(felt).verbose_name)
    return navn[:1].upper() + navn[1:]


class SkemakommentarQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> SkemakommentarQuerySet:
        """The driftsherre sees what has been sent to it; DAS sees no comments, as it sees no cost lines."""
        if adgang.er_sekretariat:
            return self
        if adgang.er_driftsherre:
            return self.sendte().filter(skema__indberetning__driftsherre=adgang.organisation)
        return self.none()

    def sendte(self) -> SkemakommentarQuerySet:
        return self.filter(sendt_tidspunkt__isnull=False)

    def noterede(self) -> SkemakommentarQuerySet:
        """Written while reading; the driftsherre gets them when the form is sent back."""
        return self.filter(sendt_tidspunkt__isnull=True)

    def ubesvarede(self) -> SkemakommentarQuerySet:
        return self.sendte().filter(loest_tidspunkt__isnull=True)


class Skemakommentar(models.Model):
    """The secretariat's comment on one field of a takstskema; kept as history when it has been answered."""

    skema = models.ForeignKey(
        Takstskema, on_delete=models.CASCADE, related_name="kommentarer", verbose_name="takstskema"
    )
    # A column of the takstskema or the code of a cost line; empty: the whole form.
    felt = models.CharField("felt", max_length=40, blank=True)
    tekst = models.TextField("kommentar", max_length=1000)
    # What the field held when the comment was written, as it was shown.
    vaerdi = models.CharField("værdi", max_length=200, blank=True)
    af = models.ForeignKey(
        "kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="af"
    )
    tidspunkt = models.DateTimeField("skrevet", default=timezone.now)
    # NULL: noted, not sent to the driftsherre yet.
    sendt_tidspunkt = models.DateTimeField("sendt", null=True, blank=True)
    # NULL: the driftsherre has not submitted the form again.
    loest_tidspunkt = models.DateTimeField("besvaret", null=True, blank=True)

    objects = SkemakommentarQuerySet.as_manager()

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        ordering = ["skema_id", "tidspunkt", "pk"]
        constraints = [
            Kontrol(
                name="kommentar_sendt_foer_besvaret",
                condition=Q(loest_tidspunkt__isnull=True) | Q(sendt_tidspunkt__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feltnavn}: {self.tekst}"

    @property
    def feltnavn(self) -> str:
        return feltnavn(self.felt)
