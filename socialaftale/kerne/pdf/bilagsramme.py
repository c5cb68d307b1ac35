"""The frame of an annex made elsewhere: page sizes as CSS, for `dokumenter/bilagsramme.html`."""

from collections.abc import Sequence

from socialaftale.kerne.pdf.fremmed import STEMPELHOEJDE, Sidemaal


def rammer(maal: Sequence[Sidemaal]) -> tuple[list[str], str]:
    """A name per page, and the style that gives each name its size with head and foot in the outermost margin."""
    navne: dict[Sidemaal, str] = {}
    for side in maal:
        navne.setdefault(side, f"ramme-{len(navne) + 1}")
    return [navne[side] for side in maal], "\n".join(_css(navn, side) for side, navn in navne.items())


def _css(navn: str, side: Sidemaal) -> str:
    margen = min(56.0, side.bredde / 10)
    bokse = "".join(
        f"@{sted} {{ width: {bredde}; margin: 0; padding: 0; border: 0; vertical-align: middle; "
        f"font-size: 7.5pt; {indhold} }}"
        for sted, bredde, indhold in (
            ("top-left", "100%", "content: string(kapitel);"),
            ("bottom-left", "60%", ""),
            ("bottom-right", "40%", ""),
        )
    )
    papir = f"size: {side.bredde:g}pt {side.hoejde:g}pt; margin: {STEMPELHOEJDE:g}pt {margen:g}pt"
    return f".{navn} {{ page: {navn}; }}\n@page {navn} {{ {papir}; {bokse} }}"
