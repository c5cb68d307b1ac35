"""The columns of the workbook: what identifies a row, what is computed, and every field of the form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django import forms

from socialaftale.kerne.felter import BeloebField, DatoField, HeltalField, Talfelt
from takster.beregning.koder import Kategori
from takster.beregning.poster import KATEGORINAVNE
from takster.forms.skema import LINJEPRAEFIKS, Skemaformular

JA, NEJ = "Ja", "Nej"


class Art(StrEnum):
    """How a field is written in a cell."""

    NOEGLE = "noegle"
    TEKST = "tekst"
    KR = "kr"
    TAL = "tal"
    HELTAL = "heltal"
    DATO = "dato"
    VALG = "valg"
    KRYDS = "kryds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kolonne:
    """One column. `noegle` is the field's name; `valg` are the texts of a list, in order."""

    noegle: str
    overskrift: str
    art: Art
    hjaelp: str = ""
    valg: tuple[str, ...] = ()
    bredde: int = 16
    gruppe: str = ""

    @property
    def er_linje(self) -> bool:
        return self.noegle.startswith(LINJEPRAEFIKS)


# What identifies a row or follows from it: locked, and never read back apart from the number.
NUMMER = Kolonne(noegle="skema:nummer", overskrift="Skema", art=Art.NOEGLE, bredde=15)
TILBUD = Kolonne(noegle="skema:tilbud", overskrift="Tilbud", art=Art.NOEGLE, bredde=32)
YDELSE = Kolonne(noegle="skema:ydelse", overskrift="Ydelse", art=Art.NOEGLE, bredde=28)
ENHED = Kolonne(noegle="skema:enhed", overskrift="Taksten gælder pr.", art=Art.NOEGLE, bredde=11)
STATUS = Kolonne(noegle="skema:status", overskrift="Status", art=Art.NOEGLE, bredde=13)
I_ALT = Kolonne(noegle="beregnet:i_alt", overskrift="Linjer i alt (kr.)", art=Art.KR, bredde=17)
TAKST = Kolonne(noegle="beregnet:takst", overskrift="Takst af linjerne (kr.)", art=Art.KR, bredde=15)
LAASTE = (NUMMER, TILBUD, YDELSE, ENHED, STATUS, I_ALT, TAKST)


def art_af(felt: forms.Field) -> Art:
    if isinstance(felt, forms.BooleanField):
        return Art.KRYDS
    if isinstance(felt, forms.ChoiceField | forms.ModelChoiceField):
        return Art.VALG
    if isinstance(felt, DatoField):
        return Art.DATO
    if isinstance(felt, BeloebField):
        return Art.KR
    if isinstance(felt, HeltalField):
        return Art.HELTAL
    return Art.TAL if isinstance(felt, Talfelt) else Art.TEKST


def synlige_felter(formular: Skemaformular) -> dict[str, forms.Field]:
    """What a driftsherre enters: the fields of the form apart from the hidden ones."""
    return {navn: felt for navn, felt in formular.fields.items() if not felt.widget.is_hidden and not felt.disabled}


def valg_af(felt: forms.Field) -> list[tuple[str, str]]:
    """(code, text) of a list without the empty choice."""
    return [(str(kode), str(tekst)) for kode, tekst in felt.choices if str(kode)]


def felters_kolonner(formularer: Iterable[Skemaformular]) -> list[Kolonne]:
    """A column for every field that any of the forms has, in the order of the forms."""
    felter: dict[str, forms.Field] = {}
    valg: dict[str, dict[str, None]] = {}
    orden: list[str] = []
    for formular in formularer:
        plads = 0
        for navn, felt in synlige_felter(formular).items():
            if navn not in felter:
                felter[navn] = felt
                orden.insert(plads, navn)
            plads = orden.index(navn) + 1
            if art_af(felt) == Art.VALG:
                valg.setdefault(navn, {}).update(dict.fromkeys(tekst for _, tekst in valg_af(felt)))
    brugte = {kolonne.overskrift for kolonne in LAASTE}
    kolonner = []
    for navn in orden:
        kolonne = _kolonne(navn, felter[navn], tuple(valg.get(navn, ())), brugte)
        brugte.add(kolonne.overskrift)
        kolonner.append(kolonne)
    return kolonner


def _kolonne(navn: str, felt: forms.Field, valg: tuple[str, ...], brugte: set[str]) -> Kolonne:
    art = art_af(felt)
    kode = navn.removeprefix(LINJEPRAEFIKS) if navn.startswith(LINJEPRAEFIKS) else ""
    enhed = "kr." if art == Art.KR else getattr(felt, "enhed", "")
    overskrift = " ".join(filter(None, (kode, str(felt.label), f"({enhed})" if enhed else "")))
    if overskrift in brugte:
        overskrift = f"{overskrift} [{navn}]"
    gruppe = felt.widget.attrs.get("data-gruppe", "")
    return Kolonne(
        noegle=navn,
        overskrift=overskrift,
        art=art,
        hjaelp=str(felt.help_text or ""),
        valg=(JA, NEJ) if art == Art.KRYDS else valg,
        bredde={Art.TEKST: 40, Art.VALG: 26, Art.KRYDS: 16}.get(art, 16),
        gruppe=KATEGORINAVNE[Kategori(gruppe)] if gruppe in KATEGORINAVNE else "",
    )
