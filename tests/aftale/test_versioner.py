"""Named versions of the agreement: made, read, compared and gone back to, with nothing lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from socialaftale.aftale import versionshandlinger
from socialaftale.aftale.handlinger import ret_kapitel
from socialaftale.aftale.stande import NU, Stand, aendringstabel, forskel, navngivet_stand
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse, Kapitel
from socialaftale.kerne.tekst.versionshandlinger import Tekstkonflikt, standmaerke
from tests.aftale.factories import UdkastFactory, lav_offentliggjort

FORORD = "<p>Vi er {{ parter.antal }} parter.</p>"


@pytest.fixture
def aftale(organisationer):
    return UdkastFactory(periode="2025-2026")


@pytest.fixture
def sekretariat(adgang):
    return adgang(Rolle.SEKRETARIAT)


def ret(aftale, indhold="<p>Nyt forord</p>", noegle="forord", titel=None):
    kapitel = aftale.tekst.kapitler.get(noegle=noegle)
    return ret_kapitel(
        aftale,
        adgang=Adgang.system(),
        kapitel=kapitel,
        titel=titel or kapitel.titel,
        indhold=indhold,
        fra_version=kapitel.version,
    )


def navngiv(aftale, adgang, navn="udkast juni"):
    return versionshandlinger.navngiv(aftale, adgang=adgang, navn=navn)


def nu(aftale):
    return Stand(aftale, f"{aftale.periode}:{NU}", "kladden nu")


class TestNavngiv:
    def test_husker_hvert_kapitel_paa_sin_plads(self, aftale, sekretariat):
        ret(aftale)
        navngivet = navngiv(aftale, sekretariat)
        assert (navngivet.nummer, navngivet.bruger) == (1, sekretariat.bruger)
        poster = list(navngivet.kapitler.select_related("version__kapitel"))
        assert [post.version.kapitel.noegle for post in poster] == [k.noegle for k in aftale.tekst.kapitler.all()]
        assert [post.version.version for post in poster] == [1, 2, 1, 1, 1, 1]
        assert Haendelse.objects.for_objekt(aftale).first().handling == "version_navngivet"

    def test_navnet_bruges_kun_en_gang(self, aftale, sekretariat):
        navngiv(aftale, sekretariat)
        with pytest.raises(ValidationError, match="allerede en version"):
            navngiv(aftale, sekretariat, "Udkast  JUNI")

    def test_aendres_aldrig(self, aftale, sekretariat):
        navngivet = navngiv(aftale, sekretariat)
        with pytest.raises(TypeError):
            navngivet.save()
        with pytest.raises(TypeError):
            navngivet.delete()

    def test_kun_sekretariatet(self, aftale, adgang):
        with pytest.raises(PermissionDenied):
            navngiv(aftale, adgang(Rolle.DAS_MEDLEM))


class TestGendan:
    def test_hele_teksten(self, aftale, sekretariat):
        juni = navngiv(aftale, sekretariat)
        ret(aftale)
        Kapitel.objects.filter(tekst=aftale.tekst, noegle="bilag").update(raekkefoelge=0)
        Kapitel.objects.create(tekst=aftale.tekst, noegle="nyt", titel="Nyt", raekkefoelge=9)
        foer = versionshandlinger.gendan_tekst(aftale, juni, adgang=sekretariat, fra_stand=standmaerke(aftale.tekst))
        kapitler = list(aftale.tekst.kapitler.all())
        assert [k.noegle for k in kapitler] == ["forside", "forord", "omraader", "omraade_1", "bilag", "bagside"]
        assert (kapitler[1].indhold, kapitler[1].version) == (FORORD, 3)
        # What stood in between is a named version, and the chapter that was taken out is kept.
        assert foer.navn == "udkast juni (før gendannelse nr. 2)"
        assert foer.kapitler.get(version__kapitel__noegle="forord").version.indhold == "<p>Nyt forord</p>"
        assert Kapitel.alle.get(noegle="nyt").fjernet is not None
        assert Haendelse.objects.for_objekt(aftale).first().handling == "tekst_gendannet"

    def test_et_kapitel_der_blev_taget_ud_kommer_igen(self, aftale, sekretariat, django_assert_num_queries):
        juni = navngiv(aftale, sekretariat)
        Kapitel.objects.filter(tekst=aftale.tekst, noegle="forord").update(fjernet="2026-01-01T12:00Z")
        assert not aftale.tekst.kapitler.filter(noegle="forord").exists()
        post = juni.kapitler.select_related("version__kapitel").get(version__kapitel__noegle="forord")
        versionshandlinger.gendan_kapitel(aftale, post, adgang=sekretariat, fra_version=1)
        assert [k.noegle for k in aftale.tekst.kapitler.all()][-1] == "forord"

    def test_stop_naar_nogen_har_rettet_imens(self, aftale, sekretariat):
        juni = navngiv(aftale, sekretariat)
        stand = standmaerke(aftale.tekst)
        ret(aftale)
        with pytest.raises(Tekstkonflikt):
            versionshandlinger.gendan_tekst(aftale, juni, adgang=sekretariat, fra_stand=stand)
        assert aftale.tekst.kapitler.get(noegle="forord").version == 2

    def test_intet_sker_naar_et_kapitel_ikke_kan_gendannes(self, aftale, sekretariat):
        """An old chapter may name a figure that is gone: then nothing is half done."""
        aftale.tekst.kapitler.get(noegle="omraade_1").versioner.update(indhold="<p>{{ parter.antl }}</p>")
        juni = navngiv(aftale, sekretariat)
        ret(aftale)
        ret(aftale, "<p>Andet</p>", "omraade_1")
        with pytest.raises(ValidationError, match="Fokusområde 1: Tallet"):
            versionshandlinger.gendan_tekst(aftale, juni, adgang=sekretariat, fra_stand=standmaerke(aftale.tekst))
        assert aftale.tekst.kapitler.get(noegle="forord").indhold == "<p>Nyt forord</p>"
        assert aftale.tekst.navngivne.count() == 1

    def test_kun_sekretariatet(self, aftale, sekretariat, adgang):
        juni = navngiv(aftale, sekretariat)
        das, stand = adgang(Rolle.DAS_MEDLEM), standmaerke(aftale.tekst)
        with pytest.raises(PermissionDenied):
            versionshandlinger.gendan_tekst(aftale, juni, adgang=das, fra_stand=stand)
        with pytest.raises(PermissionDenied):
            versionshandlinger.gendan_kapitel(aftale, juni.kapitler.first(), adgang=das, fra_version=1)


class TestAendringstabel:
    def test_hvad_der_er_sket_siden(self, aftale, sekretariat):
        juni = navngiv(aftale, sekretariat)
        ret(aftale, "<p>Vi er {{ parter.antal }} gode parter.</p>", titel="Indledning")
        Kapitel.objects.filter(tekst=aftale.tekst, noegle="omraade_1").update(fjernet="2026-01-01T12:00Z")
        Kapitel.objects.create(tekst=aftale.tekst, noegle="nyt", titel="Nyt", raekkefoelge=3, indhold="<p>To ord</p>")
        raekker = aendringstabel(forskel(navngivet_stand(aftale, juni), nu(aftale)))
        assert [(r.noegle, r.aendring, r.tilfoejet, r.fjernet) for r in raekker] == [
            ("forord", "Titlen var “Forord”. Teksten er ændret", 1, 0),
            ("omraade_1", "Kapitlet er taget ud", 0, 3),
            ("nyt", "Nyt kapitel", 2, 0),
        ]


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.SEKRETARIAT)


def adresse(navn, *args, **query):
    return reverse(f"aftale:{navn}", args=["2025-2026", *args], query=query)


class TestSider:
    def test_liste_og_ny(self, aftale, klient):
        assert "ingen navngivne versioner" in klient.get(adresse("navngivne")).text
        svar = klient.post(adresse("navngiv"), {"navn": "udkast juni", "note": "Sendt til DAS"})
        assert svar.status_code == 302
        ret(aftale)
        tekst = klient.get(adresse("navngivne")).text
        assert "udkast juni</a>" in tekst
        assert "Sendt til DAS" in tekst
        assert "Teksten er ændret" in tekst
        assert f"{adresse('sammenlign')}?fra=2025-2026:1&amp;kapitel=forord#kapitel" in tekst

    @pytest.mark.parametrize(
        ("navn", "besked"), [("", "Giv versionen et navn"), ("010190-1234", "CPR"), ("udkast", "allerede en version")]
    )
    def test_ny_med_fejl(self, aftale, klient, sekretariat, navn, besked):
        navngiv(aftale, sekretariat, "udkast")
        svar = klient.post(adresse("navngiv"), {"navn": navn, "note": "Min note"})
        assert svar.status_code == 422
        assert besked in svar.text
        assert "Min note" in svar.text

    def test_version_og_kapitel(self, aftale, klient, sekretariat):
        navngiv(aftale, sekretariat)
        ret(aftale)
        navngiv(aftale, sekretariat, "udkast august")
        tekst = klient.get(adresse("navngivet", 2)).text
        assert "Ændret siden udkast juni" in tekst
        kapitel = klient.get(adresse("navngivet_kapitel", 1, "forord")).text
        assert "Vi er" in kapitel
        assert "Sæt kapitlet tilbage" in kapitel
        assert klient.get(adresse("navngivet_kapitel", 1, "intet")).status_code == 404
        assert klient.get(adresse("navngivet", 9)).status_code == 404

    def test_gendan(self, aftale, klient, sekretariat):
        navngiv(aftale, sekretariat)
        ret(aftale)
        svar = klient.post(adresse("gendan_navngivet_kapitel", 1, "forord"), {"fra_version": "1"})
        assert svar.status_code == 409
        assert "rettet, efter at du åbnede siden" in svar.text
        svar = klient.post(adresse("gendan_navngivet_kapitel", 1, "forord"), {"fra_version": "2"})
        assert svar.url == reverse("aftale:ret_kapitel", args=["2025-2026", "forord"])
        ret(aftale)
        assert klient.post(adresse("gendan_tekst", 1), {"fra_stand": "x"}).status_code == 409
        svar = klient.post(adresse("gendan_tekst", 1), {"fra_stand": standmaerke(aftale.tekst)})
        assert "Teksten er sat tilbage" in klient.get(svar.url).text
        assert aftale.tekst.kapitler.get(noegle="forord").indhold == FORORD

    def test_gendan_det_der_ikke_kan(self, aftale, klient, sekretariat):
        aftale.tekst.kapitler.get(noegle="forord").versioner.update(indhold="<p>{{ parter.antl }}</p>")
        navngiv(aftale, sekretariat)
        svar = klient.post(adresse("gendan_tekst", 1), {"fra_stand": standmaerke(aftale.tekst)})
        assert svar.status_code == 422
        assert "Mente du parter.antal" in svar.text
        svar = klient.post(adresse("gendan_navngivet_kapitel", 1, "forord"), {"fra_version": "1"})
        assert svar.status_code == 422

    def test_de_der_kommenterer_laeser_men_saetter_ikke_tilbage(self, aftale, log_ind, sekretariat):
        navngiv(aftale, sekretariat)
        das = log_ind(Rolle.DAS_MEDLEM)
        for side in (adresse("navngivne"), adresse("navngivet", 1), adresse("navngivet_kapitel", 1, "forord")):
            svar = das.get(side)
            assert svar.status_code == 200
            assert '<form method="post" class="d-print-none"' not in svar.text
            assert "Sæt hele teksten tilbage" not in svar.text
        assert das.post(adresse("gendan_tekst", 1)).status_code == 403


class TestSammenlign:
    def test_to_versioner_af_et_kapitel(self, aftale, klient):
        url = adresse("sammenlign_kapitel", "forord")
        assert "kun én version" in klient.get(url).text
        ret(aftale, "<p>Vi er {{ parter.antal|ord }} gode parter.</p>")
        tekst = klient.get(url).text
        assert "Ændret" in tekst
        # The figure as it is printed, and which it is.
        assert "parter.antal|ord</code>" in tekst
        assert ">tolv</span>" in tekst
        assert "[tilføjet: </span>" in tekst
        assert "[fjernet: </span>" in tekst
        ret(aftale, "<p>Noget helt andet.</p>")
        tekst = klient.get(adresse("sammenlign_kapitel", "forord", fra="1", til="1")).text
        assert "siger det samme" in tekst
        assert klient.get(adresse("sammenlign_kapitel", "forord", fra="9")).status_code == 422
        assert klient.get(adresse("sammenlign_kapitel", "intet")).status_code == 404

    def test_to_tekster_ogsaa_fra_hver_sin_periode(self, aftale, klient, sekretariat):
        lav_offentliggjort(periode="2023-2024")
        ret(aftale)
        navngiv(aftale, sekretariat)
        ret(aftale, "<p>Endnu et forord</p>")
        tekst = klient.get(adresse("sammenlign")).text
        assert "2025-2026, udkast juni" in tekst
        assert "<del>" in tekst
        tekst = klient.get(adresse("sammenlign", fra="2023-2024:udgave", til="2025-2026:1", kapitel="forord")).text
        assert "Tallene vises, som de er for hver periode" in tekst
        assert "Nyt forord" in tekst
        assert klient.get(adresse("sammenlign", fra="2019-2020:nu")).status_code == 422

    def test_liste_figur_og_note_staar_ved_navn(self, aftale, klient):
        ret(aftale, "<p>{{ liste:bilag }}</p><p>Nyt</p>", "bilag")
        tekst = klient.get(adresse("sammenlign_kapitel", "bilag")).text
        assert "[Liste over bilagene]" in tekst or "[Liste" in tekst

    def test_andre_ser_intet(self, aftale, log_ind):
        assert log_ind(Rolle.DRIFTSHERRE_GODKENDER).get(adresse("sammenlign")).status_code == 403


@pytest.mark.parametrize("navn", ["navngivne", "navngivet", "sammenlign", "sammenlign_kapitel"])
def test_antal_forespoergsler(navn, aftale, klient, sekretariat, django_assert_max_num_queries):
    args = {"navngivet": [1], "sammenlign_kapitel": ["forord"]}.get(navn, [])
    navngiv(aftale, sekretariat)
    ret(aftale)
    klient.get(adresse(navn, *args))
    with django_assert_max_num_queries(15) as faa:
        klient.get(adresse(navn, *args))
    for nummer in range(6):
        ret(aftale, f"<p>Nummer {nummer} {{{{ parter.antal }}}}</p>")
        navngiv(aftale, sekretariat, f"udkast {nummer}")
    with django_assert_max_num_queries(len(faa)):
        klient.get(adresse(navn, *args))
