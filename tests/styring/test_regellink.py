"""Rule numbers lead to the handbook of the year, in one query; nothing changes where there is no handbook."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.template import RequestContext, engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from socialaftale.aftale.styring.opslag import afsnit_for_regler
from socialaftale.kerne import haandbog
from socialaftale.kerne.enums import Rolle
from takster.enums import Skematilstand
from tests.styring.factories import StyringsaftaleFactory, lav_gaeldende
from tests.takster.factories import IndberetningFactory, RundeFactory, SkemaFactory, YdelseFactory

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


def test_en_ny_haandbog_ses_med_det_samme(django_capture_on_commit_callbacks):
    """What a process remembers is forgotten when a styringsaftale is put in force."""
    assert trykt("{% regel nr %}", nr="T17", aar=2030) == "T17"
    with django_capture_on_commit_callbacks(execute=True):
        lav_gaeldende(aar=2030)
    assert 'href="/styringsaftale/2030/#belaegning"' in trykt("{% regel nr %}", nr="T17", aar=2030)


@pytest.mark.regel("T17")
@pytest.mark.parametrize("side", ["skema", "skema_indsend", "skema_gennemgaa"])
def test_fund_i_et_takstskema_foerer_til_aarets_afsnit(log_ind, organisationer, side):
    """A finding names its rule, and the number leads to the handbook of the form's year."""
    lav_gaeldende(aar=2026)
    lav_gaeldende(aar=2029)
    runde = RundeFactory(frist=timezone.localdate() + dt.timedelta(days=10))
    egen = IndberetningFactory(runde=runde, driftsherre=organisationer["aalborg"])
    skema = SkemaFactory(
        udfyldt=True,
        indberetning=egen,
        ydelse=YdelseFactory(tilbud__driftsherre=egen.driftsherre),
        tilstand=Skematilstand.KLADDE if side == "skema_indsend" else Skematilstand.INDSENDT,
        belaegning_pct=Decimal(80),
    )
    rolle = Rolle.DRIFTSHERRE_GODKENDER if side == "skema_indsend" else Rolle.SEKRETARIAT
    svar = log_ind(rolle).get(reverse(f"takster:{side}", kwargs={"pk": skema.pk}))
    assert svar.status_code == 200
    assert '<a class="regellink" href="/styringsaftale/2026/#belaegning">T17</a>' in svar.content.decode()
