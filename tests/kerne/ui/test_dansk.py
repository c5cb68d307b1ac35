"""Filters of `{% load dansk %}`: numbers, amounts, dates and the no-break spaces economists see at once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString, mark_safe

from socialaftale.kerne.templatetags import dansk

N = "\u00a0"


@pytest.mark.parametrize(
    ("udtryk", "vaerdi", "tekst"),
    [
        ("kr", Decimal("1234567.5"), "1.234.567,50"),
        ("kr", Decimal("-0.005"), "−0,01"),
        ("kr:0", Decimal("1250.50"), "1.251"),
        ("kr", 0, "0,00"),
        ("kr", None, "–"),
        ("kr", "", "–"),
        ("kr", "ikke et tal", "–"),
        ("kr", True, "–"),
        ("kr", float("nan"), "–"),
        ("kroner", Decimal(1250), f"1.250,00{N}kr."),
        ("kroner:0", Decimal(1250), f"1.250{N}kr."),
        ("kroner", None, "–"),
        ("tal", 4876, "4.876"),
        ("tal", Decimal("97.50"), "97,5"),
        ("tal", Decimal("100"), "100"),
        ("tal:1", 12, "12,0"),
        ("tal", 12.5, "12,5"),
        ("pct", Decimal("97.45"), f"97,5{N}%"),
        ("pct:0", Decimal("97.45"), f"97{N}%"),
        ("andel", Decimal("0.2321"), f"23,2{N}%"),
        ("andel", None, "–"),
        ("aendring", Decimal("2.34"), "+2,3"),
        ("aendring", Decimal("-0.46"), "−0,5"),
        ("aendring", Decimal("0.04"), "0,0"),
        ("dato", dt.date(2026, 10, 5), "05.10.2026"),
        ("dato", None, "–"),
        ("dato_lang", dt.date(2026, 10, 5), f"5.{N}oktober 2026"),
        ("tidspunkt", dt.datetime(2026, 10, 5, 11, 42, tzinfo=dt.UTC), f"5.{N}oktober 2026 kl.{N}13.42"),
        ("tidspunkt_kort", dt.datetime(2026, 1, 5, 23, 5, tzinfo=dt.UTC), f"06.01.2026 kl.{N}00.05"),
        ("tidspunkt", None, "–"),
        ("iso", dt.date(2026, 10, 5), "2026-10-05"),
        ("iso", None, ""),
        ("tom", 0, "0"),
        ("tom", "", "–"),
        ("tom", None, "–"),
        ('antal:"takst,takster"', 1, f"1{N}takst"),
        ('antal:"takst,takster"', 1520, f"1.520{N}takster"),
        ('antal:"tilbud"', 2, f"2{N}tilbud"),
        ('antal:"takst,takster"', None, "–"),
        ("nbsp", "§ 107 og §§ 103-104", f"§{N}107 og §§{N}103-104"),
        ("nbsp", "1.250 kr. og 97,5 % kl. 13.42", f"1.250{N}kr. og 97,5{N}% kl.{N}13.42"),
        ("nbsp", "stk. 2, bilag 3, 12 pladser", f"stk.{N}2, bilag{N}3, 12{N}pladser"),
        ("nbsp", "2023 blev et år", "2023 blev et år"),
        ("nbsp", None, "–"),
    ],
)
def test_filter(udtryk, vaerdi, tekst):
    skabelon = Template("{% load dansk %}{{ vaerdi|" + udtryk + " }}")
    assert skabelon.render(Context({"vaerdi": vaerdi})) == tekst


def test_nbsp_beskytter_det_der_ikke_er_sikret():
    assert isinstance(dansk.nbsp(mark_safe("<b>§ 1</b>")), SafeString)
    html = Template("{% load dansk %}{{ v|nbsp }}").render(Context({"v": "<b>§ 1</b>"}))
    assert html == f"&lt;b&gt;§{N}1&lt;/b&gt;"


def test_tusindtal_saettes_ikke_ved_et_uheld():
    """USE_THOUSAND_SEPARATOR must stay off: years and ids are bare numbers."""
    assert Template("{{ aar }} {{ id }}").render(Context({"aar": 2026, "id": 12345})) == "2026 12345"
