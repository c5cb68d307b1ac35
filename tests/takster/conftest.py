"""The clock of the tariff tests: 1 October 2026, inside the round of 2027."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

I_DAG = dt.date(2026, 10, 1)
EFTER_FRISTEN = dt.datetime(2026, 11, 5, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _ur() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(dt.datetime(2026, 10, 1, 10, tzinfo=dt.UTC), tick=False) as rejse:
        yield rejse


@pytest.fixture
def efter_fristen(_ur: time_machine.Traveller) -> None:
    """The deadline has passed and nobody has closed the round yet."""
    _ur.move_to(EFTER_FRISTEN)
