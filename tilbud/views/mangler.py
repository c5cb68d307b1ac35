"""The secretariat's desk: what the checks T1-T3 found and what the register does not know."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.lister import Listevisning
from tilbud.beregning.omfattet import Niveau
from tilbud.filters import Mangelfilter
from tilbud.fundtekster import FUNDTEKSTER
from tilbud.models import Tilbud, Tilbudsfund
from tilbud.models.fund import NIVEAUER
from tilbud.tables import Mangeltabel


@kraev(kun_sekretariat)
class Mangelliste(Listevisning):
    template_name = "tilbud/mangler.html"
    table_class = Mangeltabel
    filterset_class = Mangelfilter
    titel = "Mangler i registret"
    enhed = "tilbud,tilbud"
    tom_titel = "Registret mangler ikke noget"
    tom_tekst = "Alle tilbud har de oplysninger, kontrollen ser efter."

    def get_queryset(self) -> QuerySet[Tilbud]:
        return (
            Tilbud.objects.synlige_for(self.request.adgang)
            .filter(pk__in=Tilbudsfund.objects.synlige_for(self.request.adgang).values("tilbud"))
            .med_antal_fund()
            .select_related("driftsherre")
            .prefetch_related("fund")
        )

    def get_broedkrummer(self) -> list[tuple[str, str | None]]:
        return [("Overblik", "/"), ("Tilbud", reverse("tilbud:liste")), (self.titel, None)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        niveauer = dict(NIVEAUER)
        fund = Tilbudsfund.objects.synlige_for(self.request.adgang).antal_pr_art_og_niveau()
        grupper = [
            (
                niveauer[niveau.value],
                niveau.value,
                [(art.value, FUNDTEKSTER[art], antal) for (art, artens), antal in fund.items() if artens == niveau],
            )
            for niveau in Niveau
        ]
        return {
            **super().get_context_data(**kwargs),
            "grupper": [gruppe for gruppe in grupper if gruppe[2]],
            "valgt_art": self.request.GET.get("art", ""),
        }
