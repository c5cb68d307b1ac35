"""What the tariffs mean for the buyer: effects, what is missing, what is provisional, and who sees it (T8, T14)."""

from __future__ import annotations

import datetime as dt
import html
import io
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from takster import koebspanel
from takster.enums import Rundetilstand, Skematilstand
from takster.handlinger import skemaer
from takster.models import Koeb, Takst, Takstskema
from tests.takster.factories import (
    IndberetningFactory,
    RundeFactory,
    SkemaFactory,
    TakstFactory,
    TilbudFactory,
    YdelseFactory,
)
from tests.takster.taelling import kraev_fast_antal

pytestmark = pytest.mark.django_db
SYSTEM = Adgang.system()
SIDE = "/takster/budget/"


@pytest.fixture
def runder(organisationer):
    gammel = RundeFactory(aar=2026, tilstand=Rundetilstand.OFFENTLIGGJORT, offentliggjort_tidspunkt=timezone.now())
    return gammel, RundeFactory(aar=2027)


def lav(
    organisationer,
    runder,
    *,
    foer: str | None,
    nu: str | None,
    takst: str | None = "2000.00",
    ny_takst: str | None = None,
    kommune: str = "thisted",
    tilstand: str = Skematilstand.INDSENDT,
    navn: str = "Solsikken",
) -> Takstskema:
    """A ydelse of Aalborg's: published in 2026, and a form of 2027 in the state; volumes by year, None: not stated.

    `ny_takst` publishes 2027 too; without it the form's own tariff of 8.000.000 / (10 × 365 × 95 %) = 2.307,14.
    """
    ydelse = YdelseFactory(tilbud=TilbudFactory(driftsherre=organisationer["aalborg"], navn=navn))
    skemaerne = [
        SkemaFactory(
            udfyldt=True,
            ydelse=ydelse,
            indberetning=IndberetningFactory(runde=runde, driftsherre=organisationer["aalborg"]),
        )
        for runde in runder
    ]
    for skema, maengde in zip(skemaerne, (foer, nu), strict=True):
        skema.koeb.all().delete()
        if maengde is not None:
            Koeb.objects.create(skema=skema, kommune=organisationer[kommune], maengde=Decimal(maengde))
    Takstskema.objects.filter(pk=skemaerne[0].pk).update(
        tilstand=Skematilstand.OFFENTLIGGJORT, indsendt_tidspunkt=timezone.now(), godkendt_tidspunkt=timezone.now()
    )
    if takst is not None:
        TakstFactory(ydelse=ydelse, skema=skemaerne[0], aar=2026, takst=Decimal(takst))
    if ny_takst is not None:
        TakstFactory(ydelse=ydelse, skema=skemaerne[1], aar=2027, takst=Decimal(ny_takst))
    if tilstand != Skematilstand.KLADDE:
        skemaer.indsend(skemaerne[1], adgang=SYSTEM)
    return skemaerne[1]


def budget(klient, **valg):
    return klient.get(SIDE, valg).context["budget"]


@pytest.fixture
def thisted(log_ind):
    return log_ind(Rolle.KOMMUNE_MYNDIGHED, organisation="thisted")


class TestEffekter:
    @pytest.mark.regel("T14")
    def test_pris_og_maengde(self, organisationer, runder, thisted):
        lav(organisationer, runder, foer="2", nu="3", takst="2000.00", ny_takst="2100.00")
        sum_ = budget(thisted).i_alt
        assert sum_.udgift_nu == Decimal("1460000.00")
        assert sum_.udgift_naeste == Decimal("2299500.00")
        assert (sum_.maengdeeffekt, sum_.priseffekt) == (Decimal("730000.00"), Decimal("109500.00"))
        assert sum_.aendring == Decimal("839500.00")
        assert not sum_.er_foreloebig
        siden = html.unescape(thisted.get(SIDE).text).replace("\u00a0", " ")
        assert "839.500 kr." in siden
        assert "Sådan er tallet beregnet" in siden
        assert "Foreløbig" not in siden

    def test_en_ny_koeber_og_en_der_holder_op(self, organisationer, runder, thisted):
        holder_op = lav(organisationer, runder, foer="1", nu=None, ny_takst="2000.00", navn="A")
        Koeb.objects.create(skema=holder_op, kommune=organisationer["rebild"], maengde=1)
        ny = lav(organisationer, runder, foer=None, nu="1", ny_takst="2000.00", navn="B")
        foer = Takstskema.objects.get(ydelse=ny.ydelse, indberetning__runde=runder[0])
        Koeb.objects.create(skema=foer, kommune=organisationer["rebild"], maengde=1)
        raekker = {raekke.koeb.tilbud[0]: raekke for raekke in budget(thisted).raekker}
        assert raekker["A"].udgift_naeste == raekker["B"].udgift_nu == 0
        assert raekker["A"].aendring == -raekker["B"].aendring == Decimal("-730000.00")

    def test_en_ny_ydelse_kostede_intet_foer(self, organisationer, runder, thisted):
        lav(organisationer, runder, foer="1", nu="1", ny_takst="2000.00", navn="A")
        ny = lav(organisationer, runder, foer=None, nu="1", takst=None, ny_takst="1000.00", navn="B")
        Takstskema.objects.exclude(pk=ny.pk).filter(ydelse=ny.ydelse).delete()
        raekke = next(raekke for raekke in budget(thisted).raekker if raekke.koeb.tilbud.startswith("B"))
        assert (raekke.udgift_nu, raekke.udgift_naeste) == (0, Decimal("365000.00"))

    def test_beregningen_af_et_koeb(self, organisationer, runder, thisted):
        skema = lav(organisationer, runder, foer="2", nu="3", ny_takst="2100.00")
        siden = html.unescape(thisted.get(SIDE, {"beregning": skema.ydelse_id}).text)
        assert "2 × (2.000,00 × 365)" in siden
        assert thisted.get(SIDE, {"beregning": "abc"}).context["raekke"] is None


class TestMangler:
    def test_en_manglende_takst_er_aldrig_nul(self, organisationer, runder, thisted):
        lav(organisationer, runder, foer="2", nu="3", ny_takst="2100.00", navn="Anlagt")
        lav(organisationer, runder, foer="1", nu="1", tilstand=Skematilstand.KLADDE, navn="Mangler")
        svar = thisted.get(SIDE)
        sum_ = svar.context["budget"].i_alt
        assert (sum_.antal, sum_.antal_ukendte) == (2, 1)
        # The change is that of the other ydelse alone.
        assert sum_.aendring == Decimal("839500.00")
        siden = html.unescape(svar.text).replace("\u00a0", " ")
        assert "1 køb er ikke regnet med" in siden
        assert "I 2026 kostede de 730.000 kr." in siden
        assert "Taksten for 2027 mangler" in siden
        bog = load_workbook(io.BytesIO(thisted.get(SIDE, {"format": "xlsx"}).content))
        raekker = {raekke[0]: raekke for raekke in bog["Pr. tilbud"].iter_rows(values_only=True)}
        assert raekker["Mangler (Aalborg)"][1:8] == (730000, None, None, None, None, None, 1)
        assert raekker["I alt af det, der kan sammenlignes"][1:8] == (
            1460000,
            2299500,
            109500,
            730000,
            839500,
            57.5,
            1,
        )

    def test_uden_koeb(self, runder, thisted):
        assert "Der er ikke oplyst køb for kommunen" in thisted.get(SIDE).text

    def test_uden_runde(self, thisted):
        assert "Der er intet budget at vise" in thisted.get(SIDE).text


class TestForeloebig:
    @pytest.mark.parametrize("tilstand", [Skematilstand.INDSENDT, Skematilstand.GODKENDT])
    def test_indsendte_skemaer_er_et_bud(self, organisationer, runder, thisted, tilstand):
        skema = lav(organisationer, runder, foer="1", nu="1")
        if tilstand == Skematilstand.GODKENDT:
            skemaer.godkend(skema, adgang=SYSTEM)
        svar = thisted.get(SIDE)
        sum_ = svar.context["budget"].i_alt
        assert sum_.er_foreloebig
        assert sum_.priseffekt == (Decimal("2307.14") - 2000) * 365
        assert "Foreløbige tal" in svar.text
        bog = load_workbook(io.BytesIO(thisted.get(SIDE, {"format": "xlsx"}).content))
        assert any("Foreløbig" in str(celle) for raekke in bog.worksheets[0].values for celle in raekke if celle)

    @pytest.mark.parametrize("rolle", [Rolle.KOMMUNE_MYNDIGHED, Rolle.DAS_MEDLEM])
    def test_en_kladde_ses_aldrig(self, organisationer, runder, log_ind, rolle):
        lav(organisationer, runder, foer="1", nu="7", tilstand=Skematilstand.KLADDE)
        (raekke,) = budget(log_ind(rolle, organisation="thisted")).raekker
        assert (raekke.koeb.maengde_naeste, raekke.pris_naeste, raekke.udgift_naeste) == (None, None, None)

    def test_et_skema_der_sendes_retur_forsvinder_igen(self, organisationer, runder, thisted):
        skema = lav(organisationer, runder, foer="1", nu="1")
        skemaer.send_retur(skema, adgang=SYSTEM, begrundelse="Ret", rettes_senest=dt.date(2026, 10, 20))
        (raekke,) = budget(thisted).raekker
        assert raekke.udgift_naeste is None

    def test_en_offentliggjort_takst_gaar_forud(self, organisationer, runder, thisted):
        skema = lav(organisationer, runder, foer="1", nu="1", ny_takst="2100.00")
        assert Takst.objects.filter(ydelse=skema.ydelse, aar=2027).exists()
        assert not budget(thisted).i_alt.er_foreloebig


class TestAdgang:
    def test_kun_egen_kommune(self, organisationer, runder, log_ind):
        lav(organisationer, runder, foer="1", nu="1", ny_takst="2000.00")
        for rolle in (Rolle.KOMMUNE_MYNDIGHED, Rolle.KOMMUNE_GODKENDER, Rolle.DAS_MEDLEM):
            klient = log_ind(rolle, organisation="rebild")
            assert budget(klient).raekker == []
            assert klient.get(SIDE, {"kommune": "thisted"}).status_code == 404
            assert klient.get(SIDE, {"kommune": "thisted", "format": "xlsx"}).status_code == 404

    def test_sekretariatet_vaelger(self, organisationer, runder, log_ind):
        lav(organisationer, runder, foer="1", nu="1", ny_takst="2000.00")
        klient = log_ind(Rolle.SEKRETARIAT)
        assert "Vælg en kommune" in klient.get(SIDE).text
        assert len(budget(klient, kommune="thisted").raekker) == 1
        assert klient.get(SIDE, {"kommune": "findes-ikke"}).status_code == 404

    def test_myndighed_og_driftsherre_er_adskilt(self, organisationer, runder, log_ind):
        lav(organisationer, runder, foer="1", nu="1", kommune="aalborg", tilstand=Skematilstand.KLADDE)
        assert log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(SIDE).status_code == 403
        # Aalborg runs the tilbud; its authority side knows no more than any other buyer.
        (raekke,) = budget(log_ind(Rolle.KOMMUNE_MYNDIGHED)).raekker
        assert raekke.udgift_naeste is None

    def test_ingen_omkostningslinjer(self, organisationer, runder, thisted):
        lav(organisationer, runder, foer="1", nu="1")
        svar = thisted.get(SIDE)
        assert "8.000.000" not in svar.text
        assert "grundlag" not in svar.text.lower()

    @pytest.mark.parametrize("valg", [{"aar": "1999"}, {"aar": "abc"}, {"format": "pdf"}])
    def test_det_der_ikke_findes(self, organisationer, runder, thisted, valg):
        lav(organisationer, runder, foer="1", nu="1")
        assert thisted.get(SIDE, valg).status_code == 404


class TestSide:
    def test_aaret_kan_vaelges(self, organisationer, runder, thisted):
        lav(organisationer, runder, foer="2", nu="3", ny_takst="2100.00")
        svar = thisted.get(SIDE, {"aar": 2026})
        assert svar.context["budget"].aar == 2026
        # Nothing is known of 2025: it is missing and not 0.
        (raekke,) = svar.context["budget"].raekker
        assert (raekke.udgift_nu, raekke.udgift_naeste) == (None, Decimal("1460000.00"))

    def test_csv(self, organisationer, runder, thisted):
        lav(organisationer, runder, foer="2", nu="3", ny_takst="2100.00")
        tekst = thisted.get(SIDE, {"format": "csv"}).content.decode("utf-8-sig")
        assert ";2;3;2000,00;2100,00;1460000,00;2299500,00;109500,00;730000,00;839500,00;57,5;" in tekst

    def test_hver_tabel_sorteres_for_sig(self, organisationer, runder, thisted):
        lav(organisationer, runder, foer="1", nu="1", ny_takst="2500.00", navn="A")
        lav(organisationer, runder, foer="1", nu="1", ny_takst="2100.00", navn="B")
        lav(organisationer, runder, foer="1", nu="1", tilstand=Skematilstand.KLADDE, navn="C")
        svar = thisted.get(SIDE, {"ydelse-sort": "priseffekt", "tilbud-sort": "-tilbud"})
        # What is unknown stands first, then the smallest.
        assert [raekke.koeb.tilbud[0] for raekke in svar.context["ydelsestabel"].data.data] == ["C", "B", "A"]
        assert [tilbud.tilbud[0] for tilbud in svar.context["tilbudstabel"].data.data] == ["C", "B", "A"]

    def test_antal_foresporgsler_er_fast(self, organisationer, runder, thisted):
        def flere(antal):
            for nummer in range(antal):
                lav(organisationer, runder, foer="1", nu="1", ny_takst="2000.00" if nummer % 2 else None)

        kraev_fast_antal(lambda: thisted.get(SIDE), flere)

    def test_link_fra_taksterne_for_dem_der_maa(self, client, thisted):
        assert SIDE in thisted.get("/takster/").text
        assert SIDE not in client.get("/takster/").text


def test_panelet_taeller_egne_koeb(organisationer, runder, adgang):
    lav(organisationer, runder, foer="1", nu="1")
    lav(organisationer, runder, foer="1", nu="1", tilstand=Skematilstand.KLADDE)
    i_dag = dt.date(2026, 10, 1)
    (skridt,) = koebspanel.naeste_skridt(adgang(Rolle.KOMMUNE_MYNDIGHED, organisation="thisted"), i_dag)
    assert (skridt.antal, skridt.url) == (1, f"{SIDE}?aar=2027")
    assert "foreløbige takster for 2027" in skridt.tekst
    assert list(koebspanel.naeste_skridt(adgang(Rolle.KOMMUNE_MYNDIGHED), i_dag)) == []
    assert list(koebspanel.naeste_skridt(adgang(Rolle.SEKRETARIAT), i_dag)) == []
