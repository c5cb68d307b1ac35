"""What the agreement itself offers its texts: figures of the period and the lists of focus areas, annexes, contact."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html

from socialaftale.aftale.dokumenter.bilag import BILAGSDELE, Bilagsdel
from socialaftale.aftale.hentning import AFTALE, BILAG_MED_FIL
from socialaftale.aftale.models import Aftale, Bilag, Fokusomraade
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.katalog import Kilderaekke, LevendeTal, Talkontekst, TalMangler, Talvaerdi
from socialaftale.kerne.tekst import blokke, steder
from socialaftale.kerne.tekst.blokke import Blok, Tekstkontekst
from socialaftale.kerne.tekst.steder import Sted, Stedslags


def registrer() -> None:
    """Offer figures and blocks; all follow the period of the context."""
    katalog.registrer(
        LevendeTal("periode", "Aftaleperiode", "De år, aftalen gælder.", _periode, formater=("tekst",)),
        LevendeTal(
            "fokusomraader.antal",
            "Antal fokusområder",
            "Fokusområder i aftalen.",
            _antal_fokusomraader,
            enhed="fokusområder",
            formater=("hele", "ord"),
        ),
        LevendeTal(
            "bilag.antal",
            "Antal bilag",
            "Bilag til aftalen.",
            _antal_bilag,
            enhed="bilag",
            formater=("hele", "ord"),
        ),
    )
    blokke.registrer(
        Blok("liste:fokusomraader", "Liste over fokusområderne", _fokusomraadeliste),
        Blok("liste:bilag", "Liste over bilagene", _bilagsliste),
        Blok("liste:kontakt", "Sekretariatets adresse", _kontakt),
    )
    steder.registrer(Stedslags("bilag", "bilag", _bilagssteder, _bilagslink))


def aftale_i(kontekst: Talkontekst) -> Aftale:
    """The agreement of the context's period, or the newest; raises `TalMangler`."""

    def hent() -> Aftale | None:
        aftaler = Aftale.objects.order_by("-fra_aar")
        return (aftaler.filter(periode=kontekst.periode) if kontekst.periode else aftaler).first()

    aftale = kontekst.husk(AFTALE, hent)
    if aftale is None:
        raise TalMangler("Der er ingen aftale for perioden.")
    return aftale


def _fokusomraader(kontekst: Talkontekst) -> list[Fokusomraade]:
    aftale = aftale_i(kontekst)
    return kontekst.husk("fokusomraader", lambda: list(aftale.fokusomraader.select_related("kapitel")))


def _bilag(kontekst: Talkontekst) -> list[Bilag]:
    aftale = aftale_i(kontekst)
    return kontekst.husk("bilag", lambda: list(aftale.bilag.select_related("dokument")))


def _periode(kontekst: Talkontekst) -> Talvaerdi:
    return Talvaerdi(aftale_i(kontekst).periode, kilde="Aftalen")


def _antal_fokusomraader(kontekst: Talkontekst) -> Talvaerdi:
    return _optalt(kontekst, [f"Fokusområde {post.nr}: {post.titel}" for post in _fokusomraader(kontekst)])


def _antal_bilag(kontekst: Talkontekst) -> Talvaerdi:
    return _optalt(kontekst, [str(post) for post in _bilag(kontekst)])


def _optalt(kontekst: Talkontekst, titler: list[str]) -> Talvaerdi:
    aftale = aftale_i(kontekst)
    return Talvaerdi(
        len(titler),
        pr=aftale.periode,
        kilde=aftale.titel,
        formel="Talt i aftalen",
        raekker=tuple(Kilderaekke(titel, "1") for titel in titler),
    )


def _fokusomraadeliste(kontekst: Tekstkontekst) -> str:
    aftale = aftale_i(kontekst.tal)
    punkter = [
        (
            omraade,
            reverse("aftale:kapitel", args=(aftale.periode, omraade.kapitel.noegle)) if omraade.kapitel else "",
        )
        for omraade in _fokusomraader(kontekst.tal)
    ]
    return render_to_string("aftale/blokke/fokusomraader.html", {"punkter": punkter, "medie": kontekst.medie})


def _bilagsliste(kontekst: Tekstkontekst) -> str:
    aftale = aftale_i(kontekst.tal)
    dele: dict[int, Bilagsdel] = kontekst.tal.hukommelse.get(BILAGSDELE, {})
    med_fil = kontekst.tal.hukommelse.get(BILAG_MED_FIL, ())
    grupper: dict[str, list[tuple[Bilag, str, Bilagsdel | None]]] = {}
    for post in _bilag(kontekst.tal):
        adresse = bilagsadresse(aftale, post.noegle) if post.noegle in med_fil else ""
        grupper.setdefault(post.gruppe, []).append((post, adresse, dele.get(post.nr)))
    return render_to_string("aftale/blokke/bilag.html", {"grupper": grupper, "medie": kontekst.medie})


def bilagsadresse(aftale: Aftale, noegle: str) -> str:
    """Where the published annex stands, whichever edition it is of."""
    return reverse("aftale:bilag", args=(aftale.periode, noegle))


def _bilagssteder(kontekst: Talkontekst) -> list[Sted]:
    try:
        return [Sted(post.noegle, post.nr, str(post)) for post in _bilag(kontekst)]
    except TalMangler:
        return []


def _bilagslink(sted: Sted, tekst: str, kontekst: Tekstkontekst) -> str:
    """In the file a link to the annex; on the web one to its PDF, where the edition has it."""
    if kontekst.medie == "pdf":
        dele: dict[int, Bilagsdel] = kontekst.tal.hukommelse.get(BILAGSDELE, {})
        del_ = dele.get(sted.nummer)
        return format_html('<a href="del:{}">{}</a>', del_.noegle, tekst) if del_ else escape(tekst)
    aftale = aftale_i(kontekst.tal)
    if sted.noegle in udgavens_filer(kontekst.tal, aftale):
        return format_html('<a href="{}">{}</a>', bilagsadresse(aftale, sted.noegle), tekst)
    return escape(tekst)


def udgavens_filer(kontekst: Talkontekst, aftale: Aftale) -> set[str]:
    """The keys of the annexes that the published edition has a file of."""

    def hent() -> set[str]:
        udgave = aftale.gaeldende_udgave
        return set(udgave.bilag.exclude(dokument=None).values_list("noegle", flat=True)) if udgave else set()

    return kontekst.husk("aftale.udgavens_filer", hent)


def _kontakt(kontekst: Tekstkontekst) -> str:
    return render_to_string(
        "aftale/blokke/kontakt.html", {"opsaetning": kontekst.tal.husk("opsaetning", Opsaetning.hent)}
    )
