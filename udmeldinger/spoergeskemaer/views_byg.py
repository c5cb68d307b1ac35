"""The builder: list, new, the questionnaire with its sections and questions, rules, preview."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Model, Q
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.formularer import saml_fejl, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from udmeldinger.enums import Besvarelsestilstand, Svarrolle
from udmeldinger.models import (
    Besvarelse,
    CentralUdmelding,
    Spoergeskema,
)
from udmeldinger.spoergeskemaer import byggeformularer as formularer
from udmeldinger.spoergeskemaer import byggehandlinger as byg
from udmeldinger.spoergeskemaer.adgang import deltager, maa_bygge
from udmeldinger.spoergeskemaer.hentning import hent_opbygning
from udmeldinger.spoergeskemaer.skabeloner import opret_af_skabelon, skabeloner
from udmeldinger.spoergeskemaer.svarformular import Svarformular, naar_tekst

TOMT = "tomt"


def krummer(skema: Spoergeskema | None = None, *flere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """Home, the list, the questionnaire and what comes after it."""
    start: list[tuple[str, str | None]] = [("Overblik", "/"), ("Spørgeskemaer", reverse("spoergeskemaer:liste"))]
    if skema is not None:
        start.append((str(skema), skema.get_absolute_url()))
    return [*start, *flere]


def find_skema(request: HttpRequest, pk: int) -> Spoergeskema:
    synlige = Spoergeskema.objects.synlige_for(request.adgang).select_related("udmelding", "kopi_af", "sendt_af")
    return get_object_or_404(synlige, pk=pk)


def paa_kladden(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the draft it builds on.

    One that has been sent is not there to build; what was typed when a colleague sent it stands on the page.
    """

    @wraps(view)
    def indpakket(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        fundet = find_skema(request, pk)
        if maa_bygge(request.adgang, fundet):
            return view(request, fundet, **kwargs)
        if request.method != "POST":
            raise Http404("A questionnaire that has been sent is locked.")
        udeladt = ("csrfmiddlewaretoken", "fra_version")
        kontekst = {
            "titel": "Skemaet er låst",
            "forklaring": "Spørgeskemaet er imens sendt. Kopiér det for at lave en ny udgave.",
            "videre": (fundet.get_absolute_url(), "Se spørgeskemaet"),
            "skrevet": [(navn, tekst) for navn, tekst in request.POST.items() if tekst and navn not in udeladt],
            "broedkrummer": krummer(fundet, ("Låst", None)),
        }
        return render(request, "grund/for_sent.html", kontekst, status=409)

    return indpakket


@kraev(deltager)
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """The secretariat's questionnaires, or the answers an organisation is asked for."""
    adgang = request.adgang
    kontekst: dict[str, Any] = {
        "broedkrummer": krummer()[:1] + [("Spørgeskemaer", None)],
        "i_dag": timezone.localdate(),
    }
    if adgang.er_sekretariat:
        svarede = Q(besvarelser__tilstand=Besvarelsestilstand.GODKENDT)
        kontekst["skemaer"] = Spoergeskema.objects.synlige_for(adgang).annotate(
            antal=Count("besvarelser"), svarede=Count("besvarelser", filter=svarede)
        )
        return render(request, "udmeldinger/spoergeskemaer/liste.html", kontekst)
    besvarelser = Besvarelse.objects.synlige_for(adgang).select_related("skema", "organisation")
    kontekst["besvarelser"] = besvarelser.order_by("skema__tilstand", "-skema__frist", "-pk")
    return render(request, "udmeldinger/spoergeskemaer/mine.html", kontekst)


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
def ny(request: HttpRequest) -> HttpResponse:
    """A new draft: empty, from a template, or as the next edition of an earlier one."""
    tidligere = list(Spoergeskema.objects.synlige_for(request.adgang))
    valg = [(TOMT, "Et tomt skema")]
    valg += [(f"skabelon:{noegle}", f"Skabelon: {post['navn']}") for noegle, post in skabeloner().items()]
    valg += [(f"kopi:{skema.pk}", f"Kopi af {skema.titel} ({skema.aar})") for skema in tidligere]
    start = {"aar": timezone.localdate().year, "udgangspunkt": TOMT}
    form = formularer.Opretformular(request.POST or None, valg=valg, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            skema = _opret(request, form.cleaned_data, {skema.pk: skema for skema in tidligere})
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"{skema.titel} er oprettet som kladde")
            return redirect(skema)
    return _formular(
        request, form, None, titel="Nyt spørgeskema", knap="Opret", fortryd=reverse("spoergeskemaer:liste")
    )


def _opret(request: HttpRequest, felter: dict[str, Any], tidligere: dict[int, Spoergeskema]) -> Spoergeskema:
    art, _, noegle = felter["udgangspunkt"].partition(":")
    faelles = {"adgang": request.adgang, "titel": felter["titel"], "aar": felter["aar"]}
    if art == "skabelon":
        return opret_af_skabelon(noegle, **faelles)
    if art == "kopi":
        return byg.kopier(tidligere[int(noegle)], **faelles)
    return byg.opret(art=felter["art"] or "afdaekning", **faelles)


@kraev(deltager)
@require_safe
def skema(request: HttpRequest, pk: int) -> HttpResponse:
    """The questionnaire: the builder while it is a draft; those who answer are led to their own answer."""
    fundet = find_skema(request, pk)
    if not request.adgang.er_sekretariat:
        return redirect(fundet.besvarelser.synlige_for(request.adgang).first())
    opbygning = hent_opbygning(fundet)
    tekster = {et.noegle: et for et in opbygning.spoergsmaal}
    afsnit = [
        (del_, [(opbygning.raekker[et.noegle], naar_tekst(et, tekster)) for et in del_.spoergsmaal])
        for del_ in opbygning.afsnit
    ]
    maa = maa_bygge(request.adgang, fundet)
    return render(
        request,
        "udmeldinger/spoergeskemaer/skema.html",
        {
            "skema": fundet,
            "afsnit": afsnit,
            "regler": fundet.regler.all(),
            "fund": opbygning.fejl() if maa else [],
            "maa_bygge": maa,
            "antal": len(opbygning.spoergsmaal),
            "broedkrummer": krummer()[:2] + [(fundet.titel, None)],
        },
    )


@kraev(kun_sekretariat)
@require_safe
def vis(request: HttpRequest, pk: int) -> HttpResponse:
    """The questionnaire as those who answer meet it."""
    fundet = find_skema(request, pk)
    rolle = request.GET.get("rolle", "")
    rolle = rolle if rolle in Svarrolle.values else ""
    opbygning = hent_opbygning(fundet, rolle=rolle)
    afsnit = [(del_, list(Svarformular(spoergsmaal=del_.spoergsmaal).grupper())) for del_ in opbygning.afsnit]
    return render(
        request,
        "udmeldinger/spoergeskemaer/vis.html",
        {
            "skema": fundet,
            "afsnit": afsnit,
            "rolle": rolle,
            "roller": [("", "Alle"), *Svarrolle.choices],
            "broedkrummer": krummer(fundet, ("Vis som svarer", None)),
        },
    )


def _formular(
    request: HttpRequest,
    form: BaseForm,
    skema: Spoergeskema | None,
    *,
    titel: str,
    knap: str,
    fortryd: str = "",
    skabelon: str = "udmeldinger/spoergeskemaer/formular.html",
    konflikt: list[tuple[str, str]] | None = None,
    **mere: Any,
) -> HttpResponse:
    """One form on its page: 200, 422 with errors, 409 when a colleague changed the questionnaire meanwhile."""
    fejl = saml_fejl([form])
    return render(
        request,
        skabelon,
        {
            "titel": titel,
            "overtekst": str(skema or "Spørgeskemaer"),
            "knap": knap,
            "form": form,
            "fortryd_url": fortryd or skema.get_absolute_url(),
            "fejl": fejl,
            "har_fejl": bool(fejl),
            "konflikt": konflikt,
            "broedkrummer": krummer(skema, (titel, None)),
            **mere,
        },
        status=409 if konflikt is not None else 422 if fejl else 200,
    )


def _gemte(form: Any, raekke: Model) -> list[tuple[str, str]]:
    """What is stored in the fields of a form now, where it is not what was typed."""
    forskelle = []
    for navn in form._meta.fields:
        felt = form.fields.get(navn)
        if felt is None or navn not in form.cleaned_data:
            continue
        if getattr(raekke, navn) != form.cleaned_data[navn]:
            visning = getattr(raekke, f"get_{navn}_display", lambda navn=navn: getattr(raekke, navn))()
            forskelle.append((str(felt.label), "Ja" if visning is True else "Nej" if visning is False else visning))
    return forskelle


def gem_paa_siden(
    request: HttpRequest,
    form: Any,
    skema: Spoergeskema,
    handling: Callable[[], Any],
    *,
    besked: str,
    anker: str = "",
    **side: Any,
) -> HttpResponse:
    """Save what a valid form holds; show it again with objections, or with what a colleague saved meanwhile."""
    konflikt = None
    if request.method == "POST" and form.is_valid():
        pk = form.instance.pk
        try:
            handling()
        except Versionskonflikt as fanget:
            gemt = type(form.instance).objects.filter(pk=pk).first() if pk else None
            konflikt = _gemte(form, gemt) if gemt is not None else []
            form.data = {**request.POST.dict(), "fra_version": fanget.nyeste.version}
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, besked)
            return redirect(f"{skema.get_absolute_url()}{anker}")
    return _formular(request, form, skema, konflikt=konflikt, **side)


def sidens_version(form: BaseForm) -> int:
    return form.cleaned_data["fra_version"]


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
@paa_kladden
def ret(request: HttpRequest, fundet: Spoergeskema) -> HttpResponse:
    """Title, year, introduction and the like."""
    form = formularer.Skemaformular(
        request.POST if request.method == "POST" else None,
        instance=Spoergeskema.objects.get(pk=fundet.pk),
        udmeldinger=CentralUdmelding.objects.synlige_for(request.adgang),
        initial={"fra_version": fundet.version},
    )
    return gem_paa_siden(
        request,
        form,
        fundet,
        lambda: byg.ret_skema(fundet, adgang=request.adgang, fra_version=sidens_version(form), **form.felter),
        besked="Oplysningerne er gemt",
        titel="Redigér oplysninger",
        knap="Gem",
    )


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
def kopier(request: HttpRequest, pk: int) -> HttpResponse:
    """A new edition, or a new questionnaire with the same questions."""
    fundet = find_skema(request, pk)
    start = {"titel": fundet.titel, "aar": fundet.aar + 1, "samme_serie": True}
    form = formularer.Kopiformular(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            kopi = byg.kopier(fundet, adgang=request.adgang, **form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"{kopi.titel} er oprettet som kladde")
            return redirect(kopi)
    return _formular(request, form, fundet, titel="Kopiér spørgeskemaet", knap="Kopiér")


@kraev(kun_sekretariat)
@require_POST
@paa_kladden
def slet(request: HttpRequest, fundet: Spoergeskema) -> HttpResponse:
    """Throw a draft away."""
    byg.slet_skema(fundet, adgang=request.adgang)
    messages.success(request, f"Kladden {fundet.titel} er slettet")
    return redirect("spoergeskemaer:liste")
