"""Live figures of the register."""

from __future__ import annotations

import pytest

from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.katalog import Talkontekst, TalMangler
from tests.tilbud.factories import AftalestatusFactory, TilbudFactory
from tilbud.models import Forstaerketmedlem, Tilbud
from tilbud.tal import forstaerkede_medlemmer

pytestmark = pytest.mark.django_db


def beregn(noegle: str, periode: str = ""):
    return katalog.find(noegle).beregn(Talkontekst(periode))


@pytest.mark.regel("FS10")
@pytest.mark.parametrize(
    ("aar", "forventet"),
    [
        (
            2019,
            {
                "institut-for-syn-hoerelse-og-doevblindhed",
                "neurocenter-oesterskoven",
                "specialboernehaven-birken",
                "specialboernehjemmet-kvisten",
                "taleinstituttet-og-hjerneskadecenter-nordjylland",
            },
        ),
        (
            2021,
            {
                "institut-for-syn-hoerelse-og-doevblindhed",
                "neurocenter-oesterskoven",
                "specialboernehaven-birken",
                "specialboernehjemmet-kvisten",
            },
        ),
        (
            2023,
            {
                "institut-for-syn-hoerelse-og-doevblindhed",
                "neurocenter-oesterskoven",
                "specialboernehjemmet-kvisten",
            },
        ),
        (2025, set()),
    ],
)
def test_medlemmer_af_det_forstaerkede_samarbejde(register, aar, forventet):
    assert {medlem.tilbud.slug for medlem in forstaerkede_medlemmer(aar)} == forventet


@pytest.mark.regel("FS11")
@pytest.mark.parametrize(("periode", "antal"), [("2021-2022", 4), ("2023-2024", 3), ("", 3)])
def test_antal_i_det_forstaerkede_samarbejde(register, periode, antal):
    vaerdi = beregn("tilbud.forstaerket.antal", periode)
    assert vaerdi.vaerdi == antal == len(vaerdi.raekker)


def test_uden_medlemmer_er_der_intet_tal(db):
    with pytest.raises(TalMangler):
        beregn("tilbud.forstaerket.antal", "2025-2026")


def test_en_ny_periode_gaar_efter_den_seneste_og_siger_det(register):
    vaerdi = beregn("tilbud.forstaerket.antal", "2027-2028")
    sidste = Forstaerketmedlem.objects.filter(til_aar__isnull=False).latest("til_aar").til_aar
    assert (vaerdi.vaerdi, vaerdi.tidligere) == (len(forstaerkede_medlemmer(sidste)), str(sidste))
    assert beregn("tilbud.forstaerket.antal", f"{sidste}-{sidste}").tidligere == ""


def test_antal_tilbud_i_aftalen(register):
    vaerdi = beregn("tilbud.antal", "2023-2024")
    assert vaerdi.vaerdi == Tilbud.objects.i_socialaftalen(2024).count() == 41
    assert vaerdi.pr == "2024"
    AftalestatusFactory(tilbud=TilbudFactory(er_eksempel=True), aar=2020)
    AftalestatusFactory(tilbud=TilbudFactory(offentliggjort=False), aar=2020)
    assert beregn("tilbud.antal", "2023-2024").vaerdi == 41


def test_tallet_regnes_kun_en_gang_pr_tekst(register, django_assert_num_queries):
    kontekst = Talkontekst("2023-2024")
    katalog.find("tilbud.antal").beregn(kontekst)
    with django_assert_num_queries(0):
        katalog.find("tilbud.antal").beregn(kontekst)
