"""References in chapters: found, checked at save, and filled in with live figures, blocks and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.formater import UkendtFormat, skriv
from socialaftale.kerne.tal.katalog import Talkontekst, TalMangler
from socialaftale.kerne.tal.udvikling import PRAEFIKS, Usammenlignelig
from socialaftale.kerne.tekst import blokke, steder
from socialaftale.kerne.tekst.blokke import Fodnote, Tekstkontekst

MOENSTER = re.compile(r"\{\{\s*(?P<noegle>[a-z0-9_.:\-]+)\s*(?:\|\s*(?P<format>[a-z0-9_]+)\s*)?\}\}")
# Anything that looks like a reference but is not one: a typo must never be printed.
HALVE = re.compile(r"\{\{[^}]*\}?\}?|\{%|%\}")
# A reference inside a tag (an address) would break the markup.
_I_MAERKE = re.compile(r"<[^>]*\{\{[^>]*>")
# A block alone in its paragraph: the block takes the paragraph's place.
_EGET_AFSNIT = re.compile(r"<p>\s*(\{\{\s*(?:figur|tabel|liste):[a-z0-9_.\-]+\s*\}\})\s*</p>")
NOTE = "note:"
# Beside a footnote an edition keeps where its source is, under the note's reference with this behind it.
ADRESSE = "#url"


@dataclass(frozen=True, slots=True)
class Henvisning:
    """One reference: key and the format asked for (empty = the figure's own)."""

    noegle: str
    format: str

    @classmethod
    def af(cls, fund: re.Match[str]) -> Henvisning:
        return cls(fund["noegle"], fund["format"] or "")

    def __str__(self) -> str:
        return f"{self.noegle}|{self.format}" if self.format else self.noegle

    @property
    def er_note(self) -> bool:
        return self.noegle.startswith(NOTE)

    @property
    def er_sted(self) -> bool:
        return steder.slags_af(self.noegle) is not None

    @property
    def er_blok(self) -> bool:
        return ":" in self.noegle and not self.er_note and not self.er_sted

    @property
    def er_udvikling(self) -> bool:
        return self.noegle.startswith(PRAEFIKS)

    @property
    def figurnoegle(self) -> str:
        """A footnote cites the source of an external figure: `note:x` belongs to `ekstern.x`."""
        return f"ekstern.{self.noegle.removeprefix(NOTE)}" if self.er_note else self.noegle


class UkendtHenvisning(Exception):
    """A reference nobody offers; the message (Danish) names the nearest keys."""


def find(indhold: str) -> Iterator[Henvisning]:
    """All references of a chapter in order."""
    return map(Henvisning.af, MOENSTER.finditer(indhold))


def notenumre(indhold: Iterable[str]) -> dict[str, int]:
    """The numbers of the footnotes through all chapters, in order of first mention."""
    numre: dict[str, int] = {}
    for henvisning in (fund for kapitel in indhold for fund in find(kapitel)):
        if henvisning.er_note:
            numre.setdefault(henvisning.noegle.removeprefix(NOTE), len(numre) + 1)
    return numre


def kontroller(indhold: str, kontekst: Talkontekst | None = None) -> None:
    """Raise `ValidationError` with one message per wrong reference; run at every save.

    With the text's own context the formats are tried on the values; a figure without a value for the period
    is no mistake of the writer and passes.
    """
    opslag = kontekst or Talkontekst()
    fejl = list(dict.fromkeys(filter(None, (_fejl(henvisning, opslag) for henvisning in find(indhold)))))
    fejl += [
        f"“{henvisning}” skal stå alene i sit eget afsnit."
        for henvisning in find(_EGET_AFSNIT.sub("", indhold))
        if henvisning.er_blok and blokke.find(henvisning.noegle)
    ]
    if _I_MAERKE.search(indhold):
        fejl.append("Et tal kan ikke stå i en linkadresse. Sæt det i teksten i stedet.")
    fejl += [
        f"“{halv.strip()[:40]}” ligner en henvisning, men kan ikke læses. Skriv den som {{{{ pladser.i_alt }}}}."
        for halv in HALVE.findall(MOENSTER.sub("", indhold))
    ]
    if fejl:
        raise ValidationError(fejl, code="henvisning")


def _fejl(henvisning: Henvisning, opslag: Talkontekst) -> str:
    if henvisning.er_blok:
        if blokke.find(henvisning.noegle):
            return ""
        kendte = ", ".join(blok.noegle for blok in blokke.alle())
        return f"“{henvisning.noegle}” findes ikke. Du kan indsætte: {kendte}."
    if henvisning.er_sted:
        return _stedfejl(henvisning, opslag)
    tal = katalog.find(henvisning.figurnoegle, opslag)
    if tal is None:
        naermeste = katalog.naermeste(henvisning.figurnoegle)
        forslag = f" Mente du {' eller '.join(naermeste)}?" if naermeste else " Se listen over tal."
        return f"Tallet “{henvisning.noegle}” findes ikke.{forslag}"
    kan = f"{tal.navn} kan skrives som {', '.join(tal.formater)}."
    if henvisning.er_udvikling and not henvisning.format:
        return f"Skriv, hvordan “{henvisning.noegle}” skal stå. {kan}"
    if henvisning.format and henvisning.format not in tal.formater:
        return f"Formatet “{henvisning.format}” passer ikke. {kan}"
    if henvisning.format and (opslag.periode or henvisning.er_udvikling):
        try:
            skriv(tal.beregn(opslag).vaerdi, henvisning.format)
        except UkendtFormat:
            return f"“{henvisning}” kan ikke skrives sådan. {kan}"
        except Usammenlignelig as fejl:
            return str(fejl)
        except TalMangler:
            return ""
    return ""


def _stedfejl(henvisning: Henvisning, opslag: Talkontekst) -> str:
    slags = steder.slags_af(henvisning.noegle)
    if henvisning.format not in steder.FORMATER:
        return f"Formatet “{henvisning.format}” passer ikke. {slags.ord.capitalize()} kan skrives som stort eller nr."
    if not opslag.periode or slags.find(henvisning.noegle, opslag):
        return ""
    kendte = ", ".join(f"{slags.praefiks}:{sted.noegle}" for sted in slags.alle(opslag)) or "ingen endnu"
    return f"“{henvisning.noegle}” findes ikke. Du kan henvise til: {kendte}."


def udfyld(indhold: str, kontekst: Tekstkontekst) -> SafeString:
    """The chapter as HTML with every reference filled in; raises `UkendtHenvisning` or `TalMangler`.

    A tolerant context gets a marker in the text instead. `indhold` must be clean HTML (see `rensning`).
    A paragraph holding only a block is replaced by the block.
    """
    indhold = _EGET_AFSNIT.sub(r"\1", indhold)
    return mark_safe(MOENSTER.sub(lambda fund: _erstat(Henvisning.af(fund), kontekst), indhold))  # noqa: S308


def _erstat(henvisning: Henvisning, kontekst: Tekstkontekst) -> str:
    try:
        if henvisning.er_note:
            return _fodnote(henvisning, kontekst)
        if henvisning.er_blok:
            return _blok(henvisning, kontekst)
        if henvisning.er_sted:
            return _sted(henvisning, kontekst)
        return _tal(henvisning, kontekst)
    except (UkendtHenvisning, TalMangler) as fejl:
        if not kontekst.tolerant:
            raise
        kontekst.mangler[str(henvisning)] = str(fejl) or "Tallet kendes ikke for perioden."
        return format_html('<mark class="mangler-henvisning">[{} mangler]</mark>', str(henvisning))


def _blok(henvisning: Henvisning, kontekst: Tekstkontekst) -> str:
    noegle = str(henvisning)
    if noegle in kontekst.faste:
        return kontekst.faste[noegle]
    blok = blokke.find(henvisning.noegle)
    if blok is None:
        raise UkendtHenvisning(_fejl(henvisning, kontekst.tal))
    kontekst.trykt[noegle] = str(blok.byg(kontekst))
    return kontekst.trykt[noegle]


def _sted(henvisning: Henvisning, kontekst: Tekstkontekst) -> str:
    """The name of a place: as the edition printed it, else as it is called today."""
    slags = steder.slags_af(henvisning.noegle)
    sted = slags.find(henvisning.noegle, kontekst.tal)
    tekst = kontekst.faste.get(str(henvisning))
    if tekst is None:
        if sted is None:
            raise UkendtHenvisning(_stedfejl(henvisning, kontekst.tal))
        tekst = slags.skriv(sted, henvisning.format)
        kontekst.trykt[str(henvisning)] = tekst
    return slags.vis(sted, tekst, kontekst) if sted else escape(tekst)


def _tal(henvisning: Henvisning, kontekst: Tekstkontekst) -> str:
    tal = katalog.find(henvisning.noegle, kontekst.tal)
    tekst, tidligere = kontekst.faste.get(str(henvisning)), ""
    if tekst is None:
        if tal is None:
            raise UkendtHenvisning(_fejl(henvisning, kontekst.tal))
        vaerdi = tal.beregn(kontekst.tal)
        tekst, tidligere = _skrevet(tal, vaerdi, henvisning.format), vaerdi.tidligere_i_ord
        kontekst.trykt[str(henvisning)] = tekst
    if kontekst.medie != "web":
        return escape(tekst)
    vist = escape(tekst)
    if kontekst.tal_url:
        # The way from a printed figure to its source: the entry on the page of figures.
        vist = format_html(
            '<a class="levende-tal" href="{}#{}" title="{}">{}</a>',
            kontekst.tal_url,
            henvisning.noegle,
            tal.navn if tal else henvisning.noegle,
            tekst,
        )
    if not (tidligere and kontekst.maerk_tidligere):
        return vist
    kontekst.tidligere[henvisning.noegle] = tidligere
    return format_html(
        '<span class="tidligere-tal" title="{0}">{1}<span aria-hidden="true">*</span>'
        '<span class="sr-only"> ({0})</span></span>',
        tidligere,
        vist,
    )


def trykt_tal(tal: katalog.LevendeTal, format: str, kontekst: Tekstkontekst) -> str:
    """The figure as it stands in the text; raises `TalMangler`, or `UkendtHenvisning` for a format it cannot take."""
    return _skrevet(tal, tal.beregn(kontekst.tal), format)


def _skrevet(tal: katalog.LevendeTal, vaerdi: katalog.Talvaerdi, format: str) -> str:
    try:
        return skriv(vaerdi.vaerdi, format or tal.standardformat)
    except UkendtFormat as fejl:
        raise UkendtHenvisning(f"{tal.navn} kan ikke skrives som “{format or tal.standardformat}”.") from fejl


def _fodnote(henvisning: Henvisning, kontekst: Tekstkontekst) -> str:
    noegle = henvisning.noegle.removeprefix(NOTE)
    kendt = kontekst.fodnoter.get(noegle)
    note = kendt or _ny_fodnote(henvisning, noegle, kontekst)
    if kontekst.medie in ("pdf", "word"):
        # The note itself stands where it is mentioned first; WeasyPrint moves it to the foot of the page. Word numbers
        # its notes itself, so there each mention has its own.
        if kendt and kontekst.medie == "pdf":
            return format_html('<sup class="fodnotetal">{}</sup>', note.nummer)
        if kontekst.medie == "word" and note.url:
            return format_html('<span class="fodnote">{0} <a href="{1}">{1}</a></span>', note.tekst, note.url)
        return format_html('<span class="fodnote">{}</span>', note.tekst)
    tilbage = format_html(' id="fodnotetegn-{}"', note.nummer) if not kendt else ""
    return format_html(
        '<sup><a href="#fodnote-{0}" role="doc-noteref" aria-label="Fodnote {0}"{1}>{0}</a></sup>',
        note.nummer,
        tilbage,
    )


def _ny_fodnote(henvisning: Henvisning, noegle: str, kontekst: Tekstkontekst) -> Fodnote:
    tekst, url = (kontekst.faste.get(fast) for fast in (str(henvisning), f"{henvisning}{ADRESSE}"))
    if tekst is None:
        tal = katalog.find(henvisning.figurnoegle, kontekst.tal)
        if tal is None:
            raise UkendtHenvisning(_fejl(henvisning, kontekst.tal))
        vaerdi = tal.beregn(kontekst.tal)
        tekst, url = f"{tal.definition}. {vaerdi.kilde}.", vaerdi.url
        kontekst.trykt |= {str(henvisning): tekst, f"{henvisning}{ADRESSE}": url}
    nummer = kontekst.notenumre.get(noegle, len(kontekst.fodnoter) + 1)
    kontekst.fodnoter[noegle] = Fodnote(nummer, noegle, tekst, url or "")
    return kontekst.fodnoter[noegle]


@dataclass(frozen=True, slots=True)
class BrugtTal:
    """A figure a text uses: what it is, its value today (None when it has none) and how the text writes it."""

    tal: katalog.LevendeTal
    vaerdi: katalog.Talvaerdi | None
    trykt: tuple[str, ...]
    # Written differently in the issued edition than it would be today.
    aendret: bool = False


def brugte_tal(indhold: str, kontekst: Tekstkontekst) -> list[BrugtTal]:
    """The figures a text uses, each once and in order of first mention: what the page of figures shows."""
    former: dict[str, dict[str, str]] = {}
    fundne: dict[str, katalog.LevendeTal] = {}
    for henvisning in find(indhold):
        tal = None if henvisning.er_blok or henvisning.er_sted else katalog.find(henvisning.figurnoegle, kontekst.tal)
        if tal is not None:
            fundne[tal.noegle] = tal
            if not henvisning.er_note:
                former.setdefault(tal.noegle, {})[str(henvisning)] = henvisning.format
    return [_brugt(tal, former.get(noegle, {}), kontekst) for noegle, tal in fundne.items()]


def _brugt(tal: katalog.LevendeTal, former: dict[str, str], kontekst: Tekstkontekst) -> BrugtTal:
    try:
        vaerdi = tal.beregn(kontekst.tal)
        nu = {henvisning: trykt_tal(tal, format, kontekst) for henvisning, format in former.items()}
    except (TalMangler, UkendtHenvisning):
        vaerdi, nu = None, {}
    trykt = {henvisning: kontekst.faste.get(henvisning, nu.get(henvisning, "–")) for henvisning in former}
    aendret = any(kontekst.faste.get(henvisning, tekst) != tekst for henvisning, tekst in nu.items())
    return BrugtTal(tal, vaerdi, tuple(dict.fromkeys(trykt.values())), aendret)
