"""The *tilbud* with its names, its standing in the *socialaftale* and its memberships through time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from socialaftale.kerne import dansk
from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.models import Organisation
from tilbud.enums import Driftsform, Kategori, Medlemskriterie
from tilbud.models.aar import aar_i_orden

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class TilbudQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> TilbudQuerySet:
        """The matrix, row "tilbud": the secretariat sees all, a *driftsherre* its own too, all others published."""
        if adgang.er_sekretariat:
            return self
        if adgang.er_driftsherre and adgang.organisation:
            return self.filter(Q(offentliggjort=True) | Q(driftsherre=adgang.organisation))
        return self.offentliggjorte()

    def offentliggjorte(self) -> TilbudQuerySet:
        return self.filter(offentliggjort=True)

    def for_driftsherre(self, organisation: Organisation) -> TilbudQuerySet:
        return self.filter(driftsherre=organisation)

    def med_aftalestatus(self, aar: int | None = None) -> TilbudQuerySet:
        """Annotates `i_aftalen` (True, False or None = not known) as of the year, or as of the newest source.

        The newest statement up to and including the year holds until another follows; one without a year counts
        as the oldest.
        """
        status = Aftalestatus.objects.filter(tilbud=OuterRef("pk"))
        if aar is not None:
            status = status.filter(Q(aar__isnull=True) | Q(aar__lte=aar))
        nyeste = status.order_by(F("aar").desc(nulls_last=True), "-pk").values("i_socialaftale")[:1]
        return self.annotate(i_aftalen=Subquery(nyeste))

    def med_antal_fund(self) -> TilbudQuerySet:
        """Annotates `antal_fund`: how many findings the checks have on it."""
        fund = _alle("Tilbudsfund").filter(tilbud=OuterRef("pk")).order_by()
        antal = fund.values("tilbud").annotate(antal=Count("pk")).values("antal")
        return self.annotate(antal_fund=Coalesce(Subquery(antal), 0))

    def i_socialaftalen(self, aar: int | None = None) -> TilbudQuerySet:
        """*Socialaftaletilbud*: covered by the agreement in the year (T1-T3)."""
        return self.med_aftalestatus(aar).filter(i_aftalen=True)

    def til_liste(self) -> TilbudQuerySet:
        """With all that a row of a list shows: operator, location, standing, legal basis and places."""
        return (
            self.med_aftalestatus()
            .select_related("driftsherre", "beliggenhedskommune", "eksempel__beliggenhedskommune")
            .prefetch_related(
                Prefetch("lovgrundlag", _alle("Tilbudslovgrundlag").select_related("lovgrundlag__afloest_af")),
                "pladser",
            )
        )

    def til_side(self) -> TilbudQuerySet:
        """With all that the page of one *tilbud* shows, and what the checks T1-T3 read."""
        return (
            self.til_liste()
            .select_related("overordnet")
            .annotate(har_afdelinger=Exists(Tilbud.objects.filter(overordnet=OuterRef("pk"))))
            .prefetch_related(
                "aftalestatus",
                Prefetch("ydelser", _alle("Ydelse").select_related("lovgrundlag")),
                Prefetch("koebere", _alle("Koeberkommune").select_related("kommune")),
            )
        )


def _alle(model: str) -> models.QuerySet:
    """Rows of a model that stands further down the package, for reading them in one query with what they name."""
    return apps.get_model("tilbud", model).objects.all()


class Tilbud(models.Model):
    """A *tilbud*: a facility run by a *driftsherre*; what no source tells is NULL or empty and shown as "–"."""

    slug = models.SlugField("slug", max_length=100, unique=True)
    navn = models.CharField("navn", max_length=200, db_collation=dansk.SORTERING)
    # NULL: no source names the operator.
    driftsherre = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tilbud",
        verbose_name="driftsherre",
    )
    # NULL rather than "": not known is a value of its own in filters and checks, and never a form of operation.
    driftsform = models.CharField("driftsform", max_length=20, choices=Driftsform, null=True, blank=True)  # noqa: DJ001
    # NULL: the source names the operator only, or the place lies outside the municipalities we know.
    beliggenhedskommune = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="beliggende_tilbud",
        verbose_name="beliggenhedskommune",
    )
    beliggenhed_tekst = models.CharField("beliggenhed i kildens ord", max_length=200, blank=True)
    adresse = models.CharField("adresse", max_length=200, blank=True)
    tilbudstype = models.CharField("tilbudstype", max_length=150, blank=True)
    overordnet = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="afdelinger",
        verbose_name="overordnet tilbud",
    )
    maalgruppe = models.TextField("målgruppe", blank=True)
    aldersgruppe = models.CharField("aldersgruppe", max_length=150, blank=True)
    alder_fra = models.PositiveSmallIntegerField("alder fra", null=True, blank=True)
    alder_til = models.PositiveSmallIntegerField("alder til", null=True, blank=True)
    # NULL: not reported (T3 is decided by DAS, never guessed).
    kategori = models.PositiveSmallIntegerField("kategori", choices=Kategori, null=True, blank=True)
    status_tekst = models.CharField("status i kilden", max_length=200, blank=True)
    bemaerkning = models.TextField("bemærkning", blank=True)
    # One source a line.
    kilder = models.TextField("kilder", blank=True)
    offentliggjort = models.BooleanField("offentliggjort", default=False)
    # Invented for the demo or for measuring; shown with "Eksempel".
    er_eksempel = models.BooleanField("eksempel", default=False)
    # Counts saved edits: a form carries the number it was opened with, so that a later save is noticed.
    version = models.PositiveIntegerField("version", default=1)
    soegetekst = models.TextField(editable=False, default="")
    maalgruppe_soegetekst = models.TextField(editable=False, default="")

    objects = TilbudQuerySet.as_manager()

    class Meta:
        verbose_name = "tilbud"
        verbose_name_plural = "tilbud"
        ordering = ["navn", "pk"]
        constraints = [
            Kontrol(
                name="tilbud_driftsform_kendt",
                condition=Q(driftsform__isnull=True) | Q(driftsform__in=Driftsform.values),
            ),
            Kontrol(
                name="tilbud_kategori_kendt", condition=Q(kategori__isnull=True) | Q(kategori__in=Kategori.values)
            ),
            Kontrol(
                name="tilbud_alder_i_orden",
                condition=Q(alder_fra__isnull=True) | Q(alder_til__isnull=True) | Q(alder_fra__lte=F("alder_til")),
                violation_error_message="Den laveste alder skal ligge før den højeste.",
            ),
            Kontrol(
                name="tilbud_ikke_sin_egen_afdeling",
                condition=Q(overordnet__isnull=True) | ~Q(overordnet=F("pk")),
                violation_error_message="Et tilbud kan ikke være en afdeling under sig selv.",
            ),
            Kontrol(name="tilbud_version_positiv", condition=Q(version__gte=1)),
        ]
        indexes = [models.Index(fields=["offentliggjort", "navn"], name="tilbud_offentlig_navn")]

    def __str__(self) -> str:
        return self.navn

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search columns in step with the texts they are made of."""
        self.saet_soegetekst()
        if (felter := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*felter, "soegetekst", "maalgruppe_soegetekst"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("tilbud:detalje", kwargs={"slug": self.slug})

    def saet_soegetekst(self, andre_navne: list[str] | None = None) -> None:
        """Name, other names, operator, location, address and type as compared in search (see `dansk.soegetekst`)."""
        if andre_navne is None:
            andre_navne = [navn.navn for navn in self.navne.all()] if self.pk else []
        dele = [
            self.navn,
            *andre_navne,
            self.driftsherre.navn if self.driftsherre else "",
            self.beliggenhedskommune.navn if self.beliggenhedskommune else "",
            self.beliggenhed_tekst,
            self.adresse,
            self.tilbudstype,
        ]
        self.soegetekst = dansk.soegetekst(" ".join(filter(None, dele)))
        self.maalgruppe_soegetekst = dansk.soegetekst(f"{self.maalgruppe} {self.aldersgruppe}")

    @property
    def kildeliste(self) -> list[str]:
        return [linje.strip() for linje in self.kilder.splitlines() if linje.strip()]


class Tilbudsnavn(models.Model):
    """Another name of a *tilbud*: a former one with years, or one that a source uses beside the register's."""

    tilbud = models.ForeignKey(Tilbud, on_delete=models.CASCADE, related_name="navne", verbose_name="tilbud")
    navn = models.CharField("navn", max_length=200, db_collation=dansk.SORTERING)
    # Year precision; NULL = the sources do not tell.
    fra_aar = models.PositiveSmallIntegerField("fra år", null=True, blank=True)
    til_aar = models.PositiveSmallIntegerField("til og med år", null=True, blank=True)
    kilde = models.CharField("kilde", max_length=200, blank=True)

    class Meta:
        verbose_name = "andet navn"
        verbose_name_plural = "andre navne"
        ordering = ["tilbud_id", F("fra_aar").asc(nulls_first=True), "navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                "tilbud",
                "navn",
                Coalesce("til_aar", Value(0)),
                name="tilbudsnavn_unikt",
                violation_error_message="Navnet står der allerede.",
            ),
            aar_i_orden("tilbudsnavn_aar_i_orden"),
        ]

    def __str__(self) -> str:
        return self.navn


class Aftalestatus(models.Model):
    """What a source says of whether the *tilbud* is covered by the *socialaftale*, with the year it says it for."""

    tilbud = models.ForeignKey(Tilbud, on_delete=models.CASCADE, related_name="aftalestatus", verbose_name="tilbud")
    # NULL: the source has no year.
    aar = models.PositiveSmallIntegerField("år", null=True, blank=True)
    # NULL: mentioned, but not whether covered.
    i_socialaftale = models.BooleanField("i socialaftalen", null=True, blank=True)
    note = models.CharField("note", max_length=300, blank=True)
    kilde = models.CharField("kilde", max_length=200, blank=True)

    class Meta:
        verbose_name = "status i socialaftalen"
        verbose_name_plural = "status i socialaftalen"
        ordering = ["tilbud_id", F("aar").desc(nulls_last=True), "-pk"]
        constraints = [
            models.UniqueConstraint(
                "tilbud",
                Coalesce("aar", Value(0)),
                name="aftalestatus_en_pr_aar",
                violation_error_message="Der er allerede en status for året.",
            ),
        ]

    def __str__(self) -> str:
        svar = {True: "i socialaftalen", False: "ikke i socialaftalen", None: "ikke oplyst"}[self.i_socialaftale]
        return f"{self.aar or 'uden år'}: {svar}"


class ForstaerketmedlemQuerySet(models.QuerySet):
    def i_aar(self, aar: int) -> ForstaerketmedlemQuerySet:
        """Members in the year. FS10: an unknown start counts as before; with both ends unknown nobody can say."""
        return self.filter(self._i_aar(aar))

    def med_gaelder(self, aar: int) -> ForstaerketmedlemQuerySet:
        """With `gaelder`: was it a membership in the year?"""
        return self.annotate(gaelder=Case(When(self._i_aar(aar), then=True), default=False))

    @staticmethod
    def _i_aar(aar: int) -> Q:
        return (
            Q(fra_aar__lte=aar, til_aar__gte=aar)
            | Q(fra_aar__lte=aar, til_aar__isnull=True)
            | Q(fra_aar__isnull=True, til_aar__gte=aar)
        )


class Forstaerketmedlem(models.Model):
    """A membership of *det forstærkede samarbejde*: whole years, the whole *tilbud* or a number of its places."""

    tilbud = models.ForeignKey(Tilbud, on_delete=models.CASCADE, related_name="medlemskaber", verbose_name="tilbud")
    # NULL: the sources do not tell by which criterion it was admitted.
    kriterie = models.CharField("kriterie", max_length=2, choices=Medlemskriterie, null=True, blank=True)  # noqa: DJ001
    # NULL: start or end not told.
    fra_aar = models.PositiveSmallIntegerField("fra år", null=True, blank=True)
    til_aar = models.PositiveSmallIntegerField("til og med år", null=True, blank=True)
    maalgruppe = models.TextField("målgruppe", blank=True)
    note = models.CharField("note", max_length=300, blank=True)

    objects = ForstaerketmedlemQuerySet.as_manager()

    class Meta:
        verbose_name = "medlemskab af det forstærkede samarbejde"
        verbose_name_plural = "medlemskaber af det forstærkede samarbejde"
        ordering = ["tilbud_id", F("fra_aar").asc(nulls_first=True), "til_aar", "pk"]
        constraints = [
            Kontrol(
                name="forstaerketmedlem_kriterie_kendt",
                condition=Q(kriterie__isnull=True) | Q(kriterie__in=Medlemskriterie.values),
            ),
            models.UniqueConstraint(
                "tilbud",
                Coalesce("fra_aar", Value(0)),
                Coalesce("til_aar", Value(0)),
                name="forstaerketmedlem_unikt",
                violation_error_message="Medlemskabet står der allerede.",
            ),
            aar_i_orden("forstaerketmedlem_aar_i_orden"),
        ]

    def __str__(self) -> str:
        return f"{self.fra_aar or '–'}-{self.til_aar or '–'}"
