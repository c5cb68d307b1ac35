"""The figure component: caption, key, both drawings, source and table link, with nothing escaped twice."""

import re

from django.template.loader import render_to_string

from socialaftale.kerne.figurer import Figur, Raekke, Svg, signatur, stablede_serier, stablede_soejler

SERIER = stablede_serier("Kommunale <pladser>", "Private pladser")


def tegn(praefiks: str, **valg) -> Svg:
    return stablede_soejler([Raekke("Læsø & omegn", (25, 1))], SERIER, titel="T", id_praefiks=praefiks, **valg)


def vis(**valg) -> str:
    return render_to_string("komponenter/figur.html", {"figur": Figur(id="pladser", **valg)})


def test_everything_in_its_place():
    html = vis(
        fund="Aalborg har flest & Læsø færrest.",
        svg=tegn("bred"),
        svg_smal=tegn("smal", smal=True),
        signatur=signatur(SERIER, id_praefiks="sig"),
        kilde="Nordjysk Socialaftale",
        kort_kilde="Kort: DAGI",
        tabel_adresse="#tabel",
    )
    assert '<figcaption class="ns-figur__fund">Aalborg har flest &amp; Læsø færrest.</figcaption>' in html
    assert html.count("<svg") == 4
    assert html.index("ns-figur__bred") < html.index("ns-figur__smal")
    assert "Kommunale &lt;pladser&gt;" in html
    assert "&lt;svg" not in html
    assert "&amp;amp;" not in html
    # the narrow drawing is a tile map without borders, so their credit goes with the wide one
    kilde = 'Kilde: Nordjysk Socialaftale. <span class="ns-figur__bred">Kort: DAGI.</span>'
    assert kilde in re.sub(r"\s+", " ", html)
    assert '<a href="#tabel">Se tallene i en tabel</a>' in html
    assert 'style="' not in html


def test_a_bare_figure_leaves_out_what_it_lacks():
    html = vis(fund="Fund.", svg=tegn("a"))
    for fravaerende in ("<ul", "ns-figur__smal", "ns-figur__kilde", "Kilde"):
        assert fravaerende not in html


def test_svg_is_safe_only_as_built_here():
    """Text joined to a drawing is ordinary text again, so that it cannot slip into a page unescaped."""
    tegning = tegn("a")
    assert tegning.__html__() == tegning
    assert not hasattr(tegning + "<b>", "__html__")
