"""Filling in a takstskema: the form, saving a draft, automatic saving, and what happens when two people save."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.cpr import find_cpr
from socialaftale.kerne.formularer import saml_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.templatetags import dansk
from takster import adgang as regler
from takster import hentning
from takster.adgang import kun_indberetter
from takster.beregning.kontrolraekke import Skemaberegning
from takster.beregning.regulering import ManglendeSats, fremskriv
from takster.beregning.tilsyn import TILSYNSPOST
from takster.enums import Enhed
from takster.forms.skema import Skemaformular, linjefelt, raa_felter
from takster.forms.typefelter import niveauraekker, uden_raekke
from takster.handlinger import skemaer
from takster.konflikt import flet
from takster.models import Takstkladde, Takstskema
from takster.views.faelles import (
    hent_skema,
    koeberlinje,
    metapunkter,
    resultatpanel,
    skema_broedkrummer,
    skema_for_sent,
)
from takster.views.kommentarer import ubesvarede
from takster.views.skema_kontrol import kontrolpanel
from takster.visning import byg_ark
from tilbud.enums import Taksttype

KONTROLLER = "kontroller"
TILFOEJ_NIVEAU, FJERN_NIVEAU = "tilfoej_niveau", "fjern_niveau"


@kraev(kun_indberetter)
def ret(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; "Gem kladde" saves and stays, "Kontrollér og indsend" saves and goes on to the check page."""
    skema = hent_skema(request, pk)
    if not regler.maa_redigere(request.adgang, skema, timezone.localdate()):
        if request.method == "POST":
            return skema_for_sent(request, skema, Skemaformular(request.POST, skema=skema), "Udfyld")
        messages.info(request, "Skemaet kan ikke rettes nu.")
        return redirect(skema)
    if request.method == "POST":
        if request.POST.keys() & {TILFOEJ_NIVEAU, FJERN_NIVEAU}:
            return _skift_niveauer(request, skema)
        return _gem(request, skema)
    kladde = Takstkladde.objects.filter(skema=skema, bruger=request.adgang.bruger).first()
    if kladde is None:
        return _side(request, skema, Skemaformular(skema=skema))
    fletning = flet(kladde.data, skema, kladde.version)
    formular = Skemaformular.med_tekster(skema, fletning.data)
    if not formular.afviger():
        return _side(request, skema, Skemaformular(skema=skema))
    return _side(
        request, skema, formular, kladde=kladde, fletning=fletning if kladde.version != skema.version else None
    )


def _skift_niveauer(request: HttpRequest, skema: Takstskema) -> HttpResponse:
    """One level more or fewer, without JavaScript: the page again with everything typed, not judged and not saved."""
    data = request.POST.dict()
    vis, fjern = _heltal(data.get("niveau_vis")), _heltal(data.get(FJERN_NIVEAU))
    if fjern:
        data, vis = uden_raekke(data, fjern), vis - 1
    else:
        vis += 1
    formular = Skemaformular.med_tekster(skema, data)
    # The version the text was typed on top of: what others have saved since must still be noticed.
    formular.initial["version"] = data.get("version", "")
    return _side(request, skema, formular, niveau_vis=vis, ikke_gemt=True)


def _heltal(tekst: str | None) -> int:
    return int(tekst) if tekst and tekst.isascii() and tekst.isdigit() else 0


def _gem(request: HttpRequest, skema: Takstskema) -> HttpResponse:
    formular = Skemaformular(request.POST, skema=skema)
    if not formular.is_valid():
        return _side(request, skema, formular, status=422)
    try:
        skemaer.gem_skema(
            skema,
            adgang=request.adgang,
            version=formular.cleaned_data["version"],
            felter=formular.felter(),
            linjer=formular.linjer(),
            niveauer=formular.niveauer(),
        )
    except Versionskonflikt as konflikt:
        return _konflikt(request, konflikt.nyeste, formular.cleaned_data["version"])
    except ValidationError as fejl:
        formular.add_error(None, fejl.messages)
        return _side(request, skema, formular, status=422)
    if request.POST.get("handling") == KONTROLLER:
        return redirect("takster:skema_indsend", pk=skema.pk)
    messages.success(request, "Din kladde er gemt. Taksten er ikke indsendt endnu.")
    return redirect("takster:skema_ret", pk=skema.pk)


def _konflikt(request: HttpRequest, nyeste: Takstskema, version: int) -> HttpResponse:
    """Somebody else saved first: everything typed stands in the form, and the saved values beside it.

    Fields that only the other changed take the saved value. Saving again from this page is on top of the newest
    version, so it is deliberate.
    """
    fletning = flet(request.POST.dict(), nyeste, version)
    formular = Skemaformular({**fletning.data, "version": str(nyeste.version)}, skema=nyeste)
    formular.is_valid()
    return _side(request, nyeste, formular, status=409, konflikt=True, fletning=fletning)


def _side(
    request: HttpRequest, skema: Takstskema, formular: Skemaformular, *, status: int = 200, **mere: Any
) -> HttpResponse:
    omgivelser = hentning.hent_omgivelser(skema, timezone.localdate())
    linjer = formular.laeselige_linjer()
    if omgivelser.forventet_tilsyn and skema.har_grundlag:
        felt = formular.fields[linjefelt(TILSYNSPOST)]
        felt.help_text = f"{felt.help_text} {omgivelser.forventet_tilsyn.forklaring}"
    beregning = som_vist = hentning.beregn_gemt(skema, omgivelser)
    if formular.is_bound:
        som_vist = hentning.beregn_felter(*formular.foreloebige(), omgivelser, formular.niveauer())
    fejl = saml_fejl([formular])
    kontekst = {
        "skema": skema,
        "formular": formular,
        "kommentarer": ubesvarede(skema, formular),
        "broedkrummer": skema_broedkrummer(skema, ("Udfyld", None)),
        "meta": metapunkter(skema),
        "ark": skema.har_grundlag and byg_ark(linjer, omgivelser, formular),
        "panel": resultatpanel(skema, beregning),
        "kontrol": kontrolpanel(som_vist, formular),
        "gemte_er_vist": not formular.is_bound and not mere.get("kladde") and not mere.get("ikke_gemt"),
        "skemadata": skemadata(skema, omgivelser),
        "regulering": omgivelser.regulering,
        **_typedele(skema, formular, beregning, mere.get("niveau_vis", 0)),
        "koebere": koeberlinje(skema, omgivelser),
        "aktuelle_aar": [skema.aar - nummer for nummer in (1, 2, 3)],
        "fejl": fejl,
        "har_fejl": bool(fejl),
        **mere,
    }
    skabelon = "takster/skema/ret.html" if skema.har_grundlag else "takster/skema/ret_kort.html"
    return render(request, skabelon, kontekst, status=status)


def _typedele(
    skema: Takstskema, formular: Skemaformular, beregning: Skemaberegning, niveau_vis: int
) -> dict[str, Any]:
    """What the form shows for its type: rows of levels with the prices as saved, or the short form."""
    trappe = beregning.typer.niveauer if beregning.typer else None
    priser = {pris.niveau.nr: pris for pris in trappe.priser} if trappe else {}
    raekker = [
        raekke | {"pris": priser.get(raekke["nr"]) or {"i_alt": None}}
        for raekke in niveauraekker(formular, niveau_vis)
    ]
    return {
        "niveauraekker": raekker,
        "niveau_synlige": str(sum(not raekke["skjult"] for raekke in raekker)),
        "kapacitetsord": {Enhed.TIME: "timer", Enhed.ENHED: "enheder"}.get(Enhed(skema.enhed), "pladser"),
        "er_tillaeg": skema.taksttype == Taksttype.TILLAEG,
    }


def skemadata(skema: Takstskema, omgivelser: hentning.Omgivelser) -> dict[str, str]:
    """The data attributes of the form that skema.js computes its preview from."""
    kapacitet = {Enhed.TIME: "#id_kapacitetstimer", Enhed.ENHED: "#id_antal"}.get(Enhed(skema.enhed), "#id_pladser")
    dage = {Enhed.DOEGN: str(omgivelser.regler.dage_pr_aar), Enhed.DAG: "#id_driftsdage"}.get(Enhed(skema.enhed), "1")
    sidste = omgivelser.sidste_takst
    return {
        "kapacitet": kapacitet,
        "dage": dage,
        "belaegning": "#id_belaegning_pct",
        "forrige": _fremskriv(sidste.takst, sidste.aar, omgivelser) if sidste and sidste.takst is not None else "",
        "graense": str(omgivelser.regler.taerskel_takstaendring_pct),
        "pension_pct": str(omgivelser.regler.pension_pct),
        "regulering": str(omgivelser.regulering.i_alt),
    }


def _fremskriv(takst: Decimal, aar: int, omgivelser: hentning.Omgivelser) -> str:
    """Last year's tariff in this year's prices also before the new one can be computed; "" without a rate."""
    try:
        return str(fremskriv(takst, aar, omgivelser.aar, omgivelser.pl_satser))
    except ManglendeSats:
        return ""


@kraev(kun_indberetter)
@require_POST
def kladde(request: HttpRequest, pk: int) -> JsonResponse:
    """Automatic saving: what stands in the form, readable or not; the takstskema itself is not changed."""
    skema = hent_skema(request, pk)
    if not regler.maa_redigere(request.adgang, skema, timezone.localdate()):
        return JsonResponse(
            {"besked": "Skemaet kan ikke rettes mere. Kopiér det, du har skrevet, før du forlader siden."}, status=409
        )
    formular = Skemaformular(skema=skema)
    version = request.POST.get("version", "")
    if version not in map(str, range(skema.version + 1)):
        return JsonResponse({"besked": "Genindlæs siden, og prøv igen."}, status=400)
    data = raa_felter(request.POST.dict(), formular)
    if any(isinstance(formular.fields[navn], forms.CharField) and find_cpr(tekst) for navn, tekst in data.items()):
        return JsonResponse(
            {"besked": "Kladden er ikke gemt. Fjern det, der ligner et CPR-nummer, i dine tekster."}, status=422
        )
    gemt = skemaer.gem_kladde(skema, adgang=request.adgang, version=int(version), data=data)
    return JsonResponse({"besked": f"Gemt {dansk.tidspunkt(gemt.gemt_tidspunkt)}", "felter": {}})


@kraev(kun_indberetter)
@require_POST
def kasser_kladde(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop what was typed and not saved, and show the saved form."""
    skema = hent_skema(request, pk)
    skemaer.slet_kladde(skema, adgang=request.adgang)
    messages.info(request, "Det, der ikke var gemt, er kasseret.")
    return redirect(reverse("takster:skema_ret", kwargs={"pk": skema.pk}))
