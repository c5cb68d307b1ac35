"""The register's values in words, for pages, exports and comparisons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from socialaftale.kerne.talformat import UKENDT
from tilbud.enums import Pladsart, Pladstype
from tilbud.models import (
    Aftalestatus,
    Forstaerketmedlem,
    Plads,
    Tilbud,
    Tilbudslovgrundlag,
    Tilbudsnavn,
    Ydelse,
)
from tilbud.models.plads import seneste_pladser

IKKE_OPLYST = "Ikke oplyst"
_ART_SOM_TILLAEG = {
    Pladsart.AFTALT: "aftalte",
    Pladsart.BUDGETTERET: "budgetterede",
    Pladsart.GODKENDT: "godkendte",
    Pladsart.NORMERET: "normerede",
    Pladsart.FLEKSIBEL: "fleksible",
}
_FORAN_PLADS = {
    Pladstype.DAG: "dag",
    Pladstype.DOEGN: "døgn",
    Pladstype.AFLASTNING: "aflastning",
    Pladstype.AKUT: "akut",
    Pladstype.SKAERMET: "skærmet",
    Pladstype.TIME: "time",
}


def ja_nej(vaerdi: bool | None) -> str:
    """Ja, Nej, or the dash for not known."""
    return UKENDT if vaerdi is None else "Ja" if vaerdi else "Nej"


def aar_spand(fra: int | None, til: int | None) -> str:
    """2021–2022, 2023, "fra 2021", "til 2020", or the dash."""
    if fra is None and til is None:
        return UKENDT
    if til is None:
        return f"fra {fra}"
    if fra is None:
        return f"til {til}"
    return str(fra) if fra == til else f"{fra}–{til}"


def aldersgruppe(tilbud: Tilbud) -> str:
    """The source's words with the years it gives: "voksne (18+ år)"."""
    if tilbud.alder_fra is None and tilbud.alder_til is None:
        return tilbud.aldersgruppe or UKENDT
    if tilbud.alder_til is None:
        aar = f"fra {tilbud.alder_fra} år"
    elif tilbud.alder_fra is None:
        aar = f"til {tilbud.alder_til} år"
    else:
        aar = f"{tilbud.alder_fra}–{tilbud.alder_til} år"
    if not tilbud.aldersgruppe or aar in tilbud.aldersgruppe.replace("-", "–"):
        return tilbud.aldersgruppe or aar
    return f"{tilbud.aldersgruppe} ({aar})"


def plads_i_ord(plads: Plads) -> str:
    """One row: "22, døgn, budgetterede, 2019, dækker unge 18-23 år"."""
    dele = [
        plads.antal_tekst,
        _FORAN_PLADS.get(plads.type, ""),
        _ART_SOM_TILLAEG.get(plads.art, ""),
        str(plads.aar or ""),
        f"dækker kun {plads.daekker}" if plads.daekker else "",
        plads.note,
        plads.kilde,
        "eksempeltal" if plads.er_eksempel and "eksempeltal" not in plads.kilde.lower() else "",
    ]
    return ", ".join(filter(None, dele))


def pladser_kort(pladser: Iterable[Plads]) -> dict[str, Any]:
    """The newest places of one *tilbud* for a list: number in words, kind with year, and whether invented."""
    seneste = seneste_pladser(pladser)
    if not seneste:
        return {"tal": UKENDT, "note": "", "eksempel": False}
    tal = " + ".join(
        f"{plads.antal_tekst} {_FORAN_PLADS[plads.type]}" if plads.type and len(seneste) > 1 else plads.antal_tekst
        for plads in seneste
    )
    foerste = seneste[0]
    dele = [_ART_SOM_TILLAEG.get(foerste.art, ""), str(foerste.aar or ""), foerste.daekker and "kun en del"]
    return {"tal": tal, "note": ", ".join(filter(None, dele)), "eksempel": foerste.er_eksempel}


def raekke_i_ord(raekke: models.Model) -> str:
    """One row of a section in a line, for comparing two versions."""
    if isinstance(raekke, Plads):
        return plads_i_ord(raekke)
    if isinstance(raekke, Aftalestatus):
        dele = [str(raekke), raekke.note, raekke.kilde]
    elif isinstance(raekke, Forstaerketmedlem):
        dele = [
            aar_spand(raekke.fra_aar, raekke.til_aar),
            raekke.get_kriterie_display() or "",
            raekke.maalgruppe,
            raekke.note,
        ]
    elif isinstance(raekke, Tilbudslovgrundlag):
        dele = [str(raekke), "sekundært" if raekke.er_sekundaer else "", _spand(raekke.fra_aar, raekke.til_aar)]
    elif isinstance(raekke, Tilbudsnavn):
        dele = [raekke.navn, _spand(raekke.fra_aar, raekke.til_aar), raekke.kilde]
    elif isinstance(raekke, Ydelse):
        dele = [
            raekke.navn,
            raekke.get_enhed_display(),
            raekke.get_taksttype_display(),
            raekke.afdeling,
            _spand(raekke.aktiv_fra_aar, raekke.aktiv_til_aar),
        ]
    else:
        raise TypeError(f"{type(raekke).__name__} has no words.")
    return ", ".join(filter(None, dele))


def _spand(fra: int | None, til: int | None) -> str:
    tekst = aar_spand(fra, til)
    return "" if tekst == UKENDT else tekst


def vaerdi_i_ord(felt: str, vaerdi: Any) -> str:
    """A field's value as a reader knows it; takes instances and stored values of choices."""
    if isinstance(vaerdi, list):
        return ", ".join(map(str, vaerdi)) or "ingen"
    modelfelt = Tilbud._meta.get_field(felt)
    if vaerdi is None or vaerdi == "":
        return UKENDT
    if isinstance(vaerdi, bool):
        return ja_nej(vaerdi)
    if modelfelt.choices:
        return str(dict(modelfelt.flatchoices).get(vaerdi, vaerdi))
    return str(vaerdi)


def feltnavn(felt: str) -> str:
    """The field as the pages call it; "koebere:2026" is the buyers of that year in a proposal."""
    if ":" in felt:
        return f"Køberkommuner {felt.partition(':')[2]}"
    navn = str(Tilbud._meta.get_field(felt).verbose_name)
    return navn[:1].upper() + navn[1:]
