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
from takster.models import Regnskab
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
