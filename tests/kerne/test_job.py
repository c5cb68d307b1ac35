"""Jobs: start after commit, progress, result, failure, one at a time, and whose they are."""

import pytest
from django.urls import reverse

from socialaftale.kerne import dokumenter
from socialaftale.kerne.enums import Dokumentsynlighed, Jobtilstand, Rolle
from socialaftale.kerne.job import koersel
from socialaftale.kerne.models import Job


@pytest.fixture
def slags():
    """Register kinds of jobs for one test and take them away again."""
    foer = dict(koersel._slags)
    yield koersel.registrer
    koersel._slags.clear()
    koersel._slags.update(foer)


def start(adgang, navn="proeve", **parametre):
    return koersel.start(adgang, navn, titel="En prøve", noegle="proeve:1", parametre=parametre)


def test_resultat_er_et_dokument(adgang, slags, django_capture_on_commit_callbacks):
    set_procent = []

    def lav(adgang, fremdrift, *, tekst):
        fremdrift(40, "Halvvejs")
        set_procent.append(Job.objects.get().procent)
        return dokumenter.udsted(
            adgang,
            noegle="proeve",
            slags="proeve",
            titel="Prøve",
            filnavn="proeve.csv",
            data=tekst.encode(),
            synlighed=Dokumentsynlighed.SEKRETARIAT,
        )

    slags("proeve", lav)
    with django_capture_on_commit_callbacks(execute=True):
        job = start(adgang(Rolle.SEKRETARIAT), tekst="æøå")
    job.refresh_from_db()
    assert (job.tilstand, job.procent, set_procent) == (Jobtilstand.FAERDIG, 100, [40])
    assert job.dokument.laes().decode() == "æøå"
    assert job.dokument.oprettet_af == job.bruger


def test_ventet_fejl_vises_som_den_er(adgang, slags, django_capture_on_commit_callbacks):
    def lav(adgang, fremdrift):
        raise koersel.Jobfejl("Kapitlet Vision mangler et tal.")

    slags("proeve", lav)
    with django_capture_on_commit_callbacks(execute=True):
        job = start(adgang(Rolle.SEKRETARIAT))
    job.refresh_from_db()
    assert (job.tilstand, job.fejl) == (Jobtilstand.FEJLET, "Kapitlet Vision mangler et tal.")


def test_uventet_fejl_faar_en_reference_og_roeber_intet(adgang, slags, django_capture_on_commit_callbacks):
    def lav(adgang, fremdrift):
        raise RuntimeError("hemmelig sti /etc/x")

    slags("proeve", lav)
    with django_capture_on_commit_callbacks(execute=True):
        job = start(adgang(Rolle.SEKRETARIAT))
    job.refresh_from_db()
    assert job.tilstand == Jobtilstand.FEJLET
    assert "hemmelig" not in job.fejl
    assert str(job.pk)[:8] in job.fejl


def test_et_ad_gangen_pr_noegle(adgang, slags):
    slags("proeve", lambda adgang, fremdrift: None)
    foerste = start(adgang(Rolle.SEKRETARIAT))
    assert start(adgang(Rolle.SEKRETARIAT)) == foerste


def test_rettigheder_er_dem_der_gaelder_naar_jobbet_koerer(adgang, slags, django_capture_on_commit_callbacks):
    roller = []
    slags("proeve", lambda adgang, fremdrift: roller.append(adgang.roller))
    with django_capture_on_commit_callbacks() as kald:
        job = start(adgang(Rolle.DRIFTSHERRE_INDBERETTER))
        job.bruger.medlemskaber.update(til="2020-12-31")
    for funktion in kald:
        funktion()
    assert roller == [frozenset()]


def test_kun_egne_job(adgang, log_ind, slags):
    slags("proeve", lambda adgang, fremdrift: None)
    job = start(adgang(Rolle.DRIFTSHERRE_INDBERETTER))
    url = reverse("kerne:job_status", kwargs={"pk": job.pk})
    assert log_ind(Rolle.DRIFTSHERRE_INDBERETTER).get(url).json()["tilstand"] == "venter"
    assert log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring").get(url).status_code == 404
    assert log_ind(Rolle.SEKRETARIAT).get(url).status_code == 200


def test_kun_en_arbejder_tager_jobbet(adgang, slags):
    koersler = []
    slags("proeve", lambda adgang, fremdrift: koersler.append(1))
    job = start(adgang(Rolle.SEKRETARIAT))
    koersel.koer_job.call(str(job.pk))
    koersel.koer_job.call(str(job.pk))
    assert koersler == [1]


def test_ukendt_slags(adgang):
    with pytest.raises(KeyError):
        koersel.start(adgang(Rolle.SEKRETARIAT), "findes ikke", titel="", noegle="")
