"""Who decides what (T69), as data: event → body → where it may be sent on to."""

from dataclasses import dataclass
from enum import StrEnum


class Organ(StrEnum):
    """The bodies that decide."""

    DRIFTSHERRE = "driftsherre"
    FU = "fu"
    DAS = "das"
    KKR = "kkr"
    PARTERNE = "parterne"


ORGANNAVNE = {
    Organ.DRIFTSHERRE: "driftsherren",
    Organ.FU: "forretningsudvalget (FU)",
    Organ.DAS: "DAS",
    Organ.KKR: "KKR",
    Organ.PARTERNE: "parternes kommunalbestyrelser og regionsråd",
}


class Haendelse(StrEnum):
    """What is decided."""

    KATEGORISKIFT = "kategoriskift"
    ANDEN_FINANSIERING = "anden_finansiering"
    SAERVILKAAR = "saervilkaar"
    PLADSER_I_AARET = "pladser_i_aaret"
    TAKST_I_AARET = "takst_i_aaret"
    LUKNING = "lukning"
    AENDRING_VED_INDBERETNING = "aendring_ved_indberetning"
    FAELLES_VILKAAR = "faelles_vilkaar"
    AFTALEN = "aftalen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kompetence:
    """One row: `organ` decides unless it sends the matter on, or delegates it, to one in `kan_sendes_til`."""

    haendelse: Haendelse
    navn: str
    organ: Organ
    kan_sendes_til: frozenset[Organ] = frozenset()
    forudsaetning: str = ""
    regler: tuple[str, ...]


KOMPETENCER = (
    Kompetence(
        haendelse=Haendelse.KATEGORISKIFT,
        navn="Skift af kategori",
        organ=Organ.DAS,
        kan_sendes_til=frozenset({Organ.FU}),
        forudsaetning="På årets sidste møde i DAS",
        regler=("T5",),
    ),
    Kompetence(
        haendelse=Haendelse.ANDEN_FINANSIERING,
        navn="Anden finansiering end takst",
        organ=Organ.DAS,
        regler=("T10",),
    ),
    Kompetence(
        haendelse=Haendelse.SAERVILKAAR,
        navn="Særlige vilkår for en målgruppe",
        organ=Organ.DAS,
        kan_sendes_til=frozenset({Organ.KKR}),
        regler=("T63",),
    ),
    Kompetence(
        haendelse=Haendelse.PLADSER_I_AARET,
        navn="Ændret antal pladser i løbet af året",
        organ=Organ.FU,
        kan_sendes_til=frozenset({Organ.DAS}),
        forudsaetning="Særlige omstændigheder",
        regler=("T67",),
    ),
    Kompetence(
        haendelse=Haendelse.TAKST_I_AARET,
        navn="Ændret takst i løbet af året",
        organ=Organ.FU,
        kan_sendes_til=frozenset({Organ.DAS}),
        forudsaetning="Særlige omstændigheder",
        regler=("T68",),
    ),
    Kompetence(
        haendelse=Haendelse.LUKNING,
        navn="Lukning af et tilbud",
        organ=Organ.DRIFTSHERRE,
        forudsaetning="Efter en måneds høring af DAS",
        regler=("T64",),
    ),
    Kompetence(
        haendelse=Haendelse.AENDRING_VED_INDBERETNING,
        navn="Årlig ændring ved takstindberetningen",
        organ=Organ.DRIFTSHERRE,
        forudsaetning="Med en bemærkning",
        regler=("T6", "T43"),
    ),
    Kompetence(
        haendelse=Haendelse.FAELLES_VILKAAR,
        navn="Fælles vilkår for regionens kommunikationsydelser (niveau 1)",
        organ=Organ.DAS,
        regler=("T88",),
    ),
    Kompetence(
        haendelse=Haendelse.AFTALEN,
        navn="Selve aftalen",
        organ=Organ.PARTERNE,
        forudsaetning="Efter anbefaling fra KKR",
        regler=(),
    ),
)

KOMPETENCE_FOR = {kompetence.haendelse: kompetence for kompetence in KOMPETENCER}


def maa_afgoere(haendelse: Haendelse, organ: Organ, *, sendt_til: Organ | None = None) -> bool:
    """T69: the body itself, or the one the matter is sent on to when the rule allows that; nobody else."""
    kompetence = KOMPETENCE_FOR[haendelse]
    if sendt_til is None:
        return organ == kompetence.organ
    return organ == sendt_til and sendt_til in kompetence.kan_sendes_til
