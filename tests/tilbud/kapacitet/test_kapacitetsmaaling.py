"""What `lav_skaladata` and `./run bench` get from capacity."""

from __future__ import annotations

from django.test import Client

from socialaftale.kerne import registre
from socialaftale.kerne.models import Organisation
from tests.tilbud.factories import OrganisationFactory
from tilbud.kapacitetshentning import opgoerelser
from tilbud.kapacitetsskala import lav_skalaopgoerelser


def test_skaladata_har_alle_kommuner_og_kan_koeres_igen(kapacitet):
    for nummer in range(30):
        OrganisationFactory(slug=f"skala-{nummer}", raekkefoelge=100 + nummer)
    for _ in range(2):
        lav_skalaopgoerelser(4)
    alle = opgoerelser()
    assert [opgoerelse.periode for opgoerelse in alle] == ["2027-2028", "2025-2026", "2023-2024", "2021-2022"]
    assert len(alle[0].kommuner) == Organisation.objects.kommuner().count() == 41


def test_siderne_kan_maales(kapacitet):
    sider = {side.navn: side.url() for side in registre.benchsider if side.navn.startswith("Kapacitet")}
    assert sorted(sider) == ["Kapacitet", "Kapacitet, kommune"]
    for adresse in sider.values():
        assert Client().get(adresse).status_code == 200


def test_excel_kan_maales(kapacitet):
    opgave = next(opgave for opgave in registre.benchopgaver if opgave.navn == "Kapacitet, Excel")
    raekker, antal_bytes = opgave.koer()
    assert raekker == 11
    assert antal_bytes > 5000
