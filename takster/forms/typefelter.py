"""The form of a takstskema for each type of tariff (T32): with levels, or the short form of a supplement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from socialaftale.kerne.formularer import BeloebField, HeltalField, ProcentField, TalField, TekstField
from takster.enums import AtaMetode, Levering, Tillaegsmetode, Tillaegsretning
from takster.niveauceller import KOLONNER, MAKS_NIVEAUER, celle
from tilbud.enums import Taksttype

FAELLES = ("bemaerkning", "version")
MINDST_SYNLIGE = 3


def ata_felter() -> dict[str, forms.Field]:
    """The components of an ATA hour (T39), for the calculator and for a supplement."""
    return {
        "ata_personale": TekstField(
            label="Personalekategori", help_text="Fx pædagoger", required=False, max_length=100, bredde="m"
        ),
        "ata_timeomkostning": BeloebField(
            label="Timeomkostning",
            help_text="Løn med feriepenge, pension og ATP, uden tillæg for aften og weekend. Fx 206",
            required=False,
            mindst=0,
            enhed="kr.",
            max_digits=10,
            decimal_places=2,
        ),
        "ata_fravaer_pct": ProcentField(
            label="Korrektion for fravær",
            help_text="Ferie, sygdom, pauser, møder og kurser. Fx 33",
            required=False,
            mindst=0,
            max_digits=5,
            decimal_places=2,
        ),
        "ata_doegn_pct": ProcentField(
            label="Døgnkoefficient",
            help_text="Kun for timer uden for hverdage kl. 6–17. Skriv 0, hvis alt leveres inden for. Fx 25",
            required=False,
            mindst=0,
            max_digits=5,
            decimal_places=2,
        ),
        "ata_foelge_pct": ProcentField(
            label="Variable følgeomkostninger",
            help_text="Fx uddannelse, forsikring og administration. Højst 5 %. Fx 5",
            required=False,
            mindst=0,
            max_digits=5,
            decimal_places=2,
        ),
        "ata_metode": forms.ChoiceField(
            label="Hvordan regnes fravær med?", choices=AtaMetode.choices, widget=forms.RadioSelect, required=False
        ),
        "ata_levering": forms.ChoiceField(
            label="Hvornår leveres timerne?", choices=Levering.choices, widget=forms.RadioSelect, required=False
        ),
        "ata_minutter": HeltalField(
            label="Minutter pr. gang", help_text="Fx 30", required=False, mindst=0, hoejst=1440
        ),
        "ata_gange": HeltalField(label="Gange om ugen", help_text="Fx 5", required=False, mindst=0, hoejst=200),
    }


def _tillaegsfelter() -> dict[str, forms.Field]:
    return {
        "tillaeg_retning": forms.ChoiceField(
            label="Hæver eller sænker ydelsen prisen?",
            choices=Tillaegsretning.choices,
            widget=forms.RadioSelect,
            required=False,
        ),
        "tillaeg_metode": forms.ChoiceField(
            label="Hvordan er prisen fundet?",
            choices=Tillaegsmetode.choices,
            widget=forms.RadioSelect,
            required=False,
        ),
        "tillaeg_omkostning": BeloebField(
            label="Pris pr. stk.",
            help_text="Det, I betaler for ydelsen, fx en ekstern konsulent eller en ridetime. Fx 450",
            required=False,
            mindst=0,
            enhed="kr.",
            max_digits=12,
            decimal_places=2,
        ),
        **ata_felter(),
    }


def _niveaufelter() -> dict[str, forms.Field]:
    felter: dict[str, forms.Field] = {}
    for nr in range(1, MAKS_NIVEAUER + 1):
        felter[celle(nr, "navn")] = TekstField(label=f"Niveau {nr}, navn", required=False, max_length=100, bredde="xl")
        felter[celle(nr, "beskrivelse")] = TekstField(
            label=f"Niveau {nr}, beskrivelse", required=False, max_length=500, bredde="xl"
        )
        felter[celle(nr, "pladser")] = TalField(
            label=f"Niveau {nr}, pladser", required=False, mindst=0, max_digits=8, decimal_places=2
        )
        felter[celle(nr, "stoettetimer")] = TalField(
            label=f"Niveau {nr}, direkte støttetimer om ugen", required=False, mindst=0, max_digits=6, decimal_places=2
        )
        for kolonne in ("navn", "beskrivelse"):
            # Boxes of the sheet, so that a block of cells can be pasted across them.
            felter[celle(nr, kolonne)].widget.attrs["data-tal"] = "tekst"
    return felter


def tilpas(felter: dict[str, forms.Field], taksttype: str) -> None:
    """Take away what the type does not ask for, and put in what it does."""
    if taksttype in (Taksttype.TILLAEG, Taksttype.INDIVIDUEL):
        for navn in [navn for navn in felter if navn not in FAELLES]:
            del felter[navn]
    if taksttype == Taksttype.TILLAEG:
        felter.update(_tillaegsfelter())
    if taksttype == Taksttype.DIFFERENTIERET:
        felter.update(_niveaufelter())
        # The mean follows from the levels.
        del felter["direkte_stoettetimer"]


def har_niveauer(felter: Mapping[str, forms.Field]) -> bool:
    return celle(1, KOLONNER[0]) in felter


def niveauraekker(formular: forms.BaseForm, vis: int = 0) -> list[dict[str, Any]]:
    """The rows of boxes; those after the last with anything in it, and beyond `vis`, are hidden."""
    if not har_niveauer(formular.fields):
        return []
    raekker = [
        {"nr": nr, **{kolonne: formular[celle(nr, kolonne)] for kolonne in KOLONNER}}
        for nr in range(1, MAKS_NIVEAUER + 1)
    ]
    brugte = [
        raekke["nr"]
        for raekke in raekker
        if any(raekke[kolonne].value() not in (None, "") or raekke[kolonne].errors for kolonne in KOLONNER)
    ]
    sidste = max(MINDST_SYNLIGE, vis, *brugte)
    return [raekke | {"skjult": raekke["nr"] > sidste} for raekke in raekker]


def uden_raekke(data: Mapping[str, str], nr: int) -> dict[str, str]:
    """The typed texts with that row taken out and those below moved up."""
    ny = dict(data)
    for her in range(nr, MAKS_NIVEAUER + 1):
        for kolonne in KOLONNER:
            ny[celle(her, kolonne)] = data.get(celle(her + 1, kolonne), "")
    return ny
