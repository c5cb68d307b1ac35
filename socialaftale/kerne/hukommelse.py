"""What one request has asked for once: the frame of a page, its text and its panels often need the same rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

# None outside a request: a job, an import or a shell always asks anew.
_husket: ContextVar[dict[Hashable, Any] | None] = ContextVar("hukommelse", default=None)


@contextmanager
def forespoergslens_hukommelse() -> Iterator[None]:
    """Inside it `husk` remembers; only for what the request itself does not change."""
    token = _husket.set({})
    try:
        yield
    finally:
        _husket.reset(token)


def husk(noegle: Hashable, hent: Callable[[], T]) -> T:
    """What `hent` gives, asked for once per request and key."""
    husket = _husket.get()
    if husket is None:
        return hent()
    if noegle not in husket:
        husket[noegle] = hent()
    return husket[noegle]
