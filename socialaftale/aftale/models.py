"""The agreement (*aftale*) of a period, what belongs to it besides chapters, and its editions (*udgaver*)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from socialaftale.aftale.bibliotek.models import Biblioteksdokument, Biblioteksnavn
from socialaftale.aftale.bilag.models import Bilag, Bilagsfil, Udgavebilag
from socialaftale.aftale.enums import Aftaletilstand, Initiativslags
from socialaftale.aftale.hoering.models import Hoering, Hoeringssvar, Kapitelsvar
from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Rolle

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

__all__ = [
    "Aftale",
    "Biblioteksdokument",
    "Biblioteksnavn",
    "Bilag",
    "Bilagsfil",
    "Fokusomraade",
    "Hoering",
    "Hoeringssvar",
    "Initiativ",
    "Kapitelsvar",
    "Udgave",
    "Udgavebilag",
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
        return self.filter(tilstand=Aftaletilstand.OFFENTLIGGJORT)


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
    gaeldende_udgave = models.OneToOneField(
        "aftale.Udgave", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
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
                condition=Q(tilstand=Aftaletilstand.UDKAST, vedtaget_aar__isnull=True)
                | (~Q(tilstand=Aftaletilstand.UDKAST) & Q(vedtaget_aar__isnull=False)),
                violation_error_message="Skriv, hvilket år aftalen er vedtaget.",
            ),
            Kontrol(
                name="aftale_offentliggjort_har_udgave",
                condition=Q(
                    tilstand=Aftaletilstand.OFFENTLIGGJORT,
                    gaeldende_udgave__isnull=False,
                    offentliggjort_tidspunkt__isnull=False,
                )
                | (
                    ~Q(tilstand=Aftaletilstand.OFFENTLIGGJORT)
                    & Q(gaeldende_udgave__isnull=True, offentliggjort_tidspunkt__isnull=True)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def er_offentliggjort(self) -> bool:
        return self.tilstand == Aftaletilstand.OFFENTLIGGJORT

    @property
    def dokumentnoegle(self) -> str:
        """The key under which its PDFs are issued."""
        return f"aftale:{self.periode}"


class Udgave(models.Model):
    """An issued edition: exactly these chapter versions and printed figures went into exactly this PDF."""

    aftale = models.ForeignKey(Aftale, on_delete=models.PROTECT, related_name="udgaver")
    # All of it in one file, and the text alone; empty when there are no annexes to leave out.
    dokument = models.OneToOneField("kerne.Dokument", on_delete=models.PROTECT, related_name="aftaleudgave")
    uden_bilag = models.ForeignKey(
        "kerne.Dokument", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="uden bilag"
    )
    sider_uden_bilag = models.PositiveSmallIntegerField("sider uden bilag", null=True, blank=True)
    kapitler = models.ManyToManyField("kerne.Kapitelversion", related_name="+")
    # What the figures and blocks said when it was issued, by reference ("pladser.i_alt|ca"): the pages of a
    # published agreement say the same as its PDF, whatever the registers say later.
    faste = models.JSONField("trykte tal og blokke", default=dict)
    sider = models.PositiveSmallIntegerField("sider")
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
