"""The agreement as a PDF: cover, contents, chapters, back page, and annexes with page numbers of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from socialaftale.aftale.dokumenter import dellager
from socialaftale.aftale.dokumenter.bilag import (
    BILAGSDELE,
    Bilagsarbejde,
    Bilagsdel,
    Bilagspost,
    antal_sider,
    bilagsarbejder,
    placer,
)
from socialaftale.aftale.dokumenter.dellager import Bestilling
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
        version="Udkast" if aftale.er_udkast else "",
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
            if laesning.aftale.har_afsnit:
                tekst = mark_safe(opstilling.ryk_overskrifter(tekst, kapitel.niveau - 1))  # noqa: S308
            afsnit.append({"kapitel": kapitel, "tekst": tekst, "kort": kapitel.type in KORTE})
    laesning.mangler |= kontekst.mangler
    krop, punkter = saml_indhold(_krop(afsnit, laesning))
    return render_to_string(
        "dokumenter/aftale/aftale.html",
        {
            "dokument": oplysninger(laesning, opsaetning, forsidetekst),
            "taet": laesning.aftale.har_afsnit,
            "indhold": punkter if laesning.aftale.har_afsnit else _fortegnelse(punkter, laesning.sider),
            "krop": mark_safe(krop),  # noqa: S308
            "bilag": bilag,
        },
    )


def _krop(afsnit: list[dict[str, Any]], laesning: Laesning) -> str:
    """The chapters, each with its sections where it has any."""
    if not laesning.aftale.har_afsnit:
        return render_to_string("dokumenter/aftale/kapitler.html", {"afsnit": afsnit})
    kapitler: list[list[dict[str, Any]]] = []
    for post in afsnit:
        if post["kapitel"].niveau == 1 or not kapitler:
            kapitler.append([])
        kapitler[-1].append(post)
    return render_to_string("dokumenter/aftale/afsnit.html", {"kapitler": kapitler})


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
    arbejder = bilagsarbejder(laesning.aftale, poster)
    annekser = [arbejde.bestilling for arbejde in arbejder]
    alene = Bestilling(html(laesning, opsaetning), navn="Teksten", css=css())
    bagside = Bestilling(
        render_to_string("dokumenter/aftale/bagside.html", {"dokument": oplysninger(laesning, opsaetning)}),
        navn="Bagsiden",
        css=css(),
    )

    def lav(bestillinger: Sequence[Bestilling], fra: int, til: int) -> list[bytes]:
        return dellager.hent_eller_byg(
            bestillinger,
            farve=opsaetning.farve,
            fremdrift=lambda procent, tekst: fremdrift(fra + procent * (til - fra) // 100, tekst),
        )

    def med_bilag(bilag: Sequence[Bilagsdel], sider: int) -> tuple[Bestilling, list[Bilagsdel]]:
        placerede = placer(bilag, sider)
        return Bestilling(html(laesning, opsaetning, placerede), navn="Teksten", css=css()), placerede

    gaet = _forrige_laengde(laesning.aftale)
    if arbejder and gaet and dellager.har(annekser, farve=opsaetning.farve):
        # Only the text is new: with a good guess at its length, both forms of it are made at the same time.
        bilag = _faerdige(arbejder, lav(annekser, 5, 6))
        gaettet, placerede = med_bilag(bilag, gaet)
        tekst, bagsidens, prosa = lav([alene, bagside, gaettet], 6, 70)
    else:
        tekst, bagsidens, *data = lav([alene, bagside, *annekser], 5, 70)
        bilag, prosa = _faerdige(arbejder, data), None
    uden_bilag = _flet(laesning, tekst, (), bagsidens)
    if not bilag:
        return AftalePdf(uden_bilag, antal_sider(uden_bilag))
    if prosa is None:
        gaettet, placerede = med_bilag(bilag, gaet or antal_sider(tekst))
        (prosa,) = lav([gaettet], 70, 76)
    # The contents tell where the annexes begin, and that depends on the length of the text with the contents.
    for _ in range(FORSOEG):
        sider = antal_sider(prosa)
        if placerede[0].fra_side == sider + 1:
            break
        bestilling, placerede = med_bilag(bilag, sider)
        (prosa,) = lav([bestilling], 76, 82)
    else:
        raise PdfFejl("the contents never agree with the length of the text")
    fremdrift(84, "Samler dokumentet")
    data = _flet(laesning, prosa, placerede, bagsidens)
    return AftalePdf(data, antal_sider(data), uden_bilag, antal_sider(uden_bilag), tuple(placerede))


def _forrige_laengde(aftale: Aftale) -> int:
    """How many pages came before the annexes in the newest edition, most often still right; 0 when there is none."""
    if not aftale.har_dele:
        return 0
    placerede = Udgavebilag.objects.filter(udgave__aftale=aftale, fra_side__gt=0)
    foerste = placerede.order_by("-udgave__dokument__version", "nr").values_list("fra_side", flat=True).first()
    return foerste - 1 if foerste else 0


def _faerdige(arbejder: Sequence[Bilagsarbejde], data: Sequence[bytes]) -> list[Bilagsdel]:
    return [arbejde.goer_faerdig(sat) for arbejde, sat in zip(arbejder, data, strict=True)]


def _flet(laesning: Laesning, prosa: bytes, bilag: Sequence[Bilagsdel], bagside: bytes) -> bytes:
    dele = [Del(prosa)]
    # Their own first heading is their bookmark.
    dele += [Del(post.data, noegle=post.noegle, sidemaerke=post.sidemaerke) for post in bilag]
    # Behind the annexes, as the back of a printed book.
    dele.append(Del(bagside, sidemaerke="Bagside "))
    return flet_dele(dele, titel=laesning.aftale.titel)


def filnavn(aftale: Aftale) -> str:
    """The title as a file name: `<agreement>-2023-2024.pdf`."""
    return f"{slug(aftale.titel)}.pdf"


def filnavn_uden_bilag(aftale: Aftale) -> str:
    return f"{slug(aftale.titel)}-uden-bilag.pdf"
