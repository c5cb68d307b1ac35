"""The line "Regulering vedr. tidligere år" in forms, tariffs and pages, and that nothing of it is ever lost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypotesevalg
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.grunddata import indlaes_omraade
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Organisation
from takster import hentning
from takster.enums import Skematilstand
from takster.handlinger import hensaettelser, skemaer
from takster.handlinger.offentliggoerelse import gem_takst
from takster.hentning_regulering import hent_regulering, hent_reguleringer
from takster.hentning_resultat import pligtstatus
from takster.models import Reguleringspligt, Takstskema
from tests.takster.conftest import I_DAG
from tests.takster.factories import (
    IndberetningFactory,
    PLsatsFactory,
    RegelsaetFactory,
    RundeFactory,
    SkemaFactory,
    TakstFactory,
    TilbudFactory,
    YdelseFactory,
)
from tests.takster.resultathjaelp import SYSTEM
from tests.takster.skemahjaelp import formulardata

pytestmark = pytest.mark.django_db
NU = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


def pligt(tilbud, beloeb: str = "-370000.00", *, senest: int = 2027, tidligst: int | None = None, **felter):
    return Reguleringspligt.objects.create(
        driftsherre=tilbud.driftsherre,
        tilbud=tilbud,
        beloeb=Decimal(beloeb),
        oprindelsesaar=2025,
        regel="T25",
        tidligst_aar=tidligst or senest - 1,
        senest_aar=senest,
        betegnelse="Overskud fra 2025, der føres tilbage",
        **felter,
    )


def linje(skema) -> Decimal:
    return hent_regulering(Takstskema.objects.til_beregning().get(pk=skema.pk)).i_alt


def beregn(skema):
    skema = Takstskema.objects.til_beregning().get(pk=skema.pk)
    return hentning.beregn_gemt(skema, hentning.hent_omgivelser(skema, I_DAG))


@pytest.fixture
def egen(organisationer):
    return IndberetningFactory(runde=RundeFactory(), driftsherre=organisationer["aalborg"])


@pytest.fixture
def skema(egen):
    return SkemaFactory(udfyldt=True, indberetning=egen)


class TestLinjen:
    @pytest.mark.regel("T25", "T48")
    def test_i_det_sidste_aar_er_alt_med_i_grundlaget(self, skema):
        pligt(skema.ydelse.tilbud)
        assert beregn(skema).data.grundlag.i_alt == Decimal("7630000.00")
        assert beregn(skema).kan_indsendes

    @pytest.mark.regel("T25")
    def test_i_det_foerste_aar_vaelger_driftsherren(self, skema, adgang):
        p = pligt(skema.ydelse.tilbud, senest=2028)
        assert linje(skema) == 0
        skema = hensaettelser.vaelg_regulering(
            skema,
            adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER),
            version=skema.version,
            valgt={p.pk: Decimal("-120000.00")},
        )
        assert linje(skema) == Decimal("-120000.00")

    @pytest.mark.regel("T27")
    def test_for_sent_er_med_og_siges(self, skema):
        pligt(skema.ydelse.tilbud, "300000.00", senest=2026, tidligst=2026)
        beregning = beregn(skema)
        assert beregning.data.regulering == Decimal(300_000)
        assert "regulering_for_sent" in [fund.kode for fund in beregning.fund]

    def test_annullerede_og_fremtidige_er_ikke_med(self, skema):
        pligt(skema.ydelse.tilbud, annulleret_tidspunkt=NU)
        pligt(skema.ydelse.tilbud, senest=2029)
        assert beregn(skema).data.beregnet_regulering is None

    @pytest.mark.regel("T48")
    def test_deles_paa_tilbuddets_skemaer_til_oeren(self, skema):
        andre = [
            SkemaFactory(indberetning=skema.indberetning, ydelse=YdelseFactory(tilbud=skema.ydelse.tilbud))
            for _ in range(2)
        ]
        for et, grundlag in zip([skema, *andre], ("5000000", "2000000", "1000000"), strict=True):
            TakstFactory(ydelse=et.ydelse, grundlag=Decimal(grundlag))
        pligt(skema.ydelse.tilbud, "-100000.01")
        dele = [linje(et) for et in [skema, *andre]]
        assert dele == [Decimal("-62500.01"), Decimal("-25000.00"), Decimal("-12500.00")]

    @pytest.mark.regel("T30")
    def test_en_ydelses_regnskab_rammer_kun_den(self, skema):
        anden = SkemaFactory(indberetning=skema.indberetning, ydelse=YdelseFactory(tilbud=skema.ydelse.tilbud))
        pligt(skema.ydelse.tilbud, ydelse=skema.ydelse)
        assert (linje(skema), linje(anden)) == (Decimal(-370_000), 0)

    def test_en_nedlagt_ydelses_regulering_glemmes_ikke(self, skema):
        nedlagt = YdelseFactory(tilbud=skema.ydelse.tilbud)
        pligt(skema.ydelse.tilbud, ydelse=nedlagt)
        assert linje(skema) == Decimal(-370_000)

    @pytest.mark.regel("T61")
    def test_raten_af_det_foerste_aars_tab(self, skema):
        for aar in (2026, 2027, 2028):
            pligt(skema.ydelse.tilbud, "100000.00", senest=aar, tidligst=aar)
        assert linje(skema) == Decimal(200_000)

    @pytest.mark.regel("T33", "T48")
    def test_et_skema_uden_budget_baerer_ingenting(self, skema):
        tillaeg = SkemaFactory(
            indberetning=skema.indberetning, ydelse=YdelseFactory(tilbud=skema.ydelse.tilbud, taksttype="tillaeg")
        )
        pligt(skema.ydelse.tilbud)
        assert (linje(skema), linje(tillaeg)) == (Decimal(-370_000), 0)

    def test_mange_skemaer_koster_to_foresporgsler(self, skema, django_assert_num_queries):
        skemaer_ = [skema, *(SkemaFactory(udfyldt=True, indberetning=skema.indberetning) for _ in range(3))]
        hentede = list(Takstskema.objects.til_beregning().filter(pk__in=[et.pk for et in skemaer_]))
        with django_assert_num_queries(1):
            hent_reguleringer(hentede)
        for et in skemaer_:
            pligt(et.ydelse.tilbud)
        with django_assert_num_queries(2):
            linjer = hent_reguleringer(hentede)
        assert {linje.i_alt for linje in linjer.values()} == {Decimal(-370_000)}
        assert len(linjer) == 4


class TestValg:
    def test_hoejst_resten_og_rigtigt_fortegn(self, skema):
        p = pligt(skema.ydelse.tilbud, senest=2028)
        for forkert in ("-370000.01", "1.00"):
            with pytest.raises(ValidationError, match="vælg et beløb mellem"):
                hensaettelser.vaelg_regulering(
                    skema, adgang=SYSTEM, version=skema.version, valgt={p.pk: Decimal(forkert)}
                )

    def test_det_pligtige_kan_ikke_vaelges(self, skema):
        p = pligt(skema.ydelse.tilbud)
        with pytest.raises(ValidationError, match="ændret i mellemtiden"):
            hensaettelser.vaelg_regulering(skema, adgang=SYSTEM, version=skema.version, valgt={p.pk: Decimal(0)})

    def test_ikke_mens_et_skema_der_deler_er_indsendt(self, skema):
        p = pligt(skema.ydelse.tilbud, senest=2028)
        SkemaFactory(
            udfyldt=True,
            indberetning=skema.indberetning,
            ydelse=YdelseFactory(tilbud=skema.ydelse.tilbud),
            tilstand=Skematilstand.INDSENDT,
        )
        with pytest.raises(ValidationError, match="Træk det tilbage først"):
            hensaettelser.vaelg_regulering(skema, adgang=SYSTEM, version=skema.version, valgt={p.pk: Decimal(-1)})

    def test_version_og_rolle(self, skema, adgang):
        p = pligt(skema.ydelse.tilbud, senest=2028)
        with pytest.raises(Versionskonflikt):
            hensaettelser.vaelg_regulering(skema, adgang=SYSTEM, version=99, valgt={p.pk: Decimal(-1)})
        for mig in (adgang(Rolle.DRIFTSHERRE_GODKENDER), adgang(Rolle.SEKRETARIAT)):
            with pytest.raises(PermissionDenied):
                hensaettelser.vaelg_regulering(skema, adgang=mig, version=1, valgt={p.pk: Decimal(-1)})


class TestOffentliggoerelse:
    @pytest.mark.regel("T48")
    def test_fryses_i_taksten_og_resten_regnes_efter(self, skema):
        p = pligt(skema.ydelse.tilbud)
        takst = gem_takst(Takstskema.objects.til_beregning().get(pk=skema.pk), nu=NU)
        assert takst.grundlag == Decimal("7630000.00")
        assert Decimal(takst.beregning.data["regulering"]) == Decimal(-370_000)
        assert any(trin["regel"] == "T25" for trin in takst.beregning.data["trin"])
        (status,) = pligtstatus([p])
        assert (status.i_alt, status.rest) == (Decimal(-370_000), 0)

    def test_en_ny_version_af_taksten_taeller_en_gang(self, skema):
        p = pligt(skema.ydelse.tilbud)
        for _ in range(2):
            gem_takst(Takstskema.objects.til_beregning().get(pk=skema.pk), nu=NU)
        assert pligtstatus([p])[0].rest == 0

    def test_det_sene_skema_baerer_det_de_andre_mangler(self, skema):
        sent = SkemaFactory(
            udfyldt=True, indberetning=skema.indberetning, ydelse=YdelseFactory(tilbud=skema.ydelse.tilbud)
        )
        p = pligt(skema.ydelse.tilbud, "-100.01")
        gem_takst(Takstskema.objects.til_beregning().get(pk=skema.pk), nu=NU)
        Takstskema.objects.filter(pk=skema.pk).update(
            tilstand="offentliggjort", indsendt_tidspunkt=NU, godkendt_tidspunkt=NU
        )
        indregnet = pligtstatus([p])[0].i_alt
        assert indregnet + linje(sent) == Decimal("-100.01")


class TestSider:
    def test_skemaet_kontrolsiden_panelet_og_pdf(self, skema, log_ind):
        pligt(skema.ydelse.tilbud)
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        ret = klient.get(reverse("takster:skema_ret", kwargs={"pk": skema.pk})).text
        assert 'data-regulering="-370000.00"' in ret
        assert "Hele resten skal med i 2027" in ret
        assert "7.630.000" in ret
        for navn in ("skema", "skema_indsend"):
            tekst = klient.get(reverse(f"takster:{navn}", kwargs={"pk": skema.pk})).text
            assert "Heraf regulering vedr. tidligere år" in tekst
            assert "−370.000" in tekst
        skemaer.indsend(Takstskema.objects.get(pk=skema.pk), adgang=SYSTEM)
        svar = klient.get(reverse("takster:skema_pdf", kwargs={"pk": skema.pk}))
        assert svar.content.startswith(b"%PDF")
        tekst = log_ind(Rolle.SEKRETARIAT).get(reverse("takster:skema_gennemgaa", kwargs={"pk": skema.pk})).text
        assert "Regulering vedr. tidligere år" in tekst
        assert tekst.count("7.630.000") > 1

    def test_antal_foresporgsler_er_fast(self, skema, log_ind, django_assert_max_num_queries):
        pligt(skema.ydelse.tilbud)
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        url = reverse("takster:skema_ret", kwargs={"pk": skema.pk})
        # A process remembers where rules are explained; the first page of a test costs one query more.
        klient.get(url)
        with django_assert_max_num_queries(15):
            klient.get(url)

    @pytest.mark.regel("T48")
    def test_linjen_kan_ikke_skrives_ind(self, skema, log_ind):
        pligt(skema.ydelse.tilbud)
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        data = formulardata(skema, regulering="0", linje_regulering="0")
        klient.post(reverse("takster:skema_ret", kwargs={"pk": skema.pk}), data)
        assert linje(skema) == Decimal(-370_000)

    def test_valget_gennem_siden(self, skema, log_ind):
        p = pligt(skema.ydelse.tilbud, senest=2028)
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        url = reverse("takster:skema_regulering", kwargs={"pk": skema.pk})
        assert "skal være med senest i 2028" in klient.get(url).text
        felt = f"pligt_{p.pk}"
        svar = klient.post(url, {felt: "400.000", "version": skema.version})
        assert svar.status_code == 422
        assert 'value="400.000"' in svar.text
        svar = klient.post(url, {felt: "100.000", "version": skema.version}, follow=True)
        assert "Valget er gemt" in svar.text
        assert 'data-regulering="-100000.00"' in svar.text
        svar = klient.post(url, {felt: "50.000", "version": skema.version})
        assert svar.status_code == 409
        assert 'value="50.000"' in svar.text

    def test_uden_noget_at_vaelge(self, skema, log_ind):
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(
            reverse("takster:skema_regulering", kwargs={"pk": skema.pk}), follow=True
        )
        assert "ingen regulering at vælge" in svar.text

    def test_listen_viser_taksten_med_reguleringen(self, skema, log_ind):
        pligt(skema.ydelse.tilbud)
        PLsatsFactory()
        takst = beregn(skema).takst.takst
        url = reverse("takster:indberetning_driftsherre", kwargs={"aar": 2027, "slug": "aalborg"})
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(url)
        assert f"{takst:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".") in svar.text


class TestIntetGaarTabt(TestCase):
    """Σ obligations = Σ included + rest at all times, whatever is chosen, published and left out on the way."""

    @hypotesevalg(max_examples=15, deadline=None)
    @given(
        beloeb=st.lists(
            st.decimals(min_value=-500_000, max_value=500_000, places=2).filter(bool), min_size=1, max_size=3
        ),
        andele=st.lists(st.integers(min_value=0, max_value=100), min_size=3, max_size=3),
        offentliggoer=st.lists(st.booleans(), min_size=6, max_size=6),
    )
    @pytest.mark.regel("T25", "T27", "T48")
    def test_sum_af_pligter_er_indregnet_og_rest(self, beloeb, andele, offentliggoer):
        indlaes_omraade()
        regelsaet = RegelsaetFactory()
        tilbud = TilbudFactory(driftsherre=Organisation.objects.get(slug="aalborg"))
        ydelser = [YdelseFactory(tilbud=tilbud) for _ in range(2)]
        pligter = [pligt(tilbud, str(et), senest=2028) for et in beloeb]
        udfald = iter(offentliggoer)
        for aar in (2027, 2028, 2029):
            indberetning = IndberetningFactory(
                runde=RundeFactory(aar=aar, regelsaet=regelsaet), driftsherre=tilbud.driftsherre
            )
            aarets = [SkemaFactory(udfyldt=True, indberetning=indberetning, ydelse=ydelse) for ydelse in ydelser]
            linjer = hent_regulering(Takstskema.objects.til_beregning().get(pk=aarets[0].pk)).andele
            valgt = {
                andel.pligt: (andel.linje.rest * procent / 100).quantize(Decimal("0.01"))
                for andel, procent in zip(linjer, andele, strict=False)
                if not andel.linje.er_pligtig
            }
            if valgt:
                hensaettelser.vaelg_regulering(aarets[0], adgang=SYSTEM, version=1, valgt=valgt)
            ventende = sum((status.rest for status in pligtstatus(pligter)), Decimal(0))
            if aar >= 2028:
                assert sum((linje(skema) for skema in aarets), Decimal(0)) == ventende
            for skema in aarets:
                if next(udfald) or aar == 2029:
                    gem_takst(Takstskema.objects.til_beregning().get(pk=skema.pk), nu=NU)
                    Takstskema.objects.filter(pk=skema.pk).update(
                        tilstand="offentliggjort", indsendt_tidspunkt=NU, godkendt_tidspunkt=NU
                    )
                status = pligtstatus(pligter)
                assert sum(et.i_alt + et.rest for et in status) == sum(beloeb)
        assert all(status.rest == 0 for status in pligtstatus(pligter))
