"""The annexes of an agreement, files that were uploaded for them, and what each edition was issued with."""

from __future__ import annotations

from typing import Any

from django.db import models

from socialaftale.kerne import bilagsarter

# The content of an annex that is an uploaded file; other contents are keys of `kerne.bilagsarter`.
FIL = "fil"


class Bilag(models.Model):
    """An annex (*bilag*). Its number follows from its place; the text refers to it by its key."""

    aftale = models.ForeignKey("aftale.Aftale", on_delete=models.CASCADE, related_name="bilag")
    nr = models.PositiveSmallIntegerField("nummer")
    gruppe = models.CharField("gruppe", max_length=100)
    titel = models.CharField("titel", max_length=200)
    noegle = models.SlugField("nøgle", max_length=60)
    # "fil", the key of a kind this system makes, or empty for annexes that are only listed.
    indhold = models.CharField("indhold", max_length=20, blank=True)
    # Which of a kind ("dom-2019" of the udmeldinger); empty for kinds without variants and for files.
    variant = models.CharField("variant", max_length=80, blank=True)
    # The newest uploaded file.
    dokument = models.ForeignKey("kerne.Dokument", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "bilag"
        verbose_name_plural = "bilag"
        ordering = ["aftale", "nr", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["aftale", "nr"], name="bilag_nr_unikt"),
            models.UniqueConstraint(fields=["aftale", "noegle"], name="bilag_noegle_unik"),
        ]

    def __str__(self) -> str:
        return f"Bilag {self.nr}: {self.titel}"

    @property
    def er_fil(self) -> bool:
        return self.indhold == FIL

    @property
    def mangler_fil(self) -> bool:
        """An edition cannot be issued before the file is there."""
        return self.er_fil and self.dokument_id is None

    @property
    def valg(self) -> str:
        """Content and variant as one choice: "udmelding:dom-2019"."""
        return f"{self.indhold}:{self.variant}" if self.variant else self.indhold

    @valg.setter
    def valg(self, vaerdi: str) -> None:
        self.indhold, _, self.variant = vaerdi.partition(":")

    @property
    def indholdsnavn(self) -> str:
        """What the annex is made of, in words."""
        if self.er_fil:
            return "Uploadet PDF"
        art = bilagsarter.find(self.indhold)
        return art.navn if art else "Laves et andet sted"

    @property
    def filnoegle(self) -> str:
        """The key of the uploaded file and its earlier versions."""
        return f"bilagsfil:{self.aftale_id}:{self.noegle}"


class Bilagsfil(models.Model):
    """What was found in an uploaded file when it was let in; the file itself is the document."""

    dokument = models.OneToOneField("kerne.Dokument", on_delete=models.PROTECT, related_name="bilagsfil")
    filnavn = models.CharField("navn hos afsenderen", max_length=200)
    sider = models.PositiveSmallIntegerField("sider")
    er_maerket_op = models.BooleanField("mærket op")
    # What a reader may be bothered by, in words; it did not keep the file out.
    advarsler = models.JSONField("bemærkninger", default=list, blank=True)

    class Meta:
        verbose_name = "fil til bilag"
        verbose_name_plural = "filer til bilag"
        ordering = ["-dokument__version", "pk"]

    def __str__(self) -> str:
        return self.filnavn


class Udgavebilag(models.Model):
    """An annex as an edition was issued with it; never changes, whatever becomes of the list."""

    udgave = models.ForeignKey("aftale.Udgave", on_delete=models.PROTECT, related_name="bilag")
    nr = models.PositiveSmallIntegerField("nummer")
    gruppe = models.CharField("gruppe", max_length=100)
    titel = models.CharField("titel", max_length=200)
    noegle = models.SlugField("nøgle", max_length=60)
    indhold = models.CharField("indhold", max_length=20, blank=True)
    # Empty for annexes that are only listed.
    dokument = models.ForeignKey(
        "kerne.Dokument", on_delete=models.PROTECT, null=True, blank=True, related_name="udgavebilag"
    )
    sider = models.PositiveSmallIntegerField("sider", default=0)
    # The page of the whole file it begins on; 0 for annexes that are only listed.
    fra_side = models.PositiveSmallIntegerField("fra side", default=0)
    er_maerket_op = models.BooleanField("mærket op", default=True)

    class Meta:
        verbose_name = "bilag i udgave"
        verbose_name_plural = "bilag i udgaver"
        ordering = ["udgave", "nr", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["udgave", "nr"], name="udgavebilag_nr_unikt"),
            models.UniqueConstraint(fields=["udgave", "noegle"], name="udgavebilag_noegle_unik"),
        ]

    def __str__(self) -> str:
        return f"Bilag {self.nr}: {self.titel}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("An Udgavebilag never changes.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("An Udgavebilag is never deleted.")
