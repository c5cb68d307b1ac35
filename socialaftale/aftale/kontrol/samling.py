"""An agreement made ready for the gate, run, and set against what has been waived."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.core.cache import cache
from django.utils import timezone
from django.utils.html import escape

from socialaftale.aftale.hentning import Laesekapitel
from socialaftale.aftale.kontrol import ordliste
from socialaftale.aftale.models import Aftale, Bilag, Fokusomraade, Fravigelse
from socialaftale.kerne.models import EksterntTal, Opsaetning
from socialaftale.kerne.tal import katalog, udvikling
from socialaftale.kerne.tal.katalog import TalMangler
from socialaftale.kerne.tekst import blokke, steder
from socialaftale.kerne.tekst.blokke import Tekstkontekst
from socialaftale.kerne.tekst.port import register
from socialaftale.kerne.tekst.port.fund import Fund, Klasse
from socialaftale.kerne.tekst.port.kerneviden import slaa_tal_op
from socialaftale.kerne.tekst.port.laesning import Portkapitel, Porttekst
from socialaftale.kerne.tekst.port.viden import Kendtbilag, Kendttitel, Viden

# Words of the agreement that are no chapter, and the sources its footnotes print.
OPLYSNINGER, KILDER = "aftalens-oplysninger", "kilder"
# The registers are looked up again after this long, or when the reader asks for it. Issuing always looks them up.
HUSKES_SEKUNDER = 60


@dataclass(frozen=True, slots=True)
class Kendt:
    """What the registers say, and when they were asked."""

    viden: Viden
    tidspunkt: dt.datetime


@dataclass(frozen=True, slots=True)
class Kontrol:
    """The outcome: what is open, what is waived, and what the words were held against."""

    kapitler: tuple[Portkapitel, ...]
    aabne: tuple[Fund, ...]
    fravegne: tuple[tuple[Fund, Fravigelse], ...]
    slaaet_op: dt.datetime

    @property
    def er_groen(self) -> bool:
        return not self.aabne

    def pr_klasse(self) -> list[tuple[Klasse, int, int]]:
        """Class, open and waived, for those that have any."""
        aabne = [fund.klasse for fund in self.aabne]
        fravegne = [fund.klasse for fund, _ in self.fravegne]
        alle = ((klasse, aabne.count(klasse), fravegne.count(klasse)) for klasse in Klasse)
        return [linje for linje in alle if linje[1] or linje[2]]

    def find(self, fingeraftryk: str) -> Fund | None:
        return next((fund for fund in self.aabne if fund.fingeraftryk == fingeraftryk), None)


def kontroller(
    aftale: Aftale, kapitler: Sequence[Laesekapitel] | None = None, *, kendt: Kendt | None = None
) -> Kontrol:
    """Run the gate over the chapters (the draft when none are given), against the registers as they are now.

    `kendt` is what they said a moment ago, for the page that is looked at again and again.
    """
    if kapitler is None:
        kapitler = [Laesekapitel.af_kladde(kapitel) for kapitel in aftale.tekst.kapitler.all()]
    fokusomraader: list[Fokusomraade] = []
    bilag: list[Bilag] = []
    if aftale.har_dele:
        fokusomraader = list(aftale.fokusomraader.select_related("kapitel").prefetch_related("initiativer"))
        bilag = list(aftale.bilag.all())
    kendt = kendt or Kendt(_fra_registrene(aftale), timezone.now())
    viden = kendt.viden
    portkapitler = tuple(_portkapitel(kapitel) for kapitel in kapitler)
    _tilfoej_aftalens(viden, aftale, fokusomraader, bilag)
    _tilfoej_udvikling(viden, aftale, portkapitler)
    faste = (_oplysninger(aftale, fokusomraader, bilag), _kilder(portkapitler, viden))
    tekst = Porttekst((*portkapitler, *(fast for fast in faste if fast.indhold)))
    fund = register.koer(tekst, viden)
    fraveget = {post.fingeraftryk: post for post in aftale.fravigelser.select_related("bruger")}
    return Kontrol(
        tekst.kapitler,
        tuple(f for f in fund if not (f.kan_fraviges and f.fingeraftryk in fraveget)),
        tuple((f, fraveget[f.fingeraftryk]) for f in fund if f.kan_fraviges and f.fingeraftryk in fraveget),
        kendt.tidspunkt,
    )


def slaa_op(aftale: Aftale, *, frisk: bool = False) -> Kendt:
    """What the registers know for the period, kept for a moment; `frisk` asks them again."""
    # The number goes up when `Viden` gets new fields: what another version of the code kept is not read.
    noegle = f"aftale.port.2:{aftale.periode}"
    kendt = None if frisk else cache.get(noegle)
    if kendt is None:
        kendt = Kendt(_fra_registrene(aftale), timezone.now())
        cache.set(noegle, kendt, HUSKES_SEKUNDER)
    return kendt


def _fra_registrene(aftale: Aftale) -> Viden:
    viden = Viden(aftale.periode, aftale.fra_aar, aftale.til_aar)
    kontekst = aftale.talkontekst()
    register.saml_viden(viden, kontekst)
    for blok in blokke.alle():
        try:
            blok.byg(Tekstkontekst(kontekst))
        except TalMangler as fejl:
            viden.mangler[blok.noegle] = str(fejl)
        else:
            viden.trykt[blok.noegle] = f"[{blok.navn}]"
    for tal in EksterntTal.objects.med_graense():
        viden.kilder[tal.noegle] = f"{tal.fodnotetekst}. {tal.kildetekst}."
        # Old is what was old when the period began, so that an adopted agreement does not grow worse with the years.
        if tal.er_gammelt(aftale.fra_aar):
            viden.gamle[tal.katalognoegle] = (tal.aar, tal.graense)
    viden.perioder = list(Aftale.objects.order_by("fra_aar").values_list("periode", flat=True))
    return viden


# Taken apart once: between two looks most chapters are the same. Some agreements' worth.
_taget_fra_hinanden = lru_cache(maxsize=64)(Portkapitel)


def _portkapitel(kapitel: Laesekapitel) -> Portkapitel:
    return _taget_fra_hinanden(
        kapitel.noegle,
        kapitel.titel,
        kapitel.indhold,
        kapitel.type,
        kapitel.nummer,
        kapitel.niveau,
        kapitel.version,
    )


def _tilfoej_aftalens(viden: Viden, aftale: Aftale, fokusomraader: list[Fokusomraade], bilag: list[Bilag]) -> None:
    opsaetning = Opsaetning.hent()
    viden.aftalenavn = opsaetning.navn
    viden.adresser = {"mail": opsaetning.sekretariat_mail.lower(), "web": _domaene(opsaetning.sekretariat_web)}
    # From the rows, not from what was looked up a moment ago: annexes are moved and renamed.
    kontekst = aftale.talkontekst()
    kontekst.hukommelse["bilag"] = bilag
    viden.trykt |= steder.trykt(kontekst)
    viden.bilag = [Kendtbilag(post.nr, post.titel) for post in bilag]
    # Pages of an agreement that are no chapters.
    viden.ankre = {"hele", "tal", "aftale.pdf"}
    viden.titler, viden.citater = [], []
    for omraade in fokusomraader:
        noegle = omraade.kapitel.noegle if omraade.kapitel else ""
        viden.titler.append(Kendttitel(omraade.titel, "fokusområde", f"Fokusområde {omraade.nr}: ", noegle))
        if omraade.vision:
            viden.citater.append((noegle, omraade.vision))
        for initiativ in omraade.initiativer.all():
            foran = f"{initiativ.get_slags_display()} {initiativ.bogstav}: "
            viden.titler.append(Kendttitel(initiativ.titel, "initiativ", foran, noegle))
    _tilfoej_ordliste(viden)


def _tilfoej_udvikling(viden: Viden, aftale: Aftale, kapitler: Iterable[Portkapitel]) -> None:
    """Developments are found by what the text writes of them; the catalogue does not list them."""
    kontekst = aftale.talkontekst()
    for noegle in udvikling.brugte(h.noegle for kapitel in kapitler for h in kapitel.henvisninger):
        levende = katalog.find(noegle, kontekst)
        if levende is not None:
            slaa_tal_op(viden, levende, kontekst)


def _tilfoej_ordliste(viden: Viden) -> None:
    ord_ = ordliste.laes()
    kendte = {navn.navn for navn in viden.navne}
    viden.termer = list(ord_.termer)
    viden.navne = [*viden.navne, *(navn for navn in ord_.navne if navn.navn not in kendte)]
    viden.gamle_adresser = dict(ord_.gamle_adresser)


def _domaene(adresse: str) -> str:
    return adresse.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").split("/")[0]


def _oplysninger(aftale: Aftale, fokusomraader: list[Fokusomraade], bilag: list[Bilag]) -> Portkapitel:
    """What cover, contents and lists print from fields of the agreement."""
    ord_ = [
        aftale.titel,
        aftale.undertitel,
        aftale.note,
        *(omraade.titel for omraade in fokusomraader),
        *(tekst for post in bilag for tekst in (post.gruppe, post.titel)),
    ]
    return _fast(OPLYSNINGER, "Aftalens oplysninger", ord_)


def _kilder(kapitler: Iterable[Portkapitel], viden: Viden) -> Portkapitel:
    """The external figures the text uses, as the footnotes print them."""
    brugte = {
        h.figurnoegle.removeprefix("ekstern.")
        for kapitel in kapitler
        for h in kapitel.henvisninger
        if h.figurnoegle.startswith("ekstern.")
    }
    return _fast(KILDER, "Kilder i fodnoter", [viden.kilder[n] for n in sorted(brugte) if n in viden.kilder], "kilde")


def _fast(noegle: str, titel: str, ord_: Iterable[str], type_: str = "oplysninger") -> Portkapitel:
    afsnit = "".join(f"<p>{escape(tekst)}</p>" for tekst in dict.fromkeys(ord_) if tekst)
    return Portkapitel(noegle, titel, afsnit, type_, fast=True)
