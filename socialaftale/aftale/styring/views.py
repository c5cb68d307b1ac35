"""The handbook and its editions: reading, looking up, what is new, adoption, putting in force, the next year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from socialaftale.aftale.adgang import maa_laese_kladde, redigerer
from socialaftale.aftale.handlinger import bestil_pdf, jobnoegle
from socialaftale.aftale.hentning import Laesetekst, Laesning, hent_laesning, rettede_kapitler
from socialaftale.aftale.kontrol.samling import kontroller
from socialaftale.aftale.models import Aftale, Styringsaftale
from socialaftale.aftale.styring import adgang as regler
from socialaftale.aftale.styring import handlinger
from socialaftale.aftale.styring.aendringer import Afsnitsaendring, aendringer_i, forrige_for, sammenlignings_adresse
from socialaftale.aftale.styring.enums import Styringstilstand
from socialaftale.aftale.styring.forms import Kopiform, Vedtagelsesform
from socialaftale.aftale.styring.soegning import soeg
from socialaftale.aftale.views.faelles import Menupunkter, find_aftale, grundkontekst, krummer
from socialaftale.aftale.views.faelles import laes as hent
from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import svar_med_formular, vis_fejl
from socialaftale.kerne.models import Job

# In the menu beside the text: chapters and their sections, not what is below those.
MENUNIVEAUER = 2


@kraev(offentlig)
@require_safe
def forside(request: HttpRequest) -> HttpResponse:
    """The one in force; the list when none is."""
    gaeldende = Styringsaftale.objects.offentliggjorte().filter(tilstand=Styringstilstand.GAELDENDE).first()
    svar = redirect(gaeldende.adresse("aftale") if gaeldende else reverse("styringsaftale:liste"))
    if gaeldende and request.GET:
        svar["Location"] += f"?{request.GET.urlencode()}"
    return svar


@kraev(offentlig)
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """All years, newest first."""
    alle = Styringsaftale.objects.synlige_for(request.adgang).select_related("gaeldende_udgave", "regelsaet", "aftale")
    return render(
        request,
        "styring/liste.html",
        {
            "aftaler": alle.defer("gaeldende_udgave__faste"),
            "maa_rette": redigerer(request.adgang),
            "broedkrummer": [("Styringsaftaler", None)],
        },
    )


@kraev(offentlig)
@require_safe
def laes(request: HttpRequest, periode: str) -> HttpResponse:
    """The whole text with its sections' addresses; `q` looks something up in it."""
    aftale = find_aftale(request, periode)
    laesning = hent(request, aftale)
    kontekst = laesning.kontekst()
    tekster = [laesning.udfyldt(kapitel, ryk=kapitel.niveau, kontekst=kontekst) for kapitel in laesning.sider]
    q = request.GET.get("q", "").strip()[:100]
    return render(
        request,
        "styring/haandbog.html",
        {
            **grundkontekst(request, laesning),
            "afsnit": [_afsnit(tekst, aftale) for tekst in tekster],
            "fodnoter": tuple(kontekst.fodnoter.values()),
            "q": q,
            "traef": soeg(tekster, q, aftale.regler) if q else [],
            "adresse": request.build_absolute_uri(aftale.adresse("aftale")),
            "nyere": _nyere(aftale),
            "sidemenu": _menu(laesning),
            "sidemenu_titel": "Indhold",
            "broedkrummer": krummer(aftale)[:-1] + [(aftale.titel, None)],
        },
    )


def _afsnit(tekst: Laesetekst, aftale: Styringsaftale) -> dict[str, Any]:
    return {
        "kapitel": tekst.kapitel,
        "html": tekst.html,
        "overskrift": f"h{min(tekst.kapitel.niveau + 1, 4)}",
        "regler": aftale.regler.get(tekst.kapitel.noegle, []),
    }


def _nyere(aftale: Styringsaftale) -> Styringsaftale | None:
    """What a reader of one that is followed should read instead."""
    if aftale.tilstand != Styringstilstand.AFLOEST:
        return None
    return Styringsaftale.objects.offentliggjorte().filter(aar__gt=aftale.aar).order_by("-aar").first()


def _menu(laesning: Laesning) -> Menupunkter:
    menu: Menupunkter = []
    for kapitel in laesning.sider:
        if kapitel.niveau == 1 or not menu:
            menu.append((kapitel.fuld_titel, f"#{kapitel.noegle}", False, []))
        elif kapitel.niveau <= MENUNIVEAUER:
            menu[-1][3].append((kapitel.fuld_titel, f"#{kapitel.noegle}", False))
    return menu


@kraev(offentlig)
@require_safe
def regel(request: HttpRequest, periode: str, nummer: str) -> HttpResponse:
    """To the section that tells of the rule."""
    aftale = find_aftale(request, periode)
    noegle = aftale.afsnit_for_regel().get(nummer.upper())
    if noegle is None:
        raise Http404
    return redirect(aftale.kapitel_adresse(noegle))


@kraev(offentlig)
@require_safe
def aendringer(request: HttpRequest, periode: str) -> HttpResponse:
    """What is new since the one before: limits and words, by section."""
    aftale = find_aftale(request, periode)
    laesning = hent(request, aftale)
    forrige = forrige_for(aftale)
    maa_laese = maa_laese_kladde(request.adgang)
    poster = aendringer_i(aftale, forrige, laesning) if forrige else []

    def sammenlign(post: Afsnitsaendring) -> str:
        if not (maa_laese and post.noegle and post.tekst):
            return ""
        return sammenlignings_adresse(aftale, forrige, post.noegle, kladde=laesning.er_kladde)

    def afsnit(post: Afsnitsaendring) -> str:
        if not post.noegle:
            return ""
        return (forrige if post.er_fjernet else aftale).kapitel_adresse(
            post.noegle, "" if post.er_fjernet else laesning.forespoergsel
        )

    return render(
        request,
        "styring/aendringer.html",
        {
            **grundkontekst(request, laesning),
            "forrige": forrige,
            "poster": [(post, afsnit(post), sammenlign(post)) for post in poster],
            "broedkrummer": krummer(aftale, ("Ændringer", None)),
        },
    )


@kraev(redigerer)
@require_safe
def pdf(request: HttpRequest, periode: str) -> HttpResponse:
    """Adoption, editions, and which one is in force."""
    aftale = find_aftale(request, periode)
    return _vis_udgaver(request, aftale, _vedtagelsesform(aftale))


def _vedtagelsesform(aftale: Styringsaftale, data: Any = None) -> Vedtagelsesform:
    aftaler = Aftale.objects.order_by("-fra_aar")
    kendt = {
        "vedtaget_af": aftale.vedtaget_af,
        "aar": aftale.vedtaget_aar,
        "dato": aftale.vedtaget_dato,
        "bilag_til": aftale.aftale_id or aftaler.filter(fra_aar__lte=aftale.aar, til_aar__gte=aftale.aar).first(),
    }
    return Vedtagelsesform(data, aftaler=aftaler, initial=kendt)


def _vis_udgaver(request: HttpRequest, aftale: Styringsaftale, form: Vedtagelsesform) -> HttpResponse:
    udgaver = list(aftale.udgaver.select_related("dokument__oprettet_af").defer("faste"))
    return svar_med_formular(
        request,
        "styring/udgaver.html",
        [form],
        {
            "aftale": aftale,
            "udgaver": udgaver,
            "seneste": udgaver[0] if udgaver else None,
            "rettede": rettede_kapitler(aftale),
            "job": Job.objects.synlige_for(request.adgang).i_gang().filter(noegle=jobnoegle(aftale)).first(),
            "maa_vedtage": regler.maa_registrere_vedtagelse(request.adgang, aftale),
            "maa_saette_i_kraft": regler.maa_saette_i_kraft(request.adgang, aftale),
            "form": form,
            "broedkrummer": krummer(aftale, ("PDF og udgaver", None)),
        },
    )


@kraev(redigerer)
@require_POST
def bestil(request: HttpRequest, periode: str) -> HttpResponse:
    """Start the job that makes the PDF; a text the gate does not let pass is refused at once."""
    aftale = find_aftale(request, periode)
    laesning = hent_laesning(aftale, kladde=True)
    if not kontroller(aftale, laesning.kapitler).er_groen:
        messages.error(request, "PDF'en blev ikke bestilt. Ret eller fravig de fund, der er på siden her, først.")
        return redirect(aftale.adresse("kontrol"))
    return redirect("kerne:job", pk=bestil_pdf(aftale, adgang=request.adgang).pk)


@kraev(redigerer)
@require_POST
def vedtag(request: HttpRequest, periode: str) -> HttpResponse:
    """Register the adoption."""
    aftale = find_aftale(request, periode)
    form = _vedtagelsesform(aftale, request.POST)
    if not form.is_valid():
        return _vis_udgaver(request, aftale, form)
    try:
        handlinger.registrer_vedtagelse(aftale, adgang=request.adgang, **form.cleaned_data)
    except ValidationError as fejl:
        vis_fejl(form, fejl)
        return _vis_udgaver(request, aftale, form)
    messages.success(request, "Vedtagelsen er registreret")
    return redirect(aftale.adresse("pdf"))


@kraev(redigerer)
@require_POST
def saet_i_kraft(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """Put an edition in force."""
    aftale = find_aftale(request, periode)
    udgave = get_object_or_404(aftale.udgaver.select_related("dokument"), pk=pk)
    try:
        ny = handlinger.saet_i_kraft(aftale, adgang=request.adgang, udgave=udgave)
    except UlovligOvergang:
        messages.error(request, "Styringsaftalen er afløst og kan ikke sættes i kraft igen")
    except ValidationError as fejl:
        messages.error(request, fejl.messages[0])
    else:
        messages.success(request, f"{udgave.nummer}. udgave er offentliggjort. Status: {ny.get_tilstand_display()}")
    return redirect(aftale.adresse("pdf"))


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def kopier(request: HttpRequest, periode: str) -> HttpResponse:
    """The next year's draft with its rule set."""
    aftale = find_aftale(request, periode)
    form = Kopiform(request.POST if request.method == "POST" else None, initial={"aar": aftale.aar + 1})
    if request.method == "POST" and form.is_valid():
        try:
            ny = handlinger.kopier_til_aar(aftale, adgang=request.adgang, **form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"{ny.titel} er oprettet. Ret grænserne i regelsættet og teksten i afsnittene.")
            return redirect(ny.adresse("ret"))
    return svar_med_formular(
        request,
        "styring/kopier.html",
        [form],
        {"aftale": aftale, "form": form, "broedkrummer": krummer(aftale, ("Kopiér til et nyt år", None))},
    )
