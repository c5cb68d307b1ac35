"""Capacity as Excel and CSV: exactly what the pages show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from socialaftale.kerne.penge import afrund
from socialaftale.kerne.regneark import Arkfane, Art, Kolonne, byg_bog, byg_csv
from tilbud.beregning.kapacitet import Aendring, Kommunetal, Opgoerelse, Serie, Udvikling
from tilbud.kapacitetshentning import Tilbudslinje
from tilbud.kapacitetstekster import ANDEL_FORMEL, BELIGGENHED, DEFINITIONER, KORTE_SERIENAVNE, SERIENAVNE

I_ALT = "I alt"
ANDEL = "Andel i socialaftalen (%)"


def _pct(vaerdi: Decimal | None) -> Decimal | None:
    return None if vaerdi is None else afrund(vaerdi, 1)


# The whole area

KOMMUNEKOLONNER = (
    Kolonne("Kommune", lambda kommune: kommune.navn, bredde=22),
    *(
        Kolonne(navn, lambda kommune, serie=serie: kommune.pladser.serie(serie), Art.HELTAL)
        for serie, navn in KORTE_SERIENAVNE.items()
    ),
    Kolonne("I alt", lambda kommune: kommune.pladser.i_alt, Art.HELTAL),
    Kolonne(ANDEL, lambda kommune: _pct(kommune.pladser.andel_pct), Art.PCT),
)


def _i_alt(opgoerelse: Opgoerelse) -> Kommunetal:
    return Kommunetal("", I_ALT, "", opgoerelse.i_alt)


def kapacitetsbog(
    opgoerelse: Opgoerelse, kommuner: Sequence[Kommunetal], udvikling: Udvikling | None, noter: Sequence[str]
) -> bytes:
    """A workbook: places per municipality in the order shown, the development, and what the series mean."""
    faner = [
        Arkfane(
            f"Pladser {opgoerelse.aar}",
            KOMMUNEKOLONNER,
            kommuner,
            noter,
            [kolonne.funktion(_i_alt(opgoerelse)) for kolonne in KOMMUNEKOLONNER],
        )
    ]
    if udvikling is not None:
        kolonner = _udviklingskolonner(udvikling)
        faner.append(Arkfane("Udvikling i alt", kolonner, _serieudvikling(udvikling), noter))
        faner.append(
            Arkfane(
                "Udvikling pr. kommune",
                kolonner,
                [(kommune.navn, kommune.aendring) for kommune in udvikling.kommuner],
                [*noter, f"{SERIENAVNE[Serie.SOCIALAFTALE]} pr. beliggenhedskommune."],
                [kolonne.funktion((I_ALT, udvikling.serie(Serie.SOCIALAFTALE))) for kolonne in kolonner],
            )
        )
    faner.append(_definitionsfane())
    return byg_bog(faner)


def kapacitetscsv(opgoerelse: Opgoerelse, kommuner: Sequence[Kommunetal]) -> bytes:
    """The table of municipalities with its total; period and year in columns of their own."""
    kolonner = [
        Kolonne("Aftaleperiode", lambda kommune: opgoerelse.periode),
        Kolonne("År", lambda kommune: opgoerelse.aar, Art.AAR),
        *KOMMUNEKOLONNER,
    ]
    return byg_csv(kolonner, [*kommuner, _i_alt(opgoerelse)])


def _udviklingskolonner(udvikling: Udvikling) -> list[Kolonne]:
    """Columns for pairs of a name and an `Aendring`."""
    foer, nu = udvikling.aarstal
    return [
        Kolonne("Pladser", lambda par: par[0], bredde=26),
        Kolonne(foer, lambda par: par[1].foer, Art.HELTAL),
        Kolonne(nu, lambda par: par[1].nu, Art.HELTAL),
        Kolonne("Ændring", lambda par: par[1].absolut, Art.HELTAL),
        Kolonne("Ændring (%)", lambda par: _pct(par[1].pct), Art.PCT),
    ]


def _serieudvikling(udvikling: Udvikling) -> Iterator[tuple[str, Aendring]]:
    for serie, navn in SERIENAVNE.items():
        yield navn, udvikling.serie(serie)
    yield I_ALT, udvikling.i_alt


def _definitionsfane() -> Arkfane:
    raekker = [
        *((SERIENAVNE[serie], tekst) for serie, tekst in DEFINITIONER.items()),
        ("Beliggenhed", BELIGGENHED),
        (ANDEL, ANDEL_FORMEL),
    ]
    kolonner = [Kolonne("Begreb", lambda par: par[0], bredde=28), Kolonne("Betydning", lambda par: par[1], bredde=110)]
    return Arkfane("Sådan læses tallene", kolonner, raekker)


# One municipality

PERIODEKOLONNER = (
    Kolonne("Aftaleperiode", lambda par: par[0].periode),
    Kolonne("År", lambda par: par[0].aar, Art.AAR),
    *(
        Kolonne(navn, lambda par, serie=serie: None if par[1] is None else par[1].serie(serie), Art.HELTAL)
        for serie, navn in KORTE_SERIENAVNE.items()
    ),
    Kolonne("I alt", lambda par: None if par[1] is None else par[1].i_alt, Art.HELTAL),
    Kolonne(ANDEL, lambda par: None if par[1] is None else _pct(par[1].andel_pct), Art.PCT),
    Kolonne("Kilde", lambda par: par[0].kilde, bredde=50),
)


def _pladser(linje: Tilbudslinje) -> int | str | None:
    """A number where the places are one exact number, else as the page writes them."""
    if len(linje.pladser) == 1 and linje.pladser[0].praecist is not None:
        return linje.pladser[0].praecist
    return " + ".join(plads.antal for plads in linje.pladser) or None


def _ja(svar: bool) -> str:
    return "Ja" if svar else "Nej"


TILBUDSKOLONNER = (
    Kolonne("Tilbud", lambda linje: linje.navn, bredde=44),
    Kolonne("Driftsherre", lambda linje: linje.driftsherre, bredde=26),
    Kolonne("Beliggenhed", lambda linje: linje.beliggenhed, bredde=22),
    Kolonne("Ligger i kommunen", lambda linje: _ja(linje.ligger_i), bredde=12),
    Kolonne("Drives af kommunen", lambda linje: _ja(linje.drives_af), bredde=12),
    Kolonne("I socialaftalen", lambda linje: linje.i_aftalen_tekst, bredde=14),
    Kolonne("Pladser", _pladser, Art.HELTAL, bredde=12),
    Kolonne("Om tallet", lambda linje: "; ".join(plads.om for plads in linje.pladser), bredde=44),
    Kolonne("Pladser er eksempeltal", lambda linje: _ja(linje.har_eksempeltal), bredde=12),
    Kolonne("Beliggenhed er eksempel", lambda linje: _ja(linje.beliggenhed_er_eksempel), bredde=12),
)


def kommunebog(alle: Iterable[Opgoerelse], slug: str, linjer: Sequence[Tilbudslinje], noter: Sequence[str]) -> bytes:
    """A workbook: the municipality's series per period, what lies in it, and what it runs."""
    perioder = [(opgoerelse, opgoerelse.for_kommune(slug)) for opgoerelse in alle]
    return byg_bog(
        [
            Arkfane("Pladser pr. periode", PERIODEKOLONNER, perioder, noter),
            Arkfane("Ligger i kommunen", TILBUDSKOLONNER, [linje for linje in linjer if linje.ligger_i], noter),
            Arkfane("Drives af kommunen", TILBUDSKOLONNER, [linje for linje in linjer if linje.drives_af], noter),
        ]
    )


def kommunecsv(linjer: Sequence[Tilbudslinje]) -> bytes:
    """Every *tilbud* that lies in the municipality or is run by it, once."""
    return byg_csv(TILBUDSKOLONNER, linjer)
