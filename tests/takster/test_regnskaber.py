"""Reported accounts: who may do what in which state, what an approval does, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from takster import adgang_resultat as regler
from takster import hentning_resultat as hentning
from takster.beregning.regelsaet import Regler
from takster.enums import Regnskabstilstand
from takster.handlinger import regnskaber
from takster.handlinger.regnskaber import RegnskabHarFejl
from takster.models import Hensaettelsespost, Regnskab, Reguleringspligt
from tests.takster.conftest import I_DAG
from tests.takster.factories import RegelsaetFactory, SkemaFactory
from tests.takster.resultathjaelp import SYSTEM, felter, lav_regnskab, tilbud_med_takst

pytestmark = pytest.mark.django_db


@pytest.fixture
def aalborg(organisationer):
    RegelsaetFactory()
    return organisationer["aalborg"]


@pytest.fixture
def tilbud(aalborg):
    return tilbud_med_takst(aalborg)


def beregn(regnskab):
    return hentning.beregn_regnskab(regnskab, Regler(), I_DAG)


class TestGrundlag:
    @pytest.mark.regel("T22")
    def test_fra_de_offentliggjorte_takster(self, aalborg):
        regnskab = lav_regnskab(tilbud_med_takst(aalborg, ydelser=2))
        assert (regnskab.budget, regnskab.budget_kilde) == (
            Decimal("8000000.00"),
            "Offentliggjorte takster 2025 (2 takster)",
        )

    def test_det_indtastede_tilsidesaettes_af_taksterne(self, tilbud):
        regnskab = lav_regnskab(tilbud, budget=Decimal(1), budget_kilde="Gæt")
        assert regnskab.budget == Decimal("8000000.00")

    def test_aeldre_aar_kraever_en_kilde(self, tilbud):
        with pytest.raises(ValidationError, match="hvor grundlaget står"):
            lav_regnskab(tilbud, aar=2021, budget=Decimal(7_000_000))
        regnskab = lav_regnskab(tilbud, aar=2020, budget=Decimal(7_000_000), budget_kilde="Budget 2020")
        assert beregn(regnskab).deling.graense == Decimal("350000.00")

    @pytest.mark.regel("T48")
    def test_det_tidligere_aar_flyttede_er_ikke_et_resultat_i_aar(self, tilbud):
        """A tariff lowered by 100,000 gives 100,000 less income; that money was set apart in the earlier year."""
        takst = tilbud.takster.get()
        skema = SkemaFactory(ydelse=takst.ydelse, indberetning__driftsherre=tilbud.driftsherre)
        takst.skema = skema
        takst.save()
        pligt = Reguleringspligt.objects.create(
            driftsherre=tilbud.driftsherre,
            tilbud=tilbud,
            beloeb=Decimal(-100_000),
            oprindelsesaar=2023,
            regel="T25",
            tidligst_aar=2024,
            senest_aar=2025,
            betegnelse="Overskud",
        )
        pligt.indregninger.create(skema=skema, aar=2025, beloeb=Decimal(-100_000))
        regnskab = lav_regnskab(tilbud, "-100000")
        assert regnskab.regulering == Decimal(-100_000)
        assert regnskab.budget == Decimal("8100000.00")
        assert regnskab.aarsresultat().resultat == 0


class TestTilstande:
    """States × roles: who may take which step."""

    TRIN = ("ret", "afgiv", "traek", "godkend", "retur")
    MULIGE = {
        ("indberetter", "kladde"): {"ret"},
        ("godkender", "kladde"): {"afgiv"},
        ("godkender", "afgivet"): {"traek"},
        ("sekretariat", "afgivet"): {"godkend", "retur"},
        ("sekretariat", "godkendt"): {"retur"},
    }
    ROLLER = {
        "indberetter": (Rolle.DRIFTSHERRE_INDBERETTER, "aalborg"),
        "godkender": (Rolle.DRIFTSHERRE_GODKENDER, "aalborg"),
        "nabo": (Rolle.DRIFTSHERRE_INDBERETTER, "hjoerring"),
        "nabogodkender": (Rolle.DRIFTSHERRE_GODKENDER, "hjoerring"),
        "sekretariat": (Rolle.SEKRETARIAT, None),
        "das": (Rolle.DAS_MEDLEM, "aalborg"),
        "fu": (Rolle.FU_MEDLEM, "aalborg"),
        "takstgruppe": (Rolle.TAKSTGRUPPE, "aalborg"),
        "revisor": (Rolle.REVISOR, "aalborg"),
        "myndighed": (Rolle.KOMMUNE_MYNDIGHED, "aalborg"),
    }

    @pytest.mark.parametrize("tilstand", Regnskabstilstand.values)
    @pytest.mark.parametrize("hvem", ROLLER)
    def test_hvem_maa_hvad(self, tilbud, adgang, hvem, tilstand):
        rolle, organisation = self.ROLLER[hvem]
        mig = adgang(rolle, organisation=organisation)
        regnskab = lav_regnskab(tilbud, hensat=Decimal(400_000), til=tilstand)
        regel = {
            "ret": regler.maa_rette_regnskab,
            "afgiv": regler.maa_afgive,
            "traek": regler.maa_traekke_regnskab,
            "godkend": regler.maa_godkende_regnskab,
            "retur": regler.maa_returnere_regnskab,
        }
        assert {trin for trin in self.TRIN if regel[trin](mig, regnskab)} == self.MULIGE.get((hvem, tilstand), set())
        handling = {
            "ret": lambda: regnskaber.gem_regnskab(
                regnskab, adgang=mig, version=regnskab.version, felter=felter(regnskab), poster={}
            ),
            "afgiv": lambda: regnskaber.afgiv(regnskab, adgang=mig),
            "traek": lambda: regnskaber.traek_tilbage(regnskab, adgang=mig),
            "godkend": lambda: regnskaber.godkend(regnskab, adgang=mig),
            "retur": lambda: regnskaber.send_retur(regnskab, adgang=mig, begrundelse="Ret"),
        }
        for trin in set(self.TRIN) - self.MULIGE.get((hvem, tilstand), set()):
            with pytest.raises((PermissionDenied, UlovligOvergang)):
                handling[trin]()

    def test_hvem_ser_kladden(self, tilbud, adgang):
        regnskab = lav_regnskab(tilbud, hensat=Decimal(400_000))
        synlig = {
            hvem
            for hvem, (rolle, organisation) in self.ROLLER.items()
            if Regnskab.objects.synlige_for(adgang(rolle, organisation=organisation)).filter(pk=regnskab.pk).exists()
        }
        assert synlig == {"indberetter", "godkender", "sekretariat"}
        regnskaber.afgiv(regnskab, adgang=SYSTEM)
        synlig = {
            hvem
            for hvem, (rolle, organisation) in self.ROLLER.items()
            if Regnskab.objects.synlige_for(adgang(rolle, organisation=organisation)).filter(pk=regnskab.pk).exists()
        }
        assert synlig == {"indberetter", "godkender", "sekretariat", "das", "fu", "takstgruppe", "revisor"}

    def test_to_samtidige(self, tilbud):
        regnskab = lav_regnskab(tilbud)
        foer = regnskab.version
        regnskaber.gem_regnskab(
            regnskab, adgang=SYSTEM, version=foer, felter=felter(regnskab, hensat=Decimal(1)), poster={}
        )
        with pytest.raises(Versionskonflikt):
            regnskaber.gem_regnskab(regnskab, adgang=SYSTEM, version=foer, felter=felter(regnskab), poster={})
        with pytest.raises(Versionskonflikt):
            regnskaber.afgiv(regnskab, adgang=SYSTEM, version=foer)

    def test_alt_staar_i_loggen_og_mails_gaar_ud(self, tilbud, bruger_med, django_capture_on_commit_callbacks):
        bruger_med(Rolle.DRIFTSHERRE_GODKENDER)
        bruger_med(Rolle.SEKRETARIAT)
        with django_capture_on_commit_callbacks(execute=True):
            regnskab = lav_regnskab(tilbud, hensat=Decimal(400_000), til="afgivet")
            regnskab = regnskaber.send_retur(regnskab, adgang=SYSTEM, begrundelse="Husleje mangler")
            regnskab = regnskaber.afgiv(regnskab, adgang=SYSTEM)
            regnskaber.godkend(regnskab, adgang=SYSTEM)
        assert [haendelse.tekst for haendelse in Haendelse.objects.for_objekt(regnskab).order_by("pk")] == [
            "Regnskab oprettet",
            "Kladde gemt",
            "Afgivet",
            "Sendt retur",
            "Afgivet",
            "Godkendt",
        ]
        assert [besked.subject.partition(":")[0] for besked in mail.outbox] == [
            "Regnskab afgivet",
            "Regnskab sendt retur",
            "Regnskab afgivet",
            "Regnskab godkendt",
        ]
        assert "Husleje mangler" in mail.outbox[1].body

    def test_uaendret_gem_logges_ikke(self, tilbud):
        regnskab = lav_regnskab(tilbud)
        poster = {post.art: post.beloeb for post in regnskab.poster.all()}
        igen = regnskaber.gem_regnskab(
            regnskab, adgang=SYSTEM, version=regnskab.version, felter=felter(regnskab), poster=poster
        )
        assert igen.version == regnskab.version


class TestKontrol:
    @pytest.mark.regel("T23")
    def test_overskud_uden_valg_kan_ikke_afgives(self, tilbud):
        with pytest.raises(RegnskabHarFejl, match="Vælg, hvor meget"):
            lav_regnskab(tilbud, til="afgivet")

    @pytest.mark.regel("T23")
    def test_over_graensen(self, tilbud):
        with pytest.raises(RegnskabHarFejl, match="højst hensættes"):
            lav_regnskab(tilbud, hensat=Decimal("400000.01"), til="afgivet")

    @pytest.mark.regel("T26")
    def test_underskud_skal_daekkes(self, tilbud):
        with pytest.raises(RegnskabHarFejl, match="mangler dækning"):
            lav_regnskab(tilbud, "-500000", til="afgivet")
        tilbud.regnskaber.all().delete()
        lav_regnskab(tilbud, "-500000", daekning_effektivisering=Decimal(400_000), til="afgivet")

    @pytest.mark.regel("T26")
    def test_daekning_af_hensat_kraever_penge_paa_kontoen(self, tilbud, aalborg):
        with pytest.raises(RegnskabHarFejl, match="Der er kun 0,00"):
            lav_regnskab(tilbud, "-100000", daekning_hensat=Decimal(100_000), til="afgivet")
        lav_regnskab(tilbud_med_takst(aalborg), hensat=Decimal(400_000), til="godkendt")
        regnskab = Regnskab.objects.get(tilbud=tilbud)
        regnskaber.afgiv(regnskab, adgang=SYSTEM)
        regnskaber.godkend(regnskab, adgang=SYSTEM)
        assert hentning.kontostatus(aalborg.pk, I_DAG, Regler()).saldo == Decimal(300_000)

    @pytest.mark.regel("T28")
    def test_regionen_henviser_til_aftalen(self, organisationer, aalborg):
        region = tilbud_med_takst(organisationer["region-nordjylland"])
        with pytest.raises(RegnskabHarFejl, match="Regionen kan ikke endeligt finansiere"):
            lav_regnskab(region, "-300000", til="afgivet")
        regnskab = Regnskab.objects.get(tilbud=region)
        regnskab = regnskaber.gem_regnskab(
            regnskab,
            adgang=SYSTEM,
            version=regnskab.version,
            felter=felter(regnskab, sagsreference="DAS 21.08.2026, punkt 4"),
            poster={post.art: post.beloeb for post in regnskab.poster.all()},
        )
        regnskab = regnskaber.afgiv(regnskab, adgang=SYSTEM)
        assert beregn(regnskab).deling.sag_kraeves

    @pytest.mark.regel("T30")
    def test_uden_poster(self, tilbud):
        regnskab = regnskaber.opret_regnskab(tilbud, 2025, adgang=SYSTEM)
        with pytest.raises(RegnskabHarFejl, match="årets indtægter og omkostninger"):
            regnskaber.afgiv(regnskab, adgang=SYSTEM)

    def test_aaret_skal_vaere_gaaet(self, tilbud, adgang):
        with pytest.raises(ValidationError, match="når året er gået"):
            regnskaber.opret_regnskab(tilbud, 2026, adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER))


class TestVirkning:
    @pytest.mark.regel("T22", "T23", "T25")
    def test_styringsaftalens_eksempel(self, tilbud, aalborg):
        lav_regnskab(tilbud, "770000", hensat=Decimal(400_000), til="godkendt")
        post = Hensaettelsespost.objects.get()
        pligt = Reguleringspligt.objects.get()
        assert (post.beloeb, post.aar, post.tilbud) == (Decimal(400_000), 2025, tilbud)
        assert (pligt.beloeb, pligt.regel, pligt.tidligst_aar, pligt.senest_aar) == (
            Decimal(-370_000),
            "T25",
            2026,
            2027,
        )

    @pytest.mark.regel("T27")
    def test_underskud_over_graensen(self, tilbud):
        lav_regnskab(tilbud, "-700000", daekning_effektivisering=Decimal(400_000), til="godkendt")
        assert Reguleringspligt.objects.get().beloeb == Decimal(300_000)
        assert not Hensaettelsespost.objects.exists()

    @pytest.mark.regel("T26")
    def test_underskud_under_graensen_giver_ingen_linje(self, tilbud):
        lav_regnskab(tilbud, "-300000", daekning_effektivisering=Decimal(300_000), til="godkendt")
        assert not Reguleringspligt.objects.exists()

    @pytest.mark.regel("T31")
    def test_den_praecise_regel_gaar_foer_den_almindelige(self, tilbud):
        """Of 770,000 only what is above the limit reaches the tariff, though the general sentence says all of it."""
        regnskab = lav_regnskab(tilbud, hensat=Decimal(400_000), til="godkendt")
        assert regnskab.aarsresultat().resultat == Decimal(770_000)
        assert -sum(pligt.beloeb for pligt in Reguleringspligt.objects.all()) == Decimal(370_000)

    @pytest.mark.regel("T61")
    def test_tabet_i_det_foerste_aar_i_tre_rater(self, tilbud):
        lav_regnskab(
            tilbud,
            "-1000000",
            fordel_tab=True,
            foerste_driftsaar=2025,
            begrundelse="Indflytningen gik langsommere end ventet",
            til="godkendt",
        )
        pligter = list(Reguleringspligt.objects.order_by("senest_aar"))
        assert [(pligt.tidligst_aar, pligt.senest_aar) for pligt in pligter] == [
            (2026, 2026),
            (2027, 2027),
            (2028, 2028),
        ]
        assert sum(pligt.beloeb for pligt in pligter) == Decimal(1_000_000)

    @pytest.mark.regel("T61")
    def test_ikke_i_andet_driftsaar(self, tilbud):
        with pytest.raises(RegnskabHarFejl, match=r"2\. driftsår"):
            lav_regnskab(
                tilbud,
                "-1000000",
                fordel_tab=True,
                foerste_driftsaar=2024,
                begrundelse="Lav belægning i andet år",
                til="afgivet",
            )

    @pytest.mark.regel("T65")
    def test_lukning_foerst_hensat_saa_de_andre_tilbud(self, tilbud, aalborg):
        a, b = tilbud_med_takst(aalborg, grundlag="3000000.00"), tilbud_med_takst(aalborg, grundlag="1000000.00")
        lav_regnskab(a, "100000", hensat=Decimal(100_000), til="godkendt")
        regnskab = lav_regnskab(tilbud, "-500000", er_lukket=True, begrundelse="Lukket 30.06.2025", til="godkendt")
        assert {pligt.tilbud: pligt.beloeb for pligt in Reguleringspligt.objects.filter(regel="T65")} == {
            a: Decimal(300_000),
            b: Decimal(100_000),
        }
        forbrug = Hensaettelsespost.objects.get(art="forbrug")
        assert (forbrug.beloeb, forbrug.regnskab) == (Decimal(100_000), regnskab)

    def test_indsendt_skema_sendes_retur_naar_linjen_aendres(self, tilbud):
        ydelse = tilbud.ydelser.get()
        skema = SkemaFactory(
            udfyldt=True, ydelse=ydelse, indberetning__driftsherre=tilbud.driftsherre, tilstand="indsendt"
        )
        lav_regnskab(tilbud, hensat=Decimal(400_000), til="godkendt")
        skema.refresh_from_db()
        assert skema.tilstand == "sendt_retur"
        assert "Regnskabet for 2025 er godkendt" in skema.retur_begrundelse

    def test_en_kladde_faar_ny_version(self, tilbud):
        skema = SkemaFactory(udfyldt=True, ydelse=tilbud.ydelser.get(), indberetning__driftsherre=tilbud.driftsherre)
        foer = skema.version
        lav_regnskab(tilbud, hensat=Decimal(400_000), til="godkendt")
        skema.refresh_from_db()
        assert (skema.version, skema.tilstand) == (foer + 1, "kladde")

    def test_retur_af_et_godkendt_regnskab_tager_alt_tilbage(self, tilbud, aalborg):
        regnskab = lav_regnskab(tilbud, hensat=Decimal(400_000), til="godkendt")
        regnskab = regnskaber.send_retur(regnskab, adgang=SYSTEM, begrundelse="Forkert indtægt")
        assert not Reguleringspligt.objects.gyldige().exists()
        assert hentning.kontostatus(aalborg.pk, I_DAG, Regler()).saldo == 0
        assert list(Hensaettelsespost.objects.order_by("pk").values_list("art", flat=True)) == ["hensat", "modpost"]
        regnskab = regnskaber.afgiv(regnskab, adgang=SYSTEM)
        regnskaber.godkend(regnskab, adgang=SYSTEM)
        assert Reguleringspligt.objects.gyldige().count() == 1
        assert hentning.kontostatus(aalborg.pk, I_DAG, Regler()).saldo == Decimal(400_000)

    def test_ikke_retur_naar_en_takst_staar_paa_det(self, tilbud):
        regnskab = lav_regnskab(tilbud, hensat=Decimal(400_000), til="godkendt")
        skema = SkemaFactory(ydelse=tilbud.ydelser.get(), indberetning__driftsherre=tilbud.driftsherre)
        Reguleringspligt.objects.get().indregninger.create(skema=skema, aar=2027, beloeb=Decimal(-370_000))
        with pytest.raises(ValidationError, match="offentliggjort takst"):
            regnskaber.send_retur(regnskab, adgang=SYSTEM, begrundelse="Forkert")


def test_kontoen_kan_kun_faa_nye_poster(tilbud):
    lav_regnskab(tilbud, hensat=Decimal(400_000), til="godkendt")
    post = Hensaettelsespost.objects.get()
    with pytest.raises(TypeError):
        post.save()
    with pytest.raises(TypeError):
        post.delete()
    with pytest.raises(TypeError):
        Hensaettelsespost.objects.update(beloeb=1)
    with pytest.raises(TypeError):
        Hensaettelsespost.objects.all().delete()
