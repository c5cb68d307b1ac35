"""Lists from the register that a text can call for."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join

from socialaftale.kerne.tekst import blokke
from socialaftale.kerne.tekst.blokke import Blok, Tekstkontekst
from tilbud.models import Forstaerketmedlem
from tilbud.tal import medlemmer_i_perioden


def registrer_blokke() -> None:
    blokke.registrer(Blok("liste:forstaerket", "Tilbud i det forstærkede samarbejde", forstaerket))


def forstaerket(kontekst: Tekstkontekst) -> str:
    """The members in the first year of the period, each with operator and target group; raises `TalMangler`."""
    _, medlemmer = medlemmer_i_perioden(kontekst.tal)
    return format_html("<ul>{}</ul>", format_html_join("", "<li><strong>{}</strong>{}{}</li>", map(_linje, medlemmer)))


def _linje(medlem: Forstaerketmedlem) -> tuple[str, str, str]:
    driftsherre = medlem.tilbud.driftsherre
    maalgruppe = medlem.maalgruppe or medlem.tilbud.maalgruppe
    return (
        medlem.tilbud.navn,
        f" ({driftsherre.kortnavn})" if driftsherre else "",
        f". Målgruppe: {maalgruppe[0].lower()}{maalgruppe[1:].rstrip('.')}." if maalgruppe else "",
    )
