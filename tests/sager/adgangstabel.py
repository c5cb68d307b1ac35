"""Permission rows of cases; the own case is Aalborg's about a tilbud of its own."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Dokumentsynlighed
from socialaftale.kerne.models import Beslutning, Sag, Sagsbilag
from socialaftale.kerne.sager.enums import Instans, Sagstilstand, Udfald
from socialaftale.kerne.sager.grunddata import indlaes_kompetence
from tests.adgangstabel import EGEN_DRIFTSHERRE, SEKRETARIATET, Raekke, Verden, kun
from tests.tilbud.factories import TilbudFactory

NABOER = ("indberetter_nabo", "godkender_nabo")
DRIFTSHERRER = (*EGEN_DRIFTSHERRE, *NABOER)
INSTANSERNE = ("das", "fu", "takstgruppe")
MED_SAGER = (*SEKRETARIATET, *DRIFTSHERRER, *INSTANSERNE, "revisor", "revisor_nabo")
SKRIVERE = (*SEKRETARIATET, *DRIFTSHERRER)


def _sag(verden: Verden, tilstand: str, **felter) -> Sag:
    if tilstand != Sagstilstand.KLADDE:
        felter = {"instans": Instans.DAS, "indsendt_tidspunkt": timezone.now()} | felter
    return Sag.objects.create(
        art="kategoriaendring",
        titel="Eget tilbud",
        organisation=verden.egen,
        objekttype="tilbud.tilbud",
        objekt_id=str(verden.sagens_tilbud.pk),
        tilstand=tilstand,
        begrundelse="En god grund",
        data={"til": "2", "koebere": ["rebild"], "kapitler": []},
        **felter,
    )


def byg(verden: Verden) -> None:
    indlaes_kompetence()
    verden.sagens_tilbud = TilbudFactory(slug="sagens-tilbud", driftsherre=verden.egen)
    i_dag = timezone.localdate()
    verden.sagskladde = _sag(verden, Sagstilstand.KLADDE)
    verden.indsendt_sag = _sag(verden, Sagstilstand.INDSENDT)
    verden.sag_paa_dagsorden = _sag(verden, Sagstilstand.PAA_DAGSORDEN, moededato=i_dag)
    dokument = dokumenter.udsted(
        Adgang.system(),
        noegle="sag:test",
        slags="sagsbilag",
        titel="Aftale",
        filnavn="aftale.pdf",
        data=b"%PDF-test",
        synlighed=Dokumentsynlighed.SEKRETARIAT,
    )
    verden.sagsbilag = Sagsbilag.objects.create(sag=verden.indsendt_sag, dokument=dokument)
    verden.kladdebilag = Sagsbilag.objects.create(sag=verden.sagskladde, dokument=dokument)
    verden.afslag = Beslutning.objects.create(
        sag=_sag(verden, Sagstilstand.AFSLAAET, virkningsdato=dt.date(i_dag.year + 1, 1, 1)),
        instans=Instans.DAS,
        udfald=Udfald.AFSLAAET,
        dato=i_dag,
        reference="DAS, punkt 3",
        tekst="Fordi",
        dokument=dokument,
    )


def _kladde(verden: Verden) -> dict[str, str]:
    return {"nummer": verden.sagskladde.nummer}


def _indsendt(verden: Verden) -> dict[str, str]:
    return {"nummer": verden.indsendt_sag.nummer}


def _paa_dagsorden(verden: Verden) -> dict[str, str]:
    return {"nummer": verden.sag_paa_dagsorden.nummer}


# A sent case: the own operator and its auditor, the bodies and the secretariat; for the neighbours it does not exist.
SER_INDSENDT = kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE, *INSTANSERNE, "revisor") | kun(
    *NABOER, "revisor_nabo", status=404
)
SER_KLADDE = kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE) | kun(*NABOER, *INSTANSERNE, "revisor", "revisor_nabo", status=404)
NABO_404 = kun(*NABOER, status=404)

RAEKKER = [
    Raekke("sager:liste", kun(*MED_SAGER)),
    Raekke("sager:kompetence", kun(*MED_SAGER)),
    Raekke("sager:sag", SER_INDSENDT, kwargs=_indsendt),
    Raekke("sager:sag", SER_KLADDE, kwargs=_kladde),
    Raekke(
        "sager:bilag",
        SER_INDSENDT,
        kwargs=lambda v: {"nummer": v.indsendt_sag.nummer, "pk": v.sagsbilag.pk},
    ),
    # A document is reached through its own case only.
    Raekke(
        "sager:bilag",
        dict.fromkeys(MED_SAGER, 404),
        kwargs=lambda v: {"nummer": v.sagskladde.nummer, "pk": v.sagsbilag.pk},
    ),
    Raekke(
        "sager:referat",
        SER_INDSENDT,
        kwargs=lambda v: {"nummer": v.afslag.sag.nummer, "pk": v.afslag.pk},
    ),
    Raekke(
        "sager:ny",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE) | NABO_404,
        kwargs=lambda v: {"art": "kategoriaendring", "objekt": str(v.sagens_tilbud.pk)},
    ),
    Raekke(
        "sager:ny",
        dict.fromkeys(SKRIVERE, 404),
        kwargs=lambda v: {"art": "findes-ikke", "objekt": "1"},
    ),
    Raekke("sager:ret", kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE) | NABO_404, kwargs=_kladde),
    # What is sent cannot be written in: back to the case.
    Raekke("sager:ret", kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE, status=302) | NABO_404, kwargs=_indsendt),
    # The godkender signs; the others are led back.
    Raekke(
        "sager:indsend",
        kun("godkender") | kun(*SEKRETARIATET, "indberetter", status=302) | NABO_404,
        kwargs=_kladde,
    ),
    Raekke("sager:kvittering", kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE) | NABO_404, kwargs=_indsendt),
    Raekke(
        "sager:traek",
        # Those who write a draft may withdraw it.
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE, status=302) | NABO_404,
        kwargs=_kladde,
        metode="post",
    ),
    # A sent case only by the godkender.
    Raekke("sager:traek", kun("godkender", status=302) | NABO_404, kwargs=_indsendt, metode="post"),
    Raekke("sager:bilag_tilfoej", kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE) | NABO_404, kwargs=_kladde),
    Raekke(
        "sager:bilag_tilfoej",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE, status=422) | NABO_404,
        kwargs=_kladde,
        metode="post",
    ),
    Raekke(
        "sager:bilag_fjern",
        kun(*SEKRETARIATET, *EGEN_DRIFTSHERRE, status=302) | NABO_404,
        kwargs=lambda v: {"nummer": v.sagskladde.nummer, "pk": v.kladdebilag.pk},
        metode="post",
    ),
    Raekke("sager:retur", kun(*SEKRETARIATET), kwargs=_indsendt),
    Raekke("sager:retur", kun(*SEKRETARIATET, status=422), kwargs=_indsendt, metode="post"),
    Raekke("sager:dagsorden", kun(*SEKRETARIATET), kwargs=_indsendt),
    Raekke("sager:dagsorden", kun(*SEKRETARIATET, status=422), kwargs=_indsendt, metode="post"),
    Raekke("sager:beslutning", kun(*SEKRETARIATET), kwargs=_paa_dagsorden),
    Raekke("sager:beslutning", kun(*SEKRETARIATET, status=422), kwargs=_paa_dagsorden, metode="post"),
    Raekke("sager:overlad", kun(*SEKRETARIATET), kwargs=lambda v: {"noegle": "kategoriaendring"}),
    Raekke(
        "sager:overlad",
        kun(*SEKRETARIATET, status=422),
        kwargs=lambda v: {"noegle": "kategoriaendring"},
        metode="post",
    ),
    # Closure is nobody's to hand on.
    Raekke("sager:overlad", kun(*SEKRETARIATET, status=404), kwargs=lambda v: {"noegle": "lukning"}),
]
