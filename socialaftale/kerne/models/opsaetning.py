"""The one row that says which region this installation serves: name, area, contact, colour."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.validators import RegexValidator
from django.db import models

# What the present request has read; None outside a request.
_husket: ContextVar["list[Opsaetning] | None"] = ContextVar("opsaetning", default=None)


@contextmanager
def husk_opsaetning() -> Iterator[None]:
    """Inside it the row is read once: the frame of a page, its text and its documents all name the installation."""
    token = _husket.set([])
    try:
        yield
    finally:
        _husket.reset(token)


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
        husket = _husket.get()
        if husket:
            return husket[0]
        fundet = cls.objects.order_by("pk").first() or cls(navn="Socialaftale", sekretariat_navn="Sekretariatet")
        if husket is not None:
            husket.append(fundet)
        return fundet
