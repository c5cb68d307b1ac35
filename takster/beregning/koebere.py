"""What next year's tariffs mean for the municipalities that buy: price effect, volume effect and the two together.

The driftsherre states who buys how much of each ydelse: whole-year places (*helårspladser*) where the tariff is per
day, otherwise hours or units. A cost is volume × price per volume and is rounded to øre once, in its row; every total
is the sum of the rows shown, so that sums by tilbud, by municipality and in all agree to the øre.

With the rounded costs A (this year's volume and price), B (next year's volume at this year's price) and C (next year's
volume and price), the volume effect is B − A, the price effect C − B, and the change C − A: the parts always add up.
A missing tariff or volume leaves the cost unknown and never 0; the row is counted as incomplete and stands outside the
change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.dansk import sorteringsnoegle
from socialaftale.kerne.penge import afrund, andel, i_alt
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr, skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import Enhed, Grad
from takster.beregning.trin import Trin

_MAENGDEORD = {
    Enhed.DOEGN: ("helårsplads", "helårspladser"),
    Enhed.DAG: ("helårsplads", "helårspladser"),
    Enhed.TIME: ("time", "timer"),
    Enhed.ENHED: ("enhed", "enheder"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ydelsespris:
    """The tariff of a ydelse in a year. `dage` is 365 for døgn and the days open for dag, else None (T14).

    `er_foreloebig`: the tariff is reported but not published.
    """

    ydelse: str
    aar: int
    enhed: Enhed
    takst: Decimal
    dage: int | None = None
    er_foreloebig: bool = False

    def __post_init__(self) -> None:
        if (self.dage is None) == (self.enhed in (Enhed.DOEGN, Enhed.DAG)):
            raise ValueError(f"{self.ydelse}: days are stated for tariffs per day, and only for those.")

    @property
    def pr_maengde(self) -> Decimal:
        """Kroner per whole-year place, or per hour or unit."""
        return self.takst if self.dage is None else afrund(self.takst * self.dage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Koeb:
    """What one municipality buys of one ydelse this year and next; None is not stated, 0 is nothing.

    Where only one volume is known, give it for both years: then the whole change is the price effect.
    """

    kommune: str
    tilbud: str
    ydelse: str
    navn: str
    maengde_nu: Decimal | None
    maengde_naeste: Decimal | None

    def __post_init__(self) -> None:
        if any(maengde is not None and maengde < 0 for maengde in (self.maengde_nu, self.maengde_naeste)):
            raise ValueError(f"{self.kommune} cannot buy less than nothing of {self.ydelse}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Koebsraekke:
    """One purchase in kroner. None is unknown.

    `uaendret_pris` is next year's volume at this year's price. It and the two effects are None when the change cannot
    be divided: the ydelse has no tariff this year, or another unit. `trin` is written when it is asked for: the tables
    show the figures alone.
    """

    aar: int
    koeb: Koeb
    pris_nu: Ydelsespris | None
    pris_naeste: Ydelsespris | None
    udgift_nu: Decimal | None
    udgift_naeste: Decimal | None
    uaendret_pris: Decimal | None
    er_foreloebig: bool
    fund: tuple[Fund, ...]

    @property
    def maengdeeffekt(self) -> Decimal | None:
        return None if self.uaendret_pris is None else self.uaendret_pris - self.udgift_nu

    @property
    def priseffekt(self) -> Decimal | None:
        return None if self.uaendret_pris is None else self.udgift_naeste - self.uaendret_pris

    @property
    def aendring(self) -> Decimal | None:
        if self.udgift_nu is None or self.udgift_naeste is None:
            return None
        return self.udgift_naeste - self.udgift_nu

    @property
    def har_trin(self) -> bool:
        """Is there anything to show the calculation of? Tells without writing it."""
        return self.uaendret_pris is not None or any(
            pris is not None and udgift is not None
            for pris, udgift in ((self.pris_nu, self.udgift_nu), (self.pris_naeste, self.udgift_naeste))
        )

    @property
    def trin(self) -> tuple[Trin, ...]:
        return _trin(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Koebssum:
    """Sums of rows in kroner.

    `udgift_nu` and `udgift_naeste` add what is known. The change is made of the rows where both are known, from
    `sammenlignet_nu` to `sammenlignet_naeste`: aendring = priseffekt + maengdeeffekt + ikke_delt, where `ikke_delt` is
    the change of rows that cannot be divided. `antal_ukendte` rows stand outside the change.
    """

    udgift_nu: Decimal
    udgift_naeste: Decimal
    sammenlignet_nu: Decimal
    sammenlignet_naeste: Decimal
    priseffekt: Decimal
    maengdeeffekt: Decimal
    ikke_delt: Decimal
    antal: int
    antal_ukendte: int
    er_foreloebig: bool

    @property
    def aendring(self) -> Decimal:
        return self.sammenlignet_naeste - self.sammenlignet_nu

    @property
    def aendring_pct(self) -> Decimal | None:
        """The change in percent of this year's cost of the same rows, unrounded; None when that is 0."""
        broek = andel(self.aendring, self.sammenlignet_nu)
        return None if broek is None else broek * 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Tilbudskoeb:
    """What one municipality buys of one tilbud."""

    tilbud: str
    raekker: tuple[Koebsraekke, ...]
    i_alt: Koebssum


@dataclass(frozen=True, slots=True, kw_only=True)
class Kommunekoeb:
    """What one municipality buys in all."""

    kommune: str
    tilbud: tuple[Tilbudskoeb, ...]
    i_alt: Koebssum


@dataclass(frozen=True, slots=True, kw_only=True)
class Koebsoversigt:
    """All buyers in Danish order, and the sum of them."""

    aar: int
    kommuner: tuple[Kommunekoeb, ...]
    i_alt: Koebssum

    @property
    def fund(self) -> tuple[Fund, ...]:
        return tuple(
            fund
            for kommune in self.kommuner
            for tilbud in kommune.tilbud
            for raekke in tilbud.raekker
            for fund in raekke.fund
        )


def med_foreloebige(
    offentliggjorte: Mapping[str, Ydelsespris], foreloebige: Mapping[str, Ydelsespris]
) -> dict[str, Ydelsespris]:
    """What if: tariffs that are reported but not published fill the gaps, and never displace a published one.

    ValueError for a tariff among them that is not marked as provisional.
    """
    if umaerkede := sorted(noegle for noegle, pris in foreloebige.items() if not pris.er_foreloebig):
        raise ValueError(f"Not marked as provisional: {', '.join(umaerkede)}")
    return {**foreloebige, **offentliggjorte}


def beregn_koeb(
    koeb: Iterable[Koeb],
    *,
    aar: int,
    priser_nu: Mapping[str, Ydelsespris],
    priser_naeste: Mapping[str, Ydelsespris],
) -> Koebsoversigt:
    """The cost of the tariff year `aar` against the year before, for every municipality that buys.

    Prices are by ydelse; one that is absent is missing. ValueError when a municipality has two rows of a ydelse, or a
    price is of another year.
    """
    for priser, prisaar in ((priser_nu, aar - 1), (priser_naeste, aar)):
        if forkerte := sorted(noegle for noegle, pris in priser.items() if pris.aar != prisaar):
            raise ValueError(f"Not prices of {prisaar}: {', '.join(forkerte)}")
    grupper: dict[str, dict[str, list[Koebsraekke]]] = {}
    sete = set()
    for et_koeb in koeb:
        if (noegle := (et_koeb.kommune, et_koeb.ydelse)) in sete:
            raise ValueError(f"{et_koeb.kommune} has two rows of {et_koeb.ydelse}.")
        sete.add(noegle)
        raekke = _raekke(et_koeb, priser_nu.get(et_koeb.ydelse), priser_naeste.get(et_koeb.ydelse), aar)
        grupper.setdefault(et_koeb.kommune, {}).setdefault(et_koeb.tilbud, []).append(raekke)
    kommuner = tuple(_kommune(navn, grupper[navn]) for navn in sorted(grupper, key=sorteringsnoegle))
    alle = [raekke for kommune in kommuner for tilbud in kommune.tilbud for raekke in tilbud.raekker]
    return Koebsoversigt(aar=aar, kommuner=kommuner, i_alt=summer(alle))


def _kommune(navn: str, tilbud: Mapping[str, list[Koebsraekke]]) -> Kommunekoeb:
    dele = []
    for tilbudsnavn in sorted(tilbud, key=sorteringsnoegle):
        raekker = sorted(tilbud[tilbudsnavn], key=lambda r: (sorteringsnoegle(r.koeb.navn), r.koeb.ydelse))
        dele.append(Tilbudskoeb(tilbud=tilbudsnavn, raekker=tuple(raekker), i_alt=summer(raekker)))
    return Kommunekoeb(
        kommune=navn, tilbud=tuple(dele), i_alt=summer(raekke for del_ in dele for raekke in del_.raekker)
    )


def summer(raekker: Iterable[Koebsraekke]) -> Koebssum:
    """The sum of any rows, e.g. of one driftsherre or one ydelse across municipalities."""
    raekker = list(raekker)
    kendte = [raekke for raekke in raekker if raekke.udgift_nu is not None and raekke.udgift_naeste is not None]
    delte = [raekke for raekke in kendte if raekke.uaendret_pris is not None]
    udelte = [raekke for raekke in kendte if raekke.uaendret_pris is None]
    return Koebssum(
        udgift_nu=i_alt(raekke.udgift_nu for raekke in raekker if raekke.udgift_nu is not None),
        udgift_naeste=i_alt(raekke.udgift_naeste for raekke in raekker if raekke.udgift_naeste is not None),
        sammenlignet_nu=i_alt(raekke.udgift_nu for raekke in kendte),
        sammenlignet_naeste=i_alt(raekke.udgift_naeste for raekke in kendte),
        priseffekt=i_alt(raekke.priseffekt for raekke in delte),
        maengdeeffekt=i_alt(raekke.maengdeeffekt for raekke in delte),
        ikke_delt=i_alt(raekke.aendring for raekke in udelte),
        antal=len(raekker),
        antal_ukendte=len(raekker) - len(kendte),
        er_foreloebig=any(raekke.er_foreloebig for raekke in raekker),
    )


def _udgift(maengde: Decimal | None, pris: Ydelsespris | None) -> Decimal | None:
    """Nothing costs nothing whatever the price; otherwise both must be known."""
    if maengde == 0:
        return Decimal(0)
    return None if maengde is None or pris is None else afrund(maengde * pris.pr_maengde)


def _raekke(koeb: Koeb, pris_nu: Ydelsespris | None, pris_naeste: Ydelsespris | None, aar: int) -> Koebsraekke:
    nu, naeste = _udgift(koeb.maengde_nu, pris_nu), _udgift(koeb.maengde_naeste, pris_naeste)
    samme_enhed = pris_nu is None or pris_naeste is None or pris_nu.enhed == pris_naeste.enhed
    uaendret_pris = _udgift(koeb.maengde_naeste, pris_nu) if samme_enhed else None
    kan_deles = None not in (nu, naeste, uaendret_pris)
    return Koebsraekke(
        aar=aar,
        koeb=koeb,
        pris_nu=pris_nu,
        pris_naeste=pris_naeste,
        udgift_nu=nu,
        udgift_naeste=naeste,
        uaendret_pris=uaendret_pris if kan_deles else None,
        er_foreloebig=any(pris is not None and pris.er_foreloebig for pris in (pris_nu, pris_naeste)),
        fund=tuple(_mangler(koeb, aar - 1, nu, pris_nu, koeb.maengde_nu))
        + tuple(_mangler(koeb, aar, naeste, pris_naeste, koeb.maengde_naeste)),
    )


def _mangler(
    koeb: Koeb, aar: int, udgift: Decimal | None, pris: Ydelsespris | None, maengde: Decimal | None
) -> Iterable[Fund]:
    if udgift is not None:
        return
    sted = f"{koeb.tilbud}, {koeb.navn}"
    if pris is None:
        tekst = f"{sted}: Taksten for {aar} mangler, så udgiften for {koeb.kommune} er ikke kendt"
        yield Fund("takst_mangler", "T13", Grad.ADVARSEL, koeb.ydelse, tekst)
    if maengde is None:
        tekst = f"{sted}: Det er ikke oplyst, hvor meget {koeb.kommune} køber i {aar}"
        yield Fund("maengde_mangler", "T8", Grad.ADVARSEL, koeb.ydelse, tekst)


def _trin(raekke: Koebsraekke) -> tuple[Trin, ...]:
    koeb, aar, uaendret_pris = raekke.koeb, raekke.aar, raekke.uaendret_pris
    nu, naeste = raekke.udgift_nu, raekke.udgift_naeste
    trin = [
        _udgiftstrin(udgiftsaar, maengde, pris, udgift)
        for udgiftsaar, maengde, pris, udgift in (
            (aar - 1, koeb.maengde_nu, raekke.pris_nu, nu),
            (aar, koeb.maengde_naeste, raekke.pris_naeste, naeste),
        )
        if pris is not None and udgift is not None
    ]
    if uaendret_pris is not None:
        if raekke.pris_nu is not None:
            trin.insert(
                1, _udgiftstrin(aar, koeb.maengde_naeste, raekke.pris_nu, uaendret_pris, med_prisen_fra=aar - 1)
            )
        for navn, fra, til in (("Ændret mængde", nu, uaendret_pris), ("Ændret pris", uaendret_pris, naeste)):
            trin.append(
                Trin(
                    navn=navn,
                    formel="Udgift efter − udgift før",
                    indsat=f"{skriv_beloeb(til)} − {skriv_beloeb(fra)}",
                    resultat=skriv_kr(til - fra),
                    regel="T14",
                )
            )
    return tuple(trin)


def _udgiftstrin(
    aar: int, maengde: Decimal, pris: Ydelsespris, udgift: Decimal, *, med_prisen_fra: int | None = None
) -> Trin:
    ental, flertal = _MAENGDEORD[pris.enhed]
    pris_tekst = skriv_beloeb(pris.takst) if pris.dage is None else f"({skriv_beloeb(pris.takst)} × {pris.dage})"
    return Trin(
        navn=f"Udgift i {aar}" if med_prisen_fra is None else f"Udgift i {aar} med prisen fra {med_prisen_fra}",
        formel=f"{flertal[0].upper()}{flertal[1:]} × pris pr. {ental}, afrundet til øre",
        indsat=f"{skriv_tal(maengde)} × {pris_tekst}",
        resultat=skriv_kr(udgift),
        regel="T14",
    )
