"""Issued files: bytes by sha256 under MEDIA, rows with version, who and when; immutable once published."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Dokumentsynlighed, Hat
from socialaftale.kerne.models.bruger import Bruger
from socialaftale.kerne.models.organisation import Organisation

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class DokumentOedelagt(Exception):
    """The stored bytes are missing or no longer have the sha256 of the row."""


class DokumentQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> DokumentQuerySet:
        """Public and published for all; the rest by visibility; the secretariat sees every document."""
        if adgang.er_sekretariat:
            return self
        synlige = Q(synlighed=Dokumentsynlighed.OFFENTLIG, offentliggjort_tidspunkt__isnull=False)
        if adgang.bruger:
            synlige |= Q(synlighed=Dokumentsynlighed.INDLOGGEDE, offentliggjort_tidspunkt__isnull=False)
        if adgang.organisation and adgang.hat in (Hat.DRIFTSHERRE, Hat.REVISION):
            synlige |= Q(synlighed=Dokumentsynlighed.ORGANISATION, organisation=adgang.organisation)
        return self.filter(synlige)

    def offentliggjorte(self) -> DokumentQuerySet:
        return self.filter(offentliggjort_tidspunkt__isnull=False)

    def update(self, **kwargs: Any) -> int:
        raise TypeError("Dokument rows are changed one by one through dokumenter.py.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("A Dokument is never deleted.")

    def seneste(self, noegle: str) -> Dokument | None:
        """Newest version of what `noegle` names, e.g. `aftale:2023-2024`."""
        return self.filter(noegle=noegle).order_by("-version").first()


class Dokument(models.Model):
    """One version of an issued file; the web server never serves the bytes directly."""

    noegle = models.CharField("nøgle", max_length=120)
    version = models.PositiveIntegerField("version")
    slags = models.CharField("slags", max_length=40)
    titel = models.CharField("titel", max_length=200)
    filnavn = models.CharField("filnavn", max_length=150)
    mimetype = models.CharField("filtype", max_length=100)
    sha256 = models.CharField("sha256", max_length=64)
    stoerrelse = models.PositiveIntegerField("størrelse i byte")
    synlighed = models.CharField("synlighed", max_length=20, choices=Dokumentsynlighed)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    oprettet = models.DateTimeField("oprettet", default=timezone.now)
    # Empty when the system itself issued the file (demo data, nightly job).
    oprettet_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    offentliggjort_tidspunkt = models.DateTimeField("offentliggjort", null=True, blank=True)

    objects = DokumentQuerySet.as_manager()

    class Meta:
        verbose_name = "dokument"
        verbose_name_plural = "dokumenter"
        ordering = ["noegle", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["noegle", "version"], name="dokument_version_unik"),
            Kontrol(name="dokument_synlighed_kendt", condition=Q(synlighed__in=Dokumentsynlighed.values)),
        ]

    def __str__(self) -> str:
        return f"{self.titel}, version {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and Dokument.objects.filter(pk=self.pk, offentliggjort_tidspunkt__isnull=False).exists():
            raise TypeError("A published Dokument is immutable.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A Dokument is never deleted.")

    @property
    def sti(self) -> Path:
        return sti_for(self.sha256)

    def laes(self) -> bytes:
        """The bytes, checked against the sha256; raises `DokumentOedelagt`."""
        return laes_bytes(self.sha256, f"{self.noegle} v{self.version}")


def sti_for(sha: str) -> Path:
    """Where the bytes with this sha256 lie."""
    return Path(settings.MEDIA_ROOT) / "dokumenter" / sha[:2] / sha


def laes_bytes(sha: str, navn: str) -> bytes:
    """The stored bytes, checked against their sha256; `navn` is what the error calls them."""
    try:
        data = sti_for(sha).read_bytes()
    except FileNotFoundError as fejl:
        raise DokumentOedelagt(f"{navn}: file missing") from fejl
    if hashlib.sha256(data).hexdigest() != sha:
        raise DokumentOedelagt(f"{navn}: sha256 differs")
    return data


def gem_bytes(data: bytes) -> str:
    """Store the bytes under their sha256 (once) and return it; a half-written file never gets the name."""
    sha = hashlib.sha256(data).hexdigest()
    sti = sti_for(sha)
    if not sti.exists():
        sti.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=sti.parent, delete=False) as fil:
            fil.write(data)
        os.replace(fil.name, sti)
    return sha
