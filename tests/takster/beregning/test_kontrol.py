"""The checks of a whole takstskema: one clean form, and what each departure from it gives."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from takster.beregning.belaegning import Aarsbelaegning
from takster.beregning.fund import kan_indsendes
from takster.beregning.koder import Grad
from takster.beregning.kontrol import Sidsteaar, Skemadata, beregn, beregn_aendring, kontroller
from takster.beregning.poster import POSTER
from takster.beregning.regelsaet import STANDARDREGLER, Regler
from takster.beregning.regulering import PlSats

BEMAERKNING = "Vi åbner en ny afdeling med seks pladser."
LINJER = {
    "A10": Decimal(700_000),
    "A20": Decimal(5_500_000),
    "A50": Decimal(200_000),
    "A60": Decimal(100_000),
    "B20": Decimal(400_000),
    "C20": Decimal(350_000),
    "E10": Decimal(675_000),
    "G10": Decimal(-25_000),
}
RENT = Skemadata(
    aar=2027,
    enhed="doegn",
    beloeb=LINJER,
    pladser=Decimal(10),
    godkendte_pladser=Decimal(12),
    belaegning_pct=Decimal(95),
    belaegningsprincip="beregnet",
    realiseret=(Aarsbelaegning(aar=2025, pct=Decimal(97)), Aarsbelaegning(aar=2026, pct=Decimal(93))),
    direkte_stoettetimer=Decimal("21.5"),
    sidste_aar=Sidsteaar(aar=2026, takst=Decimal("2200.00"), kapacitet=Decimal(10), beloeb=LINJER),
    pl_satser=(PlSats(fra_aar=2026, til_aar=2027, pct=Decimal("3.0")),),
)
FORSVUNDET = {**LINJER, "B20": None}


def fund(data, regler=STANDARDREGLER):
    return kontroller(data, regler=regler)


def koder(data, regler=STANDARDREGLER):
    return [(f.kode, f.regel, f.grad, f.felt) for f in fund(data, regler)]


def test_et_rent_skema_har_ingen_fund():
    assert fund(RENT) == []
    assert beregn(RENT, regler=STANDARDREGLER).takst == Decimal("2278.30")
    assert beregn_aendring(RENT, Decimal("2278.30")).forrige_fremskrevet == Decimal("2266.00")


@pytest.mark.regel("T9")
@pytest.mark.parametrize("enhed", ["", "uge"])
def test_enhed_skal_vaelges(enhed):
    assert koder(replace(RENT, enhed=enhed)) == [("enhed_mangler", "T9", Grad.FEJL, "enhed")]


class TestPladser:
    @pytest.mark.regel("T6")
    @pytest.mark.regel("T44")
    def test_aendret_antal_kraever_bemaerkning(self):
        data = replace(RENT, sidste_aar=replace(RENT.sidste_aar, kapacitet=Decimal("9.5")))
        (fundet,) = fund(data)
        assert (fundet.kode, fundet.grad, fundet.felt) == ("kapacitet_aendret", Grad.BEMAERKNING, "bemaerkning")
        assert "fra 9,5 pladser i 2026 til 10 pladser i 2027" in fundet.tekst
        assert fund(replace(data, bemaerkning=BEMAERKNING)) == []

    @pytest.mark.regel("T6")
    @pytest.mark.parametrize("bemaerkning", ["", "   ", ".", "  flere    "])
    def test_en_tom_eller_ganske_kort_bemaerkning_taeller_ikke(self, bemaerkning):
        data = replace(
            RENT, sidste_aar=replace(RENT.sidste_aar, kapacitet=Decimal(8), takst=None), bemaerkning=bemaerkning
        )
        assert not kan_indsendes(fund(data))

    @pytest.mark.regel("T6")
    def test_ukendt_antal_sidste_aar_er_ikke_en_aendring(self):
        assert fund(replace(RENT, sidste_aar=replace(RENT.sidste_aar, kapacitet=None))) == []

    @pytest.mark.regel("T66")
    def test_flere_pladser_end_godkendt(self):
        data = replace(RENT, godkendte_pladser=Decimal(9))
        assert koder(data) == [("flere_pladser_end_godkendt", "T66", Grad.FEJL, "pladser")]
        assert fund(replace(RENT, godkendte_pladser=Decimal(10))) == []

    @pytest.mark.regel("T6")
    def test_timer_naevnes_som_timer(self):
        data = replace(
            RENT,
            enhed="time",
            pladser=None,
            kapacitetstimer=Decimal(7800),
            sidste_aar=Sidsteaar(aar=2026, kapacitet=Decimal(6396)),
        )
        (fundet,) = fund(data)
        assert "fra 6.396 timer i 2026 til 7.800 timer i 2027" in fundet.tekst


class TestBelaegning:
    @pytest.mark.regel("T17")
    def test_skemaets_belaegning_kontrolleres(self):
        data = replace(RENT, belaegning_pct=Decimal(101), bemaerkning=BEMAERKNING)
        assert [f.kode for f in fund(data)] == ["belaegning_stemmer_ikke", "belaegning_over_max"]

    @pytest.mark.regel("T17")
    def test_manglende_belaegning_naevnes_en_gang(self):
        assert koder(replace(RENT, belaegning_pct=None)) == [
            ("belaegning_mangler", "T17", Grad.FEJL, "belaegning_pct")
        ]

    @pytest.mark.regel("T17")
    def test_kort_forloeb_og_dispensation_naar_frem(self):
        lavt = replace(
            RENT,
            belaegningsprincip="forventning",
            belaegning_begrundelse=BEMAERKNING,
            belaegning_pct=Decimal(89),
            bemaerkning=BEMAERKNING,
        )
        assert [f.kode for f in fund(replace(lavt, kort_forloeb=True))] == ["belaegning_kort_under_min"]
        assert [f.grad for f in fund(lavt)] == [Grad.GODKENDELSE]
        assert kan_indsendes(fund(lavt))
        assert fund(replace(lavt, dispensation="DAS 12.06.2026")) == []

    @pytest.mark.regel("T61")
    def test_nyt_tilbud_bruger_skemaets_pladser(self):
        data = replace(
            RENT,
            belaegningsprincip="nyt_tilbud",
            forventede_borgere=Decimal(8),
            pladser=Decimal(12),
            belaegning_pct=Decimal("66.67"),
            driftsaar=1,
            sidste_aar=None,
        )
        assert fund(data) == []
        assert [f.kode for f in fund(replace(data, driftsaar=2))] == ["nyt_tilbud_for_sent"]


class TestDage:
    @pytest.mark.regel("T14")
    @pytest.mark.parametrize(("dage", "ventet"), [(365, []), (366, ["dage_i_aaret"]), (360, ["dage_i_aaret"])])
    def test_doegntakst_regnes_med_365_dage(self, dage, ventet):
        assert [f.kode for f in fund(replace(RENT, driftsdage=dage))] == ventet

    @pytest.mark.regel("T14")
    def test_dagtakst_har_sine_egne_driftsdage(self):
        data = replace(RENT, enhed="dag", driftsdage=230, sidste_aar=None)
        assert fund(data) == []
        assert [f.kode for f in fund(replace(data, driftsdage=366))] == ["for_mange_driftsdage"]
        assert koder(replace(data, driftsdage=None)) == [("takst_kan_ikke_beregnes", "T14", Grad.FEJL, "driftsdage")]

    @pytest.mark.regel("T14")
    def test_uden_pladser_kan_taksten_ikke_beregnes(self):
        assert koder(replace(RENT, pladser=None)) == [("takst_kan_ikke_beregnes", "T14", Grad.FEJL, "pladser")]


class TestLinjer:
    @pytest.mark.regel("T42")
    def test_fortegn(self):
        data = replace(RENT, beloeb={**LINJER, "G10": Decimal(25_000)})
        assert koder(data) == [("fortegn", "T42", Grad.FEJL, "G10")]

    @pytest.mark.regel("T38")
    def test_loen_skal_deles_i_vagtlag_og_oevrig(self):
        uden = {kode: beloeb for kode, beloeb in LINJER.items() if kode != "A20"} | {"A30": LINJER["A20"]}
        data = replace(RENT, beloeb=uden, sidste_aar=None)
        assert koder(data) == [("vagtlag_mangler", "T38", Grad.FEJL, "A20")]
        assert fund(replace(data, beloeb={**uden, "A20": Decimal(0)})) == []

    @pytest.mark.regel("T38")
    def test_uden_loen_spoerges_der_ikke(self):
        data = replace(RENT, beloeb={"C10": Decimal(8_000_000)}, direkte_stoettetimer=None, sidste_aar=None)
        assert fund(data) == []

    @pytest.mark.regel("T38")
    def test_stoettetimer_er_en_advarsel(self):
        (fundet,) = fund(replace(RENT, direkte_stoettetimer=None))
        assert (fundet.grad, fundet.felt, fundet.blokerer) == (Grad.ADVARSEL, "direkte_stoettetimer", False)

    @pytest.mark.regel("T42")
    @pytest.mark.parametrize(("tom", "ventet"), [("A50", ["A50"]), ("A60", ["A60"])])
    def test_teknisk_og_administrativt_personale_skal_deles(self, tom, ventet):
        data = replace(RENT, beloeb={**LINJER, tom: None}, sidste_aar=None)
        assert [f.felt for f in fund(data)] == ventet
        assert fund(replace(data, beloeb={**LINJER, tom: Decimal(0)})) == []

    @pytest.mark.regel("T42")
    def test_ingen_af_dem_er_ikke_en_fejl(self):
        assert fund(replace(RENT, beloeb={**LINJER, "A50": Decimal(0), "A60": None}, sidste_aar=None)) == []
        assert fund(replace(RENT, beloeb={**LINJER, "A50": None, "A60": None}, sidste_aar=None)) == []

    @pytest.mark.regel("T42")
    @pytest.mark.parametrize("ejet", ["E30", "F10", "H10"])
    def test_husleje_og_ejet_bygning_er_en_advarsel(self, ejet):
        data = replace(RENT, beloeb={**LINJER, ejet: Decimal(10_000)})
        assert koder(data) == [("lejet_og_ejet", "T42", Grad.ADVARSEL, "E10")]
        assert fund(replace(data, beloeb={**LINJER, ejet: Decimal(10_000), "E10": None}, sidste_aar=None)) == []


class TestModSidsteAar:
    @pytest.mark.parametrize(("beloeb", "nu"), [(None, "intet"), (Decimal(0), "0")])
    def test_en_linje_der_er_forsvundet(self, beloeb, nu):
        data = replace(RENT, beloeb={**LINJER, "B20": beloeb}, pl_satser=(PlSats(fra_aar=2026, til_aar=2027, pct=0),))
        (fundet,) = (f for f in fund(data) if f.kode == "linje_forsvundet")
        assert (fundet.grad, fundet.felt) == (Grad.BEMAERKNING, "B20")
        assert f"400.000,00\u00a0kr., nu står der {nu}." in fundet.tekst
        assert fund(replace(data, bemaerkning=BEMAERKNING)) == []

    def test_kroner_og_oere_byttet_om(self):
        data = replace(RENT, beloeb={**LINJER, "E10": Decimal("1.25")})
        assert "linje_naesten_forsvundet" in [f.kode for f in fund(data)]
        mere = replace(RENT, beloeb={**LINJER, "E10": Decimal(6_750)})
        assert "linje_naesten_forsvundet" not in [f.kode for f in fund(mere)]

    def test_en_linje_der_ogsaa_var_tom_sidste_aar(self):
        data = replace(RENT, sidste_aar=replace(RENT.sidste_aar, beloeb={**LINJER, "H30": None, "D10": Decimal(0)}))
        assert fund(data) == []

    @pytest.mark.regel("T43")
    def test_markant_aendring_kraever_bemaerkning(self):
        """2.278,30 against 2.100,00 × 1,03 = 2.163,00 is +5,3 %."""
        data = replace(RENT, sidste_aar=replace(RENT.sidste_aar, takst=Decimal("2100.00")))
        (fundet,) = fund(data)
        assert (fundet.kode, fundet.regel, fundet.grad) == ("takst_aendret_markant", "T43", Grad.BEMAERKNING)
        assert "steget fra 2.163,00\u00a0kr. (taksten for 2026 i 2027-priser)" in fundet.tekst
        assert "+5,3\u00a0%" in fundet.tekst
        assert fund(replace(data, bemaerkning=BEMAERKNING)) == []
        assert fund(data, Regler(taerskel_takstaendring_pct=Decimal(6))) == []

    @pytest.mark.regel("T43")
    def test_markant_fald(self):
        (fundet,) = fund(replace(RENT, sidste_aar=replace(RENT.sidste_aar, takst=Decimal("2400.00"))))
        assert "faldet" in fundet.tekst
        assert "−7,8\u00a0%" in fundet.tekst

    @pytest.mark.regel("T93")
    def test_uden_sats_sammenlignes_der_ikke(self):
        (fundet,) = fund(replace(RENT, pl_satser=()))
        assert (fundet.kode, fundet.grad, fundet.blokerer) == ("pl_sats_mangler", Grad.ADVARSEL, False)
        assert "fra 2026 til 2027" in fundet.tekst


class TestSum:
    @pytest.mark.regel("T16")
    @pytest.mark.parametrize(("oplyst", "ventet"), [("7900001.00", 0), ("7899999.00", 0), ("7900001.01", 1)])
    def test_en_oplyst_total_maa_afvige_en_krone(self, oplyst, ventet):
        fundne = fund(replace(RENT, oplyst_i_alt=Decimal(oplyst)))
        assert [f.kode for f in fundne] == ["sum_stemmer_ikke"] * ventet

    def test_total_nul_kraever_bemaerkning(self):
        data = replace(RENT, beloeb={}, sidste_aar=None)
        assert koder(data) == [("total_nul", "T16", Grad.BEMAERKNING, "beloeb")]
        assert fund(replace(data, bemaerkning="Ydelsen finansieres af en pulje.")) == []

    def test_negativ_total_er_en_fejl(self):
        data = replace(RENT, beloeb={"C10": Decimal(5), "G10": Decimal(-10)}, sidste_aar=None)
        assert koder(data) == [("total_negativ", "T16", Grad.FEJL, "beloeb")]

    @pytest.mark.regel("T48")
    def test_regulering_skrives_ikke_frit(self):
        assert koder(replace(RENT, regulering=Decimal(-1), bemaerkning=BEMAERKNING)) == [
            ("regulering_stemmer_ikke", "T48", Grad.FEJL, "regulering")
        ]
        beregnet = replace(RENT, beregnet_regulering=Decimal(-37_000))
        assert [f.kode for f in fund(beregnet)] == ["regulering_stemmer_ikke"]
        assert fund(replace(beregnet, regulering=Decimal(-37_000))) == []


def test_alle_tekster_er_dansk_uden_paragraffer_og_regelnumre():
    """A form with nearly everything wrong: no text may carry a rule number, a code or an unbreakable amount apart."""
    data = Skemadata(
        aar=2027,
        enhed="doegn",
        beloeb={post.kode: Decimal(-post.fortegn) for post in POSTER if post.kode not in {"A20", "A60"}},
        pladser=Decimal(10),
        godkendte_pladser=Decimal(9),
        belaegning_pct=Decimal(101),
        driftsdage=366,
        regulering=Decimal(5),
        oplyst_i_alt=Decimal(10**6),
        sidste_aar=Sidsteaar(aar=2026, takst=Decimal(1), kapacitet=Decimal(5), beloeb={"A60": Decimal(10)}),
        pl_satser=RENT.pl_satser,
    )
    fundne = fund(data)
    assert len({f.kode for f in fundne}) >= 12
    for f in fundne:
        assert f.tekst[0].isupper()
        assert not re.search(r"§|\bT\d|\b[A-H]\d0\b|\d kr\.|\d %|venligst|ugyldig", f.tekst, re.IGNORECASE), f.tekst
        assert re.fullmatch(r"T\d+", f.regel)
