"""Taking a step: the one place where the state of an agreement changes, with its row and its entry in the log."""

from __future__ import annotations

import datetime as dt
from typing import Any

from socialaftale.aftale import forloeb
from socialaftale.aftale.enums import Aftaletilstand, Aftaletrin
from socialaftale.aftale.models import Aftale, Forloebsskridt, Udgave
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models.haendelse import log

SEKRETARIATET, PARTERNE = "Sekretariatet", "Parterne"
# Who has the agreement before it in each state.
INSTANS: dict[str, str] = {
    Aftaletilstand.UDKAST: SEKRETARIATET,
    Aftaletilstand.HOERING: "De hørte",
    Aftaletilstand.DAS: "DAS",
    Aftaletilstand.KKR: "KKR",
    Aftaletilstand.GODKENDELSE: PARTERNE,
    Aftaletilstand.GODKENDT: PARTERNE,
    Aftaletilstand.GAELDENDE: PARTERNE,
    Aftaletilstand.AFLOEST: PARTERNE,
}


def tag_skridt(
    aftale: Aftale, trin: Aftaletrin, *, adgang: Adgang, dato: dt.date, aendret: tuple[str, ...] = (), **felter: Any
) -> Forloebsskridt:
    """Move the (locked) agreement along the table, or raise `UlovligOvergang`.

    `aendret` names other fields the caller has set on the agreement; `felter` are those of the row.
    """
    overgang = forloeb.AFTALE.kraev(trin, aftale.tilstand)
    fra, aftale.tilstand = aftale.tilstand, overgang.til
    aftale.full_clean()
    aftale.save(update_fields=["tilstand", *aendret])
    # Sent back: the body that did so; otherwise the one that has it now.
    instans = INSTANS[fra if trin == Aftaletrin.TILBAGE else overgang.til]
    return skriv_skridt(aftale, trin, adgang=adgang, fra=fra, dato=dato, **{"instans": instans} | felter)


def skriv_skridt(
    aftale: Aftale,
    trin: Aftaletrin,
    *,
    adgang: Adgang,
    fra: str,
    dato: dt.date,
    instans: str,
    udgave: Udgave | None = None,
    **felter: Any,
) -> Forloebsskridt:
    """The row of a step, and its entry in the agreement's history."""
    skridt = Forloebsskridt(
        aftale=aftale,
        trin=trin,
        fra=fra,
        til=aftale.tilstand,
        dato=dato,
        instans=instans,
        udgave=udgave,
        bruger=adgang.bruger,
        **felter,
    )
    skridt.full_clean()
    skridt.save()
    log(
        adgang,
        f"aftale_{trin.replace('-', '_')}",
        aftale,
        tekst=f"{skridt.hvad}{f', {udgave.nummer}. udgave' if udgave else ''}",
        fra=fra if fra != aftale.tilstand else "",
        til=aftale.tilstand if fra != aftale.tilstand else "",
        begrundelse=skridt.begrundelse,
        data={
            "dato": dato.isoformat(),
            "instans": instans,
            "udgave": udgave.nummer if udgave else None,
            "sagsnummer": skridt.sagsnummer,
        },
    )
    return skridt
