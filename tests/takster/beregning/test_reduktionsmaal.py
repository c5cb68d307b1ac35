"""The agreed reduction 2017-2020 and the proof of each driftsherre."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.reduktionsmaal import Aarskrav, Grundlagspost, Reduktionsmaal, bevis_pr_driftsherre
from takster.beregning.regulering import ManglendeSats, PlSats

KILDE = (
    Path(__file__).resolve().parents[3] / "fixtures" / "takster" / "udgiftsanalyse_2020_tabel1_udgiftsreduktion.csv"
)
AARENE = (2017, 2018, 2019, 2020)
SATSER = tuple(
    PlSats(fra_aar=aar, til_aar=aar + 1, pct=Decimal(pct))
    for aar, pct in [(2016, "2.0"), (2017, "1.4"), (2018, "1.6"), (2019, "2.3")]
)
NUL = tuple(PlSats(fra_aar=aar - 1, til_aar=aar, pct=Decimal(0)) for aar in AARENE)


def trykt():
    with KILDE.open(encoding="utf-8", newline="") as fil:
        return {raekke["post"]: raekke for raekke in csv.DictReader(fil)}


@pytest.fixture
def maal():
    takst, dialog = trykt()["heraf generel takstreduktion"], trykt()["heraf dialogbaseret tilgang"]
    return Reduktionsmaal(
        basisaar=2016,
        krav=tuple(
            Aarskrav(aar=aar, takst_pct=Decimal(takst[f"pct_{aar}"]), dialog_pct=Decimal(dialog[f"pct_{aar}"]))
            for aar in AARENE
        ),
    )


def post(noegle, aar, grundlag, driftsherre="Aalborg"):
    return Grundlagspost(
        driftsherre=driftsherre, noegle=noegle, navn=f"Tilbud {noegle}", aar=aar, grundlag=Decimal(grundlag)
    )


@pytest.mark.regel("T91")
def test_det_aftalte_2017_til_2020(maal):
    aarlig = trykt()["Årlig udgiftsreduktion"]
    assert [krav.i_alt_pct for krav in maal.krav] == [Decimal(aarlig[f"pct_{aar}"]) for aar in AARENE]
    assert (maal.i_alt_pct(2020), maal.takst_pct(2020)) == (Decimal("5.0"), Decimal("2.5"))
    assert (maal.i_alt_pct(2018), maal.takst_pct(2018)) == (Decimal("3.0"), Decimal("1.5"))
    assert maal.takst_pct(2016) == 0


def test_maalets_aar_skal_foelge_basisaaret():
    with pytest.raises(ValueError, match="must follow 2016"):
        Reduktionsmaal(basisaar=2016, krav=(Aarskrav(aar=2018, takst_pct=Decimal(1)),))


@pytest.mark.regel("T91", "T93")
def test_bevis_i_faste_priser(maal):
    # 1,02 × 1,014 × 1,016 × 1,023 = 1,07499753504; × 6.000.000 = 6.449.985,21 and × 3.750.000 = 4.031.240,76.
    poster = [
        post("a", 2016, "6000000"),
        post("b", 2016, "4000000"),
        post("a", 2020, "6449985.21"),
        post("b", 2020, "4031240.76"),
        post("a", 2018, "1"),
    ]
    (bevis,) = bevis_pr_driftsherre(poster, maal, aar=2020, satser=SATSER)
    assert [(raekke.basis, raekke.faste_priser) for raekke in bevis.raekker] == [
        (Decimal(6000000), Decimal("6000000.00")),
        (Decimal(4000000), Decimal("3750000.00")),
    ]
    assert (bevis.reduktion_pct, bevis.er_naaet, bevis.mangler, bevis.fund) == (Decimal("2.50"), True, 0, ())
    assert bevis.trin[2].indsat == "1 − 9.750.000,00 / 10.000.000,00"
    assert [trin.resultat for trin in bevis.trin] == [
        "10.000.000,00\u00a0kr.",
        "9.750.000,00\u00a0kr.",
        "2,50\u00a0%",
        "Nået",
    ]


@pytest.mark.regel("T91")
def test_en_oere_over_er_ikke_naaet_selv_om_procenten_afrundes_til_maalet(maal):
    (bevis,) = bevis_pr_driftsherre(
        [post("a", 2016, "10000000"), post("a", 2020, "9750000.01")], maal, aar=2020, satser=NUL
    )
    assert (bevis.reduktion_pct, bevis.er_naaet, bevis.mangler) == (Decimal("2.50"), False, Decimal("0.01"))
    assert [fund.kode for fund in bevis.fund] == ["reduktion_ikke_naaet"]
    assert bevis.trin[-1].resultat == "Ikke nået"


@pytest.mark.regel("T91")
def test_maalet_gaelder_driftsherren_og_ikke_det_enkelte_tilbud(maal):
    poster = [
        post("a", 2016, "1000"),
        post("b", 2016, "1000"),
        post("a", 2020, "1050"),
        post("b", 2020, "900"),
        post("c", 2016, "1000", "Hjørring"),
        post("c", 2020, "990", "Hjørring"),
    ]
    beviser = {bevis.driftsherre: bevis for bevis in bevis_pr_driftsherre(poster, maal, aar=2020, satser=NUL)}
    assert beviser["Aalborg"].er_naaet
    assert (beviser["Hjørring"].er_naaet, beviser["Hjørring"].mangler) == (False, Decimal("15.00"))


@pytest.mark.regel("T91")
def test_tilbud_i_kun_det_ene_aar_naevnes(maal):
    poster = [post("a", 2016, "1000"), post("a", 2020, "900"), post("b", 2016, "10"), post("c", 2020, "10")]
    (bevis,) = bevis_pr_driftsherre(poster, maal, aar=2020, satser=NUL)
    assert [(fund.felt, fund.tekst.split(". ")[0]) for fund in bevis.fund] == [
        ("b", "Tilbud b er kun med i 2016"),
        ("c", "Tilbud c er kun med i 2020"),
    ]


@pytest.mark.regel("T91")
@pytest.mark.parametrize(
    ("poster", "aar"), [([post("a", 2020, "900")], 2016), ([post("a", 2016, "900")], 2020)], ids=["basis", "aar"]
)
def test_uden_grundlag_i_begge_aar_er_svaret_ukendt(maal, poster, aar):
    (bevis,) = bevis_pr_driftsherre(poster, maal, aar=2020, satser=NUL)
    assert (bevis.reduktion_pct, bevis.er_naaet, bevis.trin) == (None, None, ())
    assert f"for {aar}" in bevis.fund[0].tekst


def test_manglende_sats_og_forkerte_oplysninger(maal):
    poster = [post("a", 2016, "1"), post("a", 2020, "1")]
    with pytest.raises(ManglendeSats):
        bevis_pr_driftsherre(poster, maal, aar=2020, satser=SATSER[:3])
    with pytest.raises(ValueError, match="two grundlag"):
        bevis_pr_driftsherre([*poster, post("a", 2020, "2")], maal, aar=2020, satser=NUL)
    with pytest.raises(ValueError, match="not after"):
        bevis_pr_driftsherre(poster, maal, aar=2016, satser=NUL)


beloeb = st.decimals(min_value=1, max_value=10**8, places=2)


@pytest.mark.regel("T91")
@given(st.lists(st.tuples(beloeb, beloeb), min_size=1, max_size=6))
def test_naar_det_manglende_spares_er_maalet_lige_naaet(par):
    maal = Reduktionsmaal(basisaar=2016, krav=(Aarskrav(aar=2017, takst_pct=Decimal("2.5")),))
    poster = [post(str(n), aar, par[n][aar - 2016]) for n in range(len(par)) for aar in (2016, 2017)]
    (bevis,) = bevis_pr_driftsherre(poster, maal, aar=2017, satser=NUL)
    assert bevis.er_naaet == (bevis.mangler == 0)
    assert bevis.er_naaet == (bevis.faste_priser * 100 <= bevis.basis * Decimal("97.5"))

    def naaet_med(besparelse):
        spar = post("spar", 2017, -besparelse)
        return bevis_pr_driftsherre([*poster, spar], maal, aar=2017, satser=NUL)[0].er_naaet

    assert naaet_med(bevis.mangler)
    if not bevis.er_naaet:
        assert not naaet_med(bevis.mangler - Decimal("0.01"))
