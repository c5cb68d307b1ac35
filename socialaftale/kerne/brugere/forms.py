"""Forms of the administration of users."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.brugere.adgang import rollen_passer
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.formularer import DatoField, Formular, TekstField, TekstomraadeField
from socialaftale.kerne.models import Medlemskab, Organisation


class Organisationsfelt(forms.ModelChoiceField):
    """Organisations by their full name."""

    def label_from_instance(self, obj: Organisation) -> str:
        return obj.navn


class RolleForm(Formular):
    """Which roles where, and from when until when."""

    mangler = {"organisation": "Vælg organisation", "roller": "Vælg mindst én rolle"}

    organisation = Organisationsfelt(queryset=Organisation.objects.none(), label="Organisation", empty_label="Vælg")
    roller = forms.TypedMultipleChoiceField(
        label="Roller", choices=Rolle.choices, coerce=Rolle, widget=forms.CheckboxSelectMultiple
    )
    fra = DatoField(label="Fra", mangler="Indtast den første dag med rollen", help_text="Første dag, fx 15.10.2026")
    til = DatoField(label="Til og med", required=False, help_text="Sidste dag. Lad feltet stå tomt uden slutdato")

    def __init__(self, *args: Any, adgang: Adgang, **kwargs: Any) -> None:
        kwargs["initial"] = {"fra": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.synlige_for(adgang)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        organisation, fra, til = data.get("organisation"), data.get("fra"), data.get("til")
        for rolle in data.get("roller") or []:
            if organisation and not rollen_passer(rolle, organisation):
                self.add_error("roller", f"{organisation} kan ikke have rollen {rolle.label}")
        if fra and til and til < fra:
            self.add_error("til", "Slutdatoen skal være samme dag som eller efter startdatoen")
        return data


class InvitationForm(RolleForm):
    """A new user, or new roles for one who has the address already."""

    field_order = ["navn", "email", "organisation", "roller", "fra", "til"]

    navn = TekstField(label="Navn", max_length=120, mangler="Indtast navn")
    email = forms.EmailField(
        label="E-mail", max_length=254, help_text="Har adressen allerede en konto, får den rollerne"
    )
    mangler = {**RolleForm.mangler, "email": "Indtast e-mailadressen"}


class NavnForm(Formular):
    """What others see in histories and receipts."""

    navn = TekstField(label="Navn", max_length=120, mangler="Indtast navn")


class OplysningerForm(NavnForm):
    """Name and address of a user."""

    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="En ny adresse gælder, når brugeren har bekræftet den i en mail",
    )
    mangler = {"email": "Indtast e-mailadressen"}


class BegrundelseForm(Formular):
    """A step that needs its reason."""

    begrundelse = TekstomraadeField(
        label="Begrundelse", max_length=500, raekker=3, mangler="Skriv en begrundelse", help_text="Står i historikken"
    )


class AfslutRolleForm(BegrundelseForm):
    """The last day of a role."""

    field_order = ["til", "begrundelse"]

    til = DatoField(label="Sidste dag med rollen", mangler="Indtast den sidste dag med rollen")

    def __init__(self, *args: Any, medlemskab: Medlemskab, **kwargs: Any) -> None:
        i_dag = timezone.localdate()
        kwargs["initial"] = {"til": i_dag, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["til"].tidligst = medlemskab.fra
        if medlemskab.fra < i_dag:
            i_gaar = i_dag - dt.timedelta(days=1)
            self.fields["til"].help_text = f"Skal rollen slutte straks, så skriv {i_gaar:%d.%m.%Y}"
