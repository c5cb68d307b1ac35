"""Sums, shares and differences in tables and sentences."""

import pytest

from tests.kerne.tekst.port.hjaelp import kapitel, koder, rettet


def tabel(hoved, *raekker):
    celler = "".join(f'<th scope="col">{h}</th>' for h in hoved)
    krop = "".join(f'<tr><th scope="row">{r[0]}</th>{"".join(f"<td>{c}</td>" for c in r[1:])}</tr>' for r in raekker)
    return f"<table><thead><tr>{celler}</tr></thead><tbody>{krop}</tbody></table>"


def regnefejl(tekst):
    return [(k.removeprefix("tabel."), c) for k, c in koder(tekst) if k.startswith("tabel.")]


ANTAL = ("Tilbud", "Timer")
SANDE = {
    "soejlesum": (tabel(ANTAL, ("A", "10"), ("B", "20"), ("I alt", "31")), [("sum", "31")], "30"),
    "soejlesum_tusinder": (
        tabel(ANTAL, ("A", "1.010"), ("B", "2.020"), ("Total", "3.300")),
        [("sum", "3.300")],
        "3.030",
    ),
    "raekkesum": (
        tabel(("Tilbud", "Dag", "Nat", "I alt"), ("A", "10", "20", "40"), ("B", "1", "2", "3")),
        [("sum", "40")],
        "30",
    ),
    "andel_af_total": (
        tabel(("Tilbud", "Timer", "Andel"), ("A", "83", "38 %"), ("B", "131", "61 %"), ("I alt", "214", "100 %")),
        [("andel", "38")],
        "39",
    ),
    "andel_afskaaret": (
        tabel(
            ("Tilbud", "Timer", "Andel i %"),
            ("A", "387", "0,38"),
            ("B", "99.613", "99,61"),
            ("I alt", "100.000", "100,00"),
        ),
        [("andel", "0,38")],
        "0,39",
    ),
    "andele_ikke_100": (
        tabel(("Svar", "Andel"), ("Ja", "40 %"), ("Nej", "30 %"), ("Ved ikke", "25 %"), ("I alt", "100 %")),
        [("andele", "100")],
        None,
    ),
    "forskel": (tabel(("Tilbud", "2021", "2022", "Ændring"), ("A", "10", "14", "5")), [("forskel", "5")], "4"),
    "forskel_pct": (
        tabel(("Tilbud", "2021", "2022", "Ændring i procent"), ("A", "200", "230", "16 %")),
        [("forskel", "16")],
        "15",
    ),
    "fortegn": (tabel(("Post", "2021", "2022", "Ændring"), ("A", "14", "10", "4")), [("forskel", "4")], "−4"),
    "andel_i_saetning": ("8 af 12 timer, svarende til 75 %.", [("andel_i_saetning", "75")], "67"),
    "sum_i_saetning": ("Der er 3 + 8 + 8 = 18 steder.", [("sum_i_saetning", "18")], "19"),
    "sum_bagfra": ("Der er 18 = 3+8+8 steder.", [("sum_i_saetning", "18")], "19"),
    "levende_tal_i_celle": (
        tabel(ANTAL, ("A", "{{ pladser.socialaftale|hele }}"), ("B", "9"), ("I alt", "2.431")),
        [("sum", "2.431")],
        "2.430",
    ),
}
FALSKE = {
    "sum": tabel(ANTAL, ("A", "10"), ("B", "20"), ("I alt", "30")),
    "ukendt_celle": tabel(ANTAL, ("A", "10"), ("B", "–"), ("I alt", "31")),
    "afrundede_dele": tabel(
        ("Post", "Mio. kr."), ("A", "1,3 mio. kr."), ("B", "1,3 mio. kr."), ("I alt", "2,7 mio. kr.")
    ),
    "andele_afrundet": tabel(
        ("Svar", "Andel"), ("Ja", "33 %"), ("Nej", "33 %"), ("Andet", "33 %"), ("I alt", "100 %")
    ),
    "rundet_op": tabel(
        ("Tilbud", "Timer", "Andel"), ("A", "125", "12,5 %"), ("B", "875", "87,5 %"), ("I alt", "1.000", "100,0 %")
    ),
    "gennemsnit": tabel(("Tilbud", "Gennemsnit"), ("A", "10"), ("B", "20"), ("I alt", "15")),
    "uden_total": tabel(ANTAL, ("A", "10"), ("B", "20")),
    "ord": tabel(("Princip", "Driftsherren"), ("Dialog", "Kontakter 2 gange"), ("Drift", "Tilpasser")),
    "aar_som_kolonner": tabel(("Tilbud", "2021", "2022", "Ændring"), ("A", "10", "14", "4")),
    "andel": "8 af 12 timer, svarende til 67 %.",
    "lighed": "Der er 3 + 8 + 8 = 19 steder.",
}


@pytest.mark.parametrize("navn", SANDE)
def test_gaar_ikke_op(navn):
    tekst, fundne, ret = SANDE[navn]
    assert regnefejl(tekst) == fundne
    if ret is not None:
        efter = rettet(kapitel(tekst))
        assert ret in efter.indhold
        assert regnefejl(efter.indhold) == []


@pytest.mark.parametrize("navn", FALSKE)
def test_gaar_op(navn):
    assert regnefejl(FALSKE[navn]) == []
