"""The gate on the real agreements: green as they stand, every figure found when it is typed by hand, and fast."""

import dataclasses
import re

import pytest

from socialaftale.aftale.hentning import Laesekapitel
from socialaftale.aftale.kontrol import samling
from socialaftale.aftale.kontrol.samling import Kendt, kontroller
from socialaftale.aftale.models import Aftale
from socialaftale.kerne import registre
from socialaftale.kerne.tekst.henvisninger import MOENSTER, Henvisning
from socialaftale.kerne.tekst.port.fund import Klasse
from socialaftale.kerne.tekst.rensning import ren_tekst
from tests.kerne.tekst.port.test_fund import SANDE

pytestmark = [pytest.mark.langsom, pytest.mark.kun_sqlite("what is printed is made in Python from rows")]
PERIODER = ("2021-2022", "2023-2024")
ORD_PAA_EN_SIDE = 300
# The figures of the text that no words around them tell from others ("tre områder", "tre af de mest ...").
FINDES_MINDST = 0.9


@pytest.fixture
def aftaler(db) -> dict[str, tuple[Aftale, Kendt]]:
    for trin in registre.grunddata:
        trin.koer()
    fundne = Aftale.objects.select_related("tekst").filter(periode__in=PERIODER)
    return {aftale.periode: (aftale, samling.slaa_op(aftale, frisk=True)) for aftale in fundne}


def kapitler(aftale: Aftale) -> list[Laesekapitel]:
    return [Laesekapitel.af_kladde(kapitel) for kapitel in aftale.tekst.kapitler.all()]


def sider(aftale: Aftale) -> float:
    """Pages of prose, as the words of the source would fill them: fewer than the printed ones."""
    return sum(len(ren_tekst(MOENSTER.sub("", k.indhold)).split()) for k in kapitler(aftale)) / ORD_PAA_EN_SIDE


def skrevet_i_haanden(post: Laesekapitel, trykt: dict[str, str]) -> tuple[Laesekapitel, list[str]]:
    """The chapter as somebody would type it: every figure as its printed words, without sources."""
    tal: list[str] = []

    def skriv(traef: re.Match[str]) -> str:
        henvisning = Henvisning.af(traef)
        if henvisning.er_blok:
            return traef[0]
        ord_ = "" if henvisning.er_note else trykt[str(henvisning)]
        if re.search(r"\d", ord_) and henvisning.noegle not in ("periode", "pladser.aar"):
            tal.append(ord_)
        return ord_

    return dataclasses.replace(post, indhold=MOENSTER.sub(skriv, post.indhold)), tal


def test_porten(aftaler):
    """One load of the registers serves all."""
    for periode in PERIODER:
        _er_groen(*aftaler[periode])
    _finder_tal_skrevet_i_haanden(*aftaler["2021-2022"])
    _finder_tal_skrevet_i_haanden(*aftaler["2023-2024"])
    _finder_det_saaede(*aftaler["2023-2024"])


def _er_groen(aftale, kendt):
    """At most one false finding per two pages; the texts as they stand have none."""
    kontrol = kontroller(aftale, kendt=kendt)
    assert [(f.kode, f.sted.kapitel, f.sted.citat) for f in kontrol.aabne] == []
    assert kontrol.er_groen
    assert kontrol.fravegne == ()


def _finder_tal_skrevet_i_haanden(aftale, kendt):
    post, skrevne = [], []
    for kapitel in kapitler(aftale):
        haand, tal = skrevet_i_haanden(kapitel, kendt.viden.trykt)
        post.append(haand)
        skrevne += tal
    fund = kontroller(aftale, post, kendt=kendt).aabne
    falske = [f for f in fund if f.klasse != Klasse.TAL]
    assert len(falske) <= sider(aftale) / 2, [(f.kode, f.sted.citat) for f in falske]
    fundne = [f for f in fund if f.klasse == Klasse.TAL]
    assert len(fundne) >= FINDES_MINDST * len(skrevne), (len(fundne), skrevne)
    assert {f.emne for f in fundne} >= {"pladser.socialaftale", "pladser.socialaftale.andel", "pladser.i_alt"}


def _finder_det_saaede(aftale, kendt):
    """Sentences with mistakes, spread over the chapters of the real text: all are found, and nothing else is."""
    # Those about names, dates and figures are of the register that the unit tests invent.
    egne = (Klasse.AAR, Klasse.NAVN, Klasse.TAL)
    saaede = [(k, tekst) for k, sager in SANDE.items() for tekst, *_ in sager if k not in egne and "{{" not in tekst]
    post = kapitler(aftale)
    steder = [plads for plads, kapitel in enumerate(post) if kapitel.type == "tekst"]
    for nummer, (_, tekst) in enumerate(saaede):
        plads = steder[nummer % len(steder)]
        post[plads] = dataclasses.replace(post[plads], indhold=f"{post[plads].indhold}<p>{tekst}</p>")
    fund = kontroller(aftale, post, kendt=kendt).aabne
    fundne = {(f.klasse, f.omgivelser) for f in fund}
    mangler = [tekst for klasse, tekst in saaede if klasse != Klasse.CPR and (klasse, tekst) not in fundne]
    assert mangler == []
    assert sum(f.klasse == Klasse.CPR for f in fund) == sum(klasse == Klasse.CPR for klasse, _ in saaede)
    falske = [f for f in fund if f.klasse != Klasse.CPR and f.omgivelser not in {tekst for _, tekst in saaede}]
    assert [(f.kode, f.sted.citat) for f in falske] == []
