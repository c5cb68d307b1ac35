"""Forms of the builder: the questionnaire itself, a section, a question, a rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from socialaftale.kerne.dansk import slug
from socialaftale.kerne.formularer import (
    AarField,
    Formular,
    HeltalField,
    Markering,
    Modelformular,
    TalField,
    TekstField,
)
from udmeldinger.beregning.spoergsmaal import CELLEARTER, MED_VALG, Art
from udmeldinger.enums import Betingelsesoperator, Raekkekilde, Skemaart, Spoergsmaalsart
from udmeldinger.models import Skemaafsnit, Skemaregel, Spoergeskema, Spoergsmaal
from udmeldinger.models.spoergeskema import valg_af
from udmeldinger.spoergeskemaer.hentning import som_vaerdi

ANTAL_KOLONNER = 8
_CELLEVALG = [(art.value, art.label) for art in Spoergsmaalsart if Art(art.value) in CELLEARTER]


class Opretformular(Formular):
    """A new questionnaire: from nothing, a template, or an earlier one."""

    titel = TekstField(label="Titel", mangler="Skriv en titel", max_length=200)
    aar = AarField(label="År", mangler="Skriv, hvilket år spørgeskemaet gælder")
    udgangspunkt = forms.ChoiceField(label="Begynd med", widget=forms.RadioSelect)
    art = forms.ChoiceField(
        label="Slags", choices=Skemaart, help_text="Bruges, når du begynder med et tomt skema.", required=False
    )

    def __init__(self, *args: Any, valg: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["udgangspunkt"].choices = valg


class Kopiformular(Formular):
    titel = TekstField(label="Titel", mangler="Skriv en titel", max_length=200)
    aar = AarField(label="År", mangler="Skriv, hvilket år spørgeskemaet gælder")
    samme_serie = forms.BooleanField(
        label="Ny runde af det samme spørgeskema",
        help_text="Så kan svarene sammenlignes, og svarerne ser deres svar fra sidst.",
        required=False,
        initial=True,
    )


class Skemaformular(Modelformular):
    """What stands above the sections."""

    fra_version = forms.IntegerField(widget=forms.HiddenInput)
    aar = AarField(label="År", mangler="Skriv, hvilket år spørgeskemaet gælder")

    class Meta:
        model = Spoergeskema
        fields = ["titel", "art", "aar", "udmelding", "indledning", "kan_vaere_uden_borgere"]

    def __init__(self, *args: Any, udmeldinger: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["udmelding"].queryset = udmeldinger
        self.fields["udmelding"].empty_label = "Ingen"
        self.fields["titel"].widget.attrs["class"] = "input-width-xl"
        self.fields["indledning"].help_text = "Står øverst i skemaet, når det bliver besvaret."

    @property
    def felter(self) -> dict[str, Any]:
        return {navn: self.cleaned_data[navn] for navn in self.Meta.fields}


class Afsnitsformular(Modelformular):
    fra_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Skemaafsnit
        fields = ["titel", "vejledning", "rolle"]

    mangler = {"titel": "Skriv en overskrift"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["titel"].widget.attrs["class"] = "input-width-xl"
        rolle = self.fields["rolle"]
        rolle.choices = [("", "Alle, der får skemaet"), *[valg for valg in rolle.choices if valg[0]]]


class Spoergsmaalsformular(Modelformular):
    """A question; what only some kinds have stands in groups of its own."""

    markering = Markering.INGEN

    fra_version = forms.IntegerField(widget=forms.HiddenInput)
    fra_aar = AarField(label="Fra år", required=False, bredde="xs")
    til_aar = AarField(label="Til og med år", required=False, bredde="xs")
    mindst = TalField(label="Mindst", required=False, decimaler=4)
    hoejst = TalField(label="Højst", required=False, decimaler=4)
    trin = TalField(
        label="Trin", required=False, decimaler=4, help_text="Fx 0,5, når der kun kan svares hele og halve."
    )
    decimaler = HeltalField(label="Decimaler", required=False, mindst=0, hoejst=4)
    antal_raekker = HeltalField(label="Antal tomme linjer", required=False, mindst=1, hoejst=40)
    betingelse_noegle = forms.ChoiceField(label="Spørgsmålet stilles", required=False)
    betingelse_operator = forms.ChoiceField(
        label="Når svaret", required=False, choices=[("", "Vælg"), *Betingelsesoperator.choices]
    )
    betingelse_vaerdi = TekstField(
        label="Værdi", required=False, max_length=100, help_text="Fx ja, en af svarmulighederne eller et tal."
    )

    class Meta:
        model = Spoergsmaal
        fields = [
            *("tekst", "noegle", "art", "hjaelp", "paakraevet", "taeller_borgere", "afsnit", "valg", "fra_aar"),
            *("til_aar", "mindst", "hoejst", "trin", "decimaler", "enhed", "raekkekilde", "raekker", "antal_raekker"),
            *("registerkilde", "betingelse_noegle", "betingelse_operator", "betingelse_vaerdi"),
        ]

    mangler = {"tekst": "Skriv spørgsmålet", "art": "Vælg svartype"}

    def __init__(self, *args: Any, skema: Spoergeskema, tidligere: list[Spoergsmaal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tidligere = {et.noegle: et for et in tidligere}
        self.fields["afsnit"].queryset = skema.afsnit.all()
        self.fields["afsnit"].empty_label = None
        hjaelp = {
            "valg": "Én på hver linje.",
            "raekker": "Én på hver linje.",
            "enhed": "Fx borgere, pladser eller årsværk.",
            "noegle": "Følger spørgsmålet fra år til år, fx k2. Lad feltet stå tomt for at få en.",
            "taeller_borgere": "Svaret vises kun for svareren selv og sekretariatet.",
        }
        for navn, tekst in hjaelp.items():
            self.fields[navn].help_text = tekst
        for navn in ("tekst", "raekkekilde", "betingelse_noegle", "afsnit"):
            self.fields[navn].widget.attrs["class"] = "input-width-xl"
        self.fields["noegle"].required = False
        if self.instance.pk:
            # The key is what rounds are compared by: it is given once.
            del self.fields["noegle"]
        self.fields["raekkekilde"].choices = [("", "Vælg"), *Raekkekilde.choices]
        registervalg = self.fields["registerkilde"]
        registervalg.choices = [("", "Intet"), *[valg for valg in registervalg.choices if valg[0]]]
        valg = [(et.noegle, f"{et.noegle}: {et.tekst}"[:90]) for et in tidligere]
        self.fields["betingelse_noegle"].choices = [("", "Altid"), *valg]
        self._lav_kolonner()

    def _lav_kolonner(self) -> None:
        gemte = self.instance.kolonner or []
        for nr in range(1, ANTAL_KOLONNER + 1):
            post = gemte[nr - 1] if nr <= len(gemte) else {}
            self.fields[f"kolonne_{nr}"] = TekstField(
                label=f"Kolonne {nr}", required=False, max_length=80, initial=post.get("tekst", "")
            )
            self.fields[f"kolonne_{nr}_art"] = forms.ChoiceField(
                label=f"Kolonne {nr}, type", required=False, choices=_CELLEVALG, initial=post.get("art", Art.LINJE)
            )
            self.fields[f"kolonne_{nr}_valg"] = TekstField(
                label=f"Kolonne {nr}, svarmuligheder",
                required=False,
                max_length=500,
                initial="; ".join(post.get("valg", [])),
            )
            for navn in (f"kolonne_{nr}", f"kolonne_{nr}_art", f"kolonne_{nr}_valg"):
                self.fields[navn].widget.attrs["aria-label"] = self.fields[navn].label

    def kolonnefelter(self) -> list[tuple[forms.BoundField, ...]]:
        """Heading, kind and choices of each column, for the table on the page."""
        return [
            tuple(self[f"kolonne_{nr}{endelse}"] for endelse in ("", "_art", "_valg"))
            for nr in range(1, ANTAL_KOLONNER + 1)
        ]

    def _kolonner(self) -> list[dict[str, Any]]:
        gemte = {post["tekst"]: post for post in self.instance.kolonner or []}
        kolonner: list[dict[str, Any]] = []
        for nr in range(1, ANTAL_KOLONNER + 1):
            tekst = self.cleaned_data.get(f"kolonne_{nr}") or ""
            if not tekst:
                continue
            # An edited heading keeps its key by place, an unchanged one by its name.
            plads = (self.instance.kolonner or [])[nr - 1 : nr]
            kendt = gemte.get(tekst) or (plads[0] if plads else {})
            brugte = {post["noegle"] for post in kolonner}
            noegle = kendt.get("noegle", "")
            if not noegle or noegle in brugte:
                noegle = slug(tekst).replace("-", "_")[:30].lstrip("0123456789_") or f"kolonne_{nr}"
                noegle = noegle if noegle not in brugte else f"{noegle}_{nr}"
            art = self.cleaned_data.get(f"kolonne_{nr}_art") or Art.LINJE.value
            muligheder = [et.strip() for et in (self.cleaned_data.get(f"kolonne_{nr}_valg") or "").split(";")]
            muligheder = [et for et in muligheder if et]
            if art == Art.VALG and len(muligheder) < 2:
                self.add_error(f"kolonne_{nr}_valg", f"Kolonne {nr}: skriv mindst to svarmuligheder med ; imellem")
            post = {**kendt, "noegle": noegle, "tekst": tekst, "art": art, "valg": muligheder}
            kolonner.append(post)
        return kolonner

    def clean(self) -> dict[str, Any]:
        renset = super().clean()
        art = renset.get("art")
        if art in MED_VALG and len({kode for kode, _ in valg_af((renset.get("valg") or "").splitlines())}) < 2:
            self.add_error("valg", "Skriv mindst to forskellige svarmuligheder, én på hver linje")
        if art == Art.TAL_PR_AAR and not renset.get("fra_aar"):
            self.add_error("fra_aar", "Skriv det første år, der spørges om")
        fra, til = renset.get("fra_aar"), renset.get("til_aar")
        if fra and til and not 0 <= til - fra <= 20:
            self.add_error("til_aar", "Det sidste år skal ligge højst 20 år efter det første")
        mindst, hoejst = renset.get("mindst"), renset.get("hoejst")
        if mindst is not None and hoejst is not None and mindst > hoejst:
            self.add_error("hoejst", "Højst skal være mindst lige så stort som mindst")
        if renset.get("trin") is not None and renset["trin"] <= 0:
            self.add_error("trin", "Trin skal være større end 0")
        if art == Art.TABEL:
            self._kontroller_tabel(renset)
        self._kontroller_betingelse(renset)
        for navn, standard in (("decimaler", 0), ("antal_raekker", 5)):
            if renset.get(navn) is None:
                renset[navn] = standard
        self.instance.kolonner = self._kolonner()
        if art == Art.TABEL and not self.instance.kolonner:
            self.add_error("kolonne_1", "Skriv mindst én kolonne")
        return renset

    def _kontroller_tabel(self, renset: dict[str, Any]) -> None:
        if not renset.get("raekkekilde"):
            self.add_error("raekkekilde", "Vælg, hvor linjerne kommer fra")
        linjer = (renset.get("raekker") or "").splitlines()
        if renset.get("raekkekilde") == Raekkekilde.FASTE and not valg_af(linjer):
            self.add_error("raekker", "Skriv mindst én linje")

    def _kontroller_betingelse(self, renset: dict[str, Any]) -> None:
        kilde = self.tidligere.get(renset.get("betingelse_noegle") or "")
        if kilde is None:
            renset["betingelse_operator"] = renset["betingelse_vaerdi"] = ""
            return
        operator = renset.get("betingelse_operator")
        if not operator:
            self.add_error("betingelse_operator", "Vælg, hvad svaret skal være")
            return
        if operator == Betingelsesoperator.BESVARET:
            renset["betingelse_vaerdi"] = ""
            return
        try:
            renset["betingelse_vaerdi"] = _betingelsesvaerdi(kilde, operator, renset.get("betingelse_vaerdi") or "")
        except ValidationError as fejl:
            self.add_error("betingelse_vaerdi", fejl)


def _betingelsesvaerdi(kilde: Spoergsmaal, operator: str, tekst: str) -> str:
    """The value as it is compared: the code of a choice, a number without grouping."""
    et = som_vaerdi(kilde)
    valg = {"ja": "Ja", "nej": "Nej"} if et.art == Art.JANEJ else dict(et.valg)
    if valg:
        kode = slug(tekst)
        if kode not in valg:
            raise ValidationError(f"Skriv en af svarmulighederne: {', '.join(valg.values())}")
        return kode
    if operator == Betingelsesoperator.STOERRE_END:
        tal = tekst.strip().replace(",", ".")
        if not tal.replace(".", "", 1).isdigit():
            raise ValidationError("Skriv et tal, fx 0")
        return tal
    if not tekst.strip():
        raise ValidationError("Skriv, hvad svaret skal sammenlignes med")
    return tekst.strip()


class Regelformular(Modelformular):
    class Meta:
        model = Skemaregel
        fields = ["udtryk", "besked"]

    mangler = {"udtryk": "Skriv reglen"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for navn in ("udtryk", "besked"):
            self.fields[navn].widget.attrs["class"] = "input-width-xl"
        self.fields["udtryk"].help_text = (
            "Brug spørgsmålenes nøgler: k2_del <= k2, sum(tabel.kolonne) = k5, a + b = 100 ± 1. "
            "Tal for hvert år sammenlignes år for år."
        )
        self.fields["besked"].help_text = "Det, svareren læser. Fx: Kernegruppen er større end alle."
