"""What the tests of questionnaires share: addresses, sending, and a page's form as a browser would send it."""

from __future__ import annotations

import datetime as dt
import re

from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from udmeldinger.enums import Svarrolle
from udmeldinger.spoergeskemaer import udsendelse
from udmeldinger.spoergeskemaer.udsendelse import Modtager

FRIST = dt.timedelta(days=20)


def url(navn, *args):
    return reverse(f"spoergeskemaer:{navn}", args=args)


def send(skema, organisationer, *slugs, rolle=Svarrolle.MYNDIGHED):
    modtagere = [Modtager(organisationer[slug], rolle) for slug in slugs or ("aalborg", "hjoerring")]
    return udsendelse.send(skema, adgang=Adgang.system(), frist=timezone.localdate() + FRIST, modtagere=modtagere)


def felter(html):
    """The form as the page has it, so that marks and versions go back as a browser would send them."""
    data = {}
    for tag in re.findall(r"<input[^>]*>", html):
        attributter = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if attributter.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        if "name" in attributter:
            data[attributter["name"]] = attributter.get("value", "")
    for navn, tekst in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL):
        data[navn] = tekst
    return data
