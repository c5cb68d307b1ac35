"""The chapters of a text as a whole: added, moved, renamed and taken out; numbers follow the order.

A chapter of level 2 is a part of the chapter before it and moves with it. Cover and back page keep their places.
Who may do it is the owner's rule, so the owner's own action calls these with the permission already checked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from socialaftale.kerne import dansk
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Kapitel, Tekst
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst.handlinger import gem_kapitel, gem_version
from socialaftale.kerne.tekst.models import Kapiteltype
from socialaftale.kerne.tekst.rensning import afvis_cpr, ren_tekst

OMSLAG = (Kapiteltype.FORSIDE, Kapiteltype.BAGSIDE)
OP, NED = "op", "ned"


def _laas(tekst: Tekst) -> list[Kapitel]:
    """The chapters in order; two who rearrange wait for each other."""
    Tekst.objects.select_for_update(of=("self",)).get(pk=tekst.pk)
    return list(Kapitel.objects.filter(tekst=tekst))


def _gem_orden(kapitler: Sequence[Kapitel]) -> None:
    """Store place and number: numbered chapters count from 1."""
    nummer = 0
    for plads, kapitel in enumerate(kapitler):
        nyt = None
        if kapitel.nummer is not None:
            nummer += 1
            nyt = nummer
        if (kapitel.raekkefoelge, kapitel.nummer) != (plads, nyt):
            kapitel.raekkefoelge, kapitel.nummer = plads, nyt
            kapitel.save(update_fields=["raekkefoelge", "nummer"])


def _grupper(kapitler: Sequence[Kapitel]) -> list[list[Kapitel]]:
    """Each chapter with its parts."""
    grupper: list[list[Kapitel]] = []
    for kapitel in kapitler:
        if kapitel.niveau == 1 or not grupper or grupper[-1][0].type in OMSLAG:
            grupper.append([kapitel])
        else:
            grupper[-1].append(kapitel)
    return grupper


def byt_om(kapitler: Sequence[Kapitel], kapitel: Kapitel, retning: str) -> list[Kapitel] | None:
    """The order with the chapter one place up or down; None when it cannot go there."""
    grupper = _grupper(kapitler)
    plads = next(nr for nr, gruppe in enumerate(grupper) if kapitel in gruppe)
    skridt = -1 if retning == OP else 1
    if grupper[plads][0] != kapitel:
        dele = grupper[plads]
        fra = dele.index(kapitel)
        til = fra + skridt
        if not 1 <= til < len(dele):
            return None
        dele[fra], dele[til] = dele[til], dele[fra]
    else:
        til = plads + skridt
        if not 0 <= til < len(grupper) or grupper[til][0].type in OMSLAG or kapitel.type in OMSLAG:
            return None
        grupper[plads], grupper[til] = grupper[til], grupper[plads]
    return [et for gruppe in grupper for et in gruppe]


@transaction.atomic
def flyt(tekst: Tekst, *, adgang: Adgang, noegle: str, retning: str, objekt: models.Model) -> bool:
    """Move a chapter one place; False when it is first or last already."""
    kapitler = _laas(tekst)
    kapitel = next(et for et in kapitler if et.noegle == noegle)
    ny_orden = byt_om(kapitler, kapitel, retning)
    if ny_orden is None:
        return False
    _gem_orden(ny_orden)
    log(
        adgang,
        "kapitel_flyttet",
        objekt,
        tekst=f"Kapitlet “{kapitel.titel}” flyttet {retning}",
        data={"kapitel": kapitel.pk},
    )
    return True


def ledig_noegle(tekst: Tekst, titel: str, reserverede: Collection[str]) -> str:
    """A key for addresses made of the title, which no other chapter has or had."""
    stamme = dansk.slug(titel)[:50] or "kapitel"
    kendte = set(Kapitel.alle.filter(tekst=tekst).values_list("noegle", flat=True)) | set(reserverede)
    navne = (stamme if nr == 1 else f"{stamme}-{nr}" for nr in range(1, len(kendte) + 2))
    return next(navn for navn in navne if navn not in kendte)


@transaction.atomic
def tilfoej(
    tekst: Tekst,
    *,
    adgang: Adgang,
    titel: str,
    niveau: int,
    nummereret: bool,
    efter: Kapitel | None,
    objekt: models.Model,
    reserverede: Collection[str] = (),
    vejledning: str = "",
) -> Kapitel:
    """A new, empty chapter after another one (or first, after the cover)."""
    kapitler = _laas(tekst)
    afvis_cpr(f"{titel} {vejledning}")
    kapitel = Kapitel(
        tekst=tekst,
        noegle=ledig_noegle(tekst, titel, reserverede),
        titel=titel,
        niveau=niveau,
        nummer=0 if nummereret else None,
        raekkefoelge=len(kapitler),
        vejledning=vejledning,
        rettet_af=adgang.bruger,
    )
    kapitel.full_clean()
    kapitel.save()
    gem_version(kapitel)
    plads = kapitler.index(efter) + 1 if efter else sum(et.type == Kapiteltype.FORSIDE for et in kapitler)
    if efter is not None and efter.type == Kapiteltype.BAGSIDE:
        plads -= 1
    if niveau == 1:
        # Not between a chapter and its parts.
        while plads < len(kapitler) and kapitler[plads].niveau > 1:
            plads += 1
    kapitler.insert(plads, kapitel)
    _gem_orden(kapitler)
    log(adgang, "kapitel_tilfoejet", objekt, tekst=f"Kapitlet “{titel}” tilføjet", data={"kapitel": kapitel.pk})
    return kapitel


@transaction.atomic
def omdoeb(
    kapitel: Kapitel,
    *,
    adgang: Adgang,
    titel: str,
    niveau: int,
    nummereret: bool,
    vejledning: str,
    fra_version: int,
    tal: Talkontekst,
    objekt: models.Model,
) -> Kapitel:
    """Title (a new version), level, whether it is numbered, and the guidance; raises `Versionskonflikt`."""
    _laas(kapitel.tekst)
    afvis_cpr(f"{titel} {vejledning}")
    kapitel = gem_kapitel(
        kapitel,
        adgang=adgang,
        titel=titel,
        indhold=kapitel.indhold,
        fra_version=fra_version,
        tal=tal,
        objekt=objekt,
        handling="kapitel_omdoebt",
    )
    kapitel.niveau, kapitel.vejledning = niveau, vejledning
    kapitel.nummer = (kapitel.nummer or 0) if nummereret else None
    kapitel.full_clean()
    kapitel.save(update_fields=["niveau", "nummer", "vejledning"])
    _gem_orden(Kapitel.objects.filter(tekst=kapitel.tekst_id))
    return kapitel


@transaction.atomic
def fjern(kapitel: Kapitel, *, adgang: Adgang, begrundelse: str, fra_version: int, objekt: models.Model) -> Kapitel:
    """Take a chapter out; its versions stay. One that holds text needs a reason, one with parts loses those first."""
    kapitler = _laas(kapitel.tekst)
    kapitel = next(et for et in kapitler if et.pk == kapitel.pk)
    if kapitel.version != fra_version:
        raise ValidationError("En anden har rettet kapitlet imens. Læs det, før du tager det ud")
    if kapitel.type in OMSLAG:
        raise ValidationError("Forsiden og bagsiden kan ikke tages ud")
    if next(len(gruppe) > 1 and gruppe[0] == kapitel for gruppe in _grupper(kapitler) if kapitel in gruppe):
        raise ValidationError("Kapitlet har dele under sig. Flyt dem, eller tag dem ud først")
    afvis_cpr(begrundelse)
    if ren_tekst(kapitel.indhold) and not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor kapitlet tages ud. Det har tekst"})
    kapitel.fjernet = timezone.now()
    kapitel.save(update_fields=["fjernet"])
    _gem_orden([et for et in kapitler if et.pk != kapitel.pk])
    log(
        adgang,
        "kapitel_taget_ud",
        objekt,
        tekst=f"Kapitlet “{kapitel.titel}” taget ud",
        begrundelse=begrundelse.strip(),
        data={"kapitel": kapitel.pk, "version": kapitel.version},
    )
    return kapitel
