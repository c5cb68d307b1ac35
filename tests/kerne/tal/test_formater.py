"""Formats of live figures, with the agreement's real figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaftale.kerne.tal.formater import FORMATER, FORMATNAVNE, LIGE_VED, ORDENSTAL, UkendtFormat, skriv

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
        (Decimal("0.245"), "broek", "hver fjerde"),
        (Decimal("0.244"), "broek", "næsten hver fjerde"),
        (Decimal("0.256"), "broek", "godt hver fjerde"),
        (Decimal(1) / 9, "broek", "hver niende"),
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


# 2 % is not "næsten hver tiende", and 80 % not "godt hver anden".
FALSKE_BROEKER = [Decimal(tal) for tal in ("0.9", "0.8", "0", "0.02", "0.08", "-0.25", "1.2")]


@pytest.mark.parametrize(("vaerdi", "format"), [(5, "findes_ikke"), *((tal, "broek") for tal in FALSKE_BROEKER)])
def test_ukendt_format(vaerdi, format):
    with pytest.raises(UkendtFormat):
        skriv(vaerdi, format)


@given(st.decimals(min_value="0.01", max_value="0.75", places=4))
def test_en_andel_i_ord_paastaar_intet_falsk(andel):
    """ "næsten" only below the fraction, "godt" only above, and neither far from it."""
    try:
        tekst = skriv(andel, "broek")
    except UkendtFormat:
        return
    broek = Decimal(1) / next(n for n, ordenstal in ORDENSTAL.items() if tekst.endswith(f"hver {ordenstal}"))
    if tekst.startswith("næsten"):
        assert broek * Decimal("0.9") <= andel < broek
    elif tekst.startswith("godt"):
        assert broek < andel <= broek * Decimal("1.2")
    else:
        assert abs(andel / broek - 1) <= LIGE_VED + Decimal("1e-20")


def test_hvert_format_har_et_navn():
    assert FORMATER.keys() <= FORMATNAVNE.keys()
