"""The case *anden finansiering* (T10): a *ydelse* that is paid by something else than a tariff."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.formularer import DatoField, TekstomraadeField
from socialaftale.kerne.models import Sag
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.sager.forms import Sagsformular
from socialaftale.kerne.sager.fund import Sagsfund, fejl
from socialaftale.kerne.sager.register import Aendringslinje, Ansoegningsobjekt, Sagsindhold
from tilbud.enums import Finansieringsform, Finansieringsgrund
from tilbud.models import Tilbud, Ydelse

NOEGLE = "anden_finansiering"
MIN_TEGN = 10


def find_ydelse(adgang: Adgang, noegle: str) -> Ansoegningsobjekt | None:
    if not noegle.isdigit():
        return None
    ydelse = Ydelse.objects.synlige_for(adgang).select_related("tilbud__driftsherre").filter(pk=noegle).first()
    if ydelse is None or ydelse.tilbud.driftsherre is None:
        return None
    titel = f"{ydelse.tilbud.navn}, {ydelse.navn}"
    return Ansoegningsobjekt(ydelse, ydelse.tilbud.driftsherre, titel, ydelse.er_eksempel)


class Finansieringsformular(Sagsformular):
    field_order = ["version", "form", "grunde", "virkningsdato", "begrundelse"]

    form = forms.ChoiceField(
        label="Ny finansiering", choices=Finansieringsform, widget=forms.RadioSelect, required=False
    )
    grunde = forms.MultipleChoiceField(
        label="Hvorfor kan der ikke bruges en takst",
        choices=Finansieringsgrund,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Mindst én af dem skal være opfyldt.",
    )
    virkningsdato = DatoField(label="Virkning fra", required=False)
    begrundelse = TekstomraadeField(label="Sådan skal ordningen være", required=False, max_length=4000)

    def fra_sag(self, sag: Sag) -> dict[str, Any]:
        return {
            "form": sag.data.get("form", ""),
            "grunde": sag.data.get("grunde", []),
            "virkningsdato": sag.virkningsdato,
        }

    def til_data(self) -> dict[str, Any]:
        ydelse: Ydelse = self.om.objekt
        return {
            "fra": ydelse.finansieringsform,
            "form": self.cleaned_data["form"],
            "grunde": self.cleaned_data["grunde"],
        }


def kontroller(sag: Sag, dato: dt.date) -> list[Sagsfund]:
    """T10: another form than today's, at least one of the reasons, and a day after the decision."""
    form = sag.data.get("form")
    fund = []
    if not form:
        fund.append(fejl("form_mangler", "T10", "Vælg, hvordan ydelsen skal finansieres"))
    else:
        ydelse = Ydelse.objects.filter(pk=sag.objekt_id).first()
        if ydelse is None:
            fund.append(fejl("ydelse_mangler", "T10", "Ydelsen findes ikke længere i registret"))
        elif ydelse.finansieringsform == form:
            fund.append(fejl("samme_form", "T10", "Ydelsen er allerede finansieret på den måde"))
    if form and form != Finansieringsform.TAKST and not sag.data.get("grunde"):
        fund.append(fejl("grund_mangler", "T10", "Vælg mindst én grund til, at der ikke kan bruges en takst"))
    if len(sag.begrundelse.strip()) < MIN_TEGN:
        fund.append(fejl("ordning_mangler", "T10", f"Beskriv ordningen (mindst {MIN_TEGN} tegn)"))
    if sag.virkningsdato is None:
        fund.append(fejl("virkning_mangler", "T10", "Skriv, hvilken dag ordningen gælder fra"))
    elif sag.virkningsdato <= dato:
        fund.append(fejl("virkning_passeret", "T10", "Ordningen skal gælde fra en dag efter beslutningen"))
    return fund


def vis(sag: Sag, adgang: Adgang) -> Sagsindhold:
    grunde = [Finansieringsgrund(kode).label for kode in sag.data.get("grunde", ())]
    form = sag.data.get("form")
    return Sagsindhold(
        fakta=[("Grunde", ". ".join(grunde) or "–")],
        aendringer=[
            Aendringslinje(
                "Finansiering",
                Finansieringsform(sag.data["fra"]).label if sag.data.get("fra") else "",
                Finansieringsform(form).label if form else "",
            )
        ],
    )


def udfoer(sag: Sag, adgang: Adgang) -> None:
    ydelse = Ydelse.objects.select_for_update(of=("self",)).select_related("tilbud").get(pk=sag.objekt_id)
    fra = ydelse.finansieringsform
    ydelse.finansieringsform = sag.data["form"]
    ydelse.finansieringsgrunde = list(sag.data.get("grunde", ()))
    ydelse.finansiering_fra = sag.virkningsdato
    ydelse.finansieringsafgoerelse = f"Sag {sag.nummer}"
    ydelse.full_clean()
    ydelse.save(
        update_fields=["finansieringsform", "finansieringsgrunde", "finansiering_fra", "finansieringsafgoerelse"]
    )
    Tilbud.objects.filter(pk=ydelse.tilbud_id).update(version=ydelse.tilbud.version + 1)
    log(
        adgang,
        "finansiering_aendret",
        ydelse.tilbud,
        tekst=f"Finansiering af {ydelse.navn}: {ydelse.get_finansieringsform_display().lower()}"[:200],
        fra=fra,
        til=ydelse.finansieringsform,
        begrundelse=f"Sag {sag.nummer}",
        vedroerer=sag.organisation,
    )
