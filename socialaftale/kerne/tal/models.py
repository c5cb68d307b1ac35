"""External statistics cited in texts: records of their own with source and year."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Subquery, Value
from django.db.models.functions import Coalesce

from socialaftale.kerne.models.bruger import Bruger
from socialaftale.kerne.models.opsaetning import STANDARDALDER, Opsaetning

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class EksterntTalQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> EksterntTalQuerySet:
        """The secretariat keeps them; others meet them in the texts that cite them."""
        return self if adgang.er_sekretariat else self.none()

    def med_graense(self) -> EksterntTalQuerySet:
        """With `graense_aar`, the years each may be old: its own limit, else the installation's."""
        faelles = Opsaetning.objects.order_by("pk").values("maks_alder_eksterne")[:1]
        return self.annotate(graense_aar=Coalesce("maks_alder", Subquery(faelles), Value(STANDARDALDER)))

    def gamle(self, aar: int) -> EksterntTalQuerySet:
        """Older in that year than their limit allows."""
        return self.med_graense().annotate(holder_til=F("aar") + F("graense_aar")).filter(holder_til__lt=aar)


class EksterntTal(models.Model):
    """A figure from somebody else's publication; cited as `{{ ekstern.<noegle> }}` and `{{ note:<noegle> }}`."""

    noegle = models.SlugField("nøgle", max_length=80, unique=True)
    statistik = models.CharField("statistik", max_length=300)
    # What the footnote says before the source, when it is something else than the name.
    fodnote = models.CharField("tekst i fodnoten", max_length=500, blank=True)
    vaerdi_tekst = models.CharField("værdi, som den skrives", max_length=100)
    kilde = models.CharField("kilde", max_length=300)
    udgiver = models.CharField("udgiver", max_length=150, blank=True)
    aar = models.PositiveSmallIntegerField("år", validators=[MinValueValidator(1900), MaxValueValidator(2100)])
    link = models.URLField("link", max_length=500, blank=True)
    # Empty when nobody has said: it came with the folder of data.
    slaaet_op = models.DateField("sidst slået op", null=True, blank=True)
    slaaet_op_af = models.ForeignKey(
        Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="slået op af"
    )
    # Years; empty means the limit of the installation.
    maks_alder = models.PositiveSmallIntegerField(
        "for gammelt efter", null=True, blank=True, validators=[MaxValueValidator(50)]
    )
    # Counts saves, so that two who correct at once are told.
    version = models.PositiveIntegerField("version", default=1)

    objects = EksterntTalQuerySet.as_manager()

    class Meta:
        verbose_name = "eksternt tal"
        verbose_name_plural = "eksterne tal"
        ordering = ["noegle"]

    def __str__(self) -> str:
        return f"{self.statistik} ({self.kilde}, {self.aar})"

    @property
    def katalognoegle(self) -> str:
        """What the catalogue calls it."""
        return f"ekstern.{self.noegle}"

    @property
    def fodnotetekst(self) -> str:
        """The words of the footnote before the source."""
        return self.fodnote or self.statistik

    @property
    def kildetekst(self) -> str:
        """Publisher, publication and year as a footnote names them."""
        return f"{self.udgiver + ': ' if self.udgiver else ''}{self.kilde}, {self.aar}"

    @property
    def graense(self) -> int:
        """Years it may be old."""
        if hasattr(self, "graense_aar"):
            return self.graense_aar
        return Opsaetning.hent().maks_alder_eksterne if self.maks_alder is None else self.maks_alder

    def alder(self, aar: int) -> int:
        """Whole years from the year of the figure to that year, never below zero."""
        return max(0, aar - self.aar)

    def er_gammelt(self, aar: int) -> bool:
        return self.alder(aar) > self.graense

    def gammelt_i_ord(self, dag: dt.date) -> str:
        """ "4 år gammelt" when it is older than its limit, else ""."""
        return f"{self.alder(dag.year)} år gammelt" if self.er_gammelt(dag.year) else ""
