"""What pages show of accounts and ledgers: which accounts are missing, and the movements of an account."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from takster.enums import Hensaettelsesart, Opgoerelsesniveau
from takster.hentning_resultat import niveau_for
from takster.models import Hensaettelsespost, Regnskab, Takst

# "Regnskaberne opgøres for …".
NIVEAU_I_ORD = {
    Opgoerelsesniveau.TILBUD.value: "hvert tilbud",
    Opgoerelsesniveau.MAALGRUPPE.value: "hver målgruppe",
    Opgoerelsesniveau.YDELSE.value: "hver ydelse",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manglende:
    """An account nobody has begun: the tilbud, and the part of it when the driftsherre accounts finer."""

    tilbud: int
    navn: str
    ydelse: int | None = None
    maalgruppe: str = ""
    omfatter: str = ""


def manglende_regnskaber(driftsherre: int, aar: int) -> list[Manglende]:
    """T30: what had a published tariff in the year and has no account yet; three queries."""
    niveau = niveau_for(driftsherre, aar)
    fundne = {
        (regnskab.tilbud_id, regnskab.ydelse_id, regnskab.maalgruppe)
        for regnskab in Regnskab.objects.indberettede().filter(driftsherre=driftsherre, aar=aar)
    }
    mulige: dict[tuple[int, int | None, str], Manglende] = {}
    for takst in (
        Takst.objects.gaeldende()
        .filter(driftsherre=driftsherre, aar=aar, skema__isnull=False)
        .select_related("ydelse")
        .order_by("tilbud_navn", "ydelse_navn", "pk")
    ):
        ydelse = takst.ydelse_id if niveau == Opgoerelsesniveau.YDELSE else None
        maalgruppe = takst.ydelse.maalgruppe if niveau == Opgoerelsesniveau.MAALGRUPPE else ""
        if niveau == Opgoerelsesniveau.MAALGRUPPE and not maalgruppe:
            continue
        mulige.setdefault(
            (takst.tilbud_id, ydelse, maalgruppe),
            Manglende(
                tilbud=takst.tilbud_id,
                navn=takst.tilbud_navn,
                ydelse=ydelse,
                maalgruppe=maalgruppe,
                omfatter=takst.ydelse_navn if ydelse else maalgruppe,
            ),
        )
    return [manglende for noegle, manglende in mulige.items() if noegle not in fundne]


def antal_manglende(aar: int, driftsherre: int | None = None) -> dict[int, int]:
    """How many tilbud of each driftsherre, or of one, had a tariff and have no account at all; two queries."""
    har = set(Regnskab.objects.indberettede().filter(aar=aar).values_list("tilbud", flat=True))
    fundne: dict[int, set[int]] = defaultdict(set)
    takster = Takst.objects.gaeldende().filter(aar=aar, skema__isnull=False).order_by()
    if driftsherre is not None:
        takster = takster.filter(driftsherre=driftsherre)
    for egen, tilbud in takster.values_list("driftsherre", "tilbud").distinct():
        if tilbud not in har:
            fundne[egen].add(tilbud)
    return {egen: len(tilbud) for egen, tilbud in fundne.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bevaegelse:
    """An entry of the account with its sign and the balance after it; `ophaevet` when a counter-entry took it back."""

    post: Hensaettelsespost
    beloeb: Decimal
    saldo: Decimal
    ophaevet: bool
    kan_tages_tilbage: bool

    @property
    def dato(self) -> dt.date:
        return self.post.dato


def bevaegelser(poster: Iterable[Hensaettelsespost]) -> list[Bevaegelse]:
    """The entries in the order they were made, with a running balance; the newest first."""
    alle = sorted(poster, key=lambda post: post.pk)
    ophaevede = {post.modposterer_id for post in alle if post.modposterer_id}
    fortegn = {post.pk: 1 if post.art == Hensaettelsesart.HENSAT else -1 for post in alle}
    saldo, linjer = Decimal(0), []
    for post in alle:
        beloeb = -fortegn[post.modposterer_id] * post.beloeb if post.modposterer_id else fortegn[post.pk] * post.beloeb
        saldo += beloeb
        linjer.append(
            Bevaegelse(
                post=post,
                beloeb=beloeb,
                saldo=saldo,
                ophaevet=post.pk in ophaevede,
                kan_tages_tilbage=post.art == Hensaettelsesart.FORBRUG
                and post.regnskab_id is None
                and post.pk not in ophaevede,
            )
        )
    return linjer[::-1]
