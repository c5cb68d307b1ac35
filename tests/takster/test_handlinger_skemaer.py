"""The steps of a takstskema: who may, when, what is stored, logged and mailed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from takster import hentning
from takster.enums import Skematilstand
from takster.handlinger import skemaer
from takster.handlinger.faelles import SkemaHarFejl
from takster.models import Takstkladde
from tests.takster.factories import (
    LINJER,
    IndberetningFactory,
    OrganisationFactory,
    SkemaFactory,
    TakstFactory,
    TilbudFactory,
    YdelseFactory,
)

pytestmark = pytest.mark.django_db
BEGGE = (Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER)


@pytest.fixture
def egen(organisationer):
    return organisationer["aalborg"]


@pytest.fixture
def kladde(egen):
    return SkemaFactory(udfyldt=True, indberetning__driftsherre=egen)


@pytest.fixture
def indsendt(egen):
    return SkemaFactory(udfyldt=True, indberetning__driftsherre=egen, tilstand=Skematilstand.INDSENDT)


def gem(skema, adgang, *, version=None, linjer=None, **felter):
    return skemaer.gem_skema(
        skema,
        adgang=adgang,
        version=skema.version if version is None else version,
        felter={**hentning.felter_af(skema), **felter},
        linjer=skema.beloeb() if linjer is None else linjer,
    )


class TestGem:
    def test_gemmer_felter_og_linjer_og_taeller_versionen_op(self, kladde, adgang):
        anders = adgang(Rolle.DRIFTSHERRE_INDBERETTER)
        gemt = gem(
            kladde, anders, pladser=Decimal("12.00"), linjer={**LINJER, "B20": None, "D10": Decimal("75000.50")}
        )
        assert (gemt.version, gemt.pladser, gemt.gemt_af) == (2, Decimal("12.00"), anders.bruger)
        assert "B20" not in gemt.beloeb()
        assert gemt.beloeb()["D10"] == Decimal("75000.50")
        haendelse = Haendelse.objects.for_objekt(gemt).get()
        assert haendelse.data["felter"] == {"pladser": ["10.00", "12.00"]}
        assert haendelse.data["linjer"] == {"B20": ["450000.00", None], "D10": ["60000.00", "75000.50"]}
        assert haendelse.vedroerer == anders.organisation

    def test_uden_aendringer_sker_der_intet(self, kladde, adgang):
        gemt = gem(kladde, adgang(Rolle.DRIFTSHERRE_INDBERETTER))
        assert gemt.version == 1
        assert not Haendelse.objects.for_objekt(gemt).exists()

    @pytest.mark.regel("T18")
    def test_tom_belaegning_beregnes_af_de_to_aar(self, kladde, adgang):
        gemt = gem(kladde, adgang(Rolle.DRIFTSHERRE_INDBERETTER), belaegning_pct=None, aktivitet_t1=Decimal("9.80"))
        assert gemt.belaegning_pct == Decimal("95.50")

    @pytest.mark.regel("T61")
    def test_tom_belaegning_for_nyt_tilbud(self, kladde, adgang):
        """8 citizens on 12 places is 66,67 %, not the 75 % the source prints."""
        gemt = gem(
            kladde,
            adgang(Rolle.DRIFTSHERRE_INDBERETTER),
            belaegningsprincip="nyt_tilbud",
            belaegning_pct=None,
            pladser=Decimal(12),
            forventede_borgere=Decimal(8),
        )
        assert gemt.belaegning_pct == Decimal("66.67")

    def test_senere_version_giver_konflikt_og_aendrer_intet(self, kladde, adgang):
        anders = adgang(Rolle.DRIFTSHERRE_INDBERETTER)
        gem(kladde, anders, pladser=Decimal("12.00"))
        with pytest.raises(Versionskonflikt) as konflikt:
            gem(kladde, anders, version=1, pladser=Decimal("14.00"))
        assert konflikt.value.nyeste.pladser == Decimal("12.00")
        kladde.refresh_from_db()
        assert (kladde.version, kladde.pladser) == (2, Decimal("12.00"))

    @pytest.mark.parametrize(
        ("rolle", "organisation"),
        [
            (Rolle.DRIFTSHERRE_GODKENDER, "aalborg"),
            (Rolle.DRIFTSHERRE_INDBERETTER, "hjoerring"),
            (Rolle.KOMMUNE_MYNDIGHED, "aalborg"),
            (Rolle.SEKRETARIAT_ADMIN, "sekretariatet"),
            (Rolle.TAKSTGRUPPE, "aalborg"),
            (Rolle.REVISOR, "aalborg"),
        ],
    )
    def test_kun_egen_indberetter(self, kladde, adgang, rolle, organisation):
        with pytest.raises(PermissionDenied):
            gem(kladde, adgang(rolle, organisation=organisation), pladser=Decimal("12.00"))

    @pytest.mark.parametrize(
        "tilstand", [Skematilstand.INDSENDT, Skematilstand.GODKENDT, Skematilstand.OFFENTLIGGJORT]
    )
    def test_kun_kladder_og_returnerede(self, egen, adgang, tilstand):
        skema = SkemaFactory(udfyldt=True, indberetning__driftsherre=egen, tilstand=tilstand)
        with pytest.raises(PermissionDenied):
            gem(skema, adgang(Rolle.DRIFTSHERRE_INDBERETTER), pladser=Decimal("12.00"))

    @pytest.mark.regel("T13")
    def test_laast_efter_fristen(self, kladde, adgang, efter_fristen):
        with pytest.raises(PermissionDenied):
            gem(kladde, adgang(Rolle.DRIFTSHERRE_INDBERETTER), pladser=Decimal("12.00"))

    @pytest.mark.regel("T13")
    def test_genaabnet_for_driftsherren(self, kladde, adgang, efter_fristen):
        kladde.indberetning.genaabnet_til = dt.date(2026, 11, 5)
        kladde.indberetning.save()
        assert gem(kladde, adgang(Rolle.DRIFTSHERRE_INDBERETTER), pladser=Decimal("12.00")).version == 2

    def test_fjerner_brugerens_ikke_gemte_kladde(self, kladde, adgang):
        anders = adgang(Rolle.DRIFTSHERRE_INDBERETTER)
        skemaer.gem_kladde(kladde, adgang=anders, version=1, data={"pladser": "tolv"})
        gem(kladde, anders, pladser=Decimal("12.00"))
        assert not Takstkladde.objects.exists()

    def test_ugyldige_tal_afvises_med_valideringsfejl(self, kladde, adgang):
        with pytest.raises(ValidationError):
            gem(kladde, adgang(Rolle.DRIFTSHERRE_INDBERETTER), pladser=Decimal("1234567.00"))


class TestIkkeGemtKladde:
    def test_gemmes_praecis_som_skrevet_og_aendrer_ikke_skemaet(self, kladde, adgang):
        anders = adgang(Rolle.DRIFTSHERRE_INDBERETTER)
        skemaer.gem_kladde(kladde, adgang=anders, version=1, data={"linje-A20": "12.5", "bemaerkning": " æ "})
        skemaer.gem_kladde(kladde, adgang=anders, version=1, data={"linje-A20": "12.5", "bemaerkning": " ø "})
        assert Takstkladde.objects.get().data == {"linje-A20": "12.5", "bemaerkning": " ø "}
        kladde.refresh_from_db()
        assert kladde.version == 1

    def test_er_brugerens_egen(self, kladde, adgang):
        skemaer.gem_kladde(kladde, adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER), version=1, data={})
        skemaer.gem_kladde(kladde, adgang=adgang(*BEGGE), version=1, data={})
        skemaer.slet_kladde(kladde, adgang=adgang(*BEGGE))
        assert Takstkladde.objects.get().bruger == adgang(Rolle.DRIFTSHERRE_INDBERETTER).bruger

    def test_ikke_for_naboen(self, kladde, adgang):
        with pytest.raises(PermissionDenied):
            skemaer.gem_kladde(
                kladde, adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring"), version=1, data={}
            )


class TestIndsend:
    def test_godkenderen_underskriver(self, kladde, adgang, mailoutbox, django_capture_on_commit_callbacks):
        godkender, sekretariat = adgang(Rolle.DRIFTSHERRE_GODKENDER), adgang(Rolle.SEKRETARIAT)
        with django_capture_on_commit_callbacks(execute=True):
            skema = skemaer.indsend(kladde, adgang=godkender, version=1)
        assert skema.tilstand == Skematilstand.INDSENDT
        assert skema.indsendt_af == godkender.bruger
        assert skema.indsendt_tidspunkt == dt.datetime(2026, 10, 1, 10, tzinfo=dt.UTC)
        assert {mail.to[0] for mail in mailoutbox} == {sekretariat.bruger.email, godkender.bruger.email}
        kvittering = next(mail for mail in mailoutbox if mail.to == [godkender.bruger.email])
        assert skema.sagsnummer in kvittering.body
        assert "1. oktober 2026" in kvittering.body.replace("\u00a0", " ")

    @pytest.mark.parametrize(
        ("rolle", "organisation"),
        [
            (Rolle.DRIFTSHERRE_INDBERETTER, "aalborg"),
            (Rolle.DRIFTSHERRE_GODKENDER, "hjoerring"),
            (Rolle.KOMMUNE_GODKENDER, "aalborg"),
            (Rolle.SEKRETARIAT, "sekretariatet"),
        ],
    )
    def test_kun_egen_godkender(self, kladde, adgang, rolle, organisation):
        with pytest.raises(PermissionDenied):
            skemaer.indsend(kladde, adgang=adgang(rolle, organisation=organisation))

    def test_fejl_stopper(self, egen, adgang):
        skema = SkemaFactory(indberetning__driftsherre=egen)
        with pytest.raises(SkemaHarFejl) as fejl:
            skemaer.indsend(skema, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
        assert {fund.kode for fund in fejl.value.fund} >= {"belaegningsprincip_mangler", "belaegning_mangler"}
        skema.refresh_from_db()
        assert skema.tilstand == Skematilstand.KLADDE

    @pytest.mark.regel("T6", "T44")
    def test_aendret_antal_pladser_kraever_en_bemaerkning(self, kladde, adgang):
        TakstFactory(ydelse=kladde.ydelse, kapacitet=Decimal(8), takst=Decimal("2307.14"), linjer={})
        with pytest.raises(SkemaHarFejl) as fejl:
            skemaer.indsend(kladde, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
        assert "kapacitet_aendret" in {fund.kode for fund in fejl.value.fund}
        kladde.bemaerkning = "To nye pladser efter ombygning"
        kladde.save()
        assert skemaer.indsend(kladde, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER)).tilstand == Skematilstand.INDSENDT

    @pytest.mark.regel("T13")
    def test_ikke_efter_fristen(self, kladde, adgang, efter_fristen):
        with pytest.raises(PermissionDenied):
            skemaer.indsend(kladde, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))

    def test_kun_det_der_blev_kontrolleret(self, kladde, adgang):
        gem(kladde, adgang(Rolle.DRIFTSHERRE_INDBERETTER), pladser=Decimal("12.00"))
        with pytest.raises(Versionskonflikt):
            skemaer.indsend(kladde, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER), version=1)


class TestTilbage:
    def test_godkenderen_traekker_tilbage_inden_fristen(self, indsendt, adgang):
        skema = skemaer.traek_tilbage(indsendt, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
        assert (skema.tilstand, skema.indsendt_tidspunkt, skema.indsendt_af) == (Skematilstand.KLADDE, None, None)

    @pytest.mark.parametrize("rolle", [Rolle.DRIFTSHERRE_INDBERETTER, Rolle.SEKRETARIAT])
    def test_ingen_andre(self, indsendt, adgang, rolle):
        with pytest.raises(PermissionDenied):
            skemaer.traek_tilbage(indsendt, adgang=adgang(rolle))

    @pytest.mark.regel("T13")
    def test_ikke_efter_fristen(self, indsendt, adgang, efter_fristen):
        with pytest.raises(PermissionDenied):
            skemaer.traek_tilbage(indsendt, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))


class TestRetur:
    def test_med_begrundelse(self, indsendt, adgang, mailoutbox, django_capture_on_commit_callbacks):
        modtager = adgang(Rolle.DRIFTSHERRE_INDBERETTER).bruger.email
        with django_capture_on_commit_callbacks(execute=True):
            skema = skemaer.send_retur(indsendt, adgang=adgang(Rolle.SEKRETARIAT), begrundelse=" Del lønnen op ")
        assert (skema.tilstand, skema.retur_begrundelse) == (Skematilstand.SENDT_RETUR, "Del lønnen op")
        assert Haendelse.objects.for_objekt(skema).first().begrundelse == "Del lønnen op"
        mail = next(mail for mail in mailoutbox if mail.to == [modtager])
        assert "Del lønnen op" in mail.body

    @pytest.mark.parametrize("begrundelse", ["", "  \n"])
    def test_uden_begrundelse(self, indsendt, adgang, begrundelse):
        with pytest.raises(ValidationError, match="Skriv, hvad der skal rettes"):
            skemaer.send_retur(indsendt, adgang=adgang(Rolle.SEKRETARIAT), begrundelse=begrundelse)

    @pytest.mark.regel("T13")
    def test_efter_fristen_kraeves_en_ny_dato_som_aabner_netop_det_skema(self, indsendt, adgang, efter_fristen):
        sekretariat = adgang(Rolle.SEKRETARIAT)
        with pytest.raises(ValidationError, match="senest"):
            skemaer.send_retur(indsendt, adgang=sekretariat, begrundelse="Ret")
        with pytest.raises(ValidationError, match="ikke er gået"):
            skemaer.send_retur(indsendt, adgang=sekretariat, begrundelse="Ret", rettes_senest=dt.date(2026, 11, 4))
        skema = skemaer.send_retur(
            indsendt, adgang=sekretariat, begrundelse="Ret", rettes_senest=dt.date(2026, 11, 12)
        )
        andet = SkemaFactory(udfyldt=True, indberetning=indsendt.indberetning)
        assert (
            gem(skema, adgang(Rolle.DRIFTSHERRE_INDBERETTER), pladser=Decimal(11), bemaerkning="Ny plads").version == 2
        )
        with pytest.raises(PermissionDenied):
            gem(andet, adgang(Rolle.DRIFTSHERRE_INDBERETTER), pladser=Decimal(11))

    def test_kun_sekretariatet(self, indsendt, adgang):
        with pytest.raises(PermissionDenied):
            skemaer.send_retur(indsendt, adgang=adgang(*BEGGE), begrundelse="Ret")

    def test_indsendelse_igen_fjerner_begrundelsen(self, egen, adgang):
        skema = SkemaFactory(udfyldt=True, indberetning__driftsherre=egen, tilstand=Skematilstand.SENDT_RETUR)
        assert skemaer.indsend(skema, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER)).retur_begrundelse == ""


class TestGodkend:
    def test_sekretariatet(self, indsendt, adgang):
        skema = skemaer.godkend(indsendt, adgang=adgang(Rolle.SEKRETARIAT))
        assert skema.tilstand == Skematilstand.GODKENDT
        assert skema.godkendt_tidspunkt is not None

    @pytest.mark.parametrize("rolle", [Rolle.DRIFTSHERRE_GODKENDER, Rolle.TAKSTGRUPPE, Rolle.DAS_MEDLEM])
    def test_ingen_andre(self, indsendt, adgang, rolle):
        with pytest.raises(PermissionDenied):
            skemaer.godkend(indsendt, adgang=adgang(rolle))

    @pytest.mark.regel("T17")
    def test_lav_belaegning_kraever_sekretariatets_begrundelse(self, egen, adgang):
        skema = SkemaFactory(
            udfyldt=True,
            indberetning__driftsherre=egen,
            belaegningsprincip="forventning",
            belaegning_pct=Decimal("94.90"),
            belaegning_begrundelse="Ombygning af den ene fløj",
            tilstand=Skematilstand.INDSENDT,
        )
        with pytest.raises(ValidationError, match="afviger"):
            skemaer.godkend(skema, adgang=adgang(Rolle.SEKRETARIAT))
        skema = skemaer.godkend(skema, adgang=adgang(Rolle.SEKRETARIAT), begrundelse="Ombygningen er kendt i DAS")
        assert Haendelse.objects.for_objekt(skema).first().begrundelse == "Ombygningen er kendt i DAS"


class TestMeldKlar:
    def test_indberetteren_beder_godkenderen(self, kladde, adgang, mailoutbox, django_capture_on_commit_callbacks):
        godkender = adgang(Rolle.DRIFTSHERRE_GODKENDER)
        with django_capture_on_commit_callbacks(execute=True):
            skema = skemaer.meld_klar(kladde, adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER), version=1)
        assert skema.meldt_klar_tidspunkt is not None
        assert [mail.to for mail in mailoutbox] == [[godkender.bruger.email]]
        assert gem(skema, adgang(Rolle.DRIFTSHERRE_INDBERETTER), pladser=Decimal(11)).meldt_klar_tidspunkt is None

    def test_den_der_selv_kan_underskrive_behoever_ikke(self, kladde, adgang):
        with pytest.raises(PermissionDenied):
            skemaer.meld_klar(kladde, adgang=adgang(*BEGGE))


class TestOpret:
    def test_en_ny_ydelse_faar_et_skema_en_gang(self, egen, adgang):
        indberetning = IndberetningFactory(driftsherre=egen)
        ydelse = YdelseFactory(tilbud=TilbudFactory(driftsherre=egen), enhed="dag")
        skema = skemaer.opret_skema(indberetning, ydelse, adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER))
        assert (skema.tilstand, skema.enhed) == (Skematilstand.KLADDE, "dag")
        assert skemaer.opret_skema(indberetning, ydelse, adgang=adgang(Rolle.SEKRETARIAT)) == skema

    def test_ikke_for_en_andens_ydelse(self, egen, adgang):
        indberetning = IndberetningFactory(driftsherre=egen)
        ydelse = YdelseFactory(tilbud=TilbudFactory(driftsherre=OrganisationFactory(slug="hjoerring")))
        with pytest.raises(ValidationError, match="anden driftsherre"):
            skemaer.opret_skema(indberetning, ydelse, adgang=adgang(Rolle.SEKRETARIAT))

    def test_ikke_naboen(self, egen, adgang):
        indberetning = IndberetningFactory(driftsherre=egen)
        ydelse = YdelseFactory(tilbud=TilbudFactory(driftsherre=egen))
        with pytest.raises(PermissionDenied):
            skemaer.opret_skema(
                indberetning, ydelse, adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring")
            )
