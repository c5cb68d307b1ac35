"""Organisations: the real parties, names through time, Danish order on both databases."""

from socialaftale.kerne.grunddata import indlaes_omraade
from socialaftale.kerne.models import Opsaetning, Organisation


def test_tolv_parter_elleve_kommuner(organisationer):
    assert Organisation.objects.parter().count() == 12
    kommuner = list(Organisation.objects.kommuner())
    assert len(kommuner) == 11
    assert kommuner[-1].kortnavn == "Aalborg"
    assert organisationer["laesoe"] not in Organisation.objects.driftsherrer()
    assert Organisation.objects.driftsherrer().count() == 11


def test_dansk_orden_i_databasen(organisationer):
    """Aalborg last, Læsø after Jammerbugt: the database's own order under the Danish collation."""
    navne = list(Organisation.objects.filter(type="kommune").order_by("kortnavn").values_list("kortnavn", flat=True))
    assert navne == [
        *("Brønderslev", "Frederikshavn", "Hjørring", "Jammerbugt", "Læsø", "Mariagerfjord", "Morsø", "Rebild"),
        *("Thisted", "Vesthimmerland", "Aalborg"),
    ]


def test_dansk_orden_paa_svaere_navne(db):
    for nummer, navn in enumerate(["Åbo", "Zebra", "Østbo", "aske", "Ærø", "Odense", "Aabo"]):
        Organisation.objects.create(slug=f"o{nummer}", type="privat", navn=navn, kortnavn=navn)
    navne = list(Organisation.objects.order_by("navn").values_list("navn", flat=True))
    assert navne[:5] == ["aske", "Odense", "Zebra", "Ærø", "Østbo"]
    assert set(navne[5:]) == {"Åbo", "Aabo"}


def test_styrelsen_hed_noget_andet(organisationer):
    styrelsen = organisationer["social-og-boligstyrelsen"]
    assert styrelsen.navn_i(2011) == "Servicestyrelsen"
    assert styrelsen.navn_i(2020) == "Socialstyrelsen"
    assert styrelsen.navn_i(2023) == "Social- og Boligstyrelsen"


def test_indlaesning_overskriver_ikke(organisationer):
    Organisation.objects.filter(slug="rebild").update(navn="Rettet af sekretariatet")
    Opsaetning.objects.update(sekretariat_telefon="12 34 56 78")
    Opsaetning.glem()
    indlaes_omraade()
    assert Organisation.objects.get(slug="rebild").navn == "Rettet af sekretariatet"
    assert Opsaetning.objects.get().sekretariat_telefon == "12 34 56 78"
