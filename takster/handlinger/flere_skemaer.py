"""Many takstskemaer of one driftsherre in one step, all or none: saving drafts and submitting.

The same rules as for one form, with a number of queries that does not follow the number of forms.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models.haendelse import log_mange
from takster import adgang as regler
from takster import hentning, notifikationer
from takster.enums import Skematilstand
from takster.forloeb import SKEMA, Skematrin
from takster.handlinger import kommentarer
from takster.handlinger.faelles import SkemaHarFejl
from takster.handlinger.skemaer import (
    GEMT,
    Aendringer,
    find_aendringer,
    gem_linjer,
    nye_linjer,
    saet_aendringer,
)
from takster.models import Indberetning, Takstkladde, Takstlinje, Takstskema
from takster.niveauceller import gem_raekker, hent_niveauer

# Relations are what they were; checking each would be a query per form.
_RELATIONER = ("indberetning", "ydelse", "gemt_af", "indsendt_af")
_GEMMES = (*hentning.SKEMAFELTER, "version", "gemt_tidspunkt", "gemt_af", "meldt_klar_tidspunkt")
_INDSENDES = (
    "tilstand",
    "indsendt_tidspunkt",
    "indsendt_af",
    "retur_begrundelse",
    "meldt_klar_tidspunkt",
    "indsendt_taksttype",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NytIndhold:
    """What a form shall hold, and the version it was seen in."""

    version: int
    felter: Mapping[str, Any]
    linjer: Mapping[str, Decimal | None]
    niveauer: Sequence[Mapping[str, Any]]


def laas_skemaer(indberetning: Indberetning, skemaer: Collection[int]) -> list[Takstskema]:
    """The forms of the driftsherre with these keys, locked in the same order as everybody locks them."""
    egne = Takstskema.objects.filter(indberetning=indberetning, pk__in=skemaer)
    skemaer_ = list(egne.select_for_update(of=("self",)).til_beregning().order_by("pk"))
    hent_niveauer(skemaer_)
    return skemaer_


@transaction.atomic
def gem_flere(indberetning: Indberetning, nye: Mapping[int, NytIndhold], *, adgang: Adgang) -> list[Takstskema]:
    """Save drafts by key; raises `Versionskonflikt` when somebody saved one of them meanwhile. Answers those changed.

    Unsaved texts of those who type stay theirs: they are laid on top of the form the next time it is opened.
    """
    i_dag = timezone.localdate()
    skemaer = laas_skemaer(indberetning, nye)
    kraev_tilladelse(len(skemaer) == len(nye))
    aendrede: list[tuple[Takstskema, Aendringer]] = []
    for skema in skemaer:
        kraev_tilladelse(regler.maa_redigere(adgang, skema, i_dag))
        nyt = nye[skema.pk]
        kraev_version(skema, nyt.version)
        if aendringer := find_aendringer(skema, nyt.felter, nyt.linjer, nyt.niveauer):
            saet_aendringer(skema, aendringer, adgang)
            skema.clean_fields(exclude=_RELATIONER)
            skema.clean()
            aendrede.append((skema, aendringer))
    _gem(aendrede)
    gem_raekker([(skema, nye[skema.pk].niveauer) for skema, aendringer in aendrede if aendringer.celler])
    log_mange(
        adgang,
        GEMT,
        (
            (
                skema,
                {
                    "tekst": "Kladde gemt fra Excel",
                    "vedroerer": indberetning.driftsherre,
                    "data": aendringer.logdata(skema.version),
                },
            )
            for skema, aendringer in aendrede
        ),
    )
    return [skema for skema, _ in aendrede]


def _gem(aendrede: Sequence[tuple[Takstskema, Aendringer]]) -> None:
    """Rows and lines; only the lines that changed are written."""
    _opdater([skema for skema, _ in aendrede], _GEMMES)
    slettet = Q(pk__in=[])
    pr_post: dict[str, list[int]] = {}
    for skema, aendringer in aendrede:
        for kode, (_, efter) in aendringer.linjer.items():
            if efter is None:
                pr_post.setdefault(kode, []).append(skema.pk)
    for kode, noegler in pr_post.items():
        slettet |= Q(post=kode, skema__in=noegler)
    if pr_post:
        Takstlinje.objects.filter(slettet).delete()
    gem_linjer([linje for skema, aendringer in aendrede for linje in nye_linjer(skema, aendringer)])


def _opdater(skemaer: Sequence[Takstskema], felter: Sequence[str]) -> None:
    """Write columns of rows that are there already: an upsert is far faster than a CASE per column."""
    Takstskema.objects.bulk_create(skemaer, update_conflicts=True, unique_fields=["id"], update_fields=felter)


@transaction.atomic
def indsend_flere(indberetning: Indberetning, versioner: Mapping[int, int], *, adgang: Adgang) -> list[Takstskema]:
    """Sign-off of many forms (K step 12); `versioner` tells which, in the version the godkender looked at.

    Raises `Versionskonflikt`, `UlovligOvergang` or `SkemaHarFejl`, and then none of them is submitted.
    """
    i_dag = timezone.localdate()
    skemaer = laas_skemaer(indberetning, versioner)
    kraev_tilladelse(bool(skemaer) and len(skemaer) == len(versioner))
    for skema in skemaer:
        SKEMA.kraev(Skematrin.INDSEND, skema.tilstand)
        kraev_tilladelse(regler.maa_indsende(adgang, skema, i_dag))
        kraev_version(skema, versioner[skema.pk])
    fund = [fund for beregning in hentning.beregn_flere(skemaer, i_dag).values() for fund in beregning.fund]
    if blokerende := [et for et in fund if et.blokerer]:
        raise SkemaHarFejl(blokerende)
    poster: list[tuple[Takstskema, dict[str, Any]]] = []
    nu = timezone.now()
    for skema in skemaer:
        fra, skema.tilstand = skema.tilstand, Skematilstand.INDSENDT
        skema.indsendt_tidspunkt, skema.indsendt_af = nu, adgang.bruger
        skema.retur_begrundelse, skema.meldt_klar_tidspunkt = "", None
        skema.indsendt_taksttype = skema.ydelse.taksttype
        poster.append(
            (
                skema,
                {
                    "tekst": "Indsendt",
                    "fra": fra,
                    "til": skema.tilstand,
                    "vedroerer": indberetning.driftsherre,
                    "data": {"version": skema.version},
                },
            )
        )
    _opdater(skemaer, _INDSENDES)
    log_mange(adgang, "takstskema_indsendt", poster)
    kommentarer.besvar(skemaer, nu)
    if adgang.bruger:
        Takstkladde.objects.filter(skema__in=skemaer, bruger=adgang.bruger).delete()
    notifikationer.efter_commit(notifikationer.skemaer_indsendt, [skema.pk for skema in skemaer])
    return skemaer
