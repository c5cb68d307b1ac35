"""What the secretariat's administrator does with users; every step is logged with who, when and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.brugere import adgang as regler
from socialaftale.kerne.brugere import mails
from socialaftale.kerne.brugere.enums import Brugerstatus
from socialaftale.kerne.datoformat import skriv_dato_lang
from socialaftale.kerne.demobrugere import er_demoadresse
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Bruger, Medlemskab, Organisation
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.sessioner import log_af_overalt

SIDSTE_ADMINISTRATOR = (
    "Der skal altid være mindst én administrator med åben konto og en rolle uden slutdato. "
    "Giv først rollen til en anden, som har valgt adgangskode."
)


@transaction.atomic
def inviter(
    *,
    adgang: Adgang,
    email: str,
    navn: str,
    organisation: Organisation,
    roller: Iterable[Rolle],
    fra: dt.date,
    til: dt.date | None = None,
    send: bool = True,
) -> Bruger:
    """Make a user by e-mail address and give the roles; a known address gets the roles on its present account."""
    kraev_tilladelse(regler.maa_administrere(adgang), "Kun sekretariatets administrator inviterer brugere.")
    email = email.strip().lower()
    if er_demoadresse(email) and not settings.DEMO:
        raise ValidationError({"email": "Demobrugere findes kun i demoen. Skriv en rigtig e-mailadresse"})
    bruger, ny = _hent_eller_opret(email, navn)
    if ny:
        log(adgang, "inviteret", bruger, tekst="Inviteret som bruger", data={"email": email})
    return giv_rolle(bruger, adgang=adgang, organisation=organisation, roller=roller, fra=fra, til=til, send=send)


def _hent_eller_opret(email: str, navn: str) -> tuple[Bruger, bool]:
    kendt = Bruger.objects.filter(email=email).first()
    if kendt:
        return kendt, False
    bruger = Bruger(email=email, navn=navn.strip())
    bruger.set_unusable_password()
    try:
        with transaction.atomic():
            bruger.full_clean()
            bruger.save(force_insert=True)
    except IntegrityError:
        # Invited by somebody else in the same moment.
        return Bruger.objects.get(email=email), False
    return bruger, True


@transaction.atomic
def giv_rolle(
    bruger: Bruger,
    *,
    adgang: Adgang,
    organisation: Organisation,
    roller: Iterable[Rolle],
    fra: dt.date,
    til: dt.date | None = None,
    send: bool = True,
) -> Bruger:
    """Give roles in one organisation from a date (and until one); the user is told by mail."""
    bruger = laas(bruger)
    kraev_tilladelse(regler.maa_administrere(adgang), "Kun sekretariatets administrator giver roller.")
    if not bruger.is_active:
        raise ValidationError(f"{bruger}s konto er lukket. Genåbn den, før du giver en rolle")
    valgte = [Rolle(rolle) for rolle in roller]
    if not valgte:
        raise ValidationError({"roller": "Vælg mindst én rolle"})
    medlemskaber = [_giv_en_rolle(bruger, adgang, organisation, rolle, fra, til) for rolle in valgte]
    if send:
        _giv_besked(bruger, medlemskaber, adgang)
    return bruger


def _giv_en_rolle(
    bruger: Bruger, adgang: Adgang, organisation: Organisation, rolle: Rolle, fra: dt.date, til: dt.date | None
) -> Medlemskab:
    if not regler.rollen_passer(rolle, organisation):
        raise ValidationError({"roller": f"{organisation} kan ikke have rollen {rolle.label}"})
    overlap = bruger.medlemskaber.filter(Q(til__isnull=True) | Q(til__gte=fra), organisation=organisation, rolle=rolle)
    if til:
        overlap = overlap.filter(fra__lte=til)
    if overlap.exists():
        raise ValidationError({"roller": f"{bruger} har allerede rollen {rolle.label} i {organisation} på den tid"})
    medlemskab = Medlemskab(bruger=bruger, organisation=organisation, rolle=rolle, fra=fra, til=til)
    medlemskab.full_clean()
    medlemskab.save()
    log(
        adgang,
        "rolle_givet",
        bruger,
        tekst=f"Fik rollen {rolle.label} i {organisation} {_periode(fra, til)}"[:200],
        data=_som_data(medlemskab),
    )
    return medlemskab


def _periode(fra: dt.date, til: dt.date | None) -> str:
    start = f"fra {skriv_dato_lang(fra)}"
    return f"{start} til og med {skriv_dato_lang(til)}" if til else start


def _som_data(medlemskab: Medlemskab) -> dict[str, str | int | None]:
    return {
        "rolle": medlemskab.rolle,
        "organisation": medlemskab.organisation_id,
        "fra": medlemskab.fra.isoformat(),
        "til": medlemskab.til.isoformat() if medlemskab.til else None,
    }


def _giv_besked(bruger: Bruger, medlemskaber: Iterable[Medlemskab], adgang: Adgang) -> None:
    """An invitation to those who have not chosen a password, else word of the new role."""
    if bruger.status == Brugerstatus.INVITERET:
        _send_invitation(bruger, adgang)
    else:
        transaction.on_commit(partial(mails.ny_rolle, bruger.pk, [et.pk for et in medlemskaber]))


def _send_invitation(bruger: Bruger, adgang: Adgang) -> None:
    bruger.inviteret_tidspunkt = timezone.now()
    bruger.save(update_fields=["inviteret_tidspunkt"])
    log(adgang, "invitation_sendt", bruger, tekst="Invitation sendt")
    transaction.on_commit(partial(mails.invitation, bruger.pk))


@transaction.atomic
def send_invitation(bruger: Bruger, *, adgang: Adgang) -> Bruger:
    """Send the link to choose a password once more."""
    bruger = laas(bruger)
    kraev_tilladelse(regler.maa_administrere(adgang), "Kun sekretariatets administrator inviterer brugere.")
    if not regler.maa_invitere_igen(adgang, bruger):
        raise ValidationError(f"{bruger} har valgt adgangskode eller er lukket, så invitationen er ikke sendt igen")
    _send_invitation(bruger, adgang)
    return bruger


@transaction.atomic
def afslut_rolle(medlemskab: Medlemskab, *, adgang: Adgang, til: dt.date, begrundelse: str) -> Medlemskab:
    """Give a role its last day; the rights end with that day."""
    bruger = laas(medlemskab.bruger)
    medlemskab = _laas_rolle(medlemskab)
    kraev_tilladelse(regler.maa_administrere(adgang), "Kun sekretariatets administrator afslutter roller.")
    if not regler.maa_afslutte_rolle(adgang, medlemskab):
        raise ValidationError("Rollen er ikke i kraft, så den kan ikke afsluttes")
    begrundelse = _kraev_begrundelse(begrundelse)
    if medlemskab.rolle == Rolle.SEKRETARIAT_ADMIN:
        _kraev_anden_administrator(bruger)
    medlemskab.til = til
    medlemskab.full_clean()
    medlemskab.save(update_fields=["til"])
    log(
        adgang,
        "rolle_afsluttet",
        bruger,
        tekst=f"Rollen {medlemskab.get_rolle_display()} i {medlemskab.organisation} slutter {skriv_dato_lang(til)}"[
            :200
        ],
        begrundelse=begrundelse,
        data=_som_data(medlemskab),
    )
    return medlemskab


@transaction.atomic
def traek_rolle(medlemskab: Medlemskab, *, adgang: Adgang, begrundelse: str) -> Bruger:
    """Take back a role that has not begun; nothing was done with it, so the row goes and the log stays."""
    bruger = laas(medlemskab.bruger)
    medlemskab = _laas_rolle(medlemskab)
    kraev_tilladelse(regler.maa_administrere(adgang), "Kun sekretariatets administrator trækker roller tilbage.")
    if not regler.maa_traekke_rolle(adgang, medlemskab):
        raise ValidationError("Rollen er begyndt, så den kan ikke trækkes tilbage. Afslut den i stedet")
    log(
        adgang,
        "rolle_trukket",
        bruger,
        tekst=f"Rollen {medlemskab.get_rolle_display()} i {medlemskab.organisation} trukket tilbage"[:200],
        begrundelse=_kraev_begrundelse(begrundelse),
        data=_som_data(medlemskab),
    )
    medlemskab.delete()
    return bruger


@transaction.atomic
def luk(bruger: Bruger, *, adgang: Adgang, begrundelse: str) -> Bruger:
    """Close an account: no more log-in, and those that are open end at once; roles and log stay."""
    bruger = laas(bruger)
    kraev_tilladelse(regler.maa_administrere(adgang), "Kun sekretariatets administrator lukker konti.")
    if bruger == adgang.bruger:
        raise ValidationError("Du kan ikke lukke din egen konto")
    if not bruger.is_active:
        raise ValidationError("Kontoen er allerede lukket")
    begrundelse = _kraev_begrundelse(begrundelse)
    _laas_administratorer()
    if bruger.medlemskaber.gaeldende().filter(rolle=Rolle.SEKRETARIAT_ADMIN).exists():
        _kraev_anden_administrator(bruger)
    _skift_aktiv(bruger, False)
    log_af_overalt(bruger)
    log(
        adgang,
        "konto_lukket",
        bruger,
        tekst="Kontoen lukket",
        fra=Brugerstatus.AKTIV,
        til=Brugerstatus.LUKKET,
        begrundelse=begrundelse,
    )
    return bruger


@transaction.atomic
def genaabn(bruger: Bruger, *, adgang: Adgang, begrundelse: str) -> Bruger:
    """Open a closed account again, with the roles whose dates still hold."""
    bruger = laas(bruger)
    kraev_tilladelse(regler.maa_administrere(adgang), "Kun sekretariatets administrator genåbner konti.")
    if bruger.is_active:
        raise ValidationError("Kontoen er allerede åben")
    begrundelse = _kraev_begrundelse(begrundelse)
    _skift_aktiv(bruger, True)
    log(
        adgang,
        "konto_genaabnet",
        bruger,
        tekst="Kontoen genåbnet",
        fra=Brugerstatus.LUKKET,
        til=bruger.status,
        begrundelse=begrundelse,
    )
    return bruger


@transaction.atomic
def nulstil_totrin(bruger: Bruger, *, adgang: Adgang, begrundelse: str) -> Bruger:
    """Remove a lost second factor with its recovery codes, log the user out everywhere, and tell them by mail."""
    bruger = laas(bruger)
    kraev_tilladelse(regler.maa_administrere(adgang), "Kun sekretariatets administrator nulstiller to-trins-log-på.")
    if bruger == adgang.bruger:
        raise ValidationError("Slå din egen to-trins-log-på fra på siden Min konto")
    begrundelse = _kraev_begrundelse(begrundelse)
    slettet, _ = Authenticator.objects.filter(user=bruger).delete()
    if not slettet:
        raise ValidationError(f"{bruger} har ikke to-trins-log-på")
    log_af_overalt(bruger)
    log(adgang, "totrin_nulstillet", bruger, tekst="To-trins-log-på nulstillet", begrundelse=begrundelse)
    transaction.on_commit(partial(mails.totrin_nulstillet, bruger.pk))
    return bruger


def _skift_aktiv(bruger: Bruger, aktiv: bool) -> None:
    bruger.is_active = aktiv
    bruger.full_clean()
    bruger.save(update_fields=["is_active"])


def laas(bruger: Bruger) -> Bruger:
    # Not the key: the log rows of other administrators' steps point at it meanwhile.
    return Bruger.objects.select_for_update(of=("self",), no_key=True).get(pk=bruger.pk)


def _laas_rolle(medlemskab: Medlemskab) -> Medlemskab:
    if medlemskab.rolle == Rolle.SEKRETARIAT_ADMIN:
        _laas_administratorer()
    return (
        Medlemskab.objects.select_for_update(of=("self",))
        .select_related("bruger", "organisation")
        .get(pk=medlemskab.pk)
    )


def _laas_administratorer() -> None:
    """All administrator roles in one order, so that two administrators cannot remove each other."""
    list(
        Medlemskab.objects.select_for_update(of=("self",))
        .filter(rolle=Rolle.SEKRETARIAT_ADMIN)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _kraev_begrundelse(begrundelse: str) -> str:
    tekst = begrundelse.strip()
    if not tekst:
        raise ValidationError({"begrundelse": "Skriv en begrundelse"})
    return tekst


def _kraev_anden_administrator(bruger: Bruger) -> None:
    """Somebody else can administer for good; asked after `_laas_administratorer`, so that the answer is fresh."""
    if not regler.faste_administratorer().exclude(bruger=bruger).exists():
        raise ValidationError(SIDSTE_ADMINISTRATOR)
