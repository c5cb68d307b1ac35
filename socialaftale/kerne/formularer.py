"""Forms in DKFDS' markup with Danish texts: renderer, bound field, base classes and the answer to a bad form.

Every form of the site (also allauth's and django-filter's) gets the markup through `FORM_RENDERER`. Our own forms
inherit `Formular` or `Modelformular`, so that no text of Django's reaches a user.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import models
from django.forms.models import ModelFormMetaclass
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from socialaftale.kerne.felter import (
    AarField,
    BeloebField,
    DatoField,
    HeltalField,
    ProcentField,
    TalField,
    TekstField,
    TekstomraadeField,
    lille,
)
from socialaftale.kerne.felttegning import TEGNERE

__all__ = [
    "AarField",
    "BeloebField",
    "DatoField",
    "Fejl",
    "Formular",
    "Formularmixin",
    "Formularvisning",
    "HeltalField",
    "Markering",
    "Modelformular",
    "ProcentField",
    "Renderer",
    "TalField",
    "TekstField",
    "TekstomraadeField",
    "lille",
    "saml_fejl",
    "svar_for_sent",
    "svar_med_formular",
    "vis_fejl",
]


class Markering(StrEnum):
    """Which fields carry a word after the label: the few that may be empty, the few that must be filled, none."""

    FRIVILLIGT = "(frivilligt)"
    SKAL = "(*skal udfyldes)"
    INGEN = ""


class Fejl(NamedTuple):
    """One line of the error summary: the text and the id of the control it leads to ("" when there is none)."""

    tekst: str
    maal: str = ""


class Feltbinding(forms.BoundField):
    """A field on a form with DKFDS' classes and what `django/forms/field.html` needs to know."""

    KLASSER = (
        (forms.CheckboxSelectMultiple, "form-checkbox"),
        (forms.RadioSelect, "form-radio"),
        (forms.CheckboxInput, "form-checkbox"),
        (forms.Select, "form-select"),
        (forms.FileInput, ""),
        (forms.Widget, "form-input"),
    )

    def build_widget_attrs(self, attrs: Mapping[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if isinstance(widget, forms.MultiWidget) and len(widget.widgets) == 2:
            for del_, ende in zip(widget.widgets, ("fra", "til"), strict=True):
                del_.attrs.setdefault("aria-label", f"{self.label}, {ende}")
        if not widget.is_hidden:
            dkfds = next(klasse for art, klasse in self.KLASSER if isinstance(widget, art))
            klasser = " ".join(filter(None, (dkfds, widget.attrs.get("class"), attrs.get("class"))))
            if klasser:
                attrs["class"] = klasser
        return attrs

    @property
    def art(self) -> str:
        """Which markup: "gruppe" (radio buttons, many boxes), "kryds" (one box), "fil" or "felt"."""
        widget = self.field.widget
        if self.use_fieldset or isinstance(widget, forms.MultiWidget):
            return "gruppe"
        if isinstance(widget, forms.CheckboxInput):
            return "kryds"
        return "fil" if isinstance(widget, forms.FileInput) else "felt"

    @property
    def maerke(self) -> str:
        """The word after the label, "" for most fields."""
        markering = getattr(self.form, "markering", Markering.INGEN)
        if markering == Markering.FRIVILLIGT and not self.field.required and self.art != "kryds":
            return str(markering)
        return str(markering) if markering == Markering.SKAL and self.field.required else ""

    @property
    def enhed(self) -> str:
        return getattr(self.field, "enhed", "")

    @property
    def note(self) -> str:
        """What somebody has written about the field, shown beside it until it is dealt with."""
        return getattr(self.field, "note", "")

    @property
    def aria_describedby(self) -> str | None:
        """Hint and errors as Django has it, and the note."""
        andre = super().aria_describedby
        return f"{andre} {self.auto_id}_note".strip() if self.note and andre is not None else andre

    @property
    def maks_tegn(self) -> str:
        """Length limit as text (no thousands separator), only for text areas."""
        graense = getattr(self.field, "max_length", None)
        return str(graense) if graense and isinstance(self.field.widget, forms.Textarea) else ""

    @property
    def fejlmaal(self) -> str:
        """The id an error leads to: the control, or the first of a group."""
        if self.is_hidden:
            return ""
        return self.id_for_label or (f"{self.auto_id}_0" if self.auto_id else "")

    def som_celle(self) -> SafeString:
        """Error and control without label, for a table whose row heading holds the <label>."""
        return self.render("django/forms/celle.html")


class Renderer(TemplatesSetting):
    """Looks templates up like pages do, so that ours in templates/django/forms come before Django's.

    The plain boxes are written by `felttegning`.
    """

    form_template_name = "django/forms/formular.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = Feltbinding

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if tegn := TEGNERE.get(template_name):
            return tegn(context["widget"])
        return super().render(template_name, context, request)


# How to write what Django's own date and time fields read.
EKSEMPEL = {
    forms.DateField: "skriv datoen som dag, måned og år, fx 15.10.2026",
    forms.TimeField: "skriv klokkeslættet som timer og minutter, fx 13:42",
    forms.DateTimeField: "skriv dato og klokkeslæt, fx 15.10.2026 13:42",
}


def _beskeder(felt: forms.Field, navn: str) -> dict[str, str]:
    """Danish texts for the codes Django would answer with its own; `navn` is the label."""
    valg = isinstance(felt, forms.ChoiceField | forms.ModelChoiceField)
    if isinstance(felt, forms.BooleanField):
        mangler = f"Sæt kryds ved {lille(navn)}"
    elif isinstance(felt, forms.FileField):
        mangler = "Vælg en fil"
    else:
        mangler = f"{'Vælg' if valg else 'Udfyld'} {lille(navn)}"
    # In texts that Django fills with parameters a percent sign in the label must be doubled.
    med_parametre = navn.replace("%", "%%")
    beskeder = {
        "required": mangler,
        "invalid_choice": f"Vælg {lille(med_parametre)} på listen",
        "invalid_list": f"Vælg {lille(navn)} på listen",
        "invalid_pk_value": f"Vælg {lille(med_parametre)} på listen",
        "max_length": f"{med_parametre} må højst fylde %(limit_value)d tegn. Du har skrevet %(show_value)d tegn",
        "min_length": f"{med_parametre} skal fylde mindst %(limit_value)d tegn. Du har skrevet %(show_value)d tegn",
        "null_characters_not_allowed": f"{navn}: fjern de usynlige tegn",
    }
    if isinstance(felt, forms.IntegerField):
        beskeder |= {
            "invalid": f"{navn}: skriv et tal",
            "min_value": f"{med_parametre} skal være mindst %(limit_value)s",
            "max_value": f"{med_parametre} må højst være %(limit_value)s",
        }
    elif isinstance(felt, forms.DateField | forms.TimeField | forms.DateTimeField):
        beskeder["invalid"] = f"{navn}: {next(tekst for art, tekst in EKSEMPEL.items() if isinstance(felt, art))}"
    elif isinstance(felt, forms.EmailField):
        beskeder["invalid"] = "Skriv en e-mailadresse, fx navn@kommune.dk"
    elif isinstance(felt, forms.URLField):
        beskeder["invalid"] = "Skriv en webadresse, fx https://www.kommune.dk"
    elif isinstance(felt, forms.FileField):
        beskeder |= {
            "invalid": "Vælg filen igen. Den kom ikke med",
            "missing": "Vælg en fil",
            "empty": "Filen er tom. Vælg en anden fil",
            "max_length": "Filens navn må højst fylde %(max)d tegn. Giv den et kortere navn",
            "contradiction": "Vælg enten en ny fil eller at fjerne den gamle",
        }
    return beskeder


@cache
def _standarder(felttype: type[forms.Field], kode: str) -> tuple[Any, ...]:
    """What Django itself says; asked for every field of every form, so it is found once."""
    alle = (vars(klasse).get("default_error_messages", {}).get(kode) for klasse in felttype.__mro__)
    return tuple(tekst for tekst in alle if tekst is not None)


def saet_danske_beskeder(formular: forms.BaseForm) -> None:
    """Put our texts where a field still has Django's own; texts given to the field are kept."""
    for navn, felt in formular.fields.items():
        if felt.label is None:
            felt.label = pretty_name(navn)
        egne = getattr(formular, "mangler", {})
        for kode, besked in _beskeder(felt, str(felt.label)).items():
            nuvaerende = felt.error_messages.get(kode)
            if nuvaerende is None or any(nuvaerende is standard for standard in _standarder(type(felt), kode)):
                felt.error_messages[kode] = egne.get(navn, besked) if kode == "required" else besked


class Formularmixin:
    """Danish messages, marking of optional fields and the data of the error summary.

    `mangler` gives texts for empty fields that cannot carry them themselves: {"kommune": "Vælg kommune"}.
    """

    markering = Markering.FRIVILLIGT
    mangler: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        # Here and not in __init__, so that fields a subclass adds later are covered too.
        saet_danske_beskeder(self)
        super().full_clean()

    @property
    def fejlresume(self) -> list[Fejl]:
        """General errors first, then one error per field in the order of the form."""
        linjer = [Fejl(str(tekst)) for tekst in self.non_field_errors()]
        return linjer + [Fejl(str(felt.errors[0]), felt.fejlmaal) for felt in self if felt.errors]


class Formular(Formularmixin, forms.Form):
    """Base of our forms."""


def dansk_felt(db_felt: models.Field, **kwargs: Any) -> forms.Field | None:
    """The Danish form field for a model field; a choice or a form class named in Meta stays as it is."""
    if "form_class" not in kwargs and not db_felt.choices:
        for modelfelt, formfelt in (
            (models.DecimalField, BeloebField),
            (models.IntegerField, HeltalField),
            (models.DateTimeField, None),
            (models.DateField, DatoField),
            (models.EmailField, None),
            (models.URLField, None),
            (models.SlugField, None),
            (models.CharField, TekstField),
        ):
            if isinstance(db_felt, modelfelt):
                if formfelt:
                    kwargs["form_class"] = formfelt
                break
        else:
            if isinstance(db_felt, models.TextField):
                # Django would hand over a bare Textarea; ours knows its rows.
                return db_felt.formfield(**{"form_class": TekstomraadeField, "widget": None, **kwargs})
    return db_felt.formfield(**kwargs)


class Modelformularmetaklasse(ModelFormMetaclass):
    """Lets every model form pick Danish fields without saying so in each Meta."""

    def __new__(mcs, navn: str, baser: tuple[type, ...], attrs: dict[str, Any]) -> type:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(dansk_felt)
        return super().__new__(mcs, navn, baser, attrs)


class Modelformular(Formularmixin, forms.ModelForm, metaclass=Modelformularmetaklasse):
    """Base of our model forms: amounts, numbers, dates and texts become the Danish fields."""


def saml_fejl(formularer: Iterable[forms.BaseForm]) -> list[Fejl]:
    """The summary of several forms on one page, in their order; takes plain Django forms too."""
    linjer = []
    for formular in formularer:
        linjer += Formularmixin.fejlresume.fget(formular) if formular.is_bound else []
    return linjer


def vis_fejl(formular: forms.BaseForm, fejl: ValidationError) -> None:
    """An action's objection at the field it names, or above the form when the form has no such field."""
    for felt, tekster in getattr(fejl, "message_dict", {None: fejl.messages}).items():
        formular.add_error(felt if felt in formular.fields else None, tekster)


def svar_med_formular(
    request: HttpRequest, skabelon: str, formularer: Iterable[forms.BaseForm], kontekst: dict[str, Any] | None = None
) -> HttpResponse:
    """Show a page with forms: 200, or 422 with the error summary when a form was sent with errors."""
    fejl = saml_fejl(formularer)
    return render(
        request, skabelon, {**(kontekst or {}), "fejl": fejl, "har_fejl": bool(fejl)}, status=422 if fejl else 200
    )


def svar_for_sent(
    request: HttpRequest,
    sendt: forms.BaseForm | list[tuple[str, str]],
    kontekst: dict[str, Any],
    *,
    titel: str,
    forklaring: str,
) -> HttpResponse:
    """409: what the form is about can no longer be changed; what was typed stands on the page to be copied.

    `sendt` is the form, or what was typed as (field, text) where it is no single form. `kontekst` has `broedkrummer`,
    and `videre` = (address, text) of the page that shows how things are now.
    """
    skrevet = sendt
    if isinstance(sendt, forms.BaseForm):
        skrevet = [(felt.label, _i_ord(felt.field, felt.data)) for felt in sendt.visible_fields() if felt.data]
    return render(
        request,
        "grund/for_sent.html",
        {**kontekst, "titel": titel, "forklaring": forklaring, "skrevet": skrevet},
        status=409,
    )


def _i_ord(felt: forms.Field, vaerdi: Any) -> str:
    """What was typed or chosen, as the page called it."""
    if isinstance(felt, forms.BooleanField):
        return "Ja"
    if isinstance(felt, forms.ChoiceField):
        return str({str(kode): tekst for kode, tekst in felt.choices}.get(str(vaerdi), vaerdi))
    return str(vaerdi)


class Formularvisning:
    """Mixin for FormView and its kin: a bad form answers 422 with `fejl` and `har_fejl` in the context."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kontekst = super().get_context_data(**kwargs)
        fejl = saml_fejl([kontekst["form"]])
        return {**kontekst, "fejl": fejl, "har_fejl": bool(fejl)}

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        if not hasattr(self, "render_to_response"):
            raise ImproperlyConfigured("Formularvisning must stand before a FormView.")
        return self.render_to_response(self.get_context_data(form=form), status=422)
