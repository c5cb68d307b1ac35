"""Rows for the list pages."""

import factory

from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Organisation


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda nummer: f"organisation-{nummer}")
    type = Organisationstype.PRIVAT
    navn = factory.Sequence(lambda nummer: f"Organisation {nummer:03}")
    kortnavn = factory.SelfAttribute("navn")
