"""The publication gate for the secretariat: findings by chapter, a button to mend each, and waiving with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from socialaftale.aftale.adgang import maa_rette, redigerer
from socialaftale.aftale.forms import Fravigelsesform
from socialaftale.aftale.kontrol.handlinger import FundetErVaek, fortryd_fravigelse, fravig, ret_fund
from socialaftale.aftale.kontrol.samling import Kontrol, kontroller, slaa_op
from socialaftale.aftale.models import Aftale, Fravigelse
from socialaftale.aftale.views.faelles import find_aftale, krummer
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import svar_med_formular, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt, laes_version
from socialaftale.kerne.tekst.port.fund import KLASSENAVNE, Fund, Klasse
from socialaftale.kerne.tekst.port.laesning import Portkapitel

VAEK = "Fundet er der ikke længere. Siden viser teksten, som den er nu."


@dataclass(frozen=True, slots=True)
class Vistfund:
    """A finding with the form that waives it, or with its waiver."""

    fund: Fund
    form: Fravigelsesform | None = None
    fravigelse: Fravigelse | None = None

    @property
    def klasse(self) -> str:
        return KLASSENAVNE[self.fund.klasse]


@dataclass(slots=True)
class Kapitelfund:
    """The findings of a chapter, by class in the order of importance."""

    kapitel: Portkapitel
    klasser: dict[str, list[Vistfund]] = field(default_factory=dict)

    @property
    def antal(self) -> int:
        return sum(len(fund) for fund in self.klasser.values())


@kraev(redigerer)
@require_safe
def kontrol(request: HttpRequest, periode: str) -> HttpResponse:
    """All findings, or those of one class; `?frisk` looks the registers up now."""
    return _vis(request, find_aftale(request, periode))


@kraev(redigerer)
@require_POST
def ret(request: HttpRequest, periode: str) -> HttpResponse:
    """Apply the proposed mend of a finding."""
    aftale = find_aftale(request, periode)
    kapitel = get_object_or_404(aftale.tekst.kapitler, noegle=request.POST.get("kapitel", ""))
    try:
        gemt = ret_fund(
            aftale,
            adgang=request.adgang,
            kapitel=kapitel,
            fingeraftryk=request.POST.get("fund", ""),
            fra_version=laes_version(request.POST.get("fra_version")),
        )
    except Versionskonflikt as konflikt:
        messages.warning(
            request,
            f"Kapitlet {kapitel.titel} er gemt som version {konflikt.nyeste.version}, efter at du åbnede siden. "
            "Der er ikke rettet noget. Se fundet igen, og prøv en gang til.",
        )
    except FundetErVaek:
        messages.info(request, VAEK)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, f"Rettet. Kapitlet {gemt.titel} er gemt som version {gemt.version}")
    return _tilbage(request, aftale, kapitel.noegle)


@kraev(redigerer)
@require_POST
def fravig_fund(request: HttpRequest, periode: str) -> HttpResponse:
    """Let a finding pass with a reason."""
    aftale = find_aftale(request, periode)
    fingeraftryk = request.POST.get("fund", "")
    form = Fravigelsesform(request.POST, prefix=fingeraftryk)
    if not form.is_valid():
        return _vis(request, aftale, form)
    try:
        fravigelse = fravig(
            aftale, adgang=request.adgang, fingeraftryk=fingeraftryk, begrundelse=form.cleaned_data["begrundelse"]
        )
    except FundetErVaek:
        messages.info(request, VAEK)
        return _tilbage(request, aftale)
    except ValidationError as fejl:
        vis_fejl(form, fejl)
        return _vis(request, aftale, form)
    messages.success(request, "Fundet er fraveget")
    return _tilbage(request, aftale, fravigelse.kapitel)


@kraev(redigerer)
@require_POST
def fortryd(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """Take a waiver back."""
    aftale = find_aftale(request, periode)
    fravigelse = get_object_or_404(aftale.fravigelser, pk=pk)
    fortryd_fravigelse(aftale, adgang=request.adgang, fravigelse=fravigelse)
    messages.success(request, "Fravigelsen er taget tilbage")
    return _tilbage(request, aftale, fravigelse.kapitel)


def _tilbage(request: HttpRequest, aftale: Aftale, noegle: str = "") -> HttpResponse:
    """To the chapter one was at, within the class one had chosen."""
    klasse = request.POST.get("klasse", "")
    valgt = {"klasse": klasse} if klasse in Klasse.__members__.values() else {}
    anker = f"#kapitel-{noegle}" if noegle else ""
    return redirect(aftale.adresse("kontrol", query=valgt) + anker)


def _vis(request: HttpRequest, aftale: Aftale, sendt: Fravigelsesform | None = None) -> HttpResponse:
    kendt = slaa_op(aftale, frisk="frisk" in request.GET)
    resultat = kontroller(aftale, kendt=kendt)
    valgt = request.GET.get("klasse") or request.POST.get("klasse") or ""
    klasse = Klasse(valgt) if valgt in Klasse.__members__.values() else None
    return svar_med_formular(
        request,
        "aftale/kontrol.html",
        [sendt] if sendt else [],
        {
            "aftale": aftale,
            "maa_rette": maa_rette(request.adgang, aftale),
            "kontrol": resultat,
            "klasse": klasse,
            "klassenavn": KLASSENAVNE[klasse] if klasse else "",
            "klasser": [
                {"noegle": noegle, "navn": KLASSENAVNE[noegle], "aabne": aabne, "fravegne": fravegne}
                for noegle, aabne, fravegne in resultat.pr_klasse()
            ],
            "kapitler": _pr_kapitel(resultat, klasse, sendt),
            "fravegne": _fravegne(resultat, klasse),
            "broedkrummer": krummer(aftale, ("PDF og udgaver", aftale.adresse("pdf")), ("Kontrol", None)),
        },
    )


def _pr_kapitel(kontrol: Kontrol, klasse: Klasse | None, sendt: Fravigelsesform | None) -> list[Kapitelfund]:
    kapitler = {kapitel.noegle: Kapitelfund(kapitel) for kapitel in kontrol.kapitler}
    raekkefoelge = list(Klasse)
    for fund in sorted(kontrol.aabne, key=lambda f: raekkefoelge.index(f.klasse)):
        if klasse in (None, fund.klasse):
            vist = Vistfund(fund, _form(fund, sendt))
            kapitler[fund.sted.kapitel].klasser.setdefault(vist.klasse, []).append(vist)
    return [kapitel for kapitel in kapitler.values() if kapitel.klasser]


def _form(fund: Fund, sendt: Fravigelsesform | None) -> Fravigelsesform | None:
    if not fund.kan_fraviges:
        return None
    return sendt if sendt and sendt.prefix == fund.fingeraftryk else Fravigelsesform(prefix=fund.fingeraftryk)


def _fravegne(kontrol: Kontrol, klasse: Klasse | None) -> list[dict[str, Any]]:
    titler = {kapitel.noegle: kapitel.titel for kapitel in kontrol.kapitler}
    return [
        {"fund": fund, "fravigelse": fravigelse, "kapitel": titler[fund.sted.kapitel]}
        for fund, fravigelse in kontrol.fravegne
        if klasse in (None, fund.klasse)
    ]
