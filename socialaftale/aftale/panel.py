"""What the front page says about agreements to each role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from socialaftale.aftale import panel_arbejde
from socialaftale.aftale.adgang import maa_laese_kladde
from socialaftale.aftale.enums import UNDER_ARBEJDE, Aftaletilstand
from socialaftale.aftale.godkendelse import panel as vej
from socialaftale.aftale.hentning import rettede_kapitler
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.hukommelse import husk
from socialaftale.kerne.perioder import sidste_dag
from socialaftale.kerne.registre import Kommende, Naesteskridt

LAESERE = (Rolle.DAS_MEDLEM, Rolle.FU_MEDLEM, Rolle.KKR_LAESER)


def skridt(adgang: Adgang, i_dag: dt.date) -> Iterator[Naesteskridt]:
    """The secretariat: next steps, hearings and comments. Committees: drafts and the newest to read.

    Those who are asked in a hearing: the answer they owe, whatever else they may see of the agreement.
    """
    yield from panel_arbejde.skridt(adgang, i_dag)
    if not (adgang.er_sekretariat or maa_laese_kladde(adgang) or adgang.har(*LAESERE)):
        return
    aftaler = _synlige(adgang)
    if adgang.er_sekretariat:
        yield from panel_arbejde.kommentarskridt(aftaler)
        yield from panel_arbejde.gamle_tal(i_dag)
        yield from vej.sekretariatets(aftaler)
        yield from _rettelser(aftaler)
        return
    yield from vej.partens(aftaler, adgang)
    for aftale in (en for en in aftaler if en.tilstand in UNDER_ARBEJDE):
        yield Naesteskridt(f"udkast at læse: {aftale}", 1, reverse("aftale:aftale", args=(aftale.periode,)))
    nyeste = next((aftale for aftale in aftaler if aftale.er_offentliggjort), None)
    if nyeste and adgang.har(*LAESERE):
        yield Naesteskridt(f"aftale at læse: {nyeste}", 1, reverse("aftale:aftale", args=(nyeste.periode,)))


def _synlige(adgang: Adgang) -> list[Aftale]:
    """All the reader may see, newest first; next steps and coming dates ask for the same."""

    def hent() -> list[Aftale]:
        synlige = Aftale.objects.synlige_for(adgang).select_related("tekst", "gaeldende_udgave")
        synlige = vej.med_vej(synlige.annotate(aabne=panel_arbejde.aabne_kommentarer()), adgang)
        return list(synlige.defer("gaeldende_udgave__faste"))

    return husk(("aftale.panel", adgang), hent)


def _rettelser(aftaler: list[Aftale]) -> Iterator[Naesteskridt]:
    """Chapters corrected since the edition the public reads."""
    # Only the newest published agreement is still worked on, which also keeps the number of queries constant.
    nyeste = next((aftale for aftale in aftaler if aftale.er_offentliggjort), None)
    rettede = rettede_kapitler(nyeste) if nyeste else []
    if rettede:
        yield Naesteskridt(
            f"{'kapitel' if len(rettede) == 1 else 'kapitler'} rettet siden seneste udgave af {nyeste}",
            len(rettede),
            reverse("aftale:pdf", args=(nyeste.periode,)),
        )


def kommende(adgang: Adgang, i_dag: dt.date) -> Iterator[Kommende]:
    """When the present agreement runs out, and when an approved one takes effect."""
    if not (adgang.er_sekretariat or adgang.har(*LAESERE)):
        return
    for aftale in _synlige(adgang):
        if aftale.tilstand == Aftaletilstand.GODKENDT and aftale.er_offentliggjort and aftale.gaelder_fra > i_dag:
            side = reverse("aftale:aftale", args=(aftale.periode,))
            yield Kommende(f"{aftale} træder i kraft", aftale.gaelder_fra, side)
    gaelder_endnu = [en for en in _synlige(adgang) if en.er_vedtaget and en.til_aar >= i_dag.year]
    for aftale in sorted(gaelder_endnu, key=lambda aftale: aftale.til_aar):
        yield Kommende(
            f"{aftale} udløber", sidste_dag(aftale.til_aar), reverse("aftale:aftale", args=(aftale.periode,))
        )
