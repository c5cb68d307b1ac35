"""What the front page tells about accounts and set-asides: what waits, and what expires within a year (T24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.registre import Naesteskridt
from takster import hentning_resultat as hentning
from takster.beregning.hensaettelse import Kontostatus
from takster.enums import Regnskabstilstand
from takster.models import Regnskab
from takster.visning_resultat import antal_manglende


def naeste_skridt(adgang: Adgang, i_dag: dt.date) -> Iterable[Naesteskridt]:
    if adgang.er_driftsherre and adgang.organisation:
        return list(_driftsherrens(adgang, i_dag))
    if adgang.er_sekretariat:
        return list(_sekretariatets(i_dag))
    return []


def _liste(**parametre: object) -> str:
    return reverse("takster:resultater", query=parametre)


def _driftsherrens(adgang: Adgang, i_dag: dt.date) -> Iterable[Naesteskridt]:
    """Accounts sent back or missing, and layers that expire."""
    egen = adgang.organisation
    kladder = list(
        Regnskab.objects.filter(driftsherre=egen, tilstand=Regnskabstilstand.KLADDE).values_list(
            "retur_begrundelse", flat=True
        )
    )
    url = _liste(tilstand=Regnskabstilstand.KLADDE.value)
    if retur := sum(1 for tekst in kladder if tekst):
        yield Naesteskridt("regnskaber er sendt retur og skal rettes", retur, url, None, True)
    if uafgivne := sum(1 for tekst in kladder if not tekst):
        yield Naesteskridt("regnskaber er begyndt og mangler at blive afgivet", uafgivne, url)
    mangler = antal_manglende(i_dag.year - 1, egen.pk).get(egen.pk, 0)
    if mangler and adgang.har(Rolle.DRIFTSHERRE_INDBERETTER):
        yield Naesteskridt(f"tilbud mangler et regnskab for {i_dag.year - 1}", mangler, _liste())
    status = hentning.kontostatus(egen.pk, i_dag, hentning.regler_for(i_dag.year))
    if status.fund:
        yield Naesteskridt(
            "hensatte overskud skal bruges, før de udløber",
            len(status.fund),
            reverse("takster:konto", kwargs={"slug": egen.slug}),
            _foerste_udloeb(status, i_dag),
        )


def _foerste_udloeb(status: Kontostatus, i_dag: dt.date) -> dt.date | None:
    return min((lag.udloeber for lag in status.lag if lag.rest and lag.udloeber >= i_dag), default=None)


def _sekretariatets(i_dag: dt.date) -> Iterable[Naesteskridt]:
    """Accounts that wait for approval, and driftsherrer with layers that expire."""
    venter = Regnskab.objects.filter(tilstand=Regnskabstilstand.AFGIVET).count()
    if venter:
        yield Naesteskridt(
            "afgivne regnskaber venter på godkendelse", venter, _liste(tilstand=Regnskabstilstand.AFGIVET.value)
        )
    konti = hentning.konti_med_poster(Organisation.objects.driftsherrer(), i_dag, hentning.regler_for(i_dag.year))
    udloeber = [status for status in konti.values() if status.fund]
    if udloeber:
        frister = [frist for status in udloeber if (frist := _foerste_udloeb(status, i_dag))]
        yield Naesteskridt(
            "driftsherrer har hensatte overskud, der udløber",
            len(udloeber),
            reverse("takster:hensaettelser"),
            min(frister, default=None),
        )
