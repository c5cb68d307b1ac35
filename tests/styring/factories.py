"""Styringsaftaler for tests: a few sections with limits in them, and issued editions."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from socialaftale.aftale.handlinger import trykte_tal
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.models import Styringsaftale, Styringsudgave
from socialaftale.aftale.styring.handlinger import saet_i_kraft
from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Dokumentsynlighed
from socialaftale.kerne.models import Kapitelversion
from socialaftale.kerne.tekst.handlinger import Kapiteludkast, opret_tekst
from takster.models import Regelsaet

AFSNIT = (
    Kapiteludkast("indledning", "Indledning", "<p>Reglerne gælder {{ styring.aar }}.</p>", nummer=1),
    Kapiteludkast("nyheder", "Ændringer", "<p>{{ tabel:regel-aendringer }}</p>", niveau=2),
    Kapiteludkast("beregning", "Takstberegning", "<p>Sådan findes taksten på Ålykke.</p>", nummer=2),
    Kapiteludkast(
        "belaegning",
        "Belægning",
        "<p>Mindst {{ regel.belaegning_forventet_min|procent }} ventes brugt.</p>",
        niveau=2,
    ),
    Kapiteludkast(
        "beregnet", "Beregnet belægning", "<p>Et gennemsnit af {{ regel.belaegning_antal_aar|ord }} år.</p>", niveau=3
    ),
    Kapiteludkast(
        "resultat",
        "Over- og underskud",
        '<p>Grænsen er {{ regel.resultatgraense|procent }}. Se <a href="#belaegning">Belægning</a>.</p>',
        niveau=2,
    ),
)
REGLER = {"belaegning": ["T17", "T18"], "resultat": ["T22", "T23", "T25"]}


class StyringsaftaleFactory(DjangoModelFactory):
    """A draft with a rule set that begins in its year."""

    class Meta:
        model = Styringsaftale

    # Round again: the sequence counts all tests of the process, and a year has an upper limit.
    aar = factory.Sequence(lambda n: 2040 + n % 50)
    titel = factory.LazyAttribute(lambda aftale: f"Styringsaftale {aftale.aar}")
    regelsaet = factory.LazyAttribute(
        lambda aftale: (
            Regelsaet.objects.filter(fra_aar=aftale.aar).first()
            or Regelsaet.objects.create(navn=f"Regler {aftale.aar}", fra_aar=aftale.aar, til_aar=aftale.aar)
        )
    )
    regler = factory.LazyFunction(lambda: dict(REGLER))
    tekst = factory.LazyAttribute(lambda aftale: opret_tekst(aftale.titel, AFSNIT))


class VedtagetFactory(StyringsaftaleFactory):
    vedtaget_aar = factory.LazyAttribute(lambda aftale: aftale.aar - 1)
    vedtaget_af = "Alle parter"


def lav_udgave(aftale: Styringsaftale, data: bytes = b"%PDF-1.7 en udgave") -> Styringsudgave:
    """An edition of the text as it stands, without the seconds a real PDF takes."""
    dokument = dokumenter.udsted(
        Adgang.system(),
        noegle=aftale.dokumentnoegle,
        slags=aftale.dokumentslags,
        titel=aftale.titel,
        filnavn=f"styringsaftale-{aftale.aar}.pdf",
        data=data,
        synlighed=Dokumentsynlighed.OFFENTLIG,
    )
    udgave = aftale.udgaver.create(
        dokument=dokument,
        faste=trykte_tal(hent_laesning(aftale, kladde=True)),
        sider=12,
        er_udkast=aftale.er_udkast,
    )
    udgave.kapitler.set(
        Kapitelversion.objects.get(kapitel=kapitel, version=kapitel.version) for kapitel in aftale.tekst.kapitler.all()
    )
    return udgave


def lav_gaeldende(**felter: Any) -> Styringsaftale:
    """One in force."""
    aftale = VedtagetFactory(**felter)
    return saet_i_kraft(aftale, adgang=Adgang.system(), udgave=lav_udgave(aftale))
