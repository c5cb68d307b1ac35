"""Mails of the tariff rounds; called after commit with keys, so that they tell what was stored."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Bruger, Medlemskab, Opsaetning, Organisation
from takster.models import Indberetning, Indberetningsrunde, Takstskema

logger = logging.getLogger(__name__)
_DRIFTSHERRE = (Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER)
_SEKRETARIAT = (Rolle.SEKRETARIAT, Rolle.SEKRETARIAT_ADMIN)


_stille: ContextVar[bool] = ContextVar("takster_stille", default=False)


@contextmanager
def stille() -> Iterator[None]:
    """Nobody gets a mail of what is done inside: for demo data."""
    maerke = _stille.set(True)
    try:
        yield
    finally:
        _stille.reset(maerke)


def efter_commit(besked: Callable[..., None], *noegler: Any) -> None:
    """Send when the change is stored; a mail server that is down never undoes or hides what was done."""
    if not _stille.get():
        transaction.on_commit(partial(_forsoeg, besked, *noegler))


def _forsoeg(besked: Callable[..., None], *noegler: Any) -> None:
    try:
        besked(*noegler)
    except Exception:
        logger.exception("mail %s for %s was not sent", besked.__name__, noegler)


def modtagere(roller: Iterable[Rolle], organisationer: Iterable[Organisation] | None = None) -> list[str]:
    """Addresses of the active users who hold one of the roles today, in one of the organisations or anywhere."""
    gaeldende = Medlemskab.objects.gaeldende(timezone.localdate()).filter(rolle__in=list(roller))
    if organisationer is not None:
        gaeldende = gaeldende.filter(organisation__in=organisationer)
    aktive = Bruger.objects.filter(Q(medlemskaber__in=gaeldende), is_active=True)
    return list(aktive.order_by("email").values_list("email", flat=True).distinct())


def adresse(sti: str) -> str:
    """A full address when the installation knows its own, else the path alone."""
    return f"{getattr(settings, 'BASISADRESSE', '').rstrip('/')}{sti}"


def send(navn: str, til: list[str], kontekst: dict[str, Any]) -> None:
    """One mail per receiver, so that nobody sees the others' addresses."""
    if not til:
        return
    kontekst = {"opsaetning": Opsaetning.hent(), **kontekst}
    emne = " ".join(render_to_string(f"mail/takster/{navn}_emne.txt", kontekst).split())
    tekst = render_to_string(f"mail/takster/{navn}.txt", kontekst)
    get_connection().send_messages([EmailMessage(emne, tekst, to=[modtager]) for modtager in til])


def _skema(noegle: int) -> Takstskema:
    return Takstskema.objects.til_liste().select_related("indsendt_af").get(pk=noegle)


def _om_skema(skema: Takstskema) -> dict[str, Any]:
    return {"skema": skema, "adresse": adresse(skema.get_absolute_url()), "rettes_senest": skema.rettes_senest()}


def runde_aabnet(noegle: int) -> None:
    """To all who report: the round is open, until when, and where."""
    runde = Indberetningsrunde.objects.get(pk=noegle)
    til = modtagere(_DRIFTSHERRE, Organisation.objects.driftsherrer())
    send("runde_aabnet", til, {"runde": runde, "adresse": adresse(f"/takster/indberetning/{runde.aar}/")})


def indberetning_genaabnet(noegle: int, begrundelse: str) -> None:
    indberetning = Indberetning.objects.select_related("runde", "driftsherre").get(pk=noegle)
    send(
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
    send("skema_klar", modtagere([Rolle.DRIFTSHERRE_GODKENDER], [skema.driftsherre]), _om_skema(skema))


def skema_indsendt(noegle: int) -> None:
    """To the secretariat, and a receipt to the driftsherre."""
    skema = _skema(noegle)
    send("skema_indsendt", modtagere(_SEKRETARIAT), _om_skema(skema))
    send("skema_kvittering", modtagere(_DRIFTSHERRE, [skema.driftsherre]), _om_skema(skema))


def skema_retur(noegle: int) -> None:
    skema = _skema(noegle)
    send("skema_retur", modtagere(_DRIFTSHERRE, [skema.driftsherre]), _om_skema(skema))


def skema_godkendt(noegle: int) -> None:
    skema = _skema(noegle)
    send("skema_godkendt", modtagere(_DRIFTSHERRE, [skema.driftsherre]), _om_skema(skema))
