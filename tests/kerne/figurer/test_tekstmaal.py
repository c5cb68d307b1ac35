"""The table of character widths against the font the pages use."""

from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from socialaftale.kerne.figurer.tekstmaal import tegnbredder, tekstbredde

SKRIFTER = Path(settings.BASE_DIR) / "node_modules/dkfds/dist/fonts/IBMPlexSans/complete/woff2"


@pytest.mark.skipif(not SKRIFTER.exists(), reason="node_modules is missing; run npm ci")
@pytest.mark.parametrize(("fed", "navn"), [(False, "Regular"), (True, "SemiBold")])
def test_widths_are_the_fonts(fed, navn):
    skrift = TTFont(SKRIFTER / f"IBMPlexSans-{navn}.woff2")
    tegn, bredder = skrift.getBestCmap(), skrift["hmtx"]
    assert tegnbredder(fed) == {t: bredder[tegn[ord(t)]][0] for t in tegnbredder(fed)}
    for noedvendigt in "ABCDEFGHIJKLMNOPRSTUVWYÆØÅabcdefghijklmnopqrstuvwxyzæøå0123456789.,%–−+ \u00a0":
        assert noedvendigt in tegnbredder(fed)


def test_width_grows_with_size_and_text():
    assert tekstbredde("1.250", 10) == pytest.approx(600 * 4 * 0.01 + 2.72)
    assert tekstbredde("Læsø", 24) == pytest.approx(2 * tekstbredde("Læsø", 12))
    assert tekstbredde("ж", 10) >= tekstbredde("a", 10)
