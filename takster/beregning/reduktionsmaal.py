"""An agreed reduction of the tariffs, proven driftsherre by driftsherre (T91).

The target concerns the driftsherre's *total* takstberegningsgrundlag of its socialaftaletilbud and no single tilbud:
1 − ΣG(year, in the base year's prices) / ΣG(base year) ≥ target. Percentages are in percent, amounts in kroner. Each
year's agreed reductions are added up as the source does, not compounded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from socialaftale.kerne.dansk import sorteringsnoegle
from socialaftale.kerne.penge import afrund, afrund_kvotient, i_alt
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr, skriv_pct
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad
from takster.beregning.regulering import SERVICE, PlSats, fremskriv
from takster.beregning.trin import Trin

DECIMALER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Aarskrav:
    """What was agreed for one year: the general reduction of tariffs, and the part found in dialogue."""

    aar: int
    takst_pct: Decimal
    dialog_pct: Decimal = Decimal(0)

    @property
    def i_alt_pct(self) -> Decimal:
        return self.takst_pct + self.dialog_pct


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduktionsmaal:
    """An agreed reduction since a base year, year by year; ValueError unless the years follow the base year."""

    basisaar: int
    krav: tuple[Aarskrav, ...]

    def __post_init__(self) -> None:
        if [krav.aar for krav in self.krav] != list(range(self.basisaar + 1, self.basisaar + 1 + len(self.krav))):
            raise ValueError(f"The years of a target must follow {self.basisaar} one by one.")

    def takst_pct(self, aar: int) -> Decimal:
        """The reduction of tariffs agreed up to and including the year: the one each driftsherre must show."""
        return i_alt(krav.takst_pct for krav in self.krav if krav.aar <= aar)

    def i_alt_pct(self, aar: int) -> Decimal:
        """The whole reduction agreed up to and including the year."""
        return i_alt(krav.i_alt_pct for krav in self.krav if krav.aar <= aar)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grundlagspost:
    """The takstberegningsgrundlag of one tilbud in one year's own prices."""

    driftsherre: str
    noegle: str
    navn: str
    aar: int
    grundlag: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Bevisraekke:
    """One tilbud in the proof; None in a year it has no grundlag. `faste_priser` is the later year in base prices."""

    noegle: str
    navn: str
    basis: Decimal | None
    loebende: Decimal | None
    faste_priser: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduktionsbevis:
    """Whether one driftsherre has reached the target.

    `reduktion_pct` is rounded for display, while `er_naaet` is decided from the exact fraction; both are None when
    there is nothing to measure by. `mangler` is what the later year's grundlag in base prices lies above the target,
    rounded up to øre; 0 when it is reached.
    """

    driftsherre: str
    basisaar: int
    aar: int
    maal_pct: Decimal
    raekker: tuple[Bevisraekke, ...]
    basis: Decimal | None
    faste_priser: Decimal | None
    reduktion_pct: Decimal | None
    er_naaet: bool | None
    mangler: Decimal | None
    trin: tuple[Trin, ...]
    fund: tuple[Fund, ...]


def bevis_pr_driftsherre(
    poster: Iterable[Grundlagspost],
    maal: Reduktionsmaal,
    *,
    aar: int,
    satser: Iterable[PlSats],
    type: str = SERVICE,
) -> tuple[Reduktionsbevis, ...]:
    """T91: the proof of every driftsherre, in Danish order. Posts of other years than the two are ignored.

    Raises ManglendeSats when a year has no rate, ValueError when a tilbud occurs twice in a year or the year is not
    after the base year.
    """
    if aar <= maal.basisaar:
        raise ValueError(f"The year {aar} is not after the base year {maal.basisaar}.")
    satser = tuple(satser)
    grupper: dict[str, dict[str, dict[int, Grundlagspost]]] = {}
    for post in poster:
        if post.aar not in (maal.basisaar, aar):
            continue
        aarene = grupper.setdefault(post.driftsherre, {}).setdefault(post.noegle, {})
        if aarene.setdefault(post.aar, post) is not post:
            raise ValueError(f"{post.noegle} has two grundlag in {post.aar}.")
    return tuple(
        _bevis(driftsherre, _raekker(grupper[driftsherre], maal.basisaar, aar, satser, type), maal, aar)
        for driftsherre in sorted(grupper, key=sorteringsnoegle)
    )


def _raekker(
    tilbud: dict[str, dict[int, Grundlagspost]], basisaar: int, aar: int, satser: Sequence[PlSats], type_: str
) -> tuple[Bevisraekke, ...]:
    raekker = []
    for noegle, aarene in tilbud.items():
        basis, ny = aarene.get(basisaar), aarene.get(aar)
        raekker.append(
            Bevisraekke(
                noegle=noegle,
                navn=(ny or basis).navn,
                basis=basis and basis.grundlag,
                loebende=ny and ny.grundlag,
                faste_priser=ny and fremskriv(ny.grundlag, aar, basisaar, satser, type=type_),
            )
        )
    return tuple(sorted(raekker, key=lambda raekke: (sorteringsnoegle(raekke.navn), raekke.noegle)))


def _bevis(driftsherre: str, raekker: tuple[Bevisraekke, ...], maal: Reduktionsmaal, aar: int) -> Reduktionsbevis:
    basisaar, maal_pct = maal.basisaar, maal.takst_pct(aar)
    i_basisaar = [raekke.basis for raekke in raekker if raekke.basis is not None]
    i_aar = [raekke.faste_priser for raekke in raekker if raekke.faste_priser is not None]
    basis, faste = (i_alt(tal) if tal else None for tal in (i_basisaar, i_aar))
    uden_trin = {
        "driftsherre": driftsherre,
        "basisaar": basisaar,
        "aar": aar,
        "maal_pct": maal_pct,
        "raekker": raekker,
        "basis": basis,
        "faste_priser": faste,
    }
    fund = _kun_i_det_ene_aar(raekker, basisaar, aar)
    if not basis or faste is None:
        mangler_aar = basisaar if not basis else aar
        tekst = f"{driftsherre} har intet takstberegningsgrundlag for {mangler_aar}, så målet kan ikke efterprøves"
        fund.insert(0, Fund("reduktion_uden_grundlag", "T91", Grad.ADVARSEL, "grundlag", tekst))
        return Reduktionsbevis(**uden_trin, reduktion_pct=None, er_naaet=None, mangler=None, trin=(), fund=tuple(fund))
    reduktion = (1 - Fraction(faste) / Fraction(basis)) * 100
    loft = Fraction(basis) * (1 - Fraction(maal_pct) / 100)
    over = Fraction(faste) - loft
    reduktion_pct = afrund_kvotient(reduktion.numerator, reduktion.denominator, DECIMALER)
    mangler = Decimal(-((-over * 100) // 1)) / 100 if over > 0 else Decimal(0)
    if over > 0:
        tekst = (
            f"{driftsherre} har sat taksterne ned med {skriv_pct(reduktion_pct, DECIMALER)} siden {basisaar}. "
            f"Målet er {skriv_pct(maal_pct)}, så der mangler {skriv_kr(mangler)}"
        )
        fund.insert(0, Fund("reduktion_ikke_naaet", "T91", Grad.ADVARSEL, "grundlag", tekst))
    return Reduktionsbevis(
        **uden_trin,
        reduktion_pct=reduktion_pct,
        er_naaet=over <= 0,
        mangler=afrund(mangler),
        trin=_trin(basis, faste, reduktion_pct, maal_pct, er_naaet=over <= 0, basisaar=basisaar, aar=aar),
        fund=tuple(fund),
    )


def _kun_i_det_ene_aar(raekker: Iterable[Bevisraekke], basisaar: int, aar: int) -> list[Fund]:
    """A tilbud that came or went moves the total without anybody having reduced anything."""
    fund = []
    for raekke in raekker:
        if raekke.basis is not None and raekke.loebende is not None:
            continue
        kendt = basisaar if raekke.loebende is None else aar
        tekst = f"{raekke.navn} er kun med i {kendt}. Se efter, om summerne kan sammenlignes"
        fund.append(Fund("reduktion_kun_et_aar", "T91", Grad.ADVARSEL, raekke.noegle, tekst))
    return fund


def _trin(
    basis: Decimal,
    faste: Decimal,
    reduktion_pct: Decimal,
    maal_pct: Decimal,
    *,
    er_naaet: bool,
    basisaar: int,
    aar: int,
) -> tuple[Trin, ...]:
    return (
        Trin(
            navn=f"Samlet takstberegningsgrundlag i {basisaar}",
            formel="Summen af driftsherrens tilbud",
            indsat=f"{basisaar}-priser",
            resultat=skriv_kr(basis),
            regel="T91",
        ),
        Trin(
            navn=f"Samlet takstberegningsgrundlag i {aar}",
            formel="Summen af driftsherrens tilbud, hvert skrevet tilbage med pris- og lønsatserne",
            indsat=f"{basisaar}-priser",
            resultat=skriv_kr(faste),
            regel="T93",
        ),
        Trin(
            navn="Reduktion",
            formel=f"1 − grundlag i {aar} / grundlag i {basisaar}",
            indsat=f"1 − {skriv_beloeb(faste)} / {skriv_beloeb(basis)}",
            resultat=skriv_pct(reduktion_pct, DECIMALER),
            regel="T91",
        ),
        Trin(
            navn="Målet",
            formel="Reduktionen skal være mindst lige så stor som målet",
            indsat=f"{skriv_pct(reduktion_pct, DECIMALER)} mod {skriv_pct(maal_pct, DECIMALER)}",
            resultat="Nået" if er_naaet else "Ikke nået",
            regel="T91",
        ),
    )
