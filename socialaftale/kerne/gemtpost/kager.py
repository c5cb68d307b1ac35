"""The two cookies: who was last logged in here, and the keys to what is kept."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from socialaftale.kerne.models.gemtpost import OPBEVARES

SIDSTE_BRUGER = "sidste_bruger"
NOEGLER = "gemt_formular"
_SALT = "kerne.sidste_bruger"
# Longer than a weekend with a form left open.
_SIDSTE_BRUGER_VARER = dt.timedelta(days=7)
# Several windows can run out together; a cookie has room for a few keys.
HOEJST = 5


class Sidstebruger(NamedTuple):
    """Who was logged in, and the hat they wore ("" before they chose one)."""

    bruger_id: int
    hat: str


class Noegle(NamedTuple):
    """Which kept form, and the key that opens it."""

    id: uuid.UUID
    hemmelighed: str


def laes_sidste_bruger(request: HttpRequest) -> Sidstebruger | None:
    """None when the cookie is missing, changed or too old."""
    try:
        return Sidstebruger(
            *signing.loads(request.COOKIES.get(SIDSTE_BRUGER, ""), salt=_SALT, max_age=_SIDSTE_BRUGER_VARER)
        )
    except signing.BadSignature:
        return None


def saet_sidste_bruger(svar: HttpResponse, sidste: Sidstebruger) -> None:
    _saet(svar, SIDSTE_BRUGER, signing.dumps(list(sidste), salt=_SALT), _SIDSTE_BRUGER_VARER)


def slet_sidste_bruger(svar: HttpResponse) -> None:
    _slet(svar, SIDSTE_BRUGER)


def laes_noegler(request: HttpRequest) -> list[Noegle]:
    """The keys in the cookie, newest first; what is not a key is passed over."""
    noegler = []
    for led in request.COOKIES.get(NOEGLER, "").split("|")[:HOEJST]:
        navn, _, hemmelighed = led.partition(":")
        try:
            noegler.append(Noegle(uuid.UUID(hex=navn), hemmelighed))
        except ValueError:
            continue
    return noegler


def saet_noegler(svar: HttpResponse, noegler: Iterable[Noegle]) -> None:
    vaerdi = "|".join(f"{noegle.id.hex}:{noegle.hemmelighed}" for noegle in list(noegler)[:HOEJST])
    if vaerdi:
        _saet(svar, NOEGLER, vaerdi, OPBEVARES)
    else:
        _slet(svar, NOEGLER)


def _saet(svar: HttpResponse, navn: str, vaerdi: str, varer: dt.timedelta) -> None:
    svar.set_cookie(
        navn, vaerdi, max_age=varer, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax", path="/"
    )


def _slet(svar: HttpResponse, navn: str) -> None:
    svar.delete_cookie(navn, path="/", samesite="Lax")
