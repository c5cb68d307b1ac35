"""What the controller looks for in a submitted form: what changed since last year, and what it is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from socialaftale.kerne.penge import afrund
from takster.beregning.afvigelser import Sammenligning, Sammenligningstakst
from takster.beregning.kontrolraekke import Skemaberegning
from takster.hentning import Omgivelser
from takster.models import Takstskema
from takster.visning import Ark

# How many cost lines are pointed out, and how many comparable services are listed.
STOERSTE, NAERMESTE = 5, 12


def aendringer(
    takstord: str, skema: Takstskema, omgivelser: Omgivelser, beregning: Skemaberegning, ark: Ark
) -> list[dict[str, Any]]:
    """Tariff, budget, capacity and occupancy against last year; kroner in the same prices."""
    sidste, takst = omgivelser.sidste_aar, omgivelser.sidste_takst
    if sidste is None or takst is None:
        return []
    aendring = beregning.aendring
    return [
        {
            "navn": takstord,
            "art": "kr",
            "foer": sidste.takst,
            "foer_pl": aendring.forrige_fremskrevet if aendring else None,
            "nu": beregning.takst.takst if beregning.takst else None,
            "pct": afrund(aendring.pct, 1) if aendring and aendring.pct is not None else None,
        },
        {
            "navn": "Takstberegningsgrundlag",
            "art": "hele",
            "foer": ark.i_alt.foer,
            "foer_pl": ark.i_alt.foer_pl,
            "nu": ark.i_alt.beloeb,
            "pct": ark.i_alt.aendring_pl_pct,
        },
        _maengde("Pladser eller anden kapacitet", sidste.kapacitet, beregning.data.kapacitet),
        _maengde("Godkendte pladser på tilbuddet", None, omgivelser.godkendte_pladser),
        _maengde("Budgetteret belægning (%)", takst.belaegning_pct, skema.belaegning_pct),
    ]


def _maengde(navn: str, foer: Decimal | None, nu: Decimal | None) -> dict[str, Any]:
    """A row that is not in kroner; the difference with as many decimals as it has."""
    forskel = None if nu is None or foer is None else nu - foer
    hel = forskel is not None and forskel == int(forskel)
    return {"navn": navn, "art": "tal", "foer": foer, "nu": nu, "forskel": forskel, "decimaler": 0 if hel else 2}


def stoerste_linjer(ark: Ark) -> list[dict[str, Any]]:
    """The cost lines that moved most in kroner, in the same prices."""
    linjer = [
        {"linje": linje, "forskel": (linje.beloeb or Decimal(0)) - (linje.foer_pl or Decimal(0))}
        for gruppe in ark.grupper
        for linje in gruppe.linjer
        if ark.sidste_aar and not linje.er_tom
    ]
    linjer = [post for post in linjer if post["forskel"]]
    return sorted(linjer, key=lambda post: -abs(post["forskel"]))[:STOERSTE]


def naermeste(andre: Iterable[Sammenligningstakst], sammenligning: Sammenligning | None) -> list[Sammenligningstakst]:
    """The comparable services whose tariffs lie nearest to the one in hand, by tariff."""
    if sammenligning is None:
        return []
    egen = sammenligning.takst.takst
    taettest = sorted(andre, key=lambda en: (abs(en.takst - egen), en.noegle))[:NAERMESTE]
    return sorted(taettest, key=lambda en: (en.takst, en.noegle))
