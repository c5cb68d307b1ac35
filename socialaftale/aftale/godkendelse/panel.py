"""What the front page says about an agreement's way: the secretariat's next step, and what a party owes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from socialaftale.aftale.enums import Aftaletilstand
from socialaftale.aftale.godkendelse.adgang import svarer_for
from socialaftale.aftale.hoering.enums import Hoeringstilstand
from socialaftale.aftale.hoering.models import Hoering
from socialaftale.aftale.models import Aftale, Godkendelse
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.registre import Naesteskridt

VENTER = {
    Aftaletilstand.UDKAST: "udkast at sende i høring eller til DAS",
    Aftaletilstand.HOERING: "udkast at rette til efter høringen",
    Aftaletilstand.DAS: "aftale hos DAS",
    Aftaletilstand.KKR: "aftale hos KKR",
}


def med_vej(aftaler: QuerySet, adgang: Adgang) -> QuerySet:
    """The agreements with what `sekretariatets` and `partens` ask, so that no row costs a query."""
    givne = Godkendelse.objects.filter(udgave=OuterRef("fremlagt_udgave")).order_by()
    aabne = Hoering.objects.filter(aftale=OuterRef("pk"), tilstand=Hoeringstilstand.AABEN)
    return aftaler.annotate(
        har_godkendt=Subquery(givne.godkendende().values("udgave").annotate(n=Count("pk")).values("n")),
        har_svaret=Exists(givne.filter(organisation=adgang.organisation)),
        hoeres=Exists(aabne),
    )


def _url(aftale: Aftale, navn: str = "godkendelse") -> str:
    return reverse(f"aftale:{navn}", args=(aftale.periode,))


def _til_afgoerelse(aftale: Aftale) -> bool:
    """Parties have, or have had, an edition before them that the public does not read yet."""
    return aftale.tilstand == Aftaletilstand.GODKENDELSE or (
        aftale.er_vedtaget
        and aftale.fremlagt_udgave_id is not None
        and aftale.fremlagt_udgave_id != aftale.gaeldende_udgave_id
    )


def sekretariatets(aftaler: Iterable[Aftale]) -> Iterator[Naesteskridt]:
    """The next step of every agreement that is on its way; an open hearing has steps of its own."""
    samlet = list(aftaler)
    parter = Organisation.objects.parter().count() if any(map(_til_afgoerelse, samlet)) else 0
    for aftale in samlet:
        if aftale.tilstand in VENTER and not aftale.hoeres:
            yield Naesteskridt(f"{VENTER[aftale.tilstand]}: {aftale}", 1, _url(aftale))
        elif _til_afgoerelse(aftale):
            mangler = parter - (aftale.har_godkendt or 0)
            if mangler:
                hvad = "part mangler at godkende" if mangler == 1 else "parter mangler at godkende"
                yield Naesteskridt(f"{hvad}: {aftale}", mangler, _url(aftale))
            elif aftale.tilstand == Aftaletilstand.GODKENDELSE:
                yield Naesteskridt(f"aftale at registrere som godkendt: {aftale}", 1, _url(aftale))
            else:
                yield Naesteskridt(f"godkendt udgave at offentliggøre: {aftale}", 1, _url(aftale, "pdf"))
        elif aftale.er_vedtaget and not aftale.er_offentliggjort:
            yield Naesteskridt(f"aftale er ikke offentliggjort: {aftale}", 1, _url(aftale, "pdf"))
        elif aftale.ny_udgave_begyndt:
            yield Naesteskridt(f"ny udgave er begyndt: {aftale}", 1, _url(aftale))


def partens(aftaler: Iterable[Aftale], adgang: Adgang) -> Iterator[Naesteskridt]:
    """What the reader's own council has not decided about."""
    if adgang.organisation is None or not svarer_for(adgang, adgang.organisation):
        return
    for aftale in aftaler:
        if _til_afgoerelse(aftale) and not aftale.har_svaret:
            yield Naesteskridt(f"{adgang.organisation.navn} mangler at godkende: {aftale}", 1, _url(aftale))
