"""Pages of the register and of capacity."""

from __future__ import annotations

from typing import Any

from tests.browser.sidetype import Side, klik, udfyld


def _slug() -> dict[str, Any]:
    """The tilbud with most rows around it, so that the page shows everything it can."""
    from django.db.models import Count

    from tilbud.models import Tilbud

    return {"slug": Tilbud.objects.annotate(antal=Count("pladser")).order_by("-antal", "pk").first().slug}


def _aalborgs() -> dict[str, Any]:
    """One of Aalborg's own tilbud without a proposal."""
    from tilbud.models import Tilbud

    return {"slug": Tilbud.objects.filter(driftsherre__slug="aalborg", forslag__isnull=True).first().slug}


def _ydelse() -> dict[str, Any]:
    """One of Aalborg's ydelser."""
    from tilbud.models import Ydelse

    ydelse = Ydelse.objects.filter(tilbud__driftsherre__slug="aalborg").select_related("tilbud").order_by("pk").first()
    return {"slug": ydelse.tilbud.slug, "ydelse": ydelse.slug}


def _forslag() -> dict[str, Any]:
    from tilbud.models import Tilbudsforslag

    return {"pk": Tilbudsforslag.objects.filter(tilstand="indsendt").first().pk}


SIDER = [
    Side("tilbud", "tilbud:liste"),
    Side("tilbud-filtreret", "tilbud:liste", query="?q=center&sort=-navn&per_page=10"),
    Side("tilbud-tom", "tilbud:liste", query="?q=findesikke"),
    Side("tilbud-side-2", "tilbud:liste", query="?page=2&per_page=10", som="aalborg"),
    Side("tilbud-sekretariat", "tilbud:liste", query="?per_page=10", som="sekretariat"),
    Side("tilbud-detalje", "tilbud:detalje", _slug),
    Side("tilbud-detalje-sekretariat", "tilbud:detalje", _slug, som="sekretariat"),
    Side("tilbud-detalje-aalborg", "tilbud:detalje", _aalborgs, som="aalborg"),
    Side("tilbud-nyt", "tilbud:opret", som="sekretariat"),
    Side("tilbud-nyt-fejl", "tilbud:opret", som="sekretariat", handling=klik("main .button-primary"), status=422),
    Side("tilbud-ret", "tilbud:ret", _slug, som="sekretariat"),
    Side("tilbud-ret-fejl", "tilbud:ret", _slug, som="sekretariat", handling=udfyld({"#id_navn": ""}), status=422),
    Side("tilbud-koebere", "tilbud:koebere", _slug, som="sekretariat"),
    Side("tilbud-koebere-fejl", "tilbud:koebere", _slug, query="?aar=26", som="sekretariat", status=422),
    Side("tilbud-koebere-forslag", "tilbud:koebere", _aalborgs, som="aalborg"),
    Side("tilbud-mangler", "tilbud:mangler", som="sekretariat"),
    Side("tilbud-foreslaa", "tilbud:foreslaa", _aalborgs, som="aalborg"),
    Side(
        "tilbud-foreslaa-fejl",
        "tilbud:foreslaa",
        _aalborgs,
        som="aalborg",
        handling=klik("main .button-primary"),
        status=422,
    ),
    Side("ydelse", "tilbud:ydelse", _ydelse),
    Side("ydelse-ret", "tilbud:ydelse_ret", _ydelse, som="aalborg"),
    Side(
        "ydelse-ret-fejl",
        "tilbud:ydelse_ret",
        _ydelse,
        som="aalborg",
        handling=udfyld({"#id_beskrivelse": ""}),
        status=422,
    ),
    Side("ydelse-ny", "tilbud:ydelse_opret", _aalborgs, som="aalborg"),
    Side("forslag", "tilbud:forslag_liste", som="sekretariat"),
    Side("forslag-aalborg", "tilbud:forslag_liste", som="aalborg"),
    Side("forslag-detalje", "tilbud:forslag_detalje", _forslag, som="sekretariat"),
    Side("forslag-afvis", "tilbud:forslag_afvis", _forslag, som="sekretariat"),
    Side("kapacitet", "tilbud:kapacitet"),
    Side("kapacitet-kommune", "tilbud:kapacitet_kommune", lambda: {"slug": "aalborg"}),
    Side("kapacitet-lille-kommune", "tilbud:kapacitet_kommune", lambda: {"slug": "laesoe"}),
]

IKKE_SIDER = {
    "tilbud:forslag_indsend": "POST only",
    "tilbud:forslag_traek": "POST only",
    "tilbud:forslag_godkend": "POST only",
}
