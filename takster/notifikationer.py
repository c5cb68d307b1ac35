"""Mails of the tariff rounds; called after commit with keys, so that they tell what was stored."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from socialaftale.kerne import notifikationer
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Medlemskab, Organisation
from socialaftale.kerne.notifikationer import (
    DRIFTSHERREN,
    MYNDIGHEDEN,
    SEKRETARIATET,
    adresse,
    efter_commit,
    modtagere,
    stille,
)
from takster.models import Indberetning, Indberetningsrunde, Rykker, Takstskema, Tillaegsaftale

__all__ = [
    "driftsherrernes_modtagere",
    "efter_commit",
    "indberetning_genaabnet",
    "klar_til_indsendelse",
    "runde_aabnet",
    "rykker",
    "skema_godkendt",
    "skema_indsendt",
    "skema_retur",
    "stille",
    "tillaegsaftale",
]
# A mail names this many tilbud and counts the rest.
NAVNE_I_MAIL = 20


def driftsherrernes_modtagere() -> dict[int, list[str]]:
    """Addresses by organisation of those who report or sign for a driftsherre today; one query."""
    medlemskaber = (
        Medlemskab.objects.gaeldende(timezone.localdate())
        .filter(rolle__in=DRIFTSHERREN, bruger__is_active=True)
        .order_by("bruger__email")
    )
    adresser: dict[int, list[str]] = {}
    for organisation_id, email in medlemskaber.values_list("organisation", "bruger__email").distinct():
        adresser.setdefault(organisation_id, []).append(email)
    return adresser


def _send(navn: str, til: list[str], kontekst: dict[str, Any]) -> None:
    notifikationer.send(f"mail/takster/{navn}.txt", til, kontekst)


def _skema(noegle: int) -> Takstskema:
    return Takstskema.objects.til_liste().select_related("indsendt_af").get(pk=noegle)


def _om_skema(skema: Takstskema) -> dict[str, Any]:
    return {"skema": skema, "adresse": adresse(skema.get_absolute_url()), "rettes_senest": skema.rettes_senest()}


def runde_aabnet(noegle: int) -> None:
    """To all who report: the round is open, until when, and where."""
    runde = Indberetningsrunde.objects.get(pk=noegle)
    til = modtagere(DRIFTSHERREN, Organisation.objects.driftsherrer())
    _send("runde_aabnet", til, {"runde": runde, "adresse": adresse(f"/takster/indberetning/{runde.aar}/")})


def rykker(noegle: int, navne: list[str]) -> None:
    """To all who report or sign for the driftsherre: how many forms are missing, which, and by when."""
    rykker_ = Rykker.objects.select_related("indberetning__runde", "indberetning__driftsherre").get(pk=noegle)
    indberetning = rykker_.indberetning
    _send(
        "rykker",
        modtagere(DRIFTSHERREN, [indberetning.driftsherre]),
        {
            "rykker": rykker_,
            "runde": indberetning.runde,
            "er_overskredet": rykker_.frist < timezone.localdate(),
            "navne": navne[:NAVNE_I_MAIL],
            "flere": max(0, len(navne) - NAVNE_I_MAIL),
            "adresse": adresse(indberetning.get_absolute_url()),
        },
    )


def indberetning_genaabnet(noegle: int, begrundelse: str) -> None:
    indberetning = Indberetning.objects.select_related("runde", "driftsherre").get(pk=noegle)
    _send(
        "indberetning_genaabnet",
        modtagere(DRIFTSHERREN, [indberetning.driftsherre]),
        {
            "indberetning": indberetning,
            "begrundelse": begrundelse,
            "forlaenget": indberetning.runde.er_aaben(timezone.localdate()),
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
    _send("skema_indsendt", modtagere(SEKRETARIATET), _om_skema(skema))
    _send("skema_kvittering", modtagere(DRIFTSHERREN, [skema.driftsherre]), _om_skema(skema))


def skema_retur(noegle: int) -> None:
    """To the driftsherre: the reason, and the comments on single fields."""
    skema = _skema(noegle)
    kommentarer = list(skema.kommentarer.ubesvarede())
    _send(
        "skema_retur", modtagere(DRIFTSHERREN, [skema.driftsherre]), {**_om_skema(skema), "kommentarer": kommentarer}
    )


def skema_godkendt(noegle: int) -> None:
    skema = _skema(noegle)
    _send("skema_godkendt", modtagere(DRIFTSHERREN, [skema.driftsherre]), _om_skema(skema))


def skemaer_godkendt(driftsherre: int, noegler: list[int]) -> None:
    """One mail to a driftsherre about all its forms that were approved together."""
    skemaer = list(Takstskema.objects.til_liste().filter(pk__in=noegler).order_by("ydelse__tilbud__navn", "pk"))
    _send(
        "skemaer_godkendt",
        modtagere(DRIFTSHERREN, [Organisation.objects.get(pk=driftsherre)]),
        {
            "antal": len(skemaer),
            "aar": skemaer[0].aar,
            "skemaer": skemaer[:NAVNE_I_MAIL],
            "flere": max(0, len(skemaer) - NAVNE_I_MAIL),
            "adresse": adresse(skemaer[0].indberetning.get_absolute_url()),
        },
    )


def skemaer_indsendt(noegler: list[int]) -> None:
    """Many forms at once: one mail to the secretariat and one receipt, not one per form."""
    skemaer = list(Takstskema.objects.til_liste().select_related("indsendt_af").filter(pk__in=noegler).order_by("pk"))
    indberetning = skemaer[0].indberetning
    kontekst = {
        "indberetning": indberetning,
        "skemaer": skemaer,
        "skema": skemaer[0],
        "adresse": adresse(indberetning.get_absolute_url()),
    }
    _send("skemaer_indsendt", modtagere(SEKRETARIATET), kontekst)
    _send("skemaer_kvittering", modtagere(DRIFTSHERREN, [indberetning.driftsherre]), kontekst)


def tillaegsaftale(noegle: int) -> None:
    """T41: to the people of the betalingskommune, as soon as the agreement is made."""
    aftale = Tillaegsaftale.objects.til_liste().get(pk=noegle)
    til = modtagere(MYNDIGHEDEN, [aftale.betalingskommune])
    _send("tillaegsaftale", til, {"aftale": aftale, "adresse": adresse(aftale.get_absolute_url())})
