"""Users, roles and log-ins as rows: states, search, constraints, who sees what."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.brugere.enums import Brugerstatus, Loginudfald, Rollestatus
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Bruger, Loginforsoeg
from tests.kerne.brugere.factories import BrugerFactory, LoginforsoegFactory, MedlemskabFactory

I_DAG = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("trait", "status"),
    [({}, Brugerstatus.AKTIV), ({"inviteret": True}, "inviteret"), ({"lukket": True, "inviteret": True}, "lukket")],
)
def test_kontoens_status(db, trait, status):
    assert BrugerFactory(**trait).status == status


@pytest.mark.parametrize(
    ("fra", "til", "status"),
    [
        (I_DAG, None, Rollestatus.GAELDENDE),
        (I_DAG, I_DAG, Rollestatus.GAELDENDE),
        (dt.date(2020, 1, 1), I_DAG, Rollestatus.GAELDENDE),
        (dt.date(2020, 1, 1), dt.date(2026, 11, 21), Rollestatus.UDLOEBET),
        (dt.date(2026, 11, 23), None, Rollestatus.KOMMENDE),
    ],
)
def test_rollens_status(organisationer, time_machine, fra, til, status):
    time_machine.move_to(dt.datetime(2026, 11, 22, 23, 30, tzinfo=timezone.get_default_timezone()))
    assert MedlemskabFactory(fra=fra, til=til).status == status


def test_soegetekst_foelger_navn_og_adresse(db):
    bruger = BrugerFactory(navn="Åse Ærø", email="aase@kommune.example")
    bruger.navn = "Bo Aalborg"
    bruger.save(update_fields=["navn"])
    assert Bruger.objects.get().soegetekst == "bo ålborg åse@kommune.example"


def test_navne_sorteres_dansk(db):
    for navn in ("Aase", "Øjvind", "anna", "Ægir", "Bo"):
        BrugerFactory(navn=navn)
    assert [bruger.navn for bruger in Bruger.objects.all()] == ["anna", "Bo", "Ægir", "Øjvind", "Aase"]


@pytest.mark.parametrize(
    ("felter", "navn"),
    [
        ({"udfald": "maaske"}, "loginforsoeg_udfald_kendt"),
        ({"udfald": Loginudfald.LOGGET_PAA, "bruger": None}, "loginforsoeg_bruger_hvis_kendt"),
        ({"udfald": Loginudfald.FORKERT_KODE, "bruger": None}, "loginforsoeg_bruger_hvis_kendt"),
        ({"udfald": Loginudfald.UKENDT}, "loginforsoeg_bruger_hvis_kendt"),
    ],
)
def test_log_in_hoerer_til_nogen_hvis_nogen_er_kendt(db, felter, navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        LoginforsoegFactory(**felter)


@pytest.mark.parametrize("felter", [{"bruger": None}, {}])
def test_spaerret_kan_vaere_begge_dele(db, felter):
    assert LoginforsoegFactory(udfald=Loginudfald.SPAERRET, **felter).pk


@pytest.mark.parametrize(("rolle", "ser"), [(Rolle.SEKRETARIAT_ADMIN, 1), (Rolle.SEKRETARIAT, 0), (Rolle.REVISOR, 0)])
def test_log_in_ses_kun_af_administratoren(adgang, rolle, ser):
    LoginforsoegFactory()
    assert Loginforsoeg.objects.synlige_for(adgang(rolle)).count() == ser


def test_brugere_ser_sig_selv(adgang):
    BrugerFactory()
    mig = adgang(Rolle.SEKRETARIAT)
    assert list(Bruger.objects.synlige_for(mig)) == [mig.bruger]
    assert not Bruger.objects.synlige_for(Adgang()).exists()
    assert Bruger.objects.synlige_for(adgang(Rolle.SEKRETARIAT_ADMIN)).count() == 3


def test_log_in_bliver_foraeldet_efter_et_aar(db):
    nu = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    gammelt = LoginforsoegFactory(tidspunkt=nu - dt.timedelta(days=365, seconds=1))
    LoginforsoegFactory(tidspunkt=nu - dt.timedelta(days=365))
    assert list(Loginforsoeg.objects.foraeldede(nu)) == [gammelt]
