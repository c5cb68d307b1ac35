"""Loading the register from the region's folder of data: adds what is new and never touches what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.datamappe import Datafejl
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log
from tilbud import adgang as regler
from tilbud.enums import Omfattelse
from tilbud.handlinger.kontrol import opdater_fund
from tilbud.models import (
    Aftalestatus,
    Forstaerketmedlem,
    Lovgrundlag,
    Plads,
    Tilbud,
    Tilbudslovgrundlag,
    Tilbudsnavn,
    Ydelse,
)


@dataclass(frozen=True, slots=True)
class Indlaesning:
    """What an import did."""

    oprettede: int
    kendte: int
    fund: int


class Ukendtnavn(Datafejl):
    """The file names an organisation or a paragraph that is not in the folder of data."""

    har_sted = False


@transaction.atomic
def indlaes_lovgrundlag(poster: list[Mapping[str, Any]], *, adgang: Adgang) -> int:
    """Enter the paragraphs that are not there yet, in the order of the file; returns how many."""
    kraev_tilladelse(regler.maa_rette(adgang))
    kendte = {lovgrundlag.slug: lovgrundlag for lovgrundlag in Lovgrundlag.objects.all()}
    nye = 0
    for nummer, post in enumerate(poster, start=1):
        if post["slug"] in kendte:
            continue
        felter = dict(post)
        afloest_af = felter.pop("afloest_af", None)
        lovgrundlag = Lovgrundlag(**felter, raekkefoelge=nummer, afloest_af=kendte[afloest_af] if afloest_af else None)
        _kontroller(lovgrundlag)
        lovgrundlag.save()
        kendte[lovgrundlag.slug] = lovgrundlag
        nye += 1
    return nye


@transaction.atomic
def indlaes_register(data: Mapping[str, Any], *, adgang: Adgang) -> Indlaesning:
    """Enter the *tilbud* of the file that are not there yet, with all their rows.

    Exempt from the checks T1-T3, which only leave findings. What the file does not know stays unknown; a *tilbud*
    that is there already is left as users have made it. Running it again changes nothing.
    """
    kraev_tilladelse(regler.maa_rette(adgang))
    organisationer = _Navneopslag(_indlaes_organisationer(data.get("organisationer", [])))
    paragraffer = {lovgrundlag.paragraf: lovgrundlag for lovgrundlag in Lovgrundlag.objects.all()}
    kendte = {tilbud.slug: tilbud for tilbud in Tilbud.objects.all()}
    nye = [post for post in data["tilbud"] if post["slug"] not in kendte]
    oprettede = Tilbud.objects.bulk_create(_tilbud(post, organisationer) for post in nye)
    kendte |= {tilbud.slug: tilbud for tilbud in oprettede}
    under = [tilbud for tilbud, post in zip(oprettede, nye, strict=True) if post.get("overordnet")]
    for tilbud, post in zip(oprettede, nye, strict=True):
        tilbud.overordnet = kendte[post["overordnet"]] if post.get("overordnet") else None
        log(adgang, "tilbud_indlaest", tilbud, tekst="Tilbuddet er indlæst", vedroerer=tilbud.driftsherre)
    Tilbud.objects.bulk_update(under, ["overordnet"])
    _opret_raekker(
        raekke for tilbud, post in zip(oprettede, nye, strict=True) for raekke in _raekker(tilbud, post, paragraffer)
    )
    fund = opdater_fund([tilbud.pk for tilbud in oprettede])
    return Indlaesning(len(nye), len(data["tilbud"]) - len(nye), fund)


def _indlaes_organisationer(poster: list[Mapping[str, Any]]) -> list[Organisation]:
    """Operators and places outside the agreement; they are no parties to it."""
    kendte = set(Organisation.objects.values_list("slug", flat=True))
    for post in poster:
        if post["slug"] not in kendte:
            organisation = Organisation(**post)
            organisation.full_clean()
            organisation.save()
    return list(Organisation.objects.all())


class _Navneopslag:
    """Organisations by full or short name; an unknown name is an error in the file, not a new organisation."""

    def __init__(self, organisationer: list[Organisation]) -> None:
        self.navne = {organisation.kortnavn: organisation for organisation in organisationer}
        self.navne |= {organisation.navn: organisation for organisation in organisationer}

    def __call__(self, navn: str | None) -> Organisation | None:
        if navn is None:
            return None
        if navn not in self.navne:
            raise Ukendtnavn(f"organisationen {navn} er ukendt. Skriv den i omraade.json eller under organisationer")
        return self.navne[navn]


def _tilbud(post: Mapping[str, Any], organisationer: _Navneopslag) -> Tilbud:
    tilbud = Tilbud(
        slug=post["slug"],
        navn=post["navn"],
        driftsherre=organisationer(post.get("driftsherre")),
        driftsform=post.get("driftsform"),
        beliggenhedskommune=organisationer(post.get("beliggenhedskommune")),
        adresse=post.get("adresse") or "",
        tilbudstype=post.get("tilbudstype") or "",
        maalgruppe=post.get("maalgruppe") or "",
        aldersgruppe=post.get("aldersgruppe") or "",
        alder_fra=post.get("alder_fra"),
        alder_til=post.get("alder_til"),
        status_tekst=post.get("status") or "",
        bemaerkning=post.get("bemaerkning") or "",
        kilder="\n".join(post.get("kilder", [])),
        offentliggjort=True,
    )
    _kontroller(tilbud)
    # bulk_create goes past Tilbud.save(), which keeps the search columns.
    tilbud.saet_soegetekst(post.get("andre_navne", []))
    return tilbud


def _kontroller(raekke: models.Model) -> None:
    """The fields one by one; what holds between rows the database judges, all rows at once."""
    udelad = {"tilbud", *(felt.name for felt in raekke._meta.fields if isinstance(felt, models.ForeignKey))}
    raekke.clean_fields(exclude=udelad)


def _raekker(
    tilbud: Tilbud, post: Mapping[str, Any], paragraffer: Mapping[str, Lovgrundlag]
) -> Iterator[models.Model]:
    for raekke in (
        *(Tilbudsnavn(navn=navn) for navn in post.get("andre_navne", [])),
        *_lovgrundlag(post.get("lovgrundlag", []), paragraffer),
        *(Plads(**plads) for plads in post.get("pladser", [])),
        *(_aftalestatus(status) for status in post.get("aftalestatus", [])),
        *(_medlemskab(medlemskab) for medlemskab in post.get("forstaerket", [])),
        *(_ydelse(nummer, ydelse, paragraffer) for nummer, ydelse in enumerate(post.get("ydelser", []), start=1)),
    ):
        raekke.tilbud = tilbud
        _kontroller(raekke)
        yield raekke


def _opret_raekker(raekker: Iterable[models.Model]) -> None:
    """One insert per model."""
    pr_model: dict[type[models.Model], list[models.Model]] = {}
    for raekke in raekker:
        pr_model.setdefault(type(raekke), []).append(raekke)
    for model, modellens in pr_model.items():
        model.objects.bulk_create(modellens)


def _paragraf(tekst: str, paragraffer: Mapping[str, Lovgrundlag]) -> Lovgrundlag:
    if tekst not in paragraffer:
        raise Ukendtnavn(f"paragraffen {tekst} er ukendt. Skriv den i tilbud/lovgrundlag.json")
    return paragraffer[tekst]


def _lovgrundlag(tekster: list[str], paragraffer: Mapping[str, Lovgrundlag]) -> list[Tilbudslovgrundlag]:
    """SEL § 85 beside a paragraph of its own right is secondary (T1)."""
    fundne = [_paragraf(tekst, paragraffer) for tekst in tekster]
    har_eget = any(lovgrundlag.omfattet != Omfattelse.SEKUNDAER for lovgrundlag in fundne)
    return [
        Tilbudslovgrundlag(
            lovgrundlag=lovgrundlag,
            er_sekundaer=har_eget and lovgrundlag.omfattet == Omfattelse.SEKUNDAER,
            kildetekst=tekst,
        )
        for tekst, lovgrundlag in zip(tekster, fundne, strict=True)
    ]


def _aftalestatus(post: Mapping[str, Any]) -> Aftalestatus:
    return Aftalestatus(aar=post.get("aar"), i_socialaftale=post.get("i_socialaftale"), note=post.get("note") or "")


def _medlemskab(post: Mapping[str, Any]) -> Forstaerketmedlem:
    return Forstaerketmedlem(
        fra_aar=post.get("fra_aar"),
        til_aar=post.get("til_aar"),
        note=post.get("note") or "",
        maalgruppe=post.get("maalgruppe") or "",
    )


def _ydelse(nummer: int, post: Mapping[str, Any], paragraffer: Mapping[str, Lovgrundlag]) -> Ydelse:
    felter = dict(post)
    paragraf = felter.pop("lovgrundlag", None)
    return Ydelse(
        **felter, raekkefoelge=nummer * 10, lovgrundlag=_paragraf(paragraf, paragraffer) if paragraf else None
    )
