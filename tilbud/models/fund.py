"""What the checks of the register found, kept so that the desk can count and list it at any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from socialaftale.kerne.begraensning import Kontrol
from tilbud.beregning.omfattet import Fundart, Niveau
from tilbud.fundtekster import FUNDTEKSTER
from tilbud.models.tilbud import Tilbud

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

ARTER = [(art.value, FUNDTEKSTER[art].titel) for art in Fundart]
NIVEAUER = [(Niveau.FEJL.value, "Fejl"), (Niveau.ADVARSEL.value, "Advarsel"), (Niveau.MANGLER.value, "Mangler")]


class TilbudsfundQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> TilbudsfundQuerySet:
        """The desk is the secretariat's."""
        return self if adgang.er_sekretariat else self.none()

    def antal_tilbud_pr_niveau(self) -> dict[Niveau, int]:
        """How many *tilbud* have at least one finding of the level."""
        taelling = self.order_by().values("niveau").annotate(antal=Count("tilbud", distinct=True))
        kendte = {Niveau(linje["niveau"]): linje["antal"] for linje in taelling}
        return {niveau: kendte.get(niveau, 0) for niveau in Niveau}

    def antal_pr_art_og_niveau(self) -> dict[tuple[Fundart, Niveau], int]:
        """How many *tilbud* have each kind of finding, in the order of the checks; kinds nobody has are left out."""
        taelling = self.order_by().values("art", "niveau").annotate(antal=Count("pk"))
        kendte = {(Fundart(linje["art"]), Niveau(linje["niveau"])): linje["antal"] for linje in taelling}
        raekkefoelge = list(FUNDTEKSTER)
        return dict(sorted(kendte.items(), key=lambda par: raekkefoelge.index(par[0][0])))


class Tilbudsfund(models.Model):
    """One finding on one *tilbud* (T1-T3, or a gap); made again each time the *tilbud* is saved."""

    tilbud = models.ForeignKey(Tilbud, on_delete=models.CASCADE, related_name="fund", verbose_name="tilbud")
    art = models.CharField("fund", max_length=40, choices=ARTER)
    niveau = models.CharField("niveau", max_length=10, choices=NIVEAUER)
    regel = models.CharField("regel", max_length=10, blank=True)

    objects = TilbudsfundQuerySet.as_manager()

    class Meta:
        verbose_name = "fund"
        verbose_name_plural = "fund"
        ordering = ["tilbud_id", "pk"]
        indexes = [models.Index(fields=["art", "tilbud"], name="tilbudsfund_art")]
        constraints = [
            models.UniqueConstraint(fields=["tilbud", "art"], name="tilbudsfund_unikt"),
            Kontrol(name="tilbudsfund_art_kendt", condition=Q(art__in=[art for art, _ in ARTER])),
            Kontrol(name="tilbudsfund_niveau_kendt", condition=Q(niveau__in=[n for n, _ in NIVEAUER])),
        ]

    def __str__(self) -> str:
        return self.get_art_display()

    @property
    def forklaring(self) -> str:
        return FUNDTEKSTER[Fundart(self.art)].forklaring
