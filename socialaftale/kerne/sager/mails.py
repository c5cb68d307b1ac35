"""Mails about cases; called after commit with the key, so that they tell what was stored."""

from __future__ import annotations

from socialaftale.kerne.models import Beslutning, Sag
from socialaftale.kerne.notifikationer import (
    DRIFTSHERREN,
    MYNDIGHEDEN,
    SEKRETARIATET,
    adresse,
    modtagere,
    send,
)
from socialaftale.kerne.sager.adgang import MEDLEMSROLLER
from socialaftale.kerne.sager.enums import Instans, Udfald
from socialaftale.kerne.sager.register import art_af
from socialaftale.kerne.templatetags import dansk


def _send(navn: str, til: list[str], sag: Sag, **mere: object) -> None:
    send(f"mail/sager/{navn}.txt", til, {"sag": sag, "adresse": adresse(sag.get_absolute_url()), **mere})


def _hent(noegle: int) -> Sag:
    return Sag.objects.til_liste().get(pk=noegle)


def indsendt(noegle: int) -> None:
    """To the secretariat and the body that decides, and a receipt to the operator."""
    sag = _hent(noegle)
    _send("indsendt", modtagere(SEKRETARIATET), sag)
    _send("kvittering", modtagere(DRIFTSHERREN, [sag.organisation]), sag)
    _medlemmerne(sag, f"er sendt til {sag.instans_i_saetning}", "Sekretariatet sætter sagen på en dagsorden.")


def _medlemmerne(sag: Sag, overskrift: str, tekst: str) -> None:
    """To those who sit in the body the case is with."""
    if rolle := MEDLEMSROLLER.get(Instans(sag.instans)):
        _send("instans", modtagere([rolle]), sag, art=art_af(sag), overskrift=overskrift, tekst=tekst)


def _nyt(sag: Sag, overskrift: str, tekst: str) -> None:
    """To the operator: the case has moved."""
    _send("nyt", modtagere(DRIFTSHERREN, [sag.organisation]), sag, overskrift=overskrift, tekst=tekst)


def sendt_retur(noegle: int, begrundelse: str) -> None:
    _nyt(_hent(noegle), "er sendt retur", f"Sekretariatet har sendt sagen retur. Det skal rettes:\n{begrundelse}")


def paa_dagsorden(noegle: int) -> None:
    sag = _hent(noegle)
    _nyt(
        sag,
        "er på dagsordenen",
        f"Sagen behandles af {sag.instans_i_saetning} den {dansk.dato_lang(sag.moededato)}.",
    )
    moede = f"{dansk.dato_lang(sag.moededato)}{f', {sag.moedepunkt}' if sag.moedepunkt else ''}"
    _medlemmerne(sag, f"er på dagsordenen for {sag.instans_i_saetning}", f"Mødet er den {moede}.")


def besluttet(noegle: int) -> None:
    """To the operator, and to the municipalities the kind names (an approval) or the next body (sent on)."""
    beslutning = Beslutning.objects.select_related("sag__organisation").get(pk=noegle)
    sag = beslutning.sag
    tekst = f"{beslutning.get_instans_display()} har {beslutning.get_udfald_display().lower()} sagen den "
    tekst += f"{dansk.dato_lang(beslutning.dato)} ({beslutning.reference})."
    if beslutning.udfald == Udfald.GODKENDT:
        tekst += f" Beslutningen har virkning fra den {dansk.dato_lang(sag.virkningsdato)}."
    if beslutning.tekst:
        tekst += f"\n\n{beslutning.tekst}"
    _nyt(sag, f"er {beslutning.get_udfald_display().lower()}", tekst)
    if beslutning.udfald == Udfald.GODKENDT:
        _koeberne(sag)
    elif beslutning.udfald == Udfald.SENDT_VIDERE:
        _medlemmerne(sag, f"er sendt videre til {sag.instans_i_saetning}", tekst)


def _koeberne(sag: Sag) -> None:
    """To the authorities of the municipalities that buy: what changes, and the public page that shows it."""
    art = art_af(sag)
    kommuner = list(art.underret(sag))
    if not kommuner:
        return
    sti = art.underret_url(sag) if art.underret_url else sag.get_absolute_url()
    send("mail/sager/koebere.txt", modtagere(MYNDIGHEDEN, kommuner), {"sag": sag, "art": art, "adresse": adresse(sti)})


def traadt_i_kraft(noegle: int) -> None:
    sag = _hent(noegle)
    _nyt(sag, "er trådt i kraft", f"Beslutningen er ført ud i livet den {dansk.dato_lang(sag.udfoert_tidspunkt)}.")
