"""Permission rows of the register; the own tilbud belongs to Aalborg."""

from __future__ import annotations

import datetime as dt

from tests.adgangstabel import ALLE, EGEN_DRIFTSHERRE, SEKRETARIATET, Raekke, Verden, kun
from tests.tilbud.factories import AftalestatusFactory, PladsFactory, TilbudFactory, YdelseFactory
from tilbud.models import Tilbudsforslag

DRIFTSHERRER = (*EGEN_DRIFTSHERRE, "indberetter_nabo", "godkender_nabo")


def byg(verden: Verden) -> None:
    verden.tilbud = TilbudFactory(slug="eget-tilbud", driftsherre=verden.egen)
    verden.skjult_tilbud = TilbudFactory(slug="skjult-tilbud", driftsherre=verden.egen, offentliggjort=False)
    PladsFactory(tilbud=verden.tilbud)
    verden.ydelse = YdelseFactory(tilbud=verden.tilbud)
    AftalestatusFactory(tilbud=verden.tilbud)
    verden.forslag = Tilbudsforslag.objects.create(
        tilbud=verden.tilbud,
        organisation=verden.egen,
        tilstand="indsendt",
        indsendt_tidspunkt=dt.datetime(2026, 10, 1, tzinfo=dt.UTC),
        aendringer={"adresse": {"foer": "", "efter": "Nygade 1"}},
        begrundelse="Ny adresse",
    )
    verden.kladde = Tilbudsforslag.objects.create(
        tilbud=verden.skjult_tilbud,
        organisation=verden.egen,
        aendringer={"adresse": {"foer": "", "efter": "Nygade 2"}},
        begrundelse="Ny adresse",
    )


def _slug(verden: Verden) -> dict[str, str]:
    return {"slug": verden.tilbud.slug}


def _ydelse(verden: Verden) -> dict[str, str]:
    return {"slug": verden.tilbud.slug, "ydelse": verden.ydelse.slug}


def _pk(verden: Verden) -> dict[str, int]:
    return {"pk": verden.forslag.pk}


RAEKKER = [
    Raekke("tilbud:liste", ALLE),
    Raekke("tilbud:detalje", ALLE, kwargs=_slug),
    # Not published: the secretariat and the own driftsherre only.
    Raekke(
        "tilbud:detalje",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE),
        ellers=404,
        anonym=404,
        kwargs=lambda v: {"slug": v.skjult_tilbud.slug},
    ),
    Raekke("tilbud:opret", kun(*SEKRETARIATET)),
    Raekke("tilbud:mangler", kun(*SEKRETARIATET)),
    Raekke("tilbud:ret", kun(*SEKRETARIATET), kwargs=_slug),
    Raekke(
        "tilbud:foreslaa",
        # A proposal waits already, so its own driftsherre is led to it; the neighbour's tilbud is foreign.
        kun(*EGEN_DRIFTSHERRE, status=302) | kun("indberetter_nabo", "godkender_nabo", status=404),
        kwargs=_slug,
    ),
    # The secretariat edits; the own driftsherre proposes, and its proposal waits already.
    Raekke(
        "tilbud:koebere",
        kun(*SEKRETARIATET)
        | kun(*EGEN_DRIFTSHERRE, status=302)
        | kun("indberetter_nabo", "godkender_nabo", status=404),
        kwargs=_slug,
    ),
    Raekke("tilbud:forslag_liste", kun(*SEKRETARIATET, *DRIFTSHERRER)),
    Raekke(
        "tilbud:forslag_detalje",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE) | kun("indberetter_nabo", "godkender_nabo", status=404),
        kwargs=_pk,
    ),
    # A draft is the driftsherre's own, not the secretariat's.
    Raekke(
        "tilbud:forslag_detalje",
        kun(*EGEN_DRIFTSHERRE) | kun(*SEKRETARIATET, "indberetter_nabo", "godkender_nabo", status=404),
        kwargs=lambda v: {"pk": v.kladde.pk},
    ),
    # The godkender signs; the indberetter writes.
    Raekke(
        "tilbud:forslag_indsend",
        kun("godkender", status=302) | kun("indberetter_nabo", "godkender_nabo", status=404),
        kwargs=lambda v: {"pk": v.kladde.pk},
        metode="post",
        data=lambda v: {"version": v.kladde.version},
    ),
    Raekke(
        "tilbud:forslag_traek",
        kun(*EGEN_DRIFTSHERRE, status=302) | kun("indberetter_nabo", "godkender_nabo", status=404),
        kwargs=_pk,
        metode="post",
    ),
    Raekke(
        "tilbud:forslag_godkend",
        kun(*SEKRETARIATET, status=302),
        kwargs=_pk,
        metode="post",
        data=lambda v: {"version": v.tilbud.version},
    ),
    Raekke("tilbud:forslag_afvis", kun(*SEKRETARIATET), kwargs=_pk),
    Raekke("tilbud:ydelse", ALLE, kwargs=_ydelse),
    Raekke("tilbud:ydelse_ret", kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE), kwargs=_ydelse),
    Raekke("tilbud:ydelse_opret", kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE), kwargs=_slug),
    Raekke("tilbud:kapacitet", ALLE),
    Raekke("tilbud:kapacitet_kommune", ALLE, kwargs=lambda v: {"slug": v.egen.slug}),
]
