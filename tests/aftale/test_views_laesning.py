"""Reading pages: list, front page, chapter, whole, figures, file."""

import pytest
from django.test import Client
from django.urls import reverse

from socialaftale.aftale import handlinger
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import EksterntTal
from tests.aftale.factories import AftaleFactory, UdkastFactory, lav_offentliggjort, lav_udgave

pytestmark = pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL")

# Session, user, memberships and set-up are the frame's; the public has none of the first three.
MAKS_FORESPOERGSLER = 15


@pytest.fixture
def aftale(organisationer):
    return lav_offentliggjort(periode="2023-2024")


def hent(klient, navn, *args, **query):
    return klient.get(reverse(f"aftale:{navn}", args=args, query=query))


class TestListe:
    def test_tom(self, organisationer, client):
        assert "Der er ingen aftaler endnu" in hent(client, "liste").text

    def test_offentligheden_ser_det_offentliggjorte_og_ingen_handlinger(self, aftale, client):
        UdkastFactory(periode="2025-2026")
        tekst = hent(client, "liste").text
        assert "Prøveaftale 2023-2024" in tekst
        assert "2025-2026" not in tekst
        assert "Redigér" not in tekst

    def test_sekretariatet_ser_status_og_handlinger(self, aftale, log_ind):
        UdkastFactory(periode="2025-2026")
        tekst = hent(log_ind(Rolle.SEKRETARIAT), "liste").text
        assert "2025-2026" in tekst
        assert "Udkast" in tekst
        assert reverse("aftale:ret", args=["2025-2026"]) in tekst

    @pytest.mark.parametrize(
        ("dato", "tekst"),
        [
            ("2022-06-01", "Gælder fra 2023"),
            ("2024-12-31", "Gælder nu"),
            ("2025-01-01", "Gælder, til en ny aftale træder i kraft"),
        ],
    )
    def test_hvornaar_den_gaelder(self, organisationer, client, time_machine, dato, tekst):
        time_machine.move_to(dato)
        lav_offentliggjort(periode="2023-2024")
        assert tekst in hent(client, "liste").text

    def test_en_afloest_aftale_gjaldt(self, aftale, client):
        lav_offentliggjort(periode="2025-2026")
        assert "Gjaldt 2023-2024" in hent(client, "liste").text


class TestForside:
    def test_indhold_fakta_og_veje(self, aftale, client):
        tekst = hent(client, "aftale", "2023-2024").text
        assert "Mellem " in tekst
        assert ">tolv</a> parter" in tekst
        assert "2. Bilag" in tekst
        assert "1. januar 2023 til 31. december 2024" in tekst
        assert "Formand for KKR" in tekst
        assert "Bilag&nbsp;1" in tekst
        assert reverse("aftale:hent_pdf", args=["2023-2024"]) in tekst
        assert "Læs kladden" not in tekst

    def test_noegletal_fra_udgaven(self, aftale, client):
        tekst = hent(client, "aftale", "2023-2024").text
        assert '<strong class="noegletal-tal">12</strong>' in tekst

    def test_ukendt_periode(self, aftale, client):
        assert hent(client, "aftale", "1999-2000").status_code == 404


class TestKapitel:
    def test_menu_naboer_og_levende_tal(self, aftale, client):
        tekst = hent(client, "kapitel", "2023-2024", "omraade_1").text
        assert "<h1>Fokusområde 1</h1>" in tekst
        assert 'aria-current="page"><span>Fokusområde 1</span>' in tekst
        assert 'rel="prev"><span>Forrige</span>1. Områder' in tekst
        assert 'rel="next"><span>Næste</span>2. Bilag' in tekst
        forord = hent(client, "kapitel", "2023-2024", "forord").text
        assert f'href="{reverse("aftale:tal", args=["2023-2024"])}#parter.antal"' in forord
        assert 'rel="prev"' not in forord

    @pytest.mark.parametrize("noegle", ["forside", "bagside", "findes_ikke"])
    def test_omslaget_er_ingen_side(self, aftale, client, noegle):
        assert hent(client, "kapitel", "2023-2024", noegle).status_code == 404

    def test_kladden_er_for_dem_der_maa(self, aftale, client, log_ind):
        kapitel = aftale.tekst.kapitler.get(noegle="forord")
        handlinger.ret_kapitel(
            aftale,
            adgang=Adgang.system(),
            kapitel=kapitel,
            titel="Forord",
            indhold="<p>Et helt nyt forord</p>",
            fra_version=1,
        )
        assert "helt nyt" not in hent(client, "kapitel", "2023-2024", "forord", kladde=1).text
        assert "helt nyt" not in hent(log_ind(Rolle.KKR_LAESER), "kapitel", "2023-2024", "forord", kladde=1).text
        das = log_ind(Rolle.DAS_MEDLEM)
        udgave = hent(das, "kapitel", "2023-2024", "forord").text
        assert "helt nyt" not in udgave
        assert "Læs kladden" in udgave
        assert "Læs kladden" not in hent(client, "kapitel", "2023-2024", "forord").text
        kladde = hent(das, "kapitel", "2023-2024", "forord", kladde=1).text
        assert "helt nyt" in kladde
        assert "Du læser kladden" in kladde
        # The reader stays in the draft.
        assert f"{reverse('aftale:kapitel', args=['2023-2024', 'omraader'])}?kladde=1" in kladde

    def test_mangler_er_maerket_for_sekretariatet(self, organisationer, log_ind):
        aftale = UdkastFactory(periode="2025-2026")
        aftale.tekst.kapitler.filter(noegle="forord").update(indhold="<p>{{ parter.antl }}</p>")
        tekst = hent(log_ind(Rolle.SEKRETARIAT), "kapitel", "2025-2026", "forord").text
        assert "[parter.antl mangler]" in tekst
        assert "Mente du parter.antal" in tekst

    def test_udgaven_siger_det_den_sagde(self, organisationer, client):
        aftale = AftaleFactory(periode="2023-2024")
        udgave = lav_udgave(aftale, faste={"parter.antal": "14", "liste:fokusomraader": "<p>Dengang</p>"})
        handlinger.offentliggoer(aftale, adgang=Adgang.system(), udgave=udgave)
        assert ">14</a> parter" in hent(client, "kapitel", "2023-2024", "forord").text
        assert "<p>Dengang</p>" in hent(client, "kapitel", "2023-2024", "omraader").text
        assert "Tallet er ændret, siden udgaven blev udstedt" in hent(client, "tal", "2023-2024").text


class TestFodnoter:
    def test_numre_gennem_hele_aftalen_og_veje_frem_og_tilbage(self, organisationer, client):
        for noegle in ("a", "b"):
            EksterntTal.objects.create(
                noegle=noegle, statistik=f"Statistik {noegle}", vaerdi_tekst="10", kilde="Kilden", aar=2022
            )
        aftale = AftaleFactory(periode="2023-2024")
        for kapitel, note in (("forord", "a"), ("omraade_1", "b")):
            aftale.tekst.kapitler.filter(noegle=kapitel).update(
                indhold=f"<p>{{{{ ekstern.{note} }}}}{{{{ note:{note} }}}}</p>"
            )
            aftale.tekst.kapitler.get(noegle=kapitel).versioner.update(
                indhold=f"<p>{{{{ ekstern.{note} }}}}{{{{ note:{note} }}}}</p>"
            )
        handlinger.offentliggoer(aftale, adgang=Adgang.system(), udgave=lav_udgave(aftale))
        tekst = hent(client, "kapitel", "2023-2024", "omraade_1").text
        assert '<li id="fodnote-2" value="2">Statistik b. Kilden, 2022.' in tekst
        assert 'href="#fodnotetegn-2"' in tekst
        assert "Statistik a" not in tekst
        hele = hent(client, "hele", "2023-2024").text
        assert hele.index('id="fodnote-1"') < hele.index('id="fodnote-2"')


class TestHele:
    def test_alle_kapitler_med_overskrifter_i_orden(self, aftale, client):
        tekst = hent(client, "hele", "2023-2024").text
        assert '<h2 class="helkapitel-titel">1. Områder</h2>' in tekst
        assert '<h3 class="helkapitel-under">Fokusområde 1</h3>' in tekst
        # A section of a chapter is one below it.
        assert "<h3>Om dem</h3>" in tekst
        assert tekst.count("<h1>") == 1


class TestTal:
    def test_hvert_tal_med_kilde_og_steder(self, aftale, client):
        tekst = hent(client, "tal", "2023-2024").text
        assert 'id="parter.antal"' in tekst
        assert "tolv" in tekst
        assert "Registret over organisationer" in tekst
        assert reverse("aftale:kapitel", args=["2023-2024", "forord"]) in tekst
        assert "Sådan er tallet beregnet" in tekst
        assert "<code>parter.antal</code>" not in tekst

    def test_sekretariatet_ser_henvisningen(self, aftale, log_ind):
        assert "<code>parter.antal</code>" in hent(log_ind(Rolle.SEKRETARIAT), "tal", "2023-2024").text


class TestFil:
    def test_den_gemte_fil_med_etag(self, aftale, client):
        svar = hent(client, "hent_pdf", "2023-2024")
        dokument = aftale.gaeldende_udgave.dokument
        assert svar.content == b"%PDF-1.7 en udgave"
        assert svar["Content-Type"] == "application/pdf"
        assert svar["ETag"] == f'"{dokument.sha256}"'
        assert "inline" in svar["Content-Disposition"]
        assert "no-cache" in svar["Cache-Control"]
        assert "attachment" in hent(client, "hent_pdf", "2023-2024", hent=1)["Content-Disposition"]

    def test_uaendret_svares_uden_indhold(self, aftale, client):
        etag = hent(client, "hent_pdf", "2023-2024")["ETag"]
        svar = client.get(reverse("aftale:hent_pdf", args=["2023-2024"]), headers={"If-None-Match": etag})
        assert (svar.status_code, svar.content) == (304, b"")

    def test_uden_udgave(self, organisationer, client, log_ind):
        AftaleFactory(periode="2023-2024")
        assert hent(client, "hent_pdf", "2023-2024").status_code == 404
        assert hent(log_ind(Rolle.DAS_MEDLEM), "hent_pdf", "2023-2024").status_code == 404
        svar = hent(log_ind(Rolle.SEKRETARIAT), "hent_pdf", "2023-2024")
        assert svar.url == reverse("aftale:pdf", args=["2023-2024"])


@pytest.mark.parametrize(
    ("navn", "args"),
    [
        ("liste", ()),
        ("aftale", ("2023-2024",)),
        ("kapitel", ("2023-2024", "forord")),
        ("hele", ("2023-2024",)),
        ("tal", ("2023-2024",)),
        ("hent_pdf", ("2023-2024",)),
    ],
)
def test_antal_forespoergsler_er_det_samme_for_mange(navn, args, aftale, log_ind, django_assert_max_num_queries):
    klient = log_ind(Rolle.SEKRETARIAT)
    with django_assert_max_num_queries(MAKS_FORESPOERGSLER) as faa:
        hent(klient, navn, *args)
    for aar in range(2025, 2045, 2):
        lav_offentliggjort(periode=f"{aar}-{aar + 1}")
    with django_assert_max_num_queries(len(faa)) as mange:
        hent(klient, navn, *args)
    assert len(mange) == len(faa)


def test_sider_skriver_ikke(aftale):
    for navn in ("aftale", "hele", "tal", "hent_pdf"):
        assert Client().post(reverse(f"aftale:{navn}", args=["2023-2024"])).status_code == 405
