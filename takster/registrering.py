"""What the tariff app offers the ground floor: menu, next steps, data, figures, jobs and what is measured."""

from __future__ import annotations

from django.urls import reverse

from socialaftale.kerne import registre
from socialaftale.kerne.job import koersel
from socialaftale.kerne.registre import Benchopgave, Benchside, Demotrin, Menupunkt, Panel

_SEKRETARIAT = "sekretariat@demo.example"


def registrer() -> None:
    from takster import (
        bench,
        bilag,
        demodata,
        demodata_resultat,
        grunddata,
        jobs,
        paneler,
        paneler_resultat,
        skaladata,
        tal,
    )
    from takster.adgang import maa_se_indberetning
    from takster.views.runder import OFFENTLIGGOER_JOB

    registre.menu.tilfoej(
        "takster",
        Menupunkt(
            "Takster",
            "takster:liste",
            tekst="Se, hvad en plads koster, og hent takstbilaget som PDF eller regneark.",
        ),
        raekkefoelge=200,
    )
    registre.menu.tilfoej(
        "indberetning",
        Menupunkt(
            "Indberetning",
            "takster:indberetning",
            maa_se_indberetning,
            ("/takster/skemaer/", "/takster/runder/", "/takster/resultater/", "/takster/hensaettelser/"),
            "Udfyld, indsend og følg takstskemaerne.",
        ),
        raekkefoelge=210,
    )
    registre.paneler.tilfoej("takster", Panel(paneler.naeste_skridt, paneler.kommende), raekkefoelge=100)
    registre.paneler.tilfoej("resultater", Panel(paneler_resultat.naeste_skridt), raekkefoelge=110)
    for noegle, titel, koer, plads in (
        ("regelsaet", "Regelsæt for takster", grunddata.indlaes_regelsaet, 200),
        ("plsatser", "Pris- og lønsatser", grunddata.indlaes_plsatser, 201),
        ("tilsynssatser", "Socialtilsynets takster", grunddata.indlaes_tilsynssatser, 201),
        ("takster_historik", "Historiske regnskaber og takster", grunddata.indlaes_historik, 202),
    ):
        registre.grunddata.tilfoej(noegle, Demotrin(titel, koer), raekkefoelge=plads)
    for noegle, titel, koer, plads in (
        ("takster_tidligere_aar", "Takster de to seneste år (eksempeltal)", demodata.lav_tidligere_aar, 200),
        ("regnskaber", "Regnskaber og hensættelser (eksempeltal)", demodata_resultat.lav_regnskaber, 200),
        ("takster_runde", "Åben runde med takstskemaer (eksempeltal)", demodata.lav_aaben_runde, 201),
        ("takstbilag", "Takstbilag", demodata.udsted_takstbilag, 202),
    ):
        registre.demodata.tilfoej(noegle, Demotrin(titel, koer), raekkefoelge=plads)
    registre.skaladata.tilfoej("takster", skaladata.lav_skaladata, raekkefoelge=200)
    koersel.registrer(OFFENTLIGGOER_JOB, jobs.offentliggoer_takster)
    koersel.registrer(bilag.JOB, bilag.udsted)
    tal.registrer_tal()
    for navn, url, som in (
        ("Takster, liste", lambda: reverse("takster:liste"), None),
        (
            "Takster, filtreret og sorteret",
            lambda: reverse("takster:liste", query={"q": "tilbud", "enhed": "doegn", "sort": "-takst"}),
            None,
        ),
        ("Takst, side", bench.en_takst, None),
        ("Takstskemaer, liste", lambda: reverse("takster:skemaer"), _SEKRETARIAT),
        ("Takstskema, side", bench.et_skema, _SEKRETARIAT),
        ("Indberetning, runde", bench.en_runde, _SEKRETARIAT),
        ("Indberetning, driftsherre", bench.en_indberetning, _SEKRETARIAT),
        ("Regnskaber, liste", lambda: reverse("takster:regnskaber"), None),
    ):
        registre.benchsider.tilfoej(navn, Benchside(navn, url, som), raekkefoelge=200)
    for noegle, navn, koer in (
        ("takster_excel", "Takster, Excel", bench.byg_excel),
        ("takster_pdf", "Takstbilag for én driftsherre, PDF", bench.byg_pdf),
    ):
        registre.benchopgaver.tilfoej(noegle, Benchopgave(navn, koer), raekkefoelge=200)
