"""Which questions apply given the answers, which are missing, and what is wrong with how a questionnaire is built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from udmeldinger.beregning.skemaregler import Regel, Regelfejl
from udmeldinger.beregning.spoergsmaal import (
    CELLEARTER,
    MED_VALG,
    Art,
    Betingelse,
    Spoergsmaal,
    Svarvaerdi,
    som_tal,
)

Svar = Mapping[str, Svarvaerdi]


class Operator(StrEnum):
    """How a condition compares the other question's answer."""

    ER = "er"
    ER_IKKE = "er_ikke"
    INDEHOLDER = "indeholder"
    STOERRE_END = "stoerre_end"
    BESVARET = "besvaret"


@dataclass(frozen=True, slots=True)
class Mangel:
    """Something that must be put right before an answer is sent; `noegle` is the question it stands at."""

    noegle: str
    tekst: str


def opfyldt(betingelse: Betingelse, vaerdi: Svarvaerdi) -> bool:
    """Is the condition met by this answer? No condition is met by no answer, not even "er ikke"."""
    if vaerdi is None:
        return False
    if betingelse.operator == Operator.BESVARET:
        return True
    dele = _dele(vaerdi)
    if betingelse.operator == Operator.STOERRE_END:
        graense = som_tal(betingelse.vaerdi.replace(",", "."))
        tallene = [tal for tal in map(som_tal, dele) if tal is not None]
        return graense is not None and any(tal > graense for tal in tallene)
    if betingelse.operator == Operator.INDEHOLDER:
        return betingelse.vaerdi in dele
    ens = dele[:1] == [betingelse.vaerdi]
    return ens if betingelse.operator == Operator.ER else not ens


def _dele(vaerdi: Svarvaerdi) -> list[str]:
    """The parts of an answer as text: a choice, several, each year; of yes/no only the answer itself."""
    if isinstance(vaerdi, Mapping):
        return [str(vaerdi["svar"])] if "svar" in vaerdi else [str(del_) for del_ in vaerdi.values()]
    return [str(del_) for del_ in vaerdi] if isinstance(vaerdi, list) else [str(vaerdi)]


def gaeldende(spoergsmaal: Iterable[Spoergsmaal], svar: Svar, *, ingen_borgere: bool = False) -> set[str]:
    """The keys of the questions that apply; a question hidden by a condition hides those that hang on it.

    With "ingen borgere i målgruppen" none does: that one tick is the answer.
    """
    if ingen_borgere:
        return set()
    efter_noegle = {et.noegle: et for et in spoergsmaal}
    afgjort: dict[str, bool] = {}

    def gaelder(noegle: str, paa_vej: frozenset[str]) -> bool:
        if noegle not in afgjort:
            betingelse = efter_noegle[noegle].betingelse
            if betingelse is None:
                afgjort[noegle] = True
            elif betingelse.noegle not in efter_noegle or betingelse.noegle in paa_vej:
                # Cannot be asked; `kontroller` refuses such a questionnaire before it is sent.
                return False
            else:
                afgjort[noegle] = gaelder(betingelse.noegle, paa_vej | {noegle}) and opfyldt(
                    betingelse, svar.get(betingelse.noegle)
                )
        return afgjort[noegle]

    return {noegle for noegle in efter_noegle if gaelder(noegle, frozenset({noegle}))}


def er_fuldt(spoergsmaal: Spoergsmaal, vaerdi: Svarvaerdi) -> bool:
    """Is a required question answered enough? Every year must be given; yes/no must be chosen; a table has a row."""
    if vaerdi is None:
        return False
    if spoergsmaal.art == Art.TAL_PR_AAR:
        return all(str(aar) in vaerdi for aar in spoergsmaal.aar)
    return "svar" in vaerdi if spoergsmaal.art == Art.JANEJ else True


def mangler(
    spoergsmaal: Sequence[Spoergsmaal], svar: Svar, regler: Iterable[Regel] = (), *, ingen_borgere: bool = False
) -> list[Mangel]:
    """What must be answered or put right before the answer can be sent, in the order of the questionnaire."""
    spurgt = gaeldende(spoergsmaal, svar, ingen_borgere=ingen_borgere)
    fundne = [
        Mangel(et.noegle, _mangeltekst(et))
        for et in spoergsmaal
        if et.noegle in spurgt and et.paakraevet and not er_fuldt(et, svar.get(et.noegle))
    ]
    kendte = {noegle: vaerdi for noegle, vaerdi in svar.items() if noegle in spurgt}
    brudte = [Mangel(regel.noegler[0], tekst) for regel in regler for tekst in regel.brud(kendte)]
    plads = {et.noegle: nummer for nummer, et in enumerate(spoergsmaal)}
    return sorted(fundne + brudte, key=lambda mangel: plads.get(mangel.noegle, len(plads)))


def _mangeltekst(spoergsmaal: Spoergsmaal) -> str:
    hvad = {
        Art.VALG: "Vælg et svar",
        Art.FLERVALG: "Vælg mindst ét svar",
        Art.JANEJ: "Svar ja eller nej",
        Art.TAL_PR_AAR: "Skriv et tal for hvert år (0, hvis der ingen er)",
        Art.TABEL: "Udfyld mindst én linje",
        Art.DATO: "Skriv en dato",
    }.get(spoergsmaal.art, "Svar på spørgsmålet")
    return f"{hvad}: {spoergsmaal.tekst}"


def find_kreds(spoergsmaal: Iterable[Spoergsmaal]) -> list[str]:
    """Keys of questions whose conditions run in a circle, in order; empty when there is none."""
    naeste = {et.noegle: et.betingelse.noegle for et in spoergsmaal if et.betingelse}
    for start in naeste:
        vej = [start]
        while (noegle := naeste.get(vej[-1])) is not None:
            if noegle in vej:
                return vej[vej.index(noegle) :]
            vej.append(noegle)
    return []


def kontroller(spoergsmaal: Sequence[Spoergsmaal], regler: Iterable[Regel] = ()) -> list[Mangel]:
    """What must be put right before a questionnaire can be sent; empty when it holds together."""
    fund = []
    noegler = [et.noegle for et in spoergsmaal]
    fund += [
        Mangel(noegle, f"To spørgsmål har nøglen {noegle}")
        for noegle in sorted(set(noegler))
        if noegler.count(noegle) > 1
    ]
    foer: set[str] = set()
    for et in spoergsmaal:
        fund += [Mangel(et.noegle, f"{et.tekst}: {tekst}") for tekst in _i_sig_selv(et)]
        if et.betingelse and et.betingelse.noegle not in foer:
            fund.append(
                Mangel(et.noegle, f"{et.tekst}: betingelsen skal handle om et spørgsmål, der står tidligere i skemaet")
            )
        foer.add(et.noegle)
    if kreds := find_kreds(spoergsmaal):
        fund.append(Mangel(kreds[0], f"Betingelserne går i ring: {' → '.join([*kreds, kreds[0]])}"))
    efter_noegle = {et.noegle: et for et in spoergsmaal}
    for regel in regler:
        try:
            regel.kraev_kendt(efter_noegle)
        except Regelfejl as fejl:
            fund.append(Mangel(regel.noegler[0], str(fejl)))
    return fund


def _i_sig_selv(spoergsmaal: Spoergsmaal) -> list[str]:
    """What a question lacks, whatever the others are."""
    fund = []
    if spoergsmaal.art in MED_VALG and len(spoergsmaal.valg) < 2:
        fund.append("der skal være mindst to svarmuligheder")
    if spoergsmaal.art == Art.TAL_PR_AAR and not spoergsmaal.aar:
        fund.append("der skal stå mindst ét år")
    if spoergsmaal.art == Art.TABEL:
        if not spoergsmaal.kolonner:
            fund.append("tabellen skal have mindst én kolonne")
        if any(kolonne.art not in CELLEARTER for kolonne in spoergsmaal.kolonner):
            fund.append("en kolonne har en type, der ikke kan stå i en tabel")
        if any(kolonne.art == Art.VALG and len(kolonne.valg) < 2 for kolonne in spoergsmaal.kolonner):
            fund.append("en kolonne med valg skal have mindst to svarmuligheder")
    if spoergsmaal.mindst is not None and spoergsmaal.hoejst is not None and spoergsmaal.mindst > spoergsmaal.hoejst:
        fund.append("det mindste tal er større end det største")
    return fund
