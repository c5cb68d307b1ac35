"""Where there is land on a drawn map: the areas cut in horizontal lines, for quick questions about room for labels."""

import math
from collections.abc import Iterable, Iterator

from socialaftale.kerne.figurer.geo import FladtOmraade, Punkt

TRIN = 2.0

Stykker = list[Punkt]
"""Stretches of a line, each from x to x."""


class Landrum:
    """Every area as stretches of land on lines `TRIN` units apart; line j lies at (j + ½) × `TRIN`."""

    def __init__(self, omraader: tuple[FladtOmraade, ...], bredde: float, hoejde: float) -> None:
        self.bredde = bredde
        self.hoejde = hoejde
        self.antal = math.ceil(hoejde / TRIN)
        self.land = {omraade.kode: self._linjer(omraade) for omraade in omraader}
        self.alt_land = [
            samlet(stykke for linjer in self.land.values() for stykke in linjer[j]) for j in range(self.antal)
        ]

    def _linjer(self, omraade: FladtOmraade) -> list[Stykker]:
        skaeringer: list[list[float]] = [[] for _ in range(self.antal)]
        for ring in omraade.ringe:
            for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
                (x1, y1), (x2, y2) = (a, b) if a[1] <= b[1] else (b, a)
                for j in range(max(0, math.ceil(y1 / TRIN - 0.5)), self.antal):
                    y = (j + 0.5) * TRIN
                    if y >= y2:
                        break
                    skaeringer[j].append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
        return [list(zip(linje[::2], linje[1::2], strict=True)) for linje in map(sorted, skaeringer)]

    def linjer(self, top: float, bund: float) -> range:
        """The lines between two heights, at least one."""
        foerste = min(max(0, math.ceil(top / TRIN - 0.5)), self.antal - 1)
        return range(foerste, max(foerste + 1, min(self.antal, math.ceil(bund / TRIN - 0.5))))

    def har_land(self, kode: str) -> bool:
        """Whether the area is large enough for a line to meet it."""
        return any(self.land[kode])

    def udstraekning(self, kode: str) -> tuple[int, int]:
        """First and last line on which the area has land."""
        numre = [nummer for nummer, linje in enumerate(self.land[kode]) if linje]
        return numre[0], numre[-1]

    def faelles(self, kode: str, top: float, bund: float) -> Stykker:
        """The stretches that are the area's own land all the way from top to bottom."""
        linjer = self.land[kode]
        numre = self.linjer(top, bund)
        fundne = linjer[numre[0]]
        for nummer in numre[1:]:
            fundne = overlap(fundne, linjer[nummer])
        return fundne

    def er_frit(self, venstre: float, top: float, hoejre: float, bund: float) -> bool:
        """Whether a rectangle is on the drawing and touches no land."""
        if venstre < 0 or top < 0 or hoejre > self.bredde or bund > self.hoejde:
            return False
        return not any(
            fra < hoejre and til > venstre for nummer in self.linjer(top, bund) for fra, til in self.alt_land[nummer]
        )

    def er_i(self, kode: str, punkt: Punkt) -> bool:
        nummer = self.linjer(punkt[1], punkt[1])[0]
        return any(fra <= punkt[0] <= til for fra, til in self.land[kode][nummer])

    def fremmed_paa_vejen(self, kode: str, vej: list[Punkt]) -> int:
        """How many of the points lie in other areas."""
        return sum(any(self.er_i(anden, punkt) for anden in self.land if anden != kode) for punkt in vej)

    def tyngdepunkt(self, kode: str) -> Punkt:
        """The area's centre of mass, which need not lie in it."""
        dele = list(self._med_vaegt(kode))
        vaegt = sum(laengde for laengde, _, _ in dele)
        return sum(v * x for v, x, _ in dele) / vaegt, sum(v * y for v, _, y in dele) / vaegt

    def bredeste_snit(self, kode: str) -> Punkt:
        """A point well inside the area: the middle of its longest stretch."""
        _, x, y = max(self._med_vaegt(kode), key=lambda stykke: (round(stykke[0], 3), -stykke[2]))
        return x, y

    def _med_vaegt(self, kode: str) -> Iterator[tuple[float, float, float]]:
        for nummer, linje in enumerate(self.land[kode]):
            for fra, til in linje:
                yield til - fra, (fra + til) / 2, (nummer + 0.5) * TRIN


def overlap(ene: Stykker, andre: Stykker) -> Stykker:
    """The stretches two sets of stretches share."""
    return [(max(a[0], b[0]), min(a[1], b[1])) for a in ene for b in andre if max(a[0], b[0]) < min(a[1], b[1])]


def samlet(stykker: Iterable[Punkt]) -> Stykker:
    """The same land in as few stretches as possible; a gap too small for any label is none."""
    resultat: Stykker = []
    for fra, til in sorted(stykker):
        if resultat and fra <= resultat[-1][1] + 1:
            resultat[-1] = resultat[-1][0], max(til, resultat[-1][1])
        else:
            resultat.append((fra, til))
    return resultat
