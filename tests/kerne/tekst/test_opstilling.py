"""Chapters made ready for web and paper."""

import re

import pytest

from socialaftale.kerne.tekst.opstilling import ryk_overskrifter, til_pdf, til_web

TABEL = (
    '<p>Før</p><table><thead><tr><th scope="col">Princip</th><th scope="col">Det gør driftsherren</th></tr></thead>'
    '<tbody><tr><th scope="row">Dialog</th><td>Kontakter myndigheden, ved ændringer {{ parter.antal|ord }}</td>'
    "</tr></tbody></table><p>Efter</p>"
)


def test_tabel_paa_nettet_ved_hvad_cellerne_hedder():
    html = til_web(TABEL)
    assert 'class="table table--compact teksttabel"' in html
    assert '<td data-label="Det gør driftsherren">Kontakter' in html
    assert html.startswith("<p>Før</p>")
    assert html.endswith("<p>Efter</p>")
    assert "{{ parter.antal|ord }}" in html


def test_bokse_er_noter_og_ikke_landemaerker():
    assert til_web('<aside class="boks">x</aside>') == '<aside role="note" class="boks">x</aside>'


def test_tekst_uden_tabeller_er_uroert():
    assert til_pdf("<p>a &lt; b</p>") == "<p>a &lt; b</p>"


def test_tabel_paa_papir_faar_ramme_og_bredder_der_gaar_op():
    html = til_pdf(TABEL)
    bredder = [int(tal) for tal in re.findall(r'<col class="b(\d+)">', html)]
    assert sum(bredder) == 100
    assert bredder[0] < bredder[1]
    assert html.index('<div class="tabelramme">') < html.index("<table>")
    assert html.endswith("</table></div><p>Efter</p>")


@pytest.mark.parametrize("celler", [1, 7])
def test_tabeller_med_faa_eller_mange_kolonner_faar_ingen_bredder(celler):
    html = til_pdf("<table><tr>" + "<td>x</td>" * celler + "</tr></table>")
    assert "<col" not in html


def test_flettede_celler_faar_ingen_bredder():
    assert "<col" not in til_pdf('<table><tr><td colspan="2">x</td></tr><tr><td>a</td><td>b</td></tr></table>')


def test_overskrifter_rykkes_og_standser_ved_h6():
    assert ryk_overskrifter('<h2>a</h2><h3 id="x">b</h3><header>c</header>', 1) == (
        '<h3>a</h3><h4 id="x">b</h4><header>c</header>'
    )
    assert ryk_overskrifter("<h5>a</h5>", 3) == "<h6>a</h6>"
