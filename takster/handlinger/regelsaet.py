"""Rule sets: copied to a new year and changed with a reason; what published tariffs stand on never changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models import Beslutningskompetence
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.sager import kompetence
from socialaftale.kerne.talformat import skriv_tal
from takster import adgang as regler
from takster.beregning.regelsaet import graensebeskrivelser
from takster.enums import Rundetilstand
from takster.handlinger.faelles import kraev_begrundelse
from takster.models import Indberetningsrunde, Regelsaet


def _laas(regelsaet: Regelsaet) -> Regelsaet:
    return Regelsaet.objects.select_for_update(of=("self",)).get(pk=regelsaet.pk)


@transaction.atomic
def kopier_regelsaet(regelsaet: Regelsaet, *, adgang: Adgang, navn: str, fra_aar: int, begrundelse: str) -> Regelsaet:
    """The same limits and the same who decides what (T69) from a tariff year on; the set before ends the year before.

    Rounds of those years that are not published yet go over to the new set. Raises ValidationError when a set
    begins in that year already or a round from then on is published.
    """
    regelsaet = _laas(regelsaet)
    kraev_tilladelse(regler.maa_rette_regelsaet(adgang))
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor der skal være et nyt regelsæt")
    _kraev_frit_aar(fra_aar)
    forrige = Regelsaet.objects.for_aar(fra_aar)
    naeste = Regelsaet.objects.filter(fra_aar__gt=fra_aar).order_by("fra_aar").first()
    if forrige is not None:
        forrige.til_aar = fra_aar - 1
        forrige.full_clean()
        forrige.save(update_fields=["til_aar"])
    nyt = Regelsaet(
        navn=navn,
        fra_aar=fra_aar,
        til_aar=naeste.fra_aar - 1 if naeste else None,
        graenser=regelsaet.graenser,
        varsel=regelsaet.varsel,
        note=begrundelse,
    )
    nyt.full_clean()
    nyt.save()
    kompetence.kopier_linjer(regelsaet.fra_aar, fra_aar)
    runder = Indberetningsrunde.objects.rigtige().filter(aar__gte=fra_aar, aar__lte=nyt.til_aar or 9999)
    for runde in runder.select_for_update(of=("self",)):
        runde.regelsaet = nyt
        runde.save(update_fields=["regelsaet"])
        log(adgang, "runde_regelsaet", runde, tekst=f"Runden følger nu {nyt}", begrundelse=begrundelse)
    log(adgang, "regelsaet_kopieret", nyt, tekst=f"Kopieret fra {regelsaet}", begrundelse=begrundelse)
    return nyt


def _kraev_frit_aar(fra_aar: int) -> None:
    if findes := Regelsaet.objects.filter(fra_aar=fra_aar).first():
        raise ValidationError({"fra_aar": f"{findes} gælder allerede fra {fra_aar}. Ret det i stedet"})
    udgivet = Indberetningsrunde.objects.filter(aar__gte=fra_aar, tilstand=Rundetilstand.OFFENTLIGGJORT)
    if seneste := udgivet.order_by("-aar").values_list("aar", flat=True).first():
        raise ValidationError(
            {"fra_aar": f"Taksterne for {seneste} er offentliggjort. Vælg {seneste + 1} eller senere"}
        )


def _kraev_aabent(regelsaet: Regelsaet, adgang: Adgang, version: int) -> Regelsaet:
    """The set locked, to be changed: not while published tariffs stand on it, and only as the user saw it."""
    regelsaet = _laas(regelsaet)
    kraev_tilladelse(regler.maa_rette_regelsaet(adgang))
    if regelsaet.er_laast():
        raise ValidationError("Offentliggjorte takster er beregnet med regelsættet. Kopiér det til et nyt år.")
    kraev_version(regelsaet, version)
    return regelsaet


@transaction.atomic
def ret_regelsaet(
    regelsaet: Regelsaet,
    *,
    adgang: Adgang,
    version: int,
    graenser: Mapping[str, Any],
    kilder: Mapping[str, str],
    varsel: str,
    begrundelse: str,
) -> Regelsaet:
    """Change limits and their sources; refused when a published tariff was calculated with the set.

    Raises Versionskonflikt when somebody saved since `version`, ValidationError for a set in use or no change.
    """
    regelsaet = _kraev_aabent(regelsaet, adgang, version)
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor grænserne ændres")
    gamle, aendringer = regelsaet.regler(), {}
    for graense in graensebeskrivelser():
        foer, efter = getattr(gamle, graense.felt), graenser[graense.felt]
        kilde = kilder.get(graense.felt, "").strip()
        if foer != efter or kilde != regelsaet.kilde(graense.felt):
            aendringer[graense.felt] = [skriv_tal(foer), skriv_tal(efter)]
            regelsaet.saet_graense(graense.felt, efter, regel=graense.regel, kilde=kilde)
    if not aendringer and varsel == regelsaet.varsel:
        raise ValidationError("Du har ikke ændret noget.")
    regelsaet.varsel = varsel
    regelsaet.version += 1
    regelsaet.full_clean()
    regelsaet.save(update_fields=["graenser", "varsel", "version"])
    log(
        adgang,
        "regelsaet_rettet",
        regelsaet,
        tekst="Grænser rettet",
        begrundelse=begrundelse,
        data={"graenser": aendringer, "version": regelsaet.version},
    )
    return regelsaet


@transaction.atomic
def ret_kompetence(
    regelsaet: Regelsaet, noegle: str, *, adgang: Adgang, version: int, felter: Mapping[str, str], begrundelse: str
) -> Regelsaet:
    """T69: change who decides an event under a set; refused like a limit when published tariffs stand on it.

    Raises Versionskonflikt when somebody saved the set since `version`, ValidationError for a set in use or no change.
    """
    regelsaet = _kraev_aabent(regelsaet, adgang, version)
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor det ændres")
    kompetence.kopier_linjer(regelsaet.fra_aar, regelsaet.fra_aar)
    linje = Beslutningskompetence.objects.get(fra_aar=regelsaet.fra_aar, noegle=noegle)
    aendret = kompetence.ret(linje, adgang=adgang, felter=felter, begrundelse=begrundelse)
    regelsaet.version += 1
    regelsaet.save(update_fields=["version"])
    log(
        adgang,
        "regelsaet_rettet",
        regelsaet,
        tekst=f"Hvem der beslutter, er rettet: {linje.begivenhed}"[:200],
        begrundelse=begrundelse,
        data={"kompetence": {noegle: aendret}, "version": regelsaet.version},
    )
    return regelsaet
