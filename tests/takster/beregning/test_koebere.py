"""What next year's tariffs cost the buyers: hand-calculated purchases, missing tariffs, and sums that always agree."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.koder import Enhed
from takster.beregning.koebere import Koeb, Ydelsespris, beregn_koeb, med_foreloebige, summer

AAR = 2027


def pris(takst, aar=AAR, *, ydelse="y1", enhed=Enhed.DOEGN, dage=365, foreloebig=False):
    return Ydelsespris(ydelse=ydelse, aar=aar, enhed=enhed, takst=Decimal(takst), dage=dage, er_foreloebig=foreloebig)


def koeb(nu, naeste, *, kommune="Hjørring", tilbud="Østerskoven", ydelse="y1"):
    maengder = [None if tal is None else Decimal(tal) for tal in (nu, naeste)]
    return Koeb(
        kommune=kommune,
        tilbud=tilbud,
        ydelse=ydelse,
        navn=f"Ydelse {ydelse}",
        maengde_nu=maengder[0],
        maengde_naeste=maengder[1],
    )


def en_raekke(et_koeb, nu, naeste):
    oversigt = beregn_koeb(
        [et_koeb],
        aar=AAR,
        priser_nu={} if nu is None else {"y1": nu},
        priser_naeste={} if naeste is None else {"y1": naeste},
    )
    return oversigt.kommuner[0].tilbud[0].raekker[0], oversigt


@pytest.mark.regel("T14")
def test_pris_og_maengde_hver_for_sig():
    raekke, oversigt = en_raekke(koeb("2", "2.5"), pris("1000.00", 2026), pris("1100.00"))
    # A 2 × 365.000 = 730.000; B 2,5 × 365.000 = 912.500; C 2,5 × 401.500 = 1.003.750.
    assert (raekke.udgift_nu, raekke.udgift_naeste) == (Decimal("730000.00"), Decimal("1003750.00"))
    assert (raekke.maengdeeffekt, raekke.priseffekt) == (Decimal("182500.00"), Decimal("91250.00"))
    assert raekke.aendring == Decimal("273750.00")
    assert oversigt.i_alt.aendring_pct == Decimal("37.5")
    assert [(trin.navn, trin.indsat, trin.resultat) for trin in raekke.trin] == [
        ("Udgift i 2026", "2 × (1.000,00 × 365)", "730.000,00\u00a0kr."),
        ("Udgift i 2027 med prisen fra 2026", "2,5 × (1.000,00 × 365)", "912.500,00\u00a0kr."),
        ("Udgift i 2027", "2,5 × (1.100,00 × 365)", "1.003.750,00\u00a0kr."),
        ("Ændret mængde", "912.500,00 − 730.000,00", "182.500,00\u00a0kr."),
        ("Ændret pris", "1.003.750,00 − 912.500,00", "91.250,00\u00a0kr."),
    ]


@pytest.mark.regel("T9", "T14")
@pytest.mark.parametrize(
    ("enhed", "dage", "pr_maengde"),
    [(Enhed.DOEGN, 365, "36503.65"), (Enhed.DAG, 220, "22002.20"), (Enhed.TIME, None, "100.01")],
)
def test_pris_pr_helaarsplads_efter_enhed(enhed, dage, pr_maengde):
    assert pris("100.01", enhed=enhed, dage=dage).pr_maengde == Decimal(pr_maengde)


@pytest.mark.parametrize(("enhed", "dage"), [(Enhed.DOEGN, None), (Enhed.DAG, None), (Enhed.TIME, 365)])
def test_dage_hoerer_til_takster_pr_dag(enhed, dage):
    with pytest.raises(ValueError, match="days"):
        pris("100", enhed=enhed, dage=dage)


@pytest.mark.regel("T13")
def test_en_manglende_takst_er_ukendt_og_aldrig_nul():
    raekke, oversigt = en_raekke(koeb("2", "2"), pris("1000.00", 2026), None)
    assert (raekke.udgift_naeste, raekke.aendring, raekke.priseffekt) == (None, None, None)
    assert [fund.tekst for fund in oversigt.fund] == [
        "Østerskoven, Ydelse y1: Taksten for 2027 mangler, så udgiften for Hjørring er ikke kendt"
    ]
    i_alt = oversigt.i_alt
    assert (i_alt.udgift_nu, i_alt.aendring, i_alt.antal_ukendte) == (Decimal("730000.00"), 0, 1)
    assert i_alt.aendring_pct is None


@pytest.mark.regel("T8")
def test_en_maengde_der_ikke_er_oplyst():
    raekke, oversigt = en_raekke(koeb(None, "2"), pris("1000.00", 2026), pris("1100.00"))
    assert (raekke.udgift_nu, raekke.udgift_naeste) == (None, Decimal("803000.00"))
    assert [fund.kode for fund in oversigt.fund] == ["maengde_mangler"]


def test_en_ny_ydelse_har_en_aendring_der_ikke_kan_deles():
    raekke, oversigt = en_raekke(koeb("0", "1"), None, pris("1000.00"))
    assert (raekke.udgift_nu, raekke.aendring, raekke.priseffekt) == (0, Decimal("365000.00"), None)
    assert (oversigt.i_alt.ikke_delt, oversigt.i_alt.priseffekt, oversigt.fund) == (Decimal("365000.00"), 0, ())


def test_en_udgaaet_ydelse_er_hele_aendringen_i_maengde():
    raekke, oversigt = en_raekke(koeb("1", "0"), pris("1000.00", 2026), None)
    assert (raekke.maengdeeffekt, raekke.priseffekt, raekke.aendring) == (
        Decimal("-365000.00"),
        0,
        Decimal("-365000.00"),
    )
    assert oversigt.fund == ()


def test_en_ny_enhed_kan_ikke_deles_i_pris_og_maengde():
    raekke, _ = en_raekke(
        koeb("100", "1"), pris("500.00", 2026, enhed=Enhed.TIME, dage=None), pris("200.00", enhed=Enhed.DOEGN)
    )
    assert (raekke.aendring, raekke.priseffekt, raekke.maengdeeffekt) == (Decimal("23000.00"), None, None)
    assert raekke.trin[0].formel.startswith("Timer × pris pr. time")


def test_hvad_hvis_med_takster_der_ikke_er_offentliggjort():
    offentliggjort = {"y1": pris("1000.00")}
    foreloebige = {
        "y1": pris("9.00", foreloebig=True),
        "y2": pris("10.00", ydelse="y2", foreloebig=True),
    }
    priser = med_foreloebige(offentliggjort, foreloebige)
    assert priser == {"y1": offentliggjort["y1"], "y2": foreloebige["y2"]}
    alle = [koeb("0", "1"), koeb("0", "1", ydelse="y2", kommune="Thisted")]
    oversigt = beregn_koeb(alle, aar=AAR, priser_nu={}, priser_naeste=priser)
    assert [kommune.i_alt.er_foreloebig for kommune in oversigt.kommuner] == [False, True]
    assert oversigt.i_alt.er_foreloebig
    with pytest.raises(ValueError, match="Not marked as provisional: y1"):
        med_foreloebige({}, offentliggjort)


@pytest.mark.parametrize(
    ("fejl", "kald"),
    [
        ("less than nothing", lambda: koeb("-1", "1")),
        ("two rows", lambda: beregn_koeb([koeb("1", "1")] * 2, aar=AAR, priser_nu={}, priser_naeste={})),
        ("Not prices of 2026", lambda: en_raekke(koeb("1", "1"), pris("1", 2027), None)),
        ("Not prices of 2027", lambda: en_raekke(koeb("1", "1"), None, pris("1", 2026))),
    ],
)
def test_forkerte_oplysninger_afvises(fejl, kald):
    with pytest.raises(ValueError, match=fejl):
        kald()


def test_kommuner_og_tilbud_i_dansk_orden():
    alle = [
        koeb("1", "1", kommune="Aalborg"),
        koeb("1", "1", kommune="Thisted", tilbud="Østbo"),
        koeb("1", "1", kommune="Thisted", tilbud="Algade", ydelse="y2"),
    ]
    oversigt = beregn_koeb(alle, aar=AAR, priser_nu={}, priser_naeste={})
    assert [(kommune.kommune, [tilbud.tilbud for tilbud in kommune.tilbud]) for kommune in oversigt.kommuner] == [
        ("Thisted", ["Algade", "Østbo"]),
        ("Aalborg", ["Østerskoven"]),
    ]


maengder = st.none() | st.decimals(min_value=0, max_value=50, places=2)
YDELSER = ("y1", "y2", "y3")


@st.composite
def situationer(draw):
    def priser(aar):
        return {
            ydelse: pris(draw(st.decimals(min_value=1, max_value=10_000, places=2)), aar, ydelse=ydelse)
            for ydelse in YDELSER
            if draw(st.booleans())
        }

    noegler = draw(
        st.lists(st.tuples(st.sampled_from(["Aalborg", "Læsø", "Morsø"]), st.sampled_from(YDELSER)), unique=True)
    )
    alle = [
        koeb("0", "0", kommune=kommune, ydelse=ydelse, tilbud="Algade" if ydelse == "y1" else "Østbo")
        for kommune, ydelse in noegler
    ]
    alle = [replace(k, maengde_nu=draw(maengder), maengde_naeste=draw(maengder)) for k in alle]
    return alle, priser(AAR - 1), priser(AAR)


@given(situationer())
def test_delene_er_altid_lig_med_helheden(situation):
    alle, nu, naeste = situation
    oversigt = beregn_koeb(alle, aar=AAR, priser_nu=nu, priser_naeste=naeste)
    raekker = [raekke for kommune in oversigt.kommuner for tilbud in kommune.tilbud for raekke in tilbud.raekker]
    assert len(raekker) == len(alle)
    for raekke in raekker:
        if raekke.priseffekt is not None:
            assert raekke.priseffekt + raekke.maengdeeffekt == raekke.aendring
        assert (raekke.aendring is None) == bool(raekke.fund)
    for et_sum in (oversigt.i_alt, *(kommune.i_alt for kommune in oversigt.kommuner)):
        assert et_sum.aendring == et_sum.priseffekt + et_sum.maengdeeffekt + et_sum.ikke_delt
        if not et_sum.antal_ukendte:
            assert et_sum.aendring == et_sum.udgift_naeste - et_sum.udgift_nu
    for navn in ("udgift_nu", "udgift_naeste", "aendring", "priseffekt", "antal", "antal_ukendte"):
        kommunernes = sum(getattr(kommune.i_alt, navn) for kommune in oversigt.kommuner)
        tilbuddenes = sum(getattr(t.i_alt, navn) for kommune in oversigt.kommuner for t in kommune.tilbud)
        assert getattr(oversigt.i_alt, navn) == kommunernes == tilbuddenes
    assert summer(reversed(raekker)) == oversigt.i_alt


@given(situationer())
def test_summen_er_pladser_gange_pris_afrundet_en_gang_pr_raekke(situation):
    alle, nu, naeste = situation
    oversigt = beregn_koeb(alle, aar=AAR, priser_nu=nu, priser_naeste=naeste)
    praecis = sum(
        k.maengde_naeste * naeste[k.ydelse].takst * 365 for k in alle if k.maengde_naeste and k.ydelse in naeste
    )
    assert abs(oversigt.i_alt.udgift_naeste - praecis) <= len(alle) * Decimal("0.005")
