"""A change after approval has begun: a new edition with a reason, what it affects, and what is carried over."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from socialaftale.aftale import handlinger as aftalehandlinger
from socialaftale.aftale import opbygning
from socialaftale.aftale.enums import Aftaletilstand, Aftaletrin
from socialaftale.aftale.forloeb import NY_UDGAVE_FRA
from socialaftale.aftale.godkendelse import handlinger, udgaver
from socialaftale.aftale.godkendelse.overblik import hent_matrix
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.models import Bilag
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from tests.aftale.factories import alle_godkender, begynd_udgave, fremlaeg, lav_godkendelse, lav_i, lav_udgave

T, S = Aftaletilstand, Aftaletrin


@pytest.fixture
def sekretariat(adgang):
    return adgang(Rolle.SEKRETARIAT)


def ret(aftale, adgang, indhold="<p>Et nyt forord om aftalen</p>"):
    kapitel = aftale.tekst.kapitler.get(noegle="forord")
    felter = {"kapitel": kapitel, "titel": kapitel.titel, "indhold": indhold, "fra_version": kapitel.version}
    return aftalehandlinger.ret_kapitel(aftale, adgang=adgang, **felter)


def med_anden_udgave(aftale, adgang):
    """A new edition begun, written and made."""
    aftale = begynd_udgave(aftale)
    ret(aftale, adgang)
    lav_udgave(aftale, b"%PDF-1.7 anden", er_udkast=False)
    return aftale


class TestBegynd:
    @pytest.mark.parametrize("tilstand", T)
    def test_hvorfra(self, organisationer, sekretariat, tilstand):
        aftale = lav_i(tilstand)
        if tilstand in NY_UDGAVE_FRA:
            aftale = udgaver.begynd(aftale, adgang=sekretariat, begrundelse="Et tal er forkert")
            assert (aftale.tilstand, aftale.er_laast) == (tilstand, False)
            assert aftale.skridt.get().begrundelse == "Et tal er forkert"
            assert ret(aftale, sekretariat).version == 2
        else:
            with pytest.raises(PermissionDenied):
                udgaver.begynd(aftale, adgang=sekretariat, begrundelse="Et tal er forkert")

    def test_skal_begrundes_og_kun_en_ad_gangen(self, organisationer, sekretariat):
        aftale = lav_i(T.GODKENDELSE)
        with pytest.raises(ValidationError, match="hvorfor teksten skal ændres"):
            udgaver.begynd(aftale, adgang=sekretariat, begrundelse=" ")
        udgaver.begynd(aftale, adgang=sekretariat, begrundelse="En fejl")
        with pytest.raises(PermissionDenied):
            udgaver.begynd(aftale, adgang=sekretariat, begrundelse="En fejl til")

    def test_kun_sekretariatet(self, organisationer, adgang):
        with pytest.raises(PermissionDenied):
            udgaver.begynd(lav_i(T.GODKENDELSE), adgang=adgang(Rolle.DAS_MEDLEM), begrundelse="x")

    def test_ogsaa_bilag_og_opbygning_ligger_fast(self, organisationer, sekretariat):
        aftale = lav_i(T.GODKENDELSE)
        nyt = {"gruppe": "Styring", "titel": "Et bilag til"}
        with pytest.raises(PermissionDenied, match="ligger fast"):
            opbygning.gem_raekke(aftale, opbygning.LISTER["bilag"], Bilag(aftale=aftale, **nyt), adgang=sekretariat)
        begynd_udgave(aftale)
        raekke = opbygning.gem_raekke(
            aftale, opbygning.LISTER["bilag"], Bilag(aftale=aftale, **nyt), adgang=sekretariat
        )
        assert raekke.nr == 2

    def test_offentligheden_laeser_den_gamle_imens(self, organisationer, sekretariat):
        aftale = begynd_udgave(lav_i(T.GAELDENDE))
        ret(aftale, sekretariat)
        aftale.refresh_from_db()
        forord = next(et for et in hent_laesning(aftale, kladde=False).kapitler if et.noegle == "forord")
        assert "nyt forord" not in forord.indhold


class TestFortryd:
    def test_kun_naar_teksten_er_som_foer(self, organisationer, sekretariat):
        aftale = begynd_udgave(lav_i(T.GODKENDELSE))
        ret(aftale, sekretariat)
        with pytest.raises(ValidationError, match="rettet siden 1. udgave"):
            udgaver.fortryd(aftale, adgang=sekretariat)
        ret(aftale, sekretariat, "<p>Vi er {{ parter.antal }} parter.</p>")
        assert udgaver.fortryd(aftale, adgang=sekretariat).er_laast
        with pytest.raises(PermissionDenied):
            udgaver.fortryd(aftale, adgang=sekretariat)


class TestFremlaeg:
    def test_indholdet_er_aendret(self, organisationer, sekretariat):
        aftale = lav_i(T.GODKENDELSE)
        for slug in ("aalborg", "hjoerring"):
            lav_godkendelse(aftale, organisationer[slug])
        aftale = med_anden_udgave(aftale, sekretariat)
        beroerte = udgaver.fremlaeg(aftale, adgang=sekretariat, redaktionel=False)
        assert {et.organisation.slug for et in beroerte} == {"aalborg", "hjoerring"}
        aftale.refresh_from_db()
        matrix = hent_matrix(aftale)
        assert matrix.i_ord == "0 af 12 har godkendt"
        aalborg = next(raekke for raekke in matrix.raekker if raekke.part.slug == "aalborg")
        assert (aalborg.status, aalborg.om_udgaven) == ("Mangler", "Godkendt 1. udgave, ikke den nye")
        assert aftale.er_laast

    def test_redaktionel_rettelse(self, organisationer, sekretariat):
        aftale = lav_i(T.GODKENDELSE)
        given = lav_godkendelse(aftale, organisationer["aalborg"], "med_bemaerkning", note="Følg op")
        aftale = med_anden_udgave(aftale, sekretariat)
        with pytest.raises(ValidationError, match="ikke påvirker godkendelserne"):
            udgaver.fremlaeg(aftale, adgang=sekretariat, redaktionel=True)
        assert udgaver.fremlaeg(aftale, adgang=sekretariat, redaktionel=True, begrundelse="Stavefejl") == []
        aftale.refresh_from_db()
        ny = aftale.godkendelser.get(udgave=aftale.fremlagt_udgave)
        assert (ny.overfoert_fra, ny.note, ny.sagsnummer) == (given, "Følg op", given.sagsnummer)
        raekke = hent_matrix(aftale).raekker[-1]
        assert raekke.om_udgaven == "2. udgave, overført fra 1. udgave"
        skridt = aftale.skridt.get(trin=S.FREMLAEG_UDGAVE)
        assert (skridt.er_redaktionel, skridt.begrundelse, skridt.tidligere_udgave.nummer) == (True, "Stavefejl", 1)
        assert "godkendelse_overfoert" in {et.handling for et in Haendelse.objects.for_objekt(aftale)}

    def test_en_overfoert_kan_rettes_med_sin_egen_dato(self, organisationer, sekretariat, time_machine):
        time_machine.move_to("2026-10-01 10:00")
        aftale = lav_i(T.GODKENDELSE)
        lav_godkendelse(aftale, organisationer["aalborg"])
        time_machine.move_to("2026-10-20 10:00")
        aftale = fremlaeg(med_anden_udgave(aftale, sekretariat))
        rettet = lav_godkendelse(
            aftale,
            organisationer["aalborg"],
            moededato=aftale.godkendelser.first().moededato,
            sagsnummer="2026-77",
            begrundelse="Tastefejl",
            fra_version=1,
        )
        assert (rettet.sagsnummer, rettet.moededato.day) == ("2026-77", 1)

    def test_foerst_naar_der_er_en_ny_udgave(self, organisationer, sekretariat):
        aftale = begynd_udgave(lav_i(T.GODKENDELSE))
        with pytest.raises(ValidationError, match="lav en ny udgave"):
            udgaver.fremlaeg(aftale, adgang=sekretariat, redaktionel=False)
        ret(aftale, sekretariat)
        lav_udgave(aftale, b"%PDF-1.7 anden")
        ret(aftale, sekretariat, "<p>Endnu en gang</p>")
        with pytest.raises(ValidationError, match="rettet siden 2. udgave"):
            udgaver.fremlaeg(aftale, adgang=sekretariat, redaktionel=False)

    def test_godkendt_venter_paa_den_nye(self, organisationer, sekretariat):
        aftale = lav_i(T.GODKENDELSE)
        alle_godkender(aftale)
        begynd_udgave(aftale)
        with pytest.raises(ValidationError, match="En ny udgave er begyndt"):
            handlinger.tag(aftale, S.GODKEND, adgang=sekretariat)

    def test_de_der_har_godkendt_faar_mail(
        self, organisationer, sekretariat, bruger_med, mailoutbox, django_capture_on_commit_callbacks
    ):
        for slug in ("aalborg", "hjoerring"):
            bruger_med(Rolle.KOMMUNE_GODKENDER, organisation=slug)
        aftale = lav_i(T.GODKENDELSE)
        lav_godkendelse(aftale, organisationer["aalborg"])
        aftale = med_anden_udgave(aftale, sekretariat)
        with django_capture_on_commit_callbacks(execute=True):
            udgaver.fremlaeg(aftale, adgang=sekretariat, redaktionel=False)
        assert [mail.to for mail in mailoutbox] == [["kommune-godkender.aalborg@test.example"]]
        assert "2. udgave" in mailoutbox[0].body


class TestUdgivEnNy:
    """A new edition of an agreement that everybody reads already."""

    def test_med_nye_godkendelser(self, organisationer, sekretariat):
        aftale = lav_i(T.GAELDENDE)
        gammel = aftale.gaeldende_udgave
        aftale = fremlaeg(med_anden_udgave(aftale, sekretariat), redaktionel=False)
        ny = aftale.fremlagt_udgave
        with pytest.raises(ValidationError, match="0 af 12 har godkendt 2. udgave"):
            aftalehandlinger.offentliggoer(aftale, adgang=sekretariat, udgave=ny)
        assert aftale.gaeldende_udgave == gammel
        alle_godkender(aftale)
        aftale = aftalehandlinger.offentliggoer(aftale, adgang=sekretariat, udgave=ny)
        assert (aftale.gaeldende_udgave, aftale.tilstand) == (ny, T.GAELDENDE)

    def test_redaktionel_kan_offentliggoeres_straks(self, organisationer, sekretariat):
        aftale = fremlaeg(med_anden_udgave(lav_i(T.GAELDENDE), sekretariat))
        aftale = aftalehandlinger.offentliggoer(aftale, adgang=sekretariat, udgave=aftale.fremlagt_udgave)
        assert aftale.gaeldende_udgave.nummer == 2

    def test_redaktionel_mod_en_udgave_der_ikke_var_godkendt(self, organisationer, sekretariat):
        """Editorial on top of a change of substance does not slip past the parties."""
        aftale = fremlaeg(med_anden_udgave(lav_i(T.GAELDENDE), sekretariat), redaktionel=False)
        aftale = begynd_udgave(aftale)
        ret(aftale, sekretariat, "<p>Et punktum</p>")
        lav_udgave(aftale, b"%PDF-1.7 tredje")
        aftale = fremlaeg(aftale)
        with pytest.raises(ValidationError, match="0 af 12"):
            aftalehandlinger.offentliggoer(aftale, adgang=sekretariat, udgave=aftale.fremlagt_udgave)
