"""Users and their memberships (user × organisation × role, with dates)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne import dansk
from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.brugere.enums import Brugerstatus, Rollestatus
from socialaftale.kerne.enums import ROLLENS_HAT, Hat, Rolle
from socialaftale.kerne.models.organisation import Organisation

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class BrugerManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **felter) -> Bruger:
        bruger = self.model(email=self.normalize_email(email).lower(), **felter)
        bruger.set_password(password)
        bruger.save(using=self._db)
        return bruger


class BrugerQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> BrugerQuerySet:
        """The secretariat's administrator sees all users, everyone else only themself."""
        if adgang.er_sekretariat_admin:
            return self
        return self.filter(pk=adgang.bruger.pk) if adgang.bruger else self.none()


class Bruger(AbstractBaseUser):
    """A person with an e-mail log-in; what they may do hangs on their memberships."""

    email = models.EmailField("e-mail", unique=True)
    navn = models.CharField("navn", max_length=120, db_collation=dansk.SORTERING)
    is_active = models.BooleanField("aktiv", default=True)
    oprettet = models.DateTimeField("oprettet", default=timezone.now)
    inviteret_tidspunkt = models.DateTimeField("inviteret", null=True, blank=True)
    soegetekst = models.TextField(editable=False, default="")

    objects = BrugerManager.from_queryset(BrugerQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["navn"]

    class Meta:
        verbose_name = "bruger"
        verbose_name_plural = "brugere"
        ordering = ["navn", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="bruger_email_unik")]

    def __str__(self) -> str:
        return self.navn or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search column in step with name and address."""
        self.soegetekst = dansk.soegetekst(f"{self.navn} {self.email}")
        if (felter := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*felter, "soegetekst"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.navn

    def get_absolute_url(self) -> str:
        return reverse("kerne:bruger", kwargs={"pk": self.pk})

    @property
    def status(self) -> Brugerstatus:
        """Closed, invited (no password chosen yet) or in use."""
        if not self.is_active:
            return Brugerstatus.LUKKET
        return Brugerstatus.AKTIV if self.has_usable_password() else Brugerstatus.INVITERET


class MedlemskabQuerySet(models.QuerySet):
    def gaeldende(self, dato: dt.date | None = None) -> MedlemskabQuerySet:
        """Memberships in force on a date (default today); the end date is the last day."""
        dato = dato or timezone.localdate()
        return self.filter(Q(til__isnull=True) | Q(til__gte=dato), fra__lte=dato)


class Medlemskab(models.Model):
    """One role of one user in one organisation, from a date and until a date or further notice."""

    bruger = models.ForeignKey(Bruger, on_delete=models.PROTECT, related_name="medlemskaber")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="medlemskaber")
    rolle = models.CharField("rolle", max_length=30, choices=Rolle)
    fra = models.DateField("fra", default=timezone.localdate)
    til = models.DateField("til og med", null=True, blank=True)

    objects = MedlemskabQuerySet.as_manager()

    class Meta:
        verbose_name = "medlemskab"
        verbose_name_plural = "medlemskaber"
        ordering = ["organisation", "rolle", "fra", "pk"]
        constraints = [
            Kontrol(name="medlemskab_rolle_kendt", condition=Q(rolle__in=Rolle.values)),
            Kontrol(
                name="medlemskab_datoer_i_orden",
                condition=Q(til__isnull=True) | Q(til__gte=F("fra")),
                violation_error_message="Slutdatoen skal være samme dag som eller efter startdatoen.",
            ),
            models.UniqueConstraint(
                fields=["bruger", "organisation", "rolle", "fra"],
                name="medlemskab_unikt",
                violation_error_message="Brugeren har allerede denne rolle fra samme dato.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bruger} – {self.get_rolle_display()} – {self.organisation}"

    @property
    def hat(self) -> Hat:
        return ROLLENS_HAT[Rolle(self.rolle)]

    @property
    def status(self) -> Rollestatus:
        """Where today lies between the dates."""
        i_dag = timezone.localdate()
        if self.fra > i_dag:
            return Rollestatus.KOMMENDE
        return Rollestatus.UDLOEBET if self.til and self.til < i_dag else Rollestatus.GAELDENDE
