"""Life of a log-in: extended while the user works, ended everywhere when an account must be made safe."""

from __future__ import annotations

import time

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from socialaftale.kerne.models import Bruger

_BRUGT = "brugt"
# A log-in is written at most this often, so that a page costs no extra query.
SEKUNDER_MELLEM_FORLAENGELSER = 60


def forlaeng(session: SessionBase) -> None:
    """Start the two hours again; Django stores the session with the answer."""
    session[_BRUGT] = int(time.time())


def forlaeng_hvis_brugt(session: SessionBase) -> None:
    """Extend the log-in of someone who works, once a minute."""
    siden = int(time.time()) - session.get(_BRUGT, 0)
    if not 0 <= siden < SEKUNDER_MELLEM_FORLAENGELSER:
        forlaeng(session)


def log_af_overalt(bruger: Bruger) -> int:
    """End all of the user's log-ins; returns how many there were."""
    model = SessionStore.get_model_class()
    noegler = [
        session.pk
        for session in model.objects.filter(expire_date__gte=timezone.now()).iterator()
        if session.get_decoded().get(SESSION_KEY) == str(bruger.pk)
    ]
    return model.objects.filter(pk__in=noegler).delete()[0]
