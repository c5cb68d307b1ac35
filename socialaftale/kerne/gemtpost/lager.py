"""Keeping, reading and removing forms: encrypted rows that open only with the key of the browser."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from socialaftale.kerne.gemtpost.kager import HOEJST, Noegle
from socialaftale.kerne.kryptering import fernet
from socialaftale.kerne.models import Bruger, GemtPost
from socialaftale.kerne.models.gemtpost import OPBEVARES

_FORMAAL = "gemtpost"
# Names of fields that belong to the sending and not to what was typed.
IDFELT = "_gemt_formular"
_UDELADES = ("csrfmiddlewaretoken", IDFELT)


@dataclass(frozen=True, slots=True)
class Gemt:
    """A kept form, opened: where it was going, what was typed, when, and as whom (hat)."""

    id: uuid.UUID
    tidspunkt: dt.datetime
    sti: str
    hat: str
    felter: tuple[tuple[str, str], ...]

    @property
    def skrevet(self) -> list[tuple[str, str]]:
        """The fields that hold something."""
        return [(navn, vaerdi) for navn, vaerdi in self.felter if vaerdi.strip()]


def gem(request: HttpRequest, bruger: Bruger, hat: str) -> Noegle:
    """Keep the request's form for the user; returns the only key to it. The oldest give way, expired ones go."""
    hemmelighed = secrets.token_urlsafe(32)
    indhold = {
        "sti": request.get_full_path(),
        "hat": hat,
        "felter": [
            [navn, vaerdi] for navn, vaerdier in request.POST.lists() if navn not in _UDELADES for vaerdi in vaerdier
        ],
    }
    ryd_op()
    gamle = GemtPost.objects.filter(bruger=bruger).order_by("-oprettet", "pk")[HOEJST * 2 - 1 :]
    GemtPost.objects.filter(pk__in=[post.pk for post in gamle.only("pk")]).delete()
    data = json.dumps(indhold, ensure_ascii=False).encode()
    post = GemtPost.objects.create(bruger=bruger, indhold=_kode(hemmelighed).encrypt(data))
    return Noegle(post.pk, hemmelighed)


def hent(bruger: Bruger, noegler: Iterable[Noegle]) -> list[Gemt]:
    """The user's own kept forms that the keys open, in the order of the keys; anything else is as if not there."""
    noegler = list(noegler)
    if not noegler:
        return []
    poster = GemtPost.objects.filter(bruger=bruger).gyldige().in_bulk([noegle.id for noegle in noegler])
    aabnede = (_aabn(poster[noegle.id], noegle.hemmelighed) for noegle in noegler if noegle.id in poster)
    return [gemt for gemt in aabnede if gemt]


def slet(bruger: Bruger, id: uuid.UUID) -> bool:
    """Remove one of the user's own; False when there is none."""
    return bool(GemtPost.objects.filter(bruger=bruger, pk=id).delete()[0])


def ryd_op() -> None:
    GemtPost.objects.udloebne().delete()


def _kode(hemmelighed: str):
    return fernet(_FORMAAL, hemmelighed.encode())


def _aabn(post: GemtPost, hemmelighed: str) -> Gemt | None:
    try:
        data = _kode(hemmelighed).decrypt(bytes(post.indhold), ttl=int(OPBEVARES.total_seconds()))
    except InvalidToken:
        return None
    indhold = json.loads(data)
    # It is our own path, encrypted by us; checked all the same, since a button will send to it.
    if not url_has_allowed_host_and_scheme(indhold["sti"], allowed_hosts=None):
        return None
    felter = tuple((navn, vaerdi) for navn, vaerdi in indhold["felter"])
    return Gemt(post.pk, post.oprettet, indhold["sti"], indhold["hat"], felter)
