"""Submitting all forms without errors: the check page, all or none, one mail, and who may."""

from __future__ import annotations

import pytest

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from takster.enums import Skematilstand
from takster.handlinger import skemaer as handlinger
from takster.models import Takstskema
from tests.takster.factories import SkemaFactory
from tests.takster.skemabog.hjaelp import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def godkender(log_ind):
    return log_ind(Rolle.DRIFTSHERRE_GODKENDER)


@pytest.fixture
def klare(indberetning):
    return [SkemaFactory(udfyldt=True, indberetning=indberetning) for _ in range(3)]


def post(klient, indberetning, vaerdier):
    return klient.post(url(indberetning, "indsend_alle"), {"skema": vaerdier})


def vaerdier(skemaer):
    return [f"{skema.pk}:{skema.version}" for skema in skemaer]


def test_siden_deler_skemaerne_op(godkender, indberetning, klare, timeskema):
    svar = godkender.get(url(indberetning, "indsend_alle"))
    assert len(svar.context["klar"]) == 3
    assert [raekke["skema"] for raekke in svar.context["ikke_klar"]] == [timeskema]
    side = svar.content.decode().replace("\u00a0", " ")
    assert "3 skemaer uden fejl" in side
    assert side.count("checked") == 3


@pytest.mark.regel("T13")
def test_alle_med_kryds_indsendes(
    godkender, indberetning, klare, timeskema, mailoutbox, bruger_med, django_capture_on_commit_callbacks
):
    bruger_med(Rolle.SEKRETARIAT)
    bruger_med(Rolle.DRIFTSHERRE_INDBERETTER)
    with django_capture_on_commit_callbacks(execute=True):
        svar = post(godkender, indberetning, vaerdier(klare[:2]))
    assert svar.status_code == 302
    tilstande = dict(Takstskema.objects.values_list("pk", "tilstand"))
    assert [tilstande[skema.pk] for skema in klare] == ["indsendt", "indsendt", "kladde"]
    klare[0].refresh_from_db()
    assert klare[0].indsendt_af
    haendelse = Haendelse.objects.for_objekt(klare[0]).get(handling="takstskema_indsendt")
    assert (haendelse.fra_tilstand, haendelse.til_tilstand) == ("kladde", "indsendt")
    emner = sorted(mail.subject for mail in mailoutbox)
    assert emner[0] == "2 takstskemaer er indsendt af Aalborg Kommune"
    assert "Kvittering: 2 takstskemaer er indsendt" in emner
    assert klare[0].sagsnummer in mailoutbox[0].body


def test_det_samme_som_en_ad_gangen(godkender, indberetning, klare, adgang):
    """Both ways leave the same row and the same log."""
    handlinger.indsend(klare[0], adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
    post(godkender, indberetning, vaerdier(klare[1:2]))
    felter = [
        Takstskema.objects.filter(pk=skema.pk)
        .values(
            "tilstand",
            "version",
            "indsendt_tidspunkt",
            "indsendt_af",
            "meldt_klar_tidspunkt",
            "retur_begrundelse",
            "gemt_tidspunkt",
        )
        .get()
        for skema in klare[:2]
    ]
    assert felter[0] == felter[1]
    log = [Haendelse.objects.for_objekt(skema).get(handling="takstskema_indsendt") for skema in klare[:2]]
    assert log[0].data == log[1].data
    assert log[0].vedroerer_id == log[1].vedroerer_id


def test_et_skema_med_fejl_stopper_alle(godkender, indberetning, klare, timeskema):
    svar = post(godkender, indberetning, vaerdier([*klare, timeskema]))
    assert svar.status_code == 409
    assert "intet er indsendt" in svar.content.decode()
    assert not Takstskema.objects.filter(tilstand=Skematilstand.INDSENDT).exists()


def test_en_anden_version_stopper_alle(godkender, indberetning, klare):
    Takstskema.objects.filter(pk=klare[1].pk).update(version=5)
    assert post(godkender, indberetning, vaerdier(klare)).status_code == 409
    assert not Takstskema.objects.filter(tilstand=Skematilstand.INDSENDT).exists()


def test_allerede_indsendt_stopper_alle(godkender, indberetning, klare, adgang):
    sendte = vaerdier(klare)
    handlinger.indsend(klare[0], adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
    assert post(godkender, indberetning, sendte).status_code == 409


@pytest.mark.parametrize("sendt", [[], ["abc"], [":"], ["9999:1"]])
def test_daarlige_valg(godkender, indberetning, klare, sendt):
    svar = post(godkender, indberetning, sendt)
    assert svar.status_code in (403, 422)
    assert not Takstskema.objects.filter(tilstand=Skematilstand.INDSENDT).exists()


def test_naboens_skema_kan_ikke_indsendes_herfra(log_ind, indberetning, klare):
    nabo = log_ind(Rolle.DRIFTSHERRE_GODKENDER, organisation="hjoerring")
    assert post(nabo, indberetning, vaerdier(klare)).status_code == 404


def test_indberetteren_ser_men_indsender_ikke(klient, indberetning, klare):
    side = klient.get(url(indberetning, "indsend_alle")).content.decode()
    assert "Den, der godkender hos jer" in side
    assert 'name="skema"' not in side
    assert post(klient, indberetning, vaerdier(klare)).status_code == 403


def test_efter_fristen(log_ind, indberetning, klare, efter_fristen):
    godkender = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
    svar = godkender.get(url(indberetning, "indsend_alle"))
    assert svar.context["klar"] == []
    assert "3 kladder kan ikke indsendes" in svar.content.decode().replace("\u00a0", " ")
    assert post(godkender, indberetning, vaerdier(klare)).status_code == 403


def test_antallet_af_forespoergsler(godkender, indberetning, klare, django_assert_max_num_queries):
    for _ in range(7):
        SkemaFactory(udfyldt=True, indberetning=indberetning)
    with django_assert_max_num_queries(22):
        godkender.get(url(indberetning, "indsend_alle"))
