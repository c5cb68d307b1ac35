"""Every limit of the year's rule set as a live figure: what the styringsaftale says is what the forms are checked by.

They have a value in a styringsaftale only; other texts use the figures `styringsaftale.…` of the tariff app.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from socialaftale.aftale.styring.models import Styringsaftale
from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.katalog import LevendeTal, Talkontekst, TalMangler, Talvaerdi
from takster.beregning.regelsaet import Graensebeskrivelse, Regler, graensebeskrivelser
from takster.graenser import skriv_graense

PRAEFIKS = "regel."
# The unit is in the format, or in the words around the figure.
_ENDELSER = ("_pct", "_kr")
_UDEN_ENHED = frozenset({"%", "klokkeslæt"})


def noegle(felt: str) -> str:
    """The key of a limit in texts: `resultatgraense_pct` → `regel.resultatgraense`."""
    for endelse in _ENDELSER:
        felt = felt.removesuffix(endelse)
    return PRAEFIKS + felt


def registrer() -> None:
    """Offer the limits, the notice, and the year and rule set they are of."""
    katalog.registrer(
        *(_levende(graense) for graense in graensebeskrivelser()),
        LevendeTal(
            f"{PRAEFIKS}varsel",
            "Opsigelsesvarsel",
            "Det varsel, en plads opsiges med.",
            _varsel,
            formater=("tekst",),
        ),
        LevendeTal("styring.aar", "Styringsaftalens år", "Det år, reglerne gælder for.", _aar, formater=("aar",)),
        LevendeTal(
            "styring.regelsaet",
            "Regelsættets navn",
            "Det regelsæt, årets takstskemaer kontrolleres efter.",
            _regelsaetnavn,
            formater=("tekst",),
        ),
    )


def _levende(graense: Graensebeskrivelse) -> LevendeTal:
    if graense.enhed == "%":
        formater: tuple[str, ...] = ("procent",)
    elif isinstance(graense.standard, int):
        formater = ("hele", "ord")
    else:
        formater = ("hele",)
    return LevendeTal(
        noegle(graense.felt),
        graense.navn,
        f"{graense.bruges}. Regel {graense.regel}.",
        partial(_graense, graense=graense),
        enhed="" if graense.enhed in _UDEN_ENHED else graense.enhed,
        formater=formater,
    )


def styringsaftale_i(kontekst: Talkontekst) -> Styringsaftale:
    """The styringsaftale the text is; raises `TalMangler` in any other text."""
    fundet = kontekst.hukommelse.get(Styringsaftale.talnoegle)
    if fundet is None:
        raise TalMangler("Grænserne kan kun indsættes i en styringsaftale.")
    return fundet


def regler_i(kontekst: Talkontekst) -> Regler:
    """The limits of the text's year."""
    aftale = styringsaftale_i(kontekst)
    return kontekst.husk("styring.regler", aftale.regelsaet.regler)


def _graense(kontekst: Talkontekst, *, graense: Graensebeskrivelse) -> Talvaerdi:
    vaerdi: Decimal | int = getattr(regler_i(kontekst), graense.felt)
    regelsaet = styringsaftale_i(kontekst).regelsaet
    return Talvaerdi(
        vaerdi / 100 if graense.enhed == "%" else vaerdi,
        pr=regelsaet.navn,
        kilde=regelsaet.kilde(graense.felt) or regelsaet.navn,
        formel=f"{graense.navn} i regelsættet: {skriv_graense(vaerdi, graense.enhed)}",
        url=regelsaet.get_absolute_url(),
    )


def _varsel(kontekst: Talkontekst) -> Talvaerdi:
    regelsaet = styringsaftale_i(kontekst).regelsaet
    if not regelsaet.varsel:
        raise TalMangler("Regelsættet har intet opsigelsesvarsel.")
    return Talvaerdi(regelsaet.varsel, pr=regelsaet.navn, kilde=regelsaet.navn, url=regelsaet.get_absolute_url())


def _aar(kontekst: Talkontekst) -> Talvaerdi:
    return Talvaerdi(styringsaftale_i(kontekst).aar, kilde="Styringsaftalen")


def _regelsaetnavn(kontekst: Talkontekst) -> Talvaerdi:
    regelsaet = styringsaftale_i(kontekst).regelsaet
    return Talvaerdi(regelsaet.navn, kilde="Regler for takster", url=regelsaet.get_absolute_url())
