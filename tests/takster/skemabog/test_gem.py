"""Saving what a workbook changes: shown first, all or none, versions checked, a colleague's work never overwritten."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse, Job
from takster import hentning
from takster.beregning.poster import POSTER
from takster.enums import Skemabogsretning, Skemabogstilstand, Skematilstand
from takster.handlinger.flere_skemaer import NytIndhold, gem_flere
from takster.handlinger.skemaer import gem_skema
from takster.models import Skemabog, Takstkladde, Takstskema
from takster.skemabog import indlaesning
from tests.takster.conftest import EFTER_FRISTEN
from tests.takster.factories import SkemaFactory
from tests.takster.skemabog.hjaelp import aabn, celle, hent_data, kolonne, luk, url

pytestmark = pytest.mark.django_db
A10, A30 = "A10 Øverste ledelse (kr.)", "A30 Øvrigt borgerrelateret personale (kr.)"
PLADSER = "Antal pladser"


def med(data: bytes, skema: Takstskema, **vaerdier) -> bytes:
    bog = aabn(data)
    for overskrift, vaerdi in vaerdier.items():
        celle(
            bog, {"a10": A10, "a30": A30, "pladser": PLADSER, "tekst": "Bemærkninger"}[overskrift], skema
        ).value = vaerdi
    return luk(bog)


@pytest.fixture
def gem(klient, indberetning, django_capture_on_commit_callbacks):
    """`gem(bog, **valg)`: press Gem ændringerne i kladderne; the answer and the file afterwards."""

    def lav(bog, som: Client | None = None, **valg: str):
        with django_capture_on_commit_callbacks(execute=True):
            svar = (som or klient).post(url(indberetning, "skemabog_gem", pk=bog.pk), valg)
        bog.refresh_from_db()
        return svar, bog

    return lav


@pytest.fixture
def kollega(adgang):
    return adgang(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER)


def kollegaen_gemmer(skema: Takstskema, kollega, linjer: dict[str, Decimal] | None = None, **felter) -> None:
    skema = Takstskema.objects.til_beregning().get(pk=skema.pk)
    gem_skema(
        skema,
        adgang=kollega,
        version=skema.version,
        felter=hentning.felter_af(skema) | felter,
        linjer=skema.beloeb() | (linjer or {}),
    )


def test_intet_er_gemt_foer_man_gemmer_og_saa_er_alt_gemt(data, skema, timeskema, send, gem, klient):
    bog = aabn(data)
    celle(bog, A10, skema).value = 700_000
    celle(bog, A30, skema).value = "1.000,50"
    celle(bog, "G10 Renteindtægter (kr.)", skema).value = None
    celle(bog, PLADSER, skema).value = 11
    celle(bog, "Kapacitetstimer om året", timeskema).value = 2900
    _, indlaest = send(luk(bog))
    skema.refresh_from_db()
    assert (skema.version, skema.pladser) == (1, Decimal(10))
    side = klient.get(indlaest.get_absolute_url()).content.decode()
    assert "Intet er gemt endnu" in side
    assert "600.000" in side
    assert "700.000" in side
    assert "Kapacitetstimer om året" in side
    svar, indlaest = gem(indlaest)
    assert indlaest.tilstand == Skemabogstilstand.GEMT
    skema = Takstskema.objects.til_beregning().get(pk=skema.pk)
    timeskema.refresh_from_db()
    assert (skema.version, skema.pladser, skema.tilstand) == (2, Decimal(11), Skematilstand.KLADDE)
    beloeb = skema.beloeb()
    assert (beloeb["A10"], beloeb["A30"], "G10" in beloeb) == (Decimal(700_000), Decimal("1000.50"), False)
    assert timeskema.kapacitetstimer == Decimal(2900)
    haendelse = Haendelse.objects.for_objekt(skema).get(handling="takstskema_gemt")
    assert haendelse.data["linjer"]["A10"] == ["600000.00", "700000.00"]
    assert haendelse.data["felter"] == {"pladser": ["10.00", "11.00"]}
    assert "Ændringerne er gemt i kladderne" in klient.get(indlaest.get_absolute_url()).content.decode()


def test_kontrollens_fund_staar_ved_skemaet(data, skema, send, klient):
    _, bog = send(med(data, skema, a10=-5))
    aendring = bog.resultat["aendringer"][0]
    assert aendring["fund"]
    assert aendring["takst_foer"] != aendring["takst_efter"]
    assert aendring["fund"][0]["tekst"] in klient.get(bog.get_absolute_url()).content.decode()


def test_uaendret_fil(data, send, klient):
    _, bog = send(data)
    assert (bog.tilstand, bog.resultat["uaendrede"]) == (Skemabogstilstand.KLAR, 2)
    side = klient.get(bog.get_absolute_url()).content.decode()
    assert "Filen ændrer ingenting" in side
    assert "Gem ændringerne i kladderne" not in side


def test_en_fejl_et_sted_og_intet_kan_gemmes(data, skema, timeskema, send, gem):
    bog = aabn(data)
    celle(bog, A10, skema).value = 700_000
    celle(bog, A10, timeskema).value = "abc"
    _, indlaest = send(luk(bog))
    assert indlaest.tilstand == Skemabogstilstand.AFVIST
    gem(indlaest)
    skema.refresh_from_db()
    assert skema.version == 1


def test_kun_kollegaens_aendring_bliver_staaende(data, skema, send, gem, kollega):
    kollegaen_gemmer(skema, kollega, {"A20": Decimal(5_000_000)}, bemaerkning="Kollegaens")
    _, bog = send(med(data, skema, a10=700_000))
    assert [linje[0] for linje in bog.resultat["aendringer"][0]["linjer"]] == [A10]
    assert bog.resultat["aendringer"][0]["konflikter"] == []
    gem(bog)
    skema = Takstskema.objects.til_beregning().get(pk=skema.pk)
    assert (skema.version, skema.bemaerkning) == (3, "Kollegaens")
    assert (skema.beloeb()["A10"], skema.beloeb()["A20"]) == (Decimal(700_000), Decimal(5_000_000))


@pytest.mark.parametrize(("valg", "ventet"), [("deres", 650_000), ("filens", 700_000)])
def test_begge_har_aendret_det_samme(valg, ventet, data, skema, send, gem, kollega, klient):
    kollegaen_gemmer(skema, kollega, {"A10": Decimal(650_000)})
    _, bog = send(med(data, skema, a10=700_000, pladser=11))
    konflikter = bog.resultat["aendringer"][0]["konflikter"]
    assert konflikter == [{"felt": A10, "deres": "650.000", "filens": "700.000"}]
    side = klient.get(bog.get_absolute_url()).content.decode()
    assert "650.000" in side
    assert "700.000" in side
    svar, bog = gem(bog)
    assert svar.status_code == 422
    assert "Vælg, hvilke værdier der skal gælde for Birkehuset" in svar.content.decode()
    svar, bog = gem(bog, **{f"valg_{skema.pk}": "begge"})
    assert svar.status_code == 422
    svar, bog = gem(bog, **{f"valg_{skema.pk}": valg})
    assert bog.tilstand == Skemabogstilstand.GEMT
    skema = Takstskema.objects.til_beregning().get(pk=skema.pk)
    assert (skema.beloeb()["A10"], skema.pladser) == (Decimal(ventet), Decimal(11))


def test_kollegaen_gemmer_efter_at_aendringerne_er_vist(data, skema, timeskema, send, gem, kollega, klient):
    bog = aabn(data)
    celle(bog, A10, skema).value = 700_000
    celle(bog, "Kapacitetstimer om året", timeskema).value = 2900
    _, indlaest = send(luk(bog))
    kollegaen_gemmer(skema, kollega, {"A10": Decimal(650_000)})
    svar, indlaest = gem(indlaest)
    assert indlaest.tilstand == Skemabogstilstand.KLAR
    timeskema.refresh_from_db()
    assert timeskema.version == 1, "all or none"
    side = klient.get(indlaest.get_absolute_url()).content.decode()
    assert "er ændret, siden du så ændringerne" in side
    assert indlaest.resultat["aendringer"][0]["konflikter"]
    _, indlaest = gem(indlaest, **{f"valg_{skema.pk}": "filens"})
    assert indlaest.tilstand == Skemabogstilstand.GEMT


def test_kollegaen_gemmer_midt_imens(indberetning, skema, timeskema, adgang, kollega):
    """The lock finds what the comparison could not know: nothing of it is saved."""
    nye = {
        en.pk: NytIndhold(
            version=en.version, felter=hentning.felter_af(en) | {"pladser": Decimal(3)}, linjer={}, niveauer=[]
        )
        for en in Takstskema.objects.til_beregning()
    }
    kollegaen_gemmer(timeskema, kollega, {"A20": Decimal(1)})
    with pytest.raises(Versionskonflikt):
        gem_flere(indberetning, nye, adgang=adgang(Rolle.DRIFTSHERRE_INDBERETTER))
    skema.refresh_from_db()
    assert (skema.version, skema.pladser) == (1, Decimal(10))


def test_indsendt_skema_kan_ikke_aendres(klient, indberetning, skema, send):
    laast = SkemaFactory(udfyldt=True, indberetning=indberetning, tilstand=Skematilstand.INDSENDT)
    data = hent_data(klient, indberetning)
    _, uaendret = send(data)
    assert uaendret.tilstand == Skemabogstilstand.KLAR
    _, bog = send(med(data, laast, a10=1))
    assert "Skemaet kan ikke ændres (status: Indsendt)" in bog.resultat["fejl"][0]["besked"]
    assert bog.resultat["fejl"][0]["overskrift"] == A10


def test_efter_fristen_kan_intet_indlaeses(data, skema, indberetning, log_ind, send, ur):
    ur.move_to(EFTER_FRISTEN)
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
    side = klient.get(url(indberetning, "skemaboeger")).content.decode()
    assert "Der er ingen skemaer, du kan ændre nu" in side
    _, bog = send(med(data, skema, a10=1), som=klient)
    assert "Skemaet kan ikke ændres" in bog.resultat["fejl"][0]["besked"]


def test_ikke_gemt_tekst_i_browseren_bliver_liggende(data, skema, send, gem, adgang):
    bruger = adgang(Rolle.DRIFTSHERRE_INDBERETTER).bruger
    Takstkladde.objects.create(skema=skema, bruger=bruger, version=1, data={"bemaerkning": "ikke gemt"})
    _, bog = send(med(data, skema, a10=1))
    gem(bog)
    assert Takstkladde.objects.filter(skema=skema, bruger=bruger).exists()


def test_gem_to_gange(data, skema, send, gem):
    _, bog = send(med(data, skema, a10=1))
    gem(bog)
    svar, bog = gem(bog)
    assert svar.status_code == 302
    skema.refresh_from_db()
    assert skema.version == 2


def test_filen_kan_laeses_igen_efter_en_afbrydelse(data, skema, klient, indberetning, gem, adgang):
    bog = indlaesning.opret(indberetning, adgang(Rolle.DRIFTSHERRE_INDBERETTER), "x.xlsx", med(data, skema, a10=1))
    side = klient.get(bog.get_absolute_url()).content.decode()
    assert "Filen er ikke læst færdig" in side


def test_laes_igen(data, skema, klient, indberetning, django_capture_on_commit_callbacks, adgang):
    bog = indlaesning.opret(indberetning, adgang(Rolle.DRIFTSHERRE_INDBERETTER), "x.xlsx", med(data, skema, a10=1))
    with django_capture_on_commit_callbacks(execute=True):
        klient.post(url(indberetning, "skemabog_laes", pk=bog.pk))
    bog.refresh_from_db()
    assert bog.tilstand == Skemabogstilstand.KLAR


def test_jobbet_viser_fremdrift_og_foerer_til_siden(data, skema, send, klient):
    svar, bog = send(med(data, skema, a10=1))
    job = Job.objects.get(slags=indlaesning.JOB_LAES)
    assert svar.url.endswith(f"{job.pk}/")
    assert (job.procent, job.resultat_url) == (100, bog.get_absolute_url())


def test_en_gemt_fil_laeses_ikke_igen(data, skema, send, gem, adgang):
    _, bog = send(med(data, skema, a10=1))
    _, bog = gem(bog)
    indlaesning.laes_fil(adgang(Rolle.DRIFTSHERRE_INDBERETTER), lambda p, b: None, fil=str(bog.pk))
    bog.refresh_from_db()
    assert bog.tilstand == Skemabogstilstand.GEMT


def test_filen_ligger_krypteret_og_slettes_efter_syv_dage(data, send, ur):
    _, bog = send(data)
    assert b"PK" not in bytes(bog.indhold)[:4]
    assert bog.tag_ud() == data
    ur.move_to(dt.datetime(2026, 10, 8, 9, tzinfo=dt.UTC))
    call_command("ryd_op", verbosity=0)
    assert Skemabog.objects.exists()
    ur.move_to(dt.datetime(2026, 10, 8, 11, tzinfo=dt.UTC))
    call_command("ryd_op", verbosity=0)
    assert not Skemabog.objects.exists()


def test_fejl_deles_i_sider_og_hentes_samlet(klient, indberetning, send):
    for _ in range(30):
        SkemaFactory(udfyldt=True, indberetning=indberetning)
    bog = aabn(hent_data(klient, indberetning))
    ark = bog["Skemaer"]
    kolonner = [kolonne(bog, f"{post.kode} {post.navn} (kr.)") for post in POSTER[-8:]]
    for nummer in range(5, ark.max_row + 1):
        for plads in kolonner:
            ark.cell(nummer, plads).value = "abc"
    _, indlaest = send(luk(bog))
    assert len(indlaest.resultat["fejl"]) == 240
    svar = klient.get(indlaest.get_absolute_url())
    assert len(svar.context["fejlside"].object_list) == 200
    assert len(klient.get(f"{indlaest.get_absolute_url()}?page=2").context["fejlside"].object_list) == 40
    liste = aabn(klient.get(url(indberetning, "skemabog_fejl", pk=indlaest.pk)).content).active
    assert len([r for r in liste.iter_rows(values_only=True) if r[6] and "komma før øre" in str(r[6])]) == 240


class TestAdgang:
    def test_kollegaer_ser_filen_og_kun_indberetteren_gemmer(self, data, skema, send, gem, log_ind, indberetning):
        _, bog = send(med(data, skema, a10=1))
        godkender = log_ind(Rolle.DRIFTSHERRE_GODKENDER)
        side = godkender.get(bog.get_absolute_url())
        assert side.status_code == 200
        assert "Gem ændringerne i kladderne" not in side.content.decode()
        assert gem(bog, som=godkender)[0].status_code == 403

    @pytest.mark.parametrize("rolle", [Rolle.SEKRETARIAT, Rolle.REVISOR, Rolle.DAS_MEDLEM])
    def test_andre_ser_ikke_en_indlaest_fil(self, data, skema, send, log_ind, rolle):
        _, bog = send(med(data, skema, a10=1))
        assert log_ind(rolle).get(bog.get_absolute_url()).status_code in (403, 404)

    def test_naboen_faar_404(self, data, send, log_ind, indberetning):
        _, bog = send(data)
        nabo = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring")
        assert nabo.get(bog.get_absolute_url()).status_code == 404
        assert nabo.get(url(indberetning, "skemaboeger")).status_code == 404
        assert nabo.post(url(indberetning, "skemabog_hent")).status_code == 404

    def test_et_job_tager_ikke_en_andens_fil(self, data, send, adgang):
        _, bog = send(data)
        nabo = adgang(Rolle.DRIFTSHERRE_INDBERETTER, organisation="hjoerring")
        with pytest.raises(Skemabog.DoesNotExist):
            indlaesning.laes_fil(nabo, lambda p, b: None, fil=str(bog.pk))
        with pytest.raises(PermissionDenied):
            indlaesning.byg_fil(nabo, lambda p, b: None, indberetning=bog.indberetning_id)

    def test_en_bestilt_bog_er_bestillerens(self, skema, adgang, indberetning):
        bestiller = adgang(Rolle.SEKRETARIAT)
        indlaesning.byg_fil(bestiller, lambda p, b: None, indberetning=indberetning.pk)
        boeger = Skemabog.objects.filter(retning=Skemabogsretning.UD)
        assert boeger.synlige_for(bestiller).count() == 1
        assert boeger.synlige_for(adgang(Rolle.DRIFTSHERRE_GODKENDER)).count() == 0
        assert boeger.synlige_for(adgang(Rolle.DAS_MEDLEM)).count() == 0
