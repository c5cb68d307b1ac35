"""Live figures of capacity: values, formats, sources, and one query for a whole text."""

from __future__ import annotations

import pytest

from socialaftale.kerne.tal import katalog, udvikling
from socialaftale.kerne.tal.formater import skriv
from socialaftale.kerne.tal.katalog import Talkontekst, TalMangler
from socialaftale.kerne.tekst import blokke, henvisninger
from socialaftale.kerne.tekst.blokke import Tekstkontekst
from tests.tilbud.kapacitet.factories import KommunepladserFactory


def skrevet(noegle: str, format: str = "", periode: str = "2023-2024") -> str:
    tal = katalog.find(noegle)
    assert tal is not None, noegle
    return skriv(tal.beregn(Talkontekst(periode)).vaerdi, format or tal.standardformat)


@pytest.mark.parametrize(
    ("noegle", "format", "nu", "foer"),
    [
        ("pladser.kommunale", "", "4.876", "4.392"),
        ("pladser.private", "", "3.152", "2.888"),
        ("pladser.socialaftale", "", "2.421", "2.080"),
        ("pladser.socialaftale", "ca", "ca.\u00a02.400", "ca.\u00a02.100"),
        ("pladser.i_alt", "", "10.449", "9.360"),
        ("pladser.socialaftale.andel", "", "23,2\u00a0%", "22,2\u00a0%"),
        ("pladser.socialaftale.andel", "pct", "23\u00a0%", "22\u00a0%"),
        ("pladser.socialaftale.andel", "ca_pct", "ca.\u00a023\u00a0%", "ca.\u00a022\u00a0%"),
        ("pladser.socialaftale.andel", "broek", "næsten hver fjerde", "godt hver femte"),
        ("pladser.aar", "", "2022", "2020"),
        ("pladser.stoerste_kommune", "", "Aalborg", "Aalborg"),
        ("pladser.kommune.mariagerfjord.socialaftale", "", "460", "378"),
        ("pladser.kommune.vesthimmerland.socialaftale", "", "266", "300"),
        ("pladser.kommune.aalborg.i_alt", "", "3.079", "2.823"),
        ("pladser.kommune.laesoe.kommunale", "", "25", "25"),
    ],
)
def test_vaerdier_pr_periode(kapacitet, noegle, format, nu, foer):
    assert skrevet(noegle, format) == nu
    assert skrevet(noegle, format, "2021-2022") == foer


def test_uden_periode_er_det_den_nyeste(kapacitet):
    assert skrevet("pladser.socialaftale", periode="") == "2.421"


def test_aendring_siden_forrige_periode(kapacitet):
    assert skrevet("pladser.socialaftale.aendring") == "+341"
    assert skrevet("pladser.socialaftale.aendring_pct") == "16\u00a0%"
    assert skrevet("pladser.socialaftale.aendring_pct", "pct1") == "16,4\u00a0%"


@pytest.mark.parametrize("noegle", ["pladser.socialaftale.aendring", "pladser.socialaftale.aendring_pct"])
def test_den_foerste_periode_har_ingen_aendring(kapacitet, noegle):
    with pytest.raises(TalMangler, match="før 2021-2022"):
        skrevet(noegle, periode="2021-2022")


def test_ukendt_periode_mangler(kapacitet):
    with pytest.raises(TalMangler, match="ingen opgørelse af pladser for 1999-2000"):
        skrevet("pladser.i_alt", periode="1999-2000")


def test_en_ny_periode_uden_opgoerelse_gaar_efter_den_nyeste_foer(kapacitet):
    assert skrevet("pladser.socialaftale", periode="2027-2028") == skrevet("pladser.socialaftale", periode="2023-2024")
    assert skrevet("pladser.aar", periode="2027-2028") == "2022"


@pytest.mark.parametrize(
    "noegle",
    [
        "pladser.socialaftale",
        "pladser.socialaftale.andel",
        "pladser.stoerste_kommune",
        "pladser.socialaftale.aendring",
    ],
)
def test_en_ny_periodes_tal_siger_hvor_gamle_de_er(kapacitet, noegle):
    tal = katalog.find(noegle)
    assert tal.beregn(Talkontekst("2027-2028")).tidligere == "2022"
    assert tal.beregn(Talkontekst("2023-2024")).tidligere == ""
    assert tal.beregn(Talkontekst()).tidligere == ""


@pytest.mark.parametrize(
    ("tal", "format", "trykt"),
    [
        ("pladser.socialaftale", "retning", "steget fra 2.080 til 2.421"),
        ("pladser.socialaftale", "forskel_pct", "+16,4\u00a0%"),
        ("pladser.socialaftale.andel", "forskel", "+0,9\u00a0procentpoint"),
        ("pladser.kommune.aalborg.i_alt", "fra_til", "fra 2.823 til 3.079"),
    ],
)
def test_udvikling_mellem_to_perioder(kapacitet, tal, format, trykt):
    """By hand: 2421/10449 - 2080/9360 = 0,2317 - 0,2222 = 0,0095 (0,9476 points)."""
    assert skrevet(udvikling.noegle(tal, "2021-2022", "2023-2024"), format) == trykt


def test_udvikling_til_en_periode_uden_opgoerelse_afvises(kapacitet):
    with pytest.raises(TalMangler, match="2027-2028"):
        skrevet(udvikling.noegle("pladser.socialaftale", "2023-2024", "2027-2028"), "retning")


@pytest.mark.parametrize("figur", ["figur:pladskort", "figur:pladssoejler", "figur:pladsudvikling"])
def test_i_word_er_en_figur_dens_fund_og_en_tabel(kapacitet, figur):
    html = blokke.find(figur).byg(Tekstkontekst(Talkontekst("2023-2024"), medie="word"))
    assert "<svg" not in html
    assert "867" in html
    assert "<caption>" in html


def test_uden_opgoerelser_mangler_tallet(organisationer):
    with pytest.raises(TalMangler):
        skrevet("pladser.i_alt", periode="")
    assert katalog.find("pladser.kommune.aalborg.i_alt") is None


def test_hvert_tal_har_kilde_aar_formel_og_raekker(kapacitet):
    fundne = {noegle: tal for noegle, tal in katalog.alle().items() if noegle.startswith("pladser.")}
    assert len(fundne) == 9 + 11 * 4
    kontekst = Talkontekst("2023-2024")
    for noegle, tal in fundne.items():
        vaerdi = tal.beregn(kontekst)
        assert tal.definition, noegle
        assert "2022" in vaerdi.pr, noegle
        assert "Nordjysk Socialaftale 2023-2024" in vaerdi.kilde, noegle
        assert vaerdi.formel, noegle
        assert vaerdi.url.startswith("/kapacitet/"), noegle
        assert vaerdi.raekker or noegle == "pladser.aar", noegle
        for format in tal.formater:
            assert skriv(vaerdi.vaerdi, format)


def test_kilderaekker_summerer_til_tallet(kapacitet):
    vaerdi = katalog.find("pladser.socialaftale").beregn(Talkontekst("2023-2024"))
    assert len(vaerdi.raekker) == 11
    assert sum(int(raekke.vaerdi.replace(".", "")) for raekke in vaerdi.raekker) == vaerdi.vaerdi
    assert vaerdi.raekker[-1].url == "/kapacitet/aalborg/?periode=2023-2024"


def test_en_kommune_uden_tal_i_perioden(kapacitet):
    ny = KommunepladserFactory(opgoerelse__aftaleperiode="2025-2026", kommune__slug="ny-kommune")
    assert skrevet(f"pladser.kommune.{ny.kommune.slug}.i_alt", periode="2025-2026") == "60"
    with pytest.raises(TalMangler, match="2023-2024 har ingen tal for"):
        skrevet(f"pladser.kommune.{ny.kommune.slug}.i_alt", periode="2023-2024")


def test_ingen_pladser_at_regne_paa(kapacitet):
    KommunepladserFactory(opgoerelse__aftaleperiode="2017-2018", socialaftale=0, private=0, kommunale=0)
    for noegle in ("pladser.socialaftale.andel", "pladser.stoerste_kommune"):
        with pytest.raises(TalMangler):
            skrevet(noegle, periode="2017-2018")
    KommunepladserFactory(opgoerelse__aftaleperiode="2019-2020")
    with pytest.raises(TalMangler, match="at regne ændringen af"):
        skrevet("pladser.socialaftale.aendring_pct", periode="2019-2020")


def test_en_tekst_henter_pladserne_en_gang(kapacitet, django_assert_num_queries):
    tekst = " ".join(
        f"{{{{ {noegle} }}}}"
        for noegle in (
            "pladser.kommunale",
            "pladser.private",
            "pladser.socialaftale|ca",
            "pladser.i_alt",
            "pladser.socialaftale.andel|broek",
            "pladser.socialaftale.aendring",
            "pladser.stoerste_kommune",
            "pladser.aar",
        )
    )
    with django_assert_num_queries(1):
        html = henvisninger.udfyld(tekst, Tekstkontekst(Talkontekst("2023-2024")))
    assert html == "4.876 3.152 ca.\u00a02.400 10.449 næsten hver fjerde +341 Aalborg 2022"


def test_en_tekst_med_kommuner_henter_familien_en_gang(kapacitet, django_assert_num_queries):
    tekst = "{{ pladser.kommune.morsoe.private }} {{ pladser.kommune.rebild.i_alt }} {{ pladser.i_alt }}"
    with django_assert_num_queries(2):
        assert henvisninger.udfyld(tekst, Tekstkontekst(Talkontekst("2023-2024"))) == "76 422 10.449"


def test_ukendt_kommune_faar_forslag(kapacitet):
    with pytest.raises(henvisninger.ValidationError, match="Mente du pladser.kommune.aalborg"):
        henvisninger.kontroller("{{ pladser.kommune.aalborgg.i_alt }}")
