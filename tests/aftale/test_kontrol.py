"""The gate around an agreement: the page, mending, waiving, and issuing that is refused until it is green."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from socialaftale.aftale import handlinger
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.kontrol.handlinger import (
    FundetErVaek,
    PortenErLukket,
    fortryd_fravigelse,
    fravig,
    kraev_groen,
    ret_fund,
)
from socialaftale.aftale.kontrol.samling import kontroller
from socialaftale.aftale.models import Fravigelse
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.job.koersel import Jobfejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Dokument, Haendelse, Job
from tests.aftale.factories import AftaleFactory, lav_offentliggjort, lav_udgave

PERIODE = "2023-2024"
FEJL = "<p>Vi er tolv parter, og resten skrives ind her.</p>"


@pytest.fixture
def aftale(organisationer):
    return AftaleFactory(periode=PERIODE)


@pytest.fixture
def sekretariat(adgang):
    return adgang(Rolle.SEKRETARIAT)


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.SEKRETARIAT)


def skriv(aftale, indhold=FEJL, noegle="forord"):
    aftale.tekst.kapitler.filter(noegle=noegle).update(indhold=indhold)


def aabne(aftale):
    return {fund.kode: fund for fund in kontroller(aftale).aabne}


def forord(aftale):
    return aftale.tekst.kapitler.get(noegle="forord")


def send(klient, navn, *args, **felter):
    return klient.post(reverse(f"aftale:{navn}", args=[PERIODE, *args]), felter)


def side(klient, **forespoergsel):
    return klient.get(reverse("aftale:kontrol", args=[PERIODE], query=forespoergsel))


class TestKontrol:
    def test_en_ren_tekst_er_groen(self, aftale):
        assert kontroller(aftale).er_groen

    def test_fund_i_kapitler_og_i_aftalens_felter(self, aftale):
        skriv(aftale)
        aftale.undertitel = "Sammen om [emne]"
        steder = {(f.kode, f.sted.kapitel) for f in kontroller(aftale).aabne}
        assert steder == {
            ("tal.lig", "forord"),
            ("pladsholder.skrives", "forord"),
            ("pladsholder.klammer", "aftalens-oplysninger"),
        }

    def test_henvisninger_der_ikke_kan_udfyldes(self, aftale):
        skriv(aftale, "<p>Der er {{ parter.antl }} og {{ pladser.i_alt|hele }}.</p><p>{{ liste:intet }}</p>")
        fund = [f for f in kontroller(aftale).aabne if f.kode == "pladsholder.henvisning"]
        assert [f.emne for f in fund] == ["parter.antl", "pladser.i_alt|hele", "liste:intet"]
        assert "Der er ingen opgørelse af pladser" in fund[1].hvorfor
        assert not any(f.kan_fraviges for f in fund)


class TestRet:
    def ret(self, aftale, adgang, kode="tal.lig", fra_version=1):
        return ret_fund(
            aftale,
            adgang=adgang,
            kapitel=forord(aftale),
            fingeraftryk=aabne(aftale)[kode].fingeraftryk,
            fra_version=fra_version,
        )

    def test_rettelsen_gemmes_som_en_ny_version(self, aftale, sekretariat):
        skriv(aftale)
        kapitel = self.ret(aftale, sekretariat)
        assert kapitel.indhold == "<p>Vi er {{ parter.antal|ord }} parter, og resten skrives ind her.</p>"
        assert (kapitel.version, kapitel.rettet_af) == (2, sekretariat.bruger)
        assert [h.handling for h in Haendelse.objects.for_objekt(aftale)] == ["fund_rettet"]
        assert set(aabne(aftale)) == {"pladsholder.skrives"}

    def test_en_andens_version_roeres_ikke(self, aftale, sekretariat):
        skriv(aftale)
        aftryk = aabne(aftale)["tal.lig"].fingeraftryk
        handlinger.ret_kapitel(
            aftale,
            adgang=sekretariat,
            kapitel=forord(aftale),
            titel="Forord",
            indhold=f"{FEJL}<p>Nyt.</p>",
            fra_version=1,
        )
        with pytest.raises(Versionskonflikt):
            ret_fund(aftale, adgang=sekretariat, kapitel=forord(aftale), fingeraftryk=aftryk, fra_version=1)
        assert "tolv" in forord(aftale).indhold

    def test_et_fund_der_er_vaek_eller_uden_forslag(self, aftale, sekretariat):
        skriv(aftale)
        with pytest.raises(FundetErVaek):
            self.ret(aftale, sekretariat, "pladsholder.skrives")
        aftryk = aabne(aftale)["tal.lig"].fingeraftryk
        skriv(aftale, "<p>Vi er tolv parter i alt.</p>")
        with pytest.raises(FundetErVaek):
            ret_fund(aftale, adgang=sekretariat, kapitel=forord(aftale), fingeraftryk=aftryk, fra_version=1)

    def test_kun_sekretariatet(self, aftale, adgang):
        skriv(aftale)
        with pytest.raises(PermissionDenied):
            self.ret(aftale, adgang(Rolle.DAS_MEDLEM))

    def test_knappen(self, aftale, klient):
        skriv(aftale)
        aftryk = aabne(aftale)["tal.lig"].fingeraftryk
        svar = send(klient, "ret_fund", kapitel="forord", fund=aftryk, fra_version="1", klasse="tal")
        assert svar.url == reverse("aftale:kontrol", args=[PERIODE], query={"klasse": "tal"}) + "#kapitel-forord"
        assert "gemt som version 2" in klient.get(svar.url).text
        igen = send(klient, "ret_fund", kapitel="forord", fund=aftryk, fra_version="1")
        assert "efter at du åbnede siden" in klient.get(igen.url).text
        vaek = send(klient, "ret_fund", kapitel="forord", fund=aftryk, fra_version="2")
        assert "Fundet er der ikke længere" in klient.get(vaek.url).text

    def test_et_cpr_nummer_slettes_og_vises_ikke(self, aftale, klient):
        skriv(aftale, "<p>Borgeren 010190-1234 flyttede.</p>")
        tekst = side(klient).text
        assert "ligner et CPR-nummer" in tekst
        assert "1234" not in tekst
        assert "Fundet kan ikke fraviges" in tekst
        send(klient, "ret_fund", kapitel="forord", fund=aabne(aftale)["cpr.nummer"].fingeraftryk, fra_version="1")
        assert "1234" not in forord(aftale).indhold
        assert kontroller(aftale).er_groen


class TestFravig:
    def fravig(self, aftale, adgang, kode="tal.lig", begrundelse="Citat fra den gamle aftale"):
        return fravig(aftale, adgang=adgang, fingeraftryk=aabne(aftale)[kode].fingeraftryk, begrundelse=begrundelse)

    def test_fraviget_med_begrundelse(self, aftale, sekretariat):
        skriv(aftale)
        fravigelse = self.fravig(aftale, sekretariat)
        assert (fravigelse.kode, fravigelse.citat, fravigelse.bruger) == ("tal.lig", "tolv", sekretariat.bruger)
        kontrol = kontroller(aftale)
        assert [(f.kode, p) for f, p in kontrol.fravegne] == [("tal.lig", fravigelse)]
        assert {f.kode for f in kontrol.aabne} == {"pladsholder.skrives"}
        haendelse = Haendelse.objects.for_objekt(aftale).get()
        assert "Citat fra den gamle aftale" in haendelse.tekst

    def test_den_falder_bort_naar_teksten_aendres(self, aftale, sekretariat):
        skriv(aftale)
        self.fravig(aftale, sekretariat)
        skriv(aftale, FEJL.replace("resten", "alt andet"))
        assert "tal.lig" in aabne(aftale)
        skriv(aftale, f"<p>Et nyt afsnit foran.</p>{FEJL}")
        assert "tal.lig" not in aabne(aftale)

    def test_uden_begrundelse(self, aftale, sekretariat):
        skriv(aftale)
        with pytest.raises(ValidationError):
            self.fravig(aftale, sekretariat, begrundelse="  ")

    def test_det_der_ikke_kan_fraviges(self, aftale, sekretariat):
        skriv(aftale, "<p>Borgeren 010190-1234 flyttede.</p>")
        with pytest.raises(ValidationError, match="kan ikke fraviges"):
            self.fravig(aftale, sekretariat, "cpr.nummer")
        # Not even when a row has got there by another way.
        aftryk = aabne(aftale)["cpr.nummer"].fingeraftryk
        Fravigelse.objects.create(
            aftale=aftale, fingeraftryk=aftryk, kode="x", kapitel="x", citat="x", hvad="x", begrundelse="x"
        )
        assert not kontroller(aftale).er_groen

    def test_to_gange_er_en(self, aftale, sekretariat):
        skriv(aftale)
        aftryk = aabne(aftale)["tal.lig"].fingeraftryk
        foerste = fravig(aftale, adgang=sekretariat, fingeraftryk=aftryk, begrundelse="Den første")
        assert fravig(aftale, adgang=sekretariat, fingeraftryk=aftryk, begrundelse="Den anden") == foerste

    def test_fortryd(self, aftale, sekretariat):
        skriv(aftale)
        fortryd_fravigelse(aftale, adgang=sekretariat, fravigelse=self.fravig(aftale, sekretariat))
        assert "tal.lig" in aabne(aftale)
        assert Haendelse.objects.for_objekt(aftale).filter(handling="fravigelse_fortrudt").exists()

    @pytest.mark.parametrize("rolle", [Rolle.DAS_MEDLEM, Rolle.KOMMUNE_MYNDIGHED])
    def test_kun_sekretariatet(self, aftale, adgang, rolle, sekretariat):
        skriv(aftale)
        with pytest.raises(PermissionDenied):
            self.fravig(aftale, adgang(rolle))
        fravigelse = self.fravig(aftale, sekretariat)
        with pytest.raises(PermissionDenied):
            fortryd_fravigelse(aftale, adgang=adgang(rolle), fravigelse=fravigelse)

    def test_siden(self, aftale, klient):
        skriv(aftale)
        aftryk = aabne(aftale)["pladsholder.skrives"].fingeraftryk
        svar = send(klient, "fravig_fund", fund=aftryk, **{f"{aftryk}-begrundelse": "  "})
        assert svar.status_code == 422
        assert "Udfyld begrundelse" in svar.text
        assert f'href="#id_{aftryk}-begrundelse"' in svar.text
        for_lang = "x" * 1001
        svar = send(klient, "fravig_fund", fund=aftryk, **{f"{aftryk}-begrundelse": for_lang})
        assert svar.status_code == 422
        assert for_lang in svar.text
        svar = send(klient, "fravig_fund", fund=aftryk, **{f"{aftryk}-begrundelse": "Det er et citat"})
        tekst = klient.get(svar.url).text
        assert "Begrundelse: Det er et citat" in tekst
        fravigelse = Fravigelse.objects.get()
        svar = send(klient, "fortryd_fravigelse", fravigelse.pk)
        assert "Fravigelsen er taget tilbage" in klient.get(svar.url).text
        assert not Fravigelse.objects.exists()

    def test_en_anden_aftales_fravigelse_findes_ikke(self, aftale, klient):
        fremmed = Fravigelse.objects.create(
            aftale=AftaleFactory(periode="2021-2022"),
            fingeraftryk="1" * 32,
            kode="x",
            kapitel="x",
            citat="x",
            hvad="x",
            begrundelse="x",
        )
        assert send(klient, "fortryd_fravigelse", fremmed.pk).status_code == 404


class TestSiden:
    def test_groen(self, aftale, klient):
        assert "Porten er grøn" in side(klient).text

    def test_fund_efter_kapitel_og_slags(self, aftale, klient):
        skriv(aftale)
        tekst = side(klient).text
        assert "Porten er lukket: 2" in tekst
        assert tekst.index("Pladsholdere og rester") < tekst.index('id="kapitel-forord"')
        assert "<mark>tolv</mark>" in tekst
        assert "Forslag: <strong>tolv (levende tal)</strong>" in tekst
        assert 'name="fra_version" value="1"' in tekst
        kun = side(klient, klasse="tal").text
        assert "<mark>tolv</mark>" in kun
        assert "<mark>skrives ind her</mark>" not in kun
        assert side(klient, klasse="findes-ikke").status_code == 200

    def test_registret_slaas_op_igen_naar_man_beder_om_det(self, aftale, klient, organisationer):
        skriv(aftale, "<p>Thisted Kommune er med.</p>")
        assert "Porten er grøn" in side(klient).text
        organisationer["thisted"].navn = "Thisted og Omegns Kommune"
        organisationer["thisted"].save()
        assert "Porten er grøn" in side(klient).text
        # An action never trusts what was looked up a moment ago.
        assert not kontroller(aftale).er_groen
        assert "Porten er lukket" in klient.get(reverse("aftale:kontrol", args=[PERIODE]) + "?frisk").text

    def test_antal_forespoergsler(self, aftale, klient, django_assert_max_num_queries):
        side(klient)
        skriv(aftale)
        with django_assert_max_num_queries(15) as faa:
            side(klient)
        skriv(aftale, "".join(f"<p>Nr. {n}: Vi er tolv parter, og resten skrives ind her.</p>" for n in range(40)))
        with django_assert_max_num_queries(len(faa)) as mange:
            assert "80" in side(klient).text
        assert len(mange) == len(faa)


class TestUdgivelse:
    def test_udstedelse_afvises(self, aftale, sekretariat):
        skriv(aftale)
        with pytest.raises(Jobfejl, match="2 fund i kontrollen er hverken rettet eller fraveget") as fejl:
            handlinger.udsted_udgave(aftale, adgang=sekretariat, fremdrift=lambda procent, besked: None)
        assert "skrives ind her" in str(fejl.value)
        assert not Dokument.objects.exists()

    def test_bestilling_foerer_til_kontrollen(self, aftale, klient):
        skriv(aftale)
        svar = send(klient, "bestil_pdf")
        assert svar.url == reverse("aftale:kontrol", args=[PERIODE])
        assert "PDF&#x27;en blev ikke bestilt" in klient.get(svar.url).text
        assert not Job.objects.exists()

    def test_offentliggoerelse_afvises(self, aftale, sekretariat, klient):
        """An edition that was issued some other way, or whose register has changed since."""
        skriv(aftale)
        kapitel = forord(aftale)
        kapitel.versioner.update(indhold=FEJL)
        udgave = lav_udgave(aftale)
        with pytest.raises(ValidationError, match="kan ikke udgives"):
            handlinger.offentliggoer(aftale, adgang=sekretariat, udgave=udgave)
        svar = send(klient, "offentliggoer", udgave.pk)
        assert "kan ikke udgives" in klient.get(svar.url).text

    def test_udgavens_egen_tekst_kontrolleres(self, organisationer, sekretariat):
        """What has been written since the edition does not hold it back."""
        aftale = AftaleFactory(periode=PERIODE)
        udgave = lav_udgave(aftale)
        handlinger.ret_kapitel(
            aftale, adgang=sekretariat, kapitel=forord(aftale), titel="Forord", indhold=FEJL, fra_version=1
        )
        assert handlinger.offentliggoer(aftale, adgang=sekretariat, udgave=udgave).er_offentliggjort

    def test_fraveget_kan_udgives_og_staar_ved_udgaven(self, aftale, sekretariat):
        skriv(aftale)
        for fund in kontroller(aftale).aabne:
            fravig(aftale, adgang=sekretariat, fingeraftryk=fund.fingeraftryk, begrundelse="Citat")
        poster = kraev_groen(aftale, hent_laesning(aftale, kladde=True).kapitler)
        assert [(p["kode"], p["begrundelse"], p["hvem"]) for p in poster] == [
            ("tal.lig", "Citat", str(sekretariat.bruger)),
            ("pladsholder.skrives", "Citat", str(sekretariat.bruger)),
        ]

    @pytest.mark.langsom
    def test_en_rigtig_udgave_med_fravigelse(self, aftale, sekretariat, klient):
        skriv(aftale, "<p>Vi er tolv parter i aftalen.</p>")
        fravig(
            aftale,
            adgang=sekretariat,
            fingeraftryk=aabne(aftale)["tal.lig"].fingeraftryk,
            begrundelse="Antallet er en del af et citat",
        )
        udgave = handlinger.udsted_udgave(aftale, adgang=sekretariat, fremdrift=lambda procent, besked: None)
        assert [post["begrundelse"] for post in udgave.fravigelser] == ["Antallet er en del af et citat"]
        assert "Antallet er en del af et citat" in klient.get(reverse("aftale:pdf", args=[PERIODE])).text

    def test_fejlen_naevner_de_foerste_og_antallet(self, aftale):
        skriv(aftale, "<p>Her er xxx, [a], [b], ??? og ____.</p>")
        with pytest.raises(PortenErLukket, match="og 2 til"):
            kraev_groen(aftale, hent_laesning(aftale, kladde=True).kapitler)


def test_en_offentliggjort_aftale_kan_kontrolleres(organisationer, klient):
    lav_offentliggjort(periode=PERIODE)
    assert "Porten er grøn" in side(klient).text
