"""What the front page says about the work on a draft: answers owed in a hearing, answers missing, open comments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from socialaftale.aftale.eksterne.brug import gamle_i_udkast
from socialaftale.aftale.enums import UNDER_ARBEJDE
from socialaftale.aftale.hoering.enums import Hoeringstilstand, Svartilstand
from socialaftale.aftale.hoering.models import Hoering, Hoeringssvar
from socialaftale.aftale.hoering.roller import kan_skrive
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.registre import Naesteskridt
from socialaftale.kerne.tekst.kommentarer import Kommentar, Kommentartilstand


def skridt(adgang: Adgang, i_dag: dt.date) -> Iterator[Naesteskridt]:
    if adgang.er_sekretariat:
        yield from _hoeringer(i_dag)
    elif adgang.organisation is not None and kan_skrive(adgang, adgang.organisation):
        yield from _egne_svar(adgang, i_dag)


def _egne_svar(adgang: Adgang, i_dag: dt.date) -> Iterator[Naesteskridt]:
    skyldige = (
        Hoeringssvar.objects.synlige_for(adgang)
        .mangler()
        .filter(hoering__tilstand=Hoeringstilstand.AABEN)
        .select_related("hoering__aftale", "hoering__navngivet")
    )
    for svar in skyldige:
        hoering = svar.hoering
        yield Naesteskridt(
            f"høringssvar mangler: {hoering.aftale}, {hoering.navngivet}",
            1,
            hoering.get_absolute_url(),
            frist=hoering.frist,
            haster=hoering.er_overskredet(i_dag),
        )


def _hoeringer(i_dag: dt.date) -> Iterator[Naesteskridt]:
    """Who has not answered; when all have or the deadline has passed, the hearing waits to be closed."""
    aabne = (
        Hoering.objects.filter(tilstand=Hoeringstilstand.AABEN)
        .select_related("aftale", "navngivet")
        .annotate(mangler=Count("svar", filter=~Q(svar__tilstand=Svartilstand.INDSENDT)))
    )
    for hoering in aabne:
        hvad = "høringssvar mangler" if hoering.mangler else "høring kan lukkes"
        yield Naesteskridt(
            f"{hvad}: {hoering.aftale}",
            hoering.mangler or 1,
            hoering.get_absolute_url(),
            frist=hoering.frist,
            haster=hoering.er_overskredet(i_dag),
        )


def aabne_kommentarer() -> Subquery:
    """The number of open comments on the chapters of an agreement, None for none: for the query that lists them."""
    aabne = Kommentar.objects.filter(
        kapitel__tekst=OuterRef("tekst"), kapitel__fjernet=None, tilstand=Kommentartilstand.AABEN
    )
    return Subquery(aabne.order_by().values("kapitel__tekst").annotate(antal=Count("pk")).values("antal"))


def kommentarskridt(aftaler: Iterable[Aftale]) -> Iterator[Naesteskridt]:
    """Open comments on drafts; `aabne` is on each, see `aabne_kommentarer`."""
    for aftale in (en for en in aftaler if en.tilstand in UNDER_ARBEJDE and en.aabne):
        yield Naesteskridt(
            f"{'åben kommentar' if aftale.aabne == 1 else 'åbne kommentarer'} til {aftale}",
            aftale.aabne,
            reverse("aftale:kommentarer", args=(aftale.periode,)),
        )


def gamle_tal(i_dag: dt.date) -> Iterator[Naesteskridt]:
    """Other people's figures in drafts that have grown old."""
    antal = len(gamle_i_udkast(i_dag.year))
    if antal:
        hvad = "eksternt tal i udkast er for gammelt" if antal == 1 else "eksterne tal i udkast er for gamle"
        yield Naesteskridt(hvad, antal, reverse("aftale:eksterne_tal", query={"alder": "ja"}))
