"""What a PDF made elsewhere must be before we take it in: readable, open, without scripts, of a sane size.

Nothing of it is run or shown; the objects of the file are walked one by one, also those no page refers to.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

MB = 1024 * 1024
PUNKTER_PR_MM = 72 / 25.4
# A stamp-sized page cannot be read; one above A0 is a drawing that nobody can print.
MINDSTE_MM, STOERSTE_MM = 50, 1200
# Keys that hold what runs, starts or sends something when a reader opens the file or presses in it.
SCRIPTNOEGLER = ("/JS", "/JavaScript")
FILNOEGLER = ("/EmbeddedFiles", "/EmbeddedFile", "/EF", "/AF")
HANDLINGER = {
    "/JavaScript": "scripts (JavaScript)",
    "/Launch": "en kommando, der starter et program",
    "/SubmitForm": "en formular, der sender oplysninger videre",
    "/ImportData": "en kommando, der henter oplysninger ind",
    "/GoToE": "et link til en vedhæftet fil",
    "/Rendition": "lyd eller film",
    "/Movie": "lyd eller film",
    "/Sound": "lyd eller film",
    "/RichMediaExecute": "lyd eller film",
}
MEDIER = ("/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")
GEM_IGEN = "Gem den som almindelig PDF, og vælg den igen"


class PdfAfvist(Exception):
    """The file is refused; `besked` is the Danish text for the user, without a full stop."""

    def __init__(self, besked: str) -> None:
        super().__init__(besked)
        self.besked = besked


@dataclass(frozen=True, kw_only=True)
class Pdfgraenser:
    """What a PDF may be at most: megabytes and pages."""

    mb: int = 30
    sider: int = 300


@dataclass(frozen=True)
class Modtaget:
    """A PDF that was let in: pages, whether it is tagged, and what a reader may be bothered by (Danish)."""

    sider: int
    er_maerket_op: bool
    advarsler: tuple[str, ...]


def kontroller_modtaget(data: bytes, graenser: Pdfgraenser) -> Modtaget:
    """Raises `PdfAfvist` with what is wrong with the file, the first thing found."""
    if not data:
        raise PdfAfvist("Filen er tom. Vælg en anden fil")
    if len(data) > graenser.mb * MB:
        raise PdfAfvist(f"Filen fylder mere end {graenser.mb} MB. Gem den med mindre billeder, eller del den i to")
    if not data.startswith(b"%PDF-"):
        raise PdfAfvist("Filen er ikke en PDF. Gem dokumentet som PDF, og vælg den")
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            return _kontroller(pdf, graenser)
    except pikepdf.PasswordError as fejl:
        raise PdfAfvist("Filen er beskyttet med adgangskode. Gem den uden, og vælg den igen") from fejl
    except PdfAfvist:
        raise
    except Exception as fejl:
        # Whatever a broken file does to the reader: what cannot be read cannot be printed.
        raise PdfAfvist(f"Filen er beskadiget og kan ikke læses. {GEM_IGEN}") from fejl


def _kontroller(pdf: Pdf, graenser: Pdfgraenser) -> Modtaget:
    if pdf.is_encrypted:
        raise PdfAfvist("Filen er beskyttet mod kopiering eller ændring. Gem den uden beskyttelse, og vælg den igen")
    antal = len(pdf.pages)
    if not antal:
        raise PdfAfvist("Filen har ingen sider. Vælg en anden fil")
    if antal > graenser.sider:
        raise PdfAfvist(f"Filen har {antal} sider. Et bilag må højst have {graenser.sider}. Del det i flere")
    if "/XFA" in pdf.Root.get("/AcroForm", Dictionary()):
        raise PdfAfvist("Filen er en udfyldelig formular (XFA). Udskriv den til PDF, og vælg udskriften")
    for objekt in pdf.objects:
        for del_ in _dele(objekt):
            _kontroller_del(del_)
    for nummer, side in enumerate(pdf.pages, start=1):
        _kontroller_side(side, nummer)
    er_maerket_op = "/StructTreeRoot" in pdf.Root and bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False))
    return Modtaget(antal, er_maerket_op, tuple(_advarsler(pdf, er_maerket_op)))


def _dele(objekt: Object) -> Iterator[Object]:
    """The dictionaries of one object, those written inside it too; other objects have their own turn."""
    rest = [objekt]
    while rest:
        denne = rest.pop()
        if isinstance(denne, Dictionary | Stream):
            yield denne
            rest.extend(vaerdi for vaerdi in dict(denne).values() if _er_indre(vaerdi))
        elif isinstance(denne, Array):
            rest.extend(vaerdi for vaerdi in denne if _er_indre(vaerdi))


def _er_indre(vaerdi: object) -> bool:
    return isinstance(vaerdi, Dictionary | Array) and not vaerdi.is_indirect


def _kontroller_del(del_: Object) -> None:
    handling = str(del_.get("/S", ""))
    if handling in HANDLINGER and any(
        noegle in del_ for noegle in ("/JS", "/F", "/Win", "/Next", "/R", "/T", "/Type")
    ):
        raise PdfAfvist(f"Filen indeholder {HANDLINGER[handling]}. {GEM_IGEN}")
    if any(noegle in del_ for noegle in SCRIPTNOEGLER):
        raise PdfAfvist(f"Filen indeholder {HANDLINGER['/JavaScript']}. {GEM_IGEN}")
    if any(noegle in del_ for noegle in FILNOEGLER) or del_.get("/Subtype", None) == Name.FileAttachment:
        raise PdfAfvist("Filen har andre filer indeni. Fjern de vedhæftede filer, og vælg den igen")
    if "/XFA" in del_:
        raise PdfAfvist("Filen er en udfyldelig formular (XFA). Udskriv den til PDF, og vælg udskriften")
    if del_.get("/Type", None) == Name.Annot and str(del_.get("/Subtype", "")) in MEDIER:
        raise PdfAfvist(f"Filen indeholder lyd eller film. {GEM_IGEN}")


def _kontroller_side(side: pikepdf.Page, nummer: int) -> None:
    boks = [float(tal) for tal in side.mediabox]
    enhed = float(side.obj.get("/UserUnit", 1))
    maal = [abs(boks[2] - boks[0]) * enhed / PUNKTER_PR_MM, abs(boks[3] - boks[1]) * enhed / PUNKTER_PR_MM]
    if max(maal) > STOERSTE_MM:
        meter = f"{max(maal) / 1000:.1f}".replace(".", ",")
        raise PdfAfvist(f"Side {nummer} er {meter} meter lang. Gem siderne i A4 eller A3")
    if min(maal) < MINDSTE_MM:
        raise PdfAfvist(f"Side {nummer} er kun {min(maal):.0f} mm bred eller høj. Gem siderne i A4")
    if int(side.obj.get("/Rotate", 0)) % 90:
        raise PdfAfvist(f"Side {nummer} er drejet skævt. {GEM_IGEN}")


def _advarsler(pdf: Pdf, er_maerket_op: bool) -> Iterator[str]:
    if not er_maerket_op:
        yield "Filen er ikke mærket op. Skærmlæsere finder ingen overskrifter, lister og tabeller i den"
    uden_tekst = [nummer for nummer, side in enumerate(pdf.pages, start=1) if not har_skrift(side)]
    if uden_tekst:
        sider = "Ingen af siderne har" if len(uden_tekst) == len(pdf.pages) else f"{_sideord(uden_tekst)} har ikke"
        yield f"{sider} tekst, men et billede af den. Den kan ikke læses op, og der kan ikke søges i den"
    if navne := sorted(set(_ikke_indlejrede(pdf))):
        yield f"Skrifttypen {', '.join(navne[:3])} er ikke lagt ind i filen, så den kan se anderledes ud hos læseren"
    if not pdf.Root.get("/Outlines", Dictionary()).get("/First", None) and len(pdf.pages) > 10:
        yield "Filen har ingen bogmærker"


def _sideord(numre: list[int]) -> str:
    vist = ", ".join(map(str, numre[:5])) + (" og flere" if len(numre) > 5 else "")
    return f"Side {vist}"


def skrifter(ressourcer: Object, dybde: int = 4) -> Iterator[Object]:
    """The fonts of a page or a form, those of the forms inside it too."""
    yield from dict(ressourcer.get("/Font", Dictionary())).values()
    if dybde:
        for form in dict(ressourcer.get("/XObject", Dictionary())).values():
            if form.get("/Subtype", None) == Name.Form and "/Resources" in form:
                yield from skrifter(form.Resources, dybde - 1)


def har_skrift(side: pikepdf.Page) -> bool:
    """Whether the page prints letters at all; a scanned page does not."""
    return any(True for _ in skrifter(side.resources))


def _ikke_indlejrede(pdf: Pdf) -> Iterator[str]:
    for side in pdf.pages:
        for skrift in skrifter(side.resources):
            if skrift.get("/Subtype", None) == Name.Type3:
                continue
            indre = skrift.get("/DescendantFonts", [skrift])[0]
            if not any(
                noegle in indre.get("/FontDescriptor", {}) for noegle in ("/FontFile", "/FontFile2", "/FontFile3")
            ):
                yield str(skrift.get("/BaseFont", "/ukendt"))[1:].split("+")[-1]
