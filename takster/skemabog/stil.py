"""How the cells and sheets of the workbook look: fonts, fills, borders, locks and print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter

from socialaftale.kerne.regneark import A4, TALFORMATER
from socialaftale.kerne.regneark import Art as Celleart
from takster.skemabog.kolonner import Art, Kolonne

OVERSKRIFTSRAEKKE = 4
_FORMATER = {
    Art.TEKST: TALFORMATER[Celleart.TEKST],
    Art.KR: TALFORMATER[Celleart.KR],
    Art.TAL: "#,##0.##",
    Art.HELTAL: TALFORMATER[Celleart.HELTAL],
    Art.DATO: TALFORMATER[Celleart.DATO],
}
_MOERK, _GRAA, _BLAA = (PatternFill("solid", fgColor=farve) for farve in ("FF14518B", "FFEDEDED", "FFE9F1F8"))
_STREG = Border(**{side: Side(style="thin", color="FFBFBFBF") for side in ("left", "right", "top", "bottom")})


class Stilark:
    """Cells of one sheet; each style is made once and copied, which is six times faster."""

    def __init__(self, ark: Any) -> None:
        self.ark = ark
        self._former: dict[tuple[Any, ...], Any] = {}

    def celle(self, vaerdi: Any, navn: tuple[Any, ...], stil: Callable[[], dict[str, Any]]) -> WriteOnlyCell:
        form = self._former.get(navn)
        if form is None:
            form = WriteOnlyCell(self.ark)
            for egenskab, indhold in stil().items():
                setattr(form, egenskab, indhold)
            self._former[navn] = form
        celle = WriteOnlyCell(self.ark)
        celle._style = copy(form._style)
        if vaerdi is not None:
            celle.value = vaerdi
            if isinstance(vaerdi, str):
                # Never a formula, whatever the text starts with.
                celle.data_type = "s"
        return celle

    def overskrift(self, tekst: str, *, hoejre: bool = False) -> WriteOnlyCell:
        def stil() -> dict[str, Any]:
            return {
                "font": Font(bold=True, color="FFFFFFFF"),
                "fill": _MOERK,
                "alignment": Alignment(wrap_text=True, vertical="top", horizontal="right" if hoejre else "left"),
            }

        return self.celle(tekst, ("overskrift", hoejre), stil)

    def tekst(self, tekst: str, **font: Any) -> WriteOnlyCell:
        return self.celle(tekst, ("tekst", *font.items()), lambda: {"font": Font(**font)})

    def felt(self, vaerdi: Any, kolonne: Kolonne, *, laast: bool) -> WriteOnlyCell:
        """A field, or a locked cell: grey, and blue where the figure is computed."""
        art, beregnet = kolonne.art, kolonne.er_beregnet

        def stil() -> dict[str, Any]:
            return {
                "number_format": _FORMATER.get(art, "General"),
                "protection": Protection(locked=laast),
                "border": _STREG,
                "alignment": Alignment(vertical="top", wrap_text=art == Art.TEKST),
                **({"fill": _BLAA if beregnet else _GRAA} if laast else {}),
            }

        return self.celle(vaerdi, ("felt", art, laast, beregnet), stil)

    def formel(self, formel: str | None, kolonne: Kolonne) -> WriteOnlyCell:
        celle = self.felt(None, kolonne, laast=True)
        celle.value = formel
        return celle


def opsaet(ark: Any, bredder: Sequence[int], *, frys: str, hoved: int, noeglekolonner: int) -> None:
    """Widths, frozen panes, print on A4 across with the heading repeated."""
    for nummer, bredde in enumerate(bredder, start=1):
        ark.column_dimensions[get_column_letter(nummer)].width = bredde
    ark.freeze_panes = frys
    ark.print_title_rows = f"{hoved}:{hoved}"
    ark.print_title_cols = f"A:{get_column_letter(noeglekolonner)}"
    ark.page_setup.orientation = "landscape"
    ark.page_setup.paperSize = A4
    ark.page_setup.fitToHeight = 0
    ark.page_setup.fitToWidth = max(1, round(sum(bredder) / 220))
    ark.sheet_properties.pageSetUpPr.fitToPage = True
    ark.oddFooter.center.text = "&A, side &P af &N"


def beskyt(ark: Any) -> None:
    """Locked cells cannot be typed in; widths, filters and hiding stay the user's own. There is no password."""
    ark.protection.sheet = True
    ark.protection.formatColumns = False
    ark.protection.formatRows = False
    ark.protection.autoFilter = False
