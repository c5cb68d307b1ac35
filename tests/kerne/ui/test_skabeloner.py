"""Rules that every template and static file of ours keeps: documented, no inline code, small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from socialaftale.kerne.formularer import Fejl

ROD = settings.BASE_DIR / "templates"
SKABELONER = sorted(sti.relative_to(ROD).as_posix() for sti in ROD.rglob("*.html"))
KOMPONENTER = [navn for navn in SKABELONER if navn.startswith("komponenter/")]
INDMAD = re.compile(r"<script(?![^>]*\ssrc=)|\sstyle=[\"']|\son[a-z]+=[\"']|javascript:|<style", re.IGNORECASE)
# A PDF carries its own style and is never shown by a browser.
UDEN_CSP = ("dokumenter/",)


@pytest.mark.parametrize("navn", [navn for navn in SKABELONER if not navn.startswith(UDEN_CSP)])
def test_ingen_indlejret_kode(navn):
    assert INDMAD.findall((ROD / navn).read_text(encoding="utf-8")) == []


def test_proeven_finder_indlejret_kode():
    for daarlig in ('<p style="x">', '<a onclick="x">', "<script>x</script>", '<a href="javascript:x">', "<style>"):
        assert INDMAD.search(daarlig)
    for god in ('<script src="x" defer></script>', '<p data-once="1" class="style">', "<svg fill='#fff'>"):
        assert not INDMAD.search(god)


@pytest.mark.parametrize("navn", KOMPONENTER)
def test_komponenter_forklarer_deres_parametre(navn):
    foerste = "\n".join((ROD / navn).read_text(encoding="utf-8").splitlines()[:4])
    assert "Parametre:" in foerste


@pytest.mark.parametrize("navn", SKABELONER)
def test_intet_felt_er_paakraevet(navn):
    assert "påkrævet" not in (ROD / navn).read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("navn", [navn for navn in SKABELONER if navn.startswith(("komponenter/", "grund/"))])
def test_komponenter_kan_laeses(navn):
    assert get_template(navn)


# The least each component needs; optional parameters stay undefined, which the suite treats as an error if used.
MINDSTE = {
    "alert": {"slags": "info", "titel": "x"},
    "antal": None,
    "autogem": {},
    "bekraeft": {},
    "beregning": {"formel": "a ÷ b"},
    "faneblade": {"faner": [("A", "/a/", True), ("B", "/b/", False)], "titel": "Sider"},
    "fejlresume": {"fejl": [Fejl("Indtast navn", "id_navn"), Fejl("Noget andet")]},
    "filtermaerker": {"maerker": [("Status", "Kladde", "?")], "nulstil_url": "/"},
    "filterpanel": None,
    "figur": None,
    "hent": {"excel": "/x"},
    "historik": {"haendelser": []},
    "job": {"titel": "x", "status_url": "/s/", "procent": 5, "besked": "I gang"},
    "knaprakke": {"primaer": "Indsend"},
    "kort": {"titel": "x", "url": "/"},
    "kvittering": {"titel": "x", "besked": "y", "raekker": [("a", "b")], "naeste": ["z"]},
    "liste": None,
    "metalinje": {"punkter": [("Frist", None)]},
    "noegletal": {"noegletal": [{"tal": "12", "tekst": "x"}]},
    "sidemenu": {"punkter": [("A", "/", True, [("B", "/b/", True)]), ("C", "/c/", False, [])], "titel": "x"},
    "sideskift": None,
    "strukturliste": {"raekker": [("a", None)]},
    "tilstand": {"tilstand": "kladde", "tekst": "Kladde"},
    "tomt": {"titel": "x"},
}


@pytest.mark.parametrize("navn", [navn for navn, kontekst in MINDSTE.items() if kontekst is not None])
def test_komponenter_noejes_med_det_noedvendige(navn, rf):
    html = get_template(f"komponenter/{navn}.html").render(MINDSTE[navn], rf.get("/"))
    assert html.strip()
    assert "None" not in html


def test_tilstande_har_hver_sin_farve():
    def klasse(tilstand):
        html = get_template("komponenter/tilstand.html").render({"tilstand": tilstand, "tekst": "x"})
        return re.search(r'class="badge ([^"]+)"', html)[1]

    assert klasse("kladde") == "badge--graa"
    assert klasse("indsendt") == "badge-info"
    assert klasse("retur") == "badge-warning"
    assert klasse("godkendt") == "badge-success"
    assert klasse("offentliggjort").startswith("badge-success")
    assert klasse("ukendt tilstand") == "badge--graa"


def test_eget_udseende_er_lille():
    """Requirement 13: at most 12 KB of own style."""
    assert (settings.BASE_DIR / "static/app/app.css").stat().st_size <= 12 * 1024


def test_brugte_klasser_findes():
    """A class in our components that no style sheet knows is a misspelling."""
    stil = "".join(
        Path(sti).read_text(encoding="utf-8")
        for sti in (settings.DKFDS / "css/dkfds.css", *(settings.BASE_DIR / "static/app").glob("*.css"))
    )
    kendte = set(re.findall(r"\.([a-zA-Z][\w-]*)", stil))
    # Hooks of DKFDS' script, and names that only mark a place.
    kendte |= {"alert-body", "character-limit-sr-only", "file-input", "historiksektion", "beregning", "frist"}
    kendte |= {"js-menu-open", "js-menu-close", "button-previous", "button-next"}
    ukendte = {}
    for navn in SKABELONER:
        if navn.startswith(("komponenter/", "grund/", "django/", "account/", "mfa/")):
            kilde = re.sub(r"\{[%{#].*?[%}#]\}", "\0", (ROD / navn).read_text(encoding="utf-8"))
            brugte = {klasse for liste in re.findall(r'class="([^"]*)"', kilde) for klasse in liste.split()}
            if nye := {klasse for klasse in brugte if "\0" not in klasse and klasse not in kendte}:
                ukendte[navn] = nye
    assert ukendte == {}
