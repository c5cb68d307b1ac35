"""Annexes: order and numbers, references by key, files from elsewhere, and what an edition is issued with."""

from __future__ import annotations

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from socialaftale.aftale import handlinger, opbygning
from socialaftale.aftale.bilag.handlinger import laeg_fil_op
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.kontrol.samling import kontroller
from socialaftale.aftale.models import Bilag, Bilagsfil, Udgavebilag
from socialaftale.aftale.opbygning import LISTER
from socialaftale.aftale.oprettelse import opret_fra_forrige
from socialaftale.kerne import bilagsarter
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.job.koersel import Jobfejl
from socialaftale.kerne.models import Dokument, Haendelse
from socialaftale.kerne.pdf.strukturkontrol import kontroller as strukturkontrol
from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst import henvisninger, talopslag
from tests.aftale.factories import AftaleFactory, UdkastFactory, lav_udgave
from tests.kerne.pdf import pdflaesning
from tests.kerne.pdffiler import lav_pdf

PERIODE = "2025-2026"


@pytest.fixture
def aftale(organisationer):
    aftale = UdkastFactory(periode=PERIODE)
    aftale.bilag.all().delete()
    for nr, (gruppe, titel) in enumerate(
        [("Udvikling", "Dom"), ("Udvikling", "Gravide"), ("Styring", "Styringsaftale"), ("Styring", "Takster")],
        start=1,
    ):
        Bilag.objects.create(aftale=aftale, nr=nr, gruppe=gruppe, titel=titel, noegle=titel.lower())
    return aftale


@pytest.fixture
def sekretariat(adgang):
    return adgang(Rolle.SEKRETARIAT)


def orden(aftale):
    return [bilag.noegle for bilag in aftale.bilag.all()]


def bilag(aftale, noegle):
    return aftale.bilag.get(noegle=noegle)


def skriv(aftale, sekretariat, indhold, noegle="forord"):
    kapitel = aftale.tekst.kapitler.get(noegle=noegle)
    return handlinger.ret_kapitel(
        aftale,
        adgang=sekretariat,
        kapitel=kapitel,
        titel=kapitel.titel,
        indhold=indhold,
        fra_version=kapitel.version,
    )


def vist(aftale, noegle="forord"):
    laesning = hent_laesning(aftale, kladde=True)
    return laesning.udfyldt(next(kapitel for kapitel in laesning.kapitler if kapitel.noegle == noegle)).html


class TestRaekkefoelge:
    @pytest.mark.parametrize(
        ("noegle", "retning", "ny_orden"),
        [
            ("gravide", "op", ["gravide", "dom", "styringsaftale", "takster"]),
            ("styringsaftale", "ned", ["dom", "gravide", "takster", "styringsaftale"]),
            # At the end of its group it takes the group along.
            ("styringsaftale", "op", ["styringsaftale", "takster", "dom", "gravide"]),
            ("gravide", "ned", ["styringsaftale", "takster", "dom", "gravide"]),
            ("dom", "op", None),
            ("takster", "ned", None),
        ],
    )
    def test_flyt(self, aftale, sekretariat, noegle, retning, ny_orden):
        foer = orden(aftale)
        flyttet = opbygning.flyt_raekke(
            aftale, LISTER["bilag"], bilag(aftale, noegle), adgang=sekretariat, retning=retning
        )
        assert (flyttet, orden(aftale)) == (ny_orden is not None, ny_orden or foer)
        assert [post.nr for post in aftale.bilag.all()] == [1, 2, 3, 4]

    def test_et_nyt_bilag_staar_sidst_i_sin_gruppe(self, aftale, sekretariat):
        nyt = Bilag(aftale=aftale, gruppe="Udvikling", titel="Spiseforstyrrelser")
        nyt = opbygning.gem_raekke(aftale, LISTER["bilag"], nyt, adgang=sekretariat)
        assert orden(aftale) == ["dom", "gravide", "spiseforstyrrelser", "styringsaftale", "takster"]
        assert nyt.nr == 3

    def test_slettes_et_rykker_resten_op(self, aftale, sekretariat):
        opbygning.slet_raekke(aftale, LISTER["bilag"], bilag(aftale, "dom"), adgang=sekretariat)
        assert [str(post) for post in aftale.bilag.all()][0] == "Bilag 1: Gravide"


class TestHenvisninger:
    def test_nummeret_foelger_med(self, aftale, sekretariat):
        skriv(
            aftale,
            sekretariat,
            "<p>Se {{ bilag:takster }}. {{ bilag:takster|stort }} er nummer {{ bilag:takster|nr }}.</p>",
        )
        assert vist(aftale) == "<p>Se bilag 4. Bilag 4 er nummer 4.</p>"
        opbygning.flyt_raekke(aftale, LISTER["bilag"], bilag(aftale, "takster"), adgang=sekretariat, retning="op")
        assert vist(aftale) == "<p>Se bilag 3. Bilag 3 er nummer 3.</p>"

    @pytest.mark.parametrize(
        ("indhold", "besked"),
        [
            ("<p>Se {{ bilag:findes_ikke }}</p>", "“bilag:findes_ikke” findes ikke. Du kan henvise til: bilag:dom"),
            ("<p>Se {{ bilag:dom|hele }}</p>", "Formatet “hele” passer ikke"),
        ],
    )
    def test_en_forkert_henvisning_bliver_ikke_gemt(self, aftale, sekretariat, indhold, besked):
        with pytest.raises(ValidationError) as fejl:
            skriv(aftale, sekretariat, indhold)
        assert besked in str(fejl.value)

    def test_porten_kender_bilaget_og_finder_det_der_er_slettet(self, aftale, sekretariat):
        skriv(aftale, sekretariat, "<p>Reglerne står i {{ bilag:styringsaftale }}.</p>")

        def fund():
            return [fund for fund in kontroller(aftale).aabne if "bilag:styringsaftale" in str(fund)]

        assert fund() == []
        opbygning.slet_raekke(aftale, LISTER["bilag"], bilag(aftale, "styringsaftale"), adgang=sekretariat)
        assert fund()
        assert "[bilag:styringsaftale mangler]" in vist(aftale)

    def test_skriveren_kan_finde_dem(self, aftale):
        kontekst = Talkontekst(periode=PERIODE)
        (fundet,) = talopslag.soeg(kontekst, "gravide")["tal"]
        assert [(form["henvisning"], form["trykt"]) for form in fundet["formater"]] == [
            ("bilag:gravide", "bilag 2"),
            ("bilag:gravide|stort", "Bilag 2"),
            ("bilag:gravide|nr", "2"),
        ]
        slaaet_op = talopslag.for_henvisninger(kontekst, ["bilag:gravide|stort", "bilag:nej"])
        assert slaaet_op["bilag:gravide|stort"]["trykt"] == "Bilag 2"
        assert slaaet_op["bilag:nej"] == {"art": "tal", "kendt": False}

    def test_en_udgave_siger_det_den_trykte(self, aftale, sekretariat):
        skriv(aftale, sekretariat, "<p>Se {{ bilag:takster }}.</p>")
        udgave = lav_udgave(aftale)
        assert udgave.faste["bilag:takster"] == "bilag 4"

    def test_uden_periode_bliver_noeglen_ikke_slaaet_op(self, aftale):
        henvisninger.kontroller("<p>Se {{ bilag:hvad_som_helst }}</p>")


class TestFil:
    def test_filen_bliver_bilagets_indhold(self, aftale, sekretariat):
        fundet = laeg_fil_op(
            bilag(aftale, "dom"), adgang=sekretariat, filnavn="Rapport om DOM (endelig).pdf", data=lav_pdf("Hej")
        )
        assert fundet.er_fil
        assert not fundet.mangler_fil
        assert (fundet.dokument.filnavn, fundet.dokument.synlighed) == ("rapport-om-dom-endelig.pdf", "sekretariat")
        fil = fundet.dokument.bilagsfil
        assert (fil.sider, fil.er_maerket_op, fil.filnavn) == (1, False, "Rapport om DOM (endelig).pdf")
        assert Haendelse.objects.for_objekt(aftale).filter(handling="bilagsfil_lagt_op").count() == 1

    def test_en_nyere_fil_bevarer_den_gamle(self, aftale, sekretariat):
        foerste = laeg_fil_op(bilag(aftale, "dom"), adgang=sekretariat, filnavn="a.pdf", data=lav_pdf("En")).dokument
        to = lav_pdf("To")
        anden = laeg_fil_op(bilag(aftale, "dom"), adgang=sekretariat, filnavn="b.pdf", data=to).dokument
        assert (foerste.version, anden.version) == (1, 2)
        assert foerste.laes() != anden.laes()
        igen = laeg_fil_op(bilag(aftale, "dom"), adgang=sekretariat, filnavn="c.pdf", data=to).dokument
        assert igen == anden
        assert Bilagsfil.objects.count() == 2
        assert Haendelse.objects.filter(handling="bilagsfil_erstattet").count() == 1

    @pytest.mark.parametrize("rolle", [Rolle.DAS_MEDLEM, Rolle.KOMMUNE_MYNDIGHED, Rolle.DRIFTSHERRE_GODKENDER])
    def test_kun_sekretariatet(self, aftale, adgang, rolle):
        with pytest.raises(PermissionDenied):
            laeg_fil_op(bilag(aftale, "dom"), adgang=adgang(rolle), filnavn="a.pdf", data=lav_pdf("En"))
        assert not Dokument.objects.exists()

    @pytest.mark.parametrize(
        ("filnavn", "data", "besked"),
        [
            ("a.pdf", b"Hej", "Filen er ikke en PDF"),
            ("010203-1234.pdf", lav_pdf("En"), "Filens navn ligner et CPR-nummer"),
            ("a.pdf", lav_pdf("En", "Borger 010203-1234"), "Side 2 indeholder noget, der ligner et CPR-nummer"),
            ("a.pdf", lav_pdf("En", encryption=pikepdf.Encryption(user="x", owner="y")), "beskyttet med adgangskode"),
        ],
    )
    def test_afvist_fil_siges_ved_feltet(self, aftale, log_ind, filnavn, data, besked):
        adresse = reverse("aftale:bilag_fil", args=[PERIODE, bilag(aftale, "dom").pk])
        svar = log_ind(Rolle.SEKRETARIAT).post(adresse, {"fil": SimpleUploadedFile(filnavn, data)})
        assert svar.status_code == 422
        assert svar.text.count(besked) == 2
        assert not Dokument.objects.exists()

    def test_ingen_fil_valgt(self, aftale, log_ind):
        svar = log_ind(Rolle.SEKRETARIAT).post(reverse("aftale:bilag_fil", args=[PERIODE, bilag(aftale, "dom").pk]))
        assert svar.status_code == 422
        assert "Vælg en PDF" in svar.text

    def test_graenserne_er_opsaetning(self, aftale, sekretariat, settings):
        settings.BILAG_MAKS_SIDER = 1
        with pytest.raises(ValidationError, match="Et bilag må højst have 1"):
            laeg_fil_op(bilag(aftale, "dom"), adgang=sekretariat, filnavn="a.pdf", data=lav_pdf("En", "To"))

    def test_siden_viser_filerne_og_hvad_man_skal_vide(self, aftale, sekretariat, log_ind, django_assert_num_queries):
        klient = log_ind(Rolle.SEKRETARIAT)
        adresse = reverse("aftale:bilag_fil", args=[PERIODE, bilag(aftale, "dom").pk])
        assert "Læg filen op" in klient.get(adresse).text
        laeg_fil_op(bilag(aftale, "dom"), adgang=sekretariat, filnavn="Første.pdf", data=lav_pdf("En"))
        with django_assert_num_queries(6):
            tekst = klient.get(adresse).text
        assert "Første.pdf" in tekst
        assert "Filen er ikke mærket op" in tekst
        assert Dokument.objects.get().sha256 in tekst
        for nummer in range(5):
            laeg_fil_op(bilag(aftale, "dom"), adgang=sekretariat, filnavn="n.pdf", data=lav_pdf(f"Nr {nummer}"))
        with django_assert_num_queries(6):
            klient.get(adresse)

    def test_formen_foerer_videre_til_filen(self, aftale, log_ind):
        data = {"gruppe": "Styring", "titel": "Rapport", "valg": "fil"}
        svar = log_ind(Rolle.SEKRETARIAT).post(reverse("aftale:raekke_ny", args=[PERIODE, "bilag"]), data)
        nyt = bilag(aftale, "rapport")
        assert svar.url == reverse("aftale:bilag_fil", args=[PERIODE, nyt.pk])
        assert nyt.mangler_fil

    def test_det_valgte_bliver_staaende_ved_fejl(self, aftale, log_ind):
        svar = log_ind(Rolle.SEKRETARIAT).post(
            reverse("aftale:raekke_ny", args=[PERIODE, "bilag"]), {"gruppe": "Styring", "titel": "", "valg": "tilbud"}
        )
        assert svar.status_code == 422
        assert "Giv bilaget en titel" in svar.text
        assert '<option value="tilbud" selected>' in svar.text

    def test_en_ny_periode_faar_listen_og_ikke_filerne(self, aftale, sekretariat):
        laeg_fil_op(bilag(aftale, "dom"), adgang=sekretariat, filnavn="a.pdf", data=lav_pdf("En"))
        Bilag.objects.filter(pk=bilag(aftale, "takster").pk).update(indhold="takster", variant="nyeste")
        ny = opret_fra_forrige(aftale, adgang=sekretariat, fra_aar=2027, til_aar=2028)
        assert [(et.valg, et.dokument) for et in ny.bilag.all()] == [
            *(("fil", None), ("", None), ("", None), ("takster:nyeste", None))
        ]


class TestUdstedelse:
    def test_uden_fil_bliver_der_ikke_udstedt(self, aftale, sekretariat, log_ind):
        Bilag.objects.filter(pk=bilag(aftale, "dom").pk).update(indhold="fil")
        with pytest.raises(Jobfejl, match="før der er en fil til Bilag 1: Dom"):
            handlinger.udsted_udgave(aftale, adgang=sekretariat, fremdrift=lambda procent, besked: None)
        svar = log_ind(Rolle.SEKRETARIAT).post(reverse("aftale:bestil_pdf", args=[PERIODE]), follow=True)
        assert "Der mangler en fil til Bilag 1: Dom" in svar.text

    @pytest.mark.langsom
    def test_hele_vejen(self, organisationer, sekretariat, client):
        aftale = AftaleFactory(periode="2023-2024")
        aftale.bilag.all().delete()
        for nr, noegle in enumerate(("fremmed", "kun_nævnt"), start=1):
            Bilag.objects.create(aftale=aftale, nr=nr, gruppe="Bilag", titel=f"Bilaget {noegle}", noegle=f"b{nr}")
        laeg_fil_op(bilag(aftale, "b1"), adgang=sekretariat, filnavn="a.pdf", data=lav_pdf("Rapportens tekst", "To"))
        skriv(aftale, sekretariat, "<p>Vi er {{ parter.antal|ord }} parter, se {{ bilag:b1 }} og {{ bilag:b2 }}.</p>")
        udgave = self._udsted(aftale, sekretariat)
        med_fil, uden_fil = udgave.bilag.all()
        assert (med_fil.sider, med_fil.er_maerket_op, uden_fil.dokument) == (3, False, None)
        self._hele_filen(udgave, med_fil)
        self._de_andre_filer(udgave, med_fil)
        # The same again is the edition there is; a newer file is another, and the old one keeps its own.
        assert self._udsted(aftale, sekretariat) == udgave
        laeg_fil_op(bilag(aftale, "b1"), adgang=sekretariat, filnavn="a.pdf", data=lav_pdf("Ny tekst"))
        ny = self._udsted(aftale, sekretariat)
        assert ny.nummer == 2
        assert ny.bilag.get(nr=1).dokument.version == 2
        assert udgave.bilag.get(nr=1).dokument == med_fil.dokument
        # What did not change is not issued again.
        assert ny.uden_bilag == udgave.uden_bilag
        self._offentligt(aftale, ny, sekretariat, client)

    def _udsted(self, aftale, sekretariat):
        return handlinger.udsted_udgave(aftale, adgang=sekretariat, fremdrift=lambda procent, besked: None)

    def _hele_filen(self, udgave, med_fil):
        data = udgave.dokument.laes()
        fremmede = range(med_fil.fra_side + 1, med_fil.fra_side + med_fil.sider)
        assert [str(fund) for fund in strukturkontrol(data, fremmede=fremmede)] == []
        tekster = pdflaesning.sidetekster(data)
        assert "Rapportens tekst" in tekster[med_fil.fra_side]
        assert "Bilag 1, side 3 af 3" in tekster[med_fil.fra_side + 1]
        bogmaerker = {maerke.titel: maerke for maerke in pdflaesning.bogmaerker(data)}
        assert bogmaerker["Bilag 1: Bilaget fremmed"].side == med_fil.fra_side
        assert len([titel for titel in bogmaerker if titel == "Indhold"]) == 1
        fortegnelse = tekster[bogmaerker["Indhold"].side - 1]
        assert str(med_fil.fra_side) in fortegnelse.partition("Indhold")[0].split()
        assert "se bilag 1 og bilag 2" in tekster[bogmaerker["Forord"].side - 1].replace("\xa0", " ")
        maerker = pdflaesning.sidemaerker(data)
        assert [maerke.replace("\xa0", " ") for maerke in maerker[med_fil.fra_side - 1 :]] == [
            *("Bilag 1, side 1", "Bilag 1, side 2", "Bilag 1, side 3", "Bagside 1")
        ]
        assert udgave.sider == len(tekster)

    def _de_andre_filer(self, udgave, med_fil):
        alene = udgave.uden_bilag.laes()
        assert strukturkontrol(alene) == []
        assert pdflaesning.antal_sider(alene) == udgave.sider_uden_bilag == udgave.sider - 3
        assert "Bilag 1: Bilaget fremmed" not in {maerke.titel for maerke in pdflaesning.bogmaerker(alene)}
        for_sig = med_fil.dokument.laes()
        assert strukturkontrol(for_sig, fremmede=(2, 3)) == []
        assert pdflaesning.oplysninger(for_sig)["Title"] == "Bilag 1: Bilaget fremmed"
        assert med_fil.dokument.filnavn == "bilag-1-bilaget-fremmed.pdf"

    def _offentligt(self, aftale, udgave, sekretariat, client):
        adresse = reverse("aftale:bilag", args=["2023-2024", "b1"])
        assert client.get(adresse).status_code == 404
        handlinger.offentliggoer(aftale, adgang=sekretariat, udgave=udgave)
        svar = client.get(adresse)
        assert svar.content == udgave.bilag.get(nr=1).dokument.laes()
        assert "no-cache" in svar["Cache-Control"]
        assert client.get(adresse, headers={"If-None-Match": svar["ETag"]}).status_code == 304
        assert client.get(reverse("aftale:uden_bilag", args=["2023-2024"])).content == udgave.uden_bilag.laes()
        side = client.get(reverse("aftale:aftale", args=["2023-2024"])).text.replace("\xa0", " ")
        assert "Bilaget fremmed (PDF, " in side
        assert "2 sider)" in side
        assert "Aftalen med bilag (PDF, " in side
        assert "Aftalen uden bilag (PDF, " in side
        assert "Ikke mærket op" in side
        forord = client.get(reverse("aftale:kapitel", args=["2023-2024", "forord"])).text
        assert f'<a href="{adresse}">bilag 1</a> og bilag 2' in forord
        # The file as it came is not for everybody.
        kilde = bilag(aftale, "b1").dokument
        assert client.get(reverse("kerne:dokument", args=[kilde.pk])).status_code == 404


def test_det_udgaven_har_aendrer_sig_ikke(organisationer):
    post = lav_udgave(AftaleFactory(periode="2023-2024")).bilag.get()
    with pytest.raises(TypeError, match="never changes"):
        post.save()
    with pytest.raises(TypeError, match="never deleted"):
        post.delete()
    assert Udgavebilag.objects.count() == 1


def test_en_art_uden_indhold_staar_kun_paa_listen(aftale):
    """What a kind answers None to, or what nobody offers (yet), is only listed."""
    assert bilagsarter.find("styringsaftale") is None or bilagsarter.find("styringsaftale").navn
    noegler = {valg.partition(":")[0] for valg, _ in bilagsarter.valg("1999-2000")}
    assert {"tilbud", "takster"} <= noegler
