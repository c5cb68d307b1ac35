"""The pages of accounts: the styringsaftale's example from an empty account to the tariff, and what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from takster import demodata_resultat
from takster.handlinger import regnskaber
from takster.handlinger.offentliggoerelse import gem_takst
from takster.models import Hensaettelsespost, Regnskab, Reguleringspligt, Rentesats, Takstskema
from tests.takster.factories import IndberetningFactory, RegelsaetFactory, RundeFactory, SkemaFactory, TakstFactory
from tests.takster.resultathjaelp import EKSEMPEL, SYSTEM, lav_regnskab, tilbud_med_takst
from tests.takster.taelling import kraev_fast_antal

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL"),
]


@pytest.fixture
def tilbud(organisationer):
    """A tilbud of Aalborg with a published tariff of 2025 on a grundlag of 8,000,000."""
    RegelsaetFactory()
    tilbud = tilbud_med_takst(organisationer["aalborg"])
    takst = tilbud.takster.get()
    takst.skema = SkemaFactory(
        ydelse=takst.ydelse,
        indberetning=IndberetningFactory(runde=RundeFactory(aar=2025), driftsherre=tilbud.driftsherre),
    )
    takst.save()
    return tilbud


def url(navn: str, regnskab: Regnskab, **mere) -> str:
    return reverse(f"takster:{navn}", kwargs={"pk": regnskab.pk, **mere})


def data(regnskab: Regnskab, poster: dict[str, str] = EKSEMPEL, **felter: str) -> dict[str, str]:
    regnskab.refresh_from_db()
    return {f"post_{art}": beloeb for art, beloeb in poster.items()} | {"version": str(regnskab.version)} | felter


@pytest.mark.regel("T22", "T23", "T25", "T48")
def test_styringsaftalens_eksempel_fra_regnskab_til_takst(tilbud, log_ind):
    """G 8,000,000 and a result of 770,000: 400,000 may be set aside, 370,000 must be returned by 2027."""
    indberetter, godkender = log_ind(Rolle.DRIFTSHERRE_INDBERETTER), log_ind(Rolle.DRIFTSHERRE_GODKENDER)
    sekretariat = log_ind(Rolle.SEKRETARIAT)
    liste = indberetter.get(reverse("takster:resultater"))
    assert "Mangler for 2025" in liste.text
    assert tilbud.navn in liste.text
    svar = indberetter.post(reverse("takster:resultat_opret"), {"tilbud": tilbud.pk, "aar": 2025, "ydelse": ""})
    regnskab = Regnskab.objects.get(tilbud=tilbud, aar=2025)
    assert svar.url == url("resultat_ret", regnskab)
    side = indberetter.get(svar.url)
    assert "8.000.000,00" in side.text
    assert "Offentliggjorte takster 2025 (1 takst)" in side.text

    side = indberetter.post(url("resultat_ret", regnskab), data(regnskab), follow=True)
    assert "Vælg, hvor meget af overskuddet der hensættes: højst 400.000,00" in side.text
    side = indberetter.post(url("resultat_ret", regnskab), data(regnskab, hensat="400.000"), follow=True)
    for tekst in ("770.000,00", "+9,6", "400.000,00", "370.000,00", "I taksten senest"):
        assert tekst in side.text
    assert indberetter.post(url("resultat_skift", regnskab, trin="afgiv")).status_code == 403

    regnskab.refresh_from_db()
    svar = godkender.post(url("resultat_skift", regnskab, trin="afgiv"), {"version": regnskab.version}, follow=True)
    assert "Regnskabet er afgivet" in svar.text
    svar = sekretariat.post(
        url("resultat_skift", regnskab, trin="godkend"), {"version": regnskab.version}, follow=True
    )
    assert "Regnskabet er godkendt" in svar.text
    assert "Sådan er tallet beregnet" in svar.text
    assert Hensaettelsespost.objects.get().beloeb == Decimal(400_000)
    assert Reguleringspligt.objects.get().beloeb == Decimal(-370_000)

    ydelse = tilbud.ydelser.get()
    skema = SkemaFactory(
        udfyldt=True,
        ydelse=ydelse,
        indberetning=IndberetningFactory(runde=RundeFactory(), driftsherre=tilbud.driftsherre),
    )
    assert (
        "Overskud fra 2025, der føres tilbage"
        in indberetter.get(reverse("takster:skema_ret", kwargs={"pk": skema.pk})).text
    )
    takst = gem_takst(
        Takstskema.objects.til_beregning().get(pk=skema.pk), nu=dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
    )
    assert takst.grundlag == Decimal("7630000.00")
    konto = godkender.get(reverse("takster:konto", kwargs={"slug": "aalborg"})).text
    assert "−370.000,00" in konto


class TestUdfyld:
    def test_fejl_ved_feltet_og_intet_tabt(self, tilbud, log_ind):
        regnskab = lav_regnskab(tilbud)
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        svar = klient.post(
            url("resultat_ret", regnskab), data(regnskab, post_ejendom="12.5", hensat="1,234.50", bemaerkninger="Hej")
        )
        assert svar.status_code == 422
        assert 'value="12.5"' in svar.text
        assert 'value="1,234.50"' in svar.text
        assert "Hej" in svar.text

    def test_to_samtidige_ser_begge(self, tilbud, log_ind):
        regnskab = lav_regnskab(tilbud)
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        gammel = data(regnskab, hensat="1.000")
        klient.post(url("resultat_ret", regnskab), data(regnskab, hensat="2.000"))
        svar = klient.post(url("resultat_ret", regnskab), gammel)
        assert svar.status_code == 409
        assert "du skrev 1.000, gemt er 2.000,00" in svar.text
        regnskab.refresh_from_db()
        assert regnskab.hensat == Decimal(2_000)

    def test_for_sent(self, tilbud, log_ind):
        regnskab = lav_regnskab(tilbud, hensat=Decimal(400_000), til="afgivet")
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        svar = klient.post(url("resultat_ret", regnskab), data(regnskab, bemaerkninger="Min lange tekst"))
        assert svar.status_code == 409
        assert "Min lange tekst" in svar.text
        assert klient.get(url("resultat_ret", regnskab)).status_code == 302

    def test_aeldre_aar_spoerger_om_grundlaget(self, tilbud, log_ind):
        regnskab = regnskaber.opret_regnskab(tilbud, 2020, adgang=SYSTEM)
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        svar = klient.post(url("resultat_ret", regnskab), data(regnskab, budget="7.000.000"))
        assert svar.status_code == 422
        assert "hvor grundlaget står" in svar.text
        klient.post(url("resultat_ret", regnskab), data(regnskab, budget="7.000.000", budget_kilde="Budget 2020"))
        assert "Budget 2020" in klient.get(url("resultat", regnskab)).text

    @pytest.mark.regel("T61")
    def test_foersteaarstab_kraever_aar_og_begrundelse(self, tilbud, log_ind):
        regnskab = lav_regnskab(tilbud, "-900000")
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        svar = klient.post(url("resultat_ret", regnskab), data(regnskab, fordel_tab="on"))
        assert svar.status_code == 422
        assert "Skriv tilbuddets første driftsår" in svar.text
        poster = EKSEMPEL | {"takstindtaegter": "6648000"}
        svar = klient.post(
            url("resultat_ret", regnskab),
            data(
                regnskab,
                poster,
                fordel_tab="on",
                foerste_driftsaar="2025",
                begrundelse="Indflytningen tog længere tid",
                handling="vis",
            ),
            follow=True,
        )
        assert "del 1 af 3" in svar.text
        assert "333.333,3" in svar.text

    @pytest.mark.regel("T28")
    def test_regionens_sag_vises(self, organisationer, log_ind):
        RegelsaetFactory()
        tilbud = tilbud_med_takst(organisationer["region-nordjylland"])
        regnskab = lav_regnskab(tilbud, "-300000", sagsreference="DAS 21.08.2026, punkt 4")
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="region-nordjylland").get(url("resultat", regnskab))
        assert "Regionalt underskud – aftales nærmere" in svar.text
        assert "DAS 21.08.2026, punkt 4" in svar.text

    @pytest.mark.regel("T65")
    def test_lukning_vises_med_modtagere(self, tilbud, organisationer, log_ind):
        anden = tilbud_med_takst(organisationer["aalborg"])
        regnskab = lav_regnskab(tilbud, "-500000", er_lukket=True, begrundelse="Lukket 30.06.2025")
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(url("resultat", regnskab))
        assert anden.navn in svar.text
        assert "500.000,00" in svar.text


class TestTrin:
    def test_retur_med_begrundelse(self, tilbud, log_ind):
        regnskab = lav_regnskab(tilbud, hensat=Decimal(400_000), til="afgivet")
        klient = log_ind(Rolle.SEKRETARIAT)
        assert klient.post(url("resultat_retur", regnskab), {"begrundelse": ""}).status_code == 422
        svar = klient.post(url("resultat_retur", regnskab), {"begrundelse": "Huslejen mangler"}, follow=True)
        assert "sendt retur" in svar.text
        side = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(url("resultat_ret", regnskab))
        assert "Huslejen mangler" in side.text

    def test_afgiv_med_fejl_og_gammel_version(self, tilbud, log_ind):
        regnskab = lav_regnskab(tilbud)
        klient = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        svar = klient.post(url("resultat_skift", regnskab, trin="afgiv"), {"version": regnskab.version})
        assert svar.status_code == 422
        assert klient.post(url("resultat_skift", regnskab, trin="afgiv"), {"version": "1"}).status_code == 409
        assert klient.post(url("resultat_skift", regnskab, trin="andet")).status_code == 404

    def test_traek_tilbage_og_for_sent(self, tilbud, log_ind):
        regnskab = lav_regnskab(tilbud, hensat=Decimal(400_000), til="afgivet")
        klient = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        svar = klient.post(url("resultat_skift", regnskab, trin="traek-tilbage"), follow=True)
        assert "trukket tilbage" in svar.text
        svar = klient.post(url("resultat_skift", regnskab, trin="traek-tilbage"), follow=True)
        assert "ændret i mellemtiden" in svar.text

    def test_naboen_ser_intet(self, tilbud, log_ind):
        regnskab = lav_regnskab(tilbud)
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring")
        assert klient.get(url("resultat", regnskab)).status_code == 404
        assert klient.post(reverse("takster:resultat_opret"), {"tilbud": tilbud.pk, "aar": 2024}).status_code == 404

    def test_opret_to_gange(self, tilbud, log_ind):
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        felter = {"tilbud": tilbud.pk, "aar": 2025}
        klient.post(reverse("takster:resultat_opret"), felter)
        svar = klient.post(reverse("takster:resultat_opret"), felter, follow=True)
        assert "allerede et regnskab" in svar.text


def test_aarsrapporterne_er_som_foer(tilbud, client):
    """A reported account never stands among those of the annual reports, which are public."""
    lav_regnskab(tilbud, hensat=Decimal(400_000), til="godkendt")
    assert tilbud.navn not in client.get(reverse("takster:regnskaber")).text
    assert client.get(reverse("takster:regnskab", kwargs={"slug": tilbud.slug})).status_code == 404


@pytest.mark.parametrize("navn", ["resultater", "resultat"])
def test_fast_antal_forespoergsler(navn, tilbud, organisationer, log_ind):
    klient = log_ind(Rolle.SEKRETARIAT)
    regnskab = lav_regnskab(tilbud, hensat=Decimal(400_000), til="godkendt")
    adresse = reverse("takster:resultater") if navn == "resultater" else url("resultat", regnskab)

    def flere(antal: int) -> None:
        for _ in range(antal):
            lav_regnskab(tilbud_med_takst(organisationer["aalborg"]), hensat=Decimal(400_000), til="godkendt")

    kraev_fast_antal(lambda: klient.get(adresse), flere)


def test_skemaets_forespoergsler_er_faste_med_reguleringer(tilbud, log_ind):
    skema = SkemaFactory(
        udfyldt=True,
        ydelse=tilbud.ydelser.get(),
        indberetning=IndberetningFactory(runde=RundeFactory(), driftsherre=tilbud.driftsherre),
    )
    TakstFactory(ydelse=skema.ydelse)
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)

    def flere(antal: int) -> None:
        for _ in range(antal):
            Reguleringspligt.objects.create(
                driftsherre=tilbud.driftsherre,
                tilbud=tilbud,
                beloeb=Decimal(-1000),
                oprindelsesaar=2025,
                regel="T25",
                tidligst_aar=2026,
                senest_aar=2027,
                betegnelse="Overskud",
            )

    for navn in ("skema", "skema_ret"):
        kraev_fast_antal(lambda navn=navn: klient.get(reverse(f"takster:{navn}", kwargs={"pk": skema.pk})), flere)


def test_demoens_regnskaber_er_eksempeltal_og_laves_en_gang(tilbud):
    demodata_resultat.lav_regnskaber()
    antal = Regnskab.objects.count()
    assert Regnskab.objects.filter(er_eksempel=True).count() == antal
    assert Regnskab.objects.filter(aar=2021, tilstand="godkendt").exists()
    assert set(Rentesats.objects.values_list("kilde", flat=True)) == {"Eksempeltal"}
    demodata_resultat.lav_regnskaber()
    assert Regnskab.objects.count() == antal
