"""Whether the stated buyers (T8) fit the places the tariff is calculated to be sold in."""

from collections.abc import Sequence
from decimal import Decimal

from socialaftale.kerne.penge import i_alt
from socialaftale.kerne.talformat import skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import Enhed, Grad
from takster.beregning.regelsaet import Regler

FELT = "koebere"
_ORD = {
    Enhed.DOEGN: "helårspladser",
    Enhed.DAG: "helårspladser",
    Enhed.TIME: "timer",
    Enhed.ENHED: "enheder",
}


def maengdeord(enhed: str) -> str:
    """What the volume of a purchase is counted in."""
    return _ORD[Enhed(enhed)]


def forventet_maengde(kapacitet: Decimal | None, belaegning_pct: Decimal | None) -> Decimal | None:
    """Capacity × occupancy; None when either is not entered."""
    return None if kapacitet is None or belaegning_pct is None else kapacitet * belaegning_pct / 100


def kontroller_koebere(
    maengder: Sequence[Decimal] | None,
    *,
    enhed: str,
    kapacitet: Decimal | None,
    belaegning_pct: Decimal | None,
    regler: Regler,
) -> list[Fund]:
    """A warning when nobody buys, or when they buy far more or less than the tariff is calculated for.

    None: the question is not asked of this form.
    """
    if maengder is None:
        return []
    if not maengder:
        tekst = "Skriv, hvilke kommuner der køber, og hvor meget. Så kan de se, hvad taksten betyder for deres budget"
        return [Fund("koebere_mangler", "T8", Grad.ADVARSEL, FELT, tekst)]
    forventet = forventet_maengde(kapacitet, belaegning_pct)
    koebt = i_alt(maengder)
    if forventet is None or abs(koebt - forventet) * 100 <= forventet * regler.koebere_afvigelse_pct:
        return []
    tekst = (
        f"Køberne køber i alt {skriv_tal(koebt)} {maengdeord(enhed)}, men taksten er beregnet til at sælge "
        f"{skriv_tal(forventet)}. Se efter, om en køber mangler, eller om belægningen er rigtig"
    )
    return [Fund("koebere_afviger", "T8", Grad.ADVARSEL, FELT, tekst)]
