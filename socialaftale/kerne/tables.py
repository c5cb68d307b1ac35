"""Lists: the base table (always sorted, sensible page sizes) and columns that write Danish and export raw values."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django_tables2.columns import BoundColumn
from django_tables2.data import TableQuerysetData

from socialaftale.kerne.raekker import Cellevej, Raekker
from socialaftale.kerne.regneark import Art
from socialaftale.kerne.templatetags import dansk

SIDESTOERRELSER = (10, 25, 50, 100)
STANDARDSTOERRELSE = 25


def sidestoerrelse(oensket: int | None) -> int:
    """Only the sizes we offer: an address asking for 100,000 rows gets 100."""
    return min(SIDESTOERRELSER, key=lambda antal: abs(antal - (oensket or STANDARDSTOERRELSE)))


class Tabel(tables.Table):
    """Base of all lists; rows are always in a stated order that ends with the primary key.

    `titel` names the list for screen readers and exports, `skjul_smal` the columns left out on narrow screens.
    """

    titel = "Liste"
    skjul_smal: tuple[str, ...] = ()
    css_klasse = "table table--compact listetabel"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dansk.UKENDT)
        super().__init__(*args, **kwargs)
        self.rows = Raekker(data=self.data, table=self)
        self._celleveje: dict[tuple[str, bool], Cellevej] = {}
        if not self._order_by:
            self.order_by = ()

    def cellevej(self, navn: str, *, raa: bool = False) -> Cellevej:
        """How a column makes its cells, found once."""
        if (navn, raa) not in self._celleveje:
            self._celleveje[navn, raa] = Cellevej(self.columns[navn], raa=raa)
        return self._celleveje[navn, raa]

    @property
    def order_by(self) -> Any:
        return self._order_by

    @order_by.setter
    def order_by(self, value: Any) -> None:
        """Sort by the valid columns asked for, else by the list's own order, else by its first column."""
        gyldige = self._gyldige(value) or self._gyldige(self._meta.order_by) or self._foerste_kolonne()
        tables.Table.order_by.fset(self, gyldige)
        self._tilfoej_noegle()

    def _gyldige(self, value: Any) -> list[str]:
        oensket = value.split(",") if isinstance(value, str) else list(value or ())
        kendte = {kolonne.name for kolonne in self.columns if kolonne.orderable}
        return [navn for navn in oensket if navn.removeprefix("-") in kendte]

    def _foerste_kolonne(self) -> list[str]:
        return next(([kolonne.name] for kolonne in self.columns if kolonne.orderable), [])

    def _tilfoej_noegle(self) -> None:
        """Without the key rows with equal values change place between pages."""
        if isinstance(self.data, TableQuerysetData) and isinstance(self.data.data, QuerySet):
            raekkefoelge = self.data.data.query.order_by
            if raekkefoelge and not {"pk", "-pk"} & {led for led in raekkefoelge if isinstance(led, str)}:
                self.data.data = self.data.data.order_by(*raekkefoelge, "pk")

    def paginate(
        self, paginator_class: type = Paginator, per_page: int | None = None, page: int = 1, *args: Any, **kwargs: Any
    ) -> Tabel:
        """By the page sizes we offer."""
        self.stoerrelse = sidestoerrelse(per_page)
        super().paginate(paginator_class, self.stoerrelse, page, *args, **kwargs)
        self._hent_kun_siden()
        return self

    def _hent_kun_siden(self) -> None:
        """Let the database sort and skip keys alone, and join and annotate only the rows of the page."""
        if isinstance(self.data, TableQuerysetData) and isinstance(self.data.data, QuerySet):
            alle, foerste = self.data.data, (self.page.number - 1) * self.stoerrelse
            noegler = alle.values("pk")[foerste : foerste + self.stoerrelse]
            self.page.object_list.data = alle.filter(pk__in=noegler)

    @property
    def sorteret_efter(self) -> str:
        """The default order in words, for the caption: "kommune, faldende"."""
        if not self.order_by:
            return ""
        foerste = self.order_by[0]
        navn = str(self.columns[foerste.bare].header)
        return f"{navn}, faldende" if foerste.is_descending else navn

    def get_column_class_names(self, classes_set: set[str], bound_column: BoundColumn) -> set[str]:
        if getattr(bound_column.column, "hoejrestillet", False):
            classes_set.add("tal")
        if bound_column.name in self.skjul_smal:
            classes_set.add("kun-bred")
        return classes_set

    def as_html(self, request: Any) -> str:
        return get_template(self.template_name).render({"table": self}, request)


class Kolonne(tables.Column):
    """A column of text; `art` tells the export what the cells hold."""

    art = Art.TEKST
    hoejrestillet = False

    def value(self, value: Any) -> Any:
        """The raw value for Excel and CSV."""
        return value


class Talkolonne(Kolonne):
    """Numbers, right aligned; `decimaler=None` shows those the number has."""

    art = Art.TAL
    hoejrestillet = True

    def __init__(self, *args: Any, decimaler: int | None = 0, **kwargs: Any) -> None:
        self.decimaler = decimaler
        if decimaler == 0:
            self.art = Art.HELTAL
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        return dansk.tal(value, self.decimaler)


class Beloebkolonne(Kolonne):
    """Amounts in kroner; the heading names the unit."""

    art = Art.KR
    hoejrestillet = True

    def __init__(self, *args: Any, decimaler: int = 2, **kwargs: Any) -> None:
        self.decimaler = decimaler
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        return dansk.kr(value, self.decimaler)


class Procentkolonne(Kolonne):
    """Percentages without sign; the heading says "(%)"."""

    art = Art.PCT
    hoejrestillet = True

    def __init__(self, *args: Any, decimaler: int = 1, **kwargs: Any) -> None:
        self.decimaler = decimaler
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        return dansk.kr(value, self.decimaler)


class Aendringskolonne(Procentkolonne):
    """Changes in percent with their sign."""

    def render(self, value: Any) -> str:
        return dansk.aendring(value, self.decimaler)


class Datokolonne(Kolonne):
    """Dates and times as 15.10.2026."""

    art = Art.DATO

    def render(self, value: Any) -> str:
        return dansk.dato(value)

    def value(self, value: Any) -> Any:
        return dansk.lokal_dato(value)


@lru_cache(maxsize=500, typed=True)
def tilstandsmaerke(tilstand: str, tekst: str) -> SafeString:
    """The badge of a state. There are few, and a list has one in every row."""
    return get_template("komponenter/tilstand.html").render({"tilstand": tilstand, "tekst": tekst})


class Tilstandskolonne(Kolonne):
    """A state as a badge; the field has choices, so the text is the choice's label."""

    def render(self, value: Any, record: Any, bound_column: BoundColumn) -> str:
        return tilstandsmaerke(str(self._kode(record, bound_column, value)), str(value))

    def _kode(self, record: Any, bound_column: BoundColumn, value: Any) -> Any:
        """The stored value behind the label django-tables2 hands over."""
        if isinstance(record, Model):
            return bound_column.accessor.resolve(record, quiet=True)
        return value
