"""The cost basis of a tariff (*takstberegningsgrundlag*, G) from the lines of a takstskema."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne import penge
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad, Kategori
from takster.beregning.poster import KATEGORINAVNE, POST_EFTER_KODE, POSTER, Loengruppe
from takster.beregning.trin import Trin


@dataclass(frozen=True, slots=True)
class Omkostningsgrundlag:
    """Costs by line in kroner, and the regulation from earlier years, which is a line of its own (T48).

    A line is absent or None when nothing is entered; it then counts as 0. Financial income is entered as 0 or less,
    so the total is the plain sum: all costs less financial income (T15, T16). `regulering` is positive when it raises
    the tariff (an earlier deficit) and negative when it lowers it. ValueError for a code that is not a line.
    """

    beloeb: Mapping[str, Decimal | None]
    regulering: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if ukendte := sorted(self.beloeb.keys() - POST_EFTER_KODE.keys()):
            raise ValueError(f"Unknown cost lines: {', '.join(ukendte)}")

    def post(self, kode: str) -> Decimal:
        return self.beloeb.get(kode) or Decimal(0)

    @property
    def pr_kategori(self) -> dict[Kategori, Decimal]:
        """Total of every category, 0 included, with administrative TAP under administration."""
        poster: dict[Kategori, list[Decimal]] = {kategori: [] for kategori in Kategori}
        for kode, beloeb in self.beloeb.items():
            if beloeb:
                poster[POST_EFTER_KODE[kode].kategori].append(beloeb)
        return {kategori: penge.i_alt(beloeb) for kategori, beloeb in poster.items()}

    @property
    def omkostninger(self) -> Decimal:
        """All costs before financial income is deducted."""
        return penge.i_alt(beloeb for kategori, beloeb in self.pr_kategori.items() if kategori != Kategori.G)

    @property
    def finansieringsindtaegter(self) -> Decimal:
        """0 or less."""
        return self.pr_kategori[Kategori.G]

    @property
    def i_alt(self) -> Decimal:
        """G: costs less financial income, with the regulation from earlier years."""
        # Financial income is negative, so the plain sum deducts it.
        return penge.i_alt([*(beloeb for beloeb in self.beloeb.values() if beloeb), self.regulering])

    def loen(self, gruppe: Loengruppe) -> Decimal:
        """Wages of one group (T38)."""
        return penge.i_alt(self.post(post.kode) for post in POSTER if post.loengruppe == gruppe)

    def trin(self) -> tuple[Trin, ...]:
        """One step per category with a figure, and the total."""
        trin = [
            Trin(
                navn=KATEGORINAVNE[kategori],
                formel="Summen af kategoriens linjer",
                indsat=_led(self.post(post.kode) for post in POSTER if post.kategori == kategori),
                resultat=skriv_kr(beloeb),
                regel="T16",
            )
            for kategori, beloeb in self.pr_kategori.items()
            if beloeb
        ]
        led = [self.omkostninger, self.finansieringsindtaegter, self.regulering]
        trin.append(
            Trin(
                navn="Takstberegningsgrundlag",
                formel="Omkostninger − finansieringsindtægter + regulering vedr. tidligere år",
                indsat=_led(led),
                resultat=skriv_kr(self.i_alt),
                regel="T15",
            )
        )
        return tuple(trin)


def _led(beloeb: Iterable[Decimal]) -> str:
    """1.000,00 + 200,00 − 30,00, without the zeros."""
    tekst = "".join(f" {'−' if led < 0 else '+'} {skriv_beloeb(abs(led))}" for led in beloeb if led)
    return tekst.removeprefix(" + ").removeprefix(" ") or "0"


def kontroller_fortegn_i_poster(beloeb: Mapping[str, Decimal | None]) -> list[Fund]:
    """T42: financial income is 0 or less, every other line 0 or more."""
    fund = []
    for post in POSTER:
        vaerdi = beloeb.get(post.kode)
        if vaerdi is None or vaerdi * post.fortegn >= 0:
            continue
        if post.fortegn > 0:
            tekst = (
                f"{post.navn} står med minus ({skriv_kr(vaerdi)}). Omkostninger skrives uden minus. "
                "Er det en indtægt, hører den til under renteindtægter eller skal ikke med."
            )
        else:
            tekst = f"{post.navn} er en indtægt og skrives med minus: {skriv_kr(-vaerdi)}"
        fund.append(Fund("fortegn", "T42", Grad.FEJL, post.kode, tekst))
    return fund
