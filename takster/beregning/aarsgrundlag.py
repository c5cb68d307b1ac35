"""T22: the takstberegningsgrundlag G of a year's accounts, from the tariffs that were in force in it.

A case can give a tariff another grundlag from a day in the year (T67, T68). Each grundlag is for a whole year, so the
year's is their mean, weighed by the days each was in force; the tariff year has 365 days (T14).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import afrund_kvotient, i_alt
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr
from takster.beregning.sager import Aarsversion
from takster.beregning.trin import Trin


@dataclass(frozen=True, slots=True, kw_only=True)
class Takstversioner:
    """One tariff of the year; `versioner` hold its grundlag in kroner, each from its first day to its last."""

    navn: str
    versioner: tuple[Aarsversion, ...]

    @property
    def dage(self) -> int:
        return sum(version.dage for version in self.versioner)

    @property
    def grundlag(self) -> Decimal:
        """Rounded to øre once; a tariff that did not change keeps its grundlag whatever days it was in force."""
        if len(self.versioner) == 1:
            return self.versioner[0].vaerdi
        return afrund_kvotient(i_alt(version.vaerdi * version.dage for version in self.versioner), self.dage)

    def trin(self) -> Trin:
        if len(self.versioner) == 1:
            return Trin(
                navn=self.navn,
                formel="Grundlaget i den offentliggjorte takst",
                indsat=skriv_beloeb(self.grundlag),
                resultat=skriv_kr(self.grundlag),
                regel="T22",
            )
        led = " + ".join(f"{skriv_beloeb(version.vaerdi)} × {version.dage}" for version in self.versioner)
        return Trin(
            navn=f"{self.navn} (ændret i årets løb)",
            formel="Summen af hvert grundlag × de dage, det gjaldt / dage i alt",
            indsat=f"({led}) / {self.dage}",
            resultat=skriv_kr(self.grundlag),
            regel="T68",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Aarsgrundlag:
    """G of the year in kroner, without `regulering`, which the tariffs held from earlier years."""

    grundlag: Decimal
    regulering: Decimal
    trin: tuple[Trin, ...]


def beregn_aarsgrundlag(takster: Sequence[Takstversioner], *, regulering: Decimal) -> Aarsgrundlag:
    """T22, T68: the sum over the tariffs, less what earlier years moved into them: that is no cost of this year."""
    sum_ = i_alt(takst.grundlag for takst in takster)
    trin = [takst.trin() for takst in takster]
    if regulering:
        trin.append(
            Trin(
                navn="Regulering vedr. tidligere år",
                formel="Indregnet i årets takster og ikke en del af årets budget",
                indsat=skriv_beloeb(regulering),
                resultat=skriv_kr(-regulering),
                regel="T22",
            )
        )
    if len(trin) > 1:
        trin.append(
            Trin(
                navn="Takstberegningsgrundlag",
                formel="Summen" if not regulering else "Summen uden regulering vedr. tidligere år",
                indsat=f"{skriv_beloeb(sum_)}{f' − {skriv_beloeb(regulering)}' if regulering else ''}",
                resultat=skriv_kr(sum_ - regulering),
                regel="T22",
            )
        )
    return Aarsgrundlag(grundlag=sum_ - regulering, regulering=regulering, trin=tuple(trin))
