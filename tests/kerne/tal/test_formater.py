"""Formats of live figures, with the agreement's real figures."""

from decimal import Decimal

import pytest

from socialaftale.kerne.tal.formater import UkendtFormat, skriv

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("vaerdi", "format", "ventet"),
    [
        (2421, "hele", "2.421"),
        (2421, "ca", f"ca.{NB}2.400"),
        (2080, "ca", f"ca.{NB}2.100"),
        (341, "ca", f"ca.{NB}340"),
        (22, "ca", f"ca.{NB}22"),
        (Decimal(2421) / 10449, "pct", f"23{NB}%"),
        (Decimal(2421) / 10449, "pct1", f"23,2{NB}%"),
        (Decimal(2421) / 10449, "ca_pct", f"ca.{NB}23{NB}%"),
        (Decimal(2421) / 10449, "broek", "næsten hver fjerde"),
        (Decimal("0.25"), "broek", "hver fjerde"),
        (Decimal("0.28"), "broek", "godt hver fjerde"),
        (Decimal("0.5"), "broek", "hver anden"),
        (11, "ord", "elleve"),
        (13, "ord", "13"),
        (341, "fortegn", "+341"),
        (-15, "fortegn", "−15"),
        (0, "fortegn", "0"),
        (2022, "aar", "2022"),
        (Decimal("4438.885"), "kr", f"4.438,89{NB}kr."),
        ("Aalborg", "hele", "Aalborg"),
    ],
)
def test_skriv(vaerdi, format, ventet):
    assert skriv(vaerdi, format) == ventet


@pytest.mark.parametrize(("vaerdi", "format"), [(5, "findes_ikke"), (Decimal("0.9"), "broek"), (Decimal(0), "broek")])
def test_ukendt_format(vaerdi, format):
    with pytest.raises(UkendtFormat):
        skriv(vaerdi, format)
