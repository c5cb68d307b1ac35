"""How a draft is put together: chapters through the text's own actions, and the lists that belong to the agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet

from socialaftale.aftale.adgang import maa_opbygge
from socialaftale.aftale.bilag.raekkefoelge import flyttet, i_grupper
from socialaftale.aftale.models import Aftale, Bilag, Fokusomraade, Initiativ, Underskriver
from socialaftale.kerne import dansk
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models import Kapitel
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst import opbygning

# Words that already mean something in the addresses of an agreement.
RESERVEREDE = (
    *("hele", "tal", "pdf", "ret", "sammenlign", "versioner", "kommentarer", "hoering", "opbygning"),
    *(
        "billede",
        "bibliotek",
        "bilagsfiler",
        "godkendelse",
        "godkendelser",
        "kontrol",
        "ny",
        "port",
        "udgivelse",
        "word",
    ),
)


def _laas(aftale: Aftale, adgang: Adgang) -> Aftale:
    aftale = Aftale.objects.select_for_update(of=("self",)).select_related("tekst").get(pk=aftale.pk)
    kraev_tilladelse(maa_opbygge(adgang, aftale), "Teksten ligger fast. Begynd en ny udgave, før den ændres.")
    return aftale


@transaction.atomic
def flyt_kapitel(aftale: Aftale, *, adgang: Adgang, noegle: str, retning: str) -> bool:
    aftale = _laas(aftale, adgang)
    return opbygning.flyt(aftale.tekst, adgang=adgang, noegle=noegle, retning=retning, objekt=aftale)


@transaction.atomic
def tilfoej_kapitel(aftale: Aftale, *, adgang: Adgang, efter: Kapitel | None, **felter: Any) -> Kapitel:
    aftale = _laas(aftale, adgang)
    return opbygning.tilfoej(
        aftale.tekst, adgang=adgang, efter=efter, objekt=aftale, reserverede=RESERVEREDE, **felter
    )


@transaction.atomic
def omdoeb_kapitel(aftale: Aftale, kapitel: Kapitel, *, adgang: Adgang, **felter: Any) -> Kapitel:
    aftale = _laas(aftale, adgang)
    tal = Talkontekst(periode=aftale.periode)
    return opbygning.omdoeb(kapitel, adgang=adgang, tal=tal, objekt=aftale, **felter)


@transaction.atomic
def fjern_kapitel(aftale: Aftale, kapitel: Kapitel, *, adgang: Adgang, begrundelse: str, fra_version: int) -> Kapitel:
    """The chapter goes; a focus area that it was about stands without one."""
    aftale = _laas(aftale, adgang)
    fjernet = opbygning.fjern(kapitel, adgang=adgang, begrundelse=begrundelse, fra_version=fra_version, objekt=aftale)
    aftale.fokusomraader.filter(kapitel=fjernet).update(kapitel=None)
    return fjernet


@dataclass(frozen=True, slots=True)
class Liste:
    """A list that belongs to an agreement: its rows in order, and the field the order stands in."""

    art: str
    navn: str
    model: type[models.Model]
    felt: str
    raekker: Callable[[Aftale], QuerySet]
    # The rows that share one order with a row.
    soeskende: Callable[[Any], QuerySet]
    vaerdi: Callable[[int], Any] = lambda plads: plads + 1
    # Where rows wait while they change places, clear of every value in use.
    venteplads: Callable[[int], Any] = lambda plads: 10_000 + plads


LISTER = {
    liste.art: liste
    for liste in (
        Liste(
            "fokusomraade",
            "fokusområde",
            Fokusomraade,
            "nr",
            lambda aftale: aftale.fokusomraader.select_related("kapitel").prefetch_related("initiativer"),
            lambda raekke: Fokusomraade.objects.filter(aftale=raekke.aftale_id),
        ),
        Liste(
            "initiativ",
            "initiativ",
            Initiativ,
            "bogstav",
            lambda aftale: Initiativ.objects.filter(fokusomraade__aftale=aftale).select_related("fokusomraade"),
            lambda raekke: Initiativ.objects.filter(fokusomraade=raekke.fokusomraade_id),
            lambda plads: chr(ord("A") + plads),
            lambda plads: chr(0x2460 + plads),
        ),
        Liste(
            "bilag",
            "bilag",
            Bilag,
            "nr",
            lambda aftale: aftale.bilag.select_related("dokument__bilagsfil"),
            lambda raekke: Bilag.objects.filter(aftale=raekke.aftale_id),
        ),
        Liste(
            "underskriver",
            "underskriver",
            Underskriver,
            "raekkefoelge",
            lambda aftale: aftale.underskrivere.all(),
            lambda raekke: Underskriver.objects.filter(aftale=raekke.aftale_id),
        ),
    )
}
MAKS_INITIATIVER = 26


def _gem_orden(liste: Liste, raekker: Iterable[Any]) -> None:
    """Numbers or letters from the first on; in two steps, since no two rows may have the same at any time."""
    ordnet = list(raekker)
    maal = [liste.vaerdi(plads) for plads in range(len(ordnet))]
    if [getattr(raekke, liste.felt) for raekke in ordnet] == maal:
        return
    for plads, raekke in enumerate(ordnet):
        liste.model.objects.filter(pk=raekke.pk).update(**{liste.felt: liste.venteplads(plads)})
    for vaerdi, raekke in zip(maal, ordnet, strict=True):
        liste.model.objects.filter(pk=raekke.pk).update(**{liste.felt: vaerdi})


@transaction.atomic
def gem_raekke(aftale: Aftale, liste: Liste, raekke: Any, *, adgang: Adgang) -> Any:
    """Store a new or changed row; a new one comes last among its own."""
    aftale = _laas(aftale, adgang)
    ny = raekke.pk is None
    if ny:
        antal = liste.soeskende(raekke).count()
        if liste.art == "initiativ" and antal >= MAKS_INITIATIVER:
            raise ValidationError("Der er ikke flere bogstaver til initiativer i fokusområdet")
        setattr(raekke, liste.felt, liste.vaerdi(antal))
        if liste.art == "bilag":
            raekke.noegle = _ledig_bilagsnoegle(aftale, raekke.titel)
    raekke.full_clean()
    raekke.save()
    if liste.art == "bilag":
        _gem_orden(liste, i_grupper(list(liste.soeskende(raekke))))
        raekke.refresh_from_db(fields=["nr"])
    log(
        adgang,
        f"{liste.art}_{'tilfoejet' if ny else 'rettet'}",
        aftale,
        tekst=f"{liste.navn.capitalize()} {'tilføjet' if ny else 'rettet'}: {raekke}"[:200],
        data={"raekke": raekke.pk},
    )
    return raekke


def _ledig_bilagsnoegle(aftale: Aftale, titel: str) -> str:
    stamme = dansk.slug(titel)[:50] or "bilag"
    kendte = set(aftale.bilag.values_list("noegle", flat=True))
    return next(
        navn
        for navn in (stamme if nr == 1 else f"{stamme}-{nr}" for nr in range(1, len(kendte) + 2))
        if navn not in kendte
    )


@transaction.atomic
def flyt_raekke(aftale: Aftale, liste: Liste, raekke: Any, *, adgang: Adgang, retning: str) -> bool:
    """One place up or down among its own; False at the end."""
    aftale = _laas(aftale, adgang)
    raekker = _flyttet(liste, raekke, -1 if retning == opbygning.OP else 1)
    if raekker is None:
        return False
    _gem_orden(liste, raekker)
    log(adgang, f"{liste.art}_flyttet", aftale, tekst=f"{liste.navn.capitalize()} flyttet {retning}: {raekke}"[:200])
    return True


def _flyttet(liste: Liste, raekke: Any, skridt: int) -> list[Any] | None:
    raekker = list(liste.soeskende(raekke))
    if liste.art == "bilag":
        return flyttet(raekker, raekke.pk, skridt)
    fra = next(plads for plads, et in enumerate(raekker) if et.pk == raekke.pk)
    til = fra + skridt
    if not 0 <= til < len(raekker):
        return None
    raekker[fra], raekker[til] = raekker[til], raekker[fra]
    return raekker


@transaction.atomic
def slet_raekke(aftale: Aftale, liste: Liste, raekke: Any, *, adgang: Adgang) -> None:
    """Take a row off the list; what comes after it moves up. The log keeps what it said."""
    aftale = _laas(aftale, adgang)
    raekker = [et for et in liste.soeskende(raekke) if et.pk != raekke.pk]
    tekst = str(raekke)
    data = {felt.name: str(getattr(raekke, felt.attname)) for felt in raekke._meta.concrete_fields}
    if liste.art == "fokusomraade":
        data["initiativer"] = [str(et) for et in raekke.initiativer.all()]
    raekke.delete()
    _gem_orden(liste, raekker)
    log(
        adgang,
        f"{liste.art}_slettet",
        aftale,
        tekst=f"{liste.navn.capitalize()} slettet: {tekst}"[:200],
        data=data,
    )
