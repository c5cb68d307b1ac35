"""Maps: every municipality drawn in its class's colour, labels over the right land and readable."""

import itertools
import json
import math
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from socialaftale.kerne.figurer import Klasser, flisekort, klassegraenser, kommunekort, laes_fliser, laes_graenser
from socialaftale.kerne.figurer.farver import HVID, kontrast
from socialaftale.kerne.figurer.geo import projicer
from socialaftale.kerne.figurer.tekstmaal import tekstbredde

NS = "{http://www.w3.org/2000/svg}"


def er_i(punkt, ringe) -> bool:
    """Even-odd rule, written apart from the code under test."""
    x, y = punkt
    inde = False
    for ring in ringe:
        for (x1, y1), (x2, y2) in itertools.pairwise([*ring, ring[0]]):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inde = not inde
    return inde


def kort(pladser, graenser, **valg) -> ET.Element:
    valg = {"klasser": klassegraenser(pladser.values()), "titel": "T", "id_praefiks": "k"} | valg
    return ET.fromstring(kommunekort(pladser, graenser=graenser, **valg))


def flader(rod) -> dict[str, tuple[str, str]]:
    """Tooltip and fill by municipality code."""
    return {
        use.get("href").removeprefix("#k-"): (use.findtext(f"{NS}title"), use.get("fill"))
        for use in rod.iter(f"{NS}use")
        if use.find(f"{NS}title") is not None
    }


def tekster(rod) -> list[tuple[str, float, float, float, bool, str]]:
    """Text, middle, baseline, size, bold, colour."""
    return [
        (
            t.text,
            float(t.get("x")),
            float(t.get("y")),
            float(t.get("font-size")),
            t.get("font-weight") == "600",
            t.get("fill"),
        )
        for t in rod.iter(f"{NS}text")
    ]


def test_all_municipalities_in_the_colour_of_their_class(graenser, pladser):
    rod = kort(pladser, graenser)
    klasser = klassegraenser(pladser.values())
    assert flader(rod) == {
        omraade.kode: (f"{omraade.navn}: {pladser[omraade.kode]}", klasser.farve(pladser[omraade.kode]))
        for omraade in graenser.omraader
    }
    assert len(flader(rod)) == 11
    assert {tekst for tekst, *_ in tekster(rod)} == {o.navn for o in graenser.omraader} | set(
        map(str, pladser.values())
    )


@pytest.mark.parametrize("bredde", [420, 640, 760])
def test_labels_stand_over_their_own_land_or_over_none(graenser, pladser, bredde):
    rod = kort(pladser, graenser, bredde=bredde)
    omraader, hoejde = projicer(graenser, bredde, 4)
    ringe = {o.navn: o.ringe for o in omraader}
    fyld = {o.navn: flader(rod)[o.kode][1] for o in graenser.omraader}
    navn = None
    for tekst, x, y, px, fed, farve in tekster(rod):
        navn = tekst if tekst in ringe else navn
        halv = tekstbredde(tekst, px, fed=fed) / 2
        hjoerner = [(x + dx, y + dy) for dx in (-halv, 0, halv) for dy in (0, -px * 0.7)]
        under = {n for n in ringe for hjoerne in hjoerner if er_i(hjoerne, ringe[n])}
        assert len(under) <= 1, tekst
        if tekst in ringe:
            assert under <= {tekst}
        assert all(0 <= hx <= bredde and 0 <= hy <= hoejde for hx, hy in hjoerner)
        grund = fyld[under.pop()] if under else HVID
        assert kontrast(farve, grund) >= 4.5, tekst


@pytest.mark.parametrize("bredde", [300, 420, 640])
def test_labels_do_not_overlap(graenser, pladser, bredde):
    kasser = [
        (x - tekstbredde(t, px, fed=fed) / 2, y - px * 0.72, x + tekstbredde(t, px, fed=fed) / 2, y)
        for t, x, y, px, fed, _ in tekster(kort(pladser, graenser, bredde=bredde))
    ]
    for a, b in itertools.combinations(kasser, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_the_small_island_is_drawn_and_labelled_beside_with_a_line(graenser, pladser):
    rod = kort(pladser, graenser)
    omraader, _ = projicer(graenser, 640, 4)
    oe = next(o for o in omraader if o.navn == "Læsø")
    venstre, top, hoejre, bund = oe.kasse
    assert hoejre - venstre > 30
    assert bund - top > 15
    assert max(o.kasse[2] for o in omraader) == hoejre
    prikker = [(float(c.get("cx")), float(c.get("cy"))) for c in rod.iter(f"{NS}circle")]
    assert sum(er_i(prik, oe.ringe) for prik in prikker) == 1
    _, x, y, *_ = next(t for t in tekster(rod) if t[0] == "Læsø")
    assert math.dist((x, y), ((venstre + hoejre) / 2, (top + bund) / 2)) < 60


def test_unknown_is_hatched_and_named_not_zero(graenser, pladser):
    del pladser["773"]
    rod = kort(pladser | {"787": None}, graenser)
    for kode, navn in (("773", "Morsø"), ("787", "Thisted")):
        assert flader(rod)[kode] == (f"{navn}: ikke oplyst", "url(#k-ukendt)")
    assert [tekst for tekst, *_ in tekster(rod)].count("–") == 2
    assert flader(rod)["825"][1] == klassegraenser(pladser.values()).farver[0]


def test_map_without_labels_and_map_without_values(graenser, pladser):
    assert tekster(kort(pladser, graenser, etiketter=False)) == []
    tomt = kort({}, graenser, klasser=Klasser())
    assert {fyld for _, fyld in flader(tomt).values()} == {"url(#k-ukendt)"}


def test_small_enough_for_a_page(graenser, pladser):
    tegning = kommunekort(
        pladser, graenser=graenser, klasser=klassegraenser(pladser.values()), titel="T", id_praefiks="k", bredde=760
    )
    assert len(tegning.encode()) < 30_000


def test_projection_keeps_shapes(graenser):
    """One kilometre is as long from west to east as from south to north (at the middle latitude)."""
    omraader, hoejde = projicer(graenser, 640, 4)
    punkter = [p for o in graenser.omraader for polygon in o.polygoner for p in polygon[0]]
    bredde_km = (
        (max(p[0] for p in punkter) - min(p[0] for p in punkter))
        * 111.32
        * math.cos(math.radians((max(p[1] for p in punkter) + min(p[1] for p in punkter)) / 2))
    )
    hoejde_km = (max(p[1] for p in punkter) - min(p[1] for p in punkter)) * 111.32
    assert (640 - 8) / bredde_km == pytest.approx((hoejde - 8) / hoejde_km, rel=0.001)
    oestligst = max(omraader, key=lambda o: o.kasse[2])
    nordligst = min(omraader, key=lambda o: o.kasse[1])
    assert (oestligst.navn, nordligst.navn) == ("Læsø", "Frederikshavn")


def test_paths_draw_the_projected_borders(graenser, pladser):
    """Following the relative steps of a path leads through the very points of the projection."""
    rod = kort(pladser, graenser)
    stier = {sti.get("id"): sti.get("d") for sti in rod.iter(f"{NS}path") if sti.get("id")}
    omraader, _ = projicer(graenser, 640, 4)
    for omraade in omraader:
        delstier = [del_ for del_ in stier[f"k-{omraade.kode}"].split("z") if del_]
        assert len(delstier) == len(omraade.ringe)
        for delsti, ring in zip(delstier, omraade.ringe, strict=True):
            start, skridt = delsti.removeprefix("M").split("l")
            x, y = map(float, start.split())
            tal = [float(t) for t in skridt.replace("-", " -").split()]
            fulgt = [(x, y)]
            for dx, dy in zip(tal[::2], tal[1::2], strict=True):
                x, y = round(x + dx, 1), round(y + dy, 1)
                fulgt.append((x, y))
            assert set(fulgt) == set(ring)


def test_values_for_an_unknown_code_are_refused(graenser, fliser, pladser):
    klasser = klassegraenser(pladser.values())
    for tegn, flade in ((kommunekort, {"graenser": graenser}), (flisekort, {"fliser": fliser})):
        with pytest.raises(ValueError, match="999"):
            tegn(pladser | {"999": 1}, klasser=klasser, titel="T", id_praefiks="k", **flade)


def test_tiles_and_borders_cover_the_same_municipalities(graenser, fliser):
    assert {o.kode: o.navn for o in graenser.omraader} == {f.kode: f.navn for f in fliser.fliser}
    for flise in fliser.fliser:
        assert "".join(linje.removesuffix("-") for linje in flise.linjer) == flise.navn


def test_tiles_have_colour_number_and_room_for_the_name(fliser, pladser):
    klasser = klassegraenser(pladser.values())
    pladser["773"] = None
    rod = ET.fromstring(flisekort(pladser, fliser=fliser, klasser=klasser, titel="T", id_praefiks="k"))
    grupper = [g for g in rod.iter(f"{NS}g") if g.find(f"{NS}rect") is not None]
    assert len(grupper) == 11
    navn_px = next(float(g.get("font-size")) for g in rod.iter(f"{NS}g") if g.get("font-size"))
    assert navn_px >= 10.5
    pladser_brugt = set()
    for gruppe, flise in zip(grupper, fliser.fliser, strict=True):
        rekt, linjer = gruppe.find(f"{NS}rect"), gruppe.findall(f"{NS}text")
        vaerdi = pladser[flise.kode]
        assert rekt.get("fill") == ("url(#k-ukendt)" if vaerdi is None else klasser.farve(vaerdi))
        assert [t.text for t in linjer] == [*flise.linjer, "–" if vaerdi is None else str(vaerdi)]
        x, y, bredde, hoejde = (float(rekt.get(navn)) for navn in ("x", "y", "width", "height"))
        pladser_brugt.add((x, y))
        assert x >= 0
        assert x + bredde <= float(rod.get("width"))
        assert y + hoejde < float(rod.get("height"))
        for tekst in linjer[:-1]:
            assert tekstbredde(tekst.text, navn_px) <= bredde
            assert y < float(tekst.get("y")) < float(linjer[-1].get("y")) < y + hoejde
            if vaerdi is not None:
                assert kontrast(tekst.get("fill"), rekt.get("fill")) >= 4.5
    assert len(pladser_brugt) == 11


def test_shown_value_and_colour_agree_at_a_limit(fliser):
    klasser = Klasser(graenser=(Decimal(95),), decimaler=1, enhed="%")
    rod = ET.fromstring(
        flisekort({"851": Decimal("94.95")}, fliser=fliser, klasser=klasser, titel="T", id_praefiks="k")
    )
    flise = next(g for g in rod.iter(f"{NS}g") if g.findtext(f"{NS}title") == "Aalborg: 95,0\u00a0%")
    assert flise.find(f"{NS}rect").get("fill") == klasser.farver[1]


def test_credit_comes_with_the_borders(graenser):
    assert graenser.kilde == "Kort: DAGI 1:500.000, Geodatastyrelsen, 2014"


@pytest.mark.parametrize(
    ("indhold", "besked"),
    [
        ({"features": []}, "Nothing to draw"),
        (
            {
                "features": [
                    {
                        "properties": {"kommunekode": 1, "navn": "A"},
                        "geometry": {"type": "Point", "coordinates": [1, 2]},
                    }
                ]
            },
            "Cannot draw a Point",
        ),
        (
            {
                "features": [
                    {
                        "properties": {"kommunekode": 1, "navn": "A"},
                        "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]},
                    }
                ]
                * 2
            },
            "twice",
        ),
    ],
)
def test_borders_that_cannot_be_drawn_are_refused(tmp_path, indhold, besked):
    sti = tmp_path / "g.geojson"
    sti.write_text(json.dumps(indhold), encoding="utf-8")
    with pytest.raises(ValueError, match=besked):
        laes_graenser(sti)


def test_two_tiles_in_one_place_are_refused(tmp_path):
    sti = tmp_path / "f.json"
    flise = {"navn": "A", "kolonne": 1, "raekke": 1}
    sti.write_text(json.dumps({"fliser": [flise | {"kommunekode": "1"}, flise | {"kommunekode": "2"}]}))
    with pytest.raises(ValueError, match="twice"):
        laes_fliser(sti)


def test_another_region_with_a_hole_and_a_speck(tmp_path, pladser):
    """Nothing is tied to Nordjylland: a square with a lake, and an island too small for a label."""
    firkant = [[9.0, 55.0], [10.0, 55.0], [10.0, 56.0], [9.0, 56.0], [9.0, 55.0]]
    soe = [[9.4, 55.4], [9.6, 55.4], [9.6, 55.6], [9.4, 55.6], [9.4, 55.4]]
    prik = [[10.4, 55.50001], [10.40001, 55.50001], [10.40001, 55.50002]]
    features = [
        {
            "properties": {"kommunekode": "1", "navn": "Fastland"},
            "geometry": {"type": "Polygon", "coordinates": [firkant, soe]},
        },
        {"properties": {"kommunekode": "2", "navn": "Ø"}, "geometry": {"type": "Polygon", "coordinates": [prik]}},
    ]
    sti = tmp_path / "g.geojson"
    sti.write_text(json.dumps({"features": features}), encoding="utf-8")
    graenser = laes_graenser(sti)
    rod = kort({"1": 5, "2": 6}, graenser, bredde=300)
    assert flader(rod).keys() == {"1", "2"}
    assert [tekst for tekst, *_ in tekster(rod)] == ["Fastland", "5"]
    _, x, y, *_ = tekster(rod)[0]
    omraader, _ = projicer(graenser, 300, 4)
    assert er_i((x, y), omraader[0].ringe)
