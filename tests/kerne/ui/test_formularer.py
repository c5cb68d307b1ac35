"""Forms: Danish texts everywhere, DKFDS' markup, error summary, status 422."""

from __future__ import annotations

import pytest
from django import forms
from django.db import models
from django.template.loader import get_template
from django.test import RequestFactory
from django.views.generic import FormView

from socialaftale.kerne import felttegning, formularer, kontoformularer
from socialaftale.kerne.formularer import (
    BeloebField,
    DatoField,
    Fejl,
    Formular,
    Formularvisning,
    HeltalField,
    Markering,
    Modelformular,
    TekstField,
    TekstomraadeField,
)
from socialaftale.kerne.models import Dokument, Medlemskab, Opsaetning

VALG = [("", "Vælg"), ("107", "§ 107"), ("108", "§ 108")]


class Alle(Formular):
    """One of every kind of field."""

    mangler = {"kommune": "Vælg kommune på listen"}

    tekst = TekstField(label="Navn")
    type = forms.ChoiceField(label="Tilbudstype", choices=VALG)
    kommune = forms.ChoiceField(label="Kommune", choices=VALG)
    princip = forms.ChoiceField(label="Princip", choices=VALG[1:], widget=forms.RadioSelect, help_text="Vælg ét")
    grupper = forms.MultipleChoiceField(label="Målgrupper", choices=VALG[1:], widget=forms.CheckboxSelectMultiple)
    enig = forms.BooleanField(label="Oplysningerne er rigtige")
    fil = forms.FileField(label="Bilag")
    mail = forms.EmailField(label="E-mail")
    web = forms.URLField(label="CVR-side", assume_scheme="https")
    antal = forms.IntegerField(label="Andel (%)", min_value=2, max_value=5)
    dag = forms.DateField(label="Dag")
    tid = forms.DateTimeField(label="Tidspunkt")
    note = TekstomraadeField(label="Bemærkninger", required=False, max_length=1000)


@pytest.fixture
def tom():
    return Alle({})


def test_tomme_felter_faar_hver_sin_instruktion(tom):
    assert {navn: fejl[0] for navn, fejl in tom.errors.items()} == {
        "tekst": "Udfyld navn",
        "type": "Vælg tilbudstype",
        "kommune": "Vælg kommune på listen",
        "princip": "Vælg princip",
        "grupper": "Vælg målgrupper",
        "enig": "Sæt kryds ved oplysningerne er rigtige",
        "fil": "Vælg en fil",
        "mail": "Udfyld e-mail",
        "web": "Udfyld CVR-side",
        "antal": "Udfyld andel (%)",
        "dag": "Udfyld dag",
        "tid": "Udfyld tidspunkt",
    }


def test_forkerte_felter_faar_ikke_djangos_tekst():
    formular = Alle(
        {
            **dict.fromkeys(("tekst", "mail", "web", "dag", "tid"), "x"),
            "type": "999",
            "kommune": "107",
            "princip": "999",
            "grupper": ["999"],
            "enig": "on",
            "antal": "9",
        }
    )
    assert {navn: fejl[0] for navn, fejl in formular.errors.items()} == {
        "type": "Vælg tilbudstype på listen",
        "princip": "Vælg princip på listen",
        "grupper": "Vælg målgrupper på listen",
        "fil": "Vælg en fil",
        "mail": "Skriv en e-mailadresse, fx navn@kommune.dk",
        "web": "Skriv en webadresse, fx https://www.kommune.dk",
        "antal": "Andel (%) må højst være 5",
        "dag": "Dag: skriv datoen som dag, måned og år, fx 15.10.2026",
        "tid": "Tidspunkt: skriv dato og klokkeslæt, fx 15.10.2026 13:42",
    }


def test_egen_besked_beholdes():
    class Egen(Formular):
        navn = forms.CharField(label="Navn", error_messages={"required": "Skriv noget her"})

    assert Egen({}).errors["navn"] == ["Skriv noget her"]


def test_felter_der_kommer_til_senere_faar_ogsaa_danske_beskeder():
    class Dynamisk(Formular):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["svar"] = forms.ChoiceField(label="Svar", choices=VALG)

    formular = Dynamisk({})
    assert formular.errors["svar"] == ["Vælg svar"]
    assert 'class="form-select"' in str(formular["svar"])


def test_resumeet_har_en_linje_per_felt_og_leder_til_feltet(tom):
    tom.add_error(None, "Slutdatoen skal være efter startdatoen")
    resume = tom.fejlresume
    assert resume[0] == Fejl("Slutdatoen skal være efter startdatoen", "")
    assert Fejl("Udfyld navn", "id_tekst") in resume
    assert Fejl("Vælg princip", "id_princip_0") in resume
    assert len(resume) == 13
    html = tom.as_div()
    for fejl in resume[1:]:
        assert f'id="{fejl.maal}"' in html
        assert html.count(fejl.tekst) == 1


def test_dkfds_klasser_og_raekkefoelge(tom):
    princip = tom["princip"].as_field_group()
    assert princip.index("<legend") < princip.index("form-hint") < princip.index("form-error-message")
    assert princip.index("form-error-message") < princip.index('class="form-radio"')
    assert 'aria-describedby="id_princip_helptext id_princip_error"' in princip
    tekst = tom["tekst"].as_field_group()
    assert '<div class="form-group form-error">' in tekst
    assert 'aria-invalid="true"' in tekst
    assert 'aria-describedby="id_tekst_error"' in tekst
    assert 'id="id_tekst_error"' in tekst
    assert 'class="form-select"' in str(tom["type"])
    assert 'class="form-checkbox"' in str(tom["enig"])
    note = tom["note"].as_field_group()
    assert 'data-maxlength="1000"' in note
    assert " maxlength=" not in note


def test_kun_de_frivillige_maerkes():
    html = Alle().as_div()
    assert html.count("(frivilligt)") == 1
    assert "*" not in html

    class Faa(Alle):
        markering = Markering.SKAL

    assert Faa()["tekst"].maerke == "(*skal udfyldes)"
    assert Faa()["note"].maerke == ""
    assert type("Filter", (forms.Form,), {"x": forms.CharField(required=False)})()["x"].maerke == ""


def test_celle_har_fejl_og_felt_men_ingen_ledetekst(tom):
    celle = tom["tekst"].som_celle()
    assert "Udfyld navn" in celle
    assert "<input" in celle
    assert "<label" not in celle


def test_skjulte_felter_vises_uden_gruppe():
    class Skjult(Formular):
        version = forms.CharField(widget=forms.HiddenInput)

    html = Skjult().as_div()
    assert "form-group" not in html
    assert 'name="version"' in html
    assert Skjult({}).fejlresume == [Fejl("Udfyld version", "")]


@pytest.mark.parametrize(
    ("model", "felter"),
    [
        (Opsaetning, {"navn": TekstField, "sekretariat_mail": forms.EmailField}),
        (Medlemskab, {"fra": DatoField, "til": DatoField, "rolle": forms.TypedChoiceField}),
        (Dokument, {"version": HeltalField, "titel": TekstField}),
    ],
)
def test_modelformularer_vaelger_danske_felter(model, felter):
    meta = type("Meta", (), {"model": model, "fields": list(felter)})
    formular = type("Prøve", (Modelformular,), {"Meta": meta})()
    assert {navn: type(felt) for navn, felt in formular.fields.items()} == felter


def test_modelfelter_med_beloeb_og_tekst():
    assert isinstance(formularer.dansk_felt(models.DecimalField(max_digits=12, decimal_places=2)), BeloebField)
    tekst = formularer.dansk_felt(models.TextField())
    assert isinstance(tekst, TekstomraadeField)
    assert tekst.widget.attrs["rows"] == "5"
    assert type(formularer.dansk_felt(models.SlugField())) is forms.SlugField
    assert type(formularer.dansk_felt(models.DateTimeField())) is forms.DateTimeField


class Lille(Formular):
    navn = TekstField(label="Navn")


class Visning(Formularvisning, FormView):
    form_class = Lille
    template_name = "komponenter/fejlresume.html"
    success_url = "/"


def test_visning_svarer_422_med_resume():
    svar = Visning.as_view()(RequestFactory().post("/", {}))
    assert svar.status_code == 422
    assert svar.context_data["har_fejl"] is True
    assert svar.context_data["fejl"] == [Fejl("Udfyld navn", "id_navn")]
    assert Visning.as_view()(RequestFactory().post("/", {"navn": "x"})).status_code == 302
    assert Visning.as_view()(RequestFactory().get("/")).context_data["fejl"] == []


def test_flere_formularer_paa_en_side(db, rf):
    anden = type("Anden", (Formular,), {"antal": HeltalField(label="Antal")})
    skabelon = "komponenter/fejlresume.html"
    svar = formularer.svar_med_formular(
        rf.post("/"), skabelon, [Lille({}, prefix="a"), anden({}, prefix="b"), Lille()]
    )
    assert svar.status_code == 422
    assert 'href="#id_a-navn"' in svar.text
    assert 'href="#id_b-antal"' in svar.text
    assert "Ret 2 oplysninger" in svar.text
    assert 'tabindex="-1"' in svar.text
    assert formularer.svar_med_formular(rf.get("/"), skabelon, [Lille()]).status_code == 200


KONTO = [
    (kontoformularer.Logind, {}, ["Indtast din e-mailadresse", "Indtast din adgangskode"]),
    (kontoformularer.Nulstiladgangskode, {}, ["Indtast din e-mailadresse"]),
    (
        kontoformularer.Saetadgangskode,
        {"user": None},
        ["Vælg en ny adgangskode", "Skriv den nye adgangskode en gang til"],
    ),
    (kontoformularer.Bekraeftadgangskode, {"user": None}, ["Indtast din adgangskode"]),
    (kontoformularer.Bekraeftkode, {"user": None}, ["Indtast koden"]),
    (kontoformularer.Genbekraeftkode, {"user": None}, ["Indtast koden"]),
]


@pytest.mark.parametrize(
    ("klasse", "argumenter", "beskeder"), KONTO, ids=lambda vaerdi: getattr(vaerdi, "__name__", "")
)
def test_kontoformularer_taler_dansk(klasse, argumenter, beskeder):
    formular = klasse(data={}, **argumenter)
    assert [fejl.tekst for fejl in formular.fejlresume] == beskeder
    assert "placeholder" not in formular.as_div()


def test_to_forskellige_adgangskoder():
    data = {"password1": "en lang adgangskode 1", "password2": "en anden adgangskode"}
    formular = kontoformularer.Saetadgangskode(user=None, data=data)
    assert [fejl.tekst for fejl in formular.fejlresume] == ["De to adgangskoder er ikke ens"]


def test_valgmuligheder_i_grupper_er_escapet():
    class Valg(Formular):
        sted = forms.ChoiceField(choices=[("", "Alle"), ("<Nord>", [(1, "A & B"), ('"2"', "C")])])

    html = str(Valg({"sted": "1"})["sted"])
    assert '<option value="">Alle</option>' in html
    assert '<optgroup label="&lt;Nord&gt;">' in html
    assert '<option value="1" selected>A &amp; B</option>' in html
    assert '<option value="&quot;2&quot;">C</option></optgroup>' in html


@pytest.mark.parametrize(
    ("widget", "vaerdi", "attributter"),
    [
        (forms.TextInput(), 'A "B" & <c>', {"id": "x", "required": True, "disabled": False, "data-tal": "1,5"}),
        (forms.TextInput(), None, {}),
        (forms.TextInput(), 1250, {"maxlength": "10"}),
        (forms.EmailInput(), "a@b.dk", {"aria-describedby": "y"}),
        (forms.PasswordInput(), "hemmelig", {}),
        (forms.HiddenInput(), 7, {"id": "z"}),
        (forms.CheckboxInput(), True, {"class": "form-checkbox"}),
        (forms.CheckboxInput(), False, {}),
        (forms.Textarea(), "første\n<anden>", {"rows": "5"}),
        (forms.Textarea(), "", {}),
    ],
)
def test_bokse_skrives_som_djangos_skabeloner(widget, vaerdi, attributter):
    kontekst = widget.get_context("felt", vaerdi, attributter)
    navn = kontekst["widget"]["template_name"]
    assert navn in felttegning.TEGNERE
    assert formularer.Renderer().render(navn, kontekst) == get_template(navn).render(kontekst).strip()
