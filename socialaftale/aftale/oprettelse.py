"""A new period: from the template of the folder of data, or from an earlier period with what is chosen."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from socialaftale.aftale.adgang import redigerer
from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.grunddata import MAPPE
from socialaftale.aftale.models import Aftale, Bilag, Fokusomraade, Initiativ, Underskriver
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.datamappe import findes, laes_json
from socialaftale.kerne.models import Kapitel, Opsaetning
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.tekst import kommentarhandlinger
from socialaftale.kerne.tekst.handlinger import Kapiteludkast, opret_tekst
from socialaftale.kerne.tekst.henvisninger import MOENSTER
from socialaftale.kerne.tekst.kommentarer import Kommentarslags
from socialaftale.kerne.tekst.models import Kapiteltype
from socialaftale.kerne.tekst.rensning import ren_tekst

SKABELON = "skabelon.json"
FOKUSOMRAADER, BILAG, UNDERSKRIVERE = "fokusomraader", "bilag", "underskrivere"
DELE = {
    FOKUSOMRAADER: "Fokusområder med initiativer og laboratorier",
    BILAG: "Listen over bilag",
    UNDERSKRIVERE: "Hvem der underskriver forordet",
}
_AAR = re.compile(r"\b(?:19|20)\d{2}(?:[-–/](?:19|20)?\d{2})?\b")
# How much of the text around a year is quoted for review.
_OMKRING = 60


def har_skabelon() -> bool:
    return findes(MAPPE, SKABELON)


def _ny_aftale(adgang: Adgang, fra_aar: int, til_aar: int, undertitel: str, udkast: Iterable[Kapiteludkast]) -> Aftale:
    kraev_tilladelse(redigerer(adgang))
    periode = f"{fra_aar}-{til_aar}"
    if fra_aar > til_aar:
        raise ValidationError({"til_aar": "Det sidste år skal ligge efter det første"})
    if Aftale.objects.filter(periode=periode).exists():
        raise ValidationError({"fra_aar": f"Der er allerede en aftale for {periode}"})
    overlap = Aftale.objects.filter(fra_aar__lte=til_aar, til_aar__gte=fra_aar).first()
    if overlap:
        raise ValidationError({"fra_aar": f"{overlap} gælder i nogle af de samme år"})
    titel = f"{Opsaetning.hent().navn} {periode}"
    aftale = Aftale(
        periode=periode,
        fra_aar=fra_aar,
        til_aar=til_aar,
        titel=titel,
        undertitel=undertitel,
        tilstand=Aftaletilstand.UDKAST,
        tekst=opret_tekst(titel, udkast),
    )
    aftale.full_clean()
    aftale.save()
    return aftale


@transaction.atomic
def opret_fra_skabelon(*, adgang: Adgang, fra_aar: int, til_aar: int) -> Aftale:
    """A draft with the template's chapters, their guidance, and nothing else."""
    data = laes_json(MAPPE, SKABELON)
    udkast = [
        Kapiteludkast(
            noegle=post["noegle"],
            titel=post["titel"],
            indhold=post.get("indhold", ""),
            type=Kapiteltype(post["type"]),
            nummer=post.get("nummer"),
            niveau=post.get("niveau", 1),
            vejledning=post.get("vejledning", ""),
        )
        for post in data["kapitler"]
    ]
    aftale = _ny_aftale(adgang, fra_aar, til_aar, data.get("undertitel", ""), udkast)
    log(adgang, "aftale_oprettet", aftale, tekst="Oprettet fra skabelonen", til=aftale.tilstand)
    return aftale


@transaction.atomic
def opret_fra_forrige(
    forrige: Aftale, *, adgang: Adgang, fra_aar: int, til_aar: int, medtag: Collection[str] = tuple(DELE)
) -> Aftale:
    """A draft with the chapters of an earlier period; what names other years is put on the list to look through.

    References to figures follow the new period by themselves.
    """
    kapitler = list(forrige.tekst.kapitler.all())
    udkast = [Kapiteludkast.som(kapitel) for kapitel in kapitler]
    aftale = _ny_aftale(adgang, fra_aar, til_aar, forrige.undertitel, udkast)
    nye = {kapitel.noegle: kapitel for kapitel in aftale.tekst.kapitler.all()}
    if FOKUSOMRAADER in medtag:
        _kopier_fokusomraader(forrige, aftale, nye)
    if BILAG in medtag:
        # The files belong to the earlier period; the list is what is carried on.
        Bilag.objects.bulk_create(
            Bilag(
                aftale=aftale,
                nr=et.nr,
                gruppe=et.gruppe,
                titel=et.titel,
                noegle=et.noegle,
                indhold=et.indhold,
                variant=et.variant,
            )
            for et in forrige.bilag.all()
        )
    if UNDERSKRIVERE in medtag:
        Underskriver.objects.bulk_create(
            Underskriver(aftale=aftale, raekkefoelge=et.raekkefoelge, funktion=et.funktion)
            for et in forrige.underskrivere.all()
        )
    for kapitel in nye.values():
        _bed_om_gennemsyn(aftale, kapitel, forrige.periode, adgang)
    log(
        adgang,
        "aftale_oprettet",
        aftale,
        tekst=f"Oprettet fra {forrige.periode}",
        til=aftale.tilstand,
        data={"forrige": forrige.pk, "medtaget": sorted(medtag)},
    )
    return aftale


def _kopier_fokusomraader(forrige: Aftale, aftale: Aftale, nye: dict[str, Kapitel]) -> None:
    for omraade in forrige.fokusomraader.select_related("kapitel").prefetch_related("initiativer"):
        nyt = Fokusomraade.objects.create(
            aftale=aftale,
            nr=omraade.nr,
            titel=omraade.titel,
            vision=omraade.vision,
            kapitel=nye.get(omraade.kapitel.noegle) if omraade.kapitel else None,
        )
        Initiativ.objects.bulk_create(
            Initiativ(
                fokusomraade=nyt,
                bogstav=et.bogstav,
                slags=et.slags,
                titel=et.titel,
                formaal=et.formaal,
                tekst=et.tekst,
            )
            for et in omraade.initiativer.all()
        )


def fremmede_aar(tekst: str, fra_aar: int, til_aar: int) -> dict[str, str]:
    """Years and periods in the text outside the agreement's own, each with the words around its first mention."""
    egne = {str(aar) for aar in range(fra_aar, til_aar + 1)} | {f"{fra_aar}-{til_aar}"}
    fundne: dict[str, str] = {}
    for fund in _AAR.finditer(tekst):
        if fund[0] not in egne:
            omkring = tekst[max(0, fund.start() - _OMKRING) : fund.end() + _OMKRING]
            fundne.setdefault(fund[0], omkring.strip())
    return fundne


def _bed_om_gennemsyn(aftale: Aftale, kapitel: Kapitel, kopieret_fra: str, adgang: Adgang) -> None:
    prosa = ren_tekst(MOENSTER.sub(" ", f"{kapitel.titel}. {kapitel.indhold}"))
    aar = fremmede_aar(prosa, aftale.fra_aar, aftale.til_aar)
    if aar:
        kommentarhandlinger.skriv(
            kapitel,
            adgang=adgang,
            tekst=f"Kapitlet er kopieret fra {kopieret_fra}. Passer disse år stadig? {', '.join(aar)}",
            citat="\n".join(f"… {omkring} …" for omkring in aar.values())[:600],
            slags=Kommentarslags.GENNEMSYN,
            objekt=aftale,
        )
