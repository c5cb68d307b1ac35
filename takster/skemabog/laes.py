"""The workbook as it comes back: from bytes to rows of cells, or to what is wrong with the file as a whole.

Nothing here knows the database. The sheet may be sorted, hidden in parts and extended; merged cells, a heading twice
and another kind of workbook are refused.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from socialaftale.kerne import regnearksfil
from socialaftale.kerne.cpr import find_cpr
from socialaftale.kerne.regnearksfil import FilAfvist, Graenser
from takster.skemabog import stempel
from takster.skemabog.celler import SKJULT, Celle, vis
from takster.skemabog.kolonner import NUMMER, er_laast
from takster.skemabog.stempel import Stempel, laes_stempel

GRAENSER = Graenser()
MAKS_RAEKKER = 5000
MAKS_KOLONNER = 300
# How far down the heading may have been moved.
_OVERSKRIFT_SENEST = 30
# How far down the label of the overhead method may have been moved.
_METODE_SENEST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Bogfejl:
    """One error with its place: what stands there and what the rule asks for. Row 0: the sheet or file as a whole."""

    besked: str
    ark: str = ""
    raekke: int = 0
    kolonne: str = ""
    overskrift: str = ""
    vaerdi: str = ""
    skema: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raekke:
    """One filled row: its number, what stands in the number column, and its cells by key (letter and cell).

    `laaste` are the cells that cannot be typed in: never used, only looked at to tell the user that they were.
    """

    nr: int
    nummer: str
    celler: dict[str, tuple[str, Celle]]
    laaste: dict[str, Celle] = field(default_factory=dict)
    skjult: bool = False


@dataclass(slots=True, kw_only=True)
class Laest:
    """What a workbook holds. `fejl` are what was found before anything was compared with the forms.

    `metode` is the row and cell of the overhead method; None when the workbook has none.
    """

    stempel: Stempel
    raekker: list[Raekke] = field(default_factory=list)
    # Key → heading, for the columns that are read.
    overskrifter: dict[str, str] = field(default_factory=dict)
    fejl: list[Bogfejl] = field(default_factory=list)
    noter: list[str] = field(default_factory=list)
    metode: tuple[int, Celle] | None = None


class Cprfund(FilAfvist):
    """Something that looks like a CPR number: the file is not kept. `fejl` name the cells."""

    def __init__(self, fejl: list[Bogfejl]) -> None:
        super().__init__("Arbejdsbogen indeholder noget, der ligner et CPR-nummer, og er ikke gemt hos os")
        self.fejl = fejl


def laes(data: bytes) -> Laest:
    """Raises `FilAfvist` when the file as a whole cannot be used."""
    regnearksfil.kontroller_indhold(data, GRAENSER)
    try:
        return _laes(data, load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False))
    except FilAfvist:
        raise
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError, BadZipFile) as fejl:
        # openpyxl has no exception of its own for a workbook that is not built as it expects.
        raise FilAfvist(regnearksfil.BESKADIGET) from fejl


def _laes(data: bytes, bog: Workbook) -> Laest:
    _afvis_cpr(data, bog)
    navn = _find_ark(bog, stempel.ARK_SKEMAER)
    if navn is None:
        fundne = ", ".join(vis(ark) for ark in bog.sheetnames[:5])
        raise FilAfvist(f"Arbejdsbogen har intet ark, der hedder {stempel.ARK_SKEMAER}. Den har: {fundne}")
    maerke = _stempel(bog)
    laest = Laest(stempel=maerke)
    if regnearksfil.har_eksterne_links(data):
        laest.noter.append("Arbejdsbogen henviser til andre filer. De er ikke åbnet, og tallene er dem, du sidst så.")
    sti = bog[navn]._worksheet_path
    if fletninger := regnearksfil.sammenflettede(data, sti):
        laest.fejl += [
            Bogfejl(
                besked="Cellerne er flettet. Ophæv fletningen, så hver celle har sin egen værdi",
                ark=navn,
                raekke=_foerste_raekke(omraade),
                kolonne=re.sub(r"[^A-Z].*", "", omraade),
                vaerdi=omraade,
            )
            for omraade in fletninger
        ]
        return laest
    if (sidste := regnearksfil.sidste_raekke(data, sti)) > MAKS_RAEKKER:
        besked = f"Arket må højst have {MAKS_RAEKKER} rækker. Slet dem, der er til overs"
        laest.fejl.append(Bogfejl(besked=besked, ark=navn, raekke=sidste))
        return laest
    _laes_ark(laest, navn, _raekker(data, bog[navn]), regnearksfil.skjulte_raekker(data, sti))
    laest.metode = _find_metode(data, bog)
    return laest


def _find_metode(data: bytes, bog: Workbook) -> tuple[int, Celle] | None:
    """The cell beside the label on the sheet Fælles; an empty cell when nothing stands there."""
    navn = _find_ark(bog, stempel.ARK_FAELLES)
    if navn is None:
        return None
    for nr, fundne in _raekker(data, bog[navn], sidste=_METODE_SENEST):
        celler = dict(fundne)
        if 1 in celler and vis(celler[1].vaerdi).casefold() == stempel.METODE.casefold():
            return nr, celler.get(2, Celle())
    return None


def _foerste_raekke(omraade: str) -> int:
    return int(fund[0]) if (fund := re.search(r"\d+", omraade)) else 0


def _find_ark(bog: Workbook, navn: str) -> str | None:
    """The sheet by name, whatever the case; charts and dialogues are no sheets."""
    ark = {ark.title.strip().casefold(): ark.title for ark in bog.worksheets}
    return ark.get(navn.casefold())


def _stempel(bog: Workbook) -> Stempel:
    navn = _find_ark(bog, stempel.ARK_STEMPEL)
    maerke = laes_stempel(bog[navn].iter_rows(values_only=True, max_row=MAKS_RAEKKER * 2)) if navn else None
    if maerke is None:
        raise FilAfvist(
            "Arbejdsbogen er ikke en, der er hentet her: den mangler sit skjulte stempel. "
            "Hent en ny, og kopiér dine tal over i den"
        )
    if maerke.layout != stempel.LAYOUT:
        alder = "en ældre" if maerke.layout < stempel.LAYOUT else "en nyere"
        raise FilAfvist(
            f"Arbejdsbogen har {alder} udgave af formatet (format {maerke.layout}, vi læser format {stempel.LAYOUT}). "
            "Hent en ny, og kopiér dine tal over i den"
        )
    return maerke


def _afvis_cpr(data: bytes, bog: Workbook) -> None:
    """Every text cell of every sheet, also of those that are not read; amounts are numbers and no text.

    The cells are only gone through to be named when there is something to name.
    """
    if not regnearksfil.tekst_med_cpr(data):
        return
    fejl = []
    for ark in bog.worksheets:
        if ark.title == stempel.ARK_STEMPEL:
            continue
        for raekke in ark.iter_rows(max_row=MAKS_RAEKKER * 2, max_col=MAKS_KOLONNER):
            fejl += [
                Bogfejl(
                    besked="Fjern det, der ligner et CPR-nummer",
                    ark=ark.title,
                    raekke=celle.row,
                    kolonne=get_column_letter(celle.column),
                    vaerdi=SKJULT,
                )
                for celle in raekke
                if isinstance(celle.value, str) and len(celle.value) >= 10 and find_cpr(celle.value)
            ]
    if not fejl:
        besked = "Fjern det, der ligner et CPR-nummer, i en kommentar til en celle eller langt ude i et ark"
        fejl.append(Bogfejl(besked=besked, vaerdi=SKJULT))
    raise Cprfund(fejl)


def _raekker(data: bytes, ark: Any, sidste: int = MAKS_RAEKKER) -> Iterator[tuple[int, list[tuple[int, Celle]]]]:
    """Row by row the cells that hold something: (row, [(column, cell)])."""
    formler = regnearksfil.formelceller(data, ark._worksheet_path)
    for nr, raekke in enumerate(ark.iter_rows(max_row=sidste, max_col=MAKS_KOLONNER + 1), start=1):
        fundne = []
        for plads, celle in enumerate(raekke, start=1):
            er_formel = (nr, plads) in formler
            if celle.value is None and not er_formel:
                continue
            fundne.append(
                (
                    plads,
                    Celle(
                        vaerdi=celle.value,
                        er_formel=er_formel,
                        talformat=celle.number_format or "General",
                        regnefejl=str(celle.value) if celle.data_type == "e" else "",
                    ),
                )
            )
        yield nr, fundne


def _laes_ark(
    laest: Laest, ark: str, raekker: Iterator[tuple[int, list[tuple[int, Celle]]]], skjulte: set[int]
) -> None:
    kolonner: dict[int, str] | None = None
    for nr, fundne in raekker:
        if kolonne := next((plads for plads, _ in fundne if plads > MAKS_KOLONNER), None):
            laest.fejl.append(
                Bogfejl(
                    besked=f"Arket må højst have {MAKS_KOLONNER} kolonner. Slet dem, der ikke skal bruges",
                    ark=ark,
                    raekke=nr,
                    kolonne=get_column_letter(kolonne),
                )
            )
            return
        if not fundne:
            continue
        if kolonner is None:
            if any(vis(celle.vaerdi).casefold() == NUMMER.overskrift.casefold() for _, celle in fundne):
                kolonner = _overskrifter(laest, ark, nr, fundne)
                if kolonner is None:
                    return
            elif nr > _OVERSKRIFT_SENEST:
                break
            continue
        _raekke(laest, ark, kolonner, nr, fundne, nr in skjulte)
    if kolonner is None:
        laest.fejl.append(
            Bogfejl(
                besked=f"Arket har ingen række med overskrifter. Den skal have kolonnen {NUMMER.overskrift}", ark=ark
            )
        )


def _overskrifter(laest: Laest, ark: str, nr: int, fundne: list[tuple[int, Celle]]) -> dict[int, str] | None:
    """Column → key, by the headings of the workbook itself; None when a heading stands twice."""
    efter_navn = {" ".join(navn.split()).casefold(): noegle for navn, noegle in laest.stempel.kolonner.items()}
    kolonner: dict[int, str] = {}
    ekstra = []
    for plads, celle in fundne:
        tekst = vis(celle.vaerdi)
        fuld = " ".join(str(celle.vaerdi or "").split()).casefold()
        noegle = efter_navn.get(fuld)
        if noegle is None:
            ekstra.append(f"{get_column_letter(plads)} ({tekst})" if tekst else get_column_letter(plads))
        elif noegle in kolonner.values():
            laest.fejl.append(
                Bogfejl(
                    besked="Overskriften står to gange. Slet den ene kolonne",
                    ark=ark,
                    raekke=nr,
                    kolonne=get_column_letter(plads),
                    overskrift=tekst,
                    vaerdi=tekst,
                )
            )
        else:
            kolonner[plads] = noegle
            laest.overskrifter[noegle] = tekst
    if laest.fejl:
        return None
    if ekstra:
        laest.noter.append(f"Kolonner, der ikke er fra os, er sprunget over: {', '.join(ekstra)}.")
    fundne_noegler = set(kolonner.values())
    mangler = [
        navn
        for navn, noegle in laest.stempel.kolonner.items()
        if noegle not in fundne_noegler and not er_laast(noegle)
    ]
    if mangler:
        laest.noter.append(f"Kolonner, der mangler i filen, bliver ikke ændret: {', '.join(mangler)}.")
    return kolonner


def _raekke(
    laest: Laest, ark: str, kolonner: dict[int, str], nr: int, fundne: list[tuple[int, Celle]], skjult: bool
) -> None:
    celler: dict[str, tuple[str, Celle]] = {}
    laaste: dict[str, Celle] = {}
    nummer, nummersted = "", ""
    for plads, celle in fundne:
        noegle = kolonner.get(plads)
        if noegle == NUMMER.noegle:
            nummer, nummersted = vis(celle.vaerdi), get_column_letter(plads)
        elif noegle is not None and er_laast(noegle):
            laaste[noegle] = celle
        elif noegle is not None and not celle.er_tom:
            celler[noegle] = (get_column_letter(plads), celle)
    if nummer:
        laest.raekker.append(Raekke(nr=nr, nummer=nummer, celler=celler, laaste=laaste, skjult=skjult))
    elif celler:
        bogstav = nummersted or next(get_column_letter(p) for p, noegle in kolonner.items() if noegle == NUMMER.noegle)
        laest.fejl.append(
            Bogfejl(
                besked="Rækken har tal, men intet skemanummer. Skriv nummeret, fx TS-2027-00012, eller slet rækken",
                ark=ark,
                raekke=nr,
                kolonne=bogstav,
                overskrift=NUMMER.overskrift,
            )
        )
