"""Mails to people by role: after commit, one per receiver, and never in the way of what was done."""

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

logger = logging.getLogger(__name__)
DRIFTSHERREN = (Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER)
SEKRETARIATET = (Rolle.SEKRETARIAT, Rolle.SEKRETARIAT_ADMIN)
MYNDIGHEDEN = (Rolle.KOMMUNE_MYNDIGHED, Rolle.KOMMUNE_GODKENDER)

_stille: ContextVar[bool] = ContextVar("stille", default=False)


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


def send(skabelon: str, til: list[str], kontekst: dict[str, Any]) -> None:
    """A mail with its subject (`x.txt`, `x_emne.txt`), one per receiver, so that nobody sees the others' addresses."""
    if not til:
        return
    kontekst = {"opsaetning": Opsaetning.hent(), **kontekst}
    emne = " ".join(render_to_string(f"{skabelon.removesuffix('.txt')}_emne.txt", kontekst).split())
    tekst = render_to_string(skabelon, kontekst)
    get_connection().send_messages([EmailMessage(emne, tekst, to=[modtager]) for modtager in til])
