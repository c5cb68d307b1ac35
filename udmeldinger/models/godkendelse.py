"""The secretariat's tick that something which may point at single citizens is shown to everyone."""

from __future__ import annotations

from django.db import models

from socialaftale.kerne.models import Bruger


class Smaatalsgodkendelse(models.Model):
    """What others than the secretariat see only when it has been ticked; who ticked it, empty = nobody yet."""

    smaatal_godkendt_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    smaatal_godkendt_tidspunkt = models.DateTimeField("godkendt til visning", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def er_godkendt(self) -> bool:
        return self.smaatal_godkendt_tidspunkt is not None
