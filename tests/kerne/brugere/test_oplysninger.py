"""Correcting a user's name and address: who may, what is logged and mailed, and when a new address counts."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.brugere import oplysninger
from socialaftale.kerne.brugere.oplysninger import Rettet, ret_bruger
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from tests.kerne.brugere.factories import ADGANGSKODE, BrugerFactory, MedlemskabFactory

GAMMEL, NY = "aase@kommune.example", "ny@kommune.example"


@pytest.fixture
def bruger(organisationer):
    bruger = BrugerFactory(navn="Åse Ærø", email=GAMMEL)
    MedlemskabFactory(bruger=bruger)
    return bruger


@pytest.fixture
def admin(adgang):
    return adgang(Rolle.SEKRETARIAT_ADMIN)


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.SEKRETARIAT_ADMIN)


@pytest.fixture
def ret(klient, bruger, django_capture_on_commit_callbacks):
    """`ret(navn=…, email=…)`: the administrator sends the form."""

    def send(**felter):
        with django_capture_on_commit_callbacks(execute=True):
            return klient.post(
                reverse("kerne:bruger_ret", args=[bruger.pk]), {"navn": bruger.navn, "email": bruger.email, **felter}
            )

    return send


def historik(bruger) -> list[str]:
    return list(Haendelse.objects.for_objekt(bruger).values_list("tekst", flat=True))


def link(besked) -> str:
    return re.search(r"http://testserver(/konto/bekraeft-email/\S+)", besked.body)[1]


def log_paa(email: str) -> int:
    return Client().post("/konto/log-paa/", {"login": email, "password": ADGANGSKODE}).status_code


class TestNavn:
    def test_administratoren_retter(self, ret, bruger, klient):
        assert ret(navn=" Åse Østergård ").status_code == 302
        bruger.refresh_from_db()
        assert bruger.navn == "Åse Østergård"
        assert "oestergaard" in bruger.soegetekst or "østergård" in bruger.soegetekst
        assert historik(bruger) == ["Navnet rettet fra Åse Ærø til Åse Østergård"]
        assert not mail.outbox
        assert "Ret navn eller e-mail" in klient.get(bruger.get_absolute_url()).text

    def test_uden_aendring_staar_der_intet_i_loggen(self, ret, bruger):
        ret()
        assert historik(bruger) == []

    @pytest.mark.parametrize(
        ("felter", "besked"),
        [
            ({"navn": ""}, "Indtast navn"),
            ({"navn": "010190-1234"}, "ligner et CPR-nummer"),
            ({"email": ""}, "Indtast e-mailadressen"),
            ({"email": "ikke en adresse"}, "Skriv en e-mailadresse"),
            ({"email": "taget@kommune.example"}, "En anden bruger har allerede den adresse"),
            ({"email": "nogen@demo.example"}, "Demobrugere findes kun i demoen"),
        ],
    )
    def test_fejl(self, ret, bruger, felter, besked):
        BrugerFactory(email="taget@kommune.example")
        svar = ret(**{"navn": "Nyt Navn", **felter})
        assert svar.status_code == 422
        assert besked in svar.text
        bruger.refresh_from_db()
        assert (bruger.navn, bruger.email) == ("Åse Ærø", GAMMEL)

    def test_kun_administratoren(self, bruger, adgang):
        with pytest.raises(PermissionDenied):
            ret_bruger(bruger, adgang=adgang(Rolle.SEKRETARIAT), navn="X", email=GAMMEL)

    def test_sit_eget(self, bruger, client):
        client.force_login(bruger)
        adresse = reverse("kerne:mit_navn")
        side = client.get(adresse).text
        assert 'value="Åse Ærø"' in side
        assert GAMMEL in side
        svar = client.post(adresse, {"navn": "Åse Å"}, follow=True)
        assert "Dit navn er rettet" in svar.text
        assert historik(bruger) == ["Navnet rettet fra Åse Ærø til Åse Å"]
        assert "Du har ikke ændret noget" in client.post(adresse, {"navn": "Åse Å"}, follow=True).text
        svar = client.post(adresse, {"navn": ""})
        assert svar.status_code == 422
        assert "Indtast navn" in svar.text


class TestEmail:
    def test_gaelder_naar_den_er_bekraeftet(self, ret, bruger, klient, client):
        svar = ret(email=f" {NY.upper()} ")
        assert svar.status_code == 302
        assert [(besked.to, besked.subject) for besked in mail.outbox] == [
            ([NY], "Bekræft din e-mailadresse til Nordjysk Socialaftale")
        ]
        assert "\n\n\n" not in mail.outbox[0].body
        assert "ikke bekræftet sin nye e-mailadresse" in klient.get(bruger.get_absolute_url()).text
        bruger.refresh_from_db()
        assert bruger.email == GAMMEL
        assert log_paa(GAMMEL) == 302
        adresse = link(mail.outbox[0])
        side = client.get(adresse).text
        assert NY in side
        assert "Bekræft" in side
        svar = client.post(adresse)
        assert svar.status_code == 302
        bruger.refresh_from_db()
        assert bruger.email == NY
        assert NY in bruger.soegetekst
        assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
            (bruger.pk, NY, True, True)
        ]
        assert (log_paa(GAMMEL), log_paa(NY)) == (422, 302)
        # The old address is told, in case it was not the owner's wish.
        assert (mail.outbox[1].to, mail.outbox[1].subject) == ([GAMMEL], "Din e-mailadresse er ændret")
        assert f"fra {GAMMEL} til {NY}" in mail.outbox[1].body
        assert historik(bruger) == [
            f"E-mailadressen rettet fra {GAMMEL} til {NY}",
            f"Ny e-mailadresse, {NY}, skal bekræftes",
        ]
        assert "Linket virker ikke længere" in client.get(adresse).text
        assert "Linket virker ikke længere" in client.post(adresse).text

    def test_en_gang_til(self, ret, bruger, client):
        """Back again: the rows follow."""
        ret(email=NY)
        client.post(link(mail.outbox[0]))
        bruger.refresh_from_db()
        ret(email=GAMMEL)
        client.post(link(mail.outbox[-1]))
        bruger.refresh_from_db()
        assert bruger.email == GAMMEL
        assert EmailAddress.objects.get().email == GAMMEL

    def test_en_ny_adresse_afloeser_den_der_ventede(self, ret, bruger, client):
        ret(email="forkert@kommune.example")
        ret(email=NY)
        assert "Linket virker ikke længere" in client.get(link(mail.outbox[0])).text
        client.post(link(mail.outbox[1]))
        bruger.refresh_from_db()
        assert bruger.email == NY

    def test_fortryd(self, ret, bruger, client, klient):
        ret(email=NY)
        svar = ret(email=GAMMEL)
        assert Rettet.FORTRUDT.value in klient.get(svar.url).text
        assert "Linket virker ikke længere" in client.post(link(mail.outbox[0])).text
        bruger.refresh_from_db()
        assert bruger.email == GAMMEL
        assert oplysninger.afventer(bruger) is None

    def test_den_nye_kan_ikke_bruges_foer(self, ret, bruger):
        ret(email=NY)
        assert log_paa(NY) == 422

    def test_en_anden_fik_adressen_imens(self, ret, bruger, client):
        ret(email=NY)
        BrugerFactory(email=NY)
        for svar in (client.get(link(mail.outbox[0])), client.post(link(mail.outbox[0]))):
            assert "Linket virker ikke længere" in svar.text
        bruger.refresh_from_db()
        assert bruger.email == GAMMEL

    def test_linket_udloeber(self, ret, bruger, client, time_machine):
        ret(email=NY)
        time_machine.move_to(timezone.now() + dt.timedelta(days=4))
        assert "Linket virker ikke længere" in client.post(link(mail.outbox[0])).text
        bruger.refresh_from_db()
        assert bruger.email == GAMMEL

    def test_den_inviterede_faar_invitationen_paa_ny(self, klient, organisationer, django_capture_on_commit_callbacks):
        bruger = BrugerFactory(navn="Ny", email=GAMMEL, inviteret=True)
        with django_capture_on_commit_callbacks(execute=True):
            klient.post(reverse("kerne:bruger_ret", args=[bruger.pk]), {"navn": "Ny", "email": NY})
        bruger.refresh_from_db()
        assert bruger.email == NY
        assert [(besked.to, besked.subject) for besked in mail.outbox] == [
            ([NY], "Du er inviteret til Nordjysk Socialaftale")
        ]
        assert historik(bruger) == ["Invitation sendt", f"E-mailadressen rettet fra {GAMMEL} til {NY}"]

    def test_en_lukket_konto(self, admin, organisationer):
        bruger = BrugerFactory(email=GAMMEL, lukket=True)
        with pytest.raises(ValidationError, match="Kontoen er lukket"):
            ret_bruger(bruger, adgang=admin, navn=bruger.navn, email=NY)
        assert ret_bruger(bruger, adgang=admin, navn="Nyt navn", email=GAMMEL) == Rettet.NAVN

    def test_et_ukendt_link(self, client, db):
        assert "Linket virker ikke længere" in client.get("/konto/bekraeft-email/forkert/").text

    @pytest.mark.django_db(transaction=True)
    def test_mailen_fejler(self, bruger, klient, monkeypatch):
        def fejl(self, *args, **kwargs):
            raise OSError("no server")

        monkeypatch.setattr("django.core.mail.EmailMessage.send", fejl)
        svar = klient.post(reverse("kerne:bruger_ret", args=[bruger.pk]), {"navn": "Åse Ærø", "email": NY})
        assert "mailen kunne ikke sendes" in klient.get(svar.url).text
        assert oplysninger.afventer(bruger).email == NY
