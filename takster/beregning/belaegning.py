"""Occupancy: the actual one, the three ways to budget it, and the range it must lie in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import afrund_kvotient, andel
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import Belaegningsprincip, Grad
from takster.beregning.regelsaet import Regler
from takster.beregning.trin import Beregningsfejl, Trin

FELT = "belaegning_pct"


def _pct(vaerdi: Decimal) -> str:
    return f"{skriv_tal(vaerdi)}{HAARDT_MELLEMRUM}%"


def realiseret_belaegning(aktivitet: Decimal | None, kapacitet: Decimal | None) -> Decimal | None:
    """T21: activity / capacity in percent, unrounded; places or hours alike; None when it cannot be known.

    It may pass 100 %: places above the agreed number can be used for a while.
    """
    broek = andel(aktivitet, kapacitet)
    return None if broek is None else broek * 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Aarsbelaegning:
    """One year's occupancy in percent; `er_forventet` marks a year that is not closed yet."""

    aar: int
    pct: Decimal
    er_forventet: bool = False

    def __str__(self) -> str:
        return f"{self.aar}{' (forventet)' if self.er_forventet else ''}: {_pct(self.pct)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Belaegningsresultat:
    """A computed occupancy in percent with the principle and the step behind it."""

    pct: Decimal
    princip: Belaegningsprincip
    trin: Trin


def beregn_gennemsnit(aarene: Sequence[Aarsbelaegning], *, regler: Regler) -> Belaegningsresultat:
    """T18: the mean of two different years' actual occupancy, rounded once.

    When a tariff is reported in October the running year is not closed, so the user chooses between the two latest
    closed years and a forecast; the step says which years were used. Raises Beregningsfejl unless there are two.
    """
    antal = regler.belaegning_antal_aar
    if len(aarene) != antal or len({aarsbelaegning.aar for aarsbelaegning in aarene}) != antal:
        raise Beregningsfejl(f"Indtast den faktiske belægning for {antal} forskellige år", felt="realiseret")
    sorteret = sorted(aarene, key=lambda aarsbelaegning: aarsbelaegning.aar)
    pct = afrund_kvotient(sum(aarsbelaegning.pct for aarsbelaegning in sorteret), antal, regler.belaegning_decimaler)
    return Belaegningsresultat(
        pct=pct,
        princip=Belaegningsprincip.BEREGNET,
        trin=Trin(
            navn="Budgetteret belægning",
            formel=f"Gennemsnit af den faktiske belægning i {antal} år",
            indsat="; ".join(map(str, sorteret)),
            resultat=_pct(pct),
            regel="T18",
        ),
    )


def beregn_nyt_tilbud(
    *, forventede_borgere: Decimal | None, pladser: Decimal | None, regler: Regler
) -> Belaegningsresultat:
    """T20, T61: expected citizens / places in the first operating year (8 of 12 is 66,67 %, not the printed 75 %)."""
    if forventede_borgere is None or forventede_borgere <= 0:
        raise Beregningsfejl("Indtast det forventede antal borgere", felt="forventede_borgere")
    if pladser is None or pladser <= 0:
        raise Beregningsfejl("Indtast antal pladser", felt="pladser")
    pct = afrund_kvotient(forventede_borgere * 100, pladser, regler.belaegning_decimaler)
    return Belaegningsresultat(
        pct=pct,
        princip=Belaegningsprincip.NYT_TILBUD,
        trin=Trin(
            navn="Budgetteret belægning",
            formel="Forventede borgere / pladser",
            indsat=f"{skriv_tal(forventede_borgere)} / {skriv_tal(pladser)}",
            resultat=_pct(pct),
            regel="T61",
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Belaegningsvalg:
    """What the takstskema says about its budgeted occupancy.

    `dispensation` is the reference to an exemption (new tilbud, special terms, payment until the end date).
    """

    pct: Decimal | None
    princip: str | None
    kort_forloeb: bool = False
    realiseret: tuple[Aarsbelaegning, ...] = ()
    forventede_borgere: Decimal | None = None
    pladser: Decimal | None = None
    driftsaar: int | None = None
    begrundelse: str = ""
    dispensation: str = ""


def kontroller_belaegning(valg: Belaegningsvalg, *, regler: Regler) -> list[Fund]:
    """T17-T20: one principle, the figure it gives, the reason it needs, and the range."""
    if valg.princip not in set(Belaegningsprincip):
        princip_fund = [
            Fund(
                "belaegningsprincip_mangler",
                "T20",
                Grad.FEJL,
                "belaegningsprincip",
                "Vælg, hvordan den budgetterede belægning er fundet",
            )
        ]
    else:
        princip_fund = _KONTROL_AF_PRINCIP[Belaegningsprincip(valg.princip)](valg, regler)
    return princip_fund + _kontroller_interval(valg, regler)


def _kontroller_beregnet(valg: Belaegningsvalg, regler: Regler) -> list[Fund]:
    return _kontroller_beregnet_tal(valg, "T18", lambda: beregn_gennemsnit(valg.realiseret, regler=regler))


def _kontroller_forventning(valg: Belaegningsvalg, regler: Regler) -> list[Fund]:
    if len(valg.begrundelse.strip()) >= regler.bemaerkning_min_tegn:
        return []
    tekst = f"Skriv, hvad forventningen til belægningen bygger på{_afvigelse(valg, regler)}"
    return [Fund("forventning_uden_begrundelse", "T19", Grad.BEMAERKNING, "belaegning_begrundelse", tekst)]


def _afvigelse(valg: Belaegningsvalg, regler: Regler) -> str:
    """T19: how far the expectation lies from the mean, when the mean is known."""
    try:
        gennemsnit = beregn_gennemsnit(valg.realiseret, regler=regler).pct
    except Beregningsfejl:
        return ""
    if valg.pct is None or valg.pct == gennemsnit:
        return ""
    retning = "over" if valg.pct > gennemsnit else "under"
    forskel = skriv_tal(abs(valg.pct - gennemsnit))
    return f". Den ligger {forskel} procentpoint {retning} gennemsnittet på {_pct(gennemsnit)}."


def _kontroller_nyt_tilbud(valg: Belaegningsvalg, regler: Regler) -> list[Fund]:
    fund = _kontroller_beregnet_tal(
        valg,
        "T61",
        lambda: beregn_nyt_tilbud(forventede_borgere=valg.forventede_borgere, pladser=valg.pladser, regler=regler),
    )
    if valg.driftsaar is not None and valg.driftsaar > regler.nyt_tilbud_driftsaar:
        fund.append(
            Fund(
                "nyt_tilbud_for_sent",
                "T61",
                Grad.FEJL,
                "belaegningsprincip",
                f"Tilbuddet er i sit {valg.driftsaar}. driftsår. Den lave belægning for nye tilbud gælder kun det "
                "første år. Vælg gennemsnit eller forventning.",
            )
        )
    return fund


def _kontroller_beregnet_tal(
    valg: Belaegningsvalg, regel: str, beregn: Callable[[], Belaegningsresultat]
) -> list[Fund]:
    try:
        resultat = beregn()
    except Beregningsfejl as fejl:
        return [Fund("belaegning_kan_ikke_beregnes", regel, Grad.FEJL, fejl.felt, fejl.besked)]
    if valg.pct is None or valg.pct == resultat.pct:
        return []
    return [
        Fund(
            "belaegning_stemmer_ikke",
            regel,
            Grad.FEJL,
            FELT,
            f"Belægningen er skrevet som {_pct(valg.pct)}, men beregnes til {_pct(resultat.pct)} "
            f"({resultat.trin.indsat}). Ret tallet, eller vælg en anden måde at fastsætte belægningen på.",
        )
    ]


_KONTROL_AF_PRINCIP = {
    Belaegningsprincip.BEREGNET: _kontroller_beregnet,
    Belaegningsprincip.FORVENTNING: _kontroller_forventning,
    Belaegningsprincip.NYT_TILBUD: _kontroller_nyt_tilbud,
}


def _kontroller_interval(valg: Belaegningsvalg, regler: Regler) -> list[Fund]:
    if valg.pct is None:
        return [Fund("belaegning_mangler", "T17", Grad.FEJL, FELT, "Indtast den budgetterede belægning")]
    if valg.pct <= 0:
        return [Fund("belaegning_nul", "T17", Grad.FEJL, FELT, "Belægningen skal være større end 0\u00a0%")]
    if valg.pct > regler.belaegning_max_pct:
        tekst = f"Belægningen må højst være {_pct(regler.belaegning_max_pct)}. Her står {_pct(valg.pct)}."
        return [Fund("belaegning_over_max", "T17", Grad.FEJL, FELT, tekst)]
    if valg.kort_forloeb:
        return _kontroller_kort_forloeb(valg, regler)
    if valg.pct < regler.belaegning_forventet_min_pct:
        return _kontroller_under_forventet(valg, regler)
    if valg.pct > regler.belaegning_anbefalet_max_pct:
        tekst = (
            f"Belægningen er {_pct(valg.pct)}. Det anbefales at budgettere med højst "
            f"{_pct(regler.belaegning_anbefalet_max_pct)}, så få tomme dage ikke giver underskud."
        )
        return [Fund("belaegning_over_anbefalet", "T17", Grad.ADVARSEL, FELT, tekst)]
    return []


def _kontroller_kort_forloeb(valg: Belaegningsvalg, regler: Regler) -> list[Fund]:
    if valg.pct >= regler.belaegning_kort_min_pct:
        return []
    tekst = (
        f"Belægningen er {_pct(valg.pct)}. Korte forløb, akutpladser og aflastning skal budgettere med mindst "
        f"{_pct(regler.belaegning_kort_min_pct)}."
    )
    return [Fund("belaegning_kort_under_min", "T17", Grad.FEJL, FELT, tekst)]


def _kontroller_under_forventet(valg: Belaegningsvalg, regler: Regler) -> list[Fund]:
    if valg.princip == Belaegningsprincip.NYT_TILBUD or valg.dispensation.strip():
        return []
    graense = _pct(regler.belaegning_forventet_min_pct)
    fund = [
        Fund(
            "belaegning_under_forventet_godkendelse",
            "T17",
            Grad.GODKENDELSE,
            FELT,
            f"Belægningen er {_pct(valg.pct)} og dermed under {graense}. Sekretariatet skal godkende den.",
        )
    ]
    if len(valg.begrundelse.strip()) < regler.bemaerkning_min_tegn:
        tekst = f"Skriv, hvorfor belægningen er {_pct(valg.pct)} og dermed under {graense}"
        fund.insert(0, Fund("belaegning_under_forventet", "T17", Grad.BEMAERKNING, "belaegning_begrundelse", tekst))
    return fund
