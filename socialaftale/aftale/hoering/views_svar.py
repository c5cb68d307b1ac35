"""An organisation's answer: reading, writing, its document, and opening it again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from socialaftale.aftale.adgang import redigerer
from socialaftale.aftale.hoering import adgang as regler
from socialaftale.aftale.hoering import handlinger
from socialaftale.aftale.hoering.forms import Genaabnform, Svarform
from socialaftale.aftale.hoering.models import Hoeringssvar
from socialaftale.aftale.hoering.notat import hoerte_kapitler
from socialaftale.aftale.hoering.views import find_hoering, krummer, url
from socialaftale.kerne import svar as filsvar
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import saml_fejl, svar_med_formular, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Kapitel
from socialaftale.kerne.sager.forms import Bilagsformular


def _find(request: HttpRequest, periode: str, pk: int, svar: int) -> Hoeringssvar:
    hoering = find_hoering(request, periode, pk)
    synlige = hoering.svar.synlige_for(request.adgang).select_related("organisation", "bilag", "indsendt_af")
    fundet = get_object_or_404(synlige, pk=svar)
    fundet.hoering = hoering
    return fundet


def _url(svar: Hoeringssvar, navn: str = "hoeringssvar") -> str:
    return url(svar.hoering, navn, svar.pk)


@kraev(regler.deltager)
@require_safe
def laes(request: HttpRequest, periode: str, pk: int, svar: int) -> HttpResponse:
    """The answer as it stands."""
    fundet = _find(request, periode, pk, svar)
    titler = dict(hoerte_kapitler(fundet.hoering))
    dele = [(titler.get(del_.kapitel_id, ""), del_) for del_ in fundet.kapitelsvar.all()]
    return render(
        request,
        "aftale/hoering/svar.html",
        {
            "hoering": fundet.hoering,
            "svar": fundet,
            "dele": dele,
            # What is not sent is the organisation's own business; the secretariat sees that it is under way.
            "vis_indhold": fundet.er_indsendt or not request.adgang.er_sekretariat,
            "maa_skrive": regler.maa_skrive(request.adgang, fundet),
            "maa_genaabne": regler.maa_genaabne(request.adgang, fundet),
            "broedkrummer": krummer(fundet.hoering, (f"Svar fra {fundet.organisation}", None)),
        },
    )


@kraev(regler.deltager)
@require_http_methods(["GET", "HEAD", "POST"])
def ret(request: HttpRequest, periode: str, pk: int, svar: int) -> HttpResponse:
    """Write the answer: save the draft, or save and send it."""
    fundet = _find(request, periode, pk, svar)
    if not regler.maa_skrive(request.adgang, fundet):
        return redirect(_url(fundet))
    kapitler = hoerte_kapitler(fundet.hoering)
    if request.method != "POST":
        start = {
            "fra_version": fundet.version,
            "generelt": fundet.generelt,
            "uden_bemaerkninger": fundet.uden_bemaerkninger,
            **{f"kapitel_{del_.kapitel_id}": del_.tekst for del_ in fundet.kapitelsvar.all()},
        }
        return _vis(request, fundet, Svarform(initial=start, kapitler=kapitler))
    form = Svarform(request.POST, kapitler=kapitler)
    if not form.is_valid():
        return _vis(request, fundet, form)
    indsend = request.POST.get("handling") == "indsend"
    try:
        _gem(request, fundet, form)
        if indsend:
            handlinger.indsend(fundet, adgang=request.adgang)
    except Versionskonflikt as konflikt:
        form.data = {**request.POST.dict(), "fra_version": konflikt.nyeste.version}
        return _vis(request, fundet, form, konflikt=True)
    except ValidationError as fejl:
        fundet.refresh_from_db(fields=["version"])
        form.data = {**request.POST.dict(), "fra_version": fundet.version}
        vis_fejl(form, fejl)
        return _vis(request, fundet, form)
    except UlovligOvergang:
        messages.info(request, "Svaret er imens blevet indsendt af en anden")
        return redirect(_url(fundet))
    if indsend:
        messages.success(request, "Høringssvaret er indsendt. I får en kvittering med mail")
    else:
        messages.success(request, "Kladden er gemt. Svaret er ikke indsendt endnu")
    return redirect(_url(fundet) if indsend else _url(fundet, "hoeringssvar_ret"))


def _gem(request: HttpRequest, svar: Hoeringssvar, form: Svarform) -> None:
    tekster = form.kapiteltekster
    kapitler = {kapitel.pk: kapitel for kapitel in Kapitel.alle.filter(pk__in=list(tekster))}
    handlinger.gem(
        svar,
        adgang=request.adgang,
        fra_version=form.cleaned_data["fra_version"],
        generelt=form.cleaned_data["generelt"],
        uden_bemaerkninger=form.cleaned_data["uden_bemaerkninger"],
        kapitler={kapitler[noegle]: tekst for noegle, tekst in tekster.items()},
    )


def _vis(request: HttpRequest, svar: Hoeringssvar, form: Svarform, *, konflikt: bool = False) -> HttpResponse:
    fejl = saml_fejl([form])
    return render(
        request,
        "aftale/hoering/ret.html",
        {
            "hoering": svar.hoering,
            "svar": svar,
            "form": form,
            "fejl": fejl,
            "har_fejl": bool(fejl),
            "konflikt": konflikt,
            # What a colleague saved, to read beside one's own.
            "kollegas": Hoeringssvar.objects.prefetch_related("kapitelsvar__kapitel").get(pk=svar.pk)
            if konflikt
            else None,
            "maa_sende": regler.maa_sende(request.adgang, svar),
            "broedkrummer": krummer(svar.hoering, (f"Svar fra {svar.organisation}", _url(svar)), ("Skriv svar", None)),
        },
        status=409 if konflikt else 422 if fejl else 200,
    )


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def genaabn(request: HttpRequest, periode: str, pk: int, svar: int) -> HttpResponse:
    """Open a sent answer again, with a reason."""
    fundet = _find(request, periode, pk, svar)
    if not regler.maa_genaabne(request.adgang, fundet):
        messages.info(request, "Svaret kan ikke åbnes igen")
        return redirect(_url(fundet))
    form = Genaabnform(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        handlinger.genaabn(fundet, adgang=request.adgang, **form.cleaned_data)
        messages.success(request, f"Svaret fra {fundet.organisation} er åbnet igen. De får begrundelsen med mail")
        return redirect(fundet.hoering)
    return svar_med_formular(
        request,
        "aftale/opbygning/formular.html",
        [form],
        {
            "titel": f"Åbn svaret fra {fundet.organisation} igen",
            "overtekst": f"Høring af {fundet.hoering.navngivet.navn}",
            "indledning": "De kan rette svaret og indsende det igen. Begrundelsen sendes med mail.",
            "knap": "Åbn igen",
            "form": form,
            "fortryd_url": _url(fundet),
            "broedkrummer": krummer(
                fundet.hoering, (f"Svar fra {fundet.organisation}", _url(fundet)), ("Åbn igen", None)
            ),
        },
    )


@kraev(regler.deltager)
@require_safe
def dokument(request: HttpRequest, periode: str, pk: int, svar: int) -> HttpResponse:
    """The document of an answer, for those who may read the answer."""
    fundet = _find(request, periode, pk, svar)
    if fundet.bilag is None or (request.adgang.er_sekretariat and not fundet.er_indsendt):
        raise Http404
    return filsvar.dokument(fundet.bilag, vis="vis" in request.GET)


@kraev(regler.deltager)
@require_http_methods(["GET", "HEAD", "POST"])
def vedhaeft(request: HttpRequest, periode: str, pk: int, svar: int) -> HttpResponse:
    """Attach a document to the draft of the answer."""
    fundet = _find(request, periode, pk, svar)
    if not regler.maa_skrive(request.adgang, fundet):
        return redirect(_url(fundet))
    sendt = request.method == "POST"
    form = Bilagsformular(request.POST if sendt else None, request.FILES if sendt else None, arter=[])
    if sendt and form.is_valid():
        fil = form.cleaned_data["fil"]
        handlinger.vedhaeft(fundet, adgang=request.adgang, filnavn=fil.name, data=fil.read())
        messages.success(request, "Dokumentet er vedhæftet")
        return redirect(_url(fundet, "hoeringssvar_ret"))
    return svar_med_formular(
        request,
        "aftale/opbygning/formular.html",
        [form],
        {
            "titel": "Vedhæft dokument",
            "overtekst": f"Høringssvar fra {fundet.organisation}",
            "indledning": "Et nyt dokument træder i stedet for det, der er vedhæftet." if fundet.bilag else "",
            "knap": "Vedhæft",
            "form": form,
            "har_filer": True,
            "fortryd_url": _url(fundet, "hoeringssvar_ret"),
            "broedkrummer": krummer(
                fundet.hoering, (f"Svar fra {fundet.organisation}", _url(fundet)), ("Vedhæft dokument", None)
            ),
        },
    )


@kraev(regler.deltager)
@require_POST
def fjern(request: HttpRequest, periode: str, pk: int, svar: int) -> HttpResponse:
    """Take the document away again."""
    fundet = _find(request, periode, pk, svar)
    if regler.maa_skrive(request.adgang, fundet) and fundet.bilag is not None:
        handlinger.fjern_bilag(fundet, adgang=request.adgang)
        messages.success(request, "Dokumentet er fjernet fra svaret")
    return redirect(_url(fundet, "hoeringssvar_ret"))
