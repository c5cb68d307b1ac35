"""Encryption of what must not be readable in the database: keys derived from SECRET_KEY, one per purpose."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def fernet(formaal: str, noegle: bytes = b"") -> MultiFernet:
    """A cipher for one purpose, and with `noegle` for one holder: without that key SECRET_KEY alone opens nothing.

    SECRET_KEY_FALLBACKS still decrypt, so that SECRET_KEY can be changed.
    """
    hemmeligheder = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_afled(hemmelighed, formaal, noegle)) for hemmelighed in hemmeligheder])


def _afled(hemmelighed: str, formaal: str, noegle: bytes) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=noegle or None, info=f"socialaftale:{formaal}".encode())
    return base64.urlsafe_b64encode(hkdf.derive(hemmelighed.encode()))
