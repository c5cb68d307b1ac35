"""The administrator's steps: what they change, whom they tell, what they refuse, and what the log says."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.brugere import handlinger
from socialaftale.kerne.brugere.enums import Brugerstatus
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Bruger, Haendelse, Medlemskab
from tests.kerne.brugere.factories import BrugerFactory, MedlemskabFactory, administrator, giv_totrin

I_DAG = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _nu(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=True)


@pytest.fixture
def admin(adgang):
    return adgang(Rolle.SEKRETARIAT_ADMIN)


@pytest.fixture
def inviter(admin, organisationer):
    def goer(**felter):
        standard = {
            "adgang": admin,
            "email": "Aase@Kommune.Example ",
            "navn": " Åse Ærø ",
            "organisation": organisationer["aalborg"],
            "roller": [Rolle.DRIFTSHERRE_INDBERETTER, Rolle.KOMMUNE_MYNDIGHED],
            "fra": I_DAG,
        }
        return handlinger.inviter(**(standard | felter))

    return goer


def _handlinger(bruger) -> list[str]:
    return [haendelse.handling for haendelse in Haendelse.objects.for_objekt(bruger).order_by("pk")]


class TestInviter:
    def test_ny_bruger(self, inviter, mailoutbox, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            bruger = inviter()
        bruger.refresh_from_db()
        assert (bruger.email, bruger.navn, bruger.status) == (
            "aase@kommune.example",
            "Åse Ærø",
            Brugerstatus.INVITERET,
        )
        assert bruger.inviteret_tidspunkt.date() == I_DAG
        assert {(rolle.rolle, rolle.fra, rolle.til) for rolle in bruger.medlemskaber.all()} == {
            (Rolle.DRIFTSHERRE_INDBERETTER, I_DAG, None),
            (Rolle.KOMMUNE_MYNDIGHED, I_DAG, None),
        }
        assert [mail.to for mail in mailoutbox] == [["aase@kommune.example"]]
        assert _handlinger(bruger) == ["inviteret", "rolle_givet", "rolle_givet", "invitation_sendt"]

    def test_kendt_adresse_faar_rollerne(self, inviter, mailoutbox, django_capture_on_commit_callbacks):
        kendt = BrugerFactory(email="aase@kommune.example", navn="Åse fra før")
        with django_capture_on_commit_callbacks(execute=True):
            bruger = inviter()
        assert (bruger, bruger.navn) == (kendt, "Åse fra før")
        assert bruger.medlemskaber.count() == 2
        assert mailoutbox[0].subject == "Du har fået en ny rolle i Nordjysk Socialaftale"
        assert "adgangskode/ny" not in mailoutbox[0].body
        assert _handlinger(bruger) == ["rolle_givet", "rolle_givet"]

    def test_kendt_uden_adgangskode_faar_invitationen_igen(
        self, inviter, mailoutbox, django_capture_on_commit_callbacks
    ):
        BrugerFactory(email="aase@kommune.example", inviteret=True)
        with django_capture_on_commit_callbacks(execute=True):
            inviter()
        assert "adgangskode/ny" in mailoutbox[0].body

    def test_lukket_konto_genaabnes_foerst(self, inviter):
        BrugerFactory(email="aase@kommune.example", lukket=True)
        with pytest.raises(ValidationError, match="er lukket"):
            inviter()
        assert not Medlemskab.objects.filter(bruger__email="aase@kommune.example").exists()

    @pytest.mark.parametrize(
        ("rolle", "slug"),
        [
            (Rolle.SEKRETARIAT_ADMIN, "aalborg"),
            (Rolle.SEKRETARIAT, "region-nordjylland"),
            (Rolle.KOMMUNE_MYNDIGHED, "region-nordjylland"),
            (Rolle.TILSYN_LAESER, "aalborg"),
            (Rolle.DRIFTSHERRE_GODKENDER, "kkr-nordjylland"),
            (Rolle.PRIVAT_DRIFTSHERRE, "aalborg"),
        ],
    )
    def test_rollen_skal_passe_til_organisationen(self, inviter, organisationer, rolle, slug):
        with pytest.raises(ValidationError, match="kan ikke have rollen"):
            inviter(organisation=organisationer[slug], roller=[rolle])
        assert not Bruger.objects.filter(email="aase@kommune.example").exists()

    def test_uden_roller(self, inviter):
        with pytest.raises(ValidationError, match="Vælg mindst én rolle"):
            inviter(roller=[])

    @pytest.mark.parametrize(("demo", "fejler"), [(False, True), (True, False)])
    def test_demobrugere_findes_kun_i_demoen(self, inviter, settings, demo, fejler):
        settings.DEMO = demo
        if fejler:
            with pytest.raises(ValidationError, match="kun i demoen"):
                inviter(email="ny@demo.example")
        else:
            assert inviter(email="ny@demo.example").pk

    @pytest.mark.parametrize("email", ["", "ingen snabel-a", "to@x.dk@y.dk"])
    def test_ugyldig_adresse(self, inviter, email):
        with pytest.raises(ValidationError):
            inviter(email=email)


class TestGivRolle:
    @pytest.mark.parametrize(
        ("fra", "til", "overlapper"),
        [
            (dt.date(2025, 1, 1), None, True),
            (dt.date(2025, 6, 30), dt.date(2025, 6, 30), True),
            (dt.date(2024, 12, 31), None, True),
            (dt.date(2024, 1, 1), dt.date(2024, 12, 31), False),
            (dt.date(2025, 7, 1), None, False),
        ],
    )
    def test_samme_rolle_to_gange_paa_samme_tid(self, admin, organisationer, fra, til, overlapper):
        rolle = MedlemskabFactory(fra=dt.date(2025, 1, 1), til=dt.date(2025, 6, 30))
        giv = {"organisation": organisationer["aalborg"], "roller": [rolle.rolle], "fra": fra, "til": til}
        if overlapper:
            with pytest.raises(ValidationError, match="har allerede rollen"):
                handlinger.giv_rolle(rolle.bruger, adgang=admin, **giv)
        else:
            handlinger.giv_rolle(rolle.bruger, adgang=admin, **giv)
        assert rolle.bruger.medlemskaber.count() == (1 if overlapper else 2)

    def test_samme_rolle_et_andet_sted(self, admin, organisationer):
        rolle = MedlemskabFactory()
        handlinger.giv_rolle(
            rolle.bruger, adgang=admin, organisation=organisationer["hjoerring"], roller=[rolle.rolle], fra=I_DAG
        )
        assert rolle.bruger.medlemskaber.count() == 2

    def test_datoer_i_forkert_raekkefoelge(self, admin, organisationer):
        with pytest.raises(ValidationError, match="Slutdatoen"):
            handlinger.giv_rolle(
                BrugerFactory(),
                adgang=admin,
                organisation=organisationer["aalborg"],
                roller=[Rolle.REVISOR],
                fra=I_DAG,
                til=dt.date(2026, 11, 21),
            )

    def test_en_forkert_rolle_stopper_dem_alle(self, admin, organisationer):
        bruger = BrugerFactory()
        with pytest.raises(ValidationError):
            handlinger.giv_rolle(
                bruger,
                adgang=admin,
                organisation=organisationer["aalborg"],
                roller=[Rolle.REVISOR, Rolle.SEKRETARIAT],
                fra=I_DAG,
            )
        assert not bruger.medlemskaber.exists()


class TestAfslutRolle:
    def test_med_dato_og_begrundelse(self, admin):
        rolle = handlinger.afslut_rolle(MedlemskabFactory(), adgang=admin, til=I_DAG, begrundelse=" Nyt job ")
        haendelse = Haendelse.objects.for_objekt(rolle.bruger).get()
        assert rolle.til == I_DAG
        assert haendelse.begrundelse == "Nyt job"
        assert haendelse.tekst == "Rollen Indberetter for driftsherre i Aalborg slutter 22. november 2026"

    def test_uden_begrundelse(self, admin):
        with pytest.raises(ValidationError, match="Skriv en begrundelse"):
            handlinger.afslut_rolle(MedlemskabFactory(), adgang=admin, til=I_DAG, begrundelse="  ")

    def test_slut_foer_start(self, admin):
        rolle = MedlemskabFactory(fra=dt.date(2026, 11, 1))
        with pytest.raises(ValidationError, match="Slutdatoen"):
            handlinger.afslut_rolle(rolle, adgang=admin, til=dt.date(2026, 10, 31), begrundelse="x")
        rolle.refresh_from_db()
        assert rolle.til is None

    @pytest.mark.parametrize(
        "datoer", [{"fra": dt.date(2026, 11, 23)}, {"fra": dt.date(2026, 1, 1), "til": dt.date(2026, 11, 21)}]
    )
    def test_kun_roller_i_kraft(self, admin, datoer):
        with pytest.raises(ValidationError, match="ikke i kraft"):
            handlinger.afslut_rolle(MedlemskabFactory(**datoer), adgang=admin, til=I_DAG, begrundelse="x")

    def test_sidste_administrator(self, admin):
        egen = Medlemskab.objects.get(bruger=admin.bruger)
        with pytest.raises(ValidationError, match="mindst én administrator"):
            handlinger.afslut_rolle(egen, adgang=admin, til=dt.date(2030, 1, 1), begrundelse="x")

    @pytest.mark.parametrize(
        ("anden", "nok"),
        [
            ({}, True),
            ({"til": dt.date(2040, 1, 1)}, False),
            ({"fra": dt.date(2026, 11, 23)}, False),
            ({"bruger__lukket": True}, False),
            ({"bruger__inviteret": True}, False),
        ],
    )
    def test_kun_en_rigtig_administrator_kan_tage_over(self, admin, anden, nok):
        administrator(**anden)
        egen = Medlemskab.objects.get(bruger=admin.bruger)
        if nok:
            handlinger.afslut_rolle(egen, adgang=admin, til=I_DAG, begrundelse="x")
        else:
            with pytest.raises(ValidationError, match="mindst én administrator"):
                handlinger.afslut_rolle(egen, adgang=admin, til=I_DAG, begrundelse="x")


class TestTraekRolle:
    def test_rollen_forsvinder_og_loggen_staar(self, admin):
        rolle = MedlemskabFactory(fra=dt.date(2026, 12, 1))
        bruger = handlinger.traek_rolle(rolle, adgang=admin, begrundelse="Fejl")
        haendelse = Haendelse.objects.for_objekt(bruger).get()
        assert not bruger.medlemskaber.exists()
        assert (haendelse.handling, haendelse.data["fra"]) == ("rolle_trukket", "2026-12-01")

    def test_ikke_en_der_er_begyndt(self, admin):
        rolle = MedlemskabFactory(fra=I_DAG)
        with pytest.raises(ValidationError, match="er begyndt"):
            handlinger.traek_rolle(rolle, adgang=admin, begrundelse="Fejl")
        assert Medlemskab.objects.filter(pk=rolle.pk).exists()


class TestLuk:
    def test_lukker_og_logger_af(self, admin):
        bruger = MedlemskabFactory().bruger
        klient = Client()
        klient.force_login(bruger)
        handlinger.luk(bruger, adgang=admin, begrundelse="Stoppet")
        bruger.refresh_from_db()
        assert bruger.status == Brugerstatus.LUKKET
        assert klient.get("/skift-rolle/").status_code == 302
        assert Haendelse.objects.for_objekt(bruger).get().begrundelse == "Stoppet"

    def test_ikke_sig_selv(self, admin):
        administrator()
        with pytest.raises(ValidationError, match="din egen konto"):
            handlinger.luk(admin.bruger, adgang=admin, begrundelse="x")

    def test_ikke_sidste_administrator(self, admin):
        midlertidig = administrator(til=dt.date(2027, 1, 1)).bruger
        med_slut = Adgang(midlertidig, admin.organisation, admin.hat, admin.roller)
        with pytest.raises(ValidationError, match="mindst én administrator"):
            handlinger.luk(admin.bruger, adgang=med_slut, begrundelse="x")
        admin.bruger.refresh_from_db()
        assert admin.bruger.is_active

    def test_ikke_to_gange(self, admin):
        with pytest.raises(ValidationError, match="allerede lukket"):
            handlinger.luk(BrugerFactory(lukket=True), adgang=admin, begrundelse="x")

    def test_uden_begrundelse(self, admin):
        with pytest.raises(ValidationError, match="Skriv en begrundelse"):
            handlinger.luk(BrugerFactory(), adgang=admin, begrundelse="")

    def test_genaabn(self, admin):
        bruger = handlinger.genaabn(BrugerFactory(lukket=True), adgang=admin, begrundelse="Tilbage")
        bruger.refresh_from_db()
        assert bruger.is_active
        assert _handlinger(bruger) == ["konto_genaabnet"]
        with pytest.raises(ValidationError, match="allerede åben"):
            handlinger.genaabn(bruger, adgang=admin, begrundelse="x")


class TestInvitationIgen:
    def test_til_den_der_ikke_har_valgt_adgangskode(self, admin, mailoutbox, django_capture_on_commit_callbacks):
        bruger = BrugerFactory(inviteret=True)
        with django_capture_on_commit_callbacks(execute=True):
            handlinger.send_invitation(bruger, adgang=admin)
        bruger.refresh_from_db()
        assert bruger.inviteret_tidspunkt
        assert len(mailoutbox) == 1

    @pytest.mark.parametrize("trait", [{}, {"lukket": True, "inviteret": True}])
    def test_ikke_til_andre(self, admin, trait):
        with pytest.raises(ValidationError, match="ikke sendt igen"):
            handlinger.send_invitation(BrugerFactory(**trait), adgang=admin)


class TestNulstilTotrin:
    def test_fjerner_app_og_koder_og_logger_af(self, admin, mailoutbox, django_capture_on_commit_callbacks):
        bruger = BrugerFactory()
        giv_totrin(bruger)
        klient = Client()
        klient.force_login(bruger)
        with django_capture_on_commit_callbacks(execute=True):
            handlinger.nulstil_totrin(bruger, adgang=admin, begrundelse="Ny telefon")
        assert not Authenticator.objects.filter(user=bruger).exists()
        assert klient.get("/skift-rolle/").status_code == 302
        assert mailoutbox[0].to == [bruger.email]
        assert _handlinger(bruger) == ["totrin_nulstillet"]

    def test_ikke_sin_egen(self, admin):
        giv_totrin(admin.bruger)
        with pytest.raises(ValidationError, match="Min konto"):
            handlinger.nulstil_totrin(admin.bruger, adgang=admin, begrundelse="x")

    def test_ingen_at_nulstille(self, admin):
        with pytest.raises(ValidationError, match="har ikke to-trins"):
            handlinger.nulstil_totrin(BrugerFactory(), adgang=admin, begrundelse="x")

    def test_uden_begrundelse(self, admin):
        bruger = BrugerFactory()
        giv_totrin(bruger)
        with pytest.raises(ValidationError, match="Skriv en begrundelse"):
            handlinger.nulstil_totrin(bruger, adgang=admin, begrundelse="")
        assert Authenticator.objects.filter(user=bruger).count() == 2


@pytest.mark.parametrize("rolle", [rolle for rolle in Rolle if rolle != Rolle.SEKRETARIAT_ADMIN])
def test_ingen_anden_maa(adgang, organisationer, rolle):
    """Every step refuses every other role and leaves no trace."""
    mig = adgang(rolle)
    bruger, medlemskab = BrugerFactory(inviteret=True), MedlemskabFactory()
    kommende = MedlemskabFactory(fra=dt.date(2999, 1, 1))
    giv = {"organisation": organisationer["aalborg"], "roller": [Rolle.REVISOR], "fra": I_DAG}
    skridt = [
        lambda: handlinger.inviter(adgang=mig, email="x@y.dk", navn="X", **giv),
        lambda: handlinger.giv_rolle(bruger, adgang=mig, **giv),
        lambda: handlinger.send_invitation(bruger, adgang=mig),
        lambda: handlinger.afslut_rolle(medlemskab, adgang=mig, til=I_DAG, begrundelse="x"),
        lambda: handlinger.traek_rolle(kommende, adgang=mig, begrundelse="x"),
        lambda: handlinger.luk(bruger, adgang=mig, begrundelse="x"),
        lambda: handlinger.genaabn(BrugerFactory(lukket=True), adgang=mig, begrundelse="x"),
        lambda: handlinger.nulstil_totrin(bruger, adgang=mig, begrundelse="x"),
    ]
    for et_skridt in skridt:
        with pytest.raises(PermissionDenied):
            et_skridt()
    assert not Haendelse.objects.exists()
