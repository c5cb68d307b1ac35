"""Reading a takstskema: figures beside last year's, how they are computed, what the check found, and its history."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.dokumenter import MIMETYPER
from socialaftale.kerne.models import Haendelse, Opsaetning
from socialaftale.kerne.pdf.skabelon import byg_fra_skabelon_i_barn
from socialaftale.kerne.templatetags import dansk
from takster import adgang as regler
from takster.adgang import maa_se_indberetning
from takster.beregning.kontrolraekke import Skemaberegning
from takster.dokumenter import takstskema
from takster.enums import Skematilstand
from takster.models import Skemakommentar, Takstskema
from takster.views.faelles import (
    beregn,
    beregningslinjer,
    fakta,
    hent_skema,
    koeberlinje,
    metapunkter,
    resultatpanel,
    rettigheder,
    skema_broedkrummer,
)
from takster.views.kommentarer import Kommentarlinje, kommentarlinjer
from takster.visning import byg_ark


@kraev(maa_se_indberetning)
@require_GET
def vis(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as it is saved; DAS sees the summary only."""
    skema = hent_skema(request, pk)
    omgivelser, beregning = beregn(skema)
    rettigheder_ = rettigheder(request, skema)
    kontekst = {
        "skema": skema,
        "broedkrummer": skema_broedkrummer(skema),
        "meta": metapunkter(skema),
        "panel": resultatpanel(skema, beregning),
        "fakta": fakta(skema, beregning),
        "naeste_hos": regler.naeste_hos(skema),
        **rettigheder_,
    }
    if rettigheder_["ser_linjer"]:
        kontekst |= {
            "ark": byg_ark(skema.beloeb(), omgivelser),
            "beregning": beregning,
            "beregningslinjer": beregningslinjer(beregning),
            "koebere": koeberlinje(skema, omgivelser),
            "haendelser": list(Haendelse.objects.for_objekt(skema).synlige_for(request.adgang)),
            "kommentarer": _kommentarer(request, skema),
        }
    return render(request, "takster/skema/detalje.html", kontekst)


def _kommentarer(request: HttpRequest, skema: Takstskema) -> list[Kommentarlinje]:
    """What the secretariat has commented, as far as the reader may see it."""
    synlige = Skemakommentar.objects.synlige_for(request.adgang).filter(skema=skema).select_related("af")
    maa_redigere = regler.maa_redigere(request.adgang, skema, timezone.localdate())
    side = reverse("takster:skema_ret", kwargs={"pk": skema.pk}) if maa_redigere else None
    return kommentarlinjer(skema, synlige.sendte(), side)


@kraev(maa_se_indberetning)
@require_GET
def kvittering(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a submitted form; a form that is not submitted has none."""
    skema = hent_skema(request, pk)
    if not skema.er_afgivet:
        return redirect(skema)
    _, beregning = beregn(skema)
    naeste = [
        "Sekretariatet gennemgår skemaet.",
        "I får en mail, når taksten er godkendt, eller hvis skemaet bliver sendt retur.",
    ]
    kontekst = {
        "skema": skema,
        "broedkrummer": skema_broedkrummer(skema, ("Kvittering", None)),
        "kvittering": {
            "besked": f"Sekretariatet har modtaget takstskemaet for {skema.ydelse.tilbud.navn}",
            "raekker": _kvitteringslinjer(skema, beregning),
            "naeste": naeste if skema.tilstand == Skematilstand.INDSENDT else [],
            "url": skema.indberetning.get_absolute_url(),
            "pdf": reverse("takster:skema_pdf", kwargs={"pk": skema.pk}) if regler.ser_linjer(request.adgang) else "",
        },
    }
    return render(request, "takster/skema/kvittering.html", kontekst)


def _kvitteringslinjer(skema: Takstskema, beregning: Skemaberegning) -> list[tuple[str, str]]:
    panel = resultatpanel(skema, beregning)
    af = f"{skema.indsendt_af.navn}, {skema.driftsherre.navn}" if skema.indsendt_af else ""
    return [
        ("Sagsnummer", skema.sagsnummer),
        ("Tilbud", skema.ydelse.tilbud.navn),
        ("Ydelse", skema.ydelse.navn),
        (panel["navn"], "Beregnes individuelt" if panel["er_individuel"] else dansk.kroner(panel["takst"])),
        ("Indsendt", dansk.tidspunkt(skema.indsendt_tidspunkt)),
        ("Indsendt af", af),
    ]


@kraev(maa_se_indberetning)
@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """A submitted form as a PDF: receipt, figures and calculation; for those who see the cost lines."""
    skema = hent_skema(request, pk)
    if not (skema.er_afgivet and regler.ser_linjer(request.adgang)):
        raise Http404
    omgivelser, beregning = beregn(skema)
    kontekst = takstskema.kontekst(
        skema,
        beregning,
        oplysninger=[
            *_kvitteringslinjer(skema, beregning),
            ("Status", skema.get_tilstand_display()),
            *fakta(skema, beregning),
        ],
        ark=byg_ark(skema.beloeb(), omgivelser),
    )
    css = takstskema.css(har_sidste_aar=kontekst["ark"].sidste_aar is not None)
    data = byg_fra_skabelon_i_barn(takstskema.SKABELON, kontekst, farve=Opsaetning.hent().farve, css=css).data
    navn = f"takstskema-{skema.aar}-{skema.ydelse.tilbud.slug}.pdf"
    return svar.fil(navn, MIMETYPER["pdf"], data)
