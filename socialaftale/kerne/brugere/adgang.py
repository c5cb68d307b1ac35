"""Who may administer users, and what may never happen to whom."""

from __future__ import annotations

from django.db.models import QuerySet

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.brugere.enums import Brugerstatus, Rollestatus
from socialaftale.kerne.enums import ROLLENS_ORGANISATIONSTYPER, TOTP_ROLLER, Organisationstype, Rolle
from socialaftale.kerne.models import Bruger, Medlemskab, Organisation


def maa_administrere(adgang: Adgang) -> bool:
    """Row "users" of the matrix: the secretariat's administrator."""
    return adgang.er_sekretariat_admin


def maa_rette(adgang: Adgang, bruger: Bruger) -> bool:
    """Name and address, one's own too."""
    return maa_administrere(adgang)


def maa_lukke(adgang: Adgang, bruger: Bruger) -> bool:
    """An open account, but never one's own."""
    return maa_administrere(adgang) and bruger.is_active and bruger != adgang.bruger


def maa_genaabne(adgang: Adgang, bruger: Bruger) -> bool:
    """The administrator opens a closed account again (decisions.md, Access: /brugere/)."""
    return maa_administrere(adgang) and not bruger.is_active


def maa_invitere_igen(adgang: Adgang, bruger: Bruger) -> bool:
    """As long as the user has not chosen a password."""
    return maa_administrere(adgang) and bruger.status == Brugerstatus.INVITERET


def maa_nulstille_totrin(adgang: Adgang, bruger: Bruger) -> bool:
    """Not one's own: that goes through one's own page, which asks for the password."""
    return maa_administrere(adgang) and bruger != adgang.bruger


def maa_give_rolle(adgang: Adgang, bruger: Bruger) -> bool:
    """The administrator gives roles with dates, to open accounts only (decisions.md, Access: /brugere/)."""
    return maa_administrere(adgang) and bruger.is_active


def maa_afslutte_rolle(adgang: Adgang, medlemskab: Medlemskab) -> bool:
    """A role that has begun and not ended; one that has not begun is withdrawn instead."""
    return maa_administrere(adgang) and medlemskab.status == Rollestatus.GAELDENDE


def maa_traekke_rolle(adgang: Adgang, medlemskab: Medlemskab) -> bool:
    """A role whose first day is still to come is withdrawn, as if it had never been given."""
    return maa_administrere(adgang) and medlemskab.status == Rollestatus.KOMMENDE


def rollen_passer(rolle: Rolle, organisation: Organisation) -> bool:
    """Does the role make sense in that type of organisation?"""
    typer = ROLLENS_ORGANISATIONSTYPER.get(rolle)
    return typer is None or Organisationstype(organisation.type) in typer


def faste_administratorer() -> QuerySet[Medlemskab]:
    """Memberships that can administer users today and with no end in sight: of open accounts with a password."""
    return (
        Medlemskab.objects.gaeldende()
        .filter(rolle=Rolle.SEKRETARIAT_ADMIN, til__isnull=True, bruger__is_active=True)
        # Django's mark of an account without a password: invited, but never logged in.
        .exclude(bruger__password__startswith="!")
    )


def skal_have_totrin(bruger: Bruger) -> bool:
    """Has the user, under any hat, a role that must have a second factor?"""
    return Medlemskab.objects.gaeldende().filter(bruger=bruger, rolle__in=TOTP_ROLLER).exists()
