"""Describing a ydelse: who may, what is required at the field (T32, T10), and two who write at the same time."""

from __future__ import annotations

import pytest
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from tests.tilbud.factories import TilbudFactory, YdelseFactory
from tilbud.models import Ydelse

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL"),
]


@pytest.fixture
def ydelse(organisationer) -> Ydelse:
    tilbud = TilbudFactory(slug="proeve", navn="Prøven", driftsherre=organisationer["aalborg"])
    return YdelseFactory(tilbud=tilbud, slug="bo", navn="Botilbud", beskrivelse="Støtte hele døgnet")


@pytest.fixture
def klient(log_ind, organisationer):
    return log_ind(Rolle.DRIFTSHERRE_INDBERETTER)


def ret(ydelse: Ydelse) -> str:
    return reverse("tilbud:ydelse_ret", kwargs={"slug": ydelse.tilbud.slug, "ydelse": ydelse.slug})


def data(klient, url: str, **aendringer) -> dict:
    formular = klient.get(url).context["formular"]
    felter = {felt.name: felt.value() for felt in formular}
    return {navn: v for navn, v in (felter | aendringer).items() if v is not None}


class TestRet:
    @pytest.mark.regel("T32")
    def test_driftsherren_vaelger_type_og_beskriver(self, klient, ydelse):
        svar = klient.post(
            ret(ydelse),
            data(klient, ret(ydelse), taksttype="differentieret", afdeling="Hus B", beskrivelse="Tre niveauer"),
            follow=True,
        )
        ydelse.refresh_from_db()
        assert (ydelse.taksttype, ydelse.afdeling, ydelse.beskrivelse) == ("differentieret", "Hus B", "Tre niveauer")
        assert "Differentieret takst" in svar.text
        assert Haendelse.objects.for_objekt(ydelse.tilbud).filter(handling="ydelse_gemt").count() == 1

    @pytest.mark.regel("T32")
    def test_uden_beskrivelse_staar_fejlen_ved_feltet(self, klient, ydelse):
        svar = klient.post(ret(ydelse), data(klient, ret(ydelse), beskrivelse=" ", navn="Nyt navn"))
        assert svar.status_code == 422
        assert "Skriv, hvad ydelsen består af" in svar.context["formular"].errors["beskrivelse"][0]
        assert svar.context["fejl"][0].maal == "id_beskrivelse"
        assert 'value="Nyt navn"' in svar.text

    @pytest.mark.regel("T10")
    def test_anden_finansiering_kraever_en_grund(self, klient, ydelse):
        svar = klient.post(ret(ydelse), data(klient, ret(ydelse), finansieringsform="abonnement"))
        assert svar.status_code == 422
        assert "mindst én grund" in svar.context["formular"].errors["finansieringsgrunde"][0]

    @pytest.mark.regel("T10")
    def test_anden_finansiering_viser_grunde_og_manglende_afgoerelse(self, klient, ydelse):
        sendt = data(klient, ret(ydelse), finansieringsform="abonnement", finansieringsgrunde=["anonym", "direkte"])
        svar = klient.post(ret(ydelse), sendt, follow=True)
        assert "anonym rådgivning" in svar.text
        assert "mangler en afgørelse i DAS" in svar.text
        assert Ydelse.objects.get().mangler_afgoerelse
        assert not Ydelse.objects.med_takst().exists()

    def test_afgoerelsen_er_sekretariatets_felt(self, klient, log_ind, ydelse):
        assert "finansieringsafgoerelse" not in klient.get(ret(ydelse)).context["formular"].fields
        klient.post(ret(ydelse), data(klient, ret(ydelse), finansieringsafgoerelse="DAS", enhed="dag"))
        ydelse.refresh_from_db()
        assert (ydelse.finansieringsafgoerelse, ydelse.enhed) == ("", "doegn")
        sekretariat = log_ind(Rolle.SEKRETARIAT)
        sekretariat.post(ret(ydelse), data(sekretariat, ret(ydelse), finansieringsafgoerelse="DAS 21.08.2026"))
        ydelse.refresh_from_db()
        assert ydelse.finansieringsafgoerelse == "DAS 21.08.2026"

    def test_den_anden_ser_begge_udgaver_og_intet_gaar_tabt(self, klient, log_ind, ydelse):
        min_ = data(klient, ret(ydelse), beskrivelse="Min tekst")
        anden = log_ind(Rolle.SEKRETARIAT)
        anden.post(ret(ydelse), data(anden, ret(ydelse), beskrivelse="Sekretariatets tekst"))
        svar = klient.post(ret(ydelse), min_)
        assert svar.status_code == 409
        assert svar.context["forskelle"] == [("Beskrivelse", "Min tekst", "Sekretariatets tekst")]
        assert Ydelse.objects.get().beskrivelse == "Sekretariatets tekst"
        klient.post(ret(ydelse), min_ | {"aftryk": svar.context["formular"]["aftryk"].value()})
        assert Ydelse.objects.get().beskrivelse == "Min tekst"

    def test_andres_tilbud_er_lukket(self, log_ind, ydelse):
        nabo = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring")
        assert nabo.get(ret(ydelse)).status_code == 403
        assert nabo.post(ret(ydelse), {"navn": "Hacket"}).status_code == 403

    def test_cpr_i_beskrivelsen_afvises(self, klient, ydelse):
        svar = klient.post(ret(ydelse), data(klient, ret(ydelse), beskrivelse="Se 010203-1234"))
        assert svar.status_code == 422


class TestOpret:
    def test_en_ny_tillaegsydelse(self, klient, ydelse):
        url = reverse("tilbud:ydelse_opret", kwargs={"slug": "proeve"})
        sendt = data(
            klient, url, navn="Ny", beskrivelse="Ekstra støtte", taksttype="tillaeg", enhed="time", lovgrundlag=""
        )
        svar = klient.post(url, sendt, follow=True)
        ny = Ydelse.objects.get(navn="Ny")
        assert (ny.taksttype, ny.enhed) == ("tillaeg", "time")
        # "ny" is the page for a new one.
        assert ny.slug != "ny"
        assert svar.context["ydelse"] == ny

    def test_samme_navn_igen_er_en_fejl_ved_feltet(self, klient, ydelse):
        url = reverse("tilbud:ydelse_opret", kwargs={"slug": "proeve"})
        svar = klient.post(url, data(klient, url, navn="Botilbud", beskrivelse="x", enhed="doegn", lovgrundlag=""))
        assert svar.status_code == 422
        assert "allerede en ydelse" in svar.context["formular"].errors["navn"][0]


@pytest.mark.regel("T32")
def test_alle_kan_laese_beskrivelsen(client, ydelse):
    svar = client.get(ydelse.get_absolute_url())
    assert "Støtte hele døgnet" in svar.text
    assert "Redigér" not in svar.text


@pytest.mark.regel("T9")
def test_enheden_er_en_af_de_fire():
    assert set(dict(Ydelse._meta.get_field("enhed").choices)) == {"enhed", "time", "dag", "doegn"}


def test_en_ydelse_paa_et_skjult_tilbud_er_skjult(client, ydelse):
    ydelse.tilbud.offentliggjort = False
    ydelse.tilbud.save()
    assert client.get(ydelse.get_absolute_url()).status_code == 404
