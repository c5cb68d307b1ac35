"""Keeping what a writer has not saved, and telling writers of each other.

Who may write is the owner's rule, so the owner's views call these with the permission already checked.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Kapitel, Kladde, Redigering, Tekst
from socialaftale.kerne.tekst.kladdemodeller import nyt_maerke
from socialaftale.kerne.tekst.rensning import afvis_cpr


class KladdeOptaget(Exception):
    """There is a draft this page was not written from: the writer must choose first, or it would be lost."""


def find(kapitel: Kapitel, adgang: Adgang) -> Kladde | None:
    """The writer's own draft of the chapter."""
    return Kladde.objects.synlige_for(adgang).filter(kapitel=kapitel).first()


@transaction.atomic
def gem(kapitel: Kapitel, *, adgang: Adgang, titel: str, indhold: str, fra_version: int, maerke: str) -> Kladde | None:
    """Keep the text as the writer's draft; None when it is what the chapter says, so that nothing need be kept.

    `maerke` is that of the draft the page holds ("" for none). Raises `KladdeOptaget`, or `ValidationError` when the
    text seems to hold a CPR number.
    """
    # PostgreSQL holds no NUL; the newlines of a form are those of the web.
    titel, indhold = (tekst.replace("\0", "").replace("\r\n", "\n") for tekst in (titel, indhold))
    afvis_cpr(f"{titel}\n{indhold}")
    kladde = Kladde.objects.select_for_update(of=("self",)).synlige_for(adgang).filter(kapitel=kapitel).first()
    if kladde is not None and kladde.maerke != maerke:
        raise KladdeOptaget
    if (titel, indhold, fra_version) == (kapitel.titel, kapitel.indhold, kapitel.version):
        if kladde is not None:
            kladde.delete()
        return None
    kladde = kladde or Kladde(kapitel=kapitel, bruger=adgang.bruger)
    kladde.titel, kladde.indhold, kladde.fra_version = titel, indhold, fra_version
    kladde.maerke, kladde.gemt = nyt_maerke(), timezone.now()
    try:
        with transaction.atomic():
            kladde.save()
    except IntegrityError as fejl:
        # Two windows began at the same moment: the one that came first has the draft.
        raise KladdeOptaget from fejl
    return kladde


def slet(kapitel: Kapitel, *, adgang: Adgang, maerke: str) -> bool:
    """Throw the draft away, if it is the one the writer has seen."""
    slettet, _ = Kladde.objects.synlige_for(adgang).filter(kapitel=kapitel, maerke=maerke).delete()
    return bool(slettet)


@transaction.atomic
def meld_til_stede(kapitel: Kapitel, adgang: Adgang) -> None:
    """The user works in the chapter now; after a break it counts anew from now."""
    nu = timezone.now()
    Redigering.objects.foraeldede(nu).filter(kapitel=kapitel, bruger=adgang.bruger).delete()
    Redigering.objects.update_or_create(
        kapitel=kapitel, bruger=adgang.bruger, defaults={"senest": nu}, create_defaults={"siden": nu, "senest": nu}
    )


def meld_faerdig(kapitel: Kapitel, adgang: Adgang) -> None:
    """The user has saved: no longer at work in the chapter, until the page says so again."""
    Redigering.objects.filter(kapitel=kapitel, bruger=adgang.bruger).delete()


def andre(kapitel: Kapitel, adgang: Adgang) -> list[Redigering]:
    """Who else works in the chapter now, longest first."""
    return list(
        Redigering.objects.aktuelle().filter(kapitel=kapitel).exclude(bruger=adgang.bruger).select_related("bruger")
    )


def i_gang(tekst: Tekst) -> dict[int, list[Redigering]]:
    """Who works in the chapters of a text now, by chapter."""
    efter_kapitel: dict[int, list[Redigering]] = {}
    for redigering in Redigering.objects.aktuelle().filter(kapitel__tekst=tekst).select_related("bruger"):
        efter_kapitel.setdefault(redigering.kapitel_id, []).append(redigering)
    return efter_kapitel


def slet_foraeldede() -> int:
    """Drafts nobody came back to, and who was at work long ago."""
    return Kladde.objects.foraeldede().delete()[0] + Redigering.objects.foraeldede().delete()[0]
