"""Rows of stated capacity for tests."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from tests.tilbud.factories import OrganisationFactory
from tilbud.models import Kommunepladser, Pladsopgoerelse


class PladsopgoerelseFactory(DjangoModelFactory):
    class Meta:
        model = Pladsopgoerelse

    aftaleperiode = "2023-2024"
    version = "endelig"
    statistik_aar = 2022
    kilde = factory.LazyAttribute(lambda o: f"Aftalen {o.aftaleperiode}")
    offentliggjort = True


class KommunepladserFactory(DjangoModelFactory):
    class Meta:
        model = Kommunepladser

    opgoerelse = factory.SubFactory(PladsopgoerelseFactory)
    kommune = factory.SubFactory(OrganisationFactory)
    kommunale = 30
    private = 20
    socialaftale = 10
