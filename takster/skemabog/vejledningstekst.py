"""The text of the sheet Vejledning: how the workbook is used, and every column with what it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from takster.skemabog import stempel
from takster.skemabog.kolonner import FORREST, TAKSTTYPE, Art, Kolonne

_TAGER = {
    Art.TEKST: "Tekst",
    Art.KR: "Beløb i kroner, fx 1.250.000 eller 1.250,50",
    Art.TAL: "Tal, fx 12,5",
    Art.HELTAL: "Helt tal, fx 225",
    Art.DATO: "Dato, fx 15.10.2026",
}


def linjer(
    kolonner: Iterable[Kolonne], aar: int, driftsherre: str, hentet: dt.datetime, hentet_af: str
) -> list[tuple[str, ...]]:
    """Lines of one text, or of heading, what it takes and help."""
    return [
        (f"# Takstskemaer {aar} i Excel",),
        (f"Arbejdsbogen hører til {driftsherre} og takståret {aar}. Andre kan ikke indlæse den.",),
        (f"Den er hentet {hentet:%d.%m.%Y kl. %H.%M} af {hentet_af} og har format {stempel.LAYOUT}.",),
        ("",),
        ("# Sådan gør du",),
        (f"1. Udfyld arket {stempel.ARK_SKEMAER}. Hver række er ét takstskema. Skriv kun i de hvide felter.",),
        (f"2. Beskriv metoden for central administration på arket {stempel.ARK_FAELLES}. Den gælder alle skemaerne.",),
        ("3. Grå felter er låst: numre, taksttype, felter, ydelsen ikke bruger, og indsendte skemaer.",),
        ("4. Blå felter regnes ud, mens du skriver: summer, grundlag og takst. De læses ikke ind.",),
        ("5. Gem filen som .xlsx, og indlæs den på den side, hvor du hentede den.",),
        ("6. Siden viser ændringerne og kontrollens fund. Intet gemmes, før du vælger Gem ændringerne i kladderne.",),
        ("7. Skemaerne er derefter kladder. Den, der godkender hos jer, indsender dem.",),
        ("",),
        ("# Godt at vide",),
        ("Du må flytte og skjule kolonner, skjule rækker, bruge formler og tilføje egne ark.",),
        ("Vil du slette rækker eller tilføje egne kolonner, så ophæv først beskyttelsen. Den har ingen adgangskode.",),
        ("En slettet række eller kolonne betyder, at felterne ikke bliver ændret. En tom celle tømmer feltet.",),
        ("Flet ikke celler, og skriv ikke CPR-numre. Så bliver hele filen afvist.",),
        ("Tal med flere end to decimaler afrundes til hele øre, og siden viser det.",),
        ("Følger belægningen af de to år eller af det forventede antal borgere, regnes den om, når du ændrer dem.",),
        ("Har en kollega gemt det samme skema imens, viser siden begge værdier, og du vælger.",),
        ("Kommer der nye ydelser eller en ny runde, så hent en ny arbejdsbog.",),
        ("",),
        ("# Kolonnerne",),
        ("Kolonne", "Det kan du skrive", "Hjælp"),
        *(
            (k.overskrift, _tager(k), k.hjaelp)
            for k in kolonner
            if k.er_beregnet or k not in FORREST or k is TAKSTTYPE
        ),
    ]


def _tager(kolonne: Kolonne) -> str:
    if kolonne.er_laast:
        return "Låst, regnes ud" if kolonne.er_beregnet else "Låst"
    if kolonne.art == Art.KRYDS:
        return " eller ".join(kolonne.valg)
    return "; ".join(kolonne.valg) if kolonne.valg else _TAGER[kolonne.art]
