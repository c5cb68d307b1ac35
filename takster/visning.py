"""What pages show of a takstskema: the sheet of cost lines beside last year's, and the figures of the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.forms import BoundField

from socialaftale.kerne.penge import afrund, andel, i_alt
from socialaftale.kerne.talformat import UKENDT, skriv_kr, skriv_tal
from takster.beregning.koder import Kategori
from takster.beregning.kontrol import Sidsteaar
from takster.beregning.poster import KATEGORINAVNE, POST_EFTER_KODE, POSTER, Post, poster_vist_under
from takster.beregning.regulering import ManglendeSats, PlSats, fremskriv
from takster.forms.skema import Skemaformular, linjefelt
from takster.hentning import Omgivelser
from takster.models import Takstskema


@dataclass(frozen=True, slots=True, kw_only=True)
class Arklinje:
    """One line of the sheet; `foer` is last year's amount, `foer_pl` the same in this year's prices."""

    navn: str
    beloeb: Decimal | None
    foer: Decimal | None
    foer_pl: Decimal | None = None
    post: Post | None = None
    felt: BoundField | None = None
    # An administrative wage is entered among wages and counted as administration.
    taelles_i: str = ""

    @property
    def aendring_pct(self) -> Decimal | None:
        """Nominal change in percent; None when either is unknown or last year had nothing."""
        return _aendring(self.beloeb, self.foer)

    @property
    def aendring_pl_pct(self) -> Decimal | None:
        """Change in the same prices."""
        return _aendring(self.beloeb, self.foer_pl)

    @property
    def foer_tekst(self) -> str:
        """For the data attribute that skema.js reads: kroner with a full stop, empty when unknown."""
        return "" if self.foer is None else str(self.foer)

    @property
    def er_tom(self) -> bool:
        return self.beloeb is None and self.foer is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arkgruppe:
    """One cost category as a block of the sheet."""

    kategori: Kategori
    navn: str
    linjer: tuple[Arklinje, ...]
    sum: Arklinje

    @property
    def har_flyttede(self) -> bool:
        return any(linje.taelles_i for linje in self.linjer)


def _aendring(nu: Decimal | None, foer: Decimal | None) -> Decimal | None:
    if nu is None or foer is None:
        return None
    broek = andel(nu - foer, foer)
    return None if broek is None else afrund(broek * 100, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ark:
    """All blocks and the total; `har_sidste_aar` tells whether there is anything to compare with."""

    grupper: tuple[Arkgruppe, ...]
    i_alt: Arklinje
    sidste_aar: int | None
    pl_pct: Decimal | None
    # T48: the computed line of earlier years; None when there is none.
    regulering: Arklinje | None = None


def _pl(beloeb: Decimal | None, sidste: Sidsteaar | None, aar: int, satser: tuple[PlSats, ...]) -> Decimal | None:
    if beloeb is None or sidste is None:
        return None
    try:
        return fremskriv(beloeb, sidste.aar, aar, satser)
    except ManglendeSats:
        return None


def _reguleringslinje(
    nu: Decimal | None, foer: Decimal | None, sidste: Sidsteaar | None, aar: int, satser: tuple[PlSats, ...]
) -> Arklinje | None:
    if nu is None and foer is None:
        return None
    return Arklinje(
        navn="Regulering vedr. tidligere år",
        beloeb=nu or Decimal(0),
        foer=foer,
        foer_pl=_pl(foer, sidste, aar, satser),
    )


def byg_ark(
    linjer: Mapping[str, Decimal | None] | None, omgivelser: Omgivelser, formular: Skemaformular | None = None
) -> Ark:
    """The sheet beside last year's, with the regulation of earlier years (T48).

    `linjer` is None when an amount cannot be read: then no sum is shown, never a wrong one.
    """
    aar, sidste, satser = omgivelser.aar, omgivelser.sidste_aar, omgivelser.pl_satser
    regulering = omgivelser.regulering.beregnet
    foer = sidste.beloeb if sidste else {}
    kendt = bool(foer)

    def linje(post: Post) -> Arklinje:
        return Arklinje(
            navn=post.navn,
            beloeb=(linjer or {}).get(post.kode),
            foer=foer.get(post.kode),
            foer_pl=_pl(foer.get(post.kode), sidste, aar, satser),
            post=post,
            felt=formular[linjefelt(post.kode)] if formular else None,
            taelles_i=KATEGORINAVNE[post.kategori] if post.kategori != post.vises_under else "",
        )

    def sum_af(navn: str, kategorier: tuple[Kategori, ...]) -> Arklinje:
        koder = [post.kode for post in POSTER if post.kategori in kategorier]
        foer_sum = i_alt(foer.get(kode) or 0 for kode in koder) if kendt else None
        return Arklinje(
            navn=navn,
            beloeb=None if linjer is None else i_alt(linjer.get(kode) or 0 for kode in koder),
            foer=foer_sum,
            foer_pl=_pl(foer_sum, sidste, aar, satser),
        )

    grupper = tuple(
        Arkgruppe(
            kategori=kategori,
            navn=KATEGORINAVNE[kategori],
            linjer=tuple(linje(post) for post in poster_vist_under(kategori)),
            sum=sum_af(f"{KATEGORINAVNE[kategori]} i alt", (kategori,)),
        )
        for kategori in Kategori
    )
    foer_regulering = sidste.regulering if sidste and kendt and sidste.regulering else None
    samlet = sum_af("Takstberegningsgrundlag", tuple(Kategori))
    if samlet.beloeb is not None:
        samlet = replace(samlet, beloeb=samlet.beloeb + (regulering or 0))
    if foer_regulering and samlet.foer is not None:
        samlet = replace(
            samlet,
            foer=samlet.foer + foer_regulering,
            foer_pl=_pl(samlet.foer + foer_regulering, sidste, aar, satser),
        )
    satsen = next((sats.pct for sats in satser if sidste and sats.fra_aar == sidste.aar), None)
    return Ark(
        grupper=grupper,
        i_alt=samlet,
        regulering=_reguleringslinje(regulering, foer_regulering, sidste, aar, satser),
        sidste_aar=sidste.aar if sidste else None,
        pl_pct=satsen,
    )


def feltvaerdi(skema: Takstskema, felt: str) -> str:
    """What a field or cost line holds, in words; "" for the whole form."""
    if not felt:
        return ""
    if felt in POST_EFTER_KODE:
        return skriv_kr(skema.beloeb().get(felt), 0)
    vaerdi = getattr(skema, felt)
    if isinstance(vaerdi, bool):
        return "Ja" if vaerdi else "Nej"
    if isinstance(vaerdi, Decimal | int):
        return skriv_tal(vaerdi)
    vis = getattr(skema, f"get_{felt}_display", None)
    return str(vis() if vis else vaerdi or "") or UKENDT
