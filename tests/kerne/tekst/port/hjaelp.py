"""A text and what is known of it, without a database: figures, names, dates and annexes like those of 2023-2024."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from socialaftale.kerne.tal.katalog import LevendeTal
from socialaftale.kerne.tekst.port import register
from socialaftale.kerne.tekst.port.fund import Fund
from socialaftale.kerne.tekst.port.kerneviden import kendt_tal
from socialaftale.kerne.tekst.port.laesning import Portkapitel, Porttekst
from socialaftale.kerne.tekst.port.viden import (
    Kendtbilag,
    Kendtdato,
    Kendtnavn,
    Kendttitel,
    Navneform,
    Term,
    Viden,
)
from socialaftale.kerne.tekst.rensning import rens

ANTAL, ANDEL = ("hele", "ca"), ("pct1", "pct", "ca_pct", "broek")
TAL = (
    ("pladser.socialaftale", "Pladser i socialaftalen", 2421, "pladser", ANTAL),
    ("pladser.kommunale", "Kommunale pladser", 4876, "pladser", ANTAL),
    ("pladser.private", "Private pladser", 3152, "pladser", ANTAL),
    ("pladser.i_alt", "Pladser i alt", 10449, "pladser", ANTAL),
    ("pladser.socialaftale.andel", "Socialaftalens andel af pladserne", Decimal(2421) / 10449, "", ANDEL),
    ("pladser.kommune.mariagerfjord.socialaftale", "Pladser i socialaftalen i Mariagerfjord", 460, "pladser", ANTAL),
    ("pladser.aar", "Pladsernes år", 2022, "", ("aar",)),
    ("parter.antal", "Antal parter", 12, "parter", ("hele", "ord")),
    ("parter.kommuner.antal", "Antal kommuner", 11, "kommuner", ("hele", "ord")),
    ("fokusomraader.antal", "Antal fokusområder", 3, "fokusområder", ("hele", "ord")),
    ("styringsaftale.dage", "Dage i et takstår", 365, "dage", ("hele",)),
    ("styringsaftale.belaegning_interval", "Anbefalet belægning", "95–98 %", "", ("hele",)),
    ("ekstern.samlet_budget", "Samlet budget for pladserne i socialaftalen", "1,81 mia. kr.", "", ("tekst",)),
    (
        "ekstern.psykisk_lidelse_nu",
        "Personer i Danmark, der har en psykisk lidelse",
        "omkring 600.000",
        "",
        ("tekst",),
    ),
    (
        "ekstern.landsdaekkende_tilbud",
        "Lands- og landsdelsdækkende undervisningstilbud og tilbud med sikrede afdelinger i Danmark",
        "10 undervisningstilbud og 8 tilbud med sikrede afdelinger",
        "",
        ("tekst",),
    ),
)
BILAG = (
    "Afrapportering på central udmelding: Borgere med udviklingshæmning og dom",
    "Afrapportering på central udmelding: Gravide med rusmiddelmisbrug",
    "Afrapportering på central udmelding: Børn, unge og voksne med svære spiseforstyrrelser",
    "Rapport om lands- og landsdelsdækkende tilbud fra KL's koordinationsforum",
    "Styringsaftale 2023",
    "Specifikke aftalevilkår for specialundervisningstilbud",
    "Tilbudsvifte – takstfil 2022",
)
NAVNE = (
    Kendtnavn("Vesthimmerlands Kommune", "kommunen", ("Vesthimmerland",)),
    Kendtnavn("Aalborg Kommune", "kommunen", ("Aalborg",)),
    Kendtnavn("Mariagerfjord Kommune", "kommunen", ("Mariagerfjord",)),
    Kendtnavn("Region Nordjylland", "organisationen"),
    Kendtnavn("Socialtilsyn Nord", "organisationen"),
    Kendtnavn(
        "Social- og Boligstyrelsen",
        "organisationen",
        tidligere=(Navneform("Servicestyrelsen", None, 2012), Navneform("Socialstyrelsen", 2013, 2022)),
    ),
    Kendtnavn(
        "Center for Døvblindhed og Høretab",
        "tilbuddet",
        ("CDH",),
        forkerte=("Center på Døvblindhed og Høretab", "Center for Døvblinde og Høretab"),
    ),
    Kendtnavn(
        "Institut for Syn, Hørelse og Døvblindhed",
        "tilbuddet",
        ("ISHD",),
        forkerte=("ISH", "Institut for Syn og Hørelse"),
    ),
    Kendtnavn("Hjerneskadecenter Nordjylland", "tilbuddet", forkerte=("Hjerneskadecenter Nord", "HCN")),
    Kendtnavn("Den Sikrede Institution Kompasset", "tilbuddet", ("Kompasset",)),
    Kendtnavn("Vingen (Studievej)", "tilbuddet", ("Vingen",)),
    Kendtnavn("Vingen (Bodil Hjorts Vej 16)", "tilbuddet", ("Vingen",)),
    Kendtnavn("Botilbud På Tværs", "tilbuddet", ("På Tværs",)),
    Kendtnavn("Behandlingstilbud til udviklingshæmmede misbrugere", "tilbuddet"),
)
TERMER = (
    Term(r"udviklingshæmmede(?:s)?\b", "borgere med udviklingshæmning", "Ordlisten."),
    Term(r"prader[ -]wil+i(?:'s|s)\b", "Prader-Willi", "Syndromets navn."),
    Term(
        r"samarbejdsaftale(?:n)? med region midtjylland\b",
        "samarbejdsaftalen med de midtjyske kommuners styregruppe, DASSOS",
        "Aktøren.",
    ),
)
DATOER = (
    Kendtdato(
        "Borgere med udviklingshæmning og dom",
        ("udmelding", "udsend"),
        ("udviklingshæmning",),
        2019,
        (2019, 11, 26),
    ),
    Kendtdato(
        "Børn, unge og voksne med svære spiseforstyrrelser",
        ("udmelding", "udsend"),
        ("spiseforstyrrelser",),
        2020,
        (2020, 1, 31),
    ),
)


def viden(periode: str = "2023-2024", **felter: object) -> Viden:
    fra, til = (int(aar) for aar in periode.split("-"))
    kendt = Viden(periode, fra, til)
    for noegle, navn, vaerdi, enhed, formater in TAL:
        kendt_tal(kendt, LevendeTal(noegle, navn, navn, lambda kontekst: None, enhed, formater), vaerdi)
    kendt.trykt |= {"periode": periode, "liste:bilag": "[Liste over bilagene]", "tabel:pladser": "[Tabel]"}
    kendt.navne = list(NAVNE)
    kendt.termer, kendt.datoer = list(TERMER), list(DATOER)
    kendt.bilag = [Kendtbilag(nr, titel) for nr, titel in enumerate(BILAG, start=1)]
    kendt.titler = [
        Kendttitel("Effektive og vidensbaserede løsninger", "fokusområde", "Fokusområde 3: ", "fokusomraade_3")
    ]
    kendt.aftalenavn = "Nordjysk Socialaftale"
    kendt.adresser = {"mail": "nordjysksocialaftale@aalborg.dk", "web": "nordjysksocialaftale.dk"}
    kendt.gamle_adresser = {"rammeaftalernord.dk": "web", "nordjysksocialaftale2018-2019.dk": "web"}
    kendt.smaatalsgraense = 2
    for navn, felt in felter.items():
        setattr(kendt, navn, felt)
    return kendt


def kapitel(indhold: str, titel: str = "Formål", noegle: str = "formaal", **felter: object) -> Portkapitel:
    """A chapter as it is stored: cleaned. Without markup it is one paragraph."""
    if "<" not in indhold:
        indhold = f"<p>{indhold}</p>"
    return Portkapitel(noegle, titel, indhold if felter.pop("raa", False) else rens(indhold), **{"nummer": 1} | felter)


def fund(*kapitler: Portkapitel | str, **felter: object) -> list[Fund]:
    """All the gate finds."""
    tekst = tuple(k if isinstance(k, Portkapitel) else kapitel(k) for k in kapitler)
    return register.koer(Porttekst(tekst), viden(**felter))


def koder(*kapitler: Portkapitel | str, **felter: object) -> list[tuple[str, str]]:
    """Code and words of what the gate finds."""
    return [(f.kode, f.sted.citat) for f in fund(*kapitler, **felter)]


def rettet(post: Portkapitel | str, **felter: object) -> Portkapitel:
    """The chapter with the first mend applied, as `gem_kapitel` would store it."""
    post = post if isinstance(post, Portkapitel) else kapitel(post)
    return ret(post, next(f for f in fund(post, **felter) if f.rettelse))


def ret(post: Portkapitel, et: Fund) -> Portkapitel:
    nyt = {"titel": post.titel, "indhold": post.indhold}
    nyt[et.rettelse.felt] = et.rettelse.anvendt_paa(nyt[et.rettelse.felt])
    lav = partial(Portkapitel, post.noegle, type=post.type, nummer=post.nummer, niveau=post.niveau)
    return lav(nyt["titel"], rens(nyt["indhold"]))
