"""Named versions of a whole text: made, and gone back to for one chapter or for all.

Who may do it is the owner's rule, so the owner's own action calls these with the permission already checked.
"""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Max
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Kapitel, Kapitelversion, NavngivetKapitel, NavngivetVersion, Tekst
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst.handlinger import gem_kapitel
from socialaftale.kerne.tekst.rensning import afvis_cpr

_NAVN_MAKS = NavngivetVersion._meta.get_field("navn").max_length


class Tekstkonflikt(Exception):
    """Somebody changed a chapter of the text after the page was opened; nothing has been done."""


def standmaerke(tekst: Tekst) -> str:
    """Stands for the text as it is now: a page carries it, and a step on the whole text compares it."""
    kapitler = Kapitel.objects.filter(tekst=tekst).order_by("pk").values_list("pk", "version", "raekkefoelge")
    return hashlib.sha256(repr(list(kapitler)).encode()).hexdigest()[:20]


def kraev_stand(tekst: Tekst, fra_stand: str) -> Tekst:
    """Lock the text, and raise `Tekstkonflikt` unless it is what the page showed."""
    tekst = Tekst.objects.select_for_update(of=("self",)).get(pk=tekst.pk)
    if standmaerke(tekst) != fra_stand:
        raise Tekstkonflikt(f"Text {tekst.pk} was changed after the page was opened.")
    return tekst


@transaction.atomic
def navngiv(tekst: Tekst, *, adgang: Adgang, navn: str, objekt: models.Model, note: str = "") -> NavngivetVersion:
    """Give the text as it stands now a name; raises `ValidationError` by field."""
    tekst = Tekst.objects.select_for_update(of=("self",)).get(pk=tekst.pk)
    navn, note = " ".join(navn.split()), note.strip()
    afvis_cpr(f"{navn} {note}")
    navngivet = NavngivetVersion(
        tekst=tekst,
        nummer=(tekst.navngivne.aggregate(stoerst=Max("nummer"))["stoerst"] or 0) + 1,
        navn=navn,
        note=note,
        bruger=adgang.bruger,
    )
    if tekst.navngivne.filter(navn__iexact=navn).exists():
        raise ValidationError({"navn": f"Der er allerede en version med navnet “{navn}”. Vælg et andet"})
    navngivet.full_clean()
    navngivet.save()
    NavngivetKapitel.objects.bulk_create(
        NavngivetKapitel(
            navngivet=navngivet,
            version=version,
            raekkefoelge=version.kapitel.raekkefoelge,
            nummer=version.kapitel.nummer,
            niveau=version.kapitel.niveau,
            type=version.kapitel.type,
        )
        for version in nuvaerende(tekst)
    )
    log(
        adgang,
        "version_navngivet",
        objekt,
        tekst=f"Versionen “{navn}” gemt",
        begrundelse=note,
        data={"navngivet": navngivet.pk},
    )
    return navngivet


def nuvaerende(tekst: Tekst) -> models.QuerySet[Kapitelversion]:
    """The newest version of each chapter that is in the text, in order."""
    versioner = Kapitelversion.objects.filter(
        kapitel__tekst=tekst, kapitel__fjernet__isnull=True, version=F("kapitel__version")
    )
    return versioner.select_related("kapitel").order_by("kapitel__raekkefoelge", "kapitel__pk")


@transaction.atomic
def gendan_tekst(
    navngivet: NavngivetVersion, *, adgang: Adgang, fra_stand: str, tal: Talkontekst, objekt: models.Model
) -> NavngivetVersion:
    """The whole text as it stood: changed chapters get a new version, later ones are taken out, order as then.

    What stands now gets a name first, which is returned: nothing is lost. Raises `Tekstkonflikt`, or `ValidationError`
    with what an old chapter says that it may not say today; then nothing is changed.
    """
    tekst = kraev_stand(navngivet.tekst, fra_stand)
    slut = f" (før gendannelse nr. {tekst.navngivne.count() + 1})"
    foer = navngiv(tekst, adgang=adgang, navn=f"{navngivet.navn[: _NAVN_MAKS - len(slut)]}{slut}", objekt=objekt)
    poster = list(navngivet.kapitler.select_related("version__kapitel"))
    fejl: list[str] = []
    for post in poster:
        try:
            _gendan_post(post, adgang=adgang, tal=tal, objekt=objekt)
        except ValidationError as undtagelse:
            fejl += [f"{post.version.titel}: {besked}" for besked in undtagelse.messages]
    if fejl:
        raise ValidationError(fejl)
    senere = Kapitel.objects.filter(tekst=tekst).exclude(pk__in=[post.version.kapitel_id for post in poster])
    titler = list(senere.values_list("titel", flat=True))
    senere.update(fjernet=timezone.now())
    log(
        adgang,
        "tekst_gendannet",
        objekt,
        tekst=f"Hele teksten er sat tilbage til “{navngivet.navn}”",
        data={"navngivet": navngivet.pk, "foer": foer.pk, "taget_ud": titler},
    )
    return foer


def _gendan_post(post: NavngivetKapitel, *, adgang: Adgang, tal: Talkontekst, objekt: models.Model) -> None:
    kapitel = Kapitel.alle.select_for_update(of=("self",)).get(pk=post.version.kapitel_id)
    kapitel.fjernet = None
    kapitel.raekkefoelge, kapitel.nummer, kapitel.niveau = post.raekkefoelge, post.nummer, post.niveau
    kapitel.save(update_fields=["fjernet", "raekkefoelge", "nummer", "niveau"])
    gem_kapitel(
        kapitel,
        adgang=adgang,
        titel=post.version.titel,
        indhold=post.version.indhold,
        fra_version=kapitel.version,
        tal=tal,
        objekt=objekt,
        handling="kapitel_gendannet",
    )


@transaction.atomic
def gendan_kapitel(
    post: NavngivetKapitel, *, adgang: Adgang, fra_version: int, tal: Talkontekst, objekt: models.Model
) -> Kapitel:
    """One chapter as it stood in a named version; one that was taken out comes back, last in the text."""
    kapitel = Kapitel.alle.select_for_update(of=("self",)).get(pk=post.version.kapitel_id)
    if kapitel.fjernet is not None:
        kapitel.fjernet = None
        kapitel.raekkefoelge = (
            Kapitel.objects.filter(tekst=kapitel.tekst_id).aggregate(stoerst=Max("raekkefoelge"))["stoerst"] or 0
        ) + 1
        kapitel.save(update_fields=["fjernet", "raekkefoelge"])
    return gem_kapitel(
        kapitel,
        adgang=adgang,
        titel=post.version.titel,
        indhold=post.version.indhold,
        fra_version=fra_version,
        tal=tal,
        objekt=objekt,
        handling="kapitel_gendannet",
    )
