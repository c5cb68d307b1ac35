"""The published tariffs as columns and as data: Excel, CSV and JSON with one data dictionary for all three."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from socialaftale.kerne import regneark
from socialaftale.kerne.regneark import Art, Kolonne
from takster.enums import Enhed, Oprindelse
from takster.models import Takst, Takstbilag
from takster.takstraekker import Fordelingsraekke, med_niveauer, niveaunavn, note
from tilbud.enums import Taksttype


@dataclass(frozen=True, slots=True)
class Datafelt:
    """One field of a tariff: its name in JSON, its column in Excel and CSV, and what it means to a reader."""

    noegle: str
    kolonne: Kolonne
    beskrivelse: str

    @property
    def type(self) -> str:
        """The kind of value in words, with its unit."""
        return {
            Art.TEKST: "tekst",
            Art.AAR: "årstal",
            Art.HELTAL: "helt tal",
            Art.TAL: "tal, højst to decimaler",
            Art.KR: "kroner, to decimaler",
            Art.PCT: "procent",
            Art.DATO: "dato (ÅÅÅÅ-MM-DD i JSON)",
        }[self.kolonne.art]


def _felt(
    noegle: str, overskrift: str, funktion: Any, beskrivelse: str, art: Art = Art.TEKST, bredde: int = 18
) -> Datafelt:
    return Datafelt(noegle, Kolonne(overskrift, funktion, art, bredde), beskrivelse)


FELTER = (
    _felt("aar", "År", lambda takst: takst.aar, "Det kalenderår, taksten gælder for.", Art.AAR, 8),
    _felt(
        "driftsherre",
        "Driftsherre",
        lambda takst: takst.driftsherre.navn,
        "Den kommune eller region, der driver tilbuddet.",
        bredde=26,
    ),
    _felt("tilbud", "Tilbud", lambda takst: takst.tilbud_navn, "Tilbuddets navn ved offentliggørelsen.", bredde=38),
    _felt("ydelse", "Ydelse", lambda takst: takst.ydelse_navn, "Den ydelse, taksten er prisen for.", bredde=30),
    _felt(
        "kommune",
        "Ligger i",
        lambda takst: takst.kommune.navn if takst.kommune else "",
        "Den kommune, tilbuddet ligger i. Tom, når registret ikke kender den.",
        bredde=24,
    ),
    _felt(
        "lovgrundlag",
        "Lovgrundlag",
        lambda takst: str(takst.lovgrundlag or ""),
        "Den paragraf, ydelsen gives efter.",
        bredde=24,
    ),
    _felt("maalgruppe", "Målgruppe", lambda takst: takst.maalgruppe, "Hvem ydelsen er til.", bredde=44),
    _felt(
        "enhed",
        "Enhed",
        lambda takst: takst.get_enhed_display(),
        f"Det, taksten betales pr.: {', '.join(str(valg).lower() for valg in Enhed.labels)}.",
        bredde=10,
    ),
    _felt(
        "kapacitet",
        "Pladser, timer eller enheder",
        lambda takst: takst.kapacitet,
        "Det, taksten er beregnet for: pladser (døgn og dag), timer om året eller enheder om året.",
        Art.TAL,
        16,
    ),
    _felt(
        "belaegning_pct",
        "Budgetteret belægning (%)",
        lambda takst: takst.belaegning_pct,
        "Den belægning, driftsherren regner med.",
        Art.PCT,
        14,
    ),
    _felt(
        "takst",
        "Takst (kr.)",
        lambda takst: takst.takst,
        "Prisen pr. enhed. Tom, når den beregnes for den enkelte borger, og når ydelsen betales efter en nøgle.",
        Art.KR,
        14,
    ),
    _felt(
        "pr_maaned",
        "Pr. måned (kr.)",
        lambda takst: takst.pr_maaned,
        "Årsprisen divideret med 12. Tom for timer og enheder.",
        Art.KR,
        16,
    ),
    _felt(
        "pr_aar",
        "Pr. år (kr.)",
        lambda takst: takst.pr_aar,
        "Taksten gange årets dage. Tom for timer og enheder.",
        Art.KR,
        16,
    ),
    _felt(
        "forrige_takst",
        "Takst året før (kr.)",
        lambda takst: takst.forrige_takst,
        "Samme ydelses takst året før i det års priser. Tom, når der ingen er.",
        Art.KR,
        16,
    ),
    _felt(
        "aendring_pct",
        "Ændring i samme priser (%)",
        lambda takst: takst.aendring_pct,
        "Ændringen fra året før, når den gamle takst er fremskrevet med pris- og lønreguleringen.",
        Art.PCT,
        14,
    ),
    _felt(
        "afdeling",
        "Afdeling",
        lambda takst: takst.afdeling,
        "Den afdeling, ydelsen gives i. Tom for hele tilbuddet.",
        bredde=24,
    ),
    _felt(
        "taksttype",
        "Taksttype",
        lambda takst: takst.get_taksttype_display(),
        f"En af styringsaftalens fem typer: {', '.join(str(navn).lower() for navn in Taksttype.labels)}.",
        bredde=24,
    ),
    _felt(
        "niveau",
        "Niveau",
        lambda takst: niveaunavn(takst),
        "Niveauet i en differentieret takst. Hvert niveau har sin egen række under taksten.",
        bredde=26,
    ),
    _felt(
        "fast_del",
        "Heraf fast del (kr.)",
        lambda takst: takst.fast_del,
        "Den del af taksten, der er ens for alle borgere.",
        Art.KR,
        16,
    ),
    _felt(
        "borgerrettet_del",
        "Heraf borgerrettet del (kr.)",
        lambda takst: takst.borgerrettet_del,
        "Den del af taksten, der følger støtten og kan forhandles.",
        Art.KR,
        16,
    ),
    _felt(
        "stoettetimer",
        "Direkte støttetimer om ugen",
        lambda takst: takst.stoettetimer,
        "Timer om ugen, personalet i gennemsnit er til rådighed for borgeren.",
        Art.TAL,
        16,
    ),
    _felt("gyldig_fra", "Gælder fra", lambda takst: takst.gyldig_fra, "Første dag.", Art.DATO, 12),
    _felt("gyldig_til", "Gælder til og med", lambda takst: takst.gyldig_til, "Sidste dag.", Art.DATO, 12),
    _felt(
        "bemaerkning",
        "Bemærkning",
        lambda takst: takst.bemaerkning,
        "Driftsherrens forklaring, fx på ændret antal pladser.",
        bredde=50,
    ),
    _felt(
        "note",
        "Note",
        lambda takst: note(takst),
        f"Forbehold ved tallet: “Eksempeltal” er opdigtet, “{Oprindelse.REGNSKAB.label}” er regnet ud af et regnskab. "
        "Er taksten ændret i løbet af året, står dagen og den tidligere takst her.",
        bredde=24,
    ),
)
KOLONNER = tuple(felt.kolonne for felt in FELTER)


def byg_excel(titel: str, takster: Iterable[Takst | Fordelingsraekke], *, noter: Iterable[str] = ()) -> bytes:
    return regneark.byg_ark(titel, KOLONNER, med_niveauer(takster), noter=list(noter))


def byg_csv(takster: Iterable[Takst | Fordelingsraekke]) -> bytes:
    return regneark.byg_csv(KOLONNER, med_niveauer(takster))


def _til_json(vaerdi: Any) -> Any:
    """Decimals as text, so that no reader's floating point changes an øre; unknown and empty as null."""
    if isinstance(vaerdi, Decimal):
        return str(vaerdi)
    return vaerdi.isoformat() if isinstance(vaerdi, dt.date) else vaerdi if vaerdi != "" else None


def byg_json(bilag: Takstbilag, takster: Sequence[Takst | Fordelingsraekke], *, dato: dt.date, kilde: str) -> bytes:
    """The version as JSON in UTF-8: what it is, the data dictionary, and one object per tariff and level."""
    data = {
        "kilde": kilde,
        "aar": bilag.aar,
        "version": bilag.version,
        "udstedt": dato.isoformat(),
        "regelsaet": bilag.regelsaet.navn,
        "eksempeltal": any(takst.er_eksempel for takst in takster),
        "antal": len(takster),
        "felter": [
            {"navn": felt.noegle, "kolonne": felt.kolonne.overskrift, "type": felt.type, "betydning": felt.beskrivelse}
            for felt in FELTER
        ],
        "takster": [
            {felt.noegle: _til_json(felt.kolonne.funktion(raekke)) for felt in FELTER}
            for raekke in med_niveauer(takster)
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
