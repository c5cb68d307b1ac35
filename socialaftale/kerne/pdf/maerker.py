"""Rewrites the marks in the content of a page made elsewhere, so that all of it is tagged or an artifact."""

from collections.abc import Collection, Iterator

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator

from socialaftale.kerne.pdf.indholdskontrol import MALER

BEGYND, SLUT = ("BMC", "BDC"), "EMC"
# What is drawn between these and the operator that paints belongs to one path: no mark may come between.
STI = frozenset(["m", "l", "c", "v", "y", "h", "re", "W", "W*"])
Ordre = ContentStreamInstruction | pikepdf.ContentStreamInlineImage
ARTEFAKT = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
SLUTMAERKE = ContentStreamInstruction([], Operator(SLUT))


class UkendtMaerkning(Exception):
    """The tags of the file cannot be read as they should; the page is tagged as a whole instead."""


def _navn(ordre: Ordre) -> str:
    return "EI" if isinstance(ordre, pikepdf.ContentStreamInlineImage) else str(ordre.operator)


def uden_maerker(side: pikepdf.Page) -> list[Ordre]:
    """The content without marks; what decides whether a layer is shown stays."""
    ud: list[Ordre] = []
    beholdt: list[bool] = []
    for ordre in pikepdf.parse_content_stream(side):
        navn = _navn(ordre)
        if navn in BEGYND:
            beholdt.append(str(ordre.operands[0]) == "/OC")
            if not beholdt[-1]:
                continue
        elif navn == SLUT:
            if not beholdt or not beholdt.pop():
                continue
        elif navn in ("MP", "DP"):
            continue
        ud.append(ordre)
    return ud + [SLUTMAERKE] * sum(beholdt)


def mcider(side: pikepdf.Page) -> list[int]:
    """The numbers of the marked content on the page, in order."""
    numre = []
    for ordre in pikepdf.parse_content_stream(side):
        if _navn(ordre) == "BDC" and (nummer := _mcid(ordre, side)) is not None:
            numre.append(nummer)
    return numre


def _mcid(ordre: ContentStreamInstruction, side: pikepdf.Page) -> int | None:
    """The number of a mark, whether it is written in place or in the resources of the page."""
    egenskaber = ordre.operands[1]
    if isinstance(egenskaber, Name):
        egenskaber = side.resources.get("/Properties", Dictionary()).get(str(egenskaber), Dictionary())
    nummer = egenskaber.get("/MCID", None) if isinstance(egenskaber, Dictionary) else None
    return None if nummer is None else int(nummer)


def helt_maerket(side: pikepdf.Page, kendte: Collection[int]) -> list[Ordre]:
    """The content with the marks of known elements; everything else that is painted becomes an artifact.

    Raises `UkendtMaerkning` when marks lie inside each other.
    """
    ud: list[Ordre] = []
    # One entry per open mark: True when it decides whose content this is.
    aabne: list[bool] = []
    sti_fra: int | None = None
    for ordre in pikepdf.parse_content_stream(side):
        navn = _navn(ordre)
        if navn in BEGYND:
            ny, afgoer = _maerke(ordre, side, kendte)
            if afgoer and any(aabne):
                if ny is not ARTEFAKT:
                    raise UkendtMaerkning("marked content inside other marked content")
                ny, afgoer = ContentStreamInstruction([Name.NonStruct], Operator("BMC")), False
            aabne.append(afgoer)
            ud.append(ny)
            continue
        if navn == SLUT:
            if aabne:
                aabne.pop()
                ud.append(ordre)
            continue
        if any(aabne) or navn in ("MP", "DP"):
            ud.append(ordre)
            continue
        if navn in STI:
            sti_fra = len(ud) if sti_fra is None else sti_fra
        elif navn in MALER:
            ud.insert(len(ud) if sti_fra is None else sti_fra, ARTEFAKT)
            ud += [ordre, SLUTMAERKE]
            sti_fra = None
            continue
        else:
            sti_fra = None
        ud.append(ordre)
    return ud + [SLUTMAERKE] * len(aabne)


def _maerke(
    ordre: ContentStreamInstruction, side: pikepdf.Page, kendte: Collection[int]
) -> tuple[ContentStreamInstruction, bool]:
    """The mark as it is to stand, and whether it decides whose content follows."""
    if str(ordre.operands[0]) == "/Artifact":
        return ARTEFAKT, True
    if str(ordre.operator) == "BMC" or str(ordre.operands[0]) == "/OC":
        return ordre, False
    nummer = _mcid(ordre, side)
    if nummer is None:
        return ordre, False
    if nummer not in kendte:
        return ARTEFAKT, True
    return ContentStreamInstruction([ordre.operands[0], Dictionary(MCID=nummer)], Operator("BDC")), True


def i_et_maerke(ordrer: list[Ordre], rolle: str) -> Iterator[Ordre]:
    """All of a page as one piece of content with the number 0."""
    yield ContentStreamInstruction([Name(f"/{rolle}"), Dictionary(MCID=0)], Operator("BDC"))
    yield from ordrer
    yield SLUTMAERKE
