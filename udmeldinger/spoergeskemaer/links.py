"""Personal links: a signed random token, kept as a hash, that opens one answer until it expires or is withdrawn."""

from __future__ import annotations

import hashlib
import secrets

from allauth.account.adapter import get_adapter
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest

from udmeldinger.models import Svarlink

_UNDERSKRIFT = signing.Signer(salt="udmeldinger.svarlink")
# Wrong links from one network address, before it must wait.
MAKS_FEJL = 20
# Requests through one link.
MAKS_BRUG = 120
VINDUE_SEKUNDER = 300


def nyt_token() -> str:
    """A fresh token; only the mail and the address ever hold it."""
    return _UNDERSKRIFT.sign(secrets.token_urlsafe(32))


def aftryk(token: str) -> str:
    """What the database keeps of a token: nobody who reads it can open the link."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_link(token: str) -> Svarlink | None:
    """The link of a token, also one that no longer works; a token that is not ours never reaches the database."""
    try:
        _UNDERSKRIFT.unsign(token)
    except signing.BadSignature:
        return None
    raekker = Svarlink.objects.select_related("besvarelse__skema", "besvarelse__organisation")
    return raekker.filter(aftryk=aftryk(token)).first()


def _tael(noegle: str, graense: int) -> bool:
    """One more; True when it is too many within the window."""
    cache.add(noegle, 0, VINDUE_SEKUNDER)
    try:
        return cache.incr(noegle) > graense
    except ValueError:
        # It ran out between the two.
        return False


def for_mange_fejl(request: HttpRequest, *, tael: bool) -> bool:
    """Has this network address tried too many wrong links? With `tael` this one is counted."""
    adresse = get_adapter().get_client_ip(request)
    noegle = f"svarlink-fejl-{hashlib.sha256(adresse.encode()).hexdigest()[:32]}"
    return _tael(noegle, MAKS_FEJL) if tael else cache.get(noegle, 0) > MAKS_FEJL


def for_meget_brug(link: Svarlink) -> bool:
    """Is the link used more than a person can?"""
    return _tael(f"svarlink-brug-{link.pk}", MAKS_BRUG)
