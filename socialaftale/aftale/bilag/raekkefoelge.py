"""The order of annexes: groups in the order they came, annexes within their group; the numbers follow."""

from __future__ import annotations

from collections.abc import Sequence

from socialaftale.aftale.bilag.models import Bilag


def i_grupper(raekker: Sequence[Bilag]) -> list[Bilag]:
    """The same annexes with those of a group together, at the place of its first."""
    grupper = list(dict.fromkeys(bilag.gruppe for bilag in raekker))
    return sorted(raekker, key=lambda bilag: grupper.index(bilag.gruppe))


def flyttet(raekker: Sequence[Bilag], pk: int, skridt: int) -> list[Bilag] | None:
    """The order after a move one up (-1) or down (1); None at the end of the list.

    At the end of its group an annex takes the group along, past the next one.
    """
    ordnet = i_grupper(raekker)
    fra = next(plads for plads, bilag in enumerate(ordnet) if bilag.pk == pk)
    til = fra + skridt
    if not 0 <= til < len(ordnet):
        return None
    if ordnet[til].gruppe == ordnet[fra].gruppe:
        ordnet[fra], ordnet[til] = ordnet[til], ordnet[fra]
        return ordnet
    grupper = list(dict.fromkeys(bilag.gruppe for bilag in ordnet))
    plads = grupper.index(ordnet[fra].gruppe)
    grupper[plads], grupper[plads + skridt] = grupper[plads + skridt], grupper[plads]
    return sorted(ordnet, key=lambda bilag: grupper.index(bilag.gruppe))
