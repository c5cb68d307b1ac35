"""Mails about reported accounts; called after commit with keys, as those of the forms."""

from __future__ import annotations

from typing import Any

from socialaftale.kerne.enums import Rolle
from takster.models import Regnskab
from takster.notifikationer import adresse, efter_commit, modtagere, send

__all__ = ["afgivet", "efter_commit", "godkendt", "retur"]
_DRIFTSHERRE = (Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER)
_SEKRETARIAT = (Rolle.SEKRETARIAT, Rolle.SEKRETARIAT_ADMIN)


def _om(noegle: int) -> tuple[Regnskab, dict[str, Any]]:
    regnskab = Regnskab.objects.til_beregning().get(pk=noegle)
    return regnskab, {"regnskab": regnskab, "adresse": adresse(regnskab.get_absolute_url())}


def afgivet(noegle: int) -> None:
    """To the secretariat."""
    _, kontekst = _om(noegle)
    send("regnskab_afgivet", modtagere(_SEKRETARIAT), kontekst)


def retur(noegle: int, begrundelse: str) -> None:
    regnskab, kontekst = _om(noegle)
    til = modtagere(_DRIFTSHERRE, [regnskab.driftsherre])
    send("regnskab_retur", til, {**kontekst, "begrundelse": begrundelse})


def godkendt(noegle: int) -> None:
    regnskab, kontekst = _om(noegle)
    send("regnskab_godkendt", modtagere(_DRIFTSHERRE, [regnskab.driftsherre]), kontekst)
