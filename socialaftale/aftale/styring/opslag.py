"""Where the handbook tells of a rule: what findings and "Sådan er tallet beregnet" link to."""

from __future__ import annotations

from socialaftale.aftale.styring.enums import Styringstilstand
from socialaftale.aftale.styring.models import Styringsaftale
from socialaftale.kerne import registre


def registrer() -> None:
    registre.haandbog.tilfoej("styringsaftale", afsnit_for_regler)


def afsnit_for_regler(aar: int | None) -> dict[str, str]:
    """Rule number → address of its section, in the published styringsaftale of the year (None: the one in force).

    One query; empty when there is none.
    """
    ude = Styringsaftale.objects.offentliggjorte().only("aar", "regler")
    fundet = ude.for_aar(aar).first() if aar is not None else ude.filter(tilstand=Styringstilstand.GAELDENDE).first()
    if fundet is None:
        return {}
    return {regel: fundet.kapitel_adresse(noegle) for regel, noegle in fundet.afsnit_for_regel().items()}
