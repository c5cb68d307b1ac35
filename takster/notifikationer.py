"""Mails of the tariff rounds; called after commit with keys, so that they tell what was stored."""

from __future__ import annotations

from typing import Any

from socialaftale.kerne import notifikationer
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.notifikationer import DRIFTSHERREN as _DRIFTSHERRE
from socialaftale.kerne.notifikationer import SEKRETARIATET as _SEKRETARIAT
from socialaftale.kerne.notifikationer import adresse, efter_commit, modtagere, stille
from takster.models import Indberetning, Indberetningsrunde, Takstskema

__all__ = [
    "efter_commit",
    "indberetning_genaabnet",
    "klar_til_indsendelse",
    "runde_aabnet",
    "skema_godkendt",
    "skema_indsendt",
    "skema_retur",
    "stille",
]


def _send(navn: str, til: list[str], kontekst: dict[str, Any]) -> None:
    notifikationer.send(f"mail/takster/{navn}.txt", til, kontekst)


def _skema(noegle: int) -> Takstskema:
    return Takstskema.objects.til_liste().select_related("indsendt_af").get(pk=noegle)


def _om_skema(skema: Takstskema) -> dict[str, Any]:
    return {"skema": skema, "adresse": adresse(skema.get_absolute_url()), "rettes_senest": skema.rettes_senest()}


def runde_aabnet(noegle: int) -> None:
    """To all who report: the round is open, until when, and where."""
    runde = Indberetningsrunde.objects.get(pk=noegle)
    til = modtagere(_DRIFTSHERRE, Organisation.objects.driftsherrer())
    _send("runde_aabnet", til, {"runde": runde, "adresse": adresse(f"/takster/indberetning/{runde.aar}/")})


def indberetning_genaabnet(noegle: int, begrundelse: str) -> None:
    indberetning = Indberetning.objects.select_related("runde", "driftsherre").get(pk=noegle)
    _send(
        "indberetning_genaabnet",
        modtagere(_DRIFTSHERRE, [indberetning.driftsherre]),
        {
            "indberetning": indberetning,
            "begrundelse": begrundelse,
            "adresse": adresse(indberetning.get_absolute_url()),
        },
    )


def klar_til_indsendelse(noegle: int) -> None:
    """To the driftsherre's godkendere."""
    skema = _skema(noegle)
    _send("skema_klar", modtagere([Rolle.DRIFTSHERRE_GODKENDER], [skema.driftsherre]), _om_skema(skema))


def skema_indsendt(noegle: int) -> None:
    """To the secretariat, and a receipt to the driftsherre."""
    skema = _skema(noegle)
    _send("skema_indsendt", modtagere(_SEKRETARIAT), _om_skema(skema))
    _send("skema_kvittering", modtagere(_DRIFTSHERRE, [skema.driftsherre]), _om_skema(skema))


def skema_retur(noegle: int) -> None:
    skema = _skema(noegle)
    _send("skema_retur", modtagere(_DRIFTSHERRE, [skema.driftsherre]), _om_skema(skema))


def skema_godkendt(noegle: int) -> None:
    skema = _skema(noegle)
    _send("skema_godkendt", modtagere(_DRIFTSHERRE, [skema.driftsherre]), _om_skema(skema))
