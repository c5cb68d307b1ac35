"""Comparing two texts word by word: nothing is lost, nothing is marked that is the same."""

from __future__ import annotations

import html

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaftale.kerne.tekst.sammenlign import Maerker, Side, Slags, sammenlign
from socialaftale.kerne.tekst.tekstblokke import Blok, laes_blokke
from socialaftale.kerne.tekst.tekstsammenligning import Kapiteltekst, sammenlign_tekster

ORD = st.sampled_from(
    ["pladser", "der", "Aalborg", "2.421", "ca.", "borgere", "{{ pladser.i_alt|ca }}", "§ 107", "a < b & c", "år", "–"]
)
SAETNING = st.lists(ORD, min_size=1, max_size=8).map(" ".join).map(lambda tekst: html.escape(tekst, quote=False))
FED = st.tuples(SAETNING, SAETNING).map(lambda par: f"{par[0]} <strong>{par[1]}</strong>")
LINK = st.tuples(SAETNING, SAETNING).map(lambda par: f'{par[0]} <a href="https://x.dk">{par[1]}</a>')
INDHOLD = st.one_of(SAETNING, FED, LINK)
LISTE = st.lists(INDHOLD, min_size=1, max_size=4).map(
    lambda punkter: "<ul>" + "".join(f"<li>{punkt}</li>" for punkt in punkter) + "</ul>"
)
TABEL = st.lists(st.tuples(SAETNING, SAETNING), min_size=1, max_size=3).map(
    lambda raekker: (
        "<table><thead><tr><th>Navn</th><th>Tal</th></tr></thead><tbody>"
        + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in raekker)
        + "</tbody></table>"
    )
)
BOKS = SAETNING.map(
    lambda tekst: f'<aside class="boks boks-fakta"><p class="boks-titel">Fakta</p><p>{tekst}</p></aside>'
)
BLOK = st.one_of(
    INDHOLD.map(lambda tekst: f"<p>{tekst}</p>"), SAETNING.map(lambda tekst: f"<h2>{tekst}</h2>"), LISTE, TABEL, BOKS
)
TEKST = st.lists(BLOK, max_size=6).map("".join)


def uden(indhold: str, maerke: str) -> str:
    """The HTML without those elements and all that stands in them."""
    rod = lxml.html.fragment_fromstring(indhold, create_parent="div")
    for element in list(rod.iter(maerke)):
        element.drop_tree()
    for element in list(rod.iter("del", "ins")):
        element.drop_tag()
    return (rod.text or "") + "".join(lxml.html.tostring(barn, encoding="unicode") for barn in rod)


def indhold(tekst: str) -> list[tuple]:
    """What a reader meets: blocks with their words and markup; empty cells and rows say nothing."""
    return [
        (blok.sti, blok.titel, tuple(raekke.ord for raekke in blok.raekker if raekke.ord), blok.ord)
        for blok in laes_blokke(tekst)
        if blok.alle_ord
    ]


@given(TEKST, TEKST)
def test_uden_ins_staar_den_gamle_og_uden_del_den_nye(gammel, ny):
    samlet = sammenlign(gammel, ny).samlet()
    assert indhold(uden(samlet, "ins")) == indhold(gammel)
    assert indhold(uden(samlet, "del")) == indhold(ny)


@given(TEKST, TEKST)
def test_siderne_er_de_to_tekster(gammel, ny):
    par = sammenlign(gammel, ny).par
    venstre = "".join(et.html(Side.GAMMEL) for et in par)
    hoejre = "".join(et.html(Side.NY) for et in par)
    assert "<ins>" not in venstre
    assert "<del>" not in hoejre
    assert indhold(uden(venstre, "ins")) == indhold(gammel)
    assert indhold(uden(hoejre, "del")) == indhold(ny)


@given(TEKST)
def test_ens_tekster_har_ingen_maerker(tekst):
    sammenligning = sammenlign(tekst, tekst)
    assert sammenligning.er_ens
    assert "<ins>" not in sammenligning.samlet()
    assert "<del>" not in sammenligning.samlet()
    assert (sammenligning.ord_tilfoejet, sammenligning.ord_fjernet) == (0, 0)


@given(TEKST, TEKST)
def test_der_er_maerker_naar_teksterne_er_forskellige(gammel, ny):
    sammenligning = sammenlign(gammel, ny)
    assert sammenligning.er_ens == (laes_blokke(gammel) == laes_blokke(ny))


@pytest.mark.parametrize(
    ("gammel", "ny", "samlet"),
    [
        ("<p>Vi er 12 parter.</p>", "<p>Vi er tolv parter.</p>", "<p>Vi er <del>12</del><ins>tolv</ins> parter.</p>"),
        # A dot is a word of its own, a number with dots is one.
        ("<p>2.421 dage</p>", "<p>2.080 dage.</p>", "<p><del>2.421</del><ins>2.080</ins> dage<ins>.</ins></p>"),
        # Two changed words with only a space between are one change.
        (
            "<p>her er en stor plan for alle</p>",
            "<p>her er et lille mål for alle</p>",
            "<p>her er <del>en stor plan</del><ins>et lille mål</ins> for alle</p>",
        ),
        (
            "<p>Der er {{ pladser.i_alt|ca }} pladser</p>",
            "<p>Der er {{ pladser.i_alt|hele }} pladser</p>",
            "<p>Der er <del>{{ pladser.i_alt|ca }}</del><ins>{{ pladser.i_alt|hele }}</ins> pladser</p>",
        ),
        # Markup is part of the word.
        (
            "<p>en vigtig sag</p>",
            "<p>en <strong>vigtig</strong> sag</p>",
            "<p>en <del>vigtig</del><ins><strong>vigtig</strong></ins> sag</p>",
        ),
        (
            "<ul><li>a</li><li>b</li></ul>",
            "<ul><li>a</li></ul>",
            "<ul><li>a</li></ul>\n<ul><li><del>b</del></li></ul>",
        ),
    ],
)
def test_ord(gammel, ny, samlet):
    assert sammenlign(gammel, ny).samlet() == samlet


def test_tabel_raekke_for_raekke_og_celle_for_celle():
    raekker = [("Aalborg", "867"), ("Morsø", "87"), ("Rebild", "135")]

    def tabel(raekker):
        celler = "".join(f'<tr><td>{navn}</td><td class="tal">{tal}</td></tr>' for navn, tal in raekker)
        return f"<table><tbody>{celler}</tbody></table>"

    samlet = sammenlign(tabel(raekker), tabel([raekker[0], ("Thisted", "58"), ("Rebild", "140")])).samlet()
    assert '<tr><td>Aalborg</td><td class="tal">867</td></tr>' in samlet
    assert '<tr><td>Rebild</td><td class="tal"><del>135</del><ins>140</ins></td></tr>' in samlet
    assert '<tr><td><del>Morsø</del></td><td class="tal"><del>87</del></td></tr>' in samlet
    assert '<tr><td><ins>Thisted</ins></td><td class="tal"><ins>58</ins></td></tr>' in samlet


def test_et_flyttet_afsnit_kaldes_flyttet():
    a, b, c = "<p>Det første afsnit</p>", "<p>Noget helt andet står her</p>", "<p>Og en tredje ting</p>"
    par = sammenlign(a + b + c, b + c + a).par
    assert [et.slags for et in par] == [Slags.FLYTTET, Slags.ENS, Slags.ENS, Slags.FLYTTET]


def test_ny_opstilling_uden_nye_ord():
    (par,) = sammenlign("<p>Vi mødes hvert år</p>", "<ul><li>Vi mødes hvert år</li></ul>").par
    assert par.ny_opstilling
    assert (par.ord_tilfoejet, par.ord_fjernet) == (0, 0)
    assert par.html(Side.NY) == "<ul><li>Vi mødes hvert år</li></ul>"


def test_afsnittene_hvor_der_er_sket_noget():
    gammel = "<p>Før</p><h2>Mål</h2><p>Et mål</p><h2>Midler</h2><p>Penge og tid</p>"
    ny = "<p>Før</p><h2>Mål</h2><p>Et mål</p><h2>Midler</h2><p>Penge og god tid</p>"
    assert sammenlign(gammel, ny).afsnit == ["Midler"]


def test_maerker_med_ord():
    maerker = Maerker("[tilføjet: ", "[fjernet: ", "]")
    assert sammenlign("<p>a b</p>", "<p>a c</p>").samlet(maerker=maerker) == (
        "<p>a <del>[fjernet: b]</del><ins>[tilføjet: c]</ins></p>"
    )


def test_punkter_med_afsnit_og_lister_i_lister():
    blokke = laes_blokke("<ul><li><p>et</p><p>to</p><ul><li>under</li></ul></li></ul>")
    assert [blok.tekst for blok in blokke] == ["et to", "under"]
    assert blokke[1].sti == ("<ul>", "<li>", "<ul>", "<li>")


def test_billeder_og_linjeskift_er_et_ord():
    (blok,) = laes_blokke('<p>Se <img src="/x.png" alt="Et kort"> her<br>og her</p>')
    assert [ord_.tekst for ord_ in blok.ord if ord_.er_maerke] == ['<img src="/x.png" alt="Et kort">', "<br>"]


def test_tom_tekst():
    assert laes_blokke("") == []
    assert sammenlign("", "").er_ens
    assert sammenlign("", "<p>Nyt</p>").samlet() == "<p><ins>Nyt</ins></p>"


def kapitler(*noegler, **indhold):
    return [Kapiteltekst(noegle, noegle.title(), indhold.get(noegle, f"<p>{noegle}</p>")) for noegle in noegler]


def test_hele_tekster():
    nye = kapitler("a", "c", "d", "b", "e", b="<p>bb</p>")
    par = sammenlign_tekster(kapitler("a", "b", "c", "d", "x"), nye)
    assert [(et.noegle, et.slags, et.flyttet) for et in par if et.slags != Slags.ENS] == [
        ("x", Slags.FJERNET, False),
        ("b", Slags.AENDRET, True),
        ("e", Slags.TILFOEJET, False),
    ]


def test_et_kapitel_der_er_vaek_staar_efter_sin_gamle_nabo():
    assert [et.noegle for et in sammenlign_tekster(kapitler("a", "b", "c"), kapitler("a", "c"))] == ["a", "b", "c"]
    assert [et.noegle for et in sammenlign_tekster(kapitler("a", "b"), kapitler("b"))] == ["a", "b"]


def test_en_ny_titel_er_en_aendring():
    gammel, ny = Kapiteltekst("a", "Smartere", "<p>x</p>"), Kapiteltekst("a", "Vidensbaserede", "<p>x</p>")
    (par,) = sammenlign_tekster([gammel], [ny])
    assert par.omdoebt
    assert par.slags == Slags.AENDRET


def test_en_lang_tekst_er_ikke_langsom():
    """Sixty pages against sixty others: the pairing has a limit, and a word is looked up, not searched for."""
    gammel = "".join(f"<p>{' '.join(f'ord{(n * 7 + i) % 900}' for i in range(60))}</p>" for n in range(200))
    ny = "".join(f"<p>{' '.join(f'ord{(n * 11 + i) % 950}' for i in range(60))}</p>" for n in range(200))
    sammenligning = sammenlign(gammel, ny)
    assert sum(1 for par in sammenligning.par if isinstance(par.gammel, Blok)) == 200
