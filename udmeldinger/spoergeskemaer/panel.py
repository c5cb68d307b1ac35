"""The front page: what waits for those who answer, and for the secretariat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.registre import Kommende, Naesteskridt
from udmeldinger.enums import Besvarelsestilstand
from udmeldinger.models import Besvarelse, Spoergeskema
from udmeldinger.svarroller import godkendroller, svarroller

_AABNE = (Besvarelsestilstand.AFVENTER, Besvarelsestilstand.KLADDE)


def skridt(adgang: Adgang, dato: dt.date) -> Iterator[Naesteskridt]:
    """Answers to give or sign; for the secretariat those that are late."""
    if adgang.er_sekretariat:
        yield from _sekretariatets(dato)
        return
    roller = svarroller(adgang)
    if not roller:
        return
    egne = Besvarelse.objects.synlige_for(adgang).aabne()
    godkender = [rolle for rolle in roller if adgang.har(*godkendroller(rolle))]
    tal = egne.aggregate(
        aabne=Count("pk", filter=Q(tilstand__in=_AABNE)),
        frist=Min("skema__frist", filter=Q(tilstand__in=_AABNE)),
        venter=Count("pk", filter=Q(tilstand=Besvarelsestilstand.INDSENDT, rolle__in=godkender)),
        venter_frist=Min("skema__frist", filter=Q(tilstand=Besvarelsestilstand.INDSENDT, rolle__in=godkender)),
    )
    url = reverse("spoergeskemaer:liste")
    if tal["aabne"]:
        ord_ = "spørgeskema venter på svar" if tal["aabne"] == 1 else "spørgeskemaer venter på svar"
        yield Naesteskridt(ord_, tal["aabne"], url, tal["frist"], haster=tal["frist"] < dato)
    if tal["venter"]:
        ord_ = "svar på spørgeskema venter på din godkendelse"
        yield Naesteskridt(ord_, tal["venter"], url, tal["venter_frist"], haster=tal["venter_frist"] < dato)


def _sekretariatets(dato: dt.date) -> Iterator[Naesteskridt]:
    mangler = ~Q(besvarelser__tilstand__in=[Besvarelsestilstand.GODKENDT, Besvarelsestilstand.FRITAGET])
    sene = (
        Spoergeskema.objects.sendte()
        .filter(frist__lt=dato)
        .annotate(mangler=Count("besvarelser", filter=mangler & Q(besvarelser__isnull=False)))
        .filter(mangler__gt=0)
    )
    for skema in sene:
        ord_ = f"mangler at svare på {skema.titel}"
        url = reverse("spoergeskemaer:opfoelgning", args=(skema.pk,))
        yield Naesteskridt(ord_, skema.mangler, url, skema.frist, haster=True)


def kommende(adgang: Adgang, dato: dt.date) -> Iterator[Kommende]:
    """Deadlines ahead of questionnaires the secretariat has sent."""
    if not adgang.er_sekretariat:
        return
    for skema in Spoergeskema.objects.sendte().filter(frist__gte=dato):
        yield Kommende(
            f"Frist for {skema.titel}", skema.frist, reverse("spoergeskemaer:opfoelgning", args=(skema.pk,))
        )
