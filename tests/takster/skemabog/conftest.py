"""A driftsherre with two services and their workbook."""

from __future__ import annotations

import pytest
import time_machine

from socialaftale.kerne.enums import Rolle
from tests.takster.factories import IndberetningFactory, RundeFactory, SkemaFactory, TilbudFactory, YdelseFactory
from tests.takster.skemabog.hjaelp import hent_data, indlaes


@pytest.fixture
def ur(_ur: time_machine.Traveller) -> time_machine.Traveller:
    """The clock, for tests that let time pass."""
    return _ur


@pytest.fixture
def indberetning(organisationer):
    return IndberetningFactory(runde=RundeFactory(), driftsherre=organisationer["aalborg"])


@pytest.fixture
def skema(indberetning):
    tilbud = TilbudFactory(driftsherre=indberetning.driftsherre, navn="Birkehuset")
    return SkemaFactory(udfyldt=True, indberetning=indberetning, ydelse=YdelseFactory(tilbud=tilbud))


@pytest.fixture
def timeskema(indberetning):
    tilbud = TilbudFactory(driftsherre=indberetning.driftsherre, navn="Æblegården")
    return SkemaFactory(indberetning=indberetning, ydelse=YdelseFactory(tilbud=tilbud, enhed="time"))


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.DRIFTSHERRE_INDBERETTER)


@pytest.fixture
def data(klient, indberetning, skema, timeskema) -> bytes:
    """The workbook as it is fetched."""
    return hent_data(klient, indberetning)


@pytest.fixture
def send(klient, indberetning, django_capture_on_commit_callbacks):
    """`send(data, navn)`: upload and read; the answer and the kept file."""

    def lav(data: bytes, navn: str = "takstskemaer.xlsx", som=None):
        return indlaes(som or klient, indberetning, data, django_capture_on_commit_callbacks, navn)

    return lav
