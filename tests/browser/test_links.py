"""Every link leads somewhere: a crawl from the front page, a few addresses of each kind."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections import Counter, deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from lxml import html

from tests.browser.conftest import SESSIONSKAGE

pytestmark = pytest.mark.browser
# So many addresses of each URL name are followed; a list of a hundred rows is one template.
AF_HVER = 3


def hent(adresse: str, session: str | None) -> tuple[int, str, str]:
    """Status, final address and text ("" for files)."""
    foresp = urllib.request.Request(adresse, headers={"Cookie": f"{SESSIONSKAGE}={session}"} if session else {})
    try:
        with urllib.request.urlopen(foresp, timeout=60) as svar:
            er_side = svar.headers.get_content_type() == "text/html"
            return svar.status, svar.url, svar.read().decode() if er_side else ""
    except urllib.error.HTTPError as fejl:
        fejl.close()
        return fejl.code, adresse, ""


def links(adresse: str, tekst: str) -> list[str]:
    """The page's own links, absolute and without fragment."""
    alle = (urldefrag(urljoin(adresse, href)).url for href in html.fromstring(tekst).xpath("//a/@href"))
    return [link for link in alle if urlsplit(link).netloc == urlsplit(adresse).netloc]


def doede_ankre(tekst: str) -> list[str]:
    """Links within the page to something that is not there."""
    trae = html.fromstring(tekst)
    navne = set(trae.xpath("//@id"))
    return [href for href in trae.xpath("//a/@href[starts-with(., '#')]") if href[1:] and href[1:] not in navne]


@pytest.mark.parametrize("som", [None, "aalborg", "sekretariat"], ids=lambda som: som or "offentligheden")
def test_ingen_doede_links(som, laeseserver, opbygning):
    session = opbygning.sessioner[som] if som else None
    koe, sete, antal, doede = deque([(f"{laeseserver}/", "")]), {f"{laeseserver}/"}, Counter(), []
    while koe:
        adresse, fra = koe.popleft()
        status, endelig, tekst = hent(adresse, session)
        if status >= 400:
            doede.append(f"{status} {adresse} on {fra}")
            continue
        if not tekst:
            continue
        doede += [f"{anker} on {adresse}" for anker in doede_ankre(tekst)]
        for link in links(endelig, tekst):
            if link in sete:
                continue
            sete.add(link)
            dele = urlsplit(link)
            try:
                art = (resolve(dele.path).view_name, bool(dele.query))
            except Resolver404:
                doede.append(f"no page: {link} on {adresse}")
                continue
            antal[art] += 1
            if antal[art] <= AF_HVER:
                koe.append((link, adresse))
    assert doede == []
    assert len({navn for navn, _ in antal}) > 15
