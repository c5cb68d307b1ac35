"""Permission rows of the tariff app. The own forms belong to Aalborg; DAS and takstgruppen see what is handed in."""

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
from tests.adgangstabel import ALLE, EGEN_DRIFTSHERRE, PROFILER, SEKRETARIATET, Raekke, Verden, kun
from tests.takster.factories import IndberetningFactory, PLsatsFactory, RundeFactory, SkemaFactory, TakstFactory
from tests.takster.resultathjaelp import lav_regnskab

# DAS members and the members of takstgruppen read across, whatever their municipality is.
TVAERS = ("das", "takstgruppe")
EGNE_LAESERE = (*EGEN_DRIFTSHERRE, "revisor")
NABOER = ("indberetter_nabo", "godkender_nabo", "revisor_nabo")
MED_INDBERETNING = (*SEKRETARIATET, *EGNE_LAESERE, *NABOER, *TVAERS)
KOEBERE = ("myndighed", "myndighed_godkender", "das")
INDBERETTERE = ("indberetter", "indberetter_nabo")
NABODRIFTSHERRER_404 = kun("indberetter_nabo", "godkender_nabo", status=404)
DRIFTSHERRER = (*EGEN_DRIFTSHERRE, "indberetter_nabo", "godkender_nabo")


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


def _skema(navn: str):
    return lambda verden: {"pk": getattr(verden, navn).pk}


def _indberetning(verden: Verden) -> dict:
    return {"aar": verden.takster_runde.aar, "slug": verden.egen.slug}


def _regelsaet(verden: Verden) -> dict:
    return {"aar": verden.takster_runde.regelsaet.fra_aar}


def _lukket(verden: Verden) -> dict:
    return {"aar": verden.takster_lukket_runde.aar, "slug": verden.egen.slug}


def _takst(verden: Verden) -> dict:
    return {"aar": 2026, "tilbud": verden.takster_takst.tilbud.slug, "ydelse": verden.takster_takst.ydelse.slug}


def _aar(verden: Verden) -> dict:
    return {"aar": verden.takster_runde.aar}


def _resultat(navn: str):
    return lambda verden: {"pk": getattr(verden, navn).pk}


def _trin(navn: str, trin: str):
    return lambda verden: {"pk": getattr(verden, navn).pk, "trin": trin}


def _egen(verden: Verden) -> dict:
    return {"slug": verden.egen.slug}


# The matrix, row "set-aside ledger": DAS, FU and takstgruppen read across.
KONTOLAESERE = ("das", "fu", "takstgruppe")
RESULTATRAEKKER = [
    Raekke("takster:resultater", kun(*SEKRETARIATET, *EGNE_LAESERE, *NABOER, *KONTOLAESERE)),
    Raekke(
        "takster:resultat_opret",
        kun("indberetter", status=302) | kun("indberetter_nabo", status=404),
        metode="post",
        data=lambda v: {"tilbud": v.takster_kladde.ydelse.tilbud_id, "aar": 2025},
    ),
    # A draft is the driftsherre's own and the secretariat's.
    Raekke(
        "takster:resultat",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE) | kun("revisor", *NABOER, *KONTOLAESERE, status=404),
        kwargs=_resultat("takster_resultat"),
    ),
    Raekke(
        "takster:resultat",
        kun(*SEKRETARIATET, *EGNE_LAESERE, *KONTOLAESERE) | kun(*NABOER, status=404),
        kwargs=_resultat("takster_afgivet"),
    ),
    Raekke(
        "takster:resultat_ret",
        kun("indberetter") | kun("indberetter_nabo", status=404),
        kwargs=_resultat("takster_resultat"),
    ),
    Raekke("takster:resultat_retur", kun(*SEKRETARIATET), kwargs=_resultat("takster_afgivet")),
    Raekke(
        "takster:resultat_skift",
        kun("godkender", status=302) | kun(*NABOER, status=404),
        kwargs=_trin("takster_afgivet", "traek-tilbage"),
        metode="post",
    ),
    Raekke(
        "takster:resultat_skift",
        kun(*SEKRETARIATET, status=302) | kun(*NABOER, status=404),
        kwargs=_trin("takster_afgivet", "godkend"),
        metode="post",
        data=lambda v: {"version": v.takster_afgivet.version},
    ),
    Raekke("takster:hensaettelser", kun(*SEKRETARIATET, *EGNE_LAESERE, *NABOER, *KONTOLAESERE)),
    *(
        Raekke(navn, kun(*SEKRETARIATET, *EGNE_LAESERE, *KONTOLAESERE) | kun(*NABOER, status=404), kwargs=_egen)
        for navn in ("takster:konto", "takster:konto_excel")
    ),
    Raekke(
        "takster:konto_brug",
        kun(*SEKRETARIATET, "godkender") | kun("godkender_nabo", status=404),
        kwargs=_egen,
    ),
    Raekke(
        "takster:konto_niveau",
        kun("godkender") | kun("godkender_nabo", *SEKRETARIATET, status=404),
        kwargs=_egen,
    ),
    Raekke("takster:konto_udloebne", kun(*SEKRETARIATET, status=302), kwargs=_egen, metode="post"),
    Raekke("takster:konto_tag_tilbage", kun(*SEKRETARIATET), kwargs=_resultat("takster_post")),
    Raekke("takster:rentesatser", ALLE),
    Raekke("takster:rentesats_opret", kun(*SEKRETARIATET)),
    Raekke("takster:rentesats_ret", kun(*SEKRETARIATET), kwargs=_resultat("takster_rente")),
    # Nothing to choose: back to the form.
    Raekke(
        "takster:skema_regulering",
        kun("indberetter", status=302) | kun("indberetter_nabo", status=404),
        kwargs=_skema("takster_kladde"),
    ),
]

RAEKKER = [
    *RESULTATRAEKKER,
    Raekke("takster:liste", ALLE),
    Raekke("takster:liste", ALLE, query="?format=xlsx"),
    Raekke("takster:takst", ALLE, kwargs=_takst),
    Raekke("takster:ata", kun("uden_rolle", *PROFILER)),
    Raekke("takster:bilag", ALLE),
    Raekke("takster:bilagsfil", ALLE, kwargs=lambda v: {"aar": 2026, "form": "pdf"}),
    Raekke(
        "takster:bilagsfil_driftsherre", ALLE, kwargs=lambda v: {"aar": 2026, "driftsherre": "aalborg", "form": "pdf"}
    ),
    Raekke("takster:bilagsfil_version", ALLE, kwargs=lambda v: {"aar": 2026, "version": 1, "form": "pdf"}),
    Raekke(
        "takster:bilagsfil_driftsherre_version",
        ALLE,
        kwargs=lambda v: {"aar": 2026, "version": 1, "driftsherre": "aalborg", "form": "pdf"},
    ),
    Raekke("takster:dataordbog", ALLE),
    Raekke("takster:udsted_bilag", kun(*SEKRETARIATET, status=302), kwargs=_aar, metode="post"),
    Raekke(
        "takster:omkostningssteder",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE) | kun("revisor", *TVAERS, *NABOER, status=404),
        kwargs=_indberetning,
    ),
    *(
        Raekke(
            f"takster:{navn}",
            kun("indberetter", status=200 if metode == "get" else 302) | kun("indberetter_nabo", status=404),
            kwargs=kwargs,
            metode=metode,
        )
        for navn, kwargs, metode in (
            ("omkostningssteder_begynd", _indberetning, "post"),
            ("sted_opret", _indberetning, "get"),
            ("noegle_opret", _indberetning, "get"),
            ("sted", lambda v: _indberetning(v) | {"pk": v.takster_sted.pk}, "get"),
            ("noegle", lambda v: _indberetning(v) | {"pk": v.takster_noegle.pk}, "get"),
            ("sted_slet", lambda v: _indberetning(v) | {"pk": v.takster_sted.pk}, "post"),
            ("noegle_slet", lambda v: _indberetning(v) | {"pk": v.takster_noegle.pk}, "post"),
        )
    ),
    # The key measures nothing yet, so the indberetter is sent back to the overview.
    Raekke(
        "takster:omkostningssteder_overfoer",
        kun("indberetter", status=302) | kun("indberetter_nabo", status=404),
        kwargs=_indberetning,
    ),
    Raekke("takster:regelsaetliste", ALLE),
    Raekke("takster:regelsaet", ALLE, kwargs=_regelsaet),
    Raekke("takster:regelsaet_kopier", kun(*SEKRETARIATET), kwargs=_regelsaet),
    Raekke("takster:regelsaet_ret", kun(*SEKRETARIATET), kwargs=_regelsaet),
    Raekke("takster:regnskaber", ALLE),
    Raekke("takster:regnskab", ALLE, kwargs=lambda v: {"slug": v.takster_regnskab.tilbud.slug}),
    # The driftsherre is sent to its own forms, the others to the overview; the neighbour has its own.
    Raekke("takster:indberetning", kun(*MED_INDBERETNING, status=302)),
    Raekke("takster:indberetning_runde", kun(*MED_INDBERETNING), kwargs=_aar),
    Raekke(
        "takster:indberetning_driftsherre",
        kun(*SEKRETARIATET, *EGNE_LAESERE, *TVAERS) | kun(*NABOER, status=404),
        kwargs=_indberetning,
    ),
    # There is no ydelse without a form in the world: those who may ask get 404.
    Raekke(
        "takster:opret_skema",
        kun(*MED_INDBERETNING, status=404),
        kwargs=_indberetning,
        metode="post",
        data=lambda v: {"ydelse": 0},
    ),
    Raekke("takster:skemaboeger", kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE) | NABODRIFTSHERRER_404, kwargs=_indberetning),
    Raekke(
        "takster:skemabog_hent",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE) | NABODRIFTSHERRER_404,
        kwargs=_indberetning,
        metode="post",
    ),
    # What one ordered is one's own, and this was ordered by the system; what came in is the driftsherre's.
    Raekke(
        "takster:skemabog_fil",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE, status=404) | NABODRIFTSHERRER_404,
        kwargs=lambda v: _indberetning(v) | {"pk": v.takster_skemabog_ud.pk},
    ),
    Raekke(
        "takster:skemabog_indlaes",
        kun("indberetter", status=422) | kun("indberetter_nabo", status=404),
        kwargs=_indberetning,
        metode="post",
    ),
    *(
        Raekke(
            f"takster:{navn}",
            kun(*EGEN_DRIFTSHERRE) | NABODRIFTSHERRER_404,
            kwargs=lambda v: _indberetning(v) | {"pk": v.takster_skemabog.pk},
        )
        for navn in ("skemabog", "skemabog_fejl")
    ),
    *(
        Raekke(
            f"takster:{navn}",
            kun("indberetter", status=302) | kun("indberetter_nabo", status=404),
            kwargs=lambda v: _indberetning(v) | {"pk": v.takster_skemabog.pk},
            metode="post",
        )
        for navn in ("skemabog_laes", "skemabog_gem")
    ),
    Raekke("takster:indsend_alle", kun(*EGEN_DRIFTSHERRE) | NABODRIFTSHERRER_404, kwargs=_indberetning),
    Raekke(
        "takster:indsend_alle",
        kun("indberetter", status=403) | kun("godkender", status=302) | NABODRIFTSHERRER_404,
        kwargs=_indberetning,
        metode="post",
        data=lambda v: {"skema": f"{v.takster_kladde.pk}:{v.takster_kladde.version}"},
    ),
    Raekke("takster:metode", kun("indberetter") | kun("indberetter_nabo", status=404), kwargs=_indberetning),
    Raekke(
        "takster:genaabn",
        kun(*SEKRETARIATET) | kun(*EGNE_LAESERE, *TVAERS, status=302) | kun(*NABOER, status=404),
        kwargs=_lukket,
    ),
    Raekke("takster:runder", kun(*MED_INDBERETNING)),
    Raekke("takster:runde", kun(*MED_INDBERETNING), kwargs=_aar),
    Raekke("takster:runde_opret", kun(*SEKRETARIATET)),
    # The round of the world is open already: the secretariat is sent to it.
    Raekke("takster:runde_klar", kun(*SEKRETARIATET, status=302), kwargs=_aar),
    Raekke("takster:rykkere", kun(*SEKRETARIATET), kwargs=_aar),
    Raekke(
        "takster:rykkerdage",
        kun(*SEKRETARIATET, status=302),
        kwargs=_aar,
        metode="post",
        data=lambda v: {"dage": "30, 14, 3"},
    ),
    Raekke("takster:forlaeng", kun(*SEKRETARIATET), kwargs=_aar),
    Raekke("takster:gennemgaa", kun(*SEKRETARIATET, status=302), kwargs=_aar),
    Raekke("takster:godkend_flere", kun(*SEKRETARIATET), kwargs=_aar),
    # Nothing has been approved in one press: those who may ask get 404.
    Raekke(
        "takster:godkend_kvittering",
        kun(*SEKRETARIATET, status=404),
        kwargs=lambda v: {"aar": v.takster_runde.aar, "haendelse": 0},
    ),
    Raekke("takster:runde_frist", kun(*SEKRETARIATET), kwargs=_aar),
    Raekke(
        "takster:runde_skift",
        kun(*SEKRETARIATET, status=302),
        kwargs=lambda v: {"aar": v.takster_runde.aar, "trin": "luk"},
        metode="post",
    ),
    Raekke("takster:skemaer", kun(*MED_INDBERETNING)),
    # A draft is the driftsherre's own; its auditor, DAS and takstgruppen wait until it is handed in.
    Raekke(
        "takster:skema",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE) | kun("revisor", *NABOER, *TVAERS, status=404),
        kwargs=_skema("takster_kladde"),
    ),
    Raekke(
        "takster:skema",
        kun(*SEKRETARIATET, *EGNE_LAESERE, *TVAERS) | kun(*NABOER, status=404),
        kwargs=_skema("takster_indsendt"),
    ),
    Raekke(
        "takster:skema_kvittering",
        kun(*SEKRETARIATET, *EGNE_LAESERE, *TVAERS) | kun(*NABOER, status=404),
        kwargs=_skema("takster_indsendt"),
    ),
    Raekke(
        "takster:skema_pdf",
        kun(*SEKRETARIATET, *EGNE_LAESERE, "takstgruppe") | kun("das", *NABOER, status=404),
        kwargs=_skema("takster_indsendt"),
    ),
    Raekke(
        "takster:skema_ret", kun("indberetter") | kun("indberetter_nabo", status=404), kwargs=_skema("takster_kladde")
    ),
    Raekke(
        "takster:skema_kladde",
        kun("indberetter") | kun("indberetter_nabo", status=404),
        kwargs=_skema("takster_kladde"),
        metode="post",
        data=lambda v: {"version": v.takster_kladde.version},
    ),
    Raekke(
        "takster:skema_kontrol",
        kun("indberetter") | kun("indberetter_nabo", status=404),
        kwargs=_skema("takster_kladde"),
        metode="post",
        data=lambda v: {"version": v.takster_kladde.version},
    ),
    Raekke(
        "takster:skema_kasser",
        kun("indberetter", status=302) | kun("indberetter_nabo", status=404),
        kwargs=_skema("takster_kladde"),
        metode="post",
    ),
    Raekke(
        "takster:skema_indsend",
        kun(*EGEN_DRIFTSHERRE) | kun("indberetter_nabo", "godkender_nabo", status=404),
        kwargs=_skema("takster_kladde"),
    ),
    # Submission itself is the godkender's alone.
    Raekke(
        "takster:skema_indsend",
        kun("godkender", status=302)
        | kun("indberetter", status=403)
        | kun("indberetter_nabo", "godkender_nabo", status=404),
        kwargs=_skema("takster_kladde"),
        metode="post",
        data=lambda v: {"version": v.takster_kladde.version, "handling": "indsend"},
    ),
    Raekke(
        "takster:skema_traek",
        kun("godkender", status=302)
        | kun("indberetter", status=403)
        | kun("indberetter_nabo", "godkender_nabo", status=404),
        kwargs=_skema("takster_indsendt"),
        metode="post",
    ),
    # Who buys is for those who see the lines of a form, so not for DAS.
    Raekke(
        "takster:skema_koebere",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE) | kun("revisor", *NABOER, *TVAERS, status=404),
        kwargs=_skema("takster_kladde"),
    ),
    Raekke(
        "takster:skema_koebere",
        kun(*SEKRETARIATET, *EGNE_LAESERE, "takstgruppe") | kun("das", *NABOER, status=404),
        kwargs=_skema("takster_indsendt"),
    ),
    Raekke("takster:budget", kun(*SEKRETARIATET, *KOEBERE)),
    Raekke("takster:budget", kun(*SEKRETARIATET, *KOEBERE), query="?kommune=aalborg&aar=2027"),
    # Another municipality's budget is the secretariat's alone.
    Raekke(
        "takster:budget",
        kun(*SEKRETARIATET) | kun(*KOEBERE, status=404),
        query="?kommune=hjoerring&format=xlsx&aar=2027",
    ),
    Raekke("takster:udvikling", ALLE),
    Raekke("takster:plsatser", ALLE),
    Raekke("takster:plsats_opret", kun(*SEKRETARIATET)),
    Raekke("takster:plsats_ret", kun(*SEKRETARIATET), kwargs=lambda v: {"pk": v.takster_sats.pk}),
    Raekke("takster:reduktionsmaal", ALLE),
    Raekke("takster:reduktionsmaal_opret", kun(*SEKRETARIATET)),
    Raekke("takster:reduktionsmaal_ret", kun(*SEKRETARIATET), kwargs=lambda v: {"pk": v.takster_maal.pk}),
    Raekke("takster:reduktionsmaal_slet", kun(*SEKRETARIATET), kwargs=lambda v: {"pk": v.takster_maal.pk}),
    Raekke("takster:skema_retur", kun(*SEKRETARIATET), kwargs=_skema("takster_indsendt")),
    Raekke("takster:skema_gennemgaa", kun(*SEKRETARIATET), kwargs=_skema("takster_indsendt")),
    Raekke("takster:skema_godkend", kun(*SEKRETARIATET), kwargs=_skema("takster_indsendt")),
    Raekke(
        "takster:skema_offentliggoer",
        kun(*SEKRETARIATET, status=302),
        kwargs=_skema("takster_indsendt"),
        metode="post",
    ),
]
