"""The secretariat sends a questionnaire and follows it up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from socialaftale.kerne import svar as filsvar
from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.dansk import slug
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import saml_fejl, vis_fejl
from socialaftale.kerne.models import Haendelse
from socialaftale.kerne.templatetags.dansk import antal
from udmeldinger.enums import Svarrolle
from udmeldinger.models import Besvarelse, Spoergeskema
from udmeldinger.spoergeskemaer import adgang as regler
from udmeldinger.spoergeskemaer import sendeformularer, svarhandlinger, udsendelse
from udmeldinger.spoergeskemaer.hentning import hent_opbygning
from udmeldinger.spoergeskemaer.opfoelgning import byg_regneark, hent_opfoelgning
from udmeldinger.spoergeskemaer.views_byg import find_skema, krummer


def _side(
    request: HttpRequest, form: BaseForm, skema: Spoergeskema, *, titel: str, knap: str, fortryd: str = "", **mere: Any
) -> HttpResponse:
    fejl = saml_fejl([form])
    return render(
        request,
        "udmeldinger/spoergeskemaer/formular.html",
        {
            "titel": titel,
            "overtekst": skema.titel,
            "knap": knap,
            "form": form,
            "fortryd_url": fortryd or _opfoelgning(skema),
            "fejl": fejl,
            "har_fejl": bool(fejl),
            "konflikt": None,
            "broedkrummer": krummer(skema, (titel, None)),
            **mere,
        },
        status=422 if fejl else 200,
    )


def _opfoelgning(skema: Spoergeskema) -> str:
    return reverse("spoergeskemaer:opfoelgning", args=(skema.pk,))


def _sendt(request: HttpRequest, pk: int) -> Spoergeskema:
    """A questionnaire that has been sent; a draft has nothing to follow up."""
    skema = find_skema(request, pk)
    if skema.er_kladde:
        raise Http404
    return skema


def _er_aendret(request: HttpRequest, skema: Spoergeskema) -> HttpResponse:
    """Somebody else was faster: say so, and show how things are now."""
    messages.info(request, "Det er imens ændret af en anden. Her er status nu")
    return redirect(_opfoelgning(skema))


def _besvarelse(request: HttpRequest, pk: int) -> Besvarelse:
    synlige = Besvarelse.objects.synlige_for(request.adgang).select_related("skema", "organisation")
    return get_object_or_404(synlige, pk=pk)


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose recipients and deadline, and send; locks the questionnaire."""
    skema = find_skema(request, pk)
    if not skema.er_kladde:
        return redirect(_opfoelgning(skema))
    fund = hent_opbygning(skema).fejl()
    if fund:
        messages.error(request, "Ret det, kontrollen har fundet, før skemaet kan sendes")
        return redirect(f"{skema.get_absolute_url()}#kontrol")
    form = sendeformularer.Sendeformular(request.POST if request.method == "POST" else None, roller=_roller(skema))
    if request.method == "POST" and form.is_valid():
        felter = form.cleaned_data
        try:
            udsendelse.send(
                skema,
                adgang=request.adgang,
                frist=felter["frist"],
                besked=felter["besked"],
                modtagere=form.modtagere(),
            )
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, f"{skema.titel} er sendt")
            return redirect(_opfoelgning(skema))
    return _side(
        request,
        form,
        skema,
        titel="Send spørgeskemaet",
        knap="Send",
        fortryd=skema.get_absolute_url(),
        indledning="Når skemaet er sendt, er det låst, og ændringer kræver en ny udgave. "
        "Private driftsherrer spørger du bagefter med et personligt link.",
    )


def _roller(skema: Spoergeskema) -> set[str]:
    """The capacities the sections ask; empty when some section is for everybody."""
    roller = set(skema.afsnit.values_list("rolle", flat=True))
    return set() if "" in roller else roller


@kraev(kun_sekretariat)
@require_safe
def opfoelgning(request: HttpRequest, pk: int) -> HttpResponse:
    """Recipients × status, rates, late answers and withdrawals."""
    skema = _sendt(request, pk)
    return render(
        request,
        "udmeldinger/spoergeskemaer/opfoelgning.html",
        {
            "skema": skema,
            "opgjorte": hent_opfoelgning(skema),
            "overskredet": skema.er_overskredet(timezone.localdate()),
            "maa_lede": regler.maa_lede(request.adgang, skema),
            "maa_aabne": regler.maa_genaabne_skema(request.adgang, skema),
            "haendelser": Haendelse.objects.for_objekt(skema).synlige_for(request.adgang),
            "broedkrummer": krummer(skema, ("Opfølgning", None)),
        },
    )


@kraev(kun_sekretariat)
@require_safe
def regneark(request: HttpRequest, pk: int) -> HttpResponse:
    skema = _sendt(request, pk)
    return filsvar.fil(f"status-{slug(skema.titel)}-{skema.aar}.xlsx", MIMETYPER["xlsx"], byg_regneark(skema))


@kraev(kun_sekretariat)
@require_POST
def ryk(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind all who have not answered."""
    skema = _sendt(request, pk)
    if not regler.maa_lede(request.adgang, skema):
        return _er_aendret(request, skema)
    sendt = udsendelse.ryk(skema, adgang=request.adgang)
    if sendt:
        messages.success(request, f"Der er sendt påmindelse til {antal(sendt, 'modtager,modtagere')}")
    else:
        messages.info(request, "Alle har svaret")
    return redirect(_opfoelgning(skema))


@kraev(kun_sekretariat)
@require_POST
def luk(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more answers."""
    skema = _sendt(request, pk)
    if not regler.maa_lede(request.adgang, skema):
        return _er_aendret(request, skema)
    udsendelse.luk(skema, adgang=request.adgang)
    messages.success(request, "Spørgeskemaet er lukket")
    return redirect(_opfoelgning(skema))


@kraev(kun_sekretariat)
@require_POST
def aabn(request: HttpRequest, pk: int) -> HttpResponse:
    """Take answers again."""
    skema = _sendt(request, pk)
    if not regler.maa_genaabne_skema(request.adgang, skema):
        return _er_aendret(request, skema)
    udsendelse.aabn(skema, adgang=request.adgang)
    messages.success(request, "Spørgeskemaet er åbnet igen")
    return redirect(_opfoelgning(skema))


def _trin(
    request: HttpRequest, form: BaseForm, skema: Spoergeskema, handling: Any, besked: str, **side: Any
) -> HttpResponse:
    """A step with a form on a page of its own, back to the follow-up."""
    if request.method == "POST" and form.is_valid():
        try:
            handling(form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        except (UlovligOvergang, PermissionDenied):
            return _er_aendret(request, skema)
        else:
            messages.success(request, besked)
            return redirect(_opfoelgning(skema))
    return _side(request, form, skema, **side)


def _post(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
def frist(request: HttpRequest, pk: int) -> HttpResponse:
    """Another deadline."""
    skema = _sendt(request, pk)
    if not regler.maa_lede(request.adgang, skema):
        return redirect(_opfoelgning(skema))
    form = sendeformularer.Fristformular(_post(request), initial={"frist": skema.frist})
    return _trin(
        request,
        form,
        skema,
        lambda felter: udsendelse.flyt_frist(skema, adgang=request.adgang, **felter),
        "Fristen er flyttet. De, der ikke har svaret, får en mail",
        titel="Flyt fristen",
        knap="Flyt fristen",
    )


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
def modtagere(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask more, also after it was sent."""
    skema = _sendt(request, pk)
    if not regler.maa_lede(request.adgang, skema):
        return redirect(_opfoelgning(skema))
    form = sendeformularer.Modtagerformular(_post(request), roller=_roller(skema))
    for felt in form.fields.values():
        felt.initial = None
    return _trin(
        request,
        form,
        skema,
        lambda felter: udsendelse.tilfoej_modtagere(skema, adgang=request.adgang, modtagere=form.modtagere()),
        "Modtagerne er tilføjet og har fået en mail",
        titel="Tilføj modtagere",
        knap="Tilføj",
    )


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
def privat(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a private operator through a personal link."""
    skema = _sendt(request, pk)
    if not regler.maa_lede(request.adgang, skema):
        return redirect(_opfoelgning(skema))
    return _trin(
        request,
        sendeformularer.Privatformular(_post(request)),
        skema,
        lambda felter: udsendelse.spoerg_privat(skema, adgang=request.adgang, **felter),
        "Linket er sendt med mail",
        titel="Spørg en privat driftsherre",
        knap="Send link",
        indledning="Modtageren får et personligt link med mail og svarer uden bruger. Linket åbner kun det ene svar.",
    )


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
def link_nyt(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a personal link anew; the earlier one stops working."""
    besvarelse = _besvarelse(request, pk)
    if not regler.maa_lave_link(request.adgang, besvarelse):
        return redirect(_opfoelgning(besvarelse.skema))
    sidste = besvarelse.links.order_by("-oprettet_tidspunkt").first()
    start = {"navn": sidste.navn, "email": sidste.email} if sidste else {}
    return _trin(
        request,
        sendeformularer.Linkformular(_post(request), initial=start),
        besvarelse.skema,
        lambda felter: udsendelse.lav_link(besvarelse, adgang=request.adgang, **felter),
        "Linket er sendt med mail",
        titel=f"Send nyt link til {besvarelse.organisation}",
        knap="Send link",
        indledning="Tidligere links til svaret holder op med at virke.",
    )


@kraev(kun_sekretariat)
@require_POST
def link_tilbage(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the links to an answer."""
    besvarelse = _besvarelse(request, pk)
    if besvarelse.rolle != Svarrolle.PRIVAT:
        raise Http404
    if not regler.maa_lave_link(request.adgang, besvarelse):
        return _er_aendret(request, besvarelse.skema)
    udsendelse.traek_link_tilbage(besvarelse, adgang=request.adgang)
    messages.success(request, f"Linket til {besvarelse.organisation} er trukket tilbage")
    return redirect(_opfoelgning(besvarelse.skema))


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
def fritag(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw somebody with a reason."""
    besvarelse = _besvarelse(request, pk)
    if not regler.maa_fritage(request.adgang, besvarelse):
        return redirect(_opfoelgning(besvarelse.skema))
    return _trin(
        request,
        sendeformularer.Begrundelsesformular(_post(request)),
        besvarelse.skema,
        lambda felter: udsendelse.fritag(besvarelse, adgang=request.adgang, **felter),
        f"{besvarelse.organisation} er fritaget",
        titel=f"Fritag {besvarelse.organisation} for at svare",
        knap="Fritag",
        indledning="Begrundelsen står i opfølgningen og sendes til organisationen.",
    )


@kraev(kun_sekretariat)
@require_POST
def spoerg_igen(request: HttpRequest, pk: int) -> HttpResponse:
    """Expect an answer after all."""
    besvarelse = _besvarelse(request, pk)
    if regler.maa_spoerge_igen(request.adgang, besvarelse):
        udsendelse.spoerg_igen(besvarelse, adgang=request.adgang)
        messages.success(request, f"Fritagelsen af {besvarelse.organisation} er ophævet")
    return redirect(_opfoelgning(besvarelse.skema))


@kraev(kun_sekretariat)
@require_http_methods(["GET", "HEAD", "POST"])
def genaabn(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an organisation correct its answer."""
    besvarelse = _besvarelse(request, pk)
    if not regler.maa_genaabne(request.adgang, besvarelse):
        return redirect(besvarelse)
    return _trin(
        request,
        sendeformularer.Begrundelsesformular(_post(request)),
        besvarelse.skema,
        lambda felter: svarhandlinger.genaabn(besvarelse, adgang=request.adgang, **felter),
        f"Svaret fra {besvarelse.organisation} er åbnet igen",
        titel=f"Åbn svaret fra {besvarelse.organisation} igen",
        knap="Åbn igen",
        indledning="De kan rette svaret og indsende det igen. Begrundelsen sendes med mail.",
        fortryd=besvarelse.get_absolute_url(),
    )
