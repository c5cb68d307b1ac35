"""Reading cases: the list, one case, its documents, and who decides what."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from socialaftale.kerne import svar
from socialaftale.kerne.adgang import Adgang, kraev
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.models import Beslutning, Beslutningskompetence, Haendelse, Sag, Sagsbilag
from socialaftale.kerne.sager import adgang as regler
from socialaftale.kerne.sager import handlinger
from socialaftale.kerne.sager import kompetence as kompetencer
from socialaftale.kerne.sager.enums import Sagstilstand
from socialaftale.kerne.sager.filters import Sagsfilter
from socialaftale.kerne.sager.register import art_af
from socialaftale.kerne.sager.tables import Sagstabel
from socialaftale.kerne.sager.views.faelles import hent_sag, krummer, sagskrummer
from socialaftale.kerne.templatetags import dansk


@kraev(regler.maa_se_sager)
class Sagsliste(Listevisning):
    template_name = "sager/liste.html"
    table_class = Sagstabel
    filterset_class = Sagsfilter
    titel = "Sager"
    enhed = "sag,sager"
    tom_titel = "Der er ingen sager"
    tom_tekst = "En driftsherre søger om en ændring på tilbuddets eller takstens egen side."

    def get_queryset(self) -> QuerySet[Sag]:
        return Sag.objects.synlige_for(self.request.adgang).til_liste()


class Tidspunkt(NamedTuple):
    """One mark on the case's way."""

    dato: dt.date
    tekst: str
    note: str = ""


def _tidslinje(sag: Sag, beslutninger: list[Beslutning]) -> list[Tidspunkt]:
    """Milestones that every reader of the case may know; who typed what stands in the history."""
    linje = [Tidspunkt(timezone.localdate(sag.oprettet), "Kladde oprettet")]
    if sag.indsendt_tidspunkt:
        linje.append(Tidspunkt(timezone.localdate(sag.indsendt_tidspunkt), "Indsendt"))
    linje += [
        Tidspunkt(
            beslutning.dato,
            f"{beslutning.get_instans_display()}: {beslutning.get_udfald_display().lower()}",
            beslutning.reference,
        )
        for beslutning in beslutninger
    ]
    if sag.tilstand == Sagstilstand.PAA_DAGSORDEN:
        linje.append(Tidspunkt(sag.moededato, f"Møde i {sag.instans_i_saetning}", sag.moedepunkt))
    if sag.udfoert_tidspunkt:
        virkning = f"Virkning fra den {dansk.dato_lang(sag.virkningsdato)}"
        linje.append(Tidspunkt(timezone.localdate(sag.udfoert_tidspunkt), "Trådt i kraft", virkning))
    elif sag.tilstand == Sagstilstand.GODKENDT:
        linje.append(Tidspunkt(sag.virkningsdato, "Træder i kraft"))
    return linje


def _rettigheder(adgang: Adgang, sag: Sag) -> dict[str, bool]:
    """What the reader may do now; the template shows just that."""
    return {
        "maa_rette": regler.maa_rette(adgang, sag),
        "maa_indsende": regler.maa_indsende(adgang, sag),
        "maa_traekke": regler.maa_traekke(adgang, sag),
        "maa_sende_retur": regler.maa_sende_retur(adgang, sag),
        "maa_saette_paa_dagsorden": regler.maa_saette_paa_dagsorden(adgang, sag),
        "maa_registrere_beslutning": regler.maa_registrere_beslutning(adgang, sag),
    }


@kraev(regler.maa_se_sager)
@require_GET
def vis(request: HttpRequest, nummer: str) -> HttpResponse:
    """One case: what is applied for, what the checks say, documents, decisions and the way so far."""
    adgang: Adgang = request.adgang
    sag = hent_sag(request, nummer)
    art = art_af(sag)
    beslutninger = list(sag.beslutninger.select_related("dokument")) if sag.indsendt_tidspunkt else []
    fund = handlinger.kontroller(sag, sag.moededato) if sag.er_aaben else []
    er_kladde = sag.tilstand == Sagstilstand.KLADDE
    linje = kompetencer.for_sag(sag)
    rettigheder = _rettigheder(adgang, sag)
    kontekst: dict[str, Any] = {
        "sag": sag,
        "art": art,
        "indhold": art.vis(sag, adgang),
        "objekt_url": art.objekt_url(sag.objekt) if sag.objekt and art.ser_objekt(adgang, sag.objekt) else "",
        "fund": fund,
        "beslutninger": beslutninger,
        "bilag": sag.bilag.all(),
        "bilagsarter": dict(art.bilagsarter),
        "tidslinje": _tidslinje(sag, beslutninger),
        "kompetence": linje,
        "afgoeres_af": sag.get_instans_display() or linje.get_gaeldende_instans_display(),
        "vindue_lukket": er_kladde and not handlinger.vinduet_er_aabent(sag),
        "vindue": handlinger.vindue_for(sag) if er_kladde else None,
        "haendelser": Haendelse.objects.for_objekt(sag).synlige_for(adgang),
        "venter_paa_godkender": rettigheder["maa_rette"]
        and not rettigheder["maa_indsende"]
        and not adgang.er_sekretariat,
        "broedkrummer": sagskrummer(sag),
        **rettigheder,
    }
    return render(request, "sager/sag.html", kontekst)


@kraev(regler.maa_se_sager)
@require_GET
def bilag(request: HttpRequest, nummer: str, pk: int) -> HttpResponse:
    """A document of the case, for all who may see the case."""
    fundet = get_object_or_404(Sagsbilag.objects.select_related("dokument"), sag=hent_sag(request, nummer), pk=pk)
    return svar.dokument(fundet.dokument)


@kraev(regler.maa_se_sager)
@require_GET
def referat(request: HttpRequest, nummer: str, pk: int) -> HttpResponse:
    """The minutes behind a decision."""
    beslutning = get_object_or_404(
        Beslutning.objects.synlige_for(request.adgang).select_related("dokument"),
        sag=hent_sag(request, nummer),
        pk=pk,
    )
    if beslutning.dokument is None:
        raise Http404("The decision has no minutes.")
    return svar.dokument(beslutning.dokument)


@kraev(regler.maa_se_sager)
@require_GET
def kompetence(request: HttpRequest) -> HttpResponse:
    """T69: who decides what today, from the table the actions use."""
    linjer = list(Beslutningskompetence.objects.synlige_for(request.adgang).for_aar(timezone.localdate().year))
    return render(
        request,
        "sager/kompetence.html",
        {
            "linjer": [(linje, regler.maa_overlade(request.adgang, linje)) for linje in linjer],
            "fra_aar": linjer[0].fra_aar if linjer else None,
            "broedkrummer": krummer(("Hvem afgør hvad", None)),
        },
    )
