"""What everyone may see: published tariffs, the takstbilag, and the accounts of annual reports."""

from __future__ import annotations

import html
import io
import json
from decimal import Decimal

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.job.koersel import Jobfejl
from socialaftale.kerne.models import Dokument
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from takster import bilag
from takster.enums import Rundetilstand
from takster.models import Regnskab, Regnskabspost, Takst, Takstbilag
from takster.regneark.takster import FELTER
from tests.takster.factories import (
    OrganisationFactory,
    RegelsaetFactory,
    RundeFactory,
    TakstFactory,
    TilbudFactory,
    YdelseFactory,
)
from tests.takster.taelling import kraev_fast_antal
from tilbud.models import Lovgrundlag

pytestmark = pytest.mark.django_db
LISTE = "/takster/"


def takst(navn: str, **felter) -> Takst:
    driftsherre = felter.pop("driftsherre", None) or OrganisationFactory()
    kommune = felter.pop("kommune", None)
    ydelse = YdelseFactory(
        tilbud=TilbudFactory(navn=navn, driftsherre=driftsherre, beliggenhedskommune=kommune),
        enhed=felter.get("enhed", "doegn"),
    )
    return TakstFactory(ydelse=ydelse, **felter)


def udsted(aar: int) -> Dokument:
    return bilag.udsted(Adgang.system(), lambda procent, besked: None, aar=aar)


def navne(svar) -> list[str]:
    return [raekke.tilbud_navn for raekke in svar.context["table"].page.object_list.data]


@pytest.fixture
def oversigt(organisationer):
    hjoerring, aalborg = organisationer["hjoerring"], organisationer["aalborg"]
    paragraf = Lovgrundlag.objects.create(slug="sel-107", paragraf="SEL § 107", omfattet="omfattet")
    RegelsaetFactory(navn="Styringsaftale 2021", fra_aar=2018)
    return [
        takst("Aagården", driftsherre=aalborg, kommune=aalborg, takst=Decimal("1000.00"), lovgrundlag=paragraf),
        takst(
            "Ærøhus", driftsherre=hjoerring, kommune=hjoerring, takst=Decimal("3000.00"), maalgruppe="Unge med autisme"
        ),
        takst("Birken", driftsherre=aalborg, takst=Decimal("2000.00"), enhed="dag", dage=225),
        takst("Gammel", driftsherre=aalborg, aar=2019),
    ]


class TestListe:
    def test_nyeste_aar_i_dansk_raekkefoelge(self, client, oversigt):
        svar = client.get(LISTE)
        assert svar.context["titel"] == "Takster 2026"
        assert navne(svar) == ["Birken", "Ærøhus", "Aagården"]
        assert "Eksempeltal" in svar.text

    @pytest.mark.parametrize(
        ("filtre", "ventet"),
        [
            ({"aar": "2019"}, ["Gammel"]),
            ({"q": "ærø"}, ["Ærøhus"]),
            ({"q": "ÅGÅRDEN"}, ["Aagården"]),
            ({"enhed": "dag"}, ["Birken"]),
            ({"maalgruppe": "AUTISME"}, ["Ærøhus"]),
            ({"kommune": "ukendt"}, ["Birken"]),
            ({"sort": "-takst"}, ["Ærøhus", "Birken", "Aagården"]),
        ],
    )
    def test_filtre_og_sortering(self, client, oversigt, filtre, ventet):
        assert navne(client.get(LISTE, filtre)) == ventet

    def test_filtre_paa_driftsherre_kommune_og_lovgrundlag(self, client, oversigt, organisationer):
        assert navne(client.get(LISTE, {"driftsherre": organisationer["hjoerring"].pk})) == ["Ærøhus"]
        assert navne(client.get(LISTE, {"kommune": organisationer["aalborg"].pk})) == ["Aagården"]
        assert navne(client.get(LISTE, {"lovgrundlag": oversigt[0].lovgrundlag_id})) == ["Aagården"]

    def test_kun_den_gaeldende_version(self, client, oversigt):
        gammel = oversigt[2]
        Takst.objects.filter(pk=gammel.pk).update(er_gaeldende=False)
        TakstFactory(ydelse=gammel.ydelse, version=2, takst=Decimal("2222.22"), enhed="dag")
        svar = client.get(LISTE, {"enhed": "dag"})
        assert "2.222,22" in svar.text
        assert "2.000,00" not in svar.text

    def test_antal_foresporgsler_er_fast(self, client, organisationer):
        def lav(antal: int) -> None:
            for _ in range(antal):
                takst("Tilbud", driftsherre=organisationer["aalborg"])

        kraev_fast_antal(lambda: client.get(LISTE), lav)

    def test_excel_er_det_man_ser(self, client, oversigt):
        svar = client.get(LISTE, {"format": "xlsx", "sort": "-takst", "enhed": "doegn"})
        ark = load_workbook(io.BytesIO(svar.content)).active
        raekker = list(ark.iter_rows(values_only=True))
        hoved = next(nr for nr, raekke in enumerate(raekker) if raekke[0] == "År")
        kolonne = raekker[hoved].index("Takst (kr.)")
        assert [raekke[kolonne] for raekke in raekker[hoved + 1 :]] == [3000, 1000]
        assert any("Enhed: Døgn" in str(raekke[0]) for raekke in raekker[:hoved])
        assert 'filename="takster-2026.xlsx"' in svar.headers["Content-Disposition"]

    def test_csv_har_dansk_komma(self, client, oversigt):
        linjer = client.get(LISTE, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
        assert "2000,00" in linjer[1]
        assert linjer[0].startswith("År;Driftsherre;Tilbud")

    def test_tom_liste(self, client, organisationer):
        assert "ingen offentliggjorte takster endnu" in client.get(LISTE).text

    def test_intet_passer(self, client, oversigt):
        svar = client.get(LISTE, {"q": "findesikke"})
        assert "Intet passer til dine filtre" in svar.text
        assert "Nulstil filtre" in svar.text


class TestTakst:
    def test_taksten_med_sin_beregning(self, client, oversigt):
        foerste = oversigt[0]
        foerste.beregning.data = {
            "trin": [{"navn": "Døgntakst", "formel": "G / P", "indsat": "8 / 4", "resultat": "2 kr.", "regel": "T14"}],
            "regelsaet": "Styringsaftale 2023",
        }
        foerste.beregning.save()
        svar = client.get(foerste.get_absolute_url())
        assert "1.000,00\u00a0kr. pr. døgn" in svar.text
        assert "G / P: 8 / 4" in svar.text
        assert "Styringsaftale 2023" in svar.text

    def test_en_historisk_takst_siger_hvad_den_er(self, client, oversigt):
        historisk = oversigt[3]
        Takst.objects.filter(pk=historisk.pk).update(oprindelse="regnskab")
        assert "Historisk takst, beregnet af en årsrapport" in client.get(historisk.get_absolute_url()).text

    def test_ukendt(self, client, oversigt):
        assert client.get("/takster/2026/findes/ikke/").status_code == 404

    def test_kun_de_der_maa_faar_vej_til_skemaet(self, client, log_ind, oversigt):
        url = oversigt[0].get_absolute_url()
        assert "Takstskemaet bag" not in client.get(url).text
        assert "Takstskemaet bag" not in log_ind(Rolle.SEKRETARIAT).get(url).text


@pytest.mark.langsom
@pytest.mark.kun_sqlite("what is printed is made in Python from rows")
class TestTakstbilag:
    @pytest.fixture
    def udstedt(self, oversigt, organisationer):
        return udsted(2026)

    @pytest.mark.regel("T7")
    def test_pdf_paa_tvaers_grupperet_efter_driftsherre(self, client, udstedt):
        svar = client.get("/takster/2026/takstbilag.pdf")
        assert svar.headers["Content-Type"] == "application/pdf"
        assert kontroller(svar.content) == []
        pdf = pypdf.PdfReader(io.BytesIO(svar.content))
        side = pdf.pages[0]
        assert side.mediabox.width > side.mediabox.height
        tekst = " ".join(side.extract_text().split())
        assert tekst.index("Hjørring Kommune") < tekst.index("Ærøhus") < tekst.index("Aalborg Kommune")
        assert "3.000,00" in tekst
        assert "Eksempeltal" in tekst
        assert [post.title for post in pdf.outline if not isinstance(post, list)]

    def test_excel_og_csv(self, client, udstedt):
        ark = load_workbook(io.BytesIO(client.get("/takster/2026/takstbilag.xlsx").content)).active
        raekker = [raekke for raekke in ark.iter_rows(values_only=True) if raekke[0] == 2026]
        assert [raekke[2] for raekke in raekker] == ["Ærøhus", "Birken", "Aagården"]
        assert raekker[0][10] == 3000
        assert "Ærøhus" in client.get("/takster/2026/takstbilag.csv").content.decode("utf-8-sig")

    def test_den_udstedte_fil_aendrer_sig_ikke_og_en_ny_version_staar_samme_sted(self, client, udstedt, oversigt):
        gammel = oversigt[0]
        foer = client.get("/takster/2026/takstbilag.csv").content
        Takst.objects.filter(pk=gammel.pk).update(er_gaeldende=False)
        ny = TakstFactory(ydelse=gammel.ydelse, version=2, takst=Decimal("1234.56"))
        assert client.get("/takster/2026/takstbilag.csv").content == foer
        udsted(2026)
        efter = client.get("/takster/2026/takstbilag.csv").content
        assert "1234,56" in efter.decode("utf-8-sig")
        assert client.get("/takster/2026/version-1/takstbilag.csv").content == foer
        assert client.get("/takster/2026/version-2/takstbilag.csv").content == efter
        versioner = Takstbilag.objects.order_by("version")
        assert [version.version for version in versioner] == [1, 2]
        assert ny in versioner[1].takster.all()
        assert gammel in versioner[0].takster.all()
        assert gammel not in versioner[1].takster.all()

    def test_uden_aendringer_udstedes_ingen_ny_version(self, udstedt):
        with pytest.raises(Jobfejl, match="ingen ændringer"):
            udsted(2026)
        assert Takstbilag.objects.count() == 1

    @pytest.mark.regel("T7")
    def test_json_med_dataordbog(self, client, udstedt):
        svar = client.get("/takster/2026/takstbilag.json")
        assert svar.headers["Content-Type"] == "application/json"
        data = json.loads(svar.content)
        assert (data["aar"], data["version"], data["antal"], data["eksempeltal"]) == (2026, 1, 3, True)
        raekke = next(takst for takst in data["takster"] if takst["tilbud"] == "Birken")
        assert (raekke["takst"], raekke["enhed"], raekke["kommune"]) == ("2000.00", "Dag", None)
        assert {felt["navn"] for felt in data["felter"]} == raekke.keys()

    def test_dataordbogen_forklarer_hver_kolonne(self, client, udstedt):
        svar = client.get("/takster/data/")
        for felt in FELTER:
            assert felt.noegle in svar.text
            assert felt.beskrivelse.rstrip(".")[:20] in html.unescape(svar.text)
        assert "/takster/2026/takstbilag.json" in svar.text

    def test_siden_med_alle_bilag(self, client, udstedt):
        svar = client.get("/takster/bilag/")
        assert "/takster/2026/takstbilag.pdf" in svar.text
        assert "Styringsaftale 2021" in svar.text
        assert "Takstbilag 2026" in client.get(LISTE).text

    def test_mange_takster_giver_en_pdf_pr_driftsherre(self, client, oversigt, monkeypatch):
        monkeypatch.setattr(bilag, "MAKS_RAEKKER_I_EN_PDF", 2)
        udsted(2026)
        assert client.get("/takster/2026/takstbilag.pdf").status_code == 404
        assert client.get("/takster/2026/takstbilag.xlsx").status_code == 200
        svar = client.get("/takster/2026/hjoerring/takstbilag.pdf")
        tekst = pypdf.PdfReader(io.BytesIO(svar.content)).pages[0].extract_text()
        assert "Ærøhus" in tekst
        assert "Birken" not in tekst

    def test_uden_takster(self, organisationer):
        with pytest.raises(Jobfejl, match="ingen offentliggjorte takster for 2031"):
            udsted(2031)

    def test_kun_sekretariatet(self, adgang, oversigt):
        with pytest.raises(PermissionDenied):
            bilag.udsted(adgang(Rolle.TAKSTGRUPPE), lambda procent, besked: None, aar=2026)

    @pytest.mark.parametrize("sti", ["2026/takstbilag.docx", "2031/takstbilag.pdf"])
    def test_ukendt_fil(self, client, udstedt, sti):
        assert client.get(f"/takster/{sti}").status_code == 404

    def test_udstedes_fra_rundens_side(self, log_ind, oversigt, django_capture_on_commit_callbacks):
        runde = RundeFactory(aar=2026, aabner=None, frist=None, er_historisk=True, tilstand=Rundetilstand.LUKKET)
        klient = log_ind(Rolle.SEKRETARIAT)
        url = reverse("takster:udsted_bilag", kwargs={"aar": 2026})
        svar = klient.post(url, follow=True)
        assert "skal være offentliggjort" in svar.text
        type(runde).objects.update(
            er_historisk=False,
            aabner="2025-08-01",
            frist="2025-10-31",
            tilstand=Rundetilstand.OFFENTLIGGJORT,
            offentliggjort_tidspunkt="2025-12-01T12:00:00Z",
        )
        with django_capture_on_commit_callbacks(execute=True):
            klient.post(url)
        assert {post.form for post in bilag.udgivne(2026)} == set(bilag.FORMATER)


class TestRegnskaber:
    @pytest.fixture
    def regnskab(self, organisationer):
        regnskab = Regnskab.objects.create(
            tilbud=TilbudFactory(slug="centret", navn="Centret"),
            aar=2019,
            aartype="realiseret",
            budget=Decimal(1000),
            kilde="Årsrapport",
            uden_takst="Der er ingen pladser.",
            bemaerkninger="Trykt forkert",
            offentliggjort=True,
        )
        for art, beloeb in (("takstindtaegter", 900), ("direkte", 800), ("administration", 150)):
            Regnskabspost.objects.create(regnskab=regnskab, art=art, beloeb=beloeb)
        return regnskab

    @pytest.mark.regel("T22")
    def test_resultatet_er_indtaegter_minus_omkostninger(self, client, regnskab):
        svar = client.get("/takster/regnskaber/centret/")
        assert ("sum", "Resultat (indtægter − omkostninger)", ["−50"]) in svar.context["raekker"]
        assert "Der er ingen pladser." in svar.text
        assert "Trykt forkert" in svar.text

    def test_kun_offentliggjorte_er_offentlige(self, client, log_ind, regnskab):
        Regnskab.objects.update(offentliggjort=False)
        assert client.get("/takster/regnskaber/centret/").status_code == 404
        assert log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get("/takster/regnskaber/centret/").status_code == 200
        nabo = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring")
        assert nabo.get("/takster/regnskaber/centret/").status_code == 404

    def test_listen(self, client, regnskab):
        assert "Centret" in client.get("/takster/regnskaber/").text
