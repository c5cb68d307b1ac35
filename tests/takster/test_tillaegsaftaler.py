"""Agreements on supplements: who makes them, who is told, who sees them, and that nobody is named (T41)."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from takster.handlinger import tillaegsaftaler as handlinger
from takster.models import Tillaegsaftale
from takster.tillaegsdemo import EKSEMPLER, lav_tillaegsaftaler
from takster.tillaegspanel import naeste_skridt
from tests.takster.factories import TilbudFactory, YdelseFactory
from tests.takster.taelling import HOEJST, forespoergsler, kraev_fast_antal
from tests.takster.tillaegshjaelp import lav_tillaeg, lav_tillaegsaftale

pytestmark = [pytest.mark.django_db, pytest.mark.regel("T41")]
MYNDIGHED, INDBERETTER = Rolle.KOMMUNE_MYNDIGHED, Rolle.DRIFTSHERRE_INDBERETTER


@pytest.fixture
def org(organisationer):
    return organisationer


@pytest.fixture
def tillaeg(org):
    return lav_tillaeg(org["aalborg"], navn="Ekstra ledsagelse")


def opret_url(ydelse) -> str:
    return reverse("takster:tillaegsaftale_opret", kwargs={"ydelse": ydelse.pk})


def data(**aendringer) -> dict[str, str]:
    return {
        "betalingskommune": "",
        "indhold": "Ekstra ledsagelse, 3 timer om ugen",
        "metode": "ata_time",
        "pris": "335,78",
        "prisenhed": "",
        "fra": "01.02.2027",
        "til": "",
        "bekraeftet": "on",
    } | aendringer


class TestOpret:
    def test_handlekommunen_aftaler_og_betalingskommunen_faar_besked_straks(
        self, log_ind, bruger_med, tillaeg, org, mailoutbox, django_capture_on_commit_callbacks
    ):
        betaler = [bruger_med(rolle, organisation="thisted") for rolle in (MYNDIGHED, Rolle.KOMMUNE_GODKENDER)]
        bruger_med(MYNDIGHED, organisation="morsoe")
        bruger_med(INDBERETTER, organisation="thisted")
        klient = log_ind(MYNDIGHED, organisation="rebild")
        sendes = data(betalingskommune=str(org["thisted"].pk))
        with django_capture_on_commit_callbacks(execute=True):
            svar = klient.post(opret_url(tillaeg), sendes)
        aftale = Tillaegsaftale.objects.get()
        assert svar.url == aftale.get_absolute_url()
        assert (aftale.leverandoer, aftale.handlekommune, aftale.betalingskommune) == (
            org["aalborg"],
            org["rebild"],
            org["thisted"],
        )
        assert (aftale.prisenhed, aftale.til, aftale.set_tidspunkt) == ("ATA-time", None, None)
        assert sorted(mail.to[0] for mail in mailoutbox) == sorted(bruger.email for bruger in betaler)
        assert aftale.get_absolute_url() in mailoutbox[0].body
        # The mail says that there is an agreement; what it is about is read after log-in.
        assert aftale.indhold not in mailoutbox[0].body
        assert "Thisted Kommune har fået besked" in klient.get(svar.url).text

    def test_betaler_handlekommunen_selv_er_der_ingen_at_underrette(
        self, log_ind, bruger_med, tillaeg, org, mailoutbox, django_capture_on_commit_callbacks, adgang
    ):
        bruger_med(MYNDIGHED, organisation="rebild")
        with django_capture_on_commit_callbacks(execute=True):
            log_ind(INDBERETTER).post(opret_url(tillaeg), data(handlekommune=str(org["rebild"].pk)))
        aftale = Tillaegsaftale.objects.get()
        assert aftale.handlekommune == aftale.betalingskommune == org["rebild"]
        assert mailoutbox == []
        assert list(naeste_skridt(adgang(MYNDIGHED, organisation="rebild"), timezone.localdate())) == []

    def test_leverandoeren_skal_sige_hvem_der_handler(self, log_ind, tillaeg):
        svar = log_ind(INDBERETTER).post(opret_url(tillaeg), data())
        assert (svar.status_code, svar.context["fejl"][0].maal) == (422, "id_handlekommune")

    @pytest.mark.regel("T40")
    @pytest.mark.parametrize(
        ("aendring", "felt"),
        [
            ({"indhold": ""}, "indhold"),
            ({"indhold": "Ledsagelse til 010203-1234"}, "indhold"),
            ({"pris": "0"}, "pris"),
            ({"pris": "1.23"}, "pris"),
            ({"metode": ""}, "metode"),
            ({"metode": "fast_pris"}, "prisenhed"),
            ({"fra": ""}, "fra"),
            ({"til": "31.01.2027"}, "til"),
            ({"bekraeftet": ""}, "bekraeftet"),
            ({"betalingskommune": "999999"}, "betalingskommune"),
        ],
    )
    def test_det_der_mangler_staar_ved_feltet_og_intet_gaar_tabt(self, log_ind, tillaeg, aendring, felt):
        svar = log_ind(MYNDIGHED, organisation="rebild").post(opret_url(tillaeg), data(**aendring))
        assert svar.status_code == 422
        assert svar.context["fejl"][0].maal.startswith(f"id_{felt}")
        assert not Tillaegsaftale.objects.exists()
        assert ('value="335,78"' in svar.text) == ("pris" not in aendring)

    @pytest.mark.regel("T40", "T35")
    def test_fast_pris_og_fradrag(self, log_ind, tillaeg):
        sendes = data(metode="fast_pris", pris="−120", prisenhed="ridetime", til="31.12.2027")
        assert log_ind(MYNDIGHED, organisation="rebild").post(opret_url(tillaeg), sendes).status_code == 302
        aftale = Tillaegsaftale.objects.get()
        assert (aftale.pris, aftale.prisenhed) == (-120, "ridetime")

    @pytest.mark.regel("T39")
    def test_timetaksten_foelger_med_fra_beregneren(self, log_ind, tillaeg):
        klient = log_ind(MYNDIGHED, organisation="rebild")
        ata = klient.get(
            reverse("takster:ata", query={"ata_timeomkostning": "206", "ata_fravaer_pct": "33", "ata_doegn_pct": "30"})
        )
        query = ata.context["aftale_query"]
        assert query.replace("&", "&amp;") in ata.text
        vaelg = klient.get(f"{reverse('takster:tillaegsaftale_vaelg')}?{ata.context['aftale_query']}")
        assert opret_url(tillaeg) in vaelg.text
        svar = klient.get(f"{opret_url(tillaeg)}?{query}")
        assert 'value="335,78"' in svar.text

    def test_hvem_maa(self, tillaeg, org, adgang):
        for rolle, organisation in (
            (INDBERETTER, "rebild"),
            (MYNDIGHED, "thisted"),
            (Rolle.SEKRETARIAT, None),
            (Rolle.KOMMUNE_GODKENDER, "rebild"),
        ):
            if rolle == Rolle.SEKRETARIAT:
                assert not handlinger.regler.kan_lave_tillaegsaftale(adgang(rolle))
                continue
            with pytest.raises(PermissionDenied):
                lav_tillaegsaftale(
                    org["aalborg"],
                    ydelse=tillaeg,
                    handler=org["rebild"],
                    betaler=org["rebild"],
                    adgang=adgang(rolle, organisation=organisation),
                )

    def test_kun_tillaeg_og_kun_kommuner(self, tillaeg, org):
        ens = {"handler": org["rebild"], "betaler": org["rebild"]}
        with pytest.raises(ValidationError, match="tillægsydelser"):
            lav_tillaegsaftale(org["aalborg"], ydelse=YdelseFactory(tilbud=tillaeg.tilbud), **ens)
        with pytest.raises(ValidationError, match="kommuner"):
            lav_tillaegsaftale(org["aalborg"], ydelse=tillaeg, **ens | {"betaler": org["region-nordjylland"]})
        aftale = lav_tillaegsaftale(org["aalborg"], ydelse=tillaeg, **ens)
        for felter in ({"pris": 0}, {"til": "2026-01-01"}, {"metode": "x"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Tillaegsaftale.objects.filter(pk=aftale.pk).update(**felter)


class TestSet:
    @pytest.fixture
    def aftale(self, org, tillaeg):
        return lav_tillaegsaftale(org["aalborg"], ydelse=tillaeg, handler=org["rebild"], betaler=org["thisted"])

    def test_opgaven_staar_til_en_har_markeret_den(self, aftale, adgang, log_ind):
        i_dag = timezone.localdate()
        thisted = adgang(MYNDIGHED, organisation="thisted")
        (skridt,) = naeste_skridt(thisted, i_dag)
        assert skridt.antal == 1
        klient = log_ind(Rolle.KOMMUNE_GODKENDER, organisation="thisted")
        assert aftale.get_absolute_url() in klient.get(skridt.url).text
        assert "Markér som set" in klient.get(aftale.get_absolute_url()).text
        klient.post(reverse("takster:tillaegsaftale_set", kwargs={"pk": aftale.pk}))
        aftale.refresh_from_db()
        assert aftale.set_af.email.startswith("kommune-godkender.thisted")
        assert list(naeste_skridt(thisted, i_dag)) == []
        assert aftale.get_absolute_url() not in klient.get(skridt.url).text
        assert "Set af Thisted Kommune" in klient.get(aftale.get_absolute_url()).text

    def test_de_andre_har_ingen_opgave(self, aftale, adgang):
        for rolle, organisation in ((MYNDIGHED, "rebild"), (INDBERETTER, "thisted"), (Rolle.SEKRETARIAT, None)):
            assert list(naeste_skridt(adgang(rolle, organisation=organisation), timezone.localdate())) == []
        with pytest.raises(PermissionDenied):
            handlinger.marker_set(aftale, adgang=adgang(MYNDIGHED, organisation="rebild"))

    def test_en_gang_er_nok(self, aftale, adgang):
        foerst = handlinger.marker_set(aftale, adgang=adgang(MYNDIGHED, organisation="thisted"))
        igen = handlinger.marker_set(aftale, adgang=adgang(Rolle.KOMMUNE_GODKENDER, organisation="thisted"))
        assert igen.set_af == foerst.set_af


class TestSynlighed:
    def test_parterne_og_sekretariatet_ingen_andre(self, org, tillaeg, log_ind):
        aftale = lav_tillaegsaftale(org["aalborg"], ydelse=tillaeg, handler=org["rebild"], betaler=org["thisted"])
        url, liste = aftale.get_absolute_url(), reverse("takster:tillaegsaftaler")
        ser = [
            (Rolle.SEKRETARIAT, None),
            (INDBERETTER, "aalborg"),
            (Rolle.DRIFTSHERRE_GODKENDER, "aalborg"),
            (MYNDIGHED, "rebild"),
            (MYNDIGHED, "thisted"),
        ]
        # The supplier's own authority side, and the payer's own operator side, are strangers.
        fremmede = [(MYNDIGHED, "aalborg"), (INDBERETTER, "thisted"), (MYNDIGHED, "morsoe")]
        for rolle, organisation in ser:
            klient = log_ind(rolle, organisation=organisation)
            assert klient.get(url).status_code == 200
            assert url in klient.get(liste).text
        for rolle, organisation in fremmede:
            klient = log_ind(rolle, organisation=organisation)
            assert klient.get(url).status_code == 404
            assert url not in klient.get(liste).text
            assert aftale.sagsnummer.encode() not in klient.get(liste, {"format": "csv"}).content

    def test_som_pdf(self, org, tillaeg, log_ind):
        aftale = lav_tillaegsaftale(org["aalborg"], ydelse=tillaeg, handler=org["rebild"], betaler=org["thisted"])
        klient = log_ind(MYNDIGHED, organisation="thisted")
        url = reverse("takster:tillaegsaftale_pdf", kwargs={"pk": aftale.pk})
        assert url in klient.get(aftale.get_absolute_url()).text
        svar = klient.get(url)
        assert kontroller(svar.content) == []
        tekst = " ".join(side.extract_text() for side in pypdf.PdfReader(io.BytesIO(svar.content)).pages)
        tekst = tekst.replace("\u00a0", " ")
        for ventet in (aftale.sagsnummer, "335,78 kr. pr. ATA-time", "Rebild Kommune", "Thisted Kommune"):
            assert ventet in tekst

    def test_tillaeggets_side_har_vejen_for_dem_der_maa(self, tillaeg, log_ind, client):
        vej = opret_url(tillaeg)
        for rolle, organisation, ventet in (
            (MYNDIGHED, "rebild", True),
            (INDBERETTER, "aalborg", True),
            (INDBERETTER, "rebild", False),
            (Rolle.SEKRETARIAT, None, False),
        ):
            tekst = log_ind(rolle, organisation=organisation).get(tillaeg.get_absolute_url()).text
            assert (vej in tekst) == ventet
        assert vej not in client.get(tillaeg.get_absolute_url()).text

    def test_soegning_finder_tilbuddet(self, org, log_ind):
        en = lav_tillaeg(org["aalborg"], tilbud=TilbudFactory(driftsherre=org["aalborg"], navn="Ærøhus"))
        to = lav_tillaeg(org["aalborg"])
        klient = log_ind(MYNDIGHED, organisation="rebild")
        tekst = klient.get(reverse("takster:tillaegsaftale_vaelg", query={"q": "ærø"})).text
        assert (opret_url(en) in tekst, opret_url(to) in tekst) == (True, False)


def test_faste_opslag(org, log_ind, tillaeg):
    klient = log_ind(Rolle.SEKRETARIAT)
    parter = {"handler": org["rebild"], "betaler": org["thisted"]}

    def lav(antal: int) -> None:
        for _ in range(antal):
            lav_tillaegsaftale(org["aalborg"], **parter)

    kraev_fast_antal(lambda: klient.get(reverse("takster:tillaegsaftaler")), lav)
    aftale = Tillaegsaftale.objects.first()
    assert forespoergsler(lambda: klient.get(aftale.get_absolute_url())) <= HOEJST
    kommunen = log_ind(MYNDIGHED, organisation="rebild")
    kraev_fast_antal(lambda: kommunen.get(reverse("takster:tillaegsaftale_vaelg")), lav)


def test_demoens_aftaler(org):
    YdelseFactory(tilbud=TilbudFactory(driftsherre=org["aalborg"]), taksttype="tillaeg", er_eksempel=True)
    lav_tillaegsaftaler()
    lav_tillaegsaftaler()
    assert Tillaegsaftale.objects.filter(er_eksempel=True).count() == len(EKSEMPLER)
    assert Tillaegsaftale.objects.skal_ses().exists()
