"""What of a municipality's agreement places the register accounts for; pure."""

from __future__ import annotations

from tilbud.beregning.pladsfordeling import Artsum, Interval, Kendteplads, fordel

AFTALT = "aftalt"


def kendt(tilbud: int, fra: int, til: int | None = None, art: str | None = AFTALT, eksempel: bool = False):
    return Kendteplads(tilbud, art, Interval(fra, fra if til is None else til), eksempel)


def test_resten_er_ikke_fordelt():
    fordeling = fordel(460, [1, 2, 3], [kendt(1, 22), kendt(2, 10, eksempel=True)], art=AFTALT)
    assert fordeling.fordelt == Artsum(AFTALT, 2, Interval(32, 32), Interval(10, 10))
    assert fordeling.ikke_fordelt == Interval(428, 428)
    assert (fordeling.tilbud_i_alt, fordeling.uden_pladser) == (3, 1)


def test_et_interval_bytter_ender():
    assert fordel(20, [1], [kendt(1, 5, 8)], art=AFTALT).ikke_fordelt == Interval(12, 15)


def test_ukendt_bliver_ukendt():
    assert fordel(20, [1], [], art=AFTALT).ikke_fordelt is None
    assert fordel(None, [1], [kendt(1, 5)], art=AFTALT).ikke_fordelt is None


def test_arter_laegges_aldrig_sammen():
    fordeling = fordel(100, [1, 2], [kendt(1, 131, art=None), kendt(2, 28, art="budgetteret")], art=AFTALT)
    assert fordeling.ikke_fordelt is None
    assert [(summen.art, summen.antal.fra) for summen in fordeling.andre_arter] == [(None, 131), ("budgetteret", 28)]


def test_en_afdeling_taelles_ikke_oven_i_det_overordnede():
    overordnet = {1: None, 2: 1, 3: 2}
    fordeling = fordel(100, [1, 2, 3], [kendt(1, 50), kendt(3, 20)], art=AFTALT, overordnet=overordnet)
    assert fordeling.fordelt.antal == Interval(50, 50)
    # Another kind above says nothing of this kind.
    fordeling = fordel(100, [1, 3], [kendt(1, 50, art=None), kendt(3, 20)], art=AFTALT, overordnet=overordnet)
    assert fordeling.fordelt.antal == Interval(20, 20)


def test_en_ring_i_registret_stopper_ikke_beregningen():
    assert fordel(9, [1], [kendt(1, 4)], art=AFTALT, overordnet={1: 2, 2: 1}).ikke_fordelt == Interval(5, 5)


def test_kun_de_naevnte_tilbud_taeller():
    assert fordel(9, [1], [kendt(1, 4), kendt(7, 4)], art=AFTALT).ikke_fordelt == Interval(5, 5)


def test_flere_i_registret_end_i_opgoerelsen_er_negativt():
    assert fordel(3, [1], [kendt(1, 5)], art=AFTALT).ikke_fordelt == Interval(-2, -2)
