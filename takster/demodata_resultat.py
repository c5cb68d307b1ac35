"""Invented accounts for the demo, all marked "Eksempeltal": so that open forms carry a line of earlier years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.penge import afrund, fordel
from socialaftale.kerne.perioder import sidste_dag
from socialaftale.kerne.sager.demo import afgoer, lav_sag
from socialaftale.kerne.sager.enums import Udfald
from socialaftale.kerne.sager.register import find
from takster import notifikationer
from takster.enums import Hensaettelsesformaal, Regnskabspostart, Renteart
from takster.handlinger import hensaettelser, regnskaber
from takster.hentning_resultat import er_region
from takster.models import Regnskab, Rentesats, Takst
from takster.sager import underskud
from takster.sager.underskudsaftale import NOEGLE
from tilbud.models import Tilbud

KILDE = "Eksempeltal"
OVERDRAGELSESRENTE = Decimal("2.9")
AAR, GAMMELT_AAR, FREMTIDIGT_AAR = 2025, 2021, 2026
RENTER = {2022: "0.35", 2023: "2.90", 2024: "3.40", 2025: "2.10", 2026: "1.75"}
FORBRUG = Decimal("60000.00")
# Shares of the costs by post, in per cent.
FORDELING = {
    Regnskabspostart.PERSONALE: 74,
    Regnskabspostart.BORGERRELATEREDE: 7,
    Regnskabspostart.ADMINISTRATION: 8,
    Regnskabspostart.KOMPETENCE: 1,
    Regnskabspostart.EJENDOM: 7,
    Regnskabspostart.AFSKRIVNINGER: 3,
}
FORELOEBIG = (
    "Eksempeltekst: Året er ikke gået. Regnskabet er lavet, så demoen kan vise, at driftsherren vælger, hvor meget "
    "der skal med i taksten i det første år."
)
# Result in per cent of G, and how far the account is, for the first tilbud of each driftsherre.
REGNSKABER = {
    "aalborg": (("6.4", "godkendt"), ("-6.2", "godkendt"), ("3.1", "afgivet"), ("-2.4", "kladde")),
    "region-nordjylland": (("5.9", "godkendt"), ("-3.8", "godkendt")),
    "frederikshavn": (("2.2", "godkendt"), ("6.1", "afgivet")),
}


@transaction.atomic
def lav_regnskaber() -> None:
    """The rates, the accounts of 2025, an old layer that expires within a year, and one to choose on."""
    for aar, pct in RENTER.items():
        Rentesats.objects.get_or_create(
            aar=aar,
            art=Renteart.RESULTAT,
            defaults={"pct": Decimal(pct), "kilde": KILDE, "er_eksempel": True},
        )
        Rentesats.objects.get_or_create(
            aar=aar + 1,
            art=Renteart.OVERDRAGELSE,
            defaults={"pct": OVERDRAGELSESRENTE, "kilde": KILDE, "er_eksempel": True},
        )
    if Regnskab.objects.indberettede().exists():
        return
    with notifikationer.stille():
        for slug, resultater in REGNSKABER.items():
            driftsherre = Organisation.objects.filter(slug=slug).first()
            if driftsherre is not None:
                _lav_for(driftsherre, resultater)


def _lav_for(driftsherre: Organisation, resultater: tuple[tuple[str, str], ...]) -> None:
    alle = list(
        Tilbud.objects.filter(
            pk__in=Takst.objects.gaeldende()
            .filter(driftsherre=driftsherre, aar=AAR, skema__isnull=False)
            .values("tilbud")
        ).order_by("slug")[: len(resultater) + 3]
    )
    if not alle:
        return
    _lav_gammelt_lag(alle[0])
    for tilbud, (pct, tilstand) in zip(alle, resultater, strict=False):
        _lav(tilbud, AAR, Decimal(pct), tilstand)
    # The last one's form of the open round is a draft, so that there is something to choose.
    if driftsherre.slug == "aalborg" and alle[-1].takster.filter(aar=FREMTIDIGT_AAR).exists():
        _lav(alle[-1], FREMTIDIGT_AAR, Decimal("1.2"), "godkendt", hensat=Decimal(0), bemaerkninger=FORELOEBIG)


def _lav_gammelt_lag(tilbud: Tilbud) -> None:
    """A surplus that expires at the end of 2026, and a use of it."""
    _lav(tilbud, GAMMELT_AAR, Decimal("2.5"), "godkendt", budget=Decimal("7200000.00"), budget_kilde=KILDE)
    hensaettelser.brug(
        tilbud.driftsherre,
        adgang=Adgang.system(),
        dato=dt.date(AAR, 6, 30),
        beloeb=FORBRUG,
        formaal=Hensaettelsesformaal.KVALITETSUDVIKLING,
        tilbud=tilbud,
        tekst="Eksempeltekst: Fælles kursus for de fastansatte.",
        er_eksempel=True,
    )


def _lav(tilbud: Tilbud, aar: int, pct: Decimal, tilstand: str, **egne: Any) -> Regnskab:
    """One account through the same steps as a user's."""
    system = Adgang.system()
    regnskab = regnskaber.opret_regnskab(tilbud, aar, adgang=system, er_eksempel=True)
    grundlag = regnskab.budget or egne["budget"]
    resultat = afrund(grundlag * pct / 100, 0)
    felter = {navn: getattr(regnskab, navn) for navn in regnskaber.FELTER} | _valg(regnskab, grundlag, resultat)
    regnskab = regnskaber.gem_regnskab(
        regnskab,
        adgang=system,
        version=regnskab.version,
        felter=felter | egne,
        poster=_poster(grundlag, resultat),
    )
    if tilstand == "kladde":
        return regnskab
    if resultat < 0 and er_region(regnskab.driftsherre):
        _lav_sag(regnskab)
    regnskab = regnskaber.afgiv(regnskab, adgang=system)
    return regnskaber.godkend(regnskab, adgang=system) if tilstand == "godkendt" else regnskab


def _valg(regnskab: Regnskab, grundlag: Decimal, resultat: Decimal) -> dict[str, Any]:
    """All that may be set aside, and a deficit covered by efficiency; the region's is agreed in a case."""
    graense = afrund(grundlag * 5 / 100)
    if resultat >= 0:
        return {"hensat": min(resultat, graense)}
    return {} if er_region(regnskab.driftsherre) else {"daekning_effektivisering": min(-resultat, graense)}


def _lav_sag(regnskab: Regnskab) -> None:
    """T28: the region's deficit, agreed by DAS."""
    i_dag = timezone.localdate()
    sag = lav_sag(
        find(NOEGLE),
        underskud.find_regnskab(Adgang.system(), str(regnskab.pk)),
        begrundelse="Underskuddet dækkes af driften i de to kommende år, uden at taksten sættes op.",
        data=underskud.sagstal(regnskab),
        virkningsdato=sidste_dag(regnskab.aar),
        moededato=i_dag,
    )
    afgoer(sag, Udfald.GODKENDT, dato=i_dag, tekst="Godkendt som foreslået.")


def _poster(grundlag: Decimal, resultat: Decimal) -> Mapping[str, Decimal]:
    """Costs a little under the budget, and the income that gives the result."""
    omkostninger = afrund(grundlag * 98 / 100, 0)
    dele = fordel(omkostninger, list(FORDELING.values()), decimaler=0)
    return {
        Regnskabspostart.TAKSTINDTAEGTER.value: omkostninger + resultat,
        **{art.value: del_ for art, del_ in zip(FORDELING, dele, strict=True)},
    }
