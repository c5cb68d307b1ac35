"""Correcting a chapter: preview, catalogue, errors at the field, conflict, versions. Nothing typed is lost."""

import pytest
from django.urls import reverse

from socialaftale.aftale.handlinger import ret_kapitel
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from tests.aftale.factories import AftaleFactory, lav_offentliggjort

pytestmark = pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL")

FORORD = "<p>Vi er {{ parter.antal }} parter.</p>"


@pytest.fixture
def aftale(organisationer):
    return AftaleFactory(periode="2023-2024")


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.SEKRETARIAT)


def adresse(navn="ret_kapitel", *mere):
    return reverse(f"aftale:{navn}", args=["2023-2024", "forord", *mere])


def send(klient, **felter):
    return klient.post(adresse(), {"titel": "Forord", "indhold": FORORD, "fra_version": "1", **felter})


def forord(aftale):
    return aftale.tekst.kapitler.get(noegle="forord")


class TestOversigt:
    def test_kapitler_og_historik(self, aftale, klient):
        send(klient, indhold="<p>Nyt</p>")
        tekst = klient.get(reverse("aftale:ret", args=["2023-2024"])).text
        assert "Kapitlet “Forord” gemt som version 2" in tekst
        assert adresse() in tekst
        assert "Kladde" in tekst

    def test_hvad_der_er_rettet_siden_udgaven(self, organisationer, klient):
        aftale = lav_offentliggjort(periode="2023-2024")
        send(klient, indhold="<p>Nyt</p>")
        tekst = klient.get(reverse("aftale:ret", args=["2023-2024"])).text
        assert tekst.count("Rettet siden udgaven") == 1
        assert tekst.count("Som i udgaven") == aftale.tekst.kapitler.count() - 1


class TestGem:
    def test_formularen(self, aftale, klient):
        tekst = klient.get(adresse()).text
        assert "&lt;p&gt;Vi er {{ parter.antal }} parter.&lt;/p&gt;" in tekst
        assert '<input type="hidden" name="fra_version" value="1"' in tekst
        assert "{{ parter.antal|ord }}" in tekst
        assert "data-vogt" in tekst

    def test_gem(self, aftale, klient):
        svar = send(klient, titel="Nyt forord", indhold='<p onclick="x()">Renset</p>')
        assert svar.status_code == 302
        kapitel = forord(aftale)
        assert (kapitel.titel, kapitel.indhold, kapitel.version) == ("Nyt forord", "<p>Renset</p>", 2)
        assert "Kapitlet er gemt som version 2" in klient.get(svar.url).text

    def test_uaendret(self, aftale, klient):
        svar = send(klient)
        assert "ingen ændringer" in klient.get(svar.url).text
        assert forord(aftale).versioner.count() == 1

    @pytest.mark.parametrize(
        ("felter", "besked"),
        [
            ({"indhold": "<p>{{ parter.antl }}</p>"}, "Mente du parter.antal"),
            ({"indhold": "<p>{{ liste:intet }}</p>"}, "Du kan indsætte: "),
            ({"indhold": "<p>{{ a.b }} {{ parter.antl }}</p>"}, "Mente du parter.antal"),
            ({"indhold": "<p>{{ parter.antal|pct }}</p>"}, "Antal parter kan skrives som hele, ord"),
            ({"indhold": "<p>Borgeren 010190-1234</p>"}, "CPR-nummer"),
            ({"titel": ""}, "Udfyld titel"),
        ],
    )
    def test_fejl_ved_feltet_og_alt_er_bevaret(self, aftale, klient, felter, besked):
        svar = send(klient, **felter)
        assert svar.status_code == 422
        assert besked in svar.text
        assert "<title>Fejl: " in svar.text
        assert 'class="form-group form-error' in svar.text
        indhold = felter.get("indhold", FORORD).replace("<", "&lt;").replace(">", "&gt;")
        assert indhold in svar.text
        assert forord(aftale).version == 1

    def test_cpr_gentages_kun_i_feltet_selv(self, aftale, klient):
        svar = send(klient, indhold="<p>Borgeren 010190-1234</p>")
        assert svar.text.count("1234") == 1

    def test_ukendt_kapitel(self, aftale, klient):
        assert klient.get(reverse("aftale:ret_kapitel", args=["2023-2024", "findes_ikke"])).status_code == 404


class TestVisOgSoeg:
    def test_vis_gemmer_ikke(self, aftale, klient):
        svar = send(klient, indhold="<h2>Afsnit</h2><p>{{ parter.antal|ord }}</p>", handling="vis")
        assert svar.status_code == 200
        assert "Sådan ser kapitlet ud" in svar.text
        assert ">tolv</a>" in svar.text
        assert "<h3>Afsnit</h3>" in svar.text
        assert "&lt;h2&gt;Afsnit" in svar.text
        assert 'data-vogt="beskidt"' in svar.text
        assert forord(aftale).version == 1

    def test_vis_med_fejl(self, aftale, klient):
        assert send(klient, indhold="{{ parter.antl }}", handling="vis").status_code == 422

    def test_soeg_bevarer_det_skrevne_uden_at_dømme_det(self, aftale, klient):
        svar = send(klient, indhold="<p>{{ halv", titel="", handling="soeg", soeg="kommuner")
        assert svar.status_code == 200
        assert "&lt;p&gt;{{ halv" in svar.text
        assert "form-error" not in svar.text
        assert "{{ parter.kommuner.antal|ord }}" in svar.text
        assert "{{ aftale.navn }}" not in svar.text
        assert 'value="kommuner"' in svar.text

    def test_soeg_uden_fund(self, aftale, klient):
        assert "Ingen tal passer til “xyz”" in send(klient, handling="soeg", soeg="xyz").text


class TestKonflikt:
    def test_begge_tekster_og_vej_videre(self, aftale, klient):
        ret_kapitel(
            aftale,
            adgang=Adgang.system(),
            kapitel=forord(aftale),
            titel="Forord",
            indhold="<p>Den andens</p>",
            fra_version=1,
        )
        svar = send(klient, indhold="<p>Min egen</p>")
        assert svar.status_code == 409
        assert "&lt;p&gt;Den andens&lt;/p&gt;" in svar.text
        assert "&lt;p&gt;Min egen&lt;/p&gt;" in svar.text
        assert 'name="fra_version" value="2"' in svar.text
        # The writer has seen both and saves: now it is the third version, and none is lost.
        assert send(klient, indhold="<p>Min egen</p>", fra_version="2").status_code == 302
        assert [version.indhold for version in forord(aftale).versioner.all()] == [
            "<p>Min egen</p>",
            "<p>Den andens</p>",
            FORORD,
        ]


class TestVersioner:
    def test_liste_og_gammel_version(self, aftale, klient):
        send(klient, indhold="<p>Nyt</p>")
        liste = klient.get(adresse("versioner")).text
        assert "Version 2</a> (nyeste)" in liste
        assert "Systemet" in liste
        gammel = klient.get(adresse("version", 1)).text
        assert "Gendan denne version" in gammel
        assert ">12</a> parter" in gammel
        assert "Gendan denne version" not in klient.get(adresse("version", 2)).text
        assert klient.get(adresse("version", 3)).status_code == 404

    def test_gendan(self, aftale, klient):
        send(klient, indhold="<p>Nyt</p>")
        assert 'name="fra_version" value="2"' in klient.get(adresse("version", 1)).text
        svar = klient.post(adresse("version", 1), {"fra_version": "2"})
        assert svar.status_code == 302
        assert (forord(aftale).version, forord(aftale).indhold) == (3, FORORD)

    @pytest.mark.parametrize("fra_version", ["2", "", "x"])
    def test_gendan_efter_at_en_anden_har_gemt(self, aftale, klient, fra_version):
        """The page showed version 2 as the newest; a colleague saved a third before the button was pressed."""
        send(klient, indhold="<p>Nyt</p>")
        send(klient, indhold="<p>Den andens</p>", fra_version="2")
        svar = klient.post(adresse("version", 1), {"fra_version": fra_version})
        assert svar.status_code == 409
        assert "Versionen er ikke gendannet" in svar.text
        assert f'href="{adresse("version", 3)}">Læs version 3</a>' in svar.text
        assert (forord(aftale).version, forord(aftale).indhold) == (3, "<p>Den andens</p>")
        # The reader has been told, and the page now starts from the third.
        assert 'name="fra_version" value="3"' in svar.text
        assert klient.post(adresse("version", 1), {"fra_version": "3"}).status_code == 302

    def test_en_version_med_ukendte_tal_kan_ikke_gendannes(self, aftale, klient):
        send(klient, indhold="<p>Nyt</p>")
        forord(aftale).versioner.filter(version=1).update(indhold="<p>{{ parter.antl }}</p>")
        svar = klient.post(adresse("version", 1), {"fra_version": "2"})
        assert svar.status_code == 422
        assert "Versionen kan ikke gendannes" in svar.text
        assert "Mente du parter.antal" in svar.text
        assert forord(aftale).version == 2


@pytest.mark.parametrize("navn", ["ret_kapitel", "versioner"])
def test_antal_forespoergsler(navn, aftale, klient, django_assert_max_num_queries):
    with django_assert_max_num_queries(15) as maalt:
        klient.get(adresse(navn))
    faa = len(maalt)
    for nummer in range(10):
        send(klient, indhold=f"<p>Nummer {nummer} {{{{ parter.antal }}}}</p>", fra_version=str(nummer + 1))
    klient.get(adresse(navn))  # shows the receipt
    with django_assert_max_num_queries(faa) as mange:
        klient.get(adresse(navn))
    assert len(mange) == faa


class TestSammenfletning:
    """Two saves at once: the three texts, a choice per unit, and everything kept."""

    @pytest.fixture
    def konflikt(self, organisationer, log_ind):
        aftale = AftaleFactory(periode="2023-2024")
        kapitel = aftale.tekst.kapitler.get(noegle="forord")
        felter = {"adgang": Adgang.system(), "kapitel": kapitel}
        grund = "<p>Vi arbejder sammen om det.</p><p>Opfølgning sker hvert år i juni.</p>"
        ret_kapitel(aftale, titel="Forord", indhold=grund, fra_version=1, **felter)
        deres = "<p>Vi arbejder tæt sammen om det.</p><p>Opfølgning sker hvert år i august.</p>"
        ret_kapitel(aftale, titel="Forord", indhold=deres, fra_version=2, **felter)
        self.klient = log_ind(Rolle.SEKRETARIAT)
        self.url = reverse("aftale:ret_kapitel", args=["2023-2024", "forord"])
        self.mine = {
            "titel": "Mit forord",
            "indhold": "<p>Vi arbejder sammen om det.</p><p>Opfølgning sker hvert år i maj.</p><p>Nyt fra mig.</p>",
            "fra_version": "2",
            "kladde": "",
        }
        return aftale

    def flet(self, **valg):
        return self.klient.post(
            self.url, {**self.mine, "faelles": "2", "fra_version": "3", "handling": "flet", **valg}
        )

    def test_siden_viser_de_tre_tekster_og_hvem_der_har_aendret(self, konflikt):
        svar = self.klient.post(self.url, self.mine)
        assert svar.status_code == 409
        for stykke in ("Ændret af systemet", "Ændret af jer begge", "Ændret af dig", "Behold begge", "Titlen"):
            assert stykke in svar.text
        assert 'name="faelles" value="2"' in svar.text
        assert "<del>" not in svar.text.split("Sæt de to tekster sammen")[0]
        assert '<ins><span class="sr-only"> [tilføjet: </span>august' in svar.text

    def test_valget_giver_en_samlet_tekst_der_ikke_er_gemt(self, konflikt):
        svar = self.flet(**{"valg-1": "deres"})
        assert svar.status_code == 200
        assert "De to tekster er sat sammen" in svar.text
        samlet = svar.context["form"]["indhold"].value()
        assert samlet == (
            "<p>Vi arbejder tæt sammen om det.</p>\n<p>Opfølgning sker hvert år i august.</p>\n<p>Nyt fra mig.</p>"
        )
        assert svar.context["form"]["titel"].value() == "Mit forord"
        assert svar.context["form"]["fra_version"].value() == 3
        assert konflikt.tekst.kapitler.get(noegle="forord").version == 3

    @pytest.mark.parametrize("valg", [{}, {"valg-1": "vrøvl"}, {"valg-99": "min"}])
    def test_uden_et_gyldigt_valg_er_alt_med(self, konflikt, valg):
        samlet = self.flet(**valg).context["form"]["indhold"].value()
        for stykke in ("tæt sammen", "i august", "i maj", "Nyt fra mig"):
            assert stykke in samlet

    def test_deres_titel(self, konflikt):
        assert self.flet(titelvalg="deres").context["form"]["titel"].value() == "Forord"

    def test_gemt_igen_imens_er_en_ny_konflikt_hvor_intet_er_tabt(self, konflikt):
        kapitel = konflikt.tekst.kapitler.get(noegle="forord")
        felter = {"adgang": Adgang.system(), "kapitel": kapitel}
        ret_kapitel(konflikt, titel="Forord", indhold="<p>Helt nyt.</p>", fra_version=3, **felter)
        svar = self.flet()
        assert svar.status_code == 409
        assert "Nyt fra mig" in svar.text
        assert 'name="faelles" value="2"' in svar.text
        assert 'name="fra_version" value="4"' in svar.text

    def test_antal_forespoergsler(self, konflikt, django_assert_max_num_queries):
        with django_assert_max_num_queries(15):
            self.klient.post(self.url, {**self.mine, "indhold": "<p>Et afsnit om noget.</p>" * 60})
