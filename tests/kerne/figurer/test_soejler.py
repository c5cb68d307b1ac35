"""Bar charts: lengths tell the truth, totals are right, unknown is not zero."""

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaftale.kerne.figurer import (
    Moenster,
    Raekke,
    Serie,
    periode_serier,
    signatur,
    soejler,
    stablede_serier,
    stablede_soejler,
)
from socialaftale.kerne.figurer.akse import akseinddeling

NS = "{http://www.w3.org/2000/svg}"
DELE = stablede_serier("Kommunale pladser", "Private pladser", "Socialaftalepladser")
PERIODER = periode_serier("2021-2022", "2023-2024")
HARDT = "\u00a0"


def bjaelker(tegning: str) -> list[tuple[str, float, float, float]]:
    """Tooltip, x, width and bottom of every bar."""
    return [
        (
            r.findtext(f"{NS}title"),
            float(r.get("x")),
            float(r.get("width")),
            float(r.get("y")) + float(r.get("height")),
        )
        for r in ET.fromstring(tegning).iter(f"{NS}rect")
        if r.find(f"{NS}title") is not None
    ]


def tekster(tegning: str) -> list[str]:
    return [t.text for t in ET.fromstring(tegning).iter(f"{NS}text")]


@pytest.mark.parametrize("smal", [False, True])
def test_lengths_are_proportional_and_parts_follow_each_other(smal):
    vaerdier = (1559, 653, 867)
    tegning = stablede_soejler(
        [Raekke("Aalborg", vaerdier), Raekke("Læsø", (25, 0, 0))], DELE, titel="T", id_praefiks="a", smal=smal
    )
    stykker = bjaelker(tegning)
    assert [tip for tip, *_ in stykker] == [
        "Aalborg, Kommunale pladser: 1.559",
        "Aalborg, Private pladser: 653",
        "Aalborg, Socialaftalepladser: 867",
        "Læsø, Kommunale pladser: 25",
    ]
    pr_plads = sum(bredde for _, _, bredde, _ in stykker[:3]) / 3079
    for (_, _, bredde, _), vaerdi in zip(stykker, (*vaerdier, 25), strict=True):
        assert bredde == pytest.approx(vaerdi * pr_plads, abs=0.02)
    for (_, x, bredde, _), (_, naeste, _, _) in zip(stykker[:2], stykker[1:3], strict=True):
        assert x + bredde == pytest.approx(naeste, abs=0.02)
    assert stykker[3][1] == stykker[0][1]


def test_totals_stand_at_the_end_with_danish_thousands():
    tegning = stablede_soejler(
        [Raekke("Aalborg", (1559, 653, 867)), Raekke("Læsø", (25, 0, 0))], DELE, titel="T", id_praefiks="a"
    )
    assert "3.079" in tekster(tegning)
    assert "25" in tekster(tegning)
    assert "1.000" in tekster(tegning)


def test_unknown_parts_are_not_counted_as_zero():
    tegning = stablede_soejler(
        [Raekke("A", (248, None, 170)), Raekke("B", (None, None, None)), Raekke("C", (0, 0, 0))],
        DELE,
        titel="T",
        id_praefiks="a",
    )
    assert {"mindst 418", "–"} <= set(tekster(tegning))
    assert len(bjaelker(tegning)) == 2


def test_all_texts_and_bars_stay_within_the_drawing():
    raekker = [Raekke("Vesthimmerland", (899, 100, 2080)), Raekke("Læsø", (1, 0, 0))]
    for smal, bredde in ((False, 640), (True, 320)):
        rod = ET.fromstring(
            stablede_soejler(raekker, DELE, titel="T", id_praefiks="a", smal=smal, bredde=bredde, aksetitel="Antal")
        )
        for del_ in rod.iter():
            if del_.tag in {f"{NS}text", f"{NS}rect"} and del_.get("x"):
                hoejre = float(del_.get("x")) + float(del_.get("width", 0))
                assert float(del_.get("x")) >= 0
                assert hoejre <= bredde
                assert 0 <= float(del_.get("y")) <= float(rod.get("height"))


def test_grouped_bars_share_one_scale_and_stand_below_each_other():
    tegning = soejler(
        [Raekke("Rebild", (43, 135)), Raekke("Aalborg", (715, 867))], PERIODER, titel="T", id_praefiks="a"
    )
    stykker = bjaelker(tegning)
    bredder = [bredde for _, _, bredde, _ in stykker]
    for bredde, vaerdi in zip(bredder, (43, 135, 715, 867), strict=True):
        assert bredde == pytest.approx(vaerdi * bredder[3] / 867, abs=0.02)
    assert len({x for _, x, _, _ in stykker}) == 1
    bunde = [bund for *_, bund in stykker]
    assert bunde == sorted(bunde)


def test_change_between_periods():
    tegning = soejler(
        [Raekke("A", (126, 170)), Raekke("B", (300, 266)), Raekke("C", (52, 52)), Raekke("D", (None, 5))],
        PERIODER,
        titel="T",
        id_praefiks="a",
        vis_aendring=True,
    )
    assert {"Ændring", "+44", "−34", "0", "–"} <= set(tekster(tegning))


def test_decimals_and_unit():
    tegning = soejler(
        [Raekke("A", (Decimal("97.25"), Decimal("98.1")))],
        PERIODER,
        titel="T",
        id_praefiks="a",
        decimaler=1,
        enhed="%",
        vis_aendring=True,
    )
    assert {f"97,3{HARDT}%", f"98,1{HARDT}%", f"+0,9{HARDT}%"} <= set(tekster(tegning))


@pytest.mark.parametrize(
    ("raekker", "serier", "besked"),
    [
        ([], DELE, "rows"),
        ([Raekke("A", (1,))], (), "rows"),
        ([Raekke("A", (1, 2))], DELE, "2 values for 3 series"),
        ([Raekke("A", (1, 2, -3))], DELE, "negative"),
        ([Raekke("A", (1, 2))], (Serie("x", Moenster.FULD), Serie("y", Moenster.FULD)), "pattern"),
    ],
)
def test_what_a_bar_cannot_show_is_refused(raekker, serier, besked):
    for tegn in (stablede_soejler, soejler):
        with pytest.raises(ValueError, match=besked):
            tegn(raekker, serier, titel="T", id_praefiks="a")


def test_change_needs_two_series_and_bars_need_room():
    with pytest.raises(ValueError, match="two series"):
        soejler([Raekke("A", (1, 2, 3))], DELE, titel="T", id_praefiks="a", vis_aendring=True)
    with pytest.raises(ValueError, match="no room"):
        soejler([Raekke("A" * 80, (1, 2))], PERIODER, titel="T", id_praefiks="a", bredde=300)
    with pytest.raises(ValueError, match="At most"):
        stablede_serier(*"abcdef")


def test_a_chart_of_nothing_but_zeros_still_has_a_scale():
    tegning = soejler([Raekke("Læsø", (0, 0))], PERIODER, titel="T", id_praefiks="a")
    assert bjaelker(tegning) == []
    assert tekster(tegning).count("0") == 3


def test_key_names_every_series_and_its_swatch_has_the_bars_fill():
    poster = signatur(DELE, id_praefiks="s")
    assert [post.navn for post in poster] == ["Kommunale pladser", "Private pladser", "Socialaftalepladser"]
    tegning = stablede_soejler([Raekke("A", (1, 1, 1))], DELE, titel="T", id_praefiks="a")
    for post, serie in zip(poster, DELE, strict=True):
        proeve = ET.fromstring(post.svg)
        assert proeve.get("aria-hidden") == "true"
        if serie.moenster is Moenster.FULD:
            assert 'fill="#08519c"' in post.svg
            assert 'fill="#08519c"' in tegning
        else:
            assert f"-{serie.moenster.value}" in post.svg
            assert f"url(#a-{serie.moenster.value})" in tegning


@given(
    hoejeste=st.decimals(min_value=0, max_value=10**9, places=2),
    intervaller=st.integers(2, 8),
    decimaler=st.integers(0, 2),
)
def test_scale_has_round_steps_and_holds_every_value(hoejeste, intervaller, decimaler):
    akse = akseinddeling(hoejeste, intervaller=intervaller, decimaler=decimaler)
    skridt = {b - a for a, b in zip(akse.maerker, akse.maerker[1:], strict=False)}
    assert akse.maerker[0] == 0
    assert akse.maerker[-1] <= akse.maks
    assert akse.maks >= max(hoejeste, Decimal(1).scaleb(-decimaler))
    assert len(akse.maerker) <= intervaller + 1
    assert len(skridt) <= 1
    for laengde in skridt:
        assert laengde.normalize().as_tuple().digits in {(1,), (2,), (2, 5), (5,)}
        assert laengde % Decimal(1).scaleb(-decimaler) == 0
    assert 0 <= akse.andel(hoejeste) <= 1
