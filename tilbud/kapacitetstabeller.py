"""The sortable table of places per municipality."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from socialaftale.kerne.tables import Kolonne, Procentkolonne, Tabel, Talkolonne
from socialaftale.kerne.templatetags import dansk
from tilbud.beregning.kapacitet import Kommunetal, Opgoerelse, Serie
from tilbud.kapacitetstekster import KORTE_SERIENAVNE


class _Seriekolonne(Talkolonne):
    """The places of one series, with the sum at the foot."""

    def __init__(self, navn: str) -> None:
        self.navn = navn
        overskrift = "I alt" if navn == "i_alt" else KORTE_SERIENAVNE[Serie(navn)]
        super().__init__(verbose_name=overskrift, accessor=f"pladser__{navn}")

    def render_footer(self, table: Pladstabel) -> str:
        return dansk.tal(getattr(table.opgoerelse.i_alt, self.navn), 0)


class _Andelskolonne(Procentkolonne):
    def render_footer(self, table: Pladstabel) -> str:
        return dansk.tal(table.opgoerelse.i_alt.andel_pct, 1)


class Pladstabel(Tabel):
    """The municipalities of a statement, in its own order until a heading is chosen."""

    navn = Kolonne(verbose_name="Kommune", order_by="nummer", footer="I alt")
    kommunale = _Seriekolonne("kommunale")
    private = _Seriekolonne("private")
    socialaftale = _Seriekolonne("socialaftale")
    i_alt = _Seriekolonne("i_alt")
    andel = _Andelskolonne(verbose_name="Andel i socialaftalen (%)", accessor="pladser__andel_pct")

    titel = "Pladser pr. beliggenhedskommune"
    # Rows of figures to compare: they scroll on narrow screens instead of falling apart.
    css_klasse = "table table--compact"

    def __init__(self, opgoerelse: Opgoerelse) -> None:
        self.opgoerelse = opgoerelse
        super().__init__(list(opgoerelse.kommuner))

    @property
    def kommuner(self) -> list[Kommunetal]:
        """The rows in the order they are shown."""
        return list(self.data.data)

    def render_navn(self, record: Kommunetal) -> SafeString:
        url = reverse(
            "tilbud:kapacitet_kommune", kwargs={"slug": record.slug}, query={"periode": self.opgoerelse.periode}
        )
        return format_html('<a href="{}">{}</a>', url, record.navn)
