"""Who may do what with the register; each rule is used by the action and by the page that shows the button."""

from __future__ import annotations

from socialaftale.kerne.adgang import Adgang, roller
from socialaftale.kerne.enums import Rolle
from tilbud.enums import Forslagstilstand
from tilbud.models import Tilbud, Tilbudsforslag

maa_se_forslag = roller(
    "maa_se_forslag",
    "Sekretariatet og driftsherrer; en driftsherre ser kun sine egne forslag.",
    Rolle.DRIFTSHERRE_INDBERETTER,
    Rolle.DRIFTSHERRE_GODKENDER,
)


maa_aabne_ydelser = roller(
    "maa_aabne_ydelser",
    "Sekretariatet, og driftsherrer for deres egne tilbud.",
    Rolle.DRIFTSHERRE_INDBERETTER,
    Rolle.DRIFTSHERRE_GODKENDER,
)


def maa_rette(adgang: Adgang) -> bool:
    """The secretariat edits the register; nobody else does."""
    return adgang.er_sekretariat


def maa_foreslaa(adgang: Adgang, tilbud: Tilbud) -> bool:
    """A *driftsherre* writes proposals for its own *tilbud*."""
    return tilbud.driftsherre_id is not None and adgang.er_driftsherre_for(tilbud.driftsherre_id)


def maa_skrive_ydelser(adgang: Adgang, tilbud: Tilbud) -> bool:
    """T32: the *driftsherre* describes its own *ydelser*; the secretariat everyone's."""
    return maa_rette(adgang) or maa_foreslaa(adgang, tilbud)


def maa_skrive_forslag(adgang: Adgang, forslag: Tilbudsforslag) -> bool:
    """Both roles of the *driftsherre* that owns the proposal write and withdraw it."""
    return adgang.er_driftsherre_for(forslag.organisation_id)


def kan_rettes(forslag: Tilbudsforslag) -> bool:
    """A draft; what was sent waits for the secretariat."""
    return forslag.tilstand == Forslagstilstand.KLADDE


def maa_indsende_forslag(adgang: Adgang, forslag: Tilbudsforslag) -> bool:
    """The matrix: the *godkender* of the *driftsherre* signs, the *indberetter* only writes."""
    return maa_skrive_forslag(adgang, forslag) and adgang.har(Rolle.DRIFTSHERRE_GODKENDER)


def maa_afgoere_forslag(adgang: Adgang) -> bool:
    """The secretariat decides proposals."""
    return adgang.er_sekretariat


def maa_se_historik(adgang: Adgang, tilbud: Tilbud) -> bool:
    """The matrix, row "log": secretariat and *takstgruppe* all, a *driftsherre* and its auditor their own."""
    egen = adgang.organisation is not None and adgang.organisation.pk == tilbud.driftsherre_id
    return (
        adgang.er_sekretariat
        or adgang.har(Rolle.TAKSTGRUPPE)
        or (egen and adgang.har(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.DRIFTSHERRE_GODKENDER, Rolle.REVISOR))
    )
