"""Reading the region's folder of data (`settings.OMRAADEDATA`): what is wrong is said with folder, file and place.

A file that a region does not have means nothing of that kind; only `omraade.json` must be there.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import InvalidOperation
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError

BESKRIVELSE = "docs/andet-omraade.md"


class Datafejl(ValueError):
    """The folder of data cannot be loaded; the Danish text names the file and what is wrong in it."""

    # False for those raised far from the file: `i_filen` puts the file before the text.
    har_sted = True


def sti(*dele: str) -> Path:
    return Path(settings.OMRAADEDATA, *dele)


def findes(*dele: str) -> bool:
    return sti(*dele).is_file()


def logofil() -> Path | None:
    """The region's own mark; the product's own is shown when there is none."""
    return next((fil for fil in (sti("logo.svg"), sti("logo.png")) if fil.is_file()), None)


def laes_tekst(*dele: str) -> str:
    """A text of the folder in UTF-8, with or without a byte order mark."""
    try:
        return sti(*dele).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Datafejl(f"Filen {'/'.join(dele)} mangler i mappen {settings.OMRAADEDATA}. Se {BESKRIVELSE}") from None
    except UnicodeDecodeError as fejl:
        raise Datafejl(f"{_navn(dele)}: filen er ikke gemt som UTF-8") from fejl


def laes_json(*dele: str) -> Any:
    try:
        return json.loads(laes_tekst(*dele))
    except json.JSONDecodeError as fejl:
        raise Datafejl(f"{_navn(dele)}: linje {fejl.lineno} er ikke gyldig JSON ({fejl.msg})") from fejl


def laes_csv(*dele: str, kolonner: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a comma-separated file that has at least these columns."""
    laeser = csv.DictReader(io.StringIO(laes_tekst(*dele), newline=""))
    if mangler := [kolonne for kolonne in kolonner if kolonne not in (laeser.fieldnames or ())]:
        raise Datafejl(f"{_navn(dele)}: kolonnen {', '.join(mangler)} mangler i første linje")
    raekker = []
    for raekke in laeser:
        if None in raekke or None in raekke.values():
            raise Datafejl(f"{_navn(dele)}: linje {laeser.line_num} har ikke det samme antal felter som første linje")
        raekker.append(raekke)
    return raekker


@contextmanager
def i_filen(*dele: str, post: object = "") -> Iterator[None]:
    """Whatever goes wrong with what a file says is told as an error of that file, at that entry."""
    sted = f"{_navn(dele)}, {post}" if post else _navn(dele)
    try:
        yield
    except Datafejl as fejl:
        if fejl.har_sted:
            raise
        raise Datafejl(f"{sted}: {fejl}") from fejl
    except KeyError as fejl:
        raise Datafejl(f"{sted}: {fejl.args[0]} mangler eller er ukendt") from fejl
    except ValidationError as fejl:
        raise Datafejl(f"{sted}: {_i_ord(fejl)}") from fejl
    except (ValueError, TypeError, InvalidOperation, ObjectDoesNotExist) as fejl:
        raise Datafejl(f"{sted}: {fejl}") from fejl


def _navn(dele: tuple[str, ...]) -> str:
    return str(sti(*dele))


def _i_ord(fejl: ValidationError) -> str:
    if not hasattr(fejl, "error_dict"):
        return " ".join(fejl.messages)
    return ", ".join(f"{felt}: {' '.join(beskeder)}" for felt, beskeder in fejl.message_dict.items())
