"""What the pages of a text ask of its owner (the agreement, the *styringsaftale*), and what both keep of editions."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.tal.katalog import Talkontekst

# The matrix of actors-and-roles.md, row "agreement text": those who comment read drafts, the public the final text.
KOMMENTERER = (
    Rolle.KOMMUNE_MYNDIGHED,
    Rolle.KOMMUNE_GODKENDER,
    Rolle.DAS_MEDLEM,
    Rolle.FU_MEDLEM,
    Rolle.UDVIKLINGSGRUPPE,
)


class Tekstejer:
    """Mixed into a model with `tekst`, `periode`, `fra_aar`, `til_aar`, `titel`, `gaeldende_udgave` and `udgaver`.

    The same views and templates serve all owners: each has its addresses in a name space of its own, an instance of
    the application name space "aftale", so that `{% url "aftale:ret" … %}` on a page of the owner leads to the owner.
    """

    navnerum: ClassVar[str] = "aftale"
    # Under this name the owner lies in the figures' memory, so that they need not look it up.
    talnoegle: ClassVar[str] = "aftale"
    dokumentslags: ClassVar[str] = "aftale"
    # Has focus areas, annexes, signatories, comments and hearings of its own.
    har_dele: ClassVar[bool] = True
    # Chapters are parted in numbered sections, and read on one page.
    har_afsnit: ClassVar[bool] = False
    # The list of all of them: title, name of the page.
    oversigt: ClassVar[tuple[str, str]] = ("Aftaler", "liste")

    def adresse(self, navn: str, *args: Any, query: dict[str, Any] | None = None) -> str:
        """The owner's page of that name."""
        return reverse(f"{self.navnerum}:{navn}", args=(self.periode, *args), query=query)

    def kapitel_adresse(self, noegle: str, forespoergsel: str = "") -> str:
        """Where a chapter is read."""
        return self.adresse("kapitel", noegle) + forespoergsel

    @property
    def forsideadresse(self) -> str:
        """The owner's first page, also from pages of another owner."""
        return self.adresse("aftale")

    @property
    def hele_adresse(self) -> str:
        """Where the whole text is read."""
        return self.adresse("hele")

    @property
    def er_laast(self) -> bool:
        """Does the text stand fast, because somebody decides or has decided on it as it is?"""
        return False

    @property
    def eksterne_adresse(self) -> str:
        """Other people's figures: one list for all texts."""
        return reverse("aftale:eksterne_tal")

    @property
    def ny_kilde_adresse(self) -> str:
        """Where the editor sends a new source."""
        return reverse("aftale:ny_kilde")

    def talkontekst(self) -> Talkontekst:
        """A fresh context for the figures of the text."""
        return Talkontekst(periode=self.periode, hukommelse={self.talnoegle: self})

    def laast(self) -> Self:
        """The row locked till the transaction ends."""
        raekker = type(self)._default_manager.select_related("tekst").select_for_update(of=("self",))
        return raekker.get(pk=self.pk)


class Udgavegrund(models.Model):
    """An issued edition: exactly these chapter versions and printed figures went into exactly this PDF."""

    kapitler = models.ManyToManyField("kerne.Kapitelversion", related_name="+")
    # What the figures and blocks said when it was issued, by reference ("pladser.i_alt|ca"): the pages of a
    # published text say the same as its PDF, whatever the registers say later.
    faste = models.JSONField("trykte tal og blokke", default=dict)
    sider = models.PositiveSmallIntegerField("sider")
    # Its cover says that it is a draft, so nobody can adopt it or put it in force.
    er_udkast = models.BooleanField("mærket udkast", default=False)
    # What the gate found and somebody let pass, with the reason, as it stood when the edition was issued.
    fravigelser = models.JSONField("fravegne fund", default=list, blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("An Udgave never changes.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("An Udgave is never deleted.")

    @property
    def nummer(self) -> int:
        return self.dokument.version


class Fravigelsesgrund(models.Model):
    """A finding of the publication gate that the secretariat lets pass, with the reason.

    It holds for the words and what stands around them (`fingeraftryk`): when they change, it no longer applies.
    """

    fingeraftryk = models.CharField("fingeraftryk", max_length=32)
    kode = models.CharField("kode", max_length=60)
    kapitel = models.CharField("kapitel", max_length=60)
    citat = models.TextField("det, der står")
    hvad = models.TextField("fund")
    begrundelse = models.TextField("begrundelse")
    # Empty when it came with the folder of data.
    bruger = models.ForeignKey("kerne.Bruger", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tidspunkt = models.DateTimeField("tidspunkt", default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.hvad


def har_begrundelse(navn: str) -> Kontrol:
    """A waiver carries its reason."""
    return Kontrol(name=navn, condition=~models.Q(begrundelse=""))
