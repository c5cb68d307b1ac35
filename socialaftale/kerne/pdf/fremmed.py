"""A PDF made elsewhere as a part of ours: a cover sheet before it, tags, bookmarks, running head and page numbers.

The file has passed `modtagelse`. Its pages keep their looks and sizes. Its own tags are kept when they hold; else each
page is one piece that is read in the order it was written, or a figure when it prints no letters.
"""

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

from socialaftale.kerne.pdf.flet import Del, flet_dele
from socialaftale.kerne.pdf.fremmede_tags import Trae, skriv_rod
from socialaftale.kerne.pdf.maerker import i_et_maerke, uden_maerker
from socialaftale.kerne.pdf.margen import lodret_udstraekning
from socialaftale.kerne.pdf.modtagelse import har_skrift
from socialaftale.kerne.pdf.strukturkontrol import kontroller

# What the part of a file cannot be blamed for: the whole has it from our cover sheet, or the file brought it along.
IKKE_DELENS = frozenset(["lang", "marked", "title", "bookmark", "heading", "font"])
# Room the running head and the page number take, in points from the edge of the paper.
STEMPELHOEJDE = 40.0
LOVLIGE_LINKS = ("https:", "http:", "mailto:", "tel:")
VAEK_FRA_ROD = (
    *("/AcroForm", "/OpenAction", "/AA", "/Names", "/Dests", "/PageLabels", "/PieceInfo", "/Threads"),
    *("/Collection", "/SpiderInfo", "/OutputIntents", "/Perms", "/Legal", "/URI", "/Extensions"),
)
VAEK_FRA_SIDE = ("/AA", "/B", "/Thumb", "/PieceInfo", "/Trans", "/Dur", "/Metadata", "/ID", "/PZ", "/Tabs")


@dataclass(frozen=True)
class Sidemaal:
    """The visible size of a page in points, as it is turned."""

    bredde: float
    hoejde: float


def sidemaal(data: bytes) -> list[Sidemaal]:
    """The sizes of all pages: the frame is made to fit them."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [_maal(side) for side in pdf.pages]


def _maal(side: pikepdf.Page) -> Sidemaal:
    x1, y1, x2, y2 = (float(tal) for tal in side.cropbox)
    bredde, hoejde = abs(x2 - x1), abs(y2 - y1)
    paa_siden = int(side.obj.get("/Rotate", 0)) % 180
    return Sidemaal(hoejde, bredde) if paa_siden else Sidemaal(bredde, hoejde)


def indpak(ramme: bytes, fremmed: bytes, *, titel: str, sidemaerke: str = "") -> bytes:
    """One tagged PDF: the first page of `ramme` as the cover sheet, then the pages of `fremmed`.

    `ramme` is made by our builder and has a page for the cover and one of the right size for each page of the file,
    with nothing on it but running head and page number, which are put on the file's page where it leaves room.
    """
    indhold = _med_tags(fremmed, titel)
    with pikepdf.open(io.BytesIO(ramme)) as rammepdf, pikepdf.open(io.BytesIO(indhold)) as pdf:
        if len(rammepdf.pages) != len(pdf.pages) + 1:
            raise ValueError(f"the frame has {len(rammepdf.pages)} pages for {len(pdf.pages)}")
        for side, stempel in zip(pdf.pages, list(rammepdf.pages)[1:], strict=True):
            if _har_plads(side):
                _stempl(pdf, side, rammepdf, stempel)
        while len(rammepdf.pages) > 1:
            del rammepdf.pages[-1]
        dele = [Del(_gem(rammepdf)), Del(_gem(pdf))]
    return _under_eet(flet_dele(dele, titel=titel), sidemaerke)


def _gem(pdf: Pdf) -> bytes:
    ud = io.BytesIO()
    pdf.save(
        ud, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False
    )
    return ud.getvalue()


def _under_eet(data: bytes, sidemaerke: str) -> bytes:
    """The file's bookmarks below that of the cover sheet, and page labels through all of it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        with pdf.open_outline() as oversigt:
            oversigt.root[0].children.extend(oversigt.root[1:])
            del oversigt.root[1:]
        maerke = Dictionary(S=Name.D)
        if sidemaerke:
            maerke.P = String(sidemaerke)
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, maerke]))
        return _gem(pdf)


# ------------------------------------------------------------------------------------------------ tags


def _med_tags(data: bytes, titel: str) -> bytes:
    """The cleaned file with its own tags, or with one element per page when they do not hold."""
    with suppress(Exception), pikepdf.open(io.BytesIO(data)) as pdf:
        # Whatever is wrong with somebody else's tags, the pages can still be read.
        if "/StructTreeRoot" in pdf.Root:
            _rens(pdf)
            Trae(pdf).byg()
            _beskriv(pdf, titel)
            egne = _gem(pdf)
            if not [fund for fund in kontroller(egne) if fund.kode not in IKKE_DELENS]:
                return egne
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _rens(pdf)
        _maerk_sider(pdf, titel)
        _beskriv(pdf, titel)
        return _gem(pdf)


def _maerk_sider(pdf: Pdf, titel: str) -> None:
    dokument = pdf.make_indirect(Dictionary(S=Name.Document, K=Array()))
    ejere: list[dict[int, Object]] = []
    linkejere: dict[tuple[int, int], Object] = {}
    antal = len(pdf.pages)
    for nummer, side in enumerate(pdf.pages, start=1):
        rolle = "P" if har_skrift(side) else "Figure"
        ordrer = uden_maerker(side)
        element = pdf.make_indirect(
            Dictionary(S=Name(f"/{rolle}"), P=dokument, K=Array([Dictionary(Type=Name.MCR, Pg=side.obj, MCID=0)]))
        )
        if rolle == "Figure":
            element.Alt = String(f"{titel}, side {nummer} af {antal}: et billede af siden. Teksten kan ikke læses op")
            element.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array([*side.mediabox]))
        dokument.K.append(element)
        ejere.append({0: element})
        side.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(list(i_et_maerke(ordrer, rolle))))
        for annotation in side.obj.get("/Annots", []):
            afsnit = pdf.make_indirect(Dictionary(S=Name.P, P=dokument, K=Array()))
            link = pdf.make_indirect(
                Dictionary(S=Name.Link, P=afsnit, K=Array([Dictionary(Type=Name.OBJR, Pg=side.obj, Obj=annotation)]))
            )
            afsnit.K.append(link)
            dokument.K.append(afsnit)
            linkejere[annotation.objgen] = link
    for objekt in pdf.objects:
        # Marks inside forms belonged to the old tree.
        if isinstance(objekt, pikepdf.Stream):
            for noegle in ("/StructParents", "/StructParent"):
                if noegle in objekt:
                    del objekt[noegle]
    skriv_rod(pdf, dokument, ejere, linkejere)


def _beskriv(pdf: Pdf, titel: str) -> None:
    """Language and title; another language than ours is told where it is read."""
    sprog = str(pdf.Root.get("/Lang", ""))
    if sprog and not sprog.lower().startswith("da"):
        pdf.Root.StructTreeRoot.K[0].Lang = String(sprog)
    pdf.Root.Lang = String("da")
    pdf.docinfo["/Title"] = titel
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        xmp["dc:title"] = titel


# ------------------------------------------------------------------------------------------------ cleaning


def _rens(pdf: Pdf) -> None:
    """Fields and notes become ink, links and bookmarks lead to places, and the rest of what files carry goes."""
    maal = dict(_navngivne_maal(pdf))
    sider = {side.objgen for side in pdf.pages}
    with suppress(pikepdf.PdfError):
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("print")
    for side in pdf.pages:
        _behold_links(pdf, side, maal, sider)
        for noegle in VAEK_FRA_SIDE:
            if noegle in side.obj:
                del side.obj[noegle]
        # Boxes and resources may stand on the node above, and the copy has no such node.
        side.obj.MediaBox = Array([*side.mediabox])
        side.obj.Resources = side.resources
        if side.obj.get("/Annots", None):
            side.obj.Tabs = Name.S
    _ret_bogmaerker(pdf, maal, sider)
    for noegle in VAEK_FRA_ROD:
        if noegle in pdf.Root:
            del pdf.Root[noegle]
    if "/Metadata" in pdf.Root:
        del pdf.Root.Metadata
    del pdf.docinfo


def _navngivne_maal(pdf: Pdf) -> Iterator[tuple[str, Object]]:
    yield from ((noegle, vaerdi) for noegle, vaerdi in dict(pdf.Root.get("/Dests", Dictionary())).items())
    rest = [pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary())]
    set_: set[tuple[int, int]] = set()
    while rest:
        knude = rest.pop()
        if knude.is_indirect and knude.objgen in set_:
            continue
        set_.add(knude.objgen)
        rest.extend(knude.get("/Kids", []))
        navne = knude.get("/Names", [])
        yield from ((str(navne[plads]), navne[plads + 1]) for plads in range(0, len(navne) - 1, 2))


def _sted(maal: object, navngivne: dict[str, Object], sider: set[tuple[int, int]]) -> Array | None:
    """A destination as a page and a place; None when it leads nowhere in the file."""
    if isinstance(maal, Name | String | str):
        maal = navngivne.get(str(maal))
    if isinstance(maal, Dictionary):
        maal = maal.get("/D", None)
    if isinstance(maal, Array) and len(maal) and isinstance(maal[0], Dictionary) and maal[0].objgen in sider:
        return Array(maal)
    return None


def _behold_links(pdf: Pdf, side: pikepdf.Page, navngivne: dict[str, Object], sider: set[tuple[int, int]]) -> None:
    beholdt = Array()
    for annotation in side.obj.get("/Annots", []):
        if annotation.get("/Subtype", None) != Name.Link or "/Rect" not in annotation:
            continue
        nyt = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=annotation.Rect, Border=Array([0, 0, 0]), F=4)
        handling = annotation.get("/A", Dictionary())
        tekst = str(annotation.get("/Contents", "")).strip()
        if handling.get("/S", None) == Name.URI:
            adresse = str(handling.get("/URI", ""))
            if not adresse.startswith(LOVLIGE_LINKS):
                continue
            nyt.A = Dictionary(S=Name.URI, URI=String(adresse))
            tekst = tekst or adresse
        else:
            sted = _sted(annotation.get("/Dest", handling.get("/D", None)), navngivne, sider)
            if sted is None:
                continue
            nyt.Dest = sted
            nummer = next(nr for nr, et in enumerate(pdf.pages, start=1) if et.objgen == sted[0].objgen)
            tekst = tekst or f"Link til side {nummer}"
        nyt.Contents = String(tekst)
        if annotation.is_indirect:
            # The tree points at this very object.
            for noegle in list(annotation.keys()):
                del annotation[noegle]
            for noegle, vaerdi in dict(nyt).items():
                annotation[noegle] = vaerdi
            beholdt.append(annotation)
        else:
            beholdt.append(pdf.make_indirect(nyt))
    if len(beholdt):
        side.obj.Annots = beholdt
    elif "/Annots" in side.obj:
        del side.obj.Annots


def _ret_bogmaerker(pdf: Pdf, navngivne: dict[str, Object], sider: set[tuple[int, int]]) -> None:
    """Bookmarks that lead to a page; those below one that does not move up."""

    def rettet(punkter: list[OutlineItem]) -> list[OutlineItem]:
        ud: list[OutlineItem] = []
        for punkt in punkter:
            boern = rettet(punkt.children)
            maal = punkt.destination if punkt.destination is not None else (punkt.action or {}).get("/D", None)
            sted = _sted(maal, navngivne, sider)
            titel = " ".join(str(punkt.title).split())
            if sted is None or not titel:
                ud += boern
                continue
            nyt = OutlineItem(titel, sted)
            nyt.is_closed = True
            nyt.children.extend(boern)
            ud.append(nyt)
        return ud

    try:
        with pdf.open_outline() as oversigt:
            nye = rettet(list(oversigt.root))
    except (pikepdf.PdfError, pikepdf.OutlineStructureError, ValueError):
        nye = []
    if "/Outlines" in pdf.Root:
        del pdf.Root.Outlines
    with pdf.open_outline() as oversigt:
        oversigt.root.extend(nye)


# ------------------------------------------------------------------------------------------------ stamping


def _har_plads(side: pikepdf.Page) -> bool:
    """Whether there is nothing where the running head and the page number are to stand."""
    if int(side.obj.get("/Rotate", 0)):
        return False
    _, bund, _, top = (float(tal) for tal in side.cropbox)
    udstraekning = lodret_udstraekning(side)
    return udstraekning is None or (udstraekning[0] >= bund + STEMPELHOEJDE and udstraekning[1] <= top - STEMPELHOEJDE)


def _stempl(pdf: Pdf, side: pikepdf.Page, rammepdf: Pdf, stempel: pikepdf.Page) -> None:
    """Draws the frame's page on the file's, as an artifact."""
    stempel.obj.Contents = rammepdf.make_stream(pikepdf.unparse_content_stream(uden_maerker(stempel)))
    form = pdf.copy_foreign(stempel.as_form_xobject())
    for noegle in ("/StructParents", "/Group"):
        if noegle in form:
            del form[noegle]
    # A name of its own; one made up for the occasion would be another each time.
    navn = side.add_resource(form, Name.XObject, name=Name.SocialaftaleRamme)
    x, y = float(side.cropbox[0]), float(side.cropbox[1])
    side.contents_add(b"q\n", prepend=True)
    side.contents_add(f"\nQ\n/Artifact <</Type /Pagination>> BDC q 1 0 0 1 {x:g} {y:g} cm {navn} Do Q EMC\n".encode())
