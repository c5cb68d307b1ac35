"""Is every stored file still what it was? Rows against bytes by sha256 and size, and bytes that no row knows."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from socialaftale.kerne.enums import Jobtilstand
from socialaftale.kerne.models import Billede, Dokument, Job
from socialaftale.kerne.models.dokument import sti_for

JOBSLAGS = "dokumentkontrol"
# Read a piece at a time: a file may be large.
STYKKE = 1024 * 1024
NAEVNES = 3
# A younger file may belong to a document that is being issued, whose row is not stored yet.
UNG_SEKUNDER = 3600


@dataclass(frozen=True, slots=True)
class Fejlfil:
    """A row whose bytes are not what they were."""

    navn: str
    sti: str
    hvad: str


@dataclass(slots=True)
class Dokumentkontrol:
    """What was looked through and what was found."""

    antal: int = 0
    mangler: list[Fejlfil] = field(default_factory=list)
    aendret: list[Fejlfil] = field(default_factory=list)
    # Files under MEDIA/dokumenter that no row has.
    ukendte: list[str] = field(default_factory=list)

    @property
    def er_i_orden(self) -> bool:
        return not (self.mangler or self.aendret or self.ukendte)

    @property
    def antal_fejl(self) -> int:
        return len(self.mangler) + len(self.aendret) + len(self.ukendte)

    @property
    def i_ord(self) -> str:
        return (
            f"{self.antal} gemte filer kontrolleret: {len(self.mangler)} mangler, {len(self.aendret)} er ændret, "
            f"{len(self.ukendte)} hører ikke til noget"
        )

    def som_data(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "kontrolleret": self.antal,
            "i_orden": self.er_i_orden,
            "mangler": [{"navn": fil.navn, "fil": fil.sti} for fil in self.mangler],
            "aendret": [{"navn": fil.navn, "fil": fil.sti, "hvad": fil.hvad} for fil in self.aendret],
            "ukendte": self.ukendte,
        }


def mappe() -> Path:
    return Path(settings.MEDIA_ROOT) / "dokumenter"


def kontroller() -> Dokumentkontrol:
    """Read every file once, whether one row has it or several."""
    kontrol = Dokumentkontrol()
    laest: dict[str, tuple[int, str] | None] = {}
    for raekke, navn in _raekker():
        kontrol.antal += 1
        if raekke.sha256 not in laest:
            laest[raekke.sha256] = _laes(sti_for(raekke.sha256))
        fundet = laest[raekke.sha256]
        sti = str(sti_for(raekke.sha256).relative_to(settings.MEDIA_ROOT))
        if fundet is None:
            kontrol.mangler.append(Fejlfil(navn, sti, "filen mangler"))
        elif fundet[1] != raekke.sha256:
            kontrol.aendret.append(Fejlfil(navn, sti, "indholdet svarer ikke til sha256"))
        elif fundet[0] != raekke.stoerrelse:
            kontrol.aendret.append(Fejlfil(navn, sti, f"{fundet[0]} byte, {raekke.stoerrelse} er registreret"))
    kendte = {sti_for(sha) for sha in laest}
    kontrol.ukendte = [str(sti.relative_to(settings.MEDIA_ROOT)) for sti in _gamle_filer() if sti not in kendte]
    return kontrol


def _raekker() -> Iterator[tuple[models.Model, str]]:
    dokumenter: Iterable[Dokument] = Dokument.objects.order_by("pk").only("sha256", "stoerrelse", "noegle", "version")
    for dokument in dokumenter.iterator():
        yield dokument, f"{dokument.noegle} v{dokument.version}"
    for billede in Billede.objects.order_by("pk").only("sha256", "stoerrelse").iterator():
        yield billede, f"billede {billede.pk}"


def _laes(sti: Path) -> tuple[int, str] | None:
    """Size and sha256 of the bytes, None when there is no file."""
    sum_, stoerrelse = hashlib.sha256(), 0
    try:
        with sti.open("rb") as fil:
            while stykke := fil.read(STYKKE):
                sum_.update(stykke)
                stoerrelse += len(stykke)
    except FileNotFoundError:
        return None
    return stoerrelse, sum_.hexdigest()


def _gamle_filer() -> list[Path]:
    graense = time.time() - UNG_SEKUNDER
    return sorted(sti for sti in mappe().rglob("*") if sti.is_file() and sti.stat().st_mtime < graense)


@transaction.atomic
def gem_resultat(kontrol: Dokumentkontrol) -> Job:
    """The run as a job of the system, in place of the one before; the secretariat's desk shows what it found."""
    navne = [fil.navn for fil in (*kontrol.mangler, *kontrol.aendret)] + kontrol.ukendte
    flere = f" og {len(navne) - NAEVNES} til" if len(navne) > NAEVNES else ""
    nu = timezone.now()
    Job.objects.filter(slags=JOBSLAGS).delete()
    return Job.objects.create(
        slags=JOBSLAGS,
        noegle=JOBSLAGS,
        titel="Kontrol af gemte dokumenter",
        tilstand=Jobtilstand.FAERDIG if kontrol.er_i_orden else Jobtilstand.FEJLET,
        procent=100,
        besked=kontrol.i_ord[:200],
        parametre={"fejl": kontrol.antal_fejl},
        startet=nu,
        afsluttet=nu,
        fejl="" if kontrol.er_i_orden else f"{kontrol.i_ord}. {', '.join(navne[:NAEVNES])}{flere}."[:300],
    )


def seneste() -> Job | None:
    return Job.objects.filter(slags=JOBSLAGS).order_by("-oprettet").first()
