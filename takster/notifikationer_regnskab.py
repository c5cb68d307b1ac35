"""Mails about reported accounts; called after commit with keys, as those of the forms."""

from __future__ import annotations

from typing import Any

from socialaftale.kerne.notifikationer import DRIFTSHERREN, SEKRETARIATET, adresse, efter_commit, modtagere, send
from takster.models import Regnskab

__all__ = ["afgivet", "efter_commit", "godkendt", "retur"]


def _om(noegle: int) -> tuple[Regnskab, dict[str, Any]]:
    regnskab = Regnskab.objects.til_beregning().get(pk=noegle)
    return regnskab, {"regnskab": regnskab, "adresse": adresse(regnskab.get_absolute_url())}


def afgivet(noegle: int) -> None:
    """To the secretariat."""
    _, kontekst = _om(noegle)
    send("mail/takster/regnskab_afgivet.txt", modtagere(SEKRETARIATET), kontekst)


def retur(noegle: int, begrundelse: str) -> None:
    regnskab, kontekst = _om(noegle)
    til = modtagere(DRIFTSHERREN, [regnskab.driftsherre])
    send("mail/takster/regnskab_retur.txt", til, {**kontekst, "begrundelse": begrundelse})


def godkendt(noegle: int) -> None:
    regnskab, kontekst = _om(noegle)
    send("mail/takster/regnskab_godkendt.txt", modtagere(DRIFTSHERREN, [regnskab.driftsherre]), kontekst)
