"""A text (agreement, report ...) with chapters in order; every save of a chapter leaves a version."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol


class Kapiteltype(models.TextChoices):
    FORSIDE = "forside", "Forside"
    TEKST = "tekst", "Tekst"
    KORT = "kort", "Kort"
    LISTE = "liste", "Liste"
    KONTAKT = "kontakt", "Kontakt"
    BAGSIDE = "bagside", "Bagside"


class Tekst(models.Model):
    """A document under writing: the owner (e.g. an *aftale*) points here."""

    titel = models.CharField("titel", max_length=200)
    oprettet = models.DateTimeField("oprettet", default=timezone.now)

    class Meta:
        verbose_name = "tekst"
        verbose_name_plural = "tekster"

    def __str__(self) -> str:
        return self.titel


class AktiveKapitler(models.Manager):
    """A chapter that was taken out of the text is kept, for its versions are; nobody meets it by accident."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(fjernet__isnull=True)


class AlleKapitler(models.Manager):
    """Also those that were taken out: for restoring, and for keys that are never given twice."""


class Kapitel(models.Model):
    """A chapter with a fixed key; `indhold` is clean HTML with references such as `{{ pladser.socialaftale }}`."""

    tekst = models.ForeignKey(Tekst, on_delete=models.CASCADE, related_name="kapitler")
    noegle = models.SlugField("nøgle", max_length=60)
    titel = models.CharField("titel", max_length=150)
    # The printed chapter number; preface, summary and the parts of a chapter have none.
    nummer = models.PositiveSmallIntegerField("nummer", null=True, blank=True)
    # 1 = chapter, 2 = part of the chapter before it (a *fokusområde* under "Fokusområder").
    niveau = models.PositiveSmallIntegerField("niveau", default=1)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge")
    type = models.CharField("type", max_length=20, choices=Kapiteltype, default=Kapiteltype.TEKST)
    indhold = models.TextField("indhold", blank=True)
    # Counts saves; a form carries the number it started from, so that two editors never overwrite each other.
    version = models.PositiveIntegerField("version", default=1)
    rettet = models.DateTimeField("rettet", default=timezone.now)
    # Empty when the text was loaded from the folder of data.
    rettet_af = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # What the chapter is for and should hold, for the writer; never printed.
    vejledning = models.TextField("vejledning", blank=True)
    # When it was taken out of the text.
    fjernet = models.DateTimeField("fjernet", null=True, blank=True)

    objects = AktiveKapitler()
    alle = AlleKapitler()

    class Meta:
        verbose_name = "kapitel"
        verbose_name_plural = "kapitler"
        ordering = ["tekst", "raekkefoelge", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tekst", "noegle"], name="kapitel_noegle_unik"),
            Kontrol(name="kapitel_type_kendt", condition=models.Q(type__in=Kapiteltype.values)),
        ]

    def __str__(self) -> str:
        return self.titel


class Kapitelversion(models.Model):
    """What a chapter said at one save; never changed."""

    kapitel = models.ForeignKey(Kapitel, on_delete=models.CASCADE, related_name="versioner")
    version = models.PositiveIntegerField("version")
    titel = models.CharField("titel", max_length=150)
    indhold = models.TextField("indhold", blank=True)
    tidspunkt = models.DateTimeField("tidspunkt", default=timezone.now)
    bruger = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "kapitelversion"
        verbose_name_plural = "kapitelversioner"
        ordering = ["kapitel", "-version"]
        constraints = [models.UniqueConstraint(fields=["kapitel", "version"], name="kapitelversion_unik")]

    def __str__(self) -> str:
        return f"{self.titel}, version {self.version}"
