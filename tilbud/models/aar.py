"""The constraint that every period of years shares."""

from django.db import models
from django.db.models import F, Q

from socialaftale.kerne.begraensning import Kontrol

AARSFEJL = "Det første år skal ligge før det sidste."


def aar_i_orden(navn: str, fra: str = "fra_aar", til: str = "til_aar") -> models.CheckConstraint:
    """First year not after the last; an unknown end (NULL) passes."""
    return Kontrol(
        name=navn,
        condition=Q(**{f"{fra}__isnull": True}) | Q(**{f"{til}__isnull": True}) | Q(**{f"{fra}__lte": F(til)}),
        violation_error_message=AARSFEJL,
    )
