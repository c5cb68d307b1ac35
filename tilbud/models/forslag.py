"""Proposals for changes to the register, made by a *tilbud*'s own *driftsherre*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.models import Bruger, Organisation
from tilbud.enums import Forslagstilstand
from tilbud.models.tilbud import Tilbud

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

INDSENDTE = [Forslagstilstand.INDSENDT, Forslagstilstand.GODKENDT, Forslagstilstand.AFVIST]
AFGJORTE = [Forslagstilstand.GODKENDT, Forslagstilstand.AFVIST]


class TilbudsforslagQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> TilbudsforslagQuerySet:
        """The secretariat sees what was submitted, a *driftsherre* all of its own; nobody else any."""
        if adgang.er_sekretariat:
            return self.exclude(tilstand=Forslagstilstand.KLADDE)
        if adgang.er_driftsherre and adgang.organisation:
            return self.filter(organisation=adgang.organisation)
        return self.none()

    def afventer(self) -> TilbudsforslagQuerySet:
        """Waits for the secretariat's decision."""
        return self.filter(tilstand=Forslagstilstand.INDSENDT)

    def aabne(self) -> TilbudsforslagQuerySet:
        """Draft or submitted: a *tilbud* has at most one of these."""
        return self.filter(tilstand__in=[Forslagstilstand.KLADDE, Forslagstilstand.INDSENDT])

    def til_liste(self) -> TilbudsforslagQuerySet:
        return self.select_related("tilbud", "organisation", "oprettet_af", "indsendt_af", "afgjort_af")


class Tilbudsforslag(models.Model):
    """What a *driftsherre* wants changed in its *tilbud*; the register changes only when the secretariat approves.

    `aendringer` maps field name to {"foer": …, "efter": …} with JSON values (organisations as primary keys), and
    "koebere:<year>" to the same with lists of municipalities and their "kilde".
    """

    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="forslag", verbose_name="tilbud")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="driftsherre"
    )
    tilstand = models.CharField("tilstand", max_length=20, choices=Forslagstilstand, default=Forslagstilstand.KLADDE)
    aendringer = models.JSONField("ændringer", default=dict)
    begrundelse = models.TextField("begrundelse", blank=True)
    # Counts the saves of the draft, so that two who write at once do not overwrite each other.
    version = models.PositiveIntegerField("version", default=1)
    oprettet = models.DateTimeField("oprettet", default=timezone.now)
    oprettet_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    indsendt_tidspunkt = models.DateTimeField("indsendt", null=True, blank=True)
    indsendt_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    afgjort_tidspunkt = models.DateTimeField("afgjort", null=True, blank=True)
    afgjort_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Why it was turned down; empty otherwise.
    afslagsgrund = models.TextField("begrundelse for afvisning", blank=True)

    objects = TilbudsforslagQuerySet.as_manager()

    class Meta:
        verbose_name = "forslag"
        verbose_name_plural = "forslag"
        ordering = ["-oprettet", "-pk"]
        constraints = [
            Kontrol(name="tilbudsforslag_tilstand_kendt", condition=Q(tilstand__in=Forslagstilstand.values)),
            Kontrol(
                name="tilbudsforslag_indsendt_har_tidspunkt",
                condition=(~Q(tilstand__in=INDSENDTE) | Q(indsendt_tidspunkt__isnull=False))
                & (~Q(tilstand=Forslagstilstand.KLADDE) | Q(indsendt_tidspunkt__isnull=True)),
            ),
            Kontrol(
                name="tilbudsforslag_afgjort_har_tidspunkt",
                condition=Q(tilstand__in=AFGJORTE, afgjort_tidspunkt__isnull=False)
                | (~Q(tilstand__in=AFGJORTE) & Q(afgjort_tidspunkt__isnull=True)),
            ),
            Kontrol(
                name="tilbudsforslag_afvist_har_grund",
                condition=(Q(tilstand=Forslagstilstand.AFVIST) & ~Q(afslagsgrund=""))
                | (~Q(tilstand=Forslagstilstand.AFVIST) & Q(afslagsgrund="")),
                violation_error_message="Skriv, hvorfor forslaget bliver afvist.",
            ),
            models.UniqueConstraint(
                fields=["tilbud"],
                condition=Q(tilstand__in=[Forslagstilstand.KLADDE, Forslagstilstand.INDSENDT]),
                name="tilbudsforslag_hoejst_et_aabent",
                violation_error_message="Tilbuddet har allerede et åbent forslag.",
            ),
        ]

    def __str__(self) -> str:
        return f"Forslag til {self.tilbud}"

    def get_absolute_url(self) -> str:
        return reverse("tilbud:forslag_detalje", kwargs={"pk": self.pk})
