"""The library as pages show it: composed of agreements, registers and the library's own documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse

from socialaftale.aftale import visning
from socialaftale.aftale.bibliotek.enums import Biblioteksart
from socialaftale.aftale.bibliotek.kontrakter import KONTRAKTER
from socialaftale.aftale.bibliotek.models import Biblioteksdokument
from socialaftale.aftale.models import Aftale, Udgavebilag
from socialaftale.aftale.visning import Aftalekort, Bilagslinje
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.dansk import soegetekst
from udmeldinger.models import CentralUdmelding

REGLER = "Reglerne for det forstærkede samarbejde"
LISTE = "Tilbud omfattet af aftalen"


@dataclass(frozen=True, slots=True)
class Fund:
    """What a search found: title, what it is, and where."""

    titel: str
    hvad: str
    url: str


@dataclass(frozen=True, slots=True)
class Dokumentgruppe:
    """Documents of one kind under a heading."""

    titel: str
    dokumenter: list[Biblioteksdokument]


@dataclass(slots=True)
class Periodeside:
    """All that belongs to a period."""

    aftale: Aftale
    filer: list[tuple[str, str]]
    bilag: dict[str, list[Bilagslinje]]
    udmeldinger: list[CentralUdmelding]
    grupper: list[Dokumentgruppe] = field(default_factory=list)

    @property
    def har_status(self) -> bool:
        return any(gruppe.titel == Biblioteksart.STATUS.label for gruppe in self.grupper)


def offentlige_aftaler() -> list[Aftale]:
    """The published agreements, newest first, with what their files are called."""
    aftaler = Aftale.objects.offentliggjorte().select_related(
        "gaeldende_udgave__dokument", "gaeldende_udgave__uden_bilag"
    )
    return list(aftaler.defer("gaeldende_udgave__faste"))


def perioder(aar: int) -> tuple[list[Aftalekort], list[Aftalekort]]:
    """The agreement in force, or the newest when none is, and the others, newest first."""
    kort = [visning.aftalekort(aftale, aar) for aftale in offentlige_aftaler()]
    gaeldende = [post for post in kort if post.aftale.fra_aar <= aar <= post.aftale.til_aar] or kort[:1]
    return gaeldende, [post for post in kort if post not in gaeldende]


def i_grupper(dokumenter: Iterable[Biblioteksdokument]) -> list[Dokumentgruppe]:
    """By kind, in the order of the kinds."""
    efter_art: dict[str, list[Biblioteksdokument]] = {}
    for dokument in dokumenter:
        efter_art.setdefault(dokument.art, []).append(dokument)
    return [Dokumentgruppe(art.label, efter_art[art]) for art in Biblioteksart if art in efter_art]


def hent_periode(aftale: Aftale, adgang: Adgang) -> Periodeside:
    """The page of a period; the same number of queries however much there is."""
    udgave = aftale.gaeldende_udgave
    dokumenter = Biblioteksdokument.objects.synlige_for(adgang).i_brug().med_dokument()
    return Periodeside(
        aftale,
        visning.filer(udgave, aftale.periode),
        visning.bilagsgrupper(aftale, udgave),
        list(CentralUdmelding.objects.filter(offentliggjort=True).for_periode(aftale.periode)),
        i_grupper(dokumenter.filter(periode=aftale.periode)),
    )


def soeg(tekst: str, adgang: Adgang) -> list[Fund]:
    """What has all the words in its title: agreements, annexes, lists, documents, rules and contracts."""
    ord_ = soegetekst(tekst).split()
    if not ord_:
        return []
    return [
        fund for fund in _alle(adgang) if all(stykke in soegetekst(f"{fund.titel} {fund.hvad}") for stykke in ord_)
    ]


def _alle(adgang: Adgang) -> Iterable[Fund]:
    aftaler = offentlige_aftaler()
    for aftale in aftaler:
        yield Fund(aftale.titel, "Aftale", reverse("bibliotek:periode", args=(aftale.periode,)))
    udgaver = {aftale.gaeldende_udgave_id: aftale for aftale in aftaler}
    for bilag in Udgavebilag.objects.filter(udgave__in=list(udgaver)).exclude(dokument=None):
        aftale = udgaver[bilag.udgave_id]
        url = reverse("aftale:bilag", args=(aftale.periode, bilag.noegle))
        yield Fund(str(bilag), f"Bilag til aftalen {aftale.periode} (PDF)", url)
    for dokument in Biblioteksdokument.objects.synlige_for(adgang).i_brug():
        hvad = f"{dokument.get_art_display()} {dokument.periode}".strip()
        yield Fund(dokument.titel, hvad, dokument.get_absolute_url())
    for aftale in aftaler:
        url = reverse("bibliotek:omfattede", args=(aftale.periode,))
        yield Fund(f"{LISTE} {aftale.periode}", "Liste", url)
    yield Fund(REGLER, "Regler", reverse("bibliotek:forstaerket"))
    for kontrakt in KONTRAKTER.values():
        yield Fund(kontrakt.titel, "Standardkontrakt", reverse("bibliotek:kontrakt", args=(kontrakt.slug,)))
