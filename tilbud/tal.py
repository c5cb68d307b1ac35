"""Live figures of the register: number of *tilbud* and of members of *det forstærkede samarbejde*."""

from __future__ import annotations

from django.urls import reverse

from socialaftale.kerne.tal.katalog import Kilderaekke, LevendeTal, Talkontekst, TalMangler, Talvaerdi, registrer
from tilbud.models import Forstaerketmedlem, Tilbud

REGISTERKILDE = "Registret over tilbud"


def _sidste_aar(kontekst: Talkontekst) -> int | None:
    """The last year of the agreement period, None for the newest."""
    return int(kontekst.periode.rpartition("-")[2]) if kontekst.periode else None


def _foerste_aar(kontekst: Talkontekst) -> int | None:
    return int(kontekst.periode.partition("-")[0]) if kontekst.periode else None


def antal_i_aftalen(kontekst: Talkontekst) -> Talvaerdi:
    """Published *tilbud* known to be covered by the *socialaftale* at the end of the period."""
    aar = _sidste_aar(kontekst)
    tilbud = Tilbud.objects.offentliggjorte().filter(er_eksempel=False).i_socialaftalen(aar)
    return Talvaerdi(
        vaerdi=kontekst.husk(f"tilbud.antal:{aar}", tilbud.count),
        pr=str(aar) if aar else "seneste kilde",
        kilde=REGISTERKILDE,
        formel="Antal tilbud, som den seneste kilde siger er i socialaftalen",
        url=reverse("tilbud:liste", query={"i_socialaftalen": "ja"}),
    )


def forstaerkede_medlemmer(aar: int | None) -> list[Forstaerketmedlem]:
    """The members in a year (FS10), by name of the *tilbud*; without a year those of the newest known year."""
    medlemmer = Forstaerketmedlem.objects.filter(tilbud__offentliggjort=True).select_related("tilbud__driftsherre")
    if aar is None:
        aar = medlemmer.exclude(til_aar=None).order_by("-til_aar").values_list("til_aar", flat=True).first()
    return [] if aar is None else list(medlemmer.i_aar(aar).order_by("tilbud__navn", "pk"))


def antal_forstaerkede(kontekst: Talkontekst) -> Talvaerdi:
    """Members at 1 January of the first year of the period (FS11)."""
    aar = _foerste_aar(kontekst)
    medlemmer = kontekst.husk(f"tilbud.forstaerket:{aar}", lambda: forstaerkede_medlemmer(aar))
    if not medlemmer:
        raise TalMangler("Registret har ingen medlemmer af det forstærkede samarbejde i perioden.")
    return Talvaerdi(
        vaerdi=len(medlemmer),
        pr=f"1. januar {aar}" if aar else "seneste periode",
        kilde=REGISTERKILDE,
        formel="Antal medlemskaber, der gælder i året",
        raekker=tuple(
            Kilderaekke(str(medlem.tilbud), str(medlem), medlem.tilbud.get_absolute_url()) for medlem in medlemmer
        ),
    )


def registrer_tal() -> None:
    registrer(
        LevendeTal(
            noegle="tilbud.antal",
            navn="Tilbud i socialaftalen",
            definition="Tilbud i registret, som den seneste kilde siger er omfattet af socialaftalen.",
            beregn=antal_i_aftalen,
            enhed="tilbud",
            formater=("hele", "ca"),
        ),
        LevendeTal(
            noegle="tilbud.forstaerket.antal",
            navn="Tilbud i det forstærkede samarbejde",
            definition="Tilbud, der er medlem af det forstærkede samarbejde i periodens første år.",
            beregn=antal_forstaerkede,
            enhed="tilbud",
            formater=("hele", "ord"),
        ),
    )
