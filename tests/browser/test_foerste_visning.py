"""What the first view costs a reader whose browser has nothing of ours yet (decisions.md: under 300 KB)."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
GRAENSE = 300_000
# Later pages fetch only themselves (ux.md, requirement 14).
GRAENSE_SENERE = 30_000


def test_forsiden_koster_under_300_kb_foerste_gang(logget_paa, laeseserver):
    """Bytes on the wire, headers too. gunicorn does not compress the page itself, so behind a proxy it is less."""
    with logget_paa(laeseserver) as vindue, vindue.new_page() as side:
        cdp = vindue.new_cdp_session(side)
        cdp.send("Network.enable")
        hentet: dict[str, int] = {}
        adresser: dict[str, str] = {}
        cdp.on("Network.responseReceived", lambda h: adresser.update({h["requestId"]: h["response"]["url"]}))
        cdp.on("Network.loadingFinished", lambda h: hentet.update({h["requestId"]: int(h["encodedDataLength"])}))
        side.goto("/", wait_until="networkidle")
        foerste = {adresser[noegle]: antal for noegle, antal in hentet.items()}
        assert sum(foerste.values()) < GRAENSE, foerste
        assert len(foerste) > 5
        hentet.clear()
        side.goto("/vejledning/", wait_until="networkidle")
        anden = {adresser[noegle]: antal for noegle, antal in hentet.items()}
        assert sum(anden.values()) < GRAENSE_SENERE, anden
