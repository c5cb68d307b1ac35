"""The pages of the administration of users."""

import datetime as dt
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from socialaftale.kerne.brugere.enums import Loginudfald
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Bruger, Haendelse, Medlemskab
from tests.kerne.brugere.factories import (
    BrugerFactory,
    LoginforsoegFactory,
    MedlemskabFactory,
    administrator,
    giv_totrin,
)


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.SEKRETARIAT_ADMIN)


def _url(navn: str, *args) -> str:
    return reverse(f"kerne:{navn}", args=args)


def _navne(svar) -> list[str]:
    return [raekke.record.navn for raekke in svar.context["table"].page.object_list]


def _beskeder(svar) -> list[str]:
    return [str(besked) for besked in get_messages(svar.wsgi_request)]


class TestListe:
    def test_dansk_orden(self, klient):
        for navn in ("Ærø", "Aalborg", "Bo"):
            BrugerFactory(navn=navn)
        assert _navne(klient.get(_url("brugere"))) == [
            "Bo",
            "Sekretariat, administrator sekretariatet",
            "Ærø",
            "Aalborg",
        ]

    @pytest.mark.parametrize("q", ["ålborg", "AALBORG", "ny@kommune", "ålb kommune"])
    def test_soegning(self, klient, q):
        BrugerFactory(navn="Åge Aalborg", email="ny@kommune.example")
        BrugerFactory(navn="Bo", email="bo@kommune.example")
        assert _navne(klient.get(_url("brugere"), {"q": q})) == ["Åge Aalborg"]

    def test_organisation_og_rolle_er_samme_rolle(self, klient, organisationer):
        begge = BrugerFactory(navn="Begge")
        MedlemskabFactory(bruger=begge, rolle=Rolle.REVISOR)
        hver_for_sig = BrugerFactory(navn="Hver for sig")
        MedlemskabFactory(bruger=hver_for_sig, rolle=Rolle.DAS_MEDLEM)
        MedlemskabFactory(bruger=hver_for_sig, rolle=Rolle.REVISOR, organisation=organisationer["hjoerring"])
        svar = klient.get(_url("brugere"), {"organisation": "aalborg", "rolle": "revisor"})
        assert _navne(svar) == ["Begge"]
        assert _navne(klient.get(_url("brugere"), {"organisation": "aalborg"})) == ["Begge", "Hver for sig"]

    def test_udloebne_roller_taeller_ikke(self, klient):
        MedlemskabFactory(rolle=Rolle.REVISOR, til=dt.date(2020, 12, 31))
        svar = klient.get(_url("brugere"), {"rolle": "revisor"})
        assert _navne(svar) == []
        assert "Intet passer til dine filtre" in svar.text

    @pytest.mark.parametrize(("status", "navn"), [("aktiv", "A"), ("inviteret", "I"), ("lukket", "L")])
    def test_status(self, klient, status, navn):
        BrugerFactory(navn="A")
        BrugerFactory(navn="I", inviteret=True)
        BrugerFactory(navn="L", lukket=True)
        assert navn in _navne(klient.get(_url("brugere"), {"status": status}))
        assert len(_navne(klient.get(_url("brugere"), {"status": status}))) == (2 if status == "aktiv" else 1)

    @pytest.mark.parametrize(("valg", "antal"), [("ja", 1), ("nej", 2)])
    def test_totrin(self, klient, valg, antal):
        giv_totrin(BrugerFactory())
        BrugerFactory()
        assert len(_navne(klient.get(_url("brugere"), {"totrin": valg}))) == antal

    def test_aldrig_logget_paa_sidst(self, klient):
        BrugerFactory(navn="Aldrig")
        for retning in ("last_login", "-last_login"):
            assert _navne(klient.get(_url("brugere"), {"sort": retning}))[-1] == "Aldrig"

    def test_excel_er_det_viste(self, klient):
        rolle = MedlemskabFactory(bruger__navn="Åge", bruger__email="aage@kommune.example")
        MedlemskabFactory(bruger=rolle.bruger, rolle=Rolle.REVISOR)
        giv_totrin(rolle.bruger)
        BrugerFactory(navn="Bo")
        svar = klient.get(_url("brugere"), {"q": "åge", "format": "xlsx"})
        celler = [[celle.value for celle in raekke] for raekke in load_workbook(BytesIO(svar.content)).active.rows]
        assert [
            "Åge",
            "aage@kommune.example",
            "Indberetter for driftsherre, Aalborg; Revisor, Aalborg",
            "Aktiv",
            "Ja",
            None,
        ] in celler
        assert not any("Bo" in raekke for raekke in celler)

    def test_faste_forespoergsler(self, klient, django_assert_num_queries):
        """Frame (4), organisations of the filter, count, users, roles: the same for 3 and for 23 users."""
        for antal in (3, 20):
            for rolle in MedlemskabFactory.create_batch(antal):
                giv_totrin(rolle.bruger)
            with django_assert_num_queries(7):
                klient.get(_url("brugere"))


class TestDetalje:
    def test_det_hele(self, klient, organisationer):
        rolle = MedlemskabFactory(bruger__navn="Åse Ærø", til=dt.date(2099, 12, 31))
        MedlemskabFactory(bruger=rolle.bruger, rolle=Rolle.REVISOR, fra=dt.date(2999, 1, 1))
        MedlemskabFactory(bruger=rolle.bruger, rolle=Rolle.DAS_MEDLEM, til=dt.date(2020, 12, 31))
        LoginforsoegFactory(bruger=rolle.bruger, udfald=Loginudfald.FORKERT_KODE)
        side = klient.get(rolle.bruger.get_absolute_url()).text
        for tekst in ("Åse Ærø", "31.12.2099", "Ret slutdato", "Træk tilbage", "Udløbet", "Kommende", "192.0.2.x"):
            assert tekst in side
        assert "Forkert kode fra appen" in side
        assert "Send invitation igen" not in side
        assert "Nulstil" not in side

    def test_inviteret(self, klient):
        side = klient.get(BrugerFactory(inviteret=True).get_absolute_url()).text
        assert "Send invitation igen" in side
        assert "har ikke valgt adgangskode endnu" in side

    def test_lukket(self, klient):
        side = klient.get(BrugerFactory(lukket=True).get_absolute_url()).text
        assert "Genåbn konto" in side
        assert "Luk konto" not in side
        assert "Giv rolle" not in side

    def test_en_selv(self, klient, bruger_med):
        mig = bruger_med(Rolle.SEKRETARIAT_ADMIN)
        giv_totrin(mig)
        side = klient.get(mig.get_absolute_url()).text
        assert "Luk konto" not in side
        assert "Nulstil" not in side

    def test_faste_forespoergsler(self, klient, django_assert_num_queries):
        """Frame (4), user with second factor and today's roles (2), all roles, log-ins, address to come, history."""
        bruger = BrugerFactory()
        for antal in (3, 10):
            for aar in range(antal):
                MedlemskabFactory(bruger=bruger, fra=dt.date(2000 + antal * 20 + aar, 1, 1))
            LoginforsoegFactory.create_batch(antal, bruger=bruger)
            with django_assert_num_queries(9):
                klient.get(bruger.get_absolute_url())


class TestInviter:
    DATA = {
        "navn": "Åse Ærø",
        "email": "Aase@kommune.example",
        "roller": ["driftsherre_indberetter", "kommune_myndighed"],
        "fra": "1.12.2026",
        "til": "",
    }

    def test_sender_invitation(self, klient, organisationer, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            svar = klient.post(_url("bruger_inviter"), self.DATA | {"organisation": organisationer["aalborg"].pk})
        bruger = Bruger.objects.get(email="aase@kommune.example")
        assert svar.headers["Location"] == bruger.get_absolute_url()
        assert _beskeder(svar) == ["Åse Ærø er inviteret og har fået en mail"]
        assert len(mail.outbox) == 1

    def test_tom(self, klient):
        svar = klient.post(_url("bruger_inviter"), {})
        assert svar.status_code == 422
        for tekst in ("Indtast navn", "Indtast e-mailadressen", "Vælg organisation", "Vælg mindst én rolle"):
            assert svar.text.count(tekst) == 2, tekst
        assert "<title>Fejl: " in svar.text

    def test_alt_det_skrevne_bliver_staaende(self, klient, organisationer):
        data = self.DATA | {
            "organisation": organisationer["region-nordjylland"].pk,
            "email": "ikke en adresse",
            "fra": "32.1.2027",
            "til": "1/1-2026",
        }
        svar = klient.post(_url("bruger_inviter"), data)
        assert svar.status_code == 422
        for tekst in ("Åse Ærø", "ikke en adresse", "32.1.2027", "1/1-2026"):
            assert f'value="{tekst}"' in svar.text
        assert "Region Nordjylland kan ikke have rollen Myndighed" in svar.text
        assert "Skriv en e-mailadresse, fx navn@kommune.dk" in svar.text

    def test_slut_foer_start(self, klient, organisationer):
        data = self.DATA | {"organisation": organisationer["aalborg"].pk, "til": "30.11.2026"}
        svar = klient.post(_url("bruger_inviter"), data)
        assert "Slutdatoen skal være samme dag som eller efter startdatoen" in svar.text

    def test_handlingens_indvending_vises_ved_feltet(self, klient, organisationer):
        BrugerFactory(navn="Åse", email="aase@kommune.example", lukket=True)
        svar = klient.post(_url("bruger_inviter"), self.DATA | {"organisation": organisationer["aalborg"].pk})
        assert svar.status_code == 422
        assert "Åses konto er lukket" in svar.text


@pytest.mark.django_db(transaction=True)
def test_mailen_fejler_efter_at_alt_er_gemt(log_ind, settings):
    klient = log_ind(Rolle.SEKRETARIAT_ADMIN)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    bruger = BrugerFactory(inviteret=True)
    svar = klient.post(_url("bruger_send_invitation", bruger.pk))
    assert svar.headers["Location"] == bruger.get_absolute_url()
    assert _beskeder(svar) == ["Ændringen er gemt, men mailen kunne ikke sendes. Prøv igen, eller giv selv besked."]
    bruger.refresh_from_db()
    assert bruger.inviteret_tidspunkt


class TestRoller:
    def test_giv(self, klient, organisationer):
        bruger = BrugerFactory()
        svar = klient.post(
            _url("bruger_giv_rolle", bruger.pk),
            {"organisation": organisationer["hjoerring"].pk, "roller": ["revisor"], "fra": "1.1.2026"},
        )
        assert svar.status_code == 302
        assert bruger.medlemskaber.get().organisation == organisationer["hjoerring"]

    def test_afslut(self, klient):
        rolle = MedlemskabFactory(fra=dt.date(2026, 1, 1))
        url = _url("bruger_afslut_rolle", rolle.bruger.pk, rolle.pk)
        assert "Indberetter for driftsherre" in klient.get(url).text
        assert klient.post(url, {"til": "31.12.2025", "begrundelse": "x"}).status_code == 422
        assert klient.post(url, {"til": "31.12.2026", "begrundelse": ""}).status_code == 422
        assert klient.post(url, {"til": "31.12.2026", "begrundelse": "Nyt job"}).status_code == 302
        rolle.refresh_from_db()
        assert rolle.til == dt.date(2026, 12, 31)

    def test_sidste_administrator_faar_grunden_at_vide(self, klient, bruger_med):
        egen = Medlemskab.objects.get(bruger=bruger_med(Rolle.SEKRETARIAT_ADMIN))
        svar = klient.post(
            _url("bruger_afslut_rolle", egen.bruger_id, egen.pk), {"til": "31.12.2099", "begrundelse": "x"}
        )
        assert svar.status_code == 422
        assert "Der skal altid være mindst én administrator" in svar.text
        assert "31.12.2099" in svar.text

    def test_traek(self, klient):
        rolle = MedlemskabFactory(fra=dt.date(2999, 1, 1))
        svar = klient.post(_url("bruger_traek_rolle", rolle.bruger.pk, rolle.pk), {"begrundelse": "Fejl"})
        assert svar.status_code == 302
        assert not rolle.bruger.medlemskaber.exists()

    @pytest.mark.parametrize("navn", ["bruger_afslut_rolle", "bruger_traek_rolle"])
    def test_en_andens_rolle_findes_ikke(self, klient, navn):
        rolle = MedlemskabFactory()
        assert klient.get(_url(navn, BrugerFactory().pk, rolle.pk)).status_code == 404


class TestKonto:
    def test_luk_og_genaabn(self, klient):
        bruger = BrugerFactory()
        assert klient.post(_url("bruger_luk", bruger.pk), {"begrundelse": "Stoppet"}).status_code == 302
        bruger.refresh_from_db()
        assert not bruger.is_active
        assert klient.post(_url("bruger_luk", bruger.pk), {"begrundelse": "igen"}).status_code == 422
        assert klient.post(_url("bruger_genaabn", bruger.pk), {"begrundelse": "Tilbage"}).status_code == 302
        bruger.refresh_from_db()
        assert bruger.is_active
        assert "Tilbage" in klient.get(bruger.get_absolute_url()).text

    def test_nulstil(self, klient):
        bruger = BrugerFactory()
        giv_totrin(bruger)
        assert "Nulstil to-trins-log-på" in klient.get(bruger.get_absolute_url()).text
        klient.post(_url("bruger_nulstil_totrin", bruger.pk), {"begrundelse": "Ny telefon"})
        assert not bruger.authenticator_set.exists()

    def test_invitation_igen_naar_det_er_for_sent(self, klient):
        bruger = BrugerFactory()
        svar = klient.post(_url("bruger_send_invitation", bruger.pk))
        assert _beskeder(svar) == [
            f"{bruger} har valgt adgangskode eller er lukket, så invitationen er ikke sendt igen"
        ]

    def test_invitation_kun_med_post(self, klient):
        assert klient.get(_url("bruger_send_invitation", BrugerFactory().pk)).status_code == 405

    def test_begrundelsen_maa_ikke_rumme_et_cpr_nummer(self, klient):
        bruger = BrugerFactory()
        svar = klient.post(_url("bruger_luk", bruger.pk), {"begrundelse": "Se 010203-1234"})
        assert svar.status_code == 422
        assert not Haendelse.objects.for_objekt(bruger).exists()


class TestLogin:
    def test_ogsaa_de_ukendte(self, klient):
        LoginforsoegFactory(bruger__navn="Åse")
        LoginforsoegFactory(bruger=None, udfald=Loginudfald.UKENDT)
        side = klient.get(_url("loginforsoeg"))
        assert "Ukendt e-mailadresse" in side.text
        assert "Åse" in side.text

    def test_filtre(self, klient):
        LoginforsoegFactory(bruger__navn="Åse Ærø")
        LoginforsoegFactory(udfald=Loginudfald.FORKERT_ADGANGSKODE)
        for valg in ({"q": "aase"}, {"q": "ærø"}, {"udfald": "logget_paa"}):
            raekker = klient.get(_url("loginforsoeg"), valg).context["table"].page.object_list
            assert [raekke.record.bruger.navn for raekke in raekker] == ["Åse Ærø"]

    def test_nyeste_foerst_og_efter_bruger(self, klient):
        gammelt = LoginforsoegFactory(tidspunkt=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), bruger__navn="A")
        nyt = LoginforsoegFactory(tidspunkt=dt.datetime(2026, 2, 1, tzinfo=dt.UTC), bruger__navn="B")
        ukendt = LoginforsoegFactory(tidspunkt=dt.datetime(2026, 3, 1, tzinfo=dt.UTC), bruger=None, udfald="ukendt")
        for sort, orden in (("", [ukendt, nyt, gammelt]), ("bruger", [gammelt, nyt, ukendt])):
            raekker = klient.get(_url("loginforsoeg"), {"sort": sort}).context["table"].page.object_list
            assert [raekke.record for raekke in raekker] == orden

    def test_faste_forespoergsler(self, klient, django_assert_num_queries):
        """Frame (4), count, rows with their users."""
        for antal in (3, 20):
            LoginforsoegFactory.create_batch(antal)
            with django_assert_num_queries(5):
                klient.get(_url("loginforsoeg"))

    def test_excel(self, klient):
        LoginforsoegFactory(tidspunkt=dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC), bruger__navn="Åse")
        LoginforsoegFactory(tidspunkt=dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC), bruger=None, udfald="ukendt")
        svar = klient.get(_url("loginforsoeg"), {"format": "csv"})
        tekst = svar.content.decode("utf-8-sig")
        assert "01.01.2026 kl.\xa013.00;Åse;Logget på;192.0.2.x" in tekst


@pytest.mark.parametrize("rolle", [Rolle.SEKRETARIAT, Rolle.DRIFTSHERRE_GODKENDER, Rolle.TAKSTGRUPPE])
def test_andre_ser_hverken_sider_eller_menupunkt(log_ind, rolle):
    klient = log_ind(rolle)
    assert klient.get(_url("brugere")).status_code == 403
    assert klient.post(_url("bruger_luk", BrugerFactory().pk), {"begrundelse": "x"}).status_code == 403
    assert "/brugere/" not in klient.get("/").text


def test_uden_log_in(db):
    assert Client().get(_url("brugere")).headers["Location"] == "/konto/log-paa/?next=/brugere/"


def test_en_anden_hat_er_ikke_administrator(organisationer, bruger_med):
    """The administrator who acts for a municipality administers nobody."""
    rolle = administrator()
    anden = MedlemskabFactory(bruger=rolle.bruger)
    klient = Client()
    klient.force_login(rolle.bruger)
    assert klient.get(_url("brugere")).status_code == 200
    klient.post(_url("skift_hat"), {"hat": f"{anden.organisation_id}:driftsherre"})
    assert klient.get(_url("brugere")).status_code == 403
