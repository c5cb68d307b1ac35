"""The steps of a round, and publication: what comes into being, and what is frozen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from takster.enums import Rundetilstand, Skematilstand
from takster.handlinger import offentliggoerelse, runder, skemaer
from takster.models import Indberetning, Takst, Takstskema, Tilsynssats
from tests.takster.factories import (
    IndberetningFactory,
    OrganisationFactory,
    PLsatsFactory,
    RegelsaetFactory,
    RundeFactory,
    SkemaFactory,
    TakstFactory,
    TilbudFactory,
    YdelseFactory,
)
from tests.takster.taelling import forespoergsler
from tilbud.enums import Pladsart
from tilbud.models import Plads

pytestmark = pytest.mark.django_db
SYSTEM = Adgang.system()


def lukket_runde_med(*tilstande, **kwargs):
    runde = RundeFactory()
    skemaerne = [
        SkemaFactory(udfyldt=True, indberetning=IndberetningFactory(runde=runde), tilstand=tilstand, **kwargs)
        for tilstand in tilstande
    ]
    return runder.luk_runde(runde, adgang=SYSTEM), skemaerne


class TestOpret:
    def test_faar_aarets_regelsaet(self, adgang):
        RegelsaetFactory(navn="Gammel", fra_aar=2018, til_aar=2022)
        gaeldende = RegelsaetFactory(navn="Ny", fra_aar=2023)
        runde = runder.opret_runde(
            adgang=adgang(Rolle.SEKRETARIAT), aar=2027, aabner=dt.date(2026, 8, 1), frist=dt.date(2026, 10, 31)
        )
        assert (runde.regelsaet, runde.tilstand) == (gaeldende, Rundetilstand.KLADDE)

    def test_uden_regelsaet(self):
        with pytest.raises(ValidationError, match="regelsæt"):
            runder.opret_runde(adgang=SYSTEM, aar=2027, aabner=dt.date(2026, 8, 1), frist=dt.date(2026, 10, 31))

    def test_kun_sekretariatet(self, adgang):
        with pytest.raises(PermissionDenied):
            runder.opret_runde(
                adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER),
                aar=2027,
                aabner=dt.date(2026, 8, 1),
                frist=dt.date(2026, 10, 31),
            )


class TestAabn:
    def test_laver_skemaer_for_alle_ydelser_i_aftalen(self, organisationer):
        aalborg, hjoerring = organisationer["aalborg"], organisationer["hjoerring"]
        med = YdelseFactory(tilbud=TilbudFactory(driftsherre=aalborg), enhed="dag")
        nabo = YdelseFactory(tilbud=TilbudFactory(driftsherre=hjoerring))
        YdelseFactory(tilbud=TilbudFactory(driftsherre=aalborg, i_aftalen=False))
        YdelseFactory(tilbud=TilbudFactory(driftsherre=aalborg), aktiv_til_aar=2026)
        YdelseFactory(tilbud=TilbudFactory(driftsherre=None))
        runde = RundeFactory(tilstand=Rundetilstand.KLADDE)
        runder.aabn_runde(runde, adgang=SYSTEM)
        assert set(Takstskema.objects.values_list("ydelse", "enhed")) == {(med.pk, "dag"), (nabo.pk, "doegn")}
        # Every driftsherre has an indberetning, also one without forms; Læsø runs none.
        driftsherrer = set(Indberetning.objects.values_list("driftsherre__slug", flat=True))
        assert "region-nordjylland" in driftsherrer
        assert "laesoe" not in driftsherrer

    def test_mail_til_driftsherrerne(self, organisationer, adgang, mailoutbox, django_capture_on_commit_callbacks):
        modtager = adgang(Rolle.DRIFTSHERRE_INDBERETTER).bruger.email
        with django_capture_on_commit_callbacks(execute=True):
            runder.aabn_runde(RundeFactory(tilstand=Rundetilstand.KLADDE), adgang=SYSTEM)
        assert [mail.to for mail in mailoutbox] == [[modtager]]
        assert "31. oktober 2026" in mailoutbox[0].body.replace("\u00a0", " ")


@pytest.mark.regel("T13")
class TestGenaabn:
    def test_kraever_begrundelse_og_logges(self, adgang, efter_fristen):
        indberetning = IndberetningFactory()
        sekretariat = adgang(Rolle.SEKRETARIAT)
        with pytest.raises(ValidationError, match="hvorfor"):
            runder.genaabn_for_driftsherre(indberetning, adgang=sekretariat, til=dt.date(2026, 11, 20), begrundelse="")
        runder.genaabn_for_driftsherre(
            indberetning, adgang=sekretariat, til=dt.date(2026, 11, 20), begrundelse="To børnehaver mangler"
        )
        haendelse = Haendelse.objects.for_objekt(indberetning).get()
        assert (haendelse.begrundelse, haendelse.data) == ("To børnehaver mangler", {"til": "2026-11-20"})
        indberetning.refresh_from_db()
        assert indberetning.er_aaben(dt.date(2026, 11, 20))
        assert not indberetning.er_aaben(dt.date(2026, 11, 21))

    def test_ogsaa_naar_taksterne_er_offentliggjort(self, efter_fristen):
        runde, _ = lukket_runde_med(Skematilstand.GODKENDT)
        offentliggoerelse.offentliggoer_runde(runde, adgang=SYSTEM)
        indberetning = Indberetning.objects.get()
        runder.genaabn_for_driftsherre(
            indberetning, adgang=SYSTEM, til=dt.date(2026, 12, 1), begrundelse="Manglende takst"
        )

    def test_mens_runden_er_aaben_forlaenges_fristen(self):
        indberetning = IndberetningFactory()
        with pytest.raises(ValidationError, match="efter rundens frist"):
            runder.genaabn_for_driftsherre(
                indberetning, adgang=SYSTEM, til=dt.date(2026, 10, 31), begrundelse="Sygdom"
            )
        runder.genaabn_for_driftsherre(indberetning, adgang=SYSTEM, til=dt.date(2026, 11, 10), begrundelse="Sygdom")
        indberetning.refresh_from_db()
        assert indberetning.er_aaben(dt.date(2026, 11, 10))
        assert Haendelse.objects.for_objekt(indberetning).get().tekst == "Fristen er forlænget for driftsherren"

    def test_ikke_mens_runden_forberedes(self):
        indberetning = IndberetningFactory(runde=RundeFactory(tilstand=Rundetilstand.KLADDE))
        with pytest.raises(PermissionDenied):
            runder.genaabn_for_driftsherre(indberetning, adgang=SYSTEM, til=dt.date(2026, 12, 1), begrundelse="x")

    def test_kun_sekretariatet(self, adgang, efter_fristen):
        with pytest.raises(PermissionDenied):
            runder.genaabn_for_driftsherre(
                IndberetningFactory(),
                adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER),
                til=dt.date(2026, 12, 1),
                begrundelse="x",
            )

    def test_ikke_en_dag_der_er_gaaet(self, efter_fristen):
        with pytest.raises(ValidationError, match="ikke er gået"):
            runder.genaabn_for_driftsherre(
                IndberetningFactory(), adgang=SYSTEM, til=dt.date(2026, 11, 4), begrundelse="x"
            )


class TestFrist:
    def test_flyttes_med_begrundelse(self, adgang):
        runde = runder.flyt_frist(
            RundeFactory(), adgang=adgang(Rolle.SEKRETARIAT), frist=dt.date(2026, 11, 7), begrundelse="Sent DAS-møde"
        )
        assert runde.frist == dt.date(2026, 11, 7)
        assert Haendelse.objects.for_objekt(runde).get().data == {"fra": "2026-10-31", "til": "2026-11-07"}

    def test_ikke_foer_aabningen(self):
        with pytest.raises(ValidationError, match="Fristen skal ligge efter"):
            runder.flyt_frist(RundeFactory(), adgang=SYSTEM, frist=dt.date(2026, 7, 1), begrundelse="x")


class TestOffentliggoer:
    def test_kun_de_godkendte_bliver_til_takster(self):
        runde, (godkendt, indsendt) = lukket_runde_med(Skematilstand.GODKENDT, Skematilstand.INDSENDT)
        runde = offentliggoerelse.offentliggoer_runde(runde, adgang=SYSTEM)
        godkendt.refresh_from_db()
        indsendt.refresh_from_db()
        assert runde.tilstand == Rundetilstand.OFFENTLIGGJORT
        assert (godkendt.tilstand, indsendt.tilstand) == (Skematilstand.OFFENTLIGGJORT, Skematilstand.INDSENDT)
        takst = Takst.objects.get()
        assert takst.skema == godkendt

    @pytest.mark.regel("T14")
    def test_taksten_og_dens_tal(self):
        """G = 8.000.000, P = 10, b = 95 % → 2.307,14 a day; year = 365 × the rounded day, month = year / 12."""
        runde, _ = lukket_runde_med(Skematilstand.GODKENDT)
        offentliggoerelse.offentliggoer_runde(runde, adgang=SYSTEM)
        takst = Takst.objects.get()
        assert (takst.grundlag, takst.kapacitet, takst.belaegning_pct, takst.dage) == (8_000_000, 10, 95, 365)
        assert (takst.takst, takst.pr_aar, takst.pr_maaned) == (
            Decimal("2307.14"),
            Decimal("842106.10"),
            Decimal("70175.51"),
        )
        assert (takst.gyldig_fra, takst.gyldig_til) == (dt.date(2027, 1, 1), dt.date(2027, 12, 31))

    def test_beregningen_fryses_med_regelsaettet(self):
        runde, (skema,) = lukket_runde_med(Skematilstand.GODKENDT)
        offentliggoerelse.offentliggoer_runde(runde, adgang=SYSTEM)
        data = Takst.objects.get().beregning.data
        assert data["linjer"]["A20"] == "5200000.00"
        assert data["regelsaet"] == skema.indberetning.runde.regelsaet.navn
        assert data["regler"]["dage_pr_aar"] == "365"
        assert any(trin["navn"] == "Døgntakst" for trin in data["trin"])

    @pytest.mark.regel("T43", "T93")
    def test_aendring_i_samme_priser(self):
        runde = RundeFactory()
        skema = SkemaFactory(
            udfyldt=True,
            indberetning__runde=runde,
            bemaerkning="Flere skærmede pladser i år",
            tilstand=Skematilstand.KLADDE,
        )
        TakstFactory(ydelse=skema.ydelse, takst=Decimal("2000.00"))
        PLsatsFactory(sats_pct=Decimal("3.00"))
        skema = skemaer.indsend(skema, adgang=SYSTEM)
        skemaer.godkend(skema, adgang=SYSTEM)
        offentliggoerelse.offentliggoer_runde(runder.luk_runde(runde, adgang=SYSTEM), adgang=SYSTEM)
        takst = Takst.objects.get(aar=2027)
        assert (takst.forrige_takst, takst.aendring_pct) == (Decimal("2000.00"), Decimal("12.0"))

    def test_intet_at_offentliggoere(self):
        runde, _ = lukket_runde_med(Skematilstand.KLADDE)
        with pytest.raises(ValidationError, match="ingen godkendte"):
            offentliggoerelse.offentliggoer_runde(runde, adgang=SYSTEM)

    def test_alt_eller_intet(self):
        """A form that cannot be calculated stops the whole publication."""
        runde, (_, oedelagt) = lukket_runde_med(Skematilstand.GODKENDT, Skematilstand.GODKENDT)
        Takstskema.objects.filter(pk=oedelagt.pk).update(pladser=None)
        with pytest.raises(ValidationError, match="Indtast antal pladser"):
            offentliggoerelse.offentliggoer_runde(runde, adgang=SYSTEM)
        assert not Takst.objects.exists()
        runde.refresh_from_db()
        assert runde.tilstand == Rundetilstand.LUKKET

    def test_antallet_af_forespoergsler_foelger_ikke_antallet_af_skemaer(self):
        def offentliggoer(aar: int, antal: int) -> int:
            indberetning = IndberetningFactory(runde=RundeFactory(aar=aar))
            for _ in range(antal):
                SkemaFactory(udfyldt=True, indberetning=indberetning, tilstand=Skematilstand.GODKENDT)
            runde = runder.luk_runde(indberetning.runde, adgang=SYSTEM)
            return forespoergsler(lambda: offentliggoerelse.offentliggoer_runde(runde, adgang=SYSTEM))

        assert offentliggoer(2027, 2) == offentliggoer(2028, 6)
        assert Takst.objects.gaeldende().count() == 8

    def test_flere_portioner(self, monkeypatch):
        monkeypatch.setattr(offentliggoerelse, "PORTION", 2)
        runde, skemaerne = lukket_runde_med(*[Skematilstand.GODKENDT] * 5)
        trin = []
        offentliggoerelse.offentliggoer_runde(runde, adgang=SYSTEM, fremdrift=lambda procent, _: trin.append(procent))
        assert trin == [40, 80, 100]
        assert set(Takst.objects.values_list("skema", flat=True)) == {skema.pk for skema in skemaerne}

    def test_et_sent_skema_offentliggoeres_for_sig(self):
        runde, (_, sent) = lukket_runde_med(Skematilstand.GODKENDT, Skematilstand.INDSENDT)
        offentliggoerelse.offentliggoer_runde(runde, adgang=SYSTEM)
        sent = skemaer.godkend(sent, adgang=SYSTEM)
        takst = offentliggoerelse.offentliggoer_skema(sent, adgang=SYSTEM)
        assert (takst.version, takst.er_gaeldende) == (1, True)

    def test_ny_version_afloeser_den_gamle(self):
        """T68: the old version is kept."""
        runde, (skema,) = lukket_runde_med(Skematilstand.GODKENDT)
        TakstFactory(ydelse=skema.ydelse, aar=2027, takst=Decimal("1.00"))
        offentliggoerelse.offentliggoer_runde(runde, adgang=SYSTEM)
        assert list(Takst.objects.order_by("version").values_list("version", "er_gaeldende")) == [
            (1, False),
            (2, True),
        ]

    def test_kun_sekretariatet(self, adgang):
        runde, _ = lukket_runde_med(Skematilstand.GODKENDT)
        with pytest.raises(PermissionDenied):
            offentliggoerelse.offentliggoer_runde(runde, adgang=adgang(Rolle.TAKSTGRUPPE))


class TestMetode:
    @pytest.mark.regel("T55")
    def test_skrives_af_indberetteren(self, organisationer, adgang):
        indberetning = IndberetningFactory(driftsherre=organisationer["aalborg"], overhead_metode="")
        runder.ret_metode(
            indberetning, adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER), metode=" Efter årsværk ", version=1
        )
        indberetning.refresh_from_db()
        assert (indberetning.overhead_metode, indberetning.version) == ("Efter årsværk", 2)

    def test_en_kollega_overskrives_ikke(self, organisationer, adgang):
        indberetning = IndberetningFactory(driftsherre=organisationer["aalborg"], overhead_metode="")
        egen = adgang(Rolle.DRIFTSHERRE_INDBERETTER)
        runder.ret_metode(indberetning, adgang=egen, metode="Efter årsværk", version=1)
        with pytest.raises(Versionskonflikt) as konflikt:
            runder.ret_metode(indberetning, adgang=egen, metode="Efter budget", version=1)
        assert konflikt.value.nyeste.overhead_metode == "Efter årsværk"

    def test_ikke_af_naboen(self, organisationer, adgang):
        indberetning = IndberetningFactory(driftsherre=OrganisationFactory(slug="aalborg"))
        with pytest.raises(PermissionDenied):
            runder.ret_metode(
                indberetning,
                adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring"),
                metode="x",
                version=1,
            )


@pytest.mark.regel("T46")
def test_nye_skemaer_faar_aarets_tilsynstakst_delt_paa_tilbuddets_ydelser(organisationer):
    tilbud = TilbudFactory(driftsherre=organisationer["aalborg"])
    ydelser = [YdelseFactory(tilbud=tilbud), YdelseFactory(tilbud=tilbud)]
    runde = RundeFactory(tilstand=Rundetilstand.KLADDE)
    Tilsynssats.objects.create(aar=runde.aar, pladser_fra=8, pladser_til=24, beloeb=52623, kilde="Prøve")
    Plads.objects.create(tilbud=tilbud, art=Pladsart.GODKENDT, antal_fra=16, antal_til=16, aar=runde.aar)
    runder.aabn_runde(runde, adgang=SYSTEM)
    linjer = Takstskema.objects.filter(ydelse__in=ydelser).values_list("linjer__post", "linjer__beloeb")
    assert sorted(linjer) == [("C30", Decimal("26311.50")), ("C30", Decimal("26311.50"))]
