"""States of an agreement's text that can be compared: the draft now, the published edition, named versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from socialaftale.aftale.hentning import Laesekapitel, Laesning, nummereret, udgavens_kapitler
from socialaftale.aftale.models import Aftale, Udgave
from socialaftale.kerne.models import NavngivetKapitel, NavngivetVersion
from socialaftale.kerne.tekst.blokke import Tekstkontekst
from socialaftale.kerne.tekst.tekstsammenligning import Kapitelpar, Kapiteltekst, sammenlign_tekster
from socialaftale.kerne.templatetags import dansk

NU, UDGAVE = "nu", "udgave"


@dataclass(frozen=True, slots=True)
class Stand:
    """One state: `kode` is what addresses call it ("2023-2024:nu", ":udgave" the public one, ":udgave-2", ":3")."""

    aftale: Aftale
    kode: str
    navn: str
    navngivet: NavngivetVersion | None = None
    udgave: Udgave | None = None

    @property
    def fuldt_navn(self) -> str:
        return f"{self.aftale.periode}, {self.navn}"

    def laesning(self) -> Laesning:
        """The text as it stood; an edition with the figures it printed."""
        if self.navngivet is not None:
            kapitler = navngivne_kapitler(self.navngivet)
        elif self.udgave is not None:
            kapitler = [Laesekapitel.af_version(version) for version in udgavens_kapitler(self.udgave)]
        else:
            kapitler = [Laesekapitel.af_kladde(kapitel) for kapitel in self.aftale.tekst.kapitler.all()]
        return Laesning(self.aftale, self.udgave, nummereret(self.aftale, kapitler), self.aftale.talkontekst())


def navngivne_kapitler(navngivet: NavngivetVersion) -> list[Laesekapitel]:
    return [_laesekapitel(post) for post in navngivet.kapitler.select_related("version__kapitel")]


def _laesekapitel(post: NavngivetKapitel) -> Laesekapitel:
    version = post.version
    return Laesekapitel(
        version.kapitel.noegle,
        version.titel,
        post.nummer,
        post.niveau,
        post.type,
        version.indhold,
        version.version,
    )


def stande(aftaler: Iterable[Aftale]) -> list[Stand]:
    """Every state of the agreements, newest first within each."""
    samlet = list(aftaler)
    navngivne: dict[int, list[NavngivetVersion]] = {}
    for navngivet in NavngivetVersion.objects.filter(tekst__in=[aftale.tekst_id for aftale in samlet]):
        navngivne.setdefault(navngivet.tekst_id, []).append(navngivet)
    if samlet:
        # What an edition printed is long, and no comparison of states reads all of them.
        raekker = type(samlet[0]).udgaver.rel.related_model.objects.select_related("dokument")
        prefetch_related_objects(samlet, Prefetch("udgaver", raekker.defer("faste", "fravigelser")))
    return [
        stand
        for aftale in samlet
        for stand in aftalens_stande(aftale, navngivne.get(aftale.tekst_id, []), aftale.udgaver.all())
    ]


def aftalens_stande(
    aftale: Aftale, navngivne: Iterable[NavngivetVersion], udgaver: Iterable[Udgave] = ()
) -> list[Stand]:
    ud = [Stand(aftale, f"{aftale.periode}:{NU}", "kladden nu")]
    if aftale.gaeldende_udgave is not None:
        udgave = aftale.gaeldende_udgave
        ud.append(Stand(aftale, f"{aftale.periode}:{UDGAVE}", "offentliggjort udgave", udgave=udgave))
    for udgave in udgaver:
        navn = f"{udgave.nummer}. udgave ({dansk.dato(udgave.dokument.oprettet)})"
        ud.append(Stand(aftale, f"{aftale.periode}:{UDGAVE}-{udgave.nummer}", navn, udgave=udgave))
    ud += [navngivet_stand(aftale, navngivet) for navngivet in navngivne]
    return ud


def navngivet_stand(aftale: Aftale, navngivet: NavngivetVersion) -> Stand:
    navn = f"{navngivet.navn} ({dansk.dato(navngivet.tidspunkt)})"
    return Stand(aftale, f"{aftale.periode}:{navngivet.nummer}", navn, navngivet=navngivet)


@dataclass(frozen=True, slots=True)
class Tekstforskel:
    """Two states and what happened to each chapter between them."""

    gammel: Stand
    ny: Stand
    gammel_laesning: Laesning
    ny_laesning: Laesning
    par: tuple[Kapitelpar, ...]

    @property
    def aendrede(self) -> list[Kapitelpar]:
        return [par for par in self.par if par.slags != "ens"]

    def find(self, noegle: str) -> Kapitelpar | None:
        return next((par for par in self.par if par.noegle == noegle), None)

    def kontekster(self) -> tuple[Tekstkontekst, Tekstkontekst]:
        """For filling the figures of each side in, without the links a page of its own would have."""
        return stille_kontekst(self.gammel_laesning), stille_kontekst(self.ny_laesning)


def stille_kontekst(laesning: Laesning) -> Tekstkontekst:
    """Figures as plain text: a comparison shows the same figure many times."""
    kontekst = laesning.kontekst()
    kontekst.tal_url = ""
    kontekst.maerk_tidligere = False
    return kontekst


def forskel(gammel: Stand, ny: Stand) -> Tekstforskel:
    gammel_laesning, ny_laesning = gammel.laesning(), ny.laesning()
    par = sammenlign_tekster(_kapitler(gammel_laesning), _kapitler(ny_laesning))
    return Tekstforskel(gammel, ny, gammel_laesning, ny_laesning, tuple(par))


def _kapitler(laesning: Laesning) -> list[Kapiteltekst]:
    return [
        Kapiteltekst(kapitel.noegle, kapitel.titel, kapitel.indhold, kapitel.fuld_titel)
        for kapitel in laesning.kapitler
    ]


@dataclass(frozen=True, slots=True)
class Aendringsraekke:
    """A line of the table of changes: chapter, what happened, in which sections, how many words."""

    noegle: str
    titel: str
    aendring: str
    afsnit: str
    tilfoejet: int
    fjernet: int


def aendringstabel(forskel: Tekstforskel) -> list[Aendringsraekke]:
    """What changed between the two states, generated; chapters without change are left out."""
    return [_aendring(par) for par in forskel.aendrede]


def _aendring(par: Kapitelpar) -> Aendringsraekke:
    sammenligning = par.sammenligning
    hvad = []
    if par.gammel is None:
        hvad.append("Nyt kapitel")
    elif par.ny is None:
        hvad.append("Kapitlet er taget ud")
    else:
        if par.omdoebt:
            hvad.append(f"Titlen var “{par.gammel.titel}”")
        if not sammenligning.er_ens:
            hvad.append("Teksten er ændret")
        if par.flyttet:
            hvad.append("Flyttet")
    afsnit = ", ".join(et for et in sammenligning.afsnit if et) if par.gammel and par.ny else ""
    return Aendringsraekke(
        par.noegle, par.titel, ". ".join(hvad), afsnit, sammenligning.ord_tilfoejet, sammenligning.ord_fjernet
    )
