"""The one dynamic form: a section of a questionnaire as boxes; what is typed is read by `beregning.spoergsmaal`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from socialaftale.kerne.cpr import find_cpr
from socialaftale.kerne.felter import Feltmixin
from socialaftale.kerne.formularer import Formular, Markering, TekstomraadeField
from socialaftale.kerne.konflikt import laes_version
from udmeldinger.beregning.spoergsmaal import (
    TALARTER,
    Art,
    Felt,
    Laest,
    Spoergsmaal,
    Svarvaerdi,
    felter,
    laes,
    skriv,
    vis,
)
from udmeldinger.enums import Betingelsesoperator
from udmeldinger.models import Svar
from udmeldinger.models.besvarelse import MAKS_BEMAERKNING

# Above this many choices a list to fold out is easier than buttons.
MAKS_KNAPPER = 7
_BREDDER = {Art.HELTAL: "xs", Art.TAL: "xs", Art.PROCENT: "xs", Art.BELOEB: "s", Art.DATO: "s", Art.LINJE: "l"}


def _widget(felt: Felt, *, celle: bool) -> forms.Widget:
    if felt.art == Art.FLERVALG:
        return forms.CheckboxSelectMultiple(choices=felt.valg)
    if felt.art == Art.VALG:
        if celle or len(felt.valg) > MAKS_KNAPPER:
            return forms.Select(choices=[("", "Vælg"), *felt.valg])
        return forms.RadioSelect(choices=felt.valg)
    if felt.art == Art.TEKST:
        return forms.Textarea(attrs={"rows": "2" if celle else "5"})
    return forms.TextInput()


class Svarfelt(Feltmixin, forms.Field):
    """One box of a question. It takes what is typed as it is: a draft may be empty, and the form reads it."""

    def __init__(self, felt: Felt, *, celle: bool = False, **kwargs: Any) -> None:
        self.felt = felt
        bredde = "" if celle else _BREDDER.get(felt.art, "")
        enhed = {Art.PROCENT: "%", Art.BELOEB: "kr."}.get(felt.art, felt.enhed if felt.art in TALARTER else "")
        super().__init__(widget=_widget(felt, celle=celle), bredde=bredde, enhed="" if celle else enhed, **kwargs)
        if celle:
            self.widget.attrs["aria-label"] = felt.etiket

    def validate(self, value: Any) -> None:
        """Nothing: `required` is only for the word after the label; the check page says what is missing."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if self.felt.art in TALARTER:
            attrs["class"] = f"tal {attrs.get('class', '')}".strip()
            attrs |= {"inputmode": "decimal" if self.felt.decimaler else "numeric", "autocomplete": "off"}
        return attrs


@dataclass(frozen=True, slots=True)
class Indtastet:
    """What was typed to one question, and what it was typed over."""

    noegle: str
    vaerdi: Svarvaerdi
    # By box, when it could not be read; empty when it could.
    skrevet: dict[str, Any]
    fra_version: int
    er_aendret: bool


@dataclass(slots=True)
class Gruppe:
    """A question on the page."""

    spoergsmaal: Spoergsmaal
    felter: list[forms.BoundField]
    # Rows of a table: heading, and each cell with its column's heading.
    raekker: list[tuple[str, list[tuple[str, forms.BoundField]]]] = field(default_factory=list)
    naar: str = ""
    svar: Svar | None = None
    kollegas: list[tuple[str, str]] | None = None
    sidste: list[tuple[str, str]] = field(default_factory=list)
    register: list[tuple[str, str]] = field(default_factory=list)

    @property
    def er_fejlet(self) -> bool:
        return any(felt.errors for felt in self.felter)


def feltnavn(noegle: str, endelse: str) -> str:
    return f"q-{noegle}-{endelse.replace('.', '-')}" if endelse else f"q-{noegle}"


def aftryk(skrevet: Mapping[str, Any]) -> str:
    """A short print of what stands in the boxes of a question, to see whether they were touched."""
    rent = {endelse: _rent(vaerdi) for endelse, vaerdi in skrevet.items() if vaerdi}
    return hashlib.sha256(json.dumps(rent, sort_keys=True).encode()).hexdigest()[:16]


def _rent(vaerdi: Any) -> Any:
    return list(vaerdi) if isinstance(vaerdi, list | tuple) else str(vaerdi).replace("\r\n", "\n").strip()


class Svarformular(Formular):
    """The questions of a section; `svar` are the stored rows by key."""

    use_required_attribute = False
    markering = Markering.FRIVILLIGT

    def __init__(
        self, data: Any = None, *, spoergsmaal: Sequence[Spoergsmaal], svar: Mapping[str, Svar] | None = None
    ) -> None:
        super().__init__(data)
        self.spoergsmaal = list(spoergsmaal)
        self.svar = dict(svar or {})
        self.laest: dict[str, Laest] = {}
        self.med_cpr: set[str] = set()
        self._navne: dict[str, list[tuple[str, str]]] = {}
        for et in self.spoergsmaal:
            self._tilfoej(et)

    def _tilfoej(self, et: Spoergsmaal) -> None:
        skrevet = self._gemt(et)
        celle = et.art == Art.TABEL
        self._navne[et.noegle] = []
        for felt in felter(et):
            navn = feltnavn(et.noegle, felt.endelse)
            self._navne[et.noegle].append((navn, felt.endelse))
            uddybning = et.art == Art.JANEJ and felt.endelse == "uddybning"
            self.fields[navn] = Svarfelt(
                felt,
                celle=celle,
                label=felt.endelse if et.art == Art.TAL_PR_AAR else felt.etiket,
                help_text="" if celle or uddybning or et.art == Art.TAL_PR_AAR else et.hjaelp,
                required=et.paakraevet and not uddybning,
                initial=skrevet.get(felt.endelse, ""),
            )
        self.fields[f"b-{et.noegle}"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=self.maerke(et)
        )

    def _gemt(self, et: Spoergsmaal) -> dict[str, Any]:
        """What the boxes show before anything is typed: the stored answer, or the text that could not be read."""
        svar = self.svar.get(et.noegle)
        if svar is None:
            return skriv(et, None)
        return {**skriv(et, svar.vaerdi), **svar.skrevet}

    def maerke(self, et: Spoergsmaal) -> str:
        """What a page carries for each question: the version it shows and a print of its boxes."""
        svar = self.svar.get(et.noegle)
        return f"{svar.version if svar else 0}:{aftryk(self._gemt(et))}"

    def saet_maerker(self, noegler: set[str]) -> None:
        """Let the page be about the newest version of these questions: what is sent next overwrites it."""
        data = self.data.copy()
        for et in self.spoergsmaal:
            if et.noegle in noegler:
                data[f"b-{et.noegle}"] = self.maerke(et)
        self.data = data

    def clean(self) -> dict[str, Any]:
        renset = super().clean()
        for et in self.spoergsmaal:
            skrevet = {endelse: renset.get(navn) or "" for navn, endelse in self._navne[et.noegle]}
            laest = laes(et, skrevet)
            self.laest[et.noegle] = laest
            for navn, endelse in self._navne[et.noegle]:
                if endelse in laest.fejl:
                    self.add_error(navn, laest.fejl[endelse])
            if any(find_cpr(tekst) for tekst in map(str, skrevet.values())) and laest.fejl:
                self.med_cpr.add(et.noegle)
        return renset

    def indtastede(self) -> list[Indtastet]:
        """What the page sent, question by question; nothing that seems to hold a CPR number, so it is never kept."""
        self.is_valid()
        fundne = []
        for et in self.spoergsmaal:
            maerke = str(self.data.get(f"b-{et.noegle}", ""))
            if not maerke or et.noegle in self.med_cpr:
                # A question the page did not have.
                continue
            version, _, gammelt = maerke.partition(":")
            skrevet = {endelse: self[navn].data or "" for navn, endelse in self._navne[et.noegle]}
            laest = self.laest[et.noegle]
            fundne.append(
                Indtastet(
                    noegle=et.noegle,
                    vaerdi=laest.vaerdi,
                    skrevet={endelse: _rent(del_) for endelse, del_ in skrevet.items() if del_} if laest.fejl else {},
                    fra_version=laes_version(version),
                    er_aendret=aftryk(skrevet) != gammelt,
                )
            )
        return fundne

    def grupper(self) -> Iterator[Gruppe]:
        """The questions with their bound boxes, in order."""
        tekster = {et.noegle: et for et in self.spoergsmaal}
        for et in self.spoergsmaal:
            bundne = [self[navn] for navn, _ in self._navne[et.noegle]]
            gruppe = Gruppe(et, bundne, svar=self.svar.get(et.noegle), naar=naar_tekst(et, tekster))
            if et.art == Art.TABEL:
                overskrifter = [kolonne.tekst for kolonne in et.kolonner]
                celler = iter(bundne)
                gruppe.raekker = [
                    (raekke.tekst or str(nr), [(navn, next(celler)) for navn in overskrifter])
                    for nr, raekke in enumerate(et.raekker, start=1)
                ]
            yield gruppe


def naar_tekst(et: Spoergsmaal, andre: Mapping[str, Spoergsmaal]) -> str:
    """The condition of a question in words; "" when it is always asked."""
    if et.betingelse is None:
        return ""
    kilde = andre.get(et.betingelse.noegle)
    operator = Betingelsesoperator(et.betingelse.operator)
    vaerdi = et.betingelse.vaerdi
    navn = f"“{kilde.tekst}”" if kilde else et.betingelse.noegle
    if operator == Betingelsesoperator.BESVARET:
        return f"Kun hvis {navn} er besvaret"
    if kilde is not None and kilde.art in (Art.VALG, Art.FLERVALG, Art.JANEJ):
        valg = {"ja": "ja", "nej": "nej"} if kilde.art == Art.JANEJ else dict(kilde.valg)
        vaerdi = valg.get(vaerdi, vaerdi)
    return f"Kun hvis svaret på {navn} {operator.label} {vaerdi}"


def i_ord(et: Spoergsmaal, vaerdi: Svarvaerdi) -> list[tuple[str, str]]:
    """An answer in words, empty when there is none."""
    return vis(et, vaerdi) if vaerdi is not None else []


class Rammeformular(Formular):
    """The tick that is a whole answer, and a remark to it."""

    markering = Markering.FRIVILLIGT

    fra_version = forms.IntegerField(widget=forms.HiddenInput)
    ingen_borgere = forms.BooleanField(
        label="Vi har ingen borgere i målgruppen",
        help_text="Krydset er et helt svar. De øvrige spørgsmål skal så ikke besvares.",
        required=False,
    )
    bemaerkning = TekstomraadeField(
        label="Bemærkning til svaret", required=False, max_length=MAKS_BEMAERKNING, raekker=3
    )

    def __init__(self, *args: Any, kan_vaere_uden_borgere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not kan_vaere_uden_borgere:
            del self.fields["ingen_borgere"]
