"""Questions: what is typed is read strictly, written back the same, and refused in Danish."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udmeldinger.beregning.spoergsmaal import Art, Kolonne, Raekke, Spoergsmaal, felter, laes, skriv, vis

VALG = (("alle", "Alle"), ("nogle", "Nogle"), ("ingen", "Ingen"))


def spm(art, **mere):
    return Spoergsmaal(noegle="k1", tekst="Antal", art=art, **mere)


@pytest.mark.parametrize(
    ("art", "skrevet", "ventet"),
    [
        (Art.HELTAL, "1.250", "1250"),
        (Art.HELTAL, "0", "0"),
        (Art.TAL, "12,50", "12.5"),
        (Art.PROCENT, "97,5 %", "97.5"),
        (Art.BELOEB, "1.250,75 kr.", "1250.75"),
        (Art.DATO, "6/3 2020".replace(" ", "-"), "2020-03-06"),
        (Art.LINJE, "  Sødisbakke ", "Sødisbakke"),
        (Art.VALG, "nogle", "nogle"),
        (Art.FLERVALG, ["ingen", "alle"], ["alle", "ingen"]),
        (Art.TEKST, " ", None),
        (Art.FLERVALG, [], None),
    ],
)
def test_laeses(art, skrevet, ventet):
    laest = laes(spm(art, decimaler=2, valg=VALG), {"": skrevet})
    assert (laest.vaerdi, laest.fejl) == (ventet, {})


@pytest.mark.parametrize(
    ("art", "mere", "skrevet", "besked"),
    [
        (Art.HELTAL, {}, "12.5", "Antal: skriv"),
        (Art.HELTAL, {"mindst": Decimal(0)}, "-1", "Antal: skal være mindst 0"),
        (Art.HELTAL, {"hoejst": Decimal(10), "enhed": "borgere"}, "11", "Antal: må højst være 10\u00a0borgere"),
        (Art.TAL, {"trin": Decimal("0.5"), "decimaler": 2}, "1,25", "skal gå op i trin på 0,5"),
        (Art.DATO, {}, "31.2.2020", "findes ikke i kalenderen"),
        (Art.VALG, {"valg": VALG}, "andet", "vælg på listen"),
        (Art.FLERVALG, {"valg": VALG}, ["alle", "andet"], "vælg på listen"),
        (Art.TEKST, {}, "borgeren 010190-1234", "CPR-nummer"),
        (Art.LINJE, {}, "x" * 501, "højst 500 tegn"),
    ],
)
def test_afvises(art, mere, skrevet, besked):
    laest = laes(spm(art, **mere), {"": skrevet})
    assert laest.vaerdi is None
    assert besked in laest.fejl[""]
    assert "010190" not in laest.fejl[""]


def test_tal_pr_aar_har_et_felt_pr_aar():
    spoergsmaal = spm(Art.TAL_PR_AAR, aar=(2023, 2024, 2025), mindst=Decimal(0))
    laest = laes(spoergsmaal, {"2023": "0", "2024": "3", "2025": ""})
    assert laest.vaerdi == {"2023": "0", "2024": "3"}
    assert vis(spoergsmaal, laest.vaerdi) == [("2023", "0"), ("2024", "3")]
    assert laes(spoergsmaal, {"2024": "tre"}).fejl.keys() == {"2024"}


def test_ja_nej_med_uddybning():
    spoergsmaal = spm(Art.JANEJ)
    laest = laes(spoergsmaal, {"svar": "ja", "uddybning": "Fra 2026"})
    assert laest.vaerdi == {"svar": "ja", "uddybning": "Fra 2026"}
    assert [tekst for _, tekst in vis(spoergsmaal, laest.vaerdi)] == ["Ja", "Fra 2026"]


TABEL = Spoergsmaal(
    noegle="d3",
    tekst="Nye tilbud",
    art=Art.TABEL,
    raekker=(Raekke(noegle="1"), Raekke(noegle="soedisbakke", tekst="Sødisbakke")),
    kolonner=(
        Kolonne(noegle="navn", tekst="Navn"),
        Kolonne(noegle="pladser", tekst="Pladser", art=Art.HELTAL, mindst=Decimal(0)),
        Kolonne(noegle="omfattes", tekst="Omfattes", art=Art.JANEJ),
    ),
)


def test_tabel_laeses_celle_for_celle():
    laest = laes(TABEL, {"1.navn": "Vingen", "1.pladser": "8", "soedisbakke.omfattes": "ja"})
    assert laest.vaerdi == {"1": {"navn": "Vingen", "pladser": "8"}, "soedisbakke": {"omfattes": "ja"}}
    assert vis(TABEL, laest.vaerdi)[-1] == ("Sødisbakke: Omfattes", "Ja")
    assert laes(TABEL, {"1.pladser": "ca. 8"}).fejl["1.pladser"].startswith("Linje 1: Pladser: skriv")


tal = st.integers(-(10**11), 10**11).map(lambda oere: f"{(Decimal(oere) / 100).normalize():f}")
tekster = st.text(alphabet="abcæøå ,.\n", min_size=1, max_size=40).map(str.strip).filter(bool)


@given(
    st.one_of(
        st.tuples(st.sampled_from([Art.TAL, Art.PROCENT, Art.BELOEB]), tal),
        st.tuples(st.sampled_from([Art.LINJE, Art.TEKST]), tekster),
        st.tuples(st.just(Art.DATO), st.dates(min_value=dt.date(1900, 1, 1)).map(str)),
        st.tuples(
            st.just(Art.FLERVALG),
            st.sets(st.sampled_from(["alle", "nogle", "ingen"]), min_size=1).map(
                lambda koder: [kode for kode, _ in VALG if kode in koder]
            ),
        ),
    )
)
def test_det_skrevne_laeses_tilbage(par):
    art, vaerdi = par
    spoergsmaal = spm(art, decimaler=2, valg=VALG)
    assert laes(spoergsmaal, skriv(spoergsmaal, vaerdi)).vaerdi == vaerdi


linjer = tekster.filter(lambda tekst: "\n" not in tekst)
celler = st.fixed_dictionaries({"navn": linjer, "pladser": st.integers(0, 10**6).map(str)})


@given(st.dictionaries(st.sampled_from(["1", "soedisbakke"]), celler, min_size=1))
def test_en_tabel_laeses_tilbage(vaerdi):
    assert laes(TABEL, skriv(TABEL, vaerdi)).vaerdi == vaerdi


korte = st.text(max_size=3)


@given(st.one_of(st.none(), st.text(max_size=5), st.lists(korte), st.dictionaries(korte, korte)))
def test_et_svar_fra_et_spoergsmaal_af_en_anden_type_vaelter_intet(vaerdi):
    for art in Art:
        spoergsmaal = spm(art, valg=VALG, aar=(2024,), raekker=TABEL.raekker, kolonner=TABEL.kolonner)
        assert skriv(spoergsmaal, vaerdi).keys() == {felt.endelse for felt in felter(spoergsmaal)}
        assert all(tekst for _, tekst in vis(spoergsmaal, vaerdi))
