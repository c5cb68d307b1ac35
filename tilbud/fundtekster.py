"""What the desk calls each kind of finding, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple

from tilbud.beregning.omfattet import Fundart


class Fundtekst(NamedTuple):
    """Short name for lists, and one sentence that says what is wrong or missing and what to do."""

    titel: str
    forklaring: str


FUNDTEKSTER: dict[Fundart, Fundtekst] = {
    Fundart.PRIVAT_I_AFTALEN: Fundtekst(
        "Privat tilbud i socialaftalen", "Private tilbud er aldrig omfattet. Ret driftsformen eller status."
    ),
    Fundart.LOVGRUNDLAG_IKKE_OMFATTET: Fundtekst(
        "Lovgrundlaget er ikke omfattet",
        "Ingen af tilbuddets paragraffer er på styringsaftalens liste. Ret lovgrundlaget eller status.",
    ),
    Fundart.REGIONALT_UDENFOR: Fundtekst(
        "Regionalt tilbud uden for socialaftalen",
        "Regionens tilbud er altid omfattet, medmindre de er lukket eller overtaget.",
    ),
    Fundart.KATEGORI_1_I_AFTALEN: Fundtekst(
        "Kategori 1 i socialaftalen", "Kategori 1 er ikke omfattet. Ret kategorien eller status."
    ),
    Fundart.KATEGORI_1_MED_KOEBERE: Fundtekst(
        "Kategori 1 med køberkommuner", "Andre kommuner i aftalen køber pladser, så tilbuddet er kategori 2 eller 3."
    ),
    Fundart.LOVGRUNDLAG_UKENDT: Fundtekst(
        "I socialaftalen uden kendt lovgrundlag", "Find paragraffen, så det kan ses, at tilbuddet er omfattet."
    ),
    Fundart.LOVGRUNDLAG_ADVARSEL: Fundtekst(
        "Lovgrundlaget accepteres med forbehold", "Se efter, om et mere præcist lovgrundlag kan skrives ind."
    ),
    Fundart.LOVGRUNDLAG_HISTORISK: Fundtekst(
        "Ældre paragraf", "Paragraffen er afløst af en anden. Skriv den nuværende ind, når den er bekræftet."
    ),
    Fundart.REGIONALT_UAFKLARET: Fundtekst(
        "Regionalt tilbud med uafklaret status", "Regionens tilbud er altid omfattet. Skriv status ind."
    ),
    Fundart.KATEGORI_3_UDEN_KOEBERE: Fundtekst(
        "Kategori 3 uden køberkommuner",
        "Ingen anden kommune i aftalen køber pladser. Se efter, om kategorien er rigtig.",
    ),
    Fundart.KUN_KOEBERE_UDEFRA: Fundtekst(
        "Kun købere uden for området", "Reglerne siger ikke, hvilken kategori det giver. Sekretariatet afgør det."
    ),
    Fundart.UDEN_DRIFTSHERRE: Fundtekst("Driftsherre mangler", "Ingen kilde siger, hvem der driver tilbuddet."),
    Fundart.UDEN_DRIFTSFORM: Fundtekst("Driftsform mangler", "Kommunal, regional, privat eller selvejende."),
    Fundart.UDEN_BELIGGENHED: Fundtekst("Beliggenhed mangler", "Kommunen, tilbuddet ligger i, er ikke oplyst."),
    Fundart.UDEN_MAALGRUPPE: Fundtekst("Målgruppe mangler", "Hvem tilbuddet er til, er ikke oplyst."),
    Fundart.UDEN_LOVGRUNDLAG: Fundtekst("Lovgrundlag mangler", "Ingen kilde nævner en paragraf."),
    Fundart.UDEN_AFTALESTATUS: Fundtekst(
        "Status i socialaftalen mangler", "Kilderne siger ikke, om tilbuddet er omfattet."
    ),
    Fundart.UDEN_KATEGORI: Fundtekst("Kategori mangler", "Tilbuddet er i socialaftalen, men uden kategori."),
    Fundart.UDEN_PLADSER: Fundtekst("Pladser mangler", "Ingen kilde har et antal pladser."),
    Fundart.UDEN_PLADSART: Fundtekst(
        "Pladsernes art mangler",
        "Kilden siger ikke, om pladserne er aftalte, budgetterede, godkendte eller normerede.",
    ),
    Fundart.UDEN_PLADSTYPE: Fundtekst("Pladsernes type mangler", "Dag, døgn, aflastning, akut, skærmet eller time."),
}
