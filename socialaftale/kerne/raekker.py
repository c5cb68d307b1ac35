"""Rows of lists. What django-tables2 finds out anew for every cell is found once for a column.

Its rows look up the column, the arguments of the function that writes the cell, and whether the field has choices, in
every cell; that took most of the time of a page with a hundred rows. The cells are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django_tables2 import A
from django_tables2.columns import BoundColumn
from django_tables2.rows import BoundRow, BoundRows
from django_tables2.utils import signature


class Cellevej:
    """How one column makes its cells: what the page shows, or with `raa` the value an export gets."""

    def __init__(self, kolonne: BoundColumn, *, raa: bool = False) -> None:
        self.kolonne = kolonne
        self.raa = raa
        self.funktion = kolonne.value if raa else kolonne.render
        navne, samler_alle = signature(self.funktion)
        # None: the function takes whatever there is.
        self.argumenter = None if samler_alle else navne
        self.link = None if raa else kolonne.link
        self.tomme = kolonne.column.empty_values
        self.sti = A(kolonne.accessor)
        *self.foer_sidste, self.sidste = self.sti.bits
        self._valgmodeller: dict[type[Model], bool] = {}

    def __call__(self, raekke: Raekke) -> Any:
        vaerdi = self._vaerdi(raekke.record)
        if vaerdi in self.tomme:
            return None if self.raa else self.kolonne.default
        alle = {
            "value": vaerdi,
            "record": raekke.record,
            "column": self.kolonne.column,
            "bound_column": self.kolonne,
            "bound_row": raekke,
            "table": raekke.table,
        }
        valgte = alle if self.argumenter is None else {navn: alle[navn] for navn in self.argumenter}
        indhold = self.funktion(**valgte)
        return self.link(indhold, **alle) if self.link else indhold

    def _vaerdi(self, post: Any) -> Any:
        """The value of a field, or the label of its choice; None for what is not there."""
        ejer = self._ejer(post)
        if not isinstance(ejer, Model):
            return self.sti.resolve(post, quiet=True)
        if self._har_valg(type(ejer)):
            return getattr(ejer, f"get_{self.sidste}_display")()
        vaerdi = getattr(ejer, self.sidste, None)
        return self.sti.resolve(post, quiet=True) if callable(vaerdi) else vaerdi

    def _ejer(self, post: Any) -> Any:
        """What the last part of the accessor is asked of."""
        if not isinstance(post, Model):
            return self.sti.penultimate(post)[0]
        for led in self.foer_sidste:
            post = getattr(post, led, None)
            if not isinstance(post, Model):
                return None
        return post

    def _har_valg(self, model: type[Model]) -> bool:
        if model not in self._valgmodeller:
            try:
                felt = model._meta.get_field(self.sidste)
            except FieldDoesNotExist:
                felt = None
            self._valgmodeller[model] = bool(getattr(felt, "choices", None))
        return self._valgmodeller[model]


class Raekke(BoundRow):
    """A row whose cells come from the table's columns, see `Cellevej`."""

    def get_cell(self, name: str) -> Any:
        return self.table.cellevej(name)(self)

    def get_cell_value(self, name: str) -> Any:
        return self.table.cellevej(name, raa=True)(self)


class Raekker(BoundRows):
    """The rows of a table or of one of its pages."""

    def __iter__(self) -> Iterator[Raekke]:
        for post in self.data:
            yield Raekke(post, table=self.table)

    def __getitem__(self, key: int | slice) -> Raekker | Raekke:
        if isinstance(key, slice):
            return Raekker(data=self.data[key], table=self.table)
        return Raekke(self.data[key], table=self.table)
