"""The columns of the workbook: what identifies a row, what is computed, and every field of the form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django import forms

from socialaftale.kerne.felter import BeloebField, DatoField, HeltalField, Talfelt
from takster.beregning.koder import Kategori
from takster.beregning.poster import KATEGORINAVNE, POST_EFTER_KODE, POSTER
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


# Keys that are no fields: what identifies a row or is fixed in the register, and what is computed.
FAST, BEREGNET = "skema:", "beregnet:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kolonne:
    """One column. `noegle` is the field's name; `valg` are the texts of a list, in order.

    `kategori` is what the amount is summed in, `gruppe` the block of the form it is entered in.
    """

    noegle: str
    overskrift: str
    art: Art
    hjaelp: str = ""
    valg: tuple[str, ...] = ()
    bredde: int = 16
    gruppe: str = ""
    kategori: Kategori | None = None

    @property
    def er_linje(self) -> bool:
        return self.noegle.startswith(LINJEPRAEFIKS)

    @property
    def er_laast(self) -> bool:
        return er_laast(self.noegle)

    @property
    def er_beregnet(self) -> bool:
        return self.noegle.startswith(BEREGNET)

    @property
    def er_sum(self) -> bool:
        """The sum of one category."""
        return self.noegle.removeprefix(BEREGNET) in set(Kategori)


def er_laast(noegle: str) -> bool:
    """Locked, and never read back apart from the number; also keys an earlier workbook had."""
    return noegle.startswith((FAST, BEREGNET))


NUMMER = Kolonne(noegle=f"{FAST}nummer", overskrift="Skema", art=Art.NOEGLE, bredde=15)
TILBUD = Kolonne(noegle=f"{FAST}tilbud", overskrift="Tilbud", art=Art.NOEGLE, bredde=26)
YDELSE = Kolonne(noegle=f"{FAST}ydelse", overskrift="Ydelse", art=Art.NOEGLE, bredde=22)
GRUNDLAG = Kolonne(
    noegle=f"{BEREGNET}grundlag",
    overskrift="Takstberegningsgrundlag (kr.)",
    art=Art.KR,
    hjaelp="Summen af alle linjer og reguleringen. Regnes ud, mens du skriver",
    bredde=17,
)
TAKST = Kolonne(
    noegle=f"{BEREGNET}takst",
    overskrift="Takst (kr.)",
    art=Art.KR,
    hjaelp="Grundlaget divideret med det, der forventes solgt. Regnes ud, mens du skriver",
    bredde=13,
)
ENHED = Kolonne(noegle=f"{FAST}enhed", overskrift="Taksten gælder pr.", art=Art.NOEGLE, bredde=11)
TAKSTTYPE = Kolonne(
    noegle=f"{FAST}taksttype",
    overskrift="Taksttype",
    art=Art.NOEGLE,
    hjaelp="Styrer, hvilke felter der skal udfyldes. Typen rettes på ydelsen i registret",
    bredde=20,
)
STATUS = Kolonne(noegle=f"{FAST}status", overskrift="Status", art=Art.NOEGLE, bredde=13)
BELAEGNING = Kolonne(
    noegle=f"{BEREGNET}belaegning",
    overskrift="Belægning i taksten (%)",
    art=Art.TAL,
    hjaelp="Den budgetterede belægning, eller den, der følger af de to år eller det forventede antal borgere",
)
REGULERING = Kolonne(
    noegle=f"{BEREGNET}regulering",
    overskrift="Regulering vedr. tidligere år (kr.)",
    art=Art.KR,
    hjaelp="Beregnes af tidligere års resultater og kan ikke skrives. Minus sænker taksten",
)
# What every row begins with; the first five stay in sight while the rest is filled in.
FORREST = (NUMMER, TILBUD, YDELSE, GRUNDLAG, TAKST, ENHED, TAKSTTYPE, STATUS)
NOEGLEKOLONNER = 5


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
    brugte = {kolonne.overskrift for kolonne in (*FORREST, BELAEGNING, REGULERING)}
    kolonner = []
    for navn in orden:
        kolonne = _kolonne(navn, felter[navn], tuple(valg.get(navn, ())), brugte)
        brugte.add(kolonne.overskrift)
        kolonner.append(kolonne)
    return kolonner


def arkets_kolonner(formularer: Iterable[Skemaformular]) -> list[Kolonne]:
    """All columns of the sheet: the fields with what is computed of them beside them."""
    felter = felters_kolonner(formularer)
    sidste = {kolonne.kategori: kolonne for kolonne in felter if kolonne.kategori}
    sidste_linje = next((kolonne for kolonne in reversed(felter) if kolonne.kategori), None)
    ud = [*FORREST]
    for kolonne in felter:
        ud.append(kolonne)
        if kolonne.noegle == "belaegning_pct":
            ud.append(BELAEGNING)
        if kolonne.kategori and sidste[kolonne.kategori] is kolonne:
            ud.append(sumkolonne(kolonne.kategori))
        if kolonne is sidste_linje:
            ud.append(REGULERING)
    return ud


@cache
def sumkolonne(kategori: Kategori) -> Kolonne:
    navn = KATEGORINAVNE[kategori]
    return Kolonne(
        noegle=f"{BEREGNET}{kategori}",
        overskrift=f"{kategori} {navn} i alt (kr.)",
        art=Art.KR,
        hjaelp=f"Summen af {', '.join(post.kode for post in POSTER if post.kategori == kategori)}",
        gruppe=navn,
    )


def _kolonne(navn: str, felt: forms.Field, valg: tuple[str, ...], brugte: set[str]) -> Kolonne:
    art = art_af(felt)
    post = POST_EFTER_KODE.get(navn.removeprefix(LINJEPRAEFIKS)) if navn.startswith(LINJEPRAEFIKS) else None
    enhed = "kr." if art == Art.KR else getattr(felt, "enhed", "")
    overskrift = " ".join(filter(None, (post.kode if post else "", str(felt.label), f"({enhed})" if enhed else "")))
    if overskrift in brugte:
        overskrift = f"{overskrift} [{navn}]"
    return Kolonne(
        noegle=navn,
        overskrift=overskrift,
        art=art,
        hjaelp=str(felt.help_text or ""),
        valg=(JA, NEJ) if art == Art.KRYDS else valg,
        bredde={Art.TEKST: 40, Art.VALG: 26, Art.KRYDS: 16}.get(art, 16),
        gruppe=KATEGORINAVNE[post.vises_under] if post else "",
        kategori=post.kategori if post else None,
    )
