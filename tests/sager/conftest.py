"""A kind of case of the tests' own, so that the ground floor is tested without the apps above it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Organisation, Sag
from socialaftale.kerne.sager import handlinger
from socialaftale.kerne.sager.enums import Sagstilstand, Udfald
from socialaftale.kerne.sager.forms import Sagsformular
from socialaftale.kerne.sager.fund import advarsel, fejl
from socialaftale.kerne.sager.grunddata import indlaes_kompetence
from socialaftale.kerne.sager.register import Ansoegningsobjekt, Sagsart, Sagsindhold, Vindue, sagsarter

NU = dt.datetime(2026, 10, 1, 10, tzinfo=dt.UTC)
I_DAG = dt.date(2026, 10, 1)
MOEDE = dt.date(2026, 10, 8)


class Proeveart:
    """What the tests turn on and off, and what was carried out."""

    def __init__(self) -> None:
        self.udfoerte: list[str] = []
        self.vindue: Vindue | None = None
        self.fejl_i_udfoerelsen: Exception | None = None

    def kontroller(self, sag: Sag, dato: dt.date) -> list:
        fund = [advarsel("se", "T69", "Se efter")]
        if not sag.begrundelse:
            fund.append(fejl("mangler", "T5", "Skriv en begrundelse"))
        return fund

    def udfoer(self, sag: Sag, adgang: Adgang) -> None:
        if self.fejl_i_udfoerelsen:
            raise self.fejl_i_udfoerelsen
        self.udfoerte.append(sag.nummer)

    def art(self, **felter) -> Sagsart:
        return Sagsart(
            **{
                "noegle": "proeve",
                "titel": "Prøve",
                "kompetence": "takst_i_aaret",
                "regel": "T68",
                "indledning": "En prøve.",
                "objekttype": "kerne.organisation",
                "find_objekt": self.find,
                "objekt_url": lambda objekt: "/",
                "formular": lambda: Sagsformular,
                "kontroller": self.kontroller,
                "vis": lambda sag, adgang: Sagsindhold(fakta=[("Hvad", "En prøve")]),
                "udfoer": self.udfoer,
                "underret": lambda sag: Organisation.objects.filter(slug="hjoerring"),
                "bilagsarter": (("aftale", "Aftale"),),
                **felter,
            }
        )

    def find(self, adgang: Adgang, noegle: str) -> Ansoegningsobjekt | None:
        objekt = Organisation.objects.filter(pk=noegle).first() if noegle.isdigit() else None
        return Ansoegningsobjekt(objekt, objekt, f"Prøve for {objekt}") if objekt else None


@pytest.fixture(autouse=True)
def ur() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NU, tick=False) as rejse:
        yield rejse


@pytest.fixture
def proeve() -> Iterator[Proeveart]:
    """The kind, registered for the test only."""
    proeve = Proeveart()
    sagsarter.tilfoej("proeve", proeve.art())
    yield proeve
    sagsarter._poster.pop("proeve")


@pytest.fixture
def lav(proeve: Proeveart, organisationer, adgang) -> Callable[..., Sag]:
    """`lav(Sagstilstand.X)`: a case of Aalborg's in that state, through the steps that lead there."""
    indlaes_kompetence()

    def bring(tilstand: str = Sagstilstand.KLADDE, *, begrundelse: str = "En god grund", virkning=None) -> Sag:
        aalborg = organisationer["aalborg"]
        godkender = adgang(Rolle.DRIFTSHERRE_GODKENDER)
        sekretariat = adgang(Rolle.SEKRETARIAT)
        sag = handlinger.opret(
            proeve.art(),
            Ansoegningsobjekt(aalborg, aalborg, "Prøve for Aalborg"),
            adgang=godkender,
            begrundelse=begrundelse,
            data={},
            virkningsdato=virkning or dt.date(2026, 11, 1),
        )
        if tilstand == Sagstilstand.TRUKKET:
            return handlinger.traek(sag, adgang=godkender)
        if tilstand != Sagstilstand.KLADDE:
            sag = handlinger.indsend(sag, adgang=godkender)
        if tilstand in (Sagstilstand.PAA_DAGSORDEN, Sagstilstand.GODKENDT, Sagstilstand.AFSLAAET):
            sag = handlinger.saet_paa_dagsorden(sag, adgang=sekretariat, moededato=MOEDE, moedepunkt="punkt 3")
        if tilstand in (Sagstilstand.GODKENDT, Sagstilstand.AFSLAAET):
            sag = handlinger.beslut(
                sag,
                adgang=sekretariat,
                udfald=Udfald(tilstand),
                dato=I_DAG,
                reference="FU, punkt 3",
                tekst="Fordi",
            )
        return sag

    return bring
