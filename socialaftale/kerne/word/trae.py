"""Pandoc's tree between reading and writing: footnotes become footnotes, and nothing is let through that fetches.

The writer of .docx runs outside pandoc's sandbox (Debian's pandoc cannot write .docx inside it), so what it gets is
checked here first: images are data in the tree itself, and there is no raw code.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Knude = dict[str, Any]
FODNOTE = "fodnote"
_RAA = {"RawBlock", "RawInline"}


class UlovligtTrae(Exception):
    """The tree asks for something outside itself."""


def rens(trae: Knude) -> Knude:
    """The same tree with footnotes; raises `UlovligtTrae`."""
    return {**trae, "blocks": _besoeg(trae["blocks"])}


def _besoeg(knude: Any) -> Any:
    if isinstance(knude, list):
        return [_besoeg(barn) for barn in knude]
    if not isinstance(knude, dict):
        return knude
    slags = knude.get("t")
    if slags in _RAA:
        raise UlovligtTrae(slags)
    if slags == "Image" and not knude["c"][2][0].startswith("data:image/"):
        raise UlovligtTrae("an image with an address")
    if slags == "Span" and FODNOTE in knude["c"][0][1]:
        return {"t": "Note", "c": [{"t": "Para", "c": _besoeg(knude["c"][1])}]}
    return {navn: _besoeg(vaerdi) for navn, vaerdi in knude.items()}


def tabeller(trae: Knude) -> list[Knude]:
    """The tables in the order of the document."""
    return list(_find(trae["blocks"], "Table"))


def _find(knude: Any, slags: str) -> Iterator[Knude]:
    if isinstance(knude, dict):
        if knude.get("t") == slags:
            yield knude
        yield from _find(list(knude.values()), slags)
    elif isinstance(knude, list):
        for barn in knude:
            yield from _find(barn, slags)


def spaend(tabel: Knude) -> list[list[int]]:
    """How many columns each cell takes, row by row: head, bodies, foot."""
    _, _, _, hoved, kroppe, fod = tabel["c"]
    raekker = [*hoved[1], *(raekke for krop in kroppe for raekke in (*krop[2], *krop[3])), *fod[1]]
    return [[celle[3] for celle in raekke[1]] for raekke in raekker]


def har_hovedkolonne(tabel: Knude) -> bool:
    return any(krop[1] for krop in tabel["c"][4])
