"""The agreement for Word: the same chapters with their figures printed, for those who work on paper or in Word."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.html import escape

from socialaftale.aftale.hentning import Laesning
from socialaftale.kerne import word
from socialaftale.kerne.dansk import slug
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.tekst import henvisninger, opstilling
from socialaftale.kerne.tekst.models import Kapiteltype
from socialaftale.kerne.word import Worddokument
from socialaftale.kerne.word.opstilling import til_word

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Drafts and hearings of a few periods; the oldest give way.
ANTAL = 12


def dokument(laesning: Laesning, navn: str) -> Worddokument:
    """What the file is made of; `navn` is what this state of the text is called ("kladden", "udkast august")."""
    aftale, opsaetning = laesning.aftale, Opsaetning.hent()
    kontekst = laesning.kontekst("word")
    stykker = []
    for kapitel in laesning.kapitler:
        if kapitel.type == Kapiteltype.BAGSIDE:
            continue
        tekst = henvisninger.udfyld(laesning.med_billeder(kapitel.indhold, kontekst.medie), kontekst)
        if kapitel.type != Kapiteltype.FORSIDE:
            tekst = opstilling.ryk_overskrifter(tekst, kapitel.niveau - 1)
            stykker.append(f"<h{kapitel.niveau}>{escape(kapitel.fuld_titel)}</h{kapitel.niveau}>")
        stykker.append(til_word(tekst))
    return Worddokument(
        titel=aftale.titel,
        undertitel=aftale.undertitel,
        sidehoved=f"{aftale.titel}, {navn}",
        krop="\n".join(stykker),
        farve=opsaetning.farve,
        moerk=opsaetning.farve_moerk,
        lys=opsaetning.farve_lys,
    )


def filnavn(laesning: Laesning, navn: str) -> str:
    return f"{slug(f'{laesning.aftale.titel} {navn}')}.docx"


def _sti(doc: Worddokument) -> Path:
    """Where the file lies: by all that it depends on, also the code that makes it."""
    samlet = hashlib.sha256(repr(doc).encode())
    for modul in sorted(Path(word.__file__).parent.glob("*.py")):
        samlet.update(modul.read_bytes())
    return Path(settings.MEDIA_ROOT) / "worddele" / f"{samlet.hexdigest()}.docx"


def lavet(doc: Worddokument) -> bytes | None:
    """The file when it has been made of just this text, else None."""
    sti = _sti(doc)
    if not sti.is_file():
        return None
    os.utime(sti)
    return sti.read_bytes()


def lav(doc: Worddokument) -> bytes:
    """Make the file and keep it for the one who ordered it; raises `WordFejl`."""
    data = word.byg_docx(doc)
    sti = _sti(doc)
    sti.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=sti.parent, suffix=".del", delete=False) as midlertidig:
        midlertidig.write(data)
    os.replace(midlertidig.name, sti)
    for gammel in sorted(sti.parent.glob("*.docx"), key=lambda fil: fil.stat().st_mtime, reverse=True)[ANTAL:]:
        gammel.unlink(missing_ok=True)
    return data
