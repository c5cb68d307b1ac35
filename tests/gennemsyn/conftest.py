"""The clock of the review tests: 1 October 2026, inside the round of 2027."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine


@pytest.fixture(autouse=True)
def _ur() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(dt.datetime(2026, 10, 1, 10, tzinfo=dt.UTC), tick=False) as rejse:
        yield rejse
