"""T1-T3 over values: no database."""

from __future__ import annotations

import pytest

from tilbud.beregning.omfattet import (
    Daekning,
    Fund,
    Fundart,
    Niveau,
    Paragraf,
    Tilbudsoplysninger,
    find_mangler,
    kontroller,
    kontroller_t1,
    kontroller_t2,
    kontroller_t3,
)

P107 = Paragraf("SEL § 107", Daekning.OMFATTET)
P85 = Paragraf("SEL § 85", Daekning.SEKUNDAER)
P112 = Paragraf("SEL § 112", Daekning.IKKE_OMFATTET)
AFLASTNING = Paragraf("SEL § 66, stk. 1, nr. 6", Daekning.ADVARSEL)
P67 = Paragraf("SEL § 67", Daekning.OMFATTET, er_historisk=True)


def tilbud(**afvigelser) -> Tilbudsoplysninger:
    """A municipal *socialaftaletilbud* on which nothing is to be found."""
    normalt = {
        "har_driftsherre": True,
        "driftsform": "kommunal",
        "er_aftalens_region": False,
        "har_beliggenhed": True,
        "har_maalgruppe": True,
        "kategori": 3,
        "i_aftalen": True,
        "paragraffer": (P107,),
        "antal_pladsraekker": 1,
        "koebere_i_omraadet": 2,
        "koebere_udefra": 0,
    }
    return Tilbudsoplysninger(**(normalt | afvigelser))


def arter(fund) -> list[Fundart]:
    return [fundet.art for fundet in fund]


def test_intet_at_finde():
    assert kontroller(tilbud()) == []


@pytest.mark.regel("T1")
@pytest.mark.parametrize(
    ("paragraffer", "forventet"),
    [
        ((P107,), []),
        ((P107, P85), []),
        ((P107, P112), []),
        ((), [Fund(Fundart.LOVGRUNDLAG_UKENDT, Niveau.ADVARSEL, "T1")]),
        ((P112,), [Fund(Fundart.LOVGRUNDLAG_IKKE_OMFATTET, Niveau.FEJL, "T1")]),
        # § 85 only counts beside a paragraph of its own right.
        ((P85,), [Fund(Fundart.LOVGRUNDLAG_IKKE_OMFATTET, Niveau.FEJL, "T1")]),
        ((AFLASTNING,), [Fund(Fundart.LOVGRUNDLAG_ADVARSEL, Niveau.ADVARSEL, "T1")]),
        ((AFLASTNING, P112), [Fund(Fundart.LOVGRUNDLAG_ADVARSEL, Niveau.ADVARSEL, "T1")]),
        # § 67 means § 66, so it covers, but it is noticed.
        ((P67,), [Fund(Fundart.LOVGRUNDLAG_HISTORISK, Niveau.ADVARSEL, "T1")]),
    ],
    ids=["107", "107+85", "107+112", "ukendt", "112", "85 alene", "aflastning", "aflastning+112", "67"],
)
def test_t1_lovgrundlag(paragraffer, forventet):
    assert list(kontroller_t1(tilbud(paragraffer=paragraffer))) == forventet


@pytest.mark.regel("T1")
@pytest.mark.parametrize("i_aftalen", [False, None])
def test_t1_gaelder_kun_socialaftaletilbud(i_aftalen):
    assert list(kontroller_t1(tilbud(i_aftalen=i_aftalen, paragraffer=(P112,), driftsform="privat"))) == []


@pytest.mark.regel("T1")
def test_t1_private_er_aldrig_omfattet():
    fund = list(kontroller_t1(tilbud(driftsform="privat")))
    assert fund == [Fund(Fundart.PRIVAT_I_AFTALEN, Niveau.FEJL, "T1")]


@pytest.mark.regel("T1", "T2")
@pytest.mark.parametrize("paragraffer", [(), (P112,)])
def test_t1_regionale_passerer_paa_t2(paragraffer):
    regionalt = tilbud(er_aftalens_region=True, driftsform="regional", paragraffer=paragraffer)
    assert list(kontroller_t1(regionalt)) == []


@pytest.mark.regel("T2")
@pytest.mark.parametrize(
    ("i_aftalen", "forventet"),
    [
        (True, []),
        (False, [Fund(Fundart.REGIONALT_UDENFOR, Niveau.FEJL, "T2")]),
        (None, [Fund(Fundart.REGIONALT_UAFKLARET, Niveau.ADVARSEL, "T2")]),
    ],
)
def test_t2_regionale_er_altid_omfattet(i_aftalen, forventet):
    assert list(kontroller_t2(tilbud(er_aftalens_region=True, i_aftalen=i_aftalen))) == forventet
    assert list(kontroller_t2(tilbud(er_aftalens_region=False, i_aftalen=i_aftalen))) == []


@pytest.mark.regel("T3")
@pytest.mark.parametrize(
    ("kategori", "n", "udefra", "i_aftalen", "forventet"),
    [
        (1, 0, 0, False, []),
        (1, 0, 0, True, [Fundart.KATEGORI_1_I_AFTALEN]),
        (1, 1, 0, False, [Fundart.KATEGORI_1_MED_KOEBERE]),
        (1, 2, 0, True, [Fundart.KATEGORI_1_I_AFTALEN, Fundart.KATEGORI_1_MED_KOEBERE]),
        (2, 1, 0, True, []),
        # No number separates "few" from many: DAS decides.
        (2, 10, 0, True, []),
        (3, 1, 0, True, []),
        (3, 0, 0, True, [Fundart.KATEGORI_3_UDEN_KOEBERE]),
        # The gap of the source: buyers outside the area only.
        (3, 0, 2, True, [Fundart.KUN_KOEBERE_UDEFRA]),
        (None, 0, 2, None, [Fundart.KUN_KOEBERE_UDEFRA]),
        # Without recorded buyers nothing is known, and nothing is said.
        (3, None, None, True, []),
        (1, None, None, False, []),
    ],
)
def test_t3_kategorier(kategori, n, udefra, i_aftalen, forventet):
    fund = kontroller_t3(tilbud(kategori=kategori, koebere_i_omraadet=n, koebere_udefra=udefra, i_aftalen=i_aftalen))
    assert arter(fund) == forventet


@pytest.mark.regel("T3")
def test_t3_kategorien_er_uden_betydning_for_regionen():
    regionalt = tilbud(er_aftalens_region=True, kategori=1, koebere_i_omraadet=4)
    assert list(kontroller_t3(regionalt)) == []


def test_mangler_er_opgaver_og_ikke_fejl():
    tomt = Tilbudsoplysninger(
        har_driftsherre=False,
        driftsform=None,
        er_aftalens_region=False,
        har_beliggenhed=False,
        har_maalgruppe=False,
        kategori=None,
        i_aftalen=None,
    )
    fund = list(find_mangler(tomt))
    assert {fundet.niveau for fundet in fund} == {Niveau.MANGLER}
    assert arter(fund) == [
        Fundart.UDEN_DRIFTSHERRE,
        Fundart.UDEN_DRIFTSFORM,
        Fundart.UDEN_BELIGGENHED,
        Fundart.UDEN_MAALGRUPPE,
        Fundart.UDEN_LOVGRUNDLAG,
        Fundart.UDEN_AFTALESTATUS,
        Fundart.UDEN_PLADSER,
    ]


def test_kategori_mangler_kun_hvor_den_har_betydning():
    assert Fundart.UDEN_KATEGORI in arter(find_mangler(tilbud(kategori=None)))
    assert Fundart.UDEN_KATEGORI not in arter(find_mangler(tilbud(kategori=None, i_aftalen=False)))
    assert Fundart.UDEN_KATEGORI not in arter(find_mangler(tilbud(kategori=None, er_aftalens_region=True)))


def test_pladser_uden_art_og_type():
    fund = find_mangler(tilbud(antal_pladsraekker=3, pladser_uden_art=1, pladser_uden_type=3))
    assert arter(fund) == [Fundart.UDEN_PLADSART, Fundart.UDEN_PLADSTYPE]


def test_tilbud_uden_for_omraadet_er_ikke_vores_opgave():
    assert list(find_mangler(tilbud(er_udenfor_omraadet=True, driftsform=None, paragraffer=()))) == []


def test_fejl_staar_foerst():
    fund = kontroller(tilbud(kategori=1, har_maalgruppe=False, paragraffer=()))
    assert [fundet.niveau for fundet in fund] == [
        Niveau.FEJL,
        Niveau.FEJL,
        Niveau.ADVARSEL,
        Niveau.MANGLER,
        Niveau.MANGLER,
    ]
