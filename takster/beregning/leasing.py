"""Leased assets, each in the tariff once (T47)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import i_alt
from socialaftale.kerne.talformat import skriv_kr
from takster.beregning.fund import Fund
from takster.beregning.koder import Grad


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasetAktiv:
    """One leased asset with what the tariff holds of it in a year, in kroner, all 0 or more.

    A financially leased asset is in the asset register and counts by its payments, or by depreciation and interest.
    One that is leased operationally is an ordinary cost, like rent.
    """

    noegle: str
    navn: str
    er_finansiel: bool
    ydelser: Decimal = Decimal(0)
    afskrivning: Decimal = Decimal(0)
    rente: Decimal = Decimal(0)

    @property
    def i_alt(self) -> Decimal:
        """What the asset costs the tariff; right only when `kontroller_leasing` finds nothing."""
        return i_alt([self.ydelser, self.afskrivning, self.rente])


def kontroller_leasing(aktiver: Iterable[LeasetAktiv]) -> list[Fund]:
    """T47: payments, or depreciation and interest, never both; nothing but payments when leased operationally."""
    fund = []
    for aktiv in sorted(aktiver, key=lambda aktiv: aktiv.noegle):
        kapital = aktiv.afskrivning + aktiv.rente
        if min(aktiv.ydelser, aktiv.afskrivning, aktiv.rente) < 0:
            tekst = f"{aktiv.navn}: beløbene skrives uden minus"
            fund.append(Fund("leasing_negativ", "T47", Grad.FEJL, aktiv.noegle, tekst))
        elif kapital and not aktiv.er_finansiel:
            tekst = (
                f"{aktiv.navn} er operationelt leaset og er ikke i anlægskartoteket. Fjern afskrivning og "
                f"forrentning ({skriv_kr(kapital)}), og medtag leasingydelsen som en driftsudgift."
            )
            fund.append(Fund("operationel_leasing_afskrevet", "T47", Grad.FEJL, aktiv.noegle, tekst))
        elif kapital and aktiv.ydelser:
            tekst = (
                f"{aktiv.navn} er med to gange: leasingydelser på {skriv_kr(aktiv.ydelser)} og afskrivning og "
                f"forrentning på {skriv_kr(kapital)}. Fjern det ene."
            )
            fund.append(Fund("leasing_dobbelt", "T47", Grad.FEJL, aktiv.noegle, tekst))
    return fund
