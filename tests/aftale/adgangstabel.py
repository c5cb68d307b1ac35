"""Permission rows of the agreement: the public reads what is published, those who comment read drafts too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.handlinger import offentliggoer
from socialaftale.aftale.hoering import handlinger as hoering
from socialaftale.aftale.models import Fravigelse, Udgavebilag
from socialaftale.aftale.versionshandlinger import navngiv
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Hat, Rolle
from socialaftale.kerne.tal import handlinger as eksterne_tal
from socialaftale.kerne.tekst import kommentarhandlinger
from socialaftale.kerne.tekst.versionshandlinger import standmaerke
from tests.adgangstabel import ALLE, SEKRETARIATET, Raekke, Verden, kun
from tests.aftale.factories import (
    AftaleFactory,
    UdkastFactory,
    begynd_udgave,
    lav_billede,
    lav_i,
    lav_udgave,
    saet_ind,
)

# The matrix, row "agreement text": R final for all, drafts for those who comment.
KLADDELAESERE = kun(*SEKRETARIATET, "myndighed", "myndighed_godkender", "das", "fu", "udvikling")


def byg(verden: Verden) -> None:
    verden.billeder = {navn: lav_billede(navn) for navn in ("offentligt", "rettet", "ubrugt", "udkast")}
    aftale = AftaleFactory(periode="2023-2024")
    saet_ind(aftale, verden.billeder["offentligt"], "omraade_1")
    udgave = lav_udgave(aftale)
    Udgavebilag.objects.create(udgave=udgave, nr=2, gruppe="x", titel="x", noegle="med_fil", dokument=udgave.dokument)
    verden.aftale = begynd_udgave(offentliggoer(aftale, adgang=Adgang.system(), udgave=udgave))
    saet_ind(verden.aftale, verden.billeder["rettet"], "omraade_1")
    verden.udkast = UdkastFactory(periode="2025-2026")
    saet_ind(verden.udkast, verden.billeder["udkast"])
    verden.hos_parterne = lav_i(Aftaletilstand.GODKENDELSE)
    verden.vedtaget = AftaleFactory(periode="2027-2028")
    verden.fravigelse = Fravigelse.objects.create(
        aftale=verden.aftale, fingeraftryk="1" * 32, kode="x", kapitel="forord", citat="x", hvad="x", begrundelse="x"
    )
    verden.udgave = lav_udgave(verden.vedtaget, b"%PDF-1.7 2027")
    verden.eksternt = eksterne_tal.opret(
        Adgang.system(), statistik="Unge", vaerdi_tekst="15 %", kilde="Rapporten", aar=2022
    )
    _byg_arbejdet(verden)


def _byg_arbejdet(verden: Verden) -> None:
    """A named version, a comment, and a hearing that the own organisation is asked in and has a document ready for."""
    navngiv(verden.udkast, adgang=Adgang.system(), navn="udkast juni")
    verden.kommentar = kommentarhandlinger.skriv(
        verden.udkast.tekst.kapitler.get(noegle="forord"), adgang=Adgang.system(), tekst="Hvad?", objekt=verden.udkast
    )
    verden.hoering = hoering.aabn(
        verden.udkast,
        adgang=Adgang.system(),
        navn="udkast august",
        frist=timezone.localdate() + dt.timedelta(days=21),
        organisationer=[verden.egen],
    )
    verden.hoeringssvar = verden.hoering.svar.get()
    egen = Adgang(None, verden.egen, Hat.MYNDIGHED, frozenset({Rolle.KOMMUNE_GODKENDER}))
    hoering.vedhaeft(verden.hoeringssvar, adgang=egen, filnavn="svar.pdf", data=b"%PDF-1.7 svar")


def _offentlig(verden: Verden) -> dict[str, str]:
    return {"periode": verden.aftale.periode}


def _udkast(verden: Verden) -> dict[str, str]:
    return {"periode": verden.udkast.periode}


def _vedtaget(verden: Verden) -> dict[str, str]:
    return {"periode": verden.vedtaget.periode}


def _hos_parterne(verden: Verden) -> dict[str, str]:
    return {"periode": verden.hos_parterne.periode}


def _kapitel(kwargs):
    return lambda verden: {**kwargs(verden), "noegle": "forord"}


def _billede(kwargs, navn):
    return lambda verden: {**kwargs(verden), "pk": verden.billeder[navn].pk}


def _version(verden: Verden) -> dict[str, object]:
    return {**_offentlig(verden), "noegle": "forord", "nummer": 1}


def _af_udkast(**flere: Any) -> Callable[[Verden], dict[str, Any]]:
    return lambda verden: {**_udkast(verden), **flere}


def _hoering(verden: Verden) -> dict[str, Any]:
    return {**_udkast(verden), "pk": verden.hoering.pk}


def _svar(verden: Verden) -> dict[str, Any]:
    return {**_hoering(verden), "svar": verden.hoeringssvar.pk}


def _bilag(verden: Verden) -> dict[str, Any]:
    return {**_udkast(verden), "art": "bilag", "pk": verden.udkast.bilag.get().pk}


def _kommentar(verden: Verden) -> dict[str, Any]:
    return {**_udkast(verden), "pk": verden.kommentar.pk}


# Who may take part in a hearing at all, and is not asked in this one.
IKKE_HOERT = kun("fu", "udvikling", "kkr", "tilsyn", "ekstern", status=404)
HOERTE = ("myndighed", "myndighed_godkender", "das")
DELTAGERE = {**IKKE_HOERT, **kun(*SEKRETARIATET, *HOERTE)}
# Pages of an answer that lead the secretariat back: it reads and does not write.
SKRIVERE = {**IKKE_HOERT, **kun(*SEKRETARIATET, status=302), **kun(*HOERTE)}


def _fundet(verden: Verden) -> dict[str, str]:
    return {"kapitel": "forord", "fund": "0" * 32, "fra_version": "1"}


def _fraviges(verden: Verden) -> dict[str, str]:
    return {"fund": "0" * 32, f"{'0' * 32}-begrundelse": "Fordi"}


def _eksternt(verden: Verden) -> dict[str, object]:
    return {"pk": verden.eksternt.pk}


def _fravigelse(verden: Verden) -> dict[str, object]:
    return {**_offentlig(verden), "pk": verden.fravigelse.pk}


SEKRETARIAT_302 = kun(*SEKRETARIATET, status=302)

RAEKKER = [
    Raekke("aftale:liste", ALLE),
    *(Raekke(f"aftale:{navn}", ALLE, kwargs=_offentlig) for navn in ("aftale", "hele", "tal", "hent_pdf")),
    Raekke("aftale:uden_bilag", ALLE, kwargs=_offentlig),
    Raekke("aftale:bilag", ALLE, kwargs=lambda verden: {**_offentlig(verden), "noegle": "med_fil"}),
    Raekke(
        "aftale:bilag", dict.fromkeys(ALLE, 404), kwargs=lambda verden: {**_offentlig(verden), "noegle": "et_bilag"}
    ),
    Raekke("aftale:uden_bilag", dict.fromkeys(ALLE, 404), kwargs=_vedtaget),
    Raekke(
        "aftale:bilag_fil",
        kun(*SEKRETARIATET),
        kwargs=lambda verden: {**_udkast(verden), "pk": verden.udkast.bilag.get().pk},
    ),
    Raekke("aftale:kapitel", ALLE, kwargs=_kapitel(_offentlig)),
    *(
        Raekke(f"aftale:{navn}", KLADDELAESERE, ellers=404, anonym=404, kwargs=_udkast)
        for navn in ("aftale", "hele", "tal")
    ),
    Raekke("aftale:kapitel", KLADDELAESERE, ellers=404, anonym=404, kwargs=_kapitel(_udkast)),
    # Nothing published: the secretariat is led to where the PDF is made.
    Raekke("aftale:hent_pdf", SEKRETARIAT_302, ellers=404, anonym=404, kwargs=_vedtaget),
    *(Raekke(f"aftale:{navn}", kun(*SEKRETARIATET), kwargs=_offentlig) for navn in ("pdf", "ret", "kontrol")),
    *(
        Raekke(f"aftale:{navn}", kun(*SEKRETARIATET), kwargs=_kapitel(_offentlig))
        for navn in ("ret_kapitel", "versioner")
    ),
    Raekke("aftale:version", kun(*SEKRETARIATET), kwargs=_version),
    Raekke(
        "aftale:version", SEKRETARIAT_302, kwargs=_version, metode="post", data=lambda verden: {"fra_version": "1"}
    ),
    *(
        Raekke(f"aftale:{navn}", SEKRETARIAT_302, kwargs=_offentlig, metode="post", data=data)
        for navn, data in (("ret_fund", _fundet), ("fravig_fund", _fraviges))
    ),
    Raekke("aftale:fortryd_fravigelse", SEKRETARIAT_302, kwargs=_fravigelse, metode="post"),
    Raekke("aftale:ret_tal", kun(*SEKRETARIATET), kwargs=_offentlig),
    Raekke("aftale:ret_blok", kun(*SEKRETARIATET), kwargs=_offentlig, query="?noegle=liste:bilag"),
    Raekke(
        "aftale:gem_kladde",
        kun(*SEKRETARIATET),
        kwargs=_kapitel(_offentlig),
        metode="post",
        data=lambda verden: {"titel": "Forord", "indhold": "<p>Nyt</p>", "fra_version": "1"},
    ),
    Raekke("aftale:slet_kladde", SEKRETARIAT_302, kwargs=_kapitel(_offentlig), metode="post"),
    Raekke("aftale:til_stede", kun(*SEKRETARIATET), kwargs=_kapitel(_offentlig), metode="post"),
    Raekke("aftale:laeg_billede_op", kun(*SEKRETARIATET, status=422), kwargs=_offentlig, metode="post"),
    # The first stands in the published edition, the second in a draft, the third in no text yet.
    Raekke("aftale:billede", ALLE, kwargs=_billede(_offentlig, "offentligt")),
    Raekke("aftale:billede", KLADDELAESERE, ellers=404, anonym=404, kwargs=_billede(_offentlig, "rettet")),
    Raekke("aftale:billede", kun(*SEKRETARIATET), ellers=404, anonym=404, kwargs=_billede(_offentlig, "ubrugt")),
    Raekke("aftale:billede", KLADDELAESERE, ellers=404, anonym=404, kwargs=_billede(_udkast, "udkast")),
    # Nothing made yet: back to the button, or to the job.
    *(Raekke("aftale:word", SEKRETARIAT_302, kwargs=_udkast, metode=metode) for metode in ("get", "post")),
    *(
        Raekke(
            "aftale:hoering_word",
            {**IKKE_HOERT, **kun(*SEKRETARIATET, *HOERTE, status=302)},
            kwargs=_hoering,
            metode=metode,
        )
        for metode in ("get", "post")
    ),
    Raekke("aftale:bestil_pdf", SEKRETARIAT_302, kwargs=_offentlig, metode="post"),
    Raekke(
        "aftale:offentliggoer",
        SEKRETARIAT_302,
        kwargs=lambda verden: {**_vedtaget(verden), "pk": verden.udgave.pk},
        metode="post",
    ),
    # Other people's figures.
    Raekke("aftale:eksterne_tal", kun(*SEKRETARIATET)),
    Raekke("aftale:eksternt_tal_nyt", kun(*SEKRETARIATET)),
    Raekke("aftale:ny_kilde", kun(*SEKRETARIATET, status=422), metode="post"),
    *(
        Raekke(f"aftale:{navn}", kun(*SEKRETARIATET), kwargs=_eksternt)
        for navn in ("eksternt_tal", "eksternt_tal_ret")
    ),
    *(
        Raekke(f"aftale:{navn}", SEKRETARIAT_302, kwargs=_eksternt, metode="post")
        for navn in ("eksternt_tal_bekraeft", "eksternt_tal_slet")
    ),
    # The way through the bodies. The own organisation is a party; only its leader and its member of DAS speak for it.
    *(Raekke(f"aftale:{navn}", KLADDELAESERE, kwargs=_offentlig) for navn in ("godkendelse", "godkendelser_regneark")),
    Raekke("aftale:udgave_pdf", KLADDELAESERE, kwargs=lambda verden: {**_offentlig(verden), "nummer": 1}),
    Raekke("aftale:skridt", SEKRETARIAT_302, kwargs=_af_udkast(trin="send-til-das")),
    Raekke(
        "aftale:registrer_godkendelse",
        kun(*SEKRETARIATET, "myndighed_godkender", "das"),
        kwargs=lambda verden: {**_offentlig(verden), "part": verden.egen.slug},
    ),
    Raekke(
        "aftale:registrer_godkendelse",
        {**kun(*SEKRETARIATET), **kun("myndighed_godkender", "das", status=404)},
        kwargs=lambda verden: {**_offentlig(verden), "part": verden.nabo.slug},
    ),
    Raekke("aftale:skridt", kun(*SEKRETARIATET), kwargs=lambda verden: {**_hos_parterne(verden), "trin": "tilbage"}),
    Raekke("aftale:godkendelse_ryk", SEKRETARIAT_302, kwargs=_hos_parterne, metode="post"),
    Raekke("aftale:ny_udgave", kun(*SEKRETARIATET), kwargs=_hos_parterne),
    # A new edition is begun and not made: the page leads back to where the agreement is.
    Raekke("aftale:fremlaeg_udgave", SEKRETARIAT_302, kwargs=_offentlig),
    Raekke("aftale:fortryd_udgave", SEKRETARIAT_302, kwargs=_offentlig, metode="post"),
    # Versions and comparison: those who comment read, the secretariat goes back.
    *(Raekke(f"aftale:{navn}", KLADDELAESERE, kwargs=_udkast) for navn in ("sammenlign", "navngivne")),
    Raekke("aftale:navngivet", KLADDELAESERE, kwargs=_af_udkast(nummer=1)),
    Raekke("aftale:navngivet_kapitel", KLADDELAESERE, kwargs=_af_udkast(nummer=1, noegle="forord")),
    Raekke("aftale:navngiv", SEKRETARIAT_302, kwargs=_udkast, metode="post", data=lambda verden: {"navn": "nyt"}),
    Raekke(
        "aftale:gendan_tekst",
        SEKRETARIAT_302,
        kwargs=_af_udkast(nummer=1),
        metode="post",
        data=lambda verden: {"fra_stand": standmaerke(verden.udkast.tekst)},
    ),
    Raekke(
        "aftale:gendan_navngivet_kapitel",
        SEKRETARIAT_302,
        kwargs=_af_udkast(nummer=1, noegle="forord"),
        metode="post",
        data=lambda verden: {"fra_version": str(verden.udkast.tekst.kapitler.get(noegle="forord").version)},
    ),
    Raekke("aftale:sammenlign_kapitel", kun(*SEKRETARIATET), kwargs=_kapitel(_offentlig)),
    # Comments.
    Raekke("aftale:kommentarer", KLADDELAESERE, kwargs=_udkast),
    Raekke("aftale:kommentarer_kapitel", KLADDELAESERE, kwargs=_kapitel(_udkast)),
    Raekke("aftale:kommentarsvar", kun(*SEKRETARIATET), kwargs=_kommentar),
    # The hearing.
    Raekke(
        "aftale:hoeringer",
        {**DELTAGERE, **kun("fu", "udvikling")},
        kwargs=_udkast,
    ),
    *(Raekke(f"aftale:{navn}", DELTAGERE, kwargs=_hoering) for navn in ("hoering", "hoering_tekst")),
    *(
        Raekke(f"aftale:{navn}", kun(*SEKRETARIATET), kwargs=_hoering)
        for navn in ("hoering_frist", "hoering_bemaerkninger")
    ),
    Raekke("aftale:hoering_ny", kun(*SEKRETARIATET), kwargs=_udkast),
    *(
        Raekke(f"aftale:{navn}", SEKRETARIAT_302, kwargs=_hoering, metode="post")
        for navn in ("hoering_ryk", "hoering_luk")
    ),
    *(
        Raekke(f"aftale:{navn}", kun(*SEKRETARIATET, "das"), kwargs=_hoering)
        for navn in ("hoeringsnotat", "hoeringsnotat_pdf")
    ),
    Raekke("aftale:hoeringssvar", DELTAGERE, kwargs=_svar),
    *(Raekke(f"aftale:{navn}", SKRIVERE, kwargs=_svar) for navn in ("hoeringssvar_ret", "hoeringssvar_vedhaeft")),
    # A document of a draft is its writers' own.
    Raekke(
        "aftale:hoeringssvar_dokument", {**IKKE_HOERT, **kun(*SEKRETARIATET, status=404), **kun(*HOERTE)}, kwargs=_svar
    ),
    Raekke(
        "aftale:hoeringssvar_fjern",
        {**IKKE_HOERT, **kun(*SEKRETARIATET, *HOERTE, status=302)},
        kwargs=_svar,
        metode="post",
    ),
    Raekke("aftale:hoeringssvar_genaabn", SEKRETARIAT_302, kwargs=_svar),
    # Making and arranging a draft.
    Raekke("aftale:opret", kun(*SEKRETARIATET)),
    *(Raekke(f"aftale:{navn}", kun(*SEKRETARIATET), kwargs=_udkast) for navn in ("opbygning", "kapitel_nyt")),
    *(
        Raekke(f"aftale:{navn}", kun(*SEKRETARIATET), kwargs=_kapitel(_udkast))
        for navn in ("kapitel_opsaet", "kapitel_fjern")
    ),
    Raekke(
        "aftale:kapitel_flyt",
        SEKRETARIAT_302,
        kwargs=_kapitel(_udkast),
        metode="post",
        data=lambda verden: {"retning": "ned"},
    ),
    Raekke("aftale:raekke_ny", kun(*SEKRETARIATET), kwargs=_af_udkast(art="bilag")),
    Raekke("aftale:raekke", kun(*SEKRETARIATET), kwargs=_bilag),
    Raekke("aftale:raekke_flyt", SEKRETARIAT_302, kwargs=_bilag, metode="post", data=lambda verden: {"retning": "op"}),
    Raekke("aftale:raekke_slet", SEKRETARIAT_302, kwargs=_bilag, metode="post"),
]
