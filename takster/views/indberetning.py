"""Where a round stands: the driftsherre's own forms, and for the secretariat all driftsherrer and all forms."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import NullIf
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from socialaftale.kerne import regneark
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.tables import Tabel
from socialaftale.kerne.templatetags import dansk
from takster import adgang as regler
from takster import listetal
from takster.adgang import maa_se_indberetning
from takster.enums import Skematilstand
from takster.filters import FAERDIGE, HOS_DRIFTSHERREN, Afgivnefilter, Indberetningsfilter, Skemafilter
from takster.mangler import hent_mangler
from takster.models import Indberetning, Indberetningsrunde, PLsats, Rykker, Takstskema
from takster.models.runde import EGNE_LAESERE
from takster.models.skema import AFGIVNE, REDIGERBARE
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


# What tells of forms that are still on the driftsherre's desk, or of how the secretariat follows them up.
KOLONNER_OM_KLADDER = ("antal", "kladde", "sendt_retur", "andel", "rykket")


@kraev(maa_se_indberetning)
class Rundeoversigt(Listevisning):
    """Driftsherre by state for a round: the secretariat's control desk.

    A driftsherre sees its own line. DAS, takstgruppen and auditors see what is handed in; drafts are not counted for
    them, nor can they filter or sort by them.
    """

    table_class = Driftsherretabel
    template_name = "takster/indberetning/runde.html"
    enhed = "driftsherre,driftsherrer"
    tom_titel = "Runden har ingen driftsherrer endnu"
    tom_tekst = "Skemaerne laves, når runden åbner."

    @cached_property
    def runde(self) -> Indberetningsrunde:
        return get_object_or_404(
            Indberetningsrunde.objects.synlige_for(self.request.adgang).rigtige(), aar=self.kwargs["aar"]
        )

    @cached_property
    def ser_kladder(self) -> bool:
        return regler.ser_kladder(self.request.adgang)

    @cached_property
    def styrer(self) -> bool:
        """The one who may remind, extend and approve."""
        return regler.maa_rykke(self.request.adgang, self.runde)

    def get_titel(self) -> str:
        return f"Indberetning af takster {self.runde.aar}"

    def get_filterset_class(self) -> type[Indberetningsfilter]:
        return Indberetningsfilter if self.ser_kladder else Afgivnefilter

    def get_queryset(self) -> QuerySet[Indberetning]:
        synlige = Indberetning.objects.synlige_for(self.request.adgang).filter(runde=self.runde)
        tilstande = Skematilstand if self.ser_kladder else AFGIVNE
        synlige = synlige.select_related("driftsherre", "runde").annotate(
            **{tilstand.value: taelling(tilstand) for tilstand in tilstande}
        )
        if not self.ser_kladder:
            return synlige
        afgivne = Count("skemaer", filter=Q(skemaer__tilstand__in=AFGIVNE))
        return synlige.annotate(
            antal=Count("skemaer"),
            afgivne=afgivne,
            # For the order only; what is shown is computed from the two counts.
            andel_orden=afgivne * 1.0 / NullIf(Count("skemaer"), 0),
            rykket=Subquery(
                Rykker.objects.filter(indberetning=OuterRef("pk"))
                .order_by("-sendt_tidspunkt")
                .values("sendt_tidspunkt")[:1]
            ),
        )

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"exclude": () if self.ser_kladder else KOLONNER_OM_KLADDER, "kan_vaelge": self.styrer}

    def eksportkolonner(self, tabel: Tabel) -> list[regneark.Kolonne]:
        kolonner = super().eksportkolonner(tabel)
        if self.ser_kladder:
            kolonner.append(regneark.Kolonne("Åben til", lambda post: post.genaabnet_til, regneark.Art.DATO))
        return kolonner

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        optalt = self.optaelling()
        return {
            **super().get_context_data(**kwargs),
            "runde": self.runde,
            "noegletal": self.noegletal(optalt),
            "dage": self.runde.dage_til_frist(timezone.localdate()),
            "styrer": self.styrer,
            "ser_kladder": self.ser_kladder,
            "antal_indsendte": optalt[Skematilstand.INDSENDT],
            "antal_mangler": optalt["mangler"],
        }

    def optaelling(self) -> dict[str, int]:
        synlige = Takstskema.objects.synlige_for(self.request.adgang).filter(indberetning__runde=self.runde)
        fundne = dict(synlige.order_by().values_list("tilstand").annotate(Count("pk")))
        mangler = synlige.filter(tilstand__in=REDIGERBARE).values("indberetning").distinct().count()
        return {**{str(tilstand): fundne.get(tilstand, 0) for tilstand in Skematilstand}, "mangler": mangler}

    def noegletal(self, optalt: dict[str, int]) -> list[dict[str, str]]:
        def liste(tilstand: str) -> str:
            return reverse("takster:skemaer", query={"runde": self.runde.pk, "tilstand": tilstand})

        def tal(antal: int, tekst: str, url: str) -> dict[str, str]:
            return {"tal": dansk.tal(antal), "tekst": tekst, "url": url, "linktekst": "Se dem"}

        i_gang = sum(optalt[tilstand] for tilstand in REDIGERBARE)
        faerdige = optalt[Skematilstand.GODKENDT] + optalt[Skematilstand.OFFENTLIGGJORT]
        venter = tal(
            optalt[Skematilstand.INDSENDT],
            "indsendte skemaer venter på kontrol",
            liste(Skematilstand.INDSENDT.value),
        )
        godkendte = tal(faerdige, "skemaer er godkendt", liste(FAERDIGE))
        if not self.ser_kladder:
            return [venter, godkendte]
        return [
            venter,
            tal(i_gang, "skemaer er endnu hos driftsherren", liste(HOS_DRIFTSHERREN)),
            tal(optalt["mangler"], "driftsherrer mangler at indsende noget", "?status=mangler"),
            godkendte,
        ]

    def flere_faner(self, tabel: Tabel) -> list[regneark.Arkfane]:
        """The secretariat's workbook names every form that is missing, of the driftsherrer on the list."""
        if not self.styrer:
            return []
        valgte = {indberetning.pk for indberetning in tabel.data}
        raekker = [
            (mangel, skema)
            for mangel in hent_mangler(self.runde)
            if mangel.indberetning.pk in valgte
            for skema in mangel.skemaer
        ]
        return [regneark.Arkfane("Mangler", MANGELKOLONNER, raekker)]


MANGELKOLONNER = (
    regneark.Kolonne("Driftsherre", lambda par: par[0].driftsherre.navn, bredde=28),
    regneark.Kolonne("Tilbud", lambda par: par[1].tilbud, bredde=40),
    regneark.Kolonne("Ydelse", lambda par: par[1].ydelse, bredde=30),
    regneark.Kolonne("Status", lambda par: par[1].status),
    regneark.Kolonne("Frist", lambda par: par[0].frist, regneark.Art.DATO),
    regneark.Kolonne("Sag", lambda par: par[1].sagsnummer),
)


class Skemalistevisning(Listevisning):
    """Common to the lists of forms: the tariff of each row without a query per row."""

    table_class = Skematabel
    enhed = "takstskema,takstskemaer"

    def synlige(self) -> QuerySet[Takstskema]:
        return listetal.med_sidste_takst(listetal.til_tal(Takstskema.objects.synlige_for(self.request.adgang)))

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
