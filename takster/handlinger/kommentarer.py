"""The secretariat's comments on single fields: noted while reading, sent with the return, answered by resubmission."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from takster import adgang as regler
from takster.handlinger.faelles import laas_skema
from takster.models import Skemakommentar, Takstskema


@transaction.atomic
def noter(skema: Takstskema, *, adgang: Adgang, felt: str, tekst: str, vaerdi: str = "") -> Skemakommentar:
    """Keep a comment; the driftsherre sees nothing of it before the form is sent back.

    The form is locked, so that no comment slips in behind a return or an approval.
    """
    skema = laas_skema(skema)
    kraev_tilladelse(regler.maa_kommentere(adgang, skema))
    kommentar = Skemakommentar(skema=skema, felt=felt, tekst=tekst.strip(), vaerdi=vaerdi, af=adgang.bruger)
    kommentar.full_clean()
    kommentar.save()
    return kommentar


@transaction.atomic
def fjern(kommentar: Skemakommentar, *, adgang: Adgang) -> None:
    """Drop a comment that has not been sent; what the driftsherre has been told is never taken back."""
    kommentar = Skemakommentar.objects.select_for_update().get(pk=kommentar.pk)
    kraev_tilladelse(adgang.er_sekretariat and kommentar.sendt_tidspunkt is None)
    kommentar.delete()


def send(skema: Takstskema, nu: dt.datetime) -> int:
    """The noted comments go to the driftsherre with the return; how many. The caller holds the form locked."""
    return skema.kommentarer.noterede().update(sendt_tidspunkt=nu)


def besvar(skema: Takstskema, nu: dt.datetime) -> int:
    """Submission again answers what was asked; how many. The caller holds the form locked."""
    return skema.kommentarer.ubesvarede().update(loest_tidspunkt=nu)
