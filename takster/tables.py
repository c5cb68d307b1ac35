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
    Tabel,
    Talkolonne,
    Tilstandskolonne,
)
from socialaftale.kerne.templatetags import dansk
from takster import listetal
from takster.beregning.regulering import PlSats
from takster.enums import Skematilstand
from takster.models import Indberetning, Takst, Takstskema
from takster.regneark import takster as regneark


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
        super().__init__(*args, **kwargs)

    @cached_property
    def reguleringer(self) -> dict[int, Decimal]:
        """T48: the line of earlier years of the rows on the page, or of all rows of an export."""
        side = getattr(self, "page", None)
        return listetal.reguleringer_af(raekke.record for raekke in (side.object_list if side else self.rows))

    def regulering(self, skema: Takstskema) -> Decimal:
        return self.reguleringer.get(skema.pk, Decimal(0))

    def render_tilbud(self, value: str, record: Takstskema) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), value)

    def value_tilbud(self, value: str) -> str:
        return value

    def render_udfyldt(self, record: Takstskema) -> str:
        return self.value_udfyldt(record)

    def value_udfyldt(self, record: Takstskema) -> str:
        antal = len(record.linjer.all())
        return f"{dansk.antal(antal, 'linje,linjer')}" if antal else "Ikke begyndt"

    def render_takst(self, record: Takstskema) -> str:
        return dansk.kr(self.value_takst(record))

    def value_takst(self, record: Takstskema) -> Decimal | None:
        return listetal.takst_af(record, self.regulering(record))

    def render_aendring(self, record: Takstskema) -> str:
        return dansk.aendring(self.value_aendring(record))

    def value_aendring(self, record: Takstskema) -> Decimal | None:
        return listetal.aendring_af(record, self.satser, self.regulering(record))


class Driftsherretabel(Tabel):
    """How far each driftsherre is in a round."""

    titel = "Driftsherrer"
    skjul_smal = ("offentliggjort", "genaabnet")

    driftsherre = Kolonne("Driftsherre", accessor="driftsherre__navn", order_by=("driftsherre__raekkefoelge",))
    antal = Talkolonne("Skemaer")
    kladde = Talkolonne("Kladde")
    sendt_retur = Talkolonne("Sendt retur")
    indsendt = Talkolonne("Indsendt")
    godkendt = Talkolonne("Godkendt")
    offentliggjort = Talkolonne("Offentliggjort")
    genaabnet = Datokolonne("Genåbnet til", accessor="genaabnet_til")

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
            "genaabnet",
        )
        order_by = ("driftsherre",)

    def render_driftsherre(self, value: str, record: Indberetning) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), value)

    def value_driftsherre(self, value: str) -> str:
        return value

    def render_indsendt(self, value: int, record: Indberetning) -> str:
        """The secretariat's own queue: a link to just those."""
        if not value:
            return dansk.tal(value)
        url = reverse(
            "takster:skemaer",
            query={
                "runde": record.runde_id,
                "driftsherre": record.driftsherre_id,
                "tilstand": Skematilstand.INDSENDT.value,
            },
        )
        return format_html('<a href="{}">{}</a>', url, dansk.tal(value))


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
    takst = Beloebkolonne("Takst (kr.)")
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

    def render_tilbud(self, value: str, record: Takst) -> str:
        note = regneark.note(record)
        return format_html(
            '<a href="{}">{}</a><small>{}{}</small>',
            record.get_absolute_url(),
            value,
            record.ydelse_navn,
            format_html(' · <span class="ubrudt">{}</span>', note) if note else "",
        )

    def value_tilbud(self, value: str) -> str:
        return value

    def render_lovgrundlag(self, value: str) -> str:
        return dansk.nbsp(value)
