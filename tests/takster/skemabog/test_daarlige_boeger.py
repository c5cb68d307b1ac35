"""Bad and unusual workbooks, one named case each: refused, or read, with the right message.

A case takes the workbook as it was fetched and makes the bad one of it. `venter` is a part of a message; the place is
the cell the message names.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from takster.enums import Skemabogstilstand
from takster.models import Takstskema
from tests.takster.skemabog.hjaelp import (
    HOVED,
    aabn,
    aendr,
    beskeder,
    celle,
    i_bogen,
    luk,
    med_del,
    pak,
    pak_om,
    skemaark,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite(
        "reading and writing workbooks is Python; that they are saved is proven on both in test_gem.py"
    ),
]
A10, A20 = "A10 Øverste ledelse (kr.)", "A20 Fagpersonale i vagtlag (kr.)"
CPR = "0101904321"


@dataclass(frozen=True)
class Tilfaelde:
    """One bad workbook: how it is made, what is said, and the cell that is named (None: the whole file)."""

    navn: str
    lav: Callable[[bytes, Takstskema], bytes]
    venter: str
    sted: str = ""
    filnavn: str = "takstskemaer.xlsx"
    med_det_samme: bool = False


def i_arket(fra: bytes, til: bytes) -> Callable[[bytes, Takstskema], bytes]:
    """Replace a piece of the sheet's own XML."""

    def lav(data: bytes, skema: Takstskema) -> bytes:
        def skift(dele: dict[str, bytes]) -> None:
            navn = skemaark(dele)
            assert fra in dele[navn]
            dele[navn] = dele[navn].replace(fra, til, 1)

        return pak_om(data, skift)

    return lav


def saet_stempel(navn: str, vaerdi: Any) -> Callable[[bytes, Takstskema], bytes]:
    def gor(bog: Workbook, skema: Takstskema) -> None:
        raekke = next(r for r in bog["_stempel"].iter_rows() if r[0].value == navn)
        raekke[1].value = vaerdi

    return i_bogen(gor)


def _dobbelt_overskrift(bog: Workbook, skema: Takstskema) -> None:
    bog["Skemaer"].cell(HOVED, bog["Skemaer"].max_column + 1, "Antal pladser")


def _dobbelt_raekke(bog: Workbook, skema: Takstskema) -> None:
    ark = bog["Skemaer"]
    ark.append([skema.sagsnummer])


def _uden_nummer(bog: Workbook, skema: Takstskema) -> None:
    celle(bog, "Skema", skema).value = None


def _flet(bog: Workbook, skema: Takstskema) -> None:
    bog["Skemaer"].merge_cells(f"L{HOVED + 1}:M{HOVED + 1}")


def _uden_nummerkolonne(bog: Workbook, skema: Takstskema) -> None:
    bog["Skemaer"].cell(HOVED, 1).value = "Noget andet"


def _bred(bog: Workbook, skema: Takstskema) -> None:
    bog["Skemaer"].cell(HOVED + 1, 301, "for langt ude")


def _lang(bog: Workbook, skema: Takstskema) -> None:
    bog["Skemaer"].cell(1_048_576, 1, "for langt nede")


def _andet_navn(bog: Workbook, skema: Takstskema) -> None:
    bog["Skemaer"].title = "Ark1"


def _mange_ark(bog: Workbook, skema: Takstskema) -> None:
    for nummer in range(20):
        bog.create_sheet(f"Ark {nummer}")


def _cpr_i_andet_ark(bog: Workbook, skema: Takstskema) -> None:
    bog.create_sheet("Noter")["C7"] = f"Ring til {CPR[:6]}-{CPR[6:]}"


def _cpr_langt_ude(bog: Workbook, skema: Takstskema) -> None:
    bog.create_sheet("Noter").cell(200_000, 400, f"Ring til {CPR}")


def _cpr_i_egen_kolonne(bog: Workbook, skema: Takstskema) -> None:
    bog["Skemaer"].cell(HOVED + 1, 90, f"{CPR[:6]} {CPR[6:]}")


def _cpr_i_kommentar(bog: Workbook, skema: Takstskema) -> None:
    celle(bog, A10, skema).comment = Comment(f"Se {CPR}", "Øk")


def _falsk_stoerrelse(data: bytes, skema: Takstskema) -> bytes:
    """The archive's list of contents says another size than the packed part has."""
    plads = data.rfind(b"PK\x01\x02")
    return data[: plads + 24] + struct.pack("<I", 17) + data[plads + 28 :]


def _laast_del(data: bytes, skema: Takstskema) -> bytes:
    plads = data.rfind(b"PK\x01\x02")
    return data[: plads + 8] + b"\x01\x00" + data[plads + 10 :]


def _formel_uden_resultat(bog: Workbook, skema: Takstskema) -> None:
    celle(bog, A10, skema).value = "=1+1"


def _regnefejl(vaerdi: str) -> Callable[[bytes, Takstskema], bytes]:
    """A formula whose kept result is an error, as Excel saves it."""

    def lav(data: bytes, skema: Takstskema) -> bytes:
        def skift(dele: dict[str, bytes]) -> None:
            bog = aabn(data)
            sted = celle(bog, A10, skema).coordinate.encode()
            navn = skemaark(dele)
            start = dele[navn].index(b'<c r="' + sted + b'"')
            slut = dele[navn].index(b"</c>", start) + 4
            ny = b'<c r="' + sted + b'" t="e"><f>1/0</f><v>' + vaerdi.encode() + b"</v></c>"
            dele[navn] = dele[navn][:start] + ny + dele[navn][slut:]

        return pak_om(luk(aabn(data)), skift)

    return lav


def _cpr_som_formel(data: bytes, skema: Takstskema) -> bytes:
    """A text that a formula gave stands in the cell itself and not among the shared texts."""

    def skift(dele: dict[str, bytes]) -> None:
        sted = celle(aabn(data), "Bemærkninger", skema).coordinate.encode()
        navn = skemaark(dele)
        fund = re.search(rb'<c r="' + sted + rb'"[^>]*?(/>|>.*?</c>)', dele[navn], re.DOTALL)
        ny = b'<c r="' + sted + b'" t="str"><f>A1</f><v>Se ' + CPR.encode() + b"</v></c>"
        dele[navn] = dele[navn][: fund.start()] + ny + dele[navn][fund.end() :]

    return pak_om(luk(aabn(data)), skift)


def _ods(data: bytes, skema: Takstskema) -> bytes:
    return pak({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})


def _word(data: bytes, skema: Takstskema) -> bytes:
    typer = b'<Types><Override ContentType="application/vnd...wordprocessingml.document.main+xml"/></Types>'
    return pak({"[Content_Types].xml": typer, "word/document.xml": b"<x/>"})


def _csv(data: bytes, skema: Takstskema) -> bytes:
    ud = io.StringIO()
    csv.writer(ud, delimiter=";").writerow(["Skema", "Antal pladser"])
    return ud.getvalue().encode()


def _fremmed(data: bytes, skema: Takstskema) -> bytes:
    bog = Workbook()
    bog.active.title = "Skemaer"
    bog.active.append(["Skema", "Antal pladser"])
    return luk(bog)


def _makroer(data: bytes, skema: Takstskema) -> bytes:
    def skift(dele: dict[str, bytes]) -> None:
        dele["[Content_Types].xml"] = dele["[Content_Types].xml"].replace(
            b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"
        )

    return pak_om(data, skift)


def _skema_i_naeste_runde(bog: Workbook, skema: Takstskema) -> None:
    celle(bog, "Skema", skema).value = skema.sagsnummer.replace("2027", "2028")


def _nyt_skema(bog: Workbook, skema: Takstskema) -> None:
    for raekke in bog["_stempel"].iter_rows():
        if raekke[0].value == "skema" and raekke[1].value == skema.pk:
            raekke[0].value = None


SKEMASTED = "A"
TILFAELDE = [
    # Other files
    Tilfaelde("tom fil", lambda d, s: b"", "Filen er tom", med_det_samme=True),
    Tilfaelde("csv", _csv, "er en tekstfil", filnavn="skemaer.csv", med_det_samme=True),
    Tilfaelde("pdf", lambda d, s: b"%PDF-1.7", "Filen er en PDF", filnavn="skemaer.pdf", med_det_samme=True),
    Tilfaelde("xlsm-navn", lambda d, s: d, "projektmappe med makroer", filnavn="s.xlsm", med_det_samme=True),
    Tilfaelde("xlsb-navn", lambda d, s: d, "binær projektmappe", filnavn="s.xlsb", med_det_samme=True),
    Tilfaelde("gammel xls", lambda d, s: d, "gamle Excel-format", filnavn="s.xls", med_det_samme=True),
    Tilfaelde("ukendt endelse", lambda d, s: d, "ender på .xlsx", filnavn="skemaer", med_det_samme=True),
    Tilfaelde("cpr i filnavn", lambda d, s: d, "Filens navn", filnavn=f"{CPR}.xlsx", med_det_samme=True),
    Tilfaelde("for stor", lambda d, s: d + bytes(10 * 1024 * 1024), "mere end 10 MB", med_det_samme=True),
    Tilfaelde("tekst med navnet xlsx", lambda d, s: b"Skema;Antal", "ikke en Excel-arbejdsbog"),
    Tilfaelde("xls omdøbt", lambda d, s: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "gamle Excel-format"),
    Tilfaelde(
        "adgangskode",
        lambda d, s: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "beskyttet med en adgangskode",
    ),
    Tilfaelde("låst zip", _laast_del, "beskyttet med en adgangskode"),
    Tilfaelde("ods omdøbt", _ods, "ikke en Excel-arbejdsbog"),
    Tilfaelde("word omdøbt", _word, "ikke en Excel-arbejdsbog"),
    Tilfaelde("halv fil", lambda d, s: d[: len(d) // 2], "beskadiget"),
    Tilfaelde("falsk størrelse", _falsk_stoerrelse, "beskadiget"),
    Tilfaelde("ødelagt xml", i_arket(b"<sheetData>", b"<sheetData"), "beskadiget"),
    # Unsafe files
    Tilfaelde("makroer", med_del("xl/vbaProject.bin", b"x"), "indeholder makroer"),
    Tilfaelde("makrotype", _makroer, "indeholder makroer"),
    Tilfaelde("zipbombe", med_del("xl/media/stor.bin", bytes(3 << 20)), "fylder for meget, når den pakkes ud"),
    Tilfaelde(
        "xmlbombe",
        med_del("xl/calcChain.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
        "bygget anderledes end en Excel-arbejdsbog",
    ),
    Tilfaelde("mange dele", lambda d, s: pak({f"x{n}": b"" for n in range(401)}), "bygget anderledes"),
    Tilfaelde("mange ark", i_bogen(_mange_ark), "mere end 20 ark"),
    # Other workbooks
    Tilfaelde("uden arket", i_bogen(_andet_navn), "intet ark, der hedder Skemaer"),
    Tilfaelde("fremmed bog", _fremmed, "mangler sit skjulte stempel"),
    Tilfaelde("uden stempel", i_bogen(lambda b, s: b.remove(b["_stempel"])), "mangler sit skjulte stempel"),
    Tilfaelde("ændret stempel", saet_stempel("layout", "et"), "mangler sit skjulte stempel"),
    Tilfaelde("ældre format", saet_stempel("layout", 0), "ældre udgave af formatet (format 0"),
    Tilfaelde("nyere format", saet_stempel("layout", 9), "nyere udgave af formatet (format 9"),
    Tilfaelde("anden driftsherre", saet_stempel("driftsherre", "hjoerring"), "hentet for en anden driftsherre"),
    Tilfaelde("anden runde", saet_stempel("aar", 2026), "hentet til runden for 2026"),
    # The shape of the sheet
    Tilfaelde("flettede celler", i_bogen(_flet), "Cellerne er flettet", sted=f"L{HOVED + 1}"),
    Tilfaelde("uden nummerkolonne", i_bogen(_uden_nummerkolonne), "ingen række med overskrifter", sted="Skemaer"),
    Tilfaelde("samme overskrift to gange", i_bogen(_dobbelt_overskrift), "står to gange", sted=f"{HOVED}"),
    Tilfaelde("for mange kolonner", i_bogen(_bred), "højst have 300 kolonner", sted="KO5"),
    Tilfaelde("for mange rækker", i_bogen(_lang), "højst have 5000 rækker", sted="1048576"),
    # Rows
    Tilfaelde("skemaet to gange", i_bogen(_dobbelt_raekke), "står også i række 5", sted="7"),
    Tilfaelde("række uden nummer", i_bogen(_uden_nummer), "intet skemanummer", sted="A5"),
    Tilfaelde("nummer uden form", aendr("Skema", "Birkehuset"), "Skriv skemaets nummer", sted="5"),
    Tilfaelde("fremmed nummer", aendr("Skema", "TS-2027-99999"), "hører ikke til jeres takstskemaer", sted="5"),
    Tilfaelde("nummer i anden runde", i_bogen(_skema_i_naeste_runde), "takstskemaer for 2027", sted="5"),
    Tilfaelde("skema efter hentning", i_bogen(_nyt_skema), "kommet til, efter at arbejdsbogen", sted="5"),
    # Cells
    Tilfaelde("engelsk tal som tekst", aendr(A10, "1,234.50"), "Skriv beløbet med komma før øre", sted=A10),
    Tilfaelde("tvetydigt tal", aendr(A10, "1.23"), "Skriv beløbet med komma før øre", sted=A10),
    Tilfaelde("tekst i et tal", aendr(A10, "ca. en million"), "Skriv beløbet med komma før øre", sted=A10),
    Tilfaelde("dato i et beløb", aendr(A10, dt.date(2026, 5, 1)), "vist som en dato", sted=A10),
    Tilfaelde("sand i et beløb", aendr(A10, True), "sand eller falsk", sted=A10),
    Tilfaelde("for stort beløb", aendr(A10, 10**13), "for stort", sted=A10),
    Tilfaelde("negative pladser", aendr("Antal pladser", -1), "skal være mindst 0", sted="Antal pladser"),
    Tilfaelde("for mange decimaler", aendr("Antal pladser", 10.125), "højst 2 decimaler", sted="Antal pladser"),
    Tilfaelde("tekst med fire decimaler", aendr("Antal pladser", "12,1255"), "to decimaler", sted="Antal pladser"),
    Tilfaelde("valg uden for listen", aendr("Tjenestemandspensioner", "Måske"), "Vælg på listen: ", sted=""),
    Tilfaelde("kryds uden for ja og nej", aendr("Tillægsydelser er ikke med i budgettet", "OK"), "Skriv Ja eller Nej"),
    Tilfaelde("for lang tekst", aendr("Bemærkninger", "x" * 4001), "må højst fylde 4000 tegn", sted="Bemærkninger"),
    Tilfaelde("#REF!", _regnefejl("#REF!"), "Formlen giver fejlen #REF!", sted=A10),
    Tilfaelde("#DIV/0!", _regnefejl("#DIV/0!"), "Formlen giver fejlen #DIV/0!", sted=A10),
    Tilfaelde("formel uden resultat", i_bogen(_formel_uden_resultat), "ikke regnet ud", sted=A10),
    Tilfaelde(
        "felt, enheden ikke bruger", aendr("Kapacitetstimer om året", 1000), "bruges ikke i dette skema", sted=""
    ),
    # CPR
    Tilfaelde("cpr i bemærkning", aendr("Bemærkninger", f"Borgeren {CPR}"), "CPR-nummer", sted="Bemærkninger"),
    Tilfaelde("cpr i andet ark", i_bogen(_cpr_i_andet_ark), "CPR-nummer", sted="Noter!C7"),
    Tilfaelde("cpr langt ude", i_bogen(_cpr_langt_ude), "langt ude i et ark"),
    Tilfaelde("cpr i egen kolonne", i_bogen(_cpr_i_egen_kolonne), "CPR-nummer", sted="CL5"),
    Tilfaelde("cpr som resultat af en formel", _cpr_som_formel, "CPR-nummer", sted="Bemærkninger"),
    Tilfaelde("cpr i kommentar", i_bogen(_cpr_i_kommentar), "i en kommentar til en celle"),
    Tilfaelde("cpr i et beløb som tekst", aendr(A10, CPR), "CPR-nummer", sted=A10),
]


def test_der_er_nok_og_de_har_hvert_sit_navn():
    assert len({tilfaelde.navn for tilfaelde in TILFAELDE}) == len(TILFAELDE) >= 30


@pytest.mark.parametrize("tilfaelde", TILFAELDE, ids=lambda tilfaelde: tilfaelde.navn)
def test_daarlig_bog(tilfaelde, data, skema, send, klient):
    daarlig = tilfaelde.lav(data, skema)
    svar, bog = send(daarlig, tilfaelde.filnavn)
    fundne = beskeder(svar, bog)
    assert any(tilfaelde.venter in besked for besked in fundne), fundne
    if tilfaelde.med_det_samme:
        assert (svar.status_code, bog) == (422, None)
        return
    assert bog.tilstand == Skemabogstilstand.AFVIST
    fejl = next(en for en in bog.resultat["fejl"] if tilfaelde.venter in en["besked"] and _passer(tilfaelde, en))
    side = klient.get(bog.get_absolute_url())
    assert side.status_code == 200
    assert "Intet er ændret i skemaerne" in side.content.decode()
    assert fejl["besked"] in side.content.decode().replace("&#x27;", "'")
    assert klient.get(f"{bog.get_absolute_url()}fejl.xlsx").status_code == 200
    skema.refresh_from_db()
    assert skema.version == 1
    assert "4321" not in str(bog.resultat) + side.content.decode()


def _passer(tilfaelde: Tilfaelde, fejl: dict[str, Any]) -> bool:
    sted, raekke = tilfaelde.sted, fejl["raekke"]
    steder = {
        "",
        fejl["ark"],
        fejl["overskrift"],
        str(raekke),
        f"{fejl['kolonne']}{raekke}",
        f"{fejl['ark']}!{fejl['kolonne']}{raekke}",
    }
    # A text with a CPR number is refused before the headings are read, so only the cell is named.
    return sted in steder or ("CPR" in fejl["besked"] and bool(fejl["kolonne"]) and raekke == 5)


def test_filen_med_cpr_bliver_ikke_liggende(data, skema, send):
    _, bog = send(aendr("Bemærkninger", f"Borgeren {CPR}")(data, skema))
    assert bytes(bog.indhold) == b""
    assert bog.tag_ud() == b""


def test_alle_fejl_naevnes_paa_en_gang_med_sted_og_vaerdi(data, skema, timeskema, send):
    bog = aabn(data)
    celle(bog, A10, skema).value = "abc"
    celle(bog, A20, timeskema).value = "1,5.0"
    _, indlaest = send(luk(bog))
    fejl = {(en["skema"], en["overskrift"]): en for en in indlaest.resultat["fejl"]}
    assert len(fejl) == 2
    en = fejl[skema.sagsnummer, A10]
    assert (en["ark"], en["raekke"], en["kolonne"], en["vaerdi"]) == (
        "Skemaer",
        celle(bog, A10, skema).row,
        celle(bog, A10, skema).column_letter,
        "abc",
    )
