"""Mails about questionnaires; called after commit with keys, so that they tell what was stored."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from socialaftale.kerne.notifikationer import SEKRETARIATET, adresse, modtagere, send
from socialaftale.kerne.templatetags import dansk
from udmeldinger.enums import Svarrolle
from udmeldinger.models import Besvarelse, Svarlink
from udmeldinger.svarroller import godkendroller, skriveroller


def _besvarelser(noegler: list[int]) -> list[Besvarelse]:
    return list(
        Besvarelse.objects.filter(pk__in=noegler).select_related("skema", "organisation", "indsendt_af", "godkendt_af")
    )


def _send(
    til: list[str], besvarelse: Besvarelse, overskrift: str, tekst: str, sti: str, navn: str = "spoergeskema"
) -> None:
    kontekst = {"overskrift": overskrift, "titel": besvarelse.skema.titel, "tekst": tekst, "adresse": adresse(sti)}
    send(f"mail/udmeldinger/{navn}.txt", til, kontekst)


def _til_svarerne(besvarelse: Besvarelse, overskrift: str, tekst: str, *, godkendere: bool = False) -> None:
    """To the people of the organisation; to holders of a link without the link, which only the first mail has."""
    if besvarelse.rolle == Svarrolle.PRIVAT:
        gyldige = [link for link in besvarelse.links.all() if link.virker()]
        hjaelp = "Brug det personlige link, du har fået med mail. Bed sekretariatet om et nyt, hvis du har mistet det."
        _send([link.email for link in gyldige], besvarelse, overskrift, f"{tekst}\n\n{hjaelp}", "/")
        return
    roller = godkendroller(besvarelse.rolle) if godkendere else skriveroller(besvarelse.rolle)
    til = modtagere(roller, [besvarelse.organisation])
    _send(til, besvarelse, overskrift, tekst, besvarelse.get_absolute_url())


def _frist(besvarelse: Besvarelse) -> str:
    return f"Fristen er den {dansk.dato_lang(besvarelse.skema.frist)}."


def inviteret(noegler: list[int]) -> None:
    """To everybody who may answer for an organisation that is asked; private operators get their link instead."""
    for besvarelse in _besvarelser(noegler):
        if besvarelse.rolle == Svarrolle.PRIVAT:
            continue
        som = besvarelse.get_rolle_display().lower()
        tekst = f"{besvarelse.organisation.navn} bedes svare på et spørgeskema som {som}. {_frist(besvarelse)}"
        _til_svarerne(besvarelse, "Nyt spørgeskema", f"{tekst}\n\n{besvarelse.skema.besked}".strip())


def personligt_link(noegle: int, token: str) -> None:
    """The link itself: the only place where the token is written."""
    link = Svarlink.objects.select_related("besvarelse__skema", "besvarelse__organisation").get(pk=noegle)
    besvarelse = link.besvarelse
    tekst = f"Hej {link.navn}\n\n{besvarelse.organisation.navn} bedes svare på et spørgeskema. {_frist(besvarelse)}"
    tekst += f"\n\nLinket herunder er personligt og virker til den {dansk.dato_lang(link.udloeber)}."
    tekst += " Du skal ikke oprette en bruger. Send ikke linket videre."
    sti = reverse("spoergeskemaer:link", args=(token,))
    _send([link.email], besvarelse, "Spørgeskema", f"{tekst}\n\n{besvarelse.skema.besked}".strip(), sti)


def rykker(noegler: list[int]) -> None:
    for besvarelse in _besvarelser(noegler):
        dage = (besvarelse.skema.frist - timezone.localdate()).days
        hvornaar = "Fristen er overskredet." if dage < 0 else _frist(besvarelse)
        tekst = f"Vi har ikke modtaget et godkendt svar fra {besvarelse.organisation.navn}. {hvornaar}"
        if besvarelse.skema.kan_vaere_uden_borgere:
            tekst += " Har I ingen borgere i målgruppen, så sæt kryds ved det, og indsend svaret."
        _til_svarerne(besvarelse, "Påmindelse om spørgeskema", tekst)


def ny_frist(noegler: list[int]) -> None:
    for besvarelse in _besvarelser(noegler):
        tekst = f"Fristen er nu den {dansk.dato_lang(besvarelse.skema.frist)}."
        _til_svarerne(besvarelse, "Ny frist for spørgeskema", tekst)


def til_godkendelse(noegle: int) -> None:
    """To the organisation's approvers."""
    for besvarelse in _besvarelser([noegle]):
        tekst = f"{besvarelse.indsendt_af} har indsendt svaret fra {besvarelse.organisation.navn}."
        tekst += f" Det tæller først, når du har godkendt det. {_frist(besvarelse)}"
        _til_svarerne(besvarelse, "Et svar venter på din godkendelse", tekst, godkendere=True)


def kvittering(noegle: int) -> None:
    """A receipt to the organisation, and word to the secretariat."""
    for besvarelse in _besvarelser([noegle]):
        tekst = (
            f"Svaret fra {besvarelse.organisation.navn} er modtaget {dansk.tidspunkt(besvarelse.godkendt_tidspunkt)}."
        )
        _til_svarerne(besvarelse, "Kvittering for spørgeskema", tekst)
        sti = reverse("spoergeskemaer:opfoelgning", args=(besvarelse.skema_id,))
        _send(modtagere(SEKRETARIATET), besvarelse, "Nyt svar på spørgeskema", tekst, sti)


def aabnet_igen(noegle: int) -> None:
    for besvarelse in _besvarelser([noegle]):
        tekst = (
            f"Svaret fra {besvarelse.organisation.navn} er åbnet igen, så I kan rette det:\n{besvarelse.begrundelse}"
        )
        _til_svarerne(besvarelse, "Svar åbnet igen", tekst)


def fritaget(noegle: int) -> None:
    for besvarelse in _besvarelser([noegle]):
        tekst = f"{besvarelse.organisation.navn} skal ikke svare på spørgeskemaet:\n{besvarelse.begrundelse}"
        _til_svarerne(besvarelse, "Fritaget for spørgeskema", tekst)
