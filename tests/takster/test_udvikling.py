"""The takstudvikling page: the source's figures, published tariffs in pairs, and the files (T92, T93)."""

from __future__ import annotations

import html
import io
from decimal import Decimal

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

from takster import udvikling, udviklingsdata
from takster.beregning.takstudvikling import Priser
from takster.models import Takst, TryktUdvikling
from tests.takster.factories import OrganisationFactory, PLsatsFactory, TakstFactory, TilbudFactory, YdelseFactory
from tests.takster.taelling import kraev_fast_antal

pytestmark = pytest.mark.django_db
SIDE = "/takster/udvikling/"


def tekst(svar) -> str:
    return html.unescape(svar.text).replace("\u00a0", " ")


def par(driftsherre: str, gammel: str | None, ny: str | None, **felter) -> None:
    """One ydelse with a tariff in 2025 and 2026; None leaves a year out."""
    ydelse = YdelseFactory(tilbud=TilbudFactory(driftsherre=OrganisationFactory(slug=driftsherre)))
    for aar, takst in ((2025, gammel), (2026, ny)):
        if takst is not None:
            TakstFactory(ydelse=ydelse, aar=aar, takst=Decimal(takst), **felter)


class TestTrykte:
    @pytest.fixture(autouse=True)
    def _indlaest(self):
        udviklingsdata.indlaes_takstudvikling()

    @pytest.mark.regel("T92")
    def test_kildens_tal(self, client):
        svar = client.get(SIDE, {"fra": 2021, "til": 2023})
        assert svar.status_code == 200
        assert "−1,18 %" in tekst(svar)
        uden = {linje.driftsherre: linje.uden_pct for linje in svar.context["udvikling"].linjer}
        assert uden["Frederikshavn"] == Decimal("-2.01")
        assert uden["Thisted"] == Decimal("0.38")
        assert "−2,01" in tekst(svar)
        assert "+0,38" in tekst(svar)

    @pytest.mark.regel("T92")
    def test_som_kilden_selv_har_regnet(self):
        trykt = {
            raekke["udsnit"]: Decimal(raekke["trykt_pct"])
            for raekke in udviklingsdata._laes_csv("takstudvikling_2021_2023_gennemsnit.csv")
        }
        fundet = udvikling.hent_udvikling(2021, 2023)
        assert fundet.uvaegtet.pct == trykt["Alle driftsherrer"]
        for navn in ("Frederikshavn", "Thisted"):
            assert fundet.uden(navn).uden_pct == trykt[f"Uden {navn} Kommune"]

    def test_kilde_og_korrektion_staar_paa_siden(self, client):
        siden = tekst(client.get(SIDE, {"fra": 2021, "til": 2023}))
        assert "Dagsorden til DAS Social, 21.08.2023" in siden
        assert "+4,34 uden Frederikshavn Krisecenter" in siden
        assert "Trykte gennemsnit" in siden

    def test_excel_og_csv(self, client):
        bog = load_workbook(io.BytesIO(client.get(SIDE, {"fra": 2021, "til": 2023, "format": "xlsx"}).content))
        raekker = list(bog.worksheets[0].iter_rows(values_only=True))
        assert ("Thisted", -16.71, 0.38) in [raekke[:3] for raekke in raekker]
        assert raekker[-1][:2] == ("Uvægtet gennemsnit", -1.18)
        csv = client.get(SIDE, {"fra": 2021, "til": 2023, "format": "csv"}).content.decode("utf-8-sig")
        assert "Frederikshavn;7,13;-2,01" in csv

    def test_indlaeses_kun_en_gang(self):
        TryktUdvikling.objects.filter(driftsherre="Thisted").update(pct=0)
        udviklingsdata.indlaes_takstudvikling()
        assert TryktUdvikling.objects.count() == 11
        assert TryktUdvikling.objects.get(driftsherre="Thisted").pct == 0


class TestPar:
    @pytest.fixture(autouse=True)
    def _satser(self):
        PLsatsFactory(fra_aar=2025, sats_pct=Decimal("4.00"), kilde="KL, juni 2025")

    @pytest.mark.regel("T92", "T93")
    def test_senere_aar_skrives_tilbage_og_nye_udelades(self, client):
        par("aalborg", "1000.00", "1144.00", kapacitet=Decimal(10))  # 1.100,00 in prices of 2025: +10,00 %
        par("aalborg", "1000.00", "1040.00", kapacitet=Decimal(30))  # unchanged
        par("thisted", "2000.00", "1976.00", kapacitet=Decimal(10))  # 1.900,00: −5,00 %
        par("thisted", None, "500.00")
        par("hjoerring", "700.00", None)
        fundet = client.get(SIDE).context["udvikling"]
        assert (fundet.fra_aar, fundet.til_aar, fundet.antal_par) == (2025, 2026, 3)
        linjer = {linje.driftsherre: linje for linje in fundet.linjer}
        assert (linjer["Aalborg"].pct, linjer["Aalborg"].antal_par) == (Decimal("5.00"), 2)
        # 10 × 100 more of 10 × 1000 + 30 × 1000.
        assert linjer["Aalborg"].vaegtet_pct == Decimal("2.50")
        assert (linjer["Thisted"].pct, linjer["Thisted"].nye) == (Decimal("-5.00"), 1)
        assert (linjer["Hjoerring"].pct, linjer["Hjoerring"].udgaaede) == (None, 1)
        assert fundet.uvaegtet.pct == Decimal("0.00")
        # (10 × 100 − 10 × 100) / (40 × 1000 + 10 × 2000)
        assert fundet.vaegtet.pct == Decimal("0.00")
        assert (linjer["Aalborg"].uden_pct, linjer["Thisted"].uden_vaegtet_pct) == (Decimal("-5.00"), Decimal("2.50"))

    @pytest.mark.regel("T93")
    def test_satsen_staar_med_kilde_og_version(self, client):
        par("aalborg", "1000.00", "1040.00")
        siden = tekst(client.get(SIDE))
        assert "KL, juni 2025" in siden
        assert client.get(SIDE).context["satser"][0].version == 1

    @pytest.mark.regel("T92")
    def test_fordeling_yderpunkter_og_links(self, client):
        for ny in ("1248.00", "1144.00", "1040.00", "988.00", "832.00"):
            par("aalborg", "1000.00", ny)
        svar = client.get(SIDE)
        antal = [baand.antal for baand in svar.context["udvikling"].baand]
        assert sum(antal) == 5
        assert antal == [1, 0, 1, 1, 1, 1]
        stoerste, url = svar.context["stigninger"][0]
        assert stoerste.pct == Decimal("20.00")
        assert url == Takst.objects.get(takst=Decimal("1248.00")).get_absolute_url()
        assert f'href="{url}"' in svar.text
        assert [par_.pct for par_, _ in svar.context["fald"]] == [Decimal("-20.00"), Decimal("-5.00")]

    @pytest.mark.parametrize(
        ("priser", "gammel", "ny"),
        [("gammelt_aar", "1000.00", "1000.00"), ("nyt_aar", "1040.00", "1040.00"), ("loebende", "1000.00", "1040.00")],
    )
    def test_prisniveauet_vaelges(self, client, priser, gammel, ny):
        par("aalborg", "1000.00", "1040.00")
        svar = client.get(SIDE, {"fra": 2025, "til": 2026, "priser": priser})
        parring = udvikling.hent_parring(2025, 2026, Priser(priser))
        assert (parring.par[0].gammel_fast, parring.par[0].ny_fast) == (Decimal(gammel), Decimal(ny))
        assert svar.status_code == 200
        assert bool(svar.context["satser"]) == (priser != "loebende")

    def test_excel_har_hvert_par(self, client):
        par("aalborg", "1000.00", "1144.00")
        par("aalborg", None, "500.00")
        svar = client.get(SIDE, {"fra": 2025, "til": 2026, "format": "xlsx"})
        bog = load_workbook(io.BytesIO(svar.content))
        assert bog.sheetnames == ["Takstudvikling 2025-2026", "Takster i begge år", "Ikke med", "Pris- og lønsatser"]
        raekke = list(bog["Takster i begge år"].iter_rows(values_only=True))[-1]
        assert raekke[2:7] == (1000, 1144, 1000, 1100, 10)
        ude = list(bog["Ikke med"].iter_rows(values_only=True))[-1]
        assert (ude[2], ude[4]) == (500, "Ny takst uden en takst at sammenligne med")
        assert list(bog["Pris- og lønsatser"].iter_rows(values_only=True))[-1][:4] == (2025, 2026, 4, "KL, juni 2025")

    def test_csv(self, client):
        par("aalborg", "1000.00", "1144.00")
        svar = client.get(SIDE, {"fra": 2025, "til": 2026, "format": "csv"})
        assert ";1000,00;1144,00;1000,00;1100,00;10;" in svar.content.decode("utf-8-sig")
        assert client.get(SIDE, {"fra": 2025, "til": 2026, "format": "pdf"}).status_code == 404

    def test_en_ny_version_af_en_takst_ses_straks(self, client):
        par("aalborg", "1000.00", "1040.00")
        assert client.get(SIDE).context["udvikling"].uvaegtet.pct == 0
        gammel = Takst.objects.get(aar=2026)
        Takst.objects.filter(pk=gammel.pk).update(er_gaeldende=False)
        TakstFactory(ydelse=gammel.ydelse, aar=2026, version=2, takst=Decimal("1144.00"))
        assert client.get(SIDE).context["udvikling"].uvaegtet.pct == Decimal("10.00")

    def test_en_rettet_sats_ses_straks(self, client):
        par("aalborg", "1000.00", "1040.00")
        client.get(SIDE)
        gammel = PLsatsFactory(fra_aar=2025)
        type(gammel).objects.update(er_gaeldende=False)
        type(gammel).objects.create(fra_aar=2025, til_aar=2026, sats_pct=0, kilde="x", version=2)
        assert client.get(SIDE).context["udvikling"].uvaegtet.pct == Decimal("4.00")

    def test_antal_foresporgsler_er_fast(self, client):
        def lav(antal):
            for nummer in range(antal):
                par("aalborg", "1000.00", f"{1000 + nummer}.00")

        kraev_fast_antal(lambda: (cache.clear(), client.get(SIDE)), lav)
        kraev_fast_antal(lambda: client.get(SIDE), lambda antal: None)


class TestUdenTal:
    def test_ingen_takster(self, client):
        assert "Der er ikke noget at sammenligne" in client.get(SIDE).text

    def test_en_manglende_sats_siges(self, client):
        par("aalborg", "1000.00", "1040.00")
        assert "mangler en pris- og lønsats fra 2025 til 2026" in tekst(client.get(SIDE))
        assert client.get(SIDE, {"fra": 2025, "til": 2026, "priser": "loebende"}).context["har_tal"]

    def test_aar_der_ikke_haenger_sammen(self, client):
        udviklingsdata.indlaes_takstudvikling()
        svar = client.get(SIDE, {"fra": 2023, "til": 2021})
        assert "ligger efter det første" in svar.text
        svar = client.get(SIDE, {"fra": 2021, "til": 2030})
        assert "Der er ingen takster at sammenligne fra 2021 til 2030" in svar.text
        assert "2021 til 2023" in svar.text

    @pytest.mark.parametrize("fra", ["abc", "20210", "²⁰²¹", ""])
    def test_et_aar_der_ikke_kan_laeses(self, client, fra):
        assert client.get(SIDE, {"fra": fra, "til": 2023}).status_code == 404

    def test_uden_filer_indlaeses_intet(self, settings, tmp_path):
        settings.OMRAADEDATA = tmp_path
        udviklingsdata.indlaes_takstudvikling()
        udviklingsdata.indlaes_reduktionsmaal()
        assert not TryktUdvikling.objects.exists()
