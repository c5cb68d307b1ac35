"""Rows for the tests of the register; unknown stays unknown unless a test says otherwise."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from socialaftale.kerne.models import Organisation
from tilbud.models import (
    Aftalestatus,
    Forstaerketmedlem,
    Koeberkommune,
    Lovgrundlag,
    Plads,
    Tilbud,
    Tilbudslovgrundlag,
    Tilbudsnavn,
    Ydelse,
)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation
        django_get_or_create = ("slug",)

    slug = "aalborg"
    type = "kommune"
    navn = factory.LazyAttribute(lambda o: f"{o.slug.capitalize()} Kommune")
    kortnavn = factory.LazyAttribute(lambda o: o.slug.capitalize())
    er_part = True
    er_driftsherre = True


class TilbudFactory(DjangoModelFactory):
    class Meta:
        model = Tilbud

    slug = factory.Sequence(lambda n: f"tilbud-{n}")
    navn = factory.Sequence(lambda n: f"Tilbud {n}")
    driftsherre = factory.SubFactory(OrganisationFactory)
    driftsform = "kommunal"
    offentliggjort = True


class LovgrundlagFactory(DjangoModelFactory):
    class Meta:
        model = Lovgrundlag
        django_get_or_create = ("slug",)

    slug = "sel-107"
    paragraf = factory.LazyAttribute(lambda o: f"SEL § {o.slug.removeprefix('sel-')}")
    omfattet = "omfattet"


class TilbudslovgrundlagFactory(DjangoModelFactory):
    class Meta:
        model = Tilbudslovgrundlag

    tilbud = factory.SubFactory(TilbudFactory)
    lovgrundlag = factory.SubFactory(LovgrundlagFactory)


class PladsFactory(DjangoModelFactory):
    class Meta:
        model = Plads

    tilbud = factory.SubFactory(TilbudFactory)
    antal_fra = 10
    antal_til = factory.SelfAttribute("antal_fra")
    aar = 2024


class YdelseFactory(DjangoModelFactory):
    class Meta:
        model = Ydelse

    tilbud = factory.SubFactory(TilbudFactory)
    slug = factory.Sequence(lambda n: f"ydelse-{n}")
    navn = "Botilbud, døgn"
    enhed = "doegn"


class AftalestatusFactory(DjangoModelFactory):
    class Meta:
        model = Aftalestatus

    tilbud = factory.SubFactory(TilbudFactory)
    aar = 2023
    i_socialaftale = True


class ForstaerketmedlemFactory(DjangoModelFactory):
    class Meta:
        model = Forstaerketmedlem

    tilbud = factory.SubFactory(TilbudFactory)
    fra_aar = 2023
    til_aar = 2024


class TilbudsnavnFactory(DjangoModelFactory):
    class Meta:
        model = Tilbudsnavn

    tilbud = factory.SubFactory(TilbudFactory)
    navn = "Det gamle navn"


class KoeberkommuneFactory(DjangoModelFactory):
    class Meta:
        model = Koeberkommune

    tilbud = factory.SubFactory(TilbudFactory)
    kommune = factory.SubFactory(OrganisationFactory, slug="hjoerring")
    aar = 2026
