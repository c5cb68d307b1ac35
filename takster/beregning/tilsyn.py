"""The general supervision in the tariff (*tilsynstakst*, T42, T46): what the year's price of it gives a tilbud."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import fordel
from socialaftale.kerne.talformat import skriv_kr, skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad
from takster.beregning.regelsaet import Regler

TILSYNSPOST = "C30"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tilsynstrin:
    """One step of the supervision's tariff: the price in kroner a year for a tilbud of so many approved places.

    `pladser_til` is None for the last step, which has no upper end.
    """

    aar: int
    pladser_fra: int
    pladser_til: int | None
    beloeb: Decimal
    er_eksempel: bool = False

    @property
    def interval(self) -> str:
        """The places as the supervision writes them: "8-24" or "50+"."""
        return f"{self.pladser_fra}+" if self.pladser_til is None else f"{self.pladser_fra}-{self.pladser_til}"


def find_trin(pladser: Decimal | None, trin: Iterable[Tilsynstrin]) -> Tilsynstrin | None:
    """The step for a number of approved places; None when the places are unknown or no step covers them."""
    if pladser is None:
        return None
    passer = (et for et in trin if et.pladser_fra <= pladser and (et.pladser_til is None or pladser <= et.pladser_til))
    return next(passer, None)


def del_paa_ydelser(beloeb: Decimal, pladser: Sequence[Decimal | None]) -> list[Decimal]:
    """A tilbud pays once: its price on its ydelser by places, or in equal parts when a number is unknown.

    The parts add up to the price exactly.
    """
    kendte = [antal for antal in pladser if antal]
    return fordel(beloeb, kendte if len(kendte) == len(pladser) else [1] * len(pladser))


@dataclass(frozen=True, slots=True, kw_only=True)
class Forventet:
    """What the line is expected to hold for one ydelse: its share, the whole tilbud's price and where it is from."""

    beloeb: Decimal
    trin: Tilsynstrin
    godkendte_pladser: Decimal
    antal_ydelser: int

    @property
    def forklaring(self) -> str:
        """One sentence for the line's hint."""
        eksempel = " (eksempeltal)" if self.trin.er_eksempel else ""
        hele = (
            f"Tilsynstaksten {self.trin.aar} for {self.trin.interval} godkendte pladser er "
            f"{skriv_kr(self.trin.beloeb, 0)}{eksempel}"
        )
        if self.antal_ydelser == 1:
            return f"{hele}."
        return f"{hele}. Delt på tilbuddets {self.antal_ydelser} ydelser giver det {skriv_kr(self.beloeb)} her."


def kontroller_tilsyn(beloeb: Decimal | None, forventet: Forventet | None, regler: Regler) -> list[Fund]:
    """T46: a line far from the year's price may hold more than the general supervision, or be forgotten."""
    if forventet is None or abs((beloeb or Decimal(0)) - forventet.beloeb) <= regler.tolerance_kr:
        return []
    her = "Linjen er tom" if beloeb is None else f"Her står {skriv_kr(beloeb)}"
    tekst = (
        f"{forventet.forklaring} Tilbuddet er godkendt til {skriv_tal(forventet.godkendte_pladser)} pladser. {her}. "
        "Se efter, at kun det generelle tilsyn er med"
    )
    return [Fund("tilsynstakst_afviger", "T46", Grad.ADVARSEL, TILSYNSPOST, tekst)]
