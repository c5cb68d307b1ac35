"""The one row that says which region this installation serves: name, area, contact, colour."""

from django.core.validators import RegexValidator
from django.db import models

from socialaftale.kerne.hukommelse import husk


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

    class Meta:
        verbose_name = "opsætning"
        verbose_name_plural = "opsætning"

    def __str__(self) -> str:
        return self.navn

    @classmethod
    def hent(cls) -> "Opsaetning":
        """The installation's row, or an unsaved neutral one before the folder of data is loaded."""
        return husk("opsaetning", cls._hent)

    @classmethod
    def _hent(cls) -> "Opsaetning":
        return cls.objects.order_by("pk").first() or cls(navn="Socialaftale", sekretariat_navn="Sekretariatet")
