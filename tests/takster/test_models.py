"""Constraints of the database, scopes of the query sets, and small facts on the rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from socialaftale.kerne.enums import Rolle
from takster.enums import Rundetilstand, Skematilstand
from takster.models import (
    Indberetning,
    Indberetningsrunde,
    Kapacitetsopgoerelse,
    PLsats,
    Regnskab,
    Takst,
    Takstlinje,
    Takstskema,
)
from tests.takster.factories import IndberetningFactory, RundeFactory, SkemaFactory, TakstFactory, TilbudFactory

pytestmark = pytest.mark.django_db


def afvises(navn: str):
    """The database refuses it; SQLite names check constraints, but only the columns of unique ones."""
    return pytest.raises(IntegrityError, match=navn)


class TestConstraints:
    @pytest.mark.parametrize(
        ("felter", "navn"),
        [
            # Several constraints break at once; the databases report different ones.
            ({"tilstand": "ukendt"}, "takstskema_"),
            ({"tilstand": "indsendt"}, "takstskema_indsendt_tidspunkt"),
            ({"indsendt_tidspunkt": timezone.now}, "takstskema_indsendt_tidspunkt"),
            ({"godkendt_tidspunkt": timezone.now}, "takstskema_godkendt_tidspunkt"),
            ({"tilstand": "sendt_retur"}, "takstskema_retur_har_begrundelse"),
            ({"retur_begrundelse": "Ret"}, "takstskema_retur_har_begrundelse"),
            ({"enhed": "uge"}, "takstskema_enhed_kendt"),
            ({"belaegningsprincip": "gaet"}, "takstskema_princip_kendt"),
            ({"leasing": "begge"}, "takstskema_leasing_kendt"),
            ({"pensionsmetode": "gaet"}, "takstskema_pensionsmetode_kendt"),
            ({"afskrivningspraksis": "gaet"}, "takstskema_afskrivningspraksis_kendt"),
            ({"belaegningsgrundlag": "gaet"}, "takstskema_belaegningsgrundlag_kendt"),
        ],
    )
    def test_takstskema(self, felter, navn):
        skema = SkemaFactory()
        vaerdier = {felt: vaerdi() if callable(vaerdi) else vaerdi for felt, vaerdi in felter.items()}
        with afvises(navn), transaction.atomic():
            Takstskema.objects.filter(pk=skema.pk).update(**vaerdier)

    def test_et_indsendt_skema_er_ikke_meldt_klar(self):
        skema = SkemaFactory(udfyldt=True, tilstand=Skematilstand.INDSENDT)
        with afvises("takstskema_klar_er_kladde"), transaction.atomic():
            Takstskema.objects.filter(pk=skema.pk).update(meldt_klar_tidspunkt=timezone.now())

    def test_et_skema_pr_ydelse_i_runden(self):
        skema = SkemaFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            Takstskema.objects.create(indberetning=skema.indberetning, ydelse=skema.ydelse, enhed="doegn")

    def test_ukendt_post(self):
        with afvises("takstlinje_post_kendt"), transaction.atomic():
            Takstlinje.objects.create(skema=SkemaFactory(), post="Z99", beloeb=1)

    @pytest.mark.parametrize(
        ("felter", "navn"),
        [
            ({"tilstand": "ukendt"}, "runde_tilstand_kendt"),
            ({"aabner": None}, "runde_har_datoer"),
            ({"frist": dt.date(2026, 7, 1)}, "runde_datoer_i_orden"),
            ({"tilstand": "offentliggjort"}, "runde_offentliggjort_tidspunkt"),
            ({"er_historisk": True}, "runde_historisk_er_lukket"),
        ],
    )
    def test_runde(self, felter, navn):
        runde = RundeFactory()
        with afvises(navn), transaction.atomic():
            Indberetningsrunde.objects.filter(pk=runde.pk).update(**felter)

    @pytest.mark.parametrize(
        ("felter", "navn"),
        [
            ({"enhed": "uge"}, "takst_enhed_kendt"),
            ({"oprindelse": "gaet"}, "takst_oprindelse_kendt"),
            ({"er_eksempel": False}, "takst_indberettet_har_skema"),
            ({"gyldig_til": dt.date(2025, 1, 1)}, "takst_gyldighed_i_orden"),
        ],
    )
    def test_takst(self, felter, navn):
        takst = TakstFactory()
        with afvises(navn), transaction.atomic():
            Takst.objects.filter(pk=takst.pk).update(**felter)

    def test_kun_en_gaeldende_takst_pr_ydelse_og_aar(self):
        takst = TakstFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            TakstFactory(ydelse=takst.ydelse, version=2)

    def test_regnskab_og_kapacitet(self):
        tilbud = TilbudFactory()
        with afvises("regnskab_budget_ikke_negativt"), transaction.atomic():
            Regnskab.objects.create(tilbud=tilbud, aar=2020, aartype="realiseret", budget=-1, kilde="x")
        with afvises("kapacitetsopgoerelse_kapacitet_positiv"), transaction.atomic():
            Kapacitetsopgoerelse.objects.create(
                tilbud=tilbud, ydelse_navn="x", aar=2020, aartype="realiseret", enhed="pladser", kapacitet=0, kilde="x"
            )
        with afvises("plsats_et_aar_ad_gangen"), transaction.atomic():
            PLsats.objects.create(fra_aar=2020, til_aar=2022, sats_pct=1, kilde="x")


class TestScope:
    """Each query set: one row of every kind, and exactly who sees which."""

    @pytest.fixture
    def skemaer(self, organisationer):
        return {
            (slug, tilstand): SkemaFactory(
                udfyldt=True, indberetning__driftsherre=organisationer[slug], tilstand=tilstand
            )
            for slug in ("aalborg", "hjoerring")
            for tilstand in Skematilstand
        }

    AFGIVNE = {Skematilstand.INDSENDT, Skematilstand.GODKENDT, Skematilstand.OFFENTLIGGJORT}

    @pytest.mark.parametrize(
        ("rolle", "slugs", "tilstande"),
        [
            (Rolle.SEKRETARIAT, {"aalborg", "hjoerring"}, set(Skematilstand)),
            (Rolle.DRIFTSHERRE_INDBERETTER, {"aalborg"}, set(Skematilstand)),
            (Rolle.DRIFTSHERRE_GODKENDER, {"aalborg"}, set(Skematilstand)),
            (Rolle.REVISOR, {"aalborg"}, AFGIVNE),
            (Rolle.TAKSTGRUPPE, {"aalborg", "hjoerring"}, AFGIVNE),
            (Rolle.DAS_MEDLEM, {"aalborg", "hjoerring"}, AFGIVNE),
            (Rolle.FU_MEDLEM, set(), set()),
            (Rolle.KOMMUNE_MYNDIGHED, set(), set()),
            (Rolle.KKR_LAESER, set(), set()),
            (Rolle.PRIVAT_DRIFTSHERRE, set(), set()),
        ],
    )
    def test_takstskemaer(self, skemaer, adgang, rolle, slugs, tilstande):
        ventet = {skema.pk for (slug, tilstand), skema in skemaer.items() if slug in slugs and tilstand in tilstande}
        assert set(Takstskema.objects.synlige_for(adgang(rolle)).values_list("pk", flat=True)) == ventet

    @pytest.mark.parametrize(
        ("rolle", "antal"),
        [
            (Rolle.SEKRETARIAT, 4),
            (Rolle.DRIFTSHERRE_INDBERETTER, 1),
            (Rolle.TAKSTGRUPPE, 2),
            (Rolle.KOMMUNE_MYNDIGHED, 0),
        ],
    )
    def test_indberetninger(self, organisationer, adgang, rolle, antal):
        """Those of a round in preparation are the secretariat's own."""
        forberedes = RundeFactory(aar=2028, tilstand=Rundetilstand.KLADDE)
        for runde in (RundeFactory(), forberedes):
            for slug in ("aalborg", "hjoerring"):
                IndberetningFactory(runde=runde, driftsherre=organisationer[slug])
        assert Indberetning.objects.synlige_for(adgang(rolle)).count() == antal


class TestVindue:
    @pytest.mark.regel("T13")
    @pytest.mark.parametrize(
        ("dato", "aaben"),
        [
            (dt.date(2026, 7, 31), False),
            (dt.date(2026, 8, 1), True),
            (dt.date(2026, 10, 31), True),
            (dt.date(2026, 11, 1), False),
        ],
    )
    def test_fristen_er_den_sidste_dag(self, dato, aaben):
        assert RundeFactory().er_aaben(dato) is aaben

    @pytest.mark.regel("T13")
    def test_en_lukket_runde_er_lukket_ogsaa_inden_fristen(self):
        assert not RundeFactory(tilstand=Rundetilstand.LUKKET).er_aaben(dt.date(2026, 10, 1))

    def test_den_seneste_dato_gaelder_for_skemaet(self):
        skema = SkemaFactory()
        assert skema.rettes_senest() == dt.date(2026, 10, 31)
        skema.genaabnet_til = dt.date(2026, 11, 12)
        assert skema.rettes_senest() == dt.date(2026, 11, 12)
        assert skema.vindue_aabent(dt.date(2026, 11, 12))
        assert not skema.vindue_aabent(dt.date(2026, 11, 13))


def test_aktuel_runde_er_den_nyeste_aabne():
    RundeFactory(aar=2028, tilstand=Rundetilstand.KLADDE)
    aaben = RundeFactory(aar=2027)
    RundeFactory(aar=2019, tilstand=Rundetilstand.LUKKET, er_historisk=True, aabner=None, frist=None)
    assert Indberetningsrunde.objects.aktuel() == aaben
    Indberetningsrunde.objects.filter(aar=2027).update(tilstand=Rundetilstand.LUKKET)
    assert Indberetningsrunde.objects.aktuel() == aaben


@pytest.mark.regel("T21")
def test_faktisk_belaegning_beregnes_og_kan_overstige_100():
    """[source] Østerskoven 2019: 24.2 on 22 places is 110 %."""
    opgoerelse = Kapacitetsopgoerelse(kapacitet=Decimal(22), aktivitet=Decimal("24.2"))
    assert opgoerelse.realiseret_pct == 110
    assert Kapacitetsopgoerelse(kapacitet=Decimal(22)).realiseret_pct is None
