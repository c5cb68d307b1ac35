"""The workbook as it goes out: every form a row, last year beside it, lists, instructions and the stamp."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from socialaftale.kerne.felter import Talfelt
from socialaftale.kerne.job.koersel import Fremdrift
from socialaftale.kerne.regneark import A4, TALFORMATER
from socialaftale.kerne.regneark import Art as Celleart
from takster.beregning.kontrol import Sidsteaar
from takster.beregning.poster import POSTER
from takster.beregning.takst import felt_for_kapacitet
from takster.enums import Enhed
from takster.forms.skema import Skemaformular
from takster.models import Takstskema
from takster.skemabog import celler, stempel, vejledningstekst
from takster.skemabog.kolonner import (
    ENHED,
    I_ALT,
    LAASTE,
    NUMMER,
    STATUS,
    TAKST,
    TILBUD,
    YDELSE,
    Art,
    Kolonne,
    felters_kolonner,
    synlige_felter,
)

OVERSKRIFTSRAEKKE = 4
_FORMATER = {
    Art.KR: TALFORMATER[Celleart.KR],
    Art.TAL: "#,##0.##",
    Art.HELTAL: TALFORMATER[Celleart.HELTAL],
    Art.DATO: TALFORMATER[Celleart.DATO],
}
_MOERK, _LYS, _GRAA = (PatternFill("solid", fgColor=farve) for farve in ("FF14518B", "FFE9F1F8", "FFEDEDED"))
_STREG = Border(**{side: Side(style="thin", color="FFBFBFBF") for side in ("left", "right", "top", "bottom")})
_STOERST = 10**12
# Excel's own limits on the box that explains a cell.
_MAKS_TITEL, _MAKS_HJAELP = 32, 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Skemaraekke:
    """One form as the workbook shows it."""

    skema: Takstskema
    formular: Skemaformular
    redigerbar: bool
    sidste_aar: Sidsteaar | None = None
    godkendte_pladser: Decimal | None = None


def byg(
    raekker: Sequence[Skemaraekke],
    *,
    aar: int,
    driftsherre: str,
    slug: str,
    hentet: dt.datetime,
    hentet_af: str,
    er_eksempel: bool,
    fremdrift: Fremdrift = lambda procent, besked: None,
) -> bytes:
    """The whole workbook."""
    kolonner = [*LAASTE, *felters_kolonner(raekke.formular for raekke in raekker)]
    maerke = stempel.Stempel(
        layout=stempel.LAYOUT,
        aar=aar,
        driftsherre=slug,
        hentet=hentet,
        kolonner={kolonne.overskrift: kolonne.noegle for kolonne in kolonner},
        versioner={raekke.skema.pk: raekke.skema.version for raekke in raekker},
    )
    bog = Workbook(write_only=True)
    noter = [f"Hentet {hentet:%d.%m.%Y kl. %H.%M} af {hentet_af}. Se arket {stempel.ARK_VEJLEDNING}."]
    if er_eksempel:
        noter.append("Eksempeltal: Tallene er opdigtede og kun til demonstration.")
    _skemaark(bog, kolonner, raekker, f"Takstskemaer {aar}, {driftsherre}", " ".join(noter), fremdrift)
    fremdrift(80, "Skriver sidste års tal")
    _sidste_aar(bog, raekker, aar - 1, noter[1:])
    _tekstark(bog, stempel.ARK_VEJLEDNING, vejledningstekst.linjer(kolonner, aar, driftsherre, hentet, hentet_af))
    _lister(bog, kolonner)
    ark = bog.create_sheet(stempel.ARK_STEMPEL)
    ark.sheet_state = "veryHidden"
    ark.protection.sheet = True
    for linje in maerke.raekker():
        ark.append(list(linje))
    fremdrift(90, "Gemmer arbejdsbogen")
    ud = io.BytesIO()
    bog.save(ud)
    return ud.getvalue()


class _Stilark:
    """Cells of one sheet; each style is made once and copied, which is six times faster."""

    def __init__(self, ark: Any) -> None:
        self.ark = ark
        self._former: dict[tuple[Any, ...], Any] = {}

    def celle(self, vaerdi: Any, navn: tuple[Any, ...], stil: Callable[[], dict[str, Any]]) -> WriteOnlyCell:
        form = self._former.get(navn)
        if form is None:
            form = WriteOnlyCell(self.ark)
            for egenskab, indhold in stil().items():
                setattr(form, egenskab, indhold)
            self._former[navn] = form
        celle = WriteOnlyCell(self.ark)
        celle._style = copy(form._style)
        if vaerdi is not None:
            celle.value = vaerdi
            if isinstance(vaerdi, str):
                # Never a formula, whatever the text starts with.
                celle.data_type = "s"
        return celle

    def overskrift(self, tekst: str, *, hoejre: bool = False) -> WriteOnlyCell:
        def stil() -> dict[str, Any]:
            return {
                "font": Font(bold=True, color="FFFFFFFF"),
                "fill": _MOERK,
                "alignment": Alignment(wrap_text=True, vertical="top", horizontal="right" if hoejre else "left"),
            }

        return self.celle(tekst, ("overskrift", hoejre), stil)

    def tekst(self, tekst: str, **font: Any) -> WriteOnlyCell:
        return self.celle(tekst, ("tekst", *font.items()), lambda: {"font": Font(**font)})

    def felt(self, vaerdi: Any, kolonne: Kolonne, *, laast: bool) -> WriteOnlyCell:
        art = kolonne.art

        def stil() -> dict[str, Any]:
            ombryd = art == Art.TEKST
            return {
                "number_format": _FORMATER.get(art, TALFORMATER[Celleart.TEKST] if art == Art.TEKST else "General"),
                "protection": Protection(locked=laast),
                "border": _STREG,
                "alignment": Alignment(vertical="top", wrap_text=ombryd),
                **({"fill": _GRAA} if laast else {}),
            }

        return self.celle(vaerdi, ("felt", art, laast), stil)

    def formel(self, formel: str | None, kolonne: Kolonne) -> WriteOnlyCell:
        celle = self.felt(None, kolonne, laast=True)
        celle.value = formel
        return celle


def _opsaet(ark: Any, bredder: Sequence[int], *, frys: str, hoved: int, noeglekolonner: int) -> None:
    """Widths, frozen panes, print on A4 across with the heading repeated."""
    for nummer, bredde in enumerate(bredder, start=1):
        ark.column_dimensions[get_column_letter(nummer)].width = bredde
    ark.freeze_panes = frys
    ark.print_title_rows = f"{hoved}:{hoved}"
    ark.print_title_cols = f"A:{get_column_letter(noeglekolonner)}"
    ark.page_setup.orientation = "landscape"
    ark.page_setup.paperSize = A4
    ark.page_setup.fitToHeight = 0
    ark.page_setup.fitToWidth = max(1, round(sum(bredder) / 220))
    ark.sheet_properties.pageSetUpPr.fitToPage = True
    ark.oddFooter.center.text = "&A, side &P af &N"


def _beskyt(ark: Any) -> None:
    """Locked cells cannot be typed in; widths, filters and hiding stay the user's own. There is no password."""
    ark.protection.sheet = True
    ark.protection.formatColumns = False
    ark.protection.formatRows = False
    ark.protection.autoFilter = False


def _skemaark(
    bog: Workbook,
    kolonner: Sequence[Kolonne],
    raekker: Sequence[Skemaraekke],
    titel: str,
    note: str,
    fremdrift: Fremdrift,
) -> None:
    ark = bog.create_sheet(stempel.ARK_SKEMAER)
    stil = _Stilark(ark)
    foerste = OVERSKRIFTSRAEKKE + 1
    _opsaet(
        ark, [kolonne.bredde for kolonne in kolonner], frys=f"D{foerste}", hoved=OVERSKRIFTSRAEKKE, noeglekolonner=3
    )
    ark.row_dimensions[OVERSKRIFTSRAEKKE].height = 62
    ark.append([stil.tekst(titel, bold=True, size=14)])
    ark.append([stil.tekst(note, italic=True, color="FF454545")])
    ark.append(_gruppelinje(stil, kolonner))
    ark.append([stil.overskrift(k.overskrift, hoejre=k.art in (Art.KR, Art.TAL, Art.HELTAL)) for k in kolonner])
    bogstaver = {kolonne.noegle: get_column_letter(nummer) for nummer, kolonne in enumerate(kolonner, start=1)}
    for nummer, raekke in enumerate(raekker):
        ark.append(_celler(stil, kolonner, bogstaver, raekke, foerste + nummer))
        if nummer % 100 == 0:
            fremdrift(5 + 70 * nummer // max(1, len(raekker)), f"Skriver skema {nummer + 1} af {len(raekker)}")
    sidste = OVERSKRIFTSRAEKKE + max(1, len(raekker))
    for nummer, validering in enumerate(_valideringer(kolonner, raekker)):
        if validering is not None:
            bogstav = get_column_letter(nummer + 1)
            validering.add(f"{bogstav}{foerste}:{bogstav}{sidste}")
            ark.data_validations.append(validering)
    ark.auto_filter.ref = f"A{OVERSKRIFTSRAEKKE}:{get_column_letter(len(kolonner))}{sidste}"
    _beskyt(ark)


def _gruppelinje(stil: _Stilark, kolonner: Sequence[Kolonne]) -> list[WriteOnlyCell]:
    """The category over the first of its lines."""
    forrige, ud = "", []
    for kolonne in kolonner:
        ud.append(stil.tekst(kolonne.gruppe if kolonne.gruppe != forrige else "", bold=True, color="FF14518B"))
        forrige = kolonne.gruppe
    return ud


def _celler(
    stil: _Stilark,
    kolonner: Sequence[Kolonne],
    bogstaver: Mapping[str, str],
    raekke: Skemaraekke,
    nr: int,
) -> list[WriteOnlyCell]:
    skema, regler = raekke.skema, raekke.formular.regler
    faste = {
        NUMMER.noegle: skema.sagsnummer,
        TILBUD.noegle: skema.ydelse.tilbud.navn,
        YDELSE.noegle: skema.ydelse.navn,
        ENHED.noegle: skema.get_enhed_display(),
        STATUS.noegle: skema.get_tilstand_display(),
    }
    felter = synlige_felter(raekke.formular)
    ud = []
    for kolonne in kolonner:
        if kolonne.noegle in faste:
            ud.append(stil.felt(celler.ren_tekst(faste[kolonne.noegle]), kolonne, laast=True))
        elif kolonne is I_ALT:
            ud.append(stil.formel(_sumformel(kolonner, bogstaver, nr) if skema.har_grundlag else None, kolonne))
        elif kolonne is TAKST:
            ud.append(stil.formel(_takstformel(skema, regler.dage_pr_aar, bogstaver, nr), kolonne))
        elif (felt := felter.get(kolonne.noegle)) is not None:
            vaerdi = celler.skriv(felt, raekke.formular.get_initial_for_field(felt, kolonne.noegle))
            ud.append(stil.felt(vaerdi, kolonne, laast=not raekke.redigerbar))
        else:
            # The field does not belong to this unit or type of tariff.
            ud.append(stil.felt(None, kolonne, laast=True))
    return ud


def _sumformel(kolonner: Sequence[Kolonne], bogstaver: Mapping[str, str], nr: int) -> str:
    """All cost lines; financial income is entered with a minus, so the plain sum is the basis (T15, T16)."""
    linjer = [bogstaver[kolonne.noegle] for kolonne in kolonner if kolonne.er_linje]
    return f"=SUM({linjer[0]}{nr}:{linjer[-1]}{nr})"


def _takstformel(skema: Takstskema, dage_pr_aar: int, bogstaver: Mapping[str, str], nr: int) -> str | None:
    """T14 on the row's own cells; empty while something is missing, and for a form without cost lines (T33, T35)."""
    if not skema.har_grundlag:
        return None
    enhed = Enhed(skema.enhed)
    noegler = [felt_for_kapacitet(enhed), *(["driftsdage"] if enhed == Enhed.DAG else []), "belaegning_pct"]
    if any(noegle not in bogstaver for noegle in noegler):
        return None
    faktorer = [f"{bogstaver[noegle]}{nr}" for noegle in noegler]
    if enhed == Enhed.DOEGN:
        faktorer.append(str(dage_pr_aar))
    naevner = f"{'*'.join(faktorer)}/100"
    return f'=IF({naevner}>0,ROUND({bogstaver[I_ALT.noegle]}{nr}/({naevner}),2),"")'


def _valideringer(kolonner: Sequence[Kolonne], raekker: Sequence[Skemaraekke]) -> list[DataValidation | None]:
    """What Excel itself helps with: lists, limits and the help text beside the cell. It warns; the upload decides."""
    felter = {navn: felt for raekke in raekker for navn, felt in raekke.formular.fields.items()}
    ud: list[DataValidation | None] = []
    listenummer = 0
    for kolonne in kolonner:
        felt = felter.get(kolonne.noegle)
        if felt is None:
            ud.append(None)
            continue
        validering = DataValidation(allow_blank=True, showErrorMessage=True, errorStyle="warning")
        validering.errorTitle = kolonne.overskrift[:_MAKS_TITEL]
        if kolonne.valg:
            listenummer += 1
            bogstav = get_column_letter(listenummer)
            validering.type = "list"
            validering.formula1 = f"{stempel.ARK_LISTER}!${bogstav}$2:${bogstav}${len(kolonne.valg) + 1}"
            validering.error = "Vælg på listen."
        elif isinstance(felt, Talfelt):
            validering.type = "whole" if kolonne.art == Art.HELTAL else "decimal"
            validering.operator = "between"
            validering.formula1 = str(-_STOERST if felt.mindst is None else felt.mindst)
            validering.formula2 = str(_STOERST if felt.hoejst is None else felt.hoejst)
            validering.error = "Skriv et tal uden bogstaver."
        elif getattr(felt, "max_length", None):
            validering.type, validering.operator = "textLength", "lessThanOrEqual"
            validering.formula1 = str(felt.max_length)
            validering.error = f"Teksten må højst fylde {felt.max_length} tegn."
        if kolonne.hjaelp:
            validering.showInputMessage = True
            validering.promptTitle = kolonne.overskrift[:_MAKS_TITEL]
            validering.prompt = kolonne.hjaelp[:_MAKS_HJAELP]
        ud.append(validering if validering.type or kolonne.hjaelp else None)
    return ud


def _sidste_aar(bog: Workbook, raekker: Sequence[Skemaraekke], aar: int, noter: Sequence[str]) -> None:
    """The published tariff and the amounts of the year before, to look at."""
    ark = bog.create_sheet(stempel.ARK_SIDSTE_AAR)
    stil = _Stilark(ark)
    tal = [
        Kolonne(noegle="takst", overskrift=f"Takst {aar} (kr.)", art=Art.KR, bredde=15),
        Kolonne(noegle="kapacitet", overskrift=f"Pladser eller kapacitet {aar}", art=Art.TAL),
        Kolonne(noegle="godkendte", overskrift="Godkendte pladser", art=Art.TAL, bredde=12),
        *(Kolonne(noegle=post.kode, overskrift=f"{post.kode} {post.navn} (kr.)", art=Art.KR) for post in POSTER),
    ]
    kolonner = [NUMMER, TILBUD, YDELSE, *tal]
    _opsaet(ark, [k.bredde for k in kolonner], frys=f"D{OVERSKRIFTSRAEKKE + 1}", hoved=4, noeglekolonner=3)
    ark.row_dimensions[OVERSKRIFTSRAEKKE].height = 62
    ark.append([stil.tekst(f"Offentliggjorte takster og beløb {aar}", bold=True, size=14)])
    ark.append([stil.tekst(" ".join(["Til sammenligning. Arket læses ikke ind.", *noter]), italic=True)])
    ark.append([])
    ark.append([stil.overskrift(k.overskrift, hoejre=k.art != Art.NOEGLE) for k in kolonner])
    for raekke in raekker:
        skema, sidste = raekke.skema, raekke.sidste_aar
        vaerdier: dict[str, Any] = {"godkendte": raekke.godkendte_pladser}
        if sidste is not None:
            vaerdier |= {"takst": sidste.takst, "kapacitet": sidste.kapacitet, **sidste.beloeb}
        noegler = (skema.sagsnummer, skema.ydelse.tilbud.navn, skema.ydelse.navn)
        ark.append(
            [
                *(
                    stil.felt(celler.ren_tekst(tekst), kolonne, laast=True)
                    for tekst, kolonne in zip(noegler, kolonner, strict=False)
                ),
                *(stil.felt(vaerdier.get(kolonne.noegle), kolonne, laast=True) for kolonne in tal),
            ]
        )
    _beskyt(ark)


def _lister(bog: Workbook, kolonner: Sequence[Kolonne]) -> None:
    """The choices of every list, one column each; the cells of the first sheet point here."""
    ark = bog.create_sheet(stempel.ARK_LISTER)
    stil = _Stilark(ark)
    med_valg = [kolonne for kolonne in kolonner if kolonne.valg]
    for nummer in range(len(med_valg)):
        ark.column_dimensions[get_column_letter(nummer + 1)].width = 32
    ark.append([stil.overskrift(kolonne.overskrift) for kolonne in med_valg])
    for plads in range(max((len(kolonne.valg) for kolonne in med_valg), default=0)):
        ark.append([kolonne.valg[plads] if plads < len(kolonne.valg) else None for kolonne in med_valg])
    _beskyt(ark)


def _tekstark(bog: Workbook, navn: str, linjer: Sequence[tuple[str, ...]]) -> None:
    """Plain text: a line of one cell is a paragraph or a heading (marked with #), a line of three a table row."""
    ark = bog.create_sheet(navn)
    stil = _Stilark(ark)
    for bogstav, bredde in (("A", 46), ("B", 30), ("C", 90)):
        ark.column_dimensions[bogstav].width = bredde
    ark.page_setup.orientation = "landscape"
    ark.page_setup.paperSize = A4
    ark.page_setup.fitToHeight = 0
    ark.sheet_properties.pageSetUpPr.fitToPage = True
    for linje in linjer:
        if len(linje) == 1:
            tekst = linje[0]
            er_titel = tekst.startswith("#")
            ark.append([stil.tekst(tekst.lstrip("# "), bold=er_titel, size=13 if er_titel else 11)])
        else:
            ark.append([stil.felt(tekst, _TEKSTKOLONNE, laast=True) for tekst in linje])
    _beskyt(ark)


_TEKSTKOLONNE = Kolonne(noegle="tekst", overskrift="", art=Art.TEKST)
