"""Mails on the way through the bodies; called after commit with keys, so that they tell what was stored."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from socialaftale.aftale.godkendelse.adgang import PARTENS_ROLLER
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.notifikationer import adresse, modtagere, send


def _send(aftale: Aftale, parter: Iterable[Organisation], overskrift: str, tekst: str) -> None:
    sti = reverse("aftale:godkendelse", args=(aftale.periode,))
    for part in parter:
        til = modtagere(PARTENS_ROLLER, [part])
        indhold = {"aftale": aftale, "overskrift": overskrift, "tekst": tekst.format(part=part.navn)}
        send("mail/aftale/godkendelse.txt", til, {**indhold, "adresse": adresse(sti)})


def _hent(noegle: int) -> tuple[Aftale, str]:
    aftale = Aftale.objects.select_related("fremlagt_udgave__dokument").get(pk=noegle)
    return aftale, f"{aftale.fremlagt_udgave.nummer}. udgave af {aftale.titel}"


def fremlagt(noegle: int) -> None:
    """To every party: the edition is laid before it."""
    aftale, udgave = _hent(noegle)
    tekst = f"{udgave} er sendt til politisk godkendelse hos {{part}}. Registrér afgørelsen, når den er truffet, "
    tekst += "eller send dato, sagsnummer og link til referatet til sekretariatet."
    _send(aftale, Organisation.objects.parter(), "Til politisk godkendelse", tekst)


def ny_udgave(noegle: int, slugs: list[str]) -> None:
    """To the parties whose approval was given to the edition before."""
    aftale, udgave = _hent(noegle)
    tekst = f"{udgave} er lagt frem. Godkendelsen fra {{part}} gælder den tidligere udgave, så den nye skal "
    tekst += "også godkendes. Siden viser, hvad der er ændret."
    _send(aftale, Organisation.objects.filter(slug__in=slugs), "Ny udgave til godkendelse", tekst)


def rykker(noegle: int, slugs: list[str]) -> None:
    """To the parties that have not decided."""
    aftale, udgave = _hent(noegle)
    tekst = f"Vi mangler afgørelsen fra {{part}} om {udgave}. Er den truffet, så registrér den, eller send dato, "
    tekst += "sagsnummer og link til referatet til sekretariatet."
    _send(aftale, Organisation.objects.filter(slug__in=slugs), "Godkendelse mangler", tekst)
