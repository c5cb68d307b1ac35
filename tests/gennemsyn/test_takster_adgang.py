"""Attacks on the tariff pages: other organisations, other hats, other people's figures, strange parameters."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from takster import hentning
from takster.enums import Rundetilstand, Skematilstand
from takster.forms.skema import linjefelt
from takster.handlinger import offentliggoerelse, skemaer
from takster.models import Takst, Takstkladde
from tests.takster.factories import IndberetningFactory, RundeFactory, SkemaFactory, TakstFactory

pytestmark = pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL")

HEMMELIG = Decimal("5234567.00")
HEMMELIG_TEKST = "5.234.567"


@pytest.fixture
def skema(organisationer):
    """A submitted form of Aalborg whose wage line is a figure that is easy to find."""
    indberetning = IndberetningFactory(driftsherre=organisationer["aalborg"])
    from tests.takster.factories import LINJER

    return SkemaFactory(
        indberetning=indberetning,
        udfyldt=True,
        bemaerkning="Fortrolig forklaring",
        linjer={**LINJER, "A20": HEMMELIG},
        tilstand=Skematilstand.INDSENDT,
    )


SIDER = ("skema", "skema_ret", "skema_indsend", "skema_kvittering", "skema_retur", "skema_godkend")
POSTER = ("skema_kladde", "skema_kasser", "skema_traek", "skema_offentliggoer", "skema_indsend", "skema_ret")
UDENFOR = [
    (Rolle.DRIFTSHERRE_INDBERETTER, "hjoerring"),
    (Rolle.DRIFTSHERRE_GODKENDER, "hjoerring"),
    (Rolle.KOMMUNE_MYNDIGHED, "aalborg"),
    (Rolle.KOMMUNE_GODKENDER, "aalborg"),
    (Rolle.REVISOR, "hjoerring"),
    (Rolle.KKR_LAESER, None),
    (Rolle.FU_MEDLEM, "aalborg"),
    (Rolle.TILSYN_LAESER, None),
]


@pytest.mark.parametrize(("rolle", "organisation"), UDENFOR)
def test_udenforstaaende_faar_hverken_sider_eller_handlinger(log_ind, skema, rolle, organisation):
    klient = log_ind(rolle, organisation=organisation)
    for navn in SIDER:
        assert klient.get(reverse(f"takster:{navn}", args=[skema.pk])).status_code in (403, 404), navn
    for navn in POSTER:
        svar = klient.post(reverse(f"takster:{navn}", args=[skema.pk]), {"version": skema.version})
        assert svar.status_code in (403, 404), navn
    skema.refresh_from_db()
    assert skema.tilstand == Skematilstand.INDSENDT


@pytest.mark.parametrize(("rolle", "organisation"), UDENFOR)
def test_lister_og_eksport_viser_ikke_fremmede_skemaer(log_ind, skema, rolle, organisation):
    klient = log_ind(rolle, organisation=organisation)
    navn = skema.ydelse.tilbud.navn
    for form in ("", "?format=csv", f"?driftsherre={skema.indberetning.driftsherre_id}&format=csv"):
        svar = klient.get(reverse("takster:skemaer") + form)
        assert svar.status_code == 403 or navn not in svar.content.decode("utf-8", "replace")


def test_das_ser_sammendraget_men_ingen_linjer(log_ind, skema):
    klient = log_ind(Rolle.DAS_MEDLEM, organisation="aalborg")
    for navn in ("skema", "skema_kvittering"):
        tekst = klient.get(reverse(f"takster:{navn}", args=[skema.pk])).content.decode()
        assert HEMMELIG_TEKST not in tekst
        assert "Fortrolig forklaring" not in tekst
        assert "Kladde gemt" not in tekst
    csv = klient.get(reverse("takster:skemaer") + "?format=csv").content.decode("utf-8", "replace")
    assert HEMMELIG_TEKST not in csv
    assert klient.get(reverse("takster:skema_ret", args=[skema.pk])).status_code == 403
    assert klient.post(reverse("takster:skema_godkend", args=[skema.pk])).status_code == 403


def test_driftsherren_ser_ikke_andres_antal_paa_rundens_side(log_ind, organisationer):
    SkemaFactory.create_batch(7, indberetning=IndberetningFactory(driftsherre=organisationer["hjoerring"]))
    IndberetningFactory(driftsherre=organisationer["aalborg"])
    svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="aalborg").get(reverse("takster:runde", args=[2027]))
    assert svar.status_code == 200
    assert "7 er i gang" not in svar.content.decode()


def test_revisor_ser_kun_det_afgivne(log_ind, organisationer):
    kladde = SkemaFactory(indberetning=IndberetningFactory(driftsherre=organisationer["aalborg"]))
    klient = log_ind(Rolle.REVISOR, organisation="aalborg")
    assert klient.get(reverse("takster:skema", args=[kladde.pk])).status_code == 404
    assert kladde.ydelse.tilbud.navn not in klient.get(reverse("takster:skemaer")).content.decode()


def _offentliggjort(skema) -> Takst:

    system = Adgang.system()
    skemaer.godkend(skema, adgang=system)
    runde = skema.indberetning.runde
    runde.tilstand = Rundetilstand.LUKKET
    runde.save()
    offentliggoerelse.offentliggoer_runde(runde, adgang=system)
    return Takst.objects.get(skema=skema)


def test_den_offentlige_takstside_viser_ingen_omkostningslinjer(client, skema):
    """The matrix, row "tariff form (cost lines)": nothing for the public, and a summary for DAS."""
    takst = _offentliggjort(skema)
    tekst = client.get(takst.get_absolute_url()).content.decode()
    assert "Takstberegningsgrundlag" in tekst
    assert HEMMELIG_TEKST not in tekst


def test_kladderunde_er_ukendt_for_andre_end_sekretariatet(log_ind, organisationer):
    runde = RundeFactory(aar=2028, tilstand=Rundetilstand.KLADDE, frist=dt.date(2027, 10, 31))
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="aalborg")
    assert klient.get(reverse("takster:runde", args=[2028])).status_code == 404
    assert klient.get(reverse("takster:indberetning_runde", args=[2028])).status_code == 404
    tekst = klient.get(reverse("takster:skemaer") + f"?runde={runde.pk}").content.decode()
    assert "2028" not in tekst
    assert "2028" not in klient.get("/").content.decode()


@pytest.mark.parametrize(
    "spoerg",
    [
        "?aar=²",
        "?aar=99999999999999999999999",
        "?aar=-1",
        "?page=abc",
        "?per_page=abc",
        "?per_page=99999999",
        "?sort=skema__bemaerkning",
        "?sort=-skema__retur_begrundelse",
        "?kommune=abc",
        "?kommune=ukendt",
        "?driftsherre=99999999999999999999999",
        "?format=exe",
        "?q=%00",
        "?aar=2026&aar=2025",
    ],
)
def test_maerkelige_parametre_giver_ingen_fejlside(client, organisationer, spoerg):
    TakstFactory()
    svar = client.get(reverse("takster:liste") + spoerg)
    assert svar.status_code in (200, 404)


def test_opret_skema_med_vroevl_er_404(log_ind, organisationer):
    IndberetningFactory(driftsherre=organisationer["aalborg"])
    klient = log_ind(Rolle.SEKRETARIAT)
    for vaerdi in ("abc", "", "-1", "9" * 30):
        svar = klient.post(reverse("takster:opret_skema", args=[2027, "aalborg"]), {"ydelse": vaerdi})
        assert svar.status_code == 404, vaerdi


def test_opret_skema_for_andres_ydelse(log_ind, organisationer):
    fremmed = SkemaFactory(indberetning=IndberetningFactory(driftsherre=organisationer["hjoerring"]))
    IndberetningFactory(driftsherre=organisationer["aalborg"])
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="aalborg")
    svar = klient.post(reverse("takster:opret_skema", args=[2027, "hjoerring"]), {"ydelse": fremmed.ydelse_id})
    assert svar.status_code == 404
    svar = klient.post(reverse("takster:opret_skema", args=[2027, "aalborg"]), {"ydelse": fremmed.ydelse_id})
    assert svar.status_code == 404


@pytest.mark.parametrize("version", ["", "abc", "9" * 30, "-1"])
def test_autogem_taaler_vroevl(log_ind, organisationer, version):
    skema = SkemaFactory(indberetning=IndberetningFactory(driftsherre=organisationer["aalborg"]))
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="aalborg")
    svar = klient.post(reverse("takster:skema_kladde", args=[skema.pk]), {"version": version, "bemaerkning": "x"})
    assert svar.status_code in (200, 400)


def test_autogem_gemmer_ikke_cpr(log_ind, organisationer):
    skema = SkemaFactory(indberetning=IndberetningFactory(driftsherre=organisationer["aalborg"]))
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="aalborg")
    klient.post(
        reverse("takster:skema_kladde", args=[skema.pk]),
        {"version": skema.version, "bemaerkning": "Borger 010190-1234 flytter"},
    )
    assert not [kladde for kladde in Takstkladde.objects.all() if "010190" in str(kladde.data)]


def test_hemmelig_kladde_ses_ikke_af_kollegaen(log_ind, organisationer):
    skema = SkemaFactory(indberetning=IndberetningFactory(driftsherre=organisationer["aalborg"]))
    log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="aalborg").post(
        reverse("takster:skema_kladde", args=[skema.pk]), {"version": skema.version, "bemaerkning": "kun min"}
    )
    anden = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER, organisation="aalborg")
    assert "kun min" not in anden.get(reverse("takster:skema_ret", args=[skema.pk])).content.decode()


def test_formler_i_regneark_er_tekst(client, organisationer):
    TakstFactory(tilbud_navn="=HYPERLINK(1)", bemaerkning="@SUM(1+1)")
    csv = client.get(reverse("takster:liste") + "?format=csv").content.decode("utf-8-sig")
    assert ";=HYPERLINK" not in csv
    assert ";@SUM" not in csv


def test_upubliceret_tilbud_naevnes_ikke_med_doedt_link(client, organisationer):
    takst = TakstFactory()
    tilbud = takst.tilbud
    tilbud.offentliggjort = False
    tilbud.save()
    svar = client.get(takst.get_absolute_url())
    assert svar.status_code == 404 or tilbud.get_absolute_url() not in svar.content.decode()


def test_takstlisten_med_filter_holder_budgettet(log_ind, organisationer, django_assert_max_num_queries):
    TakstFactory.create_batch(5)
    klient = log_ind(Rolle.DAS_MEDLEM, organisation="aalborg")
    with django_assert_max_num_queries(15):
        assert klient.get(reverse("takster:liste") + "?q=tilbud&per_page=100&sort=-takst").status_code == 200


def _aendret_og_indsendt_igen(skema):
    system = Adgang.system()
    skemaer.traek_tilbage(skema, adgang=system)
    skemaer.gem_skema(
        skema,
        adgang=system,
        version=skema.version,
        felter=hentning.felter_af(skema),
        linjer={**skema.beloeb(), "A20": Decimal("5111111.00")},
    )
    skemaer.indsend(skema, adgang=system)


def test_sekretariatet_godkender_kun_de_tal_det_har_set(log_ind, skema):
    klient = log_ind(Rolle.SEKRETARIAT)
    url = reverse("takster:skema_godkend", args=[skema.pk])
    assert f'name="version" value="{skema.version}"' in klient.get(url).content.decode()
    laest = skema.version
    _aendret_og_indsendt_igen(skema)

    svar = klient.post(url, {"version": laest, "begrundelse": "Min grund"})

    tekst = svar.content.decode()
    skema.refresh_from_db()
    assert svar.status_code == 422
    assert skema.tilstand == Skematilstand.INDSENDT
    assert "Min grund" in tekst
    assert f'name="version" value="{skema.version}"' in tekst
    assert klient.post(url, {"version": skema.version, "begrundelse": "Min grund"}).status_code == 302
    skema.refresh_from_db()
    assert skema.tilstand == Skematilstand.GODKENDT


def test_indsendelse_sletter_ikke_kollegaens_kladde(log_ind, organisationer):
    skema = SkemaFactory(indberetning=IndberetningFactory(driftsherre=organisationer["aalborg"]), udfyldt=True)
    log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="aalborg").post(
        reverse("takster:skema_kladde", args=[skema.pk]), {"version": skema.version, "bemaerkning": "ikke gemt endnu"}
    )
    godkender = log_ind(Rolle.DRIFTSHERRE_GODKENDER, organisation="aalborg")
    svar = godkender.post(reverse("takster:skema_indsend", args=[skema.pk]), {"version": skema.version})
    assert svar.status_code == 302
    assert Takstkladde.objects.get().data["bemaerkning"] == "ikke gemt endnu"


def test_det_skrevne_gaar_ikke_tabt_naar_en_kollega_har_indsendt(log_ind, skema):
    """The form was submitted while somebody typed: 409, nothing saved, and the text stands to be copied."""
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="aalborg")
    svar = klient.post(
        reverse("takster:skema_ret", args=[skema.pk]),
        {"version": skema.version, "bemaerkning": "Vi flytter to pladser", linjefelt("A10"): "1.234.567"},
    )
    tekst = svar.content.decode()
    skema.refresh_from_db()
    assert svar.status_code == 409
    assert "Vi flytter to pladser" in tekst
    assert "1.234.567" in tekst
    assert skema.bemaerkning == "Fortrolig forklaring"
