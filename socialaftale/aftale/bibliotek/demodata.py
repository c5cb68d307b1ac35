"""The demo's library: a status on implementation and a form, as examples of our own."""

from __future__ import annotations

from socialaftale.aftale.bibliotek.enums import Biblioteksart
from socialaftale.aftale.bibliotek.handlinger import omdoeb, opret
from socialaftale.aftale.bibliotek.models import Biblioteksdokument
from socialaftale.aftale.bilag.demodata import eksempelfil
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang

SKEMA = "Skema til udmelding af det forstærkede samarbejde"


def fyld_biblioteket() -> None:
    """Once: a library somebody has put a document in is left alone."""
    if Biblioteksdokument.objects.exists():
        return
    aftale = Aftale.objects.offentliggjorte().first()
    if aftale is not None:
        titel = f"Status på udmøntning, juni {aftale.fra_aar}"
        status = _laeg_op(Biblioteksart.STATUS, titel, aftale.periode)
        # The name it had first, so that the demo has an address that leads on.
        omdoeb(
            status,
            adgang=Adgang.system(),
            titel=titel,
            slug=f"status-juni-{aftale.fra_aar}",
            gaelder_fra=None,
            gaelder_til=None,
        )
    _laeg_op(Biblioteksart.VEJLEDNING, SKEMA, "")


def _laeg_op(art: Biblioteksart, titel: str, periode: str) -> Biblioteksdokument:
    dokument = Biblioteksdokument(art=art, titel=titel, periode=periode, er_eksempel=True)
    return opret(dokument, adgang=Adgang.system(), filnavn="eksempel.pdf", data=eksempelfil(titel, "biblioteket"))
