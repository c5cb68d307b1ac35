"""Nothing is lost on the way into the editor and out again, and what is pasted comes in plain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from socialaftale.kerne.tekst.rensning import rens
from tests.browser import vagt
from tests.browser.skriveproever import ALT_DER_SLIPPER_IGENNEM, WORD_FODNOTE, WORD_LISTE, WORD_TABEL
from tests.browser.skrivetrin import aabn_kapitel, i_koden, indsaet, kilde, normal, ret, ryd, til_slut

pytestmark = pytest.mark.browser
FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "aftaler"
KAPITLER = sorted(FIXTURES.glob("*/*.html"))
SLUT = "Slut på prøven"


@pytest.fixture(scope="module")
def vindue(logget_paa, skriveserver):
    with logget_paa(skriveserver, "sekretariat") as vindue:
        yield vindue


@pytest.fixture(scope="module")
def proeveside(vindue, skriveserver):
    """One open chapter for what is never saved: the source is put in through the code view."""
    side = vindue.new_page()
    vogter = vagt.Vagt(side, skriveserver)
    aabn_kapitel(side, "vision")
    yield side
    side.evaluate("document.querySelectorAll('form[data-vogt]').forEach((form) => Vogt.gemt(form))")
    assert vogter.fejl == []


@pytest.mark.parametrize("sti", KAPITLER, ids=lambda sti: f"{sti.parent.name}-{sti.stem}")
def test_kapitlerne_kommer_uskadt_igennem(sti, proeveside):
    """A real edit makes the editor write the whole chapter anew: all but the edit is as it was."""
    gemt = rens(sti.read_text(encoding="utf-8"))
    i_koden(proeveside, gemt)
    til_slut(proeveside)
    proeveside.keyboard.type(SLUT)
    assert normal(kilde(proeveside)) == normal(gemt) + f"<p>{SLUT}</p>"


@pytest.mark.parametrize("html", ALT_DER_SLIPPER_IGENNEM)
def test_alt_hvad_serveren_lader_slippe_igennem(html, proeveside):
    i_koden(proeveside, html)
    til_slut(proeveside)
    proeveside.keyboard.type(SLUT)
    assert normal(kilde(proeveside)) == normal(html) + f"<p>{SLUT}</p>"


def test_uroert_er_uaendret_til_mindste_tegn(proeveside):
    skrevet = "<p>To   mellemrum</p>\n\n<ul><li><p>punkt</p></li></ul>"
    i_koden(proeveside, skrevet)
    assert kilde(proeveside) == skrevet
    til_slut(proeveside)
    proeveside.keyboard.type("x")
    assert kilde(proeveside) != skrevet
    for _ in range(4):
        proeveside.keyboard.press("Control+Z")
    assert kilde(proeveside) == skrevet


@pytest.mark.parametrize(
    ("indsat", "ventet"),
    [
        (WORD_LISTE.html, WORD_LISTE.ventet),
        (WORD_TABEL.html, WORD_TABEL.ventet),
        (WORD_FODNOTE.html, WORD_FODNOTE.ventet),
        ('<p onclick="x()">a<script>alert(1)</script><a href="javascript:x()">b</a></p>', "<p>ab</p>"),
        ('<p><img src="https://ond.example/x.png">Ord</p>', "<p>Ord</p>"),
        ("<p>Vi er {{ parter.antal|ord }}.</p><p>{{ liste:bilag }}</p>", None),
        ('<b style="font-weight:normal"><p>Fra <span style="font-weight:700">Docs</span></p></b>', None),
    ],
    ids=["word-liste", "word-tabel", "word-fodnote", "script", "fremmed-billede", "henvisninger", "docs"],
)
def test_indsat_fra_andre_programmer(indsat, ventet, proeveside):
    i_koden(proeveside, "")
    ryd(proeveside)
    indsaet(proeveside, indsat)
    ventet = ventet or re.sub(r"</?b\b[^>]*>", "", indsat).replace(
        '<span style="font-weight:700">Docs</span>', "<strong>Docs</strong>"
    )
    assert normal(kilde(proeveside)) == normal(ventet)


def test_siden_er_saa_streng_som_de_andre(vindue, skriveserver):
    """The editor asks for no exception from the policy, and is a file of ours with a name of its own per version."""
    svar = vindue.request.get(ret("kort"))
    politik = svar.headers["content-security-policy"]
    assert "unsafe" not in politik
    assert "style-src 'self'" in politik
    assert re.search(r'<script src="/static/skriv/skriv\.\w+\.js" defer>', svar.text())
    assert "skriv/skriv" not in vindue.request.get("/aftaler/2023-2024/kort/").text()
