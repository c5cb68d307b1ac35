"""The installation's row is read once per request, and again in the next."""

import time

from socialaftale.kerne.hukommelse import forespoergslens_hukommelse
from socialaftale.kerne.models import Opsaetning, opsaetning
from socialaftale.kerne.models.opsaetning import HUSKES_SEKUNDER


def test_laeses_en_gang_og_igen_naar_den_er_gammel_eller_gemt(organisationer, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(opsaetning, "HUSKES_SEKUNDER", HUSKES_SEKUNDER)
    with django_assert_num_queries(1):
        assert Opsaetning.hent() is Opsaetning.hent()
    senere = time.monotonic() + HUSKES_SEKUNDER + 1
    monkeypatch.setattr(time, "monotonic", lambda: senere)
    with django_assert_num_queries(1):
        Opsaetning.hent()
    fundet = Opsaetning.objects.get()
    fundet.navn = "Rettet"
    fundet.save()
    assert Opsaetning.hent().navn == "Rettet"


def test_en_aendring_ses_i_naeste_forespoergsel(organisationer, client):
    client.get("/")
    Opsaetning.objects.update(sekretariat_telefon="11 22 33 44")
    Opsaetning.glem()
    assert "11 22 33 44" in client.get("/").text


def test_uden_raekke_huskes_den_neutrale(db, django_assert_num_queries):
    with django_assert_num_queries(1), forespoergslens_hukommelse():
        assert Opsaetning.hent().navn == Opsaetning.hent().navn == "Socialaftale"
