"""What happens in a hearing: opened, answered, reminded, opened again, closed, remarked on; each step is logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.aftale.enums import Aftaletrin
from socialaftale.aftale.godkendelse.skridt import tag_skridt
from socialaftale.aftale.hoering import adgang as regler
from socialaftale.aftale.hoering import mails
from socialaftale.aftale.hoering.enums import SVAR, Hoeringstilstand, Svartrin
from socialaftale.aftale.hoering.models import Hoering, Hoeringssvar, Kapitelsvar
from socialaftale.aftale.models import Aftale
from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.enums import Dokumentsynlighed
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models import Dokument, Kapitel, Organisation
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.notifikationer import efter_commit
from socialaftale.kerne.tekst import versionshandlinger
from socialaftale.kerne.tekst.rensning import afvis_cpr
from socialaftale.kerne.templatetags.dansk import dato_lang


def _laas(svar: Hoeringssvar) -> Hoeringssvar:
    """The hearing first, so that closing it and sending an answer wait for each other."""
    Hoering.objects.select_for_update(of=("self",)).get(pk=svar.hoering_id)
    raekker = Hoeringssvar.objects.select_for_update(of=("self",))
    return raekker.select_related("hoering__aftale", "hoering__navngivet", "organisation").get(pk=svar.pk)


def _laas_hoering(hoering: Hoering) -> Hoering:
    raekker = Hoering.objects.select_for_update(of=("self",))
    return raekker.select_related("aftale", "navngivet").get(pk=hoering.pk)


def _kraev_fremtid(frist: dt.date) -> None:
    if frist <= timezone.localdate():
        raise ValidationError({"frist": "Fristen skal ligge efter i dag"})


@transaction.atomic
def aabn(
    aftale: Aftale,
    *,
    adgang: Adgang,
    navn: str,
    frist: dt.date,
    organisationer: Iterable[Organisation],
    besked: str = "",
    er_eksempel: bool = False,
) -> Hoering:
    """Send the draft in hearing as it stands: it is named, and everybody invited gets an answer to fill in."""
    aftale = Aftale.objects.select_for_update(of=("self",)).get(pk=aftale.pk)
    kraev_tilladelse(regler.maa_aabne(adgang, aftale), "Kun et udkast sendes i høring.")
    if aftale.hoeringer.filter(tilstand=Hoeringstilstand.AABEN).exists():
        raise ValidationError("Aftalen er allerede i høring. Luk den først")
    inviterede = list(organisationer)
    if not inviterede:
        raise ValidationError({"organisationer": "Vælg mindst én, der skal høres"})
    _kraev_fremtid(frist)
    navngivet = versionshandlinger.navngiv(
        aftale.tekst, adgang=adgang, navn=navn, note=f"Sendt i høring med frist {dato_lang(frist)}", objekt=aftale
    )
    hoering = Hoering(
        aftale=aftale,
        navngivet=navngivet,
        besked=besked.strip(),
        frist=frist,
        aabnet_af=adgang.bruger,
        er_eksempel=er_eksempel,
    )
    hoering.full_clean()
    hoering.save()
    Hoeringssvar.objects.bulk_create(Hoeringssvar(hoering=hoering, organisation=part) for part in inviterede)
    log(
        adgang,
        "hoering_aabnet",
        aftale,
        tekst=f"Sendt i høring som “{navngivet.navn}” med frist {dato_lang(frist)}",
        data={"hoering": hoering.pk, "inviterede": [part.slug for part in inviterede]},
    )
    idag = timezone.localdate()
    note = f"{navngivet.navn}, frist {dato_lang(frist)}"
    tag_skridt(aftale, Aftaletrin.SEND_I_HOERING, adgang=adgang, dato=idag, note=note)
    efter_commit(mails.aabnet, hoering.pk)
    return hoering


@transaction.atomic
def gem(
    svar: Hoeringssvar,
    *,
    adgang: Adgang,
    fra_version: int,
    generelt: str,
    kapitler: Mapping[Kapitel, str],
    uden_bemaerkninger: bool = False,
) -> Hoeringssvar:
    """Save the draft of an answer; raises `Versionskonflikt` when a colleague saved in between."""
    svar = _laas(svar)
    skridt = SVAR.kraev(Svartrin.GEM, svar.tilstand)
    kraev_tilladelse(regler.maa_skrive(adgang, svar))
    kraev_version(svar, fra_version)
    tekster = {kapitel: tekst.strip() for kapitel, tekst in kapitler.items() if tekst.strip()}
    afvis_cpr("\n".join([generelt, *tekster.values()]))
    if uden_bemaerkninger and (generelt.strip() or tekster):
        raise ValidationError(
            {"uden_bemaerkninger": "Fjern krydset ved ingen bemærkninger, eller slet det, du har skrevet"}
        )
    svar.generelt, svar.uden_bemaerkninger = generelt.strip(), uden_bemaerkninger
    svar.tilstand, svar.version = skridt.til, svar.version + 1
    svar.full_clean()
    svar.save(update_fields=["generelt", "uden_bemaerkninger", "tilstand", "version"])
    svar.kapitelsvar.exclude(kapitel__in=list(tekster)).delete()
    for kapitel, tekst in tekster.items():
        Kapitelsvar.objects.update_or_create(svar=svar, kapitel=kapitel, defaults={"tekst": tekst})
    return svar


@transaction.atomic
def indsend(svar: Hoeringssvar, *, adgang: Adgang) -> Hoeringssvar:
    """Send the saved answer; an empty one must say that there are no remarks."""
    svar = _laas(svar)
    skridt = SVAR.kraev(Svartrin.INDSEND, svar.tilstand)
    kraev_tilladelse(regler.maa_sende(adgang, svar))
    if not (svar.uden_bemaerkninger or svar.generelt or svar.bilag_id or svar.kapitelsvar.exists()):
        raise ValidationError(
            {"generelt": "Skriv et svar, vedhæft et dokument, eller sæt kryds ved ingen bemærkninger"}
        )
    fra, svar.tilstand = svar.tilstand, skridt.til
    svar.indsendt_tidspunkt, svar.indsendt_af = timezone.now(), adgang.bruger
    svar.full_clean()
    svar.save(update_fields=["tilstand", "indsendt_tidspunkt", "indsendt_af"])
    _log(adgang, "hoeringssvar_indsendt", svar, f"Høringssvar indsendt af {svar.organisation}", fra=fra)
    efter_commit(mails.indsendt, svar.pk)
    return svar


@transaction.atomic
def genaabn(svar: Hoeringssvar, *, adgang: Adgang, begrundelse: str) -> Hoeringssvar:
    """Let an organisation correct what it has sent; the reason is told."""
    svar = _laas(svar)
    skridt = SVAR.kraev(Svartrin.GENAABN, svar.tilstand)
    kraev_tilladelse(regler.maa_genaabne(adgang, svar))
    if skridt.kraever_begrundelse and not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor svaret åbnes igen"})
    fra, svar.tilstand = svar.tilstand, skridt.til
    svar.indsendt_tidspunkt = svar.indsendt_af = None
    svar.full_clean()
    svar.save(update_fields=["tilstand", "indsendt_tidspunkt", "indsendt_af"])
    _log(
        adgang,
        "hoeringssvar_genaabnet",
        svar,
        f"Høringssvaret fra {svar.organisation} er åbnet igen",
        fra=fra,
        begrundelse=begrundelse.strip(),
    )
    efter_commit(mails.genaabnet, svar.pk, begrundelse.strip())
    return svar


def _log(adgang: Adgang, handling: str, svar: Hoeringssvar, tekst: str, **felter: str) -> None:
    log(
        adgang,
        handling,
        svar.hoering.aftale,
        tekst=tekst,
        til=svar.tilstand,
        vedroerer=svar.organisation,
        data={"hoering": svar.hoering_id, "svar": svar.pk},
        **felter,
    )


@transaction.atomic
def vedhaeft(svar: Hoeringssvar, *, adgang: Adgang, filnavn: str, data: bytes) -> Dokument:
    """Put a document with the draft of an answer; a new one takes the place of the old."""
    svar = _laas(svar)
    kraev_tilladelse(regler.maa_skrive(adgang, svar))
    titel, filnavn = dokumenter.navne_af(filnavn)
    svar.bilag = dokumenter.udsted(
        adgang,
        noegle=f"hoering:{svar.hoering_id}:{svar.organisation.slug}"[:120],
        slags="hoeringsbilag",
        titel=titel,
        filnavn=filnavn,
        data=data,
        # Only the answer leads to it: the answer decides who reads it.
        synlighed=Dokumentsynlighed.SEKRETARIAT,
        organisation=svar.organisation,
        objekt=svar.hoering.aftale,
    )
    svar.save(update_fields=["bilag"])
    return svar.bilag


@transaction.atomic
def fjern_bilag(svar: Hoeringssvar, *, adgang: Adgang) -> Hoeringssvar:
    """Take the document away from the draft; what was stored stays stored."""
    svar = _laas(svar)
    kraev_tilladelse(regler.maa_skrive(adgang, svar))
    svar.bilag = None
    svar.save(update_fields=["bilag"])
    _log(adgang, "hoeringsbilag_fjernet", svar, f"Dokument fjernet fra høringssvaret fra {svar.organisation}")
    return svar


@transaction.atomic
def ryk(hoering: Hoering, *, adgang: Adgang) -> int:
    """Remind all who have not answered; returns how many."""
    hoering = _laas_hoering(hoering)
    kraev_tilladelse(regler.maa_lede(adgang, hoering))
    noegler = list(hoering.svar.mangler().values_list("pk", flat=True))
    hoering.svar.filter(pk__in=noegler).update(rykket_tidspunkt=timezone.now())
    log(
        adgang,
        "hoering_rykket",
        hoering.aftale,
        tekst=f"Påmindelse om høringen sendt til {len(noegler)}",
        data={"hoering": hoering.pk},
    )
    efter_commit(mails.rykker, noegler)
    return len(noegler)


@transaction.atomic
def flyt_frist(hoering: Hoering, *, adgang: Adgang, frist: dt.date) -> Hoering:
    """Another deadline; those who have not answered are told."""
    hoering = _laas_hoering(hoering)
    kraev_tilladelse(regler.maa_lede(adgang, hoering))
    _kraev_fremtid(frist)
    fra, hoering.frist = hoering.frist, frist
    hoering.full_clean()
    hoering.save(update_fields=["frist"])
    log(
        adgang,
        "hoering_frist",
        hoering.aftale,
        tekst=f"Fristen i høringen er flyttet til {dato_lang(frist)}",
        fra=str(fra),
        til=str(frist),
    )
    efter_commit(mails.ny_frist, list(hoering.svar.mangler().values_list("pk", flat=True)))
    return hoering


@transaction.atomic
def luk(hoering: Hoering, *, adgang: Adgang) -> Hoering:
    """No more answers; drafts that were not sent stay with those who wrote them."""
    aftale = Aftale.objects.select_for_update(of=("self",)).get(pk=hoering.aftale_id)
    hoering = _laas_hoering(hoering)
    kraev_tilladelse(regler.maa_lede(adgang, hoering))
    hoering.tilstand, hoering.lukket_tidspunkt = Hoeringstilstand.LUKKET, timezone.now()
    hoering.full_clean()
    hoering.save(update_fields=["tilstand", "lukket_tidspunkt"])
    mangler = [str(svar.organisation) for svar in hoering.svar.mangler().select_related("organisation")]
    log(
        adgang,
        "hoering_lukket",
        hoering.aftale,
        tekst="Høringen er lukket",
        data={"hoering": hoering.pk, "ikke_svaret": mangler},
    )
    idag = timezone.localdate()
    tag_skridt(aftale, Aftaletrin.LUK_HOERING, adgang=adgang, dato=idag, note=hoering.navngivet.navn)
    return hoering


@transaction.atomic
def bemaerk(
    hoering: Hoering,
    *,
    adgang: Adgang,
    generelle: Mapping[Hoeringssvar, str],
    kapitler: Mapping[Kapitelsvar, str],
) -> None:
    """What the secretariat says to what was sent, for the note."""
    hoering = _laas_hoering(hoering)
    kraev_tilladelse(adgang.er_sekretariat)
    antal = 0
    for raekke, tekst in [*generelle.items(), *kapitler.items()]:
        afvis_cpr(tekst)
        if raekke.bemaerkning != tekst.strip():
            raekke.bemaerkning = tekst.strip()
            raekke.save(update_fields=["bemaerkning"])
            antal += 1
    if antal:
        log(
            adgang,
            "hoering_bemaerket",
            hoering.aftale,
            tekst=f"Sekretariatets bemærkninger til {antal} høringssvar gemt",
            data={"hoering": hoering.pk},
        )
