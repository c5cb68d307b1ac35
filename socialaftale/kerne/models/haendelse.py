"""The append-only log of everything that was decided or changed: who, when, as whom, why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Hat, Rolle
from socialaftale.kerne.models.bruger import Bruger
from socialaftale.kerne.models.organisation import Organisation

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class HaendelseQuerySet(models.QuerySet):
    def for_objekt(self, objekt: models.Model) -> HaendelseQuerySet:
        """The history of one object, newest first."""
        return self.filter(objekttype=objekt._meta.label_lower, objekt_id=str(objekt.pk)).select_related(
            "bruger", "organisation"
        )

    def synlige_for(self, adgang: Adgang) -> HaendelseQuerySet:
        """The matrix, row "log": secretariat and *takstgruppen* read all, *driftsherre* and *myndighed* their own."""
        if adgang.er_sekretariat or adgang.har(Rolle.TAKSTGRUPPE):
            return self
        if adgang.organisation and adgang.hat in (Hat.DRIFTSHERRE, Hat.REVISION):
            return self.filter(Q(vedroerer=adgang.organisation) | Q(organisation=adgang.organisation, hat=adgang.hat))
        if adgang.organisation and adgang.hat == Hat.MYNDIGHED:
            return self.filter(organisation=adgang.organisation, hat=adgang.hat)
        return self.none()

    def update(self, **kwargs: Any) -> int:
        raise TypeError("Haendelse is append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Haendelse is append-only.")


class Haendelse(models.Model):
    """One entry of the log; written in the transaction of the change it tells of and never altered."""

    tidspunkt = models.DateTimeField("tidspunkt", default=timezone.now, db_index=True)
    # Empty for the system itself (import, nightly job).
    bruger = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hat = models.CharField("handlede som", max_length=20, choices=Hat, blank=True)
    handling = models.CharField("handling", max_length=60)
    tekst = models.CharField("hvad", max_length=200)
    objekttype = models.CharField("objekttype", max_length=60)
    objekt_id = models.CharField("objekt", max_length=40)
    objekttekst = models.CharField("objektets navn", max_length=200)
    # Whose data the event concerns: decides who may read it.
    vedroerer = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fra_tilstand = models.CharField("fra", max_length=30, blank=True)
    til_tilstand = models.CharField("til", max_length=30, blank=True)
    begrundelse = models.TextField("begrundelse", blank=True)
    data = models.JSONField("data", default=dict, blank=True)

    objects = HaendelseQuerySet.as_manager()

    class Meta:
        verbose_name = "hændelse"
        verbose_name_plural = "hændelser"
        ordering = ["-tidspunkt", "-pk"]
        constraints = [
            Kontrol(name="haendelse_hat_kendt", condition=Q(hat="") | Q(hat__in=Hat.values)),
        ]
        indexes = [models.Index(fields=["objekttype", "objekt_id", "-tidspunkt"], name="haendelse_objekt")]

    def __str__(self) -> str:
        return f"{self.tekst}: {self.objekttekst}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("Haendelse is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Haendelse is append-only.")

    @property
    def hvem(self) -> str:
        """Name and organisation as shown in the history."""
        if self.bruger is None:
            return "Systemet"
        return f"{self.bruger}, {self.organisation}" if self.organisation else str(self.bruger)


def _haendelse(
    adgang: Adgang,
    handling: str,
    objekt: models.Model,
    *,
    tekst: str,
    fra: str = "",
    til: str = "",
    begrundelse: str = "",
    vedroerer: Organisation | None = None,
    data: dict[str, Any] | None = None,
) -> Haendelse:
    return Haendelse(
        bruger=adgang.bruger,
        organisation=adgang.organisation,
        hat=adgang.hat or "",
        handling=handling,
        tekst=tekst,
        objekttype=objekt._meta.label_lower,
        objekt_id=str(objekt.pk),
        objekttekst=str(objekt)[:200],
        vedroerer=vedroerer,
        fra_tilstand=fra,
        til_tilstand=til,
        begrundelse=begrundelse,
        data=data or {},
    )


def log(adgang: Adgang, handling: str, objekt: models.Model, **felter: Any) -> Haendelse:
    """Write one *hændelse* about `objekt`; call it inside the transaction that makes the change.

    `felter`: tekst, and where they apply fra, til, begrundelse, vedroerer and data.
    """
    haendelse = _haendelse(adgang, handling, objekt, **felter)
    haendelse.save(force_insert=True)
    return haendelse


def log_mange(adgang: Adgang, handling: str, poster: Iterable[tuple[models.Model, dict[str, Any]]]) -> None:
    """One *hændelse* per object, with the fields of `log` beside each, in a few statements at any number."""
    Haendelse.objects.bulk_create(
        [_haendelse(adgang, handling, objekt, **felter) for objekt, felter in poster], batch_size=1000
    )
