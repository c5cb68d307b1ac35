"""The parties' approvals: what is registered, by whom, corrected with a reason, and when all have approved."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialaftale.aftale.enums import Aftaletilstand, Aftaletrin
from socialaftale.aftale.godkendelse import handlinger
from socialaftale.aftale.godkendelse.enums import GODKENDER, Afgoerelse
from socialaftale.aftale.godkendelse.overblik import Matrix, Partraekke, hent_matrix
from socialaftale.aftale.godkendelse.registrering import registrer
from socialaftale.aftale.models import Godkendelse
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse, Organisation
from tests.aftale.factories import UdkastFactory, alle_godkender, lav_godkendelse, lav_i, lav_offentliggjort

T, S = Aftaletilstand, Aftaletrin
I_DAG = timezone.localdate


@pytest.fixture
def aftale(organisationer):
    return lav_i(T.GODKENDELSE)


@pytest.fixture
def sekretariat(adgang):
    return adgang(Rolle.SEKRETARIAT)


def giv(aftale, adgang, organisation, **felter):
    return registrer(
        aftale,
        adgang=adgang,
        organisation=organisation,
        **{"afgoerelse": "godkendt", "moededato": I_DAG(), "sagsnummer": "2026-000123"} | felter,
    )


class TestRegistrer:
    def test_det_der_gemmes(self, aftale, sekretariat, organisationer):
        godkendelse = giv(
            aftale, sekretariat, organisationer["aalborg"], link="https://www.aalborg.dk/referat/12", note="Enstemmigt"
        )
        assert (godkendelse.udgave, godkendelse.registreret_af) == (aftale.fremlagt_udgave, sekretariat.bruger)
        haendelse = Haendelse.objects.for_objekt(aftale).get()
        assert haendelse.vedroerer == organisationer["aalborg"]
        assert haendelse.data["efter"]["sagsnummer"] == "2026-000123"

    @pytest.mark.parametrize(
        ("felter", "besked"),
        [
            ({"moededato": dt.date(2099, 1, 1)}, "efter i dag"),
            ({"moededato": dt.date(2020, 1, 1)}, "eller senere"),
            ({"link": "http://www.aalborg.dk/referat"}, "https://"),
            ({"link": "javascript:alert(1)"}, "https://"),
            ({"note": "Borgeren 010190-1234"}, "CPR"),
            ({"sagsnummer": "010190-1234"}, "CPR"),
            ({"sagsnummer": " "}, "sagsnummer"),
            ({"afgoerelse": "med_bemaerkning"}, "Skriv bemærkningen"),
            ({"afgoerelse": "maaske"}, "afgoerelse"),
        ],
    )
    def test_hvad_der_ikke_gaar(self, aftale, sekretariat, organisationer, felter, besked):
        with pytest.raises(ValidationError, match=besked):
            giv(aftale, sekretariat, organisationer["aalborg"], **felter)
        assert not Godkendelse.objects.exists()

    def test_kun_parter(self, aftale, sekretariat, organisationer):
        with pytest.raises(PermissionDenied):
            giv(aftale, sekretariat, organisationer["socialtilsyn-nord"])

    @pytest.mark.parametrize("tilstand", [T.UDKAST, T.HOERING, T.DAS, T.KKR])
    def test_ikke_foer_parterne_har_den(self, organisationer, sekretariat, tilstand):
        with pytest.raises(PermissionDenied):
            giv(lav_i(tilstand), sekretariat, organisationer["aalborg"])

    def test_en_aftale_fra_foer_systemet_faar_sine_gamle_datoer(self, organisationer, sekretariat):
        aftale = lav_offentliggjort(periode="2021-2022")
        assert giv(aftale, sekretariat, organisationer["aalborg"], moededato=dt.date(2020, 10, 5)).godkender
        with pytest.raises(ValidationError, match="januar 2018 eller senere"):
            giv(aftale, sekretariat, organisationer["hjoerring"], moededato=dt.date(2017, 12, 31))


class TestHvem:
    @pytest.mark.parametrize("rolle", [Rolle.KOMMUNE_GODKENDER, Rolle.DAS_MEDLEM])
    def test_partens_egne(self, aftale, adgang, organisationer, rolle):
        egen = adgang(rolle, organisation="hjoerring")
        assert giv(aftale, egen, organisationer["hjoerring"]).registreret_af == egen.bruger
        with pytest.raises(PermissionDenied):
            giv(aftale, egen, organisationer["aalborg"])

    def test_regionens_medlem_af_das(self, aftale, adgang, organisationer):
        region = adgang(Rolle.DAS_MEDLEM, organisation="region-nordjylland")
        assert giv(aftale, region, organisationer["region-nordjylland"]).godkender

    @pytest.mark.parametrize("rolle", sorted(set(Rolle) - {Rolle.KOMMUNE_GODKENDER, Rolle.DAS_MEDLEM}))
    def test_ingen_andre(self, aftale, adgang, organisationer, rolle):
        en = adgang(rolle)
        if en.er_sekretariat:
            assert giv(aftale, en, organisationer["aalborg"]).godkender
            return
        with pytest.raises(PermissionDenied):
            giv(aftale, en, organisationer["aalborg"])


class TestRet:
    def test_med_begrundelse_og_det_gamle_i_loggen(self, aftale, sekretariat, organisationer):
        aalborg = organisationer["aalborg"]
        giv(aftale, sekretariat, aalborg)
        with pytest.raises(ValidationError, match="hvorfor registreringen rettes"):
            giv(aftale, sekretariat, aalborg, sagsnummer="2026-9", fra_version=1)
        rettet = giv(aftale, sekretariat, aalborg, sagsnummer="2026-9", fra_version=1, begrundelse="Tastefejl")
        assert (rettet.sagsnummer, rettet.version) == ("2026-9", 2)
        haendelse = Haendelse.objects.for_objekt(aftale).first()
        assert (haendelse.handling, haendelse.begrundelse) == ("godkendelse_rettet", "Tastefejl")
        assert (haendelse.data["foer"]["sagsnummer"], haendelse.data["efter"]["sagsnummer"]) == (
            *("2026-000123", "2026-9"),
        )

    def test_to_samtidig(self, aftale, sekretariat, organisationer):
        giv(aftale, sekretariat, organisationer["aalborg"])
        with pytest.raises(Versionskonflikt):
            giv(aftale, sekretariat, organisationer["aalborg"], sagsnummer="2026-8", begrundelse="x")

    def test_uaendret_giver_ingen_rettelse(self, aftale, sekretariat, organisationer):
        giv(aftale, sekretariat, organisationer["aalborg"])
        igen = giv(aftale, sekretariat, organisationer["aalborg"], fra_version=1, begrundelse="x")
        assert igen.version == 1

    def test_det_offentliggjorte_kan_ikke_blive_afvist(self, aftale, sekretariat, organisationer):
        alle_godkender(aftale)
        aftale = handlinger.tag(aftale, S.GODKEND, adgang=sekretariat)
        felter = {"fra_version": 1, "begrundelse": "Forkert"}
        with pytest.raises(ValidationError, match="offentliggjort som godkendt af alle"):
            giv(aftale, sekretariat, organisationer["aalborg"], afgoerelse="afvist", **felter)
        assert giv(aftale, sekretariat, organisationer["aalborg"], sagsnummer="2026-7", **felter).version == 2

    def test_slettes_aldrig(self, aftale, organisationer):
        with pytest.raises(TypeError):
            lav_godkendelse(aftale, organisationer["aalborg"]).delete()


class TestGodkend:
    def test_foerst_naar_alle_har_godkendt(self, aftale, sekretariat, organisationer):
        parter = list(Organisation.objects.parter())
        for part in parter[:-1]:
            lav_godkendelse(aftale, part)
        with pytest.raises(ValidationError, match=f"mangler fra {parter[-1]}"):
            handlinger.tag(aftale, S.GODKEND, adgang=sekretariat)
        lav_godkendelse(aftale, parter[-1], "med_bemaerkning", note="Vi ønsker en status")
        aftale = handlinger.tag(aftale, S.GODKEND, adgang=sekretariat)
        assert (aftale.tilstand, aftale.vedtaget_aar) == (T.GODKENDT, I_DAG().year)
        assert aftale.gaeldende_udgave == aftale.fremlagt_udgave

    def test_ikke_naar_en_har_afvist(self, aftale, sekretariat, organisationer):
        alle_godkender(aftale)
        giv(aftale, sekretariat, organisationer["rebild"], afgoerelse="afvist", fra_version=1, begrundelse="Nyt møde")
        with pytest.raises(ValidationError, match="Afvist af Rebild"):
            handlinger.tag(aftale, S.GODKEND, adgang=sekretariat)

    def test_antallet_af_parter_er_data(self, aftale, sekretariat, organisationer):
        Organisation.objects.parter().exclude(slug__in=["aalborg", "hjoerring"]).update(er_part=False)
        alle_godkender(aftale)
        assert hent_matrix(aftale).i_ord == "2 af 2 har godkendt"
        assert handlinger.tag(aftale, S.GODKEND, adgang=sekretariat).tilstand == T.GODKENDT

    def test_uden_parter_er_intet_godkendt(self, aftale, sekretariat, organisationer):
        Organisation.objects.parter().update(er_part=False)
        assert not hent_matrix(aftale).alle_har_godkendt


class TestMatrix:
    def test_de_der_mangler_staar_foerst(self, aftale, organisationer):
        lav_godkendelse(aftale, organisationer["aalborg"])
        lav_godkendelse(aftale, organisationer["rebild"], "afvist")
        matrix = hent_matrix(aftale)
        assert matrix.i_ord == "1 af 12 har godkendt"
        assert [raekke.part.slug for raekke in matrix.raekker[-2:]] == ["rebild", "aalborg"]
        assert len(matrix.mangler) == 10
        assert [raekke.status for raekke in matrix.raekker[-3:]] == ["Mangler", "Afvist", "Godkendt"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(afgoerelser=st.lists(st.sampled_from([None, *Afgoerelse]), min_size=1, max_size=30))
def test_alle_har_godkendt_netop_naar_ingen_mangler_eller_afviser(afgoerelser):
    """Property: the count, who is missing and who refused always add up to the parties."""
    raekker = tuple(
        Partraekke(
            Organisation(pk=nr, kortnavn=str(nr)),
            Godkendelse(afgoerelse=afgoerelse) if afgoerelse else None,
        )
        for nr, afgoerelse in enumerate(afgoerelser, start=1)
    )
    matrix = Matrix(raekker)
    assert matrix.godkendt + len(matrix.mangler) + len(matrix.afvist) == len(afgoerelser)
    assert matrix.alle_har_godkendt == all(afgoerelse in GODKENDER for afgoerelse in afgoerelser)
    assert matrix.alle_har_godkendt == (not matrix.mangler and not matrix.afvist)


class Fortryd(Exception):
    """Takes back what an example stored."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(dage=st.integers(-4000, 4000))
def test_moededatoen_ligger_mellem_udgaven_og_i_dag(dage, aftale, organisationer):
    """Property: a date is taken exactly when it is neither before the edition nor ahead."""
    dato = I_DAG() + dt.timedelta(days=dage)
    try:
        with transaction.atomic():
            lav_godkendelse(aftale, organisationer["aalborg"], moededato=dato)
            raise Fortryd
    except Fortryd:
        godtaget = True
    except ValidationError:
        godtaget = False
    assert godtaget == (dage == 0)


def test_paamindelse_til_dem_der_mangler(
    aftale, sekretariat, organisationer, bruger_med, mailoutbox, django_capture_on_commit_callbacks
):
    for slug in ("aalborg", "hjoerring"):
        bruger_med(Rolle.KOMMUNE_GODKENDER, organisation=slug)
    lav_godkendelse(aftale, organisationer["hjoerring"])
    with django_capture_on_commit_callbacks(execute=True):
        assert handlinger.ryk(aftale, adgang=sekretariat) == 11
    assert [mail.to for mail in mailoutbox] == [["kommune-godkender.aalborg@test.example"]]
    assert "Godkendelse mangler" in mailoutbox[0].subject
    assert "Aalborg Kommune" in mailoutbox[0].body
    assert f"/aftaler/{aftale.periode}/godkendelse/" in mailoutbox[0].body
    assert Haendelse.objects.for_objekt(aftale).first().handling == "godkendelse_rykket"


def test_parterne_faar_mail_naar_den_er_sendt(
    organisationer, sekretariat, bruger_med, mailoutbox, django_capture_on_commit_callbacks
):
    bruger_med(Rolle.DAS_MEDLEM, organisation="region-nordjylland")
    with django_capture_on_commit_callbacks(execute=True):
        handlinger.tag(lav_i(T.KKR), S.SEND_TIL_GODKENDELSE, adgang=sekretariat)
    assert [mail.to for mail in mailoutbox] == [["das-medlem.region-nordjylland@test.example"]]
    assert "1. udgave" in mailoutbox[0].body


def test_der_rykkes_ikke_foer_den_er_sendt(organisationer, sekretariat):
    with pytest.raises(PermissionDenied):
        handlinger.ryk(UdkastFactory(), adgang=sekretariat)
