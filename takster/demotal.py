"""Invented figures of a takstskema: always the same for the same tilbud, near what such a ydelse costs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from socialaftale.kerne.penge import fordel
from takster.enums import Afskrivningspraksis, Belaegningsprincip, Enhed, Levering, Tillaegsmetode
from takster.models import Takstskema
from tilbud.enums import Pladsart, Taksttype
from tilbud.models import Plads
from tilbud.models.plads import seneste_pladser

# Kroner per unit of the tariff in the year of reference, from and to.
PRIS = {
    Enhed.DOEGN: (1900, 4600),
    Enhed.DAG: (480, 1150),
    Enhed.TIME: (640, 1050),
    Enhed.ENHED: (2500, 6000),
}
DRIFTSDAGE = 225
REFERENCEAAR = 2026
AARLIG_STIGNING_PROMILLE = 29
# Thousandths of the basis by line; what is left goes to the staff on the duty rota.
FORDELING = {
    "A10": 62,
    "A30": 58,
    "A40": 36,
    "A50": 24,
    "A60": 27,
    "B10": 4,
    "B20": 47,
    "B30": 6,
    "C10": 21,
    "C20": 54,
    "C30": 5,
    "D10": 9,
    "E40": 6,
    "E50": 17,
    "F20": 8,
}
LEJET = {"E10": 44, "E20": 4}
EJET = {"E30": 13, "F10": 17, "H10": 15}
AFRUNDING = 500


def terning(slug: str, hvad: str) -> int:
    """A number that is always the same for the same tilbud and purpose."""
    return int.from_bytes(hashlib.sha256(f"{hvad}:{slug}".encode()).digest()[:6], "big")


@dataclass(frozen=True, slots=True)
class Eksempel:
    """Fields and lines of one form."""

    felter: dict[str, Any]
    linjer: dict[str, Decimal]
    niveauer: tuple[dict[str, Any], ...] = ()


def _mellem(slug: str, hvad: str, mindst: int, hoejst: int) -> int:
    return mindst + terning(slug, hvad) % (hoejst - mindst + 1)


def _pladser(skema: Takstskema) -> Decimal:
    """The newest agreed or budgeted number of the register, else a plausible one."""
    brugbare = Plads.objects.filter(tilbud=skema.ydelse.tilbud_id, daekker="").exclude(art=Pladsart.GODKENDT)
    fundne = seneste_pladser(brugbare)
    if fundne:
        return Decimal(sum(plads.antal_til for plads in fundne))
    return Decimal(_mellem(_noegle(skema), "pladser", 6, 20))


def _til_naermeste(tal: int | Decimal) -> Decimal:
    return Decimal(int(tal) // AFRUNDING * AFRUNDING)


def _kapacitet(skema: Takstskema) -> tuple[dict[str, Any], Decimal, int]:
    """The capacity fields, the capacity itself and the days it is sold."""
    slug, enhed = _noegle(skema), Enhed(skema.enhed)
    if enhed == Enhed.TIME:
        timer = Decimal(_mellem(slug, "timer", 16, 60) * 100)
        return {"kapacitetstimer": timer}, timer, 1
    if enhed == Enhed.ENHED:
        antal = Decimal(_mellem(slug, "antal", 8, 30) * 10)
        return {"antal": antal}, antal, 1
    pladser = _pladser(skema)
    if enhed == Enhed.DAG:
        return {"pladser": pladser, "driftsdage": DRIFTSDAGE}, pladser, DRIFTSDAGE
    return {"pladser": pladser}, pladser, 365


def _linjer(slug: str, grundlag: int, aar: int) -> dict[str, Decimal]:
    """The basis spread over the lines; the last kroner go to the duty rota so that the sum is the basis."""
    dele = FORDELING | (LEJET if terning(slug, "ejer") % 2 else EJET)
    linjer = {}
    for kode, promille in dele.items():
        udsving = _mellem(slug, f"{kode}{aar}", 97, 103)
        linjer[kode] = _til_naermeste(grundlag * promille * udsving // 100_000)
    linjer = {kode: beloeb for kode, beloeb in linjer.items() if beloeb}
    linjer["G10"] = -Decimal(_mellem(slug, "rente", 1, 9) * AFRUNDING)
    linjer["A20"] = Decimal(grundlag) - sum(linjer.values(), Decimal(0))
    return linjer


def _noegle(skema: Takstskema) -> str:
    """What the invented figures of a form hang on: a tilbud may have several ydelser."""
    return f"{skema.ydelse.tilbud.slug}/{skema.ydelse.slug}"


# Levels: name, share of the places in percent, direct support hours a week.
NIVEAUER = (
    ("Let støtte", "Støtte til struktur i hverdagen", 30, "14.5"),
    ("Moderat støtte", "Støtte flere gange dagligt", 45, "26"),
    ("Omfattende støtte", "Støtte det meste af døgnet", 25, "41.5"),
)
# The printed example of the ATA model (T39).
ATA = {
    "tillaeg_metode": Tillaegsmetode.ATA_TIME,
    "ata_personale": "Pædagoger",
    "ata_timeomkostning": Decimal("206.00"),
    "ata_fravaer_pct": Decimal(33),
    "ata_doegn_pct": Decimal(25),
    "ata_foelge_pct": Decimal(5),
    "ata_levering": Levering.UDEN_FOR,
    "ata_minutter": 30,
    "ata_gange": 5,
}


def _niveauer(kapacitet: Decimal) -> tuple[dict[str, Any], ...]:
    """The places over the levels, whole where they can be."""
    hele = kapacitet == int(kapacitet)
    pladser = fordel(kapacitet, [andel for _, _, andel, _ in NIVEAUER], decimaler=0 if hele else 2)
    return tuple(
        {"navn": navn, "beskrivelse": beskrivelse, "pladser": antal, "stoettetimer": Decimal(timer)}
        for (navn, beskrivelse, _, timer), antal in zip(NIVEAUER, pladser, strict=True)
        if antal
    )


def _uden_grundlag(skema: Takstskema, aar: int) -> Eksempel:
    """A supplement by the hour or per piece, or an individual tariff with nothing to fill in."""
    if skema.taksttype == Taksttype.INDIVIDUEL:
        return Eksempel({}, {})
    if skema.enhed == Enhed.TIME:
        return Eksempel(dict(ATA), {})
    pris = Decimal(425 + 10 * (aar - REFERENCEAAR))
    return Eksempel({"tillaeg_metode": Tillaegsmetode.FAST_PRIS, "tillaeg_omkostning": pris}, {})


def eksempel_for(skema: Takstskema, aar: int, *, med_fund: bool = False) -> Eksempel:
    """A form that passes the checks, or one with a marked rise and a new place that nobody has explained yet."""
    if not skema.har_grundlag:
        return _uden_grundlag(skema, aar)
    slug, enhed = _noegle(skema), Enhed(skema.enhed)
    kapacitetsfelter, kapacitet, dage = _kapacitet(skema)
    # Actual occupancy of the two years in hundredths of a percent; the mean lies within the recommended range.
    nyeste, aeldste = _mellem(slug, f"b{aar}", 9560, 9740), _mellem(slug, f"b{aar - 1}", 9540, 9700)
    pris = _mellem(slug, "pris", *PRIS[enhed]) * (1000 + AARLIG_STIGNING_PROMILLE * (aar - REFERENCEAAR)) // 1000
    if aar != REFERENCEAAR:
        pris = pris * _mellem(slug, f"udsving{aar}", 988, 1018) // 1000
    if med_fund:
        pris = pris * 109 // 100
        kapacitetsfelter = {navn: tal + 1 if navn == "pladser" else tal for navn, tal in kapacitetsfelter.items()}
    grundlag = int(_til_naermeste(kapacitet * dage * pris * (nyeste + aeldste) // 20_000))
    felter = {
        **kapacitetsfelter,
        "belaegningsprincip": Belaegningsprincip.BEREGNET,
        "belaegning_pct": None,
        "aktivitet_t1": (kapacitet * nyeste / 10_000).quantize(Decimal("0.01")),
        "kapacitet_t1": kapacitet,
        "aktivitet_t2": (kapacitet * aeldste / 10_000).quantize(Decimal("0.01")),
        "kapacitet_t2": kapacitet,
        "direkte_stoettetimer": Decimal(_mellem(slug, "stoette", 12, 38)),
        "uden_tillaegsydelser": True,
        "uden_valgfri_ydelser": True,
        "kun_generelt_tilsyn": True,
        "uden_myndighedsopgaver": True,
        "uden_udviklingsomkostninger": True,
        "tilbudsportal_opdateret": True,
        "afskrivningspraksis": Afskrivningspraksis.LINEAER,
        "bemaerkning": "",
    }
    er_differentieret = skema.taksttype == Taksttype.DIFFERENTIERET
    trappe = _niveauer(kapacitetsfelter.get("pladser", kapacitet)) if er_differentieret else ()
    return Eksempel(felter, _linjer(slug, grundlag, aar), trappe)
