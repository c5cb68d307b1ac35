"""Reading the library: by period, by search, and each document at its address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from socialaftale.aftale.adgang import redigerer
from socialaftale.aftale.bibliotek import dokumenter, hentning
from socialaftale.aftale.bibliotek.kontrakter import KONTRAKTER, Kontrakt
from socialaftale.aftale.bibliotek.models import FAELLES, Biblioteksdokument, Biblioteksnavn
from socialaftale.aftale.models import Aftale
from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.models import Dokument
from tilbud.models import Forstaerketmedlem
from tilbud.omfattede import omfattede as omfattede_tilbud
from tilbud.omfattede import periodens_aar, pladser_i_ord
from tilbud.regneark.tilbudsliste import byg_tilbudsliste
from tilbud.tal import forstaerkede_medlemmer

Krumme = tuple[str, str | None]
# Longer than any title; what is longer is cut.
SOEG_HOEJST = 100


def krummer(*flere: Krumme) -> list[Krumme]:
    return [("Bibliotek", reverse("bibliotek:liste")), *flere]


@kraev(offentlig)
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """The periods, what holds across them, and a search over titles."""
    soegning = request.GET.get("q", "").strip()[:SOEG_HOEJST]
    aar = timezone.localdate().year
    gaeldende, tidligere = hentning.perioder(aar)
    faelles = Biblioteksdokument.objects.synlige_for(request.adgang).i_brug().med_dokument().filter(periode="")
    return render(
        request,
        "bibliotek/liste.html",
        {
            "soegning": soegning,
            "fundne": hentning.soeg(soegning, request.adgang),
            "gaeldende": gaeldende,
            "i_kraft": any(post.aftale.fra_aar <= aar <= post.aftale.til_aar for post in gaeldende),
            "tidligere": tidligere,
            "grupper": hentning.i_grupper(faelles),
            "kontrakter": KONTRAKTER.values(),
            "maa_rette": redigerer(request.adgang),
            "broedkrummer": [("Bibliotek", None)],
        },
    )


def _aftale(periode: str) -> Aftale:
    aftaler = Aftale.objects.offentliggjorte().select_related(
        "gaeldende_udgave__dokument", "gaeldende_udgave__uden_bilag"
    )
    return get_object_or_404(aftaler.defer("gaeldende_udgave__faste"), periode=periode)


@kraev(offentlig)
@require_safe
def periode(request: HttpRequest, periode: str) -> HttpResponse:
    """All that belongs to a period."""
    aftale = _aftale(periode)
    return render(
        request,
        "bibliotek/periode.html",
        {
            "side": hentning.hent_periode(aftale, request.adgang),
            "aftale": aftale,
            "maa_rette": redigerer(request.adgang),
            "broedkrummer": krummer((aftale.periode, None)),
        },
    )


@kraev(offentlig)
@require_safe
def omfattede(request: HttpRequest, periode: str) -> HttpResponse:
    """The covered *tilbud* as the register has them today."""
    aftale = _aftale(periode)
    aar = periodens_aar(periode)
    return render(
        request,
        "bibliotek/omfattede.html",
        {
            "aftale": aftale,
            "aar": aar,
            "raekker": [(post, pladser_i_ord(post)) for post in omfattede_tilbud(aar)],
            "dato": timezone.localdate(),
            "broedkrummer": krummer(
                (aftale.periode, reverse("bibliotek:periode", args=(periode,))), ("Omfattede tilbud", None)
            ),
        },
    )


@kraev(offentlig)
@require_safe
def omfattede_excel(request: HttpRequest, periode: str) -> HttpResponse:
    """The same list as a workbook, as of today."""
    aftale = _aftale(periode)
    data = byg_tilbudsliste(omfattede_tilbud(periodens_aar(periode)))
    navn = f"omfattede-tilbud-{aftale.periode}-pr-{timezone.localdate():%Y-%m-%d}.xlsx"
    return svar.fil(navn, MIMETYPER["xlsx"], data)


@kraev(offentlig)
@require_safe
def omfattede_pdf(request: HttpRequest, periode: str) -> HttpResponse:
    """The same list as a PDF, as of today."""
    aftale = _aftale(periode)
    data = dokumenter.omfattede_pdf(aftale, timezone.localdate())
    if data is None:
        raise Http404
    navn = f"omfattede-tilbud-{aftale.periode}-pr-{timezone.localdate():%Y-%m-%d}.pdf"
    return svar.offentlig_fil(request, navn, MIMETYPER["pdf"], data)


@kraev(offentlig)
@require_safe
def forstaerket(request: HttpRequest) -> HttpResponse:
    """The rules of the *forstærket samarbejde* in our own words, and who are members this year."""
    medlemmer: list[Forstaerketmedlem] = forstaerkede_medlemmer(timezone.localdate().year)
    return render(
        request,
        "bibliotek/forstaerket.html",
        {
            "medlemmer": medlemmer,
            "aar": timezone.localdate().year,
            "broedkrummer": krummer((hentning.REGLER, None)),
        },
    )


def _kontrakt(slug: str) -> Kontrakt:
    if slug not in KONTRAKTER:
        raise Http404
    return KONTRAKTER[slug]


@kraev(offentlig)
@require_safe
def kontrakt(request: HttpRequest, slug: str) -> HttpResponse:
    """A standard contract with its guidance; nothing that is written in it is sent to us."""
    valgt = _kontrakt(slug)
    return render(
        request,
        "bibliotek/kontrakt.html",
        {
            "kontrakt": valgt,
            "andre": [et for et in KONTRAKTER.values() if et is not valgt],
            "broedkrummer": krummer((valgt.titel, None)),
        },
    )


@kraev(offentlig)
@require_safe
def kontrakt_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The contract to print and fill in."""
    valgt = _kontrakt(slug)
    data = dokumenter.kontrakt_pdf(valgt)
    return svar.offentlig_fil(request, f"standardkontrakt-{slug}.pdf", MIMETYPER["pdf"], data)


def _find(request: HttpRequest, mappe: str, slug: str) -> Biblioteksdokument | Biblioteksnavn:
    """The document at an address, or the old name that leads to it."""
    dokumenter_ = Biblioteksdokument.objects.synlige_for(request.adgang).med_dokument()
    fundet = dokumenter_.filter(periode="" if mappe == FAELLES else mappe, slug=slug).first()
    if fundet is not None:
        return fundet
    gamle = Biblioteksnavn.objects.select_related("dokument")
    return get_object_or_404(gamle, mappe=mappe, slug=slug)


@kraev(offentlig)
@require_safe
def dokument(request: HttpRequest, mappe: str, slug: str) -> HttpResponse:
    """A document of the library with its versions; one that is withdrawn says why, and is gone (410)."""
    fundet = _find(request, mappe, slug)
    if isinstance(fundet, Biblioteksnavn):
        return redirect(fundet.dokument.get_absolute_url(), permanent=True)
    versioner = Dokument.objects.synlige_for(request.adgang).filter(noegle=fundet.noegle)
    return render(
        request,
        "bibliotek/dokument.html",
        {
            "post": fundet,
            "versioner": versioner,
            "maa_rette": redigerer(request.adgang),
            "broedkrummer": krummer(
                *([(fundet.periode, _periode_url(fundet.periode))] if fundet.periode else []), (fundet.titel, None)
            ),
        },
        status=410 if fundet.trukket_tilbage else 200,
    )


def _periode_url(periode: str) -> str | None:
    """The page of the period, while there is a published agreement for it."""
    findes = Aftale.objects.offentliggjorte().filter(periode=periode).exists()
    return reverse("bibliotek:periode", args=(periode,)) if findes else None


@kraev(offentlig)
@require_safe
def fil(request: HttpRequest, mappe: str, slug: str) -> HttpResponse:
    """The newest version of a document as a file."""
    fundet = _find(request, mappe, slug)
    if isinstance(fundet, Biblioteksnavn):
        ny = fundet.dokument
        return redirect("bibliotek:fil", mappe=ny.mappe, slug=ny.slug, permanent=True)
    if fundet.trukket_tilbage or fundet.dokument is None:
        return redirect(fundet)
    return svar.offentligt_dokument(request, fundet.dokument)
