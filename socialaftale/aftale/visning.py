"""What pages show of an agreement besides its chapters, ready for templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html

from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.hentning import Laesekapitel, Laesning
from socialaftale.aftale.models import Aftale, Styringsaftale, Udgave
from socialaftale.kerne.models import Dokument
from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.formater import skriv
from socialaftale.kerne.tal.katalog import Talkontekst, TalMangler
from socialaftale.kerne.tekst.henvisninger import BrugtTal
from socialaftale.kerne.templatetags.dansk import antal

# Figures on the front page of an agreement: reference and what stands below the number.
NOEGLETAL = (
    ("pladser.socialaftale|hele", "dag- og døgnpladser i aftalen"),
    ("pladser.socialaftale.andel|pct", "af pladserne på området"),
    ("parter.antal", "parter"),
    ("fokusomraader.antal", "fokusområder"),
)


@dataclass(frozen=True, slots=True)
class Aftalekort:
    """A period in the list."""

    aftale: Aftale
    gaelder: str


def aftalekort(aftale: Aftale, aar: int) -> Aftalekort:
    """With the years said in relation to the present one; an agreement holds until a later one is in force."""
    if aftale.tilstand == Aftaletilstand.AFLOEST:
        gaelder = f"Gjaldt {aftale.fra_aar}-{aftale.til_aar}"
    elif aftale.tilstand == Aftaletilstand.GAELDENDE:
        gaelder = "Gælder nu" if aar <= aftale.til_aar else "Gælder, til en ny aftale træder i kraft"
    else:
        gaelder = f"Gælder fra {aftale.fra_aar}"
    return Aftalekort(aftale, gaelder)


def noegletal(laesning: Laesning) -> list[dict[str, str]]:
    """The key figures that have a value: as printed in the edition, else as known today."""
    faste = laesning.udgave.faste if laesning.udgave else {}
    kort = []
    for henvisning, tekst in NOEGLETAL:
        trykt = faste.get(henvisning) or _vaerdi(henvisning, laesning.tal)
        if trykt:
            kort.append({"tal": trykt, "tekst": tekst})
    return kort


def _vaerdi(henvisning: str, kontekst: Talkontekst) -> str:
    noegle, _, format = henvisning.partition("|")
    tal = katalog.find(noegle, kontekst)
    try:
        return skriv(tal.beregn(kontekst).vaerdi, format or tal.standardformat) if tal else ""
    except TalMangler:
        return ""


def fakta(aftale: Aftale) -> list[tuple[str, Any]]:
    """Facts about the agreement as a whole."""
    underskrivere = [underskriver.funktion for underskriver in aftale.underskrivere.all()]
    return [
        ("Status", aftale.get_tilstand_display()),
        ("Gælder", f"1. januar {aftale.fra_aar} til 31. december {aftale.til_aar}"),
        ("Vedtaget", str(aftale.vedtaget_aar) if aftale.vedtaget_aar else "Ikke endnu"),
        ("Om vedtagelsen", aftale.note),
        ("Forordet er underskrevet af", " og ".join(underskrivere)),
        ("Styringsaftale", _styringsaftale(aftale)),
    ]


def _styringsaftale(aftale: Aftale) -> str | None:
    """The year of the one that is annexed, as a link to it when it is published here."""
    if aftale.styringsaftale_aar is None:
        return None
    ude = Styringsaftale.objects.offentliggjorte().filter(aar=aftale.styringsaftale_aar).first()
    if ude is None:
        return str(aftale.styringsaftale_aar)
    return format_html('<a href="{}">{}</a>', ude.adresse("aftale"), ude.titel)


@dataclass(frozen=True, slots=True)
class Bilagslinje:
    """An annex on a page; `url` is empty when there is no file of it."""

    nr: int
    titel: str
    url: str = ""
    om_filen: str = ""
    er_maerket_op: bool = True


def bilagsgrupper(aftale: Aftale, udgave: Udgave | None) -> dict[str, list[Bilagslinje]]:
    """The annexes by group: those of the edition with their files, or the list as it stands in the draft."""
    grupper: dict[str, list[Bilagslinje]] = {}
    if udgave is None:
        for bilag in aftale.bilag.all():
            grupper.setdefault(bilag.gruppe, []).append(Bilagslinje(bilag.nr, bilag.titel))
        return grupper
    for post in udgave.bilag.select_related("dokument"):
        linje = Bilagslinje(post.nr, post.titel)
        if post.dokument:
            url = reverse("aftale:bilag", args=(aftale.periode, post.noegle))
            linje = Bilagslinje(post.nr, post.titel, url, om_pdf(post.dokument, post.sider), post.er_maerket_op)
        grupper.setdefault(post.gruppe, []).append(linje)
    return grupper


def om_pdf(dokument: Dokument, sider: int | None) -> str:
    """What the name of a link says of a file: "PDF, 1,2 MB, 24 sider"."""
    dele = ["PDF", filesizeformat(dokument.stoerrelse).replace("\xa0", " ")]
    if sider:
        dele.append(antal(sider, "side,sider"))
    return ", ".join(dele)


def filer(udgave: Udgave, periode: str) -> list[tuple[str, str]]:
    """The ways to fetch an edition: (address, name of the link)."""
    hele = (
        reverse("aftale:hent_pdf", args=(periode,)),
        f"{'Aftalen med bilag' if udgave.uden_bilag_id else 'Aftalen'} ({om_pdf(udgave.dokument, udgave.sider)})",
    )
    if udgave.uden_bilag is None:
        return [hele]
    uden = om_pdf(udgave.uden_bilag, udgave.sider_uden_bilag)
    return [hele, (reverse("aftale:uden_bilag", args=(periode,)), f"Aftalen uden bilag ({uden})")]


@dataclass(frozen=True, slots=True)
class Talpost:
    """A figure on the page of figures."""

    brugt: BrugtTal
    vaerdi: str
    trin: list[tuple[str, str, str]]
    steder: list[tuple[str, str]]

    @property
    def har_beregning(self) -> bool:
        return bool(self.brugt.vaerdi and (self.brugt.vaerdi.formel or self.trin))


def talgrupper(laesning: Laesning) -> list[tuple[str, list[Talpost]]]:
    """The figures of the text: our own first, then those quoted from others."""
    egne, andres = [], []
    for brugt, kapitler in laesning.brugte_tal():
        post = Talpost(brugt, _skrevet(brugt), _trin(brugt), [_sted(laesning, kapitel) for kapitel in kapitler])
        (andres if brugt.tal.noegle.startswith("ekstern.") else egne).append(post)
    grupper = [("Tal fra aftalens egne registre", egne), ("Tal fra andre", andres)]
    return [(titel, poster) for titel, poster in grupper if poster]


def _sted(laesning: Laesning, kapitel: Laesekapitel) -> tuple[str, str]:
    if kapitel.er_omslag:
        return kapitel.titel, laesning.aftale.adresse("aftale") + laesning.forespoergsel
    return kapitel.titel, laesning.kapitel_url(kapitel)


def _skrevet(brugt: BrugtTal) -> str:
    return skriv(brugt.vaerdi.vaerdi, brugt.tal.standardformat) if brugt.vaerdi else "–"


def _trin(brugt: BrugtTal) -> list[tuple[str, str, str]]:
    return [(raekke.tekst, raekke.vaerdi, "") for raekke in brugt.vaerdi.raekker] if brugt.vaerdi else []
