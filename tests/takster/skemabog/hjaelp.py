"""Workbooks for the tests: taken out as a user does, changed with openpyxl, and read in again through the pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from socialaftale.kerne.models import Job
from takster.models import Indberetning, Skemabog, Takstskema
from takster.skemabog import stempel
from takster.skemabog.udfyld import OVERSKRIFTSRAEKKE

HOVED = OVERSKRIFTSRAEKKE


def url(indberetning: Indberetning, navn: str, **mere: Any) -> str:
    noegler = {"aar": indberetning.runde.aar, "slug": indberetning.driftsherre.slug, **mere}
    return reverse(f"takster:{navn}", kwargs=noegler)


def hent_data(klient: Client, indberetning: Indberetning) -> bytes:
    svar = klient.post(url(indberetning, "skemabog_hent"))
    assert svar.status_code == 200, svar
    return svar.content


def aabn(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def luk(bog: Workbook) -> bytes:
    ud = io.BytesIO()
    bog.save(ud)
    return ud.getvalue()


def celle(bog: Workbook, overskrift: str, skema: Takstskema) -> Cell:
    """The cell under a heading in the row of a form."""
    ark = bog[stempel.ARK_SKEMAER]
    raekke = next(r[0].row for r in ark.iter_rows(min_row=HOVED + 1) if r[0].value == skema.sagsnummer)
    return ark.cell(raekke, kolonne(bog, overskrift))


def kolonne(bog: Workbook, overskrift: str) -> int:
    """The number of the column under a heading."""
    return next(c.column for c in bog[stempel.ARK_SKEMAER][HOVED] if c.value == overskrift)


def pak_om(data: bytes, aendr: Callable[[dict[str, bytes]], None]) -> bytes:
    """The same archive with its parts changed by `aendr`."""
    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        dele = {navn: arkiv.read(navn) for navn in arkiv.namelist()}
    aendr(dele)
    return pak(dele)


def pak(dele: Mapping[str, bytes]) -> bytes:
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as arkiv:
        for navn, indhold in dele.items():
            arkiv.writestr(navn, indhold)
    return ud.getvalue()


def skemaark(dele: Mapping[str, bytes]) -> str:
    """The part that holds the sheet Skemaer: the first one."""
    return min(navn for navn in dele if navn.startswith("xl/worksheets/sheet"))


def indlaes(
    klient: Client,
    indberetning: Indberetning,
    data: bytes,
    on_commit: Callable[..., Any],
    navn: str = "takstskemaer.xlsx",
) -> tuple[HttpResponse, Skemabog | None]:
    """Upload a file and let the job run: the answer and the kept file, None when it was refused at once."""
    with on_commit(execute=True):
        svar = klient.post(url(indberetning, "skemabog_indlaes"), {"fil": SimpleUploadedFile(navn, data)})
    if svar.status_code != 302:
        return svar, None
    job = Job.objects.get(pk=resolve(svar.url).kwargs["pk"])
    return svar, Skemabog.objects.get(pk=job.parametre["fil"])


def beskeder(svar: HttpResponse, bog: Skemabog | None) -> list[str]:
    """What the user is told is wrong, whether at once or after the file was read."""
    if bog is None:
        return [linje.tekst for linje in svar.context["fejl"]]
    return [fejl["besked"] for fejl in bog.resultat["fejl"]]


# What a case does to the workbook: (bytes, form) → bytes.
Aendring = Callable[[bytes, Takstskema], bytes]


def aendr(overskrift: str, vaerdi: Any, **egenskaber: Any) -> Aendring:
    """Put a value in a cell of the form's row."""

    def lav(data: bytes, skema: Takstskema) -> bytes:
        bog = aabn(data)
        cellen = celle(bog, overskrift, skema)
        cellen.value = vaerdi
        for navn, egenskab in egenskaber.items():
            setattr(cellen, navn, egenskab)
        return luk(bog)

    return lav


def i_bogen(gor: Callable[[Workbook, Takstskema], None]) -> Aendring:
    def lav(data: bytes, skema: Takstskema) -> bytes:
        bog = aabn(data)
        gor(bog, skema)
        return luk(bog)

    return lav


def med_del(navn: str, indhold: bytes) -> Aendring:
    return lambda data, skema: pak_om(data, lambda dele: dele.update({navn: indhold}))
