"""Cases about tilbud: change of category (T3-T5) and other financing than a tariff (T10), from page to effect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse, Sag
from socialaftale.kerne.sager import handlinger, kompetence
from socialaftale.kerne.sager.enums import Instans, Sagstilstand, Udfald
from socialaftale.kerne.sager.grunddata import indlaes_kompetence
from socialaftale.kerne.sager.register import Vindue
from tests.kerne.pdffiler import lav_pdf
from tests.tilbud.factories import (
    AftalestatusFactory,
    KoeberkommuneFactory,
    TilbudFactory,
    TilbudslovgrundlagFactory,
    YdelseFactory,
)
from tilbud.models import Koeberkommune, Tilbud, Ydelse
from tilbud.registre import indmeldingsvinduer

pytestmark = pytest.mark.django_db
VINDUE = Vindue(2027, dt.date(2026, 8, 15), dt.date(2026, 10, 31))
BESLUT = {"dato": dt.date(2026, 10, 20), "reference": "DAS, punkt 8", "tekst": "Fordi"}


@pytest.fixture(autouse=True)
def ur() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(dt.datetime(2026, 10, 20, 10, tzinfo=dt.UTC), tick=False) as rejse:
        yield rejse


@pytest.fixture(autouse=True)
def vindue() -> Iterator[dict[str, Vindue | None]]:
    """The tariff round as the tests want it; the real one is takster's own test."""
    valgt: dict[str, Vindue | None] = {"vindue": VINDUE}
    rigtige = dict(indmeldingsvinduer._poster)
    indmeldingsvinduer._poster.clear()
    indmeldingsvinduer.tilfoej("proeve", lambda organisation, dato: valgt["vindue"])
    yield valgt
    indmeldingsvinduer._poster.clear()
    indmeldingsvinduer._poster.update(rigtige)


@pytest.fixture
def tilbud(organisationer) -> Tilbud:
    indlaes_kompetence()
    tilbud = TilbudFactory(driftsherre=organisationer["aalborg"], kategori=3, slug="kildevang", navn="Kildevang")
    TilbudslovgrundlagFactory(tilbud=tilbud)
    AftalestatusFactory(tilbud=tilbud)
    for slug in ("rebild", "hjoerring"):
        KoeberkommuneFactory(tilbud=tilbud, kommune=organisationer[slug], aar=2025)
    return tilbud


@pytest.fixture
def skriv(tilbud, organisationer, log_ind):
    """`skriv(til="2", ...)`: the application as the operator's godkender fills it in on the page."""

    def lav(til: str = "2", koebere=("rebild", "hjoerring"), begrundelse="To kommuner er få her.", **felter) -> Sag:
        url = reverse("sager:ny", kwargs={"art": "kategoriaendring", "objekt": str(tilbud.pk)})
        data = {"til": til, "koebere": [organisationer[slug].pk for slug in koebere], "begrundelse": begrundelse}
        svar = log_ind(Rolle.DRIFTSHERRE_GODKENDER).post(url, data | felter)
        assert svar.status_code == 302, svar.text
        return Sag.objects.latest("pk")

    return lav


def _koder(sag: Sag) -> set[str]:
    return {fund.kode for fund in handlinger.kontroller(sag) if fund.blokerer}


def _til_beslutning(sag: Sag, adgang) -> Sag:
    sag = handlinger.indsend(sag, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
    return handlinger.saet_paa_dagsorden(
        sag, adgang=adgang(Rolle.SEKRETARIAT), moededato=BESLUT["dato"], moedepunkt="punkt 8"
    )


def _godkend(sag: Sag, adgang) -> Sag:
    return handlinger.beslut(
        _til_beslutning(sag, adgang), adgang=adgang(Rolle.SEKRETARIAT), udfald=Udfald.GODKENDT, **BESLUT
    )


class TestKategori:
    def test_formularen_begynder_med_registrets_koebere(self, tilbud, log_ind, organisationer):
        url = reverse("sager:ny", kwargs={"art": "kategoriaendring", "objekt": str(tilbud.pk)})
        tekst = log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(url).text
        for slug, valgt in (("rebild", True), ("hjoerring", True), ("thisted", False)):
            felt = tekst.split(f'name="koebere" value="{organisationer[slug].pk}"')[1].split(">")[0]
            assert ("checked" in felt) is valgt

    @pytest.mark.regel("T5")
    def test_liste_og_begrundelse_skal_til(self, skriv):
        assert _koder(skriv(koebere=(), begrundelse="")) == {"skift_uden_koebere", "skift_uden_begrundelse"}

    @pytest.mark.regel("T3")
    def test_kategori_1_med_koebere_er_en_fejl(self, skriv):
        assert "kategori_1_med_koebere" in _koder(skriv(til="1"))

    @pytest.mark.regel("T3")
    def test_undtaget_kraever_aftale_og_tre_kapitler(self, skriv, log_ind):
        sag = skriv(til="2u", kapitel_3="on", kapitel_4="on")
        assert _koder(sag) == {"undtagelse_uden_aftale", "undtagelse_uden_kapitel"}
        klient = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        klient.post(
            reverse("sager:bilag_tilfoej", kwargs={"nummer": sag.nummer}),
            {"fil": SimpleUploadedFile("Aftale.pdf", lav_pdf("Aftale")), "art": "aftale"},
        )
        assert _koder(sag) == {"undtagelse_uden_kapitel"}
        tekst = klient.get(reverse("sager:ret", kwargs={"nummer": sag.nummer})).text
        assert tekst.count("checked") >= 5
        handlinger.gem(
            sag,
            adgang=_adgang_af(klient),
            version=sag.version,
            begrundelse=sag.begrundelse,
            data={**sag.data, "kapitler": [3, 4, 7]},
        )
        assert _koder(Sag.objects.get()) == set()

    @pytest.mark.regel("T4")
    def test_uden_for_vinduet_bliver_det_en_kladde(self, skriv, vindue, adgang, log_ind):
        vindue["vindue"] = None
        sag = skriv()
        with pytest.raises(ValidationError, match="gemt som kladde"):
            handlinger.indsend(sag, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
        assert (
            "Vinduet for ind- og udmelding er lukket"
            in log_ind(Rolle.DRIFTSHERRE_GODKENDER).get(sag.get_absolute_url()).text
        )
        vindue["vindue"] = VINDUE
        assert handlinger.indsend(sag, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER)).virkningsdato == dt.date(2027, 1, 1)

    @pytest.mark.regel("T5")
    def test_das_afgoer_medmindre_den_har_overladt_det(self, skriv, adgang):
        from socialaftale.kerne.models import Beslutningskompetence

        assert handlinger.indsend(skriv(), adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER)).instans == Instans.DAS
        kompetence.overlad(
            Beslutningskompetence.objects.get(noegle="kategoriaendring"),
            adgang=adgang(Rolle.SEKRETARIAT),
            dato=BESLUT["dato"],
            reference="DAS, punkt 2",
        )
        assert handlinger.indsend(skriv(), adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER)).instans == Instans.FU

    @pytest.mark.regel("T5", "T3")
    def test_virkning_den_1_januar_og_det_gamle_bliver_staaende(self, skriv, tilbud, adgang, ur, log_ind):
        sag = _godkend(skriv(), adgang)
        call_command("udfoer_sager")
        tilbud.refresh_from_db()
        assert tilbud.kategori == 3
        ur.move_to(dt.datetime(2027, 1, 1, 6, tzinfo=dt.UTC))
        call_command("udfoer_sager")
        call_command("udfoer_sager")
        tilbud.refresh_from_db()
        assert tilbud.kategori == 2
        assert [(p.kategori, p.fra_aar, p.til_aar) for p in tilbud.kategoriperioder.all()] == [
            (2, 2027, None),
            (3, None, 2026),
        ]
        assert [(s.aar, s.i_socialaftale) for s in tilbud.aftalestatus.all()] == [(2027, True), (2023, True)]
        assert Koeberkommune.objects.filter(tilbud=tilbud, aar=2026).count() == 2
        historik = Haendelse.objects.for_objekt(tilbud).first()
        assert sag.nummer in historik.begrundelse
        tekst = log_ind(Rolle.SEKRETARIAT).get(tilbud.get_absolute_url()).text
        assert "Kategori 3" in tekst
        assert sag.nummer in tekst

    @pytest.mark.regel("T5")
    def test_en_beslutning_efter_nytaar_kan_ikke_godkendes(self, skriv, adgang, ur):
        sag = _til_beslutning(skriv(), adgang)
        ur.move_to(dt.datetime(2027, 1, 4, 10, tzinfo=dt.UTC))
        with pytest.raises(ValidationError, match="i løbet af året"):
            handlinger.beslut(
                sag,
                adgang=adgang(Rolle.SEKRETARIAT),
                udfald=Udfald.GODKENDT,
                **BESLUT | {"dato": dt.date(2027, 1, 4)},
            )

    def test_undtaget_tager_tilbuddet_ud_af_aftalen(self, skriv, tilbud, adgang, ur, organisationer):
        sag = skriv(til="2u", kapitel_3="on", kapitel_4="on", kapitel_7="on")
        from socialaftale.kerne.sager import bilag

        bilag.tilfoej(sag, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER), filnavn="a.pdf", data=b"%PDF-1.7", art="aftale")
        _godkend(sag, adgang)
        ur.move_to(dt.datetime(2027, 1, 1, 6, tzinfo=dt.UTC))
        call_command("udfoer_sager")
        assert tilbud.kategoriperioder.first().er_undtaget
        assert Tilbud.objects.med_aftalestatus(2026).get(pk=tilbud.pk).i_aftalen is True
        assert Tilbud.objects.med_aftalestatus(2027).get(pk=tilbud.pk).i_aftalen is False

    @pytest.mark.regel("T2")
    def test_regionens_tilbud_kan_ikke_undtages(self, skriv, tilbud, organisationer):
        sag = skriv(til="2u")
        tilbud.driftsherre = organisationer["region-nordjylland"]
        tilbud.save()
        assert "regionalt_udenfor" in _koder(sag)

    def test_afslag_aendrer_intet(self, skriv, tilbud, adgang, ur):
        sag = _til_beslutning(skriv(), adgang)
        handlinger.beslut(sag, adgang=adgang(Rolle.SEKRETARIAT), udfald=Udfald.AFSLAAET, **BESLUT)
        ur.move_to(dt.datetime(2027, 1, 1, 6, tzinfo=dt.UTC))
        call_command("udfoer_sager")
        tilbud.refresh_from_db()
        assert (tilbud.kategori, tilbud.kategoriperioder.count()) == (3, 0)

    def test_vejen_fra_tilbuddets_side(self, tilbud, log_ind, django_assert_max_num_queries):
        url = reverse("sager:ny", kwargs={"art": "kategoriaendring", "objekt": str(tilbud.pk)})
        klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
        with django_assert_max_num_queries(15):
            assert url in klient.get(tilbud.get_absolute_url()).text
        for rolle, organisation in (
            (Rolle.DRIFTSHERRE_INDBERETTER, "hjoerring"),
            (Rolle.KOMMUNE_MYNDIGHED, "aalborg"),
            (Rolle.DAS_MEDLEM, "aalborg"),
        ):
            tekst = log_ind(rolle, organisation=organisation).get(tilbud.get_absolute_url()).text
            assert url not in tekst
            assert ">Sager</h2>" not in tekst

    def test_sagens_side_koster_hoejst_15_opslag(self, skriv, log_ind, django_assert_max_num_queries):
        sag = skriv(til="2u")
        klient = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        with django_assert_max_num_queries(15):
            klient.get(sag.get_absolute_url())


def _adgang_af(klient):
    from socialaftale.kerne.hatte import adgang_for
    from socialaftale.kerne.models import Bruger

    return adgang_for(Bruger.objects.get(pk=klient.session["_auth_user_id"]))


class TestFinansiering:
    @pytest.fixture
    def ydelse(self, tilbud) -> Ydelse:
        return YdelseFactory(tilbud=tilbud, enhed="time", navn="Rådgivning")

    def _skriv(self, ydelse, log_ind, **felter) -> Sag:
        url = reverse("sager:ny", kwargs={"art": "anden_finansiering", "objekt": str(ydelse.pk)})
        data = {
            "form": "abonnement",
            "grunde": ["anonym"],
            "virkningsdato": "1.1.2027",
            "begrundelse": "Fordeles efter folketal",
        }
        svar = log_ind(Rolle.DRIFTSHERRE_GODKENDER).post(url, data | felter)
        assert svar.status_code == 302, svar.text
        return Sag.objects.latest("pk")

    @pytest.mark.regel("T10")
    @pytest.mark.parametrize(
        ("felter", "koder"),
        [
            ({}, set()),
            ({"grunde": []}, {"grund_mangler"}),
            ({"form": ""}, {"form_mangler"}),
            ({"form": "takst", "grunde": []}, {"samme_form"}),
            ({"begrundelse": "Kort"}, {"ordning_mangler"}),
            ({"virkningsdato": ""}, {"virkning_mangler"}),
            ({"virkningsdato": "20.10.2026"}, {"virkning_passeret"}),
        ],
    )
    def test_grund_form_ordning_og_dato(self, felter, koder, ydelse, log_ind):
        assert _koder(self._skriv(ydelse, log_ind, **felter)) == koder

    @pytest.mark.regel("T10", "T69")
    def test_das_godkender_og_det_gaelder_fra_dagen(self, ydelse, log_ind, adgang, ur):
        sag = _godkend(self._skriv(ydelse, log_ind), adgang)
        assert sag.beslutninger.get().instans == Instans.DAS
        ydelse.refresh_from_db()
        assert ydelse.finansieringsform == "takst"
        ur.move_to(dt.datetime(2027, 1, 1, 6, tzinfo=dt.UTC))
        call_command("udfoer_sager")
        ydelse.refresh_from_db()
        assert (ydelse.finansieringsform, ydelse.finansieringsgrunde) == ("abonnement", ["anonym"])
        assert ydelse.finansiering_fra == dt.date(2027, 1, 1)
        assert Sag.objects.get().tilstand == Sagstilstand.GODKENDT
        assert "Abonnement fra den" in log_ind(Rolle.SEKRETARIAT).get(ydelse.tilbud.get_absolute_url()).text
