"""Permission rows of the tariff app. The own forms belong to Aalborg; DAS and takstgruppen see what is handed in."""

from __future__ import annotations

from tests.adgangstabel import ALLE, EGEN_DRIFTSHERRE, PROFILER, SEKRETARIATET, Raekke, Verden, kun
from tests.takster.adgangsverden import byg

__all__ = ["RAEKKER", "byg"]

# DAS members and the members of takstgruppen read across, whatever their municipality is.
TVAERS = ("das", "takstgruppe")
EGNE_LAESERE = (*EGEN_DRIFTSHERRE, "revisor")
NABOER = ("indberetter_nabo", "godkender_nabo", "revisor_nabo")
MED_INDBERETNING = (*SEKRETARIATET, *EGNE_LAESERE, *NABOER, *TVAERS)
KOMMUNEN = ("myndighed", "myndighed_godkender")
KOEBERE = ("myndighed", "myndighed_godkender", "das")
INDBERETTERE = ("indberetter", "indberetter_nabo")
NABODRIFTSHERRER_404 = kun("indberetter_nabo", "godkender_nabo", status=404)
DRIFTSHERRER = (*EGEN_DRIFTSHERRE, "indberetter_nabo", "godkender_nabo")


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
    Raekke("takster:overdragelse", kun(*SEKRETARIATET)),
    Raekke("takster:tillaegsaftaler", kun(*SEKRETARIATET, *DRIFTSHERRER, *KOMMUNEN)),
    Raekke("takster:tillaegsaftaler", kun(*SEKRETARIATET, *DRIFTSHERRER, *KOMMUNEN), query="?format=xlsx"),
    Raekke("takster:tillaegsaftale_vaelg", kun(*INDBERETTERE, "myndighed")),
    Raekke(
        "takster:tillaegsaftale_opret",
        kun("indberetter", "myndighed") | kun("indberetter_nabo", status=404),
        kwargs=lambda v: {"ydelse": v.takster_tillaegsaftale.ydelse_id},
    ),
    Raekke(
        "takster:tillaegsaftale",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE, *KOMMUNEN) | NABODRIFTSHERRER_404,
        kwargs=lambda v: {"pk": v.takster_tillaegsaftale.pk},
    ),
    Raekke(
        "takster:tillaegsaftale_pdf",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE, *KOMMUNEN) | NABODRIFTSHERRER_404,
        kwargs=lambda v: {"pk": v.takster_tillaegsaftale.pk},
    ),
    Raekke(
        "takster:tillaegsaftale_set",
        kun(*KOMMUNEN, status=302) | kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE, status=404) | NABODRIFTSHERRER_404,
        kwargs=lambda v: {"pk": v.takster_tillaegsaftale.pk},
        metode="post",
    ),
    Raekke(
        "takster:fordeling",
        kun(*SEKRETARIATET),
        kwargs=lambda v: {"ydelse": v.takster_fordeling.ydelse_id, "aar": v.takster_fordeling.aar},
    ),
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
    Raekke(
        "takster:regelsaet_kompetence",
        kun(*SEKRETARIATET),
        kwargs=lambda v: {**_regelsaet(v), "noegle": "takst_i_aaret"},
    ),
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
