"""The key (*signatur*) of a figure: names and small swatches, kept outside the drawing so that it can wrap."""

from collections.abc import Sequence
from dataclasses import dataclass

from socialaftale.kerne.figurer import svg
from socialaftale.kerne.figurer.farver import KANT, Moenster, defs, fyld
from socialaftale.kerne.figurer.klasser import Klasser
from socialaftale.kerne.figurer.serier import Serie

_BREDDE = 20.0
_HOEJDE = 16.0


@dataclass(frozen=True, slots=True)
class Signaturpost:
    """One entry: its text and the swatch (*prøve*), which is decoration, since the text says it all."""

    navn: str
    svg: svg.Svg


def signatur(serier: Sequence[Serie], *, id_praefiks: str) -> tuple[Signaturpost, ...]:
    """The key of a bar chart. The prefix must differ from the chart's own when both stand on one page."""
    return tuple(
        _moensterpost(serie.navn, serie.moenster, f"{id_praefiks}-{nummer}")
        for nummer, serie in enumerate(serier, start=1)
    )


def klassesignatur(klasser: Klasser, *, id_praefiks: str, med_ukendt: bool = False) -> tuple[Signaturpost, ...]:
    """The key of a map, with "Ikke oplyst" last when some value is unknown."""
    poster = tuple(
        Signaturpost(etiket, _felt(farve)) for etiket, farve in zip(klasser.etiketter(), klasser.farver, strict=True)
    )
    if med_ukendt:
        poster += (_moensterpost("Ikke oplyst", Moenster.UKENDT, id_praefiks),)
    return poster


def _moensterpost(navn: str, moenster: Moenster, id_praefiks: str) -> Signaturpost:
    return Signaturpost(navn, _felt(fyld(moenster, id_praefiks), defs([moenster], id_praefiks)))


def _felt(farve: str, definitioner: str = "") -> svg.Svg:
    return svg.Svg(
        svg.element(
            "svg",
            # screen readers pass over it on a page; a PDF demands a name of every drawing
            svg.titel("Farveprøve"),
            svg.element("defs", definitioner) if definitioner else "",
            svg.element("rect", x=0.5, y=0.5, width=_BREDDE - 1, height=_HOEJDE - 1, fill=farve, stroke=KANT),
            xmlns="http://www.w3.org/2000/svg",
            class_="ns-figur__proeve",
            aria_hidden="true",
            focusable="false",
            width=_BREDDE,
            height=_HOEJDE,
            viewBox=f"0 0 {svg.tal(_BREDDE)} {svg.tal(_HOEJDE)}",
        )
    )
