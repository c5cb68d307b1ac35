"""What must not be in a tariff, and the methods that must be told: K steps 1, 2, 7 and 8."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from socialaftale.kerne.penge import afrund_kvotient, andel
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_kr, skriv_tal
from takster.beregning.fund import Fund
from takster.beregning.koder import Afskrivningspraksis, Grad, Leasing, Pensionsmetode
from takster.beregning.pension import beregn_pension
from takster.beregning.regelsaet import Regler
from takster.beregning.trin import Beregningsfejl

PENSION = "A70"
ANDEL_AF_CENTRAL_ADMINISTRATION = "C20"
_BYGNINGER = "F10"
_AFSKRIVNING = (_BYGNINGER, "F20")
_AFSKRIVNING_OG_RENTE = (*_AFSKRIVNING, "H10", "H20")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramme:
    """What surrounds a takstskema: the window, and how the tilbud stands in the styringsaftale.

    `tilbudsfund` are the register's own findings on the tilbud (T1-T3); `ikke_omfattet` names the paragraph of the
    ydelse when it is known to be off the list. `overhead_andele` are the shares of central administration in the
    wages of all the driftsherre's forms in the round.
    """

    vindue_aabent: bool = True
    tilbudsfund: Sequence[Fund] = ()
    ikke_omfattet: str = ""
    overhead_metode: str = ""
    overhead_andele: Sequence[Decimal] = ()
    # What the stated buyers buy (T8); None: not asked.
    koebt: Sequence[Decimal] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbehold:
    """The confirmations and choices of a takstskema, and the lines they concern."""

    uden_tillaegsydelser: bool = False
    uden_valgfri_ydelser: bool = False
    kun_generelt_tilsyn: bool = False
    uden_myndighedsopgaver: bool = False
    uden_udviklingsomkostninger: bool = False
    tilbudsportal_opdateret: bool = False
    leasing: str = Leasing.INGEN
    pensionsmetode: str = Pensionsmetode.INGEN
    tjenestemandsloen: Decimal | None = None
    afskrivningspraksis: str = ""


def kontroller_ramme(ramme: Ramme) -> list[Fund]:
    """K steps 1 and 2: the window is open (T13), and the tilbud is one the styringsaftale covers (T1)."""
    fund = []
    if not ramme.vindue_aabent:
        tekst = "Fristen er overskredet, så skemaet er låst. Bed sekretariatet om at genåbne det"
        fund.append(Fund("vindue_lukket", "T13", Grad.FEJL, "", tekst))
    fund += ramme.tilbudsfund
    if ramme.ikke_omfattet:
        tekst = f"{ramme.ikke_omfattet} er ikke blandt de lovgrundlag, styringsaftalen omfatter"
        fund.append(Fund("ydelsens_lovgrundlag_ikke_omfattet", "T1", Grad.FEJL, "", tekst))
    return fund


_BEKRAEFTELSER = (
    (
        "uden_tillaegsydelser",
        "T35",
        Grad.FEJL,
        "Bekræft, at hverken udgifter til eller indtægter fra tillægsydelser er med i budgettet",
    ),
    (
        "uden_valgfri_ydelser",
        "T45",
        Grad.FEJL,
        "Bekræft, at valgfri ydelser, som borgerne selv betaler, ikke er med i budgettet",
    ),
    (
        "kun_generelt_tilsyn",
        "T46",
        Grad.ADVARSEL,
        "Bekræft, at kun det generelle tilsyn er med, og ikke tilsyn med den enkelte borger",
    ),
    (
        "uden_myndighedsopgaver",
        "T58",
        Grad.ADVARSEL,
        "Bekræft, at myndighedsopgaver er holdt ude af andelen af central administration",
    ),
    (
        "uden_udviklingsomkostninger",
        "T59",
        Grad.ADVARSEL,
        "Bekræft, at udvikling af nye ydelser ikke er med i budgettet",
    ),
    (
        "tilbudsportal_opdateret",
        "T7",
        Grad.ADVARSEL,
        "Sæt kryds, når tilbuddet på Tilbudsportalen henviser til den gældende styringsaftale",
    ),
)


def kontroller_forbehold(
    forbehold: Forbehold, beloeb: dict[str, Decimal | None], ramme: Ramme, *, regler: Regler
) -> list[Fund]:
    """K steps 7 and 8: what is kept out (T35, T45-T47, T58, T59), and T51, T54, T55."""
    fund = [
        Fund(navn, regel, grad, navn, tekst)
        for navn, regel, grad, tekst in _BEKRAEFTELSER
        if not getattr(forbehold, navn)
    ]
    return [
        *fund,
        *_kontroller_leasing(forbehold, beloeb),
        *_kontroller_afskrivning(forbehold, beloeb),
        *_kontroller_pension(forbehold, beloeb, regler),
        *_kontroller_overhead(beloeb, ramme, regler),
    ]


def _kontroller_leasing(forbehold: Forbehold, beloeb: dict[str, Decimal | None]) -> list[Fund]:
    """T47: leased assets once; the choice excludes both, so what is left is a choice the lines do not bear out."""
    if forbehold.leasing != Leasing.AFSKRIVNING or any(beloeb.get(kode) for kode in _AFSKRIVNING_OG_RENTE):
        return []
    tekst = "Du har valgt, at leasede aktiver er med som afskrivning og forrentning, men de linjer er tomme"
    return [Fund("leasing_uden_afskrivning", "T47", Grad.FEJL, "leasing", tekst)]


def _kontroller_afskrivning(forbehold: Forbehold, beloeb: dict[str, Decimal | None]) -> list[Fund]:
    """T51: depreciation follows the budget and accounting system, straight from the asset register."""
    if not any(beloeb.get(kode) for kode in _AFSKRIVNING):
        return []
    praksis = forbehold.afskrivningspraksis
    if not praksis:
        kode, tekst = "afskrivningspraksis_mangler", "Der er afskrivning i budgettet. Vælg, hvordan den er fundet"
    elif praksis == Afskrivningspraksis.ANSKAFFELSER and beloeb.get(_BYGNINGER):
        kode = "afskrivning_er_ikke_anskaffelser"
        tekst = "Der er afskrivning på bygninger, så vælg den praksis, den følger, og ikke mindre anskaffelser alene"
    elif praksis == Afskrivningspraksis.ANDEN:
        kode = "afskrivning_uden_anlaegskartotek"
        tekst = "Afskrivning skal følge budget- og regnskabssystemet og tages direkte fra anlægskartoteket"
    else:
        return []
    return [Fund(kode, "T51", Grad.ADVARSEL, "afskrivningspraksis", tekst)]


def _kontroller_pension(forbehold: Forbehold, beloeb: dict[str, Decimal | None], regler: Regler) -> list[Fund]:
    """T54: the actual cost, or a fixed share of the wages of civil servants."""
    pension = beloeb.get(PENSION) or Decimal(0)
    if forbehold.pensionsmetode == Pensionsmetode.INGEN:
        if not pension:
            return []
        tekst = "Der står et beløb under tjenestemandspensioner. Vælg, hvordan det er fundet"
        return [Fund("pensionsmetode_mangler", "T54", Grad.FEJL, "pensionsmetode", tekst)]
    if not pension:
        tekst = "Indtast tjenestemandspensionen, eller vælg, at der ikke er tjenestemænd"
        return [Fund("pension_mangler", "T54", Grad.FEJL, PENSION, tekst)]
    if forbehold.pensionsmetode == Pensionsmetode.FAKTISK:
        return []
    try:
        beregnet = beregn_pension(forbehold.tjenestemandsloen, regler=regler).beloeb
    except Beregningsfejl as fejl:
        return [Fund("tjenestemandsloen_mangler", "T54", Grad.FEJL, fejl.felt, fejl.besked)]
    if abs(pension - beregnet) <= regler.tolerance_kr:
        return []
    tekst = (
        f"Pensionen står som {skriv_kr(pension)}, men {skriv_tal(regler.pension_pct)}{HAARDT_MELLEMRUM}% af "
        f"{skriv_kr(forbehold.tjenestemandsloen)} er {skriv_kr(beregnet)}"
    )
    return [Fund("pension_stemmer_ikke", "T54", Grad.FEJL, PENSION, tekst)]


def overhead_andel(beloeb: dict[str, Decimal | None], loen: Decimal) -> Decimal | None:
    """The share of central administration in wages, in percent with one decimal; None without wages or share."""
    broek = andel(beloeb.get(ANDEL_AF_CENTRAL_ADMINISTRATION) or Decimal(0), loen)
    return None if not broek else afrund_kvotient(broek * 100, 1, 1)


def _kontroller_overhead(beloeb: dict[str, Decimal | None], ramme: Ramme, regler: Regler) -> list[Fund]:
    """T55: the share is a real calculation with a told method; the same share everywhere looks like a flat rate."""
    if not beloeb.get(ANDEL_AF_CENTRAL_ADMINISTRATION):
        return []
    fund = []
    if len(ramme.overhead_metode.strip()) < regler.bemaerkning_min_tegn:
        tekst = "Beskriv på indberetningens side, hvordan I beregner andelen af central administration og ledelse"
        fund.append(Fund("overhead_metode_mangler", "T55", Grad.FEJL, ANDEL_AF_CENTRAL_ADMINISTRATION, tekst))
    andele = ramme.overhead_andele
    if len(andele) >= regler.mindst_skemaer_til_fast_andel and len(set(andele)) == 1:
        tekst = (
            f"Andelen af central administration er {skriv_tal(andele[0])}{HAARDT_MELLEMRUM}% af lønnen i alle jeres "
            "skemaer. Den skal beregnes efter de faktiske omkostninger og ikke være en fast procent"
        )
        fund.append(Fund("overhead_fast_procent", "T55", Grad.ADVARSEL, ANDEL_AF_CENTRAL_ADMINISTRATION, tekst))
    return fund
