"""What making an agreement of sixty pages takes, for `./run bench`: in parts, stored and not.

Beside it stands how long Chromium takes to print the same HTML.

The agreement is made for the measuring: the chapters of the newest one, again and again.
"""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.db.models import Max
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import timezone

from socialaftale.aftale.dokumenter import aftale_pdf, dellager
from socialaftale.aftale.dokumenter.dellager import Bestilling
from socialaftale.aftale.hentning import Laesekapitel, Laesning, hent_laesning
from socialaftale.aftale.models import Aftale
from socialaftale.kerne import procesmaaling
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf import skabelon
from socialaftale.kerne.pdf.flet import Del, flet_dele
from socialaftale.kerne.registre import Dokumentmaaling
from takster.dokumenter import takstbilag
from takster.models import Takst

# Letters of text that fill the pages of prose, and rows of the annex.
SIDER, RAEKKER = 60, 800
TEGN_PAA_SIDEN = 1280
BROWSERE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAERKE = re.compile(r"<[^>]*>|\{\{.*?\}\}")


def maal() -> Iterator[Dokumentmaaling]:
    """Prose alone, with the annex, the same after a chapter was changed, and the same HTML printed by Chromium."""
    aftale = Aftale.objects.offentliggjorte().select_related("tekst").latest("fra_aar")
    laesning = _lang(hent_laesning(aftale, kladde=True))
    opsaetning = Opsaetning.hent()
    prosa, bilag = _prosa(laesning, opsaetning), _bilag()
    with _tomt_lager():
        yield _maalt("Prosa alene", lambda: _byg([prosa], opsaetning))
    with _tomt_lager():
        navn = f"Prosa og takstbilag på {RAEKKER} rækker"
        yield _maalt(navn, lambda: _byg([prosa, bilag], opsaetning))
        rettet = _prosa(_rettet(laesning), opsaetning)
        yield _maalt("Det samme efter et rettet kapitel", lambda: _byg([rettet, bilag], opsaetning))
    yield _chromium([prosa, bilag], opsaetning)


@contextmanager
def _tomt_lager() -> Iterator[None]:
    """Nothing is stored from before, and nothing is left behind."""
    with tempfile.TemporaryDirectory(prefix="socialaftale-bench-") as mappe, override_settings(MEDIA_ROOT=mappe):
        yield


def _lang(laesning: Laesning) -> Laesning:
    """The chapters over and over until they fill the pages; covers once."""
    omslag = [kapitel for kapitel in laesning.kapitler if kapitel.er_omslag]
    valgte: list[Laesekapitel] = []
    tegn, sider = 0, laesning.sider
    while tegn < SIDER * TEGN_PAA_SIDEN:
        omgang, plads = divmod(len(valgte), len(sider))
        kapitel = sider[plads]
        valgte.append(replace(kapitel, noegle=f"{kapitel.noegle}-{omgang}") if omgang else kapitel)
        tegn += 1 + len(_MAERKE.sub("", kapitel.indhold))
    return replace(laesning, kapitler=(*omslag, *valgte))


def _rettet(laesning: Laesning) -> Laesning:
    """A chapter in the middle has one more paragraph."""
    kapitler = list(laesning.kapitler)
    midt = len(kapitler) // 2
    kapitler[midt] = replace(kapitler[midt], indhold=f"{kapitler[midt].indhold}<p>Et afsnit er skrevet til.</p>")
    return replace(laesning, kapitler=tuple(kapitler))


def _prosa(laesning: Laesning, opsaetning: Opsaetning) -> Bestilling:
    return Bestilling(aftale_pdf.html(laesning, opsaetning), navn="Teksten", css=aftale_pdf.css())


def _bilag() -> Bestilling:
    """The newest tariffs, and again from the first where there are fewer."""
    aar = Takst.objects.gaeldende().aggregate(nyeste=Max("aar"))["nyeste"]
    takster = list(takstbilag.takster_i_bilaget(aar)[:RAEKKER])
    raekker = list(itertools.islice(itertools.cycle(takster), RAEKKER))
    kontekst = takstbilag.kontekst(aar, raekker, dato=timezone.localdate(), del_="Bilag 7")
    return Bestilling(render_to_string(takstbilag.SKABELON, kontekst), navn="Bilag 7", css=kontekst["tabel"].css)


def _byg(dele: Sequence[Bestilling], opsaetning: Opsaetning) -> bytes:
    return flet_dele([Del(data) for data in dellager.hent_eller_byg(dele, farve=opsaetning.farve)])


def _maalt(navn: str, byg: Callable[[], bytes]) -> Dokumentmaaling:
    with procesmaaling.maal() as forbrug:
        data = byg()
    sider = aftale_pdf.antal_sider(data)
    return Dokumentmaaling(navn, forbrug.sekunder, forbrug.cpu, forbrug.hukommelse_mb, sider, len(data))


def _chromium(dele: Sequence[Bestilling], opsaetning: Opsaetning) -> Dokumentmaaling:
    """The yardstick: the same HTML and style sheets as one page, printed."""
    navn = "Chromiums udskrift af samme HTML"
    browser = next(filter(None, map(shutil.which, BROWSERE)), None)
    if browser is None:
        return Dokumentmaaling(navn, mangler="Chromium er ikke installeret")
    with tempfile.TemporaryDirectory(prefix="socialaftale-bench-") as mappe:
        side, ud = Path(mappe) / "side.html", Path(mappe) / "ud.pdf"
        side.write_text(_en_side(dele, opsaetning), encoding="utf-8")
        kommando = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        kommando += ["--allow-file-access-from-files", f"--user-data-dir={mappe}/profil", f"--print-to-pdf={ud}"]

        def skriv_ud() -> bytes:
            subprocess.run([*kommando, side.as_uri()], check=True, capture_output=True, timeout=300)
            return ud.read_bytes()

        try:
            return _maalt(navn, skriv_ud)
        except (subprocess.SubprocessError, OSError) as fejl:
            return Dokumentmaaling(navn, mangler=f"Chromium kunne ikke skrive ud ({type(fejl).__name__})")


def _en_side(dele: Sequence[Bestilling], opsaetning: Opsaetning) -> str:
    css = "\n".join(
        ark.read_text(encoding="utf-8") if isinstance(ark, Path) else ark
        for del_ in dele
        for ark in skabelon.stilark(opsaetning.farve, del_.css)
    )
    foerste, *andre = (del_.html for del_ in dele)
    kroppe = "".join(re.search(r"<body[^>]*>(.*)</body>", html, re.DOTALL)[1] for html in andre)
    return foerste.replace("</head>", f"<style>{css}</style></head>").replace("</body>", f"{kroppe}</body>")
