"""The real reports as loaded: figures, links to the register, nothing overwritten."""

from decimal import Decimal

from udmeldinger.importering import indlaes_udmeldinger
from udmeldinger.models import Borgerflow, CentralUdmelding, Maalgruppetal, Udmeldingstilbud


def test_tal_fra_rapporterne(udmeldinger):
    assert set(udmeldinger) == {"dom-2019", "gravide-2019", "spiseforstyrrelser-2020", "spiseforstyrrelser-2015"}
    assert Maalgruppetal.objects.count() == 26
    spise = Maalgruppetal.objects.filter(gruppe__navn__startswith="Voksne på 18").order_by("fra_aar")
    assert [tal.antal for tal in spise] == [4, 9, 16]
    assert Maalgruppetal.objects.get(gruppe__navn__startswith="Voksne visiteret").periodenavn == "2017–2019"
    soedisbakke = Udmeldingstilbud.objects.get(navn__endswith="Udviklingshæmning - Sødisbakke")
    assert soedisbakke.aarsvaerk == Decimal("105.5")
    assert [f.antal for f in Borgerflow.objects.filter(tilbud=soedisbakke)] == [8, 9, 9]


def test_udsendt_af_hed_socialstyrelsen_dengang(udmeldinger):
    assert udmeldinger["dom-2019"].myndighed_dengang == "Socialstyrelsen"
    assert udmeldinger["dom-2019"].myndighed.navn == "Social- og Boligstyrelsen"


def test_kun_afrapporterede_har_tal(udmeldinger):
    assert not udmeldinger["spiseforstyrrelser-2015"].grupper.exists()
    assert udmeldinger["spiseforstyrrelser-2020"].tilbud.count() == 6


def test_tilbud_er_knyttet_til_registret(udmeldinger):
    kendte = Udmeldingstilbud.objects.filter(tilbud__isnull=False).count()
    assert kendte >= 4


def test_indlaeses_kun_en_gang(udmeldinger):
    CentralUdmelding.objects.filter(slug="dom-2019").update(titel="Rettet")
    indlaes_udmeldinger()
    assert CentralUdmelding.objects.count() == 4
    assert CentralUdmelding.objects.get(slug="dom-2019").titel == "Rettet"
