"""Pages of the way through the bodies: where the agreement is, who has approved it, and each step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from socialaftale.aftale.adgang import laeser_kladde, redigerer
from socialaftale.aftale.enums import Aftaletrin
from socialaftale.aftale.godkendelse import adgang as regler
from socialaftale.aftale.godkendelse import handlinger, regneark, visning
from socialaftale.aftale.godkendelse.forms import Skridtform
from socialaftale.aftale.godkendelse.overblik import MED_MATRIX, hent_matrix, hindringer, tidslinje
from socialaftale.aftale.hoering import adgang as hoeringsregler
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.views.faelles import find_aftale, krummer
from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import Formular, svar_for_sent, svar_med_formular, vis_fejl
from socialaftale.kerne.models import Haendelse

SIDENS_NAVN = "Godkendelse"


def til_siden(aftale: Aftale) -> HttpResponse:
    return redirect("aftale:godkendelse", periode=aftale.periode)


def formularside(request: HttpRequest, aftale: Aftale, form: Formular, **kontekst: Any) -> HttpResponse:
    """One form on a page of its own, with the way back."""
    siden = reverse("aftale:godkendelse", args=(aftale.periode,))
    return svar_med_formular(
        request,
        kontekst.pop("skabelon", "aftale/opbygning/formular.html"),
        [form],
        {
            "aftale": aftale,
            "overtekst": aftale.titel,
            "indledning": "",
            "form": form,
            "fortryd_url": siden,
            "broedkrummer": krummer(aftale, (SIDENS_NAVN, siden), (kontekst["titel"], None)),
            **kontekst,
        },
    )


@kraev(laeser_kladde)
@require_safe
def side(request: HttpRequest, periode: str) -> HttpResponse:
    """Where the agreement is, what comes next, who has approved which edition, and what has happened."""
    aftale = find_aftale(request, periode)
    adgang = request.adgang
    matrix = hent_matrix(aftale) if aftale.tilstand in MED_MATRIX else None
    rykket = Haendelse.objects.for_objekt(aftale).filter(handling="godkendelse_rykket").first() if matrix else None
    skridtene = tidslinje(aftale)
    i_kraft = next((et.dato for et in skridtene if et.trin == Aftaletrin.TRAED_I_KRAFT), None)
    raekker = [
        (raekke, regler.maa_registrere(adgang, aftale, raekke.part)) for raekke in (matrix.raekker if matrix else ())
    ]
    return render(
        request,
        "aftale/godkendelse/side.html",
        {
            "aftale": aftale,
            "kaede": visning.kaede(aftale),
            "hvad_nu": visning.HVAD_NU.get(aftale.tilstand, ""),
            "naeste": visning.naeste(aftale) if adgang.er_sekretariat else None,
            "maa_aabne_hoering": hoeringsregler.maa_aabne(adgang, aftale),
            "maa_tilbage": regler.maa_tage(adgang, aftale, Aftaletrin.TILBAGE)
            and not hindringer(aftale, Aftaletrin.TILBAGE),
            "maa_begynde": regler.maa_begynde_udgave(adgang, aftale),
            "maa_fremlaegge": regler.maa_fremlaegge_udgave(adgang, aftale),
            "fremlaeg_hindringer": hindringer(aftale, Aftaletrin.FREMLAEG_UDGAVE) if aftale.ny_udgave_begyndt else [],
            "maa_rykke": bool(matrix and matrix.mangler) and regler.maa_rykke(adgang, aftale),
            "rykket": rykket,
            "matrix": matrix,
            "raekker": raekker,
            "maa_registrere": any(maa for _, maa in raekker),
            "har_eksempler": any(raekke.vist and raekke.vist.er_eksempel for raekke, _ in raekker),
            "er_sekretariat": adgang.er_sekretariat,
            "skridt": skridtene,
            "gaelder_fra": i_kraft or aftale.gaelder_fra,
            # Adopted before this system: what is not registered is not missing.
            "er_historisk": bool(matrix and matrix.mangler)
            and aftale.er_vedtaget
            and aftale.fremlagt_udgave_id == aftale.gaeldende_udgave_id,
            "broedkrummer": krummer(aftale, (SIDENS_NAVN, None)),
        },
    )


@kraev(laeser_kladde)
@require_safe
def ark(request: HttpRequest, periode: str) -> HttpResponse:
    """The approvals and the steps as a workbook."""
    aftale = find_aftale(request, periode)
    data = regneark.byg(aftale, hent_matrix(aftale), tidslinje(aftale))
    return svar.fil(f"godkendelser-{aftale.periode}.xlsx", MIMETYPER["xlsx"], data)


@kraev(laeser_kladde)
@require_safe
def udgave_pdf(request: HttpRequest, periode: str, nummer: int) -> HttpResponse:
    """An edition as it was issued: for readers of the draft those a body has had before it, else 404."""
    aftale = find_aftale(request, periode)
    udgaver = aftale.udgaver.select_related("dokument").defer("faste")
    if not request.adgang.er_sekretariat:
        udgaver = udgaver.filter(skridt__isnull=False).distinct()
    udgave = get_object_or_404(udgaver, dokument__version=nummer)
    return svar.dokument(udgave.dokument, vis="hent" not in request.GET)


def _tekst_til(trin: Aftaletrin, aftale: Aftale) -> str:
    if trin == Aftaletrin.GODKEND:
        nummer = aftale.fremlagt_udgave.nummer if aftale.fremlagt_udgave else ""
        return (
            f"Alle parter har godkendt {nummer}. udgave. Den bliver offentlig med det samme, og aftalen træder "
            f"i kraft den 1. januar {aftale.fra_aar}, eller nu, hvis dagen er kommet."
        )
    if trin == Aftaletrin.TILBAGE:
        return "Teksten kan rettes igen. Godkendelser, der er givet, bliver stående ved den udgave, de gælder."
    if trin == Aftaletrin.SEND_TIL_GODKENDELSE:
        return "Den nyeste udgave lægges frem for alle parter, som får en mail. Teksten ligger derefter fast."
    return "Den nyeste udgave lægges frem. Teksten kan stadig rettes, og så laves der en ny udgave til næste skridt."


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def skridt(request: HttpRequest, periode: str, trin: str) -> HttpResponse:
    """Take one of the secretariat's steps."""
    aftale = find_aftale(request, periode)
    if trin not in regler.SEKRETARIATETS_TRIN:
        raise Http404
    trin = Aftaletrin(trin)
    form = Skridtform(request.POST if request.method == "POST" else None, trin=trin)
    if not regler.maa_tage(request.adgang, aftale, trin):
        return _for_sent(request, aftale, form)
    if request.method != "POST" and (i_vejen := hindringer(aftale, trin)):
        messages.error(request, " ".join(i_vejen))
        return til_siden(aftale)
    if request.method == "POST" and form.is_valid():
        try:
            ny = handlinger.tag(aftale, trin, adgang=request.adgang, **form.cleaned_data)
        except UlovligOvergang:
            aftale.refresh_from_db()
            return _for_sent(request, aftale, form)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"Aftalen er nu: {ny.get_tilstand_display()}")
            return til_siden(aftale)
    return formularside(request, aftale, form, titel=trin.label, indledning=_tekst_til(trin, aftale), knap=trin.label)


def _for_sent(request: HttpRequest, aftale: Aftale, form: Formular) -> HttpResponse:
    """Somebody else took a step meanwhile."""
    status = aftale.get_tilstand_display()
    if request.method != "POST":
        messages.info(request, f"Det skridt kan ikke tages nu. Aftalens status er {status}")
        return til_siden(aftale)
    siden = reverse("aftale:godkendelse", args=(aftale.periode,))
    return svar_for_sent(
        request,
        form,
        {"videre": (siden, "Se aftalens vej"), "broedkrummer": krummer(aftale, (SIDENS_NAVN, siden))},
        titel="Skridtet kan ikke tages nu",
        forklaring=f"En anden har imens taget et skridt. Aftalens status er {status}.",
    )


@kraev(redigerer)
@require_POST
def ryk(request: HttpRequest, periode: str) -> HttpResponse:
    """Remind the parties that have not decided."""
    aftale = find_aftale(request, periode)
    if not regler.maa_rykke(request.adgang, aftale):
        raise PermissionDenied("Parterne tager ikke stilling til aftalen nu.")
    antal = handlinger.ryk(aftale, adgang=request.adgang)
    messages.success(request, f"Påmindelsen er sendt til {antal}" if antal else "Alle har svaret. Ingen er rykket")
    return til_siden(aftale)
