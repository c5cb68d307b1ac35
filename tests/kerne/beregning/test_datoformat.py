"""Dates read strictly and written in the two Danish forms."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaftale.kerne.datoformat import DatoFejl, laes_dato, skriv_dato, skriv_dato_lang


@pytest.mark.parametrize(
    "tekst", ["15.10.2026", "15-10-2026", "15/10/2026", "15/10-2026", "2026-10-15", "  15.10.2026 ", "\t15/10-2026\n"]
)
def test_de_tilladte_former(tekst):
    assert laes_dato(tekst) == date(2026, 10, 15)


@pytest.mark.parametrize("tekst", ["1.2.2026", "01.2.2026", "1/2-2026", "2026-2-1", "2026-02-01"])
def test_et_eller_to_cifre_i_dag_og_maaned(tekst):
    assert laes_dato(tekst) == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("tekst", "del_af_besked"),
    [
        ("", "Indtast en dato"),
        ("15.10.26", "fire cifre"),
        ("15/10-26", "fire cifre"),
        ("15.10.02026", "fire cifre"),
        ("15.10.0026", "fire cifre"),
        ("31.02.2026", "findes ikke"),
        ("29.02.2025", "findes ikke"),
        ("0.1.2026", "findes ikke"),
        ("1.13.2026", "findes ikke"),
        ("2026-13-01", "findes ikke"),
        ("15.10-2026", "dag, måned og år"),
        ("15-10/2026", "dag, måned og år"),
        ("2026/10/15", "dag, måned og år"),
        ("26-10-15", "fire cifre"),
        ("15. oktober 2026", "dag, måned og år"),
        ("15 10 2026", "dag, måned og år"),
        ("١٥.١٠.٢٠٢٦", "dag, måned og år"),
        ("i dag", "dag, måned og år"),
    ],
)
def test_alt_andet_afvises(tekst, del_af_besked):
    with pytest.raises(DatoFejl) as fejl:
        laes_dato(tekst)
    assert del_af_besked in fejl.value.besked


def test_skudaar():
    assert laes_dato("29.02.2028") == date(2028, 2, 29)


def test_skriv():
    assert skriv_dato(date(2026, 1, 5)) == "05.01.2026"
    assert skriv_dato_lang(date(2026, 1, 5)) == "5. januar 2026"
    assert skriv_dato(None) == skriv_dato_lang(None) == "–"


@given(st.dates(min_value=date(1000, 1, 1)))
def test_den_skrevne_dato_laeses_som_den_samme(dato):
    assert laes_dato(skriv_dato(dato)) == laes_dato(dato.isoformat()) == dato
