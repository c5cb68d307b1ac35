"""The response rate as the reports print it."""

from hypothesis import given
from hypothesis import strategies as st

from udmeldinger.beregning.svarprocent import Svarart, opgoer, svarart

KOMMUNER = "Aalborg Brønderslev Frederikshavn Hjørring Jammerbugt Læsø Mariagerfjord Morsø Rebild Thisted"
NAVNE = [*KOMMUNER.split(), "Vesthimmerland"]


def test_afdaekningen_fra_2023():
    """7 of 11 answered fully = 64 %; with 2 qualitative answers without citizens 9 of 11 = 82 %."""
    arter = [Svarart.FULD] * 7 + [Svarart.KVALITATIV] * 2 + [Svarart.IKKE_SVARET] * 2
    opgjort = opgoer(zip(NAVNE, arter, strict=True))
    assert (opgjort.fulde, opgjort.i_alt, opgjort.pct_fulde) == (7, 11, 64)
    assert (opgjort.med_kvalitative, opgjort.pct_med_kvalitative) == (9, 82)
    assert opgjort.navne[Svarart.KVALITATIV] == ["Morsø", "Rebild"]
    assert opgjort.navne[Svarart.IKKE_SVARET] == ["Thisted", "Vesthimmerland"]


def test_en_fritaget_taeller_med_i_alle_der_er_spurgt():
    """2014: 10 of 11 answered; Rebild withdrew with a reason."""
    arter = [Svarart.FULD] * 10 + [Svarart.FRITAGET]
    opgjort = opgoer(zip(NAVNE, arter, strict=True))
    assert (opgjort.fulde, opgjort.i_alt, opgjort.pct_fulde) == (10, 11, 91)


def test_ingen_spurgt_giver_ingen_procent():
    assert opgoer([]).pct_fulde is None


def test_svarets_art():
    assert svarart(besvaret=False, ingen_borgere=True) == Svarart.IKKE_SVARET
    assert svarart(besvaret=True, ingen_borgere=True) == Svarart.KVALITATIV
    assert svarart(besvaret=True, ingen_borgere=False) == Svarart.FULD
    assert svarart(besvaret=False, ingen_borgere=False, fritaget=True) == Svarart.FRITAGET


@given(st.lists(st.sampled_from(list(Svarart)), min_size=1))
def test_procenterne_ligger_imellem_nul_og_hundrede(arter):
    opgjort = opgoer((str(nr), art) for nr, art in enumerate(arter))
    assert opgjort.i_alt == len(arter)
    assert 0 <= opgjort.pct_fulde <= opgjort.pct_med_kvalitative <= 100
