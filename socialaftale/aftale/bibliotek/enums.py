"""What the library holds besides what it composes from agreements and registers."""

from django.db import models


class Biblioteksart(models.TextChoices):
    STATUS = "status", "Status på udmøntning"
    STYRINGSAFTALE = "styringsaftale", "Styringsaftale"
    RAPPORT = "rapport", "Rapport"
    AARSRAPPORT = "aarsrapport", "Årsrapport i det forstærkede samarbejde"
    VEJLEDNING = "vejledning", "Vejledning eller skema"
    ANDET = "andet", "Andet dokument"
