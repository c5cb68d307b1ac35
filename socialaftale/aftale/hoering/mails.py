"""Mails of a hearing; called after commit with keys, so that they tell what was stored."""

from __future__ import annotations

from django.urls import reverse

from socialaftale.aftale.hoering.models import Hoering, Hoeringssvar
from socialaftale.aftale.hoering.roller import skriveroller
from socialaftale.kerne.notifikationer import SEKRETARIATET, adresse, modtagere, send
from socialaftale.kerne.templatetags import dansk


def _svar(noegler: list[int]) -> list[Hoeringssvar]:
    return list(
        Hoeringssvar.objects.filter(pk__in=noegler).select_related(
            "hoering__aftale", "hoering__navngivet", "organisation", "indsendt_af"
        )
    )


def _send(navn: str, til: list[str], hoering: Hoering, **mere: str) -> None:
    sti = reverse("aftale:hoering", args=(hoering.aftale.periode, hoering.pk))
    send(f"mail/aftale/{navn}.txt", til, {"hoering": hoering, "adresse": adresse(sti), **mere})


def _til_parten(svar: Hoeringssvar, overskrift: str, tekst: str) -> None:
    til = modtagere(skriveroller(svar.organisation), [svar.organisation])
    _send("hoering", til, svar.hoering, overskrift=overskrift, tekst=tekst)


def inviteret(noegler: list[int]) -> None:
    """To everybody who may answer for an invited organisation."""
    for svar in _svar(noegler):
        hoering = svar.hoering
        tekst = f"{svar.organisation.navn} inviteres til at svare på høringen af {hoering.aftale.titel}, "
        tekst += f"{hoering.navngivet.navn}. Fristen er den {dansk.dato_lang(hoering.frist)}."
        _til_parten(svar, "Høring", f"{tekst}\n\n{hoering.besked}".strip())


def rykker(noegler: list[int]) -> None:
    for svar in _svar(noegler):
        frist = dansk.dato_lang(svar.hoering.frist)
        tekst = f"Vi har ikke modtaget et høringssvar fra {svar.organisation.navn}. Fristen er den {frist}."
        tekst += " Har I ingen bemærkninger, så sæt kryds ved det, og indsend svaret."
        _til_parten(svar, "Påmindelse om høring", tekst)


def ny_frist(noegler: list[int]) -> None:
    for svar in _svar(noegler):
        _til_parten(svar, "Ny frist i høring", f"Fristen er nu den {dansk.dato_lang(svar.hoering.frist)}.")


def indsendt(noegle: int) -> None:
    """A receipt to the organisation, and word to the secretariat."""
    for svar in _svar([noegle]):
        tekst = f"Høringssvaret fra {svar.organisation.navn} er indsendt {dansk.tidspunkt(svar.indsendt_tidspunkt)}."
        _til_parten(svar, "Kvittering for høringssvar", tekst)
        _send("hoering", modtagere(SEKRETARIATET), svar.hoering, overskrift="Nyt høringssvar", tekst=tekst)


def genaabnet(noegle: int, begrundelse: str) -> None:
    for svar in _svar([noegle]):
        tekst = f"Sekretariatet har åbnet jeres høringssvar igen, så I kan rette det:\n{begrundelse}"
        _til_parten(svar, "Høringssvar åbnet igen", tekst)


def aabnet(noegle: int) -> None:
    """The invitations of a hearing."""
    inviteret(list(Hoering.objects.get(pk=noegle).svar.values_list("pk", flat=True)))
