"""The check finds each kind of mistake: a good document is spoiled in one way at a time."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from socialaftale.kerne.pdf import byg_pdf
from socialaftale.kerne.pdf.strukturkontrol import Fund, kontroller

HTML = (
    '<html lang="da"><head><title>Prøve</title></head><body><h1>Kapitel</h1>'
    '<p>Tekst<span class="fodnote">Note</span> <a href="#b">link</a> <a href="https://kl.dk">KL</a></p>'
    '<h2 id="b">Afsnit</h2><ul><li>Punkt</li></ul>'
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>Figur</title>'
    '<rect width="9" height="9"/></svg>'
    '<table><tr><th scope="row">A</th><td>B</td></tr></table></body></html>'
)


@pytest.fixture(scope="module")
def god() -> bytes:
    """A document without findings."""
    return byg_pdf(HTML, stilark=[".fodnote { float: footnote }"])


def elementer(pdf: Pdf, rolle: str) -> list[Object]:
    """All structure elements of a role."""
    fundne: list[Object] = []

    def gaa(objekt: Object) -> None:
        if objekt.get("/S", None) == Name(f"/{rolle}"):
            fundne.append(objekt)
        k = objekt.get("/K", None)
        for barn in () if k is None else k if isinstance(k, Array) else [k]:
            if isinstance(barn, Dictionary) and "/S" in barn:
                gaa(barn)

    gaa(pdf.Root.StructTreeRoot)
    return fundne


def foerste(pdf: Pdf, rolle: str) -> Object:
    return elementer(pdf, rolle)[0]


def annotation(pdf: Pdf, slags: str) -> Object:
    """The first link annotation with the key ``/A`` or ``/Dest``."""
    return next(link for link in pdf.pages[0].Annots if slags in link)


def uden_sprog(pdf: Pdf) -> None:
    del pdf.Root.Lang


def uden_maerkning(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def uden_titel(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = " "
    with pdf.open_metadata() as xmp:
        del xmp["dc:title"]


def skjult_titel(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def uden_trae(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def uden_skrift(pdf: Pdf) -> None:
    skrift = next(iter(pdf.pages[0].Resources.Font.values()))
    beskrivelse = skrift.DescendantFonts[0].FontDescriptor
    for noegle in ("/FontFile", "/FontFile2", "/FontFile3"):
        if noegle in beskrivelse:
            del beskrivelse[noegle]


def to_ejere(pdf: Pdf) -> None:
    foerste(pdf, "H2").K = foerste(pdf, "H1").K


def ingen_ejer(pdf: Pdf) -> None:
    foerste(pdf, "H2").K = Array([])


def findes_ikke(pdf: Pdf) -> None:
    foerste(pdf, "H2").K.append(999)


def forkert_foraeldretrae(pdf: Pdf) -> None:
    numre = pdf.Root.StructTreeRoot.ParentTree.Nums
    numre[1][0] = numre[1][1]


def uden_foraeldretrae(pdf: Pdf) -> None:
    del pdf.pages[0].StructParents


def forkert_foraelder(pdf: Pdf) -> None:
    foerste(pdf, "H2").P = foerste(pdf, "Table")


def umaerket_maling(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 9 9 re f", prepend=True)


def aaben_maerkning(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"/Artifact BMC 0 0 9 9 re f")


def lukket_for_meget(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"EMC")


def gentaget_maerke(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC")


def maerke_i_maerke(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"/Artifact BMC /P <</MCID 0>> BDC EMC EMC")


def figur_uden_tekst(pdf: Pdf) -> None:
    del foerste(pdf, "Figure").Alt


def figur_uden_sted(pdf: Pdf) -> None:
    del foerste(pdf, "Figure").A.BBox


def celle_uden_scope(pdf: Pdf) -> None:
    del foerste(pdf, "TH").A


def tabel_uden_hoved(pdf: Pdf) -> None:
    foerste(pdf, "TH").S = Name.TD


def sprunget_niveau(pdf: Pdf) -> None:
    foerste(pdf, "H2").S = Name.H3


def foerste_niveau_mangler(pdf: Pdf) -> None:
    foerste(pdf, "H1").S = Name.H2


def uden_overskrifter(pdf: Pdf) -> None:
    for rolle in ("H1", "H2"):
        foerste(pdf, rolle).S = Name.P


def ukendt_rolle(pdf: Pdf) -> None:
    foerste(pdf, "H2").S = Name.Overskrift


def forkert_barn(pdf: Pdf) -> None:
    foerste(pdf, "LI").S = Name.P


def loest_punkt(pdf: Pdf) -> None:
    foerste(pdf, "L").S = Name.Sect


def note_uden_id(pdf: Pdf) -> None:
    del foerste(pdf, "Note").ID


def uden_id_trae(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.IDTree


def link_uden_tekst(pdf: Pdf) -> None:
    del annotation(pdf, "/A").Contents


def link_uden_ejer(pdf: Pdf) -> None:
    del annotation(pdf, "/A").StructParent


def link_til_fil(pdf: Pdf) -> None:
    annotation(pdf, "/A").A.URI = String("file:///work/main/static/x")


def doedt_link(pdf: Pdf) -> None:
    annotation(pdf, "/Dest").Dest = String("mangler")


def link_i_afsnit(pdf: Pdf) -> None:
    foerste(pdf, "Link").S = Name.Span


def uden_raekkefoelge(pdf: Pdf) -> None:
    del pdf.pages[0].Tabs


def doedt_maal(pdf: Pdf) -> None:
    pdf.Root.Names.Dests.Names[1][0] = Dictionary()


def uden_bogmaerker(pdf: Pdf) -> None:
    del pdf.Root.Outlines


def doedt_bogmaerke(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Dest = String("mangler")


FEJL: list[tuple[Callable[[Pdf], None], str]] = [
    (uden_sprog, "lang"),
    (uden_maerkning, "marked"),
    (uden_titel, "title"),
    (skjult_titel, "title"),
    (uden_trae, "tags"),
    (uden_skrift, "font"),
    (to_ejere, "mcid"),
    (ingen_ejer, "mcid"),
    (findes_ikke, "mcid"),
    (forkert_foraeldretrae, "parent-tree"),
    (uden_foraeldretrae, "parent-tree"),
    (forkert_foraelder, "parent"),
    (umaerket_maling, "content"),
    (aaben_maerkning, "content"),
    (lukket_for_meget, "content"),
    (gentaget_maerke, "mcid"),
    (maerke_i_maerke, "content"),
    (figur_uden_tekst, "alt"),
    (figur_uden_sted, "bbox"),
    (celle_uden_scope, "scope"),
    (tabel_uden_hoved, "table"),
    (sprunget_niveau, "heading"),
    (foerste_niveau_mangler, "heading"),
    (uden_overskrifter, "heading"),
    (ukendt_rolle, "role"),
    (forkert_barn, "nesting"),
    (loest_punkt, "nesting"),
    (note_uden_id, "note"),
    (uden_id_trae, "note"),
    (link_uden_tekst, "link"),
    (link_uden_ejer, "annotation"),
    (link_til_fil, "link"),
    (doedt_link, "link"),
    (link_i_afsnit, "link"),
    (uden_raekkefoelge, "tabs"),
    (doedt_maal, "destination"),
    (uden_bogmaerker, "bookmark"),
    (doedt_bogmaerke, "bookmark"),
]


def test_a_good_document_has_no_findings(god: bytes) -> None:
    assert kontroller(god) == []


@pytest.mark.parametrize(("oedelaeg", "kode"), FEJL, ids=lambda vaerdi: getattr(vaerdi, "__name__", vaerdi))
def test_each_mistake_is_found(god: bytes, oedelaeg: Callable[[Pdf], None], kode: str) -> None:
    ud = io.BytesIO()
    with pikepdf.open(io.BytesIO(god)) as pdf:
        oedelaeg(pdf)
        pdf.save(ud, fix_metadata_version=False)
    assert kode in {fund.kode for fund in kontroller(ud.getvalue())}


def test_another_language_can_be_expected(god: bytes) -> None:
    assert [fund.kode for fund in kontroller(god, sprog="en")] == ["lang"]


def test_a_finding_reads_as_a_sentence() -> None:
    assert str(Fund("mcid", "content 3 belongs to no element", 7)) == "mcid (page 7): content 3 belongs to no element"
    assert str(Fund("lang", "Lang is ''")) == "lang: Lang is ''"


def test_untagged_pdf_is_one_finding_and_no_crash() -> None:
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        ud = io.BytesIO()
        pdf.save(ud)
    assert [fund.kode for fund in kontroller(ud.getvalue())][-1] == "tags"
