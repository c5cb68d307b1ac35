"""The stated buyers against the places the tariff is calculated to be sold in (T8)."""

from decimal import Decimal

import pytest

from takster.beregning.koder import Grad
from takster.beregning.koeberkontrol import forventet_maengde, kontroller_koebere, maengdeord
from takster.beregning.regelsaet import Regler

pytestmark = pytest.mark.regel("T8")


def fund(*maengder, kapacitet="10", pct="95", enhed="doegn", regler=None):
    return kontroller_koebere(
        [Decimal(maengde) for maengde in maengder],
        enhed=enhed,
        kapacitet=Decimal(kapacitet) if kapacitet else None,
        belaegning_pct=Decimal(pct) if pct else None,
        regler=regler or Regler(),
    )


def test_ikke_spurgt():
    assert kontroller_koebere(None, enhed="doegn", kapacitet=None, belaegning_pct=None, regler=Regler()) == []


def test_ingen_koebere():
    (et,) = fund()
    assert (et.kode, et.grad, et.regel, et.blokerer) == ("koebere_mangler", Grad.ADVARSEL, "T8", False)


@pytest.mark.parametrize(("koebt", "advarer"), [("8.54", True), ("8.55", False), ("10.45", False), ("10.46", True)])
def test_graensen_er_ti_procent_til_begge_sider(koebt, advarer):
    assert [et.kode for et in fund("3", Decimal(koebt) - 3)] == (["koebere_afviger"] if advarer else [])


def test_graensen_er_data():
    assert fund("9", regler=Regler(koebere_afvigelse_pct=Decimal(1)))
    assert not fund("9.5", regler=Regler(koebere_afvigelse_pct=Decimal(0)))


def test_teksten_siger_hvor_meget():
    (et,) = fund("1200", kapacitet="2000", enhed="time")
    assert "1.200 timer" in et.tekst
    assert "1.900" in et.tekst


@pytest.mark.parametrize(("kapacitet", "pct"), [(None, "95"), ("10", None)])
def test_uden_kapacitet_eller_belaegning_siges_intet(kapacitet, pct):
    assert fund("3", kapacitet=kapacitet, pct=pct) == []


def test_ord_og_forventet():
    assert [maengdeord(enhed) for enhed in ("doegn", "dag", "time", "enhed")] == [
        "helårspladser",
        "helårspladser",
        "timer",
        "enheder",
    ]
    assert forventet_maengde(Decimal(10), Decimal("97.5")) == Decimal("9.75")
