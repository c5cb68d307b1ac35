"""What `./run bench` measures of the tariff app."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Opsaetning, Organisation
from socialaftale.kerne.pdf.skabelon import byg_fra_skabelon_i_barn
from takster.dokumenter import takstbilag
from takster.koe import Koe
from takster.models import Indberetning, Indberetningsrunde, Takst, Takstskema
from takster.regneark import takster as regneark
from takster.skemabog import laes
from takster.skemabog.hentning import byg_bog
from takster.skemabog.sammenlign import med_kontrol, sammenlign


def _nyeste_aar() -> int:
    return Takst.objects.gaeldende().order_by("-aar").values_list("aar", flat=True)[0]


def en_takst() -> str:
    """A tariff in the middle of the newest year."""
    takster = Takst.objects.gaeldende().filter(aar=_nyeste_aar()).select_related("tilbud", "ydelse").order_by("pk")
    return takster[takster.count() // 2].get_absolute_url()


def et_skema() -> str:
    skemaer = Takstskema.objects.filter(linjer__isnull=False).distinct().order_by("pk")
    return skemaer[skemaer.count() // 2].get_absolute_url()


def _runde() -> Indberetningsrunde:
    return Indberetningsrunde.objects.rigtige().filter(indberetninger__skemaer__isnull=False).order_by("-aar")[0]


def en_runde() -> str:
    return reverse("takster:indberetning_runde", kwargs={"aar": _runde().aar})


def en_godkendelse() -> str:
    return reverse("takster:godkend_flere", kwargs={"aar": _runde().aar})


def en_gennemgang() -> str:
    """A submitted form in the middle of the queue."""
    noegler = Koe(_runde())
    return reverse("takster:skema_gennemgaa", kwargs={"pk": noegler[len(noegler) // 2]})


def rykkersiden() -> str:
    return reverse("takster:rykkere", kwargs={"aar": _runde().aar})


def en_indberetning() -> str:
    return (
        Indberetning.objects.filter(runde=_runde(), skemaer__isnull=False)
        .select_related("runde", "driftsherre")
        .order_by("pk")[0]
        .get_absolute_url()
    )


def et_budget() -> str:
    """The budget of the first municipality of the agreement in the newest year."""
    kommune = Organisation.objects.kommuner()[0]
    return reverse("takster:budget", query={"kommune": kommune.slug, "aar": _runde().aar})


def byg_excel() -> tuple[int, int]:
    """The newest year's takstbilag as a workbook: rows and bytes."""
    aar = _nyeste_aar()
    takster = list(takstbilag.takster_i_bilaget(aar))
    return len(takster), len(regneark.byg_excel(f"Takster {aar}", takster))


def byg_pdf() -> tuple[int, int]:
    """The newest year's takstbilag of one driftsherre as a PDF: rows and bytes."""
    aar = _nyeste_aar()
    foerste = takstbilag.takster_i_bilaget(aar).first()
    takster = list(takstbilag.takster_i_bilaget(aar, foerste.driftsherre.slug))
    dato = foerste.offentliggjort_tidspunkt.date()
    kontekst = takstbilag.kontekst(aar, takster, dato=dato, driftsherre=foerste.driftsherre.navn)
    farve = Opsaetning.hent().farve
    pdf = byg_fra_skabelon_i_barn(takstbilag.SKABELON, kontekst, farve=farve, css=kontekst["tabel"].css)
    return len(takster), len(pdf.data)


def _stoerste_indberetning() -> Indberetning:
    """The indberetning with the most forms, which its workbook has one row each of."""
    med_skemaer = Indberetning.objects.filter(runde=_runde()).annotate(antal=Count("skemaer"))
    return med_skemaer.select_related("runde__regelsaet", "driftsherre").order_by("-antal", "pk")[0]


def byg_skemabog() -> tuple[int, int]:
    """The workbook of all takstskemaer of one driftsherre: rows and bytes."""
    indberetning = _stoerste_indberetning()
    return indberetning.antal, len(byg_bog(indberetning, Adgang.system()))


def laes_skemabog() -> tuple[int, int]:
    """The same workbook made, read, compared and checked: rows and bytes."""
    indberetning = _stoerste_indberetning()
    data = byg_bog(indberetning, Adgang.system())
    laest = laes.laes(data)
    med_kontrol(sammenlign(laest, indberetning, Adgang.system()))
    return len(laest.raekker), len(data)
