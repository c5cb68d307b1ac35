"""Tariffs and accounts on the page of a tilbud."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from takster import tilbudssektioner
from takster.enums import Aartype
from takster.models import Regnskab, Takstniveaupris
from tests.takster.factories import TakstFactory, TilbudFactory, YdelseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tilbud(organisationer):
    return TilbudFactory(driftsherre=organisationer["aalborg"])


def lav_regnskab(tilbud, aar, **felter) -> Regnskab:
    return Regnskab.objects.create(tilbud=tilbud, aar=aar, aartype=Aartype.REALISERET, kilde="Årsrapport", **felter)


def side(klient, tilbud) -> str:
    return klient.get(tilbud.get_absolute_url()).text.replace("\u00a0", " ")


def test_nyeste_aar_foerst_og_de_andre_foldet(tilbud, client):
    ydelse = YdelseFactory(tilbud=tilbud, navn="Døgn")
    for aar, takst in ((2024, "2100.00"), (2026, "2249.46"), (2025, "2200.50")):
        TakstFactory(ydelse=ydelse, aar=aar, takst=Decimal(takst), er_eksempel=True)
    TakstFactory(ydelse=YdelseFactory(tilbud=tilbud, navn="Aflastning"), aar=2026)
    TakstFactory(aar=2026, ydelse_navn="En andens")
    tekst = side(client, tilbud)
    nyeste, tidligere = tekst.split('<h2 id="takster">')[1].split("<details", 1)
    adresse = reverse("takster:takst", args=[2026, tilbud.slug, ydelse.slug])
    assert f'<a href="{adresse}">Døgn, 2026</a></dt><dd>2.249,46 kr. pr. døgn' in nyeste
    assert nyeste.index("Aflastning") < nyeste.index("Døgn")
    assert "Eksempeltal" in nyeste
    assert "Takster fra tidligere år (2)" in tidligere
    assert tidligere.index("2025") < tidligere.index("2024")
    assert "En andens" not in tekst


def test_uden_takster_og_regnskaber_er_der_ingen_afsnit(tilbud, client):
    tekst = side(client, tilbud)
    assert 'id="takster"' not in tekst
    assert 'id="regnskaber"' not in tekst


def test_kun_regnskaber_laeseren_maa_se(tilbud, client, log_ind):
    lav_regnskab(tilbud, 2019, offentliggjort=True)
    lav_regnskab(tilbud, 2020)
    adresse = reverse("takster:regnskab", args=[tilbud.slug])
    assert f'<a href="{adresse}">2019</a>' in side(client, tilbud)
    assert f'<a href="{adresse}">2020, 2019</a>' in side(log_ind(Rolle.SEKRETARIAT), tilbud)
    assert client.get(adresse).status_code == 200


def test_et_opslag_for_hvert_afsnit(tilbud, django_assert_num_queries):
    for nummer in range(3):
        TakstFactory(ydelse=YdelseFactory(tilbud=tilbud), aar=2024 + nummer)
        lav_regnskab(tilbud, 2019 + nummer, offentliggjort=True)
    for sektion in (tilbudssektioner.takster, tilbudssektioner.regnskaber):
        with django_assert_num_queries(1):
            skabelon, kontekst = sektion(tilbud, Adgang())
            assert render_to_string(skabelon, kontekst)


def test_siden_holder_sig_under_femten_opslag(tilbud, log_ind, django_assert_max_num_queries):
    TakstFactory(ydelse=YdelseFactory(tilbud=tilbud))
    lav_regnskab(tilbud, 2019, offentliggjort=True)
    klient = log_ind(Rolle.SEKRETARIAT)
    with django_assert_max_num_queries(15):
        side(klient, tilbud)


class TestStoettetimer:
    """T38, T49: the direct support a tariff contains stands where the ydelse is described."""

    @staticmethod
    def med_niveauer(tilbud):
        ydelse = YdelseFactory(tilbud=tilbud, navn="Trappe", taksttype="differentieret")
        takst = TakstFactory(ydelse=ydelse, taksttype="differentieret", stoettetimer=Decimal("22.00"))
        for nr, navn, timer in ((1, "Let", "10.50"), (2, "Stor", "1.00")):
            Takstniveaupris.objects.create(
                takst=takst, nr=nr, navn=navn, pladser=5, stoettetimer=Decimal(timer), pris=100, i_alt=200
            )
        return takst

    @pytest.mark.regel("T49", "T38")
    def test_hvert_niveau_paa_tilbuddets_og_ydelsens_side(self, tilbud, client):
        takst = self.med_niveauer(tilbud)
        for objekt in (tilbud, takst.ydelse):
            tekst = side(client, objekt)
            assert "Niveau 1, Let: 10,5 direkte støttetimer om ugen" in tekst
            assert "Niveau 2, Stor: 1 direkte støttetime om ugen" in tekst

    @pytest.mark.regel("T49", "T38")
    def test_gennemsnittet_for_en_gennemsnitstakst(self, tilbud, client):
        takst = TakstFactory(ydelse=YdelseFactory(tilbud=tilbud), stoettetimer=Decimal("25.00"))
        for objekt in (tilbud, takst.ydelse):
            assert "25 direkte støttetimer om ugen i gennemsnit" in side(client, objekt)

    @pytest.mark.regel("T49")
    def test_den_der_kan_rette_det_ser_at_timerne_mangler(self, tilbud, client, log_ind):
        takst = TakstFactory(ydelse=YdelseFactory(tilbud=tilbud), stoettetimer=None)
        egen = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        for objekt in (tilbud, takst.ydelse):
            assert "Direkte støttetimer mangler" in side(egen, objekt)
            assert "Direkte støttetimer mangler" not in side(client, objekt)

    @pytest.mark.regel("T49")
    @pytest.mark.parametrize("taksttype", ["grund", "tillaeg", "individuel"])
    def test_de_andre_typer_har_ingen_stoettetimer(self, tilbud, log_ind, taksttype):
        takst = TakstFactory(ydelse=YdelseFactory(tilbud=tilbud, taksttype=taksttype), taksttype=taksttype)
        assert "støttetimer" not in side(log_ind(Rolle.SEKRETARIAT), takst.ydelse)

    def test_faste_opslag(self, tilbud, django_assert_num_queries):
        takst = self.med_niveauer(tilbud)
        for nummer in range(3):
            TakstFactory(ydelse=YdelseFactory(tilbud=tilbud), aar=2026 - nummer)
        with django_assert_num_queries(2):
            assert render_to_string(*tilbudssektioner.takster(tilbud, Adgang()))
        with django_assert_num_queries(2):
            assert render_to_string(*tilbudssektioner.ydelsens_takst(takst.ydelse, Adgang()))

    def test_ydelsen_uden_takst_har_intet_afsnit(self, tilbud, client):
        ydelse = YdelseFactory(tilbud=tilbud)
        assert 'id="takst"' not in side(client, ydelse)
        TakstFactory(ydelse=ydelse)
        assert 'id="takst"' in side(client, ydelse)
        ydelse.finansieringsform, ydelse.finansieringsgrunde = "objektiv", ["anonym"]
        ydelse.save()
        assert 'id="takst"' not in side(client, ydelse)
