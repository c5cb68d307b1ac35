"""Agreed reductions: the historic target, the proof from published tariffs, and the secretariat's editing (T91)."""

from __future__ import annotations

import html
import io
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from openpyxl import load_workbook

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from takster import udviklingsdata
from takster.handlinger import reduktionsmaal as handlinger
from takster.models import Reduktionsmaal
from tests.takster.factories import OrganisationFactory, PLsatsFactory, TakstFactory, TilbudFactory, YdelseFactory
from tests.takster.taelling import kraev_fast_antal

pytestmark = pytest.mark.django_db
SYSTEM = Adgang.system()
SIDE = "/takster/reduktionsmaal/"
KRAV = {"takst_pct": Decimal("1.00"), "dialog_pct": Decimal("0.50"), "kilde": "Rammeaftale", "begrundelse": "Aftalt"}


def tekst(svar) -> str:
    return html.unescape(svar.text).replace("\u00a0", " ")


def grundlag(driftsherre: str, foer: str | None, nu: str | None) -> None:
    ydelse = YdelseFactory(tilbud=TilbudFactory(driftsherre=OrganisationFactory(slug=driftsherre)))
    for aar, beloeb in ((2025, foer), (2026, nu)):
        if beloeb is not None:
            TakstFactory(ydelse=ydelse, aar=aar, grundlag=Decimal(beloeb))


def beviser(svar):
    return {bevis.driftsherre: bevis for et in svar.context["maal"] for bevis in et["maal"].bevis}


@pytest.fixture
def maal():
    PLsatsFactory(fra_aar=2025, sats_pct=Decimal("4.00"))
    return handlinger.opret_maal(adgang=SYSTEM, driftsherre=None, basisaar=2025, aar=2026, **KRAV)


@pytest.mark.regel("T91")
def test_det_historiske_maal(client):
    udviklingsdata.indlaes_reduktionsmaal()
    udviklingsdata.indlaes_reduktionsmaal()
    raekker = Reduktionsmaal.objects.order_by("aar").values_list("aar", "takst_pct", "dialog_pct")
    assert [(aar, float(takst), float(dialog)) for aar, takst, dialog in raekker] == [
        (2017, 1.0, 1.0),
        (2018, 0.5, 0.5),
        (2019, 0.5, 0.5),
        (2020, 0.5, 0.5),
    ]
    (et,) = client.get(SIDE).context["maal"]
    assert (et["takst_i_alt"], et["i_alt_dialog"], et["i_alt"]) == (Decimal("2.5"), Decimal("2.5"), Decimal("5.0"))
    siden = tekst(client.get(SIDE))
    assert "Alle driftsherrer, 2016-2020" in siden
    assert "er ikke offentliggjort her" in siden


class TestBevis:
    @pytest.mark.regel("T91")
    def test_af_det_samlede_grundlag_i_faste_priser(self, client, maal):
        # One tilbud rises and one falls: only the sum counts. 10.296.000 in 2026 is 9.900.000 in prices of 2025.
        grundlag("aalborg", "4000000", "4680000")
        grundlag("aalborg", "6000000", "5616000")
        grundlag("thisted", "1000000", "1040000")
        fundne = beviser(client.get(SIDE))
        assert (fundne["Aalborg"].reduktion_pct, fundne["Aalborg"].er_naaet) == (Decimal("1.00"), True)
        assert (fundne["Thisted"].er_naaet, fundne["Thisted"].mangler) == (False, Decimal("10000.00"))
        siden = tekst(client.get(SIDE))
        assert "1 af 2 driftsherrer har nået målet" in siden
        assert "Ikke nået" in siden

    @pytest.mark.regel("T91")
    def test_en_driftsherre_kan_have_sit_eget_maal(self, client, maal):
        thisted = OrganisationFactory(slug="thisted")
        handlinger.opret_maal(
            adgang=SYSTEM, driftsherre=thisted, basisaar=2025, aar=2026, **{**KRAV, "takst_pct": Decimal(0)}
        )
        grundlag("aalborg", "1000000", "1040000")
        grundlag("thisted", "1000000", "1040000")
        svar = client.get(SIDE)
        pr_maal = {
            et["maal"].driftsherre: [bevis.driftsherre for bevis in et["maal"].bevis] for et in svar.context["maal"]
        }
        assert pr_maal == {"": ["Aalborg"], "Thisted": ["Thisted"]}
        assert beviser(svar)["Thisted"].er_naaet

    def test_et_rettet_maal_ses_straks(self, client, maal):
        grundlag("aalborg", "1000000", "1035000")
        assert not beviser(client.get(SIDE))["Aalborg"].er_naaet
        handlinger.ret_maal(maal, adgang=SYSTEM, version=1, **{**KRAV, "takst_pct": Decimal("0.40")})
        assert beviser(client.get(SIDE))["Aalborg"].er_naaet

    def test_uden_sats(self, client):
        handlinger.opret_maal(adgang=SYSTEM, driftsherre=None, basisaar=2025, aar=2026, **KRAV)
        grundlag("aalborg", "1000000", "1000000")
        assert "mangler en pris- og lønsats" in tekst(client.get(SIDE))

    def test_excel(self, client, maal):
        grundlag("aalborg", "1000000", "1040000")
        bog = load_workbook(io.BytesIO(client.get(SIDE, {"format": "xlsx"}).content))
        raekke = list(bog["Reduktionsmål"].iter_rows(values_only=True))[-1]
        assert raekke == ("Aalborg", 2025, 2026, 1000000, 1000000, 0, 1, "Nej", 10000)
        assert list(bog["Tilbud"].iter_rows(values_only=True))[-1][4:] == (1000000, 1040000, 1000000)
        assert "Aalborg;2025;2026;1000000,00" in client.get(SIDE, {"format": "csv"}).content.decode("utf-8-sig")
        assert client.get(SIDE, {"format": "pdf"}).status_code == 404

    def test_antal_foresporgsler_er_fast(self, client, maal):
        def lav(antal):
            for _ in range(antal):
                grundlag("aalborg", "1000000", "1040000")

        kraev_fast_antal(lambda: (cache.clear(), client.get(SIDE)), lav)


class TestHandlinger:
    def test_aarene_foelger_efter_hinanden(self, maal):
        with pytest.raises(ValidationError, match="Det næste er 2027"):
            handlinger.opret_maal(adgang=SYSTEM, driftsherre=None, basisaar=2025, aar=2028, **KRAV)
        handlinger.opret_maal(adgang=SYSTEM, driftsherre=None, basisaar=2025, aar=2027, **KRAV)
        with pytest.raises(ValidationError, match="sidste år"):
            handlinger.slet_maal(maal, adgang=SYSTEM, version=1, begrundelse="Fejl")

    def test_konflikt(self, maal):
        handlinger.ret_maal(maal, adgang=SYSTEM, version=1, **{**KRAV, "takst_pct": Decimal(2)})
        with pytest.raises(Versionskonflikt):
            handlinger.ret_maal(maal, adgang=SYSTEM, version=1, **KRAV)
        with pytest.raises(Versionskonflikt):
            handlinger.slet_maal(maal, adgang=SYSTEM, version=1, begrundelse="Fejl")

    def test_slet_efterlader_et_spor(self, maal):
        handlinger.slet_maal(maal, adgang=SYSTEM, version=1, begrundelse="Lagt ind ved en fejl")
        assert not Reduktionsmaal.objects.exists()
        assert Haendelse.objects.get(handling="reduktionsmaal_slettet").begrundelse == "Lagt ind ved en fejl"

    def test_kun_sekretariatet(self, maal, adgang):
        das = adgang(Rolle.DAS_MEDLEM)
        with pytest.raises(PermissionDenied):
            handlinger.opret_maal(adgang=das, driftsherre=None, basisaar=2025, aar=2027, **KRAV)
        with pytest.raises(PermissionDenied):
            handlinger.ret_maal(maal, adgang=das, version=1, **KRAV)
        with pytest.raises(PermissionDenied):
            handlinger.slet_maal(maal, adgang=das, version=1, begrundelse="x")


class TestSider:
    FELTER = {"takst_pct": "1,5", "dialog_pct": "", "kilde": "Rammeaftale 2028", "begrundelse": "Aftalt i KKR"}

    def test_laeg_ind_ret_og_fjern(self, log_ind):
        klient = log_ind(Rolle.SEKRETARIAT)
        data = {**self.FELTER, "driftsherre": "", "basisaar": "2027", "aar": "2028"}
        assert "er lagt ind" in klient.post(f"{SIDE}opret/", data, follow=True).text
        maal = Reduktionsmaal.objects.get()
        assert (maal.takst_pct, maal.dialog_pct) == (Decimal("1.50"), Decimal(0))
        svar = klient.post(f"{SIDE}{maal.pk}/ret/", {**self.FELTER, "takst_pct": "2", "version": "1"}, follow=True)
        assert "er rettet" in svar.text
        assert "Aftalt i KKR" in svar.text
        svar = klient.post(f"{SIDE}{maal.pk}/slet/", {"begrundelse": "Fejl", "version": "2"}, follow=True)
        assert "er fjernet" in svar.text

    def test_fejl_mister_intet(self, log_ind):
        klient = log_ind(Rolle.SEKRETARIAT)
        data = {**self.FELTER, "takst_pct": "1.5", "driftsherre": "", "basisaar": "2027", "aar": "2030"}
        svar = klient.post(f"{SIDE}opret/", data)
        assert svar.status_code == 422
        assert 'value="1.5"' in svar.text
        svar = klient.post(f"{SIDE}opret/", {**data, "takst_pct": "1,5"})
        assert svar.status_code == 422
        assert "Det næste er 2028" in svar.text

    @pytest.mark.parametrize("side", ["ret", "slet"])
    def test_konflikt(self, log_ind, maal, side):
        svar = log_ind(Rolle.SEKRETARIAT).post(f"{SIDE}{maal.pk}/{side}/", {**self.FELTER, "version": "7"})
        assert svar.status_code == 409
        assert "En anden har rettet målet" in svar.text
        assert "Aftalt i KKR" in svar.text

    def test_andre_ser_ingen_knapper(self, client, maal):
        svar = client.get(SIDE)
        assert "Læg et reduktionsmål ind" not in svar.text
        assert "Historik" not in svar.text
