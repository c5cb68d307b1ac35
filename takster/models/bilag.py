"""The numbered versions of the takstbilag: which tariffs each holds, its rule set and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from takster.models.regelsaet import Regelsaet
from takster.models.takst import Takst

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class TakstbilagQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> TakstbilagQuerySet:
        """A row only comes into being by publication, so everyone sees all of them."""
        return self

    def nyeste(self) -> TakstbilagQuerySet:
        """The newest version of each year."""
        nyere = self.model.objects.filter(aar=OuterRef("aar"), version__gt=OuterRef("version"))
        return self.filter(~Exists(nyere))


class Takstbilag(models.Model):
    """One issue of a year's takstbilag (T7): the tariffs in force when it was made, frozen with their rule set."""

    aar = models.PositiveSmallIntegerField("takstår")
    version = models.PositiveSmallIntegerField("version")
    regelsaet = models.ForeignKey(Regelsaet, on_delete=models.PROTECT, related_name="+", verbose_name="regelsæt")
    udstedt_tidspunkt = models.DateTimeField("udstedt", default=timezone.now)
    # NULL: issued by the system (demo).
    udstedt_af = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    takster = models.ManyToManyField(Takst, through="Takstbilagspost", related_name="bilag", verbose_name="takster")

    objects = TakstbilagQuerySet.as_manager()

    class Meta:
        verbose_name = "takstbilag"
        verbose_name_plural = "takstbilag"
        ordering = ["-aar", "-version"]
        constraints = [models.UniqueConstraint(fields=["aar", "version"], name="takstbilag_version_unik")]

    def __str__(self) -> str:
        return f"Takstbilag {self.aar}, version {self.version}"


class Takstbilagspost(models.Model):
    """A tariff in a version of the takstbilag."""

    bilag = models.ForeignKey(Takstbilag, on_delete=models.CASCADE, related_name="poster")
    takst = models.ForeignKey(Takst, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "takst i takstbilag"
        verbose_name_plural = "takster i takstbilag"
        constraints = [models.UniqueConstraint(fields=["bilag", "takst"], name="takstbilagspost_unik")]

    def __str__(self) -> str:
        return f"{self.bilag_id}: {self.takst_id}"


class Takstbilagsfil(models.Model):
    """A file of a version; at national scale the PDF is one per driftsherre."""

    bilag = models.ForeignKey(Takstbilag, on_delete=models.CASCADE, related_name="filer")
    form = models.CharField("format", max_length=5)
    # NULL: all driftsherrer.
    driftsherre = models.ForeignKey(
        "kerne.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dokument = models.ForeignKey("kerne.Dokument", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "fil i takstbilag"
        verbose_name_plural = "filer i takstbilag"
        constraints = [
            models.UniqueConstraint(
                fields=["bilag", "form"], condition=Q(driftsherre__isnull=True), name="takstbilagsfil_hele_unik"
            ),
            models.UniqueConstraint(
                fields=["bilag", "form", "driftsherre"],
                condition=Q(driftsherre__isnull=False),
                name="takstbilagsfil_driftsherre_unik",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bilag_id}: {self.form}"
