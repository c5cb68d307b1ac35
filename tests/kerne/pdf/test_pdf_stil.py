"""Colours that can be read, fonts that exist, widths that add up, frames that say what they should."""

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings

from socialaftale.kerne.pdf import stil
from socialaftale.kerne.pdf.oplysninger import Dokument, dansk_dato
from socialaftale.kerne.pdf.skabelon import SKRIFTMAPPE
from socialaftale.kerne.pdf.tabel import Kolonne, Tabel


def variabler(farve: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", stil.farver(farve).lower()))


@pytest.mark.parametrize("farve", ["#14518b", "#e8a33d", "#ffe600", "#000000", "#ffffff", "#7a1f1f", "#808080"])
def test_text_can_be_read_whatever_the_colour(farve: str) -> None:
    fundne = variabler(farve)
    assert fundne["egen"] == farve
    assert stil.kontrast(fundne["egen-skrift"], "#ffffff") >= 4.5
    assert stil.kontrast(fundne["egen-skrift"], fundne["egen-lys"]) >= 4.5
    assert stil.kontrast(fundne["paa-egen"], fundne["egen"]) >= 4.5


def test_the_standard_colour_is_used_as_it_is() -> None:
    fundne = variabler("#14518b")
    assert fundne["egen-skrift"] == "#14518b"
    assert fundne["paa-egen"] == "#ffffff"


def test_contrast_is_that_of_wcag() -> None:
    assert stil.kontrast("#ffffff", "#000000") == pytest.approx(21)
    assert stil.kontrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("farve", ["rød", "#fff", "#14518", "#14518b;}", "14518b"])
def test_what_is_no_colour_is_refused(farve: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        stil.farver(farve)


def test_the_fonts_are_shipped(skrifter: str) -> None:
    assert skrifter.count("@font-face") == len(stil.SNIT)
    for fil, _, _ in stil.SNIT:
        assert (Path(settings.BASE_DIR) / SKRIFTMAPPE / f"{fil}.woff2").is_file()


def test_column_widths_add_up_to_the_whole() -> None:
    css = stil.kolonnebredder("takster", [2, 1, 1])
    assert [float(tal) for tal in re.findall(r"width:([\d.]+)%", css)] == [50, 25, 25]
    with pytest.raises(ValueError, match="not a class name"):
        stil.kolonnebredder("a b{}", [1])


def test_a_table_knows_its_groups_and_widths() -> None:
    kolonner = (Kolonne("Tilbud", 3), Kolonne("Kr.", 1, tal=True))
    tabel = Tabel("T", kolonner, [("Øst", [["A", "1"]]), ("Øst", [])], klasse="takster")
    assert [gruppe.anker for gruppe in tabel.grupper] == ["oest", "oest-2"]
    assert tabel.grupper[0].raekker[0].celler == (("A", kolonner[0]), ("1", kolonner[1]))
    assert tabel.css == stil.kolonnebredder("takster", [3, 1])


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        Tabel("T", (Kolonne("A", 1), Kolonne("B", 1)), [("G", [["kun én"]])])


def test_dates_are_danish_and_do_not_break() -> None:
    assert dansk_dato(datetime.date(2027, 3, 1)) == "1.\u00a0marts 2027"
    assert dansk_dato(datetime.date(2026, 12, 24)) == "24.\u00a0december 2026"


def test_frame_of_a_document_and_of_an_annex() -> None:
    dato = datetime.date(2026, 8, 20)
    aftale = Dokument("Socialaftale", dato, periode="2027–2028", version="Udkast")
    assert aftale.fuld_titel == "Socialaftale 2027–2028"
    assert aftale.sidefod == "Socialaftale 2027–2028 · Udkast · 20.\u00a0august 2026"
    assert (aftale.sideord, aftale.sidemaerke) == ("Side", "")
    assert aftale.oprettet == "2026-08-20"
    bilag = Dokument("Takster", dato, del_="Bilag 7")
    assert bilag.fuld_titel == "Bilag 7: Takster"
    assert (bilag.sideord, bilag.sidemaerke) == ("Bilag 7, side", "Bilag 7, side\u00a0")
