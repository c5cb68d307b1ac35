"""Pages of the library."""

from __future__ import annotations

from typing import Any

from tests.browser.sidetype import Side, klik, udfyld

PERIODE = {"periode": "2023-2024"}


def _periode() -> dict[str, Any]:
    return PERIODE


def _dokument() -> Any:
    from socialaftale.aftale.models import Biblioteksdokument

    return Biblioteksdokument.objects.exclude(periode="").get()


def _adresse() -> dict[str, Any]:
    return {"mappe": _dokument().mappe, "slug": _dokument().slug}


def _pk() -> dict[str, Any]:
    return {"pk": _dokument().pk}


SIDER = [
    Side("bibliotek", "bibliotek:liste"),
    Side("bibliotek-soeg", "bibliotek:liste", query="?q=standard"),
    Side("bibliotek-periode", "bibliotek:periode", _periode),
    Side("bibliotek-omfattede", "bibliotek:omfattede", _periode),
    Side("bibliotek-forstaerket", "bibliotek:forstaerket"),
    Side("bibliotek-kontrakt", "bibliotek:kontrakt", lambda: {"slug": "voksne"}),
    Side("bibliotek-dokument", "bibliotek:dokument", _adresse, som="sekretariat"),
    Side("bibliotek-ny", "bibliotek:ny", som="sekretariat"),
    Side("bibliotek-ny-fejl", "bibliotek:ny", som="sekretariat", handling=klik("main .button-primary"), status=422),
    Side(
        "bibliotek-ret-fejl",
        "bibliotek:ret",
        _pk,
        som="sekretariat",
        handling=udfyld({"#id_slug": "Status Juni"}),
        status=422,
    ),
    Side("bibliotek-ret", "bibliotek:ret", _pk, som="sekretariat"),
    Side("bibliotek-version", "bibliotek:version", _pk, som="sekretariat"),
    Side("bibliotek-traek-tilbage", "bibliotek:traek_tilbage", _pk, som="sekretariat"),
]

IKKE_SIDER = {
    "bibliotek:omfattede_excel": "file",
    "bibliotek:omfattede_pdf": "file",
    "bibliotek:kontrakt_pdf": "file",
    "bibliotek:fil": "file",
}
