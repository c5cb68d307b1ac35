"""Objective financing on its pages: seen before it is confirmed, and checked by everyone (T11, T12)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from takster import bilag
from takster.beregning.trin import Beregningsfejl
from takster.dokumenter import takstbilag
from takster.forms.kommunesaet import TOMME_RAEKKER
from takster.handlinger.objektiv import gem_fordeling
from takster.models import Objektivfordeling, Takstbilag, Takstbilagspost
from takster.objektivdemo import TILBUD, lav_fordelinger
from takster.regneark import takster as regneark
from tests.takster.factories import RegelsaetFactory, TakstFactory, TilbudFactory, YdelseFactory
from tests.takster.objektivhjaelp import FELTER, deltagere, lav_fordeling, lav_objektiv_ydelse
from tests.takster.taelling import HOEJST, forespoergsler
from tilbud.models import Ydelse

pytestmark = pytest.mark.django_db
NOEGLE = {"aalborg": 300, "rebild": 100, "thisted": 100}


@pytest.fixture
def aalborg(organisationer):
    return organisationer["aalborg"]


@pytest.fixture
def fordeling(aalborg):
    return lav_fordeling(aalborg, deltagere=deltagere(NOEGLE))


@pytest.fixture
def sekretariatet(log_ind):
    return log_ind(Rolle.SEKRETARIAT)


def adresse(ydelse, aar=2027) -> str:
    return reverse("takster:fordeling", kwargs={"ydelse": ydelse.pk, "aar": aar})


def sendt(raekker, *, version=0, **mere) -> dict[str, str]:
    """The form as a browser sends it; `raekker` are (Deltager or a part of one) in order."""
    data = {
        "omkostning": "1.000.000",
        "overskud": "",
        "noegletype": "indbyggere",
        "noeglenavn": FELTER["noeglenavn"],
        "noeglekilde": FELTER["noeglekilde"],
        "noegledato": "01.07.2026",
        "version": str(version),
        "handling": "vis",
        "deltagere-TOTAL_FORMS": str(len(raekker)),
        "deltagere-INITIAL_FORMS": "0",
    }
    for nr, en in enumerate(raekker):
        data[f"deltagere-{nr}-kommune"] = str(en.kommune)
        data[f"deltagere-{nr}-noegletal"] = "" if en.noegletal is None else str(en.noegletal)
        if en.er_med:
            data[f"deltagere-{nr}-er_med"] = "on"
    return data | mere


def vist(svar) -> str:
    return re.search(r'name="vist" value="([0-9a-f]+)"', svar.text)[1]


class TestBekraeftelse:
    @pytest.mark.regel("T12")
    def test_fravalg_vises_foer_det_bekraeftes_og_fordeles_paa_de_andre(self, sekretariatet, fordeling):
        url = adresse(fordeling.ydelse)
        data = sendt(deltagere(NOEGLE, uden=("thisted",)), version=1)
        svar = sekretariatet.post(url, data)
        assert svar.status_code == 200
        virkning = {en.navn: (en.foer, en.efter) for en in svar.context["virkninger"]}
        assert virkning == {"Aalborg": (600_000, 750_000), "Rebild": (200_000, 250_000), "Thisted": (200_000, None)}
        assert "vælger fra" in svar.text
        # Nothing is saved yet.
        assert Objektivfordeling.objects.get(pk=fordeling.pk).version == 1
        svar = sekretariatet.post(url, data | {"handling": "bekraeft", "vist": vist(svar)})
        assert svar.url == fordeling.ydelse.get_absolute_url()
        gemt = Objektivfordeling.objects.med_deltagere().get(pk=fordeling.pk)
        assert (gemt.version, sum(gemt.fordelt().beloeb.values())) == (2, 1_000_000)
        # Who has opted out keeps the key value.
        assert {en.kommune.slug: (int(en.noegletal), en.er_med) for en in gemt.deltagere.all()}["thisted"] == (
            100,
            False,
        )
        assert len(Haendelse.objects.for_objekt(gemt).first().data["beloeb"]) == 3

    @pytest.mark.regel("T12")
    def test_kun_det_der_er_vist_kan_bekraeftes(self, sekretariatet, fordeling):
        url = adresse(fordeling.ydelse)
        foerst = sekretariatet.post(url, sendt(deltagere(NOEGLE), version=1))
        andet = sendt(deltagere(NOEGLE | {"rebild": 500}), version=1, handling="bekraeft", vist=vist(foerst))
        for data in (andet, andet | {"vist": ""}):
            svar = sekretariatet.post(url, data)
            assert svar.status_code == 200
            assert "Du har ændret noget, siden virkningen blev vist" in svar.text
        assert Objektivfordeling.objects.get(pk=fordeling.pk).version == 1

    def test_en_kollega_var_foerst(self, sekretariatet, fordeling, aalborg):
        url = adresse(fordeling.ydelse)
        data = sendt(deltagere(NOEGLE | {"rebild": 500}), version=1)
        data |= {"handling": "bekraeft", "vist": vist(sekretariatet.post(url, data))}
        lav_fordeling(aalborg, ydelse=fordeling.ydelse, version=1, deltagere=deltagere(NOEGLE | {"aalborg": 800}))
        svar = sekretariatet.post(url, data)
        assert svar.status_code == 409
        assert 'value="500"' in svar.text
        assert svar.context["virkninger"][0].foer == 800_000
        svar = sekretariatet.post(url, data | {"version": str(svar.context["version"]), "vist": vist(svar)})
        assert svar.status_code == 302
        assert Objektivfordeling.objects.get(pk=fordeling.pk).version == 3

    @pytest.mark.regel("T12")
    def test_det_der_mangler_staar_ved_feltet_og_intet_gaar_tabt(self, sekretariatet, fordeling):
        url = adresse(fordeling.ydelse)
        svar = sekretariatet.post(url, sendt(deltagere(NOEGLE | {"rebild": None}), version=1))
        assert svar.status_code == 422
        assert [(fejl.tekst, fejl.maal) for fejl in svar.context["fejl"]] == [
            ("Rebild er med, men mangler et nøgletal", "id_deltagere-1-noegletal")
        ]
        assert 'value="300"' in svar.text
        andele = sendt(deltagere(NOEGLE), version=1, noegletype="andel")
        svar = sekretariatet.post(url, andele)
        assert (svar.status_code, "Andelene giver tilsammen 500" in svar.text) == (422, True)
        for felt, tekst in (("omkostning", ""), ("omkostning", "1.23"), ("noegledato", "i går"), ("noeglekilde", "")):
            svar = sekretariatet.post(url, sendt(deltagere(NOEGLE), version=1, **{felt: tekst}))
            assert (svar.status_code, svar.context["fejl"][0].maal) == (422, f"id_{felt}")
        to_gange = deltagere(NOEGLE)
        assert sekretariatet.post(url, sendt([*to_gange, to_gange[0]], version=1)).status_code == 422

    def test_cpr_afvises(self, sekretariatet, fordeling):
        svar = sekretariatet.post(
            adresse(fordeling.ydelse), sendt(deltagere(NOEGLE), version=1, noeglekilde="010203-1234")
        )
        assert svar.status_code == 422

    def test_flere_raekker_doemmer_ingenting(self, sekretariatet, fordeling):
        data = sendt(deltagere(NOEGLE | {"rebild": None}), version=1, tilfoej="1")
        svar = sekretariatet.post(adresse(fordeling.ydelse), data)
        assert (svar.status_code, svar.context["fejl"]) == (200, [])
        assert len(svar.context["saet"].forms) == len(NOEGLE) + TOMME_RAEKKER


class TestForste:
    def test_begynder_med_aftalens_kommuner_og_saa_med_sidste_aars(self, sekretariatet, aalborg, organisationer):
        ydelse = lav_objektiv_ydelse(aalborg)
        parter = [en.pk for en in organisationer.values() if en.er_part and en.er_kommune]
        svar = sekretariatet.get(adresse(ydelse))
        valgte = [en.initial.get("kommune") for en in svar.context["saet"].forms]
        assert sorted(pk for pk in valgte if pk) == sorted(parter)
        lav_fordeling(aalborg, ydelse=ydelse, deltagere=deltagere(NOEGLE))
        svar = sekretariatet.get(adresse(ydelse, 2028))
        assert "hentet fra tidligere år" in svar.text
        assert [en["noegletal"].value() for en in svar.context["saet"].forms[:3]] == ["100", "100", "300"]
        # The year's own figures are not taken over.
        assert svar.context["formular"]["omkostning"].value() is None

    @pytest.mark.regel("T12")
    def test_i_et_nyt_aar_vises_hvad_til_og_fravalg_betyder(self, sekretariatet, fordeling):
        svar = sekretariatet.post(
            adresse(fordeling.ydelse, 2028), sendt(deltagere(NOEGLE | {"hjoerring": 100}, uden=("thisted",)))
        )
        virkning = {en.navn: (en.foer, en.efter) for en in svar.context["virkninger"]}
        assert virkning == {
            "Aalborg": (600_000, 600_000),
            "Rebild": (200_000, 200_000),
            "Thisted": (200_000, None),
            "Hjørring": (None, 200_000),
        }
        assert "Med dem fra 2027 (kr.)" in svar.text
        # Nobody can tell when one of them has no key value any more.
        uden = sekretariatet.post(
            adresse(fordeling.ydelse, 2028), sendt(deltagere(NOEGLE | {"thisted": None}, uden=("thisted",)))
        )
        assert {en.foer for en in uden.context["virkninger"]} == {None}

    def test_et_fremmed_aar_og_en_ydelse_med_takst(self, sekretariatet, fordeling):
        assert sekretariatet.get(adresse(fordeling.ydelse, 1850)).status_code == 404
        assert sekretariatet.get(adresse(YdelseFactory())).status_code == 404


class TestHandling:
    @pytest.mark.regel("T11")
    def test_ved_lov_kan_ingen_vaelge_fra(self, aalborg):
        ydelse = lav_objektiv_ydelse(aalborg, finansieringsform="lovbestemt", finansieringsgrunde=[])
        with pytest.raises(Beregningsfejl, match="kan ikke vælge fra"):
            lav_fordeling(aalborg, ydelse=ydelse, deltagere=deltagere(NOEGLE, uden=("rebild",)))
        assert lav_fordeling(aalborg, ydelse=ydelse, deltagere=deltagere(NOEGLE)).fordelt().trin[0].regel == "T11"

    @pytest.mark.regel("T11")
    def test_siden_spoerger_ikke_om_fravalg_naar_loven_bestemmer(self, sekretariatet, aalborg):
        ydelse = lav_objektiv_ydelse(aalborg, finansieringsform="lovbestemt", finansieringsgrunde=[])
        tekst = sekretariatet.get(adresse(ydelse)).text
        assert "-er_med" not in tekst
        assert 'name="noegletype"' not in tekst
        raekker = deltagere(NOEGLE, uden=("rebild",))
        svar = sekretariatet.post(adresse(ydelse), sendt(raekker, noegletype="andel"))
        assert [en.efter for en in svar.context["virkninger"]] == [600_000, 200_000, 200_000]

    @pytest.mark.regel("T11", "T12")
    def test_en_fordeling_der_ikke_passer_mere_siger_det(self, client, aalborg):
        fordeling = lav_fordeling(aalborg, deltagere=deltagere(NOEGLE, uden=("rebild",)))
        Ydelse.objects.filter(pk=fordeling.ydelse_id).update(finansieringsform="lovbestemt")
        svar = client.get(fordeling.ydelse.get_absolute_url())
        assert svar.status_code == 200
        assert "passer ikke længere" in svar.text

    def test_kun_sekretariatet_og_kun_den_nyeste_udgave(self, aalborg, fordeling, adgang):
        with pytest.raises(Versionskonflikt):
            lav_fordeling(aalborg, ydelse=fordeling.ydelse)
        with pytest.raises(ValidationError):
            lav_fordeling(aalborg, ydelse=YdelseFactory())
        with pytest.raises(PermissionDenied):
            gem_fordeling(
                fordeling.ydelse,
                2027,
                adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER),
                version=1,
                felter=FELTER,
                deltagere=deltagere(NOEGLE),
            )


class TestVisning:
    @pytest.mark.regel("T12")
    def test_alle_ser_noegle_kilde_dato_og_beloeb(self, client, fordeling):
        tekst = client.get(fordeling.ydelse.get_absolute_url()).text.replace("\u00a0", " ")
        for ventet in (
            "Betales efter nøgle",
            "Indbyggere i alt",
            "Danmarks Statistik, FOLK1A",
            "1. juli 2026",
            "600.000",
            "60,0 %",
            "1.000.000 kr.",
            "Sådan er tallet beregnet",
        ):
            assert ventet in tekst
        assert "Lav fordeling" not in tekst

    def test_sekretariatet_har_vejen_til_at_rette(self, sekretariatet, fordeling):
        tekst = sekretariatet.get(fordeling.ydelse.get_absolute_url()).text
        assert adresse(fordeling.ydelse) in tekst
        assert adresse(fordeling.ydelse, 2028) in tekst

    def test_uden_fordeling_og_med_takst(self, client, aalborg):
        assert "ikke lagt fordelingen ind" in client.get(lav_objektiv_ydelse(aalborg).get_absolute_url()).text
        assert 'id="fordeling"' not in client.get(YdelseFactory().get_absolute_url()).text

    def test_faste_opslag(self, client, aalborg, organisationer):
        ydelse = lav_objektiv_ydelse(aalborg)
        alle = {en.slug: 10 for en in organisationer.values() if en.er_part and en.er_kommune}
        antal = []
        for nr in range(3):
            lav_fordeling(
                aalborg, ydelse=ydelse, aar=2027 + nr, deltagere=deltagere(dict(list(alle.items())[: 3 + nr]))
            )
            antal.append(forespoergsler(lambda: client.get(ydelse.get_absolute_url())))
        assert antal[1] == antal[2] <= HOEJST

    def test_faste_opslag_paa_formularen(self, sekretariatet, aalborg, organisationer):
        ydelse = lav_objektiv_ydelse(aalborg)
        antal = []
        for nr, noegle in enumerate((NOEGLE, NOEGLE | {"frederikshavn": 5})):
            lav_fordeling(aalborg, ydelse=ydelse, version=nr, deltagere=deltagere(noegle))
            antal.append(forespoergsler(lambda: sekretariatet.get(adresse(ydelse))))
        assert antal[0] == antal[1] <= HOEJST


class TestTakstbilag:
    @pytest.mark.regel("T12", "T11")
    def test_betales_efter_noegle_i_stedet_for_en_pris(self, fordeling, aalborg):
        TakstFactory(aar=2027, ydelse=YdelseFactory(tilbud=TilbudFactory(driftsherre=aalborg, navn="Aaa")))
        TakstFactory(aar=2027, ydelse=YdelseFactory(tilbud=TilbudFactory(driftsherre=aalborg, navn="Bbb")))
        raekker = takstbilag.raekker_i_bilaget(2027)
        # In Danish order: aa is å, last.
        assert [raekke.tilbud_navn for raekke in raekker] == ["Bbb", fordeling.ydelse.tilbud.navn, "Aaa"]
        celler = [
            [tekst for tekst, _ in raekke.celler] for raekke in takstbilag.byg_tabel(2027, raekker).grupper[0].raekker
        ]
        assert celler[1][:2] == [fordeling.ydelse.tilbud.navn, fordeling.ydelse.navn]
        assert celler[1][7] == "Betales efter nøgle"
        linje = regneark.byg_csv(raekker).decode("utf-8-sig").splitlines()[2]
        assert "Betales efter nøgle: Indbyggere i alt" in linje

    def test_en_anden_finansiering_og_et_andet_aar_er_ikke_med(self, fordeling):
        assert takstbilag.raekker_i_bilaget(2026) == []
        Ydelse.objects.filter(pk=fordeling.ydelse_id).update(finansieringsform="takst")
        assert takstbilag.raekker_i_bilaget(2027) == []

    @pytest.mark.regel("T12")
    def test_en_ny_noegle_er_noget_nyt_i_bilaget(self, aalborg, fordeling):
        takst = TakstFactory(aar=2027, ydelse=YdelseFactory(tilbud=TilbudFactory(driftsherre=aalborg)))
        for_lidt_siden = timezone.now() - dt.timedelta(minutes=5)
        Objektivfordeling.objects.update(gemt_tidspunkt=for_lidt_siden)
        udstedt = Takstbilag.objects.create(
            aar=2027, version=1, regelsaet=RegelsaetFactory(), udstedt_tidspunkt=for_lidt_siden
        )
        Takstbilagspost.objects.create(bilag=udstedt, takst=takst)
        assert not bilag.er_aendret(2027)
        lav_fordeling(aalborg, ydelse=fordeling.ydelse, version=1, deltagere=deltagere(NOEGLE, uden=("rebild",)))
        assert bilag.er_aendret(2027)


@pytest.mark.regel("T12")
def test_demoens_eksempel(organisationer):
    TilbudFactory(slug=TILBUD, driftsherre=organisationer["aalborg"])
    lav_fordelinger()
    lav_fordelinger()
    aeldst, nyest = Objektivfordeling.objects.med_deltagere().order_by("aar")
    assert aeldst.er_eksempel
    assert len(nyest.fordelt().andele) < len(aeldst.fordelt().andele)
    assert nyest.noeglekilde == "Eksempeltal"
