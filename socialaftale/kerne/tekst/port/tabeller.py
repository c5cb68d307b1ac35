"""Sums, shares and percentages in tables and sentences that do not compute; rounding is half up, as everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from socialaftale.kerne.penge import afrund
from socialaftale.kerne.talformat import MINUS, skriv_beloeb
from socialaftale.kerne.tekst.henvisninger import Henvisning
from socialaftale.kerne.tekst.port.bygning import Melder
from socialaftale.kerne.tekst.port.celler import celletal, hovedraekke, kolonner
from socialaftale.kerne.tekst.port.fund import Fund, Klasse
from socialaftale.kerne.tekst.port.laesning import Blok, Portkapitel, Porttekst, Tabel
from socialaftale.kerne.tekst.port.soegning import alle_traef
from socialaftale.kerne.tekst.port.viden import Viden

_I_ALT = re.compile(
    r"\s*(?:i alt|ialt|total\w*|sum|samlet|tilsammen|hele (?:regionen|landsdelen|området|landet))\b", re.I
)
_ANDEL = re.compile(r"%|\bpct\b|procent|andel", re.I)
_FORSKEL = re.compile(r"\b(?:ændring|forskel|udvikling|difference|vækst|stigning)\b", re.I)
# The shares of a whole may miss 100 by their rounding, and no more.
_ANDELE_MISSER = 1
_AAR = re.compile(r"\s*(?:19|20)\d\d\s*")
_LIGHED = re.compile(
    r"(?<![\d.,])(\d[\d.]*)\s?=\s?(\d[\d.]*(?:\s?\+\s?\d[\d.]*)+)|"
    r"(?<![\d.,])(\d[\d.]*(?:\s?\+\s?\d[\d.]*)+)\s?=\s?(\d[\d.]*\d|\d)"
)
_ANDEL_I_SAETNING = re.compile(
    r"(?<![\d.,])(?P<del>\d{1,3}(?:\.\d{3})+|\d+)\s(?:ud\s)?af\s(?:de\s|i alt\s|alle\s)*"
    r"(?P<hele>\d{1,3}(?:\.\d{3})+|\d+)\b"
    r"(?P<mellem>[^.;\d%]{0,60}?)(?P<pct>\d+(?:,\d+)?)(?P<enhed>\s?(?:%|procent|pct\.))"
)
Celle = tuple[Blok, Decimal, int, str]


def find(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """Totals, shares and differences of every table written in the text, and the sums a sentence makes."""
    melder = Melder(Klasse.TABEL, viden)
    for kapitel in tekst.kapitler:
        for tabel in kapitel.tabeller:
            yield from _Regnestykker(melder, kapitel, tabel).find()
    for kapitel, blok in tekst.prosa:
        yield from _i_saetninger(melder, kapitel, blok)


class _Regnestykker:
    def __init__(self, melder: Melder, kapitel: Portkapitel, tabel: Tabel) -> None:
        self.melder, self.kapitel, self.tabel = melder, kapitel, tabel
        hoved = hovedraekke(tabel)
        self.hoved = {kolonne: celle.tekst for kolonne, celle in kolonner(hoved).items()}
        self.raekker = [kolonner(raekke) for raekke in (tabel.raekker[1:] if hoved else tabel.raekker) if raekke]
        self.tal = [self._tal_i(raekke) for raekke in self.raekker]
        # A cell is blamed once, though it may stand in a sum of its row and one of its column.
        self.meldte: set[int] = set()

    def _tal_i(self, raekke: dict[int, Blok]) -> dict[int, Celle]:
        resultat = {}
        for kolonne, celle in raekke.items():
            laest = celletal(celle.vist(self._skriv).replace("\N{NO-BREAK SPACE}", " "))
            if laest:
                resultat[kolonne] = (celle, *laest)
        return resultat

    def _skriv(self, henvisning: Henvisning) -> str:
        return self.melder.viden.trykt.get(str(henvisning), "…")

    def find(self) -> Iterator[Fund]:
        i_alt = self._sumraekke()
        for kolonne in sorted({k for raekke in self.tal for k in raekke}):
            if self._er_andel(kolonne):
                yield from self._andele(kolonne, i_alt)
            elif i_alt is not None:
                yield from self._soejlesum(kolonne, i_alt)
        yield from self._raekkesummer()
        yield from self._forskelle()

    def _sumraekke(self) -> int | None:
        navne = [raekke[0].tekst if 0 in raekke else "" for raekke in self.raekker]
        fundne = [nummer for nummer, navn in enumerate(navne) if _I_ALT.match(navn)]
        # More than one total: groups, whose sums this does not guess at.
        return fundne[0] if len(fundne) == 1 and fundne[0] == len(navne) - 1 and len(navne) > 2 else None

    def _er_andel(self, kolonne: int) -> bool:
        if _FORSKEL.search(self.hoved.get(kolonne, "")):
            return False
        enheder = {raekke[kolonne][3] for raekke in self.tal if kolonne in raekke}
        return bool(_ANDEL.search(self.hoved.get(kolonne, ""))) or enheder == {"%"}

    def _soejlesum(self, kolonne: int, i_alt: int) -> Iterator[Fund]:
        sum_ = self.tal[i_alt].get(kolonne)
        dele = [raekke.get(kolonne) for raekke in self.tal[:i_alt]]
        hoved = self.hoved.get(kolonne, "")
        if (
            sum_ is None
            or not all(dele)
            or kolonne == 0
            or _FORSKEL.search(hoved)
            or re.search(r"gennemsnit|\bår\b", hoved, re.I)
        ):
            return
        yield from self._sammenlign(sum_, dele, "sum", f"kolonnen {hoved}" if hoved else "kolonnen")

    def _raekkesummer(self) -> Iterator[Fund]:
        sidste = max(self.hoved, default=0)
        if sidste < 2 or not _I_ALT.match(self.hoved[sidste]):
            return
        for raekke in self.tal:
            dele = [raekke.get(kolonne) for kolonne in range(1, sidste) if not self._er_andel(kolonne)]
            if sidste in raekke and len(dele) >= 2 and all(dele):
                navn = self.raekker[self.tal.index(raekke)][0].tekst
                yield from self._sammenlign(raekke[sidste], dele, "sum", f"rækken {navn}")

    def _sammenlign(self, sum_: Celle, dele: list[Celle], kode: str, hvor: str) -> Iterator[Fund]:
        if len({celle[3] for celle in (sum_, *dele)}) > 1:
            return
        rigtig = sum((celle[1] for celle in dele), Decimal(0))
        # Parts told with rounding may miss by half a step each.
        afrundet = sum_[2] > 0 or any(celle[2] for celle in dele) or sum_[3].startswith(("mio", "mia"))
        grove = Decimal(len(dele) + 1) / 2 * Decimal(1).scaleb(-min(c[2] for c in (sum_, *dele))) if afrundet else 0
        if abs(rigtig - sum_[1]) > grove:
            yield from self._meld(
                sum_, kode, rigtig, f"Summen i {hvor} er {_skriv(rigtig, sum_[2])}, ikke {_skriv(sum_[1], sum_[2])}"
            )

    def _andele(self, kolonne: int, i_alt: int | None) -> Iterator[Fund]:
        raekker = self.tal[:i_alt] if i_alt is not None else self.tal
        dele = [raekke[kolonne] for raekke in raekker if kolonne in raekke]
        antal = self._antalskolonne(kolonne, i_alt)
        if i_alt is not None and antal is not None:
            hele = self.tal[i_alt][antal][1]
            for raekke in self.tal:
                if kolonne in raekke and antal in raekke and hele:
                    rigtig = afrund(raekke[antal][1] * 100 / hele, raekke[kolonne][2])
                    if rigtig != raekke[kolonne][1]:
                        skrevet = _skriv(raekke[kolonne][1], raekke[kolonne][2])
                        hvad = f"Andelen er {_skriv(rigtig, raekke[kolonne][2])} %, ikke {skrevet} %"
                        yield from self._meld(raekke[kolonne], "andel", rigtig, hvad)
            return
        sum_ = sum((celle[1] for celle in dele), Decimal(0))
        er_fordeling = i_alt is not None and kolonne in self.tal[i_alt] and self.tal[i_alt][kolonne][1] == 100
        if er_fordeling and len(dele) >= 2 and abs(sum_ - 100) > _ANDELE_MISSER:
            hvad = f"Andelene giver tilsammen {_skriv(sum_, max(c[2] for c in dele))} %, ikke 100 %"
            yield from self._meld(self.tal[i_alt][kolonne], "andele", None, hvad)

    def _antalskolonne(self, kolonne: int, i_alt: int | None) -> int | None:
        """The column the shares are of: the nearest one before with a total."""
        if i_alt is None or not re.search(r"andel|%|pct|procent", self.hoved.get(kolonne, ""), re.I):
            return None
        hundrede = self.tal[i_alt].get(kolonne)
        if hundrede is None or hundrede[1] != 100:
            return None
        mulige = [k for k in self.tal[i_alt] if k < kolonne and not self._er_andel(k) and k in self.tal[i_alt]]
        return max(mulige, default=None)

    def _forskelle(self) -> Iterator[Fund]:
        """A column of change behind two columns of years."""
        aar = [kolonne for kolonne, navn in self.hoved.items() if _AAR.fullmatch(navn)]
        for kolonne, navn in self.hoved.items():
            foer = [k for k in aar if k < kolonne]
            if not _FORSKEL.search(navn) or len(foer) != 2:
                continue
            for raekke in self.tal:
                if not all(k in raekke for k in (*foer, kolonne)):
                    continue
                gammel, ny = (raekke[k][1] for k in foer)
                celle = raekke[kolonne]
                i_pct = celle[3] == "%" or bool(_ANDEL.search(navn))
                if i_pct and not gammel:
                    continue
                rigtig = afrund((ny - gammel) * 100 / gammel, celle[2]) if i_pct else ny - gammel
                if rigtig != celle[1]:
                    enhed = " %" if i_pct else ""
                    hvad = f"Ændringen er {_skriv(rigtig, celle[2])}{enhed}, ikke {celle[0].tekst.strip()}"
                    yield from self._meld(celle, "forskel", rigtig, hvad)

    def _meld(self, celle: Celle, kode: str, rigtig: Decimal | None, hvad: str) -> Iterator[Fund]:
        blok, _, decimaler, _ = celle
        if blok.nummer in self.meldte or not blok.tekst.strip():
            return
        self.meldte.add(blok.nummer)
        tal = re.search(r"[-−–+]?\s?\d[\d. ]*(?:,\d+)?", blok.tekst)
        fra, til = (tal.start(), tal.start() + len(tal[0].rstrip())) if tal else (0, len(blok.tekst))
        # A live figure is never wrong; then it is the parts that are.
        ord_ = _skriv(rigtig, decimaler) if rigtig is not None and tal else None
        yield self.melder.meld(
            kode,
            self.kapitel,
            blok,
            fra,
            til,
            f"{hvad} (tabel {self.tabel.nummer})",
            "Tabellen går ikke op. Ret totalen eller de tal, den er lagt sammen af.",
            ord_=ord_,
        )


def _skriv(tal: Decimal, decimaler: int) -> str:
    return skriv_beloeb(tal, decimaler)


def _tal(tekst: str) -> Decimal:
    return Decimal(tekst.strip().rstrip(".").replace(".", "").replace(",", "."))


def _i_saetninger(melder: Melder, kapitel: Portkapitel, blok: Blok) -> Iterator[Fund]:
    for traef in alle_traef(_LIGHED, blok.tekst):
        sum_gruppe, dele = (1, traef[2]) if traef[1] else (4, traef[3])
        rigtig = sum((_tal(d) for d in dele.split("+")), Decimal(0))
        skrevet = traef[sum_gruppe].rstrip(".")
        if _tal(skrevet) != rigtig:
            fra = traef.start(sum_gruppe)
            yield melder.meld(
                "sum_i_saetning",
                kapitel,
                blok,
                fra,
                fra + len(skrevet),
                f"{dele.strip()} er {_skriv(rigtig, 0)}, ikke {skrevet}",
                "Regnestykket i sætningen går ikke op. Ret summen eller et af leddene.",
                ord_=_skriv(rigtig, 0),
            )
    for traef in alle_traef(_ANDEL_I_SAETNING, blok.tekst):
        hele = _tal(traef["hele"])
        decimaler = len(traef["pct"].partition(",")[2])
        if not hele:
            continue
        rigtig = afrund(_tal(traef["del"]) * 100 / hele, decimaler)
        if rigtig != _tal(traef["pct"]):
            yield melder.meld(
                "andel_i_saetning",
                kapitel,
                blok,
                traef.start("pct"),
                traef.end("pct"),
                f"{traef['del']} af {traef['hele']} er {_skriv(rigtig, decimaler)} %, ikke {traef['pct']} %",
                "Procenten passer ikke med de antal, den er regnet af.",
                ord_=_skriv(rigtig, decimaler).replace(MINUS, "-"),
            )
