"""What a party decides about an edition."""

from django.db import models


class Afgoerelse(models.TextChoices):
    GODKENDT = "godkendt", "Godkendt"
    MED_BEMAERKNING = "med_bemaerkning", "Godkendt med bemærkning"
    AFVIST = "afvist", "Afvist"


# What counts as an approval.
GODKENDER = frozenset({Afgoerelse.GODKENDT, Afgoerelse.MED_BEMAERKNING})
