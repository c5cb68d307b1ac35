"""The tables of a buyer's budget: one row per tilbud, and one per ydelse."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from socialaftale.kerne.penge import afrund
from socialaftale.kerne.tables import Aendringskolonne, Beloebkolonne, Kolonne, Tabel, Talkolonne
from socialaftale.kerne.templatetags import dansk
from takster.beregning.koebere import Koebsraekke, Koebssum, Tilbudskoeb
from takster.budget import Budget


def sumpct(sum_: Koebssum) -> Decimal | None:
    """The change in percent as shown; None when nothing can be compared."""
    return None if sum_.aendring_pct is None else afrund(sum_.aendring_pct, 1)


def kendt(tilbud: Tilbudskoeb, felt: str) -> Decimal | None:
    """A sum of a tilbud, or None when the figure is unknown in all its rows: what is missing is never 0."""
    if all(getattr(raekke, felt) is None for raekke in tilbud.raekker):
        return None
    return getattr(tilbud.i_alt, felt)


def raekkepct(raekke: Koebsraekke) -> Decimal | None:
    if raekke.aendring is None or not raekke.udgift_nu:
        return None
    return afrund(raekke.aendring * 100 / raekke.udgift_nu, 1)


def note(raekke: Koebsraekke) -> str:
    """What the reader must know of the row: what is missing, or that it is not final."""
    if any(fund.kode == "takst_mangler" for fund in raekke.fund):
        return "Taksten mangler"
    if raekke.fund:
        return "Købet er ikke oplyst"
    return "Foreløbig" if raekke.er_foreloebig else ""


I_ALT = "I alt af det, der kan sammenlignes"
# The foot adds what can be compared, so that the change is the difference of the two years above it.
_FODFELTER = {"udgift_nu": "sammenlignet_nu", "udgift_naeste": "sammenlignet_naeste"}


class _Sumkolonne(Beloebkolonne):
    """Kroner with the sum of the comparable rows at the foot; `felt` is its name in rows and sums."""

    def __init__(self, overskrift: str, felt: str, **kwargs: Any) -> None:
        self.felt = felt
        super().__init__(overskrift, decimaler=0, **kwargs)

    def render_footer(self, table: Budgettabel) -> str:
        return dansk.kr(getattr(table.budget.i_alt, _FODFELTER.get(self.felt, self.felt)), 0)


class _Tilbudssum(_Sumkolonne):
    """The same over the rows of a tilbud."""

    def __init__(self, overskrift: str, felt: str) -> None:
        super().__init__(overskrift, felt, accessor=f"i_alt__{felt}")

    def render(self, record: Tilbudskoeb) -> str:
        return dansk.kr(kendt(record, self.felt), 0)


class _Sumpctkolonne(Aendringskolonne):
    def render_footer(self, table: Budgettabel) -> str:
        return dansk.aendring(sumpct(table.budget.i_alt))


class Budgettabel(Tabel):
    """The years are those of the budget; rows with unknown cost stand outside the change and the sums of it."""

    # Rows of figures to compare: they scroll on narrow screens instead of falling apart.
    css_klasse = "table table--compact"

    def __init__(self, budget: Budget, raekker: list[Any], **kwargs: Any) -> None:
        self.budget = budget
        super().__init__(raekker, **kwargs)
        for navn, aar in (("udgift_nu", budget.aar - 1), ("udgift_naeste", budget.aar)):
            self.columns[navn].column.verbose_name = f"Udgift {aar} (kr.)"


class Tilbudstabel(Budgettabel):
    titel = "Udgift pr. tilbud"

    tilbud = Kolonne("Tilbud", accessor="tilbud", footer=I_ALT)
    udgift_nu = _Tilbudssum("Udgift i år (kr.)", "udgift_nu")
    udgift_naeste = _Tilbudssum("Udgift næste år (kr.)", "udgift_naeste")
    priseffekt = _Tilbudssum("Ændret pris (kr.)", "priseffekt")
    maengdeeffekt = _Tilbudssum("Ændret mængde (kr.)", "maengdeeffekt")
    aendring = _Tilbudssum("Ændring (kr.)", "aendring")
    aendring_pct = _Sumpctkolonne("Ændring (%)", accessor="i_alt__aendring_pct")

    class Meta:
        order_by = ("tilbud",)

    def __init__(self, budget: Budget, **kwargs: Any) -> None:
        super().__init__(budget, list(budget.tilbud), **kwargs)

    def render_tilbud(self, value: str, record: Tilbudskoeb) -> SafeString:
        tekst = "Foreløbig" if record.i_alt.er_foreloebig else ""
        if record.i_alt.antal_ukendte:
            tekst = dansk.antal(record.i_alt.antal_ukendte, "ydelse mangler,ydelser mangler")
        return format_html("{}<small>{}</small>", value, tekst) if tekst else format_html("{}", value)


class Ydelsestabel(Budgettabel):
    titel = "Udgift pr. ydelse"

    ydelse = Kolonne("Ydelse", accessor="koeb__navn", order_by=("koeb__tilbud", "koeb__navn"), footer=I_ALT)
    maengde_nu = Talkolonne("Mængde i år", accessor="koeb__maengde_nu", decimaler=None)
    maengde_naeste = Talkolonne("Mængde næste år", accessor="koeb__maengde_naeste", decimaler=None)
    udgift_nu = _Sumkolonne("Udgift i år (kr.)", "udgift_nu")
    udgift_naeste = _Sumkolonne("Udgift næste år (kr.)", "udgift_naeste")
    priseffekt = _Sumkolonne("Ændret pris (kr.)", "priseffekt")
    maengdeeffekt = _Sumkolonne("Ændret mængde (kr.)", "maengdeeffekt")
    aendring = _Sumkolonne("Ændring (kr.)", "aendring")

    class Meta:
        order_by = ("ydelse",)

    def __init__(self, budget: Budget, adresse: str, **kwargs: Any) -> None:
        self.adresse = adresse
        super().__init__(budget, budget.raekker, **kwargs)
        for navn, aar in (("maengde_nu", budget.aar - 1), ("maengde_naeste", budget.aar)):
            self.columns[navn].column.verbose_name = f"Mængde {aar}"

    def render_ydelse(self, value: str, record: Koebsraekke) -> SafeString:
        dele = [format_html("{}", value)]
        if tekst := note(record):
            dele.append(format_html('<span class="ubrudt">{}</span>', tekst))
        if record.har_trin:
            dele.append(
                format_html(
                    '<a href="{}&amp;beregning={}#beregning">Beregning<span class="sr-only"> for {}, {}</span></a>',
                    self.adresse,
                    record.koeb.ydelse,
                    record.koeb.tilbud,
                    value,
                )
            )
        return format_html(
            "{}<small>{}</small>", record.koeb.tilbud, format_html_join(" · ", "{}", ((d,) for d in dele))
        )
