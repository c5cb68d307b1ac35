"""The approvals and the steps as a workbook, as the page shows them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from socialaftale.aftale.godkendelse.overblik import Matrix, Partraekke
from socialaftale.aftale.models import Aftale, Forloebsskridt
from socialaftale.kerne.regneark import Arkfane, Art, Kolonne, byg_bog
from socialaftale.kerne.templatetags.dansk import tidspunkt


def byg(aftale: Aftale, matrix: Matrix, skridt: Iterable[Forloebsskridt]) -> bytes:
    """Two sheets: parties with their decision, and the steps, newest first."""
    parter = [
        Kolonne("Part", lambda raekke: raekke.part.navn, bredde=32),
        Kolonne("Status", lambda raekke: raekke.status, bredde=26),
        Kolonne("Mødedato", lambda raekke: _fra(raekke, "moededato"), Art.DATO, 14),
        Kolonne("Sagsnummer", lambda raekke: _fra(raekke, "sagsnummer"), bredde=20),
        Kolonne("Referat", lambda raekke: _fra(raekke, "link"), bredde=40),
        Kolonne("Udgave", lambda raekke: raekke.om_udgaven, bredde=34),
        Kolonne("Note", lambda raekke: _fra(raekke, "note"), bredde=40),
        Kolonne("Eksempeltal", lambda raekke: "Ja" if _fra(raekke, "er_eksempel") else "", bredde=14),
    ]
    forloeb = [
        Kolonne("Dato", lambda post: post.dato, Art.DATO, 14),
        Kolonne("Skridt", lambda post: post.get_trin_display(), bredde=32),
        Kolonne("Instans", lambda post: post.instans, bredde=24),
        Kolonne("Udgave", lambda post: post.udgave.nummer if post.udgave else None, Art.HELTAL, 10),
        Kolonne("Sagsnummer", lambda post: post.sagsnummer, bredde=20),
        Kolonne("Referat", lambda post: post.link, bredde=40),
        Kolonne("Note", lambda post: "\n".join(filter(None, (post.note, post.begrundelse))), bredde=50),
    ]
    noter = [f"{aftale.titel}: {aftale.get_tilstand_display()}", f"Udtrukket {tidspunkt(timezone.now())}"]
    return byg_bog(
        [
            Arkfane("Godkendelser", parter, matrix.raekker, [*noter, matrix.i_ord]),
            Arkfane("Forløb", forloeb, list(skridt), noter),
        ]
    )


def _fra(raekke: Partraekke, felt: str) -> object:
    return getattr(raekke.vist, felt) if raekke.vist is not None else None
