"""External statistics and facts of the installation as live figures."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from socialaftale.kerne.models import EksterntTal, Opsaetning, Organisation
from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.katalog import LevendeTal, Talkontekst, Talvaerdi


def registrer() -> None:
    """Offer what the ground floor knows: parties, name of the agreement, external figures."""
    katalog.registrer_familie("ekstern.", _eksterne)
    katalog.registrer(
        LevendeTal(
            "aftale.navn", "Aftalens navn", "Navnet på samarbejdet fra opsætningen.", _navn, formater=("tekst",)
        ),
        LevendeTal(
            "parter.antal",
            "Antal parter",
            "Kommuner og region, der er part i aftalen.",
            lambda kontekst: _parter(kontekst, None),
            enhed="parter",
            formater=("hele", "ord"),
        ),
        LevendeTal(
            "parter.kommuner.antal",
            "Antal kommuner",
            "Kommuner, der er part i aftalen.",
            lambda kontekst: _parter(kontekst, "kommune"),
            enhed="kommuner",
            formater=("hele", "ord"),
        ),
    )


def _eksterne() -> Iterator[LevendeTal]:
    for tal in EksterntTal.objects.med_graense():
        yield LevendeTal(
            f"ekstern.{tal.noegle}",
            tal.statistik,
            tal.fodnotetekst,
            lambda kontekst, tal=tal: Talvaerdi(
                tal.vaerdi_tekst,
                pr=str(tal.aar),
                kilde=tal.kildetekst,
                url=tal.link,
                advarsel=tal.gammelt_i_ord(timezone.localdate()),
            ),
            formater=("tekst",),
        )


def _navn(kontekst: Talkontekst) -> Talvaerdi:
    return Talvaerdi(kontekst.husk("opsaetning", Opsaetning.hent).navn, kilde="Opsætningen")


def _parter(kontekst: Talkontekst, type: str | None) -> Talvaerdi:
    parter = kontekst.husk("parter", lambda: list(Organisation.objects.parter()))
    antal = sum(1 for part in parter if type is None or part.type == type)
    return Talvaerdi(antal, kilde="Registret over organisationer", formel="Talt i registret")
