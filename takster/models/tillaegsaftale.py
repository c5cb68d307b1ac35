"""An agreement on a supplement (*tillægsydelse*) between the handlekommune and the supplier (T41)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Rolle
from takster.enums import Tillaegsmetode

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

KOMMUNEROLLER = (Rolle.KOMMUNE_MYNDIGHED, Rolle.KOMMUNE_GODKENDER)


class TillaegsaftaleQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> TillaegsaftaleQuerySet:
        """The matrix, row "payment agreement": the parties their own, the secretariat all, nobody else any."""
        if adgang.er_sekretariat:
            return self
        if adgang.er_driftsherre:
            return self.filter(leverandoer=adgang.organisation)
        if adgang.har(*KOMMUNEROLLER):
            return self.filter(Q(handlekommune=adgang.organisation) | Q(betalingskommune=adgang.organisation))
        return self.none()

    def til_liste(self) -> TillaegsaftaleQuerySet:
        return self.select_related(
            "ydelse__tilbud", "leverandoer", "handlekommune", "betalingskommune", "oprettet_af", "set_af"
        )

    def skal_ses(self) -> TillaegsaftaleQuerySet:
        """T41: those whose betalingskommune is another than the handlekommune and has not marked them as seen."""
        return self.exclude(betalingskommune=F("handlekommune")).filter(set_tidspunkt__isnull=True)

    def skal_ses_af(self, adgang: Adgang) -> TillaegsaftaleQuerySet:
        """The task of the betalingskommune's people."""
        if not adgang.har(*KOMMUNEROLLER) or adgang.organisation is None:
            return self.none()
        return self.skal_ses().filter(betalingskommune=adgang.organisation)


class Tillaegsaftale(models.Model):
    """What is agreed: content and extent, price and period; never who it is about. A row is not changed afterwards."""

    ydelse = models.ForeignKey(
        "tilbud.Ydelse", on_delete=models.PROTECT, related_name="tillaegsaftaler", verbose_name="tillægsydelse"
    )
    # Who ran the tilbud when it was agreed.
    leverandoer = models.ForeignKey(
        "kerne.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="leverandør"
    )
    handlekommune = models.ForeignKey(
        "kerne.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="handlekommune"
    )
    betalingskommune = models.ForeignKey(
        "kerne.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="betalingskommune"
    )
    indhold = models.TextField("indhold og omfang", max_length=2000)
    metode = models.CharField("prisen er fundet som", max_length=20, choices=Tillaegsmetode)
    # Below 0: the supplement lowers the price (T35).
    pris = models.DecimalField("pris", max_digits=10, decimal_places=2)
    prisenhed = models.CharField("prisen gælder pr.", max_length=40)
    fra = models.DateField("gælder fra")
    # NULL: until the citizen's end date (T78).
    til = models.DateField("gælder til og med", null=True, blank=True)
    oprettet_tidspunkt = models.DateTimeField("oprettet", default=timezone.now)
    # NULL: made by the system (demo).
    oprettet_af = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # NULL: the betalingskommune has not seen it, or needs not to.
    set_tidspunkt = models.DateTimeField("set", null=True, blank=True)
    set_af = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    er_eksempel = models.BooleanField("eksempel", default=False)

    objects = TillaegsaftaleQuerySet.as_manager()

    class Meta:
        verbose_name = "tillægsaftale"
        verbose_name_plural = "tillægsaftaler"
        ordering = ["-oprettet_tidspunkt", "-pk"]
        indexes = [models.Index(fields=["-oprettet_tidspunkt", "-id"], name="tillaegsaftale_nyeste")]
        constraints = [
            Kontrol(name="tillaegsaftale_metode_kendt", condition=Q(metode__in=Tillaegsmetode.values)),
            Kontrol(
                name="tillaegsaftale_periode_i_orden",
                condition=Q(til__isnull=True) | Q(til__gte=F("fra")),
                violation_error_message="Den sidste dag skal ligge efter den første.",
            ),
            Kontrol(
                name="tillaegsaftale_har_en_pris",
                condition=~Q(pris=0),
                violation_error_message="Skriv en pris. Et fradrag skrives med minus.",
            ),
        ]

    def __str__(self) -> str:
        return f"Tillægsaftale {self.sagsnummer}"

    def get_absolute_url(self) -> str:
        return reverse("takster:tillaegsaftale", kwargs={"pk": self.pk})

    @property
    def sagsnummer(self) -> str:
        """What pages and mails call it."""
        return f"TA-{self.fra.year}-{self.pk:05}"

    @property
    def skal_underrettes(self) -> bool:
        """T41: another municipality pays than the one that acts, so it must be told."""
        return self.betalingskommune_id != self.handlekommune_id

    @property
    def mangler_at_blive_set(self) -> bool:
        return self.skal_underrettes and self.set_tidspunkt is None
