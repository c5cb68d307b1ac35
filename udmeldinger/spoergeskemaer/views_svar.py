"""Answering: overview, sections, check page, receipt; the same pages through a log-in and through a personal link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import Fejl, saml_fejl, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from udmeldinger.beregning.udfyldning import Mangel
from udmeldinger.models import Besvarelse
from udmeldinger.spoergeskemaer import adgang as regler
from udmeldinger.spoergeskemaer import svarhandlinger as handlinger
from udmeldinger.spoergeskemaer.adgang import Svarer, deltager
from udmeldinger.spoergeskemaer.hentning import Afsnit, Besvaret, hent_besvaret, hent_sidste
from udmeldinger.spoergeskemaer.sendeformularer import Begrundelsesformular
from udmeldinger.spoergeskemaer.svarformular import Rammeformular, Svarformular, i_ord
from udmeldinger.spoergeskemaer.vej import Vej, sidekontekst

GEMT = "Kladden er gemt. Svaret er ikke indsendt endnu"


def _vej(request: HttpRequest, pk: int) -> Vej:
    synlige = Besvarelse.objects.synlige_for(request.adgang).select_related(
        "skema", "organisation", "indsendt_af", "godkendt_af"
    )
    return Vej(get_object_or_404(synlige, pk=pk), Svarer(request.adgang))


@kraev(deltager)
@require_http_methods(["GET", "HEAD", "POST"])
def besvarelse(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer: what is asked, how far it is, and for those who only read what was answered."""
    return vis_oversigt(request, _vej(request, pk))


@kraev(deltager)
@require_http_methods(["GET", "HEAD", "POST"])
def afsnit(request: HttpRequest, pk: int, nr: int) -> HttpResponse:
    """One section to fill in."""
    return vis_afsnit(request, _vej(request, pk), nr)


@kraev(deltager)
@require_http_methods(["GET", "HEAD", "POST"])
def tjek(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything in words before it is sent in or signed."""
    return vis_tjek(request, _vej(request, pk))


@kraev(deltager)
@require_safe
def kvittering(request: HttpRequest, pk: int) -> HttpResponse:
    return vis_kvittering(request, _vej(request, pk))


@kraev(deltager)
@require_http_methods(["GET", "HEAD", "POST"])
def retur(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation's own approver sends the answer back with a reason."""
    vej = _vej(request, pk)
    if not regler.maa_sende_retur(vej.svarer, vej.besvarelse):
        return redirect(vej.url())
    form = Begrundelsesformular(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            handlinger.send_retur(vej.besvarelse, svarer=vej.svarer, **form.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            messages.success(request, "Svaret er sendt retur. Kollegerne får begrundelsen med mail")
            return redirect(vej.url())
    fejl = saml_fejl([form])
    kontekst = {
        "titel": "Send svaret retur",
        "overtekst": vej.besvarelse.skema.titel,
        "indledning": "Begrundelsen sendes til dem, der skriver svaret.",
        "knap": "Send retur",
        "form": form,
        "konflikt": None,
        "fortryd_url": vej.url("tjek"),
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": [*vej.krummer, ("Send retur", None)],
    }
    return render(request, "udmeldinger/spoergeskemaer/formular.html", kontekst, status=422 if fejl else 200)


def vis_oversigt(request: HttpRequest, vej: Vej) -> HttpResponse:
    """Overview of an answer, with the tick and the remark for those who write."""
    fundet = vej.besvarelse
    maa_svare = regler.maa_svare(vej.svarer, fundet)
    form, konflikt = None, False
    if maa_svare:
        form = _rammeformular(request, fundet)
        if request.method == "POST" and form.is_valid():
            try:
                handlinger.gem_ramme(fundet, svarer=vej.svarer, **form.cleaned_data)
            except Versionskonflikt as fanget:
                konflikt = True
                form.data = {**request.POST.dict(), "fra_version": fanget.nyeste.version}
                vej = Vej(fanget.nyeste, vej.svarer, vej.token)
            except ValidationError as fejl:
                vis_fejl(form, fejl)
            else:
                if request.POST.get("handling") == "tjek":
                    return redirect(vej.url("tjek"))
                messages.success(request, GEMT)
                return redirect(vej.url())
    elif request.method == "POST":
        messages.info(request, "Svaret kan ikke rettes mere")
        return redirect(vej.url())
    besvaret = hent_besvaret(vej.besvarelse)
    fejl = saml_fejl([form]) if form else []
    laeser = not maa_svare and regler.maa_laese_indhold(vej.svarer, fundet)
    return render(
        request,
        "udmeldinger/spoergeskemaer/besvarelse.html",
        sidekontekst(
            vej,
            besvaret,
            form=form,
            konflikt=konflikt,
            fejl=fejl,
            indhold=besvaret.i_ord() if laeser else None,
            laeser=laeser,
            maa_svare=maa_svare,
            maa_godkende=regler.maa_sende_retur(vej.svarer, fundet),
            maa_genaabne=regler.maa_genaabne(vej.svarer.adgang, fundet) and not vej.token,
            haendelser=_historik(vej),
            broedkrummer=[*vej.krummer[:-1], (fundet.skema.titel, None)],
        ),
        status=409 if konflikt else 422 if fejl else 200,
    )


def _historik(vej: Vej) -> Any:
    """What has happened; the organisation reads that of its own answer."""
    return [] if vej.token else Haendelse.objects.for_objekt(vej.besvarelse)


def _rammeformular(request: HttpRequest, fundet: Besvarelse) -> Rammeformular:
    return Rammeformular(
        request.POST if request.method == "POST" else None,
        kan_vaere_uden_borgere=fundet.skema.kan_vaere_uden_borgere,
        initial={
            "fra_version": fundet.version,
            "ingen_borgere": fundet.ingen_borgere,
            "bemaerkning": fundet.bemaerkning,
        },
    )


def _synlige(besvaret: Besvaret, del_: Afsnit) -> list[Any]:
    """The questions of a section that apply, and those another one on the same page decides on."""
    synlige: dict[str, Any] = {}
    spurgt = besvaret.spurgt
    for et in del_.spoergsmaal:
        if et.noegle in spurgt or (et.betingelse and et.betingelse.noegle in synlige):
            synlige[et.noegle] = et
    return list(synlige.values())


def vis_afsnit(request: HttpRequest, vej: Vej, nr: int) -> HttpResponse:
    """Fill in a section: saved by the buttons and by the page itself."""
    fundet = vej.besvarelse
    besvaret = hent_besvaret(fundet)
    if not 1 <= nr <= len(besvaret.opbygning.afsnit):
        raise Http404
    autogem = request.method == "POST" and request.POST.get("autogem") == "1"
    if not regler.maa_svare(vej.svarer, fundet):
        if autogem:
            return JsonResponse({"besked": "Svaret er indsendt eller lukket og kan ikke rettes."}, status=409)
        if request.method == "POST":
            return _for_sent(request, vej, besvaret, nr)
        return redirect(vej.url())
    if fundet.ingen_borgere and not autogem:
        messages.info(
            request, "I har sat kryds ved ingen borgere i målgruppen. Fjern krydset for at svare på spørgsmålene"
        )
        return redirect(vej.url())
    del_ = besvaret.opbygning.afsnit[nr - 1]
    if request.method != "POST":
        return _vis_afsnit(request, vej, besvaret, del_, _formular(besvaret, del_))
    form = _formular(besvaret, del_, request.POST)
    indtastede = form.indtastede()
    try:
        handlinger.gem_svar(fundet, indtastede, svarer=vej.svarer)
    except handlinger.Svarkonflikt as konflikt:
        if autogem:
            besked = "En kollega har svaret på det samme spørgsmål. Vælg Gem kladde for at se begge svar."
            return JsonResponse({"besked": besked}, status=409)
        besvaret = hent_besvaret(fundet)
        form.svar = besvaret.svar
        form.saet_maerker(konflikt.noegler)
        return _vis_afsnit(request, vej, besvaret, del_, form, konflikter=konflikt.noegler)
    except UlovligOvergang:
        return _for_sent(request, vej, besvaret, nr)
    if autogem:
        return _autosvar(fundet, form)
    if kilde := request.POST.get("overtag"):
        return _overtag(request, vej, nr, kilde)
    if not form.is_valid():
        besvaret = hent_besvaret(fundet)
        form.svar = besvaret.svar
        form.saet_maerker({et.noegle for et in del_.spoergsmaal})
        return _vis_afsnit(request, vej, besvaret, del_, form)
    if request.POST.get("handling") == "naeste":
        sidste = nr == len(besvaret.opbygning.afsnit)
        return redirect(vej.url("tjek") if sidste else vej.url("afsnit", nr + 1))
    messages.success(request, GEMT)
    return redirect(vej.url("afsnit", nr))


def _formular(besvaret: Besvaret, del_: Afsnit, data: Any = None) -> Svarformular:
    return Svarformular(data, spoergsmaal=_synlige(besvaret, del_), svar=besvaret.svar)


def _autosvar(fundet: Besvarelse, form: Svarformular) -> JsonResponse:
    """The marks of what is stored now; what seems to hold a CPR number is not, and the page says so."""
    if form.med_cpr:
        besked = "Der står noget, der ligner et CPR-nummer. Fjern det. Spørgsmålet er ikke gemt."
        return JsonResponse({"besked": besked}, status=422)
    form.svar = {et.noegle: et for et in fundet.svar.all()}
    return JsonResponse({"felter": {f"b-{et.noegle}": form.maerke(et) for et in form.spoergsmaal}})


def _overtag(request: HttpRequest, vej: Vej, nr: int, kilde: str) -> HttpResponse:
    hvorfra, _, noegle = kilde.partition(":")
    if handlinger.overtag(vej.besvarelse, svarer=vej.svarer, noegle=noegle, kilde=hvorfra):
        messages.success(request, "Svaret er taget over. Se det igennem, før I indsender")
    return redirect(f"{vej.url('afsnit', nr)}#spoergsmaal-{noegle}")


def _for_sent(request: HttpRequest, vej: Vej, besvaret: Besvaret, nr: int) -> HttpResponse:
    """Sent in or closed meanwhile: what was typed stands on the page to be copied."""
    del_ = besvaret.opbygning.afsnit[nr - 1]
    form = _formular(besvaret, del_, request.POST)
    skrevet = [(felt.field.felt.etiket, felt.data) for felt in form.visible_fields() if felt.data]
    return render(
        request,
        "grund/for_sent.html",
        {
            "titel": "Svaret kan ikke rettes mere",
            "forklaring": "Svaret er imens indsendt, eller spørgeskemaet er lukket.",
            "videre": (vej.url(), "Se svaret"),
            "skrevet": [(navn, ", ".join(v) if isinstance(v, list) else v) for navn, v in skrevet],
            "broedkrummer": [*vej.krummer, (del_.raekke.titel, None)],
        },
        status=409,
    )


def _vis_afsnit(
    request: HttpRequest,
    vej: Vej,
    besvaret: Besvaret,
    del_: Afsnit,
    form: Svarformular,
    *,
    konflikter: set[str] | None = None,
) -> HttpResponse:
    sidste, gamle = hent_sidste(vej.besvarelse)
    grupper = list(form.grupper())
    for gruppe in grupper:
        et = gruppe.spoergsmaal
        nu = besvaret.vaerdier.get(et.noegle)
        gruppe.svar = besvaret.svar.get(et.noegle)
        if konflikter and et.noegle in konflikter:
            gruppe.kollegas = i_ord(et, nu)
        if et.noegle in gamle and gamle[et.noegle] != nu:
            gruppe.sidste = i_ord(et, gamle[et.noegle])
        if et.noegle in besvaret.opbygning.forslag and nu is None:
            gruppe.register = i_ord(et, besvaret.opbygning.forslag[et.noegle])
    fejl = saml_fejl([form])
    nr, antal = del_.nr, len(besvaret.opbygning.afsnit)
    return render(
        request,
        "udmeldinger/spoergeskemaer/afsnit.html",
        sidekontekst(
            vej,
            besvaret,
            afsnit=del_,
            antal=antal,
            grupper=grupper,
            form=form,
            fejl=fejl,
            konflikt=bool(konflikter),
            sidste=sidste,
            autogem_url=vej.url("afsnit", nr),
            forrige_url=vej.url("afsnit", nr - 1) if nr > 1 else vej.url(),
            broedkrummer=[*vej.krummer, (del_.raekke.titel, None)],
        ),
        status=409 if konflikter else 422 if fejl else 200,
    )


def vis_tjek(request: HttpRequest, vej: Vej) -> HttpResponse:
    """Check everything; then send it in, or as the approver sign it."""
    fundet = vej.besvarelse
    kan_indsende = regler.maa_svare(vej.svarer, fundet)
    kan_godkende = regler.maa_sende_retur(vej.svarer, fundet)
    if not (kan_indsende or kan_godkende):
        return redirect(vej.url())
    if request.method == "POST":
        handling = handlinger.godkend if kan_godkende else handlinger.indsend
        try:
            handling(fundet, svarer=vej.svarer)
        except ValidationError:
            # The page below lists what is missing.
            pass
        except UlovligOvergang:
            messages.info(request, "Svaret er imens indsendt af en anden")
            return redirect(vej.url())
        else:
            return redirect(vej.url("kvittering"))
    besvaret = hent_besvaret(fundet)
    mangler = besvaret.mangler() if kan_indsende else []
    return render(
        request,
        "udmeldinger/spoergeskemaer/tjek.html",
        sidekontekst(
            vej,
            besvaret,
            indhold=besvaret.i_ord(),
            mangler=[(mangel.tekst, _mangeladresse(vej, besvaret, mangel)) for mangel in mangler],
            fejl=[Fejl("Svaret kan ikke indsendes endnu. Ret det, der mangler, herunder")]
            if request.method == "POST"
            else [],
            kan_godkende=kan_godkende,
            godkender_selv=kan_indsende and regler.maa_godkende(vej.svarer, fundet),
            retur_url=""
            if vej.token or not kan_godkende
            else reverse("spoergeskemaer:besvarelse_retur", args=(fundet.pk,)),
            broedkrummer=[*vej.krummer, ("Tjek svaret", None)],
        ),
        status=422 if request.method == "POST" else 200,
    )


def _mangeladresse(vej: Vej, besvaret: Besvaret, mangel: Mangel) -> str:
    return f"{vej.url('afsnit', besvaret.afsnit_af(mangel.noegle))}#spoergsmaal-{mangel.noegle}"


def vis_kvittering(request: HttpRequest, vej: Vej) -> HttpResponse:
    """What was sent, when and by whom, and what happens next."""
    fundet = vej.besvarelse
    if fundet.indsendt_tidspunkt is None:
        return redirect(vej.url())
    return render(
        request,
        "udmeldinger/spoergeskemaer/kvittering.html",
        {
            "besvarelse": fundet,
            "skema": fundet.skema,
            "svar_url": vej.url(),
            "hvem": fundet.indsendt_af or (vej.svarer.link.navn if vej.svarer.link else "Gennem personligt link"),
            "broedkrummer": [*vej.krummer, ("Kvittering", None)],
        },
    )
