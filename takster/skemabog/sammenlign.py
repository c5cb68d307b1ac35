"""What the rows of a workbook would change: errors by cell, changes by form, and what a colleague changed too.

The file is laid on top of the version its row was filled from. A cell nobody touched keeps what is saved; a field
both have changed is shown with both values, and the user chooses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.felter import Talfelt
from socialaftale.kerne.models import Haendelse
from takster import adgang as regler
from takster import hentning
from takster.beregning.kontrolraekke import Skemaberegning
from takster.forms.skema import Skemaformular, linjefelt, vis_vaerdi
from takster.handlinger.flere_skemaer import NytIndhold
from takster.handlinger.skemaer import GEMT, Aendringer, find_aendringer
from takster.hentning_regulering import hent_reguleringer
from takster.konflikt import Grundvaerdier, som_felt
from takster.models import Indberetning, Takstskema
from takster.niveauceller import hent_niveauer
from takster.skemabog import celler, stempel
from takster.skemabog.celler import Celle, Cellefejl
from takster.skemabog.hentning import skemaer_i
from takster.skemabog.kolonner import ENHED, NUMMER, REGULERING, TAKSTTYPE, synlige_felter
from takster.skemabog.laes import Bogfejl, Laest, Raekke
from takster.skemabog.metode import Metodeaendring, sammenlign_metode
from tilbud.enums import Taksttype

DERES, FILENS = "deres", "filens"
# Rows that a note names before it counts the rest.
MAKS_NAEVNT = 10
_NUMMER = re.compile(r"TS-(\d{4})-(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Konflikt:
    """A field that a colleague and the file both changed: label, what is saved, what the file holds."""

    felt: str
    deres: str
    filens: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skemaaendring:
    """One form that the file changes."""

    skema: Takstskema
    raekke: int
    nyt: NytIndhold
    # Label, before, after.
    linjer: list[tuple[str, str, str]]
    konflikter: list[Konflikt]
    noter: list[str]
    beregning: Skemaberegning | None = None


@dataclass(slots=True, kw_only=True)
class Sammenligning:
    """The outcome for the whole workbook; nothing may be saved while there are `fejl`."""

    aendringer: list[Skemaaendring] = field(default_factory=list)
    metode: Metodeaendring | None = None
    fejl: list[Bogfejl] = field(default_factory=list)
    noter: list[str] = field(default_factory=list)
    uaendrede: int = 0


def sammenlign(
    laest: Laest, indberetning: Indberetning, adgang: Adgang, valg: Mapping[int, str] | None = None
) -> Sammenligning:
    """Compare with the forms as they are saved now; `valg` says whose values win in a form with conflicts."""
    metode, metodefejl, metodenoter = sammenlign_metode(laest, indberetning, adgang)
    ud = Sammenligning(metode=metode, fejl=[*laest.fejl, *metodefejl], noter=[*laest.noter, *metodenoter])
    skemaer = {skema.pk: skema for skema in skemaer_i(indberetning, adgang)}
    hent_niveauer(skemaer.values())
    fundne = _find_skemaer(laest, skemaer, indberetning, ud)
    grund = _grundvaerdier([skemaer[pk] for pk in fundne], laest)
    skjulte = []
    for pk, raekke in fundne.items():
        aendring = _et_skema(skemaer[pk], raekke, laest, grund.get(pk, {}), adgang, (valg or {}).get(pk, FILENS), ud)
        if aendring is None:
            ud.uaendrede += 1
            continue
        ud.aendringer.append(aendring)
        if raekke.skjult:
            skjulte.append(str(raekke.nr))
    ud.noter += _laaste_noter({skemaer[pk]: raekke for pk, raekke in fundne.items()}, laest)
    if skjulte:
        ud.noter.append(f"Skjulte rækker er læst med. Der er ændringer i række {', '.join(skjulte)}.")
    if udeladt := len(skemaer) - len(fundne):
        ord_ = "skema står" if udeladt == 1 else "skemaer står"
        ud.noter.append(f"{udeladt} {ord_} ikke i filen og bliver ikke ændret.")
    return ud


def _laaste_noter(raekker: Mapping[Takstskema, Raekke], laest: Laest) -> list[str]:
    """Where a cell that cannot be typed in holds something else than what counts."""
    reguleringer = hent_reguleringer(raekker)

    def regulering(skema: Takstskema) -> str:
        return celler.vis(reguleringer[skema.pk].beregnet) if skema.pk in reguleringer else ""

    gaelder = {
        ENHED: lambda skema: skema.get_enhed_display(),
        TAKSTTYPE: lambda skema: Taksttype(skema.taksttype).label,
        REGULERING: regulering,
    }
    noter = []
    for kolonne, vaerdi in gaelder.items():
        if kolonne.noegle not in laest.overskrifter:
            continue
        andre = [
            str(raekke.nr)
            for skema, raekke in raekker.items()
            if celler.vis(raekke.laaste.get(kolonne.noegle, Celle()).vaerdi).casefold() != vaerdi(skema).casefold()
        ]
        if andre:
            flere = f" og {len(andre) - MAKS_NAEVNT} andre" if len(andre) > MAKS_NAEVNT else ""
            noter.append(
                f"{laest.overskrifter[kolonne.noegle]} kan ikke skrives i arbejdsbogen. I række "
                f"{', '.join(andre[:MAKS_NAEVNT])}{flere} står noget andet, end der regnes med."
            )
    return noter


def med_kontrol(sammenligning: Sammenligning) -> list[Skemaaendring]:
    """The changes with what the check says of each form as it would be; seven queries however many there are."""
    omgivelser = hentning.hent_omgivelser_flere(
        [aendring.skema for aendring in sammenligning.aendringer], timezone.localdate()
    )
    ud = []
    for aendring in sammenligning.aendringer:
        felter = dict(aendring.nyt.felter)
        if felter.get("belaegning_pct") is None:
            aar, skemaregler = aendring.skema.aar, omgivelser[aendring.skema.pk].regler
            felter["belaegning_pct"] = hentning.beregnet_belaegning(felter, aar, skemaregler)
        beregning = hentning.beregn_felter(
            felter, aendring.nyt.linjer, omgivelser[aendring.skema.pk], aendring.nyt.niveauer
        )
        ud.append(
            Skemaaendring(
                skema=aendring.skema,
                raekke=aendring.raekke,
                nyt=aendring.nyt,
                linjer=aendring.linjer,
                konflikter=aendring.konflikter,
                noter=aendring.noter,
                beregning=beregning,
            )
        )
    return ud


def _find_skemaer(
    laest: Laest, skemaer: Mapping[int, Takstskema], indberetning: Indberetning, ud: Sammenligning
) -> dict[int, Raekke]:
    """Form → row; a number that is unknown or another's is refused in the same words."""
    fundne: dict[int, Raekke] = {}
    for raekke in laest.raekker:
        fund = _NUMMER.fullmatch(raekke.nummer)
        pk = int(fund[2]) if fund else None
        if pk is None:
            besked = "Skriv skemaets nummer, fx TS-2027-00012"
        elif int(fund[1]) != indberetning.runde.aar or pk not in skemaer:
            besked = f"Nummeret hører ikke til jeres takstskemaer for {indberetning.runde.aar}"
        elif pk in fundne:
            besked = f"Skemaet står også i række {fundne[pk].nr}. Slet den ene række"
        elif pk not in laest.stempel.versioner:
            besked = "Skemaet er kommet til, efter at arbejdsbogen blev hentet. Hent en ny, og udfyld rækken dér"
        else:
            fundne[pk] = raekke
            continue
        ud.fejl.append(
            Bogfejl(
                besked=besked,
                ark=stempel.ARK_SKEMAER,
                raekke=raekke.nr,
                overskrift=NUMMER.overskrift,
                vaerdi=raekke.nummer,
            )
        )
    return fundne


def _grundvaerdier(skemaer: Sequence[Takstskema], laest: Laest) -> dict[int, dict[str, Any]]:
    """What the fields saved since the download held then, by form; one query, and none when nobody saved."""
    nyere = {str(skema.pk): skema for skema in skemaer if skema.version != laest.stempel.versioner.get(skema.pk)}
    if not nyere:
        return {}
    logget = (
        Haendelse.objects.filter(objekttype=Takstskema._meta.label_lower, objekt_id__in=nyere, handling=GEMT)
        .order_by("pk")
        .values_list("objekt_id", "data")
    )
    pr_skema: dict[str, list[dict[str, Any]]] = {}
    for pk, data in logget:
        pr_skema.setdefault(pk, []).append(data)
    return {int(pk): Grundvaerdier(gemte, laest.stempel.versioner[int(pk)]).pr_felt for pk, gemte in pr_skema.items()}


def _et_skema(
    skema: Takstskema,
    raekke: Raekke,
    laest: Laest,
    grund: Mapping[str, Any],
    adgang: Adgang,
    valgt: str,
    ud: Sammenligning,
) -> Skemaaendring | None:
    formular = Skemaformular(skema=skema)
    felter = synlige_felter(formular)
    data: dict[str, Any] = {"version": skema.version}
    konflikter, noter, roerte = [], [], []
    antal_fejl = len(ud.fejl)
    for navn, felt in felter.items():
        gemt = formular.get_initial_for_field(felt, navn)
        data[navn] = gemt
        if navn not in laest.overskrifter:
            continue
        bogstav, celle = raekke.celler.get(navn, ("", Celle()))
        try:
            vaerdi, note = celler.laes(felt, celle)
        except Cellefejl as fejl:
            ud.fejl.append(_fejl(laest, raekke, navn, bogstav, celle, fejl.besked))
            continue
        if celler.ens(felt, gemt, vaerdi):
            continue
        if navn in grund:
            foer = som_felt(felt, grund[navn])
            if celler.ens(felt, foer, vaerdi):
                # Only the colleague changed it.
                continue
            if not celler.ens(felt, foer, gemt):
                konflikter.append(
                    Konflikt(
                        felt=laest.overskrifter[navn],
                        deres=_i_ord(felt, gemt),
                        filens=_i_ord(felt, vaerdi),
                    )
                )
                if valgt == DERES:
                    continue
        data[navn] = vaerdi
        roerte.append(navn)
        if note:
            noter.append(f"{laest.overskrifter[navn]}: {note}")
    for navn, (bogstav, celle) in raekke.celler.items():
        if navn not in felter:
            taksttype = Taksttype(skema.taksttype).label.lower()
            besked = f"Feltet bruges ikke i dette skema ({taksttype} pr. {skema.get_enhed_display().lower()})."
            ud.fejl.append(_fejl(laest, raekke, navn, bogstav, celle, f"{besked} Lad cellen stå tom"))
    if len(ud.fejl) > antal_fejl or not (roerte or konflikter):
        return None
    if not regler.maa_redigere(adgang, skema, timezone.localdate()):
        bogstav, celle = raekke.celler.get(roerte[0], ("", Celle())) if roerte else ("", Celle())
        besked = f"Skemaet kan ikke ændres (status: {skema.get_tilstand_display()}). Slet rækken fra filen"
        navn = roerte[0] if roerte else NUMMER.noegle
        ud.fejl.append(_fejl(laest, raekke, navn, bogstav, celle, besked))
        return None
    if "belaegning_pct" in felter and "belaegning_pct" not in roerte:
        data["belaegning_pct"] = _belaegning(skema, data, formular.fields["belaegning_pct"])
    udfyldt = formular.send(_som_sendt(data, felter))
    if not udfyldt.is_valid():
        _formularfejl(udfyldt, laest, raekke, ud)
        return None
    nyt = NytIndhold(
        version=skema.version, felter=udfyldt.felter(), linjer=udfyldt.linjer(), niveauer=udfyldt.niveauer()
    )
    aendringer = find_aendringer(skema, nyt.felter, nyt.linjer, nyt.niveauer)
    if not aendringer and not konflikter:
        return None
    return Skemaaendring(
        skema=skema,
        raekke=raekke.nr,
        nyt=nyt,
        linjer=_i_linjer(aendringer, formular, laest),
        konflikter=konflikter,
        noter=noter,
    )


def _belaegning(skema: Takstskema, data: Mapping[str, Any], felt: Talfelt) -> Decimal | None:
    """An occupancy that followed from the principle (T18, T61) follows again when what it is found from changes."""
    gemt = hentning.felter_af(skema)
    skemaregler = skema.indberetning.runde.regelsaet.regler()
    if hentning.beregnet_belaegning(gemt, skema.aar, skemaregler) != skema.belaegning_pct:
        return skema.belaegning_pct
    ny = hentning.beregnet_belaegning({**gemt, **data}, skema.aar, skemaregler)
    # What cannot be an occupancy comes from a mistyped activity: the checks tell that, not a cell nobody touched.
    return skema.belaegning_pct if ny is None or ny >= 10**felt.hele_cifre else ny


def _som_sendt(data: Mapping[str, Any], felter: Mapping[str, Any]) -> dict[str, Any]:
    """As a browser would send it: a box that is not ticked is absent."""
    return {
        navn: vaerdi
        for navn, vaerdi in data.items()
        if navn not in felter or vaerdi is not False and vaerdi is not None
    }


def _formularfejl(formular: Skemaformular, laest: Laest, raekke: Raekke, ud: Sammenligning) -> None:
    for navn, tekster in formular.errors.items():
        bogstav, celle = raekke.celler.get(navn, ("", Celle()))
        ud.fejl.append(_fejl(laest, raekke, navn, bogstav, celle, " ".join(tekster)))


def _fejl(laest: Laest, raekke: Raekke, navn: str, bogstav: str, celle: Celle, besked: str) -> Bogfejl:
    return Bogfejl(
        besked=besked,
        ark=stempel.ARK_SKEMAER,
        raekke=raekke.nr,
        kolonne=bogstav,
        overskrift=laest.overskrifter.get(navn, ""),
        vaerdi=celle.regnefejl or celler.vis(celle.vaerdi),
        skema=raekke.nummer,
    )


def _i_linjer(aendringer: Aendringer, formular: Skemaformular, laest: Laest) -> list[tuple[str, str, str]]:
    """The changes in words, in the order of the form; computed ones too."""
    alle = aendringer.felter | aendringer.celler | {linjefelt(kode): par for kode, par in aendringer.linjer.items()}
    ud = []
    for navn, felt in formular.fields.items():
        if navn in alle:
            foer, efter = alle[navn]
            overskrift = laest.overskrifter.get(navn, str(felt.label))
            ud.append((overskrift, _i_ord(felt, foer), _i_ord(felt, efter)))
    return ud


def _i_ord(felt: Any, vaerdi: Any) -> str:
    return vis_vaerdi(felt, felt.prepare_value(vaerdi) if vaerdi is not None else None)
