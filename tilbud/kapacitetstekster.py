"""Danish words about capacity: names and meaning of the series, and findings (*fund*) computed from numbers."""

from __future__ import annotations

from decimal import Decimal

from socialaftale.kerne.tal.formater import UkendtFormat, skriv
from socialaftale.kerne.talformat import skriv_aendring, skriv_andel_pct, skriv_heltal, skriv_pct
from tilbud.beregning.kapacitet import Aendring, Kommunetal, Opgoerelse, Serie, Udvikling
from tilbud.beregning.pladsfordeling import Interval
from tilbud.enums import Pladsart

SERIENAVNE = {
    Serie.KOMMUNALE: "Kommunale pladser",
    Serie.PRIVATE: "Private pladser",
    Serie.SOCIALAFTALE: "Pladser i socialaftalen",
}
# In column headings, under a heading that says "pladser".
KORTE_SERIENAVNE = {Serie.KOMMUNALE: "Kommunale", Serie.PRIVATE: "Private", Serie.SOCIALAFTALE: "I socialaftalen"}
DEFINITIONER = {
    Serie.KOMMUNALE: (
        "Pladser i kommunale tilbud, som ikke er med i socialaftalen. Det er typisk pladser, som kun kommunens egne "
        "borgere bruger."
    ),
    Serie.PRIVATE: "Pladser i private tilbud. De er aldrig med i socialaftalen, men hører med i det samlede billede.",
    Serie.SOCIALAFTALE: "Kommunale og regionale pladser, som parterne i socialaftalen bruger i fællesskab.",
}
BELIGGENHED = (
    "Hver plads er talt med ét sted: i den kommune, hvor tilbuddet ligger. Regionens pladser er derfor talt med i den "
    "kommune, hvor de ligger, og tallene siger ikke, hvor borgerne kommer fra."
)
ANDEL_FORMEL = "Andel = pladser i socialaftalen / (kommunale + private + pladser i socialaftalen)"
_MAKS_NAVNE = 3


def opremsning(dele: list[str]) -> str:
    """ "a", "a og b", "a, b og c"."""
    return dele[0] if len(dele) == 1 else f"{', '.join(dele[:-1])} og {dele[-1]}"


def antal_pladser(antal: int) -> str:
    return f"{skriv_heltal(antal)} {'plads' if antal == 1 else 'pladser'}"


def interval(vaerdi: Interval | None) -> str:
    """ "12", "5–8", and "–" when unknown."""
    if vaerdi is None:
        return skriv_heltal(None)
    fra, til = skriv_heltal(vaerdi.fra), skriv_heltal(vaerdi.til)
    return fra if vaerdi.fra == vaerdi.til else f"{fra} til {til}" if vaerdi.fra < 0 else f"{fra}–{til}"


def artnavn(art: str | None) -> str:
    """The kind of places as it is listed: "godkendte pladser", "pladser uden oplyst art"."""
    return Pladsart(art).label.lower() if art else "pladser uden oplyst art"


def broek(andel: Decimal | None) -> str:
    """ "næsten hver fjerde", or "" where a share has no such name."""
    try:
        return "" if andel is None else skriv(andel, "broek")
    except UkendtFormat:
        return ""


def hovedfund(opgoerelse: Opgoerelse, *, omraade: str, aftalenavn: str) -> str:
    """How many places there are, and how many of them are in the agreement."""
    samlet = opgoerelse.i_alt
    i_omraadet = f" i {omraade}" if omraade else ""
    navngivet = broek(samlet.andel)
    andel = f"{skriv_andel_pct(samlet.andel)}, {navngivet}" if navngivet else skriv_andel_pct(samlet.andel)
    return (
        f"I {opgoerelse.aar} var der {skriv_heltal(samlet.i_alt)} dag- og døgnpladser{i_omraadet}. "
        f"{skriv_heltal(samlet.socialaftale)} af dem ({andel}) var med i {aftalenavn}."
    )


def kortfund(opgoerelse: Opgoerelse) -> str:
    """Where most of the agreement's places lie, and who has none."""
    foerende = [kommune for kommune in opgoerelse.rangliste(Serie.SOCIALAFTALE) if kommune.pladser.socialaftale]
    if not foerende:
        return f"Ingen kommuner har pladser i socialaftalen i {opgoerelse.aar}."
    top = foerende[:_MAKS_NAVNE]
    navne = opremsning([f"{kommune.navn} ({skriv_heltal(kommune.pladser.socialaftale)})" for kommune in top])
    saetninger = [f"Flest af socialaftalens pladser ligger i {navne}."]
    samlet = opgoerelse.i_alt.socialaftale
    if len(foerende) > len(top):
        del_ = sum(kommune.pladser.socialaftale for kommune in top)
        saetninger.append(f"Det er tilsammen {skriv_andel_pct(Decimal(del_) / samlet, 0)}.")
    uden = [kommune.navn for kommune in opgoerelse.kommuner if not kommune.pladser.socialaftale]
    if uden:
        saetninger.append(f"{opremsning(uden) if len(uden) <= _MAKS_NAVNE else f'{len(uden)} kommuner'} har ingen.")
    return " ".join(saetninger)


def soejlefund(opgoerelse: Opgoerelse) -> str:
    """Who has most places in all, and where the agreement weighs most and least."""
    stoerst = max(opgoerelse.kommuner, key=lambda kommune: kommune.pladser.i_alt)
    fund = f"{stoerst.navn} har flest pladser i alt, {skriv_heltal(stoerst.pladser.i_alt)}."
    med_andel = [kommune for kommune in opgoerelse.kommuner if kommune.pladser.andel is not None]
    if len(med_andel) < 2:
        return fund
    hoejest = max(med_andel, key=_andel)
    lavest = min(med_andel, key=_andel)
    if _andel(hoejest) == _andel(lavest):
        return fund
    return (
        f"{fund} Socialaftalens andel er størst i {hoejest.navn} ({skriv_andel_pct(hoejest.pladser.andel)}) "
        f"og mindst i {lavest.navn} ({skriv_andel_pct(lavest.pladser.andel)})."
    )


def _andel(kommune: Kommunetal) -> Decimal:
    return kommune.pladser.andel or Decimal(0)


def udviklingsfund(udvikling: Udvikling) -> str:
    """How the agreement's places have changed, and where most."""
    aendring = udvikling.serie(Serie.SOCIALAFTALE)
    saetninger = [f"Antallet af pladser i socialaftalen er {_aendret(aendring)} {_aarene(udvikling)}."]
    kendte = [kommune for kommune in udvikling.kommuner if kommune.aendring.absolut is not None]
    op = max(kendte, key=lambda kommune: kommune.aendring.absolut, default=None)
    ned = min(kendte, key=lambda kommune: kommune.aendring.absolut, default=None)
    led = []
    if op is not None and op.aendring.absolut > 0:
        led.append(f"størst stigning har {op.navn} ({med_fortegn(op.aendring.absolut)})")
    if ned is not None and ned.aendring.absolut < 0:
        led.append(f"størst fald har {ned.navn} ({med_fortegn(ned.aendring.absolut)})")
    if led:
        tekst = ", ".join(led)
        saetninger.append(f"{tekst[0].upper()}{tekst[1:]}.")
    return " ".join(saetninger)


def _aarene(udvikling: Udvikling) -> str:
    return f"fra {udvikling.foer.aar} til {udvikling.nu.aar}"


def _aendret(aendring: Aendring) -> str:
    if not aendring.absolut:
        return "uændret"
    pct = "" if aendring.pct is None else f" ({skriv_pct(abs(aendring.pct))})"
    return f"{'steget' if aendring.absolut > 0 else 'faldet'} med {skriv_heltal(abs(aendring.absolut))}{pct}"


def med_fortegn(antal: int | None) -> str:
    """+341, −15, 0; "–" when unknown."""
    return skriv_aendring(antal, 0)


def aendringsceller(aendring: Aendring) -> tuple[str, str, str, str]:
    """Before, now, difference and percent, as a table writes them."""
    return (
        skriv_heltal(aendring.foer),
        skriv_heltal(aendring.nu),
        med_fortegn(aendring.absolut),
        skriv_aendring(aendring.pct),
    )


def kommunefund(opgoerelse: Opgoerelse, kommune: Kommunetal) -> str:
    """What lies in one municipality, and its share of the agreement's places."""
    pladser = kommune.pladser
    fund = f"I {opgoerelse.aar} lå der {antal_pladser(pladser.i_alt)} i kommunen."
    if not pladser.socialaftale:
        return f"{fund} Ingen af dem var med i socialaftalen."
    del_ = Decimal(pladser.socialaftale) / opgoerelse.i_alt.socialaftale
    return (
        f"{fund} {skriv_heltal(pladser.socialaftale)} af dem ({skriv_andel_pct(pladser.andel)}) var med i "
        f"socialaftalen. Det er {skriv_andel_pct(del_)} af alle socialaftalens pladser."
    )


def kommuneudviklingsfund(udvikling: Udvikling, slug: str) -> str:
    """How one municipality's places have changed in all; both statements name it."""
    aendring = Aendring(*(opgoerelse.for_kommune(slug).i_alt for opgoerelse in (udvikling.foer, udvikling.nu)))
    return f"Antallet af pladser i kommunen er i alt {_aendret(aendring)} {_aarene(udvikling)}."
