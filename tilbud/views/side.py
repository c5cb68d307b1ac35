"""The page of one *tilbud*."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from socialaftale.kerne.adgang import Adgang, kraev, offentlig
from socialaftale.kerne.models import Haendelse
from tilbud import adgang as regler
from tilbud.beregning.omfattet import Fund, kontroller
from tilbud.fundtekster import FUNDTEKSTER
from tilbud.hentning import oplysninger
from tilbud.models import Koeberkommune, Tilbud, Tilbudsforslag
from tilbud.perioder import KATEGORI, MEDLEM, NAVN, hent_perioder
from tilbud.registre import sektioner
from tilbud.visning import aar_spand, aldersgruppe, ja_nej

HAENDELSER_HOEJST = 50


@kraev(offentlig)
@require_GET
def detalje(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the register says about one *tilbud*; the history and the findings for those they concern."""
    adgang: Adgang = request.adgang
    aabne = Tilbudsforslag.objects.synlige_for(adgang).aabne().filter(tilbud=OuterRef("pk")).values("pk")
    tilbud = get_object_or_404(
        Tilbud.objects.synlige_for(adgang).til_side().annotate(aabent_forslag=Subquery(aabne[:1])), slug=slug
    )
    kan_se_historik = regler.maa_se_historik(adgang, tilbud)
    kan_foreslaa = regler.maa_foreslaa(adgang, tilbud)
    kan_rette = regler.maa_rette(adgang)
    ser_koebere = kan_rette or kan_foreslaa
    perioder = hent_perioder(tilbud)
    kontekst = {
        "tilbud": tilbud,
        "eksempel": getattr(tilbud, "eksempel", None),
        "driftsherre": tilbud.driftsherre.kortnavn if tilbud.driftsherre else "",
        "i_aftalen": ja_nej(tilbud.i_aftalen),
        "fakta": _fakta(tilbud),
        "pladser": tilbud.pladser.all(),
        "har_eksempeltal": any(plads.er_eksempel for plads in tilbud.pladser.all()),
        "aftalestatus": [(status, ja_nej(status.i_socialaftale)) for status in tilbud.aftalestatus.all()],
        "kategorier": perioder[KATEGORI],
        "medlemskaber": perioder[MEDLEM],
        "navne": perioder[NAVN],
        "ydelser": [(post, aar_spand(post.aktiv_fra_aar, post.aktiv_til_aar)) for post in tilbud.ydelser.all()],
        "overordnet": _overordnet(tilbud, adgang),
        "afdelinger": (Tilbud.objects.synlige_for(adgang).filter(overordnet=tilbud) if tilbud.har_afdelinger else ()),
        "koebere": _koebere(tilbud) if ser_koebere else [],
        "ser_koebere": ser_koebere,
        "fund": [(fund, FUNDTEKSTER[fund.art]) for fund in _fund(tilbud)] if kan_rette else [],
        "sektioner": _sektioner(tilbud, adgang),
        "kan_rette": kan_rette,
        "kan_foreslaa": kan_foreslaa,
        "maa_skrive_ydelser": regler.maa_skrive_ydelser(adgang, tilbud),
        "kan_se_historik": kan_se_historik,
        "haendelser": (
            Haendelse.objects.for_objekt(tilbud).synlige_for(adgang)[:HAENDELSER_HOEJST] if kan_se_historik else ()
        ),
        "broedkrummer": [("Overblik", "/"), ("Tilbud", reverse("tilbud:liste")), (tilbud.navn, None)],
    }
    return render(request, "tilbud/detalje.html", kontekst)


def _fakta(tilbud: Tilbud) -> list[tuple[str, str]]:
    """The plain facts as name and value; what is invented has its own lines in the template."""
    fakta = [
        ("Driftsherre", tilbud.driftsherre.navn if tilbud.driftsherre else ""),
        ("Driftsform", tilbud.get_driftsform_display() or ""),
        ("Adresse", tilbud.adresse),
        ("Tilbudstype", tilbud.tilbudstype),
        ("Aldersgruppe", aldersgruppe(tilbud)),
        ("Kategori", tilbud.get_kategori_display() or ""),
    ]
    if tilbud.beliggenhed_tekst:
        fakta.append(("Beliggenhed i kildens ord", tilbud.beliggenhed_tekst))
    if tilbud.status_tekst:
        fakta.append(("Status i kilden", tilbud.status_tekst))
    return fakta


def _koebere(tilbud: Tilbud) -> list[tuple[int, list[Koeberkommune]]]:
    """The buyers year by year, newest first."""
    return [(aar, list(aarets)) for aar, aarets in groupby(tilbud.koebere.all(), key=lambda koeber: koeber.aar)]


def _overordnet(tilbud: Tilbud, adgang: Adgang) -> Tilbud | None:
    """The *tilbud* above, unless it is not published and not the reader's own."""
    over = tilbud.overordnet
    if over is None or over.offentliggjort or regler.maa_rette(adgang) or regler.maa_foreslaa(adgang, over):
        return over
    return None


def _fund(tilbud: Tilbud) -> list[Fund]:
    return kontroller(oplysninger(tilbud))


def _sektioner(tilbud: Tilbud, adgang: Adgang) -> list[SafeString]:
    """What other apps add; each section is rendered with its own context only."""
    dele: list[tuple[str, dict[str, Any]] | None] = [sektion(tilbud, adgang) for sektion in sektioner]
    return [render_to_string(skabelon, kontekst) for skabelon, kontekst in filter(None, dele)]
