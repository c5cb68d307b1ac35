"""The pages of cases: lists, one case, writing with conflicts, documents, decisions and the front page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Beslutningskompetence, Sag, Sagsbilag
from socialaftale.kerne.sager import handlinger
from socialaftale.kerne.sager.enums import Instans, Sagstilstand
from socialaftale.kerne.sager.panel import om_objekter
from tests.kerne.pdffiler import lav_pdf

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL"),
]
PDF = lav_pdf("En aftale")
MED_CPR = lav_pdf("En aftale", "Borger 010190-1234")


def _url(navn: str, sag: Sag, **mere) -> str:
    return reverse(f"sager:{navn}", kwargs={"nummer": sag.nummer, **mere})


class TestListe:
    def test_filtrerer_paa_art_status_instans_og_ord(self, lav, log_ind):
        kladde, indsendt = lav(), lav(Sagstilstand.INDSENDT)
        klient = log_ind(Rolle.SEKRETARIAT)
        url = reverse("sager:liste")
        for query, fundne in (
            ("", {kladde, indsendt}),
            ("?tilstand=indsendt", {indsendt}),
            ("?tilstand=aabne", {kladde, indsendt}),
            ("?instans=fu", {indsendt}),
            ("?art=proeve&q=aalborg", {kladde, indsendt}),
            ("?q=hjørring", set()),
            (f"?q={indsendt.nummer}", {indsendt}),
            (f"?organisation={kladde.organisation_id}", {kladde, indsendt}),
            ("?tilstand=mangler_udfoerelse", set()),
        ):
            tekst = klient.get(url + query).text
            assert {sag for sag in (kladde, indsendt) if sag.get_absolute_url() in tekst} == fundne, query

    def test_das_ser_indsendte_men_ikke_kladder(self, lav, log_ind):
        kladde, indsendt = lav(), lav(Sagstilstand.INDSENDT)
        tekst = log_ind(Rolle.DAS_MEDLEM).get(reverse("sager:liste")).text
        assert indsendt.nummer in tekst
        assert kladde.nummer not in tekst

    def test_samme_antal_opslag_uanset_raekker(self, lav, log_ind, django_assert_max_num_queries):
        klient = log_ind(Rolle.SEKRETARIAT)
        lav()
        klient.get(reverse("sager:liste"))
        with django_assert_max_num_queries(15) as faa:
            klient.get(reverse("sager:liste"))
        for _ in range(4):
            lav()
        with django_assert_max_num_queries(15) as mange:
            klient.get(reverse("sager:liste"))
        assert len(faa) == len(mange)

    def test_excel_er_det_man_ser(self, lav, log_ind):
        lav()
        svar = log_ind(Rolle.SEKRETARIAT).get(reverse("sager:liste") + "?format=csv")
        assert "Prøve for Aalborg" in svar.content.decode("utf-8-sig")


class TestSag:
    def test_siger_hvem_der_afgoer_og_hvad_kontrollen_fandt(self, lav, log_ind, django_assert_max_num_queries):
        sag = lav(Sagstilstand.PAA_DAGSORDEN)
        klient = log_ind(Rolle.SEKRETARIAT)
        with django_assert_max_num_queries(15):
            tekst = klient.get(sag.get_absolute_url()).text
        assert "Møde i forretningsudvalget" in tekst
        assert "Se efter" in tekst
        assert "Registrér beslutning" in tekst

    def test_fu_laeser_uden_knapper_og_uden_log(self, lav, log_ind):
        sag = lav(Sagstilstand.PAA_DAGSORDEN)
        tekst = log_ind(Rolle.FU_MEDLEM).get(sag.get_absolute_url()).text
        assert "Registrér beslutning" not in tekst
        assert "Historik" not in tekst
        assert "Forløb" in tekst

    def test_beslutningen_staar_paa_sagen(self, lav, log_ind):
        tekst = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(lav(Sagstilstand.AFSLAAET).get_absolute_url()).text
        assert "FU, punkt 3" in tekst
        assert "Fordi" in tekst


class TestSkriv:
    def _ny(self, organisationer) -> str:
        return reverse("sager:ny", kwargs={"art": "proeve", "objekt": str(organisationer["aalborg"].pk)})

    def test_en_kladde_gemmes_halvfaerdig(self, lav, organisationer, log_ind):
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        svar = klient.post(self._ny(organisationer), {"begrundelse": ""})
        sag = Sag.objects.get()
        assert (svar.status_code, svar.url) == (302, sag.get_absolute_url())
        assert "venter på jeres godkender" in klient.get(svar.url).text

    def test_cpr_afvises_og_intet_tabes(self, lav, organisationer, log_ind):
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).post(
            self._ny(organisationer), {"begrundelse": "Borger 010190-1234 flytter"}
        )
        assert svar.status_code == 422
        assert "ligner et CPR-nummer" in svar.text
        assert "Borger 010190-1234 flytter" in svar.text
        assert not Sag.objects.exists()

    def test_den_anden_ser_begge_udgaver(self, lav, log_ind, adgang):
        sag = lav()
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        handlinger.gem(sag, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER), version=1, begrundelse="Den første", data={})
        svar = klient.post(_url("ret", sag), {"begrundelse": "Den anden", "version": "1"})
        assert svar.status_code == 422
        assert "Den første" in svar.text
        assert "Den anden" in svar.text
        assert 'name="version" value="2"' in svar.text
        klient.post(_url("ret", sag), {"begrundelse": "Den anden", "version": "2"})
        assert Sag.objects.get().begrundelse == "Den anden"

    def test_kontrolside_kvittering(self, lav, log_ind):
        sag, klient = lav(), log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        assert "Indsendelsen er driftsherrens underskrift" in klient.get(_url("indsend", sag)).text
        svar = klient.post(_url("indsend", sag), {"version": "1"}, follow=True)
        assert svar.redirect_chain[-1][0] == _url("kvittering", sag)
        assert sag.nummer in svar.text

    def test_fejl_stopper_uden_knap(self, lav, log_ind):
        sag, klient = lav(begrundelse=""), log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        tekst = klient.get(_url("indsend", sag)).text
        assert "Skal rettes" in tekst
        assert 'name="version"' not in tekst
        svar = klient.post(_url("indsend", sag), {"version": "1"})
        assert svar.status_code == 422

    def test_en_foraeldet_side_indsender_ikke(self, lav, log_ind, adgang):
        sag = lav()
        handlinger.gem(sag, adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER), version=1, begrundelse="Ny", data={})
        svar = log_ind(Rolle.DRIFTSHERRE_GODKENDER).post(_url("indsend", sag), {"version": "1"}, follow=True)
        assert "ændret af en anden" in svar.text
        assert Sag.objects.get().tilstand == Sagstilstand.KLADDE


class TestBilag:
    def test_tilfoej_hent_og_fjern(self, lav, log_ind):
        sag, klient = lav(), log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        fil = SimpleUploadedFile("Aftale med Rebild.pdf", PDF)
        klient.post(_url("bilag_tilfoej", sag), {"fil": fil, "art": "aftale"})
        bilag = Sagsbilag.objects.get()
        assert bilag.art == "aftale"
        svar = klient.get(_url("bilag", sag, pk=bilag.pk))
        assert svar.content == PDF
        klient.post(_url("bilag_fjern", sag, pk=bilag.pk))
        assert not Sagsbilag.objects.exists()

    @pytest.mark.parametrize(
        ("navn", "data", "besked"),
        [
            ("aftale.exe", PDF, "PDF eller Word"),
            ("aftale.pdf", b"MZ ikke en pdf", "ikke en rigtig .pdf-fil"),
            ("aftale.docx", PDF, "ikke en rigtig .docx-fil"),
            ("010190-1234.pdf", PDF, "ligner et CPR-nummer"),
            ("tom.pdf", b"", "Filen er tom"),
            ("aftale.pdf", MED_CPR, "Side 2 indeholder noget, der ligner et CPR-nummer"),
            ("aftale.pdf", b"%PDF-1.7 og ikke mere", "kan ikke læses"),
        ],
    )
    def test_andet_afvises(self, navn, data, besked, lav, log_ind):
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).post(
            _url("bilag_tilfoej", lav()), {"fil": SimpleUploadedFile(navn, data), "art": ""}
        )
        assert svar.status_code == 422
        assert besked in svar.text
        assert "010190-1234" not in svar.text or "010190" in navn
        assert not Sagsbilag.objects.exists()

    def test_for_stor(self, lav, log_ind, monkeypatch):
        monkeypatch.setattr("socialaftale.kerne.sager.forms.MAKS_MB", 0)
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).post(
            _url("bilag_tilfoej", lav()), {"fil": SimpleUploadedFile("a.pdf", PDF)}
        )
        assert "fylder mere end" in svar.text


class TestAfgoerelse:
    def test_dagsorden_og_beslutning_med_referat(self, lav, log_ind):
        sag, klient = lav(Sagstilstand.INDSENDT), log_ind(Rolle.SEKRETARIAT)
        klient.post(_url("dagsorden", sag), {"moededato": "8.10.2026", "moedepunkt": "punkt 3"})
        svar = klient.post(
            _url("beslutning", sag),
            {
                "udfald": "godkendt",
                "dato": "1.10.2026",
                "reference": "FU, punkt 3",
                "tekst": "",
                "fil": SimpleUploadedFile("Referat.pdf", PDF),
            },
            follow=True,
        )
        assert "Beslutningen er registreret: godkendt" in svar.text
        beslutning = Sag.objects.get().beslutninger.get()
        assert beslutning.registreret_af.email.startswith("sekretariat")
        assert klient.get(_url("referat", sag, pk=beslutning.pk)).content == PDF

    def test_et_referat_med_cpr_afvises_og_beslutningen_gemmes_ikke(self, lav, log_ind):
        sag = lav(Sagstilstand.PAA_DAGSORDEN)
        svar = log_ind(Rolle.SEKRETARIAT).post(
            _url("beslutning", sag),
            {
                "udfald": "godkendt",
                "dato": "1.10.2026",
                "reference": "FU, punkt 3",
                "fil": SimpleUploadedFile("Referat.pdf", MED_CPR),
            },
        )
        assert svar.status_code == 422
        assert "Side 2 indeholder" in svar.text
        assert 'value="FU, punkt 3"' in svar.text
        assert not sag.beslutninger.exists()

    def test_fejl_staar_ved_feltet_og_intet_tabes(self, lav, log_ind):
        sag = lav(Sagstilstand.PAA_DAGSORDEN)
        svar = log_ind(Rolle.SEKRETARIAT).post(
            _url("beslutning", sag),
            {"udfald": "afslaaet", "dato": "31.12.2026", "reference": "FU, punkt 3", "tekst": ""},
        )
        assert svar.status_code == 422
        assert "Skriv, hvorfor sagen er afslået" in svar.text
        assert 'value="31.12.2026"' in svar.text
        svar = log_ind(Rolle.SEKRETARIAT).post(
            _url("beslutning", sag),
            {"udfald": "afslaaet", "dato": "31.12.2026", "reference": "FU, punkt 3", "tekst": "Fordi"},
        )
        assert "kan ikke ligge i fremtiden" in svar.text

    def test_retur_bliver_en_kladde_igen(self, lav, log_ind):
        sag = lav(Sagstilstand.INDSENDT)
        log_ind(Rolle.SEKRETARIAT).post(_url("retur", sag), {"begrundelse": "Listen mangler en kommune"})
        sag = Sag.objects.get()
        assert (sag.tilstand, sag.instans, sag.indsendt_tidspunkt) == (Sagstilstand.KLADDE, "", None)
        tekst = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(sag.get_absolute_url()).text
        assert "Listen mangler en kommune" in tekst

    @pytest.mark.regel("T69")
    def test_tabellen_og_overladelsen(self, lav, log_ind):
        klient = log_ind(Rolle.SEKRETARIAT)
        lav()
        url = reverse("sager:overlad", kwargs={"noegle": "kategoriaendring"})
        klient.post(url, {"dato": "1.10.2026", "reference": "DAS, punkt 2"})
        assert Beslutningskompetence.objects.get(noegle="kategoriaendring").gaeldende_instans == Instans.FU
        tekst = log_ind(Rolle.DAS_MEDLEM).get(reverse("sager:kompetence")).text
        assert "Overladt den" in tekst
        assert "DAS, punkt 2" in tekst
        assert "Tag tilbage" not in tekst
        klient.post(url)
        assert not Beslutningskompetence.objects.get(noegle="kategoriaendring").er_delegeret


class TestForside:
    def test_sekretariatets_sager_der_venter(self, lav, log_ind, ur):
        lav(Sagstilstand.INDSENDT)
        lav(Sagstilstand.PAA_DAGSORDEN)
        lav(Sagstilstand.GODKENDT)
        klient = log_ind(Rolle.SEKRETARIAT)
        tekst = klient.get("/").text
        assert "sag skal på en dagsorden" in tekst
        assert "1 sag på møde i forretningsudvalget" in tekst
        ur.move_to(dt.datetime(2026, 11, 5, 10, tzinfo=dt.UTC))
        tekst = log_ind(Rolle.SEKRETARIAT).get("/").text
        assert "sag har været på et møde og mangler en beslutning" in tekst
        assert "sag er godkendt og skulle være trådt i kraft" in tekst

    def test_medlemmerne_ser_deres_egen_instans(self, lav, log_ind):
        lav(Sagstilstand.INDSENDT)
        assert "sag venter på forretningsudvalget" in log_ind(Rolle.FU_MEDLEM).get("/").text
        assert "sag venter på" not in log_ind(Rolle.DAS_MEDLEM).get("/").text

    def test_medlemmerne_ser_hvornaar_moedet_er(self, lav, log_ind):
        lav(Sagstilstand.PAA_DAGSORDEN)
        tekst = log_ind(Rolle.FU_MEDLEM).get("/").text
        assert "sag venter på forretningsudvalget, næste møde er den 8.\xa0oktober 2026" in tekst

    def test_driftsherrens_kladder(self, lav, log_ind):
        lav()
        assert "sag er ikke indsendt endnu" in log_ind(Rolle.DRIFTSHERRE_GODKENDER).get("/").text
        assert "sag er ikke" not in log_ind(Rolle.DRIFTSHERRE_GODKENDER, organisation="hjoerring").get("/").text


def test_objektets_side_viser_sager_og_veje(lav, organisationer, adgang):
    sag = lav()
    aalborg = organisationer["aalborg"]
    om = {"kerne.organisation": {aalborg.pk: ""}}
    # While the application is open there is no second way.
    assert om_objekter(adgang(Rolle.DRIFTSHERRE_INDBERETTER), om, aalborg.pk) == {"sager": [sag], "veje": []}
    handlinger.traek(sag, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
    veje = om_objekter(adgang(Rolle.DRIFTSHERRE_INDBERETTER), om, aalborg.pk)["veje"]
    assert [(art.noegle, noegle) for art, noegle, _ in veje] == [("proeve", aalborg.pk)]
    assert om_objekter(adgang(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring"), om, aalborg.pk) is None
    assert om_objekter(adgang(Rolle.DAS_MEDLEM), om, aalborg.pk) is None
    assert om_objekter(adgang(Rolle.KOMMUNE_MYNDIGHED), om, aalborg.pk) is None
