"""The frame: header for each kind of reader, footer, error pages that work when all else fails, static files."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import run_checks
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from socialaftale.kerne.enums import Rolle


def test_500_og_400_uden_kontekst_og_database():
    """No `db` fixture: a query would fail the test."""
    for skabelon in ("500.html", "400.html"):
        html = render_to_string(skabelon)
        assert "Det kan du gøre" in html
        assert "referencen" not in html
        assert "ab12cd34" in render_to_string(skabelon, {"reference": "ab12cd34"})


@pytest.mark.parametrize("skabelon", ["403.html", "404.html", "422.html", "429.html", "403_csrf.html"])
def test_fejlsider_peger_videre(skabelon, organisationer, rf):
    request = rf.get("/x/")
    html = render_to_string(skabelon, {"reference": "ab12cd34"}, request)
    assert "ab12cd34" in html
    assert "<h1>" in html
    assert "sekretariat" in html.lower()
    assert "referencen" not in render_to_string(skabelon, {}, request)


def test_ukendt_adresse_giver_siden_i_rammen(client, organisationer):
    svar = client.get("/findes-ikke/")
    assert svar.status_code == 404
    assert "Siden findes ikke" in svar.text
    assert svar.headers["X-Reference"] in svar.text


def test_forespoergsel_uden_gyldigt_maerke(organisationer):
    klient = Client(enforce_csrf_checks=True)
    svar = klient.post(reverse("account_login"), {"login": "x"})
    assert svar.status_code == 403
    assert "Formularen er for gammel" in svar.text


def test_anonym_ramme(client, organisationer):
    html = client.get("/").text
    assert '<html lang="da">' in html
    assert 'class="skipnav" href="#indhold"' in html
    assert '<main id="indhold" tabindex="-1"' in html
    assert "Log på" in html
    assert "Log af" not in html
    assert 'id="session"' not in html
    for tekst in ("Tilgængelighedserklæring", "Privatlivspolitik og cookies", "Vejledning", "mailto:"):
        assert tekst in html


def test_indlogget_ramme(log_ind):
    html = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get("/").text
    assert "Aalborg, driftsherre" in html
    assert html.count(f'action="{reverse("account_logout")}"') >= 2
    assert f'data-session="{settings.SESSION_COOKIE_AGE}"' in html
    assert "<noscript>" in html
    assert "Skift rolle" not in html


def test_log_af_kraever_post(log_ind):
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
    assert "Log af" in klient.get(reverse("account_logout")).text
    assert "Log af" in klient.get("/").text
    klient.post(reverse("account_logout"))
    assert "Log på" in klient.get("/").text


def test_demomaerke_kun_i_demo(client, organisationer, settings):
    assert "Demo – eksempeldata" not in client.get("/").text
    settings.DEMO = True
    assert "Demo – eksempeldata" in client.get("/").text


@pytest.mark.parametrize(
    ("navn", "argumenter"),
    [
        ("account_login", ()),
        ("account_reset_password", ()),
        ("account_reset_password_done", ()),
        ("account_reset_password_from_key", ("1", "x")),
    ],
)
def test_log_paa_sider_er_danske(client, organisationer, navn, argumenter):
    html = client.get(reverse(navn, args=argumenter)).text
    assert "<h1>" in html
    for engelsk in ("Sign In", "Password", "Forgot", "Token"):
        assert engelsk not in html


def test_udloebet_log_paa_forklares(client, organisationer):
    assert "fordi siden ikke har været brugt" in client.get(reverse("account_login"), {"udloebet": "1"}).text


@pytest.mark.parametrize("navn", ["account_change_password", "mfa_index", "account_logout"])
def test_min_konto(log_ind, navn):
    svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(reverse(navn))
    assert svar.status_code == 200
    assert "<h1>" in svar.text


def test_kun_det_af_dkfds_en_side_kan_bede_om():
    stier = {f"{lager.prefix}/{sti}" for finder in get_finders() for sti, lager in finder.list([]) if lager.prefix}
    assert {"dkfds/css/dkfds.min.css", "dkfds/css/dkfds.min.css.map", "dkfds/js/dkfds.min.js"} <= stier
    assert "dkfds/img/all-svg-icons.svg" in stier
    assert not {sti for sti in stier if "dkfds-virkdk" in sti or "dkfds-borgerdk" in sti or sti.endswith(".otf")}
    skrifter = "dkfds/fonts/IBMPlexSans/complete"
    assert {f"{skrifter}/woff2/IBMPlexSans-Regular.woff2", f"{skrifter}/eot/IBMPlexSans-Regular.eot"} <= stier
    assert not {sti for sti in stier if "Thin" in sti or "-Light" in sti}


def test_manglende_dkfds_er_en_fejl_med_vejen_frem(settings, tmp_path):
    assert run_checks(tags=["staticfiles"]) == []
    settings.DKFDS = tmp_path
    (fejl,) = run_checks(tags=["staticfiles"])
    assert fejl.msg == "node_modules/dkfds mangler; kør ./run demo"
