"""Agreed reductions (T91): the years of a target, added, corrected and taken away by the secretariat with a reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log
from takster.handlinger.faelles import kraev_begrundelse
from takster.models import Reduktionsmaal

MANGLER = "Skriv, hvor det er aftalt"


def _seneste(driftsherre: Organisation | None, basisaar: int) -> Reduktionsmaal | None:
    maal = Reduktionsmaal.objects.filter(driftsherre=driftsherre, basisaar=basisaar)
    return maal.select_for_update(of=("self",)).order_by("-aar").first()


@transaction.atomic
def opret_maal(
    *,
    adgang: Adgang,
    driftsherre: Organisation | None,
    basisaar: int,
    aar: int,
    takst_pct: Decimal,
    dialog_pct: Decimal,
    kilde: str,
    begrundelse: str,
) -> Reduktionsmaal:
    """One more year of a target; the years follow the base year one by one, or ValidationError."""
    kraev_tilladelse(adgang.er_sekretariat)
    begrundelse = kraev_begrundelse(begrundelse, mangler=MANGLER)
    seneste = _seneste(driftsherre, basisaar)
    naeste = (seneste.aar if seneste else basisaar) + 1
    if aar != naeste:
        raise ValidationError({"aar": f"Målets år følger efter hinanden. Det næste er {naeste}"})
    maal = Reduktionsmaal(
        driftsherre=driftsherre, basisaar=basisaar, aar=aar, takst_pct=takst_pct, dialog_pct=dialog_pct, kilde=kilde
    )
    maal.full_clean()
    maal.save()
    log(
        adgang,
        "reduktionsmaal_oprettet",
        maal,
        tekst="Reduktionsmål lagt ind",
        begrundelse=begrundelse,
        vedroerer=driftsherre,
    )
    return maal


def _laas(maal: Reduktionsmaal) -> Reduktionsmaal:
    return Reduktionsmaal.objects.select_for_update(of=("self",)).get(pk=maal.pk)


@transaction.atomic
def ret_maal(
    maal: Reduktionsmaal,
    *,
    adgang: Adgang,
    version: int,
    takst_pct: Decimal,
    dialog_pct: Decimal,
    kilde: str,
    begrundelse: str,
) -> Reduktionsmaal:
    """Correct one year. Raises Versionskonflikt when somebody saved since `version`."""
    maal = _laas(maal)
    kraev_tilladelse(adgang.er_sekretariat)
    kraev_version(maal, version)
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor målet rettes")
    nye: dict[str, Any] = {"takst_pct": takst_pct, "dialog_pct": dialog_pct, "kilde": kilde}
    aendringer = {navn: [str(getattr(maal, navn)), str(ny)] for navn, ny in nye.items() if getattr(maal, navn) != ny}
    if not aendringer:
        raise ValidationError("Du har ikke ændret noget.")
    for navn, ny in nye.items():
        setattr(maal, navn, ny)
    maal.version += 1
    maal.full_clean()
    maal.save(update_fields=[*nye, "version"])
    log(
        adgang,
        "reduktionsmaal_rettet",
        maal,
        tekst="Reduktionsmål rettet",
        begrundelse=begrundelse,
        vedroerer=maal.driftsherre,
        data=aendringer,
    )
    return maal


@transaction.atomic
def slet_maal(maal: Reduktionsmaal, *, adgang: Adgang, version: int, begrundelse: str) -> None:
    """Take away the last year of a target; an earlier one would leave a hole (ValidationError)."""
    maal = _laas(maal)
    kraev_tilladelse(adgang.er_sekretariat)
    kraev_version(maal, version)
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor målet fjernes")
    if _seneste(maal.driftsherre, maal.basisaar) != maal:
        raise ValidationError("Kun målets sidste år kan fjernes.")
    log(
        adgang,
        "reduktionsmaal_slettet",
        maal,
        tekst="Reduktionsmål fjernet",
        begrundelse=begrundelse,
        vedroerer=maal.driftsherre,
        data={"takst_pct": str(maal.takst_pct), "dialog_pct": str(maal.dialog_pct)},
    )
    maal.delete()
