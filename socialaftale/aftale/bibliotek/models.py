"""Documents of the library with their addresses: what has been an address once always leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from socialaftale.aftale.bibliotek.enums import Biblioteksart
from socialaftale.kerne import dansk
from socialaftale.kerne.begraensning import Kontrol

if TYPE_CHECKING:
    from typing import Any

    from socialaftale.kerne.adgang import Adgang

# In addresses the place of the period, for documents that belong to none.
FAELLES = "faelles"


class BiblioteksdokumentQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> BiblioteksdokumentQuerySet:
        """All read the library; what is withdrawn keeps its address and says why, and is on no list."""
        return self

    def i_brug(self) -> BiblioteksdokumentQuerySet:
        return self.filter(trukket_tilbage="")

    def med_dokument(self) -> BiblioteksdokumentQuerySet:
        return self.select_related("dokument")

    def soeg(self, tekst: str) -> BiblioteksdokumentQuerySet:
        """All the words in the title, however they are written."""
        for ord_ in dansk.soegetekst(tekst).split():
            self = self.filter(soegetekst__contains=ord_)
        return self


class Biblioteksdokument(models.Model):
    """A document of the library; `dokument` is its newest version, the earlier ones have the same key."""

    art = models.CharField("slags", max_length=20, choices=Biblioteksart)
    # "2023-2024", or empty for what belongs to no period.
    periode = models.CharField("aftaleperiode", max_length=9, blank=True)
    titel = models.CharField("titel", max_length=200)
    slug = models.SlugField("navn i adressen", max_length=80)
    dokument = models.ForeignKey("kerne.Dokument", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    gaelder_fra = models.DateField("gælder fra", null=True, blank=True)
    gaelder_til = models.DateField("gælder til og med", null=True, blank=True)
    # The reason; empty while it is in use.
    trukket_tilbage = models.TextField("trukket tilbage, fordi", blank=True)
    er_eksempel = models.BooleanField("eksempel", default=False)
    soegetekst = models.TextField(editable=False, default="")

    objects = BiblioteksdokumentQuerySet.as_manager()

    class Meta:
        verbose_name = "dokument i biblioteket"
        verbose_name_plural = "dokumenter i biblioteket"
        ordering = ["-periode", "art", "titel", "pk"]
        constraints = [
            Kontrol(name="biblioteksdokument_art_kendt", condition=Q(art__in=Biblioteksart.values)),
            Kontrol(
                name="biblioteksdokument_datoer_i_orden",
                condition=Q(gaelder_fra__isnull=True)
                | Q(gaelder_til__isnull=True)
                | Q(gaelder_fra__lte=F("gaelder_til")),
                violation_error_message="Den første dag skal ligge før den sidste.",
            ),
            models.UniqueConstraint(
                fields=["periode", "slug"],
                name="biblioteksdokument_adresse_unik",
                violation_error_message="Der er allerede et dokument med det navn i adressen.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.soegetekst = dansk.soegetekst(f"{self.titel} {self.periode} {self.get_art_display()}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("bibliotek:dokument", args=(self.mappe, self.slug))

    @property
    def noegle(self) -> str:
        """The key its versions are issued under."""
        return f"bibliotek:{self.pk}"

    @property
    def mappe(self) -> str:
        return self.periode or FAELLES


class Biblioteksnavn(models.Model):
    """An address a document has had; it leads to the present one for good."""

    dokument = models.ForeignKey(Biblioteksdokument, on_delete=models.CASCADE, related_name="tidligere_navne")
    mappe = models.CharField("periode i adressen", max_length=9)
    slug = models.SlugField("navn i adressen", max_length=80)

    class Meta:
        verbose_name = "tidligere navn i adressen"
        verbose_name_plural = "tidligere navne i adressen"
        ordering = ["mappe", "slug", "pk"]
        constraints = [models.UniqueConstraint(fields=["mappe", "slug"], name="biblioteksnavn_unikt")]

    def __str__(self) -> str:
        return f"{self.mappe}/{self.slug}"
