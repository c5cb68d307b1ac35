"""The case (*sag*), its documents and the decisions of the bodies."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from socialaftale.kerne import dansk
from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models.bruger import Bruger
from socialaftale.kerne.models.dokument import Dokument
from socialaftale.kerne.models.organisation import Organisation
from socialaftale.kerne.sager.enums import Instans, Sagstilstand, Udfald

if TYPE_CHECKING:
    import datetime as dt

    from socialaftale.kerne.adgang import Adgang

# The application has left the operator's desk and was not withdrawn: the bodies may read it.
AFGIVNE = (Sagstilstand.INDSENDT, Sagstilstand.PAA_DAGSORDEN, Sagstilstand.GODKENDT, Sagstilstand.AFSLAAET)
AABNE = (Sagstilstand.KLADDE, Sagstilstand.INDSENDT, Sagstilstand.PAA_DAGSORDEN)
AFGJORTE = (Sagstilstand.GODKENDT, Sagstilstand.AFSLAAET)


def _midlertidigt_nummer() -> str:
    """A case is numbered after its key, which it has only once it is stored."""
    return uuid.uuid4().hex


class SagQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> SagQuerySet:
        """The matrix, row "category/in-year case": the secretariat all, an operator its own, the bodies what is sent.

        An operator's auditor reads what was sent; the authority side (*myndighed*) of the municipality reads none.
        """
        if adgang.er_sekretariat:
            return self
        if adgang.har(Rolle.DAS_MEDLEM, Rolle.FU_MEDLEM, Rolle.TAKSTGRUPPE):
            return self.filter(tilstand__in=AFGIVNE)
        egne = self.filter(organisation=adgang.organisation)
        if adgang.er_driftsherre:
            return egne
        return egne.filter(tilstand__in=AFGIVNE) if adgang.har(Rolle.REVISOR) else self.none()

    def venter_paa(self, instans: str) -> SagQuerySet:
        """Cases a body has yet to decide, oldest first: what a meeting's agenda is made from."""
        return self.filter(tilstand__in=(Sagstilstand.INDSENDT, Sagstilstand.PAA_DAGSORDEN), instans=instans).order_by(
            "indsendt_tidspunkt", "pk"
        )

    def skal_udfoeres(self, dato: dt.date) -> SagQuerySet:
        """Approved cases whose day has come."""
        return self.filter(
            tilstand=Sagstilstand.GODKENDT, udfoert_tidspunkt__isnull=True, virkningsdato__lte=dato
        ).order_by("virkningsdato", "pk")

    def til_liste(self) -> SagQuerySet:
        return self.select_related("organisation", "oprettet_af", "indsendt_af")

    def til_side(self) -> SagQuerySet:
        """With the documents, which the page and some kinds' checks read."""
        bilag = models.Prefetch("bilag", Sagsbilag.objects.select_related("dokument"))
        return self.til_liste().prefetch_related(bilag)


class Sag(models.Model):
    """An application that a body decides; what it is about and what approval does is its kind's (see register.py).

    `data` holds what the kind asked for, as texts, numbers and lists; amounts are texts, so that no digit is lost.
    """

    nummer = models.CharField("sagsnummer", max_length=40, unique=True, default=_midlertidigt_nummer, editable=False)
    # Key of a registered kind.
    art = models.SlugField("art", max_length=40)
    titel = models.CharField("titel", max_length=250)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="sager", verbose_name="driftsherre"
    )
    objekttype = models.CharField("objekttype", max_length=60)
    objekt_id = models.CharField("objekt", max_length=40)
    tilstand = models.CharField("status", max_length=20, choices=Sagstilstand, default=Sagstilstand.KLADDE)
    # Empty until the case is sent: who decides can be delegated in the meantime.
    instans = models.CharField("afgøres af", max_length=20, choices=Instans, blank=True)
    # The line of T69 as it was when the case was sent; empty until then.
    kompetence = models.JSONField("beslutningskompetence", default=dict, blank=True, encoder=DjangoJSONEncoder)
    begrundelse = models.TextField("begrundelse", blank=True, max_length=4000)
    data = models.JSONField("oplysninger", default=dict, blank=True)
    # NULL: not known before the case is sent.
    virkningsdato = models.DateField("virkning fra", null=True, blank=True)
    moededato = models.DateField("mødedato", null=True, blank=True)
    moedepunkt = models.CharField("punkt på dagsordenen", max_length=150, blank=True)
    # Counts saves: a form carries the number it was opened with, so that a later save by another is noticed.
    version = models.PositiveIntegerField("version", default=1)
    er_eksempel = models.BooleanField("eksempeltal", default=False)
    oprettet = models.DateTimeField("oprettet", default=timezone.now)
    # NULL: made by the system (demo).
    oprettet_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    indsendt_tidspunkt = models.DateTimeField("indsendt", null=True, blank=True)
    indsendt_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    udfoert_tidspunkt = models.DateTimeField("trådt i kraft", null=True, blank=True)
    soegetekst = models.TextField(editable=False, default="")

    objects = SagQuerySet.as_manager()

    class Meta:
        verbose_name = "sag"
        verbose_name_plural = "sager"
        ordering = ["-oprettet", "-pk"]
        indexes = [
            models.Index(fields=["tilstand", "instans"], name="sag_venter"),
            models.Index(fields=["objekttype", "objekt_id"], name="sag_objekt"),
        ]
        constraints = [
            Kontrol(name="sag_tilstand_kendt", condition=Q(tilstand__in=Sagstilstand.values)),
            Kontrol(name="sag_instans_kendt", condition=Q(instans="") | Q(instans__in=Instans.values)),
            Kontrol(
                name="sag_afgivet_har_tidspunkt_og_instans",
                condition=~Q(tilstand__in=AFGIVNE) | (Q(indsendt_tidspunkt__isnull=False) & ~Q(instans="")),
            ),
            Kontrol(
                name="sag_kladde_er_ikke_indsendt",
                condition=~Q(tilstand=Sagstilstand.KLADDE) | Q(indsendt_tidspunkt__isnull=True),
            ),
            Kontrol(
                name="sag_paa_dagsorden_har_moede",
                condition=~Q(tilstand=Sagstilstand.PAA_DAGSORDEN) | Q(moededato__isnull=False),
                violation_error_message="Skriv, hvornår mødet er.",
            ),
            Kontrol(
                name="sag_godkendt_har_virkning",
                condition=~Q(tilstand=Sagstilstand.GODKENDT) | Q(virkningsdato__isnull=False),
            ),
            Kontrol(
                name="sag_udfoert_er_godkendt",
                condition=Q(udfoert_tidspunkt__isnull=True) | Q(tilstand=Sagstilstand.GODKENDT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.titel}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Number a new case after its key, and keep the search column in step."""
        self.soegetekst = dansk.soegetekst(f"{self.titel} {self.organisation.navn} {self.nummer}")
        if (felter := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*felter, "soegetekst"}
        ny = self._state.adding
        super().save(*args, **kwargs)
        if ny:
            self.nummer = f"{timezone.localtime(self.oprettet).year}-{self.pk:04}"
            self.soegetekst = dansk.soegetekst(f"{self.titel} {self.organisation.navn} {self.nummer}")
            super().save(update_fields=["nummer", "soegetekst"])

    def get_absolute_url(self) -> str:
        return reverse("sager:sag", kwargs={"nummer": self.nummer})

    @property
    def er_afgivet(self) -> bool:
        return self.tilstand in AFGIVNE

    @property
    def er_aaben(self) -> bool:
        return self.tilstand in AABNE

    @property
    def artens_titel(self) -> str:
        from socialaftale.kerne.sager import register

        art = register.find(self.art)
        return art.titel if art else self.art

    @property
    def instans_i_saetning(self) -> str:
        return Instans(self.instans).i_saetning if self.instans else ""

    @cached_property
    def objekt(self) -> models.Model | None:
        """The row the case is about, or None when it is gone."""
        return apps.get_model(self.objekttype)._default_manager.filter(pk=self.objekt_id).first()


class Sagsbilag(models.Model):
    """A document that follows a case; the bytes are an issued `Dokument`."""

    sag = models.ForeignKey(Sag, on_delete=models.PROTECT, related_name="bilag", verbose_name="sag")
    dokument = models.ForeignKey(Dokument, on_delete=models.PROTECT, related_name="+", verbose_name="dokument")
    # What the document is to the kind ("aftale"), "" for others.
    art = models.SlugField("art", max_length=40, blank=True)

    class Meta:
        verbose_name = "bilag til sag"
        verbose_name_plural = "bilag til sager"
        ordering = ["sag", "pk"]
        constraints = [models.UniqueConstraint(fields=["sag", "dokument"], name="sagsbilag_unikt")]

    def __str__(self) -> str:
        return self.dokument.titel


class BeslutningQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> BeslutningQuerySet:
        """Decisions follow the case they belong to."""
        return self.filter(sag__in=Sag.objects.synlige_for(adgang))

    def update(self, **kwargs: Any) -> int:
        raise TypeError("A Beslutning is never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("A Beslutning is never deleted.")


class Beslutning(models.Model):
    """What a body decided in a case: body, outcome, date, item of the meeting and text. Never changed once made."""

    sag = models.ForeignKey(Sag, on_delete=models.PROTECT, related_name="beslutninger", verbose_name="sag")
    instans = models.CharField("instans", max_length=20, choices=Instans)
    udfald = models.CharField("beslutning", max_length=20, choices=Udfald)
    dato = models.DateField("besluttet")
    reference = models.CharField("mødepunkt", max_length=150)
    tekst = models.TextField("beslutningens tekst", blank=True, max_length=4000)
    # NULL: no minutes or letter is attached.
    dokument = models.ForeignKey(
        Dokument, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dokument"
    )
    # NULL: recorded by the system (demo).
    registreret_af = models.ForeignKey(Bruger, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    registreret = models.DateTimeField("registreret", default=timezone.now)

    objects = BeslutningQuerySet.as_manager()

    class Meta:
        verbose_name = "beslutning"
        verbose_name_plural = "beslutninger"
        ordering = ["sag", "dato", "pk"]
        constraints = [
            Kontrol(name="beslutning_instans_kendt", condition=Q(instans__in=Instans.values)),
            Kontrol(name="beslutning_udfald_kendt", condition=Q(udfald__in=Udfald.values)),
            Kontrol(
                name="beslutning_afslag_har_tekst",
                condition=Q(udfald=Udfald.GODKENDT) | ~Q(tekst=""),
                violation_error_message="Skriv, hvorfor sagen er afslået eller sendt videre.",
            ),
            models.UniqueConstraint(
                fields=["sag"],
                condition=Q(udfald__in=(Udfald.GODKENDT, Udfald.AFSLAAET)),
                name="beslutning_en_endelig",
                violation_error_message="Sagen er allerede afgjort.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_instans_display()}: {self.get_udfald_display().lower()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A Beslutning is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A Beslutning is never deleted.")
