"""What is new since the styringsaftale before: limits of the two rule sets, and sections whose words changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from socialaftale.aftale.hentning import Laesning, hent_laesning
from socialaftale.aftale.stande import NU, UDGAVE
from socialaftale.aftale.styring.models import Styringsaftale
from socialaftale.kerne.tekst.tekstsammenligning import Kapitelpar, Kapiteltekst, sammenlign_tekster
from takster.graenser import graenselinjer, kompetencelinjer

# Limits whose rule no section tells of.
UDEN_AFSNIT = "Grænser i øvrigt"
VARSEL_REGEL = "T76"


@dataclass(frozen=True, slots=True)
class Graenseaendring:
    """A limit, or who decides, before and now."""

    navn: str
    foer: str
    nu: str

    @property
    def i_ord(self) -> str:
        return f"{self.navn}: {self.nu}, før {self.foer}"


@dataclass(slots=True)
class Afsnitsaendring:
    """A section with what changed in it; `noegle` is "" for limits no section tells of."""

    noegle: str
    titel: str
    graenser: list[Graenseaendring] = field(default_factory=list)
    tekst: str = ""
    ord_tilfoejet: int = 0
    ord_fjernet: int = 0
    er_fjernet: bool = False

    @property
    def i_ord(self) -> str:
        dele = [*(graense.i_ord for graense in self.graenser), self.tekst]
        return ". ".join(del_ for del_ in dele if del_)


def forrige_for(aftale: Styringsaftale) -> Styringsaftale | None:
    """The published one before it."""
    tidligere = Styringsaftale.objects.offentliggjorte().filter(aar__lt=aftale.aar).order_by("-aar")
    return tidligere.select_related("tekst", "regelsaet", "gaeldende_udgave__dokument").first()


def aendringer_i(
    aftale: Styringsaftale, forrige: Styringsaftale, laesning: Laesning | None = None
) -> list[Afsnitsaendring]:
    """By section in the order of the text; `laesning` is the text that is compared, the draft when it is not given."""
    ny = laesning or hent_laesning(aftale, kladde=True)
    gammel = hent_laesning(forrige, kladde=False)
    poster: dict[str, Afsnitsaendring] = {}
    titler = {kapitel.noegle: kapitel.fuld_titel for kapitel in ny.sider}
    for noegle, graense in _graenser(aftale, forrige):
        kendt = noegle if noegle in titler else ""
        titel = titler.get(noegle, UDEN_AFSNIT)
        poster.setdefault(kendt, Afsnitsaendring(kendt, titel)).graenser.append(graense)
    for par in sammenlign_tekster(_tekster(gammel), _tekster(ny)):
        if par.slags != "ens" and (tekst := _i_ord(par)):
            post = poster.setdefault(par.noegle, Afsnitsaendring(par.noegle, titler.get(par.noegle, par.titel)))
            post.tekst = tekst
            post.ord_tilfoejet, post.ord_fjernet = par.sammenligning.ord_tilfoejet, par.sammenligning.ord_fjernet
            post.er_fjernet = par.ny is None
    orden = {noegle: plads for plads, noegle in enumerate(titler)}
    return sorted(poster.values(), key=lambda post: orden.get(post.noegle, len(orden)))


def _tekster(laesning: Laesning) -> list[Kapiteltekst]:
    return [Kapiteltekst(k.noegle, k.titel, k.indhold, k.fuld_titel) for k in laesning.sider]


def _i_ord(par: Kapitelpar) -> str:
    """In words; "" for a section that was only moved or given another number."""
    if par.gammel is None:
        return "Nyt afsnit"
    if par.ny is None:
        return "Afsnittet er taget ud"
    dele = []
    if par.omdoebt:
        dele.append(f"Titlen var “{par.gammel.titel}”")
    if not par.sammenligning.er_ens:
        dele.append("Teksten er ændret")
    return ". ".join(dele)


def _graenser(aftale: Styringsaftale, forrige: Styringsaftale) -> Iterable[tuple[str, Graenseaendring]]:
    """Section key and change, for limits, the notice, and who decides."""
    if aftale.regelsaet_id == forrige.regelsaet_id:
        return
    afsnit = aftale.afsnit_for_regel()
    ny, gammel = aftale.regelsaet, forrige.regelsaet
    for linje in graenselinjer(ny, gammel):
        if linje.foer:
            yield afsnit.get(linje.regel, ""), Graenseaendring(linje.navn, linje.foer, linje.vaerdi)
    if ny.varsel != gammel.varsel:
        yield afsnit.get(VARSEL_REGEL, ""), Graenseaendring("Opsigelsesvarsel", gammel.varsel or "–", ny.varsel or "–")
    for linje in kompetencelinjer(ny, gammel):
        if linje.foer:
            noegle = afsnit.get("T69", "")
            yield noegle, Graenseaendring(linje.linje.begivenhed, linje.foer, linje.linje.hvem)


def sammenlignings_adresse(aftale: Styringsaftale, forrige: Styringsaftale, noegle: str, *, kladde: bool) -> str:
    """The word-level comparison of a section, for those who read drafts."""
    til = NU if kladde or aftale.gaeldende_udgave_id is None else UDGAVE
    query = {"fra": f"{forrige.periode}:{UDGAVE}", "til": f"{aftale.periode}:{til}", "kapitel": noegle}
    return aftale.adresse("sammenlign", query=query)
