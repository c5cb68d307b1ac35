"""Pages of the styringsaftale: the handbook, what is new, editing and issuing."""

from __future__ import annotations

from typing import Any

from tests.browser.sidetype import Side

AAR = {"periode": "2027"}


def _aar(**flere: Any) -> Any:
    return lambda: {**AAR, **flere}


def _foer() -> dict[str, Any]:
    return {"periode": "2023"}


SIDER = [
    Side("styring-liste", "styringsaftale:liste"),
    Side("styring-haandbog", "styringsaftale:aftale", _aar()),
    Side("styring-haandbog-soeg", "styringsaftale:aftale", _aar(), query="?q=overskud"),
    Side("styring-haandbog-intet", "styringsaftale:aftale", _aar(), query="?q=kameler"),
    Side("styring-haandbog-afloest", "styringsaftale:aftale", _foer, som="sekretariat"),
    Side("styring-aendringer", "styringsaftale:aendringer", _aar(), som="das"),
    Side("styring-tal", "styringsaftale:tal", _aar()),
    Side("styring-udgaver", "styringsaftale:pdf", _aar(), som="sekretariat"),
    Side("styring-kopier", "styringsaftale:kopier", _aar(), som="sekretariat"),
    Side("styring-kontrol", "styringsaftale:kontrol", _aar(), som="sekretariat"),
    Side("styring-ret", "styringsaftale:ret", _aar(), som="sekretariat"),
    Side("styring-ret-kapitel", "styringsaftale:ret_kapitel", _aar(noegle="overskud"), som="sekretariat"),
    Side("styring-versioner", "styringsaftale:versioner", _aar(noegle="overskud"), som="sekretariat"),
    Side("styring-version", "styringsaftale:version", _aar(noegle="overskud", nummer=1), som="sekretariat"),
    Side(
        "styring-sammenlign",
        "styringsaftale:sammenlign",
        _aar(),
        query="?fra=2023:udgave&til=2027:udgave&kapitel=indberetning",
        som="das",
    ),
    Side("styring-navngivne", "styringsaftale:navngivne", _aar(), som="sekretariat"),
    Side(
        "styring-sammenlign-kapitel", "styringsaftale:sammenlign_kapitel", _aar(noegle="overskud"), som="sekretariat"
    ),
]

SAMME_SIDE = "the same page as the agreement's"
IKKE_SIDER = {
    "styringsaftale:forside": "redirect",
    "styringsaftale:regel": "redirect",
    "styringsaftale:hent_pdf": "file",
    "styringsaftale:billede": "file",
    "styringsaftale:laeg_billede_op": "POST only",
    "styringsaftale:ret_tal": "JSON",
    "styringsaftale:ret_blok": "JSON",
    "styringsaftale:gem_kladde": "POST only",
    "styringsaftale:slet_kladde": "POST only",
    "styringsaftale:til_stede": "POST only",
    "styringsaftale:bestil_pdf": "POST only",
    "styringsaftale:vedtag": "POST only",
    "styringsaftale:saet_i_kraft": "POST only",
    "styringsaftale:ret_fund": "POST only",
    "styringsaftale:fravig_fund": "POST only",
    "styringsaftale:fortryd_fravigelse": "POST only",
    "styringsaftale:navngiv": "POST only",
    "styringsaftale:gendan_tekst": "POST only",
    "styringsaftale:gendan_navngivet_kapitel": "POST only",
    # The demo's styringsaftale has no named version; the agreement's page is the same.
    "styringsaftale:navngivet": SAMME_SIDE,
    "styringsaftale:navngivet_kapitel": SAMME_SIDE,
}
