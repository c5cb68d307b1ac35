"""Loads the real central reports from the folder of data; safe to run again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from socialaftale.kerne.dansk import soegetekst
from socialaftale.kerne.datamappe import Datafejl, findes, i_filen, laes_csv, laes_json
from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Organisation
from tilbud.models import Tilbud
from udmeldinger.enums import Aldersdel, Udmeldingstilstand
from udmeldinger.models import (
    Borgerflow,
    CentralUdmelding,
    Kommunespredning,
    Maalgruppe,
    Maalgruppetal,
    Udmeldingsperiode,
    Udmeldingstilbud,
)

MAPPE = "udmeldinger"
PLAN = "udmeldinger.json"
RAPPORTER = "centrale_udmeldinger.csv"
UDEN = ("har ikke set", "har ikke anvendt")
FLOWFELTER = {
    Aldersdel.ALLE: "borgerflow_{}",
    Aldersdel.UNDER_18: "under_18_{}",
    Aldersdel.FRA_18: "fra_18_{}",
}


def _csv(navn: str, *kolonner: str) -> list[dict[str, str]]:
    """The rows of one of the files; none when the region has no such file."""
    return laes_csv(MAPPE, navn, kolonner=kolonner) if findes(MAPPE, navn) else []


@transaction.atomic
def indlaes_udmeldinger() -> None:
    """The reports with groups, counts, spread and *tilbud*; one that exists is left as it is."""
    if not findes(MAPPE, PLAN):
        return
    opsaetning = laes_json(MAPPE, PLAN)
    styrelsen = Organisation.objects.filter(type=Organisationstype.STYRELSE).first()
    if styrelsen is None:
        raise Datafejl("omraade.json: de centrale udmeldinger kræver en organisation af typen styrelse")
    rapporter = laes_csv(MAPPE, RAPPORTER, kolonner=("titel", "aar", "udsendt_dato", "maalgruppe", "kilde"))
    with i_filen(MAPPE, RAPPORTER):
        poster = {(post["titel"], int(post["aar"])): post for post in rapporter}
    for valg in opsaetning["udmeldinger"]:
        with i_filen(MAPPE, PLAN, post=valg.get("slug")):
            _indlaes(valg, poster, opsaetning.get("summer", {}), styrelsen)


def _indlaes(
    valg: dict[str, Any],
    poster: dict[tuple[str, int], dict[str, str]],
    summer: dict[str, dict[str, list[str]]],
    styrelsen: Organisation,
) -> None:
    if CentralUdmelding.objects.filter(slug=valg["slug"]).exists():
        return
    udmelding = _lav(valg, poster[valg["titel"], valg["aar"]], styrelsen)
    if valg["rapport"]:
        _lav_grupper(udmelding, summer.get(valg["slug"], {}))
        _lav_spredning(udmelding)
        _lav_tilbud(udmelding)


def _lav(valg: dict[str, Any], post: dict[str, str], styrelsen: Organisation) -> CentralUdmelding:
    udmelding = CentralUdmelding(
        slug=valg["slug"],
        titel=post["titel"],
        titel_i_afrapportering=post["titel_i_afrapportering"],
        udsendt_dato=dt.date.fromisoformat(post["udsendt_dato"]) if post["udsendt_dato"] else None,
        aar=valg["aar"],
        maalgruppe=post["maalgruppe"],
        myndighed=styrelsen,
        tilstand=Udmeldingstilstand.AFSLUTTET,
        kilde=post["kilde"],
        har_rapport=valg["rapport"],
        offentliggjort=True,
    )
    udmelding.full_clean()
    udmelding.save()
    for periode in valg["perioder"]:
        Udmeldingsperiode.objects.create(udmelding=udmelding, periode=periode)
    return udmelding


def _lav_grupper(udmelding: CentralUdmelding, summer: dict[str, list[str]]) -> None:
    grupper: dict[str, Maalgruppe] = {}
    for raekke in _csv("centrale_udmeldinger_maalgruppe.csv", "udmelding", "gruppe", "aar", "antal", "enhed", "note"):
        if raekke["udmelding"] != udmelding.titel:
            continue
        if raekke["gruppe"] not in grupper:
            grupper[raekke["gruppe"]] = Maalgruppe.objects.create(
                udmelding=udmelding, navn=raekke["gruppe"], raekkefoelge=len(grupper) + 1
            )
        fra, _, til = raekke["aar"].partition("-")
        Maalgruppetal.objects.create(
            gruppe=grupper[raekke["gruppe"]],
            fra_aar=int(fra),
            til_aar=int(til or fra),
            antal=int(raekke["antal"]),
            enhed=raekke["enhed"],
            note_intern=raekke["note"],
        )
    for i_alt, dele in summer.items():
        for navn in dele:
            grupper[navn].indgaar_i = grupper[i_alt]
            grupper[navn].save(update_fields=["indgaar_i"])


def _lav_spredning(udmelding: CentralUdmelding) -> None:
    for raekke in _csv("centrale_udmeldinger_kommuner.csv", "udmelding", "gruppe", "antal_kommuner", "beskrivelse"):
        if raekke["udmelding"] == udmelding.titel:
            Kommunespredning.objects.create(
                udmelding=udmelding,
                gruppe=raekke["gruppe"],
                antal_kommuner=int(raekke["antal_kommuner"]),
                beskrivelse_intern=raekke["beskrivelse"],
                er_uden=any(led in raekke["beskrivelse"] for led in UDEN),
            )


def _lav_tilbud(udmelding: CentralUdmelding) -> None:
    register = {soegetekst(tilbud.navn): tilbud for tilbud in Tilbud.objects.all()}
    for raekke in _csv("centrale_udmeldinger_tilbud.csv", "udmelding", "tilbud", "driftsherre"):
        if raekke["udmelding"] != udmelding.titel:
            continue
        post = Udmeldingstilbud(
            udmelding=udmelding,
            tilbud=register.get(soegetekst(raekke["tilbud"])),
            navn=raekke["tilbud"],
            driftsherre=raekke["driftsherre"],
            driftsform=raekke["driftsform"],
            beliggenhed=raekke["beliggenhedskommune"],
            maalgruppe=raekke["maalgruppe"],
            alder=raekke["alder"],
            pladser=_heltal(raekke["pladser"]),
            pladser_note_intern=raekke["pladser_note"],
            borgerflow_note=raekke["borgerflow_note"],
            aarsvaerk=_decimal(raekke["aarsvaerk"]),
            erfarne_aarsvaerk=_decimal(raekke["erfarne_aarsvaerk"]),
            trykt_andel_pct=_heltal(raekke["andel_erfarne_pct"]),
            erfaring_note=raekke["erfaring_note"],
            indsatstype=raekke["indsatstype"],
        )
        post.full_clean()
        post.save()
        Borgerflow.objects.bulk_create(
            Borgerflow(tilbud=post, aar=aar, aldersdel=aldersdel, antal=int(raekke[felt.format(aar)]))
            for aldersdel, felt in FLOWFELTER.items()
            for aar in (2017, 2018, 2019)
            if raekke[felt.format(aar)]
        )


def _heltal(tekst: str) -> int | None:
    return int(tekst) if tekst else None


def _decimal(tekst: str) -> Decimal | None:
    return Decimal(tekst) if tekst else None
