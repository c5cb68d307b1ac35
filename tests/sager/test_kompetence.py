"""Who decides what (T69): the lines by year, copied, changed, handed on, and kept by the cases sent under them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Beslutningskompetence, Haendelse, Sag
from socialaftale.kerne.sager import handlinger, kompetence
from socialaftale.kerne.sager.enums import Instans, Sagstilstand, Udfald
from socialaftale.kerne.sager.grunddata import indlaes_kompetence
from tests.sager.conftest import I_DAG

pytestmark = pytest.mark.django_db
BESLUT = {"dato": I_DAG, "reference": "FU, punkt 3", "tekst": "Fordi"}


@pytest.mark.regel("T5", "T69")
def test_das_overlader_til_fu_og_tager_tilbage(lav, adgang):
    indlaes_kompetence()
    linje = Beslutningskompetence.objects.get(noegle="kategoriaendring")
    assert linje.gaeldende_instans == Instans.DAS
    with pytest.raises(PermissionDenied):
        kompetence.overlad(linje, adgang=adgang(Rolle.DAS_MEDLEM), dato=I_DAG, reference="DAS, punkt 2")
    sekretariat = adgang(Rolle.SEKRETARIAT)
    linje = kompetence.overlad(linje, adgang=sekretariat, dato=I_DAG, reference="DAS, punkt 2")
    assert linje.gaeldende_instans == Instans.FU
    # What was delegated can go back to the one who delegated.
    assert linje.videre_fra(Instans.FU) == Instans.DAS
    linje = kompetence.overlad(linje, adgang=sekretariat, dato=None)
    assert linje.gaeldende_instans == Instans.DAS
    assert [h.tekst for h in Haendelse.objects.for_objekt(linje)] == [
        "Taget tilbage af DAS",
        "Overladt til Forretningsudvalget",
    ]


@pytest.mark.regel("T5", "T69")
def test_en_overladelse_gaelder_ogsaa_i_de_saet_der_er_gjort_klar(adgang):
    indlaes_kompetence()
    kompetence.kopier_linjer(2026, 2027)
    linje = Beslutningskompetence.objects.for_aar(2026).get(noegle="kategoriaendring")
    kompetence.overlad(linje, adgang=adgang(Rolle.SEKRETARIAT), dato=I_DAG, reference="DAS, punkt 2")
    assert Beslutningskompetence.objects.for_aar(2027).get(noegle="kategoriaendring").gaeldende_instans == Instans.FU


@pytest.mark.regel("T5", "T6", "T10", "T63", "T64", "T67", "T68", "T69", "T88")
@pytest.mark.parametrize(
    ("noegle", "instans", "overlades", "videre", "regel"),
    [
        ("kategoriaendring", Instans.DAS, Instans.FU, "", "T5"),
        ("anden_finansiering", Instans.DAS, "", "", "T10"),
        ("saervilkaar", Instans.DAS, "", Instans.KKR, "T63"),
        ("pladser_i_aaret", Instans.FU, "", Instans.DAS, "T67"),
        ("takst_i_aaret", Instans.FU, "", Instans.DAS, "T68"),
        ("regionalt_underskud", Instans.DAS, Instans.FU, "", "T28"),
        ("lukning", Instans.DRIFTSHERRE, "", "", "T64"),
        ("aarlig", Instans.DRIFTSHERRE, "", "", "T6, T43"),
        ("ishd", Instans.DAS, "", "", "T88"),
        ("aftalen", "", "", "", ""),
    ],
)
def test_tabellen_begynder_som_regelbogen_har_den(noegle, instans, overlades, videre, regel):
    indlaes_kompetence()
    indlaes_kompetence()
    linje = Beslutningskompetence.objects.get(noegle=noegle)
    assert (linje.instans, linje.kan_delegeres_til, linje.regel) == (instans, overlades, regel)
    assert linje.videre_fra(linje.instans) == videre
    assert linje.hvem
    assert Beslutningskompetence.objects.count() == 10


@pytest.mark.regel("T69")
def test_hvert_aars_saet_har_sine_egne_linjer(adgang):
    indlaes_kompetence()
    kompetence.kopier_linjer(2018, 2027)
    kompetence.kopier_linjer(2018, 2027)
    alle = Beslutningskompetence.objects.all()
    assert alle.count() == 20
    linje = alle.for_aar(2027).get(noegle="takst_i_aaret")
    kompetence.ret(
        linje,
        adgang=adgang(Rolle.SEKRETARIAT),
        felter={navn: getattr(linje, navn) for navn in kompetence.FELTER}
        | {"instans": "das", "kan_sendes_videre_til": ""},
        begrundelse="Ny styringsaftale",
    )
    hvem = {aar: alle.for_aar(aar).get(noegle="takst_i_aaret").instans for aar in (2010, 2018, 2026, 2027, 2040)}
    assert hvem == {2010: "fu", 2018: "fu", 2026: "fu", 2027: "das", 2040: "das"}
    haendelse = Haendelse.objects.for_objekt(linje).get()
    assert haendelse.begrundelse == "Ny styringsaftale"
    assert haendelse.data == {"instans": ["fu", "das"], "kan_sendes_videre_til": ["das", ""]}


@pytest.mark.regel("T69")
@pytest.mark.parametrize(
    ("noegle", "felter", "besked"),
    [
        ("takst_i_aaret", {}, "ikke ændret noget"),
        ("takst_i_aaret", {"instans": "", "kan_sendes_videre_til": "", "afgoeres_af": "Byrådet"}, "sager, som følger"),
        ("takst_i_aaret", {"kan_sendes_videre_til": "fu"}, "en anden instans"),
        ("lukning", {"instans": ""}, "skriv det i ord"),
        ("aftalen", {"kan_delegeres_til": "fu"}, "den instans, der kan"),
        ("kategoriaendring", {"kan_delegeres_til": ""}, "Tag den tilbage først"),
    ],
)
def test_hvem_der_afgoer_kan_ikke_blive_ingen(noegle, felter, besked, adgang):
    indlaes_kompetence()
    sekretariat = adgang(Rolle.SEKRETARIAT)
    linje = Beslutningskompetence.objects.get(noegle=noegle)
    if linje.kan_delegeres_til:
        linje = kompetence.overlad(linje, adgang=sekretariat, dato=I_DAG, reference="DAS, punkt 2")
    uaendret = {navn: getattr(linje, navn) for navn in kompetence.FELTER}
    with pytest.raises(ValidationError, match=besked):
        kompetence.ret(linje, adgang=sekretariat, felter=uaendret | felter, begrundelse="Fordi")


@pytest.mark.regel("T69")
def test_sagen_beholder_den_kompetence_den_blev_indsendt_efter(lav, adgang, log_ind):
    sag = lav(Sagstilstand.PAA_DAGSORDEN)
    sekretariat = adgang(Rolle.SEKRETARIAT)
    linje = Beslutningskompetence.objects.get(noegle="takst_i_aaret")
    kompetence.ret(
        linje,
        adgang=sekretariat,
        felter={navn: getattr(linje, navn) for navn in kompetence.FELTER}
        | {"instans": "kkr", "kan_sendes_videre_til": "", "krav": "Noget helt andet"},
        begrundelse="Ny styringsaftale",
    )
    assert kompetence.for_sag(Sag.objects.get()).hvem == "Forretningsudvalget; kan sende sagen videre til DAS"
    sag = handlinger.beslut(sag, adgang=sekretariat, udfald=Udfald.SENDT_VIDERE, **BESLUT)
    assert sag.instans == Instans.DAS
    assert "Forretningsudvalget; kan sende sagen videre til DAS" in log_ind(Rolle.SEKRETARIAT).get(
        sag.get_absolute_url()
    ).text.replace("\xa0", " ")
    # A case that goes back and is sent again follows the table of that day.
    sag = handlinger.send_retur(sag, adgang=sekretariat, begrundelse="Ret")
    assert sag.kompetence == {}
    sag = handlinger.indsend(sag, adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER))
    assert (sag.instans, kompetence.for_sag(sag).krav) == (Instans.KKR, "Noget helt andet")


def test_en_linje_der_kommer_til_staar_i_alle_saet():
    """A kind of case that a later version of the product brings has somebody to decide it in every year."""
    indlaes_kompetence()
    kompetence.kopier_linjer(2018, 2027)
    Beslutningskompetence.objects.filter(noegle="takst_i_aaret").delete()
    Beslutningskompetence.objects.filter(fra_aar=2027, noegle="lukning").update(krav="Vores eget")
    indlaes_kompetence()
    assert [Beslutningskompetence.objects.for_aar(aar).count() for aar in (2018, 2027)] == [10, 10]
    assert Beslutningskompetence.objects.for_aar(2027).get(noegle="lukning").krav == "Vores eget"


def test_en_region_uden_egen_tabel_faar_produktets(settings, tmp_path):
    settings.OMRAADEDATA = tmp_path
    indlaes_kompetence()
    assert Beslutningskompetence.objects.get(noegle="takst_i_aaret").instans == Instans.FU
