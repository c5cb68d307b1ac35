"""Pages of external figures: list, one figure with where it is used and its history, new, correct, look up, delete."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from socialaftale.aftale.adgang import redigerer
from socialaftale.aftale.eksterne.brug import brugssteder
from socialaftale.aftale.eksterne.forms import EksterntTalForm, RetForm
from socialaftale.aftale.eksterne.tables import Eksternfilter, Eksterntabel
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import svar_med_formular, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt, laes_version
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.models import EksterntTal, Haendelse, Opsaetning
from socialaftale.kerne.tal import handlinger
from socialaftale.kerne.tal.handlinger import FELTER

LAEST_IMENS = "Tallet er rettet af en anden, efter at du åbnede siden. Der er ikke gemt noget. Se det igen."


@kraev(redigerer)
class Eksternliste(Listevisning):
    template_name = "aftale/eksterne/liste.html"
    table_class = Eksterntabel
    filterset_class = Eksternfilter
    titel = "Eksterne tal"
    enhed = "tal,tal"
    tom_titel = "Der er ingen eksterne tal endnu"
    tom_tekst = "Læg et tal ind med kilde, så kan det stå i teksten med fodnote."

    def get_queryset(self) -> QuerySet[EksterntTal]:
        return EksterntTal.objects.synlige_for(self.request.adgang).med_graense()

    def get_table(self, **kwargs: Any) -> Eksterntabel:
        tabel = super().get_table(**kwargs)
        tabel.steder = brugssteder()
        return tabel

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "graense": Opsaetning.hent().maks_alder_eksterne}

    def get_broedkrummer(self) -> list[tuple[str, str | None]]:
        return _krummer()

    def tom_handling(self) -> tuple[str, str]:
        return reverse("aftale:eksternt_tal_nyt"), "Opret eksternt tal"


def _krummer(*flere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    egen = reverse("aftale:eksterne_tal") if flere else None
    return [("Aftaler", reverse("aftale:liste")), (Eksternliste.titel, egen), *flere]


def _find(request: HttpRequest, pk: int) -> EksterntTal:
    return get_object_or_404(EksterntTal.objects.synlige_for(request.adgang).select_related("slaaet_op_af"), pk=pk)


def _side(tal: EksterntTal) -> str:
    return reverse("aftale:eksternt_tal", args=(tal.pk,))


@kraev(redigerer)
@require_safe
def detalje(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure: what a reader sees of it, how old it is, where it is used, what has happened to it."""
    tal = _find(request, pk)
    i_dag = timezone.localdate()
    return render(
        request,
        "aftale/eksterne/detalje.html",
        {
            "tal": tal,
            "gammelt": tal.gammelt_i_ord(i_dag),
            "steder": brugssteder().get(tal.noegle, []),
            "citeret": handlinger.er_citeret(tal),
            "haendelser": Haendelse.objects.for_objekt(tal).synlige_for(request.adgang),
            "broedkrummer": _krummer((tal.statistik, None)),
        },
    )


def _formular(request: HttpRequest, form: EksterntTalForm, titel: str, **mere: Any) -> HttpResponse:
    return svar_med_formular(
        request, "aftale/opbygning/formular.html", [form], {"titel": titel, "form": form, "indledning": "", **mere}
    )


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def nyt(request: HttpRequest) -> HttpResponse:
    """Enter a figure; it is looked up today."""
    form = EksterntTalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            tal = handlinger.opret(request.adgang, **form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, "Tallet er oprettet. Nu kan det sættes ind i teksten")
            return redirect(_side(tal))
    return _formular(
        request,
        form,
        "Opret eksternt tal",
        overtekst=Eksternliste.titel,
        knap="Opret",
        fortryd_url=reverse("aftale:eksterne_tal"),
        broedkrummer=_krummer(("Opret", None)),
    )


@kraev(redigerer)
@require_POST
def ny_kilde(request: HttpRequest) -> JsonResponse:
    """The same from the editor's dialogue: answers with the references to insert, or the errors by field."""
    form = EksterntTalForm(request.POST)
    if form.is_valid():
        try:
            tal = handlinger.opret(request.adgang, **form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            return JsonResponse({"tal": tal.katalognoegle, "note": f"note:{tal.noegle}"})
    return JsonResponse({"fejl": {felt: tekster[0] for felt, tekster in form.errors.items()}}, status=422)


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def ret(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a figure with a reason."""
    tal = _find(request, pk)
    form = RetForm(request.POST) if request.method == "POST" else RetForm.af(tal)
    indledning = "Udkast viser det nye med det samme. Udgivne aftaler bliver ved med at vise det, der stod i dem."
    if request.method == "POST" and form.is_valid():
        felter = dict(form.cleaned_data)
        try:
            rettet = handlinger.ret(tal, adgang=request.adgang, **felter)
        except Versionskonflikt as konflikt:
            form = _efter_konflikt(request, konflikt.nyeste)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            if rettet.version == felter["fra_version"]:
                messages.info(request, "Der var ingen ændringer at gemme")
            else:
                messages.success(request, "Tallet er rettet")
            return redirect(_side(tal))
    return _formular(
        request,
        form,
        "Ret eksternt tal",
        overtekst=tal.statistik,
        indledning=indledning,
        knap="Gem",
        fortryd_url=_side(tal),
        broedkrummer=_krummer((tal.statistik, _side(tal)), ("Ret", None)),
    )


def _efter_konflikt(request: HttpRequest, nyeste: EksterntTal) -> RetForm:
    """What was typed, now starting from what was saved meanwhile, which is told field by field."""
    data = request.POST.copy()
    data["fra_version"] = str(nyeste.version)
    form = RetForm(data)
    form.add_error(None, "Tallet er rettet af en anden, mens du skrev. Se efter ved felterne, og gem igen.")
    for navn in FELTER:
        nu = getattr(nyeste, navn)
        if form.cleaned_data.get(navn) != nu and navn in form.cleaned_data:
            form.add_error(navn, f"Der står nu: {nu if nu not in ('', None) else 'ingenting'}")
    return form


@kraev(redigerer)
@require_POST
def bekraeft(request: HttpRequest, pk: int) -> HttpResponse:
    """The source says the same today."""
    tal = _find(request, pk)
    try:
        handlinger.bekraeft(tal, adgang=request.adgang, fra_version=laes_version(request.POST.get("fra_version")))
    except Versionskonflikt:
        messages.warning(request, LAEST_IMENS)
    else:
        messages.success(request, "Det er noteret, at tallet er slået op i dag")
    return redirect(_side(tal))


@kraev(redigerer)
@require_POST
def slet(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a figure that no text cites."""
    tal = _find(request, pk)
    try:
        handlinger.slet(tal, adgang=request.adgang)
    except ValidationError as fejl:
        messages.error(request, fejl.messages[0])
        return redirect(_side(tal))
    messages.success(request, "Tallet er slettet")
    return redirect("aftale:eksterne_tal")
