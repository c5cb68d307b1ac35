"""The agreement (*aftale*) of a period, what belongs to it besides chapters, and its editions (*udgaver*)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from socialaftale.aftale.bibliotek.models import Biblioteksdokument, Biblioteksnavn
from socialaftale.aftale.bilag.models import Bilag, Bilagsfil, Udgavebilag
from socialaftale.aftale.enums import UDKAST, UNDER_ARBEJDE, VEDTAGNE, Aftaletilstand, Initiativslags
from socialaftale.aftale.godkendelse.models import Forloebsskridt, Godkendelse
from socialaftale.aftale.hoering.models import Hoering, Hoeringssvar, Kapitelsvar
from socialaftale.aftale.styring.models import Styringsaftale, Styringsfravigelse, Styringsudgave
from socialaftale.aftale.tekstejer import (
    KOMMENTERER,
    Fravigelsesgrund,
    Tekstejer,
    Udgavegrund,
    har_begrundelse,
)
from socialaftale.kerne.begraensning import Kontrol

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

__all__ = [
    "Aftale",
    "Biblioteksdokument",
    "Biblioteksnavn",
    "Bilag",
    "Bilagsfil",
    "Fokusomraade",
    "Forloebsskridt",
    "Godkendelse",
    "Hoering",
    "Hoeringssvar",
    "Initiativ",
    "KOMMENTERER",
    "Kapitelsvar",
    "Styringsaftale",
    "Styringsfravigelse",
    "Styringsudgave",
    "Udgave",
    "Udgavebilag",
    "Underskriver",
]


class AftaleQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> AftaleQuerySet:
        """The public sees published agreements; who comments on the text, and the secretariat, see all."""
        if adgang.er_sekretariat or adgang.har(*KOMMENTERER):
            return self
        return self.offentliggjorte()

    def offentliggjorte(self) -> AftaleQuerySet:
        """Those with an edition for the public: approved by all parties, in force, or replaced."""
        return self.filter(gaeldende_udgave__isnull=False)

    def udkast(self) -> AftaleQuerySet:
        """Drafts, in hearing or not, that no body has had before it."""
        return self.filter(tilstand__in=UDKAST)

    def for_periode(self, periode: str) -> AftaleQuerySet:
        return self.filter(periode=periode)

    def med_udgaver(self) -> AftaleQuerySet:
        """With text and editions; what the one before the parties printed is long, and no page reads it."""
        raekker = self.select_related(
            "tekst", "gaeldende_udgave__dokument", "gaeldende_udgave__uden_bilag", "fremlagt_udgave__dokument"
        )
        return raekker.defer("fremlagt_udgave__faste", "fremlagt_udgave__fravigelser")


class Aftale(Tekstejer, models.Model):
    """The *socialaftale* of an *aftaleperiode*; chapters hang on `tekst`, what is published on `gaeldende_udgave`."""

    periode = models.SlugField(
        "periode",
        max_length=9,
        unique=True,
        validators=[RegexValidator(r"^\d{4}-\d{4}$", "Skriv perioden som to årstal, fx 2023-2024.")],
    )
    fra_aar = models.PositiveSmallIntegerField("fra og med år")
    til_aar = models.PositiveSmallIntegerField("til og med år")
    titel = models.CharField("titel", max_length=150)
    undertitel = models.CharField("undertitel", max_length=200, blank=True)
    tilstand = models.CharField("status", max_length=20, choices=Aftaletilstand, default=Aftaletilstand.UDKAST)
    # Only the year is known of older agreements; empty until all parties have adopted it.
    vedtaget_aar = models.PositiveSmallIntegerField("vedtaget i år", null=True, blank=True)
    note = models.TextField("om vedtagelsen", blank=True)
    tekst = models.OneToOneField("kerne.Tekst", on_delete=models.PROTECT, related_name="aftale")
    # The year of the *styringsaftale* that is annexed.
    styringsaftale_aar = models.PositiveSmallIntegerField("styringsaftale for år", null=True, blank=True)
    # What the public reads.
    gaeldende_udgave = models.OneToOneField(
        "aftale.Udgave", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What DAS, KKR and the parties have before them; approvals are given to it.
    fremlagt_udgave = models.OneToOneField(
        "aftale.Udgave", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Set while a text that somebody may have approved is open for change.
    ny_udgave_begyndt = models.DateTimeField("ny udgave begyndt", null=True, blank=True)
    offentliggjort_tidspunkt = models.DateTimeField("offentliggjort", null=True, blank=True)

    objects = AftaleQuerySet.as_manager()

    class Meta:
        verbose_name = "aftale"
        verbose_name_plural = "aftaler"
        ordering = ["-fra_aar", "pk"]
        constraints = [
            Kontrol(name="aftale_tilstand_kendt", condition=Q(tilstand__in=Aftaletilstand.values)),
            Kontrol(
                name="aftale_aar_i_orden",
                condition=Q(fra_aar__lte=F("til_aar")),
                violation_error_message="Det første år skal ligge før det sidste.",
            ),
            Kontrol(
                name="aftale_vedtaget_har_aar",
                condition=Q(tilstand__in=VEDTAGNE, vedtaget_aar__isnull=False)
                | (~Q(tilstand__in=VEDTAGNE) & Q(vedtaget_aar__isnull=True)),
                violation_error_message="Skriv, hvilket år aftalen er vedtaget.",
            ),
            Kontrol(
                name="aftale_offentliggjort_har_tidspunkt",
                condition=Q(gaeldende_udgave__isnull=True, offentliggjort_tidspunkt__isnull=True)
                | Q(gaeldende_udgave__isnull=False, offentliggjort_tidspunkt__isnull=False, tilstand__in=VEDTAGNE),
            ),
            # What is in force, or has been, everybody can read.
            Kontrol(
                name="aftale_i_kraft_er_offentlig",
                condition=~Q(tilstand__in=(Aftaletilstand.GAELDENDE, Aftaletilstand.AFLOEST))
                | Q(gaeldende_udgave__isnull=False),
            ),
            Kontrol(
                name="aftale_fremlagt_har_udgave",
                condition=Q(tilstand__in=(*UDKAST, Aftaletilstand.GODKENDT)) | Q(fremlagt_udgave__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["tilstand"],
                condition=Q(tilstand=Aftaletilstand.GAELDENDE),
                name="aftale_en_gaeldende",
                violation_error_message="Der er allerede en gældende aftale.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def er_offentliggjort(self) -> bool:
        return self.gaeldende_udgave_id is not None

    @property
    def er_udkast(self) -> bool:
        """No body has had it before it."""
        return self.tilstand in UDKAST

    @property
    def er_vedtaget(self) -> bool:
        return self.tilstand in VEDTAGNE

    @property
    def er_laast(self) -> bool:
        """The text stands fast: parties approve, or have approved, what is laid before them.

        Not while a new edition is begun; nor for what was adopted before this system and has no edition here yet.
        """
        return (
            self.tilstand not in UNDER_ARBEJDE and self.fremlagt_udgave_id is not None and not self.ny_udgave_begyndt
        )

    @property
    def gaelder_fra(self) -> dt.date:
        """The day it takes effect when all have approved it by then."""
        return dt.date(self.fra_aar, 1, 1)

    @property
    def dokumentnoegle(self) -> str:
        """The key under which its PDFs are issued."""
        return f"aftale:{self.periode}"


class Udgave(Udgavegrund):
    """An issued edition of an agreement."""

    aftale = models.ForeignKey(Aftale, on_delete=models.PROTECT, related_name="udgaver")
    # All of it in one file, and the text alone; empty when there are no annexes to leave out.
    dokument = models.OneToOneField("kerne.Dokument", on_delete=models.PROTECT, related_name="aftaleudgave")
    uden_bilag = models.ForeignKey(
        "kerne.Dokument", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="uden bilag"
    )
    sider_uden_bilag = models.PositiveSmallIntegerField("sider uden bilag", null=True, blank=True)

    class Meta:
        verbose_name = "udgave"
        verbose_name_plural = "udgaver"
        ordering = ["aftale", "-dokument__version", "pk"]

    def __str__(self) -> str:
        return f"{self.aftale}, {self.nummer}. udgave"


class Fokusomraade(models.Model):
    """A focus area with its vision; the status on implementation (*udmøntning*) quotes it."""

    aftale = models.ForeignKey(Aftale, on_delete=models.CASCADE, related_name="fokusomraader")
    nr = models.PositiveSmallIntegerField("nummer")
    titel = models.CharField("titel", max_length=150)
    vision = models.TextField("vision", blank=True)
    kapitel = models.ForeignKey("kerne.Kapitel", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "fokusområde"
        verbose_name_plural = "fokusområder"
        ordering = ["aftale", "nr", "pk"]
        constraints = [models.UniqueConstraint(fields=["aftale", "nr"], name="fokusomraade_nr_unikt")]

    def __str__(self) -> str:
        return self.titel


class Initiativ(models.Model):
    """What the parties set out to do within a focus area."""

    fokusomraade = models.ForeignKey(Fokusomraade, on_delete=models.CASCADE, related_name="initiativer")
    bogstav = models.CharField("bogstav", max_length=1)
    slags = models.CharField("slags", max_length=20, choices=Initiativslags, default=Initiativslags.INITIATIV)
    titel = models.CharField("titel", max_length=150)
    formaal = models.TextField("formål", blank=True)
    # Plain text, paragraphs parted by an empty line.
    tekst = models.TextField("tekst", blank=True)

    class Meta:
        verbose_name = "initiativ"
        verbose_name_plural = "initiativer"
        ordering = ["fokusomraade", "bogstav", "pk"]
        constraints = [
            Kontrol(name="initiativ_slags_kendt", condition=Q(slags__in=Initiativslags.values)),
            models.UniqueConstraint(fields=["fokusomraade", "bogstav"], name="initiativ_bogstav_unikt"),
        ]

    def __str__(self) -> str:
        return f"{self.get_slags_display()} {self.bogstav}: {self.titel}"


class Fravigelse(Fravigelsesgrund):
    """A finding let pass in an agreement."""

    aftale = models.ForeignKey(Aftale, on_delete=models.CASCADE, related_name="fravigelser")

    class Meta:
        verbose_name = "fravigelse"
        verbose_name_plural = "fravigelser"
        ordering = ["aftale", "tidspunkt", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["aftale", "fingeraftryk"], name="fravigelse_unik"),
            har_begrundelse("fravigelse_har_begrundelse"),
        ]


class Underskriver(models.Model):
    """A function that signs the preface; no personal name is kept."""

    aftale = models.ForeignKey(Aftale, on_delete=models.CASCADE, related_name="underskrivere")
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge")
    funktion = models.CharField("funktion", max_length=100)

    class Meta:
        verbose_name = "underskriver"
        verbose_name_plural = "underskrivere"
        ordering = ["aftale", "raekkefoelge", "pk"]

    def __str__(self) -> str:
        return self.funktion
