"""A new period from the template or from an earlier one: what comes along, and what must be looked through."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from socialaftale.aftale.models import Aftale
from socialaftale.aftale.oprettelse import BILAG, fremmede_aar, opret_fra_forrige, opret_fra_skabelon
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse, Kommentar
from socialaftale.kerne.tekst import blokke, henvisninger
from socialaftale.kerne.tekst.kommentarer import Kommentarslags
from tests.aftale.factories import lav_offentliggjort

AAR = {"fra_aar": 2025, "til_aar": 2026}


@pytest.fixture
def sekretariat(adgang):
    return adgang(Rolle.SEKRETARIAT)


@pytest.fixture
def forrige(organisationer):
    aftale = lav_offentliggjort(periode="2023-2024")
    aftale.tekst.kapitler.filter(noegle="forord").update(
        indhold="<p>Aftalen for 2023-2024 følger op på 2022. Vi er {{ parter.antal }} i {{ pladser.aar }}.</p>"
    )
    return aftale


class TestSkabelon:
    def test_kapitler_med_vejledning(self, organisationer, sekretariat):
        aftale = opret_fra_skabelon(adgang=sekretariat, **AAR)
        assert (aftale.periode, aftale.titel) == ("2025-2026", "Nordjysk Socialaftale 2025-2026")
        kapitler = list(aftale.tekst.kapitler.all())
        assert [kapitel.nummer for kapitel in kapitler if kapitel.nummer] == [1, 2, 3, 4, 5, 6, 7]
        assert all(kapitel.vejledning and kapitel.versioner.count() == 1 for kapitel in kapitler)
        # Every list and figure the template calls for is there to be had.
        for kapitel in kapitler:
            henvisninger.kontroller(kapitel.indhold)
            for henvisning in henvisninger.find(kapitel.indhold):
                assert not henvisning.er_blok or blokke.find(henvisning.noegle)
        assert Haendelse.objects.for_objekt(aftale).get().handling == "aftale_oprettet"

    def test_samme_noegler_som_de_rigtige_aftaler(self, organisationer, sekretariat):
        """Chapters of two periods are compared by key."""
        from socialaftale.aftale.grunddata import indlaes_aftaler

        indlaes_aftaler()
        aftale = opret_fra_skabelon(adgang=sekretariat, **AAR)
        noegler = [
            list(en.tekst.kapitler.values_list("noegle", flat=True))
            for en in (aftale, Aftale.objects.get(periode="2023-2024"))
        ]
        assert noegler[0] == noegler[1]


class TestFraForrige:
    def test_det_hele(self, forrige, sekretariat):
        aftale = opret_fra_forrige(forrige, adgang=sekretariat, **AAR)
        assert aftale.tilstand == "udkast"
        forord = aftale.tekst.kapitler.get(noegle="forord")
        assert "{{ pladser.aar }}" in forord.indhold
        assert (forord.version, forord.versioner.count()) == (1, 1)
        omraade = aftale.fokusomraader.get()
        assert omraade.kapitel == aftale.tekst.kapitler.get(noegle="omraade_1")
        assert omraade.initiativer.get().titel == "Et initiativ"
        assert (aftale.bilag.count(), aftale.underskrivere.count()) == (1, 1)
        assert aftale.bilag.get().dokument is None
        assert forrige.tekst.kapitler.count() == aftale.tekst.kapitler.count()

    def test_kun_det_valgte(self, forrige, sekretariat):
        aftale = opret_fra_forrige(forrige, adgang=sekretariat, medtag=[BILAG], **AAR)
        assert (aftale.fokusomraader.count(), aftale.bilag.count(), aftale.underskrivere.count()) == (0, 1, 0)

    def test_andre_aar_skal_gennemses(self, forrige, sekretariat):
        aftale = opret_fra_forrige(forrige, adgang=sekretariat, **AAR)
        kommentar = Kommentar.objects.get(kapitel__tekst=aftale.tekst)
        assert kommentar.slags == Kommentarslags.GENNEMSYN
        assert kommentar.kapitel.noegle == "forord"
        assert kommentar.tekst.endswith("2023-2024, 2022")
        assert "følger op på 2022" in kommentar.citat

    @pytest.mark.parametrize(
        ("tekst", "aar"),
        [
            ("Aftalen gælder 2025-2026 fra 2025", []),
            ("I 2024 og 2024 og 2023/24", ["2024", "2023/24"]),
            ("§ 1985 er ingen, men 1985 er", ["1985"]),
            ("20251 eller 12024", []),
        ],
    )
    def test_fremmede_aar(self, tekst, aar):
        if "1985" in tekst:
            assert list(fremmede_aar(tekst, 2025, 2026)) == ["1985"]
        else:
            assert list(fremmede_aar(tekst, 2025, 2026)) == aar


@pytest.mark.parametrize(
    ("aar", "besked"),
    [
        ({"fra_aar": 2026, "til_aar": 2025}, "Det sidste år"),
        ({"fra_aar": 2023, "til_aar": 2024}, "allerede en aftale for 2023-2024"),
        ({"fra_aar": 2024, "til_aar": 2025}, "i nogle af de samme år"),
    ],
)
def test_perioden_passer(forrige, sekretariat, aar, besked):
    with pytest.raises(ValidationError, match=besked):
        opret_fra_forrige(forrige, adgang=sekretariat, **aar)
    assert Aftale.objects.count() == 1


def test_kun_sekretariatet(forrige, adgang):
    for rolle in (Rolle.DAS_MEDLEM, Rolle.KOMMUNE_GODKENDER):
        with pytest.raises(PermissionDenied):
            opret_fra_skabelon(adgang=adgang(rolle), **AAR)


class TestSide:
    def test_opret(self, forrige, log_ind):
        klient = log_ind(Rolle.SEKRETARIAT)
        assert 'value="2025"' in klient.get(reverse("aftale:opret")).text
        felter = {"fra_aar": "2025", "til_aar": "2026", "kilde": str(forrige.pk), "medtag": ["bilag"]}
        svar = klient.post(reverse("aftale:opret"), felter)
        assert svar.url == reverse("aftale:opbygning", args=["2025-2026"])
        assert Aftale.objects.get(periode="2025-2026").fokusomraader.count() == 0
        assert klient.post(
            reverse("aftale:opret"), felter | {"fra_aar": "2027", "til_aar": "2028", "kilde": "skabelon"}
        ).url

    @pytest.mark.parametrize(
        ("felter", "besked"),
        [
            ({"fra_aar": "", "til_aar": "26"}, "Skriv det første år"),
            ({"fra_aar": "2027", "til_aar": "2026", "kilde": "skabelon"}, "Det sidste år skal ligge efter"),
            ({"fra_aar": "2023", "til_aar": "2024", "kilde": "skabelon"}, "allerede en aftale"),
            ({"fra_aar": "2025", "til_aar": "2026"}, "Vælg, hvad aftalen laves ud fra"),
        ],
    )
    def test_fejl(self, forrige, log_ind, felter, besked):
        svar = log_ind(Rolle.SEKRETARIAT).post(reverse("aftale:opret"), felter)
        assert svar.status_code == 422
        assert besked in svar.text
        assert f'value="{felter["til_aar"]}"' in svar.text
