"""What the register offers the ground floor can be used: pages and tasks that are measured, menu, data."""

from __future__ import annotations

import pytest
from django.test import Client

from socialaftale.kerne import registre
from socialaftale.kerne.enums import Rolle
from tilbud.models import Tilbud

pytestmark = pytest.mark.django_db


def test_siderne_kan_maales(register, log_ind):
    sider = [side for side in registre.benchsider if side.navn.startswith("Tilbud, ")]
    navne = ("liste", "søgning", "100 rækker", "side", "ret", "nyt", "mangler")
    assert {side.navn for side in sider} == {f"Tilbud, {navn}" for navn in navne}
    for side in sider:
        klient = log_ind(Rolle.SEKRETARIAT_ADMIN) if side.som else Client()
        assert klient.get(side.url()).status_code == 200


def test_excel_kan_maales(register):
    opgave = next(opgave for opgave in registre.benchopgaver if opgave.navn == "Tilbud, Excel")
    raekker, antal_bytes = opgave.koer()
    assert raekker == 104
    assert antal_bytes > 10_000


def test_registret_er_et_trin_i_grunddata(organisationer):
    trin = next(trin for trin in registre.grunddata if trin.titel == "Register over tilbud")
    trin.koer()
    trin.koer()
    assert Tilbud.objects.count() == 104
