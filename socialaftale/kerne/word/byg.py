"""A .docx made by pandoc: it reads in its sandbox, and gets a little time and memory and nothing else.

`pandoc` is a program of the machine; where it is missing `har_pandoc()` says so, and nobody is offered the file.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

from socialaftale.kerne.word import skabelon, trae
from socialaftale.kerne.word.efterbehandling import faerdiggoer

PROGRAM = "pandoc"
TIDSGRAENSE = 60.0
HUKOMMELSE_MB = 512
SPROG = "da-DK"


class WordFejl(Exception):
    """The document could not be made; the message is for the log, and `dansk` for the user."""

    dansk = "Word-filen kunne ikke laves. Prøv igen, eller skriv til sekretariatet."


class WordForTung(WordFejl):
    """Time or memory ran out."""

    dansk = "Word-filen blev for tung at lave. Prøv igen, eller skriv til sekretariatet."


@dataclass(frozen=True, slots=True)
class Worddokument:
    """What is made: a title page, contents and the body (HTML of `opstilling.til_word`); colours as "#14518b"."""

    titel: str
    undertitel: str
    sidehoved: str
    krop: str
    farve: str
    moerk: str
    lys: str


def har_pandoc() -> bool:
    """Is the program on this machine?"""
    return shutil.which(PROGRAM) is not None


def byg_docx(dokument: Worddokument) -> bytes:
    """The file; raises `WordFejl` or one of its kinds."""
    side = (
        f'<html lang="{SPROG}"><head><title>{escape(dokument.titel)}</title></head><body>{dokument.krop}</body></html>'
    )
    with tempfile.TemporaryDirectory(prefix="socialaftale-word-") as navn:
        mappe = Path(navn)
        laest = json.loads(_pandoc(mappe, ["--sandbox", "-f", "html", "-t", "json"], side.encode()))
        try:
            rent = trae.rens(laest)
        except trae.UlovligtTrae as fejl:
            raise WordFejl(f"the text holds {fejl}") from fejl
        rent["meta"] = {
            "title": _tekst(dokument.titel),
            "lang": _tekst(SPROG),
            "toc-title": _tekst("Indhold"),
            **({"subtitle": _tekst(dokument.undertitel)} if dokument.undertitel else {}),
        }
        grund = _pandoc(mappe, ["--print-default-data-file", "reference.docx"], b"")
        reference = skabelon.farvelagt(grund, farve=dokument.farve, moerk=dokument.moerk, lys=dokument.lys)
        (mappe / "reference.docx").write_bytes(reference)
        valg = ["-f", "json", "-t", "docx", "--toc", "--toc-depth=2", "--reference-doc=reference.docx", "-o", "-"]
        docx = _pandoc(mappe, valg, json.dumps(rent).encode())
    return faerdiggoer(docx, rent, sidehoved=dokument.sidehoved)


def _tekst(tekst: str) -> dict:
    """Words as a value of pandoc's metadata."""
    return {"t": "MetaInlines", "c": [{"t": "Str", "c": tekst}]}


def _pandoc(mappe: Path, valg: list[str], ind: bytes) -> bytes:
    """Run the program in an empty folder, without our environment; answers what it writes."""
    miljoe = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": str(mappe)}
    program = shutil.which(PROGRAM)
    if program is None:
        raise WordFejl("pandoc is not installed")
    try:
        svar = subprocess.run(  # noqa: S603
            [program, "+RTS", f"-M{HUKOMMELSE_MB}m", "-RTS", *valg],
            input=ind,
            capture_output=True,
            cwd=mappe,
            env=miljoe,
            timeout=TIDSGRAENSE,
            check=False,
        )
    except subprocess.TimeoutExpired as fejl:
        raise WordForTung(f"pandoc was not finished in {TIDSGRAENSE:g} seconds") from fejl
    if svar.returncode:
        fejltekst = svar.stderr[-1000:].decode("utf-8", "replace").strip()
        # The run time ends with 251 when the heap is full.
        slags = WordForTung if svar.returncode == 251 or "heap" in fejltekst.lower() else WordFejl
        raise slags(f"pandoc ended with code {svar.returncode}: {fejltekst}")
    return svar.stdout
