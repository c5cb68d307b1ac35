"""Issued files: versions, sha256, immutability, visibility, delivery."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Dokumentsynlighed, Rolle
from socialaftale.kerne.models import Dokument, Haendelse
from socialaftale.kerne.models.dokument import DokumentOedelagt


def udsted(data=b"%PDF-1.7 et", **felter):
    standard = {
        "noegle": "aftale:x",
        "slags": "aftale",
        "titel": "Aftalen",
        "filnavn": "aftale-æøå.pdf",
        "synlighed": Dokumentsynlighed.OFFENTLIG,
    }
    return dokumenter.udsted(Adgang.system(), data=data, **(standard | felter))


def test_versioner_taeller_og_samme_indhold_genbruges(db):
    foerste = udsted()
    assert (foerste.version, foerste.stoerrelse) == (1, 11)
    assert udsted() == foerste
    assert udsted(b"%PDF-1.7 to").version == 2
    assert Dokument.objects.seneste("aftale:x").version == 2
    assert Haendelse.objects.filter(handling="dokument_udstedt").count() == 2


def test_offentliggjort_kan_ikke_aendres(db):
    dokument = udsted(offentliggoer=True)
    dokument.titel = "Noget andet"
    with pytest.raises(TypeError):
        dokument.save()
    with pytest.raises(TypeError):
        dokument.delete()


def test_heller_ikke_i_bundter_eller_i_databasen(db):
    udsted(offentliggoer=True)
    with pytest.raises(TypeError):
        Dokument.objects.update(titel="x")
    with pytest.raises(TypeError):
        Dokument.objects.all().delete()
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE kerne_dokument SET titel = 'x'")


def test_oedelagte_bytes_opdages(db):
    dokument = udsted(b"rigtige bytes")
    dokument.sti.write_bytes(b"falske bytes!")
    with pytest.raises(DokumentOedelagt, match="sha256"):
        dokument.laes()
    dokument.sti.unlink()
    with pytest.raises(DokumentOedelagt, match="missing"):
        dokument.laes()


def test_hent_offentligt_dokument(db):
    dokument = udsted(offentliggoer=True)
    svar = Client().get(reverse("kerne:dokument", kwargs={"pk": dokument.pk}))
    assert svar.status_code == 200
    assert svar.content == b"%PDF-1.7 et"
    assert "filename*=utf-8''aftale-%C3%A6%C3%B8%C3%A5.pdf" in svar.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("synlighed", "ser"),
    [
        (Dokumentsynlighed.OFFENTLIG, {"anonym", "myndighed", "egen", "nabo", "sekretariat"}),
        (Dokumentsynlighed.INDLOGGEDE, {"myndighed", "egen", "nabo", "sekretariat"}),
        (Dokumentsynlighed.ORGANISATION, {"egen", "sekretariat"}),
        (Dokumentsynlighed.SEKRETARIAT, {"sekretariat"}),
    ],
)
def test_synlighed(organisationer, adgang, synlighed, ser):
    udsted(synlighed=synlighed, organisation=organisationer["aalborg"], offentliggoer=True)
    udsted(b"kladde", noegle="kladde", synlighed=synlighed, organisation=organisationer["hjoerring"])
    profiler = {
        "anonym": Adgang(),
        "myndighed": adgang(Rolle.KOMMUNE_MYNDIGHED),
        "egen": adgang(Rolle.DRIFTSHERRE_GODKENDER),
        "nabo": adgang(Rolle.DRIFTSHERRE_GODKENDER, organisation="thisted"),
        "sekretariat": adgang(Rolle.SEKRETARIAT),
    }
    dokumentet = Dokument.objects.filter(noegle="aftale:x")
    fundet = {navn for navn, dens in profiler.items() if dokumentet.synlige_for(dens).exists()}
    assert fundet == ser
