"""Who decides what (T69): which line a case follows, and how the lines are copied, changed and handed on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models import Beslutningskompetence, Sag
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.sager import adgang as regler
from socialaftale.kerne.sager.register import Sagsart, art_af, sagsarter

# What the secretariat can change of a line.
FELTER = ("begivenhed", "instans", "afgoeres_af", "kan_delegeres_til", "kan_sendes_videre_til", "krav", "regel")


def for_art(art: Sagsart) -> Beslutningskompetence:
    """The line a case of the kind would be sent under today."""
    return Beslutningskompetence.objects.for_aar(timezone.localdate().year).get(noegle=art.kompetence)


def for_sag(sag: Sag) -> Beslutningskompetence:
    """The line a case was sent under, whatever has become of it since; today's for a draft."""
    return Beslutningskompetence.af_data(sag.kompetence) if sag.kompetence else for_art(art_af(sag))


def bruges_af(linje: Beslutningskompetence) -> list[str]:
    """The kinds of cases that follow a line."""
    return [art.titel for art in sagsarter if art.kompetence == linje.noegle]


@transaction.atomic
def kopier_linjer(fra_aar: int, til_aar: int) -> None:
    """A set of its own from a year on, with the lines in force in another; lines that the year has are left."""
    kendte = set(Beslutningskompetence.objects.filter(fra_aar=til_aar).values_list("noegle", flat=True))
    for linje in Beslutningskompetence.objects.for_aar(fra_aar).exclude(noegle__in=kendte):
        kopi = Beslutningskompetence(**linje.som_data() | {"fra_aar": til_aar})
        kopi.full_clean()
        kopi.save()


@transaction.atomic
def ret(
    linje: Beslutningskompetence, *, adgang: Adgang, felter: Mapping[str, str], begrundelse: str
) -> dict[str, list[str]]:
    """Change a line; what was changed as {field: [before, after]}. Cases that are sent keep the line as it was."""
    linje = Beslutningskompetence.objects.select_for_update().get(pk=linje.pk)
    kraev_tilladelse(adgang.er_sekretariat)
    aendret = {navn: [getattr(linje, navn), felter[navn]] for navn in FELTER if getattr(linje, navn) != felter[navn]}
    if not aendret:
        raise ValidationError("Du har ikke ændret noget.")
    if linje.er_delegeret and {"instans", "kan_delegeres_til"} & set(aendret):
        tekst = f"Afgørelsen er overladt til {linje.get_kan_delegeres_til_display().lower()}. Tag den tilbage først"
        raise ValidationError({"kan_delegeres_til": tekst})
    for navn in aendret:
        setattr(linje, navn, felter[navn])
    if not linje.instans and bruges_af(linje):
        raise ValidationError({"instans": "Vælg en instans. Der er sager, som følger linjen"})
    linje.full_clean()
    linje.save(update_fields=list(aendret))
    log(
        adgang,
        "kompetence_rettet",
        linje,
        tekst=f"Hvem der afgør fra {linje.fra_aar}, er rettet",
        begrundelse=begrundelse,
        data=aendret,
    )
    return aendret


@transaction.atomic
def overlad(
    kompetence: Beslutningskompetence, *, adgang: Adgang, dato: dt.date | None, reference: str = ""
) -> Beslutningskompetence:
    """DAS hands an event to FU from a date on (T5), or takes it back (`dato` None); cases already sent stay.

    The sets that are made ready for later years follow, as long as they let it be handed to the same body.
    """
    kompetence = Beslutningskompetence.objects.select_for_update().get(pk=kompetence.pk)
    kraev_tilladelse(regler.maa_overlade(adgang, kompetence))
    fra, til = kompetence.gaeldende_instans, kompetence.get_kan_delegeres_til_display()
    senere = Beslutningskompetence.objects.select_for_update().filter(
        noegle=kompetence.noegle,
        fra_aar__gt=kompetence.fra_aar,
        instans=kompetence.instans,
        kan_delegeres_til=kompetence.kan_delegeres_til,
    )
    for linje in (kompetence, *senere):
        linje.delegeret_dato, linje.delegeret_reference = dato, reference.strip() if dato else ""
        linje.full_clean()
        linje.save(update_fields=["delegeret_dato", "delegeret_reference"])
    log(
        adgang,
        "kompetence_overladt" if dato else "kompetence_taget_tilbage",
        kompetence,
        tekst=f"Overladt til {til}" if dato else f"Taget tilbage af {kompetence.get_instans_display()}",
        fra=fra,
        til=kompetence.gaeldende_instans,
        data={"dato": str(dato or ""), "reference": reference},
    )
    return kompetence
