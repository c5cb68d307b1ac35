"""The secretariat's page for the balance of a transferred tilbud (T50)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from takster.beregning.koder import Renteart
from takster.models import Rentesats
from tests.takster.factories import RegelsaetFactory
from tests.takster.taelling import HOEJST, forespoergsler

pytestmark = [pytest.mark.django_db, pytest.mark.regel("T50")]


@pytest.fixture
def hent(log_ind):
    klient = log_ind(Rolle.SEKRETARIAT)
    return lambda **felter: klient.get(reverse("takster:overdragelse", query=felter))


@pytest.fixture
def rente(db):
    return Rentesats.objects.create(aar=2027, art=Renteart.OVERDRAGELSE, pct=Decimal(3), kilde="Prøvens rente")


def test_kontant_beloeb_med_rente_fra_tabellen_og_aar_fra_reglerne(hent, rente):
    regelsaet = RegelsaetFactory()
    regelsaet.saet_graense("overdragelse_annuitet_aar", 4, regel="T50", kilde="Prøve")
    regelsaet.save()
    svar = hent(aar="2027", bygninger="2.000.000", pensioner="3.000.000,00")
    tekst = svar.text.replace("\u00a0", " ")
    assert svar.status_code == 200
    assert "Forskellen afregnes med et kontant beløb" in tekst
    assert "1.000.000,00 kr." in tekst
    assert "over 4 år som en annuitet med 3 % i rente" in tekst
    assert "269.027,05 kr." in tekst
    assert "Sådan er tallet beregnet" in tekst
    assert "Prøvens rente" in tekst
    assert [aar.aar for aar in svar.context["fundet"].annuitet] == [2028, 2029, 2030, 2031]


def test_laan_kraever_ingen_rente(hent):
    svar = hent(aar="2027", grunde="700.000", laan="200.000")
    assert "Forskellen afregnes med et lån" in svar.text
    assert "500.000,00\u00a0kr." in svar.text


@pytest.mark.parametrize(
    ("felter", "maal"),
    [
        ({"aar": "2027", "laan": "100"}, "id_aar"),
        ({"aar": "", "laan": "100"}, "id_aar"),
        ({"aar": "2027"}, "id_grunde"),
        ({"aar": "2027", "udstyr": "-5"}, "id_udstyr"),
        ({"aar": "2027", "udstyr": "1.23"}, "id_udstyr"),
    ],
)
def test_det_der_mangler_staar_ved_feltet(hent, felter, maal):
    svar = hent(**felter)
    assert svar.status_code == 422
    assert svar.context["fejl"][0].maal == maal
    assert svar.context["fundet"] is None
    for navn, vaerdi in felter.items():
        assert f'value="{vaerdi}"' in svar.text or not vaerdi, navn


def test_kun_sekretariatet_og_faa_opslag(hent, rente, log_ind):
    svar = hent()
    assert (svar.status_code, svar.context["fundet"], svar.context["fejl"]) == (200, None, [])
    assert forespoergsler(lambda: hent(aar="2027", laan="100")) <= HOEJST
    assert log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(reverse("takster:overdragelse")).status_code == 403
