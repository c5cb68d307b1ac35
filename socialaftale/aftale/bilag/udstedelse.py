"""Annexes as part of an edition: what is missing before one can be issued, and how they are stored with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from socialaftale.aftale.bilag.models import Bilag, Udgavebilag
from socialaftale.aftale.dokumenter import aftale_pdf
from socialaftale.aftale.dokumenter.aftale_pdf import AftalePdf
from socialaftale.aftale.dokumenter.bilag import Bilagsdel, Bilagspost
from socialaftale.aftale.hentning import BILAG_MED_FIL, Laesning
from socialaftale.aftale.models import Aftale, Udgave
from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.dansk import slug
from socialaftale.kerne.enums import Dokumentsynlighed
from socialaftale.kerne.models import Dokument

SLAGS = "aftalebilag"


def mangler_fil(aftale: Aftale) -> list[Bilag]:
    """Annexes that are to be uploaded files and have none yet."""
    return [bilag for bilag in aftale.bilag.all() if bilag.mangler_fil] if aftale.har_dele else []


def marker_med_fil(laesning: Laesning, poster: Sequence[Bilagspost]) -> None:
    """Tell the text which annexes have a file, so that its list and references lead to it."""
    laesning.tal.hukommelse[BILAG_MED_FIL] = {post.bilag.noegle for post in poster if post.kilde is not None}


def udgavefelter(aftale: Aftale, pdf: AftalePdf, adgang: Adgang) -> dict[str, Any]:
    """The text alone as a document of its own, for the edition to keep; nothing when the whole is the text alone."""
    if not pdf.uden_bilag:
        return {}
    uden_bilag = dokumenter.udsted(
        adgang,
        noegle=f"{aftale.dokumentnoegle}:uden-bilag",
        slags="aftale",
        titel=f"{aftale.titel} uden bilag",
        filnavn=aftale_pdf.filnavn_uden_bilag(aftale),
        data=pdf.uden_bilag,
        synlighed=Dokumentsynlighed.OFFENTLIG,
        objekt=aftale,
    )
    return {"uden_bilag": uden_bilag, "sider_uden_bilag": pdf.sider_uden_bilag}


def gem_bilag(udgave: Udgave, poster: Sequence[Bilagspost], pdf: AftalePdf, adgang: Adgang) -> None:
    """Every annex of the edition as it is now, each with a file as a document of its own."""
    dele = {del_.nr: del_ for del_ in pdf.bilag}
    Udgavebilag.objects.bulk_create(
        _udgavebilag(udgave, post.bilag, dele.get(post.bilag.nr), adgang) for post in poster
    )


def _udgavebilag(udgave: Udgave, bilag: Bilag, del_: Bilagsdel | None, adgang: Adgang) -> Udgavebilag:
    frossen = Udgavebilag(
        udgave=udgave,
        nr=bilag.nr,
        gruppe=bilag.gruppe,
        titel=bilag.titel,
        noegle=bilag.noegle,
        indhold=bilag.indhold,
    )
    if del_ is not None:
        frossen.dokument = _udsted(udgave.aftale, bilag, del_, adgang)
        frossen.sider, frossen.fra_side, frossen.er_maerket_op = del_.sider, del_.fra_side, del_.er_maerket_op
    return frossen


def _udsted(aftale: Aftale, bilag: Bilag, del_: Bilagsdel, adgang: Adgang) -> Dokument:
    return dokumenter.udsted(
        adgang,
        noegle=f"{aftale.dokumentnoegle}:bilag:{bilag.noegle}",
        slags=SLAGS,
        titel=f"{bilag}"[:200],
        filnavn=f"bilag-{bilag.nr}-{slug(bilag.titel)[:100]}.pdf",
        data=del_.data,
        synlighed=Dokumentsynlighed.OFFENTLIG,
        objekt=aftale,
    )


def offentliggoer(udgave: Udgave, adgang: Adgang) -> None:
    """The edition's other files become public with it; one that an earlier edition brought is public already."""
    filer = [udgave.uden_bilag, *(post.dokument for post in udgave.bilag.select_related("dokument"))]
    for dokument in filer:
        if dokument is not None and dokument.offentliggjort_tidspunkt is None:
            dokumenter.offentliggoer_dokument(adgang, dokument)
