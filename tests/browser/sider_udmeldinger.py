"""Pages of the central reports."""

from __future__ import annotations

from typing import Any

from tests.browser.sidetype import Side


def _slug() -> dict[str, Any]:
    from django.db.models import Count

    from udmeldinger.models import CentralUdmelding

    offentlige = CentralUdmelding.objects.filter(offentliggjort=True)
    return {"slug": offentlige.annotate(antal=Count("grupper")).order_by("-antal", "pk").first().slug}


def _smaatal() -> dict[str, Any]:
    from udmeldinger.models import Maalgruppetal

    return {"pk": Maalgruppetal.objects.filter(antal__in=[1, 2]).first().pk}


def _note() -> dict[str, Any]:
    from udmeldinger.models import Udmeldingstilbud

    return {"pk": Udmeldingstilbud.objects.exclude(borgerflow_note="").first().pk}


SIDER = [
    Side("udmeldinger", "udmeldinger:liste"),
    Side("udmelding", "udmeldinger:detalje", _slug),
    Side("udmelding-sekretariat", "udmeldinger:detalje", _slug, som="sekretariat"),
    Side("smaa-tal", "udmeldinger:smaatal", som="sekretariat"),
    Side("smaa-tal-godkend", "udmeldinger:godkend_smaatal", _smaatal, som="sekretariat"),
    Side("smaa-tal-note", "udmeldinger:godkend_note", _note, som="sekretariat"),
]

IKKE_SIDER = {"udmeldinger:regneark": "file"}
