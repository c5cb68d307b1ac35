"""States of the styringsaftale."""

from django.db import models


class Styringstilstand(models.TextChoices):
    """One is in force at a time; the one before it stays readable with what it said."""

    UDKAST = "udkast", "Udkast"
    GAELDENDE = "gaeldende", "Gældende"
    AFLOEST = "afloest", "Afløst"


class Styringstrin(models.TextChoices):
    SAET_I_KRAFT = "saet_i_kraft", "Sæt i kraft"
    AFLOES = "afloes", "Afløs"
