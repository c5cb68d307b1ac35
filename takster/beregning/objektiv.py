"""Objective financing: a cost distributed on municipalities by a key instead of a price (T11, T12).

The participants' amounts add up to the cost to the krone: the unrounded share decides, and the kroner that are left go
to the largest remainders.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import afrund, andel, fordel, i_alt
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_beloeb, skriv_kr, skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad, Noegletype
from takster.beregning.trin import Beregningsfejl, Trin

ANDELE_I_ALT = 100
_DECIMALER = 4


def deltagerfelt(kommune: int) -> str:
    """What findings call the key value of a municipality."""
    return f"noegletal_{kommune}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deltager:
    """A municipality with its key value; None is "nothing entered". One that has opted out keeps its value."""

    kommune: int
    navn: str
    noegletal: Decimal | None
    er_med: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fordelingsgrundlag:
    """What is distributed, by which key and on whom; whole kroner.

    `overskud` is an earlier surplus that lowers the amount (below 0: a deficit). `er_lovbestemt` is T11: nobody can
    opt out, and the key is the population.
    """

    omkostning: Decimal
    deltagere: Sequence[Deltager]
    noegletype: str = Noegletype.INDBYGGERE
    overskud: Decimal = Decimal(0)
    er_lovbestemt: bool = False

    @property
    def beloeb(self) -> Decimal:
        return self.omkostning - self.overskud

    @property
    def regel(self) -> str:
        return "T11" if self.er_lovbestemt else "T12"

    @property
    def med(self) -> list[Deltager]:
        return [deltager for deltager in self.deltagere if deltager.er_med]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deltagerandel:
    """What one municipality pays; the share is unrounded and never computed from."""

    deltager: Deltager
    andel: Decimal
    beloeb: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Fordeling:
    """The members' amounts in the order of the participants; together exactly the amount to be distributed."""

    grundlag: Fordelingsgrundlag
    andele: tuple[Deltagerandel, ...]
    noegle_i_alt: Decimal
    trin: tuple[Trin, ...]

    @property
    def beloeb(self) -> dict[int, Decimal]:
        """By municipality."""
        return {en.deltager.kommune: en.beloeb for en in self.andele}


def kontroller_grundlag(grundlag: Fordelingsgrundlag) -> list[Fund]:
    """T11, T12: a cost, members with key values, and shares that add up where shares are the key."""
    fejl = [*_kontroller_beloeb(grundlag), *_kontroller_deltagere(grundlag)]
    if grundlag.er_lovbestemt and grundlag.noegletype != Noegletype.INDBYGGERE:
        fejl.append(
            ("lovbestemt_noegle", "noegletype", "Lovbestemt objektiv finansiering fordeles efter indbyggertal")
        )
    sum_ = i_alt(en.noegletal for en in grundlag.deltagere if en.noegletal is not None)
    if grundlag.noegletype == Noegletype.ANDEL and sum_ != ANDELE_I_ALT:
        tekst = (
            f"Andelene giver tilsammen {skriv_tal(sum_, _DECIMALER)}{HAARDT_MELLEMRUM}%. De skal give "
            f"{ANDELE_I_ALT}{HAARDT_MELLEMRUM}%, også når nogen har valgt fra."
        )
        fejl.append(("andele_summer_ikke", "deltagere", tekst))
    if not fejl and not any(en.noegletal for en in grundlag.med):
        fejl.append(("noegletal_nul", "deltagere", "Mindst ét nøgletal skal være over 0"))
    return [Fund(kode, grundlag.regel, Grad.FEJL, felt, tekst) for kode, felt, tekst in fejl]


def _kontroller_beloeb(grundlag: Fordelingsgrundlag) -> list[tuple[str, str, str]]:
    for felt, beloeb in (("omkostning", grundlag.omkostning), ("overskud", grundlag.overskud)):
        if afrund(beloeb, 0) != beloeb:
            return [("hele_kroner", felt, "Skriv beløbet i hele kroner")]
    if grundlag.omkostning <= 0:
        return [("omkostning_mangler", "omkostning", "Skriv den omkostning, der skal fordeles")]
    if grundlag.beloeb < 0:
        return [("overskud_over_omkostning", "overskud", "Overskuddet er større end omkostningen")]
    return []


def _kontroller_deltagere(grundlag: Fordelingsgrundlag) -> list[tuple[str, str, str]]:
    fejl = [] if grundlag.med else [("ingen_deltagere", "deltagere", "Mindst én kommune skal være med")]
    for en in grundlag.deltagere:
        felt = deltagerfelt(en.kommune)
        if en.noegletal is None and en.er_med:
            fejl.append(("noegletal_mangler", felt, f"{en.navn} er med, men mangler et nøgletal"))
        elif en.noegletal is not None and en.noegletal < 0:
            fejl.append(("noegletal_negativt", felt, f"{en.navn}: nøgletallet skal være 0 eller mere"))
        if grundlag.er_lovbestemt and not en.er_med:
            tekst = f"{en.navn} kan ikke vælge fra, når finansieringen er bestemt ved lov"
            fejl.append(("lovbestemt_fravalg", felt, tekst))
    return fejl


def kontroller_fordelt(grundlag: Fordelingsgrundlag, fordelt: Mapping[int, Decimal]) -> list[Fund]:
    """T12: what is distributed is the cost less the surplus, on the members and nobody else."""
    fejl = []
    if forskel := {en.kommune for en in grundlag.med} ^ set(fordelt):
        navne = [en.navn for en in grundlag.deltagere if en.kommune in forskel]
        tekst = f"Der er ikke fordelt på netop dem, der er med. Se på {', '.join(navne) or 'de fremmede kommuner'}."
        fejl.append(("fordelt_paa_andre", "deltagere", tekst))
    sum_ = i_alt(fordelt.values())
    if sum_ != grundlag.beloeb:
        tekst = (
            f"Der er fordelt {skriv_kr(sum_, 0)}, men der skal fordeles {skriv_kr(grundlag.beloeb, 0)}: en forskel på "
            f"{skriv_kr(abs(sum_ - grundlag.beloeb), 0)}."
        )
        if grundlag.overskud and sum_ == grundlag.omkostning:
            tekst += " Overskuddet er ikke trukket fra."
        fejl.append(("fordelt_stemmer_ikke", "omkostning", tekst))
    return [Fund(kode, grundlag.regel, Grad.FEJL, felt, tekst) for kode, felt, tekst in fejl]


def fordel_objektivt(grundlag: Fordelingsgrundlag) -> Fordeling:
    """amount = cost × key / Σ of the members' keys; Beregningsfejl with the first thing that is wrong."""
    if fund := kontroller_grundlag(grundlag):
        raise Beregningsfejl(fund[0].tekst, felt=fund[0].felt)
    noegletal = [en.noegletal for en in grundlag.med]
    noegle_i_alt = i_alt(noegletal)
    andele = tuple(
        Deltagerandel(deltager=en, andel=andel(en.noegletal, noegle_i_alt), beloeb=beloeb)
        for en, beloeb in zip(grundlag.med, fordel(grundlag.beloeb, noegletal, decimaler=0), strict=True)
    )
    trin = _trin(grundlag, andele, noegle_i_alt)
    return Fordeling(grundlag=grundlag, andele=andele, noegle_i_alt=noegle_i_alt, trin=trin)


def _trin(grundlag: Fordelingsgrundlag, andele: Sequence[Deltagerandel], noegle_i_alt: Decimal) -> tuple[Trin, ...]:
    beloeb, i_alt_ = skriv_beloeb(grundlag.beloeb, 0), skriv_tal(noegle_i_alt, _DECIMALER)
    foerst = Trin(
        navn="Beløb til fordeling",
        formel="Omkostning − indregnet overskud",
        indsat=f"{skriv_beloeb(grundlag.omkostning, 0)} − {skriv_beloeb(grundlag.overskud, 0)}",
        resultat=skriv_kr(grundlag.beloeb, 0),
        regel=grundlag.regel,
    )
    hver = [
        Trin(
            navn=en.deltager.navn,
            formel="Beløb × nøgletal / deltagernes nøgletal i alt",
            indsat=f"{beloeb} × {skriv_tal(en.deltager.noegletal, _DECIMALER)} / {i_alt_}",
            resultat=skriv_kr(en.beloeb, 0),
            regel=grundlag.regel,
        )
        for en in andele
    ]
    sidst = Trin(
        navn="Afstemning",
        formel="Summen af beløbene er beløbet til fordeling",
        indsat=" + ".join(skriv_beloeb(en.beloeb, 0) for en in andele),
        resultat=skriv_kr(i_alt(en.beloeb for en in andele), 0),
        regel=grundlag.regel,
    )
    return (foerst, *hver, sidst)


@dataclass(frozen=True, slots=True, kw_only=True)
class Virkning:
    """What a change means for one municipality; None: it was not, or will not be, a member."""

    navn: str
    noegletal: Decimal | None
    foer: Decimal | None
    efter: Decimal | None

    @property
    def aendring(self) -> Decimal:
        return (self.efter or Decimal(0)) - (self.foer or Decimal(0))


def virkninger(foer: Fordeling | None, efter: Fordeling) -> list[Virkning]:
    """T12: the effect of opt-ins, opt-outs and new figures, to be seen before they are confirmed."""
    gamle, nye = foer.beloeb if foer else {}, efter.beloeb
    deltagere = {en.kommune: en for en in efter.grundlag.deltagere}
    for en in foer.grundlag.deltagere if foer else ():
        deltagere.setdefault(en.kommune, en)
    return [
        Virkning(navn=en.navn, noegletal=en.noegletal, foer=gamle.get(pk), efter=nye.get(pk))
        for pk, en in deltagere.items()
        if pk in gamle or pk in nye
    ]
