"""Who may do what with the central reports (actors-and-roles.md, rows "udmelding case" and "municipal counts")."""

from __future__ import annotations

from socialaftale.kerne.adgang import Adgang


def maa_se_interne_tal(adgang: Adgang) -> bool:
    """Exact small counts, notes and the spread over municipalities are for the secretariat only."""
    return adgang.er_sekretariat


def maa_godkende_smaatal(adgang: Adgang) -> bool:
    """The tick that a regional count of one or two may be shown is the secretariat's."""
    return adgang.er_sekretariat
