"""Working through the submitted forms one after another: what changed, what stands out, comments, and the decision."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import saml_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from takster import adgang as regler
from takster.enums import Enhed
from takster.forms.desk import Kommentarformular
from takster.forms.trin import Godkendelsesformular
from takster.gennemgangsvisning import aendringer, naermeste, stoerste_linjer
from takster.handlinger import kommentarer, skemaer
from takster.koe import Koe, Koeplads
from takster.models import Skemakommentar, Takstskema
from takster.sammenligning import sammenlign_et
from takster.views.faelles import (
    ANDEN_VAR_HURTIGERE,
    ENHEDSORD,
    TAKSTORD,
    beregn,
    beregningslinjer,
    hent_skema,
    metapunkter,
    resultatpanel,
    skema_broedkrummer,
    trinlinjer,
)
from takster.views.kommentarer import kommentarlinjer
from takster.views.runder import hent_runde
from takster.visning import byg_ark, feltvaerdi

GODKEND, KOMMENTER, FJERN = "godkend", "kommenter", "fjern"


def fra_gennemgang(request: HttpRequest, skema: Takstskema) -> str:
    """The address of the page the reader works from, when the step was taken from there; else ""."""
    if "gennemgang" not in request.GET:
        return ""
    return _adresse(skema.pk, request.GET)


def tilbage(request: HttpRequest, skema: Takstskema) -> str:
    """Where to go when the form has been dealt with: on through the queue, or to the form itself."""
    return naeste_i_koeen(request, skema) if "gennemgang" in request.GET else skema.get_absolute_url()


def naeste_i_koeen(request: HttpRequest, skema: Takstskema) -> str:
    """The next form that waits; ask before this one leaves the queue."""
    naeste = Koe(skema.indberetning.runde, request.GET.get("driftsherre", "")).efter(skema)
    return reverse("takster:gennemgaa", kwargs={"aar": skema.aar}) if naeste is None else _adresse(naeste, request.GET)


def _adresse(pk: int, parametre: QueryDict) -> str:
    url = reverse("takster:skema_gennemgaa", kwargs={"pk": pk})
    driftsherre = parametre.get("driftsherre", "")
    return f"{url}?{urlencode({'driftsherre': driftsherre})}" if driftsherre else url


@kraev(kun_sekretariat)
@require_GET
def gennemgaa(request: HttpRequest, aar: int) -> HttpResponse:
    """To the first form that waits, or a page that says there is none."""
    runde = hent_runde(request, aar)
    noegler = Koe(runde, request.GET.get("driftsherre", ""))
    if noegler:
        return redirect(_adresse(noegler[0], request.GET))
    krummer = [
        ("Overblik", "/"),
        (f"Indberetning {aar}", reverse("takster:indberetning_runde", kwargs={"aar": aar})),
        ("Gennemgå", None),
    ]
    return render(request, "takster/desk/gennemgaaet.html", {"runde": runde, "broedkrummer": krummer})


@kraev(kun_sekretariat)
def skema(request: HttpRequest, pk: int) -> HttpResponse:
    """One submitted form with everything the controller decides on; approval and comments happen here."""
    skema_ = hent_skema(request, pk)
    handling = request.POST.get("handling") if request.method == "POST" else None
    if handling == GODKEND:
        return _godkend(request, skema_)
    if handling == KOMMENTER:
        return _kommenter(request, skema_)
    if handling == FJERN:
        return _fjern(request, skema_)
    return _side(request, skema_)


def _godkend(request: HttpRequest, skema_: Takstskema) -> HttpResponse:
    _, beregning = beregn(skema_)
    formular = Godkendelsesformular(request.POST, kraever_begrundelse=bool(beregning.godkendelser))
    if not formular.is_valid():
        return _side(request, skema_, godkendelse=formular, status=422)
    naeste = naeste_i_koeen(request, skema_)
    try:
        skemaer.godkend(skema_, adgang=request.adgang, **formular.cleaned_data)
    except (UlovligOvergang, Versionskonflikt):
        # The page shows the figures as they are now; what was typed stays.
        nyt = hent_skema(request, skema_.pk)
        formular.data = {**request.POST.dict(), "version": str(nyt.version)}
        return _side(request, nyt, godkendelse=formular, status=409, konflikt=ANDEN_VAR_HURTIGERE)
    messages.success(request, f"Takstskemaet for {skema_.ydelse.tilbud.navn}, {skema_.ydelse.navn} er godkendt.")
    return redirect(naeste)


def _kommenter(request: HttpRequest, skema_: Takstskema) -> HttpResponse:
    formular = Kommentarformular(request.POST, skema=skema_)
    if not regler.maa_kommentere(request.adgang, skema_):
        return _side(request, skema_, kommentar=formular, status=409, konflikt=ANDEN_VAR_HURTIGERE)
    if not formular.is_valid():
        return _side(request, skema_, kommentar=formular, status=422)
    felt = formular.cleaned_data["felt"]
    kommentarer.noter(
        skema_,
        adgang=request.adgang,
        felt=felt,
        tekst=formular.cleaned_data["tekst"],
        vaerdi=feltvaerdi(skema_, felt)[:200],
    )
    messages.success(request, "Kommentaren er noteret. Driftsherren ser den, når du sender skemaet retur.")
    return redirect(f"{_adresse(skema_.pk, request.GET)}#kommentarer")


def _fjern(request: HttpRequest, skema_: Takstskema) -> HttpResponse:
    noegle = request.POST.get("kommentar", "")
    kommentar = get_object_or_404(
        Skemakommentar.objects.synlige_for(request.adgang).noterede(),
        skema=skema_,
        pk=int(noegle) if noegle.isdecimal() else 0,
    )
    kommentarer.fjern(kommentar, adgang=request.adgang)
    messages.success(request, "Kommentaren er fjernet.")
    return redirect(f"{_adresse(skema_.pk, request.GET)}#kommentarer")


def _side(
    request: HttpRequest,
    skema_: Takstskema,
    *,
    godkendelse: Godkendelsesformular | None = None,
    kommentar: Kommentarformular | None = None,
    status: int = 200,
    konflikt: str = "",
) -> HttpResponse:
    omgivelser, beregning = beregn(skema_, timezone.localdate())
    plads = Koe(skema_.indberetning.runde, request.GET.get("driftsherre", "")).plads(skema_)
    ark = byg_ark(skema_.beloeb(), omgivelser)
    takst = beregning.takst.takst if beregning.takst else None
    sammenligning, andre = sammenlign_et(skema_, takst, omgivelser.pl_satser)
    alle = list(Skemakommentar.objects.synlige_for(request.adgang).filter(skema=skema_).select_related("af"))
    maa_kommentere = regler.maa_kommentere(request.adgang, skema_)
    godkendelse = godkendelse or Godkendelsesformular(
        kraever_begrundelse=bool(beregning.godkendelser), initial={"version": skema_.version}
    )
    kommentar = kommentar or Kommentarformular(skema=skema_, initial={"felt": request.GET.get("felt", "")})
    fejl = saml_fejl([godkendelse, kommentar]) if status == 422 else []
    kontekst = {
        "skema": skema_,
        "meta": metapunkter(skema_),
        "panel": resultatpanel(skema_, beregning),
        "beregning": beregning,
        "beregningslinjer": beregningslinjer(beregning),
        "ark": ark,
        "aendringer": aendringer(TAKSTORD[Enhed(skema_.enhed)], skema_, omgivelser, beregning, ark),
        "stoerste": stoerste_linjer(ark),
        "sammenligning": sammenligning,
        "sammenligningstrin": trinlinjer(sammenligning.trin) if sammenligning else [],
        "andre": naermeste(andre, sammenligning),
        "enhedsord": ENHEDSORD[Enhed(skema_.enhed)],
        "noterede": kommentarlinjer(skema_, [en for en in alle if en.sendt_tidspunkt is None]),
        "tidligere": kommentarlinjer(skema_, [en for en in alle if en.sendt_tidspunkt is not None]),
        "godkendelse": godkendelse,
        "kommentar": kommentar,
        "maa_godkende": regler.maa_godkende(request.adgang, skema_),
        "maa_kommentere": maa_kommentere,
        "plads": plads,
        "naboer": naboer(plads, request.GET),
        "denne": _adresse(skema_.pk, request.GET),
        "kommentar_url": _kommentar_url(skema_, request.GET) if maa_kommentere else "",
        "retur_url": _retur_url(skema_, request.GET),
        "konflikt": konflikt,
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": skema_broedkrummer(skema_, ("Gennemgå", None)),
    }
    return render(request, "takster/desk/gennemgaa.html", kontekst, status=status)


def _kommentar_url(skema_: Takstskema, parametre: QueryDict) -> str:
    """The page's own address, ready for the field to comment on."""
    denne = _adresse(skema_.pk, parametre)
    return f"{denne}{'&' if '?' in denne else '?'}"


def _retur_url(skema_: Takstskema, parametre: QueryDict) -> str:
    felter = {"gennemgang": "1"}
    if driftsherre := parametre.get("driftsherre"):
        felter["driftsherre"] = driftsherre
    return f"{reverse('takster:skema_retur', kwargs={'pk': skema_.pk})}?{urlencode(felter)}"


def naboer(plads: Koeplads, parametre: QueryDict) -> dict[str, str]:
    """Addresses of the form before and the form after."""
    return {
        navn: "" if pk is None else _adresse(pk, parametre)
        for navn, pk in (("forrige", plads.forrige), ("naeste", plads.naeste))
    }
