"""Form fields for Danish amounts, numbers, percentages, dates and texts; what was typed is always shown again."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from socialaftale.kerne import datoformat, talformat
from socialaftale.kerne.cpr import find_cpr

HAARDT = talformat.HAARDT_MELLEMRUM
_AARSTAL = re.compile(r"[0-9]{4}")


def lille(tekst: str) -> str:
    """The text with a small first letter, unless it begins with an abbreviation (CVR-nummer, § 107)."""
    return tekst if tekst[:2].isalpha() and tekst[:2].isupper() else tekst[:1].lower() + tekst[1:]


class Feltmixin:
    """What all our fields share: `mangler` (text when empty), `enhed` (unit shown after the box), `bredde`.

    `bredde` is a DKFDS input width: xxs, xs, s, m, l or xl.
    """

    standardnavn = "Feltet"

    def __init__(self, *args: Any, mangler: str = "", enhed: str = "", bredde: str = "", **kwargs: Any) -> None:
        if mangler:
            kwargs["error_messages"] = {"required": mangler, **(kwargs.get("error_messages") or {})}
        self.enhed = enhed
        self.bredde = bredde
        super().__init__(*args, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if self.bredde and not widget.is_hidden:
            attrs["class"] = f"{widget.attrs.get('class', '')} input-width-{self.bredde}".strip()
        return attrs

    @property
    def navn(self) -> str:
        """What messages call the field: its label."""
        return str(self.label) if self.label else self.standardnavn

    def afvis(self, besked: str, kode: str = "invalid") -> ValidationError:
        """An error that names the field, since the summary lists many fields' errors together."""
        return ValidationError(f"{self.navn}: {lille(besked)}" if self.label else besked, code=kode)


class Laestfelt(Feltmixin, forms.Field):
    """Common to the fields whose text is read as a value: the same value written differently is no change."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class Talfelt(Laestfelt):
    """Common to the number fields: a plain text box (never type=number), read strictly, limits named in Danish."""

    widget = forms.TextInput
    standardnavn = "Tallet"
    # Tells static/app/skema.js how to read and reformat the box.
    art = "tal"

    def __init__(
        self,
        *args: Any,
        mindst: Decimal | int | None = None,
        hoejst: Decimal | int | None = None,
        decimaler: int = 2,
        max_digits: int | None = None,
        decimal_places: int | None = None,
        min_value: Decimal | int | None = None,
        max_value: Decimal | int | None = None,
        **kwargs: Any,
    ) -> None:
        # A model field hands over its own limits under Django's names.
        self.mindst = min_value if mindst is None else mindst
        self.hoejst = max_value if hoejst is None else hoejst
        self.decimaler = decimaler if decimal_places is None else min(decimaler, decimal_places)
        self.hele_cifre = None if max_digits is None else max_digits - (decimal_places or 0)
        kwargs.setdefault("bredde", "s")
        super().__init__(*args, **kwargs)

    def laes(self, tekst: str) -> Decimal | int:
        raise NotImplementedError

    def skriv(self, vaerdi: Decimal | int) -> str:
        raise NotImplementedError

    def to_python(self, value: Any) -> Decimal | int | None:
        if value is None or isinstance(value, Decimal | int):
            return value
        if not str(value).strip():
            return None
        try:
            return self.laes(str(value))
        except talformat.TalFejl as fejl:
            raise self.afvis(fejl.besked) from None

    def validate(self, value: Decimal | int | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.mindst is not None and value < self.mindst:
            raise ValidationError(f"{self.navn} skal være mindst {self.med_enhed(self.mindst)}", code="min_value")
        if self.hoejst is not None and value > self.hoejst:
            raise ValidationError(f"{self.navn} må højst være {self.med_enhed(self.hoejst)}", code="max_value")
        if self.hele_cifre is not None and abs(value) >= 10**self.hele_cifre:
            raise self.afvis("Tallet er for stort. Se efter, om der er et ciffer for meget", "max_digits")

    def med_enhed(self, vaerdi: Decimal | int) -> str:
        tekst = talformat.skriv_tal(vaerdi, self.decimaler)
        return f"{tekst}{HAARDT}{self.enhed}" if self.enhed else tekst

    def prepare_value(self, value: Any) -> Any:
        """A stored value in Danish; a typed text as it was typed."""
        return self.skriv(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if not widget.is_hidden:
            attrs["class"] = f"tal {attrs.get('class', '')}".strip()
            attrs |= {
                "inputmode": "decimal" if self.decimaler else "numeric",
                "autocomplete": "off",
                "data-tal": self.art,
                "data-decimaler": str(self.decimaler),
            }
        return attrs


class BeloebField(Talfelt):
    """An amount in kroner as Decimal: "1.234,50", "1250 kr.", "−500"; `decimaler=0` for whole kroner."""

    standardnavn = "Beløbet"
    art = "beloeb"

    def laes(self, tekst: str) -> Decimal:
        return talformat.laes_beloeb(tekst, decimaler=self.decimaler)

    def skriv(self, vaerdi: Decimal | int) -> str:
        return talformat.skriv_beloeb(vaerdi, self.decimaler)

    def med_enhed(self, vaerdi: Decimal | int) -> str:
        return f"{talformat.skriv_tal(vaerdi, self.decimaler)}{HAARDT}kr."


class TalField(Talfelt):
    """A number with decimals and no unit of money: places ("12,5"), hours, keys."""

    def laes(self, tekst: str) -> Decimal:
        return talformat.laes_tal(tekst, decimaler=self.decimaler)

    def skriv(self, vaerdi: Decimal | int) -> str:
        return talformat.skriv_tal(vaerdi, self.decimaler)


class HeltalField(Talfelt):
    """A whole number as int: "1.250" → 1250."""

    art = "heltal"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("bredde", "xs")
        super().__init__(*args, **{**kwargs, "decimaler": 0})

    def laes(self, tekst: str) -> int:
        return talformat.laes_heltal(tekst)

    def skriv(self, vaerdi: Decimal | int) -> str:
        return talformat.skriv_heltal(vaerdi)


class AarField(HeltalField):
    """A year: four digits, never grouped."""

    standardnavn = "Året"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("mindst", 1900)
        kwargs.setdefault("hoejst", 2100)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        tekst = str(value).strip()
        if not tekst:
            return None
        if not _AARSTAL.fullmatch(tekst):
            raise self.afvis("Skriv årstallet med fire cifre, fx 2024")
        return int(tekst)

    def skriv(self, vaerdi: int) -> str:
        return str(vaerdi)

    def med_enhed(self, vaerdi: int) -> str:
        return str(vaerdi)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # Not one of the sheet's numbers: skema.js would group the digits.
        attrs = super().widget_attrs(widget)
        return {navn: vaerdi for navn, vaerdi in attrs.items() if not navn.startswith("data-")}


class ProcentField(Talfelt):
    """A percentage as percent, not as a fraction: "97,5" and "97,5 %" → Decimal("97.50")."""

    standardnavn = "Procenten"
    art = "procent"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("bredde", "xs")
        kwargs.setdefault("enhed", "%")
        super().__init__(*args, **kwargs)

    def laes(self, tekst: str) -> Decimal:
        return talformat.laes_procent(tekst, decimaler=self.decimaler)

    def skriv(self, vaerdi: Decimal | int) -> str:
        return talformat.skriv_tal(vaerdi, self.decimaler)


class DatoField(Laestfelt):
    """A date in a plain text box: DKFDS' date picker posts an empty text for what it cannot read."""

    widget = forms.TextInput
    standardnavn = "Datoen"

    def __init__(
        self, *args: Any, tidligst: dt.date | None = None, senest: dt.date | None = None, **kwargs: Any
    ) -> None:
        self.tidligst = tidligst
        self.senest = senest
        kwargs["help_text"] = kwargs.get("help_text") or "Fx 15.10.2026"
        kwargs.setdefault("bredde", "s")
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, dt.datetime):
            return value.date()
        if value is None or isinstance(value, dt.date):
            return value
        if not str(value).strip():
            return None
        try:
            return datoformat.laes_dato(str(value))
        except datoformat.DatoFejl as fejl:
            raise self.afvis(fejl.besked) from None

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.tidligst and value < self.tidligst:
            dato = datoformat.skriv_dato_lang(self.tidligst)
            raise ValidationError(f"{self.navn} skal være den {dato} eller senere", code="min_value")
        if self.senest and value > self.senest:
            dato = datoformat.skriv_dato_lang(self.senest)
            raise ValidationError(f"{self.navn} skal være den {dato} eller tidligere", code="max_value")

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            value = value.date()
        return datoformat.skriv_dato(value) if isinstance(value, dt.date) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"autocomplete": "off"}


class TekstField(Feltmixin, forms.CharField):
    """A line of text; refuses what looks like a CPR number and never repeats it."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and (fund := find_cpr(value)):
            raise ValidationError(
                f"Fjern det, der ligner et CPR-nummer, i {lille(self.navn)} ({self.sted(value, fund[0])})", code="cpr"
            )

    def sted(self, tekst: str, position: int) -> str:
        """Where in the text, in the reader's terms."""
        return f"tegn {position + 1}"


class TekstomraadeField(TekstField):
    """Several lines of text; `max_length` shows how many characters are left."""

    widget = forms.Textarea

    def __init__(self, *args: Any, raekker: int = 5, **kwargs: Any) -> None:
        self.raekker = raekker
        super().__init__(*args, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        # A browser that cuts off a pasted text loses it silently; the counter and the message do not.
        attrs.pop("maxlength", None)
        return attrs | {"rows": str(self.raekker)}

    def sted(self, tekst: str, position: int) -> str:
        return f"linje {tekst.count(chr(10), 0, position) + 1}"
