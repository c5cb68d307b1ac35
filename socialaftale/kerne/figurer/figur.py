"""A figure with everything around it, as the template `komponenter/figur.html` shows it."""

from dataclasses import dataclass

from socialaftale.kerne.figurer.signatur import Signaturpost
from socialaftale.kerne.figurer.svg import Svg


@dataclass(frozen=True, slots=True, kw_only=True)
class Figur:
    """A drawing, the finding (*fund*) as its caption, its key, its source, and the way to the same figures in a table.

    `svg_smal` is the version for narrow screens, shown instead of `svg` below 768 px; PDFs leave it out. `kilde` is
    the text after "Kilde:"; `kort_kilde` the credit of the borders, which stands with `svg` only. No full stops.
    """

    id: str
    fund: str
    svg: Svg
    svg_smal: Svg | None = None
    signatur: tuple[Signaturpost, ...] = ()
    kilde: str = ""
    kort_kilde: str = ""
    tabel_adresse: str = ""
    tabel_tekst: str = "Se tallene i en tabel"
