"""Two writers saved the same chapter: the three texts side by side, and a text put together of what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from socialaftale.aftale.hentning import Laesekapitel, hent_laesning
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.stande import stille_kontekst
from socialaftale.kerne.konflikt import laes_version
from socialaftale.kerne.models import Kapitel
from socialaftale.kerne.tekst import sammenfletning
from socialaftale.kerne.tekst.rensning import rens
from socialaftale.kerne.tekst.sammenfletning import Fletteraekke, Fletteslags, Valg
from socialaftale.kerne.tekst.sammenlign import Side
from socialaftale.kerne.tekst.sammenligningsvisning import FOLD_FRA, vis_enhed

FELTER = ("titel", "indhold", "kladde")
VALGNAVNE = {Valg.MIN: "Behold min", Valg.DERES: "Behold deres", Valg.BEGGE: "Behold begge"}


@dataclass(frozen=True, slots=True)
class Viseraekke:
    """A unit of the three texts as the page shows it; `valg` is (value, label, chosen), empty where all agree."""

    nummer: int
    slags: Fletteslags
    etiket: str
    faelles: SafeString
    min: SafeString
    deres: SafeString
    valg: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Visegruppe:
    """Rows in a run; `foldet` when nobody changed many of them."""

    raekker: tuple[Viseraekke, ...]
    foldet: bool


def faelles_version(request: HttpRequest) -> int:
    """The version both started from: carried on when the page of the conflict is sent again."""
    return laes_version(request.POST.get("faelles") or request.POST.get("fra_version"))


def kontekst(request: HttpRequest, aftale: Aftale, kapitel: Kapitel) -> dict[str, Any]:
    """What the page shows besides the form: the stored text, and the three texts unit by unit."""
    laesning = hent_laesning(aftale, kladde=True)
    gemt = laesning.udfyldt(Laesekapitel.af_kladde(kapitel), ryk=1).html
    faelles = kapitel.versioner.filter(version=faelles_version(request)).first()
    grupper: list[Visegruppe] = []
    if faelles is not None:
        raekker = sammenfletning.flet(faelles.indhold, rens(request.POST.get("indhold", "")), kapitel.indhold)
        stille = stille_kontekst(laesning)
        vist = [
            _vist(nummer, raekke, str(kapitel.rettet_af or "systemet"), stille)
            for nummer, raekke in enumerate(raekker)
        ]
        for er_ens, gruppe in groupby(vist, key=lambda raekke: raekke.slags == Fletteslags.ENS):
            samlet = tuple(gruppe)
            grupper.append(Visegruppe(samlet, er_ens and len(samlet) > FOLD_FRA))
    return {
        "gemt_tekst": gemt,
        "faelles": faelles,
        "grupper": grupper,
        "skrevet": {navn: request.POST.get(navn, "") for navn in FELTER},
        "titler_forskellige": request.POST.get("titel", "").strip() != kapitel.titel,
        "min_titel": faelles is None or request.POST.get("titel", "").strip() != faelles.titel,
    }


def _vist(nummer: int, raekke: Fletteraekke, hvem: str, stille: Any) -> Viseraekke:
    etiketter = {
        Fletteslags.ENS: "",
        Fletteslags.MIN: "Ændret af dig",
        Fletteslags.DERES: f"Ændret af {hvem}",
        Fletteslags.BEGGE_ENS: "I har skrevet det samme",
        Fletteslags.KONFLIKT: "Ændret af jer begge",
    }
    valg: tuple[Valg, ...] = ()
    if raekke.slags in (Fletteslags.MIN, Fletteslags.DERES, Fletteslags.KONFLIKT):
        valg = (Valg.MIN, Valg.DERES)
        if raekke.slags == Fletteslags.KONFLIKT and raekke.min and raekke.deres:
            valg = (*valg, Valg.BEGGE)
    # Where one of the two is gone, keeping both is keeping the other: the choice that loses nothing.
    standard = raekke.standard
    if valg and standard not in valg:
        standard = Valg.MIN if raekke.min else Valg.DERES
    return Viseraekke(
        nummer,
        raekke.slags,
        etiketter[raekke.slags],
        vis_enhed(raekke.faelles, raekke.faelles, Side.GAMMEL, stille),
        vis_enhed(raekke.faelles, raekke.min, Side.NY, stille),
        vis_enhed(raekke.faelles, raekke.deres, Side.NY, stille),
        tuple((str(et), VALGNAVNE[et], et == standard) for et in valg),
    )


def sammensat(request: HttpRequest, kapitel: Kapitel) -> dict[str, str] | None:
    """Title and text put together by the choices sent; None when the chapter has been saved again meanwhile."""
    faelles = kapitel.versioner.filter(version=faelles_version(request)).first()
    if faelles is None or laes_version(request.POST.get("fra_version")) != kapitel.version:
        return None
    raekker = sammenfletning.flet(faelles.indhold, rens(request.POST.get("indhold", "")), kapitel.indhold)
    sendt = {nummer: request.POST.get(f"valg-{nummer}", "") for nummer in range(len(raekker))}
    valg = {nummer: Valg(et) for nummer, et in sendt.items() if et in Valg.__members__.values()}
    deres_titel = request.POST.get("titelvalg") == Valg.DERES
    return {
        "titel": kapitel.titel if deres_titel else request.POST.get("titel", ""),
        "indhold": sammenfletning.saml(raekker, valg),
        "kladde": request.POST.get("kladde", ""),
    }
