"""The rule sets: limits and who decides what (T69) by year, what each is used for, and changing them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from socialaftale.kerne.adgang import kraev, kun_sekretariat, offentlig
from socialaftale.kerne.formularer import saml_fejl, svar_med_formular, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Beslutningskompetence, Haendelse
from takster import adgang as regler
from takster.forms.regelsaet import Graenseformular, Kompetenceformular, Kopiformular
from takster.graenser import graenselinjer, kompetencelinjer
from takster.handlinger import regelsaet as handlinger
from takster.models import Regelsaet


def _krummer(*mere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [("Overblik", "/"), ("Regler for takster", reverse("takster:regelsaetliste")), *mere]


def _hent(request: HttpRequest, aar: int) -> Regelsaet:
    return get_object_or_404(Regelsaet.objects.synlige_for(request.adgang), fra_aar=aar)


@kraev(offentlig)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """All rule sets, newest first; there is one per version of the styringsaftale."""
    return render(
        request,
        "takster/regler/liste.html",
        {
            "regelsaet": Regelsaet.objects.synlige_for(request.adgang).order_by("-fra_aar"),
            "broedkrummer": [("Overblik", "/"), ("Takster", reverse("takster:liste")), ("Regler for takster", None)],
        },
    )


@kraev(offentlig)
@require_GET
def vis(request: HttpRequest, aar: int) -> HttpResponse:
    """Every limit with its use, what changed since the set before, and who decides what (T69)."""
    regelsaet = _hent(request, aar)
    forrige = Regelsaet.objects.filter(fra_aar__lt=aar).order_by("-fra_aar").first()
    return render(
        request,
        "takster/regler/detalje.html",
        {
            "regelsaet": regelsaet,
            "forrige": forrige,
            "graenser": graenselinjer(regelsaet, forrige),
            "kompetencer": kompetencelinjer(regelsaet, forrige),
            "runder": list(regelsaet.runder.rigtige().synlige_for(request.adgang).order_by("-aar")),
            "maa_rette": regler.maa_rette_regelsaet(request.adgang),
            "er_laast": regelsaet.er_laast(),
            "haendelser": list(Haendelse.objects.for_objekt(regelsaet).synlige_for(request.adgang)),
            "broedkrummer": _krummer((str(regelsaet), None)),
        },
    )


@kraev(kun_sekretariat)
def kopier(request: HttpRequest, aar: int) -> HttpResponse:
    """The same limits from a new year on."""
    regelsaet = _hent(request, aar)
    formular = Kopiformular(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formular.is_valid():
        try:
            nyt = handlinger.kopier_regelsaet(regelsaet, adgang=request.adgang, **formular.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, f"{nyt} er oprettet. Ret de grænser, der er nye.")
            return redirect(nyt)
    return svar_med_formular(
        request,
        "takster/regler/kopier.html",
        [formular],
        {"formular": formular, "regelsaet": regelsaet, "broedkrummer": _krummer((f"Kopiér {regelsaet}", None))},
    )


@kraev(kun_sekretariat)
def ret(request: HttpRequest, aar: int) -> HttpResponse:
    """Change the limits with a reason, as long as no published tariff stands on them."""
    regelsaet = _hent(request, aar)
    if request.method == "GET" and regelsaet.er_laast():
        return _laast(request, regelsaet)
    formular = Graenseformular(request.POST if request.method == "POST" else None, regelsaet=regelsaet)
    if request.method == "POST" and formular.is_valid():
        try:
            handlinger.ret_regelsaet(
                regelsaet,
                adgang=request.adgang,
                version=formular.cleaned_data["version"],
                graenser=formular.graenser(),
                kilder=formular.kilder(),
                varsel=formular.cleaned_data["varsel"],
                begrundelse=formular.cleaned_data["begrundelse"],
            )
        except Versionskonflikt as konflikt:
            return _konflikt(request, konflikt.nyeste)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Grænserne er rettet.")
            return redirect(regelsaet)
    return _retteside(request, regelsaet, formular, status=422 if formular.errors else 200)


def _laast(request: HttpRequest, regelsaet: Regelsaet) -> HttpResponse:
    messages.info(request, "Offentliggjorte takster er beregnet med regelsættet. Kopiér det til et nyt år.")
    return redirect(regelsaet)


def _konflikt(request: HttpRequest, nyeste: Regelsaet) -> HttpResponse:
    """Another saved first: what was typed stands in the form, the saved values beside it."""
    data = request.POST.copy()
    data["version"] = str(nyeste.version)
    formular = Graenseformular(data, regelsaet=nyeste)
    formular.is_valid()
    return _retteside(request, nyeste, formular, status=409, forskelle=formular.forskelle(nyeste), konflikt=True)


def _retteside(
    request: HttpRequest, regelsaet: Regelsaet, formular: Graenseformular, *, status: int, **mere: Any
) -> HttpResponse:
    fejl = saml_fejl([formular]) if status == 422 else []
    kontekst = {
        "formular": formular,
        "regelsaet": regelsaet,
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": _krummer((str(regelsaet), regelsaet.get_absolute_url()), ("Ret grænserne", None)),
        **mere,
    }
    return render(request, "takster/regler/ret.html", kontekst, status=status)


@kraev(kun_sekretariat)
def ret_kompetence(request: HttpRequest, aar: int, noegle: str) -> HttpResponse:
    """Change who decides an event, with a reason; what was typed stands when a colleague was first."""
    regelsaet = _hent(request, aar)
    linjer = Beslutningskompetence.objects.synlige_for(request.adgang).for_aar(aar)
    linje = get_object_or_404(linjer, noegle=noegle)
    if request.method == "GET" and regelsaet.er_laast():
        return _laast(request, regelsaet)
    data, status, konflikt = request.POST if request.method == "POST" else None, 200, None
    formular = Kompetenceformular(data, linje=linje, version=regelsaet.version)
    if request.method == "POST" and formular.is_valid():
        try:
            handlinger.ret_kompetence(
                regelsaet,
                noegle,
                adgang=request.adgang,
                version=formular.cleaned_data["version"],
                felter=formular.felter(),
                begrundelse=formular.cleaned_data["begrundelse"],
            )
        except Versionskonflikt as fejl:
            konflikt, status = get_object_or_404(linjer, noegle=noegle), 409
            data = {**request.POST.dict(), "version": str(fejl.nyeste.version)}
            formular = Kompetenceformular(data, linje=konflikt, version=fejl.nyeste.version)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Hvem der beslutter, er rettet. Sager, der er indsendt, bliver, hvor de er.")
            return redirect(regelsaet)
    fejl = saml_fejl([formular]) if status == 200 else []
    kontekst = {
        "formular": formular,
        "regelsaet": regelsaet,
        "linje": linje,
        "konflikt": konflikt,
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": _krummer((str(regelsaet), regelsaet.get_absolute_url()), (linje.begivenhed, None)),
    }
    return render(request, "takster/regler/kompetence.html", kontekst, status=422 if fejl else status)
