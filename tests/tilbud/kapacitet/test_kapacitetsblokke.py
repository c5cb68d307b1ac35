"""Blocks for agreement texts: valid markup in both media, unique ids, the right figures."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from socialaftale.kerne.tal.katalog import Talkontekst, TalMangler
from socialaftale.kerne.tekst import blokke, henvisninger
from socialaftale.kerne.tekst.blokke import Tekstkontekst

NOEGLER = ("figur:pladskort", "figur:pladssoejler", "figur:pladsudvikling", "tabel:pladser")


def byg(noegle: str, medie: str = "web", periode: str = "2023-2024", kontekst: Tekstkontekst | None = None) -> str:
    return blokke.find(noegle).byg(kontekst or Tekstkontekst(Talkontekst(periode), medie=medie))


def trae(html: str) -> ElementTree.Element:
    """The block as a tree; fails for markup that is not well formed."""
    html = re.sub(r"<(col|br)( [^>]*)?>", r"<\1\2/>", html.replace("&nbsp;", "\u00a0"))
    return ElementTree.fromstring(f"<div>{html}</div>")


def alle_ider(element: ElementTree.Element) -> list[str]:
    return [fundet.get("id") for fundet in element.iter() if fundet.get("id")]


@pytest.mark.parametrize("medie", ["web", "pdf"])
@pytest.mark.parametrize("noegle", NOEGLER)
def test_velformet_med_unikke_ider_og_kilde(kapacitet, noegle, medie):
    html = byg(noegle, medie)
    ider = alle_ider(trae(html))
    assert ider
    assert len(ider) == len(set(ider))
    assert "Kilde: Nordjysk Socialaftale" in html
    for henvist in re.findall(r'(?:href="|url\()#([^")]+)', html):
        assert henvist in ider


def test_samme_blok_to_gange_deler_ingen_ider(kapacitet):
    kontekst = Tekstkontekst(Talkontekst("2023-2024"))
    html = "".join(byg(noegle, kontekst=kontekst) for noegle in (*NOEGLER, *NOEGLER))
    ider = alle_ider(trae(html))
    assert len(ider) == len(set(ider))


@pytest.mark.parametrize("noegle", NOEGLER[:3])
def test_papir_har_kun_en_tegning(kapacitet, noegle):
    assert byg(noegle, "web").count('class="ns-figur__svg"') == 2
    paa_papir = byg(noegle, "pdf")
    assert paa_papir.count('class="ns-figur__svg"') == 1
    assert "ns-figur__smal" not in paa_papir
    assert "<a " not in paa_papir


def test_kortet_har_kreditlinje_og_tal(kapacitet):
    html = byg("figur:pladskort", "pdf")
    assert "Kort: DAGI 1:500.000, Geodatastyrelsen, 2014" in html
    assert (
        "Flest af socialaftalens pladser ligger i Aalborg (867), Mariagerfjord (460) og Vesthimmerland (266)" in html
    )
    assert ">867</text>" in html


def test_soejlerne_viser_alle_kommuner(kapacitet):
    html = byg("figur:pladssoejler", "pdf")
    tekster = [element.text for element in trae(html).iter("{http://www.w3.org/2000/svg}text")]
    assert {"Brønderslev", "Læsø", "Aalborg", "3.079", "1.063"} <= set(tekster)
    assert "Mariagerfjord, Pladser i socialaftalen: 460" in html


def test_udviklingen_viser_aendringen(kapacitet):
    html = byg("figur:pladsudvikling", "pdf")
    assert "Størst stigning har Aalborg (+152), størst fald har Vesthimmerland (−34)." in html
    assert ">+152</text>" in html


def test_udvikling_uden_tidligere_periode(kapacitet):
    with pytest.raises(TalMangler):
        byg("figur:pladsudvikling", periode="2021-2022")


@pytest.mark.parametrize("medie", ["web", "pdf"])
def test_tabellen_har_summer_scope_og_tal_til_hoejre(kapacitet, medie):
    tabel = trae(byg("tabel:pladser", medie)).find(".//table")
    assert tabel.findtext("caption") == "Dag- og døgnpladser pr. beliggenhedskommune, 2022"
    assert all(th.get("scope") == "col" for th in tabel.iter("th") if th in list(tabel.find("thead/tr")))
    navne = [raekke.findtext("th") for raekke in tabel.findall("tbody/tr")]
    assert (navne[0], navne[-1], len(navne)) == ("Brønderslev", "Aalborg", 11)
    samlet = tabel.find("tfoot/tr")
    assert [celle.text for celle in samlet] == ["I alt", "4.876", "3.152", "2.421", "10.449", "23,2"]
    celler = [celle for raekke in tabel.findall("tbody/tr") for celle in raekke.findall("td")]
    assert all("tal" in celle.get("class") for celle in celler)
    assert all(raekke.find("th").get("scope") == "row" for raekke in tabel.findall("tbody/tr"))


def test_perioden_bestemmer_tabellen(kapacitet):
    assert ">4.392<" in byg("tabel:pladser", periode="2021-2022")


def test_blokkene_kan_naevnes_i_en_tekst(kapacitet):
    tekst = "".join(f"<p>{{{{ {noegle} }}}}</p>" for noegle in NOEGLER)
    henvisninger.kontroller(tekst)
    html = henvisninger.udfyld(tekst, Tekstkontekst(Talkontekst("2023-2024")))
    assert html.count('class="ns-figur"') == 3
    assert html.count('class="tabelramme"') == 1
    assert "<p><figure" not in html


def test_uden_kommunegraenser_er_der_intet_kort(kapacitet, settings, tmp_path):
    settings.OMRAADEDATA = tmp_path
    with pytest.raises(TalMangler, match="ingen kommunegrænser"):
        byg("figur:pladskort")
