"""Sending a questionnaire and following it up: recipients, links, reminders, deadline, withdrawals, closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.dansk import slug, soegetekst
from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.notifikationer import efter_commit
from socialaftale.kerne.tekst.rensning import afvis_cpr
from socialaftale.kerne.templatetags.dansk import dato_lang
from udmeldinger.enums import Besvarelsestrin, Skematilstand, Skematrin, Svarrolle
from udmeldinger.forloeb import BESVARELSE, SKEMA
from udmeldinger.models import Besvarelse, Spoergeskema, Svarlink
from udmeldinger.spoergeskemaer import adgang as regler
from udmeldinger.spoergeskemaer import links, mails
from udmeldinger.spoergeskemaer.hentning import hent_opbygning
from udmeldinger.spoergeskemaer.svarhandlinger import kraev_begrundelse, laas, log_svar

# Days before the deadline when those who have not answered are reminded without anybody doing it.
RYKKERDAGE = (14, 3)
# A personal link outlives the deadline, since late answers are taken.
LINKDAGE_EFTER_FRIST = 30
PRIVATE = (Organisationstype.PRIVAT, Organisationstype.SELVEJENDE)


@dataclass(frozen=True, slots=True)
class Modtager:
    """Who is asked, and in what capacity."""

    organisation: Organisation
    rolle: Svarrolle


def _laas_skema(skema: Spoergeskema) -> Spoergeskema:
    return Spoergeskema.objects.select_for_update(of=("self",)).get(pk=skema.pk)


def _kraev_fremtid(frist: dt.date) -> None:
    if frist <= timezone.localdate():
        raise ValidationError({"frist": "Fristen skal ligge efter i dag"})


@transaction.atomic
def send(
    skema: Spoergeskema, *, adgang: Adgang, frist: dt.date, modtagere: Iterable[Modtager], besked: str = ""
) -> Spoergeskema:
    """Lock the questionnaire and ask: everybody gets an answer to fill in, and a mail."""
    skema = _laas_skema(skema)
    skridt = SKEMA.kraev(Skematrin.SEND, skema.tilstand)
    kraev_tilladelse(regler.maa_bygge(adgang, skema))
    _kraev_fremtid(frist)
    afvis_cpr(besked)
    if fund := hent_opbygning(skema).fejl():
        raise ValidationError([et.tekst for et in fund])
    valgte = list(modtagere)
    if not valgte:
        raise ValidationError({"kommuner": "Vælg mindst én modtager"})
    skema.tilstand, skema.frist, skema.besked = skridt.til, frist, besked.strip()
    skema.sendt_tidspunkt, skema.sendt_af = timezone.now(), adgang.bruger
    skema.full_clean()
    skema.save(update_fields=["tilstand", "frist", "besked", "sendt_tidspunkt", "sendt_af"])
    _inviter(skema, valgte)
    log(
        adgang,
        "spoergeskema_sendt",
        skema,
        tekst=f"Sendt til {len(valgte)} med frist {dato_lang(frist)}",
        fra=Skematilstand.KLADDE,
        til=skridt.til,
        data={"modtagere": [f"{et.organisation.slug}:{et.rolle}" for et in valgte]},
    )
    return skema


def _kraev_spoergsmaal(skema: Spoergeskema, roller: Iterable[str]) -> None:
    """Nobody is asked nothing: some section must be for each capacity."""
    afsnit = list(skema.afsnit.all())
    for rolle in roller:
        if not any(et.gaelder_for(rolle) for et in afsnit):
            navn = Svarrolle(rolle).label.lower()
            raise ValidationError(f"Skemaet har ingen afsnit til den, der svarer som {navn}")


def _inviter(skema: Spoergeskema, valgte: Sequence[Modtager]) -> None:
    _kraev_spoergsmaal(skema, {et.rolle for et in valgte})
    nye = Besvarelse.objects.bulk_create(
        Besvarelse(skema=skema, organisation=et.organisation, rolle=et.rolle) for et in valgte
    )
    efter_commit(mails.inviteret, [et.pk for et in nye])


@transaction.atomic
def tilfoej_modtagere(skema: Spoergeskema, *, adgang: Adgang, modtagere: Iterable[Modtager]) -> int:
    """Ask more after it was sent; those who are asked already are left alone. Returns how many are new."""
    skema = _laas_skema(skema)
    kraev_tilladelse(regler.maa_lede(adgang, skema))
    kendte = set(skema.besvarelser.values_list("organisation_id", "rolle"))
    nye = [et for et in modtagere if (et.organisation.pk, str(et.rolle)) not in kendte]
    if not nye:
        raise ValidationError({"kommuner": "Vælg mindst én, der ikke allerede er modtager"})
    _inviter(skema, nye)
    navne = ", ".join(str(et.organisation) for et in nye)
    log(adgang, "spoergeskema_modtagere", skema, tekst=f"Flere modtagere: {navne}"[:200])
    return len(nye)


@transaction.atomic
def spoerg_privat(skema: Spoergeskema, *, adgang: Adgang, organisation: str, navn: str, email: str) -> Svarlink:
    """Ask a private operator through a personal link; one that is not known by name is registered."""
    skema = _laas_skema(skema)
    kraev_tilladelse(regler.maa_lede(adgang, skema))
    _kraev_spoergsmaal(skema, [Svarrolle.PRIVAT])
    soegt = soegetekst(organisation)
    kendte = Organisation.objects.filter(type__in=PRIVATE)
    fundet = next((et for et in kendte if soegt in (soegetekst(et.navn), soegetekst(et.kortnavn))), None)
    if fundet is None:
        fundet = Organisation(
            type=Organisationstype.PRIVAT, navn=organisation.strip(), kortnavn=organisation.strip()[:80]
        )
        fundet.slug = _ledig_slug(organisation)
        fundet.full_clean()
        fundet.save()
        log(adgang, "organisation_oprettet", fundet, tekst="Privat driftsherre oprettet til et spørgeskema")
    besvarelse, _ = Besvarelse.objects.get_or_create(skema=skema, organisation=fundet, rolle=Svarrolle.PRIVAT)
    return lav_link(besvarelse, adgang=adgang, navn=navn, email=email)


def _ledig_slug(navn: str) -> str:
    stamme = slug(navn)[:70] or "privat"
    kendte = set(Organisation.objects.filter(slug__startswith=stamme).values_list("slug", flat=True))
    navne = (stamme if nr == 1 else f"{stamme}-{nr}" for nr in range(1, len(kendte) + 2))
    return next(et for et in navne if et not in kendte)


@transaction.atomic
def lav_link(besvarelse: Besvarelse, *, adgang: Adgang, navn: str, email: str) -> Svarlink:
    """A personal link by mail; earlier links to the same answer stop working."""
    besvarelse = laas(besvarelse)
    kraev_tilladelse(regler.maa_lave_link(adgang, besvarelse))
    nu = timezone.now()
    besvarelse.links.filter(tilbagetrukket_tidspunkt__isnull=True).update(tilbagetrukket_tidspunkt=nu)
    token = links.nyt_token()
    senest = max(besvarelse.skema.frist, timezone.localdate()) + dt.timedelta(days=LINKDAGE_EFTER_FRIST)
    link = Svarlink(
        besvarelse=besvarelse,
        aftryk=links.aftryk(token),
        navn=navn.strip(),
        email=email,
        udloeber=timezone.make_aware(dt.datetime.combine(senest, dt.time(23, 59))),
        oprettet_tidspunkt=nu,
        oprettet_af=adgang.bruger,
    )
    link.full_clean()
    link.save()
    log_svar(adgang, "svarlink_sendt", besvarelse, f"Personligt link sendt til {link.navn}")

    def send_personligt_link(noegle: int) -> None:
        # The token is in no argument, so that a failed mail does not write it in the log.
        mails.personligt_link(noegle, token)

    efter_commit(send_personligt_link, link.pk)
    return link


@transaction.atomic
def traek_link_tilbage(besvarelse: Besvarelse, *, adgang: Adgang) -> int:
    """No link to the answer works any more; returns how many did."""
    besvarelse = laas(besvarelse)
    kraev_tilladelse(regler.maa_lave_link(adgang, besvarelse))
    gyldige = besvarelse.links.filter(tilbagetrukket_tidspunkt__isnull=True)
    antal = gyldige.update(tilbagetrukket_tidspunkt=timezone.now())
    if antal:
        log_svar(adgang, "svarlink_tilbage", besvarelse, "Personligt link trukket tilbage")
    return antal


@transaction.atomic
def ryk(skema: Spoergeskema, *, adgang: Adgang) -> int:
    """Remind all who have not answered; returns how many."""
    skema = _laas_skema(skema)
    kraev_tilladelse(regler.maa_lede(adgang, skema))
    return _ryk(skema, adgang, {"rykket_tidspunkt": timezone.now()}, skema.besvarelser.mangler())


def _ryk(skema: Spoergeskema, adgang: Adgang, felter: dict, hvem) -> int:
    noegler = list(hvem.values_list("pk", flat=True))
    if noegler:
        skema.besvarelser.filter(pk__in=noegler).update(**felter)
        log(adgang, "spoergeskema_rykket", skema, tekst=f"Påmindelse sendt til {len(noegler)}")
        efter_commit(mails.rykker, noegler)
    return len(noegler)


def send_forfaldne(*, adgang: Adgang, dato: dt.date) -> int:
    """The reminders that are due on a day, 14 and 3 days before the deadline; safe to run again the same day."""
    antal = 0
    for fundet in Spoergeskema.objects.sendte().filter(frist__gte=dato):
        tilbage = (fundet.frist - dato).days
        forfaldne = [dage for dage in RYKKERDAGE if tilbage <= dage]
        if not forfaldne:
            continue
        with transaction.atomic():
            skema = _laas_skema(fundet)
            if not skema.er_aabent:
                continue
            dage = min(forfaldne)
            allerede = skema.besvarelser.filter(rykket_dage__isnull=False, rykket_dage__lte=dage).values("pk")
            hvem = skema.besvarelser.mangler().exclude(pk__in=allerede)
            felter = {"rykket_tidspunkt": timezone.now(), "rykket_dage": dage}
            antal += _ryk(skema, adgang, felter, hvem)
    return antal


@transaction.atomic
def flyt_frist(skema: Spoergeskema, *, adgang: Adgang, frist: dt.date) -> Spoergeskema:
    """Another deadline; those who have not answered are told, and reminded anew."""
    skema = _laas_skema(skema)
    kraev_tilladelse(regler.maa_lede(adgang, skema))
    _kraev_fremtid(frist)
    fra, skema.frist = skema.frist, frist
    skema.full_clean()
    skema.save(update_fields=["frist"])
    skema.besvarelser.update(rykket_dage=None)
    tekst = f"Fristen er flyttet til {dato_lang(frist)}"
    log(adgang, "spoergeskema_frist", skema, tekst=tekst, fra=str(fra), til=str(frist))
    efter_commit(mails.ny_frist, list(skema.besvarelser.mangler().values_list("pk", flat=True)))
    return skema


@transaction.atomic
def luk(skema: Spoergeskema, *, adgang: Adgang) -> Spoergeskema:
    """No more answers; drafts stay with those who wrote them."""
    skema = _laas_skema(skema)
    skridt = SKEMA.kraev(Skematrin.LUK, skema.tilstand)
    kraev_tilladelse(regler.maa_lede(adgang, skema))
    skema.tilstand, skema.lukket_tidspunkt = skridt.til, timezone.now()
    skema.full_clean()
    skema.save(update_fields=["tilstand", "lukket_tidspunkt"])
    mangler = [str(et.organisation) for et in skema.besvarelser.mangler().select_related("organisation")]
    log(adgang, "spoergeskema_lukket", skema, tekst="Spørgeskemaet er lukket", data={"ikke_svaret": mangler})
    return skema


@transaction.atomic
def aabn(skema: Spoergeskema, *, adgang: Adgang) -> Spoergeskema:
    """Take answers again."""
    skema = _laas_skema(skema)
    skridt = SKEMA.kraev(Skematrin.AABN, skema.tilstand)
    kraev_tilladelse(regler.maa_genaabne_skema(adgang, skema))
    skema.tilstand, skema.lukket_tidspunkt = skridt.til, None
    skema.full_clean()
    skema.save(update_fields=["tilstand", "lukket_tidspunkt"])
    log(adgang, "spoergeskema_aabnet", skema, tekst="Spørgeskemaet er åbnet igen")
    return skema


@transaction.atomic
def fritag(besvarelse: Besvarelse, *, adgang: Adgang, begrundelse: str) -> Besvarelse:
    """Withdraw somebody with a reason: no answer is expected, and the follow-up names them."""
    besvarelse = laas(besvarelse)
    skridt = BESVARELSE.kraev(Besvarelsestrin.FRITAG, besvarelse.tilstand)
    kraev_tilladelse(regler.maa_fritage(adgang, besvarelse))
    begrundelse = kraev_begrundelse(begrundelse)
    fra, besvarelse.tilstand, besvarelse.begrundelse = besvarelse.tilstand, skridt.til, begrundelse
    besvarelse.full_clean()
    besvarelse.save(update_fields=["tilstand", "begrundelse"])
    log_svar(
        adgang,
        "besvarelse_fritaget",
        besvarelse,
        "Fritaget for at svare",
        fra=fra,
        til=skridt.til,
        begrundelse=begrundelse,
    )
    efter_commit(mails.fritaget, besvarelse.pk)
    return besvarelse


@transaction.atomic
def spoerg_igen(besvarelse: Besvarelse, *, adgang: Adgang) -> Besvarelse:
    """An answer is expected after all."""
    besvarelse = laas(besvarelse)
    skridt = BESVARELSE.kraev(Besvarelsestrin.SPOERG_IGEN, besvarelse.tilstand)
    kraev_tilladelse(regler.maa_spoerge_igen(adgang, besvarelse))
    fra, besvarelse.tilstand, besvarelse.begrundelse = besvarelse.tilstand, skridt.til, ""
    besvarelse.full_clean()
    besvarelse.save(update_fields=["tilstand", "begrundelse"])
    log_svar(adgang, "besvarelse_spurgt_igen", besvarelse, "Fritagelsen er ophævet", fra=fra, til=skridt.til)
    efter_commit(mails.inviteret, [besvarelse.pk])
    return besvarelse
