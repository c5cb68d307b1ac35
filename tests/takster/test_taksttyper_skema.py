"""The five types of tariff through form, check, publication and every place a tariff is shown (T32-T40)."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from takster import hentning
from takster.dokumenter import takstbilag
from takster.enums import Skematilstand
from takster.handlinger import skemaer
from takster.handlinger.faelles import laas_skema
from takster.handlinger.offentliggoerelse import gem_takst
from takster.models import Takst, Takstkladde, Takstskema
from takster.niveauceller import celle, gemte_raekker
from takster.regneark import takster as regneark
from tests.takster.conftest import I_DAG
from tests.takster.factories import PLsatsFactory, SkemaFactory, TilbudFactory, YdelseFactory
from tests.takster.skemahjaelp import formulardata
from tilbud.models import Ydelse

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL"),
]
NIVEAUER = [
    {"navn": "Let", "beskrivelse": "Lidt støtte", "pladser": Decimal(4), "stoettetimer": Decimal(10)},
    {"navn": "Middel", "beskrivelse": "", "pladser": Decimal(4), "stoettetimer": Decimal(25)},
    {"navn": "Stor", "beskrivelse": "", "pladser": Decimal(2), "stoettetimer": Decimal(40)},
]
ATA = {
    "tillaeg_metode": "ata_time",
    "tillaeg_retning": "tillaeg",
    "ata_personale": "Pædagoger",
    "ata_timeomkostning": Decimal("206.00"),
    "ata_fravaer_pct": Decimal(33),
    "ata_doegn_pct": Decimal(25),
    "ata_foelge_pct": Decimal(5),
    "ata_levering": "uden_for",
    "ata_minutter": 30,
    "ata_gange": 5,
}


@pytest.fixture
def klient(log_ind, organisationer):
    return log_ind(Rolle.DRIFTSHERRE_INDBERETTER)


@pytest.fixture
def lav(organisationer):
    """`lav("tillaeg", …)`: a draft of Aalborg's of that type."""

    def lav_skema(taksttype: str, *, udfyldt: bool = False, enhed: str = "doegn", **felter) -> Takstskema:
        tilbud = TilbudFactory(driftsherre=organisationer["aalborg"])
        ydelse = YdelseFactory(tilbud=tilbud, taksttype=taksttype, enhed=enhed)
        skema = SkemaFactory(
            udfyldt=udfyldt, ydelse=ydelse, indberetning__driftsherre=organisationer["aalborg"], **felter
        )
        return skema

    return lav_skema


@pytest.fixture
def trappe(lav) -> Takstskema:
    """A differentiated tariff that passes every check."""
    skema = lav("differentieret", udfyldt=True)
    return gem(skema, niveauer=NIVEAUER)


def gem(skema: Takstskema, *, niveauer=None, linjer=None, **felter) -> Takstskema:
    return skemaer.gem_skema(
        skema,
        adgang=Adgang.system(),
        version=skema.version,
        felter={**hentning.felter_af(skema), **felter},
        linjer=skema.beloeb() if linjer is None else linjer,
        niveauer=niveauer,
    )


def beregn(skema: Takstskema):
    skema = Takstskema.objects.til_beregning().get(pk=skema.pk)
    return hentning.beregn_gemt(skema, hentning.hent_omgivelser(skema, I_DAG))


def ret(skema: Takstskema) -> str:
    return reverse("takster:skema_ret", kwargs={"pk": skema.pk})


def koder(skema: Takstskema) -> set[str]:
    return {fund.kode for fund in beregn(skema).fund}


def offentliggoer(skema: Takstskema) -> Takst:
    return gem_takst(laas_skema(skema), nu=timezone.now())


class TestTrappen:
    @pytest.mark.regel("T36", "T37")
    def test_grundtakst_og_niveauer(self, trappe):
        beregning = beregn(trappe)
        trinet = beregning.typer.niveauer
        assert beregning.kan_indsendes, beregning.fund
        assert [pris.niveau.navn for pris in trinet.priser] == ["Let", "Middel", "Stor"]
        assert len({pris.i_alt - pris.pris for pris in trinet.priser}) == 1
        assert abs(trinet.forskel) < 20

    @pytest.mark.regel("T38")
    def test_stoettetimerne_er_niveauernes_gennemsnit(self, trappe):
        assert beregn(trappe).data.direkte_stoettetimer == Decimal("22.00")

    @pytest.mark.regel("T37")
    def test_niveauerne_skal_svare_til_pladserne(self, trappe):
        gem(trappe, niveauer=NIVEAUER[:2])
        assert "niveauer_og_kapacitet" in koder(trappe)

    @pytest.mark.regel("T37")
    def test_et_niveau_der_ikke_er_dyrere_giver_en_advarsel(self, trappe):
        gem(trappe, niveauer=[NIVEAUER[1], NIVEAUER[0], NIVEAUER[2]])
        beregning = beregn(trappe)
        assert "niveau_ikke_dyrere" in {fund.kode for fund in beregning.advarsler}
        assert beregning.kan_indsendes

    @pytest.mark.regel("T36")
    def test_en_afdeling_har_kun_en_grundtakst(self, trappe):
        anden = YdelseFactory(tilbud=trappe.ydelse.tilbud, taksttype="grund")
        assert "flere_grundtakster" in koder(trappe)
        Ydelse.objects.filter(pk=anden.pk).update(afdeling="Hus B")
        assert "flere_grundtakster" not in koder(trappe)

    @pytest.mark.regel("T36")
    def test_en_grundtakst_har_ingen_borgerrettede_udgifter(self, lav):
        skema = lav("grund", udfyldt=True)
        assert "grundtakst_borgerafhaengig" in koder(skema)
        gem(
            skema,
            linjer={kode: b for kode, b in skema.beloeb().items() if kode[0] != "B"} | {"A20": None, "A40": None},
        )
        assert "grundtakst_borgerafhaengig" not in koder(skema)

    @pytest.mark.regel("T36", "T37", "T38")
    def test_offentliggoerelsen_fryser_niveauer_og_dele(self, trappe):
        takst = offentliggoer(trappe)
        assert takst.taksttype == "differentieret"
        assert takst.fast_del + takst.borgerrettet_del == takst.takst
        assert takst.stoettetimer == Decimal("22.00")
        foer = list(takst.niveauer.values_list("navn", "pris", "i_alt"))
        assert [navn for navn, _, _ in foer] == ["Let", "Middel", "Stor"]
        assert all(i_alt == takst.fast_del + pris for _, pris, i_alt in foer)
        gem(trappe, niveauer=NIVEAUER[1:])
        Ydelse.objects.update(taksttype="gennemsnit")
        takst.refresh_from_db()
        assert takst.taksttype == "differentieret"
        assert list(takst.niveauer.values_list("navn", "pris", "i_alt")) == foer

    def test_typen_ved_indsendelsen_staar_fast(self, trappe):
        skema = skemaer.indsend(trappe, adgang=Adgang.system())
        Ydelse.objects.update(taksttype="individuel")
        skema = Takstskema.objects.til_beregning().get(pk=skema.pk)
        assert skema.taksttype == "differentieret"
        assert skemaer.traek_tilbage(skema, adgang=Adgang.system()).taksttype == "individuel"


class TestFormularen:
    def test_niveauer_gemmes_og_flyttes_sammen(self, klient, lav):
        skema = lav("differentieret", udfyldt=True)
        data = formulardata(skema, handling="gem")
        data |= {
            celle(1, "navn"): "Let",
            celle(1, "pladser"): "4",
            celle(1, "stoettetimer"): "10,5",
            celle(3, "navn"): "Stor",
            celle(3, "pladser"): "6",
            celle(3, "stoettetimer"): "30",
        }
        assert klient.post(ret(skema), data).status_code == 302
        raekker = gemte_raekker(Takstskema.objects.get(pk=skema.pk))
        assert [(r["navn"], r["pladser"], r["stoettetimer"]) for r in raekker] == [
            ("Let", Decimal(4), Decimal("10.50")),
            ("Stor", Decimal(6), Decimal(30)),
        ]

    def test_fejl_i_en_celle_staar_ved_feltet_og_alt_er_bevaret(self, klient, trappe):
        data = formulardata(trappe, handling="gem") | {celle(2, "pladser"): "4.5x", celle(1, "navn"): "Nyt"}
        svar = klient.post(ret(trappe), data)
        assert svar.status_code == 422
        assert svar.context["fejl"][0].maal == "id_niveau_2_pladser"
        assert 'value="4.5x"' in svar.text
        assert 'value="Nyt"' in svar.text
        assert gemte_raekker(trappe)[0]["navn"] == "Let"

    def test_tilfoej_og_fjern_uden_javascript(self, klient, trappe):
        data = formulardata(trappe) | {celle(1, "navn"): "Ikke gemt", "linje_A20": "vrøvl", "niveau_vis": "3"}
        svar = klient.post(ret(trappe), data | {"tilfoej_niveau": "1"})
        assert svar.status_code == 200
        assert [raekke["skjult"] for raekke in svar.context["niveauraekker"]] == [False] * 4 + [True] * 6
        assert 'value="Ikke gemt"' in svar.text
        assert 'value="vrøvl"' in svar.text
        svar = klient.post(ret(trappe), data | {"fjern_niveau": "1"})
        assert "Ikke gemt" not in svar.text
        assert svar.context["niveauraekker"][0]["navn"].value() == "Middel"
        assert 'data-vogt="beskidt"' in svar.text
        # Nothing is saved by either.
        assert [raekke["navn"] for raekke in gemte_raekker(trappe)] == ["Let", "Middel", "Stor"]

    def test_en_tilfoejet_raekke_skjuler_ikke_en_andens_rettelse(self, klient, trappe):
        gammel = formulardata(trappe)
        gem(trappe, belaegning_begrundelse="Rettet af en anden")
        svar = klient.post(ret(trappe), gammel | {"tilfoej_niveau": "1"})
        assert svar.context["formular"]["version"].value() == gammel["version"]

    def test_to_der_retter_niveauer_ser_hinandens(self, klient, trappe):
        mine = formulardata(trappe, handling="gem") | {celle(1, "stoettetimer"): "12", celle(2, "navn"): "Min"}
        gem(trappe, niveauer=[NIVEAUER[0] | {"stoettetimer": Decimal(11)}, NIVEAUER[1], NIVEAUER[2]])
        svar = klient.post(ret(trappe), mine)
        assert svar.status_code == 409
        assert svar.context["fletning"].forskelle == [("Niveau 1, direkte støttetimer om ugen", "12", "11")]
        ny = mine | {"version": svar.context["formular"]["version"].value()}
        assert klient.post(ret(trappe), ny).status_code == 302
        raekker = gemte_raekker(Takstskema.objects.get(pk=trappe.pk))
        assert (raekker[0]["stoettetimer"], raekker[1]["navn"]) == (Decimal(12), "Min")

    def test_automatisk_gemning_husker_niveauerne(self, klient, trappe):
        data = formulardata(trappe) | {celle(4, "navn"): "Halvt skrevet", celle(4, "pladser"): "1,"}
        klient.post(reverse("takster:skema_kladde", kwargs={"pk": trappe.pk}), data)
        assert Takstkladde.objects.get().data[celle(4, "pladser")] == "1,"
        svar = klient.get(ret(trappe))
        assert 'value="Halvt skrevet"' in svar.text
        assert not svar.context["niveauraekker"][3]["skjult"]

    def test_antal_foresporgsler_er_fast(self, klient, trappe, django_assert_max_num_queries):
        with django_assert_max_num_queries(15):
            klient.get(ret(trappe))

    @pytest.mark.parametrize("taksttype", ["tillaeg", "individuel"])
    def test_den_korte_formular(self, klient, lav, taksttype):
        skema = lav(taksttype)
        svar = klient.get(ret(skema))
        assert "linje_A10" not in svar.text
        assert svar.status_code == 200

    def test_alle_sider_kan_vises_for_alle_typer(self, klient, lav, log_ind):
        godkender = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        for taksttype in ("gennemsnit", "grund", "differentieret", "tillaeg", "individuel"):
            skema = lav(taksttype, udfyldt=taksttype not in ("tillaeg", "individuel"))
            for navn in ("skema", "skema_ret", "skema_indsend"):
                assert klient.get(reverse(f"takster:{navn}", kwargs={"pk": skema.pk})).status_code == 200
            skemaer.indsend(skema, adgang=Adgang.system())
            assert godkender.get(reverse("takster:skema_kvittering", kwargs={"pk": skema.pk})).status_code == 200
            pdf = godkender.get(reverse("takster:skema_pdf", kwargs={"pk": skema.pk}))
            assert pdf.content[:4] == b"%PDF"


class TestTillaeg:
    @pytest.mark.regel("T35", "T39")
    def test_styringsaftalens_eksempel(self, lav):
        skema = gem(lav("tillaeg", enhed="time"), **ATA)
        beregning = beregn(skema)
        assert beregning.pris == Decimal("335.78")
        assert beregning.typer.tillaeg.pr_uge == Decimal("839.45")
        assert beregning.kan_indsendes, beregning.fund

    @pytest.mark.regel("T39")
    def test_foelgeomkostninger_over_fem_procent_er_en_fejl(self, lav):
        skema = gem(lav("tillaeg", enhed="time"), **ATA | {"ata_foelge_pct": Decimal("5.01")})
        fund = next(fund for fund in beregn(skema).fejl if fund.kode == "foelgeomkostninger_over_max")
        assert fund.felt == "ata_foelge_pct"

    @pytest.mark.regel("T39")
    @pytest.mark.parametrize(("levering", "pct"), [("inden_for", "25"), ("uden_for", "0")])
    def test_doegnkoefficienten_skal_passe_til_tiden(self, lav, levering, pct):
        skema = gem(lav("tillaeg", enhed="time"), **ATA | {"ata_levering": levering, "ata_doegn_pct": Decimal(pct)})
        assert [fund.felt for fund in beregn(skema).advarsler] == ["ata_doegn_pct"]

    @pytest.mark.regel("T35", "T40")
    def test_fast_pris_og_fradrag(self, lav):
        skema = lav("tillaeg", enhed="enhed")
        assert "tillaegsmetode_mangler" in koder(skema)
        skema = gem(skema, tillaeg_metode="fast_pris", tillaeg_omkostning=Decimal("450"), tillaeg_retning="fradrag")
        assert beregn(skema).pris == Decimal("-450.00")
        assert offentliggoer(skema).takst == Decimal("-450.00")

    @pytest.mark.regel("T35")
    def test_et_tillaeg_har_intet_grundlag(self, lav):
        takst = offentliggoer(gem(lav("tillaeg", enhed="time"), linjer={"A20": Decimal(100)}, **ATA))
        assert (takst.grundlag, takst.kapacitet, takst.fast_del) == (None, None, None)
        assert takst.beregning.data["linjer"] == {}
        assert [trin["regel"] for trin in takst.beregning.data["trin"]][0] == "T39"

    @pytest.mark.regel("T40")
    def test_formularen_gemmer_og_viser_prisen(self, klient, lav):
        skema = lav("tillaeg", enhed="time")
        data = (
            formulardata(skema)
            | {navn: str(vaerdi) for navn, vaerdi in ATA.items()}
            | {
                "ata_timeomkostning": "206,00",
                "handling": "gem",
            }
        )
        assert klient.post(ret(skema), data).status_code == 302
        svar = klient.get(skema.get_absolute_url())
        assert "335,78" in svar.text
        assert "839,45" in svar.text

    @pytest.mark.regel("T43")
    def test_en_markant_aendring_skal_forklares(self, lav):
        skema = gem(lav("tillaeg", enhed="enhed"), tillaeg_metode="fast_pris", tillaeg_omkostning=Decimal(450))
        Takst.objects.all().delete()
        takst = offentliggoer(skema)
        Takst.objects.filter(pk=takst.pk).update(aar=2026, takst=Decimal(300))
        PLsatsFactory()
        assert "takst_aendret_markant" in koder(skema)


class TestIndividuel:
    @pytest.mark.regel("T33")
    def test_ingen_pris_men_et_ord_alle_steder(self, client, lav):
        skema = lav("individuel")
        assert beregn(skema).kan_indsendes
        takst = offentliggoer(skema)
        assert takst.takst is None
        assert "Beregnes individuelt" in client.get(takst.get_absolute_url()).text
        assert "Beregnes individuelt" in client.get(reverse("takster:liste")).text
        tabel = takstbilag.byg_tabel(2027, [takst])
        assert "Beregnes individuelt" in [tekst for tekst, _ in tabel.grupper[0].raekker[0].celler]
        assert "Beregnes individuelt" in regneark.byg_csv([takst]).decode("utf-8-sig")
        ark = openpyxl.load_workbook(io.BytesIO(regneark.byg_excel("Takster", [takst]))).active
        assert any("Beregnes individuelt" in str(celle_.value) for raekke in ark.iter_rows() for celle_ in raekke)

    @pytest.mark.regel("T33")
    def test_kun_en_individuel_takst_kan_mangle_prisen(self, lav):
        takst = offentliggoer(lav("individuel"))
        takst.taksttype = "gennemsnit"
        with pytest.raises(ValidationError):
            takst.full_clean()


class TestVisning:
    @pytest.mark.regel("T38")
    def test_taksten_viser_hvad_der_kan_forhandles(self, client, lav):
        takst = offentliggoer(lav("gennemsnit", udfyldt=True))
        # 5,200,000 + 300,000 + 450,000 of 8,000,000 follow the citizen; the tariff is 2,307.14.
        assert (takst.borgerrettet_del, takst.fast_del) == (Decimal("1715.94"), Decimal("591.20"))
        svar = client.get(takst.get_absolute_url())
        assert "591,20" in svar.text
        assert "1.715,94" in svar.text
        assert "som kan forhandles" in svar.text

    @pytest.mark.regel("T37", "T38")
    def test_niveauerne_er_raekker_i_bilag_regneark_og_csv(self, client, trappe):
        takst = offentliggoer(trappe)
        celler = [
            [tekst for tekst, _ in raekke.celler] for raekke in takstbilag.byg_tabel(2027, [takst]).grupper[0].raekker
        ]
        assert [raekke[1] for raekke in celler][1:] == ["Niveau 1: Let", "Niveau 2: Middel", "Niveau 3: Stor"]
        linjer = regneark.byg_csv([takst]).decode("utf-8-sig").strip().splitlines()
        assert len(linjer) == 5
        assert "I gennemsnit" in linjer[1]
        eksport = client.get(reverse("takster:liste", query={"format": "csv"})).content.decode("utf-8-sig")
        assert "Niveau 3: Stor" in eksport
        svar = client.get(takst.get_absolute_url())
        for niveau in takst.niveauer.all():
            assert niveau.navn in svar.text

    def test_listen_kan_vise_en_type(self, client, trappe, lav):
        offentliggoer(trappe)
        offentliggoer(lav("gennemsnit", udfyldt=True))
        svar = client.get(reverse("takster:liste", query={"taksttype": "differentieret"}))
        assert len(svar.context["table"].rows) == 1
        assert "i gennemsnit" in svar.text

    def test_siden_for_en_trappe_har_faa_foresporgsler(self, client, trappe, django_assert_max_num_queries):
        takst = offentliggoer(trappe)
        with django_assert_max_num_queries(15):
            client.get(takst.get_absolute_url())

    def test_indsendt_taksttype_er_tom_i_kladden(self, trappe):
        assert trappe.tilstand == Skematilstand.KLADDE
        assert trappe.indsendt_taksttype == ""
