"""The published tariff and, apart from it, the calculation it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Q
from django.urls import reverse

from socialaftale.kerne import dansk
from socialaftale.kerne.begraensning import Kontrol
from takster.beregning.taksttyper import MED_STOETTE
from takster.enums import Enhed, Oprindelse, Tillaegsmetode
from takster.models.skema import Takstskema
from tilbud.enums import Taksttype

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


_AARENE = """
WITH RECURSIVE aarene (aar) AS (
    SELECT MAX(aar) FROM takster_takst WHERE er_gaeldende
    UNION ALL
    SELECT (SELECT MAX(aar) FROM takster_takst WHERE er_gaeldende AND takster_takst.aar < aarene.aar)
    FROM aarene WHERE aarene.aar IS NOT NULL
)
SELECT aar FROM aarene WHERE aar IS NOT NULL
"""


class TakstQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> TakstQuerySet:
        """A row only comes into being by publication, so everyone sees all of them."""
        return self

    def gaeldende(self) -> TakstQuerySet:
        """The newest version of each ydelse and year."""
        return self.filter(er_gaeldende=True)

    def med_pris(self) -> TakstQuerySet:
        """T33: without those whose price is agreed for each citizen."""
        return self.filter(takst__isnull=False)

    def med_grundlag(self) -> TakstQuerySet:
        """Computed of a budget: not supplements and individual prices (T33, T35), which have no places to count."""
        return self.filter(grundlag__isnull=False)

    def til_liste(self) -> TakstQuerySet:
        """With what a row shows or links to; the long texts of the register stay behind."""
        return self.select_related("driftsherre", "kommune", "lovgrundlag", "tilbud", "ydelse", "afloeser").defer(
            "afloeser__bemaerkning",
            "afloeser__maalgruppe",
            "afloeser__soegetekst",
            "afloeser__maalgruppe_soegetekst",
            "soegetekst",
            "maalgruppe_soegetekst",
            "ydelse__beskrivelse",
            "ydelse__maalgruppe",
            "tilbud__maalgruppe",
            "tilbud__bemaerkning",
            "tilbud__kilder",
            "tilbud__soegetekst",
            "tilbud__maalgruppe_soegetekst",
        )

    def aarene(self) -> list[int]:
        """The years that have tariffs in force, newest first.

        One step of the index per year: DISTINCT would read every row of every year.
        """
        with connection.cursor() as cursor:
            cursor.execute(_AARENE)
            return [aar for (aar,) in cursor.fetchall()]


class Takst(models.Model):
    """The published tariff of a ydelse in a year, with the names and figures it was published under.

    A row is never changed but for `er_gaeldende` and `gyldig_til`: a tariff that changes during the year gets a new
    version (T68).
    """

    ydelse = models.ForeignKey(
        "tilbud.Ydelse", on_delete=models.PROTECT, related_name="takster", verbose_name="ydelse"
    )
    # NULL: computed from an annual report, which has no form behind it.
    skema = models.ForeignKey(
        Takstskema, on_delete=models.PROTECT, null=True, blank=True, related_name="takster", verbose_name="takstskema"
    )
    aar = models.PositiveSmallIntegerField("takstår")
    version = models.PositiveSmallIntegerField("version", default=1)
    er_gaeldende = models.BooleanField("gældende", default=True)
    oprindelse = models.CharField("oprindelse", max_length=20, choices=Oprindelse, default=Oprindelse.INDBERETNING)
    er_eksempel = models.BooleanField("eksempeltal", default=False)

    tilbud = models.ForeignKey(
        "tilbud.Tilbud", on_delete=models.PROTECT, related_name="takster", verbose_name="tilbud"
    )
    driftsherre = models.ForeignKey(
        "kerne.Organisation", on_delete=models.PROTECT, related_name="takster", verbose_name="driftsherre"
    )
    # NULL: the register does not know where the tilbud lies.
    kommune = models.ForeignKey(
        "kerne.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beliggenhedskommune",
    )
    # NULL: the register does not know the paragraph.
    lovgrundlag = models.ForeignKey(
        "tilbud.Lovgrundlag",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="lovgrundlag",
    )
    # As they were when the tariff was published.
    tilbud_navn = models.CharField("tilbud", max_length=200, db_collation=dansk.SORTERING)
    ydelse_navn = models.CharField("ydelse", max_length=150, db_collation=dansk.SORTERING)
    maalgruppe = models.TextField("målgruppe", blank=True)

    afdeling = models.CharField("afdeling", max_length=150, blank=True)
    taksttype = models.CharField("taksttype", max_length=20, choices=Taksttype, default=Taksttype.GENNEMSNIT)
    tillaeg_metode = models.CharField("tillæggets metode", max_length=20, choices=Tillaegsmetode, blank=True)

    enhed = models.CharField("enhed", max_length=10, choices=Enhed)
    # NULL: a supplement or an individual tariff has no basis of its own (T33, T35).
    grundlag = models.DecimalField("takstberegningsgrundlag", max_digits=14, decimal_places=2, null=True, blank=True)
    kapacitet = models.DecimalField(
        "pladser, timer eller enheder", max_digits=10, decimal_places=2, null=True, blank=True
    )
    # NULL: days play no part (hours and units).
    dage = models.PositiveSmallIntegerField("dage", null=True, blank=True)
    belaegning_pct = models.DecimalField(
        "budgetteret belægning", max_digits=5, decimal_places=2, null=True, blank=True
    )
    # NULL: the price is agreed for each citizen (T33). A differentiated tariff: the basic tariff and the levels' mean.
    takst = models.DecimalField("takst", max_digits=12, decimal_places=2, null=True, blank=True)
    # T36, T38: the fixed part, equal for everyone, and the citizen-directed part that may be negotiated.
    fast_del = models.DecimalField("fast del", max_digits=12, decimal_places=2, null=True, blank=True)
    borgerrettet_del = models.DecimalField("borgerrettet del", max_digits=12, decimal_places=2, null=True, blank=True)
    # T38: hours a week per citizen that the tariff contains on average.
    stoettetimer = models.DecimalField(
        "direkte støttetimer om ugen", max_digits=8, decimal_places=2, null=True, blank=True
    )
    pr_maaned = models.DecimalField("pris pr. måned", max_digits=14, decimal_places=2, null=True, blank=True)
    pr_aar = models.DecimalField("pris pr. år", max_digits=14, decimal_places=2, null=True, blank=True)
    # NULL: no tariff the year before, or no rate to compare with.
    forrige_takst = models.DecimalField("sidste års takst", max_digits=12, decimal_places=2, null=True, blank=True)
    aendring_pct = models.DecimalField("ændring i samme priser", max_digits=7, decimal_places=1, null=True, blank=True)
    gyldig_fra = models.DateField("gælder fra")
    gyldig_til = models.DateField("gælder til og med")
    # The version it took over from during the year (T68); NULL: it holds from the start of the year.
    afloeser = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="afløser"
    )
    # The case that changed it during the year.
    sag = models.ForeignKey("kerne.Sag", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    bemaerkning = models.TextField("bemærkning", blank=True)
    offentliggjort_tidspunkt = models.DateTimeField("offentliggjort")
    soegetekst = models.TextField(editable=False, default="")
    maalgruppe_soegetekst = models.TextField(editable=False, default="")

    objects = TakstQuerySet.as_manager()

    class Meta:
        verbose_name = "takst"
        verbose_name_plural = "takster"
        ordering = ["-aar", "tilbud_navn", "ydelse_navn", "pk"]
        indexes = [
            models.Index(
                fields=["aar", "tilbud_navn", "ydelse_navn", "id"],
                condition=Q(er_gaeldende=True),
                name="takst_liste",
            ),
            models.Index(fields=["aar", "takst", "id"], condition=Q(er_gaeldende=True), name="takst_efter_pris"),
            models.Index(fields=["driftsherre", "aar"], name="takst_driftsherre_aar"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ydelse", "aar", "version"], name="takst_version_unik"),
            models.UniqueConstraint(
                fields=["ydelse", "aar"], condition=Q(er_gaeldende=True), name="takst_en_gaeldende"
            ),
            Kontrol(name="takst_enhed_kendt", condition=Q(enhed__in=Enhed.values)),
            Kontrol(name="takst_oprindelse_kendt", condition=Q(oprindelse__in=Oprindelse.values)),
            Kontrol(
                name="takst_indberettet_har_skema",
                condition=Q(oprindelse=Oprindelse.REGNSKAB) | Q(skema__isnull=False) | Q(er_eksempel=True),
            ),
            Kontrol(name="takst_taksttype_kendt", condition=Q(taksttype__in=Taksttype.values)),
            Kontrol(
                name="takst_tillaegsmetode_kendt",
                condition=Q(tillaeg_metode="") | Q(tillaeg_metode__in=Tillaegsmetode.values),
            ),
            Kontrol(
                name="takst_pris_undtagen_individuel",
                condition=Q(takst__isnull=False) | Q(taksttype=Taksttype.INDIVIDUEL),
            ),
            Kontrol(
                name="takst_grundlag_undtagen_tillaeg_og_individuel",
                condition=Q(grundlag__isnull=False, kapacitet__isnull=False, belaegning_pct__isnull=False)
                | Q(taksttype__in=[Taksttype.TILLAEG, Taksttype.INDIVIDUEL]),
            ),
            Kontrol(
                name="takst_dele_foelges_ad",
                condition=Q(fast_del__isnull=True, borgerrettet_del__isnull=True)
                | Q(fast_del__isnull=False, borgerrettet_del__isnull=False),
            ),
            Kontrol(name="takst_gyldighed_i_orden", condition=Q(gyldig_til__gte=F("gyldig_fra"))),
        ]

    def __str__(self) -> str:
        return f"{self.tilbud_navn}, {self.ydelse_navn} {self.aar}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.soegetekst:
            self.saet_soegetekst()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse(
            "takster:takst", kwargs={"aar": self.aar, "tilbud": self.tilbud.slug, "ydelse": self.ydelse.slug}
        )

    @property
    def skal_vise_stoettetimer(self) -> bool:
        """T49: it contains direct support, so that the hours belong in the description."""
        return self.taksttype in MED_STOETTE

    def clean(self) -> None:
        """T36, T38: the parts are the tariff to the øre; not left to the database, which may count in binary."""
        if self.fast_del is not None and self.fast_del + self.borgerrettet_del != self.takst:
            raise ValidationError("Den faste og den borgerrettede del giver ikke taksten.")

    def saet_soegetekst(self) -> None:
        """Names and operator, and the target group, as compared in search (see `dansk.soegetekst`)."""
        self.soegetekst = dansk.soegetekst(f"{self.tilbud_navn} {self.ydelse_navn} {self.driftsherre.navn}")
        self.maalgruppe_soegetekst = dansk.soegetekst(self.maalgruppe)


class Takstberegning(models.Model):
    """The frozen calculation behind a published tariff: lines, limits, rates and steps as they were.

    `data` holds texts and decimal strings only: {"linjer": {kode: beloeb}, "regulering", "regelsaet", "regler",
    "trin": [{"navn", "formel", "indsat", "resultat", "regel"}], "kilde"}.
    """

    takst = models.OneToOneField(
        Takst, on_delete=models.CASCADE, primary_key=True, related_name="beregning", verbose_name="takst"
    )
    data = models.JSONField("beregning", default=dict)

    class Meta:
        verbose_name = "takstberegning"
        verbose_name_plural = "takstberegninger"

    def __str__(self) -> str:
        return f"Beregning af {self.takst}"
