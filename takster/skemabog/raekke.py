"""One form as the workbook shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from takster.beregning.kontrol import Sidsteaar
from takster.forms.skema import Skemaformular
from takster.models import Takstskema


@dataclass(frozen=True, slots=True, kw_only=True)
class Skemaraekke:
    """A form with what stands beside it; `regulering` is the computed line, None when there is none (T48)."""

    skema: Takstskema
    formular: Skemaformular
    redigerbar: bool
    regulering: Decimal | None = None
    sidste_aar: Sidsteaar | None = None
    godkendte_pladser: Decimal | None = None
