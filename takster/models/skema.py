"""The takstskema: one ydelse in one round, with its lines and the unsaved drafts of those who type."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Rolle
from takster.beregning.poster import POSTER
from takster.enums import (
    Afskrivningspraksis,
    AtaMetode,
    Belaegningsgrundlag,
    Belaegningsprincip,
    Enhed,
    Leasing,
    Levering,
    Pensionsmetode,
    Skematilstand,
    Tillaegsmetode,
    Tillaegsretning,
)
from takster.models.runde import Indberetning
from tilbud.enums import Taksttype

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

# The figures have left the driftsherre's desk: others than the driftsherre and the secretariat may read them.
AFGIVNE = (Skematilstand.INDSENDT, Skematilstand.GODKENDT, Skematilstand.OFFENTLIGGJORT)
# The driftsherre has the ball.
REDIGERBARE = (Skematilstand.KLADDE, Skematilstand.SENDT_RETUR)
POSTVALG = [(post.kode, f"{post.kode} {post.navn}") for post in POSTER]


def sagsnummer(aar: int, pk: int) -> str:
    """What receipts and mails call a form."""
    return f"TS-{aar}-{pk:05}"


class TakstskemaQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> TakstskemaQuerySet:
        """The matrix, row "tariff form": the driftsherre its own, DAS and takstgruppen what is handed in.

        The authority side (*myndighed*) of the same municipality sees none.
        """
        if adgang.er_sekretariat:
            return self
        if adgang.har(Rolle.TAKSTGRUPPE, Rolle.DAS_MEDLEM):
            return self.filter(tilstand__in=AFGIVNE)
        egne = self.filter(indberetning__driftsherre=adgang.organisation)
        if adgang.er_driftsherre:
            return egne
        if adgang.har(Rolle.REVISOR):
            return egne.filter(tilstand__in=AFGIVNE)
        return self.none()

    def redigerbare(self) -> TakstskemaQuerySet:
        return self.filter(tilstand__in=REDIGERBARE)

    def til_liste(self) -> TakstskemaQuerySet:
        """With what a row of a list shows."""
        return self.select_related("indberetning__runde", "indberetning__driftsherre", "ydelse__tilbud")

    def til_beregning(self) -> TakstskemaQuerySet:
        """With what the calculation and the checks need."""
        return self.select_related(
            "indberetning__runde__regelsaet",
            "indberetning__driftsherre",
            "ydelse__tilbud__eksempel",
            "ydelse__lovgrundlag",
        ).prefetch_related("linjer")


class Takstskema(models.Model):
    """A *takstberegningsskema*: the budget, capacity and occupancy behind the tariff of one ydelse in one year.

    NULL means "nothing entered". Which capacity field counts follows from `enhed`: places for døgn and dag, hours for
    time, a number for enhed.
    """

    indberetning = models.ForeignKey(
        Indberetning, on_delete=models.PROTECT, related_name="skemaer", verbose_name="indberetning"
    )
    ydelse = models.ForeignKey(
        "tilbud.Ydelse", on_delete=models.PROTECT, related_name="takstskemaer", verbose_name="ydelse"
    )
    tilstand = models.CharField("tilstand", max_length=20, choices=Skematilstand, default=Skematilstand.KLADDE)
    enhed = models.CharField("taksten gælder pr.", max_length=10, choices=Enhed)
    # As it was when the form was handed in; "" while the driftsherre has the ball and the register decides.
    indsendt_taksttype = models.CharField("taksttype ved indsendelsen", max_length=20, choices=Taksttype, blank=True)

    pladser = models.DecimalField("antal pladser", max_digits=8, decimal_places=2, null=True, blank=True)
    driftsdage = models.PositiveSmallIntegerField("driftsdage om året", null=True, blank=True)
    kapacitetstimer = models.DecimalField(
        "kapacitetstimer om året", max_digits=10, decimal_places=2, null=True, blank=True
    )
    antal = models.DecimalField("antal enheder om året", max_digits=10, decimal_places=2, null=True, blank=True)
    direkte_stoettetimer = models.DecimalField(
        "direkte støttetimer om ugen", max_digits=8, decimal_places=2, null=True, blank=True
    )

    belaegningsprincip = models.CharField(
        "belægningen er fundet som", max_length=20, choices=Belaegningsprincip, blank=True
    )
    belaegning_pct = models.DecimalField(
        "budgetteret belægning",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(999)],
    )
    belaegning_begrundelse = models.TextField("begrundelse for belægningen", blank=True, max_length=2000)
    dispensation = models.CharField("henvisning til særlige vilkår", max_length=200, blank=True)
    kort_forloeb = models.BooleanField("korte forløb, akutpladser eller aflastning", default=False)
    forventede_borgere = models.DecimalField(
        "forventet antal borgere", max_digits=8, decimal_places=2, null=True, blank=True
    )
    # T18, T21: activity and capacity of two years; the occupancy is computed from them and never typed.
    belaegningsgrundlag = models.CharField(
        "faktisk belægning for", max_length=20, choices=Belaegningsgrundlag, default=Belaegningsgrundlag.MED_FORVENTET
    )
    aktivitet_t1 = models.DecimalField("aktivitet, seneste år", max_digits=10, decimal_places=2, null=True, blank=True)
    kapacitet_t1 = models.DecimalField("kapacitet, seneste år", max_digits=10, decimal_places=2, null=True, blank=True)
    aktivitet_t2 = models.DecimalField("aktivitet, året før", max_digits=10, decimal_places=2, null=True, blank=True)
    kapacitet_t2 = models.DecimalField("kapacitet, året før", max_digits=10, decimal_places=2, null=True, blank=True)

    # T35, T45, T46, T58, T59: what must not be in the tariff, confirmed by the one who reports.
    uden_tillaegsydelser = models.BooleanField("uden tillægsydelser", default=False)
    uden_valgfri_ydelser = models.BooleanField("uden valgfri ydelser", default=False)
    kun_generelt_tilsyn = models.BooleanField("kun generelt tilsyn", default=False)
    uden_myndighedsopgaver = models.BooleanField("uden myndighedsopgaver", default=False)
    uden_udviklingsomkostninger = models.BooleanField("uden udviklingsomkostninger", default=False)
    tilbudsportal_opdateret = models.BooleanField("Tilbudsportalen er opdateret", default=False)
    leasing = models.CharField("finansiel leasing", max_length=20, choices=Leasing, default=Leasing.INGEN)
    pensionsmetode = models.CharField(
        "tjenestemandspensioner", max_length=20, choices=Pensionsmetode, default=Pensionsmetode.INGEN
    )
    tjenestemandsloen = models.DecimalField(
        "løn til tjenestemænd", max_digits=14, decimal_places=2, null=True, blank=True
    )
    # T51: "" while not told.
    afskrivningspraksis = models.CharField(
        "afskrivningen er fundet", max_length=20, choices=Afskrivningspraksis, blank=True
    )

    # T35, T39, T40: the short form of a supplement; percentages are in percent.
    tillaeg_metode = models.CharField("prisen er fundet som", max_length=20, choices=Tillaegsmetode, blank=True)
    tillaeg_retning = models.CharField(
        "tillæg eller fradrag", max_length=20, choices=Tillaegsretning, default=Tillaegsretning.TILLAEG
    )
    tillaeg_omkostning = models.DecimalField("pris pr. stk.", max_digits=12, decimal_places=2, null=True, blank=True)
    ata_personale = models.CharField("personalekategori", max_length=100, blank=True)
    ata_metode = models.CharField("fravær regnes med som", max_length=20, choices=AtaMetode, default=AtaMetode.ADDITIV)
    ata_timeomkostning = models.DecimalField("timeomkostning", max_digits=10, decimal_places=2, null=True, blank=True)
    ata_fravaer_pct = models.DecimalField(
        "korrektion for fravær", max_digits=5, decimal_places=2, null=True, blank=True
    )
    ata_doegn_pct = models.DecimalField("døgnkoefficient", max_digits=5, decimal_places=2, null=True, blank=True)
    ata_foelge_pct = models.DecimalField(
        "variable følgeomkostninger", max_digits=5, decimal_places=2, null=True, blank=True
    )
    ata_levering = models.CharField("leveres", max_length=20, choices=Levering, blank=True)
    ata_minutter = models.PositiveSmallIntegerField("minutter pr. gang", null=True, blank=True)
    ata_gange = models.PositiveSmallIntegerField("gange om ugen", null=True, blank=True)

    # T6, T43, T44: one remark explains changed places and a changed tariff.
    bemaerkning = models.TextField("bemærkninger", blank=True, max_length=4000)

    # Counts saves: a form carries the number it was opened with, so that a later save by another is noticed.
    version = models.PositiveIntegerField("version", default=1)
    # The same for the list of buyers, which is a page of its own.
    koebere_version = models.PositiveIntegerField("købernes version", default=1)
    er_eksempel = models.BooleanField("eksempeltal", default=False)
    gemt_tidspunkt = models.DateTimeField("senest gemt", default=timezone.now)
    # NULL: saved by the system (opening of the round, demo).
    gemt_af = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    meldt_klar_tidspunkt = models.DateTimeField("meldt klar til indsendelse", null=True, blank=True)
    indsendt_tidspunkt = models.DateTimeField("indsendt", null=True, blank=True)
    indsendt_af = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    godkendt_tidspunkt = models.DateTimeField("godkendt", null=True, blank=True)
    retur_begrundelse = models.TextField("begrundelse for returnering", blank=True, max_length=2000)
    # T13: last day for correcting this form when it came back after the deadline.
    genaabnet_til = models.DateField("rettes senest", null=True, blank=True)

    objects = TakstskemaQuerySet.as_manager()

    # Set by `opslag.hent_beloeb` on forms that are only read.
    hentede_beloeb: dict[str, Decimal] | None = None

    class Meta:
        verbose_name = "takstskema"
        verbose_name_plural = "takstskemaer"
        ordering = ["indberetning", "ydelse__tilbud__navn", "ydelse__raekkefoelge", "pk"]
        indexes = [
            models.Index(fields=["indberetning", "tilstand"], name="takstskema_tilstand"),
            models.Index(fields=["-gemt_tidspunkt", "id"], name="takstskema_senest_gemt"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["indberetning", "ydelse"],
                name="takstskema_unikt",
                violation_error_message="Ydelsen har allerede et takstskema i runden.",
            ),
            Kontrol(name="takstskema_tilstand_kendt", condition=Q(tilstand__in=Skematilstand.values)),
            Kontrol(name="takstskema_enhed_kendt", condition=Q(enhed__in=Enhed.values)),
            Kontrol(
                name="takstskema_princip_kendt",
                condition=Q(belaegningsprincip="") | Q(belaegningsprincip__in=Belaegningsprincip.values),
            ),
            Kontrol(
                name="takstskema_belaegningsgrundlag_kendt",
                condition=Q(belaegningsgrundlag__in=Belaegningsgrundlag.values),
            ),
            Kontrol(name="takstskema_leasing_kendt", condition=Q(leasing__in=Leasing.values)),
            Kontrol(name="takstskema_pensionsmetode_kendt", condition=Q(pensionsmetode__in=Pensionsmetode.values)),
            Kontrol(
                name="takstskema_afskrivningspraksis_kendt",
                condition=Q(afskrivningspraksis="") | Q(afskrivningspraksis__in=Afskrivningspraksis.values),
            ),
            Kontrol(
                name="takstskema_indsendt_tidspunkt",
                condition=Q(tilstand__in=AFGIVNE, indsendt_tidspunkt__isnull=False)
                | Q(tilstand__in=REDIGERBARE, indsendt_tidspunkt__isnull=True),
            ),
            Kontrol(
                name="takstskema_godkendt_tidspunkt",
                condition=Q(
                    tilstand__in=(Skematilstand.GODKENDT, Skematilstand.OFFENTLIGGJORT),
                    godkendt_tidspunkt__isnull=False,
                )
                | Q(
                    tilstand__in=(*REDIGERBARE, Skematilstand.INDSENDT),
                    godkendt_tidspunkt__isnull=True,
                ),
            ),
            Kontrol(
                name="takstskema_taksttype_kendt",
                condition=Q(indsendt_taksttype="") | Q(indsendt_taksttype__in=Taksttype.values),
            ),
            Kontrol(
                name="takstskema_tillaegsmetode_kendt",
                condition=Q(tillaeg_metode="") | Q(tillaeg_metode__in=Tillaegsmetode.values),
            ),
            Kontrol(name="takstskema_tillaegsretning_kendt", condition=Q(tillaeg_retning__in=Tillaegsretning.values)),
            Kontrol(name="takstskema_ata_metode_kendt", condition=Q(ata_metode__in=AtaMetode.values)),
            Kontrol(
                name="takstskema_levering_kendt",
                condition=Q(ata_levering="") | Q(ata_levering__in=Levering.values),
            ),
            Kontrol(
                name="takstskema_retur_har_begrundelse",
                condition=(Q(tilstand=Skematilstand.SENDT_RETUR) & ~Q(retur_begrundelse=""))
                | (~Q(tilstand=Skematilstand.SENDT_RETUR) & Q(retur_begrundelse="")),
                violation_error_message="Skriv, hvad der skal rettes.",
            ),
            Kontrol(
                name="takstskema_klar_er_kladde",
                condition=Q(meldt_klar_tidspunkt__isnull=True) | Q(tilstand__in=REDIGERBARE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ydelse.tilbud.navn}, {self.ydelse.navn} {self.aar}"

    def get_absolute_url(self) -> str:
        return reverse("takster:skema", kwargs={"pk": self.pk})

    @property
    def aar(self) -> int:
        return self.indberetning.runde.aar

    @property
    def taksttype(self) -> str:
        """The register's as long as the driftsherre may change the form, then what it was handed in as."""
        return self.indsendt_taksttype or self.ydelse.taksttype

    @property
    def har_grundlag(self) -> bool:
        """T33, T35: supplements and individual tariffs have no budget of their own in the form."""
        return self.type_med_grundlag(self.taksttype)

    @staticmethod
    def type_med_grundlag(taksttype: str) -> bool:
        return taksttype not in (Taksttype.TILLAEG, Taksttype.INDIVIDUEL)

    @property
    def sagsnummer(self) -> str:
        return sagsnummer(self.aar, self.pk)

    @property
    def driftsherre(self):
        return self.indberetning.driftsherre

    @property
    def er_redigerbar(self) -> bool:
        return self.tilstand in REDIGERBARE

    @property
    def er_afgivet(self) -> bool:
        return self.tilstand in AFGIVNE

    def vindue_aabent(self, dato: dt.date) -> bool:
        """T13: may the driftsherre change or submit the form on that date?"""
        return self.indberetning.er_aaben(dato) or (self.genaabnet_til is not None and dato <= self.genaabnet_til)

    def rettes_senest(self) -> dt.date | None:
        """The last day that counts for this form: the round's deadline or a later opening."""
        datoer = [self.indberetning.runde.frist, self.indberetning.genaabnet_til, self.genaabnet_til]
        return max((dato for dato in datoer if dato is not None), default=None)

    def beloeb(self) -> dict[str, Decimal]:
        """Amounts by line code, only the lines that are entered; uses what is fetched."""
        if self.hentede_beloeb is not None:
            return dict(self.hentede_beloeb)
        return {linje.post: linje.beloeb for linje in self.linjer.all()}


class Takstlinje(models.Model):
    """The budgeted amount of one cost line (T42); a line without a row is not entered."""

    skema = models.ForeignKey(Takstskema, on_delete=models.CASCADE, related_name="linjer", verbose_name="takstskema")
    post = models.CharField("post", max_length=4, choices=POSTVALG)
    beloeb = models.DecimalField("beløb i kr.", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "takstlinje"
        verbose_name_plural = "takstlinjer"
        ordering = ["skema_id", "post", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["skema", "post"], name="takstlinje_unik"),
            Kontrol(name="takstlinje_post_kendt", condition=Q(post__in=[kode for kode, _ in POSTVALG])),
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.beloeb}"


class Takstkladde(models.Model):
    """What one user has typed in a takstskema and not saved yet, exactly as typed; kept until they save or drop it."""

    skema = models.ForeignKey(Takstskema, on_delete=models.CASCADE, related_name="kladder", verbose_name="takstskema")
    bruger = models.ForeignKey("kerne.Bruger", on_delete=models.CASCADE, related_name="+")
    # The version of the takstskema the text was typed on top of.
    version = models.PositiveIntegerField("version")
    data = models.JSONField("felter", default=dict)
    gemt_tidspunkt = models.DateTimeField("gemt", default=timezone.now)

    class Meta:
        verbose_name = "ikke gemt kladde"
        verbose_name_plural = "ikke gemte kladder"
        constraints = [models.UniqueConstraint(fields=["skema", "bruger"], name="takstkladde_unik")]

    def __str__(self) -> str:
        return f"Kladde til {self.skema_id}"
