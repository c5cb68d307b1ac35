"""The published tariffs: the public list, one tariff with its calculation, and the issued takstbilag."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev, kun_sekretariat, offentlig
from socialaftale.kerne.job import koersel
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.templatetags import dansk
from takster import adgang as regler
from takster import bilag
from takster.enums import Enhed
from takster.filters import Takstfilter, takstaar
from takster.models import Takst, Takstskema
from takster.regneark.takster import FELTER, KOLONNER
from takster.tables import Taksttabel
from takster.views.faelles import ENHEDSORD, TAKSTORD
from takster.views.runder import hent_runde


@kraev(offentlig)
class Takstliste(Listevisning):
    """Published tariffs; without a choice of year the newest."""

    table_class = Taksttabel
    filterset_class = Takstfilter
    template_name = "takster/liste.html"
    enhed = "takst,takster"
    tom_titel = "Der er ingen offentliggjorte takster endnu"
    tom_tekst = "Taksterne kommer her, når sekretariatet har offentliggjort dem."

    def get_titel(self) -> str:
        return f"Takster {self.aar}" if self.aar else "Takster"

    @property
    def aar(self) -> int | None:
        """The year the list shows."""
        if not hasattr(self, "_aar"):
            valgt = self.request.GET.get("aar", "")
            er_aar = valgt.isascii() and valgt.isdigit()
            self._aar = int(valgt) if er_aar else next(iter(takstaar(self.request)), None)
        return self._aar

    def get_queryset(self) -> QuerySet[Takst]:
        takster = Takst.objects.synlige_for(self.request.adgang).gaeldende().til_liste()
        return takster if "aar" in self.request.GET or self.aar is None else takster.filter(aar=self.aar)

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        """The box shows the year that is listed, also when nobody chose one."""
        kwargs = super().get_filterset_kwargs(filterset_class)
        if kwargs["data"] is not None and "aar" not in kwargs["data"] and self.aar:
            data = kwargs["data"].copy()
            data["aar"] = str(self.aar)
            kwargs["data"] = data
        return kwargs

    def eksportkolonner(self, tabel: Taksttabel) -> list[Any]:
        return list(KOLONNER)

    def get_noter(self) -> list[str]:
        return ["Takster efter styringsaftalen. Beløb i kroner. Månedspris = årspris / 12."]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "aar": self.aar,
            "maa_se_budget": regler.maa_se_budget(self.request.adgang),
            "dokumenter": bilag.udgivne(self.aar) if self.aar else [],
        }


@kraev(offentlig)
@require_GET
def vis(request: HttpRequest, aar: int, tilbud: str, ydelse: str) -> HttpResponse:
    """One published tariff with the calculation it was published with."""
    takst = get_object_or_404(
        Takst.objects.synlige_for(request.adgang).gaeldende().til_liste().select_related("beregning", "skema"),
        aar=aar,
        tilbud__slug=tilbud,
        ydelse__slug=ydelse,
    )
    beregning = getattr(takst, "beregning", None)
    data = beregning.data if beregning else {}
    andre = (
        Takst.objects.gaeldende()
        .filter(ydelse=takst.ydelse_id)
        .exclude(pk=takst.pk)
        .select_related("tilbud", "ydelse")
    )
    enhed = Enhed(takst.enhed)
    return render(
        request,
        "takster/takst.html",
        {
            "takst": takst,
            "meta": [
                ("Driftsherre", takst.driftsherre.navn),
                ("Ligger i", takst.kommune.navn if takst.kommune else ""),
                ("Lovgrundlag", dansk.nbsp(str(takst.lovgrundlag or ""))),
                ("Gælder", f"{dansk.dato(takst.gyldig_fra)}–{dansk.dato(takst.gyldig_til)}"),
            ],
            "taksten": f"{TAKSTORD[enhed]} {takst.aar}",
            "enhedsord": ENHEDSORD[enhed],
            "fakta": _fakta(takst),
            # The matrix: cost lines are not public, so the steps that sum them up (T16) stay with the form.
            "trin": [
                (et["navn"], et["resultat"], f"{et['formel']}: {et['indsat']}")
                for et in data.get("trin", [])
                if et["regel"] != "T16"
            ],
            "kilde": data.get("kilde") or data.get("regelsaet", ""),
            "andre_aar": list(andre.order_by("-aar")),
            "viser_skema": regler.maa_se_indberetning(request.adgang)
            and Takstskema.objects.synlige_for(request.adgang).filter(pk=takst.skema_id).exists(),
            "broedkrummer": [
                ("Overblik", "/"),
                (f"Takster {takst.aar}", reverse("takster:liste", query={"aar": takst.aar})),
                (takst.tilbud_navn, None),
            ],
        },
    )


def _fakta(takst: Takst) -> list[tuple[str, str]]:
    kapacitet = {
        Enhed.TIME: "Kapacitetstimer om året",
        Enhed.ENHED: "Enheder om året",
    }.get(Enhed(takst.enhed), "Pladser")
    punkter = [
        ("Takstberegningsgrundlag", dansk.kroner(takst.grundlag, 0)),
        (kapacitet, dansk.tal(takst.kapacitet)),
        ("Budgetteret belægning", dansk.pct(takst.belaegning_pct, 2)),
    ]
    if takst.dage:
        punkter.append(("Dage om året", dansk.tal(takst.dage)))
    if takst.pr_aar is not None:
        punkter += [
            ("Pris pr. plads pr. år", dansk.kroner(takst.pr_aar)),
            ("Pris pr. plads pr. måned", dansk.kroner(takst.pr_maaned)),
        ]
    if takst.forrige_takst is not None:
        punkter += [
            (f"Takst {takst.aar - 1}", dansk.kroner(takst.forrige_takst)),
            ("Ændring i samme priser (%)", dansk.aendring(takst.aendring_pct)),
        ]
    punkter += [("Målgruppe", takst.maalgruppe), ("Bemærkning", takst.bemaerkning)]
    return punkter


@kraev(offentlig)
@require_GET
def bilagsliste(request: HttpRequest) -> HttpResponse:
    """All issued takstbilag, newest year first."""
    return render(
        request,
        "takster/bilag.html",
        {
            "aargange": bilag.aargange(),
            "broedkrummer": [("Overblik", "/"), ("Takster", reverse("takster:liste")), ("Takstbilag", None)],
        },
    )


@kraev(offentlig)
@require_GET
def bilagsfil(
    request: HttpRequest, aar: int, form: str, driftsherre: str = "", version: int | None = None
) -> HttpResponse:
    """The file of a version, or of the newest one, byte for byte as it was issued."""
    dokument = bilag.find_fil(aar, form, driftsherre, version)
    if dokument is None:
        raise Http404
    return svar.dokument(dokument, vis=form == "pdf")


@kraev(offentlig)
@require_GET
def dataordbog(request: HttpRequest) -> HttpResponse:
    """What each field of the CSV, Excel and JSON files means, for those who read them into their own systems."""
    return render(
        request,
        "takster/dataordbog.html",
        {
            "felter": FELTER,
            "nyeste": next(iter(bilag.aargange()), None),
            "broedkrummer": [("Overblik", "/"), ("Takster", reverse("takster:liste")), ("Takstdata", None)],
        },
    )


@kraev(kun_sekretariat)
@require_POST
def udsted_bilag(request: HttpRequest, aar: int) -> HttpResponse:
    """Issue the takstbilag of a published year as a job."""
    runde = hent_runde(request, aar)
    if not regler.maa_udstede_takstbilag(request.adgang, runde):
        messages.warning(request, "Taksterne skal være offentliggjort, før takstbilaget kan udstedes.")
        return redirect(runde)
    job = koersel.start(
        request.adgang,
        bilag.JOB,
        titel=f"Takstbilag {aar}",
        noegle=f"{bilag.JOB}:{aar}",
        parametre={"aar": aar},
    )
    return redirect("kerne:job", pk=job.pk)
