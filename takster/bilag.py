"""Issuing the takstbilag: PDF, Excel, CSV and JSON of a published year as a numbered version (T7).

The newest version stands at a stable address, and so does each older one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.enums import Dokumentsynlighed
from socialaftale.kerne.job.koersel import Fremdrift, Jobfejl
from socialaftale.kerne.models import Dokument, Opsaetning, Organisation
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.pdf.skabelon import byg_fra_skabelon_i_barn
from takster.dokumenter import takstbilag
from takster.models import Objektivfordeling, Regelsaet, Takst, Takstbilag, Takstbilagsfil, Takstbilagspost
from takster.regneark import takster as regneark
from takster.takstraekker import Fordelingsraekke

JOB = "takstbilag"
SLAGS = "takstbilag"
FORMATER = {"pdf": "PDF", "xlsx": "Excel", "csv": "CSV", "json": "JSON"}
# Above this the PDF is made per driftsherre: one of 20,000 rows would be 1,200 pages nobody opens.
MAKS_RAEKKER_I_EN_PDF = 1500
PORTION = 2000


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
    version: int
    driftsherre: str
    dokument: Dokument

    @property
    def formatnavn(self) -> str:
        return FORMATER[self.form]


@dataclass(frozen=True, slots=True)
class Aargang:
    """A year's newest version with its files, and the older versions."""

    aar: int
    nyeste: Takstbilag
    filer: list[Udgivet]
    aeldre: list[tuple[Takstbilag, list[Udgivet]]]


def _udgivet(fil: Takstbilagsfil) -> Udgivet:
    driftsherre = fil.driftsherre.slug if fil.driftsherre else ""
    return Udgivet(fil.dokument.titel, fil.form, fil.bilag.aar, fil.bilag.version, driftsherre, fil.dokument)


def udgivne(aar: int) -> list[Udgivet]:
    """The files of a year's newest version; one query."""
    filer = Takstbilagsfil.objects.filter(bilag__in=Takstbilag.objects.nyeste().filter(aar=aar))
    return _sorteret(filer.select_related("bilag", "dokument", "driftsherre"))


def _sorteret(filer: object) -> list[Udgivet]:
    raekkefoelge = list(FORMATER)
    return sorted(map(_udgivet, filer), key=lambda fil: (fil.driftsherre, raekkefoelge.index(fil.form)))


def aargange() -> list[Aargang]:
    """All issued versions by year, newest first; two queries."""
    filer: dict[int, list[Takstbilagsfil]] = {}
    for fil in Takstbilagsfil.objects.select_related("bilag", "dokument", "driftsherre"):
        filer.setdefault(fil.bilag_id, []).append(fil)
    pr_aar: dict[int, list[tuple[Takstbilag, list[Udgivet]]]] = {}
    for version in Takstbilag.objects.select_related("regelsaet").order_by("-aar", "-version"):
        pr_aar.setdefault(version.aar, []).append((version, _sorteret(filer.get(version.pk, []))))
    return [Aargang(aar, *versioner[0], versioner[1:]) for aar, versioner in pr_aar.items()]


def find_fil(aar: int, form: str, driftsherre: str = "", version: int | None = None) -> Dokument | None:
    """The issued file of a version, or of the newest; None when there is none."""
    filer = Takstbilagsfil.objects.filter(bilag__aar=aar, form=form).select_related("dokument")
    filer = filer.filter(driftsherre__slug=driftsherre) if driftsherre else filer.filter(driftsherre=None)
    if version is not None:
        filer = filer.filter(bilag__version=version)
    fil = filer.order_by("-bilag__version").first()
    return fil.dokument if fil else None


def er_aendret(aar: int) -> bool:
    """Are tariffs or keys others than those of the newest version? Also when there is none yet."""
    nyeste = Takstbilag.objects.nyeste().filter(aar=aar).first()
    gaeldende = Takst.objects.gaeldende().filter(aar=aar)
    if nyeste is None:
        return gaeldende.exists()
    return (
        gaeldende.exclude(pk__in=nyeste.poster.values("takst")).exists()
        or nyeste.poster.filter(takst__er_gaeldende=False).exists()
        or Objektivfordeling.objects.filter(aar=aar, gemt_tidspunkt__gt=nyeste.udstedt_tidspunkt).exists()
    )


@dataclass(frozen=True, slots=True)
class _Fil:
    form: str
    data: bytes
    driftsherre: Organisation | None = None


def udsted(adgang: Adgang, fremdrift: Fremdrift, *, aar: int) -> Dokument:
    """The job: freeze the tariffs in force as the next version and publish all its files.

    The files are built first, so that progress shows; row and files are stored together. The PDF (or the Excel at
    scale) is the result shown. Raises Jobfejl when there is nothing new to issue.
    """
    kraev_tilladelse(adgang.er_sekretariat)
    raekker = takstbilag.raekker_i_bilaget(aar)
    takster = [raekke for raekke in raekker if isinstance(raekke, Takst)]
    if not takster:
        raise Jobfejl(f"Der er ingen offentliggjorte takster for {aar}.")
    if not er_aendret(aar):
        raise Jobfejl("Der er ingen ændringer i taksterne, siden takstbilaget sidst blev udstedt.")
    regelsaet = Regelsaet.objects.for_aar(aar)
    if regelsaet is None:
        raise Jobfejl(f"Der er intet regelsæt for {aar}.")
    forrige = Takstbilag.objects.filter(aar=aar).order_by("-version").first()
    bilag = Takstbilag(
        aar=aar,
        version=forrige.version + 1 if forrige else 1,
        regelsaet=regelsaet,
        udstedt_af=adgang.bruger,
    )
    filer = _byg_filer(bilag, raekker, fremdrift)
    dokumenterne = _gem(adgang, bilag, takster, filer)
    return dokumenterne[-1 if filer[-1].driftsherre is None else 0]


def _byg_filer(bilag: Takstbilag, takster: list[Takst | Fordelingsraekke], fremdrift: Fremdrift) -> list[_Fil]:
    """Excel, CSV and JSON, and last the PDF or the PDFs."""
    dato = timezone.localdate(max(takst.offentliggjort_tidspunkt for takst in takster))
    navn = Opsaetning.hent().navn
    antal = sum(isinstance(takst, Takst) for takst in takster)
    noter = [
        f"{navn}. Takster, der gælder i {bilag.aar}. Beløb i kroner.",
        f"Version {bilag.version}, udstedt {dato:%d.%m.%Y}. Regelsæt: {bilag.regelsaet}. Antal takster: {antal}.",
    ]
    if any(takst.er_eksempel for takst in takster):
        noter.append("Eksempeltal: Tallene er opdigtede og kun til demonstration.")
    fremdrift(5, "Laver regneark")
    filer = [
        _Fil("xlsx", regneark.byg_excel(f"Takster {bilag.aar}", takster, noter=noter)),
        _Fil("csv", regneark.byg_csv(takster)),
        _Fil("json", regneark.byg_json(bilag, takster, dato=dato, kilde=navn)),
    ]
    if len(takster) <= MAKS_RAEKKER_I_EN_PDF:
        return [*filer, _Fil("pdf", _pdf(bilag, takster, dato, fremdrift))]
    grupper: dict[Organisation, list[Takst | Fordelingsraekke]] = {}
    for takst in takster:
        grupper.setdefault(takst.driftsherre, []).append(takst)
    for nummer, (driftsherre, egne) in enumerate(grupper.items(), start=1):
        fremdrift(10 + 88 * nummer // len(grupper), f"Laver PDF for {driftsherre.navn}")
        pdf = _pdf(bilag, egne, dato, lambda procent, besked: None, driftsherre.navn)
        filer.append(_Fil("pdf", pdf, driftsherre))
    return filer


def _pdf(
    bilag: Takstbilag,
    takster: list[Takst | Fordelingsraekke],
    dato: dt.date,
    fremdrift: Fremdrift,
    driftsherre: str = "",
) -> bytes:
    kontekst = takstbilag.kontekst(bilag.aar, takster, dato=dato, driftsherre=driftsherre)
    return byg_fra_skabelon_i_barn(
        takstbilag.SKABELON,
        kontekst,
        farve=Opsaetning.hent().farve,
        css=kontekst["tabel"].css,
        fremdrift=lambda procent, besked: fremdrift(10 + procent * 88 // 100, besked),
    ).data


@transaction.atomic
def _gem(adgang: Adgang, bilag: Takstbilag, takster: list[Takst], filer: list[_Fil]) -> list[Dokument]:
    """Row, tariffs and published files, all or none; the unique version stops a second one at the same time."""
    bilag.full_clean()
    bilag.save()
    Takstbilagspost.objects.bulk_create(
        [Takstbilagspost(bilag=bilag, takst=takst) for takst in takster], batch_size=PORTION
    )
    dokumenterne = []
    for fil in filer:
        slug = fil.driftsherre.slug if fil.driftsherre else ""
        dokument = dokumenter.udsted(
            adgang,
            noegle=noegle(bilag.aar, fil.form, slug),
            slags=SLAGS,
            titel=f"Takster {bilag.aar}" + (f", {fil.driftsherre.navn}" if fil.driftsherre else ""),
            filnavn=filnavn(bilag.aar, fil.form, slug),
            data=fil.data,
            synlighed=Dokumentsynlighed.OFFENTLIG,
            offentliggoer=True,
        )
        Takstbilagsfil.objects.create(bilag=bilag, form=fil.form, driftsherre=fil.driftsherre, dokument=dokument)
        dokumenterne.append(dokument)
    log(adgang, "takstbilag_udstedt", bilag, tekst=f"{bilag} udstedt", data={"antal": len(takster)})
    return dokumenterne
