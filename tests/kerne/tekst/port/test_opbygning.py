"""Images, headings, empty parts and tables as a screen reader meets them."""

import pytest

from socialaftale.kerne.tekst.port.laesning import Portkapitel
from tests.kerne.tekst.port.hjaelp import kapitel, koder, rettet

BILLEDE = '<p>Se her.</p><img src="/m/kort.png"{}>'
SANDE = {
    "spring": ("<p>Tekst.</p><h4>For langt nede</h4><p>Tekst.</p>", "spring", "<h2>For langt nede</h2>"),
    "spring_senere": ("<h2>A</h2><p>T.</p><h4>B</h4><p>T.</p>", "spring", "<h3>B</h3>"),
    "tomt_afsnit": ("<h2>A</h2><p>T.</p><h2>B</h2>", "tomt_afsnit", None),
    "tomt_mellem": ("<h2>A</h2><h2>B</h2><p>T.</p>", "tomt_afsnit", None),
    "tabel_uden_hoved": (
        "<table><tbody><tr><td>Navn</td><td>Timer</td></tr><tr><td>A</td><td>14</td></tr></tbody></table>",
        "tabelhoved",
        '<th scope="col">Navn</th><th scope="col">Timer</th>',
    ),
    "scope": (
        "<table><thead><tr><th>Navn</th></tr></thead><tbody><tr><td>A</td></tr></tbody></table>",
        "scope",
        '<th scope="col">Navn</th>',
    ),
    "scope_raekke": (
        '<table><tbody><tr><th scope="col">N</th></tr><tr><th>A</th></tr></tbody></table>',
        "scope",
        '<th scope="row">A</th>',
    ),
}
FALSKE = {
    "niveauer": "<h2>A</h2><p>T.</p><h3>B</h3><p>T.</p><h4>C</h4><p>T.</p><h2>D</h2><p>T.</p>",
    "overskrift_over_overskrift": "<h2>Initiativer</h2><h3>Initiativ A</h3><p>T.</p>",
    "tabel": '<table><thead><tr><th scope="col">N</th></tr></thead><tbody><tr><td>A</td></tr></tbody></table>',
    "liste_efter_overskrift": "<h2>Bilag</h2><p>{{ liste:bilag }}</p>",
}


@pytest.mark.parametrize("navn", SANDE)
def test_findes_og_rettes(navn):
    tekst, kode, efter = SANDE[navn]
    assert f"opbygning.{kode}" in [k for k, _ in koder(tekst)]
    if efter:
        ny = rettet(kapitel(tekst))
        assert efter in ny.indhold
        assert koder(ny) == []


@pytest.mark.parametrize("navn", FALSKE)
def test_i_orden(navn):
    assert koder(FALSKE[navn]) == []


@pytest.mark.parametrize(
    ("attributter", "findes"),
    [
        ("", True),
        (' alt=""', True),
        (' alt="kort.png"', True),
        (' alt="Billede 1"', True),
        (' alt="Kort over pladser"', False),
    ],
)
def test_billeder(attributter, findes):
    post = Portkapitel("kort", "Kort", BILLEDE.format(attributter))
    assert ("opbygning.billedtekst" in [k for k, _ in koder(post)]) == findes


def test_et_pynteligt_billede_har_ingen_tekst():
    post = Portkapitel("kort", "Kort", BILLEDE.format(' alt="" role="presentation"'))
    assert koder(post) == []


@pytest.mark.parametrize(
    ("indhold", "findes"),
    [
        ('<h2>A</h2><figure><img data-billede="3" alt="Et kort"></figure>', False),
        ('<h2>A</h2><h2>B</h2><figure><img data-billede="3" alt="Et kort"></figure>', True),
    ],
)
def test_et_afsnit_med_et_billede_er_ikke_tomt(indhold, findes):
    assert ("opbygning.tomt_afsnit" in [k for k, _ in koder(Portkapitel("x", "X", indhold))]) == findes


def test_tom_overskrift():
    post = kapitel("<h2>A</h2><p>T.</p><h2></h2><p>T.</p>", raa=True)
    assert "opbygning.tom_overskrift" in [k for k, _ in koder(post)]
    assert koder(rettet(post)) == []


@pytest.mark.parametrize(("type_", "findes"), [("tekst", True), ("bagside", False)])
def test_tomt_kapitel(type_, findes):
    post = Portkapitel("x", "Et kapitel", "", type_)
    assert bool(koder(post)) == findes
