"""Two administrators at the same moment: there is always one left."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from socialaftale.kerne import hatte
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.brugere import adgang as regler
from socialaftale.kerne.brugere import handlinger
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.grunddata import indlaes_omraade
from socialaftale.kerne.models import Bruger, Medlemskab, Organisation
from tests.kerne.brugere.factories import administrator

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def to_administratorer() -> tuple[Medlemskab, Medlemskab]:
    indlaes_omraade()
    return administrator(), administrator()


def _luk(egen: Medlemskab, andens: Medlemskab) -> None:
    handlinger.luk(andens.bruger, adgang=hatte.adgang_for(egen.bruger), begrundelse="x")


def _afslut(egen: Medlemskab, andens: Medlemskab) -> None:
    adgang = hatte.adgang_for(egen.bruger)
    handlinger.afslut_rolle(andens, adgang=adgang, til=timezone.localdate(), begrundelse="x")


@pytest.mark.parametrize("skridt", [(_luk, _luk), (_afslut, _afslut), (_luk, _afslut), (_afslut, _luk)])
def test_de_kan_ikke_fjerne_hinanden(to_administratorer, skridt):
    """The first step waits, uncommitted, until the other has begun and stands in line behind it."""
    en, anden = to_administratorer
    udfald: list[str] = []
    begyndt, faerdig = threading.Event(), threading.Event()

    def koer(et_skridt: Callable[[Medlemskab, Medlemskab], None], egen: Medlemskab, andens: Medlemskab) -> None:
        try:
            begyndt.wait(10)
            et_skridt(egen, andens)
            udfald.append("gennemført")
        except ValidationError:
            udfald.append("afvist")
        finally:
            faerdig.set()
            connection.close()

    traad = threading.Thread(target=koer, args=(skridt[1], anden, en))
    traad.start()
    with transaction.atomic():
        skridt[0](en, anden)
        begyndt.set()
        assert not faerdig.wait(0.7), "The other step did not wait for the first."
    traad.join(10)
    assert udfald == ["afvist"]
    assert [rolle.bruger for rolle in regler.faste_administratorer()] == [en.bruger]


def test_samme_adresse_inviteret_to_gange_i_samme_oejeblik():
    """The second invitation waits for the first and gives its role to the same user."""
    indlaes_omraade()
    aalborg = Organisation.objects.get(slug="aalborg")
    fejl: list[Exception] = []

    def inviter(rolle: Rolle) -> None:
        handlinger.inviter(
            adgang=Adgang.system(),
            email="ny@kommune.example",
            navn="Ny",
            organisation=aalborg,
            roller=[rolle],
            fra=timezone.localdate(),
        )

    def koer() -> None:
        try:
            inviter(Rolle.REVISOR)
        except Exception as det:
            fejl.append(det)
        finally:
            connection.close()

    traad = threading.Thread(target=koer)
    with transaction.atomic():
        inviter(Rolle.DAS_MEDLEM)
        traad.start()
        traad.join(0.7)
        assert traad.is_alive()
    traad.join(10)
    assert fejl == []
    assert set(Bruger.objects.get().medlemskaber.values_list("rolle", flat=True)) == {"das_medlem", "revisor"}
