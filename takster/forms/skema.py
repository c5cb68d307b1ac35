"""The form of a takstskema: capacity, occupancy, cost lines, confirmations and remarks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from socialaftale.kerne import talformat
from socialaftale.kerne.formularer import (
    BeloebField,
    Formular,
    HeltalField,
    Markering,
    ProcentField,
    TalField,
    TekstField,
    TekstomraadeField,
)
from takster.beregning.forbehold import PENSION
from takster.beregning.pension import beregn_pension
from takster.beregning.poster import POSTER
from takster.enums import (
    Afskrivningspraksis,
    Belaegningsgrundlag,
    Belaegningsprincip,
    Enhed,
    Leasing,
    Pensionsmetode,
)
from takster.forms import typefelter
from takster.hentning import SKEMAFELTER, felter_af
from takster.models import Takstskema
from takster.niveauceller import CELLER, celler_af, gemte_raekker, raekker_af

LINJEPRAEFIKS = "linje_"
# Which capacity fields a unit uses; the others are left off the form and keep what they hold.
KAPACITETSFELTER = {
    Enhed.DOEGN: ("pladser",),
    Enhed.DAG: ("pladser", "driftsdage"),
    Enhed.TIME: ("kapacitetstimer",),
    Enhed.ENHED: ("antal",),
}
_ALLE_KAPACITETSFELTER = ("pladser", "driftsdage", "kapacitetstimer", "antal")


class Budgetfelt(BeloebField):
    """A budgeted amount: whole kroner as a rule, so øre are shown only when there are any."""

    def skriv(self, vaerdi: Decimal | int) -> str:
        return talformat.skriv_beloeb(vaerdi, 0 if vaerdi == int(vaerdi) else 2)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"data-hele": "1"}


def linjefelt(kode: str) -> str:
    return f"{LINJEPRAEFIKS}{kode}"


class Skemaformular(Formular):
    """All that a driftsherre enters; what is missing is found by the check, so a draft may be half filled in."""

    markering = Markering.INGEN

    pladser = TalField(
        label="Antal pladser",
        help_text="De pladser, der er aftalt i socialaftalen. Fx 22",
        required=False,
        mindst=0,
        max_digits=8,
        decimal_places=2,
        bredde="xs",
    )
    driftsdage = HeltalField(
        label="Driftsdage om året",
        help_text="Dage, hvor tilbuddet er åbent. Fx 225",
        required=False,
        mindst=0,
    )
    kapacitetstimer = TalField(
        label="Kapacitetstimer om året",
        help_text="De timer, der kan sælges. Fx 2.900",
        required=False,
        mindst=0,
        max_digits=10,
        decimal_places=2,
    )
    antal = TalField(
        label="Antal enheder om året",
        help_text="Det antal, der kan sælges. Fx 400",
        required=False,
        mindst=0,
        max_digits=10,
        decimal_places=2,
    )
    direkte_stoettetimer = TalField(
        label="Direkte støttetimer om ugen",
        help_text="Timer pr. borger, som taksten i gennemsnit indeholder. Fx 25,5",
        required=False,
        mindst=0,
        max_digits=8,
        decimal_places=2,
        bredde="xs",
    )
    kort_forloeb = forms.BooleanField(label="Ydelsen er korte forløb, akutpladser eller aflastning", required=False)

    belaegningsprincip = forms.ChoiceField(
        label="Hvordan er den budgetterede belægning fundet?",
        choices=Belaegningsprincip.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    belaegningsgrundlag = forms.ChoiceField(
        label="Hvilke to år bygger den faktiske belægning på?",
        choices=Belaegningsgrundlag.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    aktivitet_t1 = TalField(label="Aktivitet, seneste år", required=False, mindst=0, max_digits=10, decimal_places=2)
    kapacitet_t1 = TalField(label="Kapacitet, seneste år", required=False, mindst=0, max_digits=10, decimal_places=2)
    aktivitet_t2 = TalField(label="Aktivitet, året før", required=False, mindst=0, max_digits=10, decimal_places=2)
    kapacitet_t2 = TalField(label="Kapacitet, året før", required=False, mindst=0, max_digits=10, decimal_places=2)
    forventede_borgere = TalField(
        label="Forventet antal borgere i det første driftsår",
        help_text="Fx 8",
        required=False,
        mindst=0,
        max_digits=8,
        decimal_places=2,
        bredde="xs",
    )
    belaegning_pct = ProcentField(
        label="Budgetteret belægning",
        help_text="Fx 97,5. Er den beregnet, kan feltet stå tomt",
        required=False,
        mindst=0,
        max_digits=5,
        decimal_places=2,
    )
    belaegning_begrundelse = TekstomraadeField(
        label="Begrundelse for belægningen",
        help_text="Skriv, hvad en forventning bygger på, eller hvorfor belægningen er lav",
        required=False,
        max_length=2000,
        raekker=3,
    )
    dispensation = TekstField(
        label="Henvisning til særlige vilkår",
        help_text="Hvis DAS har godkendt en lavere belægning, fx DAS 21.08.2023, punkt 4",
        required=False,
        max_length=200,
        bredde="xl",
    )

    pensionsmetode = forms.ChoiceField(
        label="Tjenestemandspensioner", choices=Pensionsmetode.choices, widget=forms.RadioSelect, required=False
    )
    tjenestemandsloen = Budgetfelt(
        label="Løn til tjenestemænd",
        help_text="Udfyldes, når pensionen beregnes af lønnen",
        required=False,
        mindst=0,
        max_digits=14,
        decimal_places=2,
    )
    afskrivningspraksis = forms.ChoiceField(
        label="Hvordan er afskrivningen fundet?",
        help_text="Vælg en praksis, der holder taksten stabil fra år til år. Taksten er den samme, uanset hvordan "
        "bygninger og udstyr er betalt. Derfor er renter af lån ikke en udgift; kapitalen forrentes i stedet",
        choices=Afskrivningspraksis.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    leasing = forms.ChoiceField(
        label="Finansielt leasede aktiver", choices=Leasing.choices, widget=forms.RadioSelect, required=False
    )
    uden_tillaegsydelser = forms.BooleanField(label="Tillægsydelser er ikke med i budgettet", required=False)
    uden_valgfri_ydelser = forms.BooleanField(
        label="Valgfri ydelser, som borgerne selv betaler, er ikke med i budgettet", required=False
    )
    kun_generelt_tilsyn = forms.BooleanField(
        label="Kun det generelle tilsyn er med, ikke tilsyn med den enkelte borger", required=False
    )
    uden_myndighedsopgaver = forms.BooleanField(
        label="Myndighedsopgaver er holdt ude af andelen af central administration", required=False
    )
    uden_udviklingsomkostninger = forms.BooleanField(
        label="Udvikling af nye ydelser er ikke med i budgettet", required=False
    )
    tilbudsportal_opdateret = forms.BooleanField(
        label="Tilbuddet på Tilbudsportalen henviser til den gældende styringsaftale", required=False
    )

    bemaerkning = TekstomraadeField(
        label="Bemærkninger",
        help_text="Forklar ændret antal pladser, og hvorfor taksten er ændret meget i forhold til sidste år. "
        "Bemærkningen offentliggøres sammen med taksten",
        required=False,
        max_length=4000,
        raekker=6,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    BEKRAEFTELSER = (
        "uden_tillaegsydelser",
        "uden_valgfri_ydelser",
        "kun_generelt_tilsyn",
        "uden_myndighedsopgaver",
        "uden_udviklingsomkostninger",
        "tilbudsportal_opdateret",
    )

    def __init__(self, *args: Any, skema: Takstskema, **kwargs: Any) -> None:
        self.skema = skema
        self.regler = skema.indberetning.runde.regelsaet.regler()
        kwargs["initial"] = self._gemte_vaerdier() | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for post in POSTER:
            self.fields[linjefelt(post.kode)] = Budgetfelt(
                label=post.navn, help_text=post.hjaelp, required=False, max_digits=14, decimal_places=2
            )
            self.fields[linjefelt(post.kode)].widget.attrs["data-gruppe"] = post.kategori.value
            if post.er_borgerrettet:
                self.fields[linjefelt(post.kode)].widget.attrs["data-borgerrettet"] = "1"
        brugte = KAPACITETSFELTER[Enhed(skema.enhed)]
        for navn in _ALLE_KAPACITETSFELTER:
            if navn not in brugte:
                del self.fields[navn]
        typefelter.tilpas(self.fields, skema.taksttype)
        if "pensionsmetode" in self.fields:
            self.fields["pensionsmetode"].choices = self._pensionsvalg()

    def _pensionsvalg(self) -> list[tuple[str, str]]:
        """T54: the choice names the share that is in force."""
        andel = f"{talformat.skriv_pct(self.regler.pension_pct, 0)} af tjenestemændenes løn"
        return [(kode, andel if kode == Pensionsmetode.PCT25 else navn) for kode, navn in Pensionsmetode.choices]

    def _gemte_vaerdier(self) -> dict[str, Any]:
        linjer = {linjefelt(kode): beloeb for kode, beloeb in self.skema.beloeb().items()}
        niveauer = celler_af(gemte_raekker(self.skema))
        return {**felter_af(self.skema), **linjer, **niveauer, "version": self.skema.version}

    @classmethod
    def med_tekster(cls, skema: Takstskema, data: Mapping[str, str]) -> Skemaformular:
        """The form, not sent yet, with texts exactly as typed; a box that is absent was not ticked."""
        tomme = cls(skema=skema)
        raa: dict[str, Any] = {}
        for navn, felt in tomme.fields.items():
            if navn == "version":
                continue
            er_kryds = isinstance(felt, forms.BooleanField)
            raa[navn] = navn in data if er_kryds else data.get(navn, "")
        return cls(skema=skema, initial=raa)

    def send(self, data: Mapping[str, Any]) -> Skemaformular:
        """This form as if it came in with those values; among many forms, making fields anew is most of the work."""
        self.data, self.is_bound, self._errors = data, True, None
        return self

    def afviger(self) -> bool:
        """Does a form that is not sent show anything else than what is saved?"""
        som_gemt = type(self)(skema=self.skema)
        return any(
            felt.has_changed(som_gemt.get_initial_for_field(felt, navn), self[navn].value())
            for navn, felt in self.fields.items()
            if navn != "version"
        )

    def felter(self) -> dict[str, Any]:
        """The columns of the takstskema after a valid form; those not on it keep what they hold."""
        rensede = {navn: vaerdi for navn, vaerdi in self.cleaned_data.items() if navn in SKEMAFELTER}
        for navn in ("belaegningsgrundlag", "leasing", "pensionsmetode", "tillaeg_retning", "ata_metode"):
            if navn in rensede:
                rensede[navn] = rensede[navn] or Takstskema._meta.get_field(navn).default
        return {**felter_af(self.skema), **rensede}

    def linjer(self) -> dict[str, Decimal | None]:
        """The amounts of a valid form; a short form has no lines and leaves those there are.

        A pension that follows from the wages is computed, whatever was typed.
        """
        if not self.skema.har_grundlag:
            return dict(self.skema.beloeb())
        return self._med_pension({post.kode: self.cleaned_data[linjefelt(post.kode)] for post in POSTER})

    def _med_pension(self, linjer: dict[str, Decimal | None]) -> dict[str, Decimal | None]:
        loen = self.cleaned_data.get("tjenestemandsloen")
        if self.cleaned_data.get("pensionsmetode") != Pensionsmetode.PCT25 or not loen:
            return linjer
        return linjer | {PENSION: beregn_pension(loen, regler=self.regler).beloeb}

    def foreloebige(self) -> tuple[dict[str, Any], dict[str, Decimal | None]]:
        """Columns and lines after validation, with what cannot be read left out: what the live check looks at.

        The levels, which the check needs too, are those of `niveauer`.
        """
        felter = {**felter_af(self.skema)}
        for navn in self.fields.keys() & felter.keys():
            standard = Takstskema._meta.get_field(navn).get_default()
            felter[navn] = self.cleaned_data.get(navn, standard) or standard
        return felter, self._med_pension({post.kode: self.cleaned_data.get(linjefelt(post.kode)) for post in POSTER})

    def niveauer(self) -> list[dict[str, Any]]:
        """The levels after validation, what cannot be read left out; a form without levels leaves those there are."""
        if not typefelter.har_niveauer(self.fields):
            return gemte_raekker(self.skema)
        return raekker_af({navn: self.cleaned_data.get(navn) for navn in CELLER})

    def laeselige_linjer(self) -> dict[str, Decimal | None] | None:
        """The amounts as they stand in the form, saved or not; None when one of them cannot be read."""
        vaerdier: dict[str, Decimal | None] = {}
        for post in POSTER if self.skema.har_grundlag else ():
            felt = self.fields[linjefelt(post.kode)]
            try:
                vaerdier[post.kode] = felt.clean(self[linjefelt(post.kode)].value())
            except forms.ValidationError:
                return None
        return vaerdier


def vis_vaerdi(felt: forms.Field, vaerdi: Any) -> str:
    """A field's value in words, for the page that compares two."""
    if isinstance(felt, forms.BooleanField):
        return "Ja" if vaerdi else "Nej"
    if isinstance(felt, forms.ChoiceField):
        return str(dict(felt.choices).get(vaerdi, talformat.UKENDT))
    return str(vaerdi) if vaerdi not in (None, "") else talformat.UKENDT


def raa_felter(data: Mapping[str, str], formular: Skemaformular) -> dict[str, str]:
    """The posted texts of the form's own fields, untouched."""
    return {navn: data[navn] for navn in formular.fields if navn in data and navn != "version"}
