"""The steps an agreement has taken, and what each party has decided about an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from socialaftale.aftale.enums import Aftaletilstand, Aftaletrin
from socialaftale.aftale.godkendelse.enums import GODKENDER, Afgoerelse
from socialaftale.kerne.begraensning import Kontrol

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang

# What a step says afterwards.
TEKSTER: dict[str, str] = {
    Aftaletrin.SEND_I_HOERING: "Sendt i høring",
    Aftaletrin.LUK_HOERING: "Høringen lukket",
    Aftaletrin.SEND_TIL_DAS: "Sendt til DAS",
    Aftaletrin.SEND_TIL_KKR: "Sendt til KKR",
    Aftaletrin.SEND_TIL_GODKENDELSE: "Sendt til politisk godkendelse",
    Aftaletrin.GODKEND: "Godkendt af alle parter",
    Aftaletrin.TRAED_I_KRAFT: "Trådt i kraft",
    Aftaletrin.AFLOES: "Afløst",
    Aftaletrin.TILBAGE: "Sendt tilbage til udkast",
    Aftaletrin.BEGYND_UDGAVE: "Ny udgave begyndt",
    Aftaletrin.FREMLAEG_UDGAVE: "Ny udgave lagt frem",
    Aftaletrin.FORTRYD_UDGAVE: "Ny udgave fortrudt",
}

kun_https = URLValidator(schemes=["https"], message="Skriv en webadresse, der begynder med https://")
REFERENCE_TEGN, LINK_TEGN, NOTE_TEGN = 60, 300, 2000


class Forloebsskridt(models.Model):
    """One step: when, before which body, of which edition; never changed."""

    aftale = models.ForeignKey("aftale.Aftale", on_delete=models.PROTECT, related_name="skridt")
    trin = models.CharField("skridt", max_length=30, choices=Aftaletrin)
    fra = models.CharField("fra", max_length=20, choices=Aftaletilstand)
    til = models.CharField("til", max_length=20, choices=Aftaletilstand)
    # The day it happened; `tidspunkt` is when it was registered.
    dato = models.DateField("dato")
    instans = models.CharField("instans", max_length=120)
    sagsnummer = models.CharField("sagsnummer", max_length=REFERENCE_TEGN, blank=True)
    link = models.URLField("link", max_length=LINK_TEGN, blank=True, validators=[kun_https])
    note = models.TextField("note", blank=True, max_length=NOTE_TEGN)
    begrundelse = models.TextField("begrundelse", blank=True, max_length=NOTE_TEGN)
    udgave = models.ForeignKey("aftale.Udgave", on_delete=models.PROTECT, null=True, blank=True, related_name="skridt")
    # Of a new edition: the one it takes the place of, and whether the approvals given to that one follow.
    tidligere_udgave = models.ForeignKey(
        "aftale.Udgave", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    er_redaktionel = models.BooleanField("redaktionel", default=False)
    tidspunkt = models.DateTimeField("registreret", default=timezone.now)
    # Empty when the system took it (the night's job, demo data).
    bruger = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "skridt"
        verbose_name_plural = "skridt"
        ordering = ["aftale", "tidspunkt", "pk"]
        constraints = [
            Kontrol(name="skridt_trin_kendt", condition=Q(trin__in=Aftaletrin.values)),
            Kontrol(
                name="skridt_tilstande_kendte",
                condition=Q(fra__in=Aftaletilstand.values, til__in=Aftaletilstand.values),
            ),
            Kontrol(
                name="skridt_redaktionel_er_ny_udgave",
                condition=Q(er_redaktionel=False)
                | Q(trin=Aftaletrin.FREMLAEG_UDGAVE, udgave__isnull=False, tidligere_udgave__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.hvad

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A Forloebsskridt never changes.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A Forloebsskridt is never deleted.")

    @property
    def hvad(self) -> str:
        return TEKSTER[self.trin]


class GodkendelseQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> GodkendelseQuerySet:
        """Decisions of councils are public in their minutes: who sees the agreement's draft sees all of them."""
        from socialaftale.aftale.models import Aftale

        return self.filter(aftale__in=Aftale.objects.synlige_for(adgang))

    def godkendende(self) -> GodkendelseQuerySet:
        return self.filter(afgoerelse__in=GODKENDER)


class Godkendelse(models.Model):
    """What a party decided about exactly one edition; corrected with a reason, the log keeps what stood before."""

    aftale = models.ForeignKey("aftale.Aftale", on_delete=models.PROTECT, related_name="godkendelser")
    udgave = models.ForeignKey("aftale.Udgave", on_delete=models.PROTECT, related_name="godkendelser")
    organisation = models.ForeignKey("kerne.Organisation", on_delete=models.PROTECT, related_name="aftalegodkendelser")
    afgoerelse = models.CharField("afgørelse", max_length=20, choices=Afgoerelse)
    moededato = models.DateField("mødedato")
    sagsnummer = models.CharField("sagsnummer", max_length=REFERENCE_TEGN)
    link = models.URLField("link til referat", max_length=LINK_TEGN, blank=True, validators=[kun_https])
    note = models.TextField("note", blank=True, max_length=NOTE_TEGN)
    registreret_tidspunkt = models.DateTimeField("registreret", default=timezone.now)
    # Empty when the system did it (demo data).
    registreret_af = models.ForeignKey(
        "kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Given to this earlier approval's edition and carried over, since the new one changes nothing of substance.
    overfoert_fra = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    er_eksempel = models.BooleanField("eksempeltal", default=False)
    # Counts corrections, so that two at the same row never overwrite each other.
    version = models.PositiveIntegerField("version", default=1)

    objects = GodkendelseQuerySet.as_manager()

    class Meta:
        verbose_name = "godkendelse"
        verbose_name_plural = "godkendelser"
        ordering = ["aftale", "organisation__raekkefoelge", "organisation__navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["udgave", "organisation"],
                name="godkendelse_unik",
                violation_error_message="Partens afgørelse om udgaven er allerede registreret.",
            ),
            Kontrol(name="godkendelse_afgoerelse_kendt", condition=Q(afgoerelse__in=Afgoerelse.values)),
            Kontrol(
                name="godkendelse_bemaerkning_har_note",
                condition=~Q(afgoerelse=Afgoerelse.MED_BEMAERKNING) | ~Q(note=""),
                violation_error_message="Skriv bemærkningen i noten.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_afgoerelse_display()}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A Godkendelse is corrected, never deleted.")

    @property
    def godkender(self) -> bool:
        return self.afgoerelse in GODKENDER
