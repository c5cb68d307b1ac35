"""Bar charts: parts of a whole (*stablede søjler*) and the development between periods (*søjler*)."""

from collections.abc import Sequence
from decimal import Decimal

from socialaftale.kerne.figurer import svg
from socialaftale.kerne.figurer.akse import akseinddeling
from socialaftale.kerne.figurer.farver import DAEMPET, KANT, MOERK, defs, fyld
from socialaftale.kerne.figurer.serier import Raekke, Serie, kraev_passende
from socialaftale.kerne.figurer.soejlefelt import TAL_PX, Felt, lav_felt
from socialaftale.kerne.figurer.talvisning import vis_tal
from socialaftale.kerne.figurer.tekstmaal import tekstbredde
from socialaftale.kerne.talformat import UKENDT

_TALAFSTAND = 6.0
_AENDRING = "Ændring"


def stablede_soejler(
    raekker: Sequence[Raekke],
    serier: Sequence[Serie],
    *,
    titel: str,
    beskrivelse: str = "",
    id_praefiks: str,
    bredde: float = 640,
    smal: bool = False,
    aksetitel: str = "",
    decimaler: int = 0,
    enhed: str = "",
) -> svg.Svg:
    """Horizontal bars of stacked parts with the total at the end; the key is `signatur(serier)`.

    A row with unknown parts shows the sum of the known ones as "mindst …", and "–" when nothing is known. Raises
    ValueError for negative values and rows that do not fit the series.
    """
    kraev_passende(raekker, serier)
    kendte = [[vaerdi for vaerdi in raekke.vaerdier if vaerdi is not None] for raekke in raekker]
    totaler = [_total(raekke, decimaler, enhed) for raekke in raekker]
    felt = lav_felt(
        navne=[raekke.navn for raekke in raekker],
        soejlehoejde=18 if smal else 20,
        luft=14 if smal else 11,
        akse=akseinddeling(max(sum(k) for k in kendte), intervaller=4 if smal else 5, decimaler=decimaler),
        bredde=bredde,
        smal=smal,
        plads_til_tal=max(tekstbredde(total, TAL_PX, fed=True) for total in totaler),
        aksetitel=aksetitel,
    )
    dele = []
    for nummer, raekke in enumerate(raekker):
        y = felt.soejletop(nummer)
        x = felt.venstre
        stykker = []
        for serie, vaerdi in zip(serier, raekke.vaerdier, strict=True):
            if not vaerdi:
                continue
            tip = f"{raekke.navn}, {serie.navn}: {vis_tal(vaerdi, decimaler=decimaler, enhed=enhed)}"
            stykker.append(_soejle(felt, x, y, felt.soejlehoejde, vaerdi, fyld(serie.moenster, id_praefiks), tip))
            x += felt.laengde(vaerdi)
        dele.append(felt.raekkenavn(nummer, raekke.navn))
        dele.append(svg.element("g", *stykker, stroke=KANT) if stykker else "")
        dele.append(_tal(x, y + felt.soejlehoejde / 2, totaler[nummer], fed=True))
    return svg.tegning(
        felt.ramme(decimaler=decimaler, enhed=enhed, aksetitel=aksetitel),
        *dele,
        id_praefiks=id_praefiks,
        titel_tekst=titel,
        beskrivelse=beskrivelse,
        bredde=bredde,
        hoejde=felt.hoejde,
        defs=defs([serie.moenster for serie in serier], id_praefiks),
    )


def soejler(
    raekker: Sequence[Raekke],
    serier: Sequence[Serie],
    *,
    titel: str,
    beskrivelse: str = "",
    id_praefiks: str,
    bredde: float = 640,
    smal: bool = False,
    aksetitel: str = "",
    decimaler: int = 0,
    enhed: str = "",
    vis_aendring: bool = False,
) -> svg.Svg:
    """Horizontal bars side by side, one per series (usually periods), each with its value at the end.

    `vis_aendring` adds the difference from the first to the second of two series. Raises ValueError for negative
    values, rows that do not fit the series, and a change between other than two series.
    """
    kraev_passende(raekker, serier)
    if vis_aendring and len(serier) != 2:
        raise ValueError("A change runs between two series")
    tykkelse = 14.0
    tekster = [[vis_tal(v, decimaler=decimaler, enhed=enhed) for v in raekke.vaerdier] for raekke in raekker]
    aendringer = [_aendring(raekke, decimaler, enhed) for raekke in raekker] if vis_aendring else []
    aendringsbredde = max((tekstbredde(tekst, TAL_PX, fed=True) for tekst in [*aendringer, _AENDRING]), default=0)
    felt = lav_felt(
        navne=[raekke.navn for raekke in raekker],
        soejlehoejde=tykkelse * len(serier),
        luft=16,
        akse=akseinddeling(
            max((v for raekke in raekker for v in raekke.vaerdier if v is not None), default=0),
            intervaller=4 if smal else 5,
            decimaler=decimaler,
        ),
        bredde=bredde,
        smal=smal,
        plads_til_tal=max(tekstbredde(tekst, TAL_PX) for raekke in tekster for tekst in raekke),
        plads_til_hoejre=aendringsbredde + 16 if vis_aendring else 0,
        aksetitel=aksetitel,
        overskriftslinje=vis_aendring,
    )
    dele = [_overskrift(felt)] if vis_aendring else []
    for nummer, raekke in enumerate(raekker):
        stykker, tal = [], []
        for plads, (serie, vaerdi) in enumerate(zip(serier, raekke.vaerdier, strict=True)):
            y = felt.soejletop(nummer) + tykkelse * plads
            tekst = tekster[nummer][plads]
            if vaerdi:
                tip = f"{raekke.navn}, {serie.navn}: {tekst}"
                farve = fyld(serie.moenster, id_praefiks)
                stykker.append(_soejle(felt, felt.venstre, y, tykkelse, vaerdi, farve, tip))
            tal.append(_tal(felt.venstre + felt.laengde(vaerdi or 0), y + tykkelse / 2, tekst, px=TAL_PX - 1))
        dele.append(felt.raekkenavn(nummer, raekke.navn))
        dele.append(svg.element("g", *stykker, stroke=KANT) if stykker else "")
        dele.extend(tal)
        if vis_aendring:
            midte = felt.soejletop(nummer) + felt.soejlehoejde / 2
            dele.append(_hoejrestillet(felt, midte + TAL_PX * 0.35, aendringer[nummer], MOERK))
    return svg.tegning(
        felt.ramme(decimaler=decimaler, enhed=enhed, aksetitel=aksetitel),
        *dele,
        id_praefiks=id_praefiks,
        titel_tekst=titel,
        beskrivelse=beskrivelse,
        bredde=bredde,
        hoejde=felt.hoejde,
        defs=defs([serie.moenster for serie in serier], id_praefiks),
    )


def _total(raekke: Raekke, decimaler: int, enhed: str) -> str:
    kendte = [vaerdi for vaerdi in raekke.vaerdier if vaerdi is not None]
    if not kendte:
        return UKENDT
    tekst = vis_tal(sum(kendte), decimaler=decimaler, enhed=enhed)
    return tekst if len(kendte) == len(raekke.vaerdier) else f"mindst {tekst}"


def _aendring(raekke: Raekke, decimaler: int, enhed: str) -> str:
    foer, nu = raekke.vaerdier
    if foer is None or nu is None:
        return UKENDT
    return vis_tal(nu - foer, decimaler=decimaler, enhed=enhed, fortegn=True)


def _soejle(felt: Felt, x: float, y: float, hoejde: float, vaerdi: Decimal | int, farve: str, tip: str) -> str:
    return svg.element("rect", svg.titel(tip), x=x, y=y, width=felt.laengde(vaerdi), height=hoejde, fill=farve)


def _tal(x: float, midte: float, tekst: str, *, px: float = TAL_PX, fed: bool = False) -> str:
    vaegt = "600" if fed else None
    return svg.tekst(x + _TALAFSTAND, midte + px * 0.35, tekst, font_size=px, font_weight=vaegt, fill=MOERK)


def _overskrift(felt: Felt) -> str:
    return _hoejrestillet(felt, felt.top - 8, _AENDRING, DAEMPET)


def _hoejrestillet(felt: Felt, y: float, tekst: str, farve: str) -> str:
    return svg.tekst(felt.bredde - 1, y, tekst, font_size=TAL_PX, font_weight="600", fill=farve, text_anchor="end")
