"""Loads stated capacity (*pladsopgørelser*) from the folder of data; safe to run again.

The file's printed "I alt" rows are compared with the sum of the municipalities and not stored: a difference becomes a
finding in the statement's history, which the secretariat sees.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.datamappe import Datafejl, findes, i_filen, laes_csv, laes_json
from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.talformat import skriv_heltal
from tilbud.beregning.kapacitet import Pladstal, Serie, Sumafvigelse, i_alt, sumafvigelser
from tilbud.kapacitetstekster import SERIENAVNE
from tilbud.models import Kommunepladser, Pladsopgoerelse

MAPPE = "kapacitet"
TABEL = "pladser_pr_kommune.csv"
OPGOERELSER = "opgoerelser.json"
SUM = "i_alt"

Noegle = tuple[str, str]
KOLONNER = (
    *("aftaleperiode", "version", "kommune", "raekketype", "kilde"),
    *(f"{serie}_pladser" for serie in Serie),
)


class Kapacitetsfejl(Datafejl):
    """The rows of a period do not fit; the message names period, version and row."""

    har_sted = False


@dataclass(slots=True)
class _Tabel:
    """The rows of one period and version: by municipality, and the printed total when there is one."""

    kilde: str
    kommuner: dict[str, Pladstal] = field(default_factory=dict)
    trykt: Pladstal | None = None


@transaction.atomic
def indlaes_pladser() -> list[str]:
    """Load the statements that are not there yet; returns what was found wrong, in Danish sentences."""
    if not findes(MAPPE, TABEL):
        return []
    poster = laes_json(MAPPE, OPGOERELSER)
    with i_filen(MAPPE, OPGOERELSER):
        oplysninger = {(post["aftaleperiode"], post["version"]): post for post in poster}
    kendte = set(Pladsopgoerelse.objects.values_list("aftaleperiode", "version"))
    fund: list[str] = []
    raekker = laes_csv(MAPPE, TABEL, kolonner=KOLONNER)
    with i_filen(MAPPE, TABEL):
        for noegle, tabel in _saml(raekker).items():
            if noegle in kendte:
                continue
            if noegle not in oplysninger:
                raise Kapacitetsfejl(f"{' '.join(noegle)} står ikke i {OPGOERELSER}")
            fund += _gem(noegle, oplysninger[noegle], tabel)
    return fund


def _saml(raekker: Iterable[dict[str, str]]) -> dict[Noegle, _Tabel]:
    tabeller: dict[Noegle, _Tabel] = {}
    for raekke in raekker:
        noegle = (raekke["aftaleperiode"], raekke["version"])
        tabel = tabeller.setdefault(noegle, _Tabel(raekke["kilde"]))
        navn = raekke["kommune"]
        try:
            tal = Pladstal(*(int(raekke[f"{serie}_pladser"]) for serie in Serie))
        except ValueError as fejl:
            raise Kapacitetsfejl(f"{' '.join(noegle)}, {navn}: pladserne er ikke hele tal") from fejl
        if raekke["raekketype"] == SUM:
            tabel.trykt = tal
        elif navn in tabel.kommuner:
            raise Kapacitetsfejl(f"{' '.join(noegle)}, {navn}: står to gange")
        else:
            tabel.kommuner[navn] = tal
    return tabeller


def _gem(noegle: Noegle, oplysninger: dict, tabel: _Tabel) -> list[str]:
    kommuner = {
        kommune.kortnavn: kommune
        for kommune in Organisation.objects.filter(type=Organisationstype.KOMMUNE).order_by("pk")
    }
    ukendte = sorted(set(tabel.kommuner) - set(kommuner))
    if ukendte:
        raise Kapacitetsfejl(f"{' '.join(noegle)}: kommunen {', '.join(ukendte)} er ukendt")
    opgoerelse = Pladsopgoerelse(
        aftaleperiode=noegle[0],
        version=noegle[1],
        statistik_aar=oplysninger["statistik_aar"],
        kilde=tabel.kilde,
        bemaerkning=oplysninger.get("bemaerkning", ""),
        offentliggjort=oplysninger.get("offentliggjort", False),
    )
    opgoerelse.full_clean()
    opgoerelse.save()
    for navn, tal in tabel.kommuner.items():
        raekke = Kommunepladser(
            opgoerelse=opgoerelse,
            kommune=kommuner[navn],
            **{serie.value: tal.serie(serie) for serie in Serie},
        )
        raekke.full_clean()
        raekke.save()
    afvigelser = [] if tabel.trykt is None else sumafvigelser(tabel.trykt, i_alt(tabel.kommuner.values()))
    fund = [*(_i_ord(afvigelse) for afvigelse in afvigelser), *_manglende(tabel)]
    log(
        Adgang.system(),
        "indlaest",
        opgoerelse,
        tekst="Indlæst fra områdets data",
        data={"kommuner": len(tabel.kommuner)},
    )
    for linje in fund:
        log(Adgang.system(), "fund", opgoerelse, tekst=linje)
    return [f"{opgoerelse}: {linje}" for linje in fund]


def _i_ord(afvigelse: Sumafvigelse) -> str:
    return (
        f"{SERIENAVNE[afvigelse.serie]}: kilden skriver {skriv_heltal(afvigelse.trykt)} i alt, "
        f"men kommunerne giver {skriv_heltal(afvigelse.beregnet)}"
    )


def _manglende(tabel: _Tabel) -> list[str]:
    """A party without numbers is a finding, not an error: the source may have left it out."""
    mangler = [
        kommune.kortnavn for kommune in Organisation.objects.kommuner() if kommune.kortnavn not in tabel.kommuner
    ]
    return [f"Opgørelsen har ingen tal for {navn}" for navn in mangler]
