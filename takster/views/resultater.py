"""Reported accounts: the list, one account with the division of its result, filling it in, and its steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from socialaftale.kerne import haandbog
from socialaftale.kerne.adgang import Adgang, kraev, kun_sekretariat
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import saml_fejl, svar_for_sent, svar_med_formular, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt, laes_version
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.models import Haendelse
from socialaftale.kerne.sager.panel import om_objekter
from takster import adgang_resultat as regler
from takster import hentning_resultat as hentning
from takster.adgang import kun_indberetter
from takster.adgang_resultat import maa_se_resultater
from takster.beregning.resultat import Aarsresultat
from takster.enums import INDBERETTEDE_POSTER, INDTAEGTSPOSTER, Regnskabstilstand
from takster.forms.resultat import Begrundelsesformular, Regnskabsformular
from takster.handlinger import regnskaber as handlinger
from takster.models import Hensaettelsespost, Regnskab, Reguleringspligt
from takster.sager.underskudsaftale import OBJEKTTYPE
from takster.tables_resultat import Regnskabsfilter, Regnskabstabel
from takster.views.faelles import trinlinjer
from takster.visning_resultat import manglende_regnskaber
from tilbud.models import Tilbud, Ydelse

ANDEN_VAR_HURTIGERE = "Regnskabet er ændret i mellemtiden. Se, hvordan det ser ud nu."


def krummer(*mere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [("Overblik", "/"), ("Regnskaber og resultater", reverse("takster:resultater")), *mere]


@kraev(maa_se_resultater)
class Resultater(Listevisning):
    """All reported accounts the reader may see; the driftsherre begins on those it lacks."""

    table_class = Regnskabstabel
    filterset_class = Regnskabsfilter
    template_name = "takster/resultater/liste.html"
    titel = "Regnskaber og resultater"
    enhed = "regnskab,regnskaber"
    tom_titel = "Der er ingen regnskaber endnu"
    tom_tekst = "Driftsherren indberetter et regnskab for hvert tilbud, når året er gået."

    def get_queryset(self) -> QuerySet[Regnskab]:
        return Regnskab.objects.indberettede().synlige_for(self.request.adgang).til_beregning()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        adgang, aar = self.request.adgang, timezone.localdate().year - 1
        egen = adgang.organisation if adgang.er_driftsherre else None
        maa = egen is not None and regler.maa_oprette_regnskab(adgang, egen.pk)
        return {
            **super().get_context_data(**kwargs),
            "aar": aar,
            "mangler": manglende_regnskaber(egen.pk, aar) if maa else [],
        }


def hent_regnskab(request: HttpRequest, pk: int) -> Regnskab:
    regnskab = get_object_or_404(Regnskab.objects.indberettede().synlige_for(request.adgang).til_beregning(), pk=pk)
    haandbog.saet_aar(request, regnskab.aar)
    return regnskab


@kraev(kun_indberetter)
@require_POST
def opret(request: HttpRequest) -> HttpResponse:
    """A new account, begun from the list of those that are missing."""
    tilbud = get_object_or_404(
        Tilbud.objects.filter(driftsherre=request.adgang.organisation).select_related("driftsherre"),
        pk=laes_version(request.POST.get("tilbud")),
    )
    ydelse = Ydelse.objects.filter(tilbud=tilbud, pk=laes_version(request.POST.get("ydelse"))).first()
    try:
        regnskab = handlinger.opret_regnskab(
            tilbud,
            laes_version(request.POST.get("aar")),
            adgang=request.adgang,
            ydelse=ydelse,
            maalgruppe=request.POST.get("maalgruppe", ""),
        )
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
        return redirect("takster:resultater")
    return redirect("takster:resultat_ret", pk=regnskab.pk)


@kraev(maa_se_resultater)
@require_GET
def vis(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: figures, division, checks, and what became of it."""
    return _side(request, hent_regnskab(request, pk))


def _side(request: HttpRequest, regnskab: Regnskab, *, status: int = 200) -> HttpResponse:
    adgang = request.adgang
    beregning = hentning.beregn_regnskab(regnskab, hentning.regler_for(regnskab.aar), timezone.localdate())
    kontekst = {
        "regnskab": regnskab,
        "beregning": beregning,
        "sager": _sager(adgang, regnskab, beregning),
        "grundlagslinjer": trinlinjer(hentning.grundlagets_trin(regnskab)),
        "poster": postlinjer(regnskab, regnskab.aarsresultat()),
        "linjer": trinlinjer(
            [
                *(beregning.deling.trin if beregning.deling else ()),
                *(beregning.lukning.trin if beregning.lukning else ()),
            ]
        ),
        "pligter": hentning.pligtstatus(
            Reguleringspligt.objects.gyldige().filter(regnskab=regnskab).select_related("tilbud")
        ),
        "bogfoert": list(Hensaettelsespost.objects.filter(regnskab=regnskab).order_by("pk")),
        "maa_rette": regler.maa_rette_regnskab(adgang, regnskab),
        "maa_afgive": regler.maa_afgive(adgang, regnskab),
        "maa_traekke": regler.maa_traekke_regnskab(adgang, regnskab),
        "maa_godkende": regler.maa_godkende_regnskab(adgang, regnskab),
        "maa_returnere": regler.maa_returnere_regnskab(adgang, regnskab),
        "haendelser": list(Haendelse.objects.for_objekt(regnskab).synlige_for(adgang)),
        "broedkrummer": krummer((f"{regnskab.tilbud.navn} {regnskab.aar}", None)),
    }
    return render(request, "takster/resultater/detalje.html", kontekst, status=status)


def _sager(adgang: Adgang, regnskab: Regnskab, beregning: hentning.Regnskabsberegning) -> dict[str, Any] | None:
    """T28: the cases about a region's account the reader may see, and the way to a new one while one is needed."""
    if not hentning.er_region(regnskab.driftsherre):
        return None
    deling = beregning.deling
    mangler = deling is not None and deling.sag_kraeves and not beregning.kan_afgives
    egen = regnskab.driftsherre_id if mangler and regnskab.tilstand == Regnskabstilstand.KLADDE else None
    return om_objekter(adgang, {OBJEKTTYPE: {regnskab.pk: ""}}, egen)


def postlinjer(regnskab: Regnskab, resultat: Aarsresultat) -> list[tuple[str, str, Any]]:
    """The account as lines: kind of row, name, amount; empty posts are left out."""
    poster = {post.art: post.beloeb for post in regnskab.poster.all()}
    linjer = [("post", art.label, poster[art]) for art in INDTAEGTSPOSTER if art in poster]
    if regnskab.regulering < 0:
        linjer.append(("post", "Overskud fra tidligere år, der sænkede årets takst", -regnskab.regulering))
    linjer.append(("sum", "Indtægter i alt", resultat.indtaegter))
    linjer += [
        ("post", art.label, poster[art]) for art in INDBERETTEDE_POSTER if art not in INDTAEGTSPOSTER and art in poster
    ]
    if regnskab.regulering > 0:
        linjer.append(("post", "Underskud fra tidligere år, der hævede årets takst", regnskab.regulering))
    linjer.append(("sum", "Omkostninger i alt", resultat.omkostninger))
    linjer.append(("sum", "Resultat", resultat.resultat))
    return linjer


@kraev(kun_indberetter)
def ret(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in the account; saving stays on the page, so that the division is seen while one chooses."""
    regnskab = hent_regnskab(request, pk)
    kendt = hentning.takstgrundlag(regnskab) is not None
    formular = Regnskabsformular(
        request.POST if request.method == "POST" else None, regnskab=regnskab, grundlag_er_kendt=kendt
    )
    if not regler.maa_rette_regnskab(request.adgang, regnskab):
        if request.method == "POST":
            return svar_for_sent(
                request,
                formular,
                {
                    "broedkrummer": krummer((regnskab.tilbud.navn, None)),
                    "videre": (regnskab.get_absolute_url(), "Se regnskabet"),
                },
                titel="Regnskabet kan ikke rettes mere",
                forklaring="Det er afgivet eller godkendt i mellemtiden. Det, du skrev, er ikke gemt.",
            )
        messages.info(request, "Regnskabet kan ikke rettes nu.")
        return redirect(regnskab)
    if request.method == "POST" and formular.is_valid():
        try:
            handlinger.gem_regnskab(
                regnskab,
                adgang=request.adgang,
                version=formular.cleaned_data["version"],
                felter=formular.felter(),
                poster=formular.poster(),
            )
        except Versionskonflikt as konflikt:
            return _konflikt(request, hent_regnskab(request, konflikt.nyeste.pk), kendt)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Kladden er gemt. Regnskabet er ikke afgivet endnu.")
            if request.POST.get("handling") == "vis":
                return redirect(regnskab)
            return redirect("takster:resultat_ret", pk=regnskab.pk)
    return _retteside(request, regnskab, formular, status=422 if formular.errors else 200)


def _konflikt(request: HttpRequest, nyeste: Regnskab, kendt: bool) -> HttpResponse:
    """Another saved first: what was typed stands in the form, the saved values beside it."""
    data = request.POST.copy()
    data["version"] = str(nyeste.version)
    formular = Regnskabsformular(data, regnskab=nyeste, grundlag_er_kendt=kendt)
    formular.is_valid()
    return _retteside(request, nyeste, formular, status=409, konflikt=True, forskelle=formular.forskelle())


def _retteside(
    request: HttpRequest, regnskab: Regnskab, formular: Regnskabsformular, *, status: int, **mere: Any
) -> HttpResponse:
    graenser = hentning.regler_for(regnskab.aar)
    beregning = hentning.beregn_regnskab(regnskab, graenser, timezone.localdate())
    fejl = saml_fejl([formular]) if status == 422 else []
    kontekst = {
        "regnskab": regnskab,
        "formular": formular,
        "beregning": beregning,
        "er_region": hentning.er_region(regnskab.driftsherre),
        "saldo": hentning.kontostatus(regnskab.driftsherre_id, timezone.localdate(), graenser).saldo,
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": krummer(
            (f"{regnskab.tilbud.navn} {regnskab.aar}", regnskab.get_absolute_url()), ("Udfyld", None)
        ),
        **mere,
    }
    return render(request, "takster/resultater/ret.html", kontekst, status=status)


_TRIN = {
    "afgiv": (handlinger.afgiv, "Regnskabet er afgivet. Sekretariatet har fået en mail."),
    "traek-tilbage": (handlinger.traek_tilbage, "Regnskabet er trukket tilbage."),
    "godkend": (handlinger.godkend, "Regnskabet er godkendt, og driftsherren har fået en mail."),
}


@kraev(maa_se_resultater)
@require_POST
def skift(request: HttpRequest, pk: int, trin: str) -> HttpResponse:
    """The steps that need no form. What the signer saw is the version the page carried."""
    regnskab = hent_regnskab(request, pk)
    if trin not in _TRIN:
        raise Http404
    handling, besked = _TRIN[trin]
    version = {} if trin == "traek-tilbage" else {"version": laes_version(request.POST.get("version"))}
    try:
        handling(regnskab, adgang=request.adgang, **version)
    except Versionskonflikt:
        messages.warning(request, ANDEN_VAR_HURTIGERE)
        return _side(request, hent_regnskab(request, pk), status=409)
    except UlovligOvergang:
        messages.warning(request, ANDEN_VAR_HURTIGERE)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
        return _side(request, hent_regnskab(request, pk), status=422)
    else:
        messages.success(request, besked)
    return redirect(regnskab)


@kraev(kun_sekretariat)
def retur(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the driftsherre with what must be corrected."""
    regnskab = hent_regnskab(request, pk)
    if not regler.maa_returnere_regnskab(request.adgang, regnskab):
        messages.warning(request, ANDEN_VAR_HURTIGERE)
        return redirect(regnskab)
    formular = Begrundelsesformular(
        request.POST if request.method == "POST" else None,
        label="Hvad skal rettes?",
        mangler="Skriv, hvad der skal rettes",
        hjaelp="Driftsherren får teksten i en mail og ser den på regnskabet",
    )
    if request.method == "POST" and formular.is_valid():
        try:
            handlinger.send_retur(regnskab, adgang=request.adgang, **formular.cleaned_data)
        except (UlovligOvergang, PermissionDenied):
            messages.warning(request, ANDEN_VAR_HURTIGERE)
            return redirect(regnskab)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Regnskabet er sendt retur, og driftsherren har fået en mail.")
            return redirect(regnskab)
    return svar_med_formular(
        request,
        "takster/resultater/retur.html",
        [formular],
        {
            "formular": formular,
            "regnskab": regnskab,
            "broedkrummer": krummer((regnskab.tilbud.navn, regnskab.get_absolute_url()), ("Send retur", None)),
        },
    )
