"""What the styringsaftale offers the rest: figures, blocks, the gate's finders, the handbook, menu and data."""

from __future__ import annotations

from socialaftale.aftale.styring import bench, bilagsart, blokke, opslag, port, tal
from socialaftale.aftale.styring.demodata import udgiv_styringsaftaler
from socialaftale.aftale.styring.grunddata import indlaes_demoens, indlaes_styringsaftaler
from socialaftale.kerne import registre
from socialaftale.kerne.registre import Demotrin, Menupunkt

MENUTEKST = "Slå op i reglerne for takster, belægning, over- og underskud og betaling."


def registrer() -> None:
    tal.registrer()
    blokke.registrer()
    port.registrer()
    opslag.registrer()
    bench.registrer()
    bilagsart.registrer()
    registre.menu.tilfoej(
        "styringsaftale",
        Menupunkt("Styringsaftale", "styringsaftale:forside", tekst=MENUTEKST),
        raekkefoelge=610,
    )
    registre.grunddata.tilfoej(
        "styringsaftaler", Demotrin("Styringsaftaler", indlaes_styringsaftaler), raekkefoelge=610
    )
    registre.demodata.tilfoej("styringsaftaler", Demotrin("Demoens styringsaftale", indlaes_demoens), raekkefoelge=893)
    # Before the agreements' editions, which they are annexes of.
    registre.demodata.tilfoej(
        "styringsaftaleudgaver", Demotrin("Styringsaftaler i kraft", udgiv_styringsaftaler), raekkefoelge=894
    )
