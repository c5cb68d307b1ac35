"""What the front page tells each role about cases, and where an object's own page leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Sag
from socialaftale.kerne.registre import Kommende, Naesteskridt
from socialaftale.kerne.sager.adgang import MEDLEMSROLLER, maa_oprette_for, maa_se_sager
from socialaftale.kerne.sager.enums import Instans, Sagstilstand
from socialaftale.kerne.sager.filters import AABNE_SAGER, MANGLER_UDFOERELSE
from socialaftale.kerne.sager.models import SagQuerySet
from socialaftale.kerne.sager.register import sagsarter
from socialaftale.kerne.templatetags import dansk


def _liste(**parametre: object) -> str:
    return reverse("sager:liste", query=parametre)


def naeste_skridt(adgang: Adgang, i_dag: dt.date) -> Iterable[Naesteskridt]:
    """Sager, der venter: on the secretariat's desk, with the operator, or before the reader's own body."""
    if not maa_se_sager(adgang):
        return
    synlige = Sag.objects.synlige_for(adgang)
    if adgang.er_sekretariat:
        yield from _sekretariatets(synlige, i_dag)
    elif adgang.er_driftsherre:
        kladder = synlige.filter(tilstand=Sagstilstand.KLADDE).count()
        if kladder:
            yield Naesteskridt(
                _sager(kladder, "er ikke indsendt endnu"), kladder, _liste(tilstand=Sagstilstand.KLADDE)
            )
    else:
        for instans, rolle in MEDLEMSROLLER.items():
            if adgang.har(rolle):
                yield from _medlemmets(synlige.venter_paa(instans), instans, i_dag)


def _medlemmets(sager: SagQuerySet, instans: Instans, i_dag: dt.date) -> Iterable[Naesteskridt]:
    """What waits for the body, with the day of its next meeting that has any of it on."""
    paa_moede = Q(tilstand=Sagstilstand.PAA_DAGSORDEN, moededato__gte=i_dag)
    tal = sager.aggregate(antal=Count("pk"), moede=Min("moededato", filter=paa_moede))
    if tal["antal"]:
        moede = f", næste møde er den {dansk.dato_lang(tal['moede'])}" if tal["moede"] else ""
        yield Naesteskridt(
            _sager(tal["antal"], f"venter på {instans.i_saetning}{moede}"),
            tal["antal"],
            _liste(tilstand=AABNE_SAGER, instans=instans),
        )


def _sager(antal: int, resten: str) -> str:
    return f"{'sag' if antal == 1 else 'sager'} {resten}"


def _sekretariatets(sager: Any, i_dag: dt.date) -> Iterable[Naesteskridt]:
    tal = sager.aggregate(
        indsendte=Count("pk", filter=Q(tilstand=Sagstilstand.INDSENDT)),
        holdt=Count("pk", filter=Q(tilstand=Sagstilstand.PAA_DAGSORDEN, moededato__lt=i_dag)),
        sene=Count(
            "pk",
            filter=Q(tilstand=Sagstilstand.GODKENDT, udfoert_tidspunkt__isnull=True, virkningsdato__lt=i_dag),
        ),
    )
    if tal["indsendte"]:
        yield Naesteskridt(
            _sager(tal["indsendte"], "skal på en dagsorden"),
            tal["indsendte"],
            _liste(tilstand=Sagstilstand.INDSENDT),
        )
    if tal["holdt"]:
        yield Naesteskridt(
            _sager(tal["holdt"], "har været på et møde og mangler en beslutning"),
            tal["holdt"],
            _liste(tilstand=Sagstilstand.PAA_DAGSORDEN),
            haster=True,
        )
    if tal["sene"]:
        yield Naesteskridt(
            _sager(tal["sene"], "er godkendt og skulle være trådt i kraft"),
            tal["sene"],
            _liste(tilstand=MANGLER_UDFOERELSE),
            haster=True,
        )


def kommende(adgang: Adgang, i_dag: dt.date) -> Iterable[Kommende]:
    """Meetings ahead that have cases on."""
    if not maa_se_sager(adgang):
        return
    paa_moeder = (
        Sag.objects.synlige_for(adgang)
        .filter(tilstand=Sagstilstand.PAA_DAGSORDEN, moededato__gte=i_dag)
        .values("instans", "moededato")
        .annotate(antal=Count("pk"))
        .order_by("moededato", "instans")
    )
    for moede in paa_moeder:
        navn = Instans(moede["instans"]).i_saetning
        yield Kommende(
            f"{moede['antal']} {_sager(moede['antal'], f'på møde i {navn}')}",
            moede["moededato"],
            _liste(tilstand=Sagstilstand.PAA_DAGSORDEN, instans=moede["instans"]),
        )


def om_objekter(
    adgang: Adgang, objekter: Mapping[str, Mapping[Any, str]], organisation_id: int | None
) -> dict[str, Any] | None:
    """The cases about some rows, and what the reader may apply for; None for who sees no cases. One query.

    `objekter` maps an object type to the rows' keys and names ("" where the page is about that row alone); only kinds
    about those types are offered.
    """
    if not maa_se_sager(adgang):
        return None
    om = Q()
    for objekttype, navne in objekter.items():
        om |= Q(objekttype=objekttype, objekt_id__in=[str(noegle) for noegle in navne])
    fundne = list(Sag.objects.synlige_for(adgang).filter(om).til_liste()) if om else []
    aabne = {(sag.art, sag.objekttype, sag.objekt_id) for sag in fundne if sag.er_aaben}
    veje = [
        (art, noegle, navn)
        for art in sagsarter
        for noegle, navn in objekter.get(art.objekttype, {}).items()
        if (art.noegle, art.objekttype, str(noegle)) not in aabne
    ]
    if not maa_oprette_for(adgang, organisation_id):
        veje = []
    return {"sager": fundne, "veje": veje} if fundne or veje else None
