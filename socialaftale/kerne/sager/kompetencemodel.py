"""Who decides what (T69): one set of lines for each version of the *styringsaftale*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.sager.enums import Instans

if TYPE_CHECKING:
    from socialaftale.kerne.adgang import Adgang


class KompetenceQuerySet(models.QuerySet):
    def synlige_for(self, adgang: Adgang) -> KompetenceQuerySet:
        """Who decides what stands in the published *styringsaftale*."""
        return self

    def for_aar(self, aar: int) -> KompetenceQuerySet:
        """The set in force in a year: the newest that has begun, or the first there is."""
        alle = Beslutningskompetence.objects.all()
        begyndte = alle.filter(fra_aar__lte=aar).order_by("-fra_aar").values("fra_aar")[:1]
        foerste = alle.order_by("fra_aar").values("fra_aar")[:1]
        return self.filter(fra_aar=Coalesce(Subquery(begyndte), Subquery(foerste)))


class Beslutningskompetence(models.Model):
    """One line of T69: an event and who decides it; DAS can hand some of them to FU.

    The lines of a `fra_aar` are the set of the rule set that begins in that year.
    """

    fra_aar = models.PositiveSmallIntegerField("fra år")
    noegle = models.SlugField("nøgle", max_length=40)
    begivenhed = models.CharField("hvad der afgøres", max_length=150)
    instans = models.CharField("afgøres af", max_length=20, choices=Instans, blank=True)
    # In words, where no body of the cooperation decides.
    afgoeres_af = models.CharField("hvem der ellers afgør det", max_length=200, blank=True)
    kan_delegeres_til = models.CharField("kan overlades til", max_length=20, choices=Instans, blank=True)
    kan_sendes_videre_til = models.CharField("kan sendes videre til", max_length=20, choices=Instans, blank=True)
    krav = models.CharField("krav", max_length=150, blank=True)
    regel = models.CharField("regel", max_length=20, blank=True)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge", default=100)
    # NULL: not delegated.
    delegeret_dato = models.DateField("overladt den", null=True, blank=True)
    delegeret_reference = models.CharField("beslutning om at overlade", max_length=150, blank=True)

    objects = KompetenceQuerySet.as_manager()

    class Meta:
        verbose_name = "beslutningskompetence"
        verbose_name_plural = "beslutningskompetencer"
        ordering = ["fra_aar", "raekkefoelge", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fra_aar", "noegle"], name="kompetence_unik"),
            Kontrol(
                name="kompetence_instans_kendt",
                condition=(Q(instans="") | Q(instans__in=Instans.values))
                & (Q(kan_delegeres_til="") | Q(kan_delegeres_til__in=Instans.values))
                & (Q(kan_sendes_videre_til="") | Q(kan_sendes_videre_til__in=Instans.values)),
            ),
            Kontrol(
                name="kompetence_delegeret_har_reference",
                condition=Q(delegeret_dato__isnull=True, delegeret_reference="")
                | (Q(delegeret_dato__isnull=False) & ~Q(delegeret_reference="") & ~Q(kan_delegeres_til="")),
                violation_error_message="Skriv, hvornår og hvor det er besluttet.",
            ),
        ]

    def __str__(self) -> str:
        return self.begivenhed

    def clean(self) -> None:
        """Somebody decides, and nobody hands a decision to themselves."""
        if not self.instans:
            if not self.afgoeres_af:
                raise ValidationError({"instans": "Vælg, hvem der afgør det, eller skriv det i ord"})
            if self.kan_delegeres_til or self.kan_sendes_videre_til:
                raise ValidationError({"instans": "Vælg den instans, der kan overlade det eller sende det videre"})
        for felt in ("kan_delegeres_til", "kan_sendes_videre_til"):
            if self.instans and getattr(self, felt) == self.instans:
                raise ValidationError({felt: "Vælg en anden instans end den, der afgør det"})

    @property
    def hvem(self) -> str:
        """Who decides, and where the decision may go from there, in words."""
        if not self.instans:
            return self.afgoeres_af
        dele = [self.get_instans_display()]
        if self.kan_delegeres_til:
            dele.append(f"kan overlade det til {Instans(self.kan_delegeres_til).i_saetning}")
        if self.kan_sendes_videre_til:
            dele.append(f"kan sende sagen videre til {Instans(self.kan_sendes_videre_til).i_saetning}")
        return "; ".join(dele)

    @property
    def er_delegeret(self) -> bool:
        return self.delegeret_dato is not None

    @property
    def gaeldende_instans(self) -> str:
        """The body that decides today."""
        return self.kan_delegeres_til if self.er_delegeret else self.instans

    def get_gaeldende_instans_display(self) -> str:
        return str(Instans(self.gaeldende_instans).label) if self.gaeldende_instans else ""

    def videre_fra(self, instans: str) -> str:
        """The body a case can be sent on to: what was delegated can go back to the one who delegated."""
        if self.er_delegeret and instans == self.kan_delegeres_til:
            return self.instans
        return self.kan_sendes_videre_til if instans != self.kan_sendes_videre_til else ""

    def som_data(self) -> dict[str, Any]:
        """The line as a sent case keeps it."""
        return {felt.name: getattr(self, felt.name) for felt in self._meta.concrete_fields if not felt.primary_key}

    @classmethod
    def af_data(cls, data: dict[str, Any]) -> Beslutningskompetence:
        """The line a case was sent under, never to be saved."""
        return cls(**{navn: cls._meta.get_field(navn).to_python(vaerdi) for navn, vaerdi in data.items()})
