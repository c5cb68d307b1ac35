"""The published tariffs: the public list, one tariff with its calculation, and the issued takstbilag."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from socialaftale.kerne import haandbog, svar
from socialaftale.kerne.adgang import Adgang, kraev, kun_sekretariat, offentlig
from socialaftale.kerne.job import koersel
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.sager.panel import om_objekter
from socialaftale.kerne.templatetags import dansk
from takster import adgang as regler
from takster import bilag
from takster.beregning.sager import vaegt_versioner
from takster.enums import Enhed, Oprindelse, Tillaegsmetode
from takster.filters import Takstfilter, takstaar
from takster.models import Takst, Takstskema
from takster.regneark.takster import FELTER, KOLONNER
from takster.sager import hentning as sagshentning
from takster.tables import Taksttabel
from takster.takstraekker import INDIVIDUEL, med_niveauer
from takster.views.faelles import ENHEDSORD, TAKSTORD, trinlinjer
from takster.views.runder import hent_runde
from tilbud.enums import Taksttype


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

    def eksportraekker(self, tabel: Taksttabel) -> Iterable[Any]:
        """T37: the levels of a differentiated tariff are rows of their own, as in the takstbilag."""
        takster = list(tabel.data)
        prefetch_related_objects(takster, "niveauer")
        return med_niveauer(takster)

    def get_noter(self) -> list[str]:
        return ["Takster efter styringsaftalen. Beløb i kroner. Månedspris = årspris / 12."]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "aar": self.aar,
            "maa_se_budget": regler.maa_se_budget(self.request.adgang),
            "maa_se_tillaegsaftaler": regler.maa_se_tillaegsaftaler(self.request.adgang),
            "dokumenter": bilag.udgivne(self.aar) if self.aar else [],
        }


@kraev(offentlig)
@require_GET
def vis(request: HttpRequest, aar: int, tilbud: str, ydelse: str) -> HttpResponse:
    """One published tariff with the calculation it was published with."""
    haandbog.saet_aar(request, aar)
    versioner = list(
        Takst.objects.synlige_for(request.adgang)
        .til_liste()
        .select_related("beregning", "skema")
        .prefetch_related("niveauer")
        .filter(aar=aar, tilbud__slug=tilbud, ydelse__slug=ydelse)
    )
    perioder = sagshentning.perioder(versioner)
    takst = _valgt(perioder, request.GET.get("version", ""))
    beregning = getattr(takst, "beregning", None)
    data = beregning.data if beregning else {}
    andre = (
        Takst.objects.gaeldende()
        .filter(ydelse=takst.ydelse_id)
        .exclude(aar=takst.aar)
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
                ("Taksttype", takst.get_taksttype_display()),
                ("Ligger i", takst.kommune.navn if takst.kommune else ""),
                ("Lovgrundlag", dansk.nbsp(str(takst.lovgrundlag or ""))),
                ("Gælder", f"{dansk.dato(takst.gyldig_fra)}–{dansk.dato(takst.gyldig_til)}"),
            ],
            "taksten": f"{TAKSTORD[enhed] if takst.grundlag is not None else 'Pris'} {takst.aar}",
            "enhedsord": "ATA-time" if takst.tillaeg_metode == Tillaegsmetode.ATA_TIME else ENHEDSORD[enhed],
            "prisord": INDIVIDUEL if takst.takst is None else "",
            "er_differentieret": takst.taksttype == Taksttype.DIFFERENTIERET,
            "kapacitetsord": KAPACITETSORD.get(enhed, "Pladser"),
            "formel": _formel(takst),
            "fakta": _fakta(takst),
            **_aendringer_i_aaret(request.adgang, takst, perioder, versioner),
            # The matrix: cost lines are not public, so the steps that sum them up (T16) stay with the form.
            "trin": [
                (et["navn"], et["resultat"], f"{et['formel']}: {et['indsat']}")
                for et in data.get("trin", [])
                if et["regel"] != "T16"
            ],
            "kilde": data.get("kilde") or data.get("regelsaet", ""),
            "andre_aar": list(andre.order_by("-aar")),
            "viser_ydelse": takst.tilbud.offentliggjort,
            "viser_skema": regler.maa_se_indberetning(request.adgang)
            and Takstskema.objects.synlige_for(request.adgang).filter(pk=takst.skema_id).exists(),
            "broedkrummer": [
                ("Overblik", "/"),
                (f"Takster {takst.aar}", reverse("takster:liste", query={"aar": takst.aar})),
                (takst.tilbud_navn, None),
            ],
        },
    )


KAPACITETSORD = {Enhed.TIME: "Kapacitetstimer om året", Enhed.ENHED: "Enheder om året"}


def _formel(takst: Takst) -> str:
    """The sentence above the steps, "" when nothing is computed."""
    if takst.takst is None:
        return ""
    if takst.taksttype == Taksttype.TILLAEG:
        return "Et tillæg koster det, der følger med det:"
    return "Takstberegningsgrundlag divideret med det, der forventes solgt:"


def _valgt(perioder: list[Takst], version: str) -> Takst:
    """The version in force, or an earlier one of the same year that held its part of it."""
    fundet = next((takst for takst in perioder if not version or str(takst.version) == version), None)
    if fundet is None:
        raise Http404("No such tariff.")
    return fundet


def _aendringer_i_aaret(adgang: Adgang, takst: Takst, perioder: list[Takst], versioner: list[Takst]) -> dict[str, Any]:
    """T68: the periods of the year with their tariffs, what is decided to come, and the cases for who may see them."""
    i_dag = timezone.localdate()
    kontekst: dict[str, Any] = {"perioder": [], "vaegtet": None, "kommende": None}
    if len(perioder) > 1:
        aarsdage = takst.dage if Enhed(takst.enhed) in (Enhed.DOEGN, Enhed.DAG) else None
        kontekst["perioder"] = perioder
        kontekst["vaegtet"] = vaegt_versioner(
            sagshentning.aarets_versioner(perioder), takstaar=takst.aar, aarsdage=aarsdage
        )
        kontekst["vaegtet_trin"] = trinlinjer(kontekst["vaegtet"].trin)
    if takst.er_gaeldende and takst.gyldig_til >= i_dag:
        kontekst["kommende"] = sagshentning.kommende_aendring(versioner, i_dag)
    om = om_objekter(adgang, {sagshentning.OBJEKTTYPE: {v.pk: "" for v in versioner}}, takst.driftsherre_id)
    if om:
        indberettet = takst.oprindelse == Oprindelse.INDBERETNING and takst.grundlag is not None
        kan_aendres = takst.er_gaeldende and takst.gyldig_til > i_dag and indberettet
        om["veje"] = [vej for vej in om["veje"] if kan_aendres and vej[1] == takst.pk]
    return {**kontekst, "sager": om if om and (om["sager"] or om["veje"]) else None}


def _fakta(takst: Takst) -> list[tuple[str, str]]:
    punkter: list[tuple[str, str]] = []
    if takst.grundlag is not None:
        punkter = [
            ("Takstberegningsgrundlag", dansk.kroner(takst.grundlag, 0)),
            (KAPACITETSORD.get(Enhed(takst.enhed), "Pladser"), dansk.tal(takst.kapacitet)),
            ("Budgetteret belægning", dansk.pct(takst.belaegning_pct, 2)),
            ("Direkte støttetimer om ugen", dansk.tal(takst.stoettetimer)),
        ]
    if takst.tillaeg_metode:
        punkter.append(("Prisen er fundet som", takst.get_tillaeg_metode_display()))
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
    if takst.afdeling:
        punkter.append(("Afdeling", takst.afdeling))
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
