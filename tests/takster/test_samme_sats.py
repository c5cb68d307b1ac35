"""Two secretaries who add the same new rate at once: the later one is told at the field, and loses nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import fang_unik
from socialaftale.kerne.models import Haendelse
from takster.models import PLsats, Rentesats

pytestmark = pytest.mark.django_db
PL = {
    "fra_aar": "2028",
    "type": "service",
    "sats_pct": "3,45",
    "kilde": "Min egen kilde",
    "udgave": "juni 2027",
    "begrundelse": "Ny økonomiaftale",
}
RENTE = {"aar": "2026", "art": "resultat", "pct": "2,35", "kilde": "Min egen kilde"}


@pytest.fixture
def en_anden_er_hurtigere(monkeypatch):
    """The other's row is stored after ours was checked and before it is saved."""

    def imellem(model, **felter) -> None:
        kontrol = model.full_clean

        def kontroller_og_bliv_overhalet(self, *args, **kwargs) -> None:
            kontrol(self, *args, **kwargs)
            model.objects.create(**felter)

        monkeypatch.setattr(model, "full_clean", kontroller_og_bliv_overhalet)

    return imellem


@pytest.mark.regel("T93")
def test_den_samme_plsats(log_ind, en_anden_er_hurtigere):
    en_anden_er_hurtigere(
        PLsats, fra_aar=2028, til_aar=2029, type="service", sats_pct=Decimal("3.10"), kilde="Den andens"
    )
    svar = log_ind(Rolle.SEKRETARIAT).post(reverse("takster:plsats_opret"), PL)
    assert svar.status_code == 422
    formular = svar.context["formular"]
    assert formular.errors == {"fra_aar": ["Der er allerede en sats fra 2028 til 2029. Ret den"]}
    for skrevet in PL.values():
        assert skrevet in svar.text
    assert not Haendelse.objects.filter(handling="plsats_oprettet").exists()


@pytest.mark.regel("T29")
def test_den_samme_rente(log_ind, en_anden_er_hurtigere):
    en_anden_er_hurtigere(Rentesats, aar=2026, art="resultat", pct=Decimal("2.10"), kilde="Den andens")
    svar = log_ind(Rolle.SEKRETARIAT).post(reverse("takster:rentesats_opret"), RENTE)
    assert svar.status_code == 422
    formular = svar.context["formular"]
    assert formular.errors == {"aar": ["Der er allerede en rente for 2026. Ret den i stedet"]}
    for skrevet in RENTE.values():
        assert skrevet in svar.text
    assert not Haendelse.objects.filter(handling="rentesats").exists()


@pytest.mark.regel("T29")
def test_en_rente_der_har_staaet_laenge_naevnes_ved_feltet(log_ind):
    Rentesats.objects.create(aar=2026, art="resultat", pct=Decimal("2.10"), kilde="Den andens")
    svar = log_ind(Rolle.SEKRETARIAT).post(reverse("takster:rentesats_opret"), RENTE)
    assert svar.status_code == 422
    assert list(svar.context["formular"].errors) == ["aar"]


def test_kun_den_raekke_der_staar_i_vejen_er_en_besked():
    """Another broken constraint is not explained away."""
    findes = Rentesats.objects.filter(aar=2026)
    with pytest.raises(IntegrityError), fang_unik(findes, "aar", "Optaget"):
        Rentesats.objects.create(aar=2026, art="findes ikke", pct=Decimal(1), kilde="x")
    Rentesats.objects.create(aar=2026, art="resultat", pct=Decimal(1), kilde="x")
    with pytest.raises(ValidationError, match="Optaget"), fang_unik(findes, "aar", "Optaget"):
        Rentesats.objects.create(aar=2026, art="resultat", pct=Decimal(1), kilde="x")
