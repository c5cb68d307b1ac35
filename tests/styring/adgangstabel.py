"""Permission rows of the styringsaftale: the public reads what is or was in force, drafts as the agreement's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from socialaftale.aftale.models import Styringsfravigelse
from socialaftale.aftale.versionshandlinger import navngiv
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.tekst.versionshandlinger import standmaerke
from tests.adgangstabel import ALLE, ALLE_PROFILER, SEKRETARIATET, Raekke, Verden, kun
from tests.aftale.adgangstabel import KLADDELAESERE
from tests.aftale.factories import lav_billede, saet_ind
from tests.styring.factories import StyringsaftaleFactory, VedtagetFactory, lav_gaeldende, lav_udgave

SEKRETARIAT_302 = kun(*SEKRETARIATET, status=302)
ALLE_302 = dict.fromkeys(ALLE_PROFILER, 302)


def byg(verden: Verden) -> None:
    gaeldende = VedtagetFactory(aar=2051)
    verden.styringsbillede = lav_billede("styring")
    saet_ind(gaeldende, verden.styringsbillede, "belaegning")
    verden.styring = lav_gaeldende(aar=2050)
    verden.styringsudkast = StyringsaftaleFactory(aar=2052)
    navngiv(verden.styringsudkast, adgang=Adgang.system(), navn="udkast juni")
    verden.styringsvedtaget = gaeldende
    verden.styringsudgave = lav_udgave(gaeldende, b"%PDF-1.7 2051")
    verden.styringsfravigelse = Styringsfravigelse.objects.create(
        styringsaftale=verden.styring,
        fingeraftryk="2" * 32,
        kode="x",
        kapitel="x",
        citat="x",
        hvad="x",
        begrundelse="x",
    )


def _ude(**flere: Any) -> Callable[[Verden], dict[str, Any]]:
    return lambda verden: {"periode": verden.styring.periode, **flere}


def _udkast(**flere: Any) -> Callable[[Verden], dict[str, Any]]:
    return lambda verden: {"periode": verden.styringsudkast.periode, **flere}


def _vedtaget(verden: Verden) -> dict[str, Any]:
    return {"periode": verden.styringsvedtaget.periode}


def _kladde(verden: Verden) -> dict[str, str]:
    return {"titel": "Belægning", "indhold": "<p>Nyt</p>", "fra_version": "1"}


A = {"noegle": "belaegning"}
RAEKKER = [
    Raekke("styringsaftale:forside", ALLE_302),
    Raekke("styringsaftale:liste", ALLE),
    *(Raekke(f"styringsaftale:{navn}", ALLE, kwargs=_ude()) for navn in ("aftale", "aendringer", "tal", "hent_pdf")),
    *(
        Raekke(f"styringsaftale:{navn}", KLADDELAESERE, ellers=404, anonym=404, kwargs=_udkast())
        for navn in ("aftale", "aendringer", "tal")
    ),
    Raekke("styringsaftale:hent_pdf", SEKRETARIAT_302, ellers=404, anonym=404, kwargs=_vedtaget),
    Raekke("styringsaftale:regel", ALLE_302, kwargs=_ude(nummer="T17")),
    *(
        Raekke(f"styringsaftale:{navn}", kun(*SEKRETARIATET), kwargs=_ude())
        for navn in ("pdf", "ret", "kontrol", "kopier")
    ),
    *(
        Raekke(f"styringsaftale:{navn}", kun(*SEKRETARIATET), kwargs=_ude(**A))
        for navn in ("ret_kapitel", "versioner", "sammenlign_kapitel")
    ),
    Raekke("styringsaftale:version", kun(*SEKRETARIATET), kwargs=_ude(**A, nummer=1)),
    Raekke("styringsaftale:bestil_pdf", SEKRETARIAT_302, kwargs=_ude(), metode="post"),
    Raekke(
        "styringsaftale:vedtag",
        SEKRETARIAT_302,
        kwargs=_udkast(),
        metode="post",
        data=lambda verden: {"aar": "2051", "vedtaget_af": "Alle"},
    ),
    Raekke(
        "styringsaftale:saet_i_kraft",
        SEKRETARIAT_302,
        kwargs=lambda verden: {**_vedtaget(verden), "pk": verden.styringsudgave.pk},
        metode="post",
    ),
    *(
        Raekke(f"styringsaftale:{navn}", SEKRETARIAT_302, kwargs=_ude(), metode="post", data=data)
        for navn, data in (
            ("ret_fund", lambda verden: {"kapitel": "belaegning", "fund": "0" * 32, "fra_version": "1"}),
            ("fravig_fund", lambda verden: {"fund": "0" * 32, f"{'0' * 32}-begrundelse": "Fordi"}),
        )
    ),
    Raekke(
        "styringsaftale:fortryd_fravigelse",
        SEKRETARIAT_302,
        kwargs=lambda verden: _ude(pk=verden.styringsfravigelse.pk)(verden),
        metode="post",
    ),
    Raekke("styringsaftale:ret_tal", kun(*SEKRETARIATET), kwargs=_ude()),
    Raekke("styringsaftale:ret_blok", kun(*SEKRETARIATET), kwargs=_ude(), query="?noegle=tabel:regel-aendringer"),
    Raekke("styringsaftale:gem_kladde", kun(*SEKRETARIATET), kwargs=_ude(**A), metode="post", data=_kladde),
    Raekke("styringsaftale:slet_kladde", SEKRETARIAT_302, kwargs=_ude(**A), metode="post"),
    Raekke("styringsaftale:til_stede", kun(*SEKRETARIATET), kwargs=_ude(**A), metode="post"),
    Raekke("styringsaftale:laeg_billede_op", kun(*SEKRETARIATET, status=422), kwargs=_ude(), metode="post"),
    # It stands in a text that is not in force yet.
    Raekke(
        "styringsaftale:billede",
        KLADDELAESERE,
        ellers=404,
        anonym=404,
        kwargs=lambda verden: {**_vedtaget(verden), "pk": verden.styringsbillede.pk},
    ),
    *(Raekke(f"styringsaftale:{navn}", KLADDELAESERE, kwargs=_udkast()) for navn in ("sammenlign", "navngivne")),
    Raekke("styringsaftale:navngivet", KLADDELAESERE, kwargs=_udkast(nummer=1)),
    Raekke("styringsaftale:navngivet_kapitel", KLADDELAESERE, kwargs=_udkast(nummer=1, **A)),
    Raekke(
        "styringsaftale:navngiv",
        SEKRETARIAT_302,
        kwargs=_udkast(),
        metode="post",
        data=lambda verden: {"navn": "nyt"},
    ),
    Raekke(
        "styringsaftale:gendan_tekst",
        SEKRETARIAT_302,
        kwargs=_udkast(nummer=1),
        metode="post",
        data=lambda verden: {"fra_stand": standmaerke(verden.styringsudkast.tekst)},
    ),
    Raekke(
        "styringsaftale:gendan_navngivet_kapitel",
        SEKRETARIAT_302,
        kwargs=_udkast(nummer=1, **A),
        metode="post",
        data=lambda verden: {"fra_version": "1"},
    ),
]
