"""The limits of one styringsaftale as one value, so that no function carries a limit of its own."""

from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any


def _graense(standard: Decimal | int, *, regel: str, navn: str, enhed: str, bruges: str) -> Any:
    """A limit that can tell of itself: rule number, name, unit, and what it is used for."""
    return field(default=standard, metadata={"regel": regel, "navn": navn, "enhed": enhed, "bruges": bruges})


@dataclass(frozen=True, slots=True, kw_only=True)
class Regler:
    """Limits in force for a tariff year; the defaults are those of Styringsaftale 2021 and our own parameters.

    Percentages are in percent (95 means 95 %), amounts in kroner. `graensebeskrivelser` lists them all in words.
    """

    dage_pr_aar: int = _graense(
        365,
        regel="T14",
        navn="Dage i et takstår",
        enhed="dage",
        bruges="Døgntakst: grundlaget divideres med pladser, dage og belægning, også i skudår",
    )
    belaegning_forventet_min_pct: Decimal = _graense(
        Decimal(95),
        regel="T17",
        navn="Forventet belægning, nederste grænse",
        enhed="%",
        bruges="Ordinære tilbud: budgetteret belægning under grænsen kræver bemærkning og dispensation",
    )
    belaegning_anbefalet_max_pct: Decimal = _graense(
        Decimal(98),
        regel="T17",
        navn="Anbefalet belægning, øverste grænse",
        enhed="%",
        bruges="Ordinære tilbud: budgetteret belægning over grænsen giver en advarsel",
    )
    belaegning_max_pct: Decimal = _graense(
        Decimal(100),
        regel="T17",
        navn="Højeste belægning",
        enhed="%",
        bruges="Alle tilbud: budgetteret belægning over grænsen er en fejl",
    )
    belaegning_kort_min_pct: Decimal = _graense(
        Decimal(90),
        regel="T17",
        navn="Laveste belægning ved korte forløb, akut og aflastning",
        enhed="%",
        bruges="Korte forløb, akutpladser og aflastning: budgetteret belægning under grænsen er en fejl",
    )
    belaegning_decimaler: int = _graense(
        2,
        regel="T18",
        navn="Decimaler i beregnet belægning",
        enhed="decimaler",
        bruges="En beregnet belægning afrundes hertil, før den bruges",
    )
    belaegning_antal_aar: int = _graense(
        2,
        regel="T18",
        navn="År i den gennemsnitlige belægning",
        enhed="år",
        bruges="Beregnet belægning er gennemsnittet af så mange foregående år",
    )
    nyt_tilbud_driftsaar: int = _graense(
        1,
        regel="T61",
        navn="Driftsår med særlige vilkår for nye tilbud",
        enhed="år",
        bruges="Nye tilbud: lav belægning og fordeling af tabet gælder kun de første driftsår",
    )
    nyt_tilbud_afskrivning_aar: int = _graense(
        3,
        regel="T61",
        navn="År, et nyt tilbuds tab kan fordeles på",
        enhed="år",
        bruges="Nye tilbud: tabet i det første driftsår indregnes med lige store dele i så mange år",
    )
    taerskel_takstaendring_pct: Decimal = _graense(
        Decimal(5),
        regel="T43",
        navn="Ændring af taksten, der kræver en bemærkning",
        enhed="%",
        bruges="En ændring i samme priser på grænsen eller derover, op eller ned, kræver en bemærkning",
    )
    naesten_intet_pct: Decimal = _graense(
        Decimal(1),
        regel="T16",
        navn="Andel af sidste års linje, der ligner en tastefejl",
        enhed="%",
        bruges="En linje under denne andel af sidste års beløb kræver en bemærkning",
    )
    tolerance_kr: Decimal = _graense(
        Decimal(1),
        regel="T16",
        navn="Tilladt forskel mellem linjer og total",
        enhed="kr.",
        bruges="En oplyst total, en pension eller en rente må afvige så meget fra det beregnede",
    )
    resultatgraense_pct: Decimal = _graense(
        Decimal(5),
        regel="T23",
        navn="Over- og underskud, der bliver hos driftsherren",
        enhed="%",
        bruges="Andel af takstberegningsgrundlaget: overskud op til grænsen kan hensættes, underskud op til grænsen "
        "dækkes af driftsherren selv, og resten reguleres i taksten",
    )
    hensaettelse_aar: int = _graense(
        5,
        regel="T24",
        navn="År, et hensat overskud kan bruges i",
        enhed="år",
        bruges="Et hensat overskud skal være brugt så mange år efter det år, det kommer fra",
    )
    hensaettelse_varsel_maaneder: int = _graense(
        12,
        regel="T24",
        navn="Varsel, før et hensat overskud udløber",
        enhed="måneder",
        bruges="En hensættelse med en rest giver en advarsel, når der er så længe eller mindre til udløb",
    )
    regulering_tidligst_aar: int = _graense(
        1,
        regel="T25",
        navn="Regulering i taksten tidligst",
        enhed="år",
        bruges="Over- og underskud over grænsen kan tidligst reguleres i taksten så mange år efter",
    )
    regulering_senest_aar: int = _graense(
        2,
        regel="T25",
        navn="Regulering i taksten senest",
        enhed="år",
        bruges="Over- og underskud over grænsen skal være reguleret i taksten senest så mange år efter",
    )
    foelgeomkostninger_max_pct: Decimal = _graense(
        Decimal(5),
        regel="T39",
        navn="Variable følgeomkostninger, øverste grænse",
        enhed="%",
        bruges="Tillægsydelser og ATA-timetakst: et større tillæg for følgeomkostninger er en fejl",
    )
    ata_normaltid_fra_time: int = _graense(
        6,
        regel="T39",
        navn="Normal arbejdstid på hverdage begynder",
        enhed="klokkeslæt",
        bruges="ATA-timetakst: døgnkoefficienten gælder før dette klokkeslæt",
    )
    ata_normaltid_til_time: int = _graense(
        17,
        regel="T39",
        navn="Normal arbejdstid på hverdage slutter",
        enhed="klokkeslæt",
        bruges="ATA-timetakst: døgnkoefficienten gælder efter dette klokkeslæt",
    )
    pension_pct: Decimal = _graense(
        Decimal(25),
        regel="T54",
        navn="Tjenestemandspension som andel af lønnen",
        enhed="%",
        bruges="Pensionen beregnes af tjenestemændenes løn, når den faktiske udgift ikke bruges",
    )
    driftskapital_maaneder: int = _graense(
        2,
        regel="T53",
        navn="Måneder, driftsherren lægger ud",
        enhed="måneder",
        bruges="Forrentning af driftskapital: så længe går der typisk, fra ydelsen leveres, til køberen betaler",
    )
    overdragelse_annuitet_aar: int = _graense(
        10,
        regel="T50",
        navn="År, et kontant beløb ved overdragelse betales over",
        enhed="år",
        bruges="Overdragelse af et tilbud: er forpligtelserne størst, betales forskellen som en annuitet over så "
        "mange år",
    )
    mindst_skemaer_til_fast_andel: int = _graense(
        3,
        regel="T55",
        navn="Skemaer, før en fast andel vurderes",
        enhed="skemaer",
        bruges="Den samme andel af central administration i alle skemaer giver en advarsel, når der er så mange",
    )
    koebere_afvigelse_pct: Decimal = _graense(
        Decimal(10),
        regel="T8",
        navn="Forskel mellem det købte og det forventede salg",
        enhed="%",
        bruges="Det, køberne køber i alt, må afvige så meget fra pladser gange belægning, før der kommer en advarsel",
    )
    bemaerkning_min_tegn: int = _graense(
        10,
        regel="T43",
        navn="Mindste længde af en bemærkning",
        enhed="tegn",
        bruges="Kortere tekster tæller ikke som bemærkning, begrundelse eller beskrivelse",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Graensebeskrivelse:
    """One limit in words; `felt` is its name in `Regler`."""

    felt: str
    standard: Decimal | int
    regel: str
    navn: str
    enhed: str
    bruges: str


def graensebeskrivelser() -> tuple[Graensebeskrivelse, ...]:
    """Every limit of `Regler` in its order, for a page that lists them all."""
    return tuple(
        Graensebeskrivelse(felt=graense.name, standard=graense.default, **graense.metadata)
        for graense in fields(Regler)
    )


STANDARDREGLER = Regler()
