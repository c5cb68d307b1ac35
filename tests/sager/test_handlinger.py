"""The steps of a case: who, from which state, what is logged, mailed and carried out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.models import Beslutning, Haendelse, Sag
from socialaftale.kerne.sager import handlinger
from socialaftale.kerne.sager.enums import Instans, Sagstilstand, Sagstrin, Udfald
from socialaftale.kerne.sager.forloeb import SAG
from socialaftale.kerne.sager.register import Vindue, sagsarter
from tests.sager.conftest import I_DAG, MOEDE

pytestmark = pytest.mark.django_db

BESLUT = {"dato": I_DAG, "reference": "FU, punkt 3", "tekst": "Fordi"}
TRIN = {
    Sagstrin.INDSEND: lambda sag, adgang: handlinger.indsend(sag, adgang=adgang),
    Sagstrin.SEND_RETUR: lambda sag, adgang: handlinger.send_retur(sag, adgang=adgang, begrundelse="Ret"),
    Sagstrin.TRAEK: lambda sag, adgang: handlinger.traek(sag, adgang=adgang),
    Sagstrin.SAET_PAA_DAGSORDEN: lambda sag, adgang: handlinger.saet_paa_dagsorden(
        sag, adgang=adgang, moededato=MOEDE
    ),
    Sagstrin.GODKEND: lambda sag, adgang: handlinger.beslut(sag, adgang=adgang, udfald=Udfald.GODKENDT, **BESLUT),
    Sagstrin.AFSLAA: lambda sag, adgang: handlinger.beslut(sag, adgang=adgang, udfald=Udfald.AFSLAAET, **BESLUT),
    Sagstrin.SEND_VIDERE: lambda sag, adgang: handlinger.beslut(
        sag, adgang=adgang, udfald=Udfald.SENDT_VIDERE, **BESLUT
    ),
}
DRIFTSHERRENS = (Sagstrin.INDSEND, Sagstrin.TRAEK)


def _adgang_til(trin, adgang) -> Adgang:
    return adgang(Rolle.DRIFTSHERRE_GODKENDER if trin in DRIFTSHERRENS else Rolle.SEKRETARIAT)


@pytest.mark.parametrize("tilstand", Sagstilstand)
@pytest.mark.parametrize("trin", Sagstrin)
def test_kun_lovlige_trin(trin, tilstand, lav, adgang):
    sag = lav(tilstand)
    if SAG.kan(trin, tilstand):
        sag = TRIN[trin](sag, _adgang_til(trin, adgang))
        assert sag.tilstand == SAG.overgange[trin].til
        assert Haendelse.objects.for_objekt(sag).first().vedroerer == sag.organisation
    else:
        with pytest.raises(UlovligOvergang):
            TRIN[trin](sag, _adgang_til(trin, adgang))


@pytest.mark.parametrize("trin", Sagstrin)
@pytest.mark.parametrize("rolle", [Rolle.DAS_MEDLEM, Rolle.FU_MEDLEM, Rolle.TAKSTGRUPPE, Rolle.KOMMUNE_MYNDIGHED])
def test_andre_roller_kan_intet(trin, rolle, lav, adgang):
    tilstand = next(t for t in Sagstilstand if SAG.kan(trin, t))
    with pytest.raises(PermissionDenied):
        TRIN[trin](lav(tilstand), adgang(rolle))


@pytest.mark.parametrize("trin", DRIFTSHERRENS)
def test_naboen_kan_intet(trin, lav, adgang):
    with pytest.raises(PermissionDenied):
        TRIN[trin](lav(), adgang(Rolle.DRIFTSHERRE_GODKENDER, organisation="hjoerring"))


def test_indberetteren_skriver_men_indsender_ikke(lav, adgang):
    sag, indberetter = lav(), adgang(Rolle.DRIFTSHERRE_INDBERETTER)
    sag = handlinger.gem(sag, adgang=indberetter, version=1, begrundelse="Bedre grund", data={"a": "1"})
    assert (sag.version, sag.begrundelse) == (2, "Bedre grund")
    with pytest.raises(PermissionDenied):
        handlinger.indsend(sag, adgang=indberetter)


def test_den_anden_der_gemmer_faar_besked(lav, adgang):
    sag, godkender = lav(), adgang(Rolle.DRIFTSHERRE_GODKENDER)
    handlinger.gem(sag, adgang=godkender, version=1, begrundelse="Den første", data={})
    with pytest.raises(handlinger.Versionskonflikt) as konflikt:
        handlinger.gem(sag, adgang=godkender, version=1, begrundelse="Den anden", data={})
    assert konflikt.value.sag.begrundelse == "Den første"


def test_uaendret_kladde_efterlader_intet_spor(lav, adgang):
    sag = lav()
    foer = Haendelse.objects.count()
    handlinger.gem(
        sag,
        adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER),
        version=1,
        begrundelse=sag.begrundelse,
        data={},
        virkningsdato=sag.virkningsdato,
    )
    assert Haendelse.objects.count() == foer


def test_nummeret_foelger_aaret(lav):
    sag = lav()
    assert sag.nummer == f"2026-{sag.pk:04}"
    assert Sag.objects.get().nummer == sag.nummer


def test_fejl_stopper_indsendelsen(lav, adgang):
    sag = lav(begrundelse="")
    with pytest.raises(handlinger.SagHarFejl) as stop:
        handlinger.indsend(sag, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
    assert [et.kode for et in stop.value.fund] == ["mangler"]


@pytest.mark.regel("T4")
def test_uden_for_vinduet_bliver_sagen_en_kladde(lav, proeve, adgang):
    sagsarter.tilfoej("proeve", proeve.art(vindue=lambda organisation, dato: proeve.vindue))
    sag, godkender = lav(), adgang(Rolle.DRIFTSHERRE_GODKENDER)
    for vindue in (None, Vindue(2027, dt.date(2026, 11, 1), dt.date(2026, 11, 30))):
        proeve.vindue = vindue
        with pytest.raises(ValidationError, match="gemt som kladde"):
            handlinger.indsend(sag, adgang=godkender)
    assert Sag.objects.get().tilstand == Sagstilstand.KLADDE
    proeve.vindue = Vindue(2027, dt.date(2026, 8, 1), I_DAG)
    sag = handlinger.indsend(sag, adgang=godkender)
    assert sag.virkningsdato == dt.date(2027, 1, 1)


@pytest.mark.regel("T69")
def test_sagen_gaar_til_den_der_afgoer(lav):
    assert lav(Sagstilstand.INDSENDT).instans == Instans.FU


@pytest.mark.regel("T69", "T67", "T68")
def test_fu_sender_videre_til_das_og_das_afgoer(lav, adgang, proeve):
    sekretariat = adgang(Rolle.SEKRETARIAT)
    sag = handlinger.beslut(lav(Sagstilstand.PAA_DAGSORDEN), adgang=sekretariat, udfald=Udfald.SENDT_VIDERE, **BESLUT)
    assert (sag.tilstand, sag.instans, sag.moededato) == (Sagstilstand.INDSENDT, Instans.DAS, None)
    assert list(Sag.objects.venter_paa(Instans.DAS)) == [sag]
    assert not Sag.objects.venter_paa(Instans.FU).exists()
    sag = handlinger.saet_paa_dagsorden(sag, adgang=sekretariat, moededato=MOEDE)
    with pytest.raises(ValidationError, match="ikke sendes videre"):
        handlinger.beslut(sag, adgang=sekretariat, udfald=Udfald.SENDT_VIDERE, **BESLUT)
    sag = handlinger.beslut(sag, adgang=sekretariat, udfald=Udfald.GODKENDT, **BESLUT)
    assert [(b.instans, b.udfald) for b in sag.beslutninger.all()] == [
        (Instans.FU, Udfald.SENDT_VIDERE),
        (Instans.DAS, Udfald.GODKENDT),
    ]


@pytest.mark.parametrize(
    ("udfald", "felter", "besked"),
    [
        (Udfald.GODKENDT, {"dato": I_DAG + dt.timedelta(days=1)}, "fremtiden"),
        (Udfald.GODKENDT, {"dato": I_DAG - dt.timedelta(days=1)}, "før sagen blev indsendt"),
        (Udfald.AFSLAAET, {"tekst": " "}, "Skriv en begrundelse"),
    ],
)
def test_ulovlige_beslutninger(udfald, felter, besked, lav, adgang):
    with pytest.raises(ValidationError, match=besked):
        handlinger.beslut(
            lav(Sagstilstand.PAA_DAGSORDEN), adgang=adgang(Rolle.SEKRETARIAT), udfald=udfald, **BESLUT | felter
        )
    assert not Beslutning.objects.exists()


def test_en_beslutning_aendres_aldrig(lav):
    lav(Sagstilstand.GODKENDT)
    beslutning = Beslutning.objects.get()
    beslutning.tekst = "Noget andet"
    for forsoeg in (
        beslutning.save,
        beslutning.delete,
        Beslutning.objects.all().delete,
        lambda: Beslutning.objects.update(tekst="x"),
    ):
        with pytest.raises(TypeError):
            forsoeg()
    with pytest.raises(Exception, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE kerne_beslutning SET tekst = 'x'")


def test_moedet_kan_ikke_ligge_foer_indsendelsen(lav, adgang):
    with pytest.raises(ValidationError, match="efter den dag"):
        handlinger.saet_paa_dagsorden(
            lav(Sagstilstand.INDSENDT), adgang=adgang(Rolle.SEKRETARIAT), moededato=dt.date(2026, 9, 1)
        )


class TestUdfoerelse:
    def test_paa_dagen_og_kun_en_gang(self, lav, proeve, ur):
        sag = lav(Sagstilstand.GODKENDT)
        call_command("udfoer_sager")
        assert proeve.udfoerte == []
        ur.move_to(dt.datetime(2026, 11, 1, 6, tzinfo=dt.UTC))
        call_command("udfoer_sager")
        call_command("udfoer_sager")
        assert proeve.udfoerte == [sag.nummer]
        assert Sag.objects.get().udfoert_tidspunkt is not None

    def test_med_det_samme_naar_dagen_er_kommet(self, lav, proeve):
        sag = lav(Sagstilstand.GODKENDT, virkning=I_DAG)
        assert proeve.udfoerte == [sag.nummer]
        assert sag.udfoert_tidspunkt is not None

    def test_beslutningen_falder_med_udfoerelsen(self, lav, proeve):
        proeve.fejl_i_udfoerelsen = ValidationError("Det kan ikke lade sig gøre")
        with pytest.raises(ValidationError, match="lade sig"):
            lav(Sagstilstand.GODKENDT, virkning=I_DAG)
        assert not Beslutning.objects.exists()
        assert Sag.objects.get().tilstand == Sagstilstand.PAA_DAGSORDEN

    def test_en_der_fejler_holder_ikke_de_andre(self, lav, proeve, ur):
        lav(Sagstilstand.GODKENDT)
        anden = lav(Sagstilstand.GODKENDT, virkning=dt.date(2026, 11, 2))
        ur.move_to(dt.datetime(2026, 11, 3, 6, tzinfo=dt.UTC))
        rigtig = proeve.udfoer

        def udfoer(sag, adgang):
            if sag.pk != anden.pk:
                raise ValidationError("Nej")
            rigtig(sag, adgang)

        sagsarter.tilfoej("proeve", proeve.art(udfoer=udfoer))
        with pytest.raises(CommandError, match="Ikke ført ud"):
            call_command("udfoer_sager")
        assert proeve.udfoerte == [anden.nummer]
        assert Sag.objects.skal_udfoeres(dt.date(2026, 11, 3)).count() == 1


class TestMails:
    def test_indsendt_til_sekretariat_og_driftsherre(
        self, lav, bruger_med, mailoutbox, django_capture_on_commit_callbacks
    ):
        bruger_med(Rolle.SEKRETARIAT)
        bruger_med(Rolle.DRIFTSHERRE_GODKENDER, organisation="hjoerring")
        with django_capture_on_commit_callbacks(execute=True):
            sag = lav(Sagstilstand.INDSENDT)
        assert {mail.to[0] for mail in mailoutbox} == {
            "sekretariat.sekretariatet@test.example",
            "driftsherre-godkender.aalborg@test.example",
        }
        assert all(sag.nummer in mail.subject and sag.get_absolute_url() in mail.body for mail in mailoutbox)

    def test_godkendelsen_naar_de_kommuner_der_koeber(
        self, lav, bruger_med, mailoutbox, django_capture_on_commit_callbacks
    ):
        myndighed = bruger_med(Rolle.KOMMUNE_MYNDIGHED, organisation="hjoerring")
        bruger_med(Rolle.KOMMUNE_MYNDIGHED, organisation="thisted")
        with django_capture_on_commit_callbacks(execute=True):
            lav(Sagstilstand.GODKENDT)
        til_koebere = [mail for mail in mailoutbox if "I køber pladser" in mail.body]
        assert [mail.to for mail in til_koebere] == [[myndighed.email]]

    @pytest.mark.regel("T69")
    def test_medlemmerne_faar_mail_om_det_deres_instans_skal_afgoere(
        self, lav, adgang, bruger_med, mailoutbox, django_capture_on_commit_callbacks
    ):
        fu, das = bruger_med(Rolle.FU_MEDLEM), bruger_med(Rolle.DAS_MEDLEM)
        bruger_med(Rolle.TAKSTGRUPPE)

        def nye() -> list[tuple[str, str]]:
            til = [(mail.to[0], mail.subject) for mail in mailoutbox if "fordi du er medlem" in mail.body]
            mailoutbox.clear()
            return til

        with django_capture_on_commit_callbacks(execute=True):
            sag = lav(Sagstilstand.INDSENDT)
        assert nye() == [(fu.email, f"Sag {sag.nummer} er sendt til forretningsudvalget: {sag.titel}")]
        sekretariat = adgang(Rolle.SEKRETARIAT)
        with django_capture_on_commit_callbacks(execute=True):
            handlinger.saet_paa_dagsorden(sag, adgang=sekretariat, moededato=MOEDE, moedepunkt="punkt 3")
        (mail,) = [mail for mail in mailoutbox if "fordi du er medlem" in mail.body]
        assert "8.\xa0oktober 2026, punkt 3" in mail.body
        assert sag.get_absolute_url() in mail.body
        assert nye() == [(fu.email, f"Sag {sag.nummer} er på dagsordenen for forretningsudvalget: {sag.titel}")]
        with django_capture_on_commit_callbacks(execute=True):
            handlinger.beslut(sag, adgang=sekretariat, udfald=Udfald.SENDT_VIDERE, **BESLUT)
        assert nye() == [(das.email, f"Sag {sag.nummer} er sendt videre til DAS: {sag.titel}")]
        with django_capture_on_commit_callbacks(execute=True):
            handlinger.saet_paa_dagsorden(sag, adgang=sekretariat, moededato=MOEDE)
        assert nye() == [(das.email, f"Sag {sag.nummer} er på dagsordenen for DAS: {sag.titel}")]
        with django_capture_on_commit_callbacks(execute=True):
            handlinger.beslut(sag, adgang=sekretariat, udfald=Udfald.GODKENDT, **BESLUT)
        assert nye() == []

    def test_et_medlem_der_er_gaaet_ud_faar_ingen_mail(
        self, lav, bruger_med, mailoutbox, django_capture_on_commit_callbacks
    ):
        bruger_med(Rolle.FU_MEDLEM).medlemskaber.update(til=I_DAG - dt.timedelta(days=1))
        with django_capture_on_commit_callbacks(execute=True):
            lav(Sagstilstand.PAA_DAGSORDEN)
        assert not [mail for mail in mailoutbox if "fordi du er medlem" in mail.body]

    def test_afslag_naar_kun_driftsherren(self, lav, bruger_med, mailoutbox, django_capture_on_commit_callbacks):
        bruger_med(Rolle.KOMMUNE_MYNDIGHED, organisation="hjoerring")
        with django_capture_on_commit_callbacks(execute=True):
            lav(Sagstilstand.AFSLAAET)
        assert {mail.to[0] for mail in mailoutbox if "er afslået" in mail.subject} == {
            "driftsherre-godkender.aalborg@test.example"
        }
        assert not [mail for mail in mailoutbox if "hjoerring" in mail.to[0]]
