"""The agreement as a PDF: cover, contents, chapters, back page, and annexes with page numbers of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from socialaftale.aftale.dokumenter import dellager
from socialaftale.aftale.dokumenter.bilag import (
    BILAGSDELE,
    Bilagsdel,
    Bilagspost,
    antal_sider,
    byg_bilag,
    placer,
)
from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.hentning import Laesekapitel, Laesning
from socialaftale.aftale.models import Aftale, Udgavebilag
from socialaftale.kerne.dansk import slug
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf.fejl import PdfFejl
from socialaftale.kerne.pdf.flet import Del, flet_dele
from socialaftale.kerne.pdf.indhold import Punkt, saml_indhold
from socialaftale.kerne.pdf.oplysninger import Dokument
from socialaftale.kerne.pdf.proces import Fremdrift
from socialaftale.kerne.pdf.skabelon import rodmapper
from socialaftale.kerne.tekst import henvisninger, opstilling
from socialaftale.kerne.tekst.blokke import Tekstkontekst
from socialaftale.kerne.tekst.models import Kapiteltype
from socialaftale.kerne.tekst.rensning import ren_tekst

# Besides the style of all documents: what stands around figures, and what only the agreement has.
STILARK = ("app/figurer.css", "app/pdf/aftale.css")
# Sections of a chapter stand in the contents when there are this many.
AFSNIT_VISES_FRA = 4
# The length of the text depends on its contents, and they tell where the annexes begin: the second is right.
FORSOEG = 4
# Chapters that go on where the last one ended.
KORTE = (Kapiteltype.KONTAKT,)


@dataclass(frozen=True)
class Aftaledokument(Dokument):
    """The frame of an agreement: what it is dated by is its adoption, known by year only."""

    vedtaget_aar: int | None = None

    @property
    def datotekst(self) -> str:
        return f"Vedtaget {self.vedtaget_aar}" if self.vedtaget_aar else super().datotekst


@dataclass(frozen=True, slots=True)
class AftalePdf:
    """A built agreement; `sider` counts all parts. Without annexes the whole is the text alone."""

    data: bytes
    sider: int
    uden_bilag: bytes = b""
    sider_uden_bilag: int = 0
    bilag: tuple[Bilagsdel, ...] = ()

    @property
    def fremmede_sider(self) -> set[int]:
        """The pages of the whole that were made elsewhere."""
        return {side for del_ in self.bilag for side in del_.fremmede_sider}


def oplysninger(laesning: Laesning, opsaetning: Opsaetning, forsidetekst: str = "") -> Aftaledokument:
    """What cover, page foot, back page and metadata say."""
    aftale = laesning.aftale
    sidst_rettet = max((kapitel.rettet for kapitel in aftale.tekst.kapitler.all()), default=timezone.now())
    return Aftaledokument(
        titel=aftale.titel.removesuffix(aftale.periode).strip(),
        periode=aftale.periode,
        undertitel=aftale.undertitel,
        dato=_dansk_dag(sidst_rettet),
        udgiver=opsaetning.sekretariat_navn,
        omraade=forsidetekst,
        version="Udkast" if aftale.tilstand == Aftaletilstand.UDKAST else "",
        emne=aftale.undertitel,
        kontakt=tuple(
            filter(
                None,
                (
                    opsaetning.sekretariat_navn,
                    opsaetning.sekretariat_adresse,
                    opsaetning.sekretariat_mail,
                    opsaetning.sekretariat_web.removeprefix("https://").rstrip("/"),
                ),
            )
        ),
        vedtaget_aar=aftale.vedtaget_aar,
    )


def _dansk_dag(tidspunkt: dt.datetime) -> dt.date:
    return timezone.localtime(tidspunkt).date()


def html(laesning: Laesning, opsaetning: Opsaetning, bilag: Sequence[Bilagsdel] = ()) -> str:
    """The prose part as one HTML document; `laesning.mangler` says what could not be filled in."""
    kontekst = laesning.kontekst("pdf")
    kontekst.tal.hukommelse[BILAGSDELE] = {post.nr: post for post in bilag}
    afsnit = []
    forsidetekst = ""
    for kapitel in laesning.kapitler:
        tekst = _udfyldt(kapitel, laesning, kontekst)
        if kapitel.type == Kapiteltype.FORSIDE:
            forsidetekst = ren_tekst(tekst)
        elif not kapitel.er_omslag:
            afsnit.append({"kapitel": kapitel, "tekst": tekst, "kort": kapitel.type in KORTE})
    laesning.mangler |= kontekst.mangler
    krop, punkter = saml_indhold(render_to_string("dokumenter/aftale/kapitler.html", {"afsnit": afsnit}))
    return render_to_string(
        "dokumenter/aftale/aftale.html",
        {
            "dokument": oplysninger(laesning, opsaetning, forsidetekst),
            "indhold": _fortegnelse(punkter, laesning.sider),
            "krop": mark_safe(krop),  # noqa: S308
            "bilag": bilag,
        },
    )


def _udfyldt(kapitel: Laesekapitel, laesning: Laesning, kontekst: Tekstkontekst) -> str:
    return henvisninger.udfyld(laesning.med_billeder(opstilling.til_pdf(kapitel.indhold), kontekst.medie), kontekst)


def _fortegnelse(punkter: list[Punkt], kapitler: list[Laesekapitel]) -> list[Punkt]:
    """Contents that fit a page: below a chapter the parts of it that are chapters themselves, or its sections when
    it is a numbered chapter with many.
    """
    efter_anker = {kapitel.noegle: kapitel for kapitel in kapitler}
    samlet: list[Punkt] = []
    for punkt in punkter:
        kapitel = efter_anker[punkt.anker]
        if kapitel.niveau == 1 or not samlet:
            vis = kapitel.nummer is not None and len(punkt.boern) >= AFSNIT_VISES_FRA
            samlet.append(Punkt(punkt.titel, punkt.anker, punkt.boern if vis else []))
        else:
            over = samlet[-1]
            over.boern = [barn for barn in over.boern if barn.anker in efter_anker]
            over.boern.append(Punkt(punkt.titel, punkt.anker))
    return samlet


def css() -> str:
    statisk = rodmapper()[0]
    return "\n".join((statisk / navn).read_text(encoding="utf-8") for navn in STILARK)


def byg(laesning: Laesning, poster: Sequence[Bilagspost] = (), *, fremdrift: Fremdrift) -> AftalePdf:
    """Prose and annexes, each from the store when unchanged, joined into one file; raises `PdfFejl`.

    Look at `laesning.mangler` before the bytes are used: what could not be filled in is marked in the text.
    """
    opsaetning = Opsaetning.hent()
    bilag = byg_bilag(laesning.aftale, poster, fremdrift=_del(fremdrift, 5, 40))
    kilde = html(laesning, opsaetning)
    alene = dellager.hent_eller_byg(kilde, farve=opsaetning.farve, css=css(), fremdrift=_del(fremdrift, 40, 62))
    bagside = render_to_string("dokumenter/aftale/bagside.html", {"dokument": oplysninger(laesning, opsaetning)})
    bagside = dellager.hent_eller_byg(bagside, farve=opsaetning.farve, css=css())
    uden_bilag = _flet(laesning, alene, (), bagside)
    if not bilag:
        return AftalePdf(uden_bilag, antal_sider(uden_bilag))
    gaet = _sidste_laengde(laesning.aftale) or antal_sider(alene)
    prosa, bilag = _med_sidetal(laesning, opsaetning, bilag, gaet, _del(fremdrift, 62, 82))
    fremdrift(84, "Samler dokumentet")
    data = _flet(laesning, prosa, bilag, bagside)
    return AftalePdf(data, antal_sider(data), uden_bilag, antal_sider(uden_bilag), tuple(bilag))


def _sidste_laengde(aftale: Aftale) -> int:
    """How many pages came before the annexes in the newest edition, most often still right; 0 when there is none."""
    placerede = Udgavebilag.objects.filter(udgave__aftale=aftale, fra_side__gt=0)
    foerste = placerede.order_by("-udgave__dokument__version", "nr").values_list("fra_side", flat=True).first()
    return foerste - 1 if foerste else 0


def _med_sidetal(
    laesning: Laesning, opsaetning: Opsaetning, bilag: Sequence[Bilagsdel], gaet: int, fremdrift: Fremdrift
) -> tuple[bytes, list[Bilagsdel]]:
    """The prose whose contents tell where the annexes begin; made again when it is not as long as was guessed."""
    for _ in range(FORSOEG):
        placerede = placer(bilag, gaet)
        kilde = html(laesning, opsaetning, placerede)
        prosa = dellager.hent_eller_byg(kilde, farve=opsaetning.farve, css=css(), fremdrift=fremdrift)
        sider = antal_sider(prosa)
        if sider == gaet:
            return prosa, placerede
        gaet = sider
    raise PdfFejl("the contents never agree with the length of the text")


def _flet(laesning: Laesning, prosa: bytes, bilag: Sequence[Bilagsdel], bagside: bytes) -> bytes:
    dele = [Del(prosa)]
    # Their own first heading is their bookmark.
    dele += [Del(post.data, noegle=post.noegle, sidemaerke=post.sidemaerke) for post in bilag]
    # Behind the annexes, as the back of a printed book.
    dele.append(Del(bagside, sidemaerke="Bagside "))
    return flet_dele(dele, titel=laesning.aftale.titel)


def _del(fremdrift: Fremdrift, fra: int, til: int) -> Fremdrift:
    """Progress of one part as its share of the whole."""
    return lambda procent, tekst: fremdrift(fra + procent * (til - fra) // 100, tekst)


def filnavn(aftale: Aftale) -> str:
    """The title as a file name: `<agreement>-2023-2024.pdf`."""
    return f"{slug(aftale.titel)}.pdf"


def filnavn_uden_bilag(aftale: Aftale) -> str:
    return f"{slug(aftale.titel)}-uden-bilag.pdf"
