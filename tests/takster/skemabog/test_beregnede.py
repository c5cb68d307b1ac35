"""What the workbook computes beside what is typed: the same figures as ours, locked, and never read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialaftale.kerne.enums import Rolle
from takster import hentning
from takster.beregning.koder import Kategori
from takster.beregning.poster import POSTER
from takster.enums import Pensionsmetode
from takster.models import Takstlinje, Takstskema
from takster.skemabog import indlaesning, laes
from takster.skemabog.hentning import byg_bog
from takster.skemabog.kolonner import GRUNDLAG, REGULERING, TAKST, TAKSTTYPE, sumkolonne
from takster.skemabog.sammenlign import med_kontrol, sammenlign
from tests.takster.conftest import I_DAG
from tests.takster.factories import SkemaFactory, TilbudFactory, YdelseFactory
from tests.takster.skemabog.hjaelp import aabn, aendr, celle, hent_data, i_bogen, luk
from tests.takster.skemabog.regn import regn
from tests.takster.test_reguleringslinjer import pligt

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite(
        "reading and writing workbooks is Python; that they are saved is proven on both in test_gem.py"
    ),
]
PENSION, LOEN = "Tjenestemandspensioner", "Løn til tjenestemænd (kr.)"
PRINCIP, BELAEGNING = "Hvordan er den budgetterede belægning fundet?", "Budgetteret belægning (%)"
BELOEB = st.decimals(min_value=0, max_value=10**8, places=2, allow_nan=False, allow_infinity=False)


def beregnet(bog, kolonne, skema):
    overskrift = kolonne if isinstance(kolonne, str) else kolonne.overskrift
    return regn(bog, "Skemaer", celle(bog, overskrift, skema).coordinate)


@pytest.fixture
def indberetter(adgang):
    return adgang(Rolle.DRIFTSHERRE_INDBERETTER)


def vores(data, indberetning, adgang, skema):
    """What we compute of a workbook that came in."""
    (aendring,) = med_kontrol(sammenlign(laes.laes(data), indberetning, adgang))
    assert aendring.skema == skema
    return aendring.beregning


@pytest.mark.regel("T14", "T16")
def test_grundlag_og_takst_staar_ud_for_hvert_skema(data, skema, timeskema):
    bog = aabn(data)
    assert beregnet(bog, GRUNDLAG, skema) == Decimal("8000000.00")
    assert beregnet(bog, TAKST, skema) == Decimal("2307.14")
    assert beregnet(bog, GRUNDLAG, timeskema) == 0
    assert beregnet(bog, TAKST, timeskema) == ""
    assert beregnet(bog, sumkolonne(Kategori.A), skema) == Decimal("6250000.00")
    # Administrative staff is entered among the wages and counted as administration.
    assert beregnet(bog, sumkolonne(Kategori.C), skema) == Decimal("790000.00")
    assert celle(bog, sumkolonne(Kategori.C).overskrift, skema).protection.locked


@pytest.mark.langsom
@pytest.mark.regel("T14", "T18", "T54")
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.data())
def test_formlerne_giver_det_samme_som_vi_regner(indberetning, indberetter, skema, data):
    """Whatever is typed, in any unit: total and tariff in the workbook are those the upload shows."""
    enhed = data.draw(st.sampled_from(["doegn", "dag", "time", "enhed"]))
    Takstskema.objects.filter(pk=skema.pk).update(enhed=enhed)
    bog = aabn(byg_bog(indberetning, indberetter))
    for post in data.draw(st.lists(st.sampled_from(POSTER), min_size=1, max_size=8, unique=True)):
        celle(bog, f"{post.kode} {post.navn} (kr.)", skema).value = data.draw(BELOEB) * post.fortegn
    kapacitet = {
        "doegn": "Antal pladser",
        "dag": "Antal pladser",
        "time": "Kapacitetstimer om året",
        "enhed": "Antal enheder om året",
    }
    celle(bog, kapacitet[enhed], skema).value = data.draw(st.integers(1, 3000))
    if enhed == "dag":
        celle(bog, "Driftsdage om året", skema).value = data.draw(st.integers(1, 366))
    celle(bog, "Aktivitet, seneste år", skema).value = data.draw(st.integers(1, 1000)) / 100
    if data.draw(st.booleans()):
        celle(bog, PENSION, skema).value = "25\u00a0% af tjenestemændenes løn"
        celle(bog, LOEN, skema).value = data.draw(BELOEB.filter(bool))
    celle(bog, "Bemærkninger", skema).value = "Ny"
    beregning = vores(luk(bog), indberetning, indberetter, skema)
    assert beregnet(bog, GRUNDLAG, skema) == beregning.data.grundlag.i_alt
    assert beregnet(bog, TAKST, skema) == (beregning.pris if beregning.pris is not None else "")
    for kategori, beloeb in beregning.data.grundlag.pr_kategori.items():
        assert beregnet(bog, sumkolonne(kategori), skema) == beloeb


@pytest.mark.regel("T18", "T61")
def test_belaegningen_foelger_af_det_den_bygger_paa(indberetning, indberetter, skema):
    bog = aabn(byg_bog(indberetning, indberetter))
    celle(bog, "Aktivitet, seneste år", skema).value = 9.9
    assert beregnet(bog, "Belægning i taksten (%)", skema) == Decimal("96.00")
    beregning = vores(luk(bog), indberetning, indberetter, skema)
    assert beregning.data.belaegning_pct == Decimal("96.00")
    assert beregnet(bog, TAKST, skema) == beregning.pris
    celle(bog, PRINCIP, skema).value = "Nyt tilbud i det første driftsår"
    celle(bog, "Forventet antal borgere i det første driftsår", skema).value = 8
    celle(bog, BELAEGNING, skema).value = None
    assert beregnet(bog, "Belægning i taksten (%)", skema) == Decimal("80.00")
    assert vores(luk(bog), indberetning, indberetter, skema).data.belaegning_pct == Decimal("80.00")
    celle(bog, PRINCIP, skema).value = "Forventning til det kommende år"
    celle(bog, BELAEGNING, skema).value = 97.5
    assert beregnet(bog, "Belægning i taksten (%)", skema) == Decimal("97.50")
    assert vores(luk(bog), indberetning, indberetter, skema).data.belaegning_pct == Decimal("97.50")


@pytest.mark.regel("T25", "T48")
def test_reguleringen_staar_der_og_kan_ikke_skrives(klient, indberetning, skema, send, indberetter):
    pligt(skema.ydelse.tilbud)
    data = hent_data(klient, indberetning)
    bog = aabn(data)
    cellen = celle(bog, REGULERING.overskrift, skema)
    assert (cellen.value, cellen.protection.locked) == (-370_000, True)
    assert beregnet(bog, GRUNDLAG, skema) == Decimal("7630000.00")
    _, uaendret = send(data)
    assert (uaendret.resultat["noter"], uaendret.resultat["aendringer"]) == ([], [])
    cellen.value = 0
    celle(bog, "Bemærkninger", skema).value = "Uden regulering"
    _, indlaest = send(luk(bog))
    assert indlaest.resultat["fejl"] == []
    (note,) = indlaest.resultat["noter"]
    assert note.startswith("Regulering vedr. tidligere år (kr.) kan ikke skrives i arbejdsbogen. I række 5 står")
    beregning = vores(luk(bog), indberetning, indberetter, skema)
    assert beregning.data.grundlag.i_alt == Decimal("7630000.00")


@pytest.mark.regel("T48")
def test_en_regulering_der_er_kommet_til_siden_naevnes(data, skema, send):
    pligt(skema.ydelse.tilbud)
    _, bog = send(data)
    assert any("Regulering vedr. tidligere år" in note for note in bog.resultat["noter"])


@pytest.mark.regel("T32")
def test_taksttypen_staar_der_og_kan_ikke_skrives(data, skema, timeskema, send):
    bog = aabn(data)
    assert celle(bog, TAKSTTYPE.overskrift, skema).value == "Gennemsnitstakst"
    assert celle(bog, TAKSTTYPE.overskrift, skema).protection.locked
    celle(bog, TAKSTTYPE.overskrift, skema).value = "Tillægsydelse"
    _, indlaest = send(luk(bog))
    assert indlaest.resultat["aendringer"] == []
    (note,) = indlaest.resultat["noter"]
    assert note == ("Taksttype kan ikke skrives i arbejdsbogen. I række 5 står noget andet, end der regnes med.")


@pytest.mark.parametrize(
    "overskrift", [GRUNDLAG.overskrift, TAKST.overskrift, sumkolonne(Kategori.A).overskrift, "Belægning i taksten (%)"]
)
@pytest.mark.parametrize("vaerdi", [1, "=1+1", "vrøvl", None])
def test_en_overskrevet_sum_goer_ingen_skade(overskrift, vaerdi, data, skema, send):
    _, bog = send(aendr(overskrift, vaerdi)(data, skema))
    assert (bog.resultat["fejl"], bog.resultat["aendringer"]) == ([], [])


def test_fremmede_skemaers_felter_er_stadig_laaste(indberetning, indberetter, skema):
    tilbud = TilbudFactory(driftsherre=indberetning.driftsherre)
    individuel = SkemaFactory(indberetning=indberetning, ydelse=YdelseFactory(tilbud=tilbud, taksttype="individuel"))
    bog = aabn(byg_bog(indberetning, indberetter))
    for overskrift in (REGULERING.overskrift, GRUNDLAG.overskrift, sumkolonne(Kategori.H).overskrift):
        assert celle(bog, overskrift, individuel).value is None


def test_summerne_for_driftsherren(indberetning, indberetter, skema):
    SkemaFactory(udfyldt=True, indberetning=indberetning)
    bog = aabn(byg_bog(indberetning, indberetter))
    ark = bog["Fælles"]
    summer = {raekke[0].value: regn(bog, "Fælles", raekke[1].coordinate) for raekke in ark.iter_rows(min_row=7)}
    assert summer["Antal skemaer"] == 2
    assert summer["Takstberegningsgrundlag (kr.)"] == Decimal("16000000.00")
    assert summer["A Personaleomkostninger i alt (kr.)"] == Decimal("12500000.00")
    assert summer["Regulering vedr. tidligere år (kr.)"] == 0
    assert ark.protection.sheet
    assert ark["B8"].protection.locked


def test_pension_med_loen_0_er_en_tom_linje_og_ikke_en_fejl(indberetning, indberetter, data, skema, send, klient):
    bog = aabn(data)
    celle(bog, PENSION, skema).value = "25\u00a0% af tjenestemændenes løn"
    celle(bog, LOEN, skema).value = 0
    _, indlaest = send(luk(bog))
    assert indlaest.resultat["fejl"] == []
    assert any(
        "Indtast tjenestemandspensionen" in fund["tekst"] for fund in indlaest.resultat["aendringer"][0]["fund"]
    )


def test_arbejdsbog_fra_foer_de_nye_kolonner_laeses(data, skema, send):
    """An older workbook has neither the sheet Fælles nor the new columns, and its own names for the sums."""

    def som_foer(bog, skema):
        ark = bog["Skemaer"]
        for overskrift in (TAKSTTYPE.overskrift, REGULERING.overskrift):
            kolonne = celle(bog, overskrift, skema).column
            for raekke in range(4, ark.max_row + 1):
                ark.cell(raekke, kolonne).value = None
        celle(bog, GRUNDLAG.overskrift, skema)
        for raekke in bog["_stempel"].iter_rows():
            if raekke[0].value == "metode" or (raekke[0].value == "kolonne" and raekke[1].value == "Taksttype"):
                raekke[0].value = None
            elif raekke[1].value == GRUNDLAG.overskrift:
                raekke[1].value, raekke[2].value = "Linjer i alt (kr.)", "beregnet:i_alt"
        ark.cell(4, 4).value = "Linjer i alt (kr.)"
        bog.remove(bog["Fælles"])
        celle(bog, "A10 Øverste ledelse (kr.)", skema).value = 1

    _, bog = send(i_bogen(som_foer)(data, skema))
    assert (bog.resultat["fejl"], bog.resultat["noter"]) == ([], [])
    assert bog.resultat["aendringer"][0]["linjer"] == [["A10 Øverste ledelse (kr.)", "600.000", "1"]]


def test_hele_skemaet_ud_udfyldt_og_ind(klient, indberetning, skema, send, indberetter):
    """Out, every kind of cell filled in with openpyxl, in and saved: the form holds exactly that."""
    bog = aabn(hent_data(klient, indberetning))
    for nummer, post in enumerate(POSTER, start=1):
        celle(bog, f"{post.kode} {post.navn} (kr.)", skema).value = post.fortegn * (10_000 * nummer + 0.25)
    celle(bog, "Antal pladser", skema).value = 12.5
    celle(bog, "Direkte støttetimer om ugen", skema).value = 31.25
    celle(bog, PENSION, skema).value = "Den faktiske udgift"
    celle(bog, "Finansielt leasede aktiver", skema).value = "Afskrivning og forrentning er med"
    celle(bog, "Kun det generelle tilsyn er med, ikke tilsyn med den enkelte borger", skema).value = "Nej"
    celle(bog, "Bemærkninger", skema).value = "Første linje\nAnden linje"
    bog["Fælles"]["B4"].value = "Efter antal pladser og årsværk."
    _, fil = send(luk(bog))
    assert fil.resultat["fejl"] == []
    indlaesning.gem_aendringer(indberetter, lambda procent, besked: None, fil=str(fil.pk), valg={})
    nyt = Takstskema.objects.til_beregning().get(pk=skema.pk)
    assert nyt.beloeb() == {
        post.kode: post.fortegn * (10_000 * nummer + Decimal("0.25")) for nummer, post in enumerate(POSTER, start=1)
    }
    assert (nyt.pladser, nyt.direkte_stoettetimer) == (Decimal("12.50"), Decimal("31.25"))
    assert (nyt.pensionsmetode, nyt.kun_generelt_tilsyn) == (Pensionsmetode.FAKTISK, False)
    assert nyt.bemaerkning == "Første linje\nAnden linje"
    indberetning.refresh_from_db()
    assert indberetning.overhead_metode == "Efter antal pladser og årsværk."
    # Out again: the workbook's sums are those of the form.
    igen = aabn(hent_data(klient, indberetning))
    beregning = hentning.beregn_gemt(nyt, hentning.hent_omgivelser(nyt, I_DAG))
    assert beregnet(igen, GRUNDLAG, nyt) == beregning.data.grundlag.i_alt
    assert beregnet(igen, TAKST, nyt) == beregning.pris
    assert Takstlinje.objects.filter(skema=nyt).count() == len(POSTER)
