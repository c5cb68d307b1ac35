"""Numbers in Danish prose: read with unit and precision, and what looks like a number and is none."""

from decimal import Decimal

import pytest

from socialaftale.kerne.tekst.port.taltekst import laes


def tal(tekst):
    return [(t.art, t.vaerdi, t.hoejst) for t in laes(tekst)]


@pytest.mark.parametrize(
    ("tekst", "art", "vaerdi"),
    [
        ("ca. 2.400 pladser", "antal", 2400),
        ("2 421 pladser", "antal", 2421),
        ("2021 pladser", "antal", 2021),
        ("Der er 12.", "antal", 12),
        ("23 % af pladserne", "pct", 23),
        ("23,2 procent", "pct", Decimal("23.2")),
        ("5 pct. af grundlaget", "pct", 5),
        ("fem procent", "pct", 5),
        ("1,81 mia. kr.", "kr", 1_810_000_000),
        ("1.88 mia. kr", "kr", 1_880_000_000),
        ("12 mio. kr. om året", "kr", 12_000_000),
        ("to millioner kroner", "kr", 2_000_000),
        ("4.438,89 kr. pr. døgn", "kr", Decimal("4438.89")),
        ("næsten hver fjerde plads", "broek", Decimal("0.25")),
        ("halvdelen af dem", "broek", Decimal("0.5")),
        ("to tredjedele af borgerne", "broek", Decimal(2) / 3),
        ("elleve kommuner", "antal", 11),
        ("femogtyve pladser", "antal", 25),
        ("Tre fokusområder", "antal", 3),
        ("600.000 mennesker", "antal", 600_000),
    ],
)
def test_tal(tekst, art, vaerdi):
    assert tal(tekst) == ([(art, vaerdi, None)] if art else [])


@pytest.mark.parametrize(
    ("tekst", "fra", "til"),
    [
        ("40-50 % af alle", 40, 50),
        ("10.000-12.000 borgere", 10_000, 12_000),
        ("95–98 %", 95, 98),
        ("5 - 6 pladser", 5, 6),
    ],
)
def test_fra_og_til(tekst, fra, til):
    (laest,) = laes(tekst)
    assert (laest.vaerdi, laest.hoejst) == (fra, til)


@pytest.mark.parametrize(
    ("tekst", "trin"),
    [("ca. 2.400", 100), ("2.400", 100), ("2.421", 1), ("ca. 340", 10), ("340", 1), ("23,2 %", Decimal("0.1"))]
    + [("2.000", 100), ("600.000", 10_000), ("1,81 mia. kr.", 10_000_000), ("100", 10)],
)
def test_hvor_fint(tekst, trin):
    assert laes(tekst)[0].trin == trin


@pytest.mark.parametrize(
    "tekst",
    [
        "efter servicelovens § 107, stk. 2, nr. 7",
        "efter §§ 82 a-c og 82 d",
        "efter §§ 107 og 108",
        "siden 2011 og i 2015-2018 og 2021/22",
        "fra 1. januar 2023 til den 31. december",
        "Mødet den 21.08.2023 kl. 12.00-14.30",
        "i april 2021",
        "se bilag 4 og bilag 1-3, kapitel 2, tabel 1, figur 12 og afsnit 5.4.1",
        "fokusområde 1 og domstype 2-5",
        "i 2. halvår",
        "1. Det første punkt",
        "ring på 99 12 34 56 eller +45 99 12 34 56",
        "Boulevarden 13, 9000 Aalborg",
        "Bodil Hjorts Vej 16 og Vestergade 4",
        "en 18-årig, 15-17-årige og unge under 18 år",
        "sagsnr. 2023-052085",
        "se www.nordjysksocialaftale2018-2019.dk eller skriv til x12@y.dk",
        "covid-19, ICD10 og A4",
        "døgnet rundt 24/7",
        "hver anden uge og hvert tredje år",
    ],
)
def test_intet_tal(tekst):
    assert tal(tekst) == []


def test_ordene_efter_tallet_og_ikke_hinsides_tegnet():
    (laest,) = laes("Vi har 2.421 dag- og døgnpladser. De er gode.")
    assert laest.efter == ("dag-", "og", "døgnpladser")
    assert laes("Der er 12, og de er gode")[0].efter == ()
