"""The five types of tariff in the workbook: columns of their own, locked cells, levels, submission."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from takster import hentning
from takster.handlinger import skemaer as handlinger
from takster.handlinger.flere_skemaer import gem_flere, indsend_flere
from takster.models import Skemakommentar, Takstskema
from takster.niveauceller import CELLER, gemte_raekker
from takster.skemabog import laes
from takster.skemabog.hentning import byg_bog
from takster.skemabog.sammenlign import med_kontrol, sammenlign
from tests.takster.factories import SkemaFactory, TilbudFactory, YdelseFactory
from tests.takster.skemabog.hjaelp import aabn, celle, luk, url
from tests.takster.test_taksttyper_skema import ATA, NIVEAUER
from tilbud.enums import Taksttype

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite(
        "reading and writing workbooks is Python; that they are saved is proven on both in test_gem.py"
    ),
]


def lav(indberetning, taksttype: str, **felter) -> Takstskema:
    tilbud = TilbudFactory(driftsherre=indberetning.driftsherre)
    skema = SkemaFactory(indberetning=indberetning, ydelse=YdelseFactory(tilbud=tilbud, taksttype=taksttype), **felter)
    if taksttype == Taksttype.DIFFERENTIERET:
        handlinger.gem_skema(
            skema,
            adgang=Adgang.system(),
            version=skema.version,
            felter=hentning.felter_af(skema),
            linjer=skema.beloeb(),
            niveauer=NIVEAUER,
        )
    return skema


@pytest.fixture
def trappe(indberetning):
    return lav(indberetning, "differentieret", udfyldt=True)


@pytest.fixture
def tillaeg(indberetning):
    return lav(indberetning, "tillaeg", **ATA)


@pytest.fixture
def indberetter(adgang):
    return adgang(Rolle.DRIFTSHERRE_INDBERETTER)


def _sammenlign(data, indberetning, adgang):
    return sammenlign(laes.laes(data), indberetning, adgang)


@pytest.mark.regel("T32")
@pytest.mark.parametrize("typer", [list(Taksttype), [Taksttype.TILLAEG], [Taksttype.INDIVIDUEL, Taksttype.TILLAEG]])
def test_uaendret_ud_og_ind(typer, indberetning, indberetter):
    for taksttype in typer:
        lav(indberetning, taksttype, udfyldt=taksttype not in ("tillaeg", "individuel"))
    data = byg_bog(indberetning, indberetter)
    for en in (data, luk(aabn(data))):
        ud = _sammenlign(en, indberetning, indberetter)
        assert (ud.fejl, ud.aendringer, ud.uaendrede) == ([], [], len(typer))


@pytest.mark.regel("T33", "T36")
def test_hver_type_har_sine_egne_felter(indberetning, indberetter, trappe, tillaeg, skema):
    bog = aabn(byg_bog(indberetning, indberetter))
    assert celle(bog, "Niveau 2, pladser", trappe).value == 4
    assert not celle(bog, "Niveau 2, pladser", trappe).protection.locked
    for fremmed in (skema, tillaeg):
        assert celle(bog, "Niveau 2, pladser", fremmed).protection.locked
    assert celle(bog, "Antal pladser", tillaeg).protection.locked
    for overskrift in ("Takstberegningsgrundlag (kr.)", "Takst (kr.)", "A Personaleomkostninger i alt (kr.)"):
        assert celle(bog, overskrift, tillaeg).value is None
        assert str(celle(bog, overskrift, trappe).value).startswith("=")
    assert celle(bog, "Taksttype", trappe).value == "Differentieret takst"
    celle(bog, "Niveau 2, pladser", skema).value = 3
    ud = _sammenlign(luk(bog), indberetning, indberetter)
    assert [fejl.besked for fejl in ud.fejl] == [
        "Feltet bruges ikke i dette skema (gennemsnitstakst pr. døgn). Lad cellen stå tom"
    ]


@pytest.mark.regel("T37")
def test_niveauer_gemmes_og_logges(indberetning, indberetter, trappe, tillaeg):
    bog = aabn(byg_bog(indberetning, indberetter))
    celle(bog, "Niveau 1, pladser", trappe).value = 3
    celle(bog, "Niveau 4, navn", trappe).value = "Størst"
    celle(bog, "Niveau 4, pladser", trappe).value = 1
    celle(bog, "Niveau 4, direkte støttetimer om ugen", trappe).value = 60
    celle(bog, "Timeomkostning (kr.)", tillaeg).value = 300
    ud = _sammenlign(luk(bog), indberetning, indberetter)
    assert ud.fejl == []
    vist = {aendring.skema.pk: aendring for aendring in med_kontrol(ud)}
    assert ("Niveau 4, navn", "–", "Størst") in vist[trappe.pk].linjer
    assert len(vist[trappe.pk].beregning.typer.niveauer.priser) == 4
    assert vist[tillaeg.pk].beregning.pris is not None
    gem_flere(indberetning, {pk: aendring.nyt for pk, aendring in vist.items()}, adgang=indberetter)
    gemt = Takstskema.objects.get(pk=trappe.pk)
    assert [(niveau["navn"], niveau["pladser"]) for niveau in gemte_raekker(gemt)] == [
        ("Let", 3),
        ("Middel", 4),
        ("Stor", 2),
        ("Størst", 1),
    ]
    tillaeg.refresh_from_db()
    assert tillaeg.ata_timeomkostning == 300
    data = Haendelse.objects.for_objekt(trappe).latest("pk").data
    assert data["felter"].keys() <= set(CELLER)
    assert [Decimal(vaerdi) for vaerdi in data["felter"]["niveau_1_pladser"]] == [4, 3]


def test_kollegaens_niveau_og_filens(indberetning, indberetter, trappe):
    """A cell only the colleague changed is kept; a cell both changed is shown."""
    bog = aabn(byg_bog(indberetning, indberetter))
    nye = [{**NIVEAUER[0], "pladser": Decimal(5)}, {**NIVEAUER[1], "pladser": Decimal(3)}, NIVEAUER[2]]
    skema = Takstskema.objects.get(pk=trappe.pk)
    handlinger.gem_skema(
        skema,
        adgang=indberetter,
        version=skema.version,
        felter=hentning.felter_af(skema),
        linjer=skema.beloeb(),
        niveauer=nye,
    )
    celle(bog, "Niveau 1, pladser", trappe).value = 6
    (aendring,) = _sammenlign(luk(bog), indberetning, indberetter).aendringer
    assert [konflikt.felt for konflikt in aendring.konflikter] == ["Niveau 1, pladser"]
    assert [niveau["pladser"] for niveau in aendring.nyt.niveauer] == [6, 3, 2]


@pytest.mark.regel("T32")
def test_indsendes_samlet_med_type_og_svar_paa_kommentarer(indberetning, trappe, adgang):
    kommentar = Skemakommentar.objects.create(
        skema=trappe, felt="bemaerkning", tekst="Uddyb", sendt_tidspunkt=timezone.now()
    )
    version = Takstskema.objects.get(pk=trappe.pk).version
    indsend_flere(indberetning, {trappe.pk: version}, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
    gemt = Takstskema.objects.get(pk=trappe.pk)
    kommentar.refresh_from_db()
    assert (gemt.tilstand, gemt.indsendt_taksttype) == ("indsendt", "differentieret")
    assert kommentar.loest_tidspunkt == gemt.indsendt_tidspunkt


def test_siden_viser_prisen_for_en_tillaegsydelse(indberetning, tillaeg, log_ind):
    svar = log_ind(Rolle.DRIFTSHERRE_GODKENDER).get(url(indberetning, "indsend_alle"))
    raekker = [*svar.context["klar"], *svar.context["ikke_klar"]]
    assert [raekke["skema"] for raekke in raekker] == [tillaeg]
    assert raekker[0]["grundlag"] is None
    assert raekker[0]["takst"] > 0


def test_antallet_af_forespoergsler_foelger_ikke_antallet_af_niveauskemaer(
    indberetning, indberetter, trappe, django_assert_max_num_queries
):
    for _ in range(4):
        lav(indberetning, "differentieret", udfyldt=True)
    with django_assert_max_num_queries(10):
        data = byg_bog(indberetning, indberetter)
    bog = aabn(data)
    for skema in Takstskema.objects.all():
        celle(bog, "Niveau 1, pladser", skema).value = 5
    laest = laes.laes(luk(bog))
    with django_assert_max_num_queries(15):
        ud = sammenlign(laest, indberetning, indberetter)
        aendringer = med_kontrol(ud)
    assert len(aendringer) == 5
    nye = {aendring.skema.pk: aendring.nyt for aendring in aendringer}
    with django_assert_max_num_queries(12):
        gem_flere(indberetning, nye, adgang=indberetter)
