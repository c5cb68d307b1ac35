"""Tables of the register's lists."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from socialaftale.kerne.formularer import lille
from socialaftale.kerne.tables import Datokolonne, Kolonne, Tabel, Talkolonne, Tilstandskolonne, tilstandsmaerke
from socialaftale.kerne.templatetags import dansk
from tilbud.beregning.omfattet import Niveau
from tilbud.models import Tilbud, Tilbudsforslag
from tilbud.visning import feltnavn, ja_nej, pladser_kort

# So much of a target group stands in the list; the page of the tilbud and the exports have it whole.
MAALGRUPPE_TEGN = 100


def _sorter(queryset: QuerySet, *felter: str, faldende: bool) -> tuple[QuerySet, bool]:
    """Not known comes last whichever way, and on both databases."""
    led = [F(felt).desc(nulls_last=True) if faldende else F(felt).asc(nulls_last=True) for felt in felter]
    return queryset.order_by(*led, "navn", "pk"), True


class Navnekolonne(Kolonne):
    """The name as a link to the page of the *tilbud*."""

    def render(self, value: str, record: Tilbud) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), value)


class Tilbudstabel(Tabel):
    titel = "Tilbud"
    skjul_smal = ("maalgruppe",)

    navn = Navnekolonne(verbose_name="Tilbud")
    driftsherre = Kolonne(verbose_name="Driftsherre", accessor="driftsherre__kortnavn", empty_values=())
    beliggenhed = Kolonne(verbose_name="Ligger i", accessor="beliggenhedskommune__kortnavn", empty_values=())
    lovgrundlag = Kolonne(verbose_name="Lovgrundlag", accessor="lovgrundlag", orderable=False)
    maalgruppe = Kolonne(verbose_name="Målgruppe", orderable=False, empty_values=())
    pladser = Kolonne(verbose_name="Pladser", accessor="pladser", orderable=False)
    i_aftalen = Kolonne(verbose_name="I aftalen", empty_values=())

    class Meta:
        model = Tilbud
        fields: tuple[str, ...] = ()
        sequence = (
            "navn",
            "driftsherre",
            "beliggenhed",
            "lovgrundlag",
            "maalgruppe",
            "pladser",
            "i_aftalen",
        )
        order_by = "navn"

    def render_driftsherre(self, record: Tilbud) -> SafeString | str:
        navn = record.driftsherre.kortnavn if record.driftsherre else dansk.UKENDT
        if not record.driftsform:
            return navn
        return format_html("<span>{} <small>{}</small></span>", navn, record.get_driftsform_display().lower())

    def render_beliggenhed(self, record: Tilbud) -> SafeString | str:
        eksempel = getattr(record, "eksempel", None)
        if record.beliggenhedskommune:
            return record.beliggenhedskommune.kortnavn
        if eksempel and eksempel.beliggenhedskommune:
            return _med_maerke(eksempel.beliggenhedskommune.kortnavn, "Eksempel")
        return dansk.UKENDT

    def render_lovgrundlag(self, record: Tilbud) -> str:
        return dansk.nbsp("; ".join(str(post) for post in record.lovgrundlag.all())) or dansk.UKENDT

    def render_maalgruppe(self, record: Tilbud) -> SafeString | str:
        eksempel = getattr(record, "eksempel", None)
        if not record.maalgruppe and eksempel and eksempel.maalgruppe:
            return _med_maerke(eksempel.maalgruppe, "Eksempel")
        return Truncator(record.maalgruppe).chars(MAALGRUPPE_TEGN, truncate=" …") or dansk.UKENDT

    def render_pladser(self, record: Tilbud) -> SafeString:
        kort = pladser_kort(record.pladser.all())
        note = format_html(" <small>{}</small>", kort["note"]) if kort["note"] else ""
        eksempel = format_html(" {}", tilstandsmaerke("eksempeltal", "Eksempeltal")) if kort["eksempel"] else ""
        return format_html("<span>{}{}{}</span>", kort["tal"], note, eksempel)

    def render_i_aftalen(self, record: Tilbud) -> str:
        return ja_nej(record.i_aftalen)

    def order_driftsherre(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        return _sorter(queryset, "driftsherre__kortnavn", faldende=is_descending)

    def order_beliggenhed(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        return _sorter(queryset, "beliggenhedskommune__kortnavn", faldende=is_descending)

    def order_i_aftalen(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        return _sorter(queryset, "i_aftalen", faldende=is_descending)


def _med_maerke(tekst: str, maerke: str) -> SafeString:
    return format_html("<span>{} {}</span>", tekst, tilstandsmaerke("eksempeltal", maerke))


class Mangeltabel(Tabel):
    """The desk's list: each *tilbud* with what was found on it."""

    titel = "Tilbud, der mangler oplysninger"
    skjul_smal = ("driftsherre",)

    navn = Navnekolonne(verbose_name="Tilbud")
    driftsherre = Kolonne(verbose_name="Driftsherre", accessor="driftsherre__kortnavn")
    fund = Kolonne(verbose_name="Fund", accessor="fund", orderable=False)
    antal = Talkolonne(verbose_name="Antal", accessor="antal_fund")
    ret = Kolonne(verbose_name="Handling", empty_values=(), orderable=False, exclude_from_export=True)

    class Meta:
        model = Tilbud
        fields: tuple[str, ...] = ()
        order_by = "navn"

    def render_fund(self, record: Tilbud) -> str:
        alle = list(record.fund.all())
        mangler = [str(fund) for fund in alle if fund.niveau == Niveau.MANGLER]
        forkert = [fund for fund in alle if fund.niveau != Niveau.MANGLER]
        linjer = (
            (tilstandsmaerke(fund.niveau, fund.get_niveau_display()), fund, f" ({fund.regel})" if fund.regel else "")
            for fund in forkert
        )
        return format_html("<span>{}{}</span>", format_html_join("", "{} {}{}<br>", linjer), ", ".join(mangler))

    def value_fund(self, record: Tilbud) -> str:
        return "; ".join(str(fund) for fund in record.fund.all())

    def render_ret(self, record: Tilbud) -> SafeString:
        adresse = reverse("tilbud:ret", kwargs={"slug": record.slug})
        return format_html('<a href="{}">Ret<span class="sr-only"> {}</span></a>', adresse, record.navn)

    def order_driftsherre(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        return _sorter(queryset, "driftsherre__kortnavn", faldende=is_descending)


class Forslagstabel(Tabel):
    titel = "Forslag til registret"
    skjul_smal = ("aendringer",)

    tilbud = Kolonne(verbose_name="Tilbud", accessor="tilbud__navn", linkify=lambda record: record.get_absolute_url())
    organisation = Kolonne(verbose_name="Driftsherre", accessor="organisation__kortnavn")
    aendringer = Kolonne(verbose_name="Ændrer", orderable=False)
    tilstand = Tilstandskolonne(verbose_name="Tilstand")
    indsendt_tidspunkt = Datokolonne(verbose_name="Indsendt")

    class Meta:
        model = Tilbudsforslag
        fields: tuple[str, ...] = ()
        sequence = ("tilbud", "organisation", "aendringer", "tilstand", "indsendt_tidspunkt")
        order_by = "-indsendt_tidspunkt"

    def render_aendringer(self, value: dict[str, Any]) -> str:
        return ", ".join(lille(feltnavn(felt)) for felt in value)

    value_aendringer = render_aendringer

    def order_indsendt_tidspunkt(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        tid = F("indsendt_tidspunkt")
        led = tid.desc(nulls_last=True) if is_descending else tid.asc(nulls_last=True)
        return queryset.order_by(led, "pk"), True
