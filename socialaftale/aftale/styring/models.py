"""The *styringsaftale* of a year: its text, the rule set its limits come from, and its issued editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from socialaftale.aftale.styring.enums import Styringstilstand
from socialaftale.aftale.tekstejer import KOMMENTERER, Fravigelsesgrund, Tekstejer, Udgavegrund, har_begrundelse
from socialaftale.kerne.begraensning import Kontrol

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class StyringsaftaleQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> StyringsaftaleQuerySet:
        """The public sees what is or was in force; who comments on drafts, and the secretariat, see all."""
        if adgang.er_sekretariat or adgang.har(*KOMMENTERER):
            return self
        return self.offentliggjorte()

    def offentliggjorte(self) -> StyringsaftaleQuerySet:
        return self.exclude(tilstand=Styringstilstand.UDKAST)

    def for_periode(self, periode: str) -> StyringsaftaleQuerySet:
        return self.filter(aar=int(periode)) if len(periode) == 4 and periode.isdecimal() else self.none()

    def med_udgaver(self) -> StyringsaftaleQuerySet:
        return self.select_related("tekst", "gaeldende_udgave__dokument")

    def for_aar(self, aar: int) -> StyringsaftaleQuerySet:
        """Those that hold in a year, the one that does first: it holds until the next begins."""
        return self.filter(aar__lte=aar).order_by("-aar")


class Styringsaftale(Tekstejer, models.Model):
    """The rules of a year in words. Every section is a chapter of `tekst`; its key is its address for good."""

    navnerum: ClassVar[str] = "styringsaftale"
    talnoegle: ClassVar[str] = "styringsaftale"
    dokumentslags: ClassVar[str] = "styringsaftale"
    har_dele: ClassVar[bool] = False
    har_afsnit: ClassVar[bool] = True
    oversigt: ClassVar[tuple[str, str]] = ("Styringsaftaler", "liste")

    aar = models.PositiveSmallIntegerField(
        "år",
        unique=True,
        validators=[MinValueValidator(2000, "Skriv året med fire cifre."), MaxValueValidator(2100, "Tjek årstallet.")],
    )
    titel = models.CharField("titel", max_length=150)
    undertitel = models.CharField("undertitel", max_length=200, blank=True)
    tilstand = models.CharField("status", max_length=20, choices=Styringstilstand, default=Styringstilstand.UDKAST)
    tekst = models.OneToOneField("kerne.Tekst", on_delete=models.PROTECT, related_name="styringsaftale")
    # The limits the text prints: those the tariff forms of the year are checked against.
    regelsaet = models.ForeignKey("takster.Regelsaet", on_delete=models.PROTECT, related_name="styringsaftaler")
    # Section key → the rules it tells of ("T17"); findings lead to the section by this.
    regler = models.JSONField("regler pr. afsnit", default=dict, blank=True)
    # The agreement it is an annex of.
    aftale = models.ForeignKey(
        "aftale.Aftale", on_delete=models.PROTECT, null=True, blank=True, related_name="styringsaftaler"
    )
    # Only the year is known of older ones; both are empty until it is adopted.
    vedtaget_aar = models.PositiveSmallIntegerField("vedtaget i år", null=True, blank=True)
    vedtaget_dato = models.DateField("vedtaget den", null=True, blank=True)
    vedtaget_af = models.CharField("vedtaget af", max_length=200, blank=True)
    note = models.TextField("om styringsaftalen", blank=True)
    gaeldende_udgave = models.OneToOneField(
        "aftale.Styringsudgave", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    offentliggjort_tidspunkt = models.DateTimeField("offentliggjort", null=True, blank=True)

    objects = StyringsaftaleQuerySet.as_manager()

    class Meta:
        verbose_name = "styringsaftale"
        verbose_name_plural = "styringsaftaler"
        ordering = ["-aar", "pk"]
        constraints = [
            Kontrol(name="styringsaftale_tilstand_kendt", condition=Q(tilstand__in=Styringstilstand.values)),
            Kontrol(
                name="styringsaftale_ude_har_udgave",
                condition=Q(
                    tilstand=Styringstilstand.UDKAST,
                    gaeldende_udgave__isnull=True,
                    offentliggjort_tidspunkt__isnull=True,
                )
                | (
                    ~Q(tilstand=Styringstilstand.UDKAST)
                    & Q(gaeldende_udgave__isnull=False, offentliggjort_tidspunkt__isnull=False)
                    & Q(vedtaget_aar__isnull=False)
                    & ~Q(vedtaget_af="")
                ),
                violation_error_message="Skriv, hvornår og af hvem styringsaftalen er vedtaget.",
            ),
            models.UniqueConstraint(
                fields=["tilstand"],
                condition=Q(tilstand=Styringstilstand.GAELDENDE),
                name="styringsaftale_en_gaeldende",
                violation_error_message="Der kan kun være én gældende styringsaftale.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    def clean(self) -> None:
        """The rules of a section are a list of rule numbers."""
        rigtigt = isinstance(self.regler, dict) and all(
            isinstance(numre, list) and all(isinstance(nummer, str) for nummer in numre)
            for numre in self.regler.values()
        )
        if not rigtigt:
            raise ValidationError({"regler": "Hvert afsnit skal have en liste af regelnumre."})
        if self.vedtaget_dato and self.vedtaget_dato.year != self.vedtaget_aar:
            raise ValidationError({"vedtaget_dato": "Datoen skal ligge i det år, aftalen er vedtaget."})

    @property
    def periode(self) -> str:
        return str(self.aar)

    @property
    def fra_aar(self) -> int:
        return self.aar

    @property
    def til_aar(self) -> int:
        return self.aar

    @property
    def er_vedtaget(self) -> bool:
        return self.vedtaget_aar is not None

    @property
    def er_udkast(self) -> bool:
        return not self.er_vedtaget

    @property
    def er_offentliggjort(self) -> bool:
        return self.tilstand != Styringstilstand.UDKAST

    @property
    def dokumentnoegle(self) -> str:
        """The key under which its PDFs are issued."""
        return f"styringsaftale:{self.aar}"

    def kapitel_adresse(self, noegle: str, forespoergsel: str = "") -> str:
        return f"{self.adresse('aftale')}{forespoergsel}#{noegle}"

    @property
    def hele_adresse(self) -> str:
        return self.adresse("aftale")

    def afsnit_for_regel(self) -> dict[str, str]:
        """Rule number → key of the section that tells of it; the first one where several do."""
        fundne: dict[str, str] = {}
        for noegle, numre in self.regler.items():
            for nummer in numre:
                fundne.setdefault(nummer, noegle)
        return fundne


class Styringsudgave(Udgavegrund):
    """An issued edition of a styringsaftale."""

    styringsaftale = models.ForeignKey(Styringsaftale, on_delete=models.PROTECT, related_name="udgaver")
    dokument = models.OneToOneField("kerne.Dokument", on_delete=models.PROTECT, related_name="styringsudgave")

    class Meta:
        verbose_name = "udgave af styringsaftalen"
        verbose_name_plural = "udgaver af styringsaftalen"
        ordering = ["styringsaftale", "-dokument__version", "pk"]

    def __str__(self) -> str:
        return f"{self.styringsaftale}, {self.nummer}. udgave"


class Styringsfravigelse(Fravigelsesgrund):
    """A finding let pass in a styringsaftale."""

    styringsaftale = models.ForeignKey(Styringsaftale, on_delete=models.CASCADE, related_name="fravigelser")

    class Meta:
        verbose_name = "fravigelse i styringsaftalen"
        verbose_name_plural = "fravigelser i styringsaftalen"
        ordering = ["styringsaftale", "tidspunkt", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["styringsaftale", "fingeraftryk"], name="styringsfravigelse_unik"),
            har_begrundelse("styringsfravigelse_har_begrundelse"),
        ]
