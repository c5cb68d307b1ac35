"""Comments on a draft: who may write and read them, the quotation, the answer, and that no CPR number gets in."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from socialaftale.aftale import panel
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.kommentering import antal_pr_kapitel, besvar, findes_i, kommenter, synlige_kommentarer
from socialaftale.aftale.models import KOMMENTERER
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.models import Haendelse, Kommentar
from socialaftale.kerne.tekst.kommentarer import KOMMENTAR, Kommentartilstand, Kommentartrin
from tests.aftale.factories import AftaleFactory, UdkastFactory

PERIODE = "2025-2026"
LOVLIGE = {
    ("imoedekom", "aaben"),
    ("afslaa", "aaben"),
    ("genaabn", "imoedekommet"),
    ("genaabn", "ikke_imoedekommet"),
}


@pytest.mark.parametrize("tilstand", Kommentartilstand)
@pytest.mark.parametrize("trin", Kommentartrin)
def test_overgange(tilstand, trin):
    assert KOMMENTAR.kan(trin, tilstand) == ((trin, tilstand) in LOVLIGE)


@pytest.fixture
def aftale(organisationer):
    return UdkastFactory(periode=PERIODE)


def skriv(aftale, adgang, tekst="Skriv noget om børn", citat=""):
    laesning = hent_laesning(aftale, kladde=True)
    laest = next(laesning.udfyldt(kapitel) for kapitel in laesning.kapitler if kapitel.noegle == "forord")
    kapitel = aftale.tekst.kapitler.get(noegle="forord")
    return kommenter(aftale, adgang=adgang, kapitel=kapitel, tekst=tekst, citat=citat, som_laest=laest)


class TestSkriv:
    @pytest.mark.parametrize("rolle", [*KOMMENTERER, Rolle.SEKRETARIAT])
    def test_dem_matricen_lader_kommentere(self, aftale, adgang, rolle):
        kommentar = skriv(aftale, adgang(rolle), citat="Vi er 12 parter.")
        assert (kommentar.version, kommentar.hat) == (1, adgang(rolle).hat)
        assert Haendelse.objects.for_objekt(aftale).first().handling == "kommentar_skrevet"

    @pytest.mark.parametrize("rolle", [Rolle.DRIFTSHERRE_GODKENDER, Rolle.KKR_LAESER, Rolle.TAKSTGRUPPE])
    def test_andre_ikke(self, aftale, adgang, rolle):
        with pytest.raises(PermissionDenied):
            skriv(aftale, adgang(rolle))

    def test_kun_et_udkast(self, organisationer, adgang):
        with pytest.raises(PermissionDenied):
            skriv(AftaleFactory(periode=PERIODE), adgang(Rolle.DAS_MEDLEM))

    def test_citatet_staar_i_kapitlet(self, aftale, adgang):
        with pytest.raises(ValidationError, match="Citatet findes ikke"):
            skriv(aftale, adgang(Rolle.DAS_MEDLEM), citat="Vi er 13 parter.")

    @pytest.mark.parametrize("felt", ["tekst", "citat"])
    def test_cpr(self, aftale, adgang, felt):
        aftale.tekst.kapitler.filter(noegle="forord").update(indhold="<p>010190-1234</p>")
        with pytest.raises(ValidationError, match="CPR"):
            skriv(aftale, adgang(Rolle.DAS_MEDLEM), **{felt: "010190-1234"})

    @pytest.mark.parametrize(
        ("citat", "html", "findes"),
        [
            ("fem  nye\npladser.", "<p>Der er <strong>fem</strong> nye <a>pladser</a>.</p>", True),
            ("A & B", "<p>A &amp; B</p>", True),
            ("fire", "<p>fem</p>", False),
        ],
    )
    def test_findes_i(self, citat, html, findes):
        assert findes_i(citat, html) is findes


class TestSynlighed:
    @pytest.fixture
    def kommentarer(self, aftale, adgang):
        return {
            "aalborg": skriv(aftale, adgang(Rolle.KOMMUNE_MYNDIGHED)),
            "hjoerring": skriv(aftale, adgang(Rolle.KOMMUNE_MYNDIGHED, organisation="hjoerring")),
            "usg": skriv(aftale, adgang(Rolle.UDVIKLINGSGRUPPE)),
        }

    @pytest.mark.parametrize(
        ("rolle", "ser"),
        [
            (Rolle.SEKRETARIAT, {"aalborg", "hjoerring", "usg"}),
            (Rolle.DAS_MEDLEM, {"aalborg", "hjoerring", "usg"}),
            # The hat counts: the group's member sees the group's, the authority its own.
            (Rolle.KOMMUNE_GODKENDER, {"aalborg"}),
            (Rolle.FU_MEDLEM, {"usg"}),
        ],
    )
    def test_hvem_ser_hvad(self, aftale, kommentarer, adgang, rolle, ser):
        synlige = set(synlige_kommentarer(aftale, adgang(rolle)))
        assert {navn for navn, kommentar in kommentarer.items() if kommentar in synlige} == ser

    def test_antal(self, aftale, kommentarer, adgang):
        sekretariat = adgang(Rolle.SEKRETARIAT)
        besvar(aftale, kommentarer["usg"], adgang=sekretariat, trin=Kommentartrin.IMOEDEKOM, svar="")
        assert list(antal_pr_kapitel(aftale, sekretariat).values()) == [(2, 3)]


class TestForsiden:
    def test_sekretariatet_faar_de_aabne(self, aftale, adgang):
        sekretariat, das = adgang(Rolle.SEKRETARIAT), adgang(Rolle.DAS_MEDLEM)
        skriv(aftale, das)
        skriv(aftale, das)
        besvar(aftale, skriv(aftale, das), adgang=sekretariat, trin=Kommentartrin.IMOEDEKOM, svar="")
        skridt = [(s.antal, s.tekst) for s in panel.skridt(sekretariat, timezone.localdate())]
        assert (2, "åbne kommentarer til Prøveaftale 2025-2026") in skridt
        aftale.tekst.kapitler.filter(noegle="forord").update(fjernet=timezone.now())
        assert not any("kommentar" in s.tekst for s in panel.skridt(sekretariat, timezone.localdate()))


class TestSvar:
    def test_imoedekom_og_genaabn(self, aftale, adgang):
        sekretariat = adgang(Rolle.SEKRETARIAT)
        kommentar = skriv(aftale, adgang(Rolle.DAS_MEDLEM))
        kommentar = besvar(aftale, kommentar, adgang=sekretariat, trin=Kommentartrin.IMOEDEKOM, svar="Tak")
        assert (kommentar.tilstand, kommentar.svaret_af) == ("imoedekommet", sekretariat.bruger)
        with pytest.raises(UlovligOvergang):
            besvar(aftale, kommentar, adgang=sekretariat, trin=Kommentartrin.AFSLAA, svar="Nej")
        kommentar = besvar(aftale, kommentar, adgang=sekretariat, trin=Kommentartrin.GENAABN, svar="")
        assert (kommentar.tilstand, kommentar.svar) == ("aaben", "Tak")

    def test_et_nej_har_en_grund(self, aftale, adgang):
        kommentar = skriv(aftale, adgang(Rolle.DAS_MEDLEM))
        with pytest.raises(ValidationError, match="hvorfor"):
            besvar(aftale, kommentar, adgang=adgang(Rolle.SEKRETARIAT), trin=Kommentartrin.AFSLAA, svar=" ")

    def test_kun_sekretariatet(self, aftale, adgang):
        das = adgang(Rolle.DAS_MEDLEM)
        with pytest.raises(PermissionDenied):
            besvar(aftale, skriv(aftale, das), adgang=das, trin=Kommentartrin.IMOEDEKOM, svar="")


def adresse(navn, *args):
    return reverse(f"aftale:{navn}", args=[PERIODE, *args])


class TestSider:
    def test_skriv_laes_og_svar(self, aftale, log_ind):
        klient = log_ind(Rolle.KOMMUNE_MYNDIGHED)
        side = adresse("kommentarer_kapitel", "forord")
        assert "Vi er" in klient.get(side).text
        svar = klient.post(side, {"tekst": "Der mangler børn", "citat": "Vi er 12 parter."})
        assert svar.status_code == 302
        tekst = klient.get(side).text
        assert "Der mangler børn" in tekst
        assert "Svar<span" not in tekst
        sekretariat = log_ind(Rolle.SEKRETARIAT)
        assert "Kommentarer (1 åbne)" in sekretariat.get(adresse("ret")).text
        assert "Der mangler børn" in sekretariat.get(adresse("kommentarer")).text
        pk = Kommentar.objects.get().pk
        svar = sekretariat.post(adresse("kommentarsvar", pk), {"trin": "afslaa", "svar": ""})
        assert svar.status_code == 422
        assert "Skriv, hvorfor" in svar.text
        assert sekretariat.post(adresse("kommentarsvar", pk), {}).status_code == 422
        svar = sekretariat.post(adresse("kommentarsvar", pk), {"trin": "afslaa", "svar": "Det står i kapitel 4"})
        assert "ikke imødekommet" in sekretariat.get(svar.url).text
        assert "ingen åbne kommentarer" in sekretariat.get(adresse("kommentarer")).text
        assert "Det står i kapitel 4" in klient.get(f"{adresse('kommentarer')}?alle=1").text

    @pytest.mark.parametrize(
        ("felter", "besked"),
        [
            ({"tekst": ""}, "Skriv din kommentar"),
            ({"tekst": "Ring til 010190-1234"}, "CPR"),
            ({"tekst": "x", "citat": "Står ikke her"}, "Citatet findes ikke"),
        ],
    )
    def test_fejl(self, aftale, log_ind, felter, besked):
        svar = log_ind(Rolle.DAS_MEDLEM).post(adresse("kommentarer_kapitel", "forord"), felter)
        assert svar.status_code == 422
        assert besked in svar.text
        for tekst in felter.values():
            assert tekst in svar.text
        assert not Kommentar.objects.exists()

    def test_andres_kommentar_findes_ikke(self, aftale, log_ind, adgang):
        kommentar = skriv(UdkastFactory(periode="2027-2028"), adgang(Rolle.DAS_MEDLEM))
        assert log_ind(Rolle.SEKRETARIAT).get(adresse("kommentarsvar", kommentar.pk)).status_code == 404


@pytest.mark.parametrize("navn", ["kommentarer", "kommentarer_kapitel"])
def test_antal_forespoergsler(navn, aftale, log_ind, adgang, django_assert_max_num_queries):
    klient = log_ind(Rolle.SEKRETARIAT)
    args = ["forord"] if navn == "kommentarer_kapitel" else []
    skriv(aftale, adgang(Rolle.DAS_MEDLEM))
    klient.get(adresse(navn, *args))
    with django_assert_max_num_queries(15) as faa:
        klient.get(adresse(navn, *args))
    for slug in ("hjoerring", "morsoe", "rebild"):
        for _ in range(3):
            skriv(aftale, adgang(Rolle.KOMMUNE_MYNDIGHED, organisation=slug))
    with django_assert_max_num_queries(len(faa)):
        klient.get(adresse(navn, *args))
