"""How a figure writes a value: Danish number, unit, sign."""

from decimal import Decimal

from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_aendring, skriv_beloeb


def vis_tal(vaerdi: Decimal | int | None, *, decimaler: int = 0, enhed: str = "", fortegn: bool = False) -> str:
    """ "1.250", "97,5 %", "−12"; unknown is "–", without unit. `fortegn` writes the plus of a change too."""
    tekst = skriv_aendring(vaerdi, decimaler) if fortegn else skriv_beloeb(vaerdi, decimaler)
    return f"{tekst}{HAARDT_MELLEMRUM}{enhed}" if enhed and vaerdi is not None else tekst
