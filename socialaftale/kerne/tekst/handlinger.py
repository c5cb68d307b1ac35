"""What changes a text: making it, saving a chapter, going back to an earlier version.

Who may do it is the owner's rule (the *aftale*, the report ...), so the owner's own action calls these with the
permission already checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models import Kapitel, Kapitelversion, Tekst
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst import billeder, henvisninger
from socialaftale.kerne.tekst.models import Kapiteltype
from socialaftale.kerne.tekst.rensning import afvis_cpr, rens


@dataclass(frozen=True, slots=True)
class Kapiteludkast:
    """A chapter to be made: from the folder of data, or like one there is."""

    noegle: str
    titel: str
    indhold: str
    type: Kapiteltype = Kapiteltype.TEKST
    nummer: int | None = None
    niveau: int = 1
    vejledning: str = ""

    @classmethod
    def som(cls, kapitel: Kapitel) -> Kapiteludkast:
        """The same chapter for another text."""
        return cls(
            noegle=kapitel.noegle,
            titel=kapitel.titel,
            indhold=kapitel.indhold,
            type=Kapiteltype(kapitel.type),
            nummer=kapitel.nummer,
            niveau=kapitel.niveau,
            vejledning=kapitel.vejledning,
        )


@transaction.atomic
def opret_tekst(titel: str, udkast: Iterable[Kapiteludkast]) -> Tekst:
    """A text with its chapters, each with its first version; references are not checked, since apps may be loading."""
    tekst = Tekst(titel=titel)
    tekst.full_clean()
    tekst.save()
    for raekkefoelge, post in enumerate(udkast):
        kapitel = Kapitel(
            tekst=tekst,
            noegle=post.noegle,
            titel=post.titel,
            nummer=post.nummer,
            niveau=post.niveau,
            raekkefoelge=raekkefoelge,
            type=post.type,
            indhold=rens(post.indhold),
            vejledning=post.vejledning,
        )
        kapitel.full_clean()
        kapitel.save()
        gem_version(kapitel)
    return tekst


@transaction.atomic
def gem_kapitel(
    kapitel: Kapitel,
    *,
    adgang: Adgang,
    titel: str,
    indhold: str,
    fra_version: int,
    tal: Talkontekst,
    objekt: models.Model,
    handling: str = "kapitel_rettet",
) -> Kapitel:
    """Save title and content as the chapter's next version; unchanged content makes none.

    `fra_version` is the version the writer started from; `objekt` is what the log entry hangs on (the owner).
    Raises `Versionskonflikt`, or `ValidationError` by field for what the text may not hold.
    """
    kapitel = Kapitel.objects.select_for_update(of=("self",)).get(pk=kapitel.pk)
    kraev_version(kapitel, fra_version)
    indhold = kontrolleret(indhold, tal)
    if (kapitel.titel, kapitel.indhold) == (titel, indhold):
        return kapitel
    kapitel.titel = titel
    kapitel.indhold = indhold
    kapitel.version += 1
    kapitel.rettet = timezone.now()
    kapitel.rettet_af = adgang.bruger
    kapitel.full_clean()
    kapitel.save()
    gem_version(kapitel)
    log(
        adgang,
        handling,
        objekt,
        tekst=f"Kapitlet “{kapitel.titel}” gemt som version {kapitel.version}",
        data={"kapitel": kapitel.pk, "version": kapitel.version},
    )
    return kapitel


def gendan_version(
    kapitel: Kapitel, *, adgang: Adgang, nummer: int, fra_version: int, tal: Talkontekst, objekt: models.Model
) -> Kapitel:
    """Make an earlier version the newest one again; nothing in between is lost."""
    gammel = kapitel.versioner.get(version=nummer)
    return gem_kapitel(
        kapitel,
        adgang=adgang,
        titel=gammel.titel,
        indhold=gammel.indhold,
        fra_version=fra_version,
        tal=tal,
        objekt=objekt,
        handling="kapitel_gendannet",
    )


def kontrolleret(indhold: str, tal: Talkontekst) -> str:
    """The text cleaned, or `ValidationError` on "indhold" with everything that is wrong with it."""
    rent = rens(indhold)
    fejl: list[str] = []
    for tjek in (afvis_cpr, lambda tekst: henvisninger.kontroller(tekst, tal), billeder.kontroller):
        try:
            tjek(rent)
        except ValidationError as undtagelse:
            fejl += undtagelse.messages
    if fejl:
        raise ValidationError({"indhold": fejl})
    return rent


def gem_version(kapitel: Kapitel) -> None:
    """Keep what the chapter says now as its version."""
    Kapitelversion.objects.create(
        kapitel=kapitel,
        version=kapitel.version,
        titel=kapitel.titel,
        indhold=kapitel.indhold,
        tidspunkt=kapitel.rettet,
        bruger=kapitel.rettet_af,
    )
