"""The tile map (*flisekort*): one tile per municipality, for screens too narrow for real borders."""

from collections.abc import Mapping
from decimal import Decimal

from socialaftale.kerne.figurer import svg
from socialaftale.kerne.figurer.farver import KORTKANT, MOERK, Moenster, defs, fyld, tekstfarve
from socialaftale.kerne.figurer.geo import Flise, Fliser
from socialaftale.kerne.figurer.klasser import Klasser
from socialaftale.kerne.figurer.kort import kraev_kendte
from socialaftale.kerne.figurer.tekstmaal import tekstbredde

MELLEMRUM = 4.0
TAL_PX = 13.0
NAVN_PX = 11.5
_LUFT = 2.5
_LINJE = 12.5


def flisekort(
    vaerdier: Mapping[str, Decimal | int | None],
    *,
    fliser: Fliser,
    klasser: Klasser,
    titel: str,
    beskrivelse: str = "",
    id_praefiks: str,
    bredde: float = 344,
) -> svg.Svg:
    """A schematic map of values by municipality code; None or a missing code is hatched and shown as "–".

    Names shrink until the longest fits its tile. Raises ValueError for a code the grid does not have.
    """
    kraev_kendte(vaerdier, [flise.kode for flise in fliser.fliser])
    side = (bredde - 2 + MELLEMRUM) / fliser.kolonner - MELLEMRUM
    linjer = max(len(flise.linjer) for flise in fliser.fliser)
    hoejde = 2 * 7 + linjer * _LINJE + TAL_PX
    laengste = max(tekstbredde(linje, 1) for flise in fliser.fliser for linje in flise.linjer)
    navn_px = min(NAVN_PX, round((side - 2 * _LUFT) / laengste, 1))
    dele = [
        _flise(flise, vaerdier.get(flise.kode), klasser, id_praefiks, side=side, hoejde=hoejde, navn_px=navn_px)
        for flise in fliser.fliser
    ]
    ukendte = any(vaerdier.get(flise.kode) is None for flise in fliser.fliser)
    return svg.tegning(
        svg.element("g", *dele, text_anchor="middle", font_size=navn_px),
        id_praefiks=id_praefiks,
        titel_tekst=titel,
        beskrivelse=beskrivelse,
        bredde=bredde,
        hoejde=fliser.raekker * (hoejde + MELLEMRUM) - MELLEMRUM + 2,
        defs=defs([Moenster.UKENDT], id_praefiks) if ukendte else "",
    )


def _flise(
    flise: Flise,
    vaerdi: Decimal | int | None,
    klasser: Klasser,
    id_praefiks: str,
    *,
    side: float,
    hoejde: float,
    navn_px: float,
) -> str:
    x = 1 + (flise.kolonne - 1) * (side + MELLEMRUM)
    y = 1 + (flise.raekke - 1) * (hoejde + MELLEMRUM)
    farve = fyld(Moenster.UKENDT, id_praefiks) if vaerdi is None else klasser.farve(vaerdi)
    blaek = MOERK if vaerdi is None else tekstfarve(farve)
    tip = "ikke oplyst" if vaerdi is None else klasser.vis(vaerdi)
    midte = x + side / 2
    tallinje = y + hoejde - 9
    # the name is centred in the room above the number, whether it takes one line or two
    foerste = (y + 5 + tallinje - TAL_PX) / 2 - (len(flise.linjer) - 1) * _LINJE / 2 + navn_px * 0.35
    return svg.element(
        "g",
        svg.titel(f"{flise.navn}: {tip}"),
        svg.element("rect", x=x, y=y, width=side, height=hoejde, rx=3, fill=farve, stroke=KORTKANT),
        *(svg.tekst(midte, foerste + i * _LINJE, linje, fill=blaek) for i, linje in enumerate(flise.linjer)),
        svg.tekst(midte, tallinje, klasser.vis(vaerdi), fill=blaek, font_size=TAL_PX, font_weight="600"),
    )
