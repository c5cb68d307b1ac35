"""Kinds of jobs, starting them and running them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Jobtilstand
from socialaftale.kerne.hatte import adgang_for
from socialaftale.kerne.models import Dokument, Job

logger = logging.getLogger(__name__)

Fremdrift = Callable[[int, str], None]


class Jobfejl(Exception):
    """An expected failure of a job, with a Danish message for the user."""


@dataclass(frozen=True, slots=True)
class Jobslags:
    """A kind of job: the function gets the starter's `Adgang`, a progress callback and the parameters."""

    navn: str
    koer: Callable[..., Dokument | str | None]


_slags: dict[str, Jobslags] = {}


def registrer(navn: str, koer: Callable[..., Dokument | str | None]) -> None:
    """Offer a kind of job: `koer(adgang, fremdrift, **parametre)` returns a `Dokument`, an address or None."""
    _slags[navn] = Jobslags(navn, koer)


def start(adgang: Adgang, slags: str, *, titel: str, noegle: str, parametre: dict[str, Any] | None = None) -> Job:
    """Start a job after commit; one that already waits or runs under the same key is returned instead."""
    if slags not in _slags:
        raise KeyError(f"Unknown kind of job: {slags}")
    job = Job(
        slags=slags,
        noegle=noegle,
        titel=titel,
        parametre=parametre or {},
        bruger=adgang.bruger,
        organisation=adgang.organisation,
        hat=adgang.hat or "",
        besked="Venter på at komme til",
    )
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        # The one in the way may have ended meanwhile; its outcome is what the user asked for then.
        return Job.objects.filter(noegle=noegle).order_by("-oprettet").first() or job
    transaction.on_commit(partial(koer_job.enqueue, str(job.pk)))
    return job


@task()
def koer_job(job_id: str) -> None:
    """Run one job in the worker; every outcome ends on the row, so that the page never waits in vain."""
    # One worker takes it: the update changes a row only while it waits.
    ventende = Job.objects.filter(pk=job_id, tilstand=Jobtilstand.VENTER)
    if not ventende.update(tilstand=Jobtilstand.KOERER, startet=timezone.now(), besked="I gang"):
        return
    job = Job.objects.get(pk=job_id)

    def fremdrift(procent: int, besked: str) -> None:
        Job.objects.filter(pk=job.pk).update(procent=max(0, min(99, procent)), besked=besked[:200])

    try:
        resultat = _slags[job.slags].koer(_adgang(job), fremdrift, **job.parametre)
    except Jobfejl as fejl:
        _afslut(job, tilstand=Jobtilstand.FEJLET, besked="", fejl=str(fejl)[:300])
    except Exception:
        reference = str(job.pk)[:8]
        logger.exception("job %s (%s) failed, reference %s", job.pk, job.slags, reference)
        _afslut(
            job,
            tilstand=Jobtilstand.FEJLET,
            besked="",
            fejl=f"Der opstod en fejl, og filen blev ikke lavet. Prøv igen, eller skriv til sekretariatet med "
            f"reference {reference}.",
        )
    else:
        _afslut(
            job,
            tilstand=Jobtilstand.FAERDIG,
            procent=100,
            besked="Færdig",
            dokument=resultat if isinstance(resultat, Dokument) else None,
            resultat_url=resultat if isinstance(resultat, str) else "",
        )


def _afslut(job: Job, **felter: Any) -> None:
    Job.objects.filter(pk=job.pk).update(afsluttet=timezone.now(), **felter)


def _adgang(job: Job) -> Adgang:
    """The starter's rights as they are when the job runs, not as they were when it was ordered."""
    if job.bruger is None:
        return Adgang.system()
    return adgang_for(job.bruger, f"{job.organisation_id}:{job.hat}")
