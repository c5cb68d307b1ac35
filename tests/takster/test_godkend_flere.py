"""Approving many forms in one press: which are taken, which are left and why, and what it costs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from takster import hentning
from takster.enums import Skematilstand
from takster.handlinger import godkendelse, kommentarer, skemaer
from takster.models import Takstlinje, Takstskema
from tests.takster.factories import (
    FELTER,
    LINJER,
    IndberetningFactory,
    PLsatsFactory,
    RundeFactory,
    SkemaFactory,
    TakstFactory,
    TilbudFactory,
    YdelseFactory,
)
from tests.takster.taelling import forespoergsler, kraev_fast_antal
from tilbud.models import Ydelse

pytestmark = pytest.mark.django_db
SYSTEM = Adgang.system()
LAV_BELAEGNING = {
    "belaegningsprincip": "forventning",
    "belaegning_pct": Decimal("94.90"),
    "belaegning_begrundelse": "Ombygning af den ene fløj",
}


@pytest.fixture
def egen(organisationer):
    return IndberetningFactory(runde=RundeFactory(), driftsherre=organisationer["aalborg"])


def indsendt(indberetning, **felter) -> Takstskema:
    return SkemaFactory(udfyldt=True, indberetning=indberetning, tilstand=Skematilstand.INDSENDT, **felter)


def godkend(egen, *skemaerne, adgang=SYSTEM) -> Haendelse:
    versioner = {skema.pk: skema.version for skema in skemaerne}
    return godkendelse.godkend_flere(egen.runde, adgang=adgang, versioner=versioner)


class TestHandling:
    def test_de_rene_godkendes_og_resten_bliver_med_grund(self, egen):
        ren, kommenteret = indsendt(egen), indsendt(egen)
        afviger = indsendt(egen, **LAV_BELAEGNING)
        kladde = SkemaFactory(indberetning=egen)
        kommentarer.noter(kommenteret, adgang=SYSTEM, felt="", tekst="Vent")
        data = godkend(egen, ren, afviger, kommenteret, kladde).data
        assert data["godkendte"] == [ren.pk]
        grunde = dict(map(tuple, data["efterladte"]))
        assert grunde[kommenteret.pk] == godkendelse.HAR_KOMMENTARER
        assert grunde[kladde.pk] == godkendelse.IKKE_INDSENDT
        assert "94,9" in grunde[afviger.pk]
        tilstande = dict(Takstskema.objects.values_list("pk", "tilstand"))
        assert tilstande == {
            ren.pk: "godkendt",
            afviger.pk: "indsendt",
            kommenteret.pk: "indsendt",
            kladde.pk: "kladde",
        }
        haendelse = Haendelse.objects.for_objekt(ren).filter(handling="takstskema_godkendt").get()
        assert (haendelse.fra_tilstand, haendelse.til_tilstand) == ("indsendt", "godkendt")
        assert haendelse.vedroerer == egen.driftsherre

    def test_aendret_siden_siden_blev_vist(self, egen):
        skema = indsendt(egen)
        Takstskema.objects.filter(pk=skema.pk).update(version=2)
        assert godkend(egen, skema).data["efterladte"] == [[skema.pk, godkendelse.AENDRET]]

    def test_skemaer_fra_andre_runder_roeres_ikke(self, egen):
        andet = indsendt(IndberetningFactory(runde=RundeFactory(aar=2026), driftsherre=egen.driftsherre))
        with pytest.raises(ValidationError, match="mindst ét"):
            godkend(egen, andet)

    def test_kun_sekretariatet(self, egen, adgang):
        for rolle in (Rolle.DRIFTSHERRE_GODKENDER, Rolle.DAS_MEDLEM, Rolle.TAKSTGRUPPE):
            with pytest.raises(PermissionDenied):
                godkend(egen, indsendt(egen), adgang=adgang(rolle))

    def test_en_mail_til_hver_driftsherre(
        self, egen, organisationer, bruger_med, mailoutbox, django_capture_on_commit_callbacks
    ):
        nabo = IndberetningFactory(runde=egen.runde, driftsherre=organisationer["hjoerring"])
        for slug in ("aalborg", "hjoerring"):
            bruger_med(Rolle.DRIFTSHERRE_GODKENDER, organisation=slug)
        skemaerne = [indsendt(egen), indsendt(egen), indsendt(nabo)]
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            godkend(egen, *skemaerne)
        assert sorted(mail.subject.replace("\u00a0", " ") for mail in mailoutbox) == [
            "1 takstskema for 2027 er godkendt",
            "2 takstskemaer for 2027 er godkendt",
        ]

    @pytest.mark.langsom
    def test_800_skemaer(self, egen):
        """The whole press stays within two statements per form; the rows are made without the actions."""
        PLsatsFactory()
        tilbud = TilbudFactory(driftsherre=egen.driftsherre)
        ydelser = Ydelse.objects.bulk_create(
            [
                Ydelse(
                    tilbud=tilbud, slug=f"y{nr}", navn=f"Ydelse {nr}", enhed="doegn", beskrivelse="Bolig og støtte."
                )
                for nr in range(800)
            ]
        )
        nu = timezone.now()
        skemaerne = Takstskema.objects.bulk_create(
            [
                Takstskema(
                    indberetning=egen,
                    ydelse=ydelse,
                    enhed="doegn",
                    tilstand=Skematilstand.INDSENDT,
                    indsendt_tidspunkt=nu,
                    **FELTER,
                )
                for ydelse in ydelser
            ]
        )
        Takstlinje.objects.bulk_create(
            [Takstlinje(skema=skema, post=kode, beloeb=tal) for skema in skemaerne for kode, tal in LINJER.items()]
        )
        antal = forespoergsler(lambda: godkend(egen, *skemaerne))
        assert Takstskema.objects.filter(tilstand=Skematilstand.GODKENDT).count() == 800
        assert antal < 2 * 800


class TestFlereEllerEt:
    def test_samme_svar_som_et_ad_gangen(self, egen, organisationer):
        """The bulk fetch and the single one see the same surroundings."""
        PLsatsFactory()
        nabo = IndberetningFactory(runde=egen.runde, driftsherre=organisationer["hjoerring"], overhead_metode="")
        for indberetning in (egen, nabo):
            for felter in ({}, LAV_BELAEGNING, {"pladser": Decimal(12)}):
                TakstFactory(ydelse=indsendt(indberetning, **felter).ydelse)
        skemaerne = list(godkendelse.til_vurdering(Takstskema.objects.all()).order_by("pk"))
        dato = timezone.localdate()
        samlet = hentning.hent_omgivelser_flere(skemaerne, dato)
        for skema in skemaerne:
            assert samlet[skema.pk] == hentning.hent_omgivelser(skema, dato)

    def test_fast_antal_foresporgsler(self, egen):
        def lav(antal: int) -> None:
            for _ in range(antal):
                TakstFactory(ydelse=indsendt(egen).ydelse)

        def hent() -> None:
            skemaerne = list(godkendelse.til_vurdering(Takstskema.objects.all()))
            hentning.beregn_flere(skemaerne, timezone.localdate())

        kraev_fast_antal(hent, lav)


class TestSiden:
    URL = "/takster/runder/2027/godkend/"

    def test_de_rene_har_kryds_og_resten_en_grund(self, log_ind, egen):
        ren, afviger = indsendt(egen), indsendt(egen, **LAV_BELAEGNING)
        svar = log_ind(Rolle.SEKRETARIAT).get(self.URL)
        assert [post["skema"].pk for post in svar.context["klar"]] == [ren.pk]
        assert [post["skema"].pk for post in svar.context["hindrede"]] == [afviger.pk]
        assert f'value="{ren.pk}:1"' in svar.text
        assert f'value="{afviger.pk}:1"' not in svar.text

    def test_en_side_ad_gangen(self, log_ind, egen):
        """Only what is shown is calculated, and what is posted from a page is approved whichever page it is."""
        skemaerne = [indsendt(egen, ydelse=YdelseFactory(tilbud__navn=f"Hus {nr:02}")) for nr in range(12)]
        klient = log_ind(Rolle.SEKRETARIAT)
        foerste = klient.get(f"{self.URL}?per_page=10")
        anden = klient.get(f"{self.URL}?per_page=10&page=2")
        assert [len(svar.context["klar"]) for svar in (foerste, anden)] == [10, 2]
        assert {post["skema"] for svar in (foerste, anden) for post in svar.context["klar"]} == set(skemaerne)
        assert "Viser <strong>11–12</strong>" in anden.text
        valgte = [post["vaerdi"] for post in anden.context["klar"]]
        klient.post(f"{self.URL}?per_page=10&page=2", {"skema": valgte})
        assert Takstskema.objects.filter(tilstand=Skematilstand.GODKENDT).count() == 2

    @pytest.mark.parametrize("parametre", ["page=99", "page=x", "per_page=x", "per_page=100000", "page=-1"])
    def test_sider_der_ikke_findes(self, log_ind, egen, parametre):
        indsendt(egen)
        svar = log_ind(Rolle.SEKRETARIAT).get(f"{self.URL}?{parametre}")
        assert (svar.status_code, len(svar.context["klar"])) == (200, 1)

    def test_kvittering(self, log_ind, egen):
        ren, afviger = indsendt(egen), indsendt(egen, **LAV_BELAEGNING)
        klient = log_ind(Rolle.SEKRETARIAT)
        svar = klient.post(self.URL, {"skema": [f"{ren.pk}:1", f"{afviger.pk}:1", "vrøvl", "1:2:3", "٣:1"]})
        haendelse = Haendelse.objects.get(handling=godkendelse.SAMLET)
        assert svar.url == reverse("takster:godkend_kvittering", kwargs={"aar": 2027, "haendelse": haendelse.pk})
        tekst = klient.get(svar.url).text.replace("\u00a0", " ")
        assert "1 skema er godkendt" in tekst
        assert afviger.ydelse.tilbud.navn in tekst
        assert "94,9 %" in tekst

    def test_ingen_valgt(self, log_ind, egen):
        indsendt(egen)
        svar = log_ind(Rolle.SEKRETARIAT).post(self.URL, {})
        assert svar.status_code == 422
        assert "Vælg mindst ét skema" in svar.text

    def test_andre_haendelser_er_ikke_kvitteringer(self, log_ind, egen):
        skema = indsendt(egen)
        skemaer.godkend(skema, adgang=SYSTEM)
        haendelse = Haendelse.objects.first()
        adresse = reverse("takster:godkend_kvittering", kwargs={"aar": 2027, "haendelse": haendelse.pk})
        assert log_ind(Rolle.SEKRETARIAT).get(adresse).status_code == 404

    def test_antal_foresporgsler_er_fast(self, log_ind, egen):
        def lav(antal: int) -> None:
            for _ in range(antal):
                TakstFactory(ydelse=indsendt(egen, ydelse=YdelseFactory()).ydelse)

        klient = log_ind(Rolle.SEKRETARIAT)
        kraev_fast_antal(lambda: klient.get(self.URL), lav)
