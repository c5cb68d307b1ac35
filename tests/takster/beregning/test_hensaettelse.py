"""The account of set-aside surpluses: layers, the oldest first, expiry, and nothing lost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.hensaettelse import Forbrug, Hensaettelse, beregn_renter, kontroller_forbrug, opgoer
from takster.beregning.koder import Grad, Hensaettelsesformaal, Renteart
from takster.beregning.regelsaet import STANDARDREGLER, Regler
from takster.beregning.renter import Rentesats
from takster.beregning.trin import Beregningsfejl


def hensat(aar, beloeb, tilbud="Elmehuset", noegle=None):
    return Hensaettelse(noegle=noegle or f"{aar}-{tilbud}", aar=aar, tilbud=tilbud, beloeb=Decimal(beloeb))


def brug(dato, beloeb, noegle="1", **felter):
    felter = {"formaal": Hensaettelsesformaal.UNDERSKUD, "tilbud": "Birkehuset"} | felter
    return Forbrug(noegle=noegle, dato=dato, beloeb=Decimal(beloeb), **felter)


def status(hensaettelser, forbrug, pr):
    return opgoer(hensaettelser, forbrug, pr=pr, regler=STANDARDREGLER)


TO_LAG = [hensat(2021, 100_000), hensat(2020, 400_000)]


@pytest.mark.regel("T24")
@pytest.mark.parametrize(
    ("forbrug", "rester"),
    [
        ([], (400_000, 100_000)),
        ([("2022-03-01", 50_000)], (350_000, 100_000)),
        ([("2022-03-01", 400_000)], (0, 100_000)),
        ([("2022-03-01", 450_000)], (0, 50_000)),
        ([("2022-03-01", 300_000), ("2022-04-01", 200_000)], (0, 0)),
    ],
)
def test_det_aeldste_bruges_foerst(forbrug, rester):
    poster = [brug(date.fromisoformat(dato), beloeb, str(nr)) for nr, (dato, beloeb) in enumerate(forbrug)]
    konto = status(TO_LAG, poster, date(2022, 12, 31))
    assert tuple(lag.rest for lag in konto.lag) == rester
    assert (konto.indsat, konto.saldo) == (500_000, sum(rester))
    assert konto.trin().resultat.startswith(f"{sum(rester):,}".replace(",", "."))


@pytest.mark.regel("T24")
def test_et_forbrug_deles_paa_lagene():
    konto = status(TO_LAG, [brug(date(2022, 3, 1), 450_000)], date(2022, 3, 1))
    assert [(traek.hensaettelse.aar, traek.beloeb) for traek in konto.traek] == [(2020, 400_000), (2021, 50_000)]


@pytest.mark.regel("T24")
@pytest.mark.parametrize(
    ("pr", "rest", "udloebet", "fund"),
    [
        (date(2020, 12, 30), None, None, []),
        (date(2020, 12, 31), 400_000, 0, []),
        (date(2024, 12, 30), 400_000, 0, []),
        (date(2024, 12, 31), 400_000, 0, ["hensaettelse_udloeber"]),
        (date(2025, 12, 31), 400_000, 0, ["hensaettelse_udloeber"]),
        (date(2026, 1, 1), 0, 400_000, ["hensaettelse_udloebet"]),
    ],
)
def test_fem_aar(pr, rest, udloebet, fund):
    """400.000 set aside for 2020 must be used no later than 2025."""
    konto = status([hensat(2020, 400_000)], [], pr)
    assert [et_fund.kode for et_fund in konto.fund] == fund
    assert [(lag.rest, lag.udloebet) for lag in konto.lag] == ([] if rest is None else [(rest, udloebet)])


@pytest.mark.regel("T24")
@pytest.mark.parametrize(
    ("maaneder", "ventet"),
    [(0, date(2025, 12, 31)), (1, date(2025, 11, 30)), (6, date(2025, 6, 30)), (22, date(2024, 2, 29))],
)
def test_varslet_er_en_graense(maaneder, ventet):
    assert hensat(2020, 1).varsles_fra(Regler(hensaettelse_varsel_maaneder=maaneder)) == ventet


@pytest.mark.regel("T24", "T25")
def test_det_ubrugte_foeres_tilbage():
    konto = status([hensat(2020, 400_000)], [brug(date(2025, 12, 31), 150_000)], date(2026, 1, 1))
    assert (konto.brugt, konto.saldo, konto.udloebet) == (150_000, 0, 250_000)
    assert konto.fund[0].grad == Grad.FEJL
    forpligtelse = konto.lag[0].tilbagefoersel(STANDARDREGLER)
    assert (forpligtelse.beloeb, forpligtelse.tidligst_aar, forpligtelse.senest_aar) == (-250_000, 2026, 2027)
    assert forpligtelse.navn == "Hensat overskud fra 2020, der ikke blev brugt"


@pytest.mark.regel("T24")
def test_det_tilbagefoerte_kraeves_ikke_igen():
    konto = status([replace(hensat(2020, 400_000), er_tilbagefoert=True)], [], date(2026, 1, 1))
    assert (konto.udloebet, konto.fund) == (400_000, ())
    assert konto.lag[0].tilbagefoersel(STANDARDREGLER) is None


def test_et_brugt_lag_har_intet_at_foere_tilbage():
    konto = status([hensat(2020, 1)], [brug(date(2021, 1, 1), 1)], date(2030, 1, 1))
    assert konto.lag[0].tilbagefoersel(STANDARDREGLER) is None
    assert not konto.fund


@pytest.mark.regel("T24")
@pytest.mark.parametrize(
    ("nyt", "ventet"),
    [
        (brug(date(2022, 1, 1), 500_000), []),
        (brug(date(2022, 1, 1), "500000.01"), ["forbrug_over_saldo"]),
        (brug(date(2022, 1, 1), 0), ["forbrug_over_saldo"]),
        # Only the layer of 2020 is open in the spring of 2021, and only that of 2021 in 2026.
        (brug(date(2021, 3, 1), 400_001), ["forbrug_over_saldo"]),
        (brug(date(2026, 3, 1), 100_001), ["forbrug_over_saldo"]),
        (brug(date(2022, 1, 1), 1, tilbud_omfattet=False), ["forbrug_uden_for_aftalen"]),
        (brug(date(2022, 1, 1), 1, formaal="rejse"), ["formaal_mangler"]),
    ],
)
def test_et_nyt_forbrug(nyt, ventet):
    fund = kontroller_forbrug(nyt, TO_LAG, [], regler=STANDARDREGLER)
    assert [et_fund.kode for et_fund in fund] == ventet
    assert all(et_fund.blokerer for et_fund in fund)


@pytest.mark.regel("T24")
def test_et_tilbagedateret_forbrug_maa_ikke_tage_pengene_fra_et_senere():
    senere = brug(date(2023, 1, 1), 500_000, "senere")
    (fund,) = kontroller_forbrug(brug(date(2022, 1, 1), 1), TO_LAG, [senere], regler=STANDARDREGLER)
    assert fund.kode == "senere_forbrug_uden_daekning"
    assert "499.999,00" in fund.tekst


@pytest.mark.parametrize(
    ("hensaettelser", "forbrug"),
    [(TO_LAG, [brug(date(2022, 1, 1), 500_001)]), ([hensat(2020, 0)], []), (TO_LAG, [brug(date(2022, 1, 1), -1)])],
)
def test_en_umulig_konto_afvises(hensaettelser, forbrug):
    with pytest.raises(Beregningsfejl) as fejl:
        status(hensaettelser, forbrug, date(2022, 12, 31))
    assert fejl.value.felt == "beloeb"


def test_to_hensaettelser_med_samme_noegle():
    with pytest.raises(ValueError, match="same key"):
        status([hensat(2020, 1, noegle="a"), hensat(2021, 1, noegle="a")], [], date(2022, 1, 1))


@pytest.mark.regel("T29")
def test_renten_er_af_den_saldo_aaret_aabner_med():
    satser = [Rentesats(aar=aar, art=Renteart.RESULTAT, pct=Decimal(2)) for aar in range(2021, 2028)]
    renter = beregn_renter(TO_LAG, [brug(date(2022, 1, 1), 300_000)], satser, til_aar=2027, regler=STANDARDREGLER)
    # 2021: 400.000; 2022: 500.000; then 200.000, less the 100.000 that expire with 2025; 2027 opens with nothing.
    assert [(rente.aar, rente.beloeb) for rente in renter] == [
        (2021, 8_000),
        (2022, 10_000),
        (2023, 4_000),
        (2024, 4_000),
        (2025, 4_000),
        (2026, 2_000),
    ]
    with pytest.raises(Beregningsfejl, match="Der mangler en rente"):
        beregn_renter(TO_LAG, [], satser[1:], til_aar=2027, regler=STANDARDREGLER)
    assert beregn_renter([], [], [], til_aar=2027, regler=STANDARDREGLER) == ()


KRONER = st.decimals(min_value="0.01", max_value="1e6", places=2)
HENSAETTELSER = st.lists(st.tuples(st.integers(2015, 2022), KRONER), max_size=6)
FORBRUG = st.lists(st.tuples(st.dates(date(2016, 1, 1), date(2028, 12, 31)), KRONER), max_size=8)


def muligt(hensaettelser, oensker):
    """The uses among the wishes that the account allows, one by one."""
    poster = []
    for nr, (dato, beloeb) in enumerate(oensker):
        post = brug(dato, beloeb, f"{nr:02}")
        if not kontroller_forbrug(post, hensaettelser, poster, regler=STANDARDREGLER):
            poster.append(post)
    return poster


@pytest.mark.regel("T24")
@given(hensaettelser=HENSAETTELSER, oensker=FORBRUG, pr=st.dates(date(2015, 1, 1), date(2030, 1, 1)), tal=st.randoms())
def test_intet_opstaar_eller_forsvinder(hensaettelser, oensker, pr, tal):
    lagene = [hensat(aar, beloeb, noegle=str(nr)) for nr, (aar, beloeb) in enumerate(hensaettelser)]
    poster = muligt(lagene, oensker)
    konto = status(lagene, poster, pr)
    assert konto.indsat == konto.brugt + konto.saldo + konto.udloebet
    assert konto.brugt == sum(traek.beloeb for traek in konto.traek)
    assert all(min(lag.brugt, lag.rest, lag.udloebet) >= 0 for lag in konto.lag)
    for liste in (lagene, poster):
        tal.shuffle(liste)
    assert status(lagene, poster, pr) == konto


@pytest.mark.regel("T24")
@given(hensaettelser=HENSAETTELSER, oensker=FORBRUG)
def test_et_nyere_lag_roeres_aldrig_foer_et_aeldre_med_rest(hensaettelser, oensker):
    lagene = [hensat(aar, beloeb, noegle=str(nr)) for nr, (aar, beloeb) in enumerate(hensaettelser)]
    poster = muligt(lagene, oensker)
    for post in poster:
        foer = [anden for anden in poster if (anden.dato, anden.noegle) <= (post.dato, post.noegle)]
        konto = status(lagene, foer, post.dato)
        brugt = max((traek.hensaettelse.aar for traek in konto.traek if traek.forbrug == post), default=0)
        assert all(lag.rest == 0 for lag in konto.lag if lag.hensaettelse.aar < brugt)
