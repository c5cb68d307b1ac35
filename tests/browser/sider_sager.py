"""Pages of cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.sidetype import Side, klik, udfyld

SEND = klik("main .button-primary")


def _sag(tilstand: str, **felter: Any) -> Callable[[], dict[str, Any]]:
    """One of the demo's cases in that state."""

    def kwargs() -> dict[str, Any]:
        from socialaftale.kerne.models import Sag

        return {"nummer": Sag.objects.filter(tilstand=tilstand, **felter).order_by("pk").first().nummer}

    return kwargs


def _om(art: str) -> Callable[[], dict[str, Any]]:
    """Something of Aalborg's that a case of the kind can be about."""

    def kwargs() -> dict[str, Any]:
        from takster.models import Takst
        from tilbud.models import Tilbud, Ydelse

        objekter = {
            "kategoriaendring": Tilbud.objects.filter(driftsherre__slug="aalborg"),
            "anden_finansiering": Ydelse.objects.filter(tilbud__driftsherre__slug="aalborg"),
            "takst_i_aaret": Takst.objects.gaeldende().filter(driftsherre__slug="aalborg", skema__isnull=False),
            "pladser_i_aaret": Takst.objects.gaeldende().filter(driftsherre__slug="aalborg", skema__isnull=False),
        }
        return {"art": art, "objekt": str(objekter[art].order_by("-pk").first().pk)}

    return kwargs


def _aendret_takst() -> dict[str, Any]:
    """A tariff with two periods."""
    from takster.models import Takst

    takst = Takst.objects.gaeldende().filter(afloeser__isnull=False).first()
    return {"aar": takst.aar, "tilbud": takst.tilbud.slug, "ydelse": takst.ydelse.slug}


def _underskud() -> dict[str, Any]:
    """The region's account with a deficit that is agreed in a case."""
    from socialaftale.kerne.models import Sag

    return {"art": "regionalt_underskud", "objekt": Sag.objects.get(art="regionalt_underskud").objekt_id}


SIDER = [
    Side("sager", "sager:liste", som="sekretariat"),
    Side("sager-aalborg", "sager:liste", som="aalborg"),
    Side("sager-tom", "sager:liste", query="?q=findesikke", som="sekretariat"),
    Side("sager-kompetence", "sager:kompetence", som="sekretariat"),
    Side("sager-overlad", "sager:overlad", lambda: {"noegle": "kategoriaendring"}, som="sekretariat"),
    Side(
        "sager-overlad-fejl",
        "sager:overlad",
        lambda: {"noegle": "kategoriaendring"},
        som="sekretariat",
        handling=SEND,
        status=422,
    ),
    *(
        Side(f"sag-ny-{art}", "sager:ny", _om(art), som="aalborg")
        for art in ("kategoriaendring", "anden_finansiering")
    ),
    *(Side(f"sag-ny-{art}", "sager:ny", _om(art), som="aalborg") for art in ("takst_i_aaret", "pladser_i_aaret")),
    Side(
        "sag-ny-fejl",
        "sager:ny",
        _om("takst_i_aaret"),
        som="aalborg",
        handling=udfyld({"#id_virkningsdato": "31.02.2026", "#id_linje_A20": "12.5"}),
        status=422,
    ),
    Side("sag-kladde", "sager:sag", _sag("kladde"), som="aalborg"),
    Side("sag-paa-dagsorden", "sager:sag", _sag("paa_dagsorden", art="takst_i_aaret"), som="sekretariat"),
    Side("sag-das", "sager:sag", _sag("paa_dagsorden", art="kategoriaendring"), som="das"),
    Side(
        "sag-godkendt",
        "sager:sag",
        _sag("godkendt", udfoert_tidspunkt__isnull=False, art="pladser_i_aaret"),
        som="aalborg",
    ),
    Side("sag-underskud", "sager:sag", _sag("godkendt", art="regionalt_underskud"), som="das"),
    Side("sag-ny-underskud", "sager:ny", _underskud, som="sekretariat"),
    Side("resultat-underskud", "takster:resultat", lambda: {"pk": _underskud()["objekt"]}, som="das"),
    Side("sag-afslaaet", "sager:sag", _sag("afslaaet"), som="aalborg"),
    Side("sag-ret", "sager:ret", _sag("kladde", art="pladser_i_aaret"), som="aalborg"),
    Side("sag-indsend", "sager:indsend", _sag("kladde", art="kategoriaendring"), som="aalborg"),
    Side("sag-bilag", "sager:bilag_tilfoej", _sag("kladde", art="kategoriaendring"), som="aalborg"),
    Side(
        "sag-bilag-fejl",
        "sager:bilag_tilfoej",
        _sag("kladde", art="kategoriaendring"),
        som="aalborg",
        handling=SEND,
        status=422,
    ),
    Side("sag-kvittering", "sager:kvittering", _sag("paa_dagsorden", art="kategoriaendring"), som="aalborg"),
    Side("sag-retur", "sager:retur", _sag("indsendt"), som="sekretariat"),
    Side("sag-dagsorden", "sager:dagsorden", _sag("indsendt"), som="sekretariat"),
    Side("sag-beslutning", "sager:beslutning", _sag("paa_dagsorden"), som="sekretariat"),
    Side(
        "sag-beslutning-fejl",
        "sager:beslutning",
        _sag("paa_dagsorden"),
        som="sekretariat",
        handling=SEND,
        status=422,
    ),
    Side("takst-aendret-i-aaret", "takster:takst", _aendret_takst),
    Side("takst-aendret-i-aaret-aalborg", "takster:takst", _aendret_takst, som="aalborg"),
]

IKKE_SIDER = {
    "sager:traek": "POST only",
    "sager:bilag": "file",
    "sager:bilag_fjern": "POST only",
    "sager:referat": "file",
}
