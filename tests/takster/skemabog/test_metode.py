"""The overhead method in the workbook (T55): read back, shown before it is saved, and never over a colleague's."""

from __future__ import annotations

import pytest

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from takster.enums import Skemabogstilstand
from takster.handlinger.runder import ret_metode
from tests.takster.conftest import EFTER_FRISTEN
from tests.takster.skemabog.hjaelp import aabn, celle, hent_data, luk, url

pytestmark = [pytest.mark.django_db, pytest.mark.regel("T55")]
GAMMEL = "Fordeles efter antal årsværk i centralforvaltningen."
NY = "Fordeles efter pladser.\nLøn efter lønsedler."
A10 = "A10 Øverste ledelse (kr.)"


@pytest.fixture
def kollega(adgang):
    return adgang(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER)


@pytest.fixture
def gem(klient, indberetning, django_capture_on_commit_callbacks):
    def lav(bog, **valg: str):
        with django_capture_on_commit_callbacks(execute=True):
            svar = klient.post(url(indberetning, "skemabog_gem", pk=bog.pk), valg)
        bog.refresh_from_db()
        indberetning.refresh_from_db()
        return svar

    return lav


def med_metode(data: bytes, tekst, **andet) -> bytes:
    bog = aabn(data)
    assert bog["Fælles"]["A4"].value == "Metode for andel af central administration"
    bog["Fælles"]["B4"].value = tekst
    for egenskab, vaerdi in andet.items():
        setattr(bog["Fælles"]["B4"], egenskab, vaerdi)
    return luk(bog)


def test_den_staar_i_bogen_og_kan_skrives(data):
    cellen = aabn(data)["Fælles"]["B4"]
    assert (cellen.value, cellen.protection.locked) == (GAMMEL, False)


def test_vises_foer_den_gemmes_og_logges(data, send, gem, klient, indberetning):
    _, bog = send(med_metode(data, NY))
    assert bog.resultat["aendringer"] == []
    indberetning.refresh_from_db()
    assert indberetning.overhead_metode == GAMMEL
    side = klient.get(bog.get_absolute_url()).content.decode()
    assert "Intet er gemt endnu" in side
    assert "Løn efter lønsedler." in side
    gem(bog)
    assert (bog.tilstand, indberetning.overhead_metode, indberetning.version) == (Skemabogstilstand.GEMT, NY, 2)
    assert Haendelse.objects.for_objekt(indberetning).get(handling="overhead_metode").data == {"foer": GAMMEL}


def test_uaendret_er_uaendret(data, send):
    _, bog = send(data)
    assert (bog.resultat["metode"], bog.resultat["noter"]) == (None, [])


def test_en_tekst_der_ligner_en_formel_er_en_tekst(klient, indberetning, skema, send):
    indberetning.overhead_metode = "=HYPERLINK(1)"
    indberetning.save()
    data = hent_data(klient, indberetning)
    assert aabn(data)["Fælles"]["B4"].data_type == "s"
    _, bog = send(data)
    assert bog.resultat["metode"] is None


def test_kun_kollegaens_aendring_bliver_staaende(data, send, gem, indberetning, kollega, skema):
    ret_metode(indberetning, adgang=kollega, metode="Kollegaens", version=1)
    bog = aabn(data)
    celle(bog, A10, skema).value = 1
    _, fil = send(luk(bog))
    assert fil.resultat["metode"] is None
    gem(fil)
    assert (fil.tilstand, indberetning.overhead_metode) == (Skemabogstilstand.GEMT, "Kollegaens")


@pytest.mark.parametrize(("valg", "ventet"), [("deres", "Kollegaens"), ("filens", NY)])
def test_begge_har_aendret_den(valg, ventet, data, send, gem, indberetning, kollega, klient):
    ret_metode(indberetning, adgang=kollega, metode="Kollegaens", version=1)
    _, bog = send(med_metode(data, NY))
    svar = gem(bog)
    assert svar.status_code == 422
    assert "Vælg, hvilke værdier der skal gælde for Metode for andel" in svar.content.decode()
    gem(bog, valg_metode=valg)
    assert (bog.tilstand, indberetning.overhead_metode) == (Skemabogstilstand.GEMT, ventet)
    assert (NY in klient.get(bog.get_absolute_url()).content.decode().replace("<br>", "\n")) == (valg == "filens")


def test_kollegaen_gemmer_efter_at_aendringen_er_vist(data, send, gem, indberetning, kollega, skema):
    fil = aabn(med_metode(data, NY))
    celle(fil, A10, skema).value = 1
    _, bog = send(luk(fil))
    ret_metode(indberetning, adgang=kollega, metode="Kollegaens", version=1)
    gem(bog)
    skema.refresh_from_db()
    assert (bog.tilstand, indberetning.overhead_metode, skema.version) == (Skemabogstilstand.KLAR, "Kollegaens", 1)
    assert bog.resultat["metode"]["er_konflikt"]
    gem(bog, valg_metode="filens")
    skema.refresh_from_db()
    assert (indberetning.overhead_metode, skema.version) == (NY, 2)


@pytest.mark.parametrize(
    ("tekst", "besked"),
    [
        (None, "Beskriv, hvordan andelen beregnes"),
        ("x" * 2001, "må højst fylde 2000 tegn"),
        ("=1+1", "Formlen er ikke regnet ud"),
    ],
    ids=["tom", "for lang", "formel uden resultat"],
)
def test_daarlige_metoder_naevnes_med_sted(tekst, besked, data, send, klient):
    _, bog = send(med_metode(data, tekst))
    assert bog.tilstand == Skemabogstilstand.AFVIST
    (fejl,) = bog.resultat["fejl"]
    assert besked in fejl["besked"]
    assert (fejl["ark"], fejl["raekke"], fejl["kolonne"]) == ("Fælles", 4, "B")
    assert "Fælles, række 4, kolonne B" in klient.get(bog.get_absolute_url()).content.decode()


def test_uden_arket_aendres_intet_og_det_siges(data, send):
    bog = aabn(data)
    bog.remove(bog["Fælles"])
    _, fil = send(luk(bog))
    assert fil.resultat["fejl"] == []
    assert any("Arket Fælles har ingen metode" in note for note in fil.resultat["noter"])


def test_flyttet_ned_laeses_stadig(data, send):
    bog = aabn(data)
    bog["Fælles"].insert_rows(1, 5)
    bog["Fælles"]["B9"].value = NY
    _, fil = send(luk(bog))
    assert fil.resultat["metode"]["efter"] == NY


def test_efter_fristen_er_den_laast(data, indberetning, skema, log_ind, send, ur):
    ur.move_to(EFTER_FRISTEN)
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
    assert aabn(hent_data(klient, indberetning))["Fælles"]["B4"].protection.locked
    _, bog = send(med_metode(data, NY), som=klient)
    assert "Indberetningen er lukket" in bog.resultat["fejl"][0]["besked"]
