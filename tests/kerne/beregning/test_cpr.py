"""What looks like a CPR number is found; what does not is left alone. All numbers are made up."""

import pytest

from socialaftale.kerne.cpr import find_cpr


@pytest.mark.parametrize(
    "tekst",
    [
        "010170-1234",
        "0101701234",
        "010170 1234",
        "010170\u00a01234",
        "010170\u20111234",
        "010170–1234",
        "311299-0000",
        "290200-1234",
        "010107-4000",
        "(010170-1234)",
        "fil_010170-1234.pdf",
    ],
)
def test_findes(tekst):
    assert len(find_cpr(tekst)) == 1


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "320170-1234",
        "011370-1234",
        "290201-1234",
        "300200-1234",
        "000170-1234",
        "1010170-1234",
        "010170-12345",
        "01017012345",
        "010170--1234",
        "010170  1234",
        "01.01.70-1234",
        "010170-123",
        "tlf. 99 34 12 34",
        "CVR 29189420",
        "EAN 5798003742342",
        "2023-2024",
        "٠١٠١٧٠-١٢٣٤",
    ],
)
def test_findes_ikke(tekst):
    assert find_cpr(tekst) == []


def test_alle_steder_og_kun_steder():
    tekst = "Borger 010170-1234 og 020280 5678, sag 123456-7890."
    assert find_cpr(tekst) == [7, 22]
