"""What the front page tells each role about tariffs: what waits, by when, and which dates are coming."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.hukommelse import husk
from socialaftale.kerne.registre import Kommende, Naesteskridt
from takster.enums import Rundetilstand, Skematilstand
from takster.models import Indberetning, Indberetningsrunde, Takstskema

HASTER_DAGE = 7


def _liste(**parametre: object) -> str:
    return reverse("takster:skemaer", query=parametre)


def naeste_skridt(adgang: Adgang, i_dag: dt.date) -> Iterable[Naesteskridt]:
    if adgang.er_driftsherre:
        return list(_driftsherrens(adgang, i_dag))
    if adgang.er_sekretariat:
        return list(_sekretariatets(adgang, i_dag))
    return []


def _driftsherrens(adgang: Adgang, i_dag: dt.date) -> Iterable[Naesteskridt]:
    """Sent back, ready to sign, and drafts, for each round that is open for the driftsherre."""
    egne = (
        Indberetning.objects.synlige_for(adgang)
        .filter(runde__er_historisk=False)
        .select_related("runde", "driftsherre")
        .annotate(
            kladder=Count("skemaer", filter=Q(skemaer__tilstand=Skematilstand.KLADDE)),
            klar=Count(
                "skemaer",
                filter=Q(skemaer__tilstand=Skematilstand.KLADDE, skemaer__meldt_klar_tidspunkt__isnull=False),
            ),
            retur=Count("skemaer", filter=Q(skemaer__tilstand=Skematilstand.SENDT_RETUR)),
        )
        .order_by("-runde__aar")
    )
    for egen in egne:
        frist = egen.runde.frist if egen.runde.er_aaben(i_dag) else egen.genaabnet_til
        aaben = egen.er_aaben(i_dag)
        haster = bool(frist and (frist - i_dag).days <= HASTER_DAGE)
        url = egen.get_absolute_url()
        if egen.retur:
            yield Naesteskridt(
                "takstskemaer er sendt retur og skal rettes", egen.retur, f"{url}?tilstand=sendt_retur", frist, True
            )
        if aaben and egen.klar and adgang.har(Rolle.DRIFTSHERRE_GODKENDER):
            yield Naesteskridt(
                "takstskemaer er klar til, at du indsender dem", egen.klar, f"{url}?tilstand=kladde", frist, haster
            )
        if aaben and egen.kladder:
            yield Naesteskridt(
                f"takstskemaer for {egen.runde.aar} mangler at blive indsendt",
                egen.kladder,
                f"{url}?tilstand=kladde",
                frist,
                haster,
            )


def _runder(adgang: Adgang, i_dag: dt.date) -> list[Indberetningsrunde]:
    """Those that are open or have their deadline before them, newest first; next steps and dates ask for the same.

    For the secretariat with `mangler`: how many driftsherrer have something left to hand in.
    """

    def hent() -> list[Indberetningsrunde]:
        runder = Indberetningsrunde.objects.synlige_for(adgang).rigtige().order_by("-aar")
        if adgang.er_sekretariat:
            redigerbare = Takstskema.objects.filter(indberetning=OuterRef("indberetninger")).redigerbare()
            runder = runder.annotate(mangler=Count("indberetninger", filter=Exists(redigerbare)))
        return list(runder.filter(Q(tilstand=Rundetilstand.AABEN) | Q(frist__gte=i_dag)))

    return husk(("takster.panel", adgang, i_dag), hent)


def _sekretariatets(adgang: Adgang, i_dag: dt.date) -> Iterable[Naesteskridt]:
    """Submitted forms that wait, driftsherrer that are late, and rounds that wait to be published."""
    venter = Takstskema.objects.filter(tilstand=Skematilstand.INDSENDT).count()
    if venter:
        yield Naesteskridt("indsendte takstskemaer venter på kontrol", venter, _liste(tilstand="indsendt"))
    runde = next((en for en in _runder(adgang, i_dag) if en.tilstand == Rundetilstand.AABEN), None)
    if runde is not None and runde.mangler:
        over_frist = runde.frist is not None and runde.frist < i_dag
        yield Naesteskridt(
            f"driftsherrer mangler at indsende takster for {runde.aar}",
            runde.mangler,
            reverse("takster:indberetning_runde", kwargs={"aar": runde.aar}, query={"status": "mangler"}),
            runde.frist,
            over_frist,
        )


def kommende(adgang: Adgang, i_dag: dt.date) -> Iterable[Kommende]:
    """Opening and deadline of the rounds the reader takes part in."""
    if not (adgang.er_sekretariat or adgang.er_driftsherre):
        return
    for runde in _runder(adgang, i_dag):
        if runde.frist is None or runde.frist < i_dag:
            continue
        url = reverse("takster:indberetning_runde", kwargs={"aar": runde.aar})
        if runde.tilstand == Rundetilstand.KLADDE and runde.aabner and runde.aabner >= i_dag:
            yield Kommende(f"Indberetningen af takster for {runde.aar} åbner", runde.aabner, url)
        yield Kommende(f"Frist for takster {runde.aar}", runde.frist, url)
