"""Invented rounds for the demo: the published tariffs of two years and the open round, all marked "Eksempeltal"."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.demobrugere import adgang_som, demobrugere
from socialaftale.kerne.enums import Hat, Rolle
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log, log_mange
from socialaftale.kerne.penge import afrund
from takster import bilag, hentning, notifikationer
from takster.demosteder import lav_omkostningssteder
from takster.demotal import Eksempel, eksempel_for, terning
from takster.enums import Rundetilstand, Skematilstand
from takster.handlinger import kommentarer, runder, rykkere, skemaer
from takster.handlinger.faelles import laas_skema
from takster.handlinger.offentliggoerelse import gem_takst
from takster.handlinger.regelsaet import kopier_regelsaet
from takster.models import (
    Indberetning,
    Indberetningsrunde,
    PLsats,
    Regelsaet,
    Takst,
    Takstlinje,
    Takstskema,
    Tilsynssats,
)
from takster.niveauceller import gem_raekker
from takster.visning import feltvaerdi

SIDSTE_AAR, AAR = 2026, 2027
KILDE = "Eksempeltal"
# Invented rates for the years the sources do not cover.
PL_EKSEMPLER = {
    2020: "1.80",
    2021: "1.70",
    2022: "2.90",
    2024: "3.40",
    2025: "3.10",
    2026: "2.90",
}
# The supervision's newest real tariffs are those of 2024.
TILSYN_EKSEMPLER = {2025: "1.034", 2026: "1.065", 2027: "1.096"}
FRIST_DAGE = 21
AABNET_DAGE_FOER = 45
METODE = (
    "Eksempeltekst: Løn- og økonomikontor fordeles efter antal årsværk, ledelse efter bruttobudget og ejendomsdrift "
    "efter kvadratmeter. Myndighedsopgaver er trukket fra før fordelingen."
)
RETUR = (
    "Eksempeltekst: Lønnen til vikarer er faldet meget. Se efter, om beløbet er det rigtige, og skriv en bemærkning."
)
KOMMENTARER = (
    ("A20", "Eksempeltekst: Hvorfor er lønnen til pædagogisk personale ændret så meget?"),
    ("pladser", "Eksempeltekst: Stemmer antallet med det, der er aftalt i socialaftalen?"),
)
# How far the forms of a driftsherre are, in turn.
TILSTANDE = (
    "kladde",
    "indsendt",
    "godkendt",
    "retur",
    "kladde_med_fund",
    "indsendt",
    "tom",
    "godkendt",
    "indsendt",
    "kladde",
)


@transaction.atomic
def lav_tidligere_aar() -> None:
    """The rates, and the rounds of the two years before with published tariffs; a round that exists is left."""
    for fra_aar, sats in PL_EKSEMPLER.items():
        PLsats.objects.get_or_create(
            fra_aar=fra_aar,
            type="service",
            er_gaeldende=True,
            defaults={"til_aar": fra_aar + 1, "sats_pct": Decimal(sats), "kilde": KILDE, "er_eksempel": True},
        )
    _lav_tilsynssatser()
    for aar in (SIDSTE_AAR - 1, SIDSTE_AAR):
        if not Indberetningsrunde.objects.filter(aar=aar).exists():
            _lav_offentliggjort_runde(aar)


def _lav_tilsynssatser() -> None:
    """Invented tariffs of the supervision for the years after the newest real ones, a little dearer each year."""
    nyeste = Tilsynssats.objects.filter(er_eksempel=False).order_by("-aar").values_list("aar", flat=True).first()
    for sats in Tilsynssats.objects.filter(aar=nyeste):
        for aar, faktor in TILSYN_EKSEMPLER.items():
            Tilsynssats.objects.get_or_create(
                aar=aar,
                pladser_fra=sats.pladser_fra,
                defaults={
                    "pladser_til": sats.pladser_til,
                    "beloeb": afrund(sats.beloeb * Decimal(faktor), 0),
                    "kilde": KILDE,
                    "er_eksempel": True,
                },
            )


def _lav_offentliggjort_runde(aar: int) -> None:
    """All forms filled in and published at their own dates; the log says that the demo did it, and when."""
    system = Adgang.system()
    with notifikationer.stille():
        runde = runder.opret_runde(
            adgang=system,
            aar=aar,
            aabner=dt.date(aar - 1, 8, 15),
            frist=dt.date(aar - 1, 10, 31),
            note=KILDE,
            er_eksempel=True,
        )
        runder.aabn_runde(runde, adgang=system)
    _beskriv_metode(runde, system)
    nu = timezone.make_aware(dt.datetime.combine(dt.date(aar - 1, 12, 1), dt.time(12)))
    skemaerne = list(Takstskema.objects.filter(indberetning__runde=runde).til_beregning())
    for skema in skemaerne:
        _udfyld(skema, eksempel_for(skema, aar))
        skema.indsendt_tidspunkt = nu - dt.timedelta(days=40 + terning(skema.ydelse.tilbud.slug, "indsendt") % 20)
        skema.godkendt_tidspunkt = nu - dt.timedelta(days=10)
        skema.gemt_tidspunkt = skema.indsendt_tidspunkt
        skema.tilstand = Skematilstand.OFFENTLIGGJORT
        skema.full_clean()
        skema.save()
        gem_takst(laas_skema(skema), nu=nu)
    udgivet = {
        "tekst": f"{KILDE}: Udfyldt, godkendt og offentliggjort af demoen",
        "fra": Skematilstand.KLADDE,
        "til": Skematilstand.OFFENTLIGGJORT,
    }
    log_mange(system, "demodata", [(skema, {**udgivet, "vedroerer": skema.driftsherre}) for skema in skemaerne])
    runde.refresh_from_db()
    runde.tilstand, runde.offentliggjort_tidspunkt = Rundetilstand.OFFENTLIGGJORT, nu
    runde.full_clean()
    runde.save()
    log(system, "demodata", runde, tekst="Eksempeltal: Runden er lavet af demoen", til=Rundetilstand.OFFENTLIGGJORT)


def _beskriv_metode(runde: Indberetningsrunde, system: Adgang) -> None:
    """The same invented method everywhere, and in the log that nobody wrote it."""
    indberetninger = list(Indberetning.objects.filter(runde=runde).select_related("runde", "driftsherre"))
    Indberetning.objects.filter(runde=runde).update(overhead_metode=METODE)
    tekst = f"{KILDE}: Metode for central administration beskrevet af demoen"
    log_mange(system, "demodata", [(en, {"tekst": tekst, "vedroerer": en.driftsherre}) for en in indberetninger])


def _udfyld(skema: Takstskema, eksempel: Eksempel) -> None:
    for navn, vaerdi in eksempel.felter.items():
        setattr(skema, navn, vaerdi)
    skema.belaegning_pct = hentning.beregnet_belaegning(
        hentning.felter_af(skema), skema.aar, skema.indberetning.runde.regelsaet.regler()
    )
    skema.er_eksempel = True
    forudfyldt = skema.beloeb()
    Takstlinje.objects.bulk_create(
        [
            Takstlinje(skema=skema, post=kode, beloeb=beloeb)
            for kode, beloeb in eksempel.linjer.items()
            if kode not in forudfyldt
        ]
    )
    gem_raekker(skema, eksempel.niveauer)


@transaction.atomic
def lav_aaben_runde() -> None:
    """The open round: forms in every state, filled in through the same actions as a user's."""
    if Indberetningsrunde.objects.filter(aar=AAR).exists():
        return
    system, i_dag = Adgang.system(), timezone.localdate()
    gaeldende = Regelsaet.objects.for_aar(AAR)
    if gaeldende.fra_aar != AAR:
        kopier_regelsaet(
            gaeldende,
            adgang=system,
            navn=f"Styringsaftale {AAR} (eksempel)",
            fra_aar=AAR,
            begrundelse="Eksempeltekst: Grænserne er videreført, til der er en ny styringsaftale.",
        )
    with notifikationer.stille():
        runde = runder.opret_runde(
            adgang=system,
            aar=AAR,
            aabner=i_dag - dt.timedelta(days=AABNET_DAGE_FOER),
            frist=i_dag + dt.timedelta(days=FRIST_DAGE),
            note="forlænget (demo)",
            er_eksempel=True,
        )
        runder.aabn_runde(runde, adgang=system)
        _beskriv_metode(runde, system)
        sekretariat = adgang_som("sekretariat@demo.example", Hat.SEKRETARIAT)
        # Nobody has begun at the first municipality, so that there is one to remind.
        kommuner = Organisation.objects.kommuner().filter(indberetninger__skemaer__indberetning__runde=runde)
        tavs = kommuner.distinct().first()
        numre: Counter[int] = Counter()
        alle = Takstskema.objects.filter(indberetning__runde=runde).exclude(indberetning__driftsherre=tavs)
        for skema in list(alle.til_beregning().order_by("indberetning", "ydelse__tilbud__slug", "pk")):
            tilstand = TILSTANDE[numre[skema.indberetning_id] % len(TILSTANDE)]
            numre[skema.indberetning_id] += 1
            _bring(skema, tilstand, sekretariat)
        aalborg = adgang_som("oekonom.aalborg@demo.example", Hat.DRIFTSHERRE)
        egen = Indberetning.objects.filter(runde=runde, driftsherre=aalborg.organisation).first()
        if egen:
            lav_omkostningssteder(egen, adgang=aalborg)
        # The reminder 30 days before the deadline is due, for those who lack something.
        rykkere.send_forfaldne(adgang=system, dato=i_dag)


def _bring(skema: Takstskema, tilstand: str, sekretariat: Adgang) -> None:
    """One form to a state; a form the checks stop stays a draft."""
    if tilstand == "tom":
        return
    driftsherre = _driftsherre(skema)
    eksempel = eksempel_for(skema, AAR, med_fund=tilstand == "kladde_med_fund")
    skema = skemaer.gem_skema(
        skema,
        adgang=driftsherre,
        version=skema.version,
        felter={**hentning.felter_af(skema), **eksempel.felter},
        linjer={**eksempel.linjer, **skema.beloeb()},
        niveauer=eksempel.niveauer,
    )
    if tilstand.startswith("kladde"):
        return
    omgivelser = hentning.hent_omgivelser(skema, timezone.localdate())
    if not hentning.beregn_gemt(skema, omgivelser).kan_indsendes:
        return
    skema = skemaer.indsend(skema, adgang=driftsherre)
    if tilstand == "retur":
        for felt, tekst in KOMMENTARER:
            kommentarer.noter(skema, adgang=sekretariat, felt=felt, tekst=tekst, vaerdi=feltvaerdi(skema, felt))
        skemaer.send_retur(skema, adgang=sekretariat, begrundelse=RETUR)
    elif tilstand == "godkendt":
        skemaer.godkend(skema, adgang=sekretariat, begrundelse="Eksempeltekst: Kontrolleret.")


def _driftsherre(skema: Takstskema) -> Adgang:
    """The demo's economist where the driftsherre has one."""
    for email, _, steder in demobrugere():
        if not any(Rolle.DRIFTSHERRE_INDBERETTER in roller for _, roller in steder):
            continue
        adgang = adgang_som(email, Hat.DRIFTSHERRE)
        if adgang.er_driftsherre_for(skema.indberetning.driftsherre_id):
            return adgang
    return Adgang.system()


def udsted_takstbilag() -> None:
    """Last year's takstbilag as stored files; nothing is done when they exist."""
    if not bilag.udgivne(SIDSTE_AAR) and Takst.objects.gaeldende().filter(aar=SIDSTE_AAR).exists():
        bilag.udsted(Adgang.system(), lambda procent, besked: None, aar=SIDSTE_AAR)
