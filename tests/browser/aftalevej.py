"""Agreements on their way, for the page walk and for the test that takes one the whole way.

Old periods, so that nothing that asks for the newest agreement meets them.
"""

from __future__ import annotations

import sys

HOS_PARTERNE, NY_UDGAVE, HELE_VEJEN = "2017-2018", "2015-2016", "2025-2026"


def lav_aftaleveje() -> None:
    """One before the parties for the second time, one with a new edition made and not laid before them."""
    from socialaftale.aftale.enums import Aftaletilstand
    from socialaftale.aftale.models import Aftale
    from socialaftale.kerne.models import Organisation
    from tests.aftale.factories import begynd_udgave, fremlaeg, lav_godkendelse, lav_i, lav_udgave

    parter = list(Organisation.objects.parter())
    aftale = lav_i(Aftaletilstand.GODKENDELSE, HOS_PARTERNE)
    for part in parter[:4]:
        lav_godkendelse(aftale, part, link="https://www.example.dk/referat")
    _ret(begynd_udgave(aftale))
    lav_udgave(aftale, b"%PDF-1.7 anden", er_udkast=False)
    aftale = fremlaeg(aftale, redaktionel=False)
    for part in parter[2:10]:
        lav_godkendelse(aftale, part, link="https://www.example.dk/referat")
    lav_godkendelse(aftale, parter[10], "afvist", note="Rådet vil have kapitlet om økonomi skrevet om.")
    anden = lav_i(Aftaletilstand.GODKENDELSE, NY_UDGAVE)
    for part in parter[:2]:
        lav_godkendelse(anden, part)
    _ret(begynd_udgave(anden))
    lav_udgave(anden, b"%PDF-1.7 anden", er_udkast=False)
    # Pages and tests of the editor and the gate are of these two: their text is opened.
    for periode in ("2021-2022", "2023-2024"):
        begynd_udgave(Aftale.objects.get(periode=periode))


def _ret(aftale) -> None:
    from socialaftale.aftale.handlinger import ret_kapitel
    from socialaftale.kerne.adgang import Adgang

    kapitel = aftale.tekst.kapitler.get(noegle="forord")
    felter = {"kapitel": kapitel, "titel": kapitel.titel, "fra_version": kapitel.version}
    ret_kapitel(aftale, adgang=Adgang.system(), indhold="<p>Vi er enige om et nyt forord.</p>", **felter)


def lav_begyndelsen() -> None:
    """A draft of the present years with a text the gate has nothing against."""
    from tests.aftale.factories import UdkastFactory

    UdkastFactory(periode=HELE_VEJEN)


if __name__ == "__main__":
    import django

    django.setup()
    sys.exit(lav_begyndelsen())
