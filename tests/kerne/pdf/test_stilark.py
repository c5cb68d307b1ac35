"""The style sheets of the product hold nothing WeasyPrint would complain of when a document is issued."""

from __future__ import annotations

import pytest
from django.conf import settings

from socialaftale.aftale.dokumenter.aftale_pdf import STILARK
from socialaftale.kerne.pdf import byg_resultat

ARK = sorted({*STILARK, *(f"app/pdf/{sti.name}" for sti in settings.BASE_DIR.glob("static/app/pdf/*.css"))})


@pytest.mark.parametrize("navn", ARK)
def test_et_stilark_giver_ingen_bemaerkninger(navn):
    html = '<!doctype html><html lang="da"><head><title>Prøve</title></head><body><p>Prøve</p></body></html>'
    css = (settings.BASE_DIR / "static" / navn).read_text(encoding="utf-8")
    assert byg_resultat(html, stilark=[css]).advarsler == ()
