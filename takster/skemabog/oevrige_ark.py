"""The sheets beside the forms: what is told once, last year, the lists and the instructions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from socialaftale.kerne.regneark import A4
from takster.beregning.poster import POSTER
from takster.forms.trin import Metodeformular
from takster.skemabog import celler, stempel
from takster.skemabog.kolonner import GRUNDLAG, NUMMER, REGULERING, TILBUD, YDELSE, Art, Kolonne
from takster.skemabog.raekke import Skemaraekke
from takster.skemabog.stil import OVERSKRIFTSRAEKKE, Stilark, beskyt, opsaet

_TEKST = Kolonne(noegle="tekst", overskrift="", art=Art.TEKST)
_ANTAL = Kolonne(noegle="beregnet:antal", overskrift="", art=Art.HELTAL)


def faelles(
    bog: Workbook,
    kolonner: Sequence[Kolonne],
    bogstaver: Mapping[str, str],
    sidste: int,
    *,
    metode: str,
    redigerbar: bool,
) -> None:
    """What is told once for all forms (T55), and the sums of all of them to check against the budget."""
    ark = bog.create_sheet(stempel.ARK_FAELLES)
    stil = Stilark(ark)
    for bogstav, bredde in (("A", 46), ("B", 90)):
        ark.column_dimensions[bogstav].width = bredde
    ark.page_setup.orientation = "landscape"
    ark.page_setup.paperSize = A4
    felt = Metodeformular.base_fields["metode"]
    ark.append([stil.tekst("Fælles for alle skemaer", bold=True, size=14)])
    ark.append([stil.tekst(f"{felt.help_text}.", italic=True, color="FF454545")])
    ark.append([])
    ark.row_dimensions[OVERSKRIFTSRAEKKE].height = 150
    ark.append([stil.overskrift(stempel.METODE), stil.felt(metode or None, _TEKST, laast=not redigerbar)])
    ark.append([])
    ark.append([stil.tekst(f"Summer af arket {stempel.ARK_SKEMAER}", bold=True, size=13)])
    foerste = OVERSKRIFTSRAEKKE + 1

    def omraade(kolonne: Kolonne) -> str:
        bogstav = bogstaver[kolonne.noegle]
        return f"{stempel.ARK_SKEMAER}!{bogstav}{foerste}:{bogstav}{sidste}"

    ark.append([stil.tekst("Antal skemaer"), stil.formel(f"=COUNTA({omraade(NUMMER)})", _ANTAL)])
    summer = [kolonne for kolonne in kolonner if kolonne.er_sum]
    if REGULERING in kolonner:
        summer += [REGULERING, GRUNDLAG]
    for kolonne in summer:
        ark.append([stil.tekst(kolonne.overskrift), stil.formel(f"=SUM({omraade(kolonne)})", kolonne)])
    beskyt(ark)


def sidste_aar(bog: Workbook, raekker: Sequence[Skemaraekke], aar: int, noter: Sequence[str]) -> None:
    """The published tariff and the amounts of the year before, to look at."""
    ark = bog.create_sheet(stempel.ARK_SIDSTE_AAR)
    stil = Stilark(ark)
    tal = [
        Kolonne(noegle="takst", overskrift=f"Takst {aar} (kr.)", art=Art.KR, bredde=15),
        Kolonne(noegle="kapacitet", overskrift=f"Pladser eller kapacitet {aar}", art=Art.TAL),
        Kolonne(noegle="godkendte", overskrift="Godkendte pladser", art=Art.TAL, bredde=12),
        *(Kolonne(noegle=post.kode, overskrift=f"{post.kode} {post.navn} (kr.)", art=Art.KR) for post in POSTER),
        Kolonne(noegle="regulering", overskrift=REGULERING.overskrift, art=Art.KR),
    ]
    kolonner = [NUMMER, TILBUD, YDELSE, *tal]
    opsaet(ark, [k.bredde for k in kolonner], frys=f"D{OVERSKRIFTSRAEKKE + 1}", hoved=4, noeglekolonner=3)
    ark.row_dimensions[OVERSKRIFTSRAEKKE].height = 62
    ark.append([stil.tekst(f"Offentliggjorte takster og beløb {aar}", bold=True, size=14)])
    ark.append([stil.tekst(" ".join(["Til sammenligning. Arket læses ikke ind.", *noter]), italic=True)])
    ark.append([])
    ark.append([stil.overskrift(k.overskrift, hoejre=k.art != Art.NOEGLE) for k in kolonner])
    for raekke in raekker:
        skema, sidste = raekke.skema, raekke.sidste_aar
        vaerdier: dict[str, Any] = {"godkendte": raekke.godkendte_pladser}
        if sidste is not None:
            vaerdier |= {
                "takst": sidste.takst,
                "kapacitet": sidste.kapacitet,
                "regulering": sidste.regulering or None,
                **sidste.beloeb,
            }
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
    beskyt(ark)


def lister(bog: Workbook, kolonner: Sequence[Kolonne]) -> None:
    """The choices of every list, one column each; the cells of the first sheet point here."""
    ark = bog.create_sheet(stempel.ARK_LISTER)
    stil = Stilark(ark)
    med_valg = [kolonne for kolonne in kolonner if kolonne.valg]
    for nummer in range(len(med_valg)):
        ark.column_dimensions[get_column_letter(nummer + 1)].width = 32
    ark.append([stil.overskrift(kolonne.overskrift) for kolonne in med_valg])
    for plads in range(max((len(kolonne.valg) for kolonne in med_valg), default=0)):
        ark.append([kolonne.valg[plads] if plads < len(kolonne.valg) else None for kolonne in med_valg])
    beskyt(ark)


def tekstark(bog: Workbook, navn: str, linjer: Sequence[tuple[str, ...]]) -> None:
    """Plain text: a line of one cell is a paragraph or a heading (marked with #), a line of three a table row."""
    ark = bog.create_sheet(navn)
    stil = Stilark(ark)
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
            ark.append([stil.felt(tekst, _TEKST, laast=True) for tekst in linje])
    beskyt(ark)
