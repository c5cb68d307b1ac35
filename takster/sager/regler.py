"""The checks of a case during the year (T66-T68) and what its page shows."""

from __future__ import annotations

import datetime as dt

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Organisation, Sag
from socialaftale.kerne.sager.enums import Sagstilstand
from socialaftale.kerne.sager.fund import Sagsfund, advarsel, fejl
from socialaftale.kerne.sager.models import AABNE
from socialaftale.kerne.sager.register import Aendringslinje, Ansoegningsobjekt, Sagsindhold
from socialaftale.kerne.talformat import skriv_tal
from socialaftale.kerne.templatetags import dansk
from takster.adgang import ser_linjer
from takster.beregning.koder import Enhed
from takster.beregning.nytakst import kapacitetsord
from takster.beregning.poster import POST_EFTER_KODE
from takster.beregning.sager import kontroller_sag
from takster.beregning.trin import Beregningsfejl
from takster.enums import Oprindelse
from takster.models import Takst
from takster.opslag import godkendte_pladser
from takster.sager import hentning
from tilbud.enums import Taksttype


def find_takst(adgang: Adgang, noegle: str) -> Ansoegningsobjekt | None:
    """A reported tariff; who may apply about it is the case's own rule."""
    if not noegle.isdigit():
        return None
    takst = (
        Takst.objects.synlige_for(adgang)
        .select_related("beregning", "driftsherre", "tilbud", "ydelse")
        .med_grundlag()
        .filter(pk=noegle, oprindelse=Oprindelse.INDBERETNING)
        .first()
    )
    return Ansoegningsobjekt(takst, takst.driftsherre, str(takst), takst.er_eksempel) if takst else None


def kontroller(sag: Sag, dato: dt.date) -> list[Sagsfund]:
    """T67, T68: special circumstances, a day inside the year and after the decision, and that something changes."""
    regel = hentning.REGEL[sag.art]
    takst = hentning.takst_i_sagen(sag)
    if takst is None:
        return [fejl("takst_mangler", regel, "Taksten findes ikke længere")]
    hos_instansen = sag.tilstand == Sagstilstand.PAA_DAGSORDEN
    min_tegn = hentning.frosne_regler(takst).bemaerkning_min_tegn
    fund = [
        Sagsfund(et.kode, et.regel, True, et.tekst)
        for et in kontroller_sag(hentning.aarssag(sag, takst, dato if hos_instansen else None), min_tegn=min_tegn)
    ]
    if not hos_instansen and sag.virkningsdato and sag.virkningsdato <= dato:
        tekst = "Ændringen skal gælde fra en dag efter beslutningen, så datoen må ikke være passeret"
        fund.append(fejl("virkning_passeret", regel, tekst))
    fund += _kontroller_version(sag, takst, regel)
    fund += _kontroller_aendring(sag, takst, regel)
    if not sag.data.get("koebere"):
        fund.append(advarsel("ingen_koebere", "T68", "Ingen kommuner får besked, for der er ikke valgt nogen købere"))
    return fund


def _kontroller_version(sag: Sag, takst: Takst, regel: str) -> list[Sagsfund]:
    """The case rests on the version in force, and no other case is changing the same tariff."""
    if not takst.er_gaeldende:
        tekst = "Taksten har fået en ny version, siden ansøgningen blev skrevet. Søg på den nye version."
        return [fejl("takst_foraeldet", regel, tekst)]
    if sag.virkningsdato and not takst.gyldig_fra < sag.virkningsdato <= takst.gyldig_til:
        perioden = f"{dansk.dato(takst.gyldig_fra)} til {dansk.dato(takst.gyldig_til)}"
        return [
            fejl("uden_for_perioden", regel, f"Datoen skal ligge efter den første dag i takstens periode, {perioden}")
        ]
    andre = Sag.objects.filter(
        objekttype=hentning.OBJEKTTYPE, objekt_id=sag.objekt_id, art__in=hentning.REGEL
    ).exclude(pk=sag.pk)
    i_gang = andre.filter(tilstand__in=AABNE).exclude(tilstand=Sagstilstand.KLADDE) | andre.filter(
        tilstand=Sagstilstand.GODKENDT, udfoert_tidspunkt__isnull=True
    )
    if anden := i_gang.first():
        return [fejl("anden_sag", regel, f"Sag {anden.nummer} om den samme takst skal være afsluttet først")]
    return []


def _kontroller_aendring(sag: Sag, takst: Takst, regel: str) -> list[Sagsfund]:
    kapacitet = hentning.aendret_kapacitet(sag)
    if sag.art == hentning.PLADSER and kapacitet is None:
        return [fejl("pladser_uaendret", regel, "Skriv det nye antal pladser. Det skal være et andet end nu")]
    try:
        ny = hentning.ny_takst(sag, takst)
    except Beregningsfejl as problem:
        return [fejl("kan_ikke_beregnes", regel, problem.besked)]
    fund = []
    if sag.art == hentning.PLADSER and takst.taksttype == Taksttype.DIFFERENTIERET:
        tekst = "Taksten har niveauer med hver sine pladser. Søg i stedet om en ændret takst"
        fund.append(fejl("niveauer_har_pladser", "T37", tekst))
    if sag.art == hentning.TAKST and ny.resultat.takst == takst.takst:
        fund.append(fejl("takst_uaendret", regel, "Ret mindst én linje. Taksten er den samme som nu"))
    fund += _kontroller_godkendte(takst, kapacitet)
    return fund


def _kontroller_godkendte(takst: Takst, kapacitet) -> list[Sagsfund]:
    """T66: never more places than the supervision has approved, as far as the register knows."""
    if kapacitet is None or kapacitetsord(Enhed(takst.enhed)) != "Pladser":
        return []
    godkendt = godkendte_pladser([takst.tilbud_id], takst.aar).get(takst.tilbud_id)
    if godkendt is None or kapacitet <= godkendt:
        return []
    tekst = f"Der søges om {skriv_tal(kapacitet)} pladser, men tilbuddet er godkendt til {skriv_tal(godkendt)}"
    return [fejl("flere_pladser_end_godkendt", "T66", tekst)]


def _ser_linjerne(adgang: Adgang) -> bool:
    """The matrix: cost lines for the operator, the secretariat, takstgruppen and, in these cases, FU."""
    return ser_linjer(adgang) or adgang.har(Rolle.FU_MEDLEM)


def koebere(sag: Sag) -> list[Organisation]:
    """The municipalities that are told when the change is approved."""
    return list(Organisation.objects.filter(slug__in=sag.data.get("koebere", [])))


def vis(sag: Sag, adgang: Adgang) -> Sagsindhold:
    """Before and after, and how the new tariff is found; once it is in force the stored one is the tariff's page."""
    takst = hentning.takst_i_sagen(sag)
    kommuner = ", ".join(kommune.kortnavn for kommune in koebere(sag))
    fakta = [
        ("Takstens periode", f"{dansk.dato(takst.gyldig_fra)}–{dansk.dato(takst.gyldig_til)}" if takst else ""),
        ("Kommuner, der får besked", kommuner or "Ingen"),
    ]
    if takst is None:
        return Sagsindhold(fakta=fakta)
    linjer = _linjer(sag, takst) if _ser_linjerne(adgang) else []
    kapacitet = hentning.aendret_kapacitet(sag)
    if kapacitet is not None:
        navn = kapacitetsord(Enhed(takst.enhed))
        linjer.append(Aendringslinje(navn, skriv_tal(takst.kapacitet), skriv_tal(kapacitet)))
    try:
        ny = hentning.ny_takst(sag, takst)
    except Beregningsfejl as problem:
        return Sagsindhold(fakta=[*fakta, ("Ny takst", problem.besked)], aendringer=linjer)
    resultat = ny.resultat
    linjer += [
        Aendringslinje("Takstberegningsgrundlag", dansk.kroner(takst.grundlag), dansk.kroner(resultat.grundlag)),
        Aendringslinje(
            f"Takst pr. {takst.get_enhed_display().lower()}", dansk.kroner(takst.takst), dansk.kroner(resultat.takst)
        ),
    ]
    if resultat.pr_aar is not None:
        linjer.append(
            Aendringslinje("Pris pr. plads pr. år", dansk.kroner(takst.pr_aar), dansk.kroner(resultat.pr_aar))
        )
    return Sagsindhold(
        fakta=fakta,
        aendringer=linjer,
        formel="Den offentliggjorte beregning med de ændrede tal sat ind:",
        trin=[
            (trin.navn, trin.resultat, f"{trin.formel}: {trin.indsat}")
            for trin in ny.trin
            if trin.regel != "T16" or _ser_linjerne(adgang)
        ],
        regel=f"T14, {hentning.REGEL[sag.art]}",
        kilde=takst.beregning.data.get("regelsaet", "") if hasattr(takst, "beregning") else "",
    )


def _linjer(sag: Sag, takst: Takst) -> list[Aendringslinje]:
    foer = hentning.offentliggjort(takst).beloeb
    return [
        Aendringslinje(
            POST_EFTER_KODE[kode].navn,
            dansk.kroner(foer[kode]) if kode in foer else "",
            dansk.kroner(beloeb),
        )
        for kode, beloeb in hentning.aendrede_linjer(sag).items()
    ]
