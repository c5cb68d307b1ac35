"""Permission rows of the agreement: the public reads what is published, those who comment read drafts too."""

from __future__ import annotations

from tests.adgangstabel import ALLE, SEKRETARIATET, Raekke, Verden, kun
from tests.aftale.factories import AftaleFactory, UdkastFactory, lav_offentliggjort, lav_udgave

# The matrix, row "agreement text": R final for all, drafts for those who comment.
KLADDELAESERE = kun(*SEKRETARIATET, "myndighed", "myndighed_godkender", "das", "fu", "udvikling")


def byg(verden: Verden) -> None:
    verden.aftale = lav_offentliggjort(periode="2023-2024")
    verden.udkast = UdkastFactory(periode="2025-2026")
    verden.vedtaget = AftaleFactory(periode="2027-2028")
    verden.udgave = lav_udgave(verden.vedtaget, b"%PDF-1.7 2027")


def _offentlig(verden: Verden) -> dict[str, str]:
    return {"periode": verden.aftale.periode}


def _udkast(verden: Verden) -> dict[str, str]:
    return {"periode": verden.udkast.periode}


def _vedtaget(verden: Verden) -> dict[str, str]:
    return {"periode": verden.vedtaget.periode}


def _kapitel(kwargs):
    return lambda verden: {**kwargs(verden), "noegle": "forord"}


def _version(verden: Verden) -> dict[str, object]:
    return {**_offentlig(verden), "noegle": "forord", "nummer": 1}


SEKRETARIAT_302 = kun(*SEKRETARIATET, status=302)

RAEKKER = [
    Raekke("aftale:liste", ALLE),
    *(Raekke(f"aftale:{navn}", ALLE, kwargs=_offentlig) for navn in ("aftale", "hele", "tal", "hent_pdf")),
    Raekke("aftale:kapitel", ALLE, kwargs=_kapitel(_offentlig)),
    *(
        Raekke(f"aftale:{navn}", KLADDELAESERE, ellers=404, anonym=404, kwargs=_udkast)
        for navn in ("aftale", "hele", "tal")
    ),
    Raekke("aftale:kapitel", KLADDELAESERE, ellers=404, anonym=404, kwargs=_kapitel(_udkast)),
    # Nothing published: the secretariat is led to where the PDF is made.
    Raekke("aftale:hent_pdf", SEKRETARIAT_302, ellers=404, anonym=404, kwargs=_vedtaget),
    *(Raekke(f"aftale:{navn}", kun(*SEKRETARIATET), kwargs=_offentlig) for navn in ("pdf", "ret")),
    *(
        Raekke(f"aftale:{navn}", kun(*SEKRETARIATET), kwargs=_kapitel(_offentlig))
        for navn in ("ret_kapitel", "versioner")
    ),
    Raekke("aftale:version", kun(*SEKRETARIATET), kwargs=_version),
    Raekke(
        "aftale:version", SEKRETARIAT_302, kwargs=_version, metode="post", data=lambda verden: {"fra_version": "1"}
    ),
    Raekke("aftale:bestil_pdf", SEKRETARIAT_302, kwargs=_offentlig, metode="post"),
    Raekke("aftale:vedtag", SEKRETARIAT_302, kwargs=_udkast, metode="post", data=lambda verden: {"aar": "2024"}),
    Raekke(
        "aftale:offentliggoer",
        SEKRETARIAT_302,
        kwargs=lambda verden: {**_vedtaget(verden), "pk": verden.udgave.pk},
        metode="post",
    ),
]
