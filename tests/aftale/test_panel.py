"""What the front page says about agreements to each role."""

import datetime as dt

import pytest

from socialaftale.aftale import panel
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from tests.aftale.factories import AftaleFactory, UdkastFactory, lav_offentliggjort

I_DAG = dt.date(2026, 3, 1)


def skridt(adgang):
    return [(trin.antal, trin.tekst) for trin in panel.skridt(adgang, I_DAG)]


@pytest.fixture
def aftaler(organisationer):
    lav_offentliggjort(periode="2021-2022")
    return lav_offentliggjort(periode="2023-2024", laast=True)


def test_sekretariatet_faar_hver_aftales_naeste_skridt(aftaler, adgang):
    sekretariat = adgang(Rolle.SEKRETARIAT)
    assert skridt(sekretariat) == []
    AftaleFactory(periode="2025-2026")
    UdkastFactory(periode="2027-2028")
    assert skridt(sekretariat) == [
        (1, "udkast at sende i høring eller til DAS: Prøveaftale 2027-2028"),
        (1, "aftale er ikke offentliggjort: Prøveaftale 2025-2026"),
    ]


def test_sekretariatet_faar_rettede_kapitler(aftaler, adgang):
    aftaler.tekst.kapitler.filter(noegle__in=["forord", "bilag"]).update(indhold="<p>Nyt</p>")
    assert skridt(adgang(Rolle.SEKRETARIAT)) == [(2, "kapitler rettet siden seneste udgave af Prøveaftale 2023-2024")]


@pytest.mark.parametrize("rolle", [Rolle.DAS_MEDLEM, Rolle.FU_MEDLEM, Rolle.KKR_LAESER])
def test_udvalgene_faar_den_nyeste_at_laese(aftaler, adgang, rolle):
    assert skridt(adgang(rolle)) == [(1, "aftale at læse: Prøveaftale 2023-2024")]


def test_udkast_er_for_dem_der_kommenterer(aftaler, adgang):
    UdkastFactory(periode="2025-2026")
    assert (1, "udkast at læse: Prøveaftale 2025-2026") in skridt(adgang(Rolle.KOMMUNE_MYNDIGHED))
    assert len(skridt(adgang(Rolle.KKR_LAESER))) == 1


def test_andre_faar_intet(aftaler, adgang):
    assert skridt(Adgang()) == []
    assert skridt(adgang(Rolle.DRIFTSHERRE_INDBERETTER)) == []
    assert list(panel.kommende(adgang(Rolle.DRIFTSHERRE_INDBERETTER), I_DAG)) == []


def test_hvornaar_aftalen_udloeber(organisationer, adgang):
    lav_offentliggjort(periode="2025-2026")
    assert [(k.dato, k.tekst) for k in panel.kommende(adgang(Rolle.KKR_LAESER), I_DAG)] == [
        (dt.date(2026, 12, 31), "Prøveaftale 2025-2026 udløber")
    ]
    assert list(panel.kommende(adgang(Rolle.KKR_LAESER), dt.date(2027, 1, 1))) == []
