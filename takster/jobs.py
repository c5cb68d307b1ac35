"""The long work of the tariff app, as the job queue runs it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.job.koersel import Fremdrift, Jobfejl
from takster import bilag
from takster.handlinger.offentliggoerelse import offentliggoer_runde
from takster.models import Indberetningsrunde


def offentliggoer_takster(adgang: Adgang, fremdrift: Fremdrift, *, aar: int) -> str:
    """Publish a round and issue its takstbilag; the result is the public list of its year."""

    def foerste_halvdel(procent: int, besked: str) -> None:
        fremdrift(procent // 2, besked)

    try:
        offentliggoer_runde(Indberetningsrunde.objects.get(aar=aar), adgang=adgang, fremdrift=foerste_halvdel)
        bilag.udsted(adgang, lambda procent, besked: fremdrift(50 + procent // 2, besked), aar=aar)
    except ValidationError as fejl:
        raise Jobfejl(" ".join(fejl.messages)) from fejl
    except UlovligOvergang as fejl:
        raise Jobfejl("Runden er ikke lukket mere, så taksterne blev ikke offentliggjort.") from fejl
    return reverse("takster:liste", query={"aar": aar})
