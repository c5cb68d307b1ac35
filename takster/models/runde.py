"""The reporting round of a tariff year, and each driftsherre's share of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Rolle
from takster.enums import Rundetilstand
from takster.models.regelsaet import Regelsaet

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

# Who reads what belongs to their own organisation as driftsherre.
EGNE_LAESERE = (Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER, Rolle.REVISOR)
# Who reads across all driftsherrer; what they see of a takstskema is narrowed further in `Takstskema`.
LAESERE_PAA_TVAERS = (Rolle.TAKSTGRUPPE, Rolle.DAS_MEDLEM)
RYKKERDAGE_HOEJST = 365


def standard_rykkerdage() -> list[int]:
    """The reminders the process asks for: 30, 14 and 3 days before the deadline."""
    return [30, 14, 3]


def kontroller_rykkerdage(dage: object) -> None:
    if not (
        isinstance(dage, list)
        and all(isinstance(dag, int) and not isinstance(dag, bool) and 0 <= dag <= RYKKERDAGE_HOEJST for dag in dage)
        and len(set(dage)) == len(dage)
    ):
        raise ValidationError(f"Skriv forskellige hele tal mellem 0 og {RYKKERDAGE_HOEJST}, fx 30, 14, 3")


class IndberetningsrundeQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> IndberetningsrundeQuerySet:
        """Rounds that are still being prepared are the secretariat's own; the rest is known to those who take part."""
        if adgang.er_sekretariat:
            return self
        if adgang.har(*EGNE_LAESERE, *LAESERE_PAA_TVAERS):
            return self.exclude(tilstand=Rundetilstand.KLADDE)
        return self.none()

    def rigtige(self) -> IndberetningsrundeQuerySet:
        """Without the historic rounds, which hold accounts and no forms."""
        return self.filter(er_historisk=False)

    def aktuel(self) -> Indberetningsrunde | None:
        """The newest round that is open, or else the newest that was."""
        rigtige = self.rigtige().exclude(tilstand=Rundetilstand.KLADDE)
        return (
            rigtige.filter(tilstand=Rundetilstand.AABEN).order_by("-aar").first() or rigtige.order_by("-aar").first()
        )


class Indberetningsrunde(models.Model):
    """The yearly round in which driftsherrer report the tariffs of one tariff year (T13)."""

    aar = models.PositiveSmallIntegerField("takstår", unique=True)
    tilstand = models.CharField("tilstand", max_length=20, choices=Rundetilstand, default=Rundetilstand.KLADDE)
    # NULL in historic rounds, whose dates no source tells.
    aabner = models.DateField("åbner", null=True, blank=True)
    frist = models.DateField("frist", null=True, blank=True)
    regelsaet = models.ForeignKey(Regelsaet, on_delete=models.PROTECT, related_name="runder", verbose_name="regelsæt")
    er_historisk = models.BooleanField("historisk", default=False)
    er_eksempel = models.BooleanField("eksempeltal", default=False)
    note = models.CharField("note", max_length=200, blank=True)
    offentliggjort_tidspunkt = models.DateTimeField("offentliggjort", null=True, blank=True)
    # So many days before the deadline a driftsherre with missing forms is reminded.
    rykkerdage = models.JSONField(
        "rykkere sendes dage før fristen",
        default=standard_rykkerdage,
        blank=True,
        validators=[kontroller_rykkerdage],
    )

    objects = IndberetningsrundeQuerySet.as_manager()

    class Meta:
        verbose_name = "indberetningsrunde"
        verbose_name_plural = "indberetningsrunder"
        ordering = ["-aar"]
        constraints = [
            Kontrol(name="runde_tilstand_kendt", condition=Q(tilstand__in=Rundetilstand.values)),
            Kontrol(
                name="runde_har_datoer",
                condition=Q(er_historisk=True) | Q(aabner__isnull=False, frist__isnull=False),
                violation_error_message="Skriv, hvornår runden åbner, og hvornår fristen er.",
            ),
            Kontrol(
                name="runde_datoer_i_orden",
                condition=Q(aabner__isnull=True) | Q(frist__isnull=True) | Q(frist__gte=F("aabner")),
                violation_error_message="Fristen skal ligge efter den dag, runden åbner.",
            ),
            Kontrol(
                name="runde_offentliggjort_tidspunkt",
                condition=Q(tilstand=Rundetilstand.OFFENTLIGGJORT, offentliggjort_tidspunkt__isnull=False)
                | (~Q(tilstand=Rundetilstand.OFFENTLIGGJORT) & Q(offentliggjort_tidspunkt__isnull=True)),
            ),
            Kontrol(
                name="runde_historisk_er_lukket",
                condition=Q(er_historisk=False) | Q(tilstand=Rundetilstand.LUKKET),
                violation_error_message="En historisk runde er altid lukket.",
            ),
        ]

    def __str__(self) -> str:
        return f"Takster {self.aar}"

    def get_absolute_url(self) -> str:
        return reverse("takster:runde", kwargs={"aar": self.aar})

    def er_aaben(self, dato: dt.date) -> bool:
        """T13: open for everyone on that date; the deadline is the last day."""
        return (
            self.tilstand == Rundetilstand.AABEN
            and self.aabner is not None
            and self.frist is not None
            and self.aabner <= dato <= self.frist
        )

    def dage_til_frist(self, dato: dt.date) -> int | None:
        """Days left, 0 on the last day, negative afterwards; None without a deadline."""
        return None if self.frist is None else (self.frist - dato).days

    @property
    def kan_genaabnes_for_driftsherrer(self) -> bool:
        """Anything but a round in preparation and a historic one: late forms come in years later too (T13)."""
        return not self.er_historisk and self.tilstand != Rundetilstand.KLADDE


class IndberetningQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> IndberetningQuerySet:
        """The driftsherre and its auditor see their own, the secretariat, DAS and takstgruppen all."""
        if adgang.er_sekretariat:
            return self
        if adgang.har(*LAESERE_PAA_TVAERS):
            return self.exclude(runde__tilstand=Rundetilstand.KLADDE)
        if adgang.har(*EGNE_LAESERE):
            return self.filter(driftsherre=adgang.organisation).exclude(runde__tilstand=Rundetilstand.KLADDE)
        return self.none()

    def med_linjer_for(self, adgang: Adgang) -> IndberetningQuerySet:
        """Those whose cost lines the reader may see: not for DAS, which gets the summary (matrix)."""
        if adgang.er_sekretariat:
            return self
        if adgang.er_driftsherre:
            return self.synlige_for(adgang)
        return self.none()


class Indberetning(models.Model):
    """A driftsherre's set of takstskemaer in a round, with what it says once for all of them."""

    runde = models.ForeignKey(
        Indberetningsrunde, on_delete=models.PROTECT, related_name="indberetninger", verbose_name="runde"
    )
    driftsherre = models.ForeignKey(
        "kerne.Organisation", on_delete=models.PROTECT, related_name="indberetninger", verbose_name="driftsherre"
    )
    # T13: last day of an opening for this driftsherre alone, given after the deadline.
    genaabnet_til = models.DateField("genåbnet til og med", null=True, blank=True)
    # T55: how the share of central administration is found; told once per driftsherre and year.
    overhead_metode = models.TextField("metode for andel af central administration", blank=True, max_length=2000)
    # Counts changes of the method, so that a later save by another is noticed.
    version = models.PositiveIntegerField("version", default=1)

    objects = IndberetningQuerySet.as_manager()

    class Meta:
        verbose_name = "indberetning"
        verbose_name_plural = "indberetninger"
        ordering = ["runde", "driftsherre__raekkefoelge", "driftsherre__navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["runde", "driftsherre"],
                name="indberetning_unik",
                violation_error_message="Driftsherren har allerede en indberetning i runden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.runde}, {self.driftsherre}"

    def get_absolute_url(self) -> str:
        return reverse(
            "takster:indberetning_driftsherre", kwargs={"aar": self.runde.aar, "slug": self.driftsherre.slug}
        )

    @property
    def sidste_dag(self) -> dt.date | None:
        """The last day for this driftsherre: the round's deadline or a later opening."""
        return max((dato for dato in (self.runde.frist, self.genaabnet_til) if dato is not None), default=None)

    def er_aaben(self, dato: dt.date) -> bool:
        """T13: the round is open, or the secretariat has reopened it for this driftsherre."""
        return self.runde.er_aaben(dato) or (self.genaabnet_til is not None and dato <= self.genaabnet_til)
