"""What happens with an answer: saved, sent in, signed, sent back, opened again; all but saving is logged."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.notifikationer import efter_commit
from socialaftale.kerne.tekst.rensning import afvis_cpr
from udmeldinger.enums import Besvarelsestilstand, Besvarelsestrin, Svarrolle
from udmeldinger.forloeb import BESVARELSE
from udmeldinger.models import Besvarelse, Svar
from udmeldinger.spoergeskemaer import adgang as regler
from udmeldinger.spoergeskemaer import mails
from udmeldinger.spoergeskemaer.adgang import Svarer
from udmeldinger.spoergeskemaer.hentning import hent_besvaret, hent_sidste
from udmeldinger.spoergeskemaer.svarformular import Indtastet


class Svarkonflikt(Exception):
    """A colleague answered the same questions after the page was opened; nothing was saved. `noegler` are which."""

    def __init__(self, noegler: set[str]) -> None:
        super().__init__(f"Answered by somebody else meanwhile: {', '.join(sorted(noegler))}")
        self.noegler = noegler


def laas(besvarelse: Besvarelse) -> Besvarelse:
    """The row as it is now, held until the step is done."""
    raekker = Besvarelse.objects.select_for_update(of=("self",))
    return raekker.select_related("skema", "organisation").get(pk=besvarelse.pk)


def log_svar(adgang: Adgang, handling: str, besvarelse: Besvarelse, tekst: str, **felter: Any) -> None:
    """In the history of the answer, which those who answer read too.

    The log of what concerns an organisation is its operator side's: an authority's answer stays out of it.
    """
    vedroerer = None if besvarelse.rolle == Svarrolle.MYNDIGHED else besvarelse.organisation
    log(adgang, handling, besvarelse, tekst=tekst[:200], vedroerer=vedroerer, **felter)


@transaction.atomic
def gem_svar(besvarelse: Besvarelse, indtastede: Iterable[Indtastet], *, svarer: Svarer) -> int:
    """Save the questions that were touched, each as typed; returns how many changed.

    Raises `Svarkonflikt`, and saves nothing, when a question was answered otherwise since the page was opened.
    """
    besvarelse = laas(besvarelse)
    BESVARELSE.kraev(Besvarelsestrin.GEM, besvarelse.tilstand)
    kraev_tilladelse(regler.maa_svare(svarer, besvarelse))
    gemte = {et.noegle: et for et in besvarelse.svar.select_for_update(of=("self",))}
    nu, nye, rettede, konflikter = timezone.now(), [], [], set()
    for et in indtastede:
        if not et.er_aendret:
            continue
        svar = gemte.get(et.noegle)
        if svar is None and et.vaerdi is None and not et.skrevet:
            continue
        if svar is not None and (svar.vaerdi, svar.skrevet) == (et.vaerdi, et.skrevet):
            continue
        if (svar.version if svar else 0) != et.fra_version:
            konflikter.add(et.noegle)
            continue
        # A number may look like a CPR number; a text may not.
        afvis_cpr(json.dumps(et.skrevet, ensure_ascii=False))
        raekke = svar or Svar(besvarelse=besvarelse, noegle=et.noegle, version=0)
        raekke.vaerdi, raekke.skrevet, raekke.version = et.vaerdi, et.skrevet, raekke.version + 1
        raekke.aendret_tidspunkt, raekke.aendret_af = nu, svarer.adgang.bruger
        (rettede if svar else nye).append(raekke)
    if konflikter:
        raise Svarkonflikt(konflikter)
    Svar.objects.bulk_create(nye)
    Svar.objects.bulk_update(rettede, ["vaerdi", "skrevet", "version", "aendret_tidspunkt", "aendret_af"])
    if nye or rettede:
        _begyndt(besvarelse)
    return len(nye) + len(rettede)


def _begyndt(besvarelse: Besvarelse) -> None:
    besvarelse.tilstand, besvarelse.gemt_tidspunkt = Besvarelsestilstand.KLADDE, timezone.now()
    besvarelse.save(update_fields=["tilstand", "gemt_tidspunkt"])


@transaction.atomic
def gem_ramme(
    besvarelse: Besvarelse, *, svarer: Svarer, fra_version: int, bemaerkning: str, ingen_borgere: bool = False
) -> Besvarelse:
    """Save the tick and the remark; raises `Versionskonflikt` when a colleague saved them in between."""
    besvarelse = laas(besvarelse)
    BESVARELSE.kraev(Besvarelsestrin.GEM, besvarelse.tilstand)
    kraev_tilladelse(regler.maa_svare(svarer, besvarelse))
    nyt = (bemaerkning.strip(), ingen_borgere and besvarelse.skema.kan_vaere_uden_borgere)
    if nyt == (besvarelse.bemaerkning, besvarelse.ingen_borgere):
        return besvarelse
    kraev_version(besvarelse, fra_version)
    afvis_cpr(bemaerkning)
    besvarelse.bemaerkning, besvarelse.ingen_borgere = nyt
    besvarelse.version += 1
    besvarelse.full_clean()
    besvarelse.save(update_fields=["bemaerkning", "ingen_borgere", "version"])
    _begyndt(besvarelse)
    return besvarelse


@transaction.atomic
def overtag(besvarelse: Besvarelse, *, svarer: Svarer, noegle: str, kilde: str) -> bool:
    """Take over the answer from last time (`kilde` "sidst") or the register's ("register"); False without one."""
    besvarelse = laas(besvarelse)
    BESVARELSE.kraev(Besvarelsestrin.GEM, besvarelse.tilstand)
    kraev_tilladelse(regler.maa_svare(svarer, besvarelse))
    besvaret = hent_besvaret(besvarelse)
    vaerdi = hent_sidste(besvarelse)[1].get(noegle) if kilde == "sidst" else besvaret.opbygning.forslag.get(noegle)
    if vaerdi is None or noegle not in besvaret.opbygning.raekker:
        return False
    svar = besvaret.svar.get(noegle) or Svar(besvarelse=besvarelse, noegle=noegle, version=0)
    svar.vaerdi, svar.skrevet, svar.version = vaerdi, {}, svar.version + 1
    svar.aendret_tidspunkt, svar.aendret_af = timezone.now(), svarer.adgang.bruger
    svar.save()
    _begyndt(besvarelse)
    return True


def _kraev_fuldt(besvarelse: Besvarelse) -> None:
    if mangler := hent_besvaret(besvarelse).mangler():
        raise ValidationError([mangel.tekst for mangel in mangler])


@transaction.atomic
def indsend(besvarelse: Besvarelse, *, svarer: Svarer) -> Besvarelse:
    """Send the answer in; when the sender may sign, it is signed with it, else it waits for the approver."""
    besvarelse = laas(besvarelse)
    skridt = BESVARELSE.kraev(Besvarelsestrin.INDSEND, besvarelse.tilstand)
    kraev_tilladelse(regler.maa_svare(svarer, besvarelse))
    _kraev_fuldt(besvarelse)
    fra, besvarelse.tilstand = besvarelse.tilstand, skridt.til
    besvarelse.indsendt_tidspunkt, besvarelse.indsendt_af = timezone.now(), svarer.adgang.bruger
    besvarelse.begrundelse = ""
    besvarelse.full_clean()
    besvarelse.save(update_fields=["tilstand", "indsendt_tidspunkt", "indsendt_af", "begrundelse"])
    via = f" af {svarer.link.navn} gennem personligt link" if svarer.link else ""
    log_svar(svarer.adgang, "besvarelse_indsendt", besvarelse, f"Svaret er indsendt{via}", fra=fra, til=skridt.til)
    if regler.maa_godkende(svarer, besvarelse):
        return godkend(besvarelse, svarer=svarer)
    efter_commit(mails.til_godkendelse, besvarelse.pk)
    return besvarelse


@transaction.atomic
def godkend(besvarelse: Besvarelse, *, svarer: Svarer) -> Besvarelse:
    """Sign the answer off: from now on it counts, and the secretariat reads it."""
    besvarelse = laas(besvarelse)
    skridt = BESVARELSE.kraev(Besvarelsestrin.GODKEND, besvarelse.tilstand)
    kraev_tilladelse(regler.maa_godkende(svarer, besvarelse))
    fra, besvarelse.tilstand = besvarelse.tilstand, skridt.til
    besvarelse.godkendt_tidspunkt, besvarelse.godkendt_af = timezone.now(), svarer.adgang.bruger
    besvarelse.full_clean()
    besvarelse.save(update_fields=["tilstand", "godkendt_tidspunkt", "godkendt_af"])
    log_svar(svarer.adgang, "besvarelse_godkendt", besvarelse, "Svaret er godkendt", fra=fra, til=skridt.til)
    efter_commit(mails.kvittering, besvarelse.pk)
    return besvarelse


@transaction.atomic
def send_retur(besvarelse: Besvarelse, *, svarer: Svarer, begrundelse: str) -> Besvarelse:
    """The organisation's own approver wants something changed before signing."""
    besvarelse = laas(besvarelse)
    BESVARELSE.kraev(Besvarelsestrin.RETUR, besvarelse.tilstand)
    kraev_tilladelse(regler.maa_sende_retur(svarer, besvarelse))
    return _aabn(besvarelse, Besvarelsestrin.RETUR, svarer.adgang, begrundelse, "Svaret er sendt retur til rettelse")


@transaction.atomic
def genaabn(besvarelse: Besvarelse, *, adgang: Adgang, begrundelse: str) -> Besvarelse:
    """The secretariat lets an organisation correct what it has sent; the reason is told."""
    besvarelse = laas(besvarelse)
    BESVARELSE.kraev(Besvarelsestrin.GENAABN, besvarelse.tilstand)
    kraev_tilladelse(regler.maa_genaabne(adgang, besvarelse))
    return _aabn(besvarelse, Besvarelsestrin.GENAABN, adgang, begrundelse, "Svaret er åbnet igen")


def _aabn(besvarelse: Besvarelse, trin: Besvarelsestrin, adgang: Adgang, begrundelse: str, tekst: str) -> Besvarelse:
    skridt = BESVARELSE.kraev(trin, besvarelse.tilstand)
    begrundelse = kraev_begrundelse(begrundelse)
    fra, besvarelse.tilstand = besvarelse.tilstand, skridt.til
    besvarelse.indsendt_tidspunkt = besvarelse.indsendt_af = None
    besvarelse.godkendt_tidspunkt = besvarelse.godkendt_af = None
    besvarelse.begrundelse = begrundelse
    besvarelse.full_clean()
    felter = ["tilstand", "indsendt_tidspunkt", "indsendt_af", "godkendt_tidspunkt", "godkendt_af", "begrundelse"]
    besvarelse.save(update_fields=felter)
    log_svar(adgang, f"besvarelse_{trin}", besvarelse, tekst, fra=fra, til=skridt.til, begrundelse=begrundelse)
    efter_commit(mails.aabnet_igen, besvarelse.pk)
    return besvarelse


def kraev_begrundelse(begrundelse: str) -> str:
    """The reason without spaces around it; `ValidationError` when there is none, or it seems to hold a CPR number."""
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv en begrundelse"})
    afvis_cpr(begrundelse)
    return begrundelse.strip()
