"""The rule sets: shown to all, copied and changed by the secretariat, locked once tariffs stand on them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Beslutningskompetence, Haendelse
from socialaftale.kerne.sager.grunddata import indlaes_kompetence
from socialaftale.kerne.sager.kompetence import FELTER
from takster import grunddata
from takster.beregning.regelsaet import graensebeskrivelser
from takster.enums import Rundetilstand
from takster.handlinger import regelsaet as handlinger
from takster.models import Regelsaet
from tests.takster.factories import RegelsaetFactory, RundeFactory
from tests.takster.taelling import kraev_fast_antal

pytestmark = pytest.mark.django_db
SYSTEM = Adgang.system()


@pytest.fixture
def regelsaet():
    indlaes_kompetence()
    return RegelsaetFactory(navn="Styringsaftale 2023", fra_aar=2023, til_aar=None)


def kopier(regelsaet, **felter):
    standard = {"adgang": SYSTEM, "navn": "Styringsaftale 2028", "fra_aar": 2028, "begrundelse": "Ny styringsaftale"}
    return handlinger.kopier_regelsaet(regelsaet, **(standard | felter))


def ret(regelsaet, version=1, **graenser):
    regler = regelsaet.regler()
    alle = {graense.felt: getattr(regler, graense.felt) for graense in graensebeskrivelser()}
    return handlinger.ret_regelsaet(
        regelsaet,
        adgang=SYSTEM,
        version=version,
        graenser=alle | graenser,
        kilder={felt: regelsaet.kilde(felt) for felt in alle},
        varsel=regelsaet.varsel,
        begrundelse="Ny aftale",
    )


class TestKopi:
    def test_samme_graenser_fra_det_nye_aar_og_det_gamle_slutter_foer(self, regelsaet):
        nyt = kopier(regelsaet)
        regelsaet.refresh_from_db()
        assert nyt.regler() == regelsaet.regler()
        assert (regelsaet.til_aar, nyt.fra_aar, nyt.til_aar) == (2027, 2028, None)
        assert [Regelsaet.objects.for_aar(aar) for aar in (2027, 2028)] == [regelsaet, nyt]
        assert Haendelse.objects.for_objekt(nyt).get().begrundelse == "Ny styringsaftale"

    def test_en_runde_der_ikke_er_offentliggjort_foelger_med(self, regelsaet):
        runde = RundeFactory(aar=2028, regelsaet=regelsaet)
        foer = RundeFactory(aar=2027, regelsaet=regelsaet)
        nyt = kopier(regelsaet)
        runde.refresh_from_db()
        foer.refresh_from_db()
        assert (runde.regelsaet, foer.regelsaet) == (nyt, regelsaet)

    def test_offentliggjorte_takster_beholder_deres(self, regelsaet):
        RundeFactory(
            aar=2028,
            regelsaet=regelsaet,
            tilstand=Rundetilstand.OFFENTLIGGJORT,
            offentliggjort_tidspunkt="2027-12-01T12:00:00Z",
        )
        with pytest.raises(ValidationError, match="2029 eller senere"):
            kopier(regelsaet)

    def test_kun_et_regelsaet_fra_hvert_aar(self, regelsaet):
        with pytest.raises(ValidationError, match="gælder allerede fra 2023"):
            kopier(regelsaet, fra_aar=2023)

    def test_kun_sekretariatet(self, regelsaet, adgang):
        with pytest.raises(PermissionDenied):
            kopier(regelsaet, adgang=adgang(Rolle.DAS_MEDLEM))


class TestRet:
    @pytest.mark.regel("T17")
    def test_graensen_virker_og_staar_i_loggen(self, regelsaet):
        ret(regelsaet, belaegning_forventet_min_pct=Decimal("92.5"))
        regelsaet.refresh_from_db()
        assert regelsaet.regler().belaegning_forventet_min_pct == Decimal("92.5")
        assert regelsaet.version == 2
        data = Haendelse.objects.for_objekt(regelsaet).get().data
        assert data["graenser"]["belaegning_forventet_min_pct"] == ["95", "92,5"]

    def test_hele_tal_forbliver_hele(self, regelsaet):
        ret(regelsaet, hensaettelse_aar=4)
        regelsaet.refresh_from_db()
        assert regelsaet.graenser["hensaettelse_aar"]["vaerdi"] == 4

    def test_den_anden_til_at_gemme_faar_besked(self, regelsaet):
        ret(regelsaet, hensaettelse_aar=4)
        with pytest.raises(Versionskonflikt):
            ret(regelsaet, hensaettelse_aar=6)

    def test_laast_naar_takster_er_offentliggjort(self, regelsaet):
        RundeFactory(
            aar=2026,
            regelsaet=regelsaet,
            tilstand=Rundetilstand.OFFENTLIGGJORT,
            offentliggjort_tidspunkt="2025-12-01T12:00:00Z",
        )
        with pytest.raises(ValidationError, match="Kopiér det til et nyt år"):
            ret(regelsaet, hensaettelse_aar=4)

    def test_uden_aendring(self, regelsaet):
        with pytest.raises(ValidationError, match="ikke ændret noget"):
            ret(regelsaet)


def ret_hvem(regelsaet, version=1, noegle="takst_i_aaret", **felter):
    linje = Beslutningskompetence.objects.for_aar(regelsaet.fra_aar).get(noegle=noegle)
    return handlinger.ret_kompetence(
        regelsaet,
        noegle,
        adgang=SYSTEM,
        version=version,
        felter={navn: getattr(linje, navn) for navn in FELTER} | felter,
        begrundelse="Ny aftale",
    )


@pytest.mark.regel("T69")
class TestHvemBeslutter:
    """The lines of T69 belong to the rule set as its limits do."""

    def test_de_kopieres_med_og_rettes_for_sig(self, regelsaet):
        ret_hvem(regelsaet, krav="Helt særlige omstændigheder")
        nyt = kopier(regelsaet)
        ret_hvem(nyt, instans="das", kan_sendes_videre_til="")
        linjer = Beslutningskompetence.objects.filter(noegle="takst_i_aaret").order_by("fra_aar")
        # The first set of all is that of 2018.
        assert [(linje.fra_aar, linje.instans, linje.krav) for linje in linjer] == [
            (2018, "fu", "Særlige omstændigheder"),
            (2023, "fu", "Helt særlige omstændigheder"),
            (2028, "das", "Helt særlige omstændigheder"),
        ]

    def test_ret_med_begrundelse_staar_paa_regelsaettet(self, regelsaet):
        assert ret_hvem(regelsaet, krav="Andet").version == 2
        haendelse = Haendelse.objects.for_objekt(regelsaet).get()
        assert haendelse.begrundelse == "Ny aftale"
        assert haendelse.data["kompetence"] == {"takst_i_aaret": {"krav": ["Særlige omstændigheder", "Andet"]}}

    def test_laast_naar_takster_er_offentliggjort(self, regelsaet):
        RundeFactory(
            aar=2026,
            regelsaet=regelsaet,
            tilstand=Rundetilstand.OFFENTLIGGJORT,
            offentliggjort_tidspunkt="2025-12-01T12:00:00Z",
        )
        with pytest.raises(ValidationError, match="Kopiér det til et nyt år"):
            ret_hvem(regelsaet, krav="Andet")

    def test_den_anden_til_at_gemme_faar_besked(self, regelsaet):
        ret_hvem(regelsaet, krav="Andet")
        with pytest.raises(Versionskonflikt):
            ret_hvem(regelsaet, krav="Et tredje")

    def test_kun_sekretariatet(self, regelsaet, adgang):
        with pytest.raises(PermissionDenied):
            handlinger.ret_kompetence(
                regelsaet,
                "takst_i_aaret",
                adgang=adgang(Rolle.DAS_MEDLEM),
                version=1,
                felter={},
                begrundelse="Fordi",
            )

    def test_indlaesningen_giver_hvert_regelsaet_sine_linjer(self, db):
        indlaes_kompetence()
        grunddata.indlaes_regelsaet()
        grunddata.indlaes_regelsaet()
        aarene = set(Regelsaet.objects.values_list("fra_aar", flat=True))
        assert {2018, 2023} <= aarene
        assert set(Beslutningskompetence.objects.values_list("fra_aar", flat=True)) == aarene

    def test_siden_viser_hvad_linjen_bruges_til_og_hvad_der_er_nyt(self, client, regelsaet):
        nyt = kopier(regelsaet)
        ret_hvem(nyt, instans="das", kan_sendes_videre_til="")
        tekst = client.get(nyt.get_absolute_url()).text
        assert "Sager: Ændring af takst i løbet af året" in tekst
        assert "før: Forretningsudvalget; kan sende sagen videre til DAS" in tekst
        assert "Til oplysning" in tekst
        assert "/beslutter/" not in tekst

    def test_sekretariatet_retter_paa_siden(self, log_ind, regelsaet):
        klient = log_ind(Rolle.SEKRETARIAT)
        url = reverse("takster:regelsaet_kompetence", kwargs={"aar": 2023, "noegle": "takst_i_aaret"})
        assert url in klient.get(regelsaet.get_absolute_url()).text
        data = TestSider.data(klient, url) | {"krav": "Noget nyt"}
        svar = klient.post(url, data | {"begrundelse": ""})
        assert svar.status_code == 422
        assert 'value="Noget nyt"' in svar.text
        svar = klient.post(url, data | {"instans": "", "begrundelse": "Ny aftale"})
        assert svar.status_code == 422
        assert "sager, som følger linjen" in svar.text
        svar = klient.post(url, data | {"begrundelse": "Ny aftale"}, follow=True)
        assert "Hvem der beslutter, er rettet" in svar.text
        assert "Noget nyt" in svar.text
        svar = klient.post(url, data | {"krav": "Et tredje", "begrundelse": "Ny aftale"})
        assert svar.status_code == 409
        assert "Gemt er:" in svar.text
        assert 'value="Et tredje"' in svar.text
        assert 'name="version" value="2"' in svar.text

    @pytest.mark.parametrize("side", ["regelsaet", "regelsaet_kompetence"])
    def test_antallet_af_opslag_er_fast(self, side, log_ind, regelsaet):
        klient = log_ind(Rolle.SEKRETARIAT)
        nyt = kopier(regelsaet)
        kwargs = {"aar": nyt.fra_aar} | ({"noegle": "takst_i_aaret"} if side == "regelsaet_kompetence" else {})

        def flere(antal: int) -> None:
            """More lines in both sets, and each changed once more."""
            findes = Beslutningskompetence.objects.filter(fra_aar=2018).count()
            for nr in range(findes, findes + antal):
                for fra_aar in (2018, 2028):
                    Beslutningskompetence.objects.create(
                        fra_aar=fra_aar, noegle=f"linje-{nr}", begivenhed=f"Linje {nr}", instans="das"
                    )
                ret_hvem(nyt, Regelsaet.objects.get(pk=nyt.pk).version, f"linje-{nr}", krav=f"Krav {nr}")

        kraev_fast_antal(lambda: klient.get(reverse(f"takster:{side}", kwargs=kwargs)), flere)

    def test_et_laast_regelsaet_har_ingen_formular(self, log_ind, regelsaet):
        RundeFactory(
            aar=2026,
            regelsaet=regelsaet,
            tilstand=Rundetilstand.OFFENTLIGGJORT,
            offentliggjort_tidspunkt="2025-12-01T12:00:00Z",
        )
        klient = log_ind(Rolle.SEKRETARIAT)
        url = reverse("takster:regelsaet_kompetence", kwargs={"aar": 2023, "noegle": "takst_i_aaret"})
        assert klient.get(url).status_code == 302
        assert url not in klient.get(regelsaet.get_absolute_url()).text


def test_enhver_graense_i_de_leverede_regelsaet_har_en_kilde(db):
    """A limit without a number in the sources is said to be our own."""
    grunddata.indlaes_regelsaet()
    for regelsaet in Regelsaet.objects.all():
        assert [graense.felt for graense in graensebeskrivelser() if not regelsaet.kilde(graense.felt)] == []


class TestSider:
    def test_alle_grænser_med_brug_og_hvem_der_beslutter(self, client, regelsaet):
        svar = client.get(regelsaet.get_absolute_url())
        for graense in graensebeskrivelser():
            assert graense.navn in svar.text
        assert "Ændring af takst i løbet af året" in svar.text
        assert "Ret grænserne" not in svar.text
        assert "Styringsaftale 2023" in client.get(reverse("takster:regelsaetliste")).text

    def test_hvad_der_er_nyt_siden_det_forrige(self, client, regelsaet):
        nyt = kopier(regelsaet)
        ret(nyt, hensaettelse_aar=4)
        assert "før 5\u00a0år" in client.get(nyt.get_absolute_url()).text

    def test_sekretariatet_retter_med_begrundelse(self, log_ind, regelsaet):
        klient = log_ind(Rolle.SEKRETARIAT)
        url = reverse("takster:regelsaet_ret", kwargs={"aar": 2023})
        data = self.data(klient, url)
        svar = klient.post(url, data | {"pension_pct": "26,5", "begrundelse": ""})
        assert svar.status_code == 422
        assert 'value="26,5"' in svar.text
        svar = klient.post(url, data | {"pension_pct": "26,5", "begrundelse": "Ny aftale"}, follow=True)
        assert "Grænserne er rettet" in svar.text
        assert "26,5\u00a0%" in svar.text

    def test_to_samtidige_ser_begge_vaerdier(self, log_ind, regelsaet):
        klient = log_ind(Rolle.SEKRETARIAT)
        url = reverse("takster:regelsaet_ret", kwargs={"aar": 2023})
        data = self.data(klient, url) | {"begrundelse": "Ny aftale"}
        klient.post(url, data | {"pension_pct": "26"})
        svar = klient.post(url, data | {"pension_pct": "27"})
        assert svar.status_code == 409
        assert "du skrev 27, gemt er 26" in svar.text.replace(",00", "")
        assert 'name="version" value="2"' in svar.text

    def test_kopi_med_fejl_mister_intet(self, log_ind, regelsaet):
        klient = log_ind(Rolle.SEKRETARIAT)
        url = reverse("takster:regelsaet_kopier", kwargs={"aar": 2023})
        svar = klient.post(url, {"navn": "Ny", "fra_aar": "2023", "begrundelse": "Fordi det er nyt"})
        assert svar.status_code == 422
        assert "gælder allerede fra 2023" in svar.text
        assert "Fordi det er nyt" in svar.text
        svar = klient.post(url, {"navn": "Ny", "fra_aar": "2028", "begrundelse": "Fordi"}, follow=True)
        assert "Ny er oprettet" in svar.text

    @staticmethod
    def data(klient, url) -> dict[str, str]:
        formular = klient.get(url).context["formular"]
        return {felt.html_name: str(felt.value() if felt.value() is not None else "") for felt in formular}
