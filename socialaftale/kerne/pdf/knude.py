"""The parts of a tag tree on its way: elements, pieces of marked content, link annotations."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pydyf

from socialaftale.kerne.pdf import roller


class Indhold(NamedTuple):
    """A piece of marked content on a page; ``maerke`` is WeasyPrint's own record, whose MCID is given last."""

    side: int
    maerke: dict[str, Any]


class Annotation(NamedTuple):
    """A link annotation on a page."""

    side: int
    objekt: pydyf.Dictionary


class Knude:
    """A structure element on its way."""

    __slots__ = ("boern", "foraelder", "i_indhold", "objekt", "ophav", "rolle")

    def __init__(self, rolle: str, foraelder: "Knude | None", ophav: object = None) -> None:
        self.rolle = rolle
        self.foraelder = foraelder
        self.ophav = ophav
        self.boern: list[Knude | Indhold | Annotation] = []
        self.i_indhold = foraelder is not None and foraelder.i_indhold
        self.objekt = pydyf.Dictionary({"S": f"/{rolle}"})

    def tilfoej(self, rolle: str, ophav: object = None, plads: int | None = None) -> "Knude":
        """A new child, last or at the given place."""
        barn = Knude(rolle, self, ophav)
        self.boern.insert(len(self.boern) if plads is None else plads, barn)
        return barn

    def beskaer(self) -> bool:
        """Drops children without content; answers whether anything is left of this element itself."""
        self.boern = [barn for barn in self.boern if not isinstance(barn, Knude) or barn.beskaer()]
        return bool(self.boern) or self.rolle in roller.BEHOLDES_TOMME

    def efterkommere(self) -> Iterator["Knude"]:
        """This element and all below it, in reading order."""
        yield self
        for barn in self.boern:
            if isinstance(barn, Knude):
                yield from barn.efterkommere()
