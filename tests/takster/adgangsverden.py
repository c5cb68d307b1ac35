"""The rows of the tariff app that the permission table walks over."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from django.utils import timezone

from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Dokumentsynlighed
from takster import bilag
from takster.enums import Rundetilstand, Skemabogsretning, Skemabogstilstand, Skematilstand
from takster.models import (
    Fordelingsnoegle,
    Hensaettelsespost,
    Omkostningssted,
    Reduktionsmaal,
    Regnskab,
    Rentesats,
    Skemabog,
    Takstbilag,
    Takstbilagsfil,
)
from takster.skemabog.laes import Bogfejl
from tests.adgangstabel import Verden
from tests.takster.factories import IndberetningFactory, PLsatsFactory, RundeFactory, SkemaFactory, TakstFactory
from tests.takster.objektivhjaelp import lav_fordeling
from tests.takster.resultathjaelp import lav_regnskab
from tests.takster.tillaegshjaelp import lav_tillaegsaftale


def byg(verden: Verden) -> None:
    """A round that is open today, with one form of Aalborg's in each state that a row needs."""
    i_dag = timezone.localdate()
    verden.takster_runde = RundeFactory(aabner=i_dag - dt.timedelta(days=30), frist=i_dag + dt.timedelta(days=30))
    verden.takster_lukket_runde = RundeFactory(
        aar=2026, tilstand=Rundetilstand.LUKKET, aabner=dt.date(2025, 8, 1), frist=dt.date(2025, 10, 31)
    )
    verden.takster_indberetning = IndberetningFactory(runde=verden.takster_runde, driftsherre=verden.egen)
    verden.takster_lukket_indberetning = IndberetningFactory(
        runde=verden.takster_lukket_runde, driftsherre=verden.egen
    )
    IndberetningFactory(runde=verden.takster_runde, driftsherre=verden.nabo)
    verden.takster_kladde = SkemaFactory(udfyldt=True, indberetning=verden.takster_indberetning)
    verden.takster_indsendt = SkemaFactory(
        udfyldt=True, indberetning=verden.takster_indberetning, tilstand=Skematilstand.INDSENDT
    )
    verden.takster_noegle = Fordelingsnoegle.objects.create(
        indberetning=verden.takster_indberetning, navn="Pladser", grundlag="pladser"
    )
    verden.takster_sted = Omkostningssted.objects.create(
        indberetning=verden.takster_indberetning, navn="Ledelse", type="midlertidig"
    )
    verden.takster_skemabog = Skemabog.objects.create(
        indberetning=verden.takster_indberetning,
        retning=Skemabogsretning.IND,
        tilstand=Skemabogstilstand.AFVIST,
        filnavn="takstskemaer.xlsx",
        indhold=b"",
        resultat={"fejl": [asdict(Bogfejl(besked="Filen er tom"))]},
    )
    verden.takster_skemabog_ud = Skemabog.objects.create(
        indberetning=verden.takster_indberetning,
        retning=Skemabogsretning.UD,
        filnavn="takstskemaer.xlsx",
        indhold=b"",
    )
    verden.takster_takst = TakstFactory(ydelse=verden.takster_kladde.ydelse)
    verden.takster_tillaegsaftale = lav_tillaegsaftale(verden.egen, handler=verden.nabo, betaler=verden.egen)
    verden.takster_fordeling = lav_fordeling(verden.egen)
    verden.takster_sats = PLsatsFactory()
    verden.takster_maal = Reduktionsmaal.objects.create(basisaar=2025, aar=2026, takst_pct=1, kilde="Test")
    verden.takster_regnskab = Regnskab.objects.create(
        tilbud=verden.takster_kladde.ydelse.tilbud,
        aar=2019,
        aartype="realiseret",
        budget=100,
        kilde="Test",
        offentliggjort=True,
    )
    verden.takster_resultat = lav_regnskab(verden.takster_kladde.ydelse.tilbud, aar=2026)
    verden.takster_afgivet = lav_regnskab(
        verden.takster_indsendt.ydelse.tilbud,
        aar=2025,
        budget=8_000_000,
        budget_kilde="Budget 2025",
        hensat=400_000,
        til="afgivet",
    )
    verden.takster_post = Hensaettelsespost.objects.create(
        driftsherre=verden.egen,
        art="forbrug",
        dato=dt.date(2026, 1, 1),
        beloeb=1,
        tilbud=verden.takster_kladde.ydelse.tilbud,
        formaal="lignende",
        tekst="Test",
    )
    Hensaettelsespost.objects.create(
        driftsherre=verden.egen,
        art="hensat",
        dato=dt.date(2025, 1, 1),
        beloeb=100,
        aar=2024,
        tilbud=verden.takster_kladde.ydelse.tilbud,
        tekst="Test",
    )
    verden.takster_rente = Rentesats.objects.create(aar=2025, art="resultat", pct=2, kilde="Test")
    version = Takstbilag.objects.create(aar=2026, version=1, regelsaet=verden.takster_lukket_runde.regelsaet)
    for driftsherre in ("", "aalborg"):
        dokument = dokumenter.udsted(
            Adgang.system(),
            noegle=bilag.noegle(2026, "pdf", driftsherre),
            slags=bilag.SLAGS,
            titel="Takster 2026",
            filnavn="takster-2026.pdf",
            data=b"%PDF-test",
            synlighed=Dokumentsynlighed.OFFENTLIG,
            offentliggoer=True,
        )
        egen = verden.egen if driftsherre else None
        Takstbilagsfil.objects.create(bilag=version, form="pdf", driftsherre=egen, dokument=dokument)
