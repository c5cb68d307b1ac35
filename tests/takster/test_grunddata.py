"""Loading of rule sets, rates and the historic rounds: golden figures, signs and remarks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from takster import grunddata
from takster.enums import Oprindelse, Rundetilstand
from takster.models import (
    Indberetning,
    Indberetningsrunde,
    Kapacitetsopgoerelse,
    PLsats,
    Regelsaet,
    Regnskab,
    Takst,
    Takstskema,
)
from tests.takster.factories import OrganisationFactory, TilbudFactory

pytestmark = pytest.mark.django_db
SLUGS = (
    "neurocenter-oesterskoven",
    "institut-for-syn-hoerelse-og-doevblindhed",
    "specialboernehjemmene",
    "specialboernehjemmet-kvisten",
)


@pytest.fixture
def regionen(organisationer):
    region = OrganisationFactory(slug="region-nordjylland")
    tilbud = {slug: TilbudFactory(slug=slug, navn=slug, driftsherre=region) for slug in SLUGS}
    tilbud["specialboernehjemmet-kvisten"].overordnet = tilbud["specialboernehjemmene"]
    tilbud["specialboernehjemmet-kvisten"].save()
    return tilbud


@pytest.fixture
def indlaest(regionen):
    grunddata.indlaes_regelsaet()
    grunddata.indlaes_plsatser()
    grunddata.indlaes_historik()
    return regionen


def regnskab(slug: str, aar: int) -> Regnskab:
    return Regnskab.objects.get(tilbud__slug=slug, aar=aar)


@pytest.mark.regel("T14")
@pytest.mark.parametrize(("aar", "takst"), [(2019, "4438.89"), (2020, "4676.15")])
def test_oesterskovens_doegntakster(indlaest, aar, takst):
    fundet = Takst.objects.get(tilbud__slug="neurocenter-oesterskoven", aar=aar)
    assert fundet.takst == Decimal(takst)
    assert (fundet.oprindelse, fundet.er_eksempel, fundet.skema) == (Oprindelse.REGNSKAB, False, None)
    assert fundet.beregning.data["trin"][1]["regel"] == "T14"


def test_kun_oesterskoven_har_en_takst_og_de_andre_siger_hvorfor(indlaest):
    assert set(Takst.objects.values_list("tilbud__slug", flat=True)) == {"neurocenter-oesterskoven"}
    assert "fem huse" in regnskab("specialboernehjemmene", 2019).uden_takst
    assert "timer" in regnskab("institut-for-syn-hoerelse-og-doevblindhed", 2019).uden_takst
    assert regnskab("neurocenter-oesterskoven", 2019).uden_takst == ""


@pytest.mark.regel("T22")
@pytest.mark.parametrize(
    ("slug", "aar", "budget", "resultat"),
    [
        ("neurocenter-oesterskoven", 2018, 33_509_238, -602_919),
        ("neurocenter-oesterskoven", 2019, 33_826_456, -986_997),
        ("neurocenter-oesterskoven", 2020, 45_400_729, 1_646_195),
        ("specialboernehjemmene", 2018, 67_806_850, -1_356_891),
        ("specialboernehjemmene", 2019, 68_572_585, 850_565),
        ("specialboernehjemmene", 2020, 69_254_472, -1_499_757),
        ("institut-for-syn-hoerelse-og-doevblindhed", 2018, 35_208_867, 426),
        ("institut-for-syn-hoerelse-og-doevblindhed", 2019, 35_517_212, 379_146),
        ("institut-for-syn-hoerelse-og-doevblindhed", 2020, 36_226_091, -983_072),
    ],
)
def test_resultat_er_indtaegter_minus_omkostninger(indlaest, slug, aar, budget, resultat):
    fundet = regnskab(slug, aar)
    assert fundet.budget == budget
    assert fundet.aarsresultat().resultat == resultat


def test_det_omvendte_fortegn_fanges_og_staar_som_bemaerkning(indlaest):
    fundet = regnskab("neurocenter-oesterskoven", 2020)
    assert (fundet.budget_oplyst, fundet.budget) == (-45_400_729, 45_400_729)
    assert "modsat fortegn" in fundet.bemaerkninger
    assert regnskab("neurocenter-oesterskoven", 2019).bemaerkninger == ""


def test_et_trykt_resultat_der_ikke_stemmer_bliver_en_bemaerkning(indlaest):
    fundet = regnskab("specialboernehjemmene", 2019)
    assert fundet.resultat_oplyst == 850_564
    assert "850.565" in fundet.bemaerkninger


@pytest.mark.regel("T21")
def test_belaegningen_beregnes(indlaest):
    pr_aar = {post.aar: post for post in Kapacitetsopgoerelse.objects.filter(tilbud__slug="neurocenter-oesterskoven")}
    assert [round(pr_aar[aar].realiseret_pct, 1) for aar in (2018, 2019, 2020)] == [
        Decimal("95.5"),
        Decimal("110.0"),
        Decimal("87.5"),
    ]
    assert "110,2" in pr_aar[2019].bemaerkninger
    uden = Kapacitetsopgoerelse.objects.filter(aktivitet__isnull=True)
    assert {post.realiseret_pct for post in uden} == {None}
    assert uden.filter(bemaerkninger__contains="forventede aktivitet").count() == 3


def test_runderne_er_lukkede_og_uden_skemaer(indlaest):
    runder = Indberetningsrunde.objects.order_by("aar")
    assert [(runde.aar, runde.tilstand, runde.er_historisk) for runde in runder] == [
        (2019, Rundetilstand.LUKKET, True),
        (2020, Rundetilstand.LUKKET, True),
    ]
    assert set(Indberetning.objects.values_list("driftsherre__slug", flat=True)) == {"region-nordjylland"}
    assert not Takstskema.objects.exists()


def test_kan_koeres_igen_uden_at_overskrive(indlaest):
    Regelsaet.objects.update(note="Rettet")
    Regnskab.objects.update(bemaerkninger="Rettet")
    PLsats.objects.update(kilde="Rettet")
    foer = [model.objects.count() for model in (Regelsaet, Regnskab, PLsats, Takst, Kapacitetsopgoerelse)]
    for indlaes in (grunddata.indlaes_regelsaet, grunddata.indlaes_plsatser, grunddata.indlaes_historik):
        indlaes()
    assert foer == [model.objects.count() for model in (Regelsaet, Regnskab, PLsats, Takst, Kapacitetsopgoerelse)]
    assert set(Regelsaet.objects.values_list("note", flat=True)) == {"Rettet"}
    assert set(Regnskab.objects.values_list("bemaerkninger", flat=True)) == {"Rettet"}


@pytest.mark.regel("T93")
def test_de_trykte_satser(db):
    grunddata.indlaes_plsatser()
    service = {sats.fra_aar: sats.pct for sats in PLsats.objects.som_vaerdier()}
    assert service == {
        2016: Decimal("2.00"),
        2017: Decimal("1.40"),
        2018: Decimal("1.60"),
        2019: Decimal("2.30"),
        2023: Decimal("4.20"),
    }


class TestRegelsaet:
    def test_indlaest_og_gyldigt(self, db):
        grunddata.indlaes_regelsaet()
        for aar in (2019, 2021, 2023, 2027):
            regelsaet = Regelsaet.objects.for_aar(aar)
            assert regelsaet.regler().dage_pr_aar == 365
            assert regelsaet.kilde("dage_pr_aar").startswith("Styringsaftale 2021")
        assert Regelsaet.objects.for_aar(2017) is None

    @pytest.mark.parametrize(
        "graenser",
        [
            {"ukendt": {"vaerdi": "1"}},
            {"belaegning_max_pct": {"vaerdi": 100}},
            {"belaegning_max_pct": {"vaerdi": "hundrede"}},
            {"belaegning_max_pct": {"vaerdi": "-1"}},
            {"belaegning_max_pct": {"vaerdi": "NaN"}},
            {"dage_pr_aar": {"vaerdi": "365"}},
            {"dage_pr_aar": {"vaerdi": True}},
        ],
    )
    def test_ukendte_og_forkerte_graenser_afvises(self, graenser):
        with pytest.raises(ValidationError):
            Regelsaet(navn="x", fra_aar=2030, graenser=graenser).full_clean(validate_unique=False)

    def test_en_graense_uden_vaerdi_har_standarden(self):
        assert Regelsaet(graenser={"belaegning_max_pct": {"vaerdi": "99"}}).regler().belaegning_max_pct == 99
        assert Regelsaet(graenser={}).regler().belaegning_max_pct == 100
