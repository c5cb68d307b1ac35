"""The small histories of a *tilbud* (names, categories, memberships) in one query, for its page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BooleanField, CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from tilbud.models import Forstaerketmedlem, Kategoriperiode, Tilbud, Tilbudsnavn
from tilbud.visning import aar_spand

NAVN, KATEGORI, MEDLEM = "navn", "kategori", "medlem"


@dataclass(frozen=True, slots=True)
class Periode:
    """One line of a history: the years in words, what held then, and the source or note."""

    aar: str
    tekst: str
    note: str
    er_eksempel: bool


def _kolonner(raekker: QuerySet, art: str, tekst: str, note: str, **mere: str) -> QuerySet:
    """The rows with the same columns, in the same order, as the others of the union."""

    def felt(navn: str, ellers: Value) -> F | Value:
        return F(mere[navn]) if navn in mere else ellers

    return (
        raekker.order_by()
        .annotate(
            art=Value(art, output_field=CharField()),
            fra=F("fra_aar"),
            til=F("til_aar"),
            tekst=Cast(tekst, CharField()),
            tilfoejelse=Cast(note, CharField()),
            eksempel=felt("eksempel", Value(False, output_field=BooleanField())),
            nummer=felt("nummer", Value(0, output_field=IntegerField())),
            undtaget=felt("undtaget", Value(False, output_field=BooleanField())),
        )
        .values_list("art", "fra", "til", "tekst", "tilfoejelse", "eksempel", "nummer", "undtaget")
    )


def hent_perioder(tilbud: Tilbud) -> dict[str, list[Periode]]:
    """By kind: names and memberships by year, categories newest first; one query."""
    navne = _kolonner(Tilbudsnavn.objects.filter(tilbud=tilbud), NAVN, "navn", "kilde")
    kategorier = _kolonner(
        Kategoriperiode.objects.filter(tilbud=tilbud),
        KATEGORI,
        "note",
        "note",
        eksempel="er_eksempel",
        nummer="kategori",
        undtaget="er_undtaget",
    )
    medlemskaber = _kolonner(Forstaerketmedlem.objects.filter(tilbud=tilbud), MEDLEM, "maalgruppe", "note")
    perioder: dict[str, list[Periode]] = {NAVN: [], KATEGORI: [], MEDLEM: []}
    raekker = sorted(navne.union(kategorier, medlemskaber, all=True), key=lambda raekke: (raekke[1] or 0, raekke[3]))
    for art, fra, til, tekst, note, er_eksempel, nummer, undtaget in raekker:
        if art == KATEGORI:
            tekst = str(Kategoriperiode(kategori=nummer, er_undtaget=undtaget))
        perioder[art].append(Periode(aar_spand(fra, til), tekst, note, er_eksempel))
    perioder[KATEGORI].reverse()
    return perioder
