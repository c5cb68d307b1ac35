"""Every drawing is valid XML, safe inline under the strict CSP, and named for screen readers."""

import io
import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pikepdf
import pytest

from socialaftale.kerne.figurer import (
    Raekke,
    Svg,
    flisekort,
    klassegraenser,
    klassesignatur,
    kommunekort,
    periode_serier,
    signatur,
    soejler,
    stablede_serier,
    stablede_soejler,
)
from socialaftale.kerne.figurer.svg import SKRIFT, element, tal, undslip
from socialaftale.kerne.pdf.byg import byg_resultat

NS = "{http://www.w3.org/2000/svg}"
DELE = stablede_serier("Kommunale", "Private", "Socialaftale")
PERIODER = periode_serier("2021-2022", "2023-2024")


@pytest.fixture
def tegninger(graenser, fliser, pladser) -> dict[str, Svg]:
    klasser = klassegraenser(pladser.values())
    ukendt = pladser | {"773": None}
    faelles = {"titel": "Pladser", "beskrivelse": "Aalborg har flest"}
    raekker = [Raekke("Brønderslev", (248, 224, 170)), Raekke("Læsø", (25, 0, None))]
    par = [Raekke("Brønderslev", (126, 170)), Raekke("Læsø", (0, None))]
    return {
        "stablede": stablede_soejler(raekker, DELE, id_praefiks="a", **faelles),
        "stablede-smal": stablede_soejler(raekker, DELE, id_praefiks="b", smal=True, bredde=344, **faelles),
        "soejler": soejler(par, PERIODER, id_praefiks="c", vis_aendring=True, aksetitel="Antal", **faelles),
        "soejler-smal": soejler(par, PERIODER, id_praefiks="d", smal=True, bredde=344, **faelles),
        "kort": kommunekort(ukendt, graenser=graenser, klasser=klasser, id_praefiks="e", **faelles),
        "fliser": flisekort(ukendt, fliser=fliser, klasser=klasser, id_praefiks="f", **faelles),
    }


@pytest.fixture
def proever(pladser) -> list[Svg]:
    klasser = klassegraenser(pladser.values())
    poster = signatur(DELE, id_praefiks="s") + klassesignatur(klasser, id_praefiks="k", med_ukendt=True)
    return [post.svg for post in poster]


def test_named_and_described_first(tegninger):
    for navn, tegning in tegninger.items():
        rod = ET.fromstring(tegning)
        titel, beskrivelse = rod[0], rod[1]
        assert (titel.tag, titel.text) == (f"{NS}title", "Pladser"), navn
        assert (beskrivelse.tag, beskrivelse.text) == (f"{NS}desc", "Aalborg har flest"), navn
        assert rod.get("role") == "img"
        assert rod.get("aria-labelledby").split() == [titel.get("id"), beskrivelse.get("id")]
        assert rod.get("font-family") == SKRIFT
        assert rod.get("viewBox") == f"0 0 {rod.get('width')} {rod.get('height')}"


def test_nothing_the_csp_refuses(tegninger, proever):
    for tegning in [*tegninger.values(), *proever]:
        for del_ in ET.fromstring(tegning).iter():
            assert del_.tag not in {f"{NS}style", f"{NS}script", f"{NS}image", f"{NS}foreignObject"}
            for navn, vaerdi in del_.attrib.items():
                assert navn != "style"
                assert not navn.startswith("on")
                if navn == "href":
                    assert vaerdi.startswith("#")


def test_every_reference_has_its_target_and_ids_are_unique_on_a_page(tegninger, proever):
    ids: list[str] = []
    for tegning in [*tegninger.values(), *proever]:
        egne = re.findall(r' id="([^"]+)"', tegning)
        henvist = set(re.findall(r"url\(#([^)]+)\)", tegning)) | set(re.findall(r'href="#([^"]+)"', tegning))
        assert henvist <= set(egne)
        ids += egne
    assert len(ids) == len(set(ids))


def test_no_attribute_holds_a_decimal_comma_or_an_exponent(tegninger):
    for tegning in tegninger.values():
        for del_ in ET.fromstring(tegning).iter():
            for navn in ("x", "y", "width", "height", "d", "cx", "cy", "r", "font-size", "stroke-width", "viewBox"):
                assert not re.search(r"[,]|\de", del_.get(navn, ""))


def test_text_from_data_is_escaped():
    farligt = "<script>alert('&')</script> \"Å\"\x00\x0b"
    tegning = stablede_soejler(
        [Raekke(farligt, (1,))],
        stablede_serier(farligt),
        titel=farligt,
        beskrivelse=farligt,
        aksetitel=farligt,
        enhed=farligt,
        id_praefiks="x",
        bredde=2000,
    )
    rod = ET.fromstring(tegning)
    assert rod[0].text == "<script>alert('&')</script> \"Å\""
    assert "<script" not in tegning
    assert undslip("a\ud800b") == "ab"


@pytest.mark.parametrize("praefiks", ["", "1a", "a b", 'a"', "a)", "æ", "-a"])
def test_unusable_id_prefix_is_refused(praefiks):
    with pytest.raises(ValueError, match="id prefix"):
        stablede_soejler([Raekke("A", (1,))], DELE[:1], titel="T", id_praefiks=praefiks)


def test_a_figure_without_title_is_refused():
    with pytest.raises(ValueError, match="title"):
        stablede_soejler([Raekke("A", (1,))], DELE[:1], titel=" ", id_praefiks="a")


@pytest.mark.parametrize(
    ("vaerdi", "tekst"),
    [(1, "1"), (1.5, "1.5"), (1.256, "1.26"), (-0.001, "0"), (100, "100"), (1e-9, "0"), (Decimal("2.50"), "2.5")],
)
def test_coordinates(vaerdi, tekst):
    assert tal(vaerdi) == tekst


def test_element_leaves_out_none_and_writes_hyphens():
    assert element("a", stroke_width=2, class_="x", id=None) == '<a stroke-width="2" class="x"/>'


def test_same_input_gives_the_same_bytes(graenser, pladser):
    klasser = klassegraenser(pladser.values())
    omvendt = dict(reversed(pladser.items()))
    faelles = {"graenser": graenser, "klasser": klasser, "titel": "T", "id_praefiks": "a"}
    assert kommunekort(pladser, **faelles) == kommunekort(omvendt, **faelles)


@pytest.mark.langsom
def test_drawn_in_a_pdf_with_patterns_and_without_complaint(tegninger, proever):
    """The samples of a legend are decoration beside their words, so only the drawings are figures."""
    html = f"<!doctype html><html lang='da'><title>T</title><body>{''.join(proever)}{''.join(tegninger.values())}"
    resultat = byg_resultat(html)
    assert not resultat.advarsler
    with pikepdf.open(io.BytesIO(resultat.data)) as pdf:
        moenstre = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/PatternType") == 1]
        figurer = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        assert moenstre
        assert len(figurer) == len(tegninger)
        assert all(str(figur.get("/Alt", "")) for figur in figurer)
