"""The field the bars of both bar charts stand in: label column, scale, grid lines and axis."""

from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.figurer import svg
from socialaftale.kerne.figurer.akse import Akse
from socialaftale.kerne.figurer.farver import DAEMPET, GITTER, MOERK
from socialaftale.kerne.figurer.talvisning import vis_tal
from socialaftale.kerne.figurer.tekstmaal import tekstbredde

NAVN_PX = 13.0
TAL_PX = 12.5
AKSE_PX = 12.0
_AFSTAND = 8.0
_NAVNELINJE_SMAL = 19.0
_AKSELINJE = 22.0
_TITELLINJE = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """Where the bars may be: `venstre` to `hoejre` is the scale; rows are `raekkehoejde` apart from `top` down.

    `smal` puts each name above its bars, so that a telephone's width is left to the bars.
    """

    akse: Akse
    smal: bool
    bredde: float
    venstre: float
    hoejre: float
    top: float
    soejlehoejde: float
    raekkehoejde: float
    antal_raekker: int

    @property
    def bund(self) -> float:
        return self.top + self.raekkehoejde * self.antal_raekker

    @property
    def hoejde(self) -> float:
        return self.bund + _AKSELINJE

    def laengde(self, vaerdi: Decimal | int) -> float:
        """Length of a bar."""
        return self.akse.andel(vaerdi) * (self.hoejre - self.venstre)

    def soejletop(self, nummer: int) -> float:
        """Top of the bars of a row, counted from 0."""
        raekketop = self.top + self.raekkehoejde * nummer
        luft = self.raekkehoejde - self.soejlehoejde
        return raekketop + (_NAVNELINJE_SMAL if self.smal else luft / 2)

    def raekkenavn(self, nummer: int, navn: str) -> str:
        if self.smal:
            return svg.tekst(self.venstre, self.soejletop(nummer) - 5, navn, font_size=NAVN_PX, fill=MOERK)
        midte = self.soejletop(nummer) + self.soejlehoejde / 2
        return svg.tekst(
            self.venstre - _AFSTAND, midte + NAVN_PX * 0.35, navn, font_size=NAVN_PX, fill=MOERK, text_anchor="end"
        )

    def ramme(self, *, decimaler: int, enhed: str, aksetitel: str) -> str:
        """Grid lines, tick labels and the axis title; drawn before the bars, which stand on top of the lines."""
        linjer, maerker = [], []
        for nummer, maerke in enumerate(self.akse.maerker):
            x = self.venstre + self.laengde(maerke)
            if nummer:
                linjer.append(svg.element("path", d=self._lodret(x)))
            anker = "middle"
            if self.smal and nummer == 0:
                anker = "start"
            elif x + tekstbredde(vis_tal(maerke, decimaler=decimaler), AKSE_PX) / 2 > self.bredde:
                anker = "end"
            maerker.append(
                svg.tekst(x, self.bund + 16, vis_tal(maerke, decimaler=decimaler, enhed=enhed), text_anchor=anker)
            )
        return "".join(
            (
                svg.element("g", *linjer, stroke=GITTER),
                svg.element("path", d=self._lodret(self.venstre), stroke=DAEMPET),
                svg.element("g", *maerker, fill=DAEMPET, font_size=AKSE_PX),
                svg.tekst(self.venstre, self.top - 8, aksetitel, fill=DAEMPET, font_size=AKSE_PX) if aksetitel else "",
            )
        )

    def _lodret(self, x: float) -> str:
        """Down through the field; in the narrow form only past the bars, since the names stand between them."""
        if not self.smal:
            return f"M{svg.tal(x)} {svg.tal(self.top)}V{svg.tal(self.bund)}"
        toppe = [self.soejletop(nummer) for nummer in range(self.antal_raekker)]
        return "".join(f"M{svg.tal(x)} {svg.tal(top - 3)}v{svg.tal(self.soejlehoejde + 6)}" for top in toppe)


def lav_felt(
    *,
    navne: list[str],
    soejlehoejde: float,
    luft: float,
    akse: Akse,
    bredde: float,
    smal: bool,
    plads_til_tal: float,
    plads_til_hoejre: float = 0,
    aksetitel: str = "",
    overskriftslinje: bool = False,
) -> Felt:
    """A field with room for the longest name at the left and the widest number behind a full bar at the right."""
    navnebredde = max(tekstbredde(navn, NAVN_PX) for navn in navne)
    venstre = 1.0 if smal else round(navnebredde + _AFSTAND + 2)
    hoejre = round(bredde - plads_til_tal - _AFSTAND - plads_til_hoejre)
    if hoejre - venstre < bredde / 5:
        raise ValueError("The labels leave no room for the bars")
    return Felt(
        akse=akse,
        smal=smal,
        bredde=bredde,
        venstre=venstre,
        hoejre=hoejre,
        top=(_TITELLINJE if aksetitel or overskriftslinje else 2.0) + (2 if smal else 0),
        soejlehoejde=soejlehoejde,
        raekkehoejde=soejlehoejde + (_NAVNELINJE_SMAL + luft / 2 if smal else luft),
        antal_raekker=len(navne),
    )
