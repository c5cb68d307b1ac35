"""Two people at the same time, on the database that really locks rows."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models import Haendelse
from takster import hentning
from takster.enums import Skematilstand
from takster.handlinger import godkendelse, hensaettelser, koebere, plsatser, rykkere, skemaer
from takster.models import Hensaettelsespost, PLsats, Rentesats, Rykker, Takstskema
from tests.takster.conftest import I_DAG
from tests.takster.factories import (
    IndberetningFactory,
    OrganisationFactory,
    PLsatsFactory,
    RegelsaetFactory,
    SkemaFactory,
)
from tests.takster.resultathjaelp import lav_regnskab, tilbud_med_takst
from tests.takster.skemahjaelp import formulardata

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
SYSTEM = Adgang.system()


def samtidig(*opgaver: Callable[[], object]) -> list[Exception | None]:
    """Run all at once, each on a connection of its own; what each raised, in order."""
    udfald: list[Exception | None] = [None] * len(opgaver)
    start = threading.Barrier(len(opgaver))

    def koer(nummer: int, opgave: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            opgave()
        except Exception as fejl:  # the test judges it
            udfald[nummer] = fejl
        finally:
            connections.close_all()

    traade = [threading.Thread(target=koer, args=par) for par in enumerate(opgaver)]
    for traad in traade:
        traad.start()
    for traad in traade:
        traad.join(timeout=30)
    return udfald


@pytest.mark.regel("T24")
def test_den_samme_saldo_bruges_ikke_to_gange():
    RegelsaetFactory()
    tilbud = tilbud_med_takst(OrganisationFactory())
    lav_regnskab(tilbud, hensat=Decimal(400_000), til="godkendt")

    def brug() -> object:
        return hensaettelser.brug(
            tilbud.driftsherre,
            adgang=SYSTEM,
            dato=I_DAG,
            beloeb=Decimal(300_000),
            formaal="kvalitetsudvikling",
            tilbud=tilbud,
            tekst="Kursus",
        )

    udfald = samtidig(brug, brug, brug)
    assert sum(fejl is None for fejl in udfald) == 1
    assert sum(isinstance(fejl, ValidationError) for fejl in udfald) == 2
    assert Hensaettelsespost.objects.filter(art="forbrug").count() == 1


def test_kun_en_af_to_samtidige_gem_lykkes():
    skema = SkemaFactory(udfyldt=True)

    def gem(pladser: int) -> Callable[[], object]:
        felter = hentning.felter_af(skema) | {"pladser": Decimal(pladser)}
        linjer = skema.beloeb()
        return lambda: skemaer.gem_skema(skema, adgang=SYSTEM, version=1, felter=felter, linjer=linjer)

    udfald = samtidig(*(gem(pladser) for pladser in (11, 12, 13, 14)))
    assert sum(fejl is None for fejl in udfald) == 1
    assert sum(isinstance(fejl, Versionskonflikt) for fejl in udfald) == 3
    skema.refresh_from_db()
    assert skema.version == 2
    assert Haendelse.objects.for_objekt(skema).count() == 1


def test_kun_en_af_to_samtidige_godkendelser_lykkes():
    skema = SkemaFactory(udfyldt=True, tilstand=Skematilstand.INDSENDT)
    foer = Haendelse.objects.for_objekt(skema).count()
    udfald = samtidig(
        lambda: skemaer.godkend(skema, adgang=SYSTEM),
        lambda: skemaer.send_retur(skema, adgang=SYSTEM, begrundelse="Ret"),
        lambda: skemaer.godkend(skema, adgang=SYSTEM),
    )
    # Approval may be followed by sending back, but the same step never happens twice.
    assert sum(isinstance(fejl, UlovligOvergang) for fejl in udfald) in (1, 2)
    assert all(fejl is None or isinstance(fejl, UlovligOvergang) for fejl in udfald)
    lykkedes = sum(fejl is None for fejl in udfald)
    assert Haendelse.objects.for_objekt(skema).count() == foer + lykkedes


RUNDER = 200
FAELLES_HVER = 10


@pytest.mark.langsom
def test_to_redaktoerer_mister_intet_i_to_hundrede_runder(log_ind, organisationer):
    """Both open the form and save at once, 200 times: the later one gets the conflict page and saves from it.

    Each has a line of their own, and every tenth time both write the remark too. Own lines are never lost; a remark
    that loses was shown to its opponent beside the winning one, and the log holds every text.
    """
    skema = SkemaFactory(udfyldt=True, indberetning__driftsherre=organisationer["aalborg"])
    url = reverse("takster:skema_ret", kwargs={"pk": skema.pk})
    klienter = [log_ind(Rolle.DRIFTSHERRE_INDBERETTER), log_ind(Rolle.DRIFTSHERRE_INDBERETTER)]
    egne = ("linje_A10", "linje_B20")
    konflikter = [0, 0]

    def gem(hvem: int, nummer: int, aabnet: dict[str, str]) -> Callable[[], object]:
        data = aabnet | {egne[hvem]: f"{1000 * (nummer + 1) + hvem}", "handling": "gem"}
        if nummer % FAELLES_HVER == 0:
            data["bemaerkning"] = f"Runde {nummer}, redaktør {hvem}"

        def post() -> None:
            svar = klienter[hvem].post(url, data)
            if svar.status_code == 409:
                konflikter[hvem] += 1
                formular = svar.context["formular"]
                assert formular.data[egne[hvem]] == data[egne[hvem]]
                if nummer % FAELLES_HVER == 0:
                    for redaktoer in (0, 1):
                        assert f"Runde {nummer}, redaktør {redaktoer}" in svar.text
                svar = klienter[hvem].post(url, {**dict(formular.data.items()), "handling": "gem"})
            assert svar.status_code == 302

        return post

    for nummer in range(RUNDER):
        aabnet = formulardata(skema)
        assert samtidig(gem(0, nummer, aabnet), gem(1, nummer, aabnet)) == [None, None]
        linjer = Takstskema.objects.til_beregning().get(pk=skema.pk).beloeb()
        ventet = Decimal(1000 * (nummer + 1))
        assert (linjer["A10"], linjer["B20"]) == (ventet, ventet + 1)
    # In each round exactly one of the two was second.
    assert sum(konflikter) == RUNDER
    gemte = Haendelse.objects.for_objekt(skema).values_list("data__felter", flat=True)
    tekster = {felter["bemaerkning"][1] for felter in gemte if "bemaerkning" in felter}
    assert len(tekster) == 2 * RUNDER // FAELLES_HVER


@pytest.mark.regel("T13")
def test_to_koersler_sender_hver_rykker_en_gang(bruger_med, organisationer):
    bruger_med(Rolle.DRIFTSHERRE_INDBERETTER)
    SkemaFactory(indberetning=IndberetningFactory(driftsherre=organisationer["aalborg"]))
    udfald = samtidig(*[lambda: rykkere.send_forfaldne(adgang=SYSTEM, dato=dt.date(2026, 10, 20))] * 4)
    assert udfald == [None] * 4
    assert Rykker.objects.get().dage == 14


def test_samlet_og_enkelt_godkendelse_paa_samme_tid():
    skema = SkemaFactory(udfyldt=True, tilstand=Skematilstand.INDSENDT)
    runde = skema.indberetning.runde

    def samlet() -> None:
        godkendelse.godkend_flere(runde, adgang=SYSTEM, versioner={skema.pk: 1})

    udfald = samtidig(samlet, samlet, lambda: skemaer.godkend(skema, adgang=SYSTEM))
    assert all(fejl is None or isinstance(fejl, UlovligOvergang) for fejl in udfald)
    godkendelser = Haendelse.objects.for_objekt(skema).filter(handling="takstskema_godkendt")
    assert godkendelser.count() == 1


def test_kun_en_af_flere_koeberlister_gemmes(organisationer):
    skema = SkemaFactory(udfyldt=True)
    kommuner = [organisationer[slug].pk for slug in ("thisted", "rebild", "morsoe")]
    udfald = samtidig(
        *(
            lambda pk=pk: koebere.gem_koebere(skema, adgang=SYSTEM, version=1, maengder={pk: Decimal(9)})
            for pk in kommuner
        )
    )
    assert sum(fejl is None for fejl in udfald) == 1
    assert sum(isinstance(fejl, Versionskonflikt) for fejl in udfald) == 2
    (koeb,) = skema.koeb.all()
    assert koeb.kommune_id == kommuner[udfald.index(None)]


def test_kun_en_af_flere_rettelser_af_en_sats_bliver_den_naeste_version():
    sats = PLsatsFactory()
    faelles = {"adgang": SYSTEM, "version": 1, "kilde": "KL", "udgave": "", "begrundelse": "Rettet"}
    udfald = samtidig(
        *(lambda pct=pct: plsatser.ret_plsats(sats, sats_pct=Decimal(pct), **faelles) for pct in (4, 5, 6))
    )
    assert sum(fejl is None for fejl in udfald) == 1
    assert sum(isinstance(fejl, Versionskonflikt) for fejl in udfald) == 2
    assert sorted(PLsats.objects.values_list("version", "er_gaeldende")) == [(1, False), (2, True)]


@pytest.mark.regel("T29", "T93")
def test_kun_en_af_to_samtidige_nye_satser_gemmes():
    """Both have checked that there is none; the database lets one in, and the other gets a message."""

    def pl(pct: int) -> Callable[[], object]:
        return lambda: plsatser.opret_plsats(
            adgang=SYSTEM,
            fra_aar=2028,
            type="service",
            sats_pct=Decimal(pct),
            kilde="KL",
            udgave="",
            begrundelse="Ny økonomiaftale",
        )

    def rente(pct: int) -> Callable[[], object]:
        return lambda: hensaettelser.gem_rentesats(
            None, adgang=SYSTEM, aar=2026, art="resultat", pct=Decimal(pct), kilde="Nationalbanken"
        )

    for opgave, felt in ((pl, "fra_aar"), (rente, "aar")):
        udfald = samtidig(*(opgave(pct) for pct in (1, 2, 3)))
        assert sum(fejl is None for fejl in udfald) == 1
        assert all(fejl is None or list(fejl.message_dict) == [felt] for fejl in udfald)
    assert (PLsats.objects.count(), Rentesats.objects.count()) == (1, 1)
