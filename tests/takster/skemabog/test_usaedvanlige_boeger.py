"""Unusual workbooks that are read all the same: numbers in both languages, moved columns, formulas, hidden rows."""

from __future__ import annotations

import pytest

from socialaftale.kerne.regnearksfil import formelceller, sidste_raekke
from takster.enums import Skemabogstilstand
from takster.models import Takstlinje
from tests.takster.skemabog.hjaelp import HOVED, aabn, aendr, celle, kolonne, luk, med_del, pak, pak_om, skemaark

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite(
        "reading and writing workbooks is Python; that they are saved is proven on both in test_gem.py"
    ),
]
A10, A20 = "A10 Øverste ledelse (kr.)", "A20 Fagpersonale i vagtlag (kr.)"


GODE_TAL = [
    ("dansk tekst", "1.234.567,50", "1.234.567,50"),
    ("dansk tekst med kr.", "1.250 kr.", "1.250"),
    ("tal", 1234.5, "1.234,50"),
    ("heltal", 7, "7"),
    ("nul", 0, "0"),
    ("flydende tal", 0.1 + 0.2, "0,30"),
    ("minus som tekst", "−500", "−500"),
    ("mellemrum om", "  1250,5 ", "1.250,50"),
]


@pytest.mark.parametrize(("navn", "vaerdi", "vist"), GODE_TAL, ids=[navn for navn, _, _ in GODE_TAL])
def test_tal_der_kan_laeses(navn, vaerdi, vist, data, skema, send):
    _, bog = send(aendr(A10, vaerdi)(data, skema))
    assert bog.resultat["fejl"] == []
    assert bog.resultat["aendringer"][0]["linjer"] == [[A10, "600.000", vist]]


def test_for_mange_decimaler_i_et_beloeb_afrundes_og_siges(data, skema, send):
    _, bog = send(aendr(A10, 1000 / 3)(data, skema))
    assert bog.resultat["aendringer"][0]["linjer"] == [[A10, "600.000", "333,33"]]
    assert bog.resultat["aendringer"][0]["noter"] == [f"{A10}: 333,333333333333 er afrundet til 333,33"]


def test_procent_som_broek_i_en_procentcelle(data, skema, send):
    lavet = aendr("Budgetteret belægning (%)", 0.975, number_format="0.0%")(data, skema)
    _, bog = send(lavet)
    assert bog.resultat["aendringer"][0]["linjer"] == [["Budgetteret belægning (%)", "95", "97,5"]]


def test_formel_med_gemt_resultat(data, skema, send):
    def skift(dele: dict[str, bytes]) -> None:
        sted = celle(aabn(data), A10, skema).coordinate.encode()
        navn = skemaark(dele)
        start = dele[navn].index(b'<c r="' + sted + b'"')
        slut = dele[navn].index(b"</c>", start) + 4
        dele[navn] = dele[navn][:start] + b'<c r="' + sted + b'"><f>250*3</f><v>750</v></c>' + dele[navn][slut:]

    _, bog = send(pak_om(data, skift))
    assert bog.resultat["aendringer"][0]["linjer"] == [[A10, "600.000", "750"]]


def test_flyttede_og_ekstra_kolonner_og_tomme_raekker(data, skema, send):
    bog = aabn(data)
    ark = bog["Skemaer"]
    ark.auto_filter.ref = None
    ark.insert_cols(3)
    ark.cell(HOVED, 3).value = "Min egen note"
    ark.cell(HOVED + 1, 3).value = "husk"
    a, b = kolonne(bog, A10), kolonne(bog, A20)
    for raekke in range(HOVED, ark.max_row + 1):
        ene, anden = ark.cell(raekke, a), ark.cell(raekke, b)
        ene.value, anden.value = anden.value, ene.value
    ark.insert_rows(HOVED + 1, 3)
    celle(bog, A10, skema).value = 1
    _, indlaest = send(luk(bog))
    assert indlaest.resultat["fejl"] == []
    assert indlaest.resultat["aendringer"][0]["linjer"] == [[A10, "600.000", "1"]]
    assert any("C (Min egen note)" in note for note in indlaest.resultat["noter"])


def test_manglende_kolonne_og_raekke_aendrer_intet_og_siges(data, skema, timeskema, send):
    bog = aabn(data)
    ark = bog["Skemaer"]
    ark.delete_cols(kolonne(bog, A10))
    ark.delete_rows(celle(bog, "Skema", timeskema).row)
    _, indlaest = send(luk(bog))
    assert (indlaest.tilstand, indlaest.resultat["aendringer"]) == (Skemabogstilstand.KLAR, [])
    assert any("mangler i filen" in note and A10 in note for note in indlaest.resultat["noter"])
    assert any("1 skema står ikke i filen" in note for note in indlaest.resultat["noter"])


def test_skjulte_raekker_laeses_med_og_siges(data, skema, send):
    bog = aabn(data)
    cellen = celle(bog, A10, skema)
    cellen.value = 1
    bog["Skemaer"].row_dimensions[cellen.row].hidden = True
    _, indlaest = send(luk(bog))
    assert indlaest.resultat["aendringer"][0]["linjer"] == [[A10, "600.000", "1"]]
    assert f"Skjulte rækker er læst med. Der er ændringer i række {cellen.row}." in indlaest.resultat["noter"]


@pytest.mark.parametrize("tilstand", ["hidden", "veryHidden"])
def test_et_skjult_ark_laeses_som_om_det_var_synligt(tilstand, data, skema, send):
    bog = aabn(data)
    celle(bog, A10, skema).value = 1
    bog.active = 1
    bog["Skemaer"].sheet_state = tilstand
    _, indlaest = send(luk(bog))
    assert indlaest.resultat["aendringer"][0]["linjer"] == [[A10, "600.000", "1"]]


def test_en_skjult_kolonne_laeses_med(data, skema, send):
    bog = aabn(data)
    cellen = celle(bog, A10, skema)
    cellen.value = 1
    bog["Skemaer"].column_dimensions[cellen.column_letter].hidden = True
    _, indlaest = send(luk(bog))
    assert indlaest.resultat["aendringer"][0]["linjer"] == [[A10, "600.000", "1"]]


def test_arkets_navn_med_smaa_bogstaver(data, skema, send):
    bog = aabn(data)
    celle(bog, A10, skema).value = 1
    bog["Skemaer"].title = "skemaer "
    _, indlaest = send(luk(bog))
    assert indlaest.resultat["aendringer"][0]["linjer"] == [[A10, "600.000", "1"]]


@pytest.mark.parametrize("tekst", ["97,5 %", "97,5%", "97,5"])
def test_procent_som_tekst(tekst, data, skema, send):
    _, bog = send(aendr("Budgetteret belægning (%)", tekst)(data, skema))
    assert bog.resultat["aendringer"][0]["linjer"] == [["Budgetteret belægning (%)", "95", "97,5"]]


def test_en_regnefejl_i_en_beregnet_celle_goer_ingen_skade(data, skema, send):
    """A row deleted in Excel leaves #REF! in the sums of the other rows."""

    def skift(dele: dict[str, bytes]) -> None:
        sted = celle(aabn(data), "Takst (kr.)", skema).coordinate.encode()
        navn = skemaark(dele)
        start = dele[navn].index(b'<c r="' + sted + b'"')
        slut = dele[navn].index(b"</c>", start) + 4
        ny = b'<c r="' + sted + b'" t="e"><f>#REF!</f><v>#REF!</v></c>'
        dele[navn] = dele[navn][:start] + ny + dele[navn][slut:]

    _, bog = send(pak_om(data, skift))
    assert (bog.tilstand, bog.resultat["aendringer"]) == (Skemabogstilstand.KLAR, [])


@pytest.mark.parametrize(
    ("xml", "ventet"),
    [
        (b'<c r="B5"><f>1+1</f><v>2</v></c>', {(5, 2)}),
        (b'<c r="B5" s="1"><f>1+1</f></c><c r="C5"/><c r="D5"><v>1</v></c>', {(5, 2)}),
        (b'<c s="2" r="AA7" t="str"><f t="shared" si="0"/><v>x</v></c>', {(7, 27)}),
        (b'<x:c r="A30">\n<x:f>A1</x:f></x:c>', {(30, 1)}),
        (b'<c r="B5" t="inlineStr"><is><t>f</t></is></c><f>1</f>', set()),
    ],
)
def test_celler_med_formel(xml, ventet):
    assert formelceller(pak({"ark.xml": xml}), "/ark.xml") == ventet


def test_en_tom_celle_toemmer_feltet(data, skema, send):
    _, bog = send(aendr(A10, None)(data, skema))
    assert bog.resultat["aendringer"][0]["linjer"] == [[A10, "600.000", "–"]]
    assert Takstlinje.objects.filter(skema=skema, post="A10").exists(), "intet er gemt endnu"


def test_valg_og_kryds_uanset_store_og_smaa(data, skema, send):
    bog = aabn(data)
    celle(bog, "Hvordan er den budgetterede belægning fundet?", skema).value = "  forventning til det kommende ÅR "
    celle(bog, "Tillægsydelser er ikke med i budgettet", skema).value = "nej"
    celle(bog, "Ydelsen er korte forløb, akutpladser eller aflastning", skema).value = "X"
    _, indlaest = send(luk(bog))
    linjer = {felt: efter for felt, _, efter in indlaest.resultat["aendringer"][0]["linjer"]}
    assert linjer == {
        "Hvordan er den budgetterede belægning fundet?": "Forventning til det kommende år",
        "Tillægsydelser er ikke med i budgettet": "Nej",
        "Ydelsen er korte forløb, akutpladser eller aflastning": "Ja",
    }


def test_eksterne_links_aabnes_ikke_men_siges(data, skema, send):
    _, bog = send(med_del("xl/externalLinks/externalLink1.xml", b"<x/>")(data, skema))
    assert bog.tilstand == Skemabogstilstand.KLAR
    assert any("andre filer" in note for note in bog.resultat["noter"])


def test_formaterede_tomme_raekker_helt_ned_er_ingen_raekker(data, skema, send):
    """LibreOffice and a format put on a whole column leave such rows."""
    bog = aabn(data)
    celle(bog, A10, skema).value = 1
    bog["Skemaer"].cell(1_048_576, 1).number_format = "0.00"
    _, indlaest = send(luk(bog))
    assert indlaest.resultat["fejl"] == []
    assert indlaest.resultat["aendringer"][0]["linjer"] == [[A10, "600.000", "1"]]


@pytest.mark.parametrize(
    ("xml", "ventet"),
    [
        (b'<c r="A5"><v>1</v></c><c r="B9" s="1"/>', 5),
        (b'<c s="2" r="AB17" t="inlineStr"><is><t>x</t></is></c>', 17),
        (b'<x:c r="A30" t="s"><x:v>1</x:v></x:c><x:c r="A99" s="1"></x:c>', 30),
        (b"", 0),
    ],
)
def test_den_sidste_raekke_med_indhold(xml, ventet):
    assert sidste_raekke(pak({"ark.xml": xml}), "/ark.xml") == ventet
