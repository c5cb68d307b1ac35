"""Permission rows of the library: all read it, the secretariat keeps it."""

from __future__ import annotations

from typing import Any

from socialaftale.aftale.models import Biblioteksdokument
from tests.adgangstabel import ALLE, SEKRETARIATET, Raekke, Verden, kun
from tests.bibliotek.factories import laeg_op


def byg(verden: Verden) -> None:
    """A document of the agreement's period; `tests.aftale.adgangstabel` has made the agreement."""
    verden.biblioteksdokument = laeg_op(titel="Status juni", periode="2023-2024")


def _periode(verden: Verden) -> dict[str, Any]:
    return {"periode": verden.aftale.periode}


def _dokument(verden: Verden) -> dict[str, Any]:
    post: Biblioteksdokument = verden.biblioteksdokument
    return {"mappe": post.mappe, "slug": post.slug}


def _pk(verden: Verden) -> dict[str, Any]:
    return {"pk": verden.biblioteksdokument.pk}


RAEKKER = [
    *(Raekke(f"bibliotek:{navn}", ALLE) for navn in ("liste", "forstaerket")),
    *(
        Raekke(f"bibliotek:{navn}", ALLE, kwargs=_periode)
        for navn in ("periode", "omfattede", "omfattede_excel", "omfattede_pdf")
    ),
    *(
        Raekke(f"bibliotek:{navn}", ALLE, kwargs=lambda verden: {"slug": "voksne"})
        for navn in ("kontrakt", "kontrakt_pdf")
    ),
    *(Raekke(f"bibliotek:{navn}", ALLE, kwargs=_dokument) for navn in ("dokument", "fil")),
    Raekke("bibliotek:ny", kun(*SEKRETARIATET)),
    *(Raekke(f"bibliotek:{navn}", kun(*SEKRETARIATET), kwargs=_pk) for navn in ("ret", "version", "traek_tilbage")),
]
