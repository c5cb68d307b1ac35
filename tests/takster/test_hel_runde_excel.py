"""A whole round by Excel alone: 12 driftsherrer and all their services from the opening to the takstbilag.

Every step is a page a person uses. What comes out is compared with what was written in the workbooks by arithmetic of
the test's own (`rundehjaelp`). At the size of the region, 800 services:

    HEL_RUNDE=800 .venv/bin/python -m pytest tests/takster/test_hel_runde_excel.py
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import resolve, reverse

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Job
from takster.enums import Skemabogstilstand, Skematilstand
from takster.models import Indberetning, Takstskema
from tests.takster.rundehjaelp import AAR, ANTAL, DRIFTSHERRER, METODE, Udfylder, Ventet, lav_register
from tests.takster.skemabog.hjaelp import aabn, indlaes, luk, url

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.langsom,
    pytest.mark.kun_sqlite(
        "every query of the way is asked on PostgreSQL by the tests of its step; here is the arithmetic"
    ),
]


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def tryk(klient: Client, on_commit, adresse: str, **felter):
    """Press a button; mails and jobs follow at once."""
    with on_commit(execute=True):
        svar = klient.post(adresse, felter)
    assert svar.status_code == 302, svar.context["fejl"] if svar.context else svar.content[:500]
    return svar


def resultat_af_job(klient: Client, svar) -> str:
    job = Job.objects.get(pk=resolve(svar.url).kwargs["pk"])
    assert (job.tilstand, job.fejl) == ("faerdig", "")
    assert klient.get(svar.url).status_code == 200
    return job.resultat_url


def hent_arbejdsbog(klient: Client, indberetning: Indberetning, on_commit) -> bytes:
    """At once, or from the job that makes the large one."""
    with on_commit(execute=True):
        svar = klient.post(url(indberetning, "skemabog_hent"))
    return svar.content if svar.status_code == 200 else klient.get(resultat_af_job(klient, svar)).content


def aabn_runden(sekretariat: Client, on_commit) -> None:
    felter = {"aar": str(AAR), "aabner": "01.08.2026", "frist": "31.10.2026", "note": ""}
    tryk(sekretariat, on_commit, reverse("takster:runde_opret"), **felter)
    klar = sekretariat.get(reverse("takster:runde_klar", kwargs={"aar": AAR}))
    assert klar.context["antal"] == ANTAL
    tryk(sekretariat, on_commit, reverse("takster:runde_skift", kwargs={"aar": AAR, "trin": "aabn"}))
    assert Takstskema.objects.count() == ANTAL


def udfyld(klient: Client, indberetning: Indberetning, on_commit) -> dict[tuple[str, str], Ventet]:
    """Out, every row filled in, in, the changes looked at and saved."""
    assert klient.get(url(indberetning, "skemaboeger")).status_code == 200
    bog = aabn(hent_arbejdsbog(klient, indberetning, on_commit))
    ventet = Udfylder(bog).alle()
    _, fil = indlaes(klient, indberetning, luk(bog), on_commit)
    assert fil.resultat["fejl"] == [], fil.resultat["fejl"][:3]
    uden_felter = sum(en.takst is None for en in ventet.values())
    assert len(fil.resultat["aendringer"]) == len(ventet), uden_felter
    assert klient.get(fil.get_absolute_url()).status_code == 200
    tryk(klient, on_commit, url(indberetning, "skemabog_gem", pk=fil.pk))
    fil.refresh_from_db()
    assert (fil.tilstand, fil.resultat["gemt"]) == (Skemabogstilstand.GEMT, len(ventet))
    return ventet


def indsend_alle(klient: Client, indberetning: Indberetning, on_commit) -> None:
    side = klient.get(url(indberetning, "indsend_alle"))
    assert [(en["skema"], en["mangler"]) for en in side.context["ikke_klar"]] == []
    tryk(
        klient,
        on_commit,
        url(indberetning, "indsend_alle"),
        skema=[en["vaerdi"] for en in side.context["klar"]],
    )


def godkend_alle(sekretariat: Client, on_commit) -> None:
    """A page of a hundred at a time until none waits."""
    adresse = f"{reverse('takster:godkend_flere', kwargs={'aar': AAR})}?per_page=100"
    godkendte = 0
    while (side := sekretariat.get(adresse)).context["klar"]:
        assert [(en["skema"], en["hindring"]) for en in side.context["hindrede"]] == []
        svar = tryk(sekretariat, on_commit, adresse, skema=[en["vaerdi"] for en in side.context["klar"]])
        godkendte += len(sekretariat.get(svar.url).context["godkendte"])
    assert godkendte == ANTAL


def offentliggoer(sekretariat: Client, on_commit) -> None:
    tryk(sekretariat, on_commit, reverse("takster:runde_skift", kwargs={"aar": AAR, "trin": "luk"}))
    svar = tryk(sekretariat, on_commit, reverse("takster:runde_skift", kwargs={"aar": AAR, "trin": "offentliggoer"}))
    assert sekretariat.get(resultat_af_job(sekretariat, svar)).status_code == 200


def hent_bilag(form: str) -> bytes:
    svar = Client().get(reverse("takster:bilagsfil", kwargs={"aar": AAR, "form": form}))
    assert svar.status_code == 200
    return b"".join(svar.streaming_content) if svar.streaming else svar.content


def fra_excel() -> dict[tuple[str, str], Decimal | None]:
    raekker = aabn(hent_bilag("xlsx")).active.iter_rows(values_only=True)
    overskrifter = next(raekke for raekke in raekker if "Takst (kr.)" in raekke)
    plads = {navn: overskrifter.index(navn) for navn in ("Tilbud", "Ydelse", "Niveau", "Takst (kr.)")}
    ud = {}
    for raekke in raekker:
        if not _er_niveau(raekke[plads["Niveau"]]):
            takst = raekke[plads["Takst (kr.)"]]
            ud[raekke[plads["Tilbud"]], raekke[plads["Ydelse"]]] = None if takst is None else Decimal(str(takst))
    return ud


def fra_csv() -> dict[tuple[str, str], Decimal | None]:
    tekst = hent_bilag("csv").decode("utf-8-sig")
    return {
        (raekke["Tilbud"], raekke["Ydelse"]): _dansk(raekke["Takst (kr.)"])
        for raekke in csv.DictReader(io.StringIO(tekst), delimiter=";")
        if not _er_niveau(raekke["Niveau"])
    }


def _er_niveau(tekst: str | None) -> bool:
    """The levels of a differentiated tariff stand under the tariff itself, which is their mean."""
    return (tekst or "").startswith("Niveau ")


def _dansk(tekst: str) -> Decimal | None:
    return Decimal(tekst.replace(".", "").replace(",", ".")) if tekst else None


@pytest.mark.regel("T7", "T13", "T14", "T16", "T18", "T33", "T35", "T48", "T54", "T55")
def test_fra_aabning_til_takstbilag_i_excel_alene(organisationer, log_ind, on_commit):
    lav_register()
    sekretariat = log_ind(Rolle.SEKRETARIAT)
    aabn_runden(sekretariat, on_commit)
    indberetninger = list(Indberetning.objects.select_related("runde", "driftsherre").order_by("driftsherre"))
    assert len(indberetninger) == DRIFTSHERRER
    ventet: dict[tuple[str, str], Ventet] = {}
    for indberetning in indberetninger:
        slug = indberetning.driftsherre.slug
        ventet |= udfyld(log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation=slug), indberetning, on_commit)
    assert set(Indberetning.objects.values_list("overhead_metode", flat=True)) == {METODE}
    for indberetning in indberetninger:
        slug = indberetning.driftsherre.slug
        indsend_alle(log_ind(Rolle.DRIFTSHERRE_GODKENDER, organisation=slug), indberetning, on_commit)
    godkend_alle(sekretariat, on_commit)
    offentliggoer(sekretariat, on_commit)
    assert Takstskema.objects.filter(tilstand=Skematilstand.OFFENTLIGGJORT).count() == ANTAL
    taksterne = {noegle: en.takst for noegle, en in ventet.items()}
    assert len(taksterne) == ANTAL
    assert fra_excel() == taksterne
    assert fra_csv() == taksterne
    assert hent_bilag("pdf")[:5] == b"%PDF-"
