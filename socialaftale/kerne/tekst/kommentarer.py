"""Comments on a chapter, optionally on a quoted passage, and what became of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Hat
from socialaftale.kerne.forloeb import Forloeb, Overgang
from socialaftale.kerne.tekst.models import Kapitel


class Kommentartilstand(models.TextChoices):
    AABEN = "aaben", "Åben"
    IMOEDEKOMMET = "imoedekommet", "Imødekommet"
    IKKE_IMOEDEKOMMET = "ikke_imoedekommet", "Ikke imødekommet"


class Kommentartrin(models.TextChoices):
    IMOEDEKOM = "imoedekom", "Imødekom"
    AFSLAA = "afslaa", "Imødekom ikke"
    GENAABN = "genaabn", "Genåbn"


class Kommentarslags(models.TextChoices):
    KOMMENTAR = "kommentar", "Kommentar"
    # Made by the system: something copied that somebody must look at before it stands.
    GENNEMSYN = "gennemsyn", "Skal gennemses"


AFSLUTTEDE = (Kommentartilstand.IMOEDEKOMMET, Kommentartilstand.IKKE_IMOEDEKOMMET)
KOMMENTAR = Forloeb.af(
    Kommentartilstand.AABEN,
    [
        Overgang(Kommentartrin.IMOEDEKOM, frozenset({Kommentartilstand.AABEN}), Kommentartilstand.IMOEDEKOMMET),
        Overgang(
            Kommentartrin.AFSLAA,
            frozenset({Kommentartilstand.AABEN}),
            Kommentartilstand.IKKE_IMOEDEKOMMET,
            kraever_begrundelse=True,
        ),
        Overgang(Kommentartrin.GENAABN, frozenset(AFSLUTTEDE), Kommentartilstand.AABEN),
    ],
)


class KommentarQuerySet(models.QuerySet):
    def aabne(self) -> KommentarQuerySet:
        return self.filter(tilstand=Kommentartilstand.AABEN)

    def til_liste(self) -> KommentarQuerySet:
        return self.select_related("kapitel", "bruger", "organisation", "svaret_af")


class Kommentar(models.Model):
    """What somebody says about a chapter, as whom; who may read and answer is the rule of the text's owner."""

    kapitel = models.ForeignKey(Kapitel, on_delete=models.CASCADE, related_name="kommentarer")
    # The version that was read.
    version = models.PositiveIntegerField("version")
    slags = models.CharField("slags", max_length=20, choices=Kommentarslags, default=Kommentarslags.KOMMENTAR)
    citat = models.TextField("citat", blank=True, max_length=600)
    tekst = models.TextField("kommentar", max_length=4000)
    # Empty when the system made it.
    bruger = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "kerne.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hat = models.CharField("skrev som", max_length=20, choices=Hat, blank=True)
    tidspunkt = models.DateTimeField("tidspunkt", default=timezone.now)
    tilstand = models.CharField("status", max_length=20, choices=Kommentartilstand, default=Kommentartilstand.AABEN)
    svar = models.TextField("svar", blank=True, max_length=4000)
    svaret_af = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    svaret_tidspunkt = models.DateTimeField("besvaret", null=True, blank=True)

    objects = KommentarQuerySet.as_manager()

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        ordering = ["kapitel", "tidspunkt", "pk"]
        constraints = [
            Kontrol(name="kommentar_tilstand_kendt", condition=Q(tilstand__in=Kommentartilstand.values)),
            Kontrol(name="kommentar_slags_kendt", condition=Q(slags__in=Kommentarslags.values)),
            Kontrol(name="kommentar_hat_kendt", condition=Q(hat="") | Q(hat__in=Hat.values)),
            Kontrol(
                name="kommentar_afsluttet_har_tidspunkt",
                condition=Q(tilstand=Kommentartilstand.AABEN)
                | Q(tilstand__in=AFSLUTTEDE, svaret_tidspunkt__isnull=False),
            ),
            Kontrol(
                name="kommentar_afslag_har_svar",
                condition=~Q(tilstand=Kommentartilstand.IKKE_IMOEDEKOMMET) | ~Q(svar=""),
                violation_error_message="Skriv, hvorfor kommentaren ikke er imødekommet.",
            ),
        ]

    def __str__(self) -> str:
        return f"Kommentar til {self.kapitel}"

    @property
    def hvem(self) -> str:
        """Name and organisation, as in the history."""
        if self.bruger is None:
            return "Systemet"
        return f"{self.bruger}, {self.organisation}" if self.organisation else str(self.bruger)

    @property
    def er_gennemsyn(self) -> bool:
        return self.slags == Kommentarslags.GENNEMSYN

    @property
    def tilstandstekst(self) -> str:
        """A thing to look through is not met or refused: it is looked through."""
        if self.er_gennemsyn:
            return Kommentarslags.GENNEMSYN.label if self.er_aaben else "Gennemset"
        return self.get_tilstand_display()

    @property
    def er_aaben(self) -> bool:
        return self.tilstand == Kommentartilstand.AABEN
