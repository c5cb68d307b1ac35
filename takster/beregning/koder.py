"""The stored codes that calculations and models share. `takster/enums.py` gives them Danish labels for forms."""

from enum import StrEnum


class Enhed(StrEnum):
    """What a tariff is charged per (T9)."""

    ENHED = "enhed"
    TIME = "time"
    DAG = "dag"
    DOEGN = "doegn"


class Belaegningsprincip(StrEnum):
    """How the budgeted occupancy was found; exactly one per tariff (T18, T19, T20)."""

    BEREGNET = "beregnet"
    FORVENTNING = "forventning"
    NYT_TILBUD = "nyt_tilbud"


class Kategori(StrEnum):
    """The cost categories of the styringsaftale (T42)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"
    H = "H"


class Grad(StrEnum):
    """What a finding demands: a correction, a look, a remark, or somebody's approval."""

    FEJL = "fejl"
    ADVARSEL = "advarsel"
    BEMAERKNING = "bemaerkning"
    GODKENDELSE = "godkendelse"


class Leasing(StrEnum):
    """How financially leased assets are in the tariff; one of them, never both ways (T47)."""

    INGEN = "ingen"
    YDELSER = "ydelser"
    AFSKRIVNING = "afskrivning"


class Pensionsmetode(StrEnum):
    """How pensions of civil servants are put in the tariff (T54)."""

    INGEN = "ingen"
    FAKTISK = "faktisk"
    PCT25 = "pct25"


class Afskrivningspraksis(StrEnum):
    """How depreciation was found (T51); the first two follow the budget and accounting system."""

    LINEAER = "lineaer"
    KARTOTEK = "kartotek"
    ANSKAFFELSER = "anskaffelser"
    ANDEN = "anden"


class Renteart(StrEnum):
    """What a yearly interest rate is for: results (T29), fixed and working capital (T52, T53), transfers (T50)."""

    RESULTAT = "resultat"
    ANLAEG = "anlaeg"
    DRIFTSKAPITAL = "driftskapital"
    OVERDRAGELSE = "overdragelse"


class Hensaettelsesformaal(StrEnum):
    """What a set-aside surplus may be used for (T24)."""

    UNDERSKUD = "underskud"
    EFFEKTIVISERING = "effektivisering"
    KVALITETSUDVIKLING = "kvalitetsudvikling"
    LIGNENDE = "lignende"


class Noegletype(StrEnum):
    """What an objective key measures (T11, T12); ANDEL is shares in percent that were agreed as such."""

    INDBYGGERE = "indbyggere"
    BRUGERE = "brugere"
    FORBRUG = "forbrug"
    ANDEL = "andel"
    ANDET = "andet"


class AtaMetode(StrEnum):
    """How the absence correction enters the ATA rate: added inside the bracket as printed, or multiplied (T39)."""

    ADDITIV = "additiv"
    MULTIPLIKATIV = "multiplikativ"


class Taksttype(StrEnum):
    """The five types of tariff (T32)."""

    GENNEMSNIT = "gennemsnit"
    GRUND = "grund"
    DIFFERENTIERET = "differentieret"
    TILLAEG = "tillaeg"
    INDIVIDUEL = "individuel"


class Tillaegsmetode(StrEnum):
    """How a supplement is priced (T39, T40)."""

    FAST_PRIS = "fast_pris"
    ATA_TIME = "ata_time"


class Stedtype(StrEnum):
    """The three kinds of cost place (T56)."""

    ENDELIG = "endelig"
    MIDLERTIDIG = "midlertidig"
    EKSTERN = "ekstern"


class Noeglegrundlag(StrEnum):
    """What a distribution key measures (T57); ANDEL is shares that are given as such."""

    PLADSER = "pladser"
    AARSVAERK = "aarsvaerk"
    KVADRATMETER = "kvadratmeter"
    TIMER = "timer"
    BORGERE = "borgere"
    LOENSUM = "loensum"
    ANDET = "andet"
    ANDEL = "andel"
