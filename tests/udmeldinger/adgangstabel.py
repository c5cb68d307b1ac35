"""Permission rows of the central reports."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from socialaftale.kerne.models import Organisation
from tests.adgangstabel import ALLE, EGEN_DRIFTSHERRE, SEKRETARIATET, Raekke, Verden, kun
from udmeldinger.models import (
    Besvarelse,
    CentralUdmelding,
    Maalgruppe,
    Maalgruppetal,
    Skemaafsnit,
    Skemaregel,
    Spoergeskema,
    Spoergsmaal,
    Svarlink,
    Udmeldingstilbud,
)
from udmeldinger.spoergeskemaer import links


def byg(verden: Verden) -> None:
    styrelsen = Organisation.objects.get(slug="social-og-boligstyrelsen")
    faelles = {"aar": 2026, "maalgruppe": "En gruppe", "myndighed": styrelsen, "tilstand": "modtaget"}
    verden.udmelding = CentralUdmelding.objects.create(
        slug="offentlig", titel="Offentlig", offentliggjort=True, **faelles
    )
    verden.udmelding_kladde = CentralUdmelding.objects.create(slug="kladde", titel="Kladde", **faelles)
    gruppe = Maalgruppe.objects.create(udmelding=verden.udmelding, navn="Gruppe", raekkefoelge=1)
    verden.maalgruppetal = Maalgruppetal.objects.create(
        gruppe=gruppe, fra_aar=2025, til_aar=2025, antal=1, enhed="borgere"
    )
    verden.udmeldingstilbud = Udmeldingstilbud.objects.create(
        udmelding=verden.udmelding, navn="Tilbuddet", driftsform="kommunal", borgerflow_note="3-4 borgere"
    )
    _byg_skemaer(verden)


def _byg_skemaer(verden: Verden) -> None:
    """A draft, and one that is sent: Aalborg as authority and as operator, the neighbour, and one by a link."""

    def skema(serie: str, **mere) -> Spoergeskema:
        felter = {"serie": serie, "udgave": 1, "titel": serie, "art": "afdaekning", "aar": 2026}
        fundet = Spoergeskema.objects.create(**felter, **mere)
        afsnit = Skemaafsnit.objects.create(skema=fundet, raekkefoelge=1, titel="Afsnit")
        Spoergsmaal.objects.create(
            skema=fundet, afsnit=afsnit, raekkefoelge=1, noegle="k1", art="linje", tekst="Svar", paakraevet=False
        )
        return fundet

    nu = timezone.now()
    verden.skemakladde = skema("kladde")
    verden.skemaregel = Skemaregel.objects.create(skema=verden.skemakladde, udtryk="k1 >= 0")
    verden.skema = skema("sendt", tilstand="sendt", sendt_tidspunkt=nu, frist=timezone.localdate())
    aalborg, region = (verden.organisationer[slug] for slug in ("aalborg", "region-midtjylland"))
    svar = Besvarelse.objects.create
    verden.myndighedssvar = svar(skema=verden.skema, organisation=aalborg, rolle="myndighed")
    verden.driftsherresvar = svar(skema=verden.skema, organisation=aalborg, rolle="driftsherre")
    verden.regionssvar = svar(skema=verden.skema, organisation=region, rolle="region")
    verden.indsendt_svar = svar(
        skema=verden.skema,
        organisation=verden.organisationer["hjoerring"],
        rolle="driftsherre",
        tilstand="indsendt",
        indsendt_tidspunkt=nu,
    )
    verden.privatsvar = svar(skema=verden.skema, organisation=aalborg, rolle="privat")
    verden.token = links.nyt_token()
    Svarlink.objects.create(
        besvarelse=verden.privatsvar,
        aftryk=links.aftryk(verden.token),
        navn="Pia",
        email="pia@privat.example",
        udloeber=nu + dt.timedelta(days=30),
    )


MYNDIGHEDEN = ("myndighed", "myndighed_godkender")
SVARERE = (*EGEN_DRIFTSHERRE, "indberetter_nabo", "godkender_nabo", *MYNDIGHEDEN, "ekstern")


def _ejere(*egne: str, status: int = 200) -> dict[str, int]:
    """The secretariat and the owners get the page, the others who answer a 404, the rest a 403."""
    return {**kun(*SVARERE, status=404), **kun(*SEKRETARIATET, *egne, status=status)}


def _skema(navn: str, *, status: int = 200, hvad: str = "skemakladde", metode: str = "get", **mere) -> Raekke:
    """A page of the secretariat's about a questionnaire."""
    return Raekke(
        f"spoergeskemaer:{navn}",
        kun(*SEKRETARIATET, status=status),
        kwargs=lambda v: {"pk": getattr(v, hvad).pk, **{k: f(v) for k, f in mere.items()}},
        metode=metode,
    )


SKEMARAEKKER = [
    Raekke("spoergeskemaer:liste", kun(*SEKRETARIATET, *SVARERE)),
    Raekke("spoergeskemaer:ny", kun(*SEKRETARIATET)),
    Raekke(
        "spoergeskemaer:skema",
        {**kun(*SVARERE, status=404), **kun(*SEKRETARIATET)},
        kwargs=lambda v: {"pk": v.skemakladde.pk},
    ),
    # Those who are asked are led to their own answer.
    Raekke(
        "spoergeskemaer:skema",
        {**kun(*SVARERE, status=302), **kun(*SEKRETARIATET)},
        kwargs=lambda v: {"pk": v.skema.pk},
    ),
    _skema("vis"),
    _skema("ret"),
    _skema("ret", hvad="skema", status=404),
    _skema("kopier"),
    _skema("slet", metode="post", status=302),
    _skema("afsnit_nyt"),
    _skema("afsnit", afsnit_pk=lambda v: v.skemakladde.afsnit.first().pk),
    _skema("spoergsmaal_nyt", afsnit_pk=lambda v: v.skemakladde.afsnit.first().pk),
    _skema("spoergsmaal", spoergsmaal_pk=lambda v: v.skemakladde.spoergsmaal.first().pk),
    _skema("regel"),
    _skema(
        "flyt",
        art=lambda v: "afsnit",
        raekke=lambda v: v.skemakladde.afsnit.first().pk,
        metode="post",
        status=302,
    ),
    _skema("slet_del", art=lambda v: "regel", raekke=lambda v: v.skemaregel.pk, metode="post", status=302),
    # The rule of the draft is about a text: the check stops the sending.
    _skema("send", status=302),
    _skema("opfoelgning", hvad="skema"),
    _skema("opfoelgning", status=404),
    _skema("regneark", hvad="skema"),
    _skema("ryk", hvad="skema", metode="post", status=302),
    _skema("frist", hvad="skema"),
    _skema("modtagere", hvad="skema"),
    _skema("privat", hvad="skema"),
    _skema("luk", hvad="skema", metode="post", status=302),
    _skema("aabn", hvad="skema", metode="post", status=302),
    _skema("genaabn", hvad="indsendt_svar"),
    _skema("fritag", hvad="myndighedssvar"),
    _skema("spoerg_igen", hvad="myndighedssvar", metode="post", status=302),
    _skema("link_nyt", hvad="privatsvar"),
    _skema("link_tilbage", hvad="privatsvar", metode="post", status=302),
    Raekke("spoergeskemaer:besvarelse", _ejere(*MYNDIGHEDEN), kwargs=lambda v: {"pk": v.myndighedssvar.pk}),
    Raekke("spoergeskemaer:besvarelse", _ejere(*EGEN_DRIFTSHERRE), kwargs=lambda v: {"pk": v.driftsherresvar.pk}),
    Raekke("spoergeskemaer:besvarelse", _ejere("ekstern"), kwargs=lambda v: {"pk": v.regionssvar.pk}),
    Raekke("spoergeskemaer:besvarelse", _ejere(), kwargs=lambda v: {"pk": v.privatsvar.pk}),
    # The secretariat writes in nobody's answer.
    Raekke(
        "spoergeskemaer:besvarelse_afsnit",
        {**_ejere(*MYNDIGHEDEN), **kun(*SEKRETARIATET, status=302)},
        kwargs=lambda v: {"pk": v.myndighedssvar.pk, "nr": 1},
    ),
    Raekke(
        "spoergeskemaer:besvarelse_tjek",
        {**_ejere(*MYNDIGHEDEN), **kun(*SEKRETARIATET, status=302)},
        kwargs=lambda v: {"pk": v.myndighedssvar.pk},
    ),
    Raekke(
        "spoergeskemaer:besvarelse_kvittering",
        _ejere("indberetter_nabo", "godkender_nabo"),
        kwargs=lambda v: {"pk": v.indsendt_svar.pk},
    ),
    # Only the approver sends back.
    Raekke(
        "spoergeskemaer:besvarelse_retur",
        {**_ejere("godkender_nabo"), **kun(*SEKRETARIATET, "indberetter_nabo", status=302)},
        kwargs=lambda v: {"pk": v.indsendt_svar.pk},
    ),
    Raekke("spoergeskemaer:link", ALLE, kwargs=lambda v: {"token": v.token}),
    Raekke(
        "spoergeskemaer:link",
        dict.fromkeys(ALLE, 404),
        kwargs=lambda v: {"token": v.token[:-2]},
    ),
    Raekke("spoergeskemaer:link_afsnit", ALLE, kwargs=lambda v: {"token": v.token, "nr": 1}),
    Raekke("spoergeskemaer:link_tjek", ALLE, kwargs=lambda v: {"token": v.token}),
    # Nothing sent yet: back to the answer.
    Raekke("spoergeskemaer:link_kvittering", dict.fromkeys(ALLE, 302), kwargs=lambda v: {"token": v.token}),
]

RAEKKER = [
    *SKEMARAEKKER,
    Raekke("udmeldinger:liste", ALLE),
    Raekke("udmeldinger:smaatal", kun(*SEKRETARIATET)),
    Raekke("udmeldinger:godkend_smaatal", kun(*SEKRETARIATET), kwargs=lambda v: {"pk": v.maalgruppetal.pk}),
    Raekke("udmeldinger:godkend_note", kun(*SEKRETARIATET), kwargs=lambda v: {"pk": v.udmeldingstilbud.pk}),
    Raekke("udmeldinger:detalje", ALLE, kwargs=lambda v: {"slug": "offentlig"}),
    Raekke("udmeldinger:detalje", kun(*SEKRETARIATET), ellers=404, anonym=404, kwargs=lambda v: {"slug": "kladde"}),
    Raekke("udmeldinger:regneark", ALLE, kwargs=lambda v: {"slug": "offentlig"}),
    Raekke("udmeldinger:regneark", kun(*SEKRETARIATET), ellers=404, anonym=404, kwargs=lambda v: {"slug": "kladde"}),
]
