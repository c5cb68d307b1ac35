"""The texts of the folder of data: no typed figure that the system knows, only known references, long enough."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from socialaftale.kerne.tekst.rensning import ren_tekst, rens

MAPPE = Path(settings.OMRAADEDATA, "aftaler")
PERIODER = ("2021-2022", "2023-2024")
KORTE = ("forside", "kontakt", "bagside")

# What digits may stand for in a text: paragraphs of the law, years and dates, labels.
LOV = re.compile(r"§§?\u00a0\d+(?:\u00a0[a-z](?:-[a-z])?)?(?: og \d+\u00a0[a-z])?(?:, stk\. \d+)?(?:, nr\. \d+)?")
MAANED = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
AAR = re.compile(rf"\b(?:\d{{1,2}}\. (?:{MAANED})(?: (?:19|20)\d\d)?|(?:19|20)\d\d(?:-(?:19|20)\d\d)?)\b")
MAERKAT = re.compile(r"\b(?:[Bb]ilag|[Ff]okusområde|[Dd]omstype) \d(?:-\d)?\b")
TALORD = re.compile(
    r"\b(to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tyve|hundrede|halvdelen|tredjedel|fjerdedel|millioner?|"
    r"tusinder?|procent)\b",
    re.IGNORECASE,
)
HENVISNING = re.compile(r"\{\{ .*? \}\}")


def _aftale(periode: str) -> dict:
    return json.loads((MAPPE / periode / "aftale.json").read_text(encoding="utf-8"))


def _kapitler() -> list:
    return [
        pytest.param(
            periode,
            kapitel,
            (MAPPE / periode / kapitel["fil"]).read_text("utf-8"),
            id=f"{periode}-{kapitel['noegle']}",
        )
        for periode in PERIODER
        for kapitel in _aftale(periode)["kapitler"]
    ]


def _prosa(tekst: str) -> str:
    """The words without markup and references."""
    return HENVISNING.sub("", html.unescape(re.sub(r"<[^>]+>", " ", tekst)))


@pytest.mark.parametrize(("periode", "kapitel", "tekst"), _kapitler())
class TestKapitel:
    def test_intet_skrevet_tal(self, periode, kapitel, tekst):
        rest = MAERKAT.sub("", AAR.sub("", LOV.sub("", _prosa(tekst))))
        assert re.findall(r".{0,20}\d.{0,10}", rest) == []
        assert TALORD.findall(_prosa(tekst)) == []

    def test_laengde(self, periode, kapitel, tekst):
        if kapitel["type"] not in KORTE:
            assert len(re.findall(r"\w[\w\-]*", ren_tekst(HENVISNING.sub(" ", tekst)))) >= 120

    def test_rensningen_fjerner_intet(self, periode, kapitel, tekst):
        """What the folder holds is within the strict list: cleaning only rewrites spaces and entities."""
        assert ren_tekst(rens(tekst)) == ren_tekst(tekst)
        assert sorted(re.findall(r"<[a-z0-9]+", rens(tekst))) == sorted(re.findall(r"<[a-z0-9]+", tekst))

    def test_sproget(self, periode, kapitel, tekst):
        prosa = _prosa(tekst)
        assert "§ " not in prosa
        assert re.search(r"\d (?:%|kr|mia)", prosa) is None
        for ord_ in ("boksen til", "nedenfor", "ovenfor", "til højre", "til venstre", "udviklingshæmmede", "venligst"):
            assert ord_ not in prosa

    def test_bilag_der_naevnes_findes(self, periode, kapitel, tekst):
        antal = len(_aftale(periode)["bilag"])
        for foerste, sidste in re.findall(r"[Bb]ilag (\d)(?:-(\d))?", _prosa(tekst)):
            assert int(sidste or foerste) <= antal


@pytest.mark.parametrize("periode", PERIODER)
class TestPeriode:
    def test_hver_fil_er_et_kapitel(self, periode):
        assert {kapitel["fil"] for kapitel in _aftale(periode)["kapitler"]} == {
            fil.name for fil in (MAPPE / periode).glob("*.html")
        }

    def test_tal_fra_andre_har_kilde_og_fodnote(self, periode):
        tekst = "\n".join(fil.read_text("utf-8") for fil in (MAPPE / periode).glob("*.html"))
        noegler = {tal["noegle"] for tal in _aftale(periode)["eksterne_tal"]}
        assert set(re.findall(r"\{\{ ekstern\.([a-z0-9_]+) \}\}", tekst)) == noegler
        assert set(re.findall(r"\{\{ note:([a-z0-9_]+) \}\}", tekst)) == noegler
        assert all(tal["kilde"] and tal["aar"] for tal in _aftale(periode)["eksterne_tal"])

    def test_fokusomraaderne_siger_det_samme_som_deres_kapitel(self, periode):
        """The follow-up quotes the data, the reader sees the chapter: they must carry the same words."""
        aftale = _aftale(periode)
        filer = {kapitel["noegle"]: kapitel for kapitel in aftale["kapitler"]}
        for omraade in aftale["fokusomraader"]:
            kapitel = filer[omraade["kapitel"]]
            tekst = ren_tekst((MAPPE / periode / kapitel["fil"]).read_text("utf-8"))
            assert kapitel["titel"] == f"Fokusområde {omraade['nr']}: {omraade['titel']}"
            assert kapitel["niveau"] == 2
            assert omraade["vision"] in tekst
            for initiativ in omraade["initiativer"]:
                slags = initiativ["slags"].capitalize()
                assert f"{slags} {initiativ['bogstav']}: {initiativ['titel']}" in tekst
                for afsnit in (f"Formål: {initiativ['formaal']}", *initiativ["tekst"].split("\n\n")):
                    assert ren_tekst(afsnit) in tekst
