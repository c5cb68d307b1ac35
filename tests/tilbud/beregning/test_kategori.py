"""Category 1, 2 or 3: counting buyers, the suggestion, the exemption, and what a change needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaftale.kerne.perioder import Periode
from tilbud.beregning.kategori import (
    Kategoriskift,
    Koeber,
    Undtagelse,
    foreslaa_kategori,
    kontroller_indmelding,
    kontroller_skift,
    kontroller_undtagelse,
    kontroller_vindue,
    tael_koebere,
)
from tilbud.beregning.omfattet import Daekning, Fundart, Niveau, Paragraf, Tilbudsoplysninger

AALBORG = Koeber(noegle="aalborg", navn="Aalborg Kommune", er_part=True)
THISTED = Koeber(noegle="thisted", navn="Thisted Kommune", er_part=True)
HJOERRING = Koeber(noegle="hjoerring", navn="Hjørring Kommune", er_part=True)
AARHUS = Koeber(noegle="aarhus", navn="Aarhus Kommune", er_part=False)
NUUK = Koeber(noegle="sermersooq", navn="Kommuneqarfik Sermersooq", er_part=False)
VINDUE = Periode(dt.date(2026, 9, 1), dt.date(2026, 10, 31))
TILBUD = Tilbudsoplysninger(
    har_driftsherre=True,
    driftsform="kommunal",
    er_aftalens_region=False,
    har_beliggenhed=True,
    har_maalgruppe=True,
    kategori=3,
    i_aftalen=True,
    paragraffer=(Paragraf("SEL § 107", Daekning.OMFATTET),),
    antal_pladsraekker=1,
)
SKIFT = Kategoriskift(
    fra=3,
    til=2,
    anmodet=dt.date(2026, 10, 1),
    takstaar=2027,
    virkning=dt.date(2027, 1, 1),
    koeberliste=(THISTED,),
    begrundelse="Kun Thisted har købt, én plads om året",
)


def kontrol(tilbud=TILBUD, vindue=VINDUE, **afvigelser):
    return kontroller_skift(replace(SKIFT, **afvigelser), tilbud, driftsherre="aalborg", vindue=vindue, min_tegn=10)


def koder(fund):
    return [et_fund.kode for et_fund in fund]


@pytest.mark.regel("T3", "T8")
def test_kun_aftalens_andre_kommuner_taeller_og_hver_kun_en_gang():
    optaelling = tael_koebere([THISTED, AALBORG, AARHUS, HJOERRING, THISTED, NUUK], driftsherre="aalborg")
    assert optaelling.i_omraadet == ("Hjørring Kommune", "Thisted Kommune")
    assert optaelling.udefra == ("Kommuneqarfik Sermersooq", "Aarhus Kommune")
    assert optaelling.n == 2


@pytest.mark.regel("T3", "T8")
@given(st.lists(st.sampled_from([AALBORG, THISTED, HJOERRING, AARHUS, NUUK])))
def test_koebere_udefra_og_driftsherren_selv_aendrer_aldrig_n(koebere):
    kun_egne = [koeber for koeber in koebere if koeber.er_part and koeber != AALBORG]
    optaelling = tael_koebere(koebere, driftsherre="aalborg")
    assert optaelling.n == tael_koebere(kun_egne, driftsherre="aalborg").n == len(set(kun_egne))


@pytest.mark.regel("T3")
@pytest.mark.parametrize(
    ("koebere", "kategorier", "sekretariatet"),
    [
        ([], (1,), False),
        ([AALBORG], (1,), False),
        ([THISTED], (2, 3), False),
        ([THISTED, HJOERRING, AARHUS], (2, 3), False),
        ([AARHUS], (), True),
    ],
)
def test_forslag_efter_koebere(koebere, kategorier, sekretariatet):
    forslag = foreslaa_kategori(tael_koebere(koebere, driftsherre="aalborg"))
    assert (forslag.kategorier, forslag.sekretariatet_afgoer) == (kategorier, sekretariatet)


def test_forslagets_begrundelse_naevner_koeberne():
    forslag = foreslaa_kategori(tael_koebere([THISTED], driftsherre="aalborg"))
    assert forslag.tekst.startswith("1 anden kommune i aftalen køber pladser (Thisted Kommune), så")
    forslag = foreslaa_kategori(tael_koebere([THISTED, HJOERRING], driftsherre="aalborg"))
    assert forslag.tekst.startswith("2 andre kommuner i aftalen køber pladser (Hjørring Kommune, Thisted Kommune)")


@pytest.mark.regel("T2", "T3")
def test_regionens_tilbud_faar_intet_forslag():
    forslag = foreslaa_kategori(tael_koebere([THISTED], driftsherre="region"), er_aftalens_region=True)
    assert (forslag.kategorier, forslag.sekretariatet_afgoer) == ((), False)


@pytest.mark.regel("T3")
@pytest.mark.parametrize(
    ("kategori", "undtagelse", "forventet"),
    [
        (2, Undtagelse(har_aftale=True, bekraeftede_kapitler=frozenset({3, 4, 7})), []),
        (3, Undtagelse(har_aftale=True, bekraeftede_kapitler=frozenset({3, 4, 7})), ["undtagelse_kun_kategori_2"]),
        (
            2,
            Undtagelse(har_aftale=False, bekraeftede_kapitler=frozenset({3, 7})),
            ["undtagelse_uden_aftale", "undtagelse_uden_kapitel"],
        ),
        (2, Undtagelse(har_aftale=True), ["undtagelse_uden_kapitel"] * 3),
    ],
)
def test_undtagelse_kraever_aftale_og_de_tre_kapitler(kategori, undtagelse, forventet):
    fund = kontroller_undtagelse(undtagelse, kategori=kategori)
    assert koder(fund) == forventet
    assert all(et_fund.niveau == Niveau.FEJL for et_fund in fund)


def test_hvert_kapitel_er_sit_eget_felt():
    fund = kontroller_undtagelse(Undtagelse(har_aftale=True), kategori=2)
    assert [et_fund.felt for et_fund in fund] == ["kapitel_3", "kapitel_4", "kapitel_7"]


@pytest.mark.regel("T5")
def test_et_skift_hvor_intet_mangler():
    fundet = kontrol()
    assert (fundet.fund, fundet.registerfund, fundet.kan_indsendes) == ((), (), True)
    assert fundet.optaelling.i_omraadet == ("Thisted Kommune",)


@pytest.mark.regel("T5")
@pytest.mark.parametrize(
    ("afvigelser", "forventet"),
    [
        ({"koeberliste": None}, ["skift_uden_koebere"]),
        ({"begrundelse": "   få    "}, ["skift_uden_begrundelse"]),
        ({"koeberliste": None, "begrundelse": ""}, ["skift_uden_koebere", "skift_uden_begrundelse"]),
        ({"fra": 2}, ["samme_kategori"]),
    ],
)
def test_liste_og_begrundelse_er_noedvendige(afvigelser, forventet):
    fundet = kontrol(**afvigelser)
    assert koder(fundet.fund) == forventet
    assert not fundet.kan_indsendes


def test_begrundelsen_for_tre_til_to_skal_sige_hvorfor_det_er_faa():
    assert "er få" in kontrol(begrundelse="").fund[0].tekst
    assert "er få" not in kontrol(begrundelse="", fra=2, til=3).fund[0].tekst


@pytest.mark.regel("T3")
def test_kategori_2_uden_koebere_er_en_advarsel():
    fundet = kontrol(koeberliste=())
    assert (koder(fundet.fund), fundet.kan_indsendes) == (["kategori_2_uden_koebere"], True)


@pytest.mark.regel("T3")
@pytest.mark.parametrize(
    ("til", "koeberliste", "arter", "kan_indsendes"),
    [
        (1, (THISTED,), [Fundart.KATEGORI_1_MED_KOEBERE], False),
        (1, (AALBORG,), [], True),
        (1, (AARHUS,), [Fundart.KUN_KOEBERE_UDEFRA], True),
        (3, (), [Fundart.KATEGORI_3_UDEN_KOEBERE], True),
        (3, (THISTED,), [], True),
    ],
)
def test_den_nye_kategori_holdes_op_mod_koeberne(til, koeberliste, arter, kan_indsendes):
    fundet = kontrol(fra=2, til=til, koeberliste=koeberliste)
    assert [et_fund.art for et_fund in fundet.registerfund] == arter
    assert fundet.kan_indsendes is kan_indsendes


@pytest.mark.regel("T1")
def test_ind_i_aftalen_kraever_at_tilbuddet_kan_omfattes():
    privat = replace(TILBUD, driftsform="privat", kategori=1, i_aftalen=False)
    fundet = kontrol(tilbud=privat, fra=1, til=3)
    assert [et_fund.art for et_fund in fundet.registerfund] == [Fundart.PRIVAT_I_AFTALEN]
    assert not fundet.kan_indsendes


@pytest.mark.regel("T2")
def test_regionens_tilbud_kan_ikke_meldes_ud():
    fundet = kontrol(tilbud=replace(TILBUD, er_aftalens_region=True), til=1, koeberliste=())
    assert [et_fund.art for et_fund in fundet.registerfund] == [Fundart.REGIONALT_UDENFOR]


@pytest.mark.regel("T3")
def test_undtagelsen_kontrolleres_med():
    fundet = kontrol(undtagelse=Undtagelse(har_aftale=True, bekraeftede_kapitler=frozenset({3, 4})))
    assert koder(fundet.fund) == ["undtagelse_uden_kapitel"]


@pytest.mark.regel("T4")
@pytest.mark.parametrize(
    ("dag", "hvornaar"),
    [
        (dt.date(2026, 8, 31), "fra 1. september 2026"),
        (dt.date(2026, 9, 1), None),
        (dt.date(2026, 10, 31), None),
        (dt.date(2026, 11, 1), "når næste takstindberetning åbner"),
    ],
)
def test_vinduet(dag, hvornaar):
    fund = kontroller_vindue(dag, VINDUE, hvad="Anmodningen")
    assert (fund == ()) is (hvornaar is None)
    if hvornaar:
        assert fund[0].tekst.endswith(f"Den er gemt som kladde og kan sendes {hvornaar}")
        assert koder(kontrol(anmodet=dag).fund) == ["uden_for_vindue"]


@pytest.mark.regel("T4")
def test_uden_vindue_er_det_en_kladde():
    assert koder(kontrol(vindue=None).fund) == ["uden_for_vindue"]


@pytest.mark.regel("T4", "T5")
@pytest.mark.parametrize(
    ("virkning", "anmodet", "naeste"),
    [
        (dt.date(2026, 11, 1), dt.date(2026, 10, 1), "1. januar 2027"),
        (dt.date(2027, 7, 1), dt.date(2026, 10, 1), "1. januar 2027"),
        (dt.date(2027, 1, 1), dt.date(2027, 1, 1), "1. januar 2028"),
    ],
)
def test_kategorien_skifter_kun_ved_nytaar(virkning, anmodet, naeste):
    fundet = kontrol(virkning=virkning, anmodet=anmodet, vindue=Periode())
    assert koder(fundet.fund) == ["virkning_i_aaret"]
    assert fundet.fund[0].tekst.endswith(f"Den næste mulige dato er {naeste}")


@pytest.mark.regel("T60")
@pytest.mark.parametrize(
    ("anmodet", "virkning", "forventet"),
    [
        (dt.date(2026, 10, 1), dt.date(2027, 1, 1), []),
        (dt.date(2026, 10, 1), dt.date(2027, 4, 1), ["start_i_aaret"]),
        (dt.date(2026, 12, 1), dt.date(2027, 1, 1), ["uden_for_vindue"]),
    ],
)
def test_nye_tilbud_kommer_ind_med_takstskemaerne(anmodet, virkning, forventet):
    fund = kontroller_indmelding(anmodet=anmodet, takstaar=2027, virkning=virkning, vindue=VINDUE)
    assert koder(fund) == forventet
