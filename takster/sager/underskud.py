"""T28: a region cannot finally finance a deficit, so what is not covered is agreed in a case about the account."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.formularer import TekstomraadeField
from socialaftale.kerne.models import Sag
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.perioder import sidste_dag
from socialaftale.kerne.sager.enums import Sagstilstand
from socialaftale.kerne.sager.forms import Sagsformular
from socialaftale.kerne.sager.fund import Sagsfund, advarsel, fejl
from socialaftale.kerne.sager.register import Ansoegningsobjekt, Sagsindhold
from socialaftale.kerne.talformat import skriv_kr
from takster import hentning_resultat
from takster.beregning.resultatdeling import Resultatdeling
from takster.models import Regnskab

REGEL = "T28"


def _regnskab(sag: Sag) -> Regnskab | None:
    """The account as it is now; read once per case."""
    if "objekt" not in sag.__dict__:
        sag.objekt = Regnskab.objects.indberettede().til_beregning().filter(pk=sag.objekt_id).first()
    return sag.objekt


def _navn(regnskab: Regnskab) -> str:
    """The tilbud, and the part of it where the account covers no more."""
    return ", ".join(dict.fromkeys([regnskab.tilbud.navn, regnskab.omfatter]))


def _deling(regnskab: Regnskab) -> Resultatdeling | None:
    return hentning_resultat.beregn_regnskab(
        regnskab, hentning_resultat.regler_for(regnskab.aar), timezone.localdate()
    ).deling


def find_regnskab(adgang: Adgang, noegle: str) -> Ansoegningsobjekt | None:
    """A region's account that the reader may see."""
    if not noegle.isdigit():
        return None
    regnskab = Regnskab.objects.indberettede().synlige_for(adgang).til_beregning().filter(pk=noegle).first()
    if regnskab is None or not hentning_resultat.er_region(regnskab.driftsherre):
        return None
    return Ansoegningsobjekt(
        regnskab, regnskab.driftsherre, f"Underskud {regnskab.aar}: {_navn(regnskab)}"[:250], regnskab.er_eksempel
    )


def ser_regnskab(adgang: Adgang, regnskab: Regnskab) -> bool:
    """A case is read by the bodies before the account behind it is handed in."""
    return Regnskab.objects.synlige_for(adgang).filter(pk=regnskab.pk).exists()


def sagstal(regnskab: Regnskab) -> dict[str, str]:
    """The figures the body decides on, whatever becomes of the account; none when its result cannot be divided."""
    deling = _deling(regnskab)
    if deling is None:
        return {}
    tal = {
        "grundlag": regnskab.budget,
        "resultat": deling.resultat,
        "graense": deling.graense,
        "daekkes_selv": deling.daekkes_selv,
        "udaekket": deling.udaekket,
    }
    return {navn: str(beloeb) for navn, beloeb in tal.items()}


class Underskudsformular(Sagsformular):
    """What the region proposes; the figures are those of the account as it is saved."""

    begrundelse = TekstomraadeField(
        label="Forslag",
        required=False,
        max_length=4000,
        help_text="Skriv, hvordan underskuddet skal håndteres, og hvorfor regionen ikke selv kan dække det.",
    )

    def til_data(self) -> dict[str, Any]:
        return sagstal(self.om.objekt)

    def virkningsdato(self) -> dt.date:
        """The agreement is about a year that has gone."""
        return sidste_dag(self.om.objekt.aar)


def kontroller(sag: Sag, dato: dt.date) -> list[Sagsfund]:
    """The account has an uncovered deficit, the proposal says something, and the figures are still the account's."""
    regnskab = _regnskab(sag)
    if regnskab is None:
        return [fejl("regnskab_mangler", REGEL, "Regnskabet findes ikke længere")]
    min_tegn = hentning_resultat.regler_for(regnskab.aar).bemaerkning_min_tegn
    fund = []
    if len(sag.begrundelse.strip()) < min_tegn:
        tekst = f"Skriv, hvordan underskuddet skal håndteres (mindst {min_tegn} tegn)"
        fund.append(fejl("forslag_mangler", REGEL, tekst))
    deling = _deling(regnskab)
    if deling is None or not sag.data:
        return [*fund, fejl("regnskab_ikke_udfyldt", REGEL, "Udfyld regnskabet, og gem sagen igen")]
    if sag.tilstand == Sagstilstand.KLADDE and not deling.sag_kraeves:
        return [
            *fund,
            fejl("intet_udaekket", REGEL, "Regnskabet har ikke noget underskud, der mangler at blive dækket"),
        ]
    if Decimal(sag.data["udaekket"]) != deling.udaekket:
        # What is before a body is decided as it was written; the account then says whether the agreement is enough.
        art = fejl if sag.tilstand == Sagstilstand.KLADDE else advarsel
        fund.append(art("regnskab_aendret", REGEL, "Regnskabet er ændret, siden sagen blev skrevet. Gem sagen igen"))
    return fund


def vis(sag: Sag, adgang: Adgang) -> Sagsindhold:
    """The figures as the case holds them."""
    regnskab = _regnskab(sag)
    fakta = [("Regnskab", f"{_navn(regnskab)}, {regnskab.aar}")] if regnskab else []
    if not sag.data:
        return Sagsindhold(fakta=[*fakta, ("Udækket underskud", "")])
    tal = {navn: skriv_kr(Decimal(beloeb)) for navn, beloeb in sag.data.items()}
    return Sagsindhold(
        fakta=[*fakta, ("Årets resultat", tal["resultat"]), ("Udækket underskud", tal["udaekket"])],
        formel="Underskuddet op til grænsen skal driftsherren selv dække. En region kan ikke endeligt finansiere det:",
        trin=[
            ("Årets resultat", tal["resultat"], "Indtægter − omkostninger"),
            ("Takstberegningsgrundlag", tal["grundlag"], ""),
            ("Grænse", tal["graense"], "Andel af takstberegningsgrundlaget"),
            ("Dækkes ikke af taksten", tal["daekkes_selv"], "Det mindste af underskud og grænse"),
            ("Udækket", tal["udaekket"], "Når effektivisering og hensatte overskud er trukket fra"),
        ],
        regel="T26, T28",
        kilde="Regnskabet, som det var, da sagen blev skrevet",
    )


def udfoer(sag: Sag, adgang: Adgang) -> None:
    """The account stands on the agreement from now on; its page and its history say so."""
    regnskab = _regnskab(sag)
    if regnskab is not None:
        log(
            adgang,
            "regnskab_aftale",
            regnskab,
            tekst=f"Aftale om underskuddet: sag {sag.nummer}",
            vedroerer=regnskab.driftsherre,
            data={"sag": sag.nummer, "udaekket": sag.data["udaekket"]},
        )
