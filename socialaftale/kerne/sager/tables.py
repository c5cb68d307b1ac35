"""The list of cases."""

from __future__ import annotations

from django.utils.html import format_html

from socialaftale.kerne.models import Sag
from socialaftale.kerne.tables import Datokolonne, Kolonne, Tabel, Tilstandskolonne


class Sagstabel(Tabel):
    titel = "Sager"
    skjul_smal = ("indsendt", "virkning")

    nummer = Kolonne("Sag", order_by=("oprettet", "pk"))
    titel_ = Kolonne("Hvad den gælder", accessor="titel")
    driftsherre = Kolonne("Driftsherre", accessor="organisation__kortnavn", order_by=("organisation__raekkefoelge",))
    tilstand = Tilstandskolonne("Status")
    instans = Kolonne("Afgøres af", accessor="get_instans_display", order_by=("instans",))
    moede = Datokolonne("Møde", accessor="moededato")
    indsendt = Datokolonne("Indsendt", accessor="indsendt_tidspunkt")
    virkning = Datokolonne("Virkning fra", accessor="virkningsdato")

    class Meta:
        model = Sag
        fields: tuple[str, ...] = ()
        sequence = ("nummer", "titel_", "driftsherre", "tilstand", "instans", "moede", "indsendt", "virkning")
        order_by = "-nummer"

    def render_nummer(self, value: str, record: Sag) -> str:
        return format_html('<a class="ubrudt" href="{}">{}</a>', record.get_absolute_url(), value)

    def value_nummer(self, value: str) -> str:
        return value

    def render_titel_(self, value: str, record: Sag) -> str:
        return format_html("{}<small>{}</small>", value, record.artens_titel)

    def value_titel_(self, value: str) -> str:
        return value
