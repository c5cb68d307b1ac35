"""Permission rows of the ground floor."""

from __future__ import annotations

import datetime as dt

from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Dokumentsynlighed, Rolle
from socialaftale.kerne.models import Bruger, Job, Medlemskab
from tests.adgangstabel import ALLE, ALLE_PROFILER, SEKRETARIATET, Raekke, Verden, kun

ADMINISTRATOR = "sekretariat_admin"
LOGGET_PAA = kun(*(profil for profil in ALLE_PROFILER if profil != "anonym"))


def byg(verden: Verden) -> None:
    verden.job = Job.objects.create(slags="test", noegle="test", titel="Et job")
    verden.dokument = dokumenter.udsted(
        Adgang.system(),
        noegle="test:1",
        slags="test",
        titel="Et dokument",
        filnavn="et-dokument.pdf",
        data=b"%PDF-test",
        synlighed=Dokumentsynlighed.ORGANISATION,
        organisation=verden.egen,
        offentliggoer=True,
    )
    verden.bruger = Bruger.objects.create_user("nogen@kommune.example", None, navn="Nogen")
    verden.lukket = Bruger.objects.create_user("lukket@kommune.example", "x", navn="Lukket", is_active=False)
    faelles = {"bruger": verden.bruger, "organisation": verden.egen}
    verden.rolle = Medlemskab.objects.create(rolle=Rolle.REVISOR, fra=dt.date(2020, 1, 1), **faelles)
    verden.kommende_rolle = Medlemskab.objects.create(rolle=Rolle.DAS_MEDLEM, fra=dt.date(2999, 1, 1), **faelles)


RAEKKER = [
    Raekke("kerne:forside", ALLE),
    Raekke("kerne:farver_css", ALLE),
    # The first region has no picture of its own.
    Raekke("kerne:logo", dict.fromkeys(ALLE_PROFILER, 404)),
    Raekke("kerne:tilgaengelighed", ALLE),
    Raekke("kerne:was", dict.fromkeys(ALLE_PROFILER, 302)),
    Raekke("kerne:privatliv", ALLE),
    Raekke("kerne:vejledning", ALLE),
    Raekke("kerne:vejledning_side", ALLE, kwargs=lambda v: {"slug": "sekretariat"}),
    Raekke("kerne:skift_hat", LOGGET_PAA),
    Raekke("kerne:mit_navn", LOGGET_PAA),
    Raekke("kerne:hold_i_live", LOGGET_PAA, metode="post"),
    Raekke("kerne:job", kun(*SEKRETARIATET), ellers=404, kwargs=lambda v: {"pk": v.job.pk}),
    Raekke("kerne:job_status", kun(*SEKRETARIATET), ellers=404, kwargs=lambda v: {"pk": v.job.pk}),
    Raekke(
        "kerne:dokument",
        kun(*SEKRETARIATET, "indberetter", "godkender", "privat", "revisor"),
        ellers=404,
        anonym=404,
        kwargs=lambda v: {"pk": v.dokument.pk},
    ),
    # Nothing is kept for anybody here: the page leads on, and there is nothing to throw away.
    Raekke("kerne:gemt_formular", dict.fromkeys(LOGGET_PAA, 302)),
    Raekke("kerne:slet_gemt_formular", ellers=404, metode="post", kwargs=lambda v: {"pk": v.job.pk}),
    Raekke("kerne:brugere", kun(ADMINISTRATOR)),
    Raekke("kerne:bruger_inviter", kun(ADMINISTRATOR)),
    Raekke("kerne:bruger_inviter", kun(ADMINISTRATOR, status=422), metode="post"),
    Raekke("kerne:loginforsoeg", kun(ADMINISTRATOR)),
    Raekke("kerne:bruger", kun(ADMINISTRATOR), kwargs=lambda v: {"pk": v.bruger.pk}),
    *(
        Raekke(
            f"kerne:{navn}",
            kun(ADMINISTRATOR, status=status),
            metode=metode,
            kwargs=lambda v: {"pk": v.bruger.pk},
        )
        for navn in ("bruger_ret", "bruger_giv_rolle", "bruger_luk", "bruger_nulstil_totrin")
        for metode, status in (("get", 200), ("post", 422))
    ),
    Raekke("kerne:bruger_genaabn", kun(ADMINISTRATOR), kwargs=lambda v: {"pk": v.lukket.pk}),
    Raekke(
        "kerne:bruger_send_invitation",
        kun(ADMINISTRATOR, status=302),
        metode="post",
        kwargs=lambda v: {"pk": v.bruger.pk},
    ),
    Raekke(
        "kerne:bruger_afslut_rolle",
        kun(ADMINISTRATOR),
        kwargs=lambda v: {"pk": v.bruger.pk, "rolle": v.rolle.pk},
    ),
    Raekke(
        "kerne:bruger_traek_rolle",
        kun(ADMINISTRATOR),
        kwargs=lambda v: {"pk": v.bruger.pk, "rolle": v.kommende_rolle.pk},
    ),
]
