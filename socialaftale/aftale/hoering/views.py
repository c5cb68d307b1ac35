"""Pages of a hearing for the secretariat and the invited: list, opening, status, the text, the note."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from socialaftale.aftale import wordfiler
from socialaftale.aftale.adgang import redigerer
from socialaftale.aftale.hoering import adgang as regler
from socialaftale.aftale.hoering import handlinger
from socialaftale.aftale.hoering.enums import Svartilstand
from socialaftale.aftale.hoering.forms import Aabnform, Bemaerkningsform, Fristform
from socialaftale.aftale.hoering.models import Hoering, Hoeringssvar
from socialaftale.aftale.hoering.notat import byg_pdf, filnavn, hent_notat
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.stande import navngivet_stand, stille_kontekst
from socialaftale.aftale.views.faelles import find_aftale
from socialaftale.aftale.views.word import svar_med_word
from socialaftale.kerne import svar as filsvar
from socialaftale.kerne.adgang import Adgang, kraev
from socialaftale.kerne.formularer import svar_med_formular, vis_fejl
from socialaftale.kerne.models import Medlemskab, Organisation
from socialaftale.kerne.word import har_pandoc


def find_hoering(request: HttpRequest, periode: str, pk: int) -> Hoering:
    """The hearing if the reader takes part in it, else 404; the agreement itself may still be hidden from them."""
    synlige = Hoering.objects.synlige_for(request.adgang)
    synlige = synlige.select_related("aftale__tekst", "navngivet", "aabnet_af")
    return get_object_or_404(synlige, aftale__periode=periode, pk=pk)


def url(hoering: Hoering, navn: str = "hoering", *flere: Any) -> str:
    return reverse(f"aftale:{navn}", args=(hoering.aftale.periode, hoering.pk, *flere))


def krummer(hoering: Hoering, *flere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """From the list of hearings: not everybody who is asked may open the agreement."""
    liste = reverse("aftale:hoeringer", args=(hoering.aftale.periode,))
    egen = (hoering.navngivet.navn, url(hoering) if flere else None)
    return [("Aftaler", reverse("aftale:liste")), (f"Høring, {hoering.aftale.periode}", liste), egen, *flere]


@kraev(regler.deltager)
@require_safe
def liste(request: HttpRequest, periode: str) -> HttpResponse:
    """The hearings of a period that the reader takes part in."""
    hoeringer = (
        Hoering.objects.synlige_for(request.adgang)
        .filter(aftale__periode=periode)
        .select_related("aftale", "navngivet")
        .annotate(antal=Count("svar"), indsendte=Count("svar", filter=Q(svar__tilstand=Svartilstand.INDSENDT)))
    )
    # Those who read drafts meet an empty list; others meet the period only through a hearing of theirs.
    aftale = hoeringer[0].aftale if hoeringer else find_aftale(request, periode)
    return render(
        request,
        "aftale/hoering/liste.html",
        {
            "aftale": aftale,
            "hoeringer": hoeringer,
            "maa_aabne": regler.maa_aabne(request.adgang, aftale) and not any(h.er_aaben for h in hoeringer),
            "broedkrummer": [("Aftaler", reverse("aftale:liste")), (f"Høring, {periode}", None)],
        },
    )


def _kan_hoeres() -> Any:
    """The parties, and every other organisation somebody has a role in today."""
    har_brugere = Medlemskab.objects.gaeldende().filter(organisation=OuterRef("pk"))
    kan = Organisation.objects.filter(Q(er_part=True) | Exists(har_brugere))
    return kan.exclude(type="sekretariat").order_by("-er_part", "raekkefoelge", "navn", "pk")


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def aabn(request: HttpRequest, periode: str) -> HttpResponse:
    """Send the draft in hearing."""
    aftale: Aftale = find_aftale(request, periode)
    if not regler.maa_aabne(request.adgang, aftale):
        messages.error(request, "Kun et udkast kan sendes i høring")
        return redirect("aftale:hoeringer", periode=periode)
    form = Aabnform(request.POST if request.method == "POST" else None, organisationer=_kan_hoeres())
    if request.method == "POST" and form.is_valid():
        try:
            ny = handlinger.aabn(aftale, adgang=request.adgang, **form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"“{ny.navngivet.navn}” er sendt i høring. De inviterede får en mail")
            return redirect(ny)
    return svar_med_formular(
        request,
        "aftale/opbygning/formular.html",
        [form],
        {
            "titel": "Send i høring",
            "overtekst": aftale.titel,
            "indledning": "Teksten gemmes, som den er nu, og de valgte bliver bedt om at svare.",
            "knap": "Send i høring",
            "form": form,
            "fortryd_url": reverse("aftale:hoeringer", args=(periode,)),
            "broedkrummer": [
                ("Aftaler", reverse("aftale:liste")),
                (f"Høring, {periode}", reverse("aftale:hoeringer", args=(periode,))),
                ("Send i høring", None),
            ],
        },
    )


@kraev(regler.deltager)
@require_safe
def hoering(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """Status for the secretariat and DAS; for the invited their own answer and the way to the text."""
    fundet = find_hoering(request, periode, pk)
    alle = fundet.svar.select_related("organisation", "indsendt_af", "bilag")
    egne = list(alle.synlige_for(request.adgang)) if not request.adgang.er_sekretariat else []
    for svar in egne:
        svar.hoering = fundet
    ser_alle = regler.laeser_notat(request.adgang)
    svarene = list(alle) if ser_alle else []
    for svar in svarene:
        svar.hoering = fundet
    return render(
        request,
        "aftale/hoering/hoering.html",
        {
            "hoering": fundet,
            "overskredet": fundet.er_overskredet(timezone.localdate()),
            "svarene": svarene,
            "indsendte": sum(svar.er_indsendt for svar in svarene),
            "egne": [(svar, regler.maa_skrive(request.adgang, svar)) for svar in egne],
            "ser_alle": ser_alle,
            "er_sekretariat": request.adgang.er_sekretariat,
            "maa_lede": regler.maa_lede(request.adgang, fundet),
            "har_pandoc": har_pandoc(),
            "broedkrummer": krummer(fundet),
        },
    )


@kraev(regler.deltager)
@require_safe
def tekst(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """The text that is heard, all chapters on one page."""
    fundet = find_hoering(request, periode, pk)
    laesning = navngivet_stand(fundet.aftale, fundet.navngivet).laesning()
    kontekst = stille_kontekst(laesning)
    kontekst.maerk_tidligere = True
    tekster = [laesning.udfyldt(kapitel, ryk=kapitel.niveau, kontekst=kontekst) for kapitel in laesning.sider]
    return render(
        request,
        "aftale/hoering/tekst.html",
        {
            "hoering": fundet,
            "tekster": tekster,
            "fodnoter": tuple(kontekst.fodnoter.values()),
            "tidligere": tuple(dict.fromkeys(kontekst.tidligere.values())),
            "broedkrummer": krummer(fundet, ("Teksten i høring", None)),
        },
    )


@kraev(regler.deltager)
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """The text that is heard as a file for Word."""
    fundet = find_hoering(request, periode, pk)
    laesning, navn = wordfiler.hoeringens(fundet)
    return svar_med_word(request, fundet.aftale, laesning, navn, tilbage=url(fundet), hoering=fundet)


def _kraev_leder(adgang: Adgang, hoering: Hoering) -> None:
    if not regler.maa_lede(adgang, hoering):
        raise PermissionDenied("Høringen er lukket.")


@kraev(redigerer)
@require_POST
def ryk(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """Remind those who have not answered."""
    fundet = find_hoering(request, periode, pk)
    _kraev_leder(request.adgang, fundet)
    antal = handlinger.ryk(fundet, adgang=request.adgang)
    messages.success(request, f"Påmindelsen er sendt til {antal}" if antal else "Alle har svaret. Ingen er rykket")
    return redirect(fundet)


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def frist(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """Move the deadline."""
    fundet = find_hoering(request, periode, pk)
    _kraev_leder(request.adgang, fundet)
    form = Fristform(request.POST if request.method == "POST" else None, initial={"frist": fundet.frist})
    if request.method == "POST" and form.is_valid():
        try:
            handlinger.flyt_frist(fundet, adgang=request.adgang, **form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, "Fristen er flyttet. De, der ikke har svaret, får en mail")
            return redirect(fundet)
    return svar_med_formular(
        request,
        "aftale/opbygning/formular.html",
        [form],
        {
            "titel": "Flyt fristen",
            "overtekst": f"Høring af {fundet.navngivet.navn}",
            "indledning": "De, der ikke har svaret, får den nye frist med mail.",
            "knap": "Flyt fristen",
            "form": form,
            "fortryd_url": url(fundet),
            "broedkrummer": krummer(fundet, ("Flyt fristen", None)),
        },
    )


@kraev(redigerer)
@require_POST
def luk(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """Close the hearing."""
    fundet = find_hoering(request, periode, pk)
    if fundet.er_aaben:
        handlinger.luk(fundet, adgang=request.adgang)
        messages.success(request, "Høringen er lukket")
    else:
        messages.info(request, "Høringen var allerede lukket")
    return redirect(url(fundet, "hoeringsnotat"))


@kraev(regler.laeser_notat)
@require_safe
def notat(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """The collected note."""
    fundet = find_hoering(request, periode, pk)
    return render(
        request,
        "aftale/hoering/notat.html",
        {
            "hoering": fundet,
            "notat": hent_notat(fundet),
            "er_sekretariat": request.adgang.er_sekretariat,
            "broedkrummer": krummer(fundet, ("Høringsnotat", None)),
        },
    )


@kraev(regler.laeser_notat)
@require_safe
def notat_pdf(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """The note as it is now."""
    fundet = find_hoering(request, periode, pk)
    return filsvar.fil(filnavn(fundet), "application/pdf", byg_pdf(hent_notat(fundet)), vis="hent" not in request.GET)


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def bemaerkninger(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """What the secretariat says to each remark."""
    fundet = find_hoering(request, periode, pk)
    samlet = hent_notat(fundet)
    form = Bemaerkningsform(request.POST if request.method == "POST" else None, notat=samlet)
    if request.method == "POST" and form.is_valid():
        skrevet = {post.raekke: form.cleaned_data[post.felt] for post in samlet.poster}
        handlinger.bemaerk(
            fundet,
            adgang=request.adgang,
            generelle={raekke: svar for raekke, svar in skrevet.items() if isinstance(raekke, Hoeringssvar)},
            kapitler={raekke: svar for raekke, svar in skrevet.items() if not isinstance(raekke, Hoeringssvar)},
        )
        messages.success(request, "Bemærkningerne er gemt")
        return redirect(url(fundet, "hoeringsnotat"))
    return svar_med_formular(
        request,
        "aftale/opbygning/formular.html",
        [form],
        {
            "titel": "Sekretariatets bemærkninger",
            "overtekst": f"Høring af {fundet.navngivet.navn}",
            "indledning": "Skriv, hvad der er sket med hver bemærkning. Det står i høringsnotatet."
            if samlet.poster
            else "Der er ingen bemærkninger i de indsendte svar.",
            "knap": "Gem bemærkninger",
            "form": form,
            "fortryd_url": url(fundet, "hoeringsnotat"),
            "broedkrummer": krummer(
                fundet, ("Høringsnotat", url(fundet, "hoeringsnotat")), ("Sekretariatets bemærkninger", None)
            ),
        },
    )
