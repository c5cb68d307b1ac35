"""Live figures about capacity: what agreements cite as `{{ pladser.… }}`.

All of them read one period's published statement, fetched once per rendering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from django.urls import reverse

from socialaftale.kerne.models import Organisation
from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.katalog import Kilderaekke, LevendeTal, Periodevalg, Talkontekst, TalMangler, Talvaerdi
from socialaftale.kerne.talformat import skriv_heltal
from tilbud.beregning.kapacitet import Opgoerelse, Pladstal, Serie, Udvikling, udvikling_til
from tilbud.kapacitetshentning import find_periode, opgoerelser
from tilbud.kapacitetstekster import ANDEL_FORMEL, DEFINITIONER, SERIENAVNE, med_fortegn

FAMILIE = "pladser.kommune."
I_ALT = "i_alt"
HUKOMMELSE = "kapacitet.opgoerelser"
ANTALSFORMATER = ("hele", "ca")
ANDELSFORMATER = ("pct1", "pct", "ca_pct", "broek")


# What a figure is computed from


def _alle(kontekst: Talkontekst) -> list[Opgoerelse]:
    return kontekst.husk(HUKOMMELSE, opgoerelser)


def perioder(kontekst: Talkontekst) -> list[Periodevalg]:
    """The periods there are statements for, oldest first."""
    return [Periodevalg(opgoerelse.periode, str(opgoerelse.aar)) for opgoerelse in reversed(_alle(kontekst))]


def hent_opgoerelse(kontekst: Talkontekst) -> Opgoerelse:
    """The statement of the period; raises `TalMangler`.

    A period that has none yet, as a new draft, goes by the newest one before it: see `tidligere`.
    """
    alle = _alle(kontekst)
    opgoerelse = find_periode(alle, kontekst.periode)
    if opgoerelse is None:
        opgoerelse = next((tidligere for tidligere in alle if tidligere.periode < kontekst.periode), None)
    if opgoerelse is None:
        raise TalMangler(f"Der er ingen opgørelse af pladser for {kontekst.periode or 'nogen periode'}.")
    return opgoerelse


def tidligere(opgoerelse: Opgoerelse, kontekst: Talkontekst) -> str:
    """The year of the statement when it is of an earlier period than the text, else ""."""
    return str(opgoerelse.aar) if kontekst.periode not in ("", opgoerelse.periode) else ""


def hent_udvikling(kontekst: Talkontekst) -> Udvikling:
    """The development since the nearest earlier period; raises `TalMangler`."""
    opgoerelse = hent_opgoerelse(kontekst)
    udvikling = udvikling_til(opgoerelse, _alle(kontekst))
    if udvikling is None:
        raise TalMangler(f"Der er ingen opgørelse af pladser før {opgoerelse.periode} at sammenligne med.")
    return udvikling


def sideadresse(opgoerelse: Opgoerelse) -> str:
    return reverse("tilbud:kapacitet", query={"periode": opgoerelse.periode})


def kommuneadresse(slug: str, opgoerelse: Opgoerelse) -> str:
    return reverse("tilbud:kapacitet_kommune", kwargs={"slug": slug}, query={"periode": opgoerelse.periode})


def _vaerdi(
    kontekst: Talkontekst,
    opgoerelse: Opgoerelse,
    vaerdi: object,
    formel: str,
    raekker: Iterator[Kilderaekke] | tuple = (),
    *,
    url: str = "",
) -> Talvaerdi:
    return Talvaerdi(
        vaerdi=vaerdi,
        pr=str(opgoerelse.aar),
        kilde=opgoerelse.kilde,
        formel=formel,
        raekker=tuple(raekker),
        url=url or sideadresse(opgoerelse),
        tidligere=tidligere(opgoerelse, kontekst),
    )


def _kommuneraekker(opgoerelse: Opgoerelse, antal: Callable[[Pladstal], int]) -> Iterator[Kilderaekke]:
    for kommune in opgoerelse.kommuner:
        yield Kilderaekke(kommune.navn, skriv_heltal(antal(kommune.pladser)), kommuneadresse(kommune.slug, opgoerelse))


def _serieraekker(pladser: Pladstal) -> Iterator[Kilderaekke]:
    for serie in Serie:
        yield Kilderaekke(SERIENAVNE[serie], skriv_heltal(pladser.serie(serie)))


# The figures


def _serie(kontekst: Talkontekst, serie: Serie) -> Talvaerdi:
    opgoerelse = hent_opgoerelse(kontekst)
    return _vaerdi(
        kontekst,
        opgoerelse,
        opgoerelse.i_alt.serie(serie),
        f"Summen af {SERIENAVNE[serie].lower()} i kommunerne",
        _kommuneraekker(opgoerelse, lambda pladser: pladser.serie(serie)),
    )


def _i_alt(kontekst: Talkontekst) -> Talvaerdi:
    opgoerelse = hent_opgoerelse(kontekst)
    return _vaerdi(
        kontekst,
        opgoerelse,
        opgoerelse.i_alt.i_alt,
        "Kommunale + private + pladser i socialaftalen",
        _serieraekker(opgoerelse.i_alt),
    )


def _andel(kontekst: Talkontekst) -> Talvaerdi:
    opgoerelse = hent_opgoerelse(kontekst)
    if opgoerelse.i_alt.andel is None:
        raise TalMangler("Opgørelsen har ingen pladser at beregne en andel af.")
    return _vaerdi(kontekst, opgoerelse, opgoerelse.i_alt.andel, ANDEL_FORMEL, _serieraekker(opgoerelse.i_alt))


def _aar(kontekst: Talkontekst) -> Talvaerdi:
    opgoerelse = hent_opgoerelse(kontekst)
    return _vaerdi(kontekst, opgoerelse, opgoerelse.aar, "Det år, kilden har talt pladserne for")


def _stoerste(kontekst: Talkontekst) -> Talvaerdi:
    opgoerelse = hent_opgoerelse(kontekst)
    if not opgoerelse.i_alt.socialaftale:
        raise TalMangler("Opgørelsen har ingen pladser i socialaftalen.")
    return _vaerdi(
        kontekst,
        opgoerelse,
        opgoerelse.rangliste(Serie.SOCIALAFTALE)[0].navn,
        "Kommunen med flest pladser i socialaftalen",
        _kommuneraekker(opgoerelse, lambda pladser: pladser.socialaftale),
    )


def _aendring(kontekst: Talkontekst) -> Talvaerdi:
    udvikling = hent_udvikling(kontekst)
    return _aendringsvaerdi(
        kontekst,
        udvikling,
        udvikling.serie(Serie.SOCIALAFTALE).absolut,
        "Pladser i socialaftalen nu − i forrige periode",
    )


def _aendring_pct(kontekst: Talkontekst) -> Talvaerdi:
    udvikling = hent_udvikling(kontekst)
    relativ = udvikling.serie(Serie.SOCIALAFTALE).relativ
    if relativ is None:
        raise TalMangler("Forrige periode har ingen pladser i socialaftalen at regne ændringen af.")
    return _aendringsvaerdi(
        kontekst, udvikling, relativ, "(Pladser i socialaftalen nu − i forrige periode) / i forrige periode"
    )


def _aendringsvaerdi(kontekst: Talkontekst, udvikling: Udvikling, vaerdi: object, formel: str) -> Talvaerdi:
    aendring = udvikling.serie(Serie.SOCIALAFTALE)
    return Talvaerdi(
        vaerdi=vaerdi,
        pr=f"fra {udvikling.foer.aar} til {udvikling.nu.aar}",
        kilde=f"{udvikling.foer.kilde}; {udvikling.nu.kilde}",
        formel=formel,
        raekker=(
            Kilderaekke(
                f"Socialaftalen, {udvikling.foer.aar}", skriv_heltal(aendring.foer), sideadresse(udvikling.foer)
            ),
            Kilderaekke(f"Socialaftalen, {udvikling.nu.aar}", skriv_heltal(aendring.nu), sideadresse(udvikling.nu)),
            *(
                Kilderaekke(f"Ændring i {kommune.navn}", med_fortegn(kommune.aendring.absolut))
                for kommune in udvikling.kommuner
            ),
        ),
        url=sideadresse(udvikling.nu),
        tidligere=tidligere(udvikling.nu, kontekst),
    )


def _kommunetal(kontekst: Talkontekst, slug: str, navn: str, serie: Serie | None) -> Talvaerdi:
    opgoerelse = hent_opgoerelse(kontekst)
    pladser = opgoerelse.for_kommune(slug)
    if pladser is None:
        raise TalMangler(f"Opgørelsen for {opgoerelse.periode} har ingen tal for {navn}.")
    url = kommuneadresse(slug, opgoerelse)
    if serie is None:
        vaerdi, formel = pladser.i_alt, "Kommunale + private + pladser i socialaftalen"
    else:
        vaerdi, formel = pladser.serie(serie), "Som opgjort i kilden"
    return _vaerdi(kontekst, opgoerelse, vaerdi, formel, _serieraekker(pladser), url=url)


def _kommunefamilie() -> Iterator[LevendeTal]:
    """Four figures for every municipality that a published statement names."""
    kommuner = Organisation.objects.filter(pladstal__opgoerelse__offentliggjort=True).distinct().order_by("pk")
    for kommune in kommuner:
        for serie in (*Serie, None):
            navn = "Pladser i alt" if serie is None else SERIENAVNE[serie]
            yield LevendeTal(
                f"{FAMILIE}{kommune.slug}.{serie or I_ALT}",
                f"{navn} i {kommune.kortnavn}",
                "Alle dag- og døgnpladser, der ligger i kommunen." if serie is None else DEFINITIONER[serie],
                partial(_kommunetal, slug=kommune.slug, navn=kommune.kortnavn, serie=serie),
                enhed="pladser",
                formater=ANTALSFORMATER,
                perioder=perioder,
            )


def registrer_tal() -> None:
    """Offer the figures to texts."""
    katalog.registrer(
        *(
            LevendeTal(
                f"pladser.{serie}",
                SERIENAVNE[serie],
                DEFINITIONER[serie],
                partial(_serie, serie=serie),
                enhed="pladser",
                formater=ANTALSFORMATER,
                perioder=perioder,
            )
            for serie in Serie
        ),
        LevendeTal(
            "pladser.i_alt",
            "Pladser i alt",
            "Alle dag- og døgnpladser i området: kommunale, private og i socialaftalen.",
            _i_alt,
            enhed="pladser",
            formater=ANTALSFORMATER,
            perioder=perioder,
        ),
        LevendeTal(
            "pladser.socialaftale.andel",
            "Socialaftalens andel af pladserne",
            "Pladser i socialaftalen som andel af alle dag- og døgnpladser i området.",
            _andel,
            formater=ANDELSFORMATER,
            perioder=perioder,
        ),
        LevendeTal("pladser.aar", "Pladsernes år", "Det år, pladserne er talt for.", _aar, formater=("aar",)),
        LevendeTal(
            "pladser.stoerste_kommune",
            "Kommunen med flest af socialaftalens pladser",
            "Den kommune, hvor flest pladser i socialaftalen ligger.",
            _stoerste,
            formater=("tekst",),
        ),
        LevendeTal(
            "pladser.socialaftale.aendring",
            "Ændring i antallet af pladser i socialaftalen",
            "Forskellen på antallet af pladser i socialaftalen i denne og i forrige periode.",
            _aendring,
            enhed="pladser",
            formater=("fortegn",),
        ),
        LevendeTal(
            "pladser.socialaftale.aendring_pct",
            "Ændring i antallet af pladser i socialaftalen i procent",
            "Ændringen siden forrige periode som andel af pladserne i forrige periode.",
            _aendring_pct,
            formater=("pct", "pct1", "ca_pct"),
        ),
    )
    katalog.registrer_familie(FAMILIE, _kommunefamilie)
