"""The ledgers of set-asides: all driftsherrer, one account, use and counter-entries, expiry; levels of accounts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.formularer import svar_med_formular, vis_fejl
from socialaftale.kerne.models import Haendelse, Organisation
from socialaftale.kerne.templatetags import dansk
from takster import adgang_resultat as regler
from takster import hentning_resultat as hentning
from takster.adgang_resultat import maa_bruge_hensat, maa_se_resultater
from takster.forms.resultat import Begrundelsesformular, Forbrugsformular, Niveauformular
from takster.handlinger import hensaettelser as handlinger
from takster.handlinger.regnskaber import vaelg_niveau
from takster.models import Hensaettelsespost, Reguleringspligt
from takster.models.hensaettelse import KONTOLAESERE
from takster.regneark import hensaettelser as regneark
from takster.views.faelles import trinlinjer
from takster.visning_resultat import NIVEAU_I_ORD, antal_manglende, bevaegelser
from tilbud.models import Tilbud


def krummer(*mere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [("Overblik", "/"), ("Hensættelser", reverse("takster:hensaettelser")), *mere]


def konto_url(driftsherre: Organisation) -> str:
    return reverse("takster:konto", kwargs={"slug": driftsherre.slug})


def synlige_driftsherrer(request: HttpRequest) -> Any:
    """The driftsherre and its auditor their own; the others that may see ledgers all."""
    alle = Organisation.objects.driftsherrer()
    if request.adgang.er_sekretariat or request.adgang.har(*KONTOLAESERE):
        return alle
    return alle.filter(pk=getattr(request.adgang.organisation, "pk", None))


def hent_driftsherre(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(synlige_driftsherrer(request), slug=slug)


@kraev(maa_se_resultater)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """Every driftsherre's balance, what expires, and what the tariffs still lack."""
    i_dag = timezone.localdate()
    graenser = hentning.regler_for(i_dag.year)
    driftsherrer = list(synlige_driftsherrer(request))
    konti = hentning.konti([en.pk for en in driftsherrer], i_dag, graenser)
    pligter = hentning.pligtstatus(Reguleringspligt.objects.gyldige().synlige_for(request.adgang))
    mangler = antal_manglende(i_dag.year - 1)
    raekker = [
        {
            "driftsherre": en,
            "status": konti[en.pk],
            "advarsler": len(konti[en.pk].fund),
            "til_taksten": sum(status.rest for status in pligter if status.pligt.driftsherre_id == en.pk),
            "mangler": mangler.get(en.pk, 0),
        }
        for en in driftsherrer
    ]
    return render(
        request,
        "takster/hensaettelser/liste.html",
        {
            "raekker": raekker,
            "aar": i_dag.year - 1,
            "er_eksempel": Hensaettelsespost.objects.filter(er_eksempel=True).exists(),
            "broedkrummer": krummer()[:-1] + [("Hensættelser", None)],
        },
    )


def _konto(request: HttpRequest, driftsherre: Organisation) -> dict[str, Any]:
    """What page and workbook show; six queries."""
    i_dag = timezone.localdate()
    graenser = hentning.regler_for(i_dag.year)
    # Who took an entry back is shown beside the entry itself.
    poster = list(
        Hensaettelsespost.objects.filter(driftsherre=driftsherre).select_related("tilbud", "regnskab__tilbud")
    )
    return {
        "driftsherre": driftsherre,
        "pr": i_dag,
        "status": hentning.kontostatus(driftsherre.pk, i_dag, graenser),
        "linjer": bevaegelser(poster),
        "pligter": hentning.pligtstatus(
            Reguleringspligt.objects.gyldige().filter(driftsherre=driftsherre).select_related("tilbud")
        ),
        "renter": hentning.renteopgoerelse(driftsherre.pk, i_dag.year - 1, graenser),
        "er_eksempel": any(post.er_eksempel for post in poster),
    }


@kraev(maa_se_resultater)
@require_GET
def konto(request: HttpRequest, slug: str) -> HttpResponse:
    """One driftsherre's account: what is left and until when, every movement, obligations and interest."""
    driftsherre = hent_driftsherre(request, slug)
    kontekst = _konto(request, driftsherre)
    status, renter = kontekst["status"], kontekst["renter"]
    return render(
        request,
        "takster/hensaettelser/konto.html",
        {
            **kontekst,
            "noegletal": [
                {"tal": dansk.kroner(status.saldo, 0), "tekst": "hensat, der kan bruges"},
                {"tal": dansk.kroner(status.brugt, 0), "tekst": "brugt"},
                {"tal": dansk.kroner(status.udloebet, 0), "tekst": "udløbet"},
                {"tal": dansk.kroner(renter.i_alt), "tekst": "renter af hensatte overskud"},
            ],
            "trin": trinlinjer([status.trin(), *(rente.trin for rente in renter.renter)]),
            "niveau": NIVEAU_I_ORD[hentning.niveau_for(driftsherre.pk, kontekst["pr"].year)],
            "maa_forbruge": regler.maa_forbruge(request.adgang, driftsherre.pk),
            "maa_vaelge_niveau": regler.maa_vaelge_niveau(request.adgang, driftsherre.pk),
            "er_sekretariat": request.adgang.er_sekretariat,
            "har_udloebne": any(fund.kode == "hensaettelse_udloebet" for fund in status.fund),
            "haendelser": list(Haendelse.objects.for_objekt(driftsherre).synlige_for(request.adgang)),
            "broedkrummer": krummer((driftsherre.navn, None)),
        },
    )


@kraev(maa_se_resultater)
@require_GET
def excel(request: HttpRequest, slug: str) -> HttpResponse:
    """The account as a workbook."""
    kontekst = _konto(request, hent_driftsherre(request, slug))
    data = regneark.byg(
        kontekst["driftsherre"],
        kontekst["status"],
        kontekst["linjer"],
        kontekst["pligter"],
        kontekst["renter"],
        pr=kontekst["pr"],
        er_eksempel=kontekst["er_eksempel"],
    )
    return svar.fil(f"hensaettelser-{slug}.xlsx", MIMETYPER["xlsx"], data)


@kraev(maa_bruge_hensat)
def brug(request: HttpRequest, slug: str) -> HttpResponse:
    """T24: enter a use with purpose and target."""
    driftsherre = hent_driftsherre(request, slug)
    formular = Forbrugsformular(
        request.POST if request.method == "POST" else None,
        tilbud=Tilbud.objects.filter(driftsherre=driftsherre).order_by("navn", "pk"),
    )
    if request.method == "POST" and formular.is_valid():
        try:
            handlinger.brug(driftsherre, adgang=request.adgang, **formular.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Forbruget er bogført.")
            return redirect(konto_url(driftsherre))
    i_dag = timezone.localdate()
    return svar_med_formular(
        request,
        "takster/hensaettelser/brug.html",
        [formular],
        {
            "formular": formular,
            "driftsherre": driftsherre,
            "status": hentning.kontostatus(driftsherre.pk, i_dag, hentning.regler_for(i_dag.year)),
            "broedkrummer": krummer((driftsherre.navn, konto_url(driftsherre)), ("Bogfør forbrug", None)),
        },
    )


@kraev(kun_sekretariat)
def tag_tilbage(request: HttpRequest, pk: int) -> HttpResponse:
    """A use entered by mistake is taken back by a counter-entry with its reason; nothing is changed or deleted."""
    modposter = Hensaettelsespost.objects.filter(modposterer=OuterRef("pk"))
    post = get_object_or_404(
        Hensaettelsespost.objects.synlige_for(request.adgang)
        .annotate(er_ophaevet=Exists(modposter))
        .select_related("driftsherre", "tilbud"),
        pk=pk,
    )
    if post.er_ophaevet or not regler.maa_modpostere(request.adgang, post):
        messages.info(request, "Posten kan ikke tages tilbage.")
        return redirect(konto_url(post.driftsherre))
    formular = Begrundelsesformular(
        request.POST if request.method == "POST" else None,
        label="Hvorfor tages posten tilbage?",
        mangler="Skriv, hvorfor posten tages tilbage",
    )
    if request.method == "POST" and formular.is_valid():
        try:
            handlinger.tag_tilbage(post, adgang=request.adgang, **formular.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Posten er taget tilbage med en modpost.")
            return redirect(konto_url(post.driftsherre))
    return svar_med_formular(
        request,
        "takster/hensaettelser/tag_tilbage.html",
        [formular],
        {
            "formular": formular,
            "post": post,
            "broedkrummer": krummer((post.driftsherre.navn, konto_url(post.driftsherre)), ("Tag tilbage", None)),
        },
    )


@kraev(kun_sekretariat)
@require_POST
def udloebne(request: HttpRequest, slug: str) -> HttpResponse:
    """T24: return what was not used in time through the tariffs."""
    driftsherre = hent_driftsherre(request, slug)
    pligter = handlinger.foer_udloebne_tilbage(driftsherre, adgang=request.adgang)
    if pligter:
        messages.success(request, "Det udløbne føres tilbage i taksterne. Linjerne står i takstskemaerne.")
    else:
        messages.info(request, "Der er ikke noget udløbet, der mangler at blive ført tilbage.")
    return redirect(konto_url(driftsherre))


@kraev(maa_bruge_hensat)
def niveau(request: HttpRequest, slug: str) -> HttpResponse:
    """T30: account for another level from a year on, with the reason."""
    driftsherre = hent_driftsherre(request, slug)
    if not regler.maa_vaelge_niveau(request.adgang, driftsherre.pk):
        raise Http404
    formular = Niveauformular(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formular.is_valid():
        try:
            vaelg_niveau(driftsherre, adgang=request.adgang, **formular.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Niveauet er valgt.")
            return redirect(konto_url(driftsherre))
    return svar_med_formular(
        request,
        "takster/hensaettelser/niveau.html",
        [formular],
        {
            "formular": formular,
            "driftsherre": driftsherre,
            "niveau": NIVEAU_I_ORD[hentning.niveau_for(driftsherre.pk, timezone.localdate().year)],
            "broedkrummer": krummer((driftsherre.navn, konto_url(driftsherre)), ("Opgørelsesniveau", None)),
        },
    )
