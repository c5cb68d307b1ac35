"""Check constraints that `full_clean()` judges without asking the database.

Django sends one SELECT and a savepoint per constraint to the database each time a row is checked: for a row with five
constraints that is fifteen statements before it is saved. The database still enforces every constraint itself.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Q


class _KanIkkeAfgoeres(Exception):
    """The condition holds something only the database can judge."""


class _Udeladt(Exception):
    """The condition is about a field that is not to be checked."""


_SAMMENLIGNINGER: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "in": lambda vaerdi, valg: vaerdi in valg,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


class Kontrol(models.CheckConstraint):
    """A `CheckConstraint` to the database and to migrations; simple conditions are judged in Python."""

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Collection[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raise `ValidationError` when the row breaks the condition; unknown (NULL) passes, as in SQL."""
        try:
            holder = _vurder(self.condition, instance, exclude or ())
        except _Udeladt:
            return
        except _KanIkkeAfgoeres:
            super().validate(model, instance, exclude, using)
            return
        if holder is False:
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        _, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs


def _vurder(betingelse: Any, raekke: models.Model, udeladte: Collection[str]) -> bool | None:
    """True, False or None (unknown) by SQL's logic of three values."""
    if isinstance(betingelse, tuple):
        return _vurder_opslag(*betingelse, raekke, udeladte)
    if not isinstance(betingelse, Q) or betingelse.connector not in (Q.AND, Q.OR):
        raise _KanIkkeAfgoeres
    # All parts are looked at: a field that is left out anywhere leaves the whole condition out.
    dele = [_vurder(barn, raekke, udeladte) for barn in betingelse.children]
    afgoerende = betingelse.connector == Q.OR
    if afgoerende in dele:
        svar: bool | None = afgoerende
    elif None in dele:
        svar = None
    else:
        svar = not afgoerende or not dele
    if not betingelse.negated:
        return svar
    if svar is None:
        # Django adds "is not null" inside a negation; whether it does depends on the column.
        raise _KanIkkeAfgoeres
    return not svar


def _vurder_opslag(opslag: str, soegt: Any, raekke: models.Model, udeladte: Collection[str]) -> bool | None:
    navn, _, lookup = opslag.partition("__")
    felt, vaerdi = _vaerdi(navn, raekke, udeladte)
    lookup = lookup or "exact"
    if lookup == "isnull" or (lookup == "exact" and soegt is None):
        return (vaerdi is None) is (soegt is not False)
    if lookup not in _SAMMENLIGNINGER:
        raise _KanIkkeAfgoeres
    if isinstance(soegt, F):
        _, soegt = _vaerdi(soegt.name, raekke, udeladte)
    elif hasattr(soegt, "resolve_expression") or hasattr(vaerdi, "resolve_expression"):
        raise _KanIkkeAfgoeres
    elif lookup == "in":
        soegt = [_som(felt, en) for en in soegt]
    else:
        soegt = _som(felt, soegt)
    if vaerdi is None or soegt is None:
        return None
    try:
        return bool(_SAMMENLIGNINGER[lookup](vaerdi, soegt))
    except TypeError as fejl:
        raise _KanIkkeAfgoeres from fejl


def _vaerdi(navn: str, raekke: models.Model, udeladte: Collection[str]) -> tuple[models.Field, Any]:
    try:
        felt = raekke._meta.get_field(navn)
    except FieldDoesNotExist as fejl:
        raise _KanIkkeAfgoeres from fejl
    if felt.name in udeladte:
        raise _Udeladt
    return felt, _som(felt, getattr(raekke, felt.attname))


def _som(felt: models.Field, vaerdi: Any) -> Any:
    """The value as the field's own type, as the database would compare it."""
    if vaerdi is None or hasattr(vaerdi, "resolve_expression"):
        return vaerdi
    try:
        return felt.to_python(vaerdi)
    except ValidationError as fejl:
        raise _KanIkkeAfgoeres from fejl
