"""Cases during the year: what they need, who decides, and versions that cover the year without hole or overlap."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.beregning.sager import (
    Aarssag,
    Aarsversion,
    Koeberaftale,
    kontroller_sag,
    kontroller_versioner,
    ny_version,
    skal_have_besked,
    vaegt_versioner,
)

BESLUTTET = dt.date(2027, 4, 15)
SAG = Aarssag(
    regel="T68",
    takstaar=2027,
    saerlige_omstaendigheder="Huset er brændt, og borgerne er flyttet",
    virkning=dt.date(2027, 5, 1),
    besluttet=BESLUTTET,
)
HELE_AARET = Aarsversion(nummer=1, fra=dt.date(2027, 1, 1), til=dt.date(2027, 12, 31), vaerdi=Decimal("1000.00"))


def fund_i(**afvigelser):
    return [fund.kode for fund in kontroller_sag(replace(SAG, **afvigelser), min_tegn=10)]


@pytest.mark.regel("T67", "T68")
@pytest.mark.parametrize("besluttet", [None, BESLUTTET])
def test_en_sag_hvor_intet_mangler(besluttet):
    assert fund_i(besluttet=besluttet) == []


@pytest.mark.regel("T67", "T68")
@pytest.mark.parametrize(
    ("afvigelser", "forventet"),
    [
        ({"saerlige_omstaendigheder": "  kort   "}, "sag_uden_omstaendigheder"),
        ({"virkning": None}, "sag_uden_virkning"),
        ({"virkning": dt.date(2028, 1, 1)}, "virkning_uden_for_aaret"),
        ({"virkning": dt.date(2026, 12, 31)}, "virkning_uden_for_aaret"),
        ({"virkning": dt.date(2027, 1, 1)}, "virkning_ved_nytaar"),
        ({"virkning": dt.date(2027, 4, 15)}, "virkning_foer_beslutning"),
    ],
)
def test_det_der_skal_rettes(afvigelser, forventet):
    assert fund_i(**afvigelser) == [forventet]
    (fund,) = kontroller_sag(replace(SAG, **afvigelser), min_tegn=10)
    assert fund.blokerer


@pytest.mark.parametrize("virkning", [dt.date(2027, 4, 16), dt.date(2027, 12, 31)])
def test_dagen_efter_beslutningen_og_aarets_sidste_dag_er_i_orden(virkning):
    assert fund_i(virkning=virkning) == []


@pytest.mark.regel("T68")
def test_en_ny_version_deler_aaret():
    versioner = ny_version([HELE_AARET], fra=dt.date(2027, 5, 1), vaerdi=Decimal("1100.00"))
    assert [(v.nummer, v.fra, v.til, v.dage) for v in versioner] == [
        (1, dt.date(2027, 1, 1), dt.date(2027, 4, 30), 120),
        (2, dt.date(2027, 5, 1), dt.date(2027, 12, 31), 245),
    ]
    vaegtet = vaegt_versioner(versioner, takstaar=2027, aarsdage=365)
    # 120.000 + 269.500 = 389.500; / 365 = 1.067,12.
    assert (vaegtet.pr_aar, vaegtet.gennemsnit) == (Decimal("389500.00"), Decimal("1067.12"))
    assert vaegtet.trin[0].indsat == "(1.000,00 × 120 + 1.100,00 × 245) / 365"
    assert vaegtet.trin[1].indsat == "(1.000,00 × 120 + 1.100,00 × 245)"


@pytest.mark.regel("T14")
def test_skuddagen_taeller_ikke():
    aaret = replace(HELE_AARET, fra=dt.date(2028, 1, 1), til=dt.date(2028, 12, 31))
    versioner = ny_version([aaret], fra=dt.date(2028, 3, 1), vaerdi=Decimal("1100.00"))
    assert [version.dage for version in versioner] == [59, 306]
    assert replace(aaret, fra=aaret.til, til=aaret.fra).dage < 0


@pytest.mark.regel("T14", "T68")
def test_pris_pr_aar_med_driftsdage_og_uden():
    versioner = ny_version([HELE_AARET], fra=dt.date(2027, 5, 1), vaerdi=Decimal("1100.00"))
    # 389.500 × 220 / 365 = 234.767,12.
    assert vaegt_versioner(versioner, takstaar=2027, aarsdage=220).pr_aar == Decimal("234767.12")
    assert vaegt_versioner(versioner, takstaar=2027).pr_aar is None


@pytest.mark.parametrize("fra", [dt.date(2027, 1, 1), dt.date(2026, 12, 31), dt.date(2028, 1, 1)])
def test_en_version_skal_begynde_inde_i_den_nyeste(fra):
    with pytest.raises(ValueError, match="is not inside"):
        ny_version([HELE_AARET], fra=fra, vaerdi=Decimal(1))


def version(nummer, fra, til):
    return Aarsversion(
        nummer=nummer, fra=dt.date.fromisoformat(fra), til=dt.date.fromisoformat(til), vaerdi=Decimal(1)
    )


@pytest.mark.regel("T68")
@pytest.mark.parametrize(
    ("versioner", "forventet"),
    [
        ([version(1, "2027-01-01", "2027-12-31")], []),
        ([], ["Ingen version gælder fra 01.01.2027 til 31.12.2027"]),
        (
            [version(1, "2027-01-02", "2027-06-30"), version(2, "2027-08-01", "2027-12-30")],
            [
                "Ingen version gælder 01.01.2027",
                "Ingen version gælder fra 01.07.2027 til 31.07.2027",
                "Ingen version gælder 31.12.2027",
            ],
        ),
        (
            [version(2, "2027-06-30", "2027-12-31"), version(1, "2027-01-01", "2027-06-30")],
            ["Version 2 begynder 30.06.2027, hvor en anden stadig gælder"],
        ),
        ([version(1, "2026-12-31", "2028-01-01")], ["Version 1 går ud over 2027"]),
        (
            [version(1, "2027-01-01", "2027-12-31"), version(2, "2027-05-02", "2027-05-01")],
            ["Version 2 slutter 01.05.2027, før den begynder"],
        ),
    ],
)
def test_huller_og_overlap_naevnes(versioner, forventet):
    assert [fund.tekst for fund in kontroller_versioner(versioner, takstaar=2027)] == forventet
    if forventet:
        with pytest.raises(ValueError, match="do not cover 2027"):
            vaegt_versioner(versioner, takstaar=2027)


@pytest.mark.regel("T14", "T68")
@given(
    st.sampled_from([2027, 2028]),
    st.lists(st.integers(min_value=1, max_value=364), min_size=0, max_size=6, unique=True),
    st.lists(st.decimals(min_value=1, max_value=10**4, places=2), min_size=7, max_size=7),
)
def test_versioner_daekker_altid_hele_aaret(aar, dage, takster):
    versioner = (replace(HELE_AARET, fra=dt.date(aar, 1, 1), til=dt.date(aar, 12, 31), vaerdi=takster[0]),)
    for dag, takst in zip(sorted(dage), takster[1:], strict=False):
        versioner = ny_version(versioner, fra=dt.date(aar, 1, 1) + dt.timedelta(days=dag), vaerdi=takst)
    assert kontroller_versioner(versioner, takstaar=aar) == []
    assert sum(version.dage for version in versioner) == 365
    vaegtet = vaegt_versioner(versioner, takstaar=aar, aarsdage=365)
    brugte = takster[: len(versioner)]
    assert min(brugte) <= vaegtet.gennemsnit <= max(brugte)
    assert abs(vaegtet.pr_aar - vaegtet.gennemsnit * 365) <= Decimal("1.83")


@pytest.mark.regel("T68")
def test_koebere_med_loebende_aftaler_faar_besked():
    aftaler = [
        Koeberaftale(kommune="Aalborg Kommune"),
        Koeberaftale(kommune="Thisted Kommune", til=dt.date(2027, 5, 1)),
        Koeberaftale(kommune="Thisted Kommune", til=dt.date(2026, 12, 31)),
        Koeberaftale(kommune="Morsø Kommune", til=dt.date(2027, 4, 30)),
        Koeberaftale(kommune="Aarhus Kommune"),
        Koeberaftale(kommune="Hjørring Kommune"),
    ]
    assert skal_have_besked(aftaler, virkning=dt.date(2027, 5, 1), driftsherre="Hjørring Kommune") == (
        "Thisted Kommune",
        "Aalborg Kommune",
        "Aarhus Kommune",
    )
