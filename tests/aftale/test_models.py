"""Who sees which agreement, and what the database refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from tests.aftale.factories import AftaleFactory, UdkastFactory, lav_offentliggjort, lav_udgave

SER_ALT = {
    *(Rolle.SEKRETARIAT_ADMIN, Rolle.SEKRETARIAT, Rolle.KOMMUNE_MYNDIGHED, Rolle.KOMMUNE_GODKENDER),
    *(Rolle.DAS_MEDLEM, Rolle.FU_MEDLEM, Rolle.UDVIKLINGSGRUPPE),
}

OFFENTLIGE = {Aftaletilstand.GAELDENDE, Aftaletilstand.AFLOEST}


@pytest.fixture
def alle_tilstande(organisationer):
    return {
        "udkast": UdkastFactory(periode="2027-2028"),
        "godkendt": AftaleFactory(periode="2025-2026"),
        "gaeldende": lav_offentliggjort(periode="2023-2024"),
        "afloest": lav_offentliggjort(periode="2021-2022"),
    }


def _synlige(adgang: Adgang) -> set[str]:
    return {aftale.tilstand for aftale in Aftale.objects.synlige_for(adgang)}


@pytest.mark.parametrize("rolle", Rolle)
def test_synlige_for(rolle, alle_tilstande, adgang):
    assert _synlige(adgang(rolle)) == (set(alle_tilstande) if rolle in SER_ALT else OFFENTLIGE)


def test_offentligheden_ser_det_offentliggjorte(alle_tilstande):
    assert _synlige(Adgang()) == OFFENTLIGE


@pytest.mark.parametrize(
    "felter",
    [
        {"tilstand": Aftaletilstand.GODKENDT, "vedtaget_aar": None},
        {"tilstand": Aftaletilstand.UDKAST, "vedtaget_aar": 2022},
        # In force without an edition everybody can read; before a body without an edition; published without a time.
        {"tilstand": Aftaletilstand.GAELDENDE},
        {"tilstand": Aftaletilstand.AFLOEST},
        *(
            {"tilstand": tilstand, "vedtaget_aar": None}
            for tilstand in (Aftaletilstand.DAS, Aftaletilstand.KKR, Aftaletilstand.GODKENDELSE)
        ),
        {"offentliggjort_tidspunkt": timezone.now()},
        {"tilstand": "noget_andet"},
        {"fra_aar": 2025, "til_aar": 2024},
    ],
)
def test_tilstand_og_data_foelges_ad(organisationer, felter):
    aftale = AftaleFactory(periode="2023-2024")
    with pytest.raises(IntegrityError), transaction.atomic():
        Aftale.objects.filter(pk=aftale.pk).update(**felter)


def test_perioden_er_to_aarstal(organisationer):
    aftale = AftaleFactory(periode="2023-2024")
    aftale.periode = "2023"
    with pytest.raises(ValidationError, match="to årstal"):
        aftale.full_clean()


def test_en_udgave_aendres_aldrig(organisationer):
    udgave = lav_udgave(AftaleFactory(periode="2023-2024"))
    with pytest.raises(TypeError):
        udgave.save()
    with pytest.raises(TypeError):
        udgave.delete()


def test_kun_en_aftale_gaelder_ad_gangen(organisationer):
    gaeldende, gammel = lav_offentliggjort(periode="2023-2024"), lav_offentliggjort(periode="2021-2022")
    assert (gaeldende.tilstand, gammel.tilstand) == (Aftaletilstand.GAELDENDE, Aftaletilstand.AFLOEST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aftale.objects.filter(pk=gammel.pk).update(tilstand=Aftaletilstand.GAELDENDE)
