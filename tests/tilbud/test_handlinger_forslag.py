"""Proposals: every step from every state, who may take it, and what it does to the register."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from tests.tilbud.factories import TilbudFactory
from tilbud import handlinger
from tilbud.enums import Forslagstilstand
from tilbud.forloeb import FORSLAG, Forslagstrin
from tilbud.models import Tilbud, Tilbudsforslag

pytestmark = pytest.mark.django_db
TID = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
INDBERETTER, GODKENDER = Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER


@pytest.fixture
def tilbud(organisationer) -> Tilbud:
    return TilbudFactory(navn="Prøvetilbuddet", driftsherre=organisationer["aalborg"], maalgruppe="Voksne")


@pytest.fixture
def hvem(adgang):
    """Who may take each step."""
    driftsherre, sekretariat = adgang(INDBERETTER, GODKENDER, organisation="aalborg"), adgang(Rolle.SEKRETARIAT)
    return {
        Forslagstrin.INDSEND: driftsherre,
        Forslagstrin.TRAEK: driftsherre,
        Forslagstrin.GODKEND: sekretariat,
        Forslagstrin.AFVIS: sekretariat,
    }


@pytest.fixture
def forslag(tilbud, hvem) -> Tilbudsforslag:
    return handlinger.opret_forslag(
        tilbud, adgang=hvem[Forslagstrin.INDSEND], felter={"maalgruppe": "Unge"}, begrundelse="Ny målgruppe"
    )


def i_tilstand(forslag: Tilbudsforslag, tilstand: str) -> Tilbudsforslag:
    """Straight into the database: the test is of the step, not of the way there."""
    felter = {"tilstand": tilstand, "indsendt_tidspunkt": None if tilstand == "kladde" else TID}
    if tilstand in ("godkendt", "afvist"):
        felter["afgjort_tidspunkt"] = TID
    if tilstand == "afvist":
        felter["afslagsgrund"] = "Fordi"
    Tilbudsforslag.objects.filter(pk=forslag.pk).update(**felter)
    forslag.refresh_from_db()
    return forslag


def udfoer(trin: Forslagstrin, forslag: Tilbudsforslag, adgang) -> Tilbudsforslag:
    ekstra = {
        Forslagstrin.GODKEND: {"version": forslag.tilbud.version},
        Forslagstrin.AFVIS: {"begrundelse": "Målgruppen er uændret"},
    }
    return getattr(handlinger, f"{trin}_forslag")(forslag, adgang=adgang, **ekstra.get(trin, {}))


@pytest.mark.parametrize("tilstand", Forslagstilstand.values)
@pytest.mark.parametrize("trin", list(Forslagstrin))
def test_hvert_trin_fra_hver_tilstand(trin, tilstand, forslag, hvem):
    forslag = i_tilstand(forslag, tilstand)
    foer = Haendelse.objects.for_objekt(forslag).count()
    if FORSLAG.kan(trin, tilstand):
        efter = udfoer(trin, forslag, hvem[trin])
        assert efter.tilstand == FORSLAG.overgange[trin].til
        haendelse = Haendelse.objects.for_objekt(forslag).first()
        assert (haendelse.fra_tilstand, haendelse.til_tilstand) == (tilstand, efter.tilstand)
        assert haendelse.bruger == hvem[trin].bruger
        assert haendelse.vedroerer == forslag.organisation
    else:
        with pytest.raises(UlovligOvergang):
            udfoer(trin, forslag, hvem[trin])
        forslag.refresh_from_db()
        assert forslag.tilstand == tilstand
        assert Haendelse.objects.for_objekt(forslag).count() == foer


@pytest.mark.parametrize("tilstand", [t for t in Forslagstilstand.values if t != "kladde"])
def test_kun_kladder_kan_rettes(tilstand, forslag, hvem):
    forslag = i_tilstand(forslag, tilstand)
    with pytest.raises(UlovligOvergang):
        handlinger.ret_forslag(forslag, adgang=hvem[Forslagstrin.INDSEND], felter={"maalgruppe": "Børn"})


UVEDKOMMENDE = [
    (INDBERETTER, "hjoerring"),
    (GODKENDER, "hjoerring"),
    (Rolle.KOMMUNE_MYNDIGHED, "aalborg"),
    (Rolle.KOMMUNE_GODKENDER, "aalborg"),
    (Rolle.DAS_MEDLEM, "aalborg"),
    (Rolle.TAKSTGRUPPE, "aalborg"),
    (Rolle.REVISOR, "aalborg"),
    (Rolle.PRIVAT_DRIFTSHERRE, "aalborg"),
]


@pytest.mark.parametrize(("rolle", "organisation"), UVEDKOMMENDE)
def test_uvedkommende_kan_ingenting(rolle, organisation, tilbud, forslag, adgang):
    fremmed = adgang(rolle, organisation=organisation)
    for handling in (
        lambda: handlinger.ret_forslag(forslag, adgang=fremmed, felter={"maalgruppe": "X"}),
        lambda: handlinger.indsend_forslag(forslag, adgang=fremmed),
        lambda: handlinger.traek_forslag(forslag, adgang=fremmed),
    ):
        with pytest.raises(PermissionDenied):
            handling()
    i_tilstand(forslag, "indsendt")
    for handling in (
        lambda: handlinger.godkend_forslag(forslag, adgang=fremmed, version=1),
        lambda: handlinger.afvis_forslag(forslag, adgang=fremmed, begrundelse="X"),
    ):
        with pytest.raises(PermissionDenied):
            handling()
    i_tilstand(forslag, "trukket")
    with pytest.raises(PermissionDenied):
        handlinger.opret_forslag(tilbud, adgang=fremmed, felter={"maalgruppe": "X"})


def test_sekretariatet_foreslaar_ikke_det_retter(tilbud, hvem):
    with pytest.raises(PermissionDenied):
        handlinger.opret_forslag(tilbud, adgang=hvem[Forslagstrin.GODKEND], felter={"maalgruppe": "X"})


def test_driftsherren_afgoer_ikke_sit_eget_forslag(forslag, hvem):
    i_tilstand(forslag, "indsendt")
    with pytest.raises(PermissionDenied):
        handlinger.godkend_forslag(forslag, adgang=hvem[Forslagstrin.INDSEND], version=1)


def test_indberetteren_skriver_og_godkenderen_indsender(forslag, adgang):
    indberetter = adgang(INDBERETTER, organisation="aalborg")
    handlinger.ret_forslag(forslag, adgang=indberetter, felter={"maalgruppe": "Unge og voksne"})
    with pytest.raises(PermissionDenied):
        handlinger.indsend_forslag(forslag, adgang=indberetter)
    godkender = adgang(GODKENDER, organisation="aalborg")
    indsendt = handlinger.indsend_forslag(forslag, adgang=godkender)
    assert indsendt.indsendt_af == godkender.bruger
    assert indsendt.aendringer["maalgruppe"]["efter"] == "Unge og voksne"


def test_kun_det_aendrede_staar_i_forslaget(tilbud, hvem, organisationer):
    forslag = handlinger.opret_forslag(
        tilbud,
        adgang=hvem[Forslagstrin.INDSEND],
        felter={
            "navn": tilbud.navn,
            "maalgruppe": "Unge",
            "beliggenhedskommune": organisationer["hjoerring"],
            "alder_fra": 18,
            # Not the driftsherre's to propose: the category is DAS' (T5).
            "kategori": 1,
        },
    )
    assert forslag.aendringer == {
        "maalgruppe": {"foer": "Voksne", "efter": "Unge"},
        "beliggenhedskommune": {"foer": None, "efter": organisationer["hjoerring"].pk},
        "alder_fra": {"foer": None, "efter": 18},
    }


def test_et_forslag_uden_aendringer_afvises(tilbud, forslag, hvem):
    driftsherre = hvem[Forslagstrin.INDSEND]
    with pytest.raises(ValidationError, match="ikke ændret noget"):
        handlinger.ret_forslag(forslag, adgang=driftsherre, felter={"maalgruppe": "Voksne"})
    handlinger.traek_forslag(forslag, adgang=driftsherre)
    with pytest.raises(ValidationError, match="ikke ændret noget"):
        handlinger.opret_forslag(tilbud, adgang=driftsherre, felter={"navn": tilbud.navn})


def test_godkendelse_retter_registret(tilbud, forslag, hvem, organisationer):
    driftsherre, sekretariat = hvem[Forslagstrin.INDSEND], hvem[Forslagstrin.GODKEND]
    handlinger.ret_forslag(
        forslag,
        adgang=driftsherre,
        felter={"maalgruppe": "Unge", "beliggenhedskommune": organisationer["hjoerring"]},
        begrundelse="Flyttet",
    )
    handlinger.indsend_forslag(forslag, adgang=driftsherre)
    tilbud.refresh_from_db()
    assert tilbud.maalgruppe == "Voksne"
    godkendt = handlinger.godkend_forslag(forslag, adgang=sekretariat, version=1)
    tilbud.refresh_from_db()
    assert (tilbud.maalgruppe, tilbud.beliggenhedskommune.slug, tilbud.version) == ("Unge", "hjoerring", 2)
    assert (godkendt.afgjort_af, godkendt.afgjort_tidspunkt is not None) == (sekretariat.bruger, True)
    haendelse = Haendelse.objects.for_objekt(tilbud).get()
    assert (haendelse.handling, haendelse.begrundelse) == ("tilbud_rettet_efter_forslag", "Flyttet")
    assert not tilbud.fund.filter(art="uden_beliggenhed").exists()


def test_godkendelse_af_noget_andet_end_det_laeste(tilbud, forslag, hvem):
    i_tilstand(forslag, "indsendt")
    sekretariat = hvem[Forslagstrin.GODKEND]
    handlinger.ret_tilbud(tilbud, adgang=sekretariat, version=1, felter={"maalgruppe": "Børn"})
    with pytest.raises(Versionskonflikt):
        handlinger.godkend_forslag(forslag, adgang=sekretariat, version=1)
    forslag.refresh_from_db()
    assert forslag.tilstand == "indsendt"
    handlinger.godkend_forslag(forslag, adgang=sekretariat, version=2)
    tilbud.refresh_from_db()
    assert tilbud.maalgruppe == "Unge"


@pytest.mark.parametrize("begrundelse", ["", "  \n"])
def test_afvisning_kraever_en_begrundelse(begrundelse, forslag, hvem):
    i_tilstand(forslag, "indsendt")
    with pytest.raises(ValidationError, match="hvorfor"):
        handlinger.afvis_forslag(forslag, adgang=hvem[Forslagstrin.AFVIS], begrundelse=begrundelse)
    forslag.refresh_from_db()
    assert forslag.tilstand == "indsendt"


def test_afvisning_roerer_ikke_registret(tilbud, forslag, hvem):
    i_tilstand(forslag, "indsendt")
    afvist = handlinger.afvis_forslag(forslag, adgang=hvem[Forslagstrin.AFVIS], begrundelse="Uændret")
    tilbud.refresh_from_db()
    assert (tilbud.maalgruppe, tilbud.version) == ("Voksne", 1)
    assert afvist.afslagsgrund == "Uændret"
    assert Haendelse.objects.for_objekt(forslag).first().begrundelse == "Uændret"


def test_synlige_for(tilbud, forslag, adgang):
    def ser(*roller, organisation=None) -> bool:
        return Tilbudsforslag.objects.synlige_for(adgang(*roller, organisation=organisation)).exists()

    assert ser(INDBERETTER, organisation="aalborg")
    assert not ser(INDBERETTER, organisation="hjoerring")
    # A draft is not submitted to anybody.
    assert not ser(Rolle.SEKRETARIAT)
    i_tilstand(forslag, "indsendt")
    assert ser(Rolle.SEKRETARIAT)
    assert not ser(Rolle.DAS_MEDLEM)
    assert not ser(Rolle.KOMMUNE_MYNDIGHED, organisation="aalborg")
