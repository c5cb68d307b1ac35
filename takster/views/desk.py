"""The control desk: making a round ready, reminders, and extensions for several driftsherrer at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.formularer import saml_fejl, svar_med_formular, vis_fejl
from socialaftale.kerne.templatetags import dansk
from takster import adgang as regler
from takster.enums import Rundetilstand
from takster.forloeb import Rundetrin
from takster.forms.desk import Forlaengelsesformular, Rykkerdageformular, Rykkerformular
from takster.handlinger import runder
from takster.handlinger import rykkere as rykkerhandlinger
from takster.klargoering import hent_plan
from takster.mangler import Mangel, hent_mangler
from takster.models import Indberetning, Indberetningsrunde
from takster.views.runder import hent_runde, krummer

# Names shown of what one driftsherre lacks; the workbook has them all.
NAVNE = 8


@kraev(kun_sekretariat)
@require_GET
def goer_klar(request: HttpRequest, aar: int) -> HttpResponse:
    """What opening the round will make, driftsherre by driftsherre; nothing is written before "Åbn runden"."""
    runde = hent_runde(request, aar)
    if not regler.maa_aendre_runde(request.adgang, runde, Rundetrin.AABN):
        messages.info(request, "Runden er allerede åbnet.")
        return redirect(runde)
    plan = hent_plan(runde.aar)
    kontekst = {
        "runde": runde,
        "sidste_aar": aar - 1,
        "plan": plan,
        "i_alt": {navn: sum(len(getattr(en, navn)) for en in plan) for navn in ("kopieres", "nye", "ophoerte")},
        "antal": sum(en.antal for en in plan),
        "uden": [en.driftsherre for en in plan if not en.antal],
        "broedkrummer": krummer((str(aar), runde.get_absolute_url()), ("Gør klar", None)),
    }
    return render(request, "takster/desk/goer_klar.html", kontekst)


def _tilbage(runde: Indberetningsrunde) -> str:
    return reverse("takster:indberetning_runde", kwargs={"aar": runde.aar})


def _krummer(runde: Indberetningsrunde, titel: str) -> list[tuple[str, str | None]]:
    return [("Overblik", "/"), (f"Indberetning {runde.aar}", _tilbage(runde)), (titel, None)]


def _valgte(request: HttpRequest) -> set[str]:
    """The driftsherrer ticked on the overview, by slug; none means all."""
    return set(request.GET.getlist("d"))


@kraev(kun_sekretariat)
def rykkere(request: HttpRequest, aar: int) -> HttpResponse:
    """Who would be reminded of what; sending is one deliberate step from here."""
    runde = hent_runde(request, aar)
    if runde.tilstand == Rundetilstand.KLADDE or not regler.maa_rykke(request.adgang, runde):
        messages.info(request, "Der er ikke noget at rykke for i runden.")
        return redirect(runde)
    mangler = hent_mangler(runde, hoejst=NAVNE)
    valgte = _valgte(request)
    forvalgte = [str(en.indberetning.pk) for en in mangler if not valgte or en.driftsherre.slug in valgte]
    formular = Rykkerformular(
        request.POST if request.method == "POST" else None,
        mangler=mangler,
        initial={"driftsherrer": forvalgte, "siden": timezone.now().isoformat()},
    )
    if request.method == "POST" and formular.is_valid():
        try:
            kvittering = rykkerhandlinger.send_nu(
                runde,
                adgang=request.adgang,
                indberetninger=formular.noegler(),
                siden=formular.cleaned_data["siden"],
                besked=formular.cleaned_data["besked"],
            )
        except ValidationError as fejl:
            formular.add_error(None, fejl.messages)
        else:
            messages.success(request, _sendt(kvittering))
            return redirect(_tilbage(runde))
    dage = Rykkerdageformular(initial={"dage": runde.rykkerdage})
    return _rykkerside(request, runde, mangler, formular, dage)


def _sendt(kvittering: rykkerhandlinger.Rykkerkvittering) -> str:
    navne = sorted({rykker.indberetning.driftsherre.kortnavn for rykker in kvittering.sendte})
    return f"Der er sendt rykker til {dansk.antal(len(navne), 'driftsherre,driftsherrer')}: {', '.join(navne)}."


def _rykkerside(
    request: HttpRequest,
    runde: Indberetningsrunde,
    mangler: list[Mangel],
    formular: Rykkerformular,
    dage: Rykkerdageformular,
) -> HttpResponse:
    fejl = saml_fejl([formular, dage])
    valgte = formular["driftsherrer"].value() or []
    kontekst = {
        "runde": runde,
        "formular": formular,
        "dageformular": dage,
        "mangler": [
            {
                "mangel": mangel,
                "navne": mangel.navne,
                "flere": max(0, mangel.antal - NAVNE),
                "valgt": str(mangel.indberetning.pk) in valgte,
            }
            for mangel in mangler
        ],
        "kan_sendes": any(mangel.modtagere for mangel in mangler),
        "plan": rykkerplan(runde, timezone.localdate()),
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": _krummer(runde, "Rykkere"),
    }
    return render(request, "takster/desk/rykkere.html", kontekst, status=422 if fejl else 200)


def rykkerplan(runde: Indberetningsrunde, i_dag: dt.date) -> list[dict[str, Any]]:
    """The days the automatic reminders go out before the deadline of the round."""
    datoer = [(dage, runde.frist - dt.timedelta(days=dage)) for dage in runde.rykkerdage]
    return [{"dage": dage, "dato": dato, "er_gaaet": dato < i_dag} for dage, dato in datoer]


@kraev(kun_sekretariat)
@require_POST
def rykkerdage(request: HttpRequest, aar: int) -> HttpResponse:
    """When the automatic reminders of the round go out."""
    runde = hent_runde(request, aar)
    if runde.er_historisk:
        return redirect(runde)
    dage = Rykkerdageformular(request.POST)
    if dage.is_valid():
        runder.ret_rykkerdage(runde, adgang=request.adgang, dage=dage.cleaned_data["dage"])
        messages.success(request, "Dagene for de automatiske rykkere er gemt.")
        return redirect("takster:rykkere", aar=aar)
    mangler = hent_mangler(runde, hoejst=NAVNE)
    formular = Rykkerformular(mangler=mangler, initial={"siden": timezone.now().isoformat()})
    return _rykkerside(request, runde, mangler, formular, dage)


@kraev(kun_sekretariat)
def forlaeng(request: HttpRequest, aar: int) -> HttpResponse:
    """T13: a later deadline, or an opening after it, for the driftsherrer ticked on the overview."""
    runde = hent_runde(request, aar)
    if not runde.kan_genaabnes_for_driftsherrer:
        messages.info(request, "Fristen kan ikke forlænges nu.")
        return redirect(runde)
    i_dag = timezone.localdate()
    alle = list(Indberetning.objects.filter(runde=runde).select_related("runde", "driftsherre"))
    formular = Forlaengelsesformular(
        request.POST if request.method == "POST" else None,
        indberetninger=alle,
        initial={"driftsherrer": sorted(_valgte(request))},
    )
    formular.fields["til"].tidligst = i_dag
    if request.method == "POST" and formular.is_valid():
        felter = formular.cleaned_data
        valgte = [en for en in alle if en.driftsherre.slug in felter["driftsherrer"]]
        try:
            runder.genaabn_for_flere(
                valgte, adgang=request.adgang, til=felter["til"], begrundelse=felter["begrundelse"]
            )
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            navne = ", ".join(en.driftsherre.kortnavn for en in valgte)
            messages.success(
                request, f"Indberetningen er åben til og med {dansk.dato_lang(felter['til'])} for {navne}."
            )
            return redirect(_tilbage(runde))
    return svar_med_formular(
        request,
        "takster/desk/forlaeng.html",
        [formular],
        {
            "formular": formular,
            "runde": runde,
            "forlaenger": runde.er_aaben(i_dag),
            "fortryd_url": _tilbage(runde),
            "broedkrummer": _krummer(runde, "Forlæng eller genåbn"),
        },
    )
