"""Pages of the agreement: reading, figures, editing and issuing."""

from __future__ import annotations

from typing import Any

from tests.browser.sidetype import Side, udfyld

PERIODE = {"periode": "2023-2024"}


def _periode() -> dict[str, Any]:
    return PERIODE


def _kapitel(nummer: int) -> Any:
    def kwargs() -> dict[str, Any]:
        from socialaftale.aftale.models import Aftale

        tekst = Aftale.objects.get(periode=PERIODE["periode"]).tekst
        return {**PERIODE, "noegle": tekst.kapitler.all()[nummer].noegle}

    return kwargs


def _version() -> dict[str, Any]:
    return {**_kapitel(2)(), "nummer": 1}


SIDER = [
    Side("aftaler", "aftale:liste"),
    Side("aftale", "aftale:aftale", _periode),
    Side("aftale-sekretariat", "aftale:aftale", _periode, som="sekretariat"),
    Side("aftale-hele", "aftale:hele", _periode),
    Side("aftale-kapitel", "aftale:kapitel", _kapitel(2)),
    Side("aftale-kapitel-sekretariat", "aftale:kapitel", _kapitel(4), som="sekretariat"),
    Side("aftale-tal", "aftale:tal", _periode),
    Side("aftale-pdf", "aftale:pdf", _periode, som="sekretariat"),
    Side("aftale-ret", "aftale:ret", _periode, som="sekretariat"),
    Side("aftale-ret-kapitel", "aftale:ret_kapitel", _kapitel(2), som="sekretariat"),
    Side(
        "aftale-ret-kapitel-fejl",
        "aftale:ret_kapitel",
        _kapitel(2),
        som="sekretariat",
        handling=udfyld({"main textarea": "<p>Der er {{ pladser.socialaftalen }} pladser.</p>"}),
        status=422,
    ),
    Side("aftale-versioner", "aftale:versioner", _kapitel(2), som="sekretariat"),
    Side("aftale-version", "aftale:version", _version, som="sekretariat"),
]

IKKE_SIDER = {
    "aftale:hent_pdf": "file",
    "aftale:bestil_pdf": "POST only",
    "aftale:vedtag": "POST only",
    "aftale:offentliggoer": "POST only",
}
