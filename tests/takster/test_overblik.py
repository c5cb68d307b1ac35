"""The matrix of driftsherre and state: counts, links, what others than the secretariat may see, and extensions."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from takster.enums import Skematilstand
from takster.models import Indberetning, Rykker
from tests.takster.factories import IndberetningFactory, RundeFactory, SkemaFactory
from tests.takster.taelling import kraev_fast_antal

pytestmark = pytest.mark.django_db
TVAERS = (Rolle.DAS_MEDLEM, Rolle.TAKSTGRUPPE, Rolle.REVISOR)


@pytest.fixture
def runde(organisationer):
    return RundeFactory()


@pytest.fixture
def egen(runde, organisationer):
    indberetning = IndberetningFactory(runde=runde, driftsherre=organisationer["aalborg"])
    for tilstand in (Skematilstand.KLADDE, Skematilstand.SENDT_RETUR, Skematilstand.INDSENDT, Skematilstand.GODKENDT):
        SkemaFactory(udfyldt=True, indberetning=indberetning, tilstand=tilstand)
    return indberetning


@pytest.fixture
def nabo(runde, organisationer):
    indberetning = IndberetningFactory(runde=runde, driftsherre=organisationer["hjoerring"])
    SkemaFactory(udfyldt=True, indberetning=indberetning, tilstand=Skematilstand.INDSENDT)
    return indberetning


URL = "/takster/indberetning/2027/"


def raekker(svar) -> dict:
    return {raekke.driftsherre.slug: raekke for raekke in svar.context["table"].data}


class TestSekretariatet:
    def test_andel_og_antal_med_link_til_netop_de_skemaer(self, log_ind, egen, nabo):
        klient = log_ind(Rolle.SEKRETARIAT)
        svar = klient.get(URL)
        tabel = svar.context["table"]
        assert [str(tabel.value_andel(raekke)) for raekke in tabel.data] == ["100", "50"]
        link = reverse(
            "takster:skemaer",
            query={"runde": egen.runde_id, "driftsherre": egen.driftsherre_id, "tilstand": "sendt_retur"},
        )
        assert link.replace("&", "&amp;") in svar.text
        assert [skema.tilstand for skema in klient.get(link).context["table"].data] == ["sendt_retur"]

    @pytest.mark.parametrize("kolonne", ["andel", "kladde", "antal", "rykket"])
    def test_sortering(self, log_ind, egen, nabo, kolonne):
        Rykker.objects.create(indberetning=egen, frist=dt.date(2026, 10, 31), antal=1, modtagere=1)
        klient = log_ind(Rolle.SEKRETARIAT)
        op, ned = (list(raekker(klient.get(f"{URL}?sort={fortegn}{kolonne}"))) for fortegn in ("", "-"))
        assert {op[0], ned[0]} == {"aalborg", "hjoerring"}

    def test_aaben_til_staar_ved_navnet(self, log_ind, egen):
        Indberetning.objects.filter(pk=egen.pk).update(genaabnet_til=dt.date(2026, 11, 10))
        assert "Åben til 10.11.2026" in log_ind(Rolle.SEKRETARIAT).get(URL).text

    def test_excel_naevner_hvert_skema_der_mangler(self, log_ind, egen, nabo):
        svar = log_ind(Rolle.SEKRETARIAT).get(f"{URL}?format=xlsx")
        bog = load_workbook(io.BytesIO(svar.content))
        assert bog.sheetnames[1] == "Mangler"
        mangler = [raekke for raekke in bog["Mangler"].iter_rows(values_only=True) if raekke[0]][2:]
        assert {(raekke[0], raekke[3]) for raekke in mangler} == {
            ("Aalborg Kommune", "Kladde"),
            ("Aalborg Kommune", "Sendt retur"),
        }
        ark = bog.worksheets[0]
        hoved = next(raekke for raekke in ark.iter_rows(values_only=True) if raekke[0] == "Driftsherre")
        assert hoved[-3:] == ("Afgivet (%)", "Rykket", "Åben til")

    def test_excel_foelger_filtret(self, log_ind, egen, nabo):
        svar = log_ind(Rolle.SEKRETARIAT).get(f"{URL}?format=xlsx&status=venter")
        bog = load_workbook(io.BytesIO(svar.content))
        assert "Hjørring" in {raekke[0] for raekke in bog.worksheets[0].iter_rows(values_only=True)}

    def test_antal_foresporgsler_er_fast_ogsaa_for_excel(self, log_ind, egen):
        def lav(antal: int) -> None:
            for _ in range(antal):
                SkemaFactory(indberetning=egen)

        klient = log_ind(Rolle.SEKRETARIAT)
        kraev_fast_antal(lambda: klient.get(f"{URL}?format=xlsx"), lav)


class TestDeAndre:
    """What is on the driftsherre's desk is its own: no count, no filter, no order tells of it."""

    @pytest.mark.parametrize("rolle", TVAERS)
    def test_ingen_tal_om_kladder(self, log_ind, egen, nabo, rolle):
        svar = log_ind(rolle).get(URL)
        kolonner = [kolonne.name for kolonne in svar.context["table"].columns]
        assert kolonner == ["driftsherre", "indsendt", "godkendt", "offentliggjort"]
        assert not hasattr(raekker(svar)["aalborg"], "kladde")
        assert not hasattr(raekker(svar)["aalborg"], "antal")
        assert "hos driftsherren" not in svar.text
        assert "mangler at indsende" not in svar.text.lower()
        assert svar.context["noegletal"][0]["tal"] in ("1", "2")

    @pytest.mark.parametrize("rolle", TVAERS)
    @pytest.mark.parametrize("sort", ["kladde", "-antal", "andel", "-rykket", "sendt_retur"])
    def test_raekkefoelgen_roeber_intet(self, log_ind, egen, nabo, rolle, sort):
        klient = log_ind(rolle)
        assert list(raekker(klient.get(f"{URL}?sort={sort}"))) == list(raekker(klient.get(URL)))

    @pytest.mark.parametrize("status", ["mangler", "ingen"])
    def test_filtret_roeber_intet(self, log_ind, egen, nabo, status):
        svar = log_ind(Rolle.DAS_MEDLEM).get(f"{URL}?status={status}")
        assert svar.context["har_fejl"]

    def test_excel_uden_kladder(self, log_ind, egen, nabo):
        svar = log_ind(Rolle.TAKSTGRUPPE).get(f"{URL}?format=xlsx")
        bog = load_workbook(io.BytesIO(svar.content))
        assert len(bog.sheetnames) == 1
        tekst = {str(celle) for raekke in bog.active.iter_rows(values_only=True) for celle in raekke}
        assert not tekst & {"Kladde", "Sendt retur", "Skemaer"}

    def test_driftsherren_ser_sine_egne_kladder(self, log_ind, egen, nabo):
        svar = log_ind(Rolle.DRIFTSHERRE_GODKENDER).get(URL)
        assert {slug: raekke.kladde for slug, raekke in raekker(svar).items()} == {"aalborg": 1}
        assert "Rykkere" not in svar.text
        assert 'type="checkbox"' not in svar.text


@pytest.mark.regel("T13")
class TestForlaengFlere:
    URL = "/takster/runder/2027/forlaeng/"

    def test_de_valgte_foelger_med_fra_overblikket(self, log_ind, egen, nabo):
        svar = log_ind(Rolle.SEKRETARIAT).get(f"{self.URL}?d=hjoerring")
        assert svar.context["formular"]["driftsherrer"].value() == ["hjoerring"]

    def test_flere_paa_en_gang(self, log_ind, egen, nabo):
        data = {"driftsherrer": ["aalborg", "hjoerring"], "til": "10.11.2026", "begrundelse": "Nyt økonomisystem"}
        svar = log_ind(Rolle.SEKRETARIAT).post(self.URL, data, follow=True)
        assert "åben til og med 10. november 2026" in svar.text.replace("\u00a0", " ")
        assert set(Indberetning.objects.values_list("genaabnet_til", flat=True)) == {dt.date(2026, 11, 10)}
        for indberetning in (egen, nabo):
            assert Haendelse.objects.for_objekt(indberetning).get().begrundelse == "Nyt økonomisystem"

    @pytest.mark.parametrize(
        ("aendring", "besked"),
        [
            ({"driftsherrer": []}, "Vælg mindst én driftsherre"),
            ({"til": "31.10.2026"}, "Vælg en dag efter rundens frist"),
            ({"begrundelse": ""}, "Skriv, hvorfor du forlænger eller genåbner"),
        ],
    )
    def test_alle_eller_ingen_og_intet_tabt(self, log_ind, egen, nabo, aendring, besked):
        data = {"driftsherrer": ["aalborg", "hjoerring"], "til": "10.11.2026", "begrundelse": "Sygdom"} | aendring
        svar = log_ind(Rolle.SEKRETARIAT).post(self.URL, data)
        assert svar.status_code == 422
        assert besked in svar.text
        assert svar.context["formular"]["begrundelse"].value() == data["begrundelse"]
        assert not Indberetning.objects.filter(genaabnet_til__isnull=False).exists()


@pytest.mark.regel("T55")
class TestMetode:
    @pytest.fixture
    def url(self, egen):
        return reverse("takster:metode", kwargs={"aar": 2027, "slug": "aalborg"})

    def test_to_paa_samme_tid(self, log_ind, egen, url):
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        klient.post(url, {"metode": "Kollegaens metode", "version": 1})
        svar = klient.post(url, {"metode": "Min metode", "version": 1})
        assert svar.status_code == 409
        assert "Kollegaens metode" in svar.text
        assert svar.context["formular"]["metode"].value() == "Min metode"
        egen.refresh_from_db()
        assert egen.overhead_metode == "Kollegaens metode"
        klient.post(url, {"metode": "Min metode", "version": svar.context["formular"]["version"].value()})
        egen.refresh_from_db()
        assert egen.overhead_metode == "Min metode"

    def test_lukket_imens(self, log_ind, egen, url, efter_fristen):
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).post(url, {"metode": "Skrevet for sent", "version": 1})
        assert svar.status_code == 409
        assert "Skrevet for sent" in svar.text
        egen.refresh_from_db()
        assert egen.overhead_metode != "Skrevet for sent"
