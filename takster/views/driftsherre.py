"""One driftsherre's indberetning in a round: its forms, its overhead method, and openings after the deadline."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST

from socialaftale.kerne import haandbog
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import saml_fejl, svar_med_formular, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from socialaftale.kerne.templatetags import dansk
from takster import adgang as regler
from takster.adgang import kun_indberetter, maa_se_indberetning
from takster.enums import Skematilstand
from takster.filters import EgneSkemaerfilter
from takster.forms.trin import Genaabningsformular, Metodeformular
from takster.handlinger import runder, skemaer
from takster.klargoering import ydelser_i_runden
from takster.models import Indberetning, Takstskema
from takster.models.skema import REDIGERBARE
from takster.tables import Skematabel
from takster.views.indberetning import Skemalistevisning
from takster.ydelsesfund import ydelsesfund
from tilbud.models import Ydelse

# Findings on the register shown at a time below the list of forms.
FUND_PR_SIDE = 25


@kraev(maa_se_indberetning)
class Driftsherreside(Skemalistevisning):
    """One driftsherre's indberetning: its forms, how far it is, its overhead method, and openings."""

    filterset_class = EgneSkemaerfilter
    template_name = "takster/indberetning/driftsherre.html"
    tom_titel = "Der er ingen takstskemaer i runden"
    tom_tekst = "Når et tilbud i socialaftalen har en ydelse, får den et skema her."

    @cached_property
    def indberetning(self) -> Indberetning:
        return hent_indberetning(self.request, self.kwargs["aar"], self.kwargs["slug"])

    def get_titel(self) -> str:
        return f"Takster {self.indberetning.runde.aar}, {self.indberetning.driftsherre.navn}"

    def get_broedkrummer(self) -> list[tuple[str, str | None]]:
        runde = self.indberetning.runde
        return [
            ("Overblik", "/"),
            (f"Indberetning {runde.aar}", reverse("takster:indberetning_runde", kwargs={"aar": runde.aar})),
            (self.indberetning.driftsherre.navn, None),
        ]

    def get_queryset(self) -> QuerySet[Takstskema]:
        return self.synlige().filter(indberetning=self.indberetning)

    def get_table(self, **kwargs: Any) -> Skematabel:
        tabel = super().get_table(**kwargs)
        tabel.columns.hide("driftsherre")
        return tabel

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        i_dag, adgang, egen = timezone.localdate(), self.request.adgang, self.indberetning
        fundne = dict(
            Takstskema.objects.synlige_for(adgang)
            .filter(indberetning=egen)
            .order_by()
            .values_list("tilstand")
            .annotate(Count("pk"))
        )
        maa_oprette = regler.maa_oprette_skema(adgang, egen, i_dag)
        return {
            **super().get_context_data(**kwargs),
            "indberetning": egen,
            "runde": egen.runde,
            "er_aaben": egen.er_aaben(i_dag),
            "dage": egen.runde.dage_til_frist(i_dag),
            "status": status_i_ord(fundne),
            "maa_genaabne": regler.maa_genaabne_for_driftsherre(adgang, egen),
            "maa_rette_metode": regler.maa_rette_metode(adgang, egen, i_dag),
            "ser_linjer": regler.ser_linjer(adgang),
            "maa_hente": regler.maa_hente_skemabog(adgang),
            "maa_indsende_alle": adgang.er_driftsherre and any(fundne.get(tilstand) for tilstand in REDIGERBARE),
            "ydelsesfund": self._ydelsesfund(),
            "uden_skema": list(ydelser_uden_skema(egen)) if maa_oprette else [],
            "haendelser": list(Haendelse.objects.for_objekt(egen).synlige_for(adgang)),
        }

    def _ydelsesfund(self) -> Page | None:
        """A page of what the register lacks, with a place of its own in the address; None when nothing is lacking."""
        egen = self.indberetning
        if not regler.ser_linjer(self.request.adgang) or not egen.runde.regelsaet:
            return None
        fund = ydelsesfund(egen.driftsherre_id, egen.runde.aar, egen.runde.regelsaet.regler())
        return Paginator(fund, FUND_PR_SIDE).get_page(self.request.GET.get("fund")) if fund else None


def status_i_ord(fundne: dict[str, int]) -> list[tuple[str, str, str]]:
    """State, its label and its count, for the states there are."""
    return [
        (tilstand.value, tilstand.label, dansk.tal(fundne[tilstand.value]))
        for tilstand in Skematilstand
        if fundne.get(tilstand.value)
    ]


def hent_indberetning(request: HttpRequest, aar: int, slug: str) -> Indberetning:
    haandbog.saet_aar(request, aar)
    return get_object_or_404(
        Indberetning.objects.synlige_for(request.adgang).select_related("runde__regelsaet", "driftsherre"),
        runde__aar=aar,
        driftsherre__slug=slug,
    )


def ydelser_uden_skema(indberetning_: Indberetning) -> QuerySet[Ydelse]:
    """Ydelser of the year that came after the round opened."""
    return (
        ydelser_i_runden(indberetning_.runde.aar)
        .filter(tilbud__driftsherre=indberetning_.driftsherre_id)
        .exclude(takstskemaer__indberetning=indberetning_)
        .order_by("tilbud__navn", "raekkefoelge", "pk")
    )


@kraev(maa_se_indberetning)
@require_POST
def opret_skema(request: HttpRequest, aar: int, slug: str) -> HttpResponse:
    """A form for a ydelse that came later; its number comes from the list on the page."""
    egen = hent_indberetning(request, aar, slug)
    valgt = request.POST.get("ydelse", "")
    ydelse = next((en for en in ydelser_uden_skema(egen) if str(en.pk) == valgt), None)
    if ydelse is None:
        raise Http404
    skema = skemaer.opret_skema(egen, ydelse, adgang=request.adgang)
    messages.success(request, f"Der er nu et takstskema for {ydelse.tilbud.navn}, {ydelse.navn}.")
    return redirect(skema)


@kraev(kun_indberetter)
def metode(request: HttpRequest, aar: int, slug: str) -> HttpResponse:
    """T55: how the driftsherre finds its share of central administration; what is typed too late is shown."""
    egen = hent_indberetning(request, aar, slug)
    formular = Metodeformular(
        request.POST if request.method == "POST" else None,
        initial={"metode": egen.overhead_metode, "version": egen.version},
    )
    if not regler.maa_rette_metode(request.adgang, egen, timezone.localdate()):
        if request.method == "POST":
            return _metodeside(request, egen, formular, status=409, lukket=True)
        messages.info(request, "Indberetningen er lukket, så metoden kan ikke rettes.")
        return redirect(egen)
    if request.method == "POST" and formular.is_valid():
        try:
            runder.ret_metode(egen, adgang=request.adgang, **formular.cleaned_data)
        except Versionskonflikt as konflikt:
            # Saving again from this page is on top of the newest version, so it is deliberate.
            nyeste = konflikt.nyeste
            formular.data = {**request.POST.dict(), "version": str(nyeste.version)}
            return _metodeside(request, nyeste, formular, status=409, konflikt=True)
        messages.success(request, "Metoden er gemt.")
        return redirect(egen)
    return _metodeside(request, egen, formular, status=422 if formular.errors else 200)


def _metodeside(
    request: HttpRequest,
    egen: Indberetning,
    formular: Metodeformular,
    *,
    status: int,
    konflikt: bool = False,
    lukket: bool = False,
) -> HttpResponse:
    fejl = saml_fejl([formular]) if status == 422 else []
    kontekst = {
        "formular": formular,
        "indberetning": egen,
        "konflikt": konflikt,
        "lukket": lukket,
        "skrevet": formular.data.get("metode", ""),
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": _krummer(egen, "Central administration"),
    }
    return render(request, "takster/indberetning/metode.html", kontekst, status=status)


@kraev(maa_se_indberetning)
def genaabn(request: HttpRequest, aar: int, slug: str) -> HttpResponse:
    """T13: a later deadline for this driftsherre alone, or an opening after the deadline."""
    egen = hent_indberetning(request, aar, slug)
    if not regler.maa_genaabne_for_driftsherre(request.adgang, egen):
        messages.info(request, "Indberetningen kan ikke genåbnes nu.")
        return redirect(egen)
    i_dag = timezone.localdate()
    forlaenger = egen.runde.er_aaben(i_dag)
    formular = Genaabningsformular(request.POST if request.method == "POST" else None)
    formular.fields["til"].tidligst = i_dag
    if request.method == "POST" and formular.is_valid():
        try:
            runder.genaabn_for_driftsherre(egen, adgang=request.adgang, **formular.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            gjort = "Fristen er forlænget" if forlaenger else "Indberetningen er genåbnet"
            messages.success(request, f"{gjort} for {egen.driftsherre.navn}, som har fået en mail.")
            return redirect(egen)
    return svar_med_formular(
        request,
        "takster/indberetning/genaabn.html",
        [formular],
        {
            "formular": formular,
            "indberetning": egen,
            "forlaenger": forlaenger,
            "broedkrummer": _krummer(egen, "Forlæng" if forlaenger else "Genåbn"),
        },
    )


def _krummer(egen: Indberetning, titel: str) -> list[tuple[str, str | None]]:
    return [
        ("Overblik", "/"),
        (f"Indberetning {egen.runde.aar}", reverse("takster:indberetning_runde", kwargs={"aar": egen.runde.aar})),
        (egen.driftsherre.navn, egen.get_absolute_url()),
        (titel, None),
    ]
