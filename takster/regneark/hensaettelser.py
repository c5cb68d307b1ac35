"""The ledger of a driftsherre as a workbook: layers, movements, obligations and interest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from socialaftale.kerne import regneark
from socialaftale.kerne.datoformat import skriv_dato_lang
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.regneark import Arkfane, Art, Kolonne
from takster.beregning.hensaettelse import Kontostatus
from takster.hentning_resultat import Pligtstatus, Renteopgoerelse
from takster.visning_resultat import Bevaegelse

_LAG = (
    Kolonne("Fra år", lambda lag: lag.hensaettelse.aar, Art.AAR, 10),
    Kolonne("Tilbud", lambda lag: lag.hensaettelse.tilbud, Art.TEKST, 40),
    Kolonne("Hensat (kr.)", lambda lag: lag.hensaettelse.beloeb, Art.KR, 18),
    Kolonne("Brugt (kr.)", lambda lag: lag.brugt, Art.KR, 18),
    Kolonne("Rest (kr.)", lambda lag: lag.rest, Art.KR, 18),
    Kolonne("Udløbet (kr.)", lambda lag: lag.udloebet, Art.KR, 18),
    Kolonne("Bruges senest", lambda lag: lag.udloeber, Art.DATO, 16),
)
_BEVAEGELSER = (
    Kolonne("Dato", lambda linje: linje.dato, Art.DATO, 14),
    Kolonne("Art", lambda linje: linje.post.get_art_display(), Art.TEKST, 24),
    Kolonne("Tilbud", lambda linje: linje.post.tilbud.navn, Art.TEKST, 40),
    Kolonne("Formål", lambda linje: linje.post.get_formaal_display(), Art.TEKST, 26),
    Kolonne("Tekst", lambda linje: linje.post.tekst, Art.TEKST, 60),
    Kolonne("Beløb (kr.)", lambda linje: linje.beloeb, Art.KR, 18),
    Kolonne("Saldo (kr.)", lambda linje: linje.saldo, Art.KR, 18),
    Kolonne("Note", lambda linje: "Taget tilbage" if linje.ophaevet else "", Art.TEKST, 16),
)
_PLIGTER = (
    Kolonne("Tilbud", lambda status: status.pligt.tilbud.navn, Art.TEKST, 40),
    Kolonne("Regulering", lambda status: status.pligt.betegnelse, Art.TEKST, 44),
    Kolonne("Regel", lambda status: status.pligt.regel, Art.TEKST, 8),
    Kolonne("Beløb (kr.)", lambda status: status.pligt.beloeb, Art.KR, 18),
    Kolonne("Tidligst", lambda status: status.pligt.tidligst_aar, Art.AAR, 10),
    Kolonne("Senest", lambda status: status.pligt.senest_aar, Art.AAR, 10),
    Kolonne("Indregnet (kr.)", lambda status: status.i_alt, Art.KR, 18),
    Kolonne("Rest (kr.)", lambda status: status.rest, Art.KR, 18),
)
_RENTER = (
    Kolonne("År", lambda rente: rente.aar, Art.AAR, 10),
    Kolonne("Saldo primo (kr.)", lambda rente: rente.grundlag, Art.KR, 18),
    Kolonne("Rente (%)", lambda rente: rente.pct, Art.TAL, 12),
    Kolonne("Renter (kr.)", lambda rente: rente.beloeb, Art.KR, 18),
)


def byg(
    driftsherre: Organisation,
    status: Kontostatus,
    linjer: Iterable[Bevaegelse],
    pligter: Iterable[Pligtstatus],
    renter: Renteopgoerelse,
    *,
    pr: dt.date,
    er_eksempel: bool,
) -> bytes:
    """Four sheets; amounts are typed cells."""
    noter = [f"{driftsherre.navn}, opgjort pr. {skriv_dato_lang(pr)}"]
    if er_eksempel:
        noter.append("Eksempeltal")
    return regneark.byg_bog(
        [
            Arkfane("Hensat", _LAG, status.lag, noter),
            Arkfane("Bevægelser", _BEVAEGELSER, linjer, noter),
            Arkfane("Regulering i takster", _PLIGTER, pligter, noter),
            Arkfane("Renter", _RENTER, renter.renter, [*noter, renter.mangler] if renter.mangler else noter),
        ]
    )
