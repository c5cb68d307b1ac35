"""Who may see and do what with reported accounts, the ledger of set-asides and the yearly rates."""

from __future__ import annotations

from socialaftale.kerne.adgang import Adgang, Regel, roller
from socialaftale.kerne.enums import Rolle
from takster.enums import Hensaettelsesart
from takster.forloeb_regnskab import REGNSKAB, Regnskabstrin
from takster.models import Hensaettelsespost, Regnskab

# The matrix, row "set-aside ledger".
maa_se_resultater = roller(
    "maa_se_resultater",
    "Sekretariatet, driftsherren, dens revisor, takstgruppen, DAS og FU.",
    Rolle.DRIFTSHERRE_INDBERETTER,
    Rolle.DRIFTSHERRE_GODKENDER,
    Rolle.REVISOR,
    Rolle.TAKSTGRUPPE,
    Rolle.DAS_MEDLEM,
    Rolle.FU_MEDLEM,
)
maa_bruge_hensat = Regel(
    "maa_bruge_hensat",
    "Driftsherrens godkender og sekretariatet.",
    lambda adgang: adgang.er_sekretariat or adgang.har(Rolle.DRIFTSHERRE_GODKENDER),
)


def _er(adgang: Adgang, driftsherre: int | None, rolle: Rolle) -> bool:
    return adgang.er_system or (adgang.har(rolle) and adgang.er_driftsherre_for(driftsherre))


def maa_oprette_regnskab(adgang: Adgang, driftsherre: int) -> bool:
    """The indberetter of the driftsherre."""
    return _er(adgang, driftsherre, Rolle.DRIFTSHERRE_INDBERETTER)


def maa_rette_regnskab(adgang: Adgang, regnskab: Regnskab) -> bool:
    """The indberetter, until the account is handed in."""
    return maa_oprette_regnskab(adgang, regnskab.driftsherre_id) and REGNSKAB.kan(
        Regnskabstrin.AFGIV, regnskab.tilstand
    )


def maa_afgive(adgang: Adgang, regnskab: Regnskab) -> bool:
    """Sign-off by the driftsherre's godkender."""
    return _er(adgang, regnskab.driftsherre_id, Rolle.DRIFTSHERRE_GODKENDER) and REGNSKAB.kan(
        Regnskabstrin.AFGIV, regnskab.tilstand
    )


def maa_traekke_regnskab(adgang: Adgang, regnskab: Regnskab) -> bool:
    return _er(adgang, regnskab.driftsherre_id, Rolle.DRIFTSHERRE_GODKENDER) and REGNSKAB.kan(
        Regnskabstrin.TRAEK_TILBAGE, regnskab.tilstand
    )


def maa_godkende_regnskab(adgang: Adgang, regnskab: Regnskab) -> bool:
    return adgang.er_sekretariat and REGNSKAB.kan(Regnskabstrin.GODKEND, regnskab.tilstand)


def maa_returnere_regnskab(adgang: Adgang, regnskab: Regnskab) -> bool:
    return adgang.er_sekretariat and REGNSKAB.kan(Regnskabstrin.SEND_RETUR, regnskab.tilstand)


def maa_forbruge(adgang: Adgang, driftsherre: int) -> bool:
    """T24: the driftsherre's godkender decides on its set-asides; the secretariat may enter it for them."""
    return adgang.er_sekretariat or _er(adgang, driftsherre, Rolle.DRIFTSHERRE_GODKENDER)


def maa_vaelge_niveau(adgang: Adgang, driftsherre: int) -> bool:
    """T30: the driftsherre's godkender, since it binds all of its accounts."""
    return _er(adgang, driftsherre, Rolle.DRIFTSHERRE_GODKENDER)


def maa_modpostere(adgang: Adgang, post: Hensaettelsespost) -> bool:
    """A use entered by mistake; what follows from an account is taken back by sending the account back."""
    return adgang.er_sekretariat and post.art == Hensaettelsesart.FORBRUG and post.regnskab_id is None


def maa_rette_renter(adgang: Adgang) -> bool:
    return adgang.er_sekretariat
