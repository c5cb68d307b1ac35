"""Booked costs emptied from temporary cost places onto final and external ones (T56, T57).

Places are emptied step by step, each after those that distribute to it, and per cost line with largest remainders, so
that not an øre is lost. What cannot be distributed (no key, a faulty key, a circle) stays as remainder with a finding.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from socialaftale.kerne.penge import afrund, fordel, i_alt
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr, skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad, Stedtype
from takster.beregning.omkostningssteder import (
    Bogfoert,
    Fordelingsnoegle,
    Fordelingsregel,
    Omkostningssted,
    Stedbeloeb,
    kontroller_myndighed,
    kontroller_noegle,
    kontroller_poster,
    kontroller_regler,
    kontroller_rest,
    kontroller_ydelser,
    naaede,
)
from takster.beregning.trin import Beregningsfejl, Trin

Beloeb = dict[str, dict[str, Decimal]]
_Kodet = TypeVar("_Kodet", Omkostningssted, Fordelingsnoegle)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flytning:
    """One amount moved from a temporary place to another place, by which key; in the order it was done."""

    fra: str
    til: str
    post: str
    beloeb: Decimal
    noegle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stedfordeling:
    """Kroner by place and cost line after the distribution; Σ endelige + Σ eksterne + Σ rest = Σ booked, always.

    `rest` is what is left on temporary places and on places that do not exist.
    """

    endelige: Stedbeloeb
    eksterne: Stedbeloeb
    rest: Stedbeloeb
    flytninger: tuple[Flytning, ...]
    fund: tuple[Fund, ...]
    trin: tuple[Trin, ...]

    @property
    def rest_i_alt(self) -> Decimal:
        """The plain sum; amounts of opposite signs may make it 0 although something is left."""
        return _sum(self.rest)


def fordel_omkostninger(
    steder: Iterable[Omkostningssted],
    bogfoert: Iterable[Bogfoert],
    noegler: Iterable[Fordelingsnoegle],
    regler: Iterable[Fordelingsregel],
) -> Stedfordeling:
    """T56, T57: empty the temporary places; the order of the rows makes no difference.

    Raises Beregningsfejl for an amount with parts of an øre, and ValueError when a code is used twice.
    """
    stederne = _efter_kode(steder)
    noeglerne = _efter_kode(noegler)
    valgte: dict[tuple[str, str], str] = {}
    for regel in regler:
        if valgte.setdefault((regel.fra, regel.post), regel.noegle) != regel.noegle:
            raise ValueError(f"Two rules for the same costs of {regel.fra}.")
    saldi = _bogfoer(bogfoert)
    fund = kontroller_poster(saldi) + kontroller_ydelser(stederne)
    duelige: dict[str, Fordelingsnoegle] = {}
    for kode, noegle in noeglerne.items():
        noeglefund = kontroller_noegle(noegle, stederne)
        fund += noeglefund
        if not noeglefund:
            duelige[kode] = noegle
    fund += kontroller_regler(valgte, stederne, noeglerne)
    kanter = _kanter(valgte, stederne, duelige)
    raekkefoelge, i_ring = _raekkefoelge(kanter)
    if i_ring:
        navne = ", ".join(stederne[kode].navn for kode in i_ring)
        tekst = f"Stederne fordeler til hinanden i ring: {navne}. Vælg en nøgle, der bryder ringen."
        fund.append(Fund("fordeling_i_ring", "T56", Grad.FEJL, i_ring[0], tekst))
    flytninger: list[Flytning] = []
    for kode in raekkefoelge:
        flytninger += _toem(kode, saldi, valgte, duelige)
    delt: dict[str, Beloeb] = {navn: {} for navn in ("endelige", "eksterne", "rest")}
    for kode in sorted(saldi):
        poster = {post: beloeb for post, beloeb in sorted(saldi[kode].items()) if beloeb}
        if poster:
            delt[_bunke(stederne.get(kode))][kode] = poster
    fund += kontroller_rest(delt["rest"], stederne)
    fund += kontroller_myndighed(stederne, delt["endelige"], kanter)
    return Stedfordeling(
        **delt,
        flytninger=tuple(flytninger),
        fund=tuple(fund),
        trin=_trin(flytninger, delt, stederne, noeglerne),
    )


def _efter_kode(elementer: Iterable[_Kodet]) -> dict[str, _Kodet]:
    efter_kode: dict[str, _Kodet] = {}
    for element in elementer:
        if element.kode in efter_kode:
            raise ValueError(f"The code {element.kode} is used twice.")
        efter_kode[element.kode] = element
    return dict(sorted(efter_kode.items()))


def _bogfoer(bogfoert: Iterable[Bogfoert]) -> Beloeb:
    saldi: Beloeb = defaultdict(lambda: defaultdict(Decimal))
    for post in bogfoert:
        if afrund(post.beloeb) != post.beloeb:
            raise Beregningsfejl(f"Et beløb på {post.sted} har mere end to decimaler", felt=post.sted)
        saldi[post.sted][post.post] += post.beloeb
    return saldi


def _bunke(sted: Omkostningssted | None) -> str:
    if sted is None or sted.type == Stedtype.MIDLERTIDIG:
        return "rest"
    return "endelige" if sted.type == Stedtype.ENDELIG else "eksterne"


def _sum(beloeb: Stedbeloeb) -> Decimal:
    return i_alt(del_ for poster in beloeb.values() for del_ in poster.values())


def _modtagere(noegle: Fordelingsnoegle) -> list[str]:
    return sorted(kode for kode, maengde in noegle.maengder.items() if maengde)


def _kanter(
    valgte: Mapping[tuple[str, str], str],
    steder: Mapping[str, Omkostningssted],
    duelige: Mapping[str, Fordelingsnoegle],
) -> dict[str, set[str]]:
    """The temporary places that distribute, each with the places it distributes to."""
    kanter: dict[str, set[str]] = {kode: set() for kode, sted in steder.items() if sted.type == Stedtype.MIDLERTIDIG}
    for (fra, _post), noegle in valgte.items():
        if fra in kanter and noegle in duelige:
            kanter[fra].update(_modtagere(duelige[noegle]))
    return kanter


def _raekkefoelge(kanter: Mapping[str, set[str]]) -> tuple[list[str], list[str]]:
    """Temporary places, each before those it distributes to, and the ones in a circle, which keep what they have."""
    fundne = {kode: naaede(kode, kanter) for kode in sorted(kanter)}
    i_ring = [kode for kode in fundne if kode in fundne[kode]]
    frie = [kode for kode in fundne if kode not in i_ring]
    # A place reaches all that those after it reach, so more reached temporary places means earlier.
    frie.sort(key=lambda kode: (-len(fundne[kode] & kanter.keys()), kode))
    return frie, i_ring


def _toem(
    kode: str, saldi: Beloeb, valgte: Mapping[tuple[str, str], str], duelige: Mapping[str, Fordelingsnoegle]
) -> list[Flytning]:
    flytninger = []
    for post in sorted(saldi.get(kode, {})):
        beloeb = saldi[kode][post]
        noegle = duelige.get(valgte.get((kode, post), valgte.get((kode, ""), "")))
        if noegle is None or not beloeb:
            continue
        modtagere = _modtagere(noegle)
        dele = fordel(beloeb, [noegle.maengder[til] for til in modtagere])
        for til, del_ in zip(modtagere, dele, strict=True):
            if del_:
                saldi[til][post] += del_
                flytninger.append(Flytning(fra=kode, til=til, post=post, beloeb=del_, noegle=noegle.kode))
        saldi[kode][post] = Decimal(0)
    return flytninger


def _trin(
    flytninger: Iterable[Flytning],
    delt: Mapping[str, Beloeb],
    steder: Mapping[str, Omkostningssted],
    noegler: Mapping[str, Fordelingsnoegle],
) -> tuple[Trin, ...]:
    """One step per place, key and receiver, in the order it was done, and the reconciliation."""
    samlet: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    fordelt: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for flytning in flytninger:
        samlet[flytning.fra, flytning.noegle, flytning.til] += flytning.beloeb
        fordelt[flytning.fra, flytning.noegle] += flytning.beloeb
    trin = []
    for (fra, kode, til), beloeb in samlet.items():
        noegle = noegler[kode]
        helhed = i_alt(noegle.maengder.values())
        trin.append(
            Trin(
                navn=f"{steder[fra].navn} til {steder[til].navn}",
                formel=f"Omkostninger × andel efter nøglen {noegle.navn}, fordelt linje for linje til hele øre",
                indsat=(
                    f"{skriv_beloeb(fordelt[fra, kode])} × {skriv_tal(noegle.maengder[til], 6)} / "
                    f"{skriv_tal(helhed, 6)}"
                ),
                resultat=skriv_kr(beloeb),
                regel="T57",
            )
        )
    led = [_sum(delt[navn]) for navn in ("endelige", "eksterne", "rest")]
    trin.append(
        Trin(
            navn="Afstemning",
            formel="Endelige + eksterne + rest = bogført",
            indsat=" + ".join(skriv_beloeb(beloeb) for beloeb in led),
            resultat=skriv_kr(i_alt(led)),
            regel="T56",
        )
    )
    return tuple(trin)
