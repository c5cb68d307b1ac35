"""What the tariff app offers the ground floor: menu, next steps, data, figures, jobs and what is measured."""

from __future__ import annotations

from django.urls import reverse

from socialaftale.kerne import registre
from socialaftale.kerne.job import koersel
from socialaftale.kerne.registre import Benchopgave, Benchside, Demotrin, Menupunkt, Oprydning, Panel

_SEKRETARIAT = "sekretariat@demo.example"


def registrer() -> None:
    from takster import (
        bench,
        bilag,
        demodata,
        demodata_resultat,
        grunddata,
        jobs,
        koebsdemo,
        koebspanel,
        objektivdemo,
        paneler,
        paneler_resultat,
        skaladata,
        tal,
        tilbudssektioner,
        tillaegsdemo,
        tillaegspanel,
        udviklingsdata,
    )
    from takster.adgang import maa_se_indberetning
    from takster.models import Skemabog
    from takster.sager import arter
    from takster.sager import demodata as sagsdemo
    from takster.skemabog import indlaesning
    from takster.views.runder import OFFENTLIGGOER_JOB
    from tilbud.registre import sektioner, ydelsessektioner

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
    registre.paneler.tilfoej("budget", Panel(koebspanel.naeste_skridt), raekkefoelge=110)
    registre.paneler.tilfoej("tillaegsaftaler", Panel(tillaegspanel.naeste_skridt), raekkefoelge=105)
    for noegle, titel, koer, plads in (
        ("regelsaet", "Regelsæt for takster", grunddata.indlaes_regelsaet, 200),
        ("plsatser", "Pris- og lønsatser", grunddata.indlaes_plsatser, 201),
        ("tilsynssatser", "Socialtilsynets takster", grunddata.indlaes_tilsynssatser, 201),
        ("takstudvikling", "Trykt takstudvikling", udviklingsdata.indlaes_takstudvikling, 203),
        ("reduktionsmaal", "Reduktionsmål", udviklingsdata.indlaes_reduktionsmaal, 203),
        ("takster_historik", "Historiske regnskaber og takster", grunddata.indlaes_historik, 202),
    ):
        registre.grunddata.tilfoej(noegle, Demotrin(titel, koer), raekkefoelge=plads)
    for noegle, titel, koer, plads in (
        ("takster_tidligere_aar", "Takster de to seneste år (eksempeltal)", demodata.lav_tidligere_aar, 200),
        ("regnskaber", "Regnskaber og hensættelser (eksempeltal)", demodata_resultat.lav_regnskaber, 200),
        ("takster_runde", "Åben runde med takstskemaer (eksempeltal)", demodata.lav_aaben_runde, 201),
        ("fordelinger", "Objektiv finansiering (eksempeltal)", objektivdemo.lav_fordelinger, 201),
        ("takstbilag", "Takstbilag", demodata.udsted_takstbilag, 202),
        ("takster_sager", "Sager om takster (eksempeltal)", sagsdemo.lav_sager, 301),
        ("tillaegsaftaler", "Tillægsaftaler (eksempeltal)", tillaegsdemo.lav_tillaegsaftaler, 203),
        ("koebere", "Købere i takstskemaerne (eksempeltal)", koebsdemo.lav_koebere, 203),
        ("reduktionsmaal", "Reduktionsmål (eksempeltal)", koebsdemo.lav_reduktionsmaal, 203),
    ):
        registre.demodata.tilfoej(noegle, Demotrin(titel, koer), raekkefoelge=plads)
    registre.skaladata.tilfoej("takster", skaladata.lav_skaladata, raekkefoelge=200)
    koersel.registrer(OFFENTLIGGOER_JOB, jobs.offentliggoer_takster)
    koersel.registrer(bilag.JOB, bilag.udsted)
    koersel.registrer(indlaesning.JOB_HENT, indlaesning.byg_fil)
    koersel.registrer(indlaesning.JOB_LAES, indlaesning.laes_fil)
    koersel.registrer(indlaesning.JOB_GEM, indlaesning.gem_aendringer)
    registre.oprydning.tilfoej(
        "skemaboeger", Oprydning("arbejdsbøger med takstskemaer", Skemabog.objects.slet_udloebne), raekkefoelge=200
    )
    tal.registrer_tal()
    sektioner.tilfoej("takster", tilbudssektioner.takster, raekkefoelge=100)
    sektioner.tilfoej("regnskaber", tilbudssektioner.regnskaber, raekkefoelge=110)
    ydelsessektioner.tilfoej("takst", tilbudssektioner.ydelsens_takst, raekkefoelge=100)
    ydelsessektioner.tilfoej("fordeling", tilbudssektioner.ydelsens_fordeling, raekkefoelge=90)
    ydelsessektioner.tilfoej("tillaegsaftale", tilbudssektioner.ydelsens_tillaegsaftale, raekkefoelge=110)
    arter.registrer()
    for navn, url, som in (
        ("Takster, liste", lambda: reverse("takster:liste"), None),
        (
            "Takster, filtreret og sorteret",
            lambda: reverse("takster:liste", query={"q": "tilbud", "enhed": "doegn", "sort": "-takst"}),
            None,
        ),
        (
            "Takster, langt nede efter ændring",
            lambda: reverse("takster:liste", query={"sort": "-aendring", "page": 10}),
            None,
        ),
        ("Takst, side", bench.en_takst, None),
        ("Takstskemaer, liste", lambda: reverse("takster:skemaer"), _SEKRETARIAT),
        (
            "Takstskemaer, 100 rækker",
            lambda: reverse("takster:skemaer", query={"per_page": 100}),
            _SEKRETARIAT,
        ),
        ("Takstskema, side", bench.et_skema, _SEKRETARIAT),
        ("Indberetning, runde", bench.en_runde, _SEKRETARIAT),
        ("Indberetning, driftsherre", bench.en_indberetning, _SEKRETARIAT),
        ("Indberetning, gennemgang", bench.en_gennemgang, _SEKRETARIAT),
        ("Indberetning, godkend flere", bench.en_godkendelse, _SEKRETARIAT),
        ("Indberetning, rykkere", bench.rykkersiden, _SEKRETARIAT),
        ("Regnskaber, liste", lambda: reverse("takster:regnskaber"), None),
        ("Takstudvikling", lambda: reverse("takster:udvikling"), None),
        ("Reduktionsmål, liste", lambda: reverse("takster:reduktionsmaal"), None),
        ("Pris- og lønsatser, liste", lambda: reverse("takster:plsatser"), None),
        ("Takster i budgettet", bench.et_budget, _SEKRETARIAT),
    ):
        registre.benchsider.tilfoej(navn, Benchside(navn, url, som), raekkefoelge=200)
    for noegle, navn, koer in (
        ("takster_excel", "Takster, Excel", bench.byg_excel),
        ("takster_skemabog_ud", "Takstskemaer til Excel", bench.byg_skemabog),
        ("takster_skemabog_ind", "Takstskemaer fra Excel", bench.laes_skemabog),
        ("takster_pdf", "Takstbilag for én driftsherre, PDF", bench.byg_pdf),
    ):
        registre.benchopgaver.tilfoej(noegle, Benchopgave(navn, koer), raekkefoelge=200)
