"""`kontroller_dokumenter`: missing, altered and unknown files are found, said in Danish, and end with code 1."""

import datetime as dt
import io
import json
import os

import pytest
from django.core.management import call_command

from socialaftale.kerne import dokumenter, driftspanel
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.dokumentkontrol import kontroller, mappe
from socialaftale.kerne.enums import Dokumentsynlighed, Jobtilstand, Rolle
from socialaftale.kerne.models import Dokument, Job
from tests.aftale.factories import lav_billede


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def udsted(data=b"%PDF-1.7 et", noegle="aftale:x"):
    return dokumenter.udsted(
        Adgang.system(),
        noegle=noegle,
        slags="aftale",
        titel="Aftalen",
        filnavn="aftale.pdf",
        synlighed=Dokumentsynlighed.OFFENTLIG,
        data=data,
        offentliggoer=True,
    )


def koer(*args):
    """What the command prints, and its exit code."""

    ud = io.StringIO()
    try:
        call_command("kontroller_dokumenter", *args, stdout=ud)
    except SystemExit as slut:
        return ud.getvalue(), slut.code
    return ud.getvalue(), 0


def test_alt_i_orden(db):
    udsted()
    udsted(b"%PDF-1.7 to", "aftale:y")
    lav_billede()
    assert koer() == (
        "3 gemte filer kontrolleret: 0 mangler, 0 er ændret, 0 hører ikke til noget\n",
        0,
    )
    assert Job.objects.get().tilstand == Jobtilstand.FAERDIG


def test_ingen_filer_er_i_orden(db):
    assert koer()[1] == 0


def test_en_fil_der_mangler(db):
    udsted().sti.unlink()
    tekst, kode = koer()
    assert kode == 1
    assert "Mangler: aftale:x v1: dokumenter/" in tekst


@pytest.mark.parametrize("nyt", [b"%PDF-1.7 xx", b"", b"%PDF-1.7 et "])
def test_en_aendret_fil(db, nyt):
    udsted().sti.write_bytes(nyt)
    tekst, kode = koer()
    assert kode == 1
    assert "Ændret: aftale:x v1:" in tekst
    assert "svarer ikke til sha256" in tekst


def test_en_stoerrelse_der_ikke_passer(db):
    dokument = udsted()
    Dokument.objects.bulk_create(
        [
            Dokument(
                **{felt: getattr(dokument, felt) for felt in ("slags", "titel", "filnavn", "mimetype", "sha256")},
                noegle="aftale:y",
                version=1,
                stoerrelse=99,
                synlighed=dokument.synlighed,
            )
        ]
    )
    kontrol = kontroller()
    assert [(fil.navn, fil.hvad) for fil in kontrol.aendret] == [("aftale:y v1", "11 byte, 99 er registreret")]


def test_filer_der_ikke_hoerer_til_noget(db, media):
    udsted()
    (mappe() / "ab").mkdir(exist_ok=True)
    (mappe() / "ab" / "rest").write_bytes(b"x")
    os.utime(mappe() / "ab" / "rest", (0, 0))
    # On its way: its row may not be stored yet.
    (mappe() / "ab" / "ny").write_bytes(b"y")
    # What can be made again at any time is no stored document.
    (media / "pdfdele").mkdir()
    (media / "pdfdele" / "x.pdf").write_bytes(b"x")
    tekst, kode = koer()
    assert kode == 1
    assert "Hører ikke til noget: dokumenter/ab/rest" in tekst
    assert "pdfdele" not in tekst
    assert "ab/ny" not in tekst


def test_et_billede_der_mangler(db):
    billede = lav_billede()
    next(sti for sti in mappe().rglob("*") if sti.is_file()).unlink()
    assert [fil.navn for fil in kontroller().mangler] == [f"billede {billede.pk}"]


def test_json(db):
    udsted().sti.unlink()
    tekst, kode = koer("--json")
    data = json.loads(tekst)
    assert (kode, data["kontrolleret"], data["i_orden"]) == (1, 1, False)
    assert data["mangler"][0]["navn"] == "aftale:x v1"


class TestSkrivebordet:
    def skridt(self, adgang):

        return [(trin.antal, trin.tekst) for trin in driftspanel.skridt(adgang, dt.date(2026, 1, 1))]

    def test_sekretariatet_ser_det_den_seneste_koersel_fandt(self, adgang, log_ind):
        dokument = udsted()
        sekretariat = adgang(Rolle.SEKRETARIAT)
        assert self.skridt(sekretariat) == []
        data = dokument.sti.read_bytes()
        dokument.sti.unlink()
        koer()
        assert self.skridt(sekretariat) == [(1, "gemt fil er ikke, som den skal være")]
        assert self.skridt(adgang(Rolle.DAS_MEDLEM)) == []
        side = log_ind(Rolle.SEKRETARIAT).get(f"/job/{Job.objects.get().pk}/")
        assert "aftale:x v1" in side.text
        dokument.sti.write_bytes(data)
        koer()
        assert self.skridt(sekretariat) == []
