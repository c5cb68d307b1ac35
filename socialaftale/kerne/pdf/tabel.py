"""A wide table of an annex: columns, groups of rows, and the style that goes with them.

Used by ``dokumenter/tabelbilag.html``, among others for the takstbilag with a group per driftsherre. The name of the
group is a row of its own and a bookmark, so it needs no column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from socialaftale.kerne.pdf.indhold import anker
from socialaftale.kerne.pdf.stil import kolonnebredder


@dataclass(frozen=True)
class Kolonne:
    """A column; ``bredde`` is its share of the width, ``tal`` aligns it as numbers."""

    titel: str
    bredde: float
    tal: bool = False


@dataclass(frozen=True)
class Raekke:
    """A row, ready for the template: each cell with its column."""

    celler: tuple[tuple[str, Kolonne], ...]


@dataclass(frozen=True)
class Gruppe:
    """Rows under one heading."""

    titel: str
    anker: str
    raekker: tuple[Raekke, ...]


class Tabel:
    """The table as the template reads it; the first cell of each row is its heading."""

    def __init__(
        self,
        titel: str,
        kolonner: Sequence[Kolonne],
        grupper: Sequence[tuple[str, Sequence[Sequence[str]]]],
        *,
        indledning: Sequence[str] = (),
        kilde: str = "",
        klasse: str = "tabelbilag",
    ) -> None:
        self.titel = titel
        self.kolonner = tuple(kolonner)
        self.indledning = tuple(indledning)
        self.kilde = kilde
        self.klasse = klasse
        self.grupper = tuple(self._grupper(grupper))

    def _grupper(self, grupper: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> Iterator[Gruppe]:
        optaget: set[str] = {"tabel"}
        for titel, raekker in grupper:
            navn = anker(titel, optaget)
            optaget.add(navn)
            yield Gruppe(
                titel, navn, tuple(Raekke(tuple(zip(celler, self.kolonner, strict=True))) for celler in raekker)
            )

    @property
    def css(self) -> str:
        """The widths of the columns, for ``byg_fra_skabelon(css=...)``."""
        return kolonnebredder(self.klasse, [kolonne.bredde for kolonne in self.kolonner])
