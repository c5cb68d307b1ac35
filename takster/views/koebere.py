"""The buyers of a takstskema: a page of its own, so that the form stays small (T8)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import Fejl
from socialaftale.kerne.konflikt import Versionskonflikt, laes_version
from socialaftale.kerne.penge import i_alt
from socialaftale.kerne.templatetags import dansk
from takster import adgang as regler
from takster.adgang import maa_se_indberetning
from takster.beregning.koeberkontrol import forventet_maengde, kontroller_koebere, maengdeord
from takster.beregning.takst import felt_for_kapacitet
from takster.enums import Enhed
from takster.forms.koebere import Koeberformular, Koebersaet, gemte_koebere, med_flere_raekker
from takster.handlinger import koebere as handlinger
from takster.koebere import kendte_koebere
from takster.models import Takstskema
from takster.views.faelles import hent_skema, metapunkter, skema_broedkrummer, skema_for_sent

TILFOEJ = "tilfoej"


@kraev(maa_se_indberetning)
def vis(request: HttpRequest, pk: int) -> HttpResponse:
    """Who buys how much: rows to fill in while the form can be corrected, otherwise to read."""
    skema = hent_skema(request, pk)
    # The matrix: DAS reads the summary of a form; who buys is for those who see its lines.
    if not regler.ser_linjer(request.adgang):
        raise Http404
    maa_redigere = regler.maa_redigere(request.adgang, skema, timezone.localdate())
    if request.method == "POST":
        return _gem(request, skema) if maa_redigere else _for_sent(request, skema)
    gemte = gemte_koebere(skema.pk)
    if not maa_redigere:
        return _side(request, skema, gemte, None)
    return _side(request, skema, gemte, _saet(skema, gemte=gemte))


def _saet(skema: Takstskema, data: Any = None, **mere: Any) -> Koebersaet:
    return Koeberformular(data, enhed=maengdeord(skema.enhed), **mere)


def _gem(request: HttpRequest, skema: Takstskema) -> HttpResponse:
    version = laes_version(request.POST.get("version"))
    if TILFOEJ in request.POST:
        saet = _saet(skema, med_flere_raekker(request.POST.dict()))
        return _side(request, skema, gemte_koebere(skema.pk), saet, version=version, doem=False)
    saet = _saet(skema, request.POST)
    if not saet.is_valid():
        fejl = saet.fejlliste() or [Fejl(str(tekst)) for tekst in saet.non_form_errors()]
        return _side(request, skema, gemte_koebere(skema.pk), saet, version=version, status=422, fejl=fejl)
    try:
        handlinger.gem_koebere(skema, adgang=request.adgang, version=version, maengder=saet.maengder())
    except Versionskonflikt as konflikt:
        return _konflikt(request, konflikt.nyeste, saet)
    except ValidationError as fejl:
        linjer = [Fejl(tekst) for tekst in fejl.messages]
        return _side(request, skema, gemte_koebere(skema.pk), saet, version=version, status=422, fejl=linjer)
    messages.success(request, "Køberne er gemt.")
    return redirect("takster:skema_koebere", pk=skema.pk)


def _konflikt(request: HttpRequest, skema: Takstskema, saet: Koebersaet) -> HttpResponse:
    """Another saved the list first: what was typed stands in the rows, the saved list beside it."""
    gemte, mine, navne = gemte_koebere(skema.pk), saet.maengder(), kendte_koebere()
    forskelle = [
        (navne.get(pk, "–"), dansk.tal(mine.get(pk)), dansk.tal(gemte.get(pk)))
        for pk in {**gemte, **mine}
        if gemte.get(pk) != mine.get(pk)
    ]
    return _side(request, skema, gemte, saet, status=409, konflikt=True, forskelle=forskelle)


def _for_sent(request: HttpRequest, skema: Takstskema) -> HttpResponse:
    saet, navne = _saet(skema, request.POST), kendte_koebere()
    saet.is_valid()
    skrevet = []
    for formular in saet.forms:
        kommune, maengde = formular["kommune"].data or "", formular["maengde"].data or ""
        if kommune or maengde:
            skrevet.append((navne.get(int(kommune), "–") if kommune.isdigit() else "Uden kommune", maengde))
    return skema_for_sent(request, skema, skrevet, "Købere")


def _side(
    request: HttpRequest,
    skema: Takstskema,
    gemte: dict[int, Decimal],
    saet: Koebersaet | None,
    *,
    status: int = 200,
    version: int | None = None,
    doem: bool = True,
    fejl: list[Fejl] | None = None,
    **mere: Any,
) -> HttpResponse:
    """`doem=False`: the page was sent to get another row, so nothing is said about the others yet."""
    vist = gemte
    if saet is not None and saet.is_bound:
        saet.is_valid()
        vist = saet.laeselige()
        if not doem:
            for formular in saet.forms:
                formular._errors.clear()
    navne = kendte_koebere() if saet is None else {}
    kapacitet = getattr(skema, felt_for_kapacitet(Enhed(skema.enhed)))
    kontekst = {
        "skema": skema,
        "saet": saet,
        "version": skema.koebere_version if version is None else version,
        "raekker": [(navne.get(pk, "–"), maengde) for pk, maengde in gemte.items()] if saet is None else [],
        "maengdeord": maengdeord(skema.enhed),
        "forudfyldt": skema.koebere_version == 1 and bool(gemte),
        "koebt": i_alt(vist.values()),
        "forventet": forventet_maengde(kapacitet, skema.belaegning_pct),
        "fund": kontroller_koebere(
            list(vist.values()),
            enhed=skema.enhed,
            kapacitet=kapacitet,
            belaegning_pct=skema.belaegning_pct,
            regler=skema.indberetning.runde.regelsaet.regler(),
        ),
        "meta": metapunkter(skema),
        "fejl": fejl or [],
        "har_fejl": bool(fejl),
        "ret_url": reverse("takster:skema_ret", kwargs={"pk": skema.pk}),
        "broedkrummer": skema_broedkrummer(skema, ("Købere", None)),
        **mere,
    }
    return render(request, "takster/skema/koebere.html", kontekst, status=status)
