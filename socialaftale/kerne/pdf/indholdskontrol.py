"""What a page paints, read from its content stream: marked content, artifacts, and what is neither."""

from collections import Counter

import pikepdf

MALENDE = "Tj TJ ' \" f F f* B B* b b* S s sh Do EI"
MALER = frozenset(MALENDE.split())


def kontroller_indhold(side: pikepdf.Page) -> tuple[Counter[int], list[str]]:
    """How often each MCID is used on a page, and what is wrong with the marks."""
    mcider: Counter[int] = Counter()
    fejl: list[str] = []
    uden_maerke: Counter[str] = Counter()
    # One entry per open mark: True when it decides whose content this is (an MCID or an artifact).
    aabne: list[bool] = []
    for operander, operator in pikepdf.parse_content_stream(side):
        navn = "EI" if isinstance(operander, pikepdf.ContentStreamInlineImage) else str(operator)
        if navn in ("BMC", "BDC"):
            egenskaber = operander[1] if navn == "BDC" else {}
            mcid = egenskaber.get("/MCID", None) if isinstance(egenskaber, pikepdf.Dictionary) else None
            er_artefakt = str(operander[0]) == "/Artifact"
            if mcid is not None:
                mcider[int(mcid)] += 1
                if any(aabne):
                    fejl.append(f"content {int(mcid)} lies inside other marked content")
            aabne.append(mcid is not None or er_artefakt)
        elif navn == "EMC":
            if aabne:
                aabne.pop()
            else:
                fejl.append("a mark is closed that was never opened")
        elif navn in MALER and not any(aabne):
            uden_maerke[navn] += 1
    if aabne:
        fejl.append(f"{len(aabne)} marks are not closed")
    if uden_maerke:
        fejl.append(f"painted outside marked content: {dict(uden_maerke)}")
    return mcider, fejl
