"""Where a page made elsewhere has ink: whether there is room for a running head and a page number of ours."""

from collections.abc import Iterable

import pikepdf
from pikepdf import Matrix, Name

STREGER = {"m": 1, "l": 1, "c": 3, "v": 2, "y": 2}
MALER = frozenset(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s"])
TEKST = frozenset(["Tj", "TJ", "'", '"'])
Kasse = tuple[float, float, float, float]


def lodret_udstraekning(side: pikepdf.Page) -> tuple[float, float] | None:
    """The lowest and the highest ink of a page in points of its own space; None for an empty page.

    Letters reach a little below their line and one size above it; images and forms count with their whole box.
    """
    laesning = _Laesning(side.resources)
    laesning.laes(pikepdf.parse_content_stream(side))
    return (min(laesning.ys), max(laesning.ys)) if laesning.ys else None


class _Laesning:
    def __init__(self, ressourcer: pikepdf.Object, start: Matrix | None = None) -> None:
        self.ressourcer = ressourcer
        self.ctm = start or Matrix()
        self.stak: list[Matrix] = []
        self.linje = Matrix()
        self.linjeafstand = 0.0
        self.stoerrelse = 0.0
        self.sti: list[float] = []
        self.ys: list[float] = []

    def laes(self, ordrer: Iterable) -> None:
        for ordre in ordrer:
            if isinstance(ordre, pikepdf.ContentStreamInlineImage):
                self._kasse((0, 0, 1, 1), self.ctm)
            else:
                self._ordre(str(ordre.operator), ordre.operands)

    def _ordre(self, navn: str, tal: pikepdf.Object) -> None:
        if navn == "q":
            self.stak.append(self.ctm)
        elif navn == "Q":
            self.ctm = self.stak.pop() if self.stak else self.ctm
        elif navn == "cm":
            self.ctm = Matrix(*map(float, tal)) @ self.ctm
        elif navn == "BT":
            self.linje = Matrix()
        elif navn == "Tm":
            self.linje = Matrix(*map(float, tal))
        elif navn in ("Td", "TD"):
            if navn == "TD":
                self.linjeafstand = -float(tal[1])
            self._flyt(float(tal[0]), float(tal[1]))
        elif navn == "TL":
            self.linjeafstand = float(tal[0])
        elif navn == "Tf":
            self.stoerrelse = float(tal[1])
        elif navn == "T*":
            self._flyt(0, -self.linjeafstand)
        elif navn in TEKST:
            if navn in ("'", '"'):
                self._flyt(0, -self.linjeafstand)
            self._kasse((0, -0.25 * self.stoerrelse, 0, self.stoerrelse), self.linje @ self.ctm)
        elif navn == "Do":
            self._form(str(tal[0]))
        else:
            self._streg(navn, [float(et) for et in tal] if navn in (*STREGER, "re") else [])

    def _flyt(self, x: float, y: float) -> None:
        self.linje = Matrix(1, 0, 0, 1, x, y) @ self.linje

    def _streg(self, navn: str, tal: list[float]) -> None:
        if navn == "re":
            x, y, bredde, hoejde = tal
            self.sti += [self._y(x + b, y + h) for b in (0, bredde) for h in (0, hoejde)]
        elif navn in STREGER:
            self.sti += [self._y(tal[plads], tal[plads + 1]) for plads in range(0, len(tal), 2)]
        elif navn in MALER:
            self.ys += self.sti
            self.sti = []
        elif navn == "n":
            self.sti = []
        elif navn == "sh":
            # A shading fills whatever is not clipped away.
            self.ys += [float("-inf"), float("inf")]

    def _form(self, navn: str) -> None:
        objekt = self.ressourcer.get("/XObject", {}).get(navn, None)
        if objekt is None:
            return
        if objekt.get("/Subtype", None) == Name.Form:
            x1, y1, x2, y2 = (float(et) for et in objekt.BBox)
            self._kasse((x1, y1, x2, y2), Matrix(*map(float, objekt.get("/Matrix", (1, 0, 0, 1, 0, 0)))) @ self.ctm)
        else:
            self._kasse((0, 0, 1, 1), self.ctm)

    def _kasse(self, kasse: Kasse, matrix: Matrix) -> None:
        x1, y1, x2, y2 = kasse
        self.ys += [matrix.transform((x, y))[1] for x in (x1, x2) for y in (y1, y2)]

    def _y(self, x: float, y: float) -> float:
        return self.ctm.transform((x, y))[1]
