"""The library: periods, search, addresses that stay, and who keeps it."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from socialaftale.aftale.bibliotek import handlinger
from socialaftale.aftale.bibliotek.demodata import fyld_biblioteket
from socialaftale.aftale.bibliotek.enums import Biblioteksart
from socialaftale.aftale.bibliotek.kontrakter import KONTRAKTER
from socialaftale.aftale.models import Biblioteksdokument
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from tests.aftale.factories import UdkastFactory, lav_offentliggjort
from tests.bibliotek.factories import laeg_op
from tests.kerne.pdf import pdflaesning
from tests.kerne.pdffiler import lav_pdf
from tests.tilbud.factories import TilbudFactory
from tilbud.models import Aftalestatus

PERIODE = "2023-2024"


@pytest.fixture
def aftale(organisationer):
    return lav_offentliggjort(periode=PERIODE)


@pytest.fixture
def sekretariat(adgang):
    return adgang(Rolle.SEKRETARIAT)


def hent(klient, navn, *args, **query):
    return klient.get(reverse(f"bibliotek:{navn}", args=args, query=query))


def omdoeb(post, adgang, slug, titel="Status"):
    return handlinger.omdoeb(post, adgang=adgang, titel=titel, slug=slug, gaelder_fra=None, gaelder_til=None)


class TestAdresser:
    def test_dokumentet_staar_paa_sin_adresse(self, aftale, client):
        post = laeg_op(titel="Status på udmøntning", periode=PERIODE)
        assert post.get_absolute_url() == f"/bibliotek/{PERIODE}/status-paa-udmoentning/"
        assert "Status på udmøntning" in client.get(post.get_absolute_url()).text
        fil = hent(client, "fil", PERIODE, post.slug)
        assert fil.content == post.dokument.laes()
        assert "no-cache" in fil["Cache-Control"]
        uaendret = client.get(f"/bibliotek/{PERIODE}/{post.slug}.pdf", headers={"If-None-Match": fil["ETag"]})
        assert (uaendret.status_code, uaendret.content) == (304, b"")

    def test_gamle_navne_foerer_til_det_nye(self, aftale, client, sekretariat):
        post = laeg_op(titel="Status", periode=PERIODE)
        for slug in ("status-juni", "status-juni-2024"):
            post = omdoeb(post, sekretariat, slug)
        for gammel in ("status", "status-juni"):
            svar = client.get(f"/bibliotek/{PERIODE}/{gammel}/")
            assert (svar.status_code, svar.url) == (301, f"/bibliotek/{PERIODE}/status-juni-2024/")
            fil = client.get(f"/bibliotek/{PERIODE}/{gammel}.pdf")
            assert (fil.status_code, fil.url) == (301, f"/bibliotek/{PERIODE}/status-juni-2024.pdf")
        # Back to the first: it is the address again, and the others lead to it.
        post = omdoeb(post, sekretariat, "status")
        assert client.get(f"/bibliotek/{PERIODE}/status/").status_code == 200
        assert client.get(f"/bibliotek/{PERIODE}/status-juni/").url == post.get_absolute_url()
        assert {navn.slug for navn in post.tidligere_navne.all()} == {"status-juni", "status-juni-2024"}

    def test_et_navn_der_foerer_videre_kan_ikke_bruges_af_andre(self, aftale, sekretariat):
        omdoeb(laeg_op(titel="Status", periode=PERIODE), sekretariat, "ny")
        with pytest.raises(ValidationError, match="fører videre til et andet dokument"):
            laeg_op(lav_pdf("En anden"), titel="Status", periode=PERIODE)
        with pytest.raises(ValidationError, match="Der er allerede et dokument"):
            laeg_op(lav_pdf("En anden"), titel="Ny", periode=PERIODE)
        with pytest.raises(ValidationError, match="omfattede tilbud"):
            laeg_op(titel="Omfattede tilbud", periode=PERIODE)
        # Another period is another address.
        assert laeg_op(lav_pdf("En anden"), titel="Status").get_absolute_url() == "/bibliotek/faelles/status/"

    def test_ukendte_adresser(self, aftale, client):
        for adresse in (
            f"/bibliotek/{PERIODE}/findes-ikke/",
            f"/bibliotek/{PERIODE}/nej.pdf",
            "/bibliotek/1999-2000/",
        ):
            assert client.get(adresse).status_code == 404

    def test_et_udkast_er_ingen_periode(self, organisationer, client, log_ind):
        UdkastFactory(periode="2025-2026")
        assert hent(client, "periode", "2025-2026").status_code == 404
        assert hent(log_ind(Rolle.SEKRETARIAT), "periode", "2025-2026").status_code == 404


class TestVersioner:
    def test_en_ny_version_har_samme_adresse_og_den_gamle_kan_hentes(self, aftale, client, sekretariat):
        post = laeg_op(lav_pdf("En"), periode=PERIODE)
        gammel = post.dokument
        to = lav_pdf("To")
        post = handlinger.ny_version(post, adgang=sekretariat, filnavn="b.pdf", data=to)
        assert post.dokument.version == 2
        side = client.get(post.get_absolute_url()).text
        assert "Version 1 af Status" in side
        assert client.get(reverse("kerne:dokument", args=[gammel.pk])).content == gammel.laes()
        handlinger.ny_version(post, adgang=sekretariat, filnavn="b.pdf", data=to)
        assert [h.handling for h in Haendelse.objects.for_objekt(post).order_by("pk")].count(
            "biblioteksdokument_version"
        ) == 1

    def test_trukket_tilbage_siger_hvorfor(self, aftale, client, sekretariat):
        post = laeg_op(periode=PERIODE)
        with pytest.raises(ValidationError, match="Skriv, hvorfor"):
            handlinger.traek_tilbage(post, adgang=sekretariat, begrundelse=" ")
        handlinger.traek_tilbage(post, adgang=sekretariat, begrundelse="Tallene var forkerte")
        svar = client.get(post.get_absolute_url())
        assert svar.status_code == 410
        assert "Tallene var forkerte" in svar.text
        assert hent(client, "fil", PERIODE, post.slug).status_code == 302
        assert (
            "Status" not in hent(client, "liste", q="status").text.partition("<main")[2].partition("Søg i titler")[0]
        )
        assert post.get_absolute_url() not in hent(client, "periode", PERIODE).text
        with pytest.raises(ValidationError, match="trukket tilbage"):
            handlinger.ny_version(post, adgang=sekretariat, filnavn="b.pdf", data=lav_pdf("To"))

    @pytest.mark.parametrize("rolle", [Rolle.DAS_MEDLEM, Rolle.KOMMUNE_GODKENDER])
    def test_kun_sekretariatet(self, aftale, adgang, rolle):
        post = laeg_op(periode=PERIODE)
        andre = adgang(rolle)
        with pytest.raises(PermissionDenied):
            omdoeb(post, andre, "nyt")
        with pytest.raises(PermissionDenied):
            handlinger.traek_tilbage(post, adgang=andre, begrundelse="x")
        with pytest.raises(PermissionDenied):
            handlinger.ny_version(post, adgang=andre, filnavn="b.pdf", data=lav_pdf("To"))
        with pytest.raises(PermissionDenied):
            handlinger.opret(
                Biblioteksdokument(art=Biblioteksart.ANDET, titel="x"),
                adgang=andre,
                filnavn="b.pdf",
                data=lav_pdf("x"),
            )


class TestFormularer:
    def test_laeg_op(self, aftale, log_ind):
        data = {
            "art": "status",
            "periode": PERIODE,
            "titel": "Status, juni 2024",
            "slug": "",
            "gaelder_fra": "1.6.2024",
            "gaelder_til": "",
            "fil": SimpleUploadedFile("status.pdf", lav_pdf("Hej")),
        }
        svar = log_ind(Rolle.SEKRETARIAT).post(reverse("bibliotek:ny"), data)
        assert svar.url == f"/bibliotek/{PERIODE}/status-juni-2024/"
        assert Biblioteksdokument.objects.get().gaelder_fra == dt.date(2024, 6, 1)

    @pytest.mark.parametrize(
        ("felter", "besked"),
        [
            ({"titel": ""}, "Giv dokumentet en titel"),
            ({"titel": "Om 010203-1234"}, "CPR-nummer"),
            ({"slug": "Stort Navn"}, "Brug små bogstaver, tal og bindestreg, fx stort-navn"),
            ({"gaelder_fra": "2.1.2024", "gaelder_til": "1.1.2024"}, "Den sidste dag skal ligge efter den første"),
            ({"fil": ""}, "Vælg en PDF"),
            ({"fil": SimpleUploadedFile("a.pdf", b"nej")}, "Filen er ikke en PDF"),
        ],
    )
    def test_fejl(self, aftale, log_ind, felter, besked):
        data = {"art": "status", "titel": "Status", "fil": SimpleUploadedFile("a.pdf", lav_pdf("Hej")), **felter}
        svar = log_ind(Rolle.SEKRETARIAT).post(reverse("bibliotek:ny"), data)
        assert svar.status_code == 422
        assert besked in svar.text
        assert not Biblioteksdokument.objects.exists()

    def test_ret_og_ny_version_og_tilbagetraekning(self, aftale, log_ind):
        post, klient = laeg_op(periode=PERIODE), log_ind(Rolle.SEKRETARIAT)
        klient.post(reverse("bibliotek:ret", args=[post.pk]), {"titel": "Status nu", "slug": "nu"})
        post.refresh_from_db()
        assert (post.titel, post.slug) == ("Status nu", "nu")
        fil = SimpleUploadedFile("b.pdf", lav_pdf("To"))
        klient.post(reverse("bibliotek:version", args=[post.pk]), {"fil": fil})
        klient.post(reverse("bibliotek:traek_tilbage", args=[post.pk]), {"begrundelse": "Forkert"})
        post.refresh_from_db()
        assert (post.dokument.version, post.trukket_tilbage) == (2, "Forkert")
        assert klient.get(reverse("bibliotek:ret", args=[post.pk])).status_code == 404


class TestSider:
    def test_perioden_samler_det_hele(self, aftale, client):
        laeg_op(periode=PERIODE)
        laeg_op(lav_pdf("Andet"), titel="Styringsaftale 2023", art=Biblioteksart.STYRINGSAFTALE, periode=PERIODE)
        tekst = hent(client, "periode", PERIODE).text
        for stykke in ("Læs aftalen på skærmen", "Et bilag", "Status på udmøntning", "Styringsaftale 2023"):
            assert stykke in tekst
        assert "Der er ikke lagt en status op" not in tekst

    def test_soegning_i_titler(self, aftale, client):
        laeg_op(titel="Status på udmøntning", periode=PERIODE)
        tekst = hent(client, "liste", q="UDMØNTNING status").text
        assert "1\xa0fundet" in tekst
        assert "Status på udmøntning" in tekst
        assert "Standardkontrakt for voksne" in hent(client, "liste", q="kontrakt").text
        assert "Ingen titler har alle ordene" in hent(client, "liste", q="findes slet ikke").text
        assert "Seneste periode" in hent(client, "liste", q=" ").text

    def test_den_gaeldende_staar_foerst(self, aftale, client):
        nu = timezone.localdate().year
        lav_offentliggjort(periode=f"{nu}-{nu + 1}")
        tekst = hent(client, "liste").text
        assert "Gældende" in tekst
        assert tekst.index(f"{nu}-{nu + 1}") < tekst.index("Tidligere perioder") < tekst.index(f">{PERIODE}<")

    @pytest.mark.parametrize(
        ("navn", "args", "query"),
        [
            ("liste", (), {}),
            ("liste", (), {"q": "status"}),
            ("periode", (PERIODE,), {}),
            ("omfattede", (PERIODE,), {}),
        ],
    )
    def test_antal_forespoergsler(self, aftale, client, navn, args, query, django_assert_max_num_queries):
        self._mere(1)
        with django_assert_max_num_queries(15) as faa:
            hent(client, navn, *args, **query)
        self._mere(6)
        with django_assert_max_num_queries(len(faa)) as mange:
            hent(client, navn, *args, **query)
        assert len(mange) == len(faa)

    def _mere(self, antal):
        fra = Biblioteksdokument.objects.count()
        for nummer in range(fra, fra + antal):
            laeg_op(lav_pdf(f"a{nummer}"), titel=f"Status {nummer}", periode=PERIODE)
            laeg_op(lav_pdf(f"b{nummer}"), titel=f"Status {nummer}")
            lav_offentliggjort(periode=f"{2031 + 2 * nummer}-{2032 + 2 * nummer}")
            tilbud = TilbudFactory(offentliggjort=True)
            Aftalestatus.objects.create(tilbud=tilbud, aar=2023, i_socialaftale=True)

    def test_omfattede_tilbud_som_side_og_regneark(self, aftale, client):
        med, uden = TilbudFactory(navn="Med", offentliggjort=True), TilbudFactory(navn="Uden", offentliggjort=True)
        Aftalestatus.objects.create(tilbud=med, aar=2022, i_socialaftale=True)
        Aftalestatus.objects.create(tilbud=uden, aar=2022, i_socialaftale=True)
        # Left before the period.
        Aftalestatus.objects.create(tilbud=uden, aar=2023, i_socialaftale=False)
        skjult = TilbudFactory(navn="Skjult", offentliggjort=False)
        Aftalestatus.objects.create(tilbud=skjult, aar=2023, i_socialaftale=True)
        tekst = hent(client, "omfattede", PERIODE).text
        assert ">Med</a>" in tekst
        assert ">Uden</a>" not in tekst
        assert "Skjult" not in tekst
        svar = hent(client, "omfattede_excel", PERIODE)
        ark = openpyxl.load_workbook(io.BytesIO(svar.content)).active
        assert "Med" in [raekke[0] for raekke in ark.iter_rows(values_only=True)]

    @pytest.mark.regel("T84")
    def test_de_to_kontrakter_har_det_en_betalingsaftale_skal_have(self, organisationer, client):
        """T71: parties, each service with price and paragraph, extent, start, notice."""
        assert set(KONTRAKTER) == {"voksne", "boern-og-unge"}
        for slug in KONTRAKTER:
            tekst = hent(client, "kontrakt", slug).text
            for felt in ("Handlekommune", "Betalingskommune", "bevillingsparagraf og omfang", "Pris", "Startdato"):
                assert felt in tekst
            assert "Opsigelsesvarsel" in tekst
            assert "<textarea" not in tekst.partition("<main")[2]
        assert hent(client, "kontrakt", "findes-ikke").status_code == 404

    @pytest.mark.langsom
    def test_kontrakten_som_pdf(self, organisationer, client):
        svar = hent(client, "kontrakt_pdf", "voksne")
        assert svar["Content-Type"] == "application/pdf"
        assert kontroller(svar.content) == []
        adresse = reverse("bibliotek:kontrakt_pdf", args=["voksne"])
        uaendret = client.get(adresse, headers={"If-None-Match": svar["ETag"]})
        assert (uaendret.status_code, uaendret.content) == (304, b"")
        assert "Standardkontrakt for voksne" in pdflaesning.sidetekster(svar.content)[0]

    def test_regler_for_det_forstaerkede_samarbejde(self, organisationer, client):
        tekst = hent(client, "forstaerket").text
        for stykke in ("Et ekspertpanel", "på nødsporet", "Årsrapport", "to år", "lige år"):
            assert stykke in tekst


def test_demoen_har_en_adresse_der_foerer_videre(aftale, client):
    fyld_biblioteket()
    fyld_biblioteket()
    status = Biblioteksdokument.objects.get(periode=PERIODE)
    assert status.er_eksempel
    assert client.get(f"/bibliotek/{PERIODE}/status-paa-udmoentning-juni-2023/").url == status.get_absolute_url()
    assert Biblioteksdokument.objects.count() == 2
    assert Adgang.system().er_sekretariat
