"""The formulas of the computed cells: what the server computes, on the row's own cells, while the user types.

They are to look at. What is read back is computed anew, so a formula that was overwritten does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from openpyxl.utils import column_index_from_string

from takster.beregning.forbehold import PENSION
from takster.beregning.koder import Kategori
from takster.beregning.regelsaet import Regler
from takster.beregning.takst import felt_for_kapacitet
from takster.enums import Belaegningsprincip, Enhed, Pensionsmetode
from takster.forms.skema import Skemaformular, linjefelt
from takster.models import Takstskema
from takster.skemabog.kolonner import BELAEGNING, GRUNDLAG, REGULERING, TAKST, Kolonne, sumkolonne, valg_af

# The years of which the form asks activity and capacity.
_AAR = ("t1", "t2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raekkeformler:
    """The formulas of one row by key; `bogstaver` are the columns' letters by key."""

    skema: Takstskema
    formular: Skemaformular
    kolonner: Sequence[Kolonne]
    bogstaver: Mapping[str, str]
    nr: int

    @property
    def regler(self) -> Regler:
        return self.formular.regler

    def alle(self) -> dict[str, str]:
        """None for a form without cost lines (T33, T35)."""
        if not self.skema.har_grundlag:
            return {}
        kategorier = [kategori for kategori in Kategori if sumkolonne(kategori).noegle in self.bogstaver]
        ud = {sumkolonne(kategori).noegle: self._kategori(kategori) for kategori in kategorier}
        summer = [self._celle(sumkolonne(kategori).noegle) for kategori in kategorier]
        # T15, T16, T48: financial income is entered with a minus, so the plain sum is the basis.
        ud[GRUNDLAG.noegle] = f"=SUM({','.join([*summer, self._celle(REGULERING.noegle)])})"
        if BELAEGNING.noegle in self.bogstaver:
            ud[BELAEGNING.noegle] = self._belaegning()
            ud[TAKST.noegle] = self._takst()
        return ud

    def _celle(self, noegle: str) -> str:
        return f"{self.bogstaver[noegle]}{self.nr}"

    def _kategori(self, kategori: Kategori) -> str:
        linjer = [self.bogstaver[kolonne.noegle] for kolonne in self.kolonner if kolonne.kategori == kategori]
        sum_ = f"SUM({','.join(_omraader(linjer, self.nr))})"
        pension = linjefelt(PENSION)
        har_pension = any(kolonne.noegle == pension and kolonne.kategori == kategori for kolonne in self.kolonner)
        if not har_pension or "tjenestemandsloen" not in self.bogstaver:
            return f"={sum_}"
        # T54: the share of the wages takes the place of whatever stands in the line.
        metode, loen = self._celle("pensionsmetode"), self._celle("tjenestemandsloen")
        fast = self._valgt(metode, "pensionsmetode", Pensionsmetode.PCT25)
        andel = f"ROUND({loen}*{self.regler.pension_pct}/100,2)-N({self._celle(pension)})"
        return f"={sum_}+IF(AND({fast},N({loen})>0),{andel},0)"

    def _valgt(self, celle: str, felt: str, kode: str) -> str:
        return f'{celle}="{dict(valg_af(self.formular.fields[felt]))[kode]}"'

    def _belaegning(self) -> str:
        """What follows from the principle (T18, T20, T61), else what is typed; empty while it is not known."""
        skrevet, princip = self._celle("belaegning_pct"), self._celle("belaegningsprincip")
        ellers = f'IF(ISNUMBER({skrevet}),{skrevet},"")'
        decimaler = self.regler.belaegning_decimaler
        if "pladser" in self.formular.fields:
            er_nyt = self._valgt(princip, "belaegningsprincip", Belaegningsprincip.NYT_TILBUD)
            borgere, pladser = self._celle("forventede_borgere"), self._celle("pladser")
            nyt = f"IFERROR(ROUND({borgere}/{pladser}*100,{decimaler}),{ellers})"
            ellers = f"IF(AND({er_nyt},N({borgere})>0),{nyt},{ellers})"
        if self.regler.belaegning_antal_aar == len(_AAR):
            er_beregnet = self._valgt(princip, "belaegningsprincip", Belaegningsprincip.BEREGNET)
            celler = [self._celle(f"{navn}_{aar}") for aar in _AAR for navn in ("aktivitet", "kapacitet")]
            aarene = "+".join(f"ROUND({a}/{k}*100,2)" for a, k in zip(celler[::2], celler[1::2], strict=True))
            gennemsnit = f"IFERROR(ROUND(({aarene})/{len(_AAR)},{decimaler}),{ellers})"
            ellers = f"IF(AND({er_beregnet},COUNT({','.join(celler)})={len(celler)}),{gennemsnit},{ellers})"
        return f"={ellers}"

    def _takst(self) -> str:
        """T14; empty while something is missing."""
        enhed = Enhed(self.skema.enhed)
        faktorer = [self._celle(felt_for_kapacitet(enhed))]
        if enhed == Enhed.DAG:
            faktorer.append(self._celle("driftsdage"))
        faktorer.append(self._celle(BELAEGNING.noegle))
        if enhed == Enhed.DOEGN:
            faktorer.append(str(self.regler.dage_pr_aar))
        naevner = f"{'*'.join(faktorer)}/100"
        return f'=IFERROR(IF({naevner}>0,ROUND({self._celle(GRUNDLAG.noegle)}/({naevner}),2),""),"")'


def _omraader(bogstaver: Iterable[str], nr: int) -> list[str]:
    """K5:O5, Q5: neighbours as one range."""
    omraader: list[list[str]] = []
    for forrige, bogstav in pairwise([None, *bogstaver]):
        ved_siden_af = forrige and column_index_from_string(bogstav) == column_index_from_string(forrige) + 1
        if ved_siden_af:
            omraader[-1].append(bogstav)
        else:
            omraader.append([bogstav])
    return [f"{raekke[0]}{nr}" + (f":{raekke[-1]}{nr}" if len(raekke) > 1 else "") for raekke in omraader]
