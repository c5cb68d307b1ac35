"""Worked examples in the text, computed by the same functions as the forms, with the limits of the text's year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr, skriv_tal
from takster.beregning.ata import AtaElementer, beregn_ata, beregn_ugepris
from takster.beregning.belaegning import beregn_nyt_tilbud
from takster.beregning.regelsaet import Regler
from takster.beregning.resultat import Aarsresultat
from takster.beregning.resultatdeling import Delingsvalg, Foersteaarstab, del_resultat
from takster.beregning.takst import beregn_doegntakst
from takster.beregning.trin import Trin


@dataclass(frozen=True, slots=True)
class Linje:
    """A line of an example: what, how, and what came out."""

    navn: str
    hvordan: str
    resultat: str


@dataclass(frozen=True, slots=True)
class Eksempel:
    """A box: title, what it shows, its lines, and what follows from them."""

    titel: str
    indledning: str
    linjer: tuple[Linje, ...]
    slutning: str = ""


def _af_trin(trin: Iterable[Trin]) -> tuple[Linje, ...]:
    return tuple(Linje(et.navn, et.indsat, et.resultat) for et in trin)


def doegntakst(regler: Regler, aar: int) -> Eksempel:
    """T14: a døgntakst of round figures."""
    resultat = beregn_doegntakst(
        Decimal(8_000_000), pladser=Decimal(10), belaegning_pct=regler.belaegning_forventet_min_pct, regler=regler
    )
    return Eksempel(
        "Eksempel: sådan findes en døgntakst",
        "Et botilbud har ti pladser og et takstberegningsgrundlag på 8.000.000 kr. Det regner med den laveste "
        "forventede belægning. Tallene er eksempeltal.",
        _af_trin(resultat.trin),
        "Køberen kan selv regne efter: prisen pr. år er den afrundede takst gange årets takstdage.",
    )


def overskud(regler: Regler, aar: int) -> Eksempel:
    """T22-T25: Tilbud X of the styringsaftale."""
    dele = {"Løn": 6_236_000, "Ejendom": 611_000, "Øvrige omkostninger": 801_000}
    resultat = Aarsresultat(
        indtaegter=Decimal(8_418_000), omkostninger=Decimal(sum(dele.values())), grundlag=Decimal(8_000_000)
    )
    valg = Delingsvalg(hensat=resultat.graense(regler))
    deling = del_resultat(resultat, aar=aar, er_region=False, regler=regler, valg=valg)
    regnskab = tuple(Linje(f"{navn} i regnskabet", "", skriv_kr(Decimal(beloeb))) for navn, beloeb in dele.items())
    return Eksempel(
        "Eksempel: Tilbud X får overskud",
        "Budgettet var 6.500.000 kr. til løn, 675.000 kr. til ejendom og 825.000 kr. til andet, i alt 8.000.000 kr. "
        "Årets takstindtægter blev 8.418.000 kr. Tallene er et eksempel.",
        (*regnskab, *_af_trin(deling.trin)),
        f"{skriv_kr(deling.hensat)} kan hensættes. {skriv_kr(deling.tilbagefoersel)} går tilbage til køberne: det "
        f"sænker taksten senest {deling.frist_aar}, hvis året er {aar}.",
    )


def nyt_tilbud(regler: Regler, aar: int) -> Eksempel:
    """T60, T61: twelve places, eight citizens expected, a loss in the first year."""
    belaegning = beregn_nyt_tilbud(forventede_borgere=Decimal(8), pladser=Decimal(12), regler=regler)
    tab = Aarsresultat(indtaegter=Decimal(5_400_000), omkostninger=Decimal(6_000_000), grundlag=Decimal(6_000_000))
    deling = del_resultat(
        tab,
        aar=aar,
        er_region=False,
        regler=regler,
        valg=Delingsvalg(foersteaarstab=Foersteaarstab(driftsaar=1, begrundelse="Kun seks af pladserne blev besat")),
    )
    return Eksempel(
        "Eksempel: et nyt botilbud",
        "En analyse viser behov for et botilbud med tolv pladser og otte borgere det første år. Da året er gået, har "
        "kun seks pladser været besat, og tilbuddet har et tab. Tallene er eksempeltal.",
        (
            *_af_trin((belaegning.trin,)),
            *_af_trin(deling.trin[:2]),
            *(
                Linje(
                    f"I taksten for {del_.senest_aar}",
                    f"{skriv_beloeb(-tab.resultat)} / {regler.nyt_tilbud_afskrivning_aar}",
                    skriv_kr(del_.beloeb),
                )
                for del_ in deling.forpligtelser
            ),
        ),
        "Uden de særlige vilkår skulle taksten være regnet med mindst "
        f"{skriv_tal(regler.belaegning_forventet_min_pct)} % belægning, og kun tabet over grænsen kunne komme med.",
    )


def ata(regler: Regler, aar: int) -> Eksempel:
    """T39: half an hour on five weekdays, a little outside normal hours."""
    takst = beregn_ata(
        AtaElementer(
            personalekategori="Pædagoger",
            timeomkostning=Decimal(206),
            fravaer_pct=Decimal(33),
            doegn_pct=Decimal(25),
            foelge_pct=regler.foelgeomkostninger_max_pct,
        )
    )
    uge = beregn_ugepris(takst.takst, minutter_pr_gang=30, gange_pr_uge=5)
    return Eksempel(
        "Eksempel: ekstra støtte på hverdage",
        "En borger har brug for en halv times ekstra støtte på fem hverdage, lige efter den normale arbejdstid. "
        "Timeomkostningen for pædagoger er 206 kr., fraværet svarer til 33 %, og døgnkoefficienten er 25 %. "
        "Tallene er eksempeltal.",
        _af_trin((*takst.trin, uge.trin)),
    )
