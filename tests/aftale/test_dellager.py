"""Parts of PDFs: made once, at the same time, and kept by what they depend on; and the long agreement of the bench."""

import os

import pytest

from socialaftale.aftale import benchdokumenter
from socialaftale.aftale.benchdokumenter import SIDER, TEGN_PAA_SIDEN
from socialaftale.aftale.dokumenter import dellager
from socialaftale.aftale.dokumenter.dellager import Bestilling
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf.flet import Del, flet_dele
from socialaftale.kerne.pdf.strukturkontrol import kontroller
from tests.aftale.factories import AftaleFactory
from tests.kerne.pdf import pdflaesning

FARVE = "#14518b"
HTML = '<html lang="da"><head><title>{0}</title></head><body><main>{1}</main></body></html>'


@pytest.fixture
def lager(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "pdfdele"


def del_(titel: str, tekst: str = "Et afsnit", css: str = "") -> Bestilling:
    krop = f'<section class="kapitel"><h1 id="{titel}">{titel}</h1><p>{tekst}</p></section>'
    return Bestilling(HTML.format(titel, krop), titel, css)


def titler(dele: list[bytes]) -> list[str]:
    return [pdflaesning.bogmaerker(data)[0].titel for data in dele]


@pytest.mark.langsom
def test_dele_i_orden_og_kun_det_aendrede_laves_om(lager):
    hoert: list[str] = []

    def byg(*dele: Bestilling | bytes) -> list[bytes]:
        hoert.clear()
        return dellager.hent_eller_byg(dele, farve=FARVE, fremdrift=lambda procent, tekst: hoert.append(tekst))

    a, b = del_("Alfa"), del_("Beta")
    foerste = byg(a, b)
    assert titler(foerste) == ["Alfa", "Beta"]
    assert {tekst.split(":")[0] for tekst in hoert} == {"Alfa", "Beta"}
    filer = set(lager.glob("*.pdf"))
    assert len(filer) == 2
    # Nothing has changed: nothing is made. A finished file goes through as it is.
    assert byg(b, foerste[0], a) == [foerste[1], foerste[0], foerste[0]]
    assert (hoert, set(lager.glob("*.pdf"))) == ([], filer)
    # Other words in one part, other styles in one part: that part alone.
    nye = byg(del_("Alfa", "Et andet afsnit"), b)
    assert nye[1] == foerste[1]
    assert nye[0] != foerste[0]
    assert {tekst.split(":")[0] for tekst in hoert} == {"Alfa"}
    assert byg(a, del_("Beta", css="p { color: red }"))[0] == foerste[0]
    assert {tekst.split(":")[0] for tekst in hoert} == {"Beta"}
    samlet = flet_dele([Del(data) for data in foerste])
    assert kontroller(samlet) == []


@pytest.mark.langsom
def test_de_aeldste_dele_giver_plads(lager, monkeypatch):
    monkeypatch.setattr(dellager, "ANTAL", 2)
    dellager.hent_eller_byg([del_("Alfa"), del_("Beta")], farve=FARVE)
    for nummer, fil in enumerate(sorted(lager.glob("*.pdf"))):
        os.utime(fil, (nummer, nummer))
    aeldste = min(lager.glob("*.pdf"), key=lambda fil: fil.stat().st_mtime)
    dellager.hent_eller_byg([del_("Gamma")], farve=FARVE)
    assert len(list(lager.glob("*.pdf"))) == 2
    assert not aeldste.exists()


class TestBenchensAftale:
    def test_kapitlerne_gentages_til_siderne_er_fyldt(self, organisationer):
        aftale = AftaleFactory(periode="2023-2024")
        kapitel = aftale.tekst.kapitler.get(noegle="forord")
        kapitel.indhold = f"<p>{'Et ord. ' * 2000}</p>"
        kapitel.save()
        laesning = hent_laesning(aftale, kladde=True)
        lang = benchdokumenter._lang(laesning)
        noegler = [kapitel.noegle for kapitel in lang.kapitler]
        assert len(set(noegler)) == len(noegler) > len(laesning.kapitler)
        assert sum(len(kapitel.indhold) for kapitel in lang.sider) >= SIDER * TEGN_PAA_SIDEN
        rettet = benchdokumenter._rettet(lang)
        assert sum(a != b for a, b in zip(lang.kapitler, rettet.kapitler, strict=True)) == 1
        # Both can be set.
        assert benchdokumenter._prosa(rettet, Opsaetning.hent()).html.count("Et afsnit er skrevet til") == 1

    def test_uden_chromium_siger_linjen_det(self, organisationer, monkeypatch):
        monkeypatch.setattr(benchdokumenter, "BROWSERE", ("findes-ikke",))
        linje = benchdokumenter._chromium([del_("Alfa")], Opsaetning.hent())
        assert (linje.mangler, linje.sider) == ("Chromium er ikke installeret", 0)
