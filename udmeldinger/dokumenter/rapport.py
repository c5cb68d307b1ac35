"""A central report as a document: what its page shows everybody, under the same disclosure control."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string

from socialaftale.kerne import bilagsarter
from socialaftale.kerne.bilagsarter import Bilagsart, Bilagsbestilling, Bilagskilde
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf.oplysninger import Dokument
from udmeldinger import hentning
from udmeldinger.models import CentralUdmelding

SKABELON = "dokumenter/udmeldingsrapport.html"


def _offentlige(periode: str) -> Any:
    udmeldinger = CentralUdmelding.objects.filter(offentliggjort=True, har_rapport=True)
    return udmeldinger.for_periode(periode).order_by("-aar", "titel", "pk")


def varianter(periode: str) -> Iterable[tuple[str, str]]:
    """The published reports the agreement of the period treats."""
    return [(post.slug, f"Afrapportering: {post}") for post in _offentlige(periode)]


def kontekst(udmelding: CentralUdmelding, bestilling: Bilagsbestilling) -> dict[str, Any]:
    """What the template needs; never more than the public may see."""
    opsaetning = Opsaetning.hent()
    aarene, linjer = hentning.hent_tilbud(udmelding, intern=False)
    dokument = Dokument(
        titel=udmelding.titel_i_afrapportering or udmelding.titel,
        dato=bestilling.dato,
        omraade=opsaetning.omraade,
        udgiver=opsaetning.sekretariat_navn,
        emne=f"Afrapportering på den centrale udmelding {udmelding}",
        del_=bestilling.del_,
    )
    return {
        "dokument": dokument,
        "omslag": bestilling.omslag,
        "udmelding": udmelding,
        "omraade": opsaetning.omraade,
        "tabel": hentning.hent_maalgrupper(udmelding, intern=False),
        "spredning": hentning.hent_spredning(udmelding, udmelding.spredning.all()),
        "aarene": aarene,
        "linjer": linjer,
    }


def byg_kilde(bestilling: Bilagsbestilling) -> Bilagskilde | None:
    """The annex; None when the report is not published."""
    udmelding = (
        CentralUdmelding.objects.filter(offentliggjort=True, har_rapport=True, slug=bestilling.variant)
        .select_related("myndighed")
        .prefetch_related("myndighed__tidligere_navne", "perioder")
        .first()
    )
    if udmelding is None:
        return None
    return Bilagskilde(render_to_string(SKABELON, kontekst(udmelding, bestilling)))


def registrer() -> None:
    bilagsarter.registrer(
        Bilagsart("udmelding", "Afrapportering på en central udmelding", byg_kilde, varianter), raekkefoelge=300
    )
