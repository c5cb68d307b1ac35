"""The distribution of an objectively financed ydelse (T11, T12): saved as a whole, when it adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models.haendelse import log
from takster.beregning.objektiv import Deltager, Fordelingsgrundlag, fordel_objektivt, kontroller_fordelt
from takster.handlinger.faelles import SkemaHarFejl
from takster.koebere import kendte_koebere
from takster.models import Objektivdeltager, Objektivfordeling
from takster.models.objektiv import OBJEKTIVE_FORMER
from tilbud.enums import Finansieringsform
from tilbud.models import Ydelse


def som_grundlag(ydelse: Ydelse, felter: Mapping[str, Any], deltagere: Sequence[Deltager]) -> Fordelingsgrundlag:
    """What a form says, saved or not, as the calculation wants it."""
    return Fordelingsgrundlag(
        omkostning=felter["omkostning"],
        overskud=felter["overskud"],
        noegletype=felter["noegletype"],
        er_lovbestemt=ydelse.finansieringsform == Finansieringsform.LOVBESTEMT,
        deltagere=deltagere,
    )


@transaction.atomic
def gem_fordeling(
    ydelse: Ydelse,
    aar: int,
    *,
    adgang: Adgang,
    version: int,
    felter: Mapping[str, Any],
    deltagere: Sequence[Deltager],
    er_eksempel: bool = False,
) -> Objektivfordeling:
    """Replace what is distributed in the year; `version` is 0 when there was nothing.

    Raises Versionskonflikt when somebody saved it since, Beregningsfejl for what cannot be distributed, and
    ValidationError for a ydelse that has a price and a participant that is no municipality.
    """
    kraev_tilladelse(adgang.er_sekretariat)
    # Locked, so that two first distributions of a year follow each other.
    ydelse = Ydelse.objects.select_for_update(of=("self",)).select_related("tilbud__driftsherre").get(pk=ydelse.pk)
    if ydelse.finansieringsform not in OBJEKTIVE_FORMER:
        raise ValidationError("Ydelsen betales med en takst. DAS skal godkende en anden finansiering først.")
    if {en.kommune for en in deltagere} - set(kendte_koebere()):
        raise ValidationError("Kun kommuner kan være med i en fordeling.")
    grundlag = som_grundlag(ydelse, felter, deltagere)
    fordeling = fordel_objektivt(grundlag)
    if fund := kontroller_fordelt(grundlag, fordeling.beloeb):
        raise SkemaHarFejl(fund)
    gemt = Objektivfordeling.objects.med_deltagere().filter(ydelse=ydelse, aar=aar).first()
    if version != (gemt.version if gemt else 0):
        raise Versionskonflikt(gemt or Objektivfordeling(ydelse=ydelse, aar=aar))
    gammel = gemt.fordelt() if gemt else None
    foer = gammel.beloeb if gammel else {}
    gemt = gemt or Objektivfordeling(ydelse=ydelse, aar=aar, version=0, er_eksempel=er_eksempel)
    for navn, vaerdi in felter.items():
        setattr(gemt, navn, vaerdi)
    gemt.version += 1
    gemt.gemt_tidspunkt = timezone.now()
    gemt.full_clean()
    gemt.save()
    gemt.deltagere.all().delete()
    raekker = [
        Objektivdeltager(fordeling=gemt, kommune_id=en.kommune, noegletal=en.noegletal, er_med=en.er_med)
        for en in deltagere
    ]
    for raekke in raekker:
        raekke.clean_fields(exclude=["fordeling", "kommune"])
    Objektivdeltager.objects.bulk_create(raekker)
    efter = fordeling.beloeb
    log(
        adgang,
        "fordeling_gemt",
        gemt,
        tekst=f"Fordeling for {aar} gemt",
        vedroerer=ydelse.tilbud.driftsherre,
        data={
            "version": gemt.version,
            "beloeb": {
                str(pk): [str(foer[pk]) if pk in foer else None, str(efter[pk]) if pk in efter else None]
                for pk in {**foer, **efter}
                if foer.get(pk) != efter.get(pk)
            },
        },
    )
    return gemt
