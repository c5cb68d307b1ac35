"""The log: append-only in Python and in the database, read by those of the matrix."""

import pytest
from django.db import DatabaseError, connection, transaction

from socialaftale.kerne import uforanderlig
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from socialaftale.kerne.models.haendelse import log


@pytest.fixture
def haendelse(organisationer, adgang):
    return log(
        adgang(Rolle.DRIFTSHERRE_INDBERETTER),
        "rettet",
        organisationer["aalborg"],
        tekst="Rettet",
        begrundelse="Tastefejl",
        vedroerer=organisationer["aalborg"],
    )


def test_hvem_hvornaar_hvorfor(haendelse, organisationer):
    assert haendelse.hvem == "Indberetter for driftsherre aalborg, Aalborg"
    assert haendelse.hat == "driftsherre"
    assert list(Haendelse.objects.for_objekt(organisationer["aalborg"])) == [haendelse]
    assert not Haendelse.objects.for_objekt(organisationer["hjoerring"]).exists()


@pytest.mark.parametrize("goer", ["save", "delete"])
def test_raekken_kan_ikke_aendres(haendelse, goer):
    with pytest.raises(TypeError):
        getattr(haendelse, goer)()


def test_heller_ikke_i_bundter(haendelse):
    with pytest.raises(TypeError):
        Haendelse.objects.update(tekst="x")
    with pytest.raises(TypeError):
        Haendelse.objects.all().delete()


def test_databasen_siger_ogsaa_nej(haendelse):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE kerne_haendelse SET tekst = 'x'")
    haendelse.refresh_from_db()
    assert haendelse.tekst == "Rettet"


@pytest.mark.parametrize(
    ("rolle", "organisation", "antal"),
    [
        (Rolle.SEKRETARIAT, "sekretariatet", 1),
        (Rolle.TAKSTGRUPPE, "hjoerring", 1),
        (Rolle.DRIFTSHERRE_GODKENDER, "aalborg", 1),
        (Rolle.DRIFTSHERRE_GODKENDER, "hjoerring", 0),
        (Rolle.KOMMUNE_MYNDIGHED, "aalborg", 0),
        (Rolle.DAS_MEDLEM, "aalborg", 0),
        (Rolle.REVISOR, "aalborg", 1),
        (Rolle.REVISOR, "hjoerring", 0),
    ],
)
def test_synlige_for(haendelse, adgang, rolle, organisation, antal):
    assert Haendelse.objects.synlige_for(adgang(rolle, organisation=organisation)).count() == antal


def test_triggerne_saettes_igen_naar_en_tabel_er_bygget_om(haendelse):
    """SQLite drops them with the old table; the receiver of post_migrate makes them again."""
    with connection.cursor() as cursor:
        tabel = "" if connection.vendor == "sqlite" else " ON kerne_haendelse"
        cursor.execute(f"DROP TRIGGER kerne_haendelse_uforanderlig{tabel}")
    uforanderlig.saet_triggere()
    test_databasen_siger_ogsaa_nej(haendelse)


def test_systemets_egne():
    assert Adgang.system().er_sekretariat_admin
    assert Haendelse(tekst="x").hvem == "Systemet"
