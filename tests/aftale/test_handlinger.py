"""Correcting, issuing and publishing: who may, from which state, and what stands fast afterwards."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from socialaftale.aftale import handlinger
from socialaftale.aftale.hentning import hent_laesning, rettede_kapitler, udgavens_kapitler
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.job.koersel import Jobfejl
from socialaftale.kerne.models import Haendelse, Job
from tests.aftale.factories import AftaleFactory, UdkastFactory, fremlaeg, lav_offentliggjort, lav_udgave


@pytest.fixture
def sekretariat(adgang):
    return adgang(Rolle.SEKRETARIAT)


def ret(aftale, adgang, indhold="<p>Nyt forord</p>", noegle="forord"):
    kapitel = aftale.tekst.kapitler.get(noegle=noegle)
    return handlinger.ret_kapitel(
        aftale,
        adgang=adgang,
        kapitel=kapitel,
        titel=kapitel.titel,
        indhold=indhold,
        fra_version=kapitel.version,
    )


class TestRet:
    def test_rettelsen_staar_i_aftalens_historik(self, sekretariat):
        aftale = AftaleFactory()
        assert ret(aftale, sekretariat).indhold == "<p>Nyt forord</p>"
        assert [h.handling for h in Haendelse.objects.for_objekt(aftale)] == ["kapitel_rettet"]

    @pytest.mark.parametrize("rolle", [Rolle.DAS_MEDLEM, Rolle.KOMMUNE_MYNDIGHED, Rolle.DRIFTSHERRE_GODKENDER])
    def test_kun_sekretariatet(self, rolle, adgang):
        with pytest.raises(PermissionDenied):
            ret(AftaleFactory(), adgang(rolle))

    def test_gendan(self, sekretariat):
        aftale = AftaleFactory()
        rettet = ret(aftale, sekretariat)
        gendannet = handlinger.gendan_kapitel(aftale, adgang=sekretariat, kapitel=rettet, nummer=1, fra_version=2)
        assert gendannet.indhold == "<p>Vi er {{ parter.antal }} parter.</p>"

    def test_den_offentliggjorte_udgave_staar_fast(self, sekretariat):
        """The public reads what was published until the next edition is."""
        aftale = lav_offentliggjort()
        ret(aftale, sekretariat)
        aftale.refresh_from_db()
        forord = [kapitel for kapitel in hent_laesning(aftale, kladde=False).kapitler if kapitel.noegle == "forord"]
        assert [kapitel.indhold for kapitel in forord] == ["<p>Vi er {{ parter.antal }} parter.</p>"]
        assert [kapitel.noegle for kapitel in rettede_kapitler(aftale)] == ["forord"]
        ret(aftale, sekretariat, indhold="<p>Vi er {{ parter.antal }} parter.</p>")
        assert rettede_kapitler(aftale) == []


class TestOffentliggoer:
    def test_udgaven_bliver_det_gaeldende(self, sekretariat):
        aftale = AftaleFactory()
        udgave = lav_udgave(aftale)
        aftale = handlinger.offentliggoer(aftale, adgang=sekretariat, udgave=udgave)
        assert (aftale.gaeldende_udgave, aftale.fremlagt_udgave, aftale.er_laast) == (udgave, udgave, True)
        udgave.dokument.refresh_from_db()
        assert udgave.dokument.offentliggjort_tidspunkt is not None
        with pytest.raises(TypeError, match="immutable"):
            udgave.dokument.save()

    def test_en_ny_udgave_afloeser_den_gamle_som_bliver_staaende(self, sekretariat):
        aftale = lav_offentliggjort()
        gammel = aftale.gaeldende_udgave
        ret(aftale, sekretariat)
        ny = lav_udgave(aftale, b"%PDF-1.7 anden udgave")
        with pytest.raises(ValidationError, match="2. udgave er ikke lagt frem"):
            handlinger.offentliggoer(aftale, adgang=sekretariat, udgave=ny)
        aftale = fremlaeg(aftale)
        aftale = handlinger.offentliggoer(aftale, adgang=sekretariat, udgave=ny)
        assert aftale.gaeldende_udgave == ny
        assert (gammel.nummer, ny.nummer) == (1, 2)
        assert gammel.dokument.laes() == b"%PDF-1.7 en udgave"
        assert "Vi er" in udgavens_kapitler(gammel)[1].indhold
        with pytest.raises(ValidationError, match="nyeste"):
            handlinger.offentliggoer(aftale, adgang=sekretariat, udgave=gammel)

    def test_et_udkast_kan_ikke(self, sekretariat):
        aftale = UdkastFactory()
        with pytest.raises(ValidationError, match="skal være godkendt"):
            handlinger.offentliggoer(aftale, adgang=sekretariat, udgave=lav_udgave(aftale))

    def test_en_anden_aftales_udgave_kan_ikke(self, sekretariat):
        aftale = AftaleFactory(periode="2021-2022")
        with pytest.raises(ValidationError):
            handlinger.offentliggoer(aftale, adgang=sekretariat, udgave=lav_udgave(AftaleFactory(periode="2023-2024")))

    def test_kun_sekretariatet(self, adgang):
        aftale = AftaleFactory()
        with pytest.raises(PermissionDenied):
            handlinger.offentliggoer(aftale, adgang=adgang(Rolle.FU_MEDLEM), udgave=lav_udgave(aftale))


class TestUdsted:
    @pytest.mark.langsom
    def test_udgaven_er_praecis_det_der_staar(self, sekretariat):
        aftale = AftaleFactory(periode="2023-2024")
        trin: list[tuple[int, str]] = []
        udgave = handlinger.udsted_udgave(
            aftale, adgang=sekretariat, fremdrift=lambda procent, tekst: trin.append((procent, tekst))
        )
        assert hashlib.sha256(udgave.dokument.laes()).hexdigest() == udgave.dokument.sha256
        assert udgave.dokument.filnavn == "proeveaftale-2023-2024.pdf"
        assert udgave.dokument.offentliggjort_tidspunkt is None
        assert [version.kapitel.noegle for version in udgavens_kapitler(udgave)] == [
            kapitel.noegle for kapitel in aftale.tekst.kapitler.all()
        ]
        assert udgave.faste["parter.antal|ord"] == "tolv"
        assert "Det første" in udgave.faste["liste:fokusomraader"]
        assert [procent for procent, _ in trin] == sorted(procent for procent, _ in trin)
        assert trin[-1] == (97, "Gemmer udgaven")
        # Unchanged text is the edition there is.
        igen = handlinger.udsted_udgave(aftale, adgang=sekretariat, fremdrift=lambda procent, tekst: None)
        assert igen == udgave

    def test_det_der_mangler_naevnes(self, sekretariat):
        aftale = AftaleFactory(periode="2023-2024")
        aftale.tekst.kapitler.filter(noegle="forord").update(
            indhold="<p>{{ pladser.i_alt|hele }} {{ liste:intet }}</p>"
        )
        with pytest.raises(Jobfejl, match=r"før disse tal og figurer findes: pladser.i_alt\|hele, liste:intet\."):
            handlinger.udsted_udgave(aftale, adgang=sekretariat, fremdrift=lambda procent, tekst: None)
        assert not aftale.udgaver.exists()

    def test_bestilling_er_et_job_ad_gangen(self, sekretariat):
        aftale = AftaleFactory(periode="2023-2024")
        foerste = handlinger.bestil_pdf(aftale, adgang=sekretariat)
        assert handlinger.bestil_pdf(aftale, adgang=sekretariat) == foerste
        assert Job.objects.get().titel == "PDF af Prøveaftale 2023-2024"

    def test_kun_sekretariatet_bestiller(self, adgang):
        with pytest.raises(PermissionDenied):
            handlinger.bestil_pdf(AftaleFactory(), adgang=adgang(Rolle.DAS_MEDLEM))
