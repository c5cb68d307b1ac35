"""Contrast as WCAG computes it, and fills that can be told apart without colour."""

import pytest

from socialaftale.kerne.figurer.farver import (
    DAEMPET,
    FULD_FARVE,
    HVID,
    KANT,
    KORTKANT,
    LYS_FARVE,
    MOERK,
    UKENDT_STREG,
    kontrast,
    luminans,
    skala,
    tekstfarve,
)


def test_contrast_of_known_pairs():
    assert kontrast("#000000", "#ffffff") == pytest.approx(21)
    assert kontrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)
    assert kontrast("#14518b", "#ffffff") == pytest.approx(8.1, abs=0.1)


@pytest.mark.parametrize("antal", range(1, 7))
def test_every_class_carries_readable_text_and_gets_darker(antal):
    farver = skala(antal)
    assert len(farver) == antal
    assert all(kontrast(tekstfarve(farve), farve) >= 4.5 for farve in farver)
    lysstyrker = [luminans(farve) for farve in farver]
    assert lysstyrker == sorted(set(lysstyrker), reverse=True)


def test_other_texts_and_outlines():
    for grund in (HVID, UKENDT_STREG):
        assert kontrast(MOERK, grund) >= 4.5
    assert kontrast(DAEMPET, HVID) >= 4.5
    # graphical objects, WCAG 1.4.11
    assert kontrast(KANT, HVID) >= 3
    assert kontrast(KORTKANT, HVID) >= 3
    assert kontrast(FULD_FARVE, LYS_FARVE) >= 3
    assert kontrast(FULD_FARVE, HVID) >= 3


def test_a_fill_no_text_can_stand_on_is_refused(monkeypatch):
    monkeypatch.setattr("socialaftale.kerne.figurer.farver.MOERK", "#6b6b6b")
    with pytest.raises(ValueError, match="4.5"):
        tekstfarve("#4292c6")


def test_there_is_no_scale_of_seven():
    with pytest.raises(ValueError, match="7 classes"):
        skala(7)
