"""T28: a region's uncovered deficit is agreed in a case that is opened from the account and stands on it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse, Sag
from socialaftale.kerne.sager import handlinger
from socialaftale.kerne.sager.enums import Instans, Sagstilstand, Udfald
from socialaftale.kerne.sager.grunddata import indlaes_kompetence
from takster.handlinger import regnskaber
from takster.handlinger.regnskaber import RegnskabHarFejl
from takster.models import Regnskab
from tests.takster.conftest import I_DAG
from tests.takster.factories import RegelsaetFactory
from tests.takster.resultathjaelp import SYSTEM, felter, lav_regnskab, tilbud_med_takst

pytestmark = [pytest.mark.django_db, pytest.mark.regel("T28")]
FORSLAG = "Underskuddet dækkes af driften i de to kommende år."
REGION = "region-nordjylland"


@pytest.fixture
def regnskab(organisationer) -> Regnskab:
    """300.000 of 8.000.000: all of it under the limit of 400.000, none of it covered."""
    indlaes_kompetence()
    RegelsaetFactory()
    return lav_regnskab(tilbud_med_takst(organisationer[REGION]), "-300000")


@pytest.fixture
def region(adgang):
    return lambda rolle=Rolle.DRIFTSHERRE_GODKENDER: adgang(rolle, organisation=REGION)


def _ny(regnskab: Regnskab) -> str:
    return reverse("sager:ny", kwargs={"art": "regionalt_underskud", "objekt": str(regnskab.pk)})


@pytest.fixture
def skriv(log_ind, regnskab):
    """The case as it is opened from the account's page."""

    def lav(forslag: str = FORSLAG) -> Sag:
        svar = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation=REGION).post(
            _ny(regnskab), {"begrundelse": forslag}
        )
        assert svar.status_code == 302, svar.text
        return Sag.objects.latest("pk")

    return lav


def _paa_dagsorden(sag: Sag, region, adgang) -> Sag:
    sag = handlinger.indsend(sag, adgang=region())
    return handlinger.saet_paa_dagsorden(sag, adgang=adgang(Rolle.SEKRETARIAT), moededato=I_DAG)


def _afgoer(sag: Sag, adgang, udfald: Udfald = Udfald.GODKENDT) -> Sag:
    return handlinger.beslut(
        sag,
        adgang=adgang(Rolle.SEKRETARIAT),
        udfald=udfald,
        dato=I_DAG,
        reference="DAS, punkt 4",
        tekst="Godkendt som foreslået",
    )


def _ret(regnskab: Regnskab, **valg) -> Regnskab:
    regnskab.refresh_from_db()
    return regnskaber.gem_regnskab(
        regnskab,
        adgang=SYSTEM,
        version=regnskab.version,
        felter=felter(regnskab, **valg),
        poster={post.art: post.beloeb for post in regnskab.poster.all()},
    )


def _koder(sag: Sag) -> list[tuple[str, bool]]:
    return [(fund.kode, fund.blokerer) for fund in handlinger.kontroller(Sag.objects.get(pk=sag.pk))]


def test_sagen_oprettes_fra_regnskabet_og_afgoeres_af_das(regnskab, log_ind, skriv, region, adgang):
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation=REGION)
    assert _ny(regnskab) in klient.get(regnskab.get_absolute_url()).text
    with pytest.raises(RegnskabHarFejl, match="Regionen kan ikke endeligt finansiere"):
        regnskaber.afgiv(regnskab, adgang=SYSTEM)
    sag = skriv()
    assert sag.data == {
        "grundlag": "8000000.00",
        "resultat": "-300000.00",
        "graense": "400000.00",
        "daekkes_selv": "300000.00",
        "udaekket": "300000.00",
    }
    assert _ny(regnskab) not in klient.get(regnskab.get_absolute_url()).text
    sag = _paa_dagsorden(sag, region, adgang)
    assert sag.instans == Instans.DAS
    with pytest.raises(RegnskabHarFejl):
        regnskaber.afgiv(regnskab, adgang=SYSTEM)
    sag = _afgoer(sag, adgang)
    assert sag.udfoert_tidspunkt
    assert f"sag {sag.nummer}" in Haendelse.objects.for_objekt(regnskab).first().tekst
    assert regnskaber.afgiv(regnskab, adgang=SYSTEM).tilstand == "afgivet"


def test_regnskabet_viser_vej_til_den_afgjorte_sag(regnskab, log_ind, skriv, region, adgang):
    sag = _afgoer(_paa_dagsorden(skriv(), region, adgang), adgang)
    regnskaber.afgiv(regnskab, adgang=SYSTEM)
    for rolle, organisation in (
        (Rolle.DRIFTSHERRE_INDBERETTER, REGION),
        (Rolle.REVISOR, REGION),
        (Rolle.DAS_MEDLEM, "aalborg"),
        (Rolle.SEKRETARIAT, "sekretariatet"),
    ):
        tekst = log_ind(rolle, organisation=organisation).get(regnskab.get_absolute_url()).text
        assert f'<a href="{sag.get_absolute_url()}">Sag {sag.nummer}</a>' in tekst, rolle


def test_en_aftale_fra_foer_systemet_staar_som_tekst(regnskab, log_ind):
    regnskab = regnskaber.afgiv(_ret(regnskab, sagsreference="DAS 21.08.2023, punkt 4"), adgang=SYSTEM)
    tekst = log_ind(Rolle.DAS_MEDLEM).get(regnskab.get_absolute_url()).text
    assert "DAS 21.08.2023, punkt 4" in tekst
    assert "/sager/" not in tekst.split("Aftale om underskuddet")[1].split("</dl>")[0]


def test_et_afslag_er_ingen_aftale(regnskab, skriv, region, adgang):
    _afgoer(_paa_dagsorden(skriv(), region, adgang), adgang, Udfald.AFSLAAET)
    with pytest.raises(RegnskabHarFejl, match="Regionen kan ikke endeligt finansiere"):
        regnskaber.afgiv(regnskab, adgang=SYSTEM)


def test_aftalen_raekker_ikke_til_mere_end_det_aftalte(regnskab, skriv, region, adgang, log_ind):
    sag = _paa_dagsorden(_delvis(regnskab, skriv), region, adgang)
    assert sag.data["udaekket"] == "200000.00"
    regnskab = _ret(regnskab, daekning_effektivisering=None)
    # The body decides what was written, and is told.
    assert _koder(sag) == [("regnskab_aendret", False)]
    _afgoer(sag, adgang)
    with pytest.raises(RegnskabHarFejl, match="Opret en ny sag"):
        regnskaber.afgiv(regnskab, adgang=SYSTEM)
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation=REGION)
    assert _ny(regnskab) in klient.get(regnskab.get_absolute_url()).text
    regnskaber.afgiv(_ret(regnskab, daekning_effektivisering=Decimal(150_000)), adgang=SYSTEM)


def _delvis(regnskab: Regnskab, skriv) -> Sag:
    _ret(regnskab, daekning_effektivisering=Decimal(100_000))
    return skriv()


def test_det_der_stopper_en_ansoegning(regnskab, skriv):
    assert _koder(skriv("Kort")) == [("forslag_mangler", True)]
    sag = skriv()
    assert _koder(sag) == []
    _ret(regnskab, daekning_effektivisering=Decimal(100_000))
    assert _koder(sag) == [("regnskab_aendret", True)]
    _ret(regnskab, daekning_effektivisering=Decimal(300_000))
    assert _koder(sag) == [("intet_udaekket", True)]


def test_kun_om_en_regions_regnskab(organisationer, log_ind, regnskab):
    kommunens = lav_regnskab(tilbud_med_takst(organisationer["aalborg"]), "-300000")
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER)
    assert klient.get(_ny(kommunens)).status_code == 404
    assert klient.get(_ny(regnskab)).status_code == 404
    assert "/sager/ny/" not in klient.get(kommunens.get_absolute_url()).text


def test_instanserne_laeser_sagen_men_ikke_kladden(
    regnskab, skriv, region, adgang, log_ind, django_assert_max_num_queries
):
    sag = _paa_dagsorden(skriv(), region, adgang)
    klient = log_ind(Rolle.DAS_MEDLEM)
    with django_assert_max_num_queries(15):
        tekst = klient.get(sag.get_absolute_url()).text
    assert "300.000,00" in tekst
    assert FORSLAG in tekst
    assert regnskab.get_absolute_url() not in tekst
    regnskaber.afgiv(_ret(regnskab, sagsreference="DAS 21.08.2023, punkt 4"), adgang=SYSTEM)
    assert regnskab.get_absolute_url() in klient.get(sag.get_absolute_url()).text


def test_regnskabet_taeller_hoejst_femten_opslag(
    regnskab, skriv, region, adgang, log_ind, django_assert_max_num_queries
):
    klient = log_ind(Rolle.DRIFTSHERRE_INDBERETTER, organisation=REGION)
    for _ in range(2):
        _afgoer(_paa_dagsorden(skriv(), region, adgang), adgang)
        with django_assert_max_num_queries(15):
            assert klient.get(regnskab.get_absolute_url()).status_code == 200
    assert Sag.objects.filter(tilstand=Sagstilstand.GODKENDT).count() == 2
