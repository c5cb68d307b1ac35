"""The ledger of set-asides: use, counter-entries, expiry, interest, rates, and its pages."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from takster import hentning_resultat as hentning
from takster import paneler_resultat
from takster.beregning.regelsaet import Regler
from takster.enums import Rundetilstand
from takster.handlinger import hensaettelser, runder
from takster.models import Hensaettelsespost, Reguleringspligt, Rentesats
from tests.takster.conftest import I_DAG
from tests.takster.factories import RegelsaetFactory, RundeFactory, TilbudFactory
from tests.takster.resultathjaelp import SYSTEM, lav_regnskab, tilbud_med_takst
from tests.takster.taelling import kraev_fast_antal

pytestmark = pytest.mark.django_db


@pytest.fixture
def aalborg(organisationer):
    RegelsaetFactory()
    return organisationer["aalborg"]


@pytest.fixture
def tilbud(aalborg):
    """With 400,000 set aside from 2025."""
    tilbud = tilbud_med_takst(aalborg)
    lav_regnskab(tilbud, hensat=Decimal(400_000), til="godkendt")
    return tilbud


def gammelt_lag(tilbud, aar: int, beloeb: str = "50000"):
    return lav_regnskab(
        tilbud,
        beloeb,
        aar=aar,
        budget=Decimal(8_000_000),
        budget_kilde="Budget",
        hensat=Decimal(beloeb),
        til="godkendt",
    )


def brug(tilbud, beloeb: str = "150000", **felter):
    standard = {
        "adgang": SYSTEM,
        "dato": dt.date(2026, 6, 30),
        "beloeb": Decimal(beloeb),
        "formaal": "kvalitetsudvikling",
        "tilbud": tilbud,
        "tekst": "Kursus",
    }
    return hensaettelser.brug(tilbud.driftsherre, **(standard | felter))


def saldo(driftsherre) -> Decimal:
    return hentning.kontostatus(driftsherre.pk, I_DAG, Regler()).saldo


class TestForbrug:
    @pytest.mark.regel("T24")
    def test_det_aeldste_foerst(self, tilbud, aalborg):
        gammelt_lag(tilbud, 2022)
        brug(tilbud, "80000")
        lag = hentning.kontostatus(aalborg.pk, I_DAG, Regler()).lag
        assert [(et.hensaettelse.aar, et.brugt, et.rest) for et in lag] == [
            (2022, Decimal(50_000), 0),
            (2025, Decimal(30_000), Decimal(370_000)),
        ]

    @pytest.mark.regel("T24")
    @pytest.mark.parametrize(
        ("felter", "besked"),
        [
            ({"beloeb": Decimal(400_001)}, "til rådighed"),
            ({"beloeb": Decimal(0)}, "større end 0"),
            ({"formaal": "fest"}, "Vælg, hvad beløbet bruges til"),
            ({"dato": dt.date(2026, 10, 2)}, "efter i dag"),
            ({"dato": dt.date(2025, 12, 30)}, "til rådighed"),
            ({"tekst": " "}, "hvad beløbet er brugt til"),
        ],
    )
    def test_afvises(self, tilbud, felter, besked):
        with pytest.raises(ValidationError, match=besked):
            brug(tilbud, **felter)

    @pytest.mark.regel("T24")
    def test_ikke_uden_for_aftalen(self, tilbud, aalborg):
        with pytest.raises(ValidationError, match="ikke med i socialaftalen"):
            brug(TilbudFactory(driftsherre=aalborg, i_aftalen=False))

    def test_ikke_paa_naboens_tilbud(self, tilbud, organisationer):
        with pytest.raises(ValidationError, match="egne tilbud"):
            hensaettelser.brug(
                tilbud.driftsherre,
                adgang=SYSTEM,
                dato=I_DAG,
                beloeb=Decimal(1),
                formaal="lignende",
                tilbud=TilbudFactory(driftsherre=organisationer["hjoerring"]),
                tekst="x",
            )

    def test_kun_godkenderen_og_sekretariatet(self, tilbud, adgang):
        brug(tilbud, "1", adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
        brug(tilbud, "1", adgang=adgang(Rolle.SEKRETARIAT))
        for rolle, slug in (
            (Rolle.DRIFTSHERRE_INDBERETTER, "aalborg"),
            (Rolle.DRIFTSHERRE_GODKENDER, "hjoerring"),
            (Rolle.DAS_MEDLEM, "aalborg"),
        ):
            with pytest.raises(PermissionDenied):
                brug(tilbud, "1", adgang=adgang(rolle, organisation=slug))


def test_kontoen_kan_heller_ikke_aendres_i_databasen(tilbud):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE takster_hensaettelsespost SET beloeb = 1")


class TestModpost:
    def test_med_begrundelse_og_log(self, tilbud, aalborg):
        post = brug(tilbud)
        modpost = hensaettelser.tag_tilbage(post, adgang=SYSTEM, begrundelse="Forkert beløb")
        assert saldo(aalborg) == Decimal(400_000)
        assert modpost.modposterer == post
        assert Haendelse.objects.for_objekt(modpost).get().begrundelse == "Forkert beløb"
        with pytest.raises(ValidationError, match="allerede taget tilbage"):
            hensaettelser.tag_tilbage(post, adgang=SYSTEM, begrundelse="Igen")

    def test_uden_begrundelse(self, tilbud):
        with pytest.raises(ValidationError, match="hvorfor posten tages tilbage"):
            hensaettelser.tag_tilbage(brug(tilbud), adgang=SYSTEM, begrundelse=" ")

    def test_kun_forbrug_der_er_bogfoert_for_sig(self, tilbud, adgang):
        with pytest.raises(PermissionDenied):
            hensaettelser.tag_tilbage(Hensaettelsespost.objects.get(art="hensat"), adgang=SYSTEM, begrundelse="x")
        with pytest.raises(PermissionDenied):
            hensaettelser.tag_tilbage(brug(tilbud), adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER), begrundelse="x")


class TestUdloeb:
    @pytest.mark.regel("T24")
    def test_varsel_et_aar_foer_paa_overblikket(self, tilbud, aalborg, adgang):
        gammelt_lag(tilbud, 2021)
        for mig in (adgang(Rolle.DRIFTSHERRE_GODKENDER), adgang(Rolle.SEKRETARIAT)):
            skridt = [et for et in paneler_resultat.naeste_skridt(mig, I_DAG) if "hensatte overskud" in et.tekst]
            assert [(et.antal, et.frist) for et in skridt] == [(1, dt.date(2026, 12, 31))]
        nabo = paneler_resultat.naeste_skridt(adgang(Rolle.DRIFTSHERRE_GODKENDER, organisation="hjoerring"), I_DAG)
        assert list(nabo) == []

    @pytest.mark.regel("T24")
    def test_det_udloebne_foeres_tilbage_en_gang_naar_runden_aabner(self, tilbud, aalborg):
        gammelt_lag(tilbud, 2020)
        Reguleringspligt.objects.filter(regel="T25").delete()
        runde = RundeFactory(tilstand=Rundetilstand.KLADDE)
        runder.aabn_runde(runde, adgang=SYSTEM)
        pligt = Reguleringspligt.objects.get()
        assert (pligt.beloeb, pligt.regel, pligt.oprindelsesaar, pligt.senest_aar) == (
            Decimal(-50_000),
            "T24",
            2025,
            2027,
        )
        assert hensaettelser.foer_udloebne_tilbage(aalborg, adgang=SYSTEM) == []
        assert saldo(aalborg) == Decimal(400_000)

    def test_kun_sekretariatet(self, tilbud, aalborg, adgang):
        with pytest.raises(PermissionDenied):
            hensaettelser.foer_udloebne_tilbage(aalborg, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))


class TestRenter:
    @pytest.mark.regel("T29")
    def test_aarets_sats_af_saldoen_primo(self, tilbud, aalborg):
        gammelt_lag(tilbud, 2023)
        for aar, pct in ((2024, "2"), (2025, "3.5")):
            hensaettelser.gem_rentesats(
                None, adgang=SYSTEM, aar=aar, art="resultat", pct=Decimal(pct), kilde="Nationalbanken"
            )
        renter = hentning.renteopgoerelse(aalborg.pk, 2025, Regler())
        assert [rente.beloeb for rente in renter.renter] == [Decimal("1000.00"), Decimal("1750.00")]

    @pytest.mark.regel("T29")
    def test_en_manglende_sats_gaettes_ikke(self, tilbud, aalborg):
        gammelt_lag(tilbud, 2023)
        assert "mangler en rente" in hentning.renteopgoerelse(aalborg.pk, 2025, Regler()).mangler

    def test_rettes_med_begrundelse_og_laas(self, aalborg, adgang):
        sats = hensaettelser.gem_rentesats(
            None, adgang=SYSTEM, aar=2025, art="resultat", pct=Decimal(2), kilde="Nationalbanken"
        )
        with pytest.raises(ValidationError, match="hvorfor renten ændres"):
            hensaettelser.gem_rentesats(sats, adgang=SYSTEM, aar=2025, art="resultat", pct=Decimal(3), kilde="x")
        hensaettelser.gem_rentesats(
            sats, adgang=SYSTEM, aar=2025, art="resultat", pct=Decimal(3), kilde="x", begrundelse="Trykfejl", version=1
        )
        with pytest.raises(Versionskonflikt):
            hensaettelser.gem_rentesats(
                sats, adgang=SYSTEM, aar=2025, art="resultat", pct=Decimal(4), kilde="x", begrundelse="y", version=1
            )
        with pytest.raises(PermissionDenied):
            hensaettelser.gem_rentesats(
                None,
                adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER),
                aar=2026,
                art="resultat",
                pct=Decimal(1),
                kilde="x",
            )


class TestSider:
    def url(self, navn: str, slug: str = "aalborg") -> str:
        return reverse(f"takster:{navn}", kwargs={"slug": slug})

    def test_sekretariatet_ser_alle_driftsherren_sin_egen(self, tilbud, log_ind):
        alle = log_ind(Rolle.SEKRETARIAT).get(reverse("takster:hensaettelser")).text
        assert "Aalborg Kommune" in alle
        assert "Hjørring Kommune" in alle
        egen = log_ind(Rolle.DRIFTSHERRE_GODKENDER).get(reverse("takster:hensaettelser")).text
        assert "400.000" in egen
        assert "Hjørring Kommune" not in egen
        nabo = log_ind(Rolle.DRIFTSHERRE_GODKENDER, organisation="hjoerring")
        for navn in ("konto", "konto_excel", "konto_brug", "konto_niveau"):
            assert nabo.get(self.url(navn)).status_code == 404

    def test_kontoen_viser_lag_regulering_bevaegelser_og_renter(self, tilbud, log_ind):
        gammelt_lag(tilbud, 2021)
        brug(tilbud, "20000")
        Rentesats.objects.bulk_create(
            Rentesats(aar=aar, art="resultat", pct=Decimal(2), kilde="x") for aar in range(2022, 2027)
        )
        tekst = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(self.url("konto")).text
        assert "skal være brugt senest den" in tekst
        assert "−370.000,00" in tekst
        assert "Kvalitetsudvikling".lower() in tekst
        assert "1.000,00" in tekst

    def test_forbrug_gennem_siden_og_fejl_uden_tab(self, tilbud, log_ind, aalborg):
        klient = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        data = {
            "dato": "30.06.2026",
            "beloeb": "500.000",
            "formaal": "effektivisering",
            "tilbud": tilbud.pk,
            "tekst": "Nyt vagtsystem",
        }
        svar = klient.post(self.url("konto_brug"), data)
        assert svar.status_code == 422
        assert 'value="500.000"' in svar.text
        assert "Nyt vagtsystem" in svar.text
        svar = klient.post(self.url("konto_brug"), data | {"beloeb": "150.000"}, follow=True)
        assert "Forbruget er bogført" in svar.text
        assert saldo(aalborg) == Decimal(250_000)

    def test_tag_tilbage_gennem_siden(self, tilbud, log_ind, aalborg):
        post = brug(tilbud)
        url = reverse("takster:konto_tag_tilbage", kwargs={"pk": post.pk})
        klient = log_ind(Rolle.SEKRETARIAT)
        assert klient.post(url, {"begrundelse": ""}).status_code == 422
        svar = klient.post(url, {"begrundelse": "Bogført to gange"}, follow=True)
        assert "taget tilbage" in svar.text
        assert "Bogført to gange" in svar.text
        assert klient.get(url).status_code == 302

    def test_excel(self, tilbud, log_ind):
        brug(tilbud, "20000")
        svar = log_ind(Rolle.SEKRETARIAT).get(self.url("konto_excel"))
        bog = openpyxl.load_workbook(io.BytesIO(svar.content))
        assert bog.sheetnames == ["Hensat", "Bevægelser", "Regulering i takster", "Renter"]
        vaerdier = [celle.value for raekke in bog["Hensat"].iter_rows() for celle in raekke]
        assert 400_000 in vaerdier
        assert 380_000 in vaerdier

    def test_udloebne_gennem_siden(self, tilbud, log_ind):
        gammelt_lag(tilbud, 2020)
        klient = log_ind(Rolle.SEKRETARIAT)
        assert "Før det udløbne tilbage" in klient.get(self.url("konto")).text
        assert "føres tilbage i taksterne" in klient.post(self.url("konto_udloebne"), follow=True).text

    def test_niveau_gennem_siden(self, aalborg, log_ind):
        klient = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        url = self.url("konto_niveau")
        assert klient.post(url, {"niveau": "ydelse", "fra_aar": "2026", "begrundelse": ""}).status_code == 422
        svar = klient.post(url, {"niveau": "ydelse", "fra_aar": "2026", "begrundelse": "Ny kontoplan"}, follow=True)
        assert "Niveauet er valgt" in svar.text
        assert "opgøres for hver ydelse" in svar.text
        assert log_ind(Rolle.SEKRETARIAT).get(url).status_code == 404

    def test_rentesatser_gennem_siden(self, aalborg, log_ind, client):
        klient = log_ind(Rolle.SEKRETARIAT)
        data = {"aar": "2026", "art": "resultat", "pct": "2,3567", "kilde": "Nationalbanken"}
        assert klient.post(reverse("takster:rentesats_opret"), data | {"kilde": ""}).status_code == 422
        svar = klient.post(reverse("takster:rentesats_opret"), data, follow=True)
        assert "2,3567" in svar.text
        assert klient.post(reverse("takster:rentesats_opret"), data).status_code == 422
        sats = Rentesats.objects.get()
        url = reverse("takster:rentesats_ret", kwargs={"pk": sats.pk})
        ret = {"pct": "2,4", "kilde": "Nationalbanken", "begrundelse": "Opdateret", "version": "1"}
        assert "Renten er gemt" in klient.post(url, ret, follow=True).text
        konflikt = klient.post(url, ret | {"pct": "3"})
        assert konflikt.status_code == 409
        assert 'value="3"' in konflikt.text
        assert "2,4" in konflikt.text
        assert "2,4" in client.get(reverse("takster:rentesatser")).text

    def test_fast_antal_forespoergsler(self, aalborg, log_ind):
        klient = log_ind(Rolle.SEKRETARIAT)
        tilbud = tilbud_med_takst(aalborg)
        gammelt_lag(tilbud, 2021, "400000")

        def flere(antal: int) -> None:
            for _ in range(antal):
                lav_regnskab(tilbud_med_takst(aalborg), hensat=Decimal(400_000), til="godkendt")
                brug(tilbud, "1000")

        for url in (reverse("takster:hensaettelser"), self.url("konto")):
            kraev_fast_antal(lambda url=url: klient.get(url), flere)
