"""The workbook as it goes out: every form a row, what follows from it beside it, lists, instructions and the stamp."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from socialaftale.kerne.felter import Talfelt
from socialaftale.kerne.job.koersel import Fremdrift
from takster.skemabog import celler, oevrige_ark, stempel, vejledningstekst
from takster.skemabog.formler import Raekkeformler
from takster.skemabog.kolonner import (
    ENHED,
    NOEGLEKOLONNER,
    NUMMER,
    REGULERING,
    STATUS,
    TAKSTTYPE,
    TILBUD,
    YDELSE,
    Art,
    Kolonne,
    arkets_kolonner,
    synlige_felter,
)
from takster.skemabog.raekke import Skemaraekke
from takster.skemabog.stil import OVERSKRIFTSRAEKKE, Stilark, beskyt, opsaet
from tilbud.enums import Taksttype

_STOERST = 10**12
# Excel's own limits on the box that explains a cell.
_MAKS_TITEL, _MAKS_HJAELP = 32, 255


def byg(
    raekker: Sequence[Skemaraekke],
    *,
    aar: int,
    driftsherre: str,
    slug: str,
    hentet: dt.datetime,
    hentet_af: str,
    er_eksempel: bool,
    metode: str,
    metode_redigerbar: bool,
    fremdrift: Fremdrift = lambda procent, besked: None,
) -> bytes:
    """The whole workbook."""
    kolonner = arkets_kolonner(raekke.formular for raekke in raekker)
    bogstaver = {kolonne.noegle: get_column_letter(nummer) for nummer, kolonne in enumerate(kolonner, start=1)}
    sidste = OVERSKRIFTSRAEKKE + max(1, len(raekker))
    metode = celler.ren_tekst(metode)
    maerke = stempel.Stempel(
        layout=stempel.LAYOUT,
        aar=aar,
        driftsherre=slug,
        hentet=hentet,
        kolonner={kolonne.overskrift: kolonne.noegle for kolonne in kolonner},
        versioner={raekke.skema.pk: raekke.skema.version for raekke in raekker},
        metode=metode,
    )
    bog = Workbook(write_only=True)
    noter = [f"Hentet {hentet:%d.%m.%Y kl. %H.%M} af {hentet_af}. Se arket {stempel.ARK_VEJLEDNING}."]
    if er_eksempel:
        noter.append("Eksempeltal: Tallene er opdigtede og kun til demonstration.")
    titel = f"Takstskemaer {aar}, {driftsherre}"
    _skemaark(bog, kolonner, bogstaver, raekker, titel, " ".join(noter), fremdrift)
    oevrige_ark.faelles(bog, kolonner, bogstaver, sidste, metode=metode, redigerbar=metode_redigerbar)
    fremdrift(80, "Skriver sidste års tal")
    oevrige_ark.sidste_aar(bog, raekker, aar - 1, noter[1:])
    vejledning = vejledningstekst.linjer(kolonner, aar, driftsherre, hentet, hentet_af)
    oevrige_ark.tekstark(bog, stempel.ARK_VEJLEDNING, vejledning)
    oevrige_ark.lister(bog, kolonner)
    _stempelark(bog, maerke)
    fremdrift(90, "Gemmer arbejdsbogen")
    ud = io.BytesIO()
    bog.save(ud)
    return ud.getvalue()


def _stempelark(bog: Workbook, maerke: stempel.Stempel) -> None:
    ark = bog.create_sheet(stempel.ARK_STEMPEL)
    ark.sheet_state = "veryHidden"
    ark.protection.sheet = True
    stil = Stilark(ark)
    for linje in maerke.raekker():
        # A text of the user's is no formula here either.
        ark.append([stil.tekst(vaerdi) if isinstance(vaerdi, str) else vaerdi for vaerdi in linje])


def _skemaark(
    bog: Workbook,
    kolonner: Sequence[Kolonne],
    bogstaver: Mapping[str, str],
    raekker: Sequence[Skemaraekke],
    titel: str,
    note: str,
    fremdrift: Fremdrift,
) -> None:
    ark = bog.create_sheet(stempel.ARK_SKEMAER)
    stil = Stilark(ark)
    foerste = OVERSKRIFTSRAEKKE + 1
    opsaet(
        ark,
        [kolonne.bredde for kolonne in kolonner],
        frys=f"{get_column_letter(NOEGLEKOLONNER + 1)}{foerste}",
        hoved=OVERSKRIFTSRAEKKE,
        noeglekolonner=NOEGLEKOLONNER,
    )
    ark.row_dimensions[OVERSKRIFTSRAEKKE].height = 62
    ark.append([stil.tekst(titel, bold=True, size=14)])
    ark.append([stil.tekst(note, italic=True, color="FF454545")])
    ark.append(_gruppelinje(stil, kolonner))
    ark.append([stil.overskrift(k.overskrift, hoejre=k.art in (Art.KR, Art.TAL, Art.HELTAL)) for k in kolonner])
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
    beskyt(ark)


def _gruppelinje(stil: Stilark, kolonner: Sequence[Kolonne]) -> list[WriteOnlyCell]:
    """The category over the first of its lines."""
    forrige, ud = "", []
    for kolonne in kolonner:
        ud.append(stil.tekst(kolonne.gruppe if kolonne.gruppe != forrige else "", bold=True, color="FF14518B"))
        forrige = kolonne.gruppe
    return ud


def _celler(
    stil: Stilark,
    kolonner: Sequence[Kolonne],
    bogstaver: Mapping[str, str],
    raekke: Skemaraekke,
    nr: int,
) -> list[WriteOnlyCell]:
    skema = raekke.skema
    vaerdier = {
        NUMMER.noegle: skema.sagsnummer,
        TILBUD.noegle: celler.ren_tekst(skema.ydelse.tilbud.navn),
        YDELSE.noegle: celler.ren_tekst(skema.ydelse.navn),
        ENHED.noegle: skema.get_enhed_display(),
        TAKSTTYPE.noegle: Taksttype(skema.taksttype).label,
        STATUS.noegle: skema.get_tilstand_display(),
        REGULERING.noegle: raekke.regulering,
    }
    formler = Raekkeformler(
        skema=skema, formular=raekke.formular, kolonner=kolonner, bogstaver=bogstaver, nr=nr
    ).alle()
    felter = synlige_felter(raekke.formular)
    ud = []
    for kolonne in kolonner:
        if (felt := felter.get(kolonne.noegle)) is not None:
            vaerdi = celler.skriv(felt, raekke.formular.get_initial_for_field(felt, kolonne.noegle))
            ud.append(stil.felt(vaerdi, kolonne, laast=not raekke.redigerbar))
        elif kolonne.noegle in formler:
            ud.append(stil.formel(formler[kolonne.noegle], kolonne))
        else:
            # Fixed, or a field that does not belong to this unit or type of tariff.
            ud.append(stil.felt(vaerdier.get(kolonne.noegle), kolonne, laast=True))
    return ud


def _valideringer(kolonner: Sequence[Kolonne], raekker: Sequence[Skemaraekke]) -> list[DataValidation | None]:
    """What Excel itself helps with: lists, limits and the help text beside the cell. It warns; the upload decides."""
    felter = {navn: felt for raekke in raekker for navn, felt in raekke.formular.fields.items()}
    ud: list[DataValidation | None] = []
    listenummer = 0
    for kolonne in kolonner:
        felt = felter.get(kolonne.noegle)
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
