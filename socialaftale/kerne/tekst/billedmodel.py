"""Images of texts: bytes by sha256 like issued documents, never changed."""

from __future__ import annotations

import base64
from typing import Any

from django.db import models
from django.utils import timezone

from socialaftale.kerne.models.bruger import Bruger
from socialaftale.kerne.models.dokument import laes_bytes


class Billede(models.Model):
    """An image a chapter shows as `<img data-billede="nummer" alt="…">`; who may see it follows from the texts."""

    sha256 = models.CharField("sha256", max_length=64)
    mimetype = models.CharField("filtype", max_length=20)
    bredde = models.PositiveIntegerField("bredde")
    hoejde = models.PositiveIntegerField("højde")
    stoerrelse = models.PositiveIntegerField("størrelse i byte")
    # What it says to somebody who cannot see it; a chapter may say it in its own way.
    alt = models.CharField("alternativ tekst", max_length=300)
    lagt_op = models.DateTimeField("lagt op", default=timezone.now)
    lagt_op_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "billede"
        verbose_name_plural = "billeder"
        ordering = ["-lagt_op", "pk"]

    def __str__(self) -> str:
        return self.alt

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A Billede never changes.")
        super().save(*args, **kwargs)

    @property
    def filnavn(self) -> str:
        return f"billede-{self.pk}.{self.mimetype.rpartition('/')[2]}"

    def laes(self) -> bytes:
        """The bytes, checked against the sha256; raises `DokumentOedelagt`."""
        return laes_bytes(self.sha256, f"billede {self.pk}")

    @property
    def data_url(self) -> str:
        """The image itself as an address: what a PDF is given, which fetches nothing."""
        return f"data:{self.mimetype};base64,{base64.b64encode(self.laes()).decode()}"
