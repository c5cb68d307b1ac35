"""How much of a municipality's agreement places the register can place on a *tilbud*, and what is "ikke fordelt".

Kinds of places (*pladsart*) are never added together, so only agreed places (*aftalte pladser*) are set against the
statement; what is known of other kinds is listed beside it. A number for a *tilbud* covers its departments, so a
department counts only where the *tilbud* above it has no number of that kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """A number of places with its lower and upper end; both equal when it is exact."""

    fra: int
    til: int

    def plus(self, andet: Interval) -> Interval:
        return Interval(self.fra + andet.fra, self.til + andet.til)

    def trukket_fra(self, antal: int) -> Interval:
        """`antal` less this interval; the ends change places."""
        return Interval(antal - self.til, antal - self.fra)


NUL = Interval(0, 0)


@dataclass(frozen=True, slots=True)
class Kendteplads:
    """What the register knows of one *tilbud* in one kind; `art` is None when the source does not say."""

    tilbud: int
    art: str | None
    antal: Interval
    er_eksempel: bool = False


@dataclass(frozen=True, slots=True)
class Artsum:
    """The known places of one kind in one municipality."""

    art: str | None
    tilbud: int
    antal: Interval
    heraf_eksempel: Interval


@dataclass(frozen=True, slots=True)
class Pladsfordeling:
    """The statement's agreement places against the register's, for one municipality of location."""

    # None: the statement does not name the municipality.
    opgjort: int | None
    # None: no tilbud has a number of the comparable kind.
    fordelt: Artsum | None
    andre_arter: tuple[Artsum, ...]
    tilbud_i_alt: int
    uden_pladser: int

    @property
    def ikke_fordelt(self) -> Interval | None:
        """Published places that no *tilbud* accounts for; negative when the register has more than the statement."""
        if self.opgjort is None or self.fordelt is None:
            return None
        return self.fordelt.antal.trukket_fra(self.opgjort)


def fordel(
    opgjort: int | None,
    tilbud: Sequence[int],
    pladser: Iterable[Kendteplads],
    *,
    art: str,
    overordnet: Mapping[int, int | None] | None = None,
) -> Pladsfordeling:
    """Set the statement against the *tilbud* of the municipality.

    `tilbud` are the ids that count, `overordnet` the *tilbud* above each, `art` the kind that is comparable.
    """
    kendte = [plads for plads in pladser if plads.tilbud in set(tilbud)]
    arter = list(dict.fromkeys(plads.art for plads in kendte))
    summer = {en: _sum(en, [plads for plads in kendte if plads.art == en], overordnet or {}) for en in arter}
    return Pladsfordeling(
        opgjort=opgjort,
        fordelt=summer.get(art),
        andre_arter=tuple(summen for en, summen in summer.items() if en != art),
        tilbud_i_alt=len(tilbud),
        uden_pladser=len(set(tilbud) - {plads.tilbud for plads in kendte}),
    )


def _sum(art: str | None, pladser: Sequence[Kendteplads], overordnet: Mapping[int, int | None]) -> Artsum:
    med_tal = {plads.tilbud for plads in pladser}
    talte = [plads for plads in pladser if not _daekket(plads.tilbud, med_tal, overordnet)]
    antal = eksempel = NUL
    for plads in talte:
        antal = antal.plus(plads.antal)
        if plads.er_eksempel:
            eksempel = eksempel.plus(plads.antal)
    return Artsum(art, len({plads.tilbud for plads in talte}), antal, eksempel)


def _daekket(tilbud: int, med_tal: set[int], overordnet: Mapping[int, int | None]) -> bool:
    """Is a *tilbud* further up counted with a number of the same kind?"""
    set_foer = {tilbud}
    over = overordnet.get(tilbud)
    while over is not None and over not in set_foer:
        if over in med_tal:
            return True
        set_foer.add(over)
        over = overordnet.get(over)
    return False
