"""The collected note (*høringsnotat*): per chapter what was answered and what the secretariat says to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone

from socialaftale.aftale.hoering.models import Hoering, Hoeringssvar, Kapitelsvar
from socialaftale.aftale.stande import navngivne_kapitler
from socialaftale.kerne import dansk
from socialaftale.kerne.models import Opsaetning, Organisation
from socialaftale.kerne.pdf.oplysninger import Dokument
from socialaftale.kerne.pdf.skabelon import byg_fra_skabelon_i_barn

SKABELON = "dokumenter/hoeringsnotat.html"


@dataclass(frozen=True, slots=True)
class Notatsvar:
    """One organisation's words about one thing; `raekke` is what the secretariat's remark is stored on."""

    organisation: Organisation
    tekst: str
    bemaerkning: str
    raekke: Hoeringssvar | Kapitelsvar

    @property
    def felt(self) -> str:
        """The name of the form field of the remark."""
        return f"{'kapitel' if isinstance(self.raekke, Kapitelsvar) else 'generelt'}_{self.raekke.pk}"


@dataclass(frozen=True, slots=True)
class Notatafsnit:
    """A chapter, or the general remarks (`noegle` is "")."""

    noegle: str
    titel: str
    svar: tuple[Notatsvar, ...]


@dataclass(frozen=True, slots=True)
class Notat:
    hoering: Hoering
    afsnit: tuple[Notatafsnit, ...] = ()
    uden_bemaerkninger: tuple[Hoeringssvar, ...] = ()
    mangler: tuple[Hoeringssvar, ...] = ()
    bilag: tuple[Hoeringssvar, ...] = ()
    antal_svar: int = 0
    svar: tuple[Hoeringssvar, ...] = field(default=())

    @property
    def poster(self) -> list[Notatsvar]:
        return [post for afsnit in self.afsnit for post in afsnit.svar]

    @property
    def uden_svar(self) -> int:
        """How many the secretariat has not remarked on."""
        return sum(not post.bemaerkning for post in self.poster)


def hent_notat(hoering: Hoering) -> Notat:
    """Only what was sent; drafts are their writers' own."""
    alle = list(hoering.svar.select_related("organisation", "bilag", "indsendt_af").prefetch_related("kapitelsvar"))
    sendte = [svar for svar in alle if svar.er_indsendt]
    efter_kapitel: dict[int, list[Notatsvar]] = {}
    for svar in sendte:
        for del_ in svar.kapitelsvar.all():
            post = Notatsvar(svar.organisation, del_.tekst, del_.bemaerkning, del_)
            efter_kapitel.setdefault(del_.kapitel_id, []).append(post)
    generelt = tuple(
        Notatsvar(svar.organisation, svar.generelt, svar.bemaerkning, svar) for svar in sendte if svar.generelt
    )
    afsnit = [Notatafsnit("", "Generelle bemærkninger", generelt)] if generelt else []
    for post in hoering.navngivet.kapitler.select_related("version__kapitel"):
        svar_om = efter_kapitel.get(post.version.kapitel_id)
        if svar_om:
            titel = f"{post.nummer}. {post.version.titel}" if post.nummer else post.version.titel
            afsnit.append(Notatafsnit(post.version.kapitel.noegle, titel, tuple(svar_om)))
    return Notat(
        hoering,
        tuple(afsnit),
        tuple(svar for svar in sendte if svar.uden_bemaerkninger),
        tuple(svar for svar in alle if not svar.er_indsendt),
        tuple(svar for svar in sendte if svar.bilag_id),
        len(sendte),
        tuple(alle),
    )


def hoerte_kapitler(hoering: Hoering) -> list[tuple[int, str]]:
    """The chapters an answer can be about: key and title, without cover and back page."""
    laesekapitler = {kapitel.noegle: kapitel for kapitel in navngivne_kapitler(hoering.navngivet)}
    return [
        (post.version.kapitel_id, laesekapitler[post.version.kapitel.noegle].fuld_titel)
        for post in hoering.navngivet.kapitler.select_related("version__kapitel")
        if not laesekapitler[post.version.kapitel.noegle].er_omslag
    ]


def byg_pdf(notat: Notat) -> bytes:
    """The note as a tagged PDF."""
    opsaetning = Opsaetning.hent()
    hoering = notat.hoering
    sidst = max((svar.indsendt_tidspunkt for svar in notat.svar if svar.er_indsendt), default=hoering.aabnet_tidspunkt)
    dokument = Dokument(
        titel=f"Høringsnotat, {hoering.aftale.titel}",
        undertitel=hoering.navngivet.navn,
        dato=timezone.localdate(hoering.lukket_tidspunkt or sidst),
        udgiver=opsaetning.sekretariat_navn,
        version="" if hoering.lukket_tidspunkt else "Foreløbigt",
        emne=str(hoering),
    )
    kontekst = {"dokument": dokument, "notat": notat, "hoering": hoering}
    return byg_fra_skabelon_i_barn(SKABELON, kontekst, farve=opsaetning.farve).data


def filnavn(hoering: Hoering) -> str:
    return f"hoeringsnotat-{hoering.aftale.periode}-{dansk.slug(hoering.navngivet.navn)}.pdf"
