"""Price and wage rates: versions with source, reason and history; what is published never changes (T93)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from takster.enums import Skematilstand
from takster.handlinger import offentliggoerelse, plsatser
from takster.models import PLsats, Takst
from tests.takster.factories import PLsatsFactory, RundeFactory, SkemaFactory, TakstFactory

pytestmark = pytest.mark.django_db
SYSTEM = Adgang.system()
SIDE = "/takster/plsatser/"
NYE = {"sats_pct": Decimal("3.50"), "kilde": "KL", "udgave": "august", "begrundelse": "Rettet af KL"}


@pytest.mark.regel("T93")
def test_en_rettelse_er_en_ny_version():
    gammel = PLsatsFactory(sats_pct=Decimal("3.00"))
    ny = plsatser.ret_plsats(gammel, adgang=SYSTEM, version=1, **NYE)
    gammel.refresh_from_db()
    assert (gammel.sats_pct, gammel.er_gaeldende) == (Decimal("3.00"), False)
    assert (ny.version, ny.udgave, ny.er_gaeldende) == (2, "august", True)
    assert [sats.pct for sats in PLsats.objects.som_vaerdier()] == [Decimal("3.50")]
    haendelse = Haendelse.objects.for_objekt(ny).get()
    assert haendelse.begrundelse == "Rettet af KL"
    assert "3,00" in haendelse.tekst


@pytest.mark.regel("T93")
def test_en_offentliggjort_takst_beholder_sin_sammenligning():
    PLsatsFactory(sats_pct=Decimal("3.00"))
    skema = SkemaFactory(udfyldt=True)
    TakstFactory(ydelse=skema.ydelse, aar=2026, takst=Decimal("2250.00"))
    RundeFactory()
    skema = SkemaFactory._meta.model.objects.get(pk=skema.pk)
    takst = offentliggoerelse.gem_takst(skema, nu=skema.gemt_tidspunkt)
    foer = takst.aendring_pct, takst.beregning.data
    plsatser.ret_plsats(PLsats.objects.get(), adgang=SYSTEM, version=1, **NYE)
    takst = Takst.objects.get(pk=takst.pk)
    assert (takst.aendring_pct, takst.beregning.data) == foer
    assert any("103" in trin["indsat"] for trin in takst.beregning.data["trin"] if trin["regel"] == "T93")


def test_to_retter_samtidig():
    sats = PLsatsFactory()
    plsatser.ret_plsats(sats, adgang=SYSTEM, version=1, **NYE)
    with pytest.raises(Versionskonflikt):
        plsatser.ret_plsats(sats, adgang=SYSTEM, version=1, **{**NYE, "sats_pct": Decimal("9.00")})


def test_uden_aendring_eller_begrundelse():
    sats = PLsatsFactory()
    samme = {"sats_pct": sats.sats_pct, "kilde": sats.kilde, "udgave": "", "begrundelse": "x"}
    with pytest.raises(ValidationError, match="ikke ændret"):
        plsatser.ret_plsats(sats, adgang=SYSTEM, version=1, **samme)
    with pytest.raises(ValidationError, match="hvorfor"):
        plsatser.ret_plsats(sats, adgang=SYSTEM, version=1, **{**NYE, "begrundelse": " "})


def test_kun_sekretariatet(adgang):
    with pytest.raises(PermissionDenied):
        plsatser.ret_plsats(PLsatsFactory(), adgang=adgang(Rolle.DRIFTSHERRE_GODKENDER), version=1, **NYE)
    with pytest.raises(PermissionDenied):
        plsatser.opret_plsats(adgang=adgang(Rolle.TAKSTGRUPPE), fra_aar=2030, type="service", **NYE)


class TestSider:
    FELTER = {"sats_pct": "3,5", "kilde": "KL", "udgave": "august 2027", "begrundelse": "Rettet af KL"}

    def test_alle_ser_satserne_uden_knapper(self, client):
        PLsatsFactory(kilde="Udgiftsanalyse")
        svar = client.get(SIDE)
        assert "Udgiftsanalyse" in svar.text
        assert "Læg en sats ind" not in svar.text
        assert "Historik" not in svar.text

    def test_laeg_ind(self, log_ind):
        klient = log_ind(Rolle.SEKRETARIAT)
        svar = klient.post(f"{SIDE}opret/", {**self.FELTER, "fra_aar": "2027", "type": "service"}, follow=True)
        assert "Satsen fra 2027 til 2028 er lagt ind" in svar.text
        sats = PLsats.objects.get()
        assert (sats.til_aar, sats.sats_pct, sats.udgave) == (2028, Decimal("3.50"), "august 2027")
        svar = klient.post(f"{SIDE}opret/", {**self.FELTER, "fra_aar": "2027", "type": "service"})
        assert svar.status_code == 422
        assert "Der er allerede en sats fra 2027 til 2028" in svar.text
        assert 'value="august 2027"' in svar.text

    def test_ret_og_se_begge_versioner(self, log_ind):
        klient, sats = log_ind(Rolle.SEKRETARIAT), PLsatsFactory(sats_pct=Decimal("3.00"))
        svar = klient.post(f"{SIDE}{sats.pk}/ret/", {**self.FELTER, "version": "1"}, follow=True)
        assert "Tidligere versioner" in svar.text
        assert "Rettet af KL" in svar.text
        # The version that is no longer in force cannot be corrected.
        assert klient.get(f"{SIDE}{sats.pk}/ret/").status_code == 404

    def test_daarlige_tal(self, log_ind):
        sats = PLsatsFactory()
        svar = log_ind(Rolle.SEKRETARIAT).post(
            f"{SIDE}{sats.pk}/ret/", {**self.FELTER, "sats_pct": "3.5", "version": "1"}
        )
        assert svar.status_code == 422
        assert 'value="3.5"' in svar.text
        assert "Skriv procenten med komma" in svar.text.replace("skriv procenten", "Skriv procenten")

    def test_konflikt_mister_intet(self, log_ind):
        klient, sats = log_ind(Rolle.SEKRETARIAT), PLsatsFactory()
        data = {**self.FELTER, "version": "0"}
        svar = klient.post(f"{SIDE}{sats.pk}/ret/", data)
        assert svar.status_code == 409
        assert "En anden har rettet satsen" in svar.text
        assert 'value="august 2027"' in svar.text
        assert 'name="version" value="1"' in svar.text
        assert klient.post(f"{SIDE}{sats.pk}/ret/", {**data, "version": "1"}).status_code == 302


def test_skemaet_bruger_den_nye_sats_straks():
    PLsatsFactory(sats_pct=Decimal("3.00"))
    skema = SkemaFactory(udfyldt=True, tilstand=Skematilstand.KLADDE)
    TakstFactory(ydelse=skema.ydelse, aar=2026, takst=Decimal("2250.00"))
    plsatser.ret_plsats(PLsats.objects.get(), adgang=SYSTEM, version=1, **NYE)
    assert {sats.pct for sats in PLsats.objects.som_vaerdier()} == {Decimal("3.50")}
