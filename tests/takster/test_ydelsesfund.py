"""What the driftsherre's page says about ydelser that lack something (T10, T32, T34, T36)."""

from __future__ import annotations

import pytest

from socialaftale.kerne.enums import Rolle
from takster.beregning.regelsaet import STANDARDREGLER
from takster.ydelsesfund import ydelsesfund
from tests.takster.factories import IndberetningFactory, TakstFactory, TilbudFactory, YdelseFactory
from tests.takster.taelling import kraev_fast_antal

pytestmark = pytest.mark.django_db


@pytest.fixture
def aalborg(organisationer):
    return organisationer["aalborg"]


@pytest.fixture
def tilbud(aalborg):
    return TilbudFactory(driftsherre=aalborg, maalgruppe="Voksne")


def regler(driftsherre) -> list[str]:
    return [fund.regel for fund in ydelsesfund(driftsherre.pk, 2027, STANDARDREGLER)]


@pytest.mark.regel("T34")
def test_et_tillaeg_kraever_en_gennemsnitstakst_i_afdelingen(aalborg, tilbud):
    YdelseFactory(tilbud=tilbud, afdeling="Hus A")
    tillaeg = YdelseFactory(tilbud=tilbud, afdeling="Hus B", taksttype="tillaeg")
    fund = ydelsesfund(aalborg.pk, 2027, STANDARDREGLER)
    assert [(et.regel, et.tekst) for et in fund] == [
        ("T34", "Der mangler en gennemsnitstakst for målgruppen Voksne i Hus B")
    ]
    tillaeg.afdeling = "Hus A"
    tillaeg.save()
    assert regler(aalborg) == []


@pytest.mark.regel("T34")
def test_en_egen_maalgruppe_kraever_sin_egen_gennemsnitstakst(aalborg, tilbud):
    YdelseFactory(tilbud=tilbud, maalgruppe="Unge")
    YdelseFactory(tilbud=tilbud, maalgruppe="Ældre", taksttype="tillaeg")
    assert regler(aalborg) == ["T34"]
    YdelseFactory(tilbud=tilbud, maalgruppe="Ældre")
    assert regler(aalborg) == []


@pytest.mark.regel("T34")
def test_en_trappe_eller_en_driftsherre_uden_gennemsnit_mangler_intet(aalborg, tilbud):
    YdelseFactory(tilbud=tilbud, taksttype="tillaeg")
    assert regler(aalborg) == []
    YdelseFactory(tilbud=TilbudFactory(driftsherre=aalborg))
    assert regler(aalborg) == ["T34"]
    YdelseFactory(tilbud=tilbud, taksttype="differentieret")
    assert regler(aalborg) == []


@pytest.mark.regel("T32", "T33")
def test_beskrivelsen_mangler_undtagen_ved_individuelle_takster(aalborg, tilbud):
    YdelseFactory(tilbud=tilbud, beskrivelse="")
    YdelseFactory(tilbud=tilbud, beskrivelse="", taksttype="individuel")
    assert regler(aalborg) == ["T32"]


@pytest.mark.regel("T36")
def test_to_grundtakster_i_en_afdeling(aalborg, tilbud):
    YdelseFactory(tilbud=tilbud, taksttype="grund")
    YdelseFactory(tilbud=tilbud, taksttype="differentieret")
    assert regler(aalborg) == ["T36"]


@pytest.mark.regel("T10")
def test_anden_finansiering_uden_afgoerelse(aalborg, tilbud):
    ydelse = YdelseFactory(tilbud=tilbud, finansieringsform="abonnement", finansieringsgrunde=["anonym"])
    assert regler(aalborg) == ["T10"]
    ydelse.finansieringsafgoerelse = "DAS 21.08.2026"
    ydelse.save()
    assert regler(aalborg) == []


@pytest.mark.regel("T49")
def test_den_nyeste_takst_skal_vise_stoettetimer(aalborg, tilbud):
    ydelse = YdelseFactory(tilbud=tilbud, taksttype="differentieret")
    assert regler(aalborg) == []
    TakstFactory(ydelse=ydelse, aar=2025, taksttype="differentieret", stoettetimer=22)
    assert regler(aalborg) == []
    TakstFactory(ydelse=ydelse, aar=2026, taksttype="differentieret", stoettetimer=None)
    TakstFactory(ydelse=ydelse, aar=2028, taksttype="differentieret", stoettetimer=22)
    (fund,) = ydelsesfund(aalborg.pk, 2027, STANDARDREGLER)
    assert (fund.regel, fund.url) == ("T49", ydelse.get_absolute_url())
    assert "2026" in fund.tekst


@pytest.mark.regel("T34")
def test_siden_viser_fundet_med_vejen_til_ydelsen(log_ind, aalborg, tilbud):
    ydelse = YdelseFactory(tilbud=tilbud, beskrivelse="")
    egen = IndberetningFactory(driftsherre=aalborg)
    svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(egen.get_absolute_url())
    assert "Ydelser, der mangler noget" in svar.text
    assert ydelse.get_absolute_url() in svar.text


def test_mange_fund_vises_en_side_ad_gangen(log_ind, aalborg, tilbud):
    for nr in range(30):
        YdelseFactory(tilbud=tilbud, beskrivelse="", navn=f"Ydelse {nr}", raekkefoelge=nr)
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
    adresse = IndberetningFactory(driftsherre=aalborg).get_absolute_url()
    sider = [klient.get(adresse, {"fund": side}) for side in (1, 2)]
    viste = [[fund.tekst for fund in svar.context["ydelsesfund"]] for svar in sider]
    assert [len(fund) for fund in viste] == [25, 5]
    assert not set(viste[0]) & set(viste[1])
    assert 'href="?fund=2"' in sider[0].text


def test_fast_antal_foresporgsler(log_ind, aalborg):
    egen = IndberetningFactory(driftsherre=aalborg)
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)

    def lav(antal: int) -> None:
        for _ in range(antal):
            YdelseFactory(tilbud=TilbudFactory(driftsherre=aalborg), beskrivelse="")

    kraev_fast_antal(lambda: klient.get(egen.get_absolute_url()), lav)
