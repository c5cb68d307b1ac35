"""Issuing the takstbilag: PDF, Excel and CSV of a published year, stored and at a stable address (T7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.enums import Dokumentsynlighed
from socialaftale.kerne.job.koersel import Fremdrift, Jobfejl
from socialaftale.kerne.models import Dokument, Opsaetning, Organisation
from socialaftale.kerne.pdf.skabelon import byg_fra_skabelon_i_barn
from takster.dokumenter import takstbilag
from takster.models import Takst
from takster.regneark import takster as regneark

JOB = "takstbilag"
SLAGS = "takstbilag"
FORMATER = ("pdf", "xlsx", "csv")
# Above this the PDF is made per driftsherre: one of 20,000 rows would be 1,200 pages nobody opens.
MAKS_RAEKKER_I_EN_PDF = 1500


def noegle(aar: int, form: str, driftsherre: str = "") -> str:
    """The key of an issued file: takstbilag:2026:pdf, takstbilag:2026:aalborg:pdf."""
    return ":".join(filter(None, (SLAGS, str(aar), driftsherre, form)))


def filnavn(aar: int, form: str, driftsherre: str = "") -> str:
    return f"takster-{aar}{f'-{driftsherre}' if driftsherre else ''}.{form}"


@dataclass(frozen=True, slots=True)
class Udgivet:
    """One issued file as a page offers it."""

    titel: str
    form: str
    aar: int
    driftsherre: str
    dokument: Dokument


def udgivne(aar: int | None = None) -> list[Udgivet]:
    """The newest published version of every file of a year (or of all years)."""
    offentlige = Dokument.objects.offentliggjorte().filter(slags=SLAGS, synlighed=Dokumentsynlighed.OFFENTLIG)
    if aar is not None:
        offentlige = offentlige.filter(noegle__startswith=f"{SLAGS}:{aar}:")
    nyeste = offentlige.values("noegle").annotate(nyeste=Max("version"))
    versioner = {post["noegle"]: post["nyeste"] for post in nyeste}
    fundne = []
    for dokument in offentlige.order_by("-noegle", "-version"):
        if versioner.get(dokument.noegle) != dokument.version:
            continue
        _, aarstal, *midte, form = dokument.noegle.split(":")
        fundne.append(Udgivet(dokument.titel, form, int(aarstal), midte[0] if midte else "", dokument))
    return sorted(fundne, key=lambda post: (-post.aar, post.driftsherre, FORMATER.index(post.form)))


def aargange() -> list[tuple[int, list[Udgivet]]]:
    """All issued files by year, newest first."""
    pr_aar: dict[int, list[Udgivet]] = {}
    for post in udgivne():
        pr_aar.setdefault(post.aar, []).append(post)
    return sorted(pr_aar.items(), reverse=True)


def udsted(adgang: Adgang, fremdrift: Fremdrift, *, aar: int) -> Dokument:
    """The job: build and publish all files of a year; the PDF (or the Excel at scale) is the result shown."""
    kraev_tilladelse(adgang.er_sekretariat)
    takster = list(takstbilag.takster_i_bilaget(aar))
    if not takster:
        raise Jobfejl(f"Der er ingen offentliggjorte takster for {aar}.")
    dato = timezone.localdate(max(takst.offentliggjort_tidspunkt for takst in takster))
    noter = [
        f"{Opsaetning.hent().navn}. Takster, der gælder i {aar}. Beløb i kroner.",
        f"Udstedt {dato:%d.%m.%Y}. Antal takster: {len(takster)}.",
    ]
    if any(takst.er_eksempel for takst in takster):
        noter.append("Eksempeltal: Tallene er opdigtede og kun til demonstration.")
    fremdrift(5, "Laver regneark")
    excel = _gem(adgang, aar, "xlsx", regneark.byg_excel(f"Takster {aar}", takster, noter=noter))
    _gem(adgang, aar, "csv", regneark.byg_csv(takster))
    if len(takster) <= MAKS_RAEKKER_I_EN_PDF:
        return _gem(adgang, aar, "pdf", _pdf(aar, takster, dato, fremdrift))
    _pr_driftsherre(adgang, aar, takster, dato, fremdrift)
    return excel


def _pr_driftsherre(adgang: Adgang, aar: int, takster: list[Takst], dato: dt.date, fremdrift: Fremdrift) -> None:
    grupper: dict[Organisation, list[Takst]] = {}
    for takst in takster:
        grupper.setdefault(takst.driftsherre, []).append(takst)
    for nummer, (driftsherre, egne) in enumerate(grupper.items(), start=1):
        fremdrift(10 + 88 * nummer // len(grupper), f"Laver PDF for {driftsherre.navn}")
        pdf = _pdf(aar, egne, dato, lambda procent, besked: None, driftsherre.navn)
        _gem(adgang, aar, "pdf", pdf, driftsherre)


def _pdf(aar: int, takster: list[Takst], dato: dt.date, fremdrift: Fremdrift, driftsherre: str = "") -> bytes:
    kontekst = takstbilag.kontekst(aar, takster, dato=dato, driftsherre=driftsherre)
    return byg_fra_skabelon_i_barn(
        takstbilag.SKABELON,
        kontekst,
        farve=Opsaetning.hent().farve,
        css=kontekst["tabel"].css,
        fremdrift=lambda procent, besked: fremdrift(10 + procent * 88 // 100, besked),
    ).data


def _gem(adgang: Adgang, aar: int, form: str, data: bytes, driftsherre: Organisation | None = None) -> Dokument:
    slug = driftsherre.slug if driftsherre else ""
    return dokumenter.udsted(
        adgang,
        noegle=noegle(aar, form, slug),
        slags=SLAGS,
        titel=f"Takster {aar}" + (f", {driftsherre.navn}" if driftsherre else ""),
        filnavn=filnavn(aar, form, slug),
        data=data,
        synlighed=Dokumentsynlighed.OFFENTLIG,
        offentliggoer=True,
    )
