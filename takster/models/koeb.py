"""Who buys how much of a ydelse in a tariff year, as the driftsherre states it in the takstskema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Rolle
from takster.models.skema import AFGIVNE, Takstskema

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

# Who sees what their own municipality buys, once the driftsherre has handed in the form.
KOEBERROLLER = (Rolle.KOMMUNE_MYNDIGHED, Rolle.KOMMUNE_GODKENDER, Rolle.DAS_MEDLEM)


class KoebQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> KoebQuerySet:
        """The driftsherre its own forms'; the buyer its own purchases, never before the form is handed in."""
        if adgang.er_sekretariat:
            return self
        if adgang.har(Rolle.TAKSTGRUPPE):
            return self.afgivne()
        egne = self.filter(skema__indberetning__driftsherre=adgang.organisation)
        if adgang.er_driftsherre:
            return egne
        if adgang.har(Rolle.REVISOR):
            return egne.afgivne()
        if adgang.har(*KOEBERROLLER):
            return self.afgivne().filter(kommune=adgang.organisation)
        return self.none()

    def afgivne(self) -> KoebQuerySet:
        """Of forms that have left the driftsherre's desk."""
        return self.filter(skema__tilstand__in=AFGIVNE)


class Koeb(models.Model):
    """What one municipality, in the region or outside it (T8), buys of the ydelse of a takstskema.

    `maengde` is whole-year places where the tariff is per døgn or dag, otherwise hours or units; 0 is nothing.
    """

    skema = models.ForeignKey(Takstskema, on_delete=models.CASCADE, related_name="koeb", verbose_name="takstskema")
    kommune = models.ForeignKey(
        "kerne.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="kommune"
    )
    maengde = models.DecimalField("mængde", max_digits=10, decimal_places=2)

    objects = KoebQuerySet.as_manager()

    class Meta:
        verbose_name = "køb"
        verbose_name_plural = "køb"
        ordering = ["skema_id", "kommune__raekkefoelge", "kommune__navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["skema", "kommune"],
                name="koeb_unikt",
                violation_error_message="Kommunen står allerede på listen.",
            ),
            Kontrol(
                name="koeb_ikke_negativt",
                condition=Q(maengde__gte=0),
                violation_error_message="Mængden skal være 0 eller mere.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kommune_id}: {self.maengde}"
