"""What is kept out of a tariff and which methods must be told: K steps 1, 2, 7 and 8."""

from dataclasses import replace
from decimal import Decimal

import pytest

from takster.beregning.forbehold import Forbehold, Ramme, kontroller_forbehold, kontroller_ramme, overhead_andel
from takster.beregning.fund import Fund
from takster.beregning.koder import Afskrivningspraksis, Grad, Leasing, Pensionsmetode
from takster.beregning.regelsaet import STANDARDREGLER, Regler

ALT_I_ORDEN = Forbehold(
    uden_tillaegsydelser=True,
    uden_valgfri_ydelser=True,
    kun_generelt_tilsyn=True,
    uden_myndighedsopgaver=True,
    uden_udviklingsomkostninger=True,
    tilbudsportal_opdateret=True,
    afskrivningspraksis=Afskrivningspraksis.LINEAER,
)
METODE = Ramme(overhead_metode="Fordelt efter antal årsværk")


def find(forbehold=ALT_I_ORDEN, beloeb=None, ramme=METODE):
    return kontroller_forbehold(forbehold, beloeb or {}, ramme, regler=STANDARDREGLER)


def koder(fund):
    return [et_fund.kode for et_fund in fund]


def test_alt_i_orden():
    assert find() == []
    assert kontroller_ramme(Ramme()) == []


@pytest.mark.parametrize(
    ("navn", "regel", "grad"),
    [
        pytest.param("uden_tillaegsydelser", "T35", Grad.FEJL, marks=pytest.mark.regel("T35")),
        pytest.param("uden_valgfri_ydelser", "T45", Grad.FEJL, marks=pytest.mark.regel("T45")),
        pytest.param("kun_generelt_tilsyn", "T46", Grad.ADVARSEL, marks=pytest.mark.regel("T46")),
        pytest.param("uden_myndighedsopgaver", "T58", Grad.ADVARSEL, marks=pytest.mark.regel("T58")),
        pytest.param("uden_udviklingsomkostninger", "T59", Grad.ADVARSEL, marks=pytest.mark.regel("T59", "T62")),
        pytest.param("tilbudsportal_opdateret", "T7", Grad.ADVARSEL, marks=pytest.mark.regel("T7")),
    ],
)
def test_manglende_bekraeftelse(navn, regel, grad):
    (fund,) = find(replace(ALT_I_ORDEN, **{navn: False}))
    assert (fund.kode, fund.regel, fund.grad, fund.felt) == (navn, regel, grad, navn)


@pytest.mark.regel("T13")
def test_lukket_vindue():
    (fund,) = kontroller_ramme(Ramme(vindue_aabent=False))
    assert (fund.regel, fund.grad) == ("T13", Grad.FEJL)


@pytest.mark.regel("T1")
def test_registrets_fund_og_ydelsens_paragraf():
    registret = Fund("privat_i_aftalen", "T1", Grad.FEJL, "", "Private tilbud er aldrig omfattet.")
    fund = kontroller_ramme(Ramme(tilbudsfund=[registret], ikke_omfattet="SEL § 95"))
    assert koder(fund) == ["privat_i_aftalen", "ydelsens_lovgrundlag_ikke_omfattet"]
    assert "SEL § 95" in fund[1].tekst


@pytest.mark.regel("T47")
@pytest.mark.parametrize(
    ("leasing", "beloeb", "ventet"),
    [
        (Leasing.INGEN, {}, []),
        (Leasing.YDELSER, {}, []),
        (Leasing.AFSKRIVNING, {}, ["leasing_uden_afskrivning"]),
        (Leasing.AFSKRIVNING, {"F20": Decimal(100)}, []),
        (Leasing.AFSKRIVNING, {"H20": Decimal(100)}, []),
    ],
)
def test_leasing(leasing, beloeb, ventet):
    assert koder(find(replace(ALT_I_ORDEN, leasing=leasing), beloeb)) == ventet


@pytest.mark.regel("T51")
@pytest.mark.parametrize(
    ("praksis", "beloeb", "ventet"),
    [
        ("", {}, []),
        ("", {"H10": Decimal(100)}, []),
        ("", {"F10": Decimal(100)}, ["afskrivningspraksis_mangler"]),
        ("", {"F20": Decimal(100)}, ["afskrivningspraksis_mangler"]),
        (Afskrivningspraksis.LINEAER, {"F10": Decimal(100)}, []),
        (Afskrivningspraksis.KARTOTEK, {"F10": Decimal(100), "F20": Decimal(100)}, []),
        (Afskrivningspraksis.ANSKAFFELSER, {"F20": Decimal(100)}, []),
        (Afskrivningspraksis.ANSKAFFELSER, {"F10": Decimal(100)}, ["afskrivning_er_ikke_anskaffelser"]),
        (Afskrivningspraksis.ANDEN, {"F10": Decimal(100)}, ["afskrivning_uden_anlaegskartotek"]),
        (Afskrivningspraksis.ANDEN, {"F10": Decimal(0)}, []),
    ],
)
def test_afskrivningens_praksis(praksis, beloeb, ventet):
    fund = find(replace(ALT_I_ORDEN, afskrivningspraksis=praksis), beloeb)
    assert koder(fund) == ventet
    assert {(et.regel, et.grad, et.felt) for et in fund} <= {("T51", Grad.ADVARSEL, "afskrivningspraksis")}


@pytest.mark.regel("T54")
@pytest.mark.parametrize(
    ("metode", "loen", "pension", "ventet"),
    [
        (Pensionsmetode.INGEN, None, None, []),
        (Pensionsmetode.INGEN, None, "125000", ["pensionsmetode_mangler"]),
        (Pensionsmetode.FAKTISK, None, "98765.43", []),
        (Pensionsmetode.FAKTISK, None, None, ["pension_mangler"]),
        (Pensionsmetode.PCT25, "500000", "125000", []),
        (Pensionsmetode.PCT25, "500000", "125001", []),
        (Pensionsmetode.PCT25, "500000", "125001.01", ["pension_stemmer_ikke"]),
        (Pensionsmetode.PCT25, "500000", "120000", ["pension_stemmer_ikke"]),
        (Pensionsmetode.PCT25, None, "125000", ["tjenestemandsloen_mangler"]),
        (Pensionsmetode.PCT25, "500000", None, ["pension_mangler"]),
    ],
)
def test_tjenestemandspension(metode, loen, pension, ventet):
    """[own] 25 % of 500,000 is 125,000."""
    forbehold = replace(ALT_I_ORDEN, pensionsmetode=metode, tjenestemandsloen=loen and Decimal(loen))
    assert koder(find(forbehold, {"A70": pension and Decimal(pension)})) == ventet


@pytest.mark.regel("T55")
class TestOverhead:
    BELOEB = {"C20": Decimal(50_000)}

    def test_metoden_skal_beskrives_naar_der_er_en_andel(self):
        (fund,) = find(beloeb=self.BELOEB, ramme=Ramme())
        assert (fund.kode, fund.grad) == ("overhead_metode_mangler", Grad.FEJL)
        assert find(beloeb={}, ramme=Ramme()) == []

    def test_en_for_kort_tekst_er_ingen_beskrivelse(self):
        assert koder(find(beloeb=self.BELOEB, ramme=Ramme(overhead_metode="5 % "))) == ["overhead_metode_mangler"]

    @pytest.mark.parametrize(
        ("andele", "ventet"),
        [
            (["5.0", "5.0", "5.0"], ["overhead_fast_procent"]),
            (["5.0", "5.0", "5.1"], []),
            (["5.0", "5.0"], []),
            ([], []),
        ],
    )
    def test_den_samme_procent_overalt_ser_fast_ud(self, andele, ventet):
        ramme = replace(METODE, overhead_andele=[Decimal(andel) for andel in andele])
        assert koder(find(beloeb=self.BELOEB, ramme=ramme)) == ventet

    def test_antallet_af_skemaer_er_en_graense(self):
        ramme = replace(METODE, overhead_andele=[Decimal(5), Decimal(5)])
        fund = kontroller_forbehold(ALT_I_ORDEN, self.BELOEB, ramme, regler=Regler(mindst_skemaer_til_fast_andel=2))
        assert koder(fund) == ["overhead_fast_procent"]

    def test_andelen(self):
        assert overhead_andel({"C20": Decimal(54)}, Decimal(1000)) == Decimal("5.4")
        assert overhead_andel({}, Decimal(1000)) is None
        assert overhead_andel({"C20": Decimal(54)}, Decimal(0)) is None
