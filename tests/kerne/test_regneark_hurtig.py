"""A column's one cell gives the same workbook as a new cell for every value."""

import datetime as dt
import io
import random
from decimal import Decimal

from openpyxl import Workbook, load_workbook

from socialaftale.kerne.regneark import TALFORMATER, Art, Kolonne, byg_ark

VAERDIER = (None, "", "tekst", "=1+1", "#REF!", "  luft ", "x" * 40_000, "a\x00b", True, 0, 12, -3.5, Decimal("1.25"))
DATOER = (None, "ukendt", dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 12, 30))  # noqa: DTZ001


def test_celle_for_celle_som_en_ny_celle_til_hver_vaerdi():
    terning = random.Random(3)
    raekker = [[terning.choice(DATOER if art == Art.DATO else VAERDIER) for art in Art] for _ in range(200)]
    kolonner = [Kolonne(str(art), lambda r, nr=nr: r[nr], art) for nr, art in enumerate(Art)]
    arket = load_workbook(io.BytesIO(byg_ark("x", kolonner, raekker))).worksheets[0]
    ventet = Workbook().active
    for nr, (celler, raekke) in enumerate(zip(arket.iter_rows(min_row=4), raekker, strict=True), start=1):
        for art, celle, vaerdi in zip(Art, celler, raekke, strict=True):
            if vaerdi is None or vaerdi == "":
                assert celle.value is None
                continue
            er_tal = isinstance(vaerdi, int | float | Decimal) and not isinstance(vaerdi, bool)
            skrevet = vaerdi if er_tal or isinstance(vaerdi, dt.date) else str(vaerdi).replace("\x00", " ")
            en = ventet.cell(row=nr, column=1, value=skrevet)
            if isinstance(skrevet, str):
                en.data_type = "s"
            assert (celle.value, celle.data_type) == (_laest(en.value), en.data_type)
            assert celle.number_format == ("General" if er_tal and art == Art.TEKST else TALFORMATER[art])


def _laest(vaerdi: object) -> object:
    """As a file gives it back."""
    if isinstance(vaerdi, Decimal):
        return float(vaerdi)
    if isinstance(vaerdi, dt.date) and not isinstance(vaerdi, dt.datetime):
        return dt.datetime.combine(vaerdi, dt.time())
    return vaerdi
