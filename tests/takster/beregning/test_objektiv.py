"""Objective financing: the amounts are the cost to the krone, and what does not add up is refused (T11, T12)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.koder import Grad, Noegletype
from takster.beregning.objektiv import (
    Deltager,
    Fordelingsgrundlag,
    fordel_objektivt,
    kontroller_fordelt,
    kontroller_grundlag,
    virkninger,
)
from takster.beregning.trin import Beregningsfejl

# FIN1 [source]: Socialtilsyn Nord 2024, foster families, 0-17-year-olds in the second quarter of 2023.
TILSYN = {
    "Silkeborg": (21_872, 3_443_644),
    "Brønderslev": (7_775, 1_224_137),
    "Frederikshavn": (10_035, 1_579_964),
    "Jammerbugt": (7_556, 1_189_657),
    "Læsø": (218, 34_323),
    "Mariagerfjord": (7_870, 1_239_095),
    "Morsø": (3_643, 573_573),
    "Rebild": (7_317, 1_152_027),
    "Thisted": (8_398, 1_322_226),
    "Vesthimmerland": (7_006, 1_103_062),
    "Aalborg": (39_978, 6_294_349),
}


def deltager(nr, noegletal, er_med=True, navn=""):
    tal = None if noegletal is None else Decimal(noegletal)
    return Deltager(kommune=nr, navn=navn or f"Kommune {nr}", noegletal=tal, er_med=er_med)


def grundlag(*noegletal, omkostning=1000, **felter):
    deltagere = [en if isinstance(en, Deltager) else deltager(nr, en) for nr, en in enumerate(noegletal, 1)]
    return Fordelingsgrundlag(omkostning=Decimal(omkostning), deltagere=deltagere, **felter)


@pytest.mark.regel("T11", "FIN1")
def test_socialtilsyn_nords_fordeling():
    """The source rounds each amount for itself and loses a krone; ours add up, and none is more than a krone away."""
    deltagere = [deltager(nr, tal, navn=navn) for nr, (navn, (tal, _)) in enumerate(TILSYN.items())]
    fordeling = fordel_objektivt(
        Fordelingsgrundlag(omkostning=Decimal(19_156_058), deltagere=deltagere, er_lovbestemt=True)
    )
    trykte = [beloeb for _, beloeb in TILSYN.values()]
    assert sum(trykte) == 19_156_057
    assert sum(fordeling.beloeb.values()) == 19_156_058
    forskelle = [vores - trykt for vores, trykt in zip(fordeling.beloeb.values(), trykte, strict=True)]
    assert sorted(forskelle) == [0] * 10 + [1]
    aalborg = fordeling.andele[-1]
    assert aalborg.beloeb == 6_294_349
    assert f"{aalborg.andel:.1%}" == "32.9%"
    assert {trin.regel for trin in fordeling.trin} == {"T11"}


@pytest.mark.regel("T12", "FIN3")
def test_boernehus_nords_brutto_er_ikke_det_der_skal_fordeles():
    """[source] 4,402,800 was distributed although 4,385,872 was to be."""
    det = grundlag(7_827, 39_205, omkostning=4_402_800, overskud=Decimal(16_928))
    fordelt = fordel_objektivt(det).beloeb
    assert sum(fordelt.values()) == 4_385_872
    assert kontroller_fordelt(det, fordelt) == []
    brutto = fordel_objektivt(replace(det, overskud=Decimal(0))).beloeb
    (fund,) = kontroller_fordelt(det, brutto)
    assert (fund.kode, fund.grad, fund.regel) == ("fordelt_stemmer_ikke", Grad.FEJL, "T12")
    assert "16.928" in fund.tekst
    assert fund.tekst.endswith("Overskuddet er ikke trukket fra.")
    # Two kroner too many on one of them.
    (fund,) = kontroller_fordelt(det, fordelt | {2: fordelt[2] + 2})
    assert "2\u00a0kr." in fund.tekst
    assert [et.kode for et in kontroller_fordelt(det, {1: Decimal(4_385_872)})] == ["fordelt_paa_andre"]


@pytest.mark.regel("T12")
def test_kun_de_tilvalgte_betaler_og_fravalg_fordeles_paa_de_andre():
    foer = fordel_objektivt(grundlag(1, 2, 1))
    assert list(foer.beloeb.values()) == [250, 500, 250]
    efter = fordel_objektivt(grundlag(1, deltager(2, 2, er_med=False), 1))
    assert efter.beloeb == {1: 500, 3: 500}
    assert [(en.navn, en.foer, en.efter, en.aendring) for en in virkninger(foer, efter)] == [
        ("Kommune 1", 250, 500, 250),
        ("Kommune 2", 500, None, -500),
        ("Kommune 3", 250, 500, 250),
    ]
    assert [en.foer for en in virkninger(None, efter)] == [None, None]
    # One that is off the list altogether is told of too.
    assert [en.navn for en in virkninger(foer, fordel_objektivt(grundlag(1)))] == [
        "Kommune 1",
        "Kommune 2",
        "Kommune 3",
    ]


@pytest.mark.regel("T12")
@pytest.mark.parametrize(
    ("det", "ventet"),
    [
        (grundlag(1, 2), []),
        (grundlag(1, None), ["noegletal_mangler"]),
        (grundlag(1, deltager(2, None, er_med=False)), []),
        (grundlag(1, -1), ["noegletal_negativt"]),
        (grundlag(0, 0), ["noegletal_nul"]),
        (grundlag(0, 1), []),
        (grundlag(), ["ingen_deltagere"]),
        (grundlag(deltager(1, 5, er_med=False)), ["ingen_deltagere"]),
        (grundlag(1, omkostning=0), ["omkostning_mangler"]),
        (grundlag(1, omkostning="10.5"), ["hele_kroner"]),
        (grundlag(1, overskud=Decimal(1001)), ["overskud_over_omkostning"]),
        (grundlag(1, overskud=Decimal(-50)), []),
        (grundlag(60, 40, noegletype=Noegletype.ANDEL), []),
        (grundlag(60, 39, noegletype=Noegletype.ANDEL), ["andele_summer_ikke"]),
        (grundlag(60, deltager(2, 40, er_med=False), noegletype=Noegletype.ANDEL), []),
    ],
)
def test_det_der_ikke_gaar_op_er_en_fejl(det, ventet):
    fund = kontroller_grundlag(det)
    assert [et.kode for et in fund] == ventet
    assert {(et.grad, et.regel) for et in fund} <= {(Grad.FEJL, "T12")}
    if ventet:
        with pytest.raises(Beregningsfejl):
            fordel_objektivt(det)


@pytest.mark.regel("T11")
def test_ved_lov_er_alle_med_og_noeglen_er_indbyggertallet():
    det = grundlag(1, deltager(2, 5, er_med=False), er_lovbestemt=True, noegletype=Noegletype.BRUGERE)
    fund = kontroller_grundlag(det)
    assert [(et.kode, et.regel, et.felt) for et in fund] == [
        ("lovbestemt_fravalg", "T11", "noegletal_2"),
        ("lovbestemt_noegle", "T11", "noegletype"),
    ]


@pytest.mark.regel("T11", "T12")
@given(
    omkostning=st.integers(1, 10**9),
    noegletal=st.lists(st.decimals("0", "999999", places=4), min_size=1, max_size=98).filter(any),
)
def test_beloebene_er_altid_omkostningen_paa_kronen(omkostning, noegletal):
    fordeling = fordel_objektivt(grundlag(*noegletal, omkostning=omkostning))
    assert sum(fordeling.beloeb.values()) == omkostning
    for en in fordeling.andele:
        assert abs(en.beloeb - en.andel * omkostning) < 1
