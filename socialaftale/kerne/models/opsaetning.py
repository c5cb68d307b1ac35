"""The one row that says which region this installation serves: name, area, contact, colour."""

import time
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models

from socialaftale.kerne.hukommelse import husk

HUSKES_SEKUNDER = 30
# Years an external figure may be old where the folder of data says nothing.
STANDARDALDER = 3


class Opsaetning(models.Model):
    """Set-up of an installation (name of the *aftale*, area, *sekretariat*); loaded from the folder of data."""

    navn = models.CharField("aftalens navn", max_length=100)
    omraade = models.CharField("område", max_length=100)
    kkr = models.CharField("KKR", max_length=100, blank=True)
    farve = models.CharField(
        "egen farve", max_length=7, default="#14518b", validators=[RegexValidator(r"^#[0-9a-f]{6}$")]
    )
    farve_moerk = models.CharField("mørk udgave", max_length=7, default="#0f3e6a")
    farve_lys = models.CharField("lys udgave", max_length=7, default="#e9f1f8")
    sekretariat_navn = models.CharField("sekretariatets navn", max_length=150)
    sekretariat_adresse = models.CharField("adresse", max_length=200, blank=True)
    sekretariat_mail = models.EmailField("mail", blank=True)
    sekretariat_telefon = models.CharField("telefon", max_length=30, blank=True)
    sekretariat_web = models.URLField("hjemmeside", blank=True)
    was_url = models.URLField("tilgængelighedserklæring", blank=True)
    # Years: other people's figures in texts are flagged as old after this, unless they have a limit of their own.
    maks_alder_eksterne = models.PositiveSmallIntegerField("eksterne tal er gamle efter (år)", default=STANDARDALDER)

    # Until when, and the row as it was.
    _kendt: "ClassVar[tuple[float, Opsaetning] | None]" = None

    class Meta:
        verbose_name = "opsætning"
        verbose_name_plural = "opsætning"

    def __str__(self) -> str:
        return self.navn

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.glem()

    @classmethod
    def hent(cls) -> "Opsaetning":
        """The installation's row, or an unsaved neutral one before the folder of data is loaded.

        Every page asks for it and it changes when the folder of data is loaded anew, so a process keeps it for
        `HUSKES_SEKUNDER`; it holds names and colours, never a figure.
        """
        return husk("opsaetning", cls._husket)

    @classmethod
    def _husket(cls) -> "Opsaetning":
        nu = time.monotonic()
        if cls._kendt is None or cls._kendt[0] <= nu:
            fundet = cls.objects.order_by("pk").first()
            if fundet is None:
                return cls(navn="Socialaftale", sekretariat_navn="Sekretariatet")
            Opsaetning._kendt = (nu + HUSKES_SEKUNDER, fundet)
        return cls._kendt[1]

    @classmethod
    def glem(cls) -> None:
        """Ask the database again next time."""
        Opsaetning._kendt = None
