"""The installation's row is read once per request, and again in the next."""

from socialaftale.kerne.hukommelse import forespoergslens_hukommelse
from socialaftale.kerne.models import Opsaetning


def test_laeses_en_gang_i_en_forespoergsel_og_hver_gang_udenfor(organisationer, django_assert_num_queries):
    with django_assert_num_queries(1), forespoergslens_hukommelse():
        assert Opsaetning.hent() is Opsaetning.hent()
    with django_assert_num_queries(2):
        assert Opsaetning.hent() == Opsaetning.hent()


def test_en_aendring_ses_i_naeste_forespoergsel(organisationer, client):
    client.get("/")
    Opsaetning.objects.update(sekretariat_telefon="11 22 33 44")
    Opsaetning.glem()
    assert "11 22 33 44" in client.get("/").text


def test_uden_raekke_huskes_den_neutrale(db, django_assert_num_queries):
    with django_assert_num_queries(1), forespoergslens_hukommelse():
        assert Opsaetning.hent().navn == Opsaetning.hent().navn == "Socialaftale"
