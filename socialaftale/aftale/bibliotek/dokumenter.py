"""Files the library makes itself: the list of covered *tilbud* and the standard contracts."""

from __future__ import annotations

import datetime as dt

from django.template.loader import render_to_string

from socialaftale.aftale.bibliotek.kontrakter import Kontrakt
from socialaftale.aftale.dokumenter import dellager
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.bilagsarter import Bilagsbestilling
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf.oplysninger import Dokument
from tilbud.dokumenter import omfattede as omfattededokument

# When the wording of the contracts was last changed: it dates the file.
KONTRAKTDATO = dt.date(2026, 11, 1)


def omfattede_pdf(aftale: Aftale, dato: dt.date) -> bytes | None:
    """The list as of the day; the one of the same content and day is made once."""
    bestilling = Bilagsbestilling(periode=aftale.periode, del_="", titel="", dato=dato)
    kilde = omfattededokument.byg_kilde(bestilling)
    if kilde is None:
        return None
    return dellager.hent_eller_byg_en(kilde.html, farve=Opsaetning.hent().farve, css=kilde.css)


def kontrakt_pdf(kontrakt: Kontrakt) -> bytes:
    """The contract with lines to write on."""
    opsaetning = Opsaetning.hent()
    dokument = Dokument(
        titel=kontrakt.titel,
        dato=KONTRAKTDATO,
        omraade=opsaetning.omraade,
        udgiver=opsaetning.sekretariat_navn,
        emne=kontrakt.til,
    )
    html = render_to_string("dokumenter/standardkontrakt.html", {"dokument": dokument, "kontrakt": kontrakt})
    return dellager.hent_eller_byg_en(html, farve=opsaetning.farve)
