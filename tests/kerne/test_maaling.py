"""The measuring itself: what it counts and what makes it fail."""

from django.urls import reverse

from socialaftale.kerne.maaling import Maaling, afvigelser, langsomme, maal_opgave, maal_side
from socialaftale.kerne.registre import Benchopgave, Benchside
from tests.tilbud.factories import TilbudFactory


def test_en_side_maales_gennem_hele_rammen(organisationer):
    maaling = maal_side(Benchside("Privatliv", lambda: reverse("kerne:privatliv"), raekker=lambda: 3), gange=2)
    assert maaling.forespoergsler >= 1
    assert maaling.byte > 1000
    assert 0 < maaling.p50 <= maaling.p95
    assert maaling.cpu > 0
    assert maaling.raekker == 3


def test_en_liste_siger_selv_hvor_mange_raekker_den_er_over(organisationer):
    TilbudFactory.create_batch(3)
    assert maal_side(Benchside("Tilbud", lambda: reverse("tilbud:liste")), gange=1).raekker == 3


def test_en_opgave_giver_raekker_og_byte():
    maaling = maal_opgave(Benchopgave("Ark", lambda: (12, 3400)))
    assert (maaling.raekker, maaling.byte, maaling.forespoergsler) == (12, 3400, None)


def linje(navn, forespoergsler):
    return Maaling(navn, None, forespoergsler, 1.0, 1.0, 1.0, 1)


def test_svingende_og_for_mange_forespoergsler_fejler():
    assert afvigelser({"a": [linje("x", 5)], "b": [linje("x", 5)]}, hoejst=15) == []
    assert afvigelser({"a": [linje("x", 5)], "b": [linje("x", 6)]}, hoejst=15) == [
        "x: antallet af forespørgsler svinger: [5, 6]"
    ]
    assert afvigelser({"a": [linje("x", 16)]}, hoejst=15) == ["x: 16 forespørgsler (højst 15)"]
    assert afvigelser({"a": [linje("pdf", None)]}, hoejst=15) == []


def test_langsomme_sider_naevnes_men_ikke_opgaver():
    maalinger = [
        Maaling("hurtig", 1, 5, 100.4, 250.0, 50.0, 1),
        Maaling("langsom", 1, 5, 120.0, 120.0, 50.0, 1),
        Maaling("pdf", 1, None, 9000.0, 9000.0, 50.0, 1),
    ]
    assert langsomme(maalinger, hoejst=100) == ["langsom: 120 ms"]
