"""Places (*pladser*) and services (*ydelser*) of a *tilbud*."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from socialaftale.kerne import dansk
from socialaftale.kerne.begraensning import Kontrol
from tilbud.enums import Enhed, Finansieringsform, Finansieringsgrund, Pladsart, Pladstype, Taksttype
from tilbud.models.aar import aar_i_orden
from tilbud.models.lovgrundlag import Lovgrundlag
from tilbud.models.tilbud import Tilbud

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class PladsQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> PladsQuerySet:
        """Places follow the *tilbud* they belong to."""
        return self.filter(tilbud__in=Tilbud.objects.synlige_for(adgang))

    def virkelige(self) -> PladsQuerySet:
        """Without what was invented for the demo."""
        return self.filter(er_eksempel=False)


class Plads(models.Model):
    """A number of places as one source gives it: number or range, kind, type and year, each NULL when not told."""

    tilbud = models.ForeignKey(Tilbud, on_delete=models.CASCADE, related_name="pladser", verbose_name="tilbud")
    # NULL: the source does not say; kinds are never mixed in a sum.
    art = models.CharField("art", max_length=20, choices=Pladsart, null=True, blank=True)  # noqa: DJ001
    type = models.CharField("type", max_length=20, choices=Pladstype, null=True, blank=True)  # noqa: DJ001
    # Equal when the number is exact; "5-8" keeps both ends.
    antal_fra = models.PositiveSmallIntegerField("antal fra")
    antal_til = models.PositiveSmallIntegerField("antal til")
    cirka = models.BooleanField("cirka", default=False)
    aar = models.PositiveSmallIntegerField("år", null=True, blank=True)
    # Empty: the number counts the whole tilbud. Otherwise the part it counts, e.g. "sikrede" or "børn".
    daekker = models.CharField("dækker kun", max_length=150, blank=True)
    note = models.CharField("note", max_length=300, blank=True)
    kilde = models.CharField("kilde", max_length=200, blank=True)
    er_eksempel = models.BooleanField("eksempeltal", default=False)

    objects = PladsQuerySet.as_manager()

    class Meta:
        verbose_name = "pladser"
        verbose_name_plural = "pladser"
        ordering = ["tilbud_id", F("aar").desc(nulls_last=True), "art", "type", "pk"]
        constraints = [
            Kontrol(name="plads_art_kendt", condition=Q(art__isnull=True) | Q(art__in=Pladsart.values)),
            Kontrol(name="plads_type_kendt", condition=Q(type__isnull=True) | Q(type__in=Pladstype.values)),
            Kontrol(
                name="plads_antal_i_orden",
                condition=Q(antal_fra__lte=F("antal_til")),
                violation_error_message="Det laveste antal skal ikke være større end det højeste.",
            ),
            models.UniqueConstraint(
                "tilbud",
                Coalesce("art", Value("")),
                Coalesce("type", Value("")),
                Coalesce("aar", Value(0)),
                "kilde",
                "daekker",
                name="plads_unik",
                violation_error_message=(
                    "Der er allerede pladser med samme art, type, år og kilde. Skriv, hvilken del tallet dækker."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.antal_tekst

    @property
    def antal_tekst(self) -> str:
        """ "22", "5-8" or "ca. 20"."""
        tekst = str(self.antal_fra) if self.antal_fra == self.antal_til else f"{self.antal_fra}–{self.antal_til}"
        return f"ca.\u00a0{tekst}" if self.cirka else tekst

    @property
    def er_praecis(self) -> bool:
        return self.antal_fra == self.antal_til and not self.cirka


def seneste_pladser(pladser: Iterable[Plads]) -> list[Plads]:
    """The newest figures of one *tilbud*: one year and one kind, never mixed; real before invented.

    Figures for the whole *tilbud* go before figures for parts of it; then the newest year wins, and within it the
    kinds come in the order of `Pladsart` (agreed places first), an unknown kind last. Rows of that year and kind
    that differ in type (day, respite …) or part belong together and are all returned; of two sources for the same
    the last entered one is taken. Takes prefetched rows, so that a list costs no query per row.
    """
    alle = list(pladser)
    virkelige = [plads for plads in alle if not plads.er_eksempel] or alle
    hele = [plads for plads in virkelige if not plads.daekker] or virkelige
    if not hele:
        return []
    aarets = [plads for plads in hele if (plads.aar or 0) == max(plads.aar or 0 for plads in hele)]
    arter = [*Pladsart.values, None]
    art = min((plads.art for plads in aarets), key=arter.index)
    valgte = sorted((plads for plads in aarets if plads.art == art), key=lambda plads: plads.pk or 0)
    return list({(plads.type, plads.daekker): plads for plads in valgte}.values())


# Paid for without a tariff, so a round of tariffs does not ask for them (T10).
UDEN_TAKST = (Finansieringsform.OBJEKTIV, Finansieringsform.ABONNEMENT, Finansieringsform.ANDEN)


class YdelseQuerySet(models.QuerySet):
    def med_takst(self) -> YdelseQuerySet:
        """Without those that are financed in another way."""
        return self.exclude(finansieringsform__in=UDEN_TAKST)

    def synlige_for(self, adgang: Adgang) -> YdelseQuerySet:
        """*Ydelser* follow the *tilbud* they belong to."""
        return self.filter(tilbud__in=Tilbud.objects.synlige_for(adgang))

    def aktive(self, aar: int) -> YdelseQuerySet:
        """Offered in the year; an unknown start counts as before."""
        return self.filter(Q(aktiv_fra_aar__isnull=True) | Q(aktiv_fra_aar__lte=aar)).filter(
            Q(aktiv_til_aar__isnull=True) | Q(aktiv_til_aar__gte=aar)
        )


class Ydelse(models.Model):
    """A service of a *tilbud* that a *takst* can be given for."""

    tilbud = models.ForeignKey(Tilbud, on_delete=models.CASCADE, related_name="ydelser", verbose_name="tilbud")
    slug = models.SlugField("slug", max_length=80)
    navn = models.CharField("navn", max_length=150, db_collation=dansk.SORTERING)
    beskrivelse = models.TextField("beskrivelse", blank=True)
    maalgruppe = models.TextField("målgruppe", blank=True)
    enhed = models.CharField("enhed", max_length=10, choices=Enhed)
    lovgrundlag = models.ForeignKey(
        Lovgrundlag, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lovgrundlag"
    )
    taksttype = models.CharField("taksttype", max_length=20, choices=Taksttype, default=Taksttype.GENNEMSNIT)
    # T34: empty when the ydelse is for the whole tilbud.
    afdeling = models.CharField("afdeling", max_length=150, blank=True)
    finansieringsform = models.CharField(
        "finansieringsform", max_length=20, choices=Finansieringsform, default=Finansieringsform.TAKST
    )
    # T10: codes of Finansieringsgrund.
    finansieringsgrunde = models.JSONField("begrundelse for finansieringsformen", default=list, blank=True)
    finansieringsafgoerelse = models.CharField("afgørelse i DAS", max_length=200, blank=True)
    aktiv_fra_aar = models.PositiveSmallIntegerField("fra år", null=True, blank=True)
    aktiv_til_aar = models.PositiveSmallIntegerField("til og med år", null=True, blank=True)
    # NULL: always so.
    finansiering_fra = models.DateField("finansieret sådan fra", null=True, blank=True)
    er_eksempel = models.BooleanField("eksempel", default=False)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge", default=100)

    objects = YdelseQuerySet.as_manager()

    class Meta:
        verbose_name = "ydelse"
        verbose_name_plural = "ydelser"
        ordering = ["tilbud_id", "raekkefoelge", "navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tilbud", "slug"],
                name="ydelse_slug_unik",
                violation_error_message="Tilbuddet har allerede en ydelse med det navn.",
            ),
            Kontrol(name="ydelse_enhed_kendt", condition=Q(enhed__in=Enhed.values)),
            Kontrol(name="ydelse_taksttype_kendt", condition=Q(taksttype__in=Taksttype.values)),
            Kontrol(
                name="ydelse_finansieringsform_kendt", condition=Q(finansieringsform__in=Finansieringsform.values)
            ),
            aar_i_orden("ydelse_aar_i_orden", "aktiv_fra_aar", "aktiv_til_aar"),
        ]

    def __str__(self) -> str:
        return self.navn

    def get_absolute_url(self) -> str:
        return reverse("tilbud:ydelse", kwargs={"slug": self.tilbud.slug, "ydelse": self.slug})

    def clean(self) -> None:
        """T10: another way of financing than a tariff has at least one known reason."""
        grunde = self.finansieringsgrunde
        if not isinstance(grunde, list) or not set(grunde) <= set(Finansieringsgrund.values):
            raise ValidationError({"finansieringsgrunde": "Vælg begrundelserne på listen"})
        if self.er_uden_takst and not grunde:
            raise ValidationError({"finansieringsgrunde": "Vælg mindst én grund til, at ydelsen ikke har en takst"})

    @property
    def er_uden_takst(self) -> bool:
        return self.finansieringsform in UDEN_TAKST

    @property
    def mangler_afgoerelse(self) -> bool:
        """T10: financed in another way, and no decision of DAS is noted."""
        return self.er_uden_takst and not self.finansieringsafgoerelse

    @property
    def grunde_i_ord(self) -> list[str]:
        return [Finansieringsgrund(grund).label for grund in self.finansieringsgrunde]
