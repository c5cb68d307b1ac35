"""The demo's questionnaires: one that is sent with some answers, an earlier round of it, and a draft; all invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.demobrugere import ENDELSE, adgang_som
from socialaftale.kerne.enums import Hat
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.notifikationer import stille
from udmeldinger.enums import Besvarelsestilstand, Skemaart, Svarrolle
from udmeldinger.models import Besvarelse, Spoergeskema, Svar
from udmeldinger.spoergeskemaer import byggehandlinger, udsendelse
from udmeldinger.spoergeskemaer.hentning import hent_besvaret
from udmeldinger.spoergeskemaer.skabeloner import opret_af_skabelon, skabeloner
from udmeldinger.spoergeskemaer.udsendelse import Modtager

SKABELON = "udmelding-kommuner"
TITEL = "Afdækning: unge med selvskade (eksempel)"
TILBUDSTITEL = "Tilbud til unge med selvskade (eksempel)"
FRISTDAGE = 21
FORDELING = ("fuld", "fuld", "kvalitativ", "fuld", "indsendt", "fritaget", "kladde")
FRITAGELSE = "Eksempel: Kommunen er i gang med at genoprette sine sager og svarer næste år."
SVAR: dict[str, Any] = {
    "k0_kontakt": "Eksempel: faglig koordinator, telefon 12 34 56 78",
    "k0": ["boern-og-familie", "psykiatri"],
    "k1": {"svar": "ja"},
    "k3": "gennemgang-af-sager",
    "k4": {"1": {"navn": "Eksempeltilbuddet", "driftsherre": "Region Nordjylland", "doegn": "doegn"}},
    "k7": "Eksempel: Psykiatrien og PPR. Der er ingen formel aftale.",
    "k10": "delvist",
    "k10_hvorfor": "Eksempel: Der er ventetid til døgnpladser.",
}


def lav_skemaer() -> None:
    """Once; nothing where the region has no templates, or a questionnaire exists."""
    if Spoergeskema.objects.exists() or SKABELON not in skabeloner():
        return
    with stille():
        _lav()


def _lav() -> None:
    som = adgang_som(f"sekretariat{ENDELSE}", Hat.SEKRETARIAT)
    aar = timezone.localdate().year
    sidste = opret_af_skabelon(SKABELON, adgang=som, titel=TITEL, aar=aar - 1, er_eksempel=True)
    Spoergeskema.objects.filter(pk=sidste.pk).update(art=Skemaart.AFDAEKNING)
    sidste.refresh_from_db()
    # The template's groups are those of other reports.
    byggehandlinger.slet_afsnit(sidste.afsnit.get(spoergsmaal__noegle="k2b"), adgang=som)
    for regel in sidste.regler.all():
        byggehandlinger.slet_regel(regel, adgang=som)
    kommuner = [Modtager(et, Svarrolle.MYNDIGHED) for et in Organisation.objects.kommuner()]
    _send(sidste, som, kommuner)
    for nr, besvarelse in enumerate(_kommunernes(sidste)):
        _svar(besvarelse, 1 + nr % 3, "fuld")
    udsendelse.luk(sidste, adgang=som)
    skema = byggehandlinger.kopier(sidste, adgang=som, titel=TITEL, aar=aar)
    Spoergeskema.objects.filter(pk=skema.pk).update(er_eksempel=True)
    _send(skema, som, kommuner)
    for nr, besvarelse in enumerate(_kommunernes(skema)):
        _svar(besvarelse, 4 + nr, FORDELING[nr] if nr < len(FORDELING) else "")
    tilbud = opret_af_skabelon("udmelding-driftsherrer", adgang=som, titel=TILBUDSTITEL, aar=aar, er_eksempel=True)
    _send(tilbud, som, [Modtager(et, Svarrolle.DRIFTSHERRE) for et in _driftsherrer()])
    udsendelse.spoerg_privat(
        tilbud, adgang=som, organisation="Eksempelfonden", navn="Esther Eksempel", email=f"esther{ENDELSE}"
    )
    opret_af_skabelon(
        "indmelding", adgang=som, titel=f"Indmelding {aar + 1} (eksempel)", aar=aar + 1, er_eksempel=True
    )


def _driftsherrer() -> list[Organisation]:
    """A few, and first those somebody logs in for in the demo."""
    return sorted(Organisation.objects.driftsherrer(), key=lambda et: not et.medlemskaber.exists())[:3]


def _send(skema: Spoergeskema, som: Adgang, modtagere: Sequence[Modtager]) -> None:
    frist = timezone.localdate() + dt.timedelta(days=FRISTDAGE)
    besked = "Eksempel: Spørgeskemaet er opdigtet og kun til demonstration."
    udsendelse.send(skema, adgang=som, frist=frist, modtagere=modtagere, besked=besked)


def _kommunernes(skema: Spoergeskema) -> list[Besvarelse]:
    """Those nobody logs in for in the demo first, so that the one with a user is still to be answered."""
    alle = skema.besvarelser.filter(rolle=Svarrolle.MYNDIGHED).select_related("organisation", "skema")
    return sorted(alle, key=lambda et: et.organisation.medlemskaber.exists())


def _svar(besvarelse: Besvarelse, antal: int, hvad: str) -> None:
    """Put an invented answer straight in: no user of the demo answers for these municipalities."""
    if hvad == "fritaget":
        udsendelse.fritag(besvarelse, adgang=Adgang.system(), begrundelse=FRITAGELSE)
        return
    if not hvad:
        return
    nu = timezone.now()
    if hvad == "kvalitativ":
        besvarelse.ingen_borgere = True
        besvarelse.bemaerkning = "Eksempel: Vi følger udviklingen i skoletilbuddene."
    else:
        aarene = besvarelse.skema.spoergsmaal.get(noegle="k2").aarene
        tal = {str(aar): str(antal + nr) for nr, aar in enumerate(aarene)}
        Svar.objects.bulk_create(
            Svar(besvarelse=besvarelse, noegle=noegle, vaerdi=vaerdi) for noegle, vaerdi in {**SVAR, "k2": tal}.items()
        )
    besvarelse.gemt_tidspunkt = nu
    besvarelse.tilstand = Besvarelsestilstand.KLADDE
    if hvad != "kladde" and not hent_besvaret(besvarelse).mangler():
        besvarelse.tilstand, besvarelse.indsendt_tidspunkt = Besvarelsestilstand.INDSENDT, nu
        if hvad != "indsendt":
            besvarelse.tilstand, besvarelse.godkendt_tidspunkt = Besvarelsestilstand.GODKENDT, nu
    besvarelse.full_clean()
    besvarelse.save()
