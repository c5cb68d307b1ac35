"""Loading the agreements: both periods with everything, once, and never over what a user wrote."""

import pytest

from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.grunddata import indlaes_aftaler
from socialaftale.aftale.kontrol import ordliste
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.datamappe import Datafejl
from socialaftale.kerne.models import EksterntTal, Kapitel, Kapitelversion

RAEKKEFOELGE = [
    *("forside", "forord", "resume", "formaal", "kort", "vision", "fokusomraader"),
    *("fokusomraade_1", "fokusomraade_2", "fokusomraade_3"),
    *("udvikling_og_koordinering", "styring_og_oekonomi", "bilag", "kontakt", "bagside"),
]


@pytest.fixture
def aftaler(organisationer) -> dict[str, Aftale]:
    indlaes_aftaler()
    return {aftale.periode: aftale for aftale in Aftale.objects.all()}


def test_begge_perioder_med_kapitler_i_orden(aftaler):
    assert list(aftaler) == ["2023-2024", "2021-2022"]
    for aftale in aftaler.values():
        kapitler = list(aftale.tekst.kapitler.all())
        assert [kapitel.noegle for kapitel in kapitler] == RAEKKEFOELGE
        assert [kapitel.nummer for kapitel in kapitler if kapitel.nummer] == [1, 2, 3, 4, 5, 6, 7]
        assert [kapitel.niveau for kapitel in kapitler if kapitel.niveau > 1] == [2, 2, 2]
        assert all(kapitel.version == 1 and kapitel.versioner.count() == 1 for kapitel in kapitler)
        assert aftale.tilstand == Aftaletilstand.GODKENDT
        assert [omraade.initiativer.count() for omraade in aftale.fokusomraader.all()] == [3, 3, 3]
        assert [omraade.kapitel.noegle for omraade in aftale.fokusomraader.all()] == RAEKKEFOELGE[7:10]


def test_data_om_aftalen(aftaler):
    ny, gammel = aftaler["2023-2024"], aftaler["2021-2022"]
    assert (ny.fra_aar, ny.til_aar, ny.vedtaget_aar, ny.styringsaftale_aar) == (2023, 2024, 2022, 2023)
    assert (ny.bilag.count(), gammel.bilag.count()) == (7, 6)
    assert (ny.underskrivere.count(), gammel.underskrivere.count()) == (2, 1)
    # Udmelding reports, styringsaftale and tariffs are made here; the others are files.
    assert [bilag.nr for bilag in ny.bilag.exclude(indhold="")] == [1, 2, 3, 5, 7]
    assert (
        EksterntTal.objects.get(noegle="samlet_budget").vaerdi_tekst
        == "1,81\N{NO-BREAK SPACE}mia.\N{NO-BREAK SPACE}kr."
    )


def test_igen_aendrer_intet_og_overskriver_intet(aftaler):
    Kapitel.objects.filter(tekst__aftale=aftaler["2023-2024"], noegle="forord").update(indhold="<p>Rettet</p>")
    EksterntTal.objects.filter(noegle="samlet_budget").update(vaerdi_tekst="2 mia. kr.")
    foer = (Kapitel.objects.count(), Kapitelversion.objects.count(), EksterntTal.objects.count())
    indlaes_aftaler()
    assert (Kapitel.objects.count(), Kapitelversion.objects.count(), EksterntTal.objects.count()) == foer
    assert Kapitel.objects.filter(indhold="<p>Rettet</p>").count() == 1
    assert EksterntTal.objects.get(noegle="samlet_budget").vaerdi_tekst == "2 mia. kr."


def test_et_omraade_uden_aftaler(organisationer, settings, tmp_path):
    settings.OMRAADEDATA = tmp_path
    indlaes_aftaler()
    assert not Aftale.objects.exists()


class TestOrdliste:
    @pytest.fixture
    def mappe(self, tmp_path, settings):
        settings.OMRAADEDATA = tmp_path
        (tmp_path / "aftaler").mkdir()
        return tmp_path / "aftaler" / "ordliste.json"

    def test_et_omraade_uden_ordliste(self, mappe):
        assert ordliste.laes() == ordliste.Ordliste()

    def test_det_der_staar(self, mappe):
        mappe.write_text(
            '{"termer": [{"undgaa": "gammel", "brug": "ny", "hvorfor": "Sådan"}], "navne": [{"navn": "Rådet"}],'
            ' "gamle_adresser": {"gammel.dk": "web"}}',
            encoding="utf-8",
        )
        laest = ordliste.laes()
        assert [(term.undgaa, term.brug) for term in laest.termer] == [("gammel", "ny")]
        assert [navn.navn for navn in laest.navne] == ["Rådet"]
        assert laest.gamle_adresser == (("gammel.dk", "web"),)

    @pytest.mark.parametrize(
        ("indhold", "besked"),
        [
            ('{"termer": [{"undgaa": "(", "brug": "x", "hvorfor": "x"}]}', "gyldigt regulært udtryk"),
            ('{"termer": [{"undgaa": "a", "hvorfor": "x"}]}', "brug mangler"),
            ('{"navne": [{}]}', "navn mangler"),
        ],
    )
    def test_fejl_siges_med_fil_og_sted(self, mappe, indhold, besked):
        mappe.write_text(indhold, encoding="utf-8")
        with pytest.raises(Datafejl, match=besked):
            ordliste.laes()
