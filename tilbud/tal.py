"""Live figures of the register: number of *tilbud* and of members of *det forstærkede samarbejde*."""

from __future__ import annotations

from django.db.models import Q
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


def medlemmer_i_perioden(kontekst: Talkontekst) -> tuple[int | None, list[Forstaerketmedlem]]:
    """The members at 1 January of the first year of the period (FS11), with that year.

    A period nobody is registered for yet goes by the newest earlier year; raises `TalMangler` when there is none.
    """
    aar = _foerste_aar(kontekst)

    def hent() -> tuple[int | None, list[Forstaerketmedlem]]:
        if aar is None:
            return aar, forstaerkede_medlemmer(aar)
        alle = Forstaerketmedlem.objects.filter(tilbud__offentliggjort=True).med_gaelder(aar)
        mulige = alle.filter(Q(gaelder=True) | Q(til_aar__lt=aar)).select_related("tilbud__driftsherre")
        mulige = list(mulige.order_by("tilbud__navn", "pk"))
        i_aaret = [medlem for medlem in mulige if medlem.gaelder]
        if i_aaret or not mulige:
            return aar, i_aaret
        # Nobody is a member in the year, so those with the newest end are those of the newest year.
        seneste = max(medlem.til_aar for medlem in mulige)
        return seneste, [medlem for medlem in mulige if medlem.til_aar == seneste]

    fundet_aar, medlemmer = kontekst.husk(f"tilbud.forstaerket:{aar}", hent)
    if not medlemmer:
        raise TalMangler("Registret har ingen medlemmer af det forstærkede samarbejde i perioden.")
    return fundet_aar, medlemmer


def antal_forstaerkede(kontekst: Talkontekst) -> Talvaerdi:
    """Members at 1 January of the first year of the period (FS11)."""
    aar, medlemmer = medlemmer_i_perioden(kontekst)
    return Talvaerdi(
        vaerdi=len(medlemmer),
        pr=f"1. januar {aar}" if aar else "seneste periode",
        kilde=REGISTERKILDE,
        formel="Antal medlemskaber, der gælder i året",
        raekker=tuple(
            Kilderaekke(str(medlem.tilbud), str(medlem), medlem.tilbud.get_absolute_url()) for medlem in medlemmer
        ),
        tidligere=str(aar) if aar != _foerste_aar(kontekst) else "",
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
