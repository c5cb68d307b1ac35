"""Who may see and do what with cases; pages and actions ask the same functions."""

from __future__ import annotations

from socialaftale.kerne.adgang import Adgang, roller
from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.sager.enums import Instans, Sagstilstand, Sagstrin
from socialaftale.kerne.sager.forloeb import SAG
from socialaftale.kerne.sager.kompetencemodel import Beslutningskompetence
from socialaftale.kerne.sager.models import Sag

# Who sits in the bodies that meet.
MEDLEMSROLLER = {Instans.DAS: Rolle.DAS_MEDLEM, Instans.FU: Rolle.FU_MEDLEM}

maa_se_sager = roller(
    "maa_se_sager",
    "Sekretariatet, driftsherren og dens revisor, DAS, forretningsudvalget og takstgruppen.",
    Rolle.DRIFTSHERRE_INDBERETTER,
    Rolle.DRIFTSHERRE_GODKENDER,
    Rolle.REVISOR,
    Rolle.DAS_MEDLEM,
    Rolle.FU_MEDLEM,
    Rolle.TAKSTGRUPPE,
)
maa_skrive_sager = roller(
    "maa_skrive_sager",
    "Driftsherren for sine egne tilbud og sekretariatet.",
    Rolle.DRIFTSHERRE_INDBERETTER,
    Rolle.DRIFTSHERRE_GODKENDER,
)


def maa_oprette_for(adgang: Adgang, organisation_id: int | None) -> bool:
    """The matrix (W own, RW): the operator's indberetter and godkender, and the secretariat on its behalf."""
    return organisation_id is not None and (adgang.er_sekretariat or adgang.er_driftsherre_for(organisation_id))


def maa_rette(adgang: Adgang, sag: Sag) -> bool:
    """A draft, by those who may create it."""
    return sag.tilstand == Sagstilstand.KLADDE and maa_oprette_for(adgang, sag.organisation_id)


def _er_godkender(adgang: Adgang, sag: Sag) -> bool:
    """The operator's godkender; the system itself (demo data) may too."""
    return adgang.er_system or (
        adgang.har(Rolle.DRIFTSHERRE_GODKENDER) and adgang.er_driftsherre_for(sag.organisation_id)
    )


def maa_indsende(adgang: Adgang, sag: Sag) -> bool:
    """The matrix (S own): the operator's godkender signs."""
    return _er_godkender(adgang, sag) and SAG.kan(Sagstrin.INDSEND, sag.tilstand)


def maa_traekke(adgang: Adgang, sag: Sag) -> bool:
    """A draft by those who write it, a sent case by the operator's godkender, until it is decided."""
    if not SAG.kan(Sagstrin.TRAEK, sag.tilstand):
        return False
    return maa_rette(adgang, sag) or _er_godkender(adgang, sag)


def maa_sende_retur(adgang: Adgang, sag: Sag) -> bool:
    """The secretariat, before the case is on an agenda."""
    return adgang.er_sekretariat and SAG.kan(Sagstrin.SEND_RETUR, sag.tilstand)


def maa_saette_paa_dagsorden(adgang: Adgang, sag: Sag) -> bool:
    """The secretariat makes the agendas of the bodies."""
    return adgang.er_sekretariat and SAG.kan(Sagstrin.SAET_PAA_DAGSORDEN, sag.tilstand)


def maa_registrere_beslutning(adgang: Adgang, sag: Sag) -> bool:
    """The secretariat serves DAS and FU and records what they decide."""
    return adgang.er_sekretariat and SAG.kan(Sagstrin.GODKEND, sag.tilstand)


def maa_overlade(adgang: Adgang, kompetence: Beslutningskompetence) -> bool:
    """The secretariat records that DAS handed an event to FU, or took it back."""
    return adgang.er_sekretariat and bool(kompetence.kan_delegeres_til)
