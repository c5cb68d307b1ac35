"""What somebody who can add and subtract works out from what is shown of a table with totals.

The question is put to an integer program (HiGHS): every shown count is given, every total is the sum of its parts,
and of one not shown the reader knows what our rules say: a band is "1 to the limit", and one hidden for another's
sake is no small one. The least and the greatest value that still fit is what the reader knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from udmeldinger.beregning.celler import Celle, Visning, er_smaat

# What adds up: a total and its parts, by key. A total may stand in several: of its columns, and of its years.
Summer = Iterable[tuple[str, Sequence[str]]]


class Laeser:
    """A reader of a table. `ser` shows them a count in another way, `spaend` asks what they know of one.

    A total whose parts are not all in the table is no knowledge. A hidden count
    is nought or above the limit; a total, or one that is small all the same, can be anything.
    """

    def __init__(self, celler: Sequence[Celle], summer: Summer, *, graense: int) -> None:
        # HiGHS brings numpy: a quarter of a second that only those who publish counts should pay.
        import highspy

        self.graense = graense
        self.antal = {celle.noegle: celle.antal for celle in celler}
        summer = list(summer)
        self._hvad_som_helst = {i_alt for i_alt, _ in summer}
        self._hvad_som_helst |= {noegle for noegle, antal in self.antal.items() if er_smaat(antal, graense)}
        # Beyond every count: a reader knows no upper limit, and a program wants one.
        self._loft = 2 * sum(self.antal.values()) + 10 * (graense + 1)
        self._uendelig = highspy.kHighsInf
        self._loest = highspy.HighsModelStatus.kOptimal
        self._model = model = highspy.Highs()
        model.silent()
        # One thread: a web process shares its cores with its neighbours.
        model.setOptionValue("parallel", "off")
        self._tal: dict[str, Any] = {noegle: model.addIntegral(0, self._loft) for noegle in self.antal}
        self._graenser = dict.fromkeys(self.antal, (0, self._loft))
        # For hidden counts: 1 when above the limit, 0 when nought. The two rows bind the count to it.
        self._stor: dict[str, Any] = {noegle: model.addBinary() for noegle in self.antal}
        # Rows with bounds of our own choice: how an expression is turned around is the library's business.
        self._nedre = {noegle: self._raekke(noegle, graense + 1) for noegle in self.antal}
        self._oevre = {noegle: self._raekke(noegle, self._loft) for noegle in self.antal}
        for i_alt, dele in summer:
            if i_alt in self._tal and dele and all(noegle in self._tal for noegle in dele):
                model.addConstr(model.qsum([self._tal[noegle] for noegle in dele]) == self._tal[i_alt])

    def _raekke(self, noegle: str, faktor: int) -> int:
        """The number of a new row: the count less `faktor` when it is above the limit."""
        soejler = [self._tal[noegle].index, self._stor[noegle].index]
        self._model.addRow(-self._uendelig, self._uendelig, 2, soejler, [1, -faktor])
        return self._model.getNumRow() - 1

    def ser(self, noegle: str, visning: Visning) -> None:
        """From now on the count is shown like this."""
        self._graenser[noegle] = {
            Visning.VIS: (self.antal[noegle],) * 2,
            Visning.BAAND: (1, self.graense),
            Visning.SKJUL: (0, self._loft),
        }[visning]
        self._model.changeColBounds(self._tal[noegle].index, *self._graenser[noegle])
        bundet = visning is Visning.SKJUL and noegle not in self._hvad_som_helst
        self._model.changeRowBounds(self._nedre[noegle], 0 if bundet else -self._uendelig, self._uendelig)
        self._model.changeRowBounds(self._oevre[noegle], -self._uendelig, 0 if bundet else self._uendelig)

    def spaend(self, noegle: str) -> tuple[int, int]:
        """The least and the greatest value the count can have, as far as the reader can tell.

        The table itself always fits what is shown of it.
        """
        ender = []
        for loes in (self._model.minimize, self._model.maximize):
            loes(self._tal[noegle])
            ender.append(round(self._model.getInfo().objective_function_value))
        return ender[0], ender[1]

    def kender(self, noegle: str) -> bool:
        """Can the reader tell more of a small count than that it may be any from 1 to the limit?"""
        return not all(self._er_mulig(noegle, vaerdi) for vaerdi in range(1, self.graense + 1))

    def _er_mulig(self, noegle: str, vaerdi: int) -> bool:
        """Does a table exist that fits what is shown and holds this value?"""
        soejle = self._tal[noegle].index
        mindst, hoejst = self._graenser[noegle]
        if not mindst <= vaerdi <= hoejst:
            return False
        self._model.changeColBounds(soejle, vaerdi, vaerdi)
        self._model.run()
        mulig = self._model.getModelStatus() == self._loest
        self._model.changeColBounds(soejle, mindst, hoejst)
        return mulig


def afsloerede(celler: Sequence[Celle], vist: Mapping[str, Visning], *, graense: int, summer: Summer) -> list[str]:
    """The small counts nobody ticked that are shown, or that a reader can tell or narrow from the rest."""
    smaa = [celle.noegle for celle in celler if celle.er_foelsom(graense)]
    if not smaa:
        return []
    laeser = Laeser(celler, summer, graense=graense)
    for noegle in laeser.antal:
        laeser.ser(noegle, vist[noegle])
    return [noegle for noegle in smaa if vist[noegle] is Visning.VIS or laeser.kender(noegle)]
