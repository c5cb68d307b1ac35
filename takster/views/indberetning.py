"""Where a round stands: the driftsherre's own forms, and for the secretariat all driftsherrer and all forms."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.templatetags import dansk
from takster import listetal
from takster.adgang import maa_se_indberetning
from takster.enums import Skematilstand
from takster.filters import FAERDIGE, HOS_DRIFTSHERREN, Indberetningsfilter, Skemafilter
from takster.models import Indberetning, Indberetningsrunde, PLsats, Takstskema
from takster.models.runde import EGNE_LAESERE
from takster.models.skema import REDIGERBARE
from takster.tables import Driftsherretabel, Skematabel


@kraev(maa_se_indberetning)
@require_GET
def indberetning(request: HttpRequest) -> HttpResponse:
    """To the present round: the driftsherre to its own forms, the others to the overview."""
    runde = Indberetningsrunde.objects.synlige_for(request.adgang).aktuel()
    if runde is None:
        return render(
            request, "takster/indberetning/ingen.html", {"broedkrummer": [("Overblik", "/"), ("Indberetning", None)]}
        )
    if request.adgang.har(*EGNE_LAESERE):
        egen = (
            Indberetning.objects.synlige_for(request.adgang)
            .filter(runde=runde)
            .select_related("driftsherre", "runde")
            .first()
        )
        if egen is None:
            return render(
                request,
                "takster/indberetning/ingen.html",
                {"broedkrummer": [("Overblik", "/"), ("Indberetning", None)], "runde": runde},
            )
        return redirect(egen)
    return redirect("takster:indberetning_runde", aar=runde.aar)


def taelling(tilstand: Skematilstand) -> Count:
    return Count("skemaer", filter=Q(skemaer__tilstand=tilstand))


@kraev(maa_se_indberetning)
class Rundeoversigt(Listevisning):
    """All driftsherrer of a round with their counts; a driftsherre sees its own line only."""

    table_class = Driftsherretabel
    filterset_class = Indberetningsfilter
    template_name = "takster/indberetning/runde.html"
    enhed = "driftsherre,driftsherrer"
    tom_titel = "Runden har ingen driftsherrer endnu"
    tom_tekst = "Skemaerne laves, når runden åbner."

    @cached_property
    def runde(self) -> Indberetningsrunde:
        return get_object_or_404(
            Indberetningsrunde.objects.synlige_for(self.request.adgang).rigtige(), aar=self.kwargs["aar"]
        )

    def get_titel(self) -> str:
        return f"Indberetning af takster {self.runde.aar}"

    def get_queryset(self) -> QuerySet[Indberetning]:
        return (
            Indberetning.objects.synlige_for(self.request.adgang)
            .filter(runde=self.runde)
            .select_related("driftsherre", "runde")
            .annotate(
                antal=Count("skemaer"),
                **{tilstand.value: taelling(tilstand) for tilstand in Skematilstand},
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        i_dag = timezone.localdate()
        taelling_ = self.optaelling()
        return {
            **super().get_context_data(**kwargs),
            "runde": self.runde,
            "noegletal": self.noegletal(taelling_),
            "dage": self.runde.dage_til_frist(i_dag),
        }

    def optaelling(self) -> dict[str, int]:
        synlige = Takstskema.objects.synlige_for(self.request.adgang).filter(indberetning__runde=self.runde)
        fundne = dict(synlige.order_by().values_list("tilstand").annotate(Count("pk")))
        mangler = synlige.filter(tilstand__in=REDIGERBARE).values("indberetning").distinct().count()
        return {**{str(tilstand): fundne.get(tilstand, 0) for tilstand in Skematilstand}, "mangler": mangler}

    def noegletal(self, taelling_: dict[str, int]) -> list[dict[str, str]]:
        def liste(tilstand: str) -> str:
            return reverse("takster:skemaer", query={"runde": self.runde.pk, "tilstand": tilstand})

        venter = taelling_[Skematilstand.INDSENDT]
        i_gang = sum(taelling_[tilstand] for tilstand in REDIGERBARE)
        faerdige = taelling_[Skematilstand.GODKENDT] + taelling_[Skematilstand.OFFENTLIGGJORT]
        return [
            {
                "tal": dansk.tal(venter),
                "tekst": "indsendte skemaer venter på kontrol",
                "url": liste(Skematilstand.INDSENDT.value),
                "linktekst": "Se dem",
            },
            {
                "tal": dansk.tal(i_gang),
                "tekst": "skemaer er endnu hos driftsherren",
                "url": liste(HOS_DRIFTSHERREN),
                "linktekst": "Se dem",
            },
            {
                "tal": dansk.tal(taelling_["mangler"]),
                "tekst": "driftsherrer mangler at indsende noget",
                "url": "?status=mangler",
                "linktekst": "Vis dem",
            },
            {
                "tal": dansk.tal(faerdige),
                "tekst": "skemaer er godkendt",
                "url": liste(FAERDIGE),
                "linktekst": "Se dem",
            },
        ]


class Skemalistevisning(Listevisning):
    """Common to the lists of forms: the tariff of each row without a query per row."""

    table_class = Skematabel
    enhed = "takstskema,takstskemaer"

    def synlige(self) -> QuerySet[Takstskema]:
        skemaer_ = (
            Takstskema.objects.synlige_for(self.request.adgang)
            .til_liste()
            .select_related("indberetning__runde__regelsaet")
            .prefetch_related("linjer")
        )
        return listetal.med_sidste_takst(skemaer_)

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"satser": PLsats.objects.som_vaerdier()}


@kraev(maa_se_indberetning)
class Skemaer(Skemalistevisning):
    """All forms the reader may see, across rounds and driftsherrer."""

    filterset_class = Skemafilter
    titel = "Takstskemaer"
    tom_titel = "Der er ingen takstskemaer at vise"
    tom_tekst = "Skemaerne laves, når sekretariatet åbner en runde."

    def get_queryset(self) -> QuerySet[Takstskema]:
        return self.synlige()

    def get_table_kwargs(self) -> dict[str, Any]:
        """The latest changed first: what the secretariat has not seen yet."""
        return {**super().get_table_kwargs(), "order_by": "-gemt"}

    def get_broedkrummer(self) -> list[tuple[str, str | None]]:
        return [("Overblik", "/"), ("Indberetning", reverse("takster:indberetning")), (self.titel, None)]
