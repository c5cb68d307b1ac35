"""Pages for what a party has decided, and for a new edition."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from socialaftale.aftale.adgang import redigerer
from socialaftale.aftale.enums import Aftaletrin
from socialaftale.aftale.godkendelse import adgang as regler
from socialaftale.aftale.godkendelse import registrering, udgaver
from socialaftale.aftale.godkendelse.forms import REDAKTIONEL, Fremlaegform, Godkendelsesform, Nyudgaveform
from socialaftale.aftale.godkendelse.overblik import hent_matrix, hindringer, seneste_udgave, tidligste_moededato
from socialaftale.aftale.godkendelse.views import formularside, til_siden
from socialaftale.aftale.views.faelles import find_aftale
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Organisation


@kraev(regler.registrerer)
@require_http_methods(["GET", "HEAD", "POST"])
def registrer(request: HttpRequest, periode: str, part: str) -> HttpResponse:
    """Register what a party has decided, or correct it with a reason."""
    aftale = find_aftale(request, periode)
    organisation = get_object_or_404(Organisation.objects.parter(), slug=part)
    if not regler.maa_registrere(request.adgang, aftale, organisation):
        raise Http404
    kendte = aftale.godkendelser.filter(udgave=aftale.fremlagt_udgave_id, organisation=organisation)
    kendt = kendte.select_related("overfoert_fra__udgave__dokument").first()
    start = {felt: getattr(kendt, felt) for felt in registrering.FELTER} if kendt else {}
    form = Godkendelsesform(
        request.POST if request.method == "POST" else None,
        er_rettelse=kendt is not None,
        tidligst=tidligste_moededato(aftale, kendt),
        initial={**start, "fra_version": kendt.version if kendt else 0},
    )
    konflikt = False
    if request.method == "POST" and form.is_valid():
        try:
            gemt = registrering.registrer(
                aftale, adgang=request.adgang, organisation=organisation, **form.cleaned_data
            )
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        except Versionskonflikt as fejl:
            konflikt = True
            form.data = {**request.POST.dict(), "fra_version": fejl.nyeste.version}
        else:
            messages.success(request, f"{organisation.navn}: {gemt.get_afgoerelse_display()} er registreret")
            return til_siden(aftale)
    svar = formularside(
        request,
        aftale,
        form,
        skabelon="aftale/godkendelse/registrer.html",
        titel=f"{'Ret' if kendt else 'Registrér'} afgørelsen fra {organisation.navn}",
        udgave=aftale.fremlagt_udgave,
        kendt=kendt,
        konflikt=konflikt,
        knap="Gem",
    )
    if konflikt:
        svar.status_code = 409
    return svar


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def ny_udgave(request: HttpRequest, periode: str) -> HttpResponse:
    """Begin a new edition of a text that stands fast."""
    aftale = find_aftale(request, periode)
    if not regler.maa_begynde_udgave(request.adgang, aftale):
        messages.info(request, "Der kan ikke begyndes en ny udgave nu")
        return til_siden(aftale)
    form = Nyudgaveform(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        udgaver.begynd(aftale, adgang=request.adgang, **form.cleaned_data)
        messages.success(request, "Teksten kan rettes nu. Lav derefter en ny udgave, og læg den frem")
        return til_siden(aftale)
    nummer = aftale.fremlagt_udgave.nummer
    return formularside(
        request,
        aftale,
        form,
        titel="Begynd en ny udgave",
        indledning=f"Teksten bliver åbnet for rettelser. {nummer}. udgave står, som den er, til den nye er lagt frem. "
        "Så vælger du, om rettelsen er redaktionel, eller om godkendelserne skal gives igen.",
        knap="Begynd en ny udgave",
    )


@kraev(redigerer)
@require_http_methods(["GET", "HEAD", "POST"])
def fremlaeg(request: HttpRequest, periode: str) -> HttpResponse:
    """Lay the new edition before the parties, with what it means for the approvals given."""
    aftale = find_aftale(request, periode)
    i_vejen = hindringer(aftale, Aftaletrin.FREMLAEG_UDGAVE) if aftale.ny_udgave_begyndt else []
    if not regler.maa_fremlaegge_udgave(request.adgang, aftale) or i_vejen:
        messages.info(request, " ".join(i_vejen) or "Der er ikke begyndt en ny udgave")
        return til_siden(aftale)
    givne = [raekke.godkendelse for raekke in hent_matrix(aftale).raekker if raekke.godkendelse]
    form = Fremlaegform(request.POST if request.method == "POST" else None, antal=len(givne))
    if request.method == "POST" and form.is_valid():
        redaktionel = form.cleaned_data["virkning"] == REDAKTIONEL
        try:
            beroerte = udgaver.fremlaeg(
                aftale,
                adgang=request.adgang,
                redaktionel=redaktionel,
                begrundelse=form.cleaned_data["begrundelse"],
            )
        except ValidationError as fejl:
            vis_fejl(form, fejl)
        else:
            if redaktionel:
                tekst = f"Den nye udgave er lagt frem. {len(givne)} godkendelser er overført"
            else:
                tekst = f"Den nye udgave er lagt frem. {len(beroerte)} godkendelser skal gives igen"
            messages.success(request, tekst)
            return til_siden(aftale)
    gammel, ny = aftale.fremlagt_udgave, seneste_udgave(aftale)
    sammenlign = reverse(
        "aftale:sammenlign",
        args=(periode,),
        query={"fra": f"{periode}:udgave-{gammel.nummer}", "til": f"{periode}:udgave-{ny.nummer}"},
    )
    return formularside(
        request,
        aftale,
        form,
        skabelon="aftale/godkendelse/fremlaeg.html",
        titel=f"Læg {ny.nummer}. udgave frem",
        gammel=gammel,
        ny=ny,
        givne=givne,
        sammenlign_url=sammenlign,
        knap=f"Læg {ny.nummer}. udgave frem",
    )


@kraev(redigerer)
@require_POST
def fortryd(request: HttpRequest, periode: str) -> HttpResponse:
    """Close the text again without a new edition."""
    aftale = find_aftale(request, periode)
    if not regler.maa_fremlaegge_udgave(request.adgang, aftale):
        messages.info(request, "Der er ikke begyndt en ny udgave")
        return til_siden(aftale)
    try:
        udgaver.fortryd(aftale, adgang=request.adgang)
    except ValidationError as fejl:
        messages.error(request, fejl.messages[0])
    else:
        messages.success(request, "Den nye udgave er fortrudt. Teksten ligger fast igen")
    return til_siden(aftale)
