"""The chart of lines and the cost basis made from it."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster import enums
from takster.beregning import koder
from takster.beregning.fund import kan_indsendes
from takster.beregning.grundlag import Omkostningsgrundlag, kontroller_fortegn_i_poster
from takster.beregning.koder import Grad, Kategori
from takster.beregning.poster import (
    KATEGORINAVNE,
    POST_EFTER_KODE,
    POSTER,
    TAP_ADMINISTRATION,
    TAP_DRIFT,
    Loengruppe,
    poster_vist_under,
)

BELOEB = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
LINJER = st.dictionaries(st.sampled_from(sorted(POST_EFTER_KODE)), st.none() | BELOEB)


@pytest.mark.regel("T42")
def test_kontoplanen_har_alle_kategorier_og_entydige_koder():
    assert len(POST_EFTER_KODE) == len(POSTER) == 26
    assert {post.kategori for post in POSTER} == set(Kategori)
    assert [post.kode for post in POSTER] == sorted(POST_EFTER_KODE)
    assert all(re.fullmatch("[A-H][1-9]0", post.kode) for post in POSTER)
    assert len({post.navn for post in POSTER}) == len(POSTER)


@pytest.mark.regel("T42")
def test_kun_finansieringsindtaegter_er_negative():
    assert [post.kode for post in POSTER if post.fortegn < 0] == ["G10"]
    assert [post.kode for post in POSTER if post.kategori == Kategori.G] == ["G10"]


@pytest.mark.regel("T42")
def test_administrativt_personale_skrives_under_loen_og_taelles_som_administration():
    post = POST_EFTER_KODE[TAP_ADMINISTRATION]
    assert post in poster_vist_under(Kategori.A)
    assert post not in poster_vist_under(Kategori.C)
    assert post.kategori == Kategori.C
    assert POST_EFTER_KODE[TAP_DRIFT].kategori == Kategori.A
    grundlag = Omkostningsgrundlag({TAP_ADMINISTRATION: Decimal(100), TAP_DRIFT: Decimal(30), "C10": Decimal(7)})
    assert grundlag.pr_kategori[Kategori.A] == 30
    assert grundlag.pr_kategori[Kategori.C] == 107


def test_alle_linjer_vises_praecis_en_gang():
    assert [post for kategori in Kategori for post in poster_vist_under(kategori)] == list(POSTER)


def test_hver_linje_har_en_hjaelpetekst_i_hele_saetninger():
    for post in POSTER:
        assert 20 < len(post.hjaelp) < 130
        assert post.hjaelp.endswith(".")
        assert "§" not in post.hjaelp


@pytest.mark.parametrize(
    ("koder_", "valg"),
    [
        (koder.Enhed, enums.Enhed),
        (koder.Belaegningsprincip, enums.Belaegningsprincip),
        (koder.Kategori, enums.Omkostningskategori),
        (koder.Grad, enums.Kontrolgrad),
    ],
)
def test_valgene_i_databasen_er_de_koder_der_regnes_med(koder_, valg):
    assert {kode.value for kode in koder_} == set(valg.values)
    assert all(kode == valg(kode.value) and hash(kode) == hash(valg(kode.value)) for kode in koder_)


def test_kategorinavne_er_ens_i_beregning_og_valg():
    assert {kategori.value: navn for kategori, navn in KATEGORINAVNE.items()} == dict(
        enums.Omkostningskategori.choices
    )


@pytest.mark.regel("T16")
@pytest.mark.regel("T15")
def test_grundlaget_er_omkostninger_minus_finansieringsindtaegter():
    grundlag = Omkostningsgrundlag(
        {"A10": Decimal("600.50"), "A20": Decimal(5_900_000), "E10": Decimal(675_000), "G10": Decimal(-12_000)}
    )
    assert grundlag.omkostninger == Decimal("6575600.50")
    assert grundlag.finansieringsindtaegter == -12_000
    assert grundlag.i_alt == Decimal("6563600.50")
    assert grundlag.pr_kategori[Kategori.B] == 0


@pytest.mark.regel("T48")
def test_regulering_er_sin_egen_linje():
    grundlag = Omkostningsgrundlag({"A20": Decimal(1000)}, regulering=Decimal(-370))
    assert grundlag.omkostninger == 1000
    assert grundlag.i_alt == 630


@pytest.mark.regel("T38")
def test_loen_i_vagtlag_og_oevrig_loen():
    grundlag = Omkostningsgrundlag({"A10": Decimal(1), "A20": Decimal(2), "A60": Decimal(4), "B10": Decimal(8)})
    assert grundlag.loen(Loengruppe.VAGTLAG) == 2
    assert grundlag.loen(Loengruppe.OEVRIG) == 5


def test_ukendt_kode():
    with pytest.raises(ValueError, match="X10"):
        Omkostningsgrundlag({"X10": Decimal(1)})


def test_tomme_linjer_taeller_som_nul():
    assert Omkostningsgrundlag({"A10": None}).i_alt == Omkostningsgrundlag({}).i_alt == 0


@pytest.mark.regel("T16")
@given(LINJER)
def test_kategorierne_giver_altid_det_hele(linjer):
    grundlag = Omkostningsgrundlag(linjer)
    assert sum(grundlag.pr_kategori.values()) == grundlag.i_alt == sum(beloeb or 0 for beloeb in linjer.values())


def test_trin_kan_regnes_efter():
    *kategorier, i_alt = Omkostningsgrundlag(
        {"A20": Decimal(1000), "A30": Decimal("50.5"), "G10": Decimal(-30)}, regulering=Decimal(-20)
    ).trin()
    assert [(trin.navn, trin.indsat, trin.resultat) for trin in kategorier] == [
        ("Personaleomkostninger", "1.000,00 + 50,50", "1.050,50\u00a0kr."),
        ("Finansieringsindtægter", "− 30,00", "−30,00\u00a0kr."),
    ]
    assert i_alt.indsat == "1.050,50 − 30,00 − 20,00"
    assert i_alt.resultat == "1.000,50\u00a0kr."


class TestFortegn:
    @pytest.mark.regel("T42")
    @pytest.mark.parametrize("kode", [post.kode for post in POSTER if post.kode != "G10"])
    def test_negativ_omkostning(self, kode):
        (fund,) = kontroller_fortegn_i_poster({kode: Decimal("-0.01")})
        assert (fund.grad, fund.felt, fund.regel) == (Grad.FEJL, kode, "T42")
        assert not kan_indsendes([fund])

    @pytest.mark.regel("T42")
    def test_positiv_finansieringsindtaegt(self):
        (fund,) = kontroller_fortegn_i_poster({"G10": Decimal(12_000)})
        assert fund.felt == "G10"
        assert "−12.000,00\u00a0kr." in fund.tekst

    @pytest.mark.regel("T42")
    def test_rigtige_fortegn_og_nul(self):
        linjer = {post.kode: Decimal(post.fortegn) for post in POSTER}
        assert kontroller_fortegn_i_poster(linjer) == []
        assert kontroller_fortegn_i_poster(dict.fromkeys(linjer, Decimal(0))) == []
        assert kontroller_fortegn_i_poster(dict.fromkeys(linjer)) == []
