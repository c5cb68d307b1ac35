"""Workbooks and CSV are read back cell by cell."""

import datetime as dt
import io
from decimal import Decimal

from openpyxl import load_workbook

from socialaftale.kerne.regneark import Arkfane, Art, Kolonne, byg_ark, byg_bog, byg_csv

KOLONNER = [
    Kolonne("Tilbud", lambda r: r[0]),
    Kolonne("Takst (kr.)", lambda r: r[1], Art.KR),
    Kolonne("Pladser", lambda r: r[2], Art.HELTAL),
    Kolonne("Frist", lambda r: r[3], Art.DATO),
]
RAEKKER = [
    ("Østerskoven", Decimal("4438.89"), 22, dt.date(2026, 10, 31)),
    ("=SUM(A1:A9)", Decimal("-1500"), None, None),
    ("Styre\x07tegn", None, 0, None),
]


def ark(data, **indstillinger):
    return load_workbook(io.BytesIO(data), **indstillinger).worksheets[0]


def test_celler_er_typede_og_hovedet_frosset():
    arket = ark(byg_ark("Takster 2027", KOLONNER, RAEKKER, noter=["Kilde: test"]))
    assert arket["A1"].value == "Takster 2027"
    assert arket["A2"].value == "Kilde: test"
    assert [celle.value for celle in arket[4]] == ["Tilbud", "Takst (kr.)", "Pladser", "Frist"]
    assert [celle.value for celle in arket[5]][:3] == ["Østerskoven", 4438.89, 22]
    assert arket["D5"].value.date() == dt.date(2026, 10, 31)
    assert arket["B5"].number_format == "#,##0.00"
    assert arket.freeze_panes == "A5"
    assert arket.auto_filter.ref == "A4:D7"


def test_formler_bliver_aldrig_til_formler():
    arket = ark(byg_ark("x", KOLONNER, RAEKKER))
    assert arket["A5"].data_type == "s"
    assert arket["A5"].value == "=SUM(A1:A9)"
    assert arket["C5"].value is None
    assert arket["A6"].value == "Styre tegn"
    assert arket["C6"].value == 0


def test_i_alt_raekke_og_flere_faner():
    data = byg_bog(
        [
            Arkfane("Første: del/1", KOLONNER, RAEKKER[:1], i_alt=["I alt", Decimal("4438.89"), 22, None]),
            Arkfane("Anden", KOLONNER[:1], RAEKKER),
        ]
    )
    bog = load_workbook(io.BytesIO(data))
    assert bog.sheetnames == ["Første  del 1", "Anden"]
    sidste = list(bog.worksheets[0].iter_rows(values_only=True))[-1]
    assert sidste == ("I alt", 4438.89, 22, None)


def test_csv_paa_dansk():
    linjer = byg_csv(KOLONNER, RAEKKER).decode("utf-8-sig").split("\r\n")
    assert linjer[0] == "Tilbud;Takst (kr.);Pladser;Frist"
    assert linjer[1] == "Østerskoven;4438,89;22;31.10.2026"
    assert linjer[2] == "'=SUM(A1:A9);-1500,00;;"
