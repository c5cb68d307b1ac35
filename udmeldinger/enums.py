"""States and kinds of the central reports."""

from django.db import models


class Udmeldingstilstand(models.TextChoices):
    """The life cycle of a *central udmelding* (process-udmelding.md section 2)."""

    MODTAGET = "modtaget", "Modtaget"
    TILRETTELAGT = "tilrettelagt", "Tilrettelagt"
    UDSENDT = "udsendt", "Udsendt til besvarelse"
    KVALIFICERES = "kvalificeres", "Kvalificeres"
    RAPPORT_UDKAST = "rapport_udkast", "Udkast til rapport"
    POLITISK_BEHANDLING = "politisk_behandling", "Politisk behandling"
    INDSENDT = "indsendt", "Sendt til styrelsen"
    AFSLUTTET = "afsluttet", "Afsluttet"


class Aldersdel(models.TextChoices):
    ALLE = "alle", "Alle"
    UNDER_18 = "under_18", "Under 18 år"
    FRA_18 = "fra_18", "18 år og derover"


class Driftsform(models.TextChoices):
    """As the source of the report says; the register has its own."""

    KOMMUNAL = "kommunal", "Kommunal"
    REGIONAL = "regional", "Regional"
    PRIVAT = "privat", "Privat"
    SELVEJENDE = "selvejende", "Selvejende"
