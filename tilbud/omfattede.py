"""The *tilbud* an agreement covers, as its annex and the library list them."""

from __future__ import annotations

from django.db.models import F

from tilbud.models import Tilbud
from tilbud.models.plads import seneste_pladser
from tilbud.visning import UKENDT, plads_i_ord


def periodens_aar(periode: str) -> int:
    """The year the list of a period is made for: the first."""
    return int(periode.partition("-")[0])


def omfattede(aar: int) -> list[Tilbud]:
    """Published *tilbud* covered in the year, by driftsherre in the agreement's order, then by name (T1-T3).

    The newest statement up to and including the year decides; five queries whatever their number.
    """
    tilbud = Tilbud.objects.offentliggjorte().til_liste().i_socialaftalen(aar)
    driftsherre = [F(f"driftsherre__{felt}").asc(nulls_last=True) for felt in ("raekkefoelge", "navn")]
    return list(tilbud.order_by(*driftsherre, "navn", "pk"))


def pladser_i_ord(tilbud: Tilbud) -> str:
    """The newest places with kind, year and source; takes prefetched rows."""
    return "; ".join(plads_i_ord(plads) for plads in seneste_pladser(tilbud.pladser.all())) or UKENDT
