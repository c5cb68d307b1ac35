"""The lists of the tariff app."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html

from socialaftale.kerne.tables import (
    Aendringskolonne,
    Beloebkolonne,
    Datokolonne,
    Kolonne,
    Procentkolonne,
    Tabel,
    Talkolonne,
    Tilstandskolonne,
)
from socialaftale.kerne.templatetags import dansk
from takster import listetal
from takster.beregning.regulering import PlSats
from takster.enums import Skematilstand
from takster.models import Indberetning, Takst, Takstskema
from takster.opslag import hent_beloeb
from takster.takstraekker import INDIVIDUEL, note
from tilbud.enums import Taksttype

# The id of the form that the boxes of `Driftsherretabel` belong to.
VALGFORMULAR = "valgte"


class Skematabel(Tabel):
    """Takstskemaer with status, how much is filled in, and the tariff as it stands."""

    titel = "Takstskemaer"
    skjul_smal = ("gemt", "udfyldt")

    tilbud = Kolonne("Tilbud", accessor="ydelse__tilbud__navn", order_by=("ydelse__tilbud__navn", "ydelse__navn"))
    ydelse = Kolonne("Ydelse", accessor="ydelse__navn")
    driftsherre = Kolonne(
        "Driftsherre",
        accessor="indberetning__driftsherre__navn",
        order_by=("indberetning__driftsherre__raekkefoelge",),
    )
    tilstand = Tilstandskolonne("Status")
    udfyldt = Kolonne("Udfyldt", empty_values=(), orderable=False)
    takst = Beloebkolonne("Takst (kr.)", empty_values=(), orderable=False)
    aendring = Aendringskolonne("Ændring (%)", empty_values=(), orderable=False)
    gemt = Datokolonne("Senest gemt", accessor="gemt_tidspunkt")

    class Meta:
        model = Takstskema
        fields = ("tilbud", "ydelse", "driftsherre", "tilstand", "udfyldt", "takst", "aendring", "gemt")
        order_by = ("tilbud",)

    def __init__(self, *args: Any, satser: tuple[PlSats, ...] = (), **kwargs: Any) -> None:
        self.satser = satser
        self._regler = listetal.Regelopslag()
        self._seneste: tuple[Takstskema, Decimal | None] | None = None
        super().__init__(*args, **kwargs)

    @cached_property
    def _skemaer(self) -> dict[int, Takstskema]:
        """The forms of the page, or of all rows of an export, with their lines."""
        skemaer = {raekke.record.pk: raekke.record for raekke in self.paginated_rows}
        hent_beloeb(skemaer.values())
        return skemaer

    @cached_property
    def reguleringer(self) -> dict[int, Decimal]:
        """T48: the line of earlier years."""
        return listetal.reguleringer_af(self._skemaer.values())

    def _takst(self, skema: Takstskema) -> Decimal | None:
        regulering = self.reguleringer.get(skema.pk, Decimal(0))
        return listetal.takst_af(self._skemaer[skema.pk], regulering, self._regler)

    def render_tilbud(self, value: str, record: Takstskema) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), value)

    def value_tilbud(self, value: str) -> str:
        return value

    def render_udfyldt(self, record: Takstskema) -> str:
        return self.value_udfyldt(record)

    def value_udfyldt(self, record: Takstskema) -> str:
        if record.taksttype == Taksttype.INDIVIDUEL:
            return "Intet at udfylde"
        if record.taksttype == Taksttype.TILLAEG:
            return "Ikke begyndt" if self._takst(record) is None else "Prisen"
        antal = len(self._skemaer[record.pk].beloeb())
        return f"{dansk.antal(antal, 'linje,linjer')}" if antal else "Ikke begyndt"

    def render_takst(self, record: Takstskema) -> str:
        if record.taksttype == Taksttype.INDIVIDUEL:
            return "Individuelt"
        return dansk.kr(self.value_takst(record))

    def value_takst(self, record: Takstskema) -> Decimal | None:
        """Computed once a row: the next column compares it with last year's."""
        if self._seneste is None or self._seneste[0] is not record:
            self._seneste = (record, self._takst(record))
        return self._seneste[1]

    def render_aendring(self, record: Takstskema) -> str:
        return dansk.aendring(self.value_aendring(record))

    def value_aendring(self, record: Takstskema) -> Decimal | None:
        return listetal.aendring_af(record, self.value_takst(record), self.satser)


class Driftsherretabel(Tabel):
    """How far each driftsherre is in a round; every count leads to just those forms."""

    titel = "Driftsherrer"
    css_klasse = f"{Tabel.css_klasse} smalle-kolonner"
    skjul_smal = ("offentliggjort", "rykket")

    driftsherre = Kolonne("Driftsherre", accessor="driftsherre__kortnavn", order_by=("driftsherre__raekkefoelge",))
    antal = Talkolonne("Skemaer")
    kladde = Talkolonne("Kladde")
    sendt_retur = Talkolonne("Sendt retur")
    indsendt = Talkolonne("Indsendt")
    godkendt = Talkolonne("Godkendt")
    offentliggjort = Talkolonne("Offentliggjort")
    andel = Procentkolonne("Afgivet (%)", empty_values=(), order_by=("andel_orden",), decimaler=0)
    rykket = Datokolonne("Rykket")

    class Meta:
        model = Indberetning
        fields = (
            "driftsherre",
            "antal",
            "kladde",
            "sendt_retur",
            "indsendt",
            "godkendt",
            "offentliggjort",
            "andel",
            "rykket",
        )
        order_by = ("driftsherre",)

    def __init__(self, *args: Any, kan_vaelge: bool = False, **kwargs: Any) -> None:
        self.kan_vaelge = kan_vaelge
        super().__init__(*args, **kwargs)

    def render_driftsherre(self, value: str, record: Indberetning) -> str:
        aaben = (
            format_html("<small>Åben til {}</small>", dansk.dato(record.genaabnet_til)) if self._viser(record) else ""
        )
        link = format_html('<a href="{}">{}</a>{}', record.get_absolute_url(), value, aaben)
        return format_html('<span class="valgbar">{}<span>{}</span></span>', self._kryds(record), link)

    def _viser(self, record: Indberetning) -> bool:
        return record.genaabnet_til is not None and "kladde" in self.columns

    def _kryds(self, record: Indberetning) -> str:
        """A box of the form below the table: what is chosen can be reminded or extended together."""
        if not self.kan_vaelge:
            return ""
        return format_html(
            '<span class="form-group-checkbox"><input type="checkbox" class="form-checkbox" form="{}" name="d" '
            'value="{}" id="vaelg-{}"><label class="form-label" for="vaelg-{}"><span class="sr-only">Vælg {}</span>'
            "</label></span>",
            VALGFORMULAR,
            record.driftsherre.slug,
            record.pk,
            record.pk,
            record.driftsherre.navn,
        )

    def value_driftsherre(self, value: str) -> str:
        return value

    def _til_listen(self, value: int, record: Indberetning, tilstand: str) -> str:
        if not value:
            return dansk.tal(value)
        felter = {"runde": record.runde_id, "driftsherre": record.driftsherre_id}
        url = reverse("takster:skemaer", query={**felter, "tilstand": tilstand} if tilstand else felter)
        return format_html('<a href="{}">{}</a>', url, dansk.tal(value))

    def render_antal(self, value: int, record: Indberetning) -> str:
        return self._til_listen(value, record, "")

    def render_kladde(self, value: int, record: Indberetning) -> str:
        return self._til_listen(value, record, Skematilstand.KLADDE.value)

    def render_sendt_retur(self, value: int, record: Indberetning) -> str:
        return self._til_listen(value, record, Skematilstand.SENDT_RETUR.value)

    def render_indsendt(self, value: int, record: Indberetning) -> str:
        return self._til_listen(value, record, Skematilstand.INDSENDT.value)

    def render_godkendt(self, value: int, record: Indberetning) -> str:
        return self._til_listen(value, record, Skematilstand.GODKENDT.value)

    def render_offentliggjort(self, value: int, record: Indberetning) -> str:
        return self._til_listen(value, record, Skematilstand.OFFENTLIGGJORT.value)

    def render_andel(self, record: Indberetning) -> str:
        return dansk.kr(self.value_andel(record), 0)

    def value_andel(self, record: Indberetning) -> Decimal | None:
        """Handed in of all; never 100 before the last one is."""
        if not record.antal:
            return None
        return Decimal(record.afgivne * 100 // record.antal)


class Taksttabel(Tabel):
    """The published tariffs."""

    titel = "Takster"
    skjul_smal = ("lovgrundlag", "kommune", "kapacitet")

    tilbud = Kolonne("Tilbud og ydelse", accessor="tilbud_navn", order_by=("tilbud_navn", "ydelse_navn"))
    driftsherre = Kolonne("Driftsherre", accessor="driftsherre__kortnavn", order_by=("driftsherre__raekkefoelge",))
    kommune = Kolonne("Ligger i", accessor="kommune__kortnavn", order_by=("kommune__raekkefoelge",))
    lovgrundlag = Kolonne("Lovgrundlag", accessor="lovgrundlag__paragraf", order_by=("lovgrundlag__raekkefoelge",))
    enhed = Kolonne("Enhed", accessor="get_enhed_display", order_by=("enhed",))
    kapacitet = Talkolonne("Pladser m.v.", decimaler=None)
    takst = Beloebkolonne("Takst (kr.)", empty_values=())
    aendring = Aendringskolonne("Ændring (%)", accessor="aendring_pct")

    class Meta:
        fields = (
            "tilbud",
            "driftsherre",
            "kommune",
            "lovgrundlag",
            "enhed",
            "kapacitet",
            "takst",
            "aendring",
        )
        order_by = ("tilbud",)

    def render_takst(self, value: Decimal | None, record: Takst) -> str:
        """T33: no price, but a word; T36: a differentiated tariff is a mean of its levels."""
        if value is None:
            return INDIVIDUEL
        beloeb = dansk.kr(value)
        if record.taksttype == Taksttype.DIFFERENTIERET:
            return format_html("{}<small>i gennemsnit</small>", beloeb)
        return beloeb

    def render_tilbud(self, value: str, record: Takst) -> str:
        noten = note(record)
        return format_html(
            '<a href="{}">{}</a><small>{}{}{}</small>',
            record.get_absolute_url(),
            value,
            record.ydelse_navn,
            "" if record.taksttype == Taksttype.GENNEMSNIT else f" · {record.get_taksttype_display().lower()}",
            format_html(' · <span class="ubrudt">{}</span>', noten) if noten else "",
        )

    def value_tilbud(self, value: str) -> str:
        return value

    def render_lovgrundlag(self, value: str) -> str:
        return dansk.nbsp(value)
