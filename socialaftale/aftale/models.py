"""The agreement (*aftale*) of a period, what belongs to it besides chapters, and its editions (*udgaver*)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from socialaftale.aftale.enums import (
    UDKAST,
    UNDER_ARBEJDE,
    VEDTAGNE,
    Aftaletilstand,
    Bilagsindhold,
    Initiativslags,
)
from socialaftale.aftale.godkendelse.models import Forloebsskridt, Godkendelse
from socialaftale.aftale.hoering.models import Hoering, Hoeringssvar, Kapitelsvar
from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Rolle

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

__all__ = [
    "Aftale",
    "Bilag",
    "Fokusomraade",
    "Forloebsskridt",
    "Godkendelse",
    "Hoering",
    "Hoeringssvar",
    "Initiativ",
    "Kapitelsvar",
    "Udgave",
    "Underskriver",
]

# The matrix of actors-and-roles.md, row "agreement text": those who comment read drafts, the public the final text.
KOMMENTERER = (
    Rolle.KOMMUNE_MYNDIGHED,
    Rolle.KOMMUNE_GODKENDER,
    Rolle.DAS_MEDLEM,
    Rolle.FU_MEDLEM,
    Rolle.UDVIKLINGSGRUPPE,
)


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


class Aftale(models.Model):
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


class Udgave(models.Model):
    """An issued edition: exactly these chapter versions and printed figures went into exactly this PDF."""

    aftale = models.ForeignKey(Aftale, on_delete=models.PROTECT, related_name="udgaver")
    dokument = models.OneToOneField("kerne.Dokument", on_delete=models.PROTECT, related_name="aftaleudgave")
    kapitler = models.ManyToManyField("kerne.Kapitelversion", related_name="+")
    # What the figures and blocks said when it was issued, by reference ("pladser.i_alt|ca"): the pages of a
    # published agreement say the same as its PDF, whatever the registers say later.
    faste = models.JSONField("trykte tal og blokke", default=dict)
    sider = models.PositiveSmallIntegerField("sider")
    # Its cover says that it is a draft, so it cannot become the agreement.
    er_udkast = models.BooleanField("mærket udkast", default=False)
    # What the gate found and somebody let pass, with the reason, as it stood when the edition was issued.
    fravigelser = models.JSONField("fravegne fund", default=list, blank=True)

    class Meta:
        verbose_name = "udgave"
        verbose_name_plural = "udgaver"
        ordering = ["aftale", "-dokument__version", "pk"]

    def __str__(self) -> str:
        return f"{self.aftale}, {self.nummer}. udgave"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("An Udgave never changes.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("An Udgave is never deleted.")

    @property
    def nummer(self) -> int:
        return self.dokument.version


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


class Bilag(models.Model):
    """An annex (*bilag*); `dokument` is the issued file when this system made it."""

    aftale = models.ForeignKey(Aftale, on_delete=models.CASCADE, related_name="bilag")
    nr = models.PositiveSmallIntegerField("nummer")
    gruppe = models.CharField("gruppe", max_length=100)
    titel = models.CharField("titel", max_length=200)
    noegle = models.SlugField("nøgle", max_length=60)
    # Empty for annexes that are made elsewhere and only listed.
    indhold = models.CharField("indhold", max_length=20, choices=Bilagsindhold, blank=True)
    dokument = models.ForeignKey("kerne.Dokument", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "bilag"
        verbose_name_plural = "bilag"
        ordering = ["aftale", "nr", "pk"]
        constraints = [
            Kontrol(name="bilag_indhold_kendt", condition=Q(indhold="") | Q(indhold__in=Bilagsindhold.values)),
            models.UniqueConstraint(fields=["aftale", "nr"], name="bilag_nr_unikt"),
            models.UniqueConstraint(fields=["aftale", "noegle"], name="bilag_noegle_unik"),
        ]

    def __str__(self) -> str:
        return f"Bilag {self.nr}: {self.titel}"


class Fravigelse(models.Model):
    """A finding of the publication gate that the secretariat lets pass, with the reason.

    It holds for the words and what stands around them (`fingeraftryk`): when they change, it no longer applies.
    """

    aftale = models.ForeignKey(Aftale, on_delete=models.CASCADE, related_name="fravigelser")
    fingeraftryk = models.CharField("fingeraftryk", max_length=32)
    kode = models.CharField("kode", max_length=60)
    kapitel = models.CharField("kapitel", max_length=60)
    citat = models.TextField("det, der står")
    hvad = models.TextField("fund")
    begrundelse = models.TextField("begrundelse")
    # Empty when it came with the folder of data.
    bruger = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tidspunkt = models.DateTimeField("tidspunkt", default=timezone.now)

    class Meta:
        verbose_name = "fravigelse"
        verbose_name_plural = "fravigelser"
        ordering = ["aftale", "tidspunkt", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["aftale", "fingeraftryk"], name="fravigelse_unik"),
            Kontrol(name="fravigelse_har_begrundelse", condition=~Q(begrundelse="")),
        ]

    def __str__(self) -> str:
        return self.hvad


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
