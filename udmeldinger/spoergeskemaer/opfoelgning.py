"""Who has answered what, and the response rate, for the page and the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from socialaftale.kerne.regneark import Art, Kolonne, byg_ark
from socialaftale.kerne.templatetags.dansk import tidspunkt
from udmeldinger.beregning.svarprocent import NAVNE, Svarart, Svaropgoerelse, opgoer
from udmeldinger.enums import Svarrolle
from udmeldinger.models import Besvarelse, Spoergeskema


@dataclass(frozen=True, slots=True)
class Rolleopgoerelse:
    """Those asked in one capacity: their answers and the rate."""

    rolle: Svarrolle
    besvarelser: list[Besvarelse]
    opgjort: Svaropgoerelse

    @property
    def arter(self) -> list[tuple[str, list[str]]]:
        """Names by kind of answer; kinds nobody has are left out."""
        return [(NAVNE[art], navne) for art, navne in self.opgjort.navne.items() if navne]

    @property
    def har_kvalitative(self) -> bool:
        return bool(self.opgjort.navne[Svarart.KVALITATIV])


def hent_opfoelgning(skema: Spoergeskema) -> list[Rolleopgoerelse]:
    """By capacity, since the rate of the municipalities is one figure and that of the operators another."""
    alle = list(
        skema.besvarelser.select_related("organisation", "indsendt_af", "godkendt_af").prefetch_related("links")
    )
    for besvarelse in alle:
        besvarelse.skema = skema
    fundne = []
    for rolle in Svarrolle:
        egne = [et for et in alle if et.rolle == rolle]
        if egne:
            fundne.append(Rolleopgoerelse(rolle, egne, opgoer((et.organisation.kortnavn, et.art) for et in egne)))
    return fundne


def byg_regneark(skema: Spoergeskema) -> bytes:
    """One row per answer: who, as what, kind, when, by whom, reminders; no answers to the questions."""
    kolonner = [
        Kolonne("Organisation", lambda et: et.organisation.navn, bredde=34),
        Kolonne("Svarer som", lambda et: et.get_rolle_display(), bredde=28),
        Kolonne("Status", lambda et: et.get_tilstand_display(), bredde=22),
        Kolonne("Svarets art", lambda et: NAVNE[et.art], bredde=26),
        Kolonne("Indsendt", lambda et: _dato(et.indsendt_tidspunkt), Art.DATO),
        Kolonne("Indsendt af", lambda et: str(et.indsendt_af or ""), bredde=26),
        Kolonne("Godkendt", lambda et: _dato(et.godkendt_tidspunkt), Art.DATO),
        Kolonne("Godkendt af", lambda et: str(et.godkendt_af or ""), bredde=26),
        Kolonne("Efter fristen", lambda et: "Ja" if et.efter_fristen else ""),
        Kolonne("Rykket", lambda et: _dato(et.rykket_tidspunkt), Art.DATO),
        Kolonne("Begrundelse", lambda et: et.begrundelse, bredde=50),
    ]
    opgjorte = hent_opfoelgning(skema)
    noter = [f"Frist {skema.frist:%d.%m.%Y}", f"Udtrukket {tidspunkt(timezone.now())}"]
    for del_ in opgjorte:
        opgjort = del_.opgjort
        linje = f"{del_.rolle.label}: {opgjort.fulde} af {opgjort.i_alt} har svaret fuldt ({opgjort.pct_fulde} %)"
        if del_.har_kvalitative:
            med, pct = opgjort.med_kvalitative, opgjort.pct_med_kvalitative
            linje += f", med kvalitative svar {med} af {opgjort.i_alt} ({pct} %)"
        noter.append(linje)
    raekker = [et for del_ in opgjorte for et in del_.besvarelser]
    return byg_ark(f"Status {skema.aar}", kolonner, raekker, noter=[skema.titel, *noter])


def _dato(vaerdi):
    return timezone.localdate(vaerdi) if vaerdi else None
