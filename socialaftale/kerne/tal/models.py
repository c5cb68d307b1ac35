"""External statistics cited in texts: records of their own with source and year."""

from __future__ import annotations

from django.db import models


class EksterntTal(models.Model):
    """A figure from somebody else's publication; cited as `{{ ekstern.<noegle> }}` and `{{ note:<noegle> }}`."""

    noegle = models.SlugField("nøgle", max_length=80, unique=True)
    statistik = models.CharField("statistik", max_length=300)
    vaerdi_tekst = models.CharField("værdi, som den skrives", max_length=100)
    kilde = models.CharField("kilde", max_length=300)
    aar = models.PositiveSmallIntegerField("år")
    link = models.URLField("link", max_length=500, blank=True)

    class Meta:
        verbose_name = "eksternt tal"
        verbose_name_plural = "eksterne tal"
        ordering = ["noegle"]

    def __str__(self) -> str:
        return f"{self.statistik} ({self.kilde}, {self.aar})"
