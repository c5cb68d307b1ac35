"""The form of a takstskema: what is saved, what is refused, and that nothing typed is ever lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from takster.enums import Skematilstand
from takster.models import Takstkladde, Takstskema, Tilsynssats
from tests.takster.factories import PLsatsFactory, SkemaFactory, TakstFactory
from tests.takster.skemahjaelp import formulardata
from tilbud.enums import Pladsart
from tilbud.models import Plads

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL"),
]
ALLE_POSTER = 26


@pytest.fixture
def skema(organisationer):
    return SkemaFactory(udfyldt=True, indberetning__driftsherre=organisationer["aalborg"])


@pytest.fixture
def klient(log_ind, organisationer):
    return log_ind(Rolle.DRIFTSHERRE_INDBERETTER)


def ret(skema) -> str:
    return reverse("takster:skema_ret", kwargs={"pk": skema.pk})


def gemt(skema) -> Takstskema:
    return Takstskema.objects.til_beregning().get(pk=skema.pk)


class TestSiden:
    @pytest.mark.regel("T42")
    def test_alle_poster_staar_der_under_deres_kategori(self, klient, skema):
        svar = klient.get(ret(skema))
        grupper = svar.context["ark"].grupper
        assert [gruppe.kategori.value for gruppe in grupper] == list("ABCDEFGH")
        assert sum(len(gruppe.linjer) for gruppe in grupper) == ALLE_POSTER
        assert svar.text.count('name="linje_') == ALLE_POSTER

    def test_sidste_aars_tal_og_aendring_ved_siden_af(self, klient, skema):
        TakstFactory(ydelse=skema.ydelse, takst=Decimal("2200.00"), linjer={"A20": "5000000.00", "B20": "450000.00"})
        PLsatsFactory(sats_pct=Decimal("3.00"))
        svar = klient.get(ret(skema))
        assert "5.000.000" in svar.text
        assert 'data-foer="5000000.00"' in svar.text
        linje = svar.context["ark"].grupper[0].linjer[1]
        assert (linje.foer, linje.aendring_pct) == (Decimal("5000000.00"), Decimal("4.0"))
        # The tariff is compared in the same prices: 2,200 × 1.03.
        assert 'data-takst-forrige="2266.00"' in svar.text

    def test_uden_sidste_aar_er_der_intet_at_kopiere(self, klient, skema):
        svar = klient.get(ret(skema))
        assert "data-kopier-sidste-aar" not in svar.text
        assert 'data-takst-forrige=""' in svar.text

    @pytest.mark.parametrize(
        ("enhed", "felter"),
        [
            ("doegn", {"pladser"}),
            ("dag", {"pladser", "driftsdage"}),
            ("time", {"kapacitetstimer"}),
            ("enhed", {"antal"}),
        ],
    )
    def test_kun_enhedens_egne_kapacitetsfelter(self, klient, organisationer, enhed, felter):
        skema = SkemaFactory(indberetning__driftsherre=organisationer["aalborg"], enhed=enhed)
        formular = klient.get(ret(skema)).context["formular"]
        assert {"pladser", "driftsdage", "kapacitetstimer", "antal"} & set(formular.fields) == felter

    def test_foerste_knap_i_formularen_goer_intet(self, klient, skema):
        """Without JavaScript Enter presses the first submit button of the form."""
        tekst = klient.get(ret(skema)).text
        formular = tekst[tekst.index('<form method="post" id="skema"') :]
        foerste = formular[formular.index('<button type="submit"') :].partition(">")[0]
        assert "disabled" in foerste

    def test_antal_foresporgsler_er_fast(self, klient, organisationer, django_assert_max_num_queries):
        skema = SkemaFactory(udfyldt=True, indberetning__driftsherre=organisationer["aalborg"])
        TakstFactory(ydelse=skema.ydelse)
        for _ in range(9):
            SkemaFactory(udfyldt=True, indberetning=skema.indberetning)
        with django_assert_max_num_queries(15):
            klient.get(ret(skema))

    @pytest.mark.parametrize("tilstand", [Skematilstand.INDSENDT, Skematilstand.GODKENDT])
    def test_et_laast_skema_foerer_til_visningen(self, klient, organisationer, tilstand):
        skema = SkemaFactory(udfyldt=True, indberetning__driftsherre=organisationer["aalborg"], tilstand=tilstand)
        assert klient.get(ret(skema)).url == skema.get_absolute_url()

    @pytest.mark.regel("T13")
    def test_efter_fristen_foerer_siden_til_visningen(self, efter_fristen, klient, skema):
        svar = klient.get(ret(skema), follow=True)
        assert svar.redirect_chain[-1][0] == skema.get_absolute_url()
        assert "kan ikke rettes nu" in svar.text


class TestGem:
    def test_gem_kladde_siger_at_taksten_ikke_er_indsendt(self, klient, skema):
        svar = klient.post(ret(skema), formulardata(skema, linje_A20="5.300.000,50", handling="gem"), follow=True)
        assert "Din kladde er gemt. Taksten er ikke indsendt endnu." in svar.text
        assert gemt(skema).beloeb()["A20"] == Decimal("5300000.50")
        assert gemt(skema).tilstand == Skematilstand.KLADDE

    def test_kontroller_gemmer_og_gaar_videre(self, klient, skema):
        svar = klient.post(ret(skema), formulardata(skema, pladser="12", handling="kontroller"))
        assert svar.url == reverse("takster:skema_indsend", kwargs={"pk": skema.pk})
        assert gemt(skema).pladser == 12

    def test_en_halv_kladde_kan_gemmes(self, klient, organisationer):
        skema = SkemaFactory(indberetning__driftsherre=organisationer["aalborg"])
        svar = klient.post(ret(skema), formulardata(skema, linje_A10="100", handling="gem"))
        assert svar.status_code == 302
        assert gemt(skema).beloeb() == {"A10": Decimal("100.00")}

    def test_tomt_felt_sletter_linjen(self, klient, skema):
        klient.post(ret(skema), formulardata(skema, linje_B20="", handling="gem"))
        assert "B20" not in gemt(skema).beloeb()

    @pytest.mark.parametrize("tekst", ["12.5", "1.23", "1,234.50", "1,2,3", "abc", "1.234.56", "10,123"])
    def test_tvetydige_beloeb_afvises_og_staar_som_skrevet(self, klient, skema, tekst):
        svar = klient.post(ret(skema), formulardata(skema, linje_A20=tekst, pladser="17", handling="gem"))
        assert svar.status_code == 422
        assert f'value="{tekst}"' in svar.text
        assert 'value="17"' in svar.text
        assert "Fejl:" in svar.text
        assert svar.context["fejl"][0].maal == "id_linje_A20"
        # No sum is shown when an amount cannot be read, never a wrong one.
        assert svar.context["ark"].i_alt.beloeb is None
        assert gemt(skema).pladser == 10

    def test_cpr_i_bemaerkningen_afvises_uden_at_gentage_det(self, klient, skema):
        svar = klient.post(ret(skema), formulardata(skema, bemaerkning="Se 010203-1234", handling="gem"))
        assert svar.status_code == 422
        assert "CPR" in svar.text
        assert "010203-1234" not in str(svar.context["fejl"])

    def test_ingen_standardtekster_fra_django(self, klient, skema):
        svar = klient.post(ret(skema), formulardata(skema, belaegningsprincip="nej", version="", handling="gem"))
        assert svar.status_code == 422
        assert "påkrævet" not in svar.text


class TestKonflikt:
    def test_ens_egne_og_den_andens_vaerdier_vises(self, klient, skema, log_ind):
        aabnet = formulardata(skema)
        kollega = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER)
        kollega.post(ret(skema), aabnet | {"linje_A20": "5.400.000", "linje_B20": "460.000", "handling": "gem"})
        svar = klient.post(
            ret(skema), aabnet | {"linje_A20": "5.500.000", "bemaerkning": "Min tekst", "handling": "gem"}
        )
        assert svar.status_code == 409
        # Both changed A20: mine stands in the box, theirs beside it. Only they changed B20: it is theirs.
        assert svar.context["fletning"].forskelle == [("Fagpersonale i vagtlag", "5.500.000", "5.400.000")]
        assert svar.context["fletning"].overtagne == ["Aktiviteter, husholdning og transport"]
        assert 'value="5.500.000"' in svar.text
        assert 'value="460.000"' in svar.text
        assert "Min tekst" in svar.text
        assert gemt(skema).beloeb()["A20"] == Decimal("5400000.00")

    def test_gemt_igen_fra_konfliktsiden(self, klient, skema, log_ind):
        aabnet = formulardata(skema)
        kollega = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER)
        kollega.post(ret(skema), aabnet | {"linje_A20": "5.400.000", "linje_B20": "460.000", "handling": "gem"})
        svar = klient.post(ret(skema), aabnet | {"linje_A20": "5.500.000", "handling": "gem"})
        formular = svar.context["formular"]
        igen = {
            navn: str(formular[navn].value())
            for navn in formular.fields
            if formular[navn].value() not in (None, False)
        }
        svar = klient.post(ret(skema), igen | {"handling": "gem"})
        assert svar.status_code == 302
        assert gemt(skema).beloeb()["A20"] == Decimal("5500000.00")
        assert gemt(skema).beloeb()["B20"] == Decimal("460000.00")

    def test_et_kryds_som_kun_den_anden_har_fjernet(self, klient, skema, log_ind):
        aabnet = formulardata(skema)
        kollega = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER)
        uden = {navn: vaerdi for navn, vaerdi in aabnet.items() if navn != "kun_generelt_tilsyn"}
        kollega.post(ret(skema), uden | {"handling": "gem"})
        svar = klient.post(ret(skema), aabnet | {"bemaerkning": "Min tekst", "handling": "gem"})
        assert svar.status_code == 409
        assert svar.context["formular"]["kun_generelt_tilsyn"].value() is False


class TestAutogem:
    def url(self, skema) -> str:
        return reverse("takster:skema_kladde", kwargs={"pk": skema.pk})

    def test_gemmer_ogsaa_det_ulaeselige_og_viser_det_igen(self, klient, skema):
        svar = klient.post(self.url(skema), formulardata(skema, linje_A20="12.5", bemaerkning="Halv sæt"))
        assert svar.json()["felter"] == {}
        assert gemt(skema).version == 1
        side = klient.get(ret(skema))
        assert 'value="12.5"' in side.text
        assert "Halv sæt" in side.text
        assert "Her er det, du skrev" in side.text
        assert side.context["ark"].i_alt.beloeb is None

    def test_er_kun_ens_egen(self, klient, skema, log_ind):
        klient.post(self.url(skema), formulardata(skema, bemaerkning="Kun min"))
        kollega = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER)
        assert "Kun min" not in kollega.get(ret(skema)).text

    def test_uden_forskel_vises_den_ikke(self, klient, skema):
        klient.post(self.url(skema), formulardata(skema))
        assert "Her er det, du skrev" not in klient.get(ret(skema)).text

    def test_kan_kasseres(self, klient, skema):
        klient.post(self.url(skema), formulardata(skema, bemaerkning="Væk igen"))
        svar = klient.post(reverse("takster:skema_kasser", kwargs={"pk": skema.pk}), follow=True)
        assert "Væk igen" not in svar.text
        assert not Takstkladde.objects.exists()

    def test_oven_paa_en_andens_gemte_skema(self, klient, skema, log_ind):
        """The draft was typed on top of an older version: it is merged and shown as a conflict."""
        aabnet = formulardata(skema)
        klient.post(self.url(skema), aabnet | {"linje_A20": "5.500.000"})
        kollega = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER)
        kollega.post(ret(skema), aabnet | {"linje_A20": "5.400.000", "handling": "gem"})
        side = klient.get(ret(skema))
        assert side.context["fletning"].forskelle == [("Fagpersonale i vagtlag", "5.500.000", "5.400.000")]
        assert 'value="5.500.000"' in side.text
        assert 'name="version" value="2"' in side.text

    @pytest.mark.regel("T13")
    def test_efter_fristen_siger_den_fra(self, efter_fristen, klient, skema):
        svar = klient.post(self.url(skema), formulardata(skema, bemaerkning="For sent"))
        assert svar.status_code == 409
        assert "kan ikke rettes mere" in svar.json()["besked"]

    def test_uden_version(self, klient, skema):
        assert klient.post(self.url(skema), {"bemaerkning": "x"}).status_code == 400


class TestLoebendeKontrol:
    """Section K beside the form while it is filled in."""

    def kontroller(self, klient, skema, **felter):
        return klient.post(reverse("takster:skema_kontrol", kwargs={"pk": skema.pk}), formulardata(skema, **felter))

    def test_siden_viser_den_fra_foerste_faerd(self, klient, skema):
        svar = klient.get(ret(skema))
        assert "Kontrollen fandt ingen fejl" in svar.text or "at se efter" in svar.text

    @pytest.mark.regel("T17")
    def test_finder_det_der_staar_i_felterne_og_gemmer_intet(self, klient, skema):
        svar = self.kontroller(klient, skema, belaegningsprincip="forventning", belaegning_pct="101")
        assert svar.status_code == 200
        assert "4. Belægning" in svar.text
        assert 'href="#id_belaegning_pct"' in svar.text
        assert "Regel T17" in svar.text
        assert "Skal rettes:" in svar.text
        assert gemt(skema).version == 1

    def test_trinene_staar_i_kontrollens_orden(self, klient, skema):
        svar = self.kontroller(klient, skema, pladser="", linje_A20="", kun_generelt_tilsyn=None)
        numre = [trin["nr"] for trin in svar.context["kontrol"]["trin"]]
        assert numre == sorted(numre)
        assert len(numre) >= 2

    def test_et_ulaeseligt_felt_naevnes_een_gang(self, klient, skema):
        svar = self.kontroller(klient, skema, pladser="12.5")
        assert svar.text.count('href="#id_pladser"') == 1
        assert "Kan ikke læses" in svar.text

    def test_en_nabo_faar_404(self, log_ind, skema):
        nabo = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring")
        assert self.kontroller(nabo, skema).status_code == 404


class TestBeregnedeLinjer:
    """What the form fills in itself: the supervision's tariff (T46) and a pension of the wages (T54)."""

    @pytest.fixture
    def satser(self, skema):
        Tilsynssats.objects.create(aar=skema.aar, pladser_fra=8, pladser_til=24, beloeb=52622, kilde="Prøve")
        Plads.objects.create(
            tilbud=skema.ydelse.tilbud, art=Pladsart.GODKENDT, antal_fra=16, antal_til=16, aar=skema.aar
        )

    @pytest.mark.regel("T46")
    def test_linjen_forklarer_aarets_tilsynstakst(self, klient, skema, satser):
        svar = klient.get(ret(skema))
        assert "for 8-24 godkendte pladser er 52.622" in svar.text.replace("\u00a0", " ")

    @pytest.mark.regel("T46")
    def test_et_andet_beloeb_er_noget_at_se_efter(self, klient, skema, satser):
        url = reverse("takster:skema_kontrol", kwargs={"pk": skema.pk})
        afviger = klient.post(url, formulardata(skema, linje_C30="99.000")).text
        assert 'href="#id_linje_C30"' in afviger
        assert 'href="#id_linje_C30"' not in klient.post(url, formulardata(skema, linje_C30="52.622")).text

    @pytest.mark.regel("T51", "T52")
    def test_der_spoerges_om_afskrivningens_praksis(self, klient, skema):
        """Interest on loans is no cost: the form says so where depreciation is asked about."""
        assert "renter af lån ikke en udgift" in klient.get(ret(skema)).text
        url = reverse("takster:skema_kontrol", kwargs={"pk": skema.pk})
        spoerger = "Der er afskrivning i budgettet"
        assert spoerger in klient.post(url, formulardata(skema, afskrivningspraksis="")).text
        assert spoerger not in klient.post(url, formulardata(skema, afskrivningspraksis="kartotek")).text
        uden = formulardata(skema, afskrivningspraksis="", linje_F10="", linje_F20="")
        assert spoerger not in klient.post(url, uden).text
        klient.post(ret(skema), formulardata(skema, afskrivningspraksis="kartotek", handling="gem"))
        assert gemt(skema).afskrivningspraksis == "kartotek"
        assert klient.post(ret(skema), formulardata(skema, afskrivningspraksis="gaet")).status_code == 422

    @pytest.mark.regel("T54")
    def test_pensionen_beregnes_af_loennen_hvad_der_end_staar(self, klient, skema):
        klient.post(
            ret(skema),
            formulardata(skema, pensionsmetode="pct25", tjenestemandsloen="500.000", linje_A70="1", handling="gem"),
        )
        assert gemt(skema).beloeb()["A70"] == Decimal("125000.00")

    @pytest.mark.regel("T54")
    def test_valget_naevner_regelsaettets_andel(self, klient, skema):
        regelsaet = skema.indberetning.runde.regelsaet
        regelsaet.graenser = {**regelsaet.graenser, "pension_pct": {"vaerdi": "20", "regel": "T54", "kilde": "Prøve"}}
        regelsaet.save()
        assert "20\u00a0% af tjenestemændenes løn" in klient.get(ret(skema)).text
        klient.post(
            ret(skema), formulardata(skema, pensionsmetode="pct25", tjenestemandsloen="500.000", handling="gem")
        )
        assert gemt(skema).beloeb()["A70"] == Decimal("100000.00")
