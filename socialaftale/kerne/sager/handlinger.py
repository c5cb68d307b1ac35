"""What happens to a case: writing, sending, agenda, decision and effect; each step locks, checks and logs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models import Beslutning, Dokument, Sag
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.notifikationer import efter_commit
from socialaftale.kerne.sager import adgang as regler
from socialaftale.kerne.sager import kompetence, mails
from socialaftale.kerne.sager.enums import Sagstrin, Udfald
from socialaftale.kerne.sager.forloeb import SAG
from socialaftale.kerne.sager.fund import Sagsfund, blokerende
from socialaftale.kerne.sager.register import Ansoegningsobjekt, Sagsart, Vindue, art_af
from socialaftale.kerne.templatetags import dansk


class Versionskonflikt(Exception):
    """Somebody saved the case after the form was opened; `sag` is what it has become."""

    def __init__(self, sag: Sag) -> None:
        super().__init__(f"Case {sag.nummer} is at version {sag.version}.")
        self.sag = sag


class SagHarFejl(ValidationError):
    """The check found something that stops the step; `fund` are those findings."""

    def __init__(self, fund: Sequence[Sagsfund]) -> None:
        super().__init__([et.tekst for et in fund])
        self.fund = list(fund)


def laas(sag: Sag) -> Sag:
    return Sag.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=sag.pk)


def vindue_for(sag: Sag) -> Vindue | None:
    """The open or next window of the case's kind; None when it has none or none is known. Asked once per row read."""
    art, i_dag = art_af(sag), timezone.localdate()
    if art.vindue is None:
        return None
    kendt = sag.__dict__.setdefault("_vinduer", {})
    if i_dag not in kendt:
        kendt[i_dag] = art.vindue(sag.organisation, i_dag)
    return kendt[i_dag]


def vinduet_er_aabent(sag: Sag) -> bool:
    """T4: some kinds can only be sent inside a window; the others at any time."""
    if art_af(sag).vindue is None:
        return True
    vindue = vindue_for(sag)
    return vindue is not None and vindue.er_aabent(timezone.localdate())


def kontroller(sag: Sag, dato: dt.date | None = None) -> list[Sagsfund]:
    """The findings of the kind, errors first."""
    fund = art_af(sag).kontroller(sag, dato or timezone.localdate())
    return sorted(fund, key=lambda et: not et.blokerer)


@transaction.atomic
def opret(
    art: Sagsart,
    om: Ansoegningsobjekt,
    *,
    adgang: Adgang,
    begrundelse: str,
    data: Mapping[str, Any],
    virkningsdato: dt.date | None = None,
) -> Sag:
    """A new draft."""
    kraev_tilladelse(regler.maa_oprette_for(adgang, om.organisation.pk))
    sag = Sag(
        art=art.noegle,
        titel=om.titel,
        organisation=om.organisation,
        objekttype=om.objekt._meta.label_lower,
        objekt_id=str(om.objekt.pk),
        begrundelse=begrundelse,
        data=dict(data),
        virkningsdato=virkningsdato,
        er_eksempel=om.er_eksempel,
        oprettet_af=adgang.bruger,
    )
    sag.full_clean()
    sag.save()
    log(adgang, "sag_oprettet", sag, tekst="Kladde oprettet", til=sag.tilstand, vedroerer=sag.organisation)
    return sag


@transaction.atomic
def gem(
    sag: Sag,
    *,
    adgang: Adgang,
    version: int,
    begrundelse: str,
    data: Mapping[str, Any],
    virkningsdato: dt.date | None = None,
) -> Sag:
    """Save a draft; unchanged contents leave no trace. Raises `Versionskonflikt` when somebody saved in between."""
    sag = laas(sag)
    kraev_tilladelse(regler.maa_rette(adgang, sag))
    if sag.version != version:
        raise Versionskonflikt(sag)
    if (sag.begrundelse, sag.data, sag.virkningsdato) == (begrundelse, dict(data), virkningsdato):
        return sag
    sag.begrundelse, sag.data, sag.virkningsdato = begrundelse, dict(data), virkningsdato
    sag.version += 1
    sag.full_clean()
    sag.save(update_fields=["begrundelse", "data", "virkningsdato", "version"])
    log(adgang, "sag_rettet", sag, tekst="Kladde rettet", vedroerer=sag.organisation, data={"version": sag.version})
    return sag


def _skift(sag: Sag, trin: Sagstrin, begrundelse: str) -> str:
    """Check the step and its reason, set the state and count a version; returns the state it came from."""
    skridt = SAG.kraev(trin, sag.tilstand)
    if skridt.kraever_begrundelse and not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv en begrundelse"})
    fra, sag.tilstand = sag.tilstand, skridt.til
    sag.version += 1
    return fra


def _gem_skift(
    sag: Sag, adgang: Adgang, handling: str, tekst: str, fra: str, begrundelse: str = "", **data: Any
) -> None:
    sag.full_clean()
    sag.save()
    log(
        adgang,
        handling,
        sag,
        tekst=tekst,
        fra=fra,
        til=sag.tilstand,
        begrundelse=begrundelse,
        vedroerer=sag.organisation,
        data=data,
    )


@transaction.atomic
def indsend(sag: Sag, *, adgang: Adgang, version: int | None = None) -> Sag:
    """Sign and send: inside the window (T4), without errors, to the body that decides today (T69).

    The case keeps that line of T69 until it is decided, whatever becomes of the table.
    """
    sag = laas(sag)
    SAG.kraev(Sagstrin.INDSEND, sag.tilstand)
    kraev_tilladelse(regler.maa_indsende(adgang, sag))
    if version is not None and version != sag.version:
        raise Versionskonflikt(sag)
    if not vinduet_er_aabent(sag):
        raise ValidationError(
            "Vinduet for ind- og udmelding er lukket. Sagen er gemt som kladde, så I kan indsende den, når det åbner."
        )
    if stopper := blokerende(kontroller(sag)):
        raise SagHarFejl(stopper)
    fra = _skift(sag, Sagstrin.INDSEND, "")
    linje = kompetence.for_art(art_af(sag))
    sag.instans, sag.kompetence = linje.gaeldende_instans, linje.som_data()
    if (vindue := vindue_for(sag)) is not None:
        sag.virkningsdato = dt.date(vindue.aar, 1, 1)
    sag.indsendt_tidspunkt, sag.indsendt_af = timezone.now(), adgang.bruger
    _gem_skift(sag, adgang, "sag_indsendt", f"Indsendt til {sag.instans_i_saetning}", fra)
    efter_commit(mails.indsendt, sag.pk)
    return sag


@transaction.atomic
def send_retur(sag: Sag, *, adgang: Adgang, begrundelse: str) -> Sag:
    """Back to the operator as a draft, with what must be put right."""
    sag = laas(sag)
    SAG.kraev(Sagstrin.SEND_RETUR, sag.tilstand)
    kraev_tilladelse(regler.maa_sende_retur(adgang, sag))
    fra = _skift(sag, Sagstrin.SEND_RETUR, begrundelse)
    sag.instans, sag.kompetence, sag.indsendt_tidspunkt, sag.indsendt_af = "", {}, None, None
    _gem_skift(sag, adgang, "sag_sendt_retur", "Sendt retur", fra, begrundelse.strip())
    efter_commit(mails.sendt_retur, sag.pk, begrundelse.strip())
    return sag


@transaction.atomic
def traek(sag: Sag, *, adgang: Adgang) -> Sag:
    sag = laas(sag)
    SAG.kraev(Sagstrin.TRAEK, sag.tilstand)
    kraev_tilladelse(regler.maa_traekke(adgang, sag))
    fra = _skift(sag, Sagstrin.TRAEK, "")
    _gem_skift(sag, adgang, "sag_trukket", "Trukket tilbage", fra)
    return sag


@transaction.atomic
def saet_paa_dagsorden(sag: Sag, *, adgang: Adgang, moededato: dt.date, moedepunkt: str = "") -> Sag:
    """The meeting of the body that decides; a case can be moved to another meeting."""
    sag = laas(sag)
    SAG.kraev(Sagstrin.SAET_PAA_DAGSORDEN, sag.tilstand)
    kraev_tilladelse(regler.maa_saette_paa_dagsorden(adgang, sag))
    if moededato < timezone.localdate(sag.indsendt_tidspunkt):
        raise ValidationError({"moededato": "Mødet skal ligge efter den dag, sagen blev indsendt"})
    fra = _skift(sag, Sagstrin.SAET_PAA_DAGSORDEN, "")
    sag.moededato, sag.moedepunkt = moededato, moedepunkt.strip()
    tekst = f"Sat på dagsordenen: {sag.instans_i_saetning} den {dansk.dato_lang(moededato)}"
    _gem_skift(sag, adgang, "sag_paa_dagsorden", tekst, fra, moedepunkt=sag.moedepunkt)
    efter_commit(mails.paa_dagsorden, sag.pk)
    return sag


_TRIN = {
    Udfald.GODKENDT: Sagstrin.GODKEND,
    Udfald.AFSLAAET: Sagstrin.AFSLAA,
    Udfald.SENDT_VIDERE: Sagstrin.SEND_VIDERE,
}


@transaction.atomic
def beslut(
    sag: Sag,
    *,
    adgang: Adgang,
    udfald: Udfald,
    dato: dt.date,
    reference: str,
    tekst: str = "",
    dokument: Dokument | None = None,
) -> Sag:
    """Record what the body decided. An approval whose day has come is carried out in the same transaction."""
    sag = laas(sag)
    trin = _TRIN[udfald]
    SAG.kraev(trin, sag.tilstand)
    kraev_tilladelse(regler.maa_registrere_beslutning(adgang, sag))
    _kraev_lovlig_beslutning(sag, udfald, dato)
    fra_instans = sag.instans
    fra = _skift(sag, trin, tekst)
    beslutning = Beslutning(
        sag=sag,
        instans=fra_instans,
        udfald=udfald,
        dato=dato,
        reference=reference.strip(),
        tekst=tekst.strip(),
        dokument=dokument,
        registreret_af=adgang.bruger,
    )
    beslutning.full_clean()
    beslutning.save()
    if udfald == Udfald.SENDT_VIDERE:
        sag.instans = kompetence.for_sag(sag).videre_fra(fra_instans)
        sag.moededato, sag.moedepunkt = None, ""
    _gem_skift(
        sag, adgang, "sag_besluttet", str(beslutning), fra, beslutning.tekst, beslutning=beslutning.pk, dato=str(dato)
    )
    if udfald == Udfald.GODKENDT and sag.virkningsdato <= timezone.localdate():
        _udfoer(sag, adgang)
    efter_commit(mails.besluttet, beslutning.pk)
    return sag


def _kraev_lovlig_beslutning(sag: Sag, udfald: Udfald, dato: dt.date) -> None:
    """Not in the future, not before the case came; sent on only to a body there is; approved only without errors."""
    if dato > timezone.localdate():
        raise ValidationError({"dato": "Beslutningens dato kan ikke ligge i fremtiden"})
    if dato < timezone.localdate(sag.indsendt_tidspunkt):
        raise ValidationError({"dato": "Beslutningen kan ikke være truffet, før sagen blev indsendt"})
    if udfald == Udfald.SENDT_VIDERE and not kompetence.for_sag(sag).videre_fra(sag.instans):
        raise ValidationError({"udfald": "Sagen kan ikke sendes videre herfra"})
    if udfald == Udfald.GODKENDT and (stopper := blokerende(kontroller(sag, dato))):
        raise SagHarFejl(stopper)


def _udfoer(sag: Sag, adgang: Adgang) -> None:
    """Carry an approved, locked case out, once."""
    art_af(sag).udfoer(sag, adgang)
    sag.udfoert_tidspunkt = timezone.now()
    sag.full_clean()
    sag.save(update_fields=["udfoert_tidspunkt"])
    log(adgang, "sag_udfoert", sag, tekst="Trådt i kraft", vedroerer=sag.organisation)


@transaction.atomic
def udfoer(sag: Sag, *, adgang: Adgang) -> Sag:
    """Carry an approved case out when its day has come; a case that is carried out already is left alone."""
    kraev_tilladelse(adgang.er_sekretariat)
    sag = laas(sag)
    if not Sag.objects.skal_udfoeres(timezone.localdate()).filter(pk=sag.pk).exists():
        return sag
    _udfoer(sag, adgang)
    efter_commit(mails.traadt_i_kraft, sag.pk)
    return sag
