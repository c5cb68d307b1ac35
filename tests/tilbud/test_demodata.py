"""The demo's completion: marked, separate, the same every time, and within the municipality's places."""

from __future__ import annotations

from collections import Counter

import pytest

from socialaftale.kerne import demobrugere
from socialaftale.kerne.datamappe import laes_json
from socialaftale.kerne.models import Organisation
from tilbud.demodata import lav_eksempler
from tilbud.hentning import er_udenfor_omraadet
from tilbud.models import Koeberkommune, Plads, Tilbud, Tilbudseksempel, Tilbudsforslag, Tilbudsfund, Ydelse
from tilbud.models.plads import seneste_pladser
from tilbud.skaladata import lav_skaladata

pytestmark = [pytest.mark.django_db, pytest.mark.kun_sqlite("invented data through actions that are proven on both")]

# Counted in hours: advice and teaching have no places.
I_TIMER = {
    "center-for-doevblindhed-og-hoeretab",
    "institut-for-syn-hoerelse-og-doevblindhed",
    "taleinstituttet-og-hjerneskadecenter-nordjylland",
}


@pytest.fixture
def virkelige(register):
    """The real rows before the completion, all their values."""
    return {model: list(model.objects.order_by("pk").values()) for model in (Tilbud, Plads, Ydelse, Tilbudsfund)}


@pytest.fixture
def demo(virkelige, settings):
    settings.DEMO = True
    demobrugere.lav_demobrugere()
    lav_eksempler()


def test_de_virkelige_raekker_er_uroerte(demo, virkelige):
    for model, raekker in virkelige.items():
        noegler = [raekke["id"] for raekke in raekker]
        assert list(model.objects.filter(pk__in=noegler).order_by("pk").values()) == raekker
    assert Tilbud.objects.count() == 104


def test_alt_det_nye_er_maerket(demo, virkelige):
    for model in (Plads, Ydelse):
        nye = model.objects.exclude(pk__in=[raekke["id"] for raekke in virkelige[model]])
        assert nye.exists()
        assert not nye.filter(er_eksempel=False).exists()
    assert not Koeberkommune.objects.filter(er_eksempel=False).exists()


def test_hvert_tilbud_i_omraadet_er_fuldstaendigt(demo):
    for tilbud in Tilbud.objects.til_liste().prefetch_related("ydelser", "koebere"):
        if er_udenfor_omraadet(tilbud):
            assert not hasattr(tilbud, "eksempel")
            continue
        eksempel = getattr(tilbud, "eksempel", None)
        assert tilbud.beliggenhedskommune or eksempel.beliggenhedskommune, tilbud
        assert tilbud.maalgruppe or eksempel.maalgruppe, tilbud
        assert tilbud.pladser.all() or tilbud.slug in I_TIMER, tilbud
        if tilbud.i_aftalen:
            assert tilbud.ydelser.all(), tilbud
            assert tilbud.koebere.all(), tilbud


def test_det_kendte_suppleres_ikke(demo):
    for eksempel in Tilbudseksempel.objects.select_related("tilbud"):
        assert not (eksempel.beliggenhedskommune and eksempel.tilbud.beliggenhedskommune)
        assert not (eksempel.maalgruppe and eksempel.tilbud.maalgruppe)
    assert not Plads.objects.filter(er_eksempel=True, tilbud__pladser__er_eksempel=False).exists()


def test_summen_er_mindre_end_kommunens_pladser(demo):
    loft = laes_json("tilbud", "demo.json")["loft"]
    i_alt: Counter = Counter()
    for tilbud in Tilbud.objects.til_liste():
        sted = tilbud.beliggenhedskommune or getattr(getattr(tilbud, "eksempel", None), "beliggenhedskommune", None)
        if sted:
            i_alt[sted.slug] += sum(plads.antal_til for plads in seneste_pladser(tilbud.pladser.all()))
    assert i_alt["aalborg"] > 300
    for kommune in Organisation.objects.kommuner():
        assert i_alt[kommune.slug] <= loft[kommune.slug], kommune


def test_igen_aendrer_intet_og_bringer_intet_tilbage(demo):
    Ydelse.objects.filter(er_eksempel=True).first().delete()
    Plads.objects.filter(er_eksempel=True).first().delete()
    foer = [model.objects.count() for model in (Ydelse, Plads, Tilbudseksempel, Koeberkommune, Tilbudsforslag)]
    lav_eksempler()
    assert foer == [model.objects.count() for model in (Ydelse, Plads, Tilbudseksempel, Koeberkommune, Tilbudsforslag)]


def test_det_samme_hver_gang(demo):
    def aftryk():
        return (
            list(
                Plads.objects.filter(er_eksempel=True)
                .order_by("tilbud__slug")
                .values_list("tilbud__slug", "antal_fra")
            ),
            list(Koeberkommune.objects.order_by("pk").values_list("tilbud__slug", "kommune__slug")),
        )

    foerste = aftryk()
    for model in (Plads, Ydelse, Koeberkommune):
        model.objects.filter(er_eksempel=True).delete()
    Tilbudseksempel.objects.all().delete()
    lav_eksempler()
    assert aftryk() == foerste


def test_et_forslag_venter_paa_sekretariatet(demo):
    forslag = Tilbudsforslag.objects.get()
    assert (forslag.tilstand, forslag.organisation.slug) == ("indsendt", "aalborg")
    assert "ksempel" in forslag.begrundelse


def test_skaladata(register):
    lav_skaladata(15, 150, 450, 3)
    assert Tilbud.objects.count() == 150
    assert Organisation.objects.kommuner().count() == 15
    skala = Tilbud.objects.filter(slug__startswith="skala-")
    assert not skala.filter(er_eksempel=False).exists()
    assert {tilbud.ydelser.count() for tilbud in skala} == {3}
    assert skala.filter(soegetekst__contains="ærøhus").exists()
    lav_skaladata(15, 150, 450, 3)
    assert Tilbud.objects.count() == 150
