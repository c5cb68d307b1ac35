"""Forms of cases: the base every kind builds on, and those of the steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.cpr import find_cpr
from socialaftale.kerne.filtekst import TekstAfvist, kontroller_pdf, kontroller_word
from socialaftale.kerne.formularer import DatoField, Formular, Markering, TekstField, TekstomraadeField
from socialaftale.kerne.models import Organisation, Sag
from socialaftale.kerne.sager.enums import Udfald
from socialaftale.kerne.sager.register import Ansoegningsobjekt

MAKS_MB = 20
# Ending → the bytes such a file begins with, and how its text is searched.
FILTYPER = {"pdf": (b"%PDF-", kontroller_pdf), "docx": (b"PK\x03\x04", kontroller_word)}
FILHJAELP = f"PDF eller Word, højst {MAKS_MB} MB. Fjern CPR-numre, også på skannede sider, som ikke kan gennemses"


class Sagsformular(Formular):
    """What every application asks for; a kind adds its fields and says how they become `data` and come back.

    A draft may be saved half-finished, so nothing is required here: the kind's checks say what is missing.
    """

    markering = Markering.INGEN

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    begrundelse = TekstomraadeField(label="Begrundelse", required=False, max_length=4000)

    # Fields in the order of the page; what a kind does not name comes last.
    field_order: list[str] = []

    def __init__(
        self,
        *args: Any,
        om: Ansoegningsobjekt,
        adgang: Adgang,
        sag: Sag | None = None,
        **kwargs: Any,
    ) -> None:
        self.om, self.adgang, self.sag = om, adgang, sag
        if sag is not None:
            kwargs["initial"] = {"version": sag.version, "begrundelse": sag.begrundelse, **self.fra_sag(sag)}
        super().__init__(*args, **kwargs)
        self.tilpas()

    def tilpas(self) -> None:
        """Choices and hints that depend on what the application is about."""

    def fra_sag(self, sag: Sag) -> dict[str, Any]:
        """The kind's fields as they were saved."""
        return {}

    def til_data(self) -> dict[str, Any]:
        """The kind's fields as `Sag.data` keeps them."""
        return {}

    def virkningsdato(self) -> dt.date | None:
        return self.cleaned_data.get("virkningsdato")


class Kommunevalg(forms.ModelMultipleChoiceField):
    """Municipalities as boxes; kept as slugs."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organisation.objects.none(), required=False, **kwargs)

    def label_from_instance(self, obj: Organisation) -> str:
        return obj.kortnavn


def slugs(kommuner: Any) -> list[str]:
    return [kommune.slug for kommune in kommuner or ()]


class Bilagsformular(Formular):
    fil = forms.FileField(label="Dokument", help_text=FILHJAELP)
    art = forms.ChoiceField(label="Hvad er det", required=False)

    def __init__(self, *args: Any, arter: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if arter:
            self.fields["art"].choices = [*arter, ("", "Andet")]
        else:
            del self.fields["art"]

    def clean_fil(self) -> UploadedFile:
        fil: UploadedFile = self.cleaned_data["fil"]
        endelse = fil.name.rsplit(".", 1)[-1].lower()
        if endelse not in FILTYPER:
            raise ValidationError("Vælg en fil i PDF eller Word (.docx)")
        if fil.size > MAKS_MB * 1024 * 1024:
            raise ValidationError(f"Filen fylder mere end {MAKS_MB} MB. Vælg en mindre fil")
        if find_cpr(fil.name):
            raise ValidationError("Filens navn ligner et CPR-nummer. Giv filen et andet navn")
        begyndelse, kontroller = FILTYPER[endelse]
        data = fil.read()
        fil.seek(0)
        if not data.startswith(begyndelse):
            raise ValidationError(f"Filen er ikke en rigtig .{endelse}-fil. Gem den igen, og vælg den")
        try:
            kontroller(data)
        except TekstAfvist as afvist:
            raise ValidationError(afvist.besked) from afvist
        return fil


class Returformular(Formular):
    begrundelse = TekstomraadeField(label="Hvad skal rettes?", mangler="Skriv, hvad der skal rettes", max_length=2000)


class Dagsordenformular(Formular):
    moededato = DatoField(label="Mødedato", mangler="Skriv, hvornår mødet er")
    moedepunkt = TekstField(
        label="Punkt på dagsordenen", required=False, max_length=150, help_text="Fx punkt 8", bredde="l"
    )


class Beslutningsformular(Formular):
    udfald = forms.ChoiceField(label="Beslutning", widget=forms.RadioSelect)
    dato = DatoField(label="Besluttet den", mangler="Skriv, hvornår det er besluttet")
    reference = TekstField(
        label="Mødepunkt",
        mangler="Skriv mødepunktet, så beslutningen kan findes",
        max_length=150,
        help_text="Fx DAS 3. november 2026, punkt 8",
        bredde="xl",
    )
    tekst = TekstomraadeField(
        label="Beslutningens tekst",
        required=False,
        max_length=4000,
        help_text="Skal skrives ved afslag, og når sagen sendes videre",
    )
    fil = forms.FileField(label="Referat", required=False, help_text=FILHJAELP)

    mangler = {"udfald": "Vælg, hvad der er besluttet"}

    clean_fil_indhold = Bilagsformular.clean_fil

    def __init__(self, *args: Any, videre_til: str, **kwargs: Any) -> None:
        """`videre_til` is the name of the body the case can be sent on to, "" when there is none."""
        super().__init__(*args, **kwargs)
        udfald = [(Udfald.GODKENDT, "Godkendt"), (Udfald.AFSLAAET, "Afslået")]
        if videre_til:
            udfald.append((Udfald.SENDT_VIDERE, f"Sendt videre til {videre_til}"))
        self.fields["udfald"].choices = udfald

    def clean_fil(self) -> UploadedFile | None:
        return self.clean_fil_indhold() if self.cleaned_data.get("fil") else None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("udfald") in (Udfald.AFSLAAET, Udfald.SENDT_VIDERE) and not data.get("tekst"):
            self.add_error("tekst", "Skriv, hvorfor sagen er afslået eller sendt videre")
        return data


class Overladformular(Formular):
    dato = DatoField(label="Besluttet den", mangler="Skriv, hvornår det er besluttet")
    reference = TekstField(
        label="Mødepunkt",
        mangler="Skriv mødepunktet, så beslutningen kan findes",
        max_length=150,
        help_text="Fx DAS 3. november 2026, punkt 8",
        bredde="xl",
    )
