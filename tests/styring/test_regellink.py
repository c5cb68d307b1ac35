"""Rule numbers lead to the handbook of the year, in one query; nothing changes where there is no handbook."""

import pytest
from django.db import connection
from django.template import RequestContext, engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from socialaftale.aftale.styring.opslag import afsnit_for_regler
from socialaftale.kerne import haandbog
from tests.styring.factories import StyringsaftaleFactory, lav_gaeldende

pytestmark = pytest.mark.django_db


def trykt(kilde: str, aar: int | None = None, **kontekst) -> str:
    request = RequestFactory().get("/")
    if aar:
        haandbog.saet_aar(request, aar)
    skabelon = engines["django"].from_string("{% load regler %}" + kilde)
    return skabelon.template.render(RequestContext(request, kontekst))


def test_uden_haandbog_staar_tallet_som_det_er():
    StyringsaftaleFactory(aar=2030)
    assert trykt("Regel {% regel nr %}", nr="T17", aar=2030) == "Regel T17"
    assert trykt("{% regel nr %}", nr="") == ""
    assert trykt("{% regel nr %}", nr="–") == "–"
    assert trykt("{% regel nr %}", nr="<b>T17") == "&lt;b&gt;T17"


@pytest.mark.regel("T17")
def test_numre_bliver_til_links():
    lav_gaeldende(aar=2030)
    link = '<a class="regellink" href="/styringsaftale/2030/#{}">{}</a>'.format
    resultat, belaegning = "resultat", "belaegning"
    assert trykt("{% regel nr %}", nr="T22-T25, T99", aar=2030) == (
        f"{link(resultat, 'T22')}-{link(resultat, 'T25')}, T99"
    )
    assert trykt("{% regel nr 2030 %}", nr="T18") == link(belaegning, "T18")


def test_aaret_bestemmer_haandbogen():
    lav_gaeldende(aar=2030)
    lav_gaeldende(aar=2032)
    StyringsaftaleFactory(aar=2033)
    fundne = {
        aar: (afsnit_for_regler(aar).get("T17") or "").partition("#")[0] for aar in (2029, 2030, 2031, 2035, None)
    }
    assert fundne == {
        2029: "",
        2030: "/styringsaftale/2030/",
        # It holds until the next begins.
        2031: "/styringsaftale/2030/",
        2035: "/styringsaftale/2032/",
        None: "/styringsaftale/2032/",
    }


def test_et_opslag_for_hele_siden():
    lav_gaeldende(aar=2030)
    with CaptureQueriesContext(connection) as opslag:
        trykt("{% for nr in numre %}{% regel nr %}{% endfor %}", numre=["T17", "T22", "T25"] * 20, aar=2030)
    assert len(opslag) == 1
    with CaptureQueriesContext(connection) as opslag:
        trykt("{% regel nr %}", nr="–")
    assert len(opslag) == 0


def test_delene_af_en_side_deler_opslaget():
    """The calculation component is included on its own, without the page's variables."""
    lav_gaeldende(aar=2030)
    kilde = '{% include "komponenter/beregning.html" with formel="a" regel="T17, T22" only %}'
    with CaptureQueriesContext(connection) as opslag:
        side = trykt(kilde * 3, aar=2030)
    assert side.count('href="/styringsaftale/2030/#belaegning"') == 3
    assert len(opslag) == 1


def test_regelsaettets_side_foerer_til_aarets_afsnit(client):
    aftale = lav_gaeldende(aar=2030)
    side = client.get(aftale.regelsaet.get_absolute_url()).content.decode()
    assert '<a class="regellink" href="/styringsaftale/2030/#belaegning">T17</a>' in side
