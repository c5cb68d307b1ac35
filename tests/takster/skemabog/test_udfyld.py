"""The workbook as it goes out: columns from the form, locks, lists, formulas and the stamp."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django import forms

from socialaftale.kerne.enums import Rolle
from takster.beregning.poster import POSTER
from takster.enums import Skematilstand
from takster.forms.skema import Skemaformular
from takster.models import Takstlinje
from takster.skemabog import stempel
from takster.skemabog.kolonner import FORREST, Art, art_af, felters_kolonner, synlige_felter
from tests.takster.factories import PLsatsFactory, SkemaFactory, TakstFactory
from tests.takster.skemabog.hjaelp import HOVED, aabn, celle, hent_data, url

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite(
        "reading and writing workbooks is Python; that they are saved is proven on both in test_gem.py"
    ),
]


def test_hvert_felt_har_en_kolonne_uden_ny_kode(skema, timeskema):
    formularer = [Skemaformular(skema=skema), Skemaformular(skema=timeskema)]
    kolonner = felters_kolonner(formularer)
    ventede = {navn for formular in formularer for navn in synlige_felter(formular)}
    assert {kolonne.noegle for kolonne in kolonner} == ventede
    assert {"pladser", "kapacitetstimer", "linje_A10", "linje_H30"} <= ventede
    assert len({kolonne.overskrift for kolonne in kolonner}) == len(kolonner)


def test_et_nyt_felt_bliver_en_kolonne(skema):
    formular = Skemaformular(skema=skema)
    formular.fields["niveau"] = forms.ChoiceField(label="Niveau", choices=[("", "-"), ("1", "Let"), ("2", "Tungt")])
    kolonne = next(k for k in felters_kolonner([formular]) if k.noegle == "niveau")
    assert (kolonne.overskrift, kolonne.art, kolonne.valg) == ("Niveau", Art.VALG, ("Let", "Tungt"))
    formular.fields["valgt"] = forms.BooleanField(label="Valgt")
    assert art_af(formular.fields["valgt"]) == Art.KRYDS


def test_ark_overskrifter_og_vaerdier(data, skema):
    bog = aabn(data)
    assert bog.sheetnames == ["Skemaer", "Fælles", "Sidste år", "Vejledning", "Lister", "_stempel"]
    ark = bog["Skemaer"]
    assert [c.value for c in ark[HOVED]][: len(FORREST)] == [kolonne.overskrift for kolonne in FORREST]
    linjer = [c.value for c in ark[HOVED] if c.value and re.match(r"[A-H]\d\d .*\(kr\.\)$", c.value)]
    assert len(linjer) == len(POSTER)
    assert celle(bog, "Skema", skema).value == skema.sagsnummer
    assert celle(bog, "Tilbud", skema).value == "Birkehuset"
    assert celle(bog, "Antal pladser", skema).value == 10
    assert celle(bog, "A20 Fagpersonale i vagtlag (kr.)", skema).value == 5_200_000
    assert celle(bog, "Hvordan er den budgetterede belægning fundet?", skema).value == "Gennemsnit af de to seneste år"
    assert celle(bog, "Tillægsydelser er ikke med i budgettet", skema).value == "Ja"


def test_talformater_frosne_ruder_og_udskrift(data, skema):
    ark = aabn(data)["Skemaer"]
    assert celle(aabn(data), "A20 Fagpersonale i vagtlag (kr.)", skema).number_format == "#,##0.00"
    assert ark.freeze_panes == f"F{HOVED + 1}"
    assert (ark.page_setup.orientation, ark.page_setup.paperSize) == ("landscape", 9)
    assert ark.print_title_rows == f"${HOVED}:${HOVED}"


def test_laaste_og_aabne_celler(klient, indberetning, skema, timeskema):
    laast = SkemaFactory(udfyldt=True, indberetning=indberetning, tilstand=Skematilstand.INDSENDT)
    bog = aabn(hent_data(klient, indberetning))
    assert bog["Skemaer"].protection.sheet
    for overskrift in ("Skema", "Tilbud", "Status", "Taksttype", "Takstberegningsgrundlag (kr.)", "Takst (kr.)"):
        assert celle(bog, overskrift, skema).protection.locked
    assert not celle(bog, "Antal pladser", skema).protection.locked
    assert celle(bog, "Antal pladser", timeskema).protection.locked, "timer har ingen pladser"
    assert celle(bog, "Antal pladser", laast).protection.locked, "indsendt"
    assert celle(bog, "Status", laast).value == "Indsendt"


def test_validering_og_lister(data):
    bog = aabn(data)
    valideringer = bog["Skemaer"].data_validations.dataValidation
    lister = [v for v in valideringer if v.type == "list"]
    assert len(lister) == len([c for c in bog["Lister"][1] if c.value])
    assert {v.errorStyle for v in valideringer} == {"warning"}
    assert any(v.prompt and v.prompt.startswith("Løn til tilbuddets egen leder") for v in valideringer)
    princip = next(c for c in bog["Lister"][1] if c.value == "Hvordan er den budgetterede belægning fundet?")
    assert bog["Lister"].cell(2, princip.column).value == "Gennemsnit af de to seneste år"


def test_stemplet_er_meget_skjult_og_siger_hvad_bogen_er(data, skema, timeskema):
    bog = aabn(data)
    assert bog["_stempel"].sheet_state == "veryHidden"
    maerke = stempel.laes_stempel(bog["_stempel"].iter_rows(values_only=True))
    assert (maerke.aar, maerke.driftsherre, maerke.layout) == (2027, "aalborg", stempel.LAYOUT)
    assert maerke.versioner == {skema.pk: 1, timeskema.pk: 1}
    assert maerke.kolonner["Antal pladser"] == "pladser"


def test_vejledningen_forklarer_alle_kolonner(data):
    bog = aabn(data)
    linjer = list(bog["Vejledning"].iter_rows(values_only=True))
    forklarede = {linje[0] for linje in linjer}
    uforklarede = {"Skema", "Tilbud", "Ydelse", "Taksten gælder pr.", "Status"}
    assert {c.value for c in bog["Skemaer"][HOVED]} - forklarede == uforklarede
    tekst = "\n".join(str(linje[0]) for linje in linjer)
    assert "Hentet" not in tekst or "2027" in tekst
    assert "hører til Aalborg Kommune og takståret 2027" in tekst
    assert "har format 1" in tekst


def test_sidste_aar(klient, indberetning, skema, timeskema):
    PLsatsFactory()
    TakstFactory(ydelse=skema.ydelse)
    ark = aabn(hent_data(klient, indberetning))["Sidste år"]
    raekke = next(r for r in ark.iter_rows(min_row=5, values_only=True) if r[0] == skema.sagsnummer)
    overskrifter = [c.value for c in ark[4]]
    efter = dict(zip(overskrifter, raekke, strict=True))
    assert efter["Takst 2026 (kr.)"] == 2249.46
    assert efter["A20 Fagpersonale i vagtlag (kr.)"] == 5_100_000
    assert efter["A10 Øverste ledelse (kr.)"] is None


def test_tekst_der_ligner_en_formel_er_tekst(klient, indberetning, skema):
    skema.bemaerkning = "=HYPERLINK(1)"
    skema.save()
    assert celle(aabn(hent_data(klient, indberetning)), "Bemærkninger", skema).data_type == "s"


def test_eksempeltal_siges(klient, indberetning, skema):
    skema.er_eksempel = True
    skema.save()
    assert "Eksempeltal" in aabn(hent_data(klient, indberetning))["Skemaer"]["A2"].value


def test_antallet_af_forespoergsler_foelger_ikke_antallet_af_skemaer(
    klient, indberetning, skema, django_assert_max_num_queries
):
    for _ in range(6):
        SkemaFactory(udfyldt=True, indberetning=indberetning)
    with django_assert_max_num_queries(15):
        hent_data(klient, indberetning)


def test_mange_skemaer_bliver_et_job(klient, indberetning, skema, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("takster.skemabog.indlaesning.DIREKTE", 0)
    with django_capture_on_commit_callbacks(execute=True):
        svar = klient.post(url(indberetning, "skemabog_hent"))
    adresse = klient.get(svar.url).context["job"].resultat_url
    assert adresse.endswith("takstskemaer.xlsx")
    assert celle(aabn(klient.get(adresse).content), "Antal pladser", skema).value == 10


@pytest.mark.parametrize("rolle", [Rolle.SEKRETARIAT, Rolle.DRIFTSHERRE_GODKENDER])
def test_hvem_der_ogsaa_henter(log_ind, rolle, indberetning, skema):
    assert celle(aabn(hent_data(log_ind(rolle), indberetning)), "Antal pladser", skema).value == 10


def test_linjer_uden_vaerdi_er_tomme(klient, indberetning, skema):
    Takstlinje.objects.create(skema=skema, post="H30", beloeb=Decimal("0.00"))
    bog = aabn(hent_data(klient, indberetning))
    assert celle(bog, "H30 Forrentning af driftskapital (kr.)", skema).value == 0
    assert celle(bog, "A30 Øvrigt borgerrelateret personale (kr.)", skema).value is None
