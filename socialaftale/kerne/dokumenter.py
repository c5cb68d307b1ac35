"""Issuing of files: the only way a `Dokument` comes into being or is published."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from socialaftale.kerne import dansk
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Dokumentsynlighed
from socialaftale.kerne.models import Dokument, Organisation
from socialaftale.kerne.models.dokument import gem_bytes
from socialaftale.kerne.models.haendelse import log

MIMETYPER = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def navne_af(filnavn: str) -> tuple[str, str]:
    """Title and stored file name of an uploaded file, from what its owner called it."""
    navn, _, endelse = filnavn.rpartition(".")
    return navn[:200], f"{dansk.slug(navn)[:100] or 'dokument'}.{endelse.lower()}"


@transaction.atomic
def udsted(
    adgang: Adgang,
    *,
    noegle: str,
    slags: str,
    titel: str,
    filnavn: str,
    data: bytes,
    synlighed: Dokumentsynlighed,
    organisation: Organisation | None = None,
    offentliggoer: bool = False,
    objekt: models.Model | None = None,
) -> Dokument:
    """Store a file as the next version of `noegle`; an unchanged newest version is reused, not repeated.

    `objekt` is what the log entry hangs on (default the document itself).
    """
    sha = gem_bytes(data)
    seneste = Dokument.objects.select_for_update(of=("self",)).filter(noegle=noegle).order_by("-version").first()
    if seneste and seneste.sha256 == sha and seneste.synlighed == synlighed:
        dokument = seneste
    else:
        nummer = (Dokument.objects.filter(noegle=noegle).aggregate(stoerste=Max("version"))["stoerste"] or 0) + 1
        dokument = Dokument(
            noegle=noegle,
            version=nummer,
            slags=slags,
            titel=titel,
            filnavn=filnavn,
            mimetype=MIMETYPER[filnavn.rsplit(".", 1)[-1]],
            sha256=sha,
            stoerrelse=len(data),
            synlighed=synlighed,
            organisation=organisation,
            oprettet_af=adgang.bruger,
        )
        dokument.full_clean()
        dokument.save()
        log(adgang, "dokument_udstedt", objekt or dokument, tekst="Dokument udstedt", data={"dokument": dokument.pk})
    if offentliggoer and not dokument.offentliggjort_tidspunkt:
        offentliggoer_dokument(adgang, dokument)
    return dokument


@transaction.atomic
def offentliggoer_dokument(adgang: Adgang, dokument: Dokument) -> Dokument:
    """Publish a version; from then on neither row nor bytes change."""
    dokument.offentliggjort_tidspunkt = timezone.now()
    dokument.save(update_fields=["offentliggjort_tidspunkt"])
    log(adgang, "dokument_offentliggjort", dokument, tekst="Dokument offentliggjort")
    return dokument
