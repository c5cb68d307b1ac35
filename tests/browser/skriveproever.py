"""What the editor is fed: everything the server lets through, and what Word puts on the clipboard."""

from __future__ import annotations

from dataclasses import dataclass

ALT_DER_SLIPPER_IGENNEM = [
    "<ul><li>a<ul><li>b</li><li>c<ol><li>d</li></ol></li></ul></li><li>e</li></ul>",
    "<ol><li><p>Et afsnit</p><p>Et til</p></li><li>Kort</li></ol>",
    '<p><a href="https://www.kl.dk/x?a=1&amp;b=2">KL</a>, <a href="mailto:a@b.dk">mail</a>, <a href="/x/">x</a>.</p>',
    "<p>H<sub>2</sub>O og m<sup>2</sup>, <strong>fed <em>og kursiv</em></strong> <em>alene</em>.</p>",
    '<p>linje<br>skift</p><p class="kilde">Kilde: os</p><h2>A</h2><h3>B &lt; C &amp; D</h3><h4>E</h4>',
    "<blockquote><p>Et citat</p><p>i to afsnit</p></blockquote>",
    (
        "<table><caption>Pladser i <strong>{{ pladser.aar }}</strong></caption><thead><tr>"
        '<th scope="col" rowspan="2">Kommune</th><th scope="col" colspan="2" class="tal">År</th></tr>'
        '<tr><th scope="col" class="tal">2020</th><th scope="col" class="tal">2022</th></tr></thead>'
        '<tbody><tr><th scope="row">Læsø</th><td class="tal">1</td><td class="tal">{{ pladser.i_alt|hele }}</td></tr>'
        '<tr><th scope="row">Rebild</th><td>a</td><td><p>b</p><ul><li>c</li></ul></td></tr></tbody></table>'
    ),
    '<table><tbody><tr><th scope="row">Kun</th><td>krop</td></tr></tbody></table>',
    (
        '<aside class="boks boks-fakta"><h3>Overskrift</h3><p>Tekst</p>'
        "<table><tbody><tr><td>x</td><td>y</td></tr></tbody></table></aside>"
    ),
    '<aside class="boks"><p class="boks-titel">Uden slags</p><ul><li>x</li></ul></aside>',
    '<aside class="boks boks-vision"><p class="boks-titel">Vision</p><blockquote><p>x</p></blockquote></aside>',
    "<p>{{ ekstern.boern_diagnose }}{{ note:boern_diagnose }}, {{ parter.antal|ord }}</p><p>{{ figur:pladskort }}</p>",
    "<p>En halv {{ henvisning og §&nbsp;13&nbsp;b</p>",
    '<aside class="boks boks-liste"><p>{{ liste:bilag }}</p></aside><p>Efter</p>',
]


@dataclass(frozen=True, slots=True)
class Proeve:
    html: str
    ventet: str


_HOVED = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif;} @list l0 {mso-list-id:1;} --></style></head>
<body lang=DA style='tab-interval:65.2pt'><!--StartFragment-->"""
_FOD = "<!--EndFragment--></body></html>"


def _punkt(klasse: str, niveau: int, tegn: str, tekst: str, skrift: str = "Symbol") -> str:
    return (
        f"<p class={klasse} style='margin-left:{36 * niveau}pt;mso-add-space:auto;text-indent:-18.0pt;"
        f"mso-list:l0 level{niveau} lfo1'><![if !supportLists]><span style='font-family:{skrift};"
        f"mso-fareast-font-family:{skrift}'><span style='mso-list:Ignore'>{tegn}<span style='font:7.0pt \"Times New "
        f"Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>{tekst}<o:p></o:p></p>\n"
    )


WORD_LISTE = Proeve(
    _HOVED
    + "<h1 style='mso-margin-top-alt:auto'><b>Et afsnit<o:p></o:p></b></h1>\n"
    + "<p class=MsoNormal><span style='font-size:12.0pt;color:red'>Det første, der\ngælder:<o:p></o:p></span></p>\n"
    + _punkt("MsoListParagraphCxSpFirst", 1, "·", "Et <b>fedt</b> punkt")
    + _punkt("MsoListParagraphCxSpMiddle", 2, "o", "Et punkt under det", "Courier New")
    + _punkt("MsoListParagraphCxSpLast", 1, "·", "Det sidste punkt")
    + "<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n<h2>Dernæst</h2>\n"
    + _punkt("MsoListParagraphCxSpFirst", 1, "1.", "Først", "Calibri")
    + _punkt("MsoListParagraphCxSpLast", 1, "2.", "Så", "Calibri")
    + "<p class=MsoNormal>Efter <i>listen</i>, servicelovens §&nbsp;6.<o:p></o:p></p>"
    + _FOD,
    "<h2>Et afsnit</h2><p>Det første, der gælder:</p>"
    "<ul><li>Et <strong>fedt</strong> punkt<ul><li>Et punkt under det</li></ul></li><li>Det sidste punkt</li></ul>"
    "<h3>Dernæst</h3><ol><li>Først</li><li>Så</li></ol><p>Efter <em>listen</em>, servicelovens §&nbsp;6.</p>",
)


def _celle(tekst: str, stil: str = "") -> str:
    return (
        "<td width=208 valign=top style='width:155.8pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt'>"
        f"<p class=MsoNormal {stil}>{tekst}<o:p></o:p></p></td>"
    )


HOEJRE = "align=right style='text-align:right'"
WORD_TABEL = Proeve(
    _HOVED
    + "<p class=MsoCaption>Tabel 1: Pladser<o:p></o:p></p>"
    + "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>"
    + f"<tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'>{_celle('<b>Kommune</b>')}"
    + _celle("<b><span style='color:#333'>Pladser</span></b>", HOEJRE)
    + f"</tr><tr style='mso-yfti-irow:1'>{_celle('Læsø')}{_celle('25', HOEJRE)}</tr>"
    + "</table><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    + _FOD,
    '<table><caption>Tabel 1: Pladser</caption><thead><tr><th scope="col">Kommune</th>'
    '<th class="tal" scope="col">Pladser</th></tr></thead>'
    '<tbody><tr><td>Læsø</td><td class="tal">25</td></tr></tbody></table>',
)

WORD_FODNOTE = Proeve(
    _HOVED
    + "<p class=MsoNormal>En <a style='mso-comment-reference:MB_1;mso-comment-date:20261101T1000'>kommenteret</a>"
    + "<span class=MsoCommentReference><span style='font-size:8.0pt'><a class=msocomanchor id='_anchor_1' "
    + "href='#_msocom_1' name='_msoanchor_1'>[MB1]</a></span></span> sætning"
    + "<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference>[1]</span></a>"
    + " med <ins cite='mailto:a' datetime='2026'>nyt</ins><del cite='mailto:a'>gammelt</del> og "
    + "<a name='_Toc1'>anker</a>.<o:p></o:p></p>"
    + "<p class=MsoQuote>Et citat<o:p></o:p></p>"
    + "<div style='mso-element:footnote-list'><hr size=1><div style='mso-element:footnote' id=ftn1>"
    + "<p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href='#_ftnref1' name='_ftn1'>[1]</a> KL, 2022.</p>"
    + "</div></div><div style='mso-element:comment-list'><div style='mso-element:comment'><p>Skal væk</p></div></div>"
    + "<p class=MsoNormal><img width=10 src='file:///C:/Users/x/clip_image001.png' v:shapes='Billede_1'></p>"
    + _FOD,
    "<p>En kommenteret sætning med nyt og anker.</p><blockquote><p>Et citat</p></blockquote>"
    '<p class="kilde">KL, 2022.</p>',
)
