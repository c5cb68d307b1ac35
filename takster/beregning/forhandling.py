"""The citizen-directed and the fixed part of a tariff, and what of it can be negotiated (T36, T38)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import afrund_kvotient, i_alt
from socialaftale.kerne.talformat import skriv_beloeb, skriv_kr
from takster.beregning.fund import Fund
from takster.beregning.grundlag import Omkostningsgrundlag
from takster.beregning.koder import Grad
from takster.beregning.poster import POST_EFTER_KODE, POSTER
from takster.beregning.takst import Takstresultat
from takster.beregning.trin import Beregningsfejl, Trin


@dataclass(frozen=True, slots=True, kw_only=True)
class Takstopdeling:
    """G and the tariff per unit in two parts, in kroner.

    borgerrettet + fast = G, and the parts per unit add up to the tariff exactly. The regulation of earlier years and
    financial income are fixed, so the fixed part may be negative. `trin` is written when it is asked for.
    """

    borgerrettet: Decimal
    fast: Decimal
    borgerrettet_pr_enhed: Decimal
    fast_pr_enhed: Decimal

    @property
    def trin(self) -> tuple[Trin, ...]:
        takst = self.borgerrettet_pr_enhed + self.fast_pr_enhed
        borgerrettet, grundlag = skriv_beloeb(self.borgerrettet), skriv_beloeb(self.borgerrettet + self.fast)
        return (
            Trin(
                navn="Borgerrettet del af taksten",
                formel="Takst × borgerrettede udgifter / takstberegningsgrundlag, afrundet til øre",
                indsat=f"{skriv_beloeb(takst)} × {borgerrettet} / {grundlag}",
                resultat=skriv_kr(self.borgerrettet_pr_enhed),
                regel="T38",
            ),
            Trin(
                navn="Fast del af taksten",
                formel="Takst − borgerrettet del",
                indsat=f"{skriv_beloeb(takst)} − {skriv_beloeb(self.borgerrettet_pr_enhed)}",
                resultat=skriv_kr(self.fast_pr_enhed),
                regel="T36",
            ),
        )


def opdel_takst(grundlag: Omkostningsgrundlag, takst: Takstresultat) -> Takstopdeling:
    """T36, T38: split the tariff as its grundlag; the citizen-directed part is rounded, the fixed is the rest.

    Raises Beregningsfejl when the grundlag is 0, and ValueError when the tariff is of another grundlag.
    """
    samlet = grundlag.i_alt
    if samlet != takst.grundlag:
        raise ValueError("The tariff was computed from another grundlag.")
    if not samlet:
        raise Beregningsfejl("Takstberegningsgrundlaget er 0\u00a0kr. og kan ikke deles", felt="beloeb")
    borgerrettet = i_alt(grundlag.post(post.kode) for post in POSTER if post.er_borgerrettet)
    borgerrettet_pr_enhed = afrund_kvotient(takst.takst * borgerrettet, samlet)
    return Takstopdeling(
        borgerrettet=borgerrettet,
        fast=samlet - borgerrettet,
        borgerrettet_pr_enhed=borgerrettet_pr_enhed,
        fast_pr_enhed=takst.takst - borgerrettet_pr_enhed,
    )


def kontroller_forhandling(aendringer: Mapping[str, Decimal], *, direkte_stoettetimer: Decimal | None) -> list[Fund]:
    """T38: a negotiated tariff changes only the amount of direct staff.

    `aendringer` is the change in kroner by line; lines with no change may be there. A change of a fixed line is an
    error; one of a citizen-directed line that is not staff is asked about. ValueError for a code that is not a line.
    """
    if ukendte := sorted(set(aendringer) - set(POST_EFTER_KODE)):
        raise ValueError(f"Unknown cost lines: {', '.join(ukendte)}")
    fund = []
    aendrede = [post for post in POSTER if aendringer.get(post.kode)]
    if aendrede and direkte_stoettetimer is None:
        tekst = "Skriv, hvor mange timers direkte støtte taksten indeholder. Det er udgangspunktet for forhandlingen."
        fund.append(Fund("stoettetimer_mangler", "T38", Grad.ADVARSEL, "direkte_stoettetimer", tekst))
    for post in aendrede:
        aendring = skriv_kr(aendringer[post.kode])
        if not post.er_borgerrettet:
            tekst = (
                f"{post.navn} hører til de faste udgifter og kan ikke forhandles. Fjern ændringen på {aendring}: kun "
                "mængden af direkte støtte kan ændres."
            )
            fund.append(Fund("fast_linje_forhandlet", "T38", Grad.FEJL, post.kode, tekst))
        elif not post.er_direkte_personale:
            tekst = f"{post.navn} er ændret med {aendring}. Se efter, at det følger af mængden af direkte støtte."
            fund.append(Fund("ikke_personale_forhandlet", "T38", Grad.ADVARSEL, post.kode, tekst))
    return fund
