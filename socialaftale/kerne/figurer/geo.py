"""Borders and tile grids as data, and the projection of borders onto a flat drawing.

Nothing here knows which region it draws: that is decided by the files.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Punkt = tuple[float, float]
Ring = tuple[Punkt, ...]
Polygon = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Omraade:
    """One municipality's area: polygons of rings (the first outer, the rest holes) of longitude and latitude."""

    kode: str
    navn: str
    polygoner: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class Graenser:
    """The borders of a map, and the credit line their owner asks for."""

    omraader: tuple[Omraade, ...]
    kilde: str = ""


@dataclass(frozen=True, slots=True)
class Flise:
    """One municipality's place in a tile map, counted from 1 at the top left; `linjer` is the name as it is broken."""

    kode: str
    navn: str
    linjer: tuple[str, ...]
    kolonne: int
    raekke: int


@dataclass(frozen=True, slots=True)
class Fliser:
    """A tile map (*flisekort*): schematic positions that keep neighbours near each other."""

    fliser: tuple[Flise, ...]

    @property
    def kolonner(self) -> int:
        return max(flise.kolonne for flise in self.fliser)

    @property
    def raekker(self) -> int:
        return max(flise.raekke for flise in self.fliser)


@dataclass(frozen=True, slots=True)
class FladtOmraade:
    """An area in drawing units, y downwards, rounded to tenths."""

    kode: str
    navn: str
    ringe: tuple[Ring, ...]

    @property
    def kasse(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        x = [punkt[0] for ring in self.ringe for punkt in ring]
        y = [punkt[1] for ring in self.ringe for punkt in ring]
        return min(x), min(y), max(x), max(y)


def laes_graenser(sti: Path) -> Graenser:
    """Read a GeoJSON FeatureCollection of (multi)polygons with `kommunekode` and `navn`.

    A member `kilde` beside the features is the credit line. Raises ValueError when a feature cannot be drawn or a
    code stands twice.
    """
    data = json.loads(sti.read_text(encoding="utf-8"))
    omraader = tuple(_omraade(feature) for feature in data["features"])
    _kraev_entydige([omraade.kode for omraade in omraader], sti)
    return Graenser(omraader=omraader, kilde=data.get("kilde", ""))


def laes_fliser(sti: Path) -> Fliser:
    """Read a tile grid. Raises ValueError for a code or a position used twice."""
    data = json.loads(sti.read_text(encoding="utf-8"))
    fliser = tuple(
        Flise(
            kode=str(raekke["kommunekode"]),
            navn=raekke["navn"],
            linjer=tuple(raekke.get("linjer") or [raekke["navn"]]),
            kolonne=int(raekke["kolonne"]),
            raekke=int(raekke["raekke"]),
        )
        for raekke in data["fliser"]
    )
    _kraev_entydige([flise.kode for flise in fliser], sti)
    _kraev_entydige([f"{flise.kolonne}/{flise.raekke}" for flise in fliser], sti)
    return Fliser(fliser=fliser)


def _omraade(feature: dict[str, Any]) -> Omraade:
    geometri = feature["geometry"]
    match geometri["type"]:
        case "Polygon":
            polygoner = [geometri["coordinates"]]
        case "MultiPolygon":
            polygoner = geometri["coordinates"]
        case anden:
            raise ValueError(f"Cannot draw a {anden}")
    return Omraade(
        kode=str(feature["properties"]["kommunekode"]),
        navn=feature["properties"]["navn"],
        polygoner=tuple(
            tuple(tuple((float(punkt[0]), float(punkt[1])) for punkt in ring) for ring in polygon)
            for polygon in polygoner
        ),
    )


def _kraev_entydige(noegler: list[str], sti: Path) -> None:
    if not noegler:
        raise ValueError(f"Nothing to draw in {sti.name}")
    gentagne = sorted({noegle for noegle in noegler if noegler.count(noegle) > 1})
    if gentagne:
        raise ValueError(f"Used twice in {sti.name}: {', '.join(gentagne)}")


def projicer(graenser: Graenser, bredde: float, margen: float) -> tuple[tuple[FladtOmraade, ...], float]:
    """Areas in a drawing of the given width, and the height it needs.

    Equirectangular with the middle latitude true to scale: over one region the error is far below a line's width.
    """
    punkter = [punkt for omraade in graenser.omraader for polygon in omraade.polygoner for punkt in polygon[0]]
    vest, oest = min(p[0] for p in punkter), max(p[0] for p in punkter)
    syd, nord = min(p[1] for p in punkter), max(p[1] for p in punkter)
    krympning = math.cos(math.radians((syd + nord) / 2))
    maal = (bredde - 2 * margen) / ((oest - vest) * krympning)

    def flad(punkt: Punkt) -> Punkt:
        return round(margen + (punkt[0] - vest) * krympning * maal, 1), round(margen + (nord - punkt[1]) * maal, 1)

    omraader = tuple(
        FladtOmraade(
            kode=omraade.kode,
            navn=omraade.navn,
            ringe=tuple(tuple(map(flad, ring)) for polygon in omraade.polygoner for ring in polygon),
        )
        for omraade in graenser.omraader
    )
    return omraader, round(2 * margen + (nord - syd) * maal, 1)
