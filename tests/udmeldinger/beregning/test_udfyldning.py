"""Which questions apply, which are missing, and the rules between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udmeldinger.beregning.skemaregler import Regelfejl, laes_regel
from udmeldinger.beregning.spoergsmaal import Art, Betingelse, Kolonne, Raekke, Spoergsmaal
from udmeldinger.beregning.udfyldning import find_kreds, gaeldende, kontroller, mangler, opfyldt


def spm(noegle, art=Art.HELTAL, naar=None, **mere):
    betingelse = Betingelse(noegle=naar[0], operator=naar[1], vaerdi=naar[2]) if naar else None
    return Spoergsmaal(noegle=noegle, tekst=noegle.upper(), art=art, betingelse=betingelse, **mere)


K1 = spm("k1", Art.JANEJ)
K2 = spm("k2", Art.TAL_PR_AAR, ("k1", "er", "ja"), aar=(2023, 2024))
K3 = spm("k3", Art.TEKST, ("k2", "stoerre_end", "0"), paakraevet=False)
SKEMA = [K1, K2, K3]


@pytest.mark.parametrize(
    ("operator", "vaerdi", "svar", "ventet"),
    [
        ("er", "ja", {"svar": "ja", "uddybning": "x"}, True),
        ("er", "ja", {"svar": "nej"}, False),
        ("er_ikke", "ja", {"svar": "nej"}, True),
        ("er_ikke", "ja", None, False),
        ("indeholder", "a", ["a", "b"], True),
        ("indeholder", "c", ["a", "b"], False),
        ("stoerre_end", "0", {"2023": "0", "2024": "1"}, True),
        ("stoerre_end", "0", {"2023": "0"}, False),
        ("stoerre_end", "2,5", "3", True),
        ("besvaret", "", "0", True),
        ("besvaret", "", None, False),
    ],
)
def test_betingelser(operator, vaerdi, svar, ventet):
    assert opfyldt(Betingelse(noegle="x", operator=operator, vaerdi=vaerdi), svar) is ventet


def test_en_kaede_af_betingelser():
    svar = {"k1": {"svar": "ja"}, "k2": {"2023": "1", "2024": "0"}}
    assert gaeldende(SKEMA, svar) == {"k1", "k2", "k3"}
    # The count is still there, but is no longer asked for, and so nothing hangs on it.
    assert gaeldende(SKEMA, {**svar, "k1": {"svar": "nej"}}) == {"k1"}


def test_det_der_mangler():
    assert [et.noegle for et in mangler(SKEMA, {})] == ["k1"]
    assert [et.noegle for et in mangler(SKEMA, {"k1": {"svar": "ja"}, "k2": {"2023": "1"}})] == ["k2"]
    assert mangler(SKEMA, {"k1": {"svar": "nej"}}) == []


def test_ingen_borgere_er_et_helt_svar():
    assert mangler(SKEMA, {}, ingen_borgere=True) == []


def test_en_kreds_afvises():
    kreds = [
        spm("a", naar=("b", "besvaret", "")),
        spm("b", naar=("c", "besvaret", "")),
        spm("c", naar=("a", "besvaret", "")),
    ]
    assert find_kreds(kreds) == ["a", "b", "c"]
    assert any("går i ring: a → b → c → a" in fund.tekst for fund in kontroller(kreds))
    assert gaeldende(kreds, {"a": "1", "b": "1", "c": "1"}) == set()
    assert kontroller(SKEMA) == []


def test_kontrollen_finder_det_der_ikke_haenger_sammen():
    skema = [
        spm("a", Art.VALG, valg=(("x", "X"),)),
        spm("a", Art.TABEL),
        spm("b", Art.TAL_PR_AAR),
        spm("c", naar=("findes_ikke", "er", "ja")),
    ]
    tekster = " ".join(fund.tekst for fund in kontroller(skema, [laes_regel("a <= findes_ikke")]))
    for ventet in ("nøglen a", "to svarmuligheder", "mindst én kolonne", "mindst ét år", "tidligere i skemaet"):
        assert ventet in tekster
    assert "Reglen a <= findes_ikke" in tekster


TABEL = spm(
    "t", Art.TABEL, raekker=(Raekke(noegle="1"),), kolonner=(Kolonne(noegle="antal", tekst="Antal", art=Art.HELTAL),)
)


@pytest.mark.parametrize(
    ("udtryk", "svar", "antal_brud"),
    [
        ("del <= alle", {"del": "2", "alle": "2"}, 0),
        ("del <= alle", {"del": "3", "alle": "2"}, 1),
        ("del <= alle", {"del": "3"}, 0),
        ("del <= alle", {"del": {"2023": "1", "2024": "5"}, "alle": {"2023": "1", "2024": "2"}}, 1),
        ("del <= alle", {"del": {"2023": "9"}, "alle": {"2024": "2"}}, 0),
        ("sum(del) <= alle", {"del": {"2023": "2", "2024": "5"}, "alle": "6"}, 1),
        ("sum(t.antal) = alle", {"t": {"1": {"antal": "4"}, "2": {"antal": "2"}}, "alle": "6"}, 0),
        ("sum(t.antal) = alle", {"t": {"1": {"antal": "4"}}, "alle": "6"}, 1),
        ("a + b = 100 ± 1", {"a": "49,5".replace(",", "."), "b": "50"}, 0),
        ("a + b = 100 ± 1", {"a": "48", "b": "50"}, 1),
        ("a >= 0,5", {"a": "0.4"}, 1),
        ("t.antal <= 3", {"t": {"1": {"antal": "4"}, "2": {"antal": "5"}}}, 2),
    ],
)
def test_regler(udtryk, svar, antal_brud):
    assert len(laes_regel(udtryk).brud(svar)) == antal_brud


def test_et_brud_siger_hvor():
    (tekst,) = laes_regel("del <= alle", "Kernegruppen er større end alle").brud(
        {"del": {"2024": "5"}, "alle": {"2024": "2"}}
    )
    assert tekst == "Kernegruppen er større end alle (2024): 5 skal være højst 2"


@pytest.mark.parametrize(
    "udtryk", ["", "a", "a <= ", "a <> b", "1 <= 2", "sum(a <= b", "a <= b ± 1", "a) <= b", "A <= b"]
)
def test_ulaeselige_regler(udtryk):
    with pytest.raises(Regelfejl):
        laes_regel(udtryk)


def test_en_regel_om_et_skjult_spoergsmaal_doemmer_intet():
    regel = laes_regel("k2 <= 0")
    svar = {"k1": {"svar": "nej"}, "k2": {"2023": "4", "2024": "1"}}
    assert mangler(SKEMA, svar, [regel]) == []
    assert len(mangler(SKEMA, {**svar, "k1": {"svar": "ja"}}, [regel])) == 2


@st.composite
def skemaer(draw):
    """Questions whose conditions point anywhere: backwards, forwards, at themselves, at nothing."""
    antal = draw(st.integers(1, 6))
    noegler = [f"q{nr}" for nr in range(antal)]
    maal = st.one_of(st.none(), st.sampled_from([*noegler, "vaek"]))
    return [spm(noegle, naar=(hvor, "stoerre_end", "0") if (hvor := draw(maal)) else None) for noegle in noegler]


@given(skemaer(), st.dictionaries(st.sampled_from([f"q{nr}" for nr in range(6)]), st.sampled_from(["0", "1"])))
def test_et_spoergsmaal_gaelder_kun_naar_det_det_haenger_paa_gaelder(skema, svar):
    spurgt = gaeldende(skema, svar)
    for et in skema:
        if et.betingelse is None:
            assert et.noegle in spurgt
        elif et.noegle in spurgt:
            assert et.betingelse.noegle in spurgt
            assert svar[et.betingelse.noegle] == "1"
    if kreds := find_kreds(skema):
        assert not spurgt & set(kreds)
    assert {et.noegle for et in mangler(skema, svar)} == spurgt - set(svar)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6))
def test_summen_af_raekkerne_er_altid_summen(antal):
    svar = {"t": {str(nr): {"antal": str(et)} for nr, et in enumerate(antal)}, "alle": str(sum(antal))}
    assert laes_regel("sum(t.antal) = alle").brud(svar) == []
    assert len(laes_regel("sum(t.antal) < alle").brud(svar)) == 1
