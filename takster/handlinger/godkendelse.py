"""Approving many forms in one press: those the rules have nothing against; the rest are left, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models import Haendelse
from socialaftale.kerne.models.haendelse import log, log_mange
from takster import adgang as regler
from takster import hentning, notifikationer
from takster.beregning.kontrolraekke import Skemaberegning
from takster.enums import Skematilstand
from takster.forloeb import SKEMA, Skematrin
from takster.handlinger.faelles import laas_runde
from takster.models import Indberetningsrunde, Skemakommentar, Takstskema
from takster.models.skema import TakstskemaQuerySet

SAMLET = "takstskemaer_godkendt"
AENDRET = "Skemaet er ændret, siden du åbnede siden"
IKKE_INDSENDT = "Skemaet venter ikke på godkendelse mere"
HAR_KOMMENTARER = "Du eller en kollega har noteret kommentarer, som ikke er sendt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vurdering:
    """A submitted form with its calculation, and why it cannot be approved together with others ("" when it can)."""

    skema: Takstskema
    beregning: Skemaberegning
    hindring: str


def til_vurdering(skemaer: TakstskemaQuerySet) -> TakstskemaQuerySet:
    """With what `vurder` needs of each form, also whether comments are noted on it."""
    noterede = Skemakommentar.objects.noterede().filter(skema=OuterRef("pk"))
    return skemaer.til_beregning().annotate(har_noter=Exists(noterede))


def hindring(skema: Takstskema, beregning: Skemaberegning) -> str:
    """What a person must decide on, in words."""
    if skema.tilstand != Skematilstand.INDSENDT:
        return IKKE_INDSENDT
    if skema.har_noter:
        return HAR_KOMMENTARER
    if beregning.takst is None:
        return beregning.mangler
    stopper = [fund for fund in beregning.fund if fund.blokerer] + beregning.godkendelser
    return stopper[0].tekst if stopper else ""


def vurder(skemaer: Sequence[Takstskema]) -> list[Vurdering]:
    """Each form of `til_vurdering` with what stands against approving it unseen; a fixed number of queries."""
    beregninger = hentning.beregn_flere(skemaer, timezone.localdate())
    return [
        Vurdering(
            skema=skema,
            beregning=beregninger[skema.pk],
            hindring=hindring(skema, beregninger[skema.pk]),
        )
        for skema in skemaer
    ]


@transaction.atomic
def godkend_flere(runde: Indberetningsrunde, *, adgang: Adgang, versioner: Mapping[int, int]) -> Haendelse:
    """Approve the chosen forms of a round that nothing stands against, all or none of them.

    `versioner` is the version of each form that was on the page. The receipt is the entry in the round's log: which
    were approved, and which were left and why.
    """
    runde = laas_runde(runde)
    kraev_tilladelse(regler.maa_godkende_flere(adgang, runde))
    valgte = Takstskema.objects.select_for_update(of=("self",)).filter(indberetning__runde=runde, pk__in=versioner)
    skemaer = list(til_vurdering(valgte).order_by("pk"))
    if not skemaer:
        raise ValidationError("Vælg mindst ét skema.")
    godkendte: list[Takstskema] = []
    efterladte: list[tuple[Takstskema, str]] = []
    for vurdering in vurder(skemaer):
        skema, grund = vurdering.skema, vurdering.hindring
        if skema.tilstand == Skematilstand.INDSENDT and skema.version != versioner[skema.pk]:
            grund = AENDRET
        if grund:
            efterladte.append((skema, grund))
        else:
            godkendte.append(skema)
    _godkend(godkendte, adgang)
    return log(
        adgang,
        SAMLET,
        runde,
        tekst=f"{len(godkendte)} takstskemaer godkendt samlet",
        data={
            "godkendte": [skema.pk for skema in godkendte],
            "efterladte": [[skema.pk, grund] for skema, grund in efterladte],
        },
    )


def _godkend(skemaer: Sequence[Takstskema], adgang: Adgang) -> None:
    """The step itself for locked forms; one statement for all, and one mail to each driftsherre."""
    nu = timezone.now()
    pr_driftsherre: dict[int, list[int]] = {}
    poster = []
    for skema in skemaer:
        skridt = SKEMA.kraev(Skematrin.GODKEND, skema.tilstand)
        felter = {"tekst": "Godkendt", "fra": skema.tilstand, "til": skridt.til, "vedroerer": skema.driftsherre}
        poster.append((skema, {**felter, "data": {"version": skema.version, "samlet": True}}))
        pr_driftsherre.setdefault(skema.driftsherre.pk, []).append(skema.pk)
    Takstskema.objects.filter(pk__in=[skema.pk for skema in skemaer]).update(
        tilstand=Skematilstand.GODKENDT, godkendt_tidspunkt=nu
    )
    log_mange(adgang, "takstskema_godkendt", poster)
    for driftsherre, noegler in pr_driftsherre.items():
        notifikationer.efter_commit(notifikationer.skemaer_godkendt, driftsherre, noegler)
