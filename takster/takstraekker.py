"""Published tariffs as rows of the takstbilag: the levels of a differentiated one stand under it (T33, T37)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from socialaftale.kerne.datoformat import skriv_dato
from socialaftale.kerne.penge import afrund, afrund_kvotient
from socialaftale.kerne.perioder import foerste_dag, sidste_dag
from socialaftale.kerne.talformat import skriv_kr
from takster.models import Objektivfordeling, Takst, Takstniveaupris
from tilbud.enums import Taksttype

# T11, T12, T33: what stands where there is no price.
INDIVIDUEL = "Beregnes individuelt"
EFTER_NOEGLE = "Betales efter nøgle"
GENNEMSNIT = "I gennemsnit"
MAANEDER = 12


class Niveauraekke:
    """T37: a level of a differentiated tariff as a row of its own; what it does not say is the tariff's."""

    def __init__(self, takst: Takst, niveau: Takstniveaupris) -> None:
        self._takst = takst
        self.niveaunavn = f"Niveau {niveau.nr}: {niveau.navn}"
        self.kapacitet, self.stoettetimer = niveau.pladser, niveau.stoettetimer
        self.takst, self.borgerrettet_del = niveau.i_alt, niveau.pris
        self.pr_aar = afrund(niveau.i_alt * takst.dage) if takst.dage else None
        self.pr_maaned = afrund_kvotient(self.pr_aar, MAANEDER) if self.pr_aar is not None else None
        # A level has no history of its own.
        self.forrige_takst = self.aendring_pct = None

    def __getattr__(self, navn: str) -> Any:
        return getattr(self._takst, navn)


class Fordelingsraekke:
    """T11, T12: an objectively financed ydelse as a row: no price, but the key it is paid by."""

    # What a tariff has and this has not.
    takst = grundlag = kapacitet = belaegning_pct = dage = stoettetimer = fast_del = borgerrettet_del = None
    pr_aar = pr_maaned = forrige_takst = aendring_pct = afloeser = None
    bemaerkning = taksttype = ""
    oprindelse = "indberetning"

    def __init__(self, fordeling: Objektivfordeling) -> None:
        ydelse, tilbud = fordeling.ydelse, fordeling.ydelse.tilbud
        self.aar, self.er_eksempel = fordeling.aar, fordeling.er_eksempel
        self.driftsherre, self.kommune = tilbud.driftsherre, tilbud.beliggenhedskommune
        self.tilbud_navn, self.ydelse_navn = tilbud.navn, ydelse.navn
        self.maalgruppe, self.lovgrundlag = ydelse.maalgruppe or tilbud.maalgruppe, ydelse.lovgrundlag
        self.afdeling = ydelse.afdeling
        self.noeglenavn = fordeling.noeglenavn
        self.gyldig_fra, self.gyldig_til = foerste_dag(fordeling.aar), sidste_dag(fordeling.aar)
        self.offentliggjort_tidspunkt = fordeling.gemt_tidspunkt

    def get_enhed_display(self) -> str:
        return ""

    def get_taksttype_display(self) -> str:
        return ""


def prisord(raekke: Takst | Niveauraekke | Fordelingsraekke) -> str:
    """What stands where there is no price, "" when there is one."""
    if isinstance(raekke, Fordelingsraekke):
        return EFTER_NOEGLE
    return INDIVIDUEL if raekke.takst is None else ""


def med_niveauer(
    takster: Iterable[Takst | Fordelingsraekke],
) -> Iterator[Takst | Niveauraekke | Fordelingsraekke]:
    """Every row, and under a differentiated tariff its levels; uses prefetched levels."""
    for takst in takster:
        yield takst
        if takst.taksttype == Taksttype.DIFFERENTIERET:
            for niveau in takst.niveauer.all():
                yield Niveauraekke(takst, niveau)


def niveaunavn(raekke: Takst | Niveauraekke | Fordelingsraekke) -> str:
    """Which level a row is; a differentiated tariff itself is the mean of them."""
    if isinstance(raekke, Niveauraekke):
        return raekke.niveaunavn
    return GENNEMSNIT if raekke.taksttype == Taksttype.DIFFERENTIERET else ""


def note(takst: Takst | Niveauraekke | Fordelingsraekke) -> str:
    """What a reader must know: without a price, invented, computed from accounts, or changed during the year."""
    noter = [INDIVIDUEL] if takst.taksttype == Taksttype.INDIVIDUEL else []
    if isinstance(takst, Fordelingsraekke):
        noter = [f"{EFTER_NOEGLE}: {takst.noeglenavn}"]
    if takst.er_eksempel:
        noter.append("Eksempeltal")
    elif takst.oprindelse != "indberetning":
        noter.append(takst.get_oprindelse_display())
    if takst.afloeser:
        noter.append(f"Fra {skriv_dato(takst.gyldig_fra)}; før {skriv_kr(takst.afloeser.takst)}")
    return ". ".join(noter)
