"""From stated capacity to drawings: map, stacked bars and development as `Figur` objects.

The borders come from the folder of data. A municipality that the map does not know stands in bars and tables only,
and an installation without borders has no map.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from django.conf import settings

from socialaftale.kerne.figurer import (
    Figur,
    Fliser,
    Graenser,
    Raekke,
    Serie,
    Svg,
    flisekort,
    klassegraenser,
    klassesignatur,
    kommunekort,
    laes_fliser,
    laes_graenser,
    periode_serier,
    signatur,
    soejler,
    stablede_serier,
    stablede_soejler,
)
from tilbud.beregning import kapacitet
from tilbud.beregning.kapacitet import Kommunetal, Opgoerelse, Udvikling
from tilbud.kapacitetstekster import SERIENAVNE, kommuneudviklingsfund, kortfund, soejlefund, udviklingsfund

# More bars than this cannot be compared; the table has them all.
MAKS_SOEJLER = 12
BREDDE = 600.0
SMAL_BREDDE = 344.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramme:
    """Where a figure stands: its id (the prefix of all ids inside), the way to the table, and whether a PDF asks."""

    id: str
    tabel_adresse: str = ""
    bredde: float = BREDDE
    # A page has a drawing for narrow screens too; paper does not.
    med_smal: bool = True


@lru_cache(maxsize=8)
def _graenser(sti: Path, aendret: int) -> Graenser:
    return laes_graenser(sti)


@lru_cache(maxsize=8)
def _fliser(sti: Path, aendret: int) -> Fliser:
    return laes_fliser(sti)


def hent_graenser() -> Graenser | None:
    """The installation's borders, read again only when the file changes; None when it has none."""
    sti = Path(settings.OMRAADEDATA, "geo", "kommunegraenser.geojson")
    return _graenser(sti, sti.stat().st_mtime_ns) if sti.exists() else None


def hent_fliser() -> Fliser | None:
    """The installation's tile grid; None when it has none."""
    sti = Path(settings.OMRAADEDATA, "geo", "fliser.json")
    return _fliser(sti, sti.stat().st_mtime_ns) if sti.exists() else None


def pladskort(opgoerelse: Opgoerelse, ramme: Ramme) -> Figur | None:
    """The agreement's places by municipality of location: real borders, and tiles on narrow screens."""
    graenser, fliser = hent_graenser(), hent_fliser()
    if graenser is None:
        return None
    tal = {kommune.kode: kommune.pladser.socialaftale for kommune in opgoerelse.kommuner if kommune.kode}
    paa_kortet = {omraade.kode for omraade in graenser.omraader}
    vaerdier = {kode: antal for kode, antal in tal.items() if kode in paa_kortet}
    klasser = klassegraenser(vaerdier.values(), 4)
    titel = f"Kort: pladser i socialaftalen pr. beliggenhedskommune, {opgoerelse.aar}"
    beskrivelse = "Jo mørkere farve, jo flere pladser. Tallet står på hver kommune."
    smal = None
    if ramme.med_smal and fliser is not None:
        koder = {flise.kode for flise in fliser.fliser}
        smal = flisekort(
            {kode: antal for kode, antal in tal.items() if kode in koder},
            fliser=fliser,
            klasser=klasser,
            titel=titel,
            beskrivelse="Skematisk kort med en flise for hver kommune. Jo mørkere farve, jo flere pladser.",
            id_praefiks=f"{ramme.id}-fliser",
            bredde=SMAL_BREDDE,
        )
    return Figur(
        id=ramme.id,
        fund=kortfund(opgoerelse),
        svg=kommunekort(
            vaerdier,
            graenser=graenser,
            klasser=klasser,
            titel=titel,
            beskrivelse=beskrivelse,
            id_praefiks=f"{ramme.id}-kort",
            bredde=ramme.bredde,
        ),
        svg_smal=smal,
        signatur=klassesignatur(
            klasser, id_praefiks=f"{ramme.id}-signatur", med_ukendt=bool(paa_kortet - vaerdier.keys())
        ),
        kilde=kilde(opgoerelse),
        kort_kilde=graenser.kilde,
        tabel_adresse=ramme.tabel_adresse,
    )


def pladssoejler(opgoerelse: Opgoerelse, ramme: Ramme) -> Figur:
    """The three series as parts of each municipality's places."""
    kommuner = _stoerste(opgoerelse.kommuner)
    serier = stablede_serier(*SERIENAVNE.values())
    tegn = partial(
        stablede_soejler,
        [Raekke(kommune.navn, kommune.pladser.serier) for kommune in kommuner],
        serier,
        titel=f"Søjler: kommunale, private og socialaftalens pladser pr. beliggenhedskommune, {opgoerelse.aar}",
        beskrivelse="En vandret søjle i tre dele for hver kommune. Tallet for enden er alle pladser i kommunen.",
        aksetitel="Antal pladser",
    )
    fund = soejlefund(opgoerelse) + _udvalg(len(kommuner), len(opgoerelse.kommuner))
    return _soejlefigur(ramme, tegn, serier, fund, kilde(opgoerelse))


def pladsudvikling(udvikling: Udvikling, ramme: Ramme) -> Figur:
    """The agreement's places in two statements, side by side for each municipality."""
    stoerste = {kommune.slug for kommune in _stoerste(udvikling.nu.kommuner)}
    kommuner = [kommune for kommune in udvikling.kommuner if kommune.slug in stoerste]
    serier = periode_serier(*udvikling.aarstal)
    tegn = partial(
        soejler,
        [Raekke(kommune.navn, (kommune.aendring.foer, kommune.aendring.nu)) for kommune in kommuner],
        serier,
        titel=f"Søjler: pladser i socialaftalen pr. beliggenhedskommune, {' og '.join(udvikling.aarstal)}",
        beskrivelse="To vandrette søjler for hver kommune, en for hvert år, og ændringen mellem dem.",
        aksetitel="Pladser i socialaftalen",
        vis_aendring=True,
    )
    fund = udviklingsfund(udvikling) + _udvalg(len(kommuner), len(udvikling.nu.kommuner))
    return _soejlefigur(ramme, tegn, serier, fund, kilder(udvikling))


def kommunesoejler(udvikling: Udvikling, slug: str, navn: str, ramme: Ramme) -> Figur | None:
    """One municipality's three series in two statements; None when one of them does not name it."""
    foer, nu = udvikling.foer.for_kommune(slug), udvikling.nu.for_kommune(slug)
    if foer is None or nu is None:
        return None
    serier = periode_serier(*udvikling.aarstal)
    tegn = partial(
        soejler,
        [Raekke(SERIENAVNE[serie], (foer.serie(serie), nu.serie(serie))) for serie in kapacitet.Serie],
        serier,
        titel=f"Søjler: pladser i {navn}, {' og '.join(udvikling.aarstal)}",
        beskrivelse="To vandrette søjler for hver af de tre serier, en for hvert år, og ændringen mellem dem.",
        aksetitel="Antal pladser",
        vis_aendring=True,
    )
    return _soejlefigur(ramme, tegn, serier, kommuneudviklingsfund(udvikling, slug), kilder(udvikling))


def kilde(opgoerelse: Opgoerelse) -> str:
    """Source and year of the numbers: what stands under everything that is shown of a statement."""
    return f"{opgoerelse.kilde}, tal fra {opgoerelse.aar}"


def kilder(udvikling: Udvikling) -> str:
    return f"{kilde(udvikling.foer)}; {kilde(udvikling.nu)}"


def _stoerste(kommuner: tuple[Kommunetal, ...]) -> list[Kommunetal]:
    """As many as a chart can hold, those with most places, still in the statement's order."""
    valgte = {kommune.slug for kommune in sorted(kommuner, key=lambda k: -k.pladser.i_alt)[:MAKS_SOEJLER]}
    return [kommune for kommune in kommuner if kommune.slug in valgte]


def _udvalg(vist: int, alle: int) -> str:
    return "" if vist == alle else f" Figuren viser de {vist} kommuner med flest pladser, tabellen alle {alle}."


def _soejlefigur(ramme: Ramme, tegn: Callable[..., Svg], serier: Sequence[Serie], fund: str, kilde: str) -> Figur:
    """Both drawings of a chart with its key."""
    smal = tegn(id_praefiks=f"{ramme.id}-smal", bredde=SMAL_BREDDE, smal=True) if ramme.med_smal else None
    return Figur(
        id=ramme.id,
        fund=fund,
        svg=tegn(id_praefiks=f"{ramme.id}-bred", bredde=ramme.bredde),
        svg_smal=smal,
        signatur=signatur(serier, id_praefiks=f"{ramme.id}-signatur"),
        kilde=kilde,
        tabel_adresse=ramme.tabel_adresse,
    )
