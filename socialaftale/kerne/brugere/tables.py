"""Lists of users and log-ins."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, QuerySet
from django.template.loader import get_template

from socialaftale.kerne.models import Bruger, Loginforsoeg
from socialaftale.kerne.regneark import Art
from socialaftale.kerne.tables import Datokolonne, Kolonne, Tabel, tilstandsmaerke
from socialaftale.kerne.templatetags import dansk


class Statuskolonne(Kolonne):
    """The state of an account as a badge; the state is a property, so it comes as the enum member."""

    def render(self, value: Any) -> str:
        return tilstandsmaerke(value.farve, str(value.label))

    def value(self, value: Any) -> str:
        return value.label


class Tidspunktkolonne(Kolonne):
    art = Art.TEKST

    def render(self, value: dt.datetime) -> str:
        return dansk.tidspunkt_kort(value)

    def value(self, value: dt.datetime) -> str:
        return dansk.tidspunkt_kort(value) if value else ""


class Brugertabel(Tabel):
    titel = "Brugere"
    skjul_smal = ("last_login",)

    navn = Kolonne(verbose_name="Navn", linkify=True)
    email = Kolonne(verbose_name="E-mail")
    roller = Kolonne(verbose_name="Roller", accessor="gaeldende_roller", orderable=False, empty_values=())
    status = Statuskolonne(verbose_name="Status", orderable=False)
    har_totrin = Kolonne(verbose_name="To-trins-log-på")
    last_login = Datokolonne(verbose_name="Senest logget på")

    class Meta:
        model = Bruger
        fields: tuple[str, ...] = ()
        sequence = ("navn", "email", "roller", "status", "har_totrin", "last_login")
        order_by = "navn"

    def render_roller(self, record: Bruger) -> str:
        return get_template("brugere/_roller.html").render({"roller": record.gaeldende_roller})

    def value_roller(self, record: Bruger) -> str:
        return "; ".join(f"{rolle.get_rolle_display()}, {rolle.organisation}" for rolle in record.gaeldende_roller)

    def render_har_totrin(self, value: bool) -> str:
        return "Ja" if value else "Nej"

    def value_har_totrin(self, value: bool) -> str:
        return self.render_har_totrin(value)

    def order_last_login(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        """Those who never logged in come last whichever way, and on both databases."""
        led = F("last_login").desc(nulls_last=True) if is_descending else F("last_login").asc(nulls_last=True)
        return queryset.order_by(led, "navn", "pk"), True


class Logintabel(Tabel):
    titel = "Log-in"

    tidspunkt = Tidspunktkolonne(verbose_name="Tidspunkt")
    bruger = Kolonne(verbose_name="Bruger", accessor="bruger__navn", linkify=lambda record: _brugerside(record))
    udfald = Kolonne(verbose_name="Udfald")
    netadresse = Kolonne(verbose_name="Netværk", orderable=False)

    class Meta:
        model = Loginforsoeg
        fields: tuple[str, ...] = ()
        sequence = ("tidspunkt", "bruger", "udfald", "netadresse")
        order_by = "-tidspunkt"

    def order_bruger(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        led = F("bruger__navn").desc(nulls_last=True) if is_descending else F("bruger__navn").asc(nulls_last=True)
        return queryset.order_by(led, "-tidspunkt", "pk"), True


def _brugerside(forsoeg: Loginforsoeg) -> str | None:
    return forsoeg.bruger.get_absolute_url() if forsoeg.bruger else None
