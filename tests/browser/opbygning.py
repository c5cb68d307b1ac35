"""Makes the database of the browser tests: the demo, what the demo lacks, log-ins and the address of every page.

Run as a program of its own (`python -m tests.browser.opbygning`), so that the demo never touches the suite's database.
Everything the tests need to know of the rows is written to the file named on the command line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django

# One TOTP secret for the user who has it; the tests compute codes from it.
TOTP_HEMMELIGHED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def lav_database() -> None:
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("lav_demo")
    call_command("collectstatic", interactive=False, verbosity=0)


def supplement() -> None:
    """States a demo does not begin with: users with TOTP, without role or password or closed; uploads and jobs."""
    import datetime as dt

    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP
    from django.utils import timezone

    from socialaftale.kerne.demobrugere import ADGANGSKODE
    from socialaftale.kerne.enums import Jobtilstand, Rolle
    from socialaftale.kerne.models import Bruger, Job, Medlemskab, Organisation
    from tests.browser.aftalefund import lav_aftalefund
    from tests.browser.aftalevej import lav_aftaleveje
    from tests.browser.skemaboeger import lav_skemaboeger

    Bruger.objects.create_user("rolleloes@demo.example", ADGANGSKODE, navn="Ronja Rolleløs")
    Bruger.objects.create_user("uden.adgangskode@demo.example", navn="Uffe Udenkode")
    Bruger.objects.create_user("lukket@demo.example", ADGANGSKODE, navn="Lone Lukket", is_active=False)
    lav_skemaboeger()
    lav_aftalefund()
    lav_aftaleveje()
    Medlemskab.objects.create(
        bruger=Bruger.objects.get(email="oekonom.aalborg@demo.example"),
        organisation=Organisation.objects.get(slug="aalborg"),
        rolle=Rolle.TAKSTGRUPPE,
        fra=timezone.localdate() + dt.timedelta(days=30),
    )
    med_totp = Bruger.objects.create_user("totp@demo.example", ADGANGSKODE, navn="Tove Totrin")
    sekretariatet = Organisation.objects.get(slug="sekretariatet")
    Medlemskab.objects.create(bruger=med_totp, organisation=sekretariatet, rolle=Rolle.SEKRETARIAT)
    TOTP.activate(med_totp, TOTP_HEMMELIGHED)
    RecoveryCodes.activate(med_totp)
    for tilstand, felter in {
        Jobtilstand.VENTER: {},
        Jobtilstand.KOERER: {"procent": 40, "besked": "Sætter kapitler op"},
        Jobtilstand.FAERDIG: {"procent": 100},
        Jobtilstand.FEJLET: {"procent": 60, "fejl": "Kapitlet Kapacitet henviser til et tal, der ikke findes."},
    }.items():
        Job.objects.create(
            slags="browsertest", noegle=f"browsertest:{tilstand}", titel="Aftalen som PDF", tilstand=tilstand, **felter
        )


def lav_session(email: str, hat: str | None) -> str:
    """A log-in as if the user had just typed the password; returns the session's key."""
    from allauth.account.internal.flows.login import record_authentication
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from socialaftale.kerne.hatte import SESSIONSNOEGLE, muligheder_for
    from socialaftale.kerne.models import Bruger

    bruger = Bruger.objects.get(email=email)
    session = SessionStore()
    session[SESSION_KEY] = str(bruger.pk)
    session[BACKEND_SESSION_KEY] = "socialaftale.kerne.loginbackend.Loginbackend"
    session[HASH_SESSION_KEY] = bruger.get_session_auth_hash()
    record_authentication(SimpleNamespace(session=session), bruger, "password", reauthenticated=True)
    if hat is not None:
        session[SESSIONSNOEGLE] = next(m.noegle for m in muligheder_for(bruger) if m.hat == hat)
    session.create()
    return session.session_key


def adresse(url_navn: str, sti: str, kwargs: Callable[[], dict[str, Any]], query: str) -> str:
    from django.urls import reverse

    return (sti or reverse(url_navn, kwargs=kwargs())) + query


def kladder() -> dict[str, list[int]]:
    """Forms of an average tariff with figures that the demo's economists may write in, by unit of the tariff."""
    from takster.models import Takstskema

    fundne: dict[str, list[int]] = {}
    for som, slug in (("aalborg", "aalborg"), ("region", "region-nordjylland")):
        udfyldte = Takstskema.objects.filter(
            tilstand__in=["kladde", "sendt_retur"], linjer__isnull=False, ydelse__taksttype="gennemsnit"
        )
        for skema in udfyldte.filter(indberetning__driftsherre__slug=slug).distinct().order_by("pk"):
            fundne.setdefault(f"{som}:{skema.enhed}", []).append(skema.pk)
    return fundne


def lav_oversigt() -> dict[str, Any]:
    from socialaftale.kerne.models import Opsaetning
    from tests.browser.sider import SIDER
    from tests.browser.sidetype import PERSONER

    adresser, fejl = {}, {}
    for side in SIDER:
        try:
            adresser[side.navn] = adresse(side.url_navn, side.sti, side.kwargs, side.query)
        except Exception as problem:
            # One page whose row is missing fails its own test only.
            fejl[side.navn] = repr(problem)
    return {
        "navn": Opsaetning.hent().navn,
        "sessioner": {person: lav_session(email, hat) for person, (email, hat) in PERSONER.items()},
        "adresser": adresser,
        "kladder": kladder(),
        "fejl": fejl,
    }


if __name__ == "__main__":
    django.setup()
    lav_database()
    supplement()
    Path(sys.argv[1]).write_text(json.dumps(lav_oversigt(), ensure_ascii=False), encoding="utf-8")
