"""Who may see and do what with rounds, takstskemaer and tariffs; pages and actions ask the same functions."""

from __future__ import annotations

import datetime as dt

from socialaftale.kerne.adgang import Adgang, Regel, roller
from socialaftale.kerne.enums import Rolle
from takster.enums import Rundetilstand, Skematilstand
from takster.forloeb import RUNDE, SKEMA, Rundetrin, Skematrin
from takster.models import Indberetning, Indberetningsrunde, Takstskema, Tillaegsaftale
from takster.models.koeb import KOEBERROLLER
from takster.models.tillaegsaftale import KOMMUNEROLLER

maa_se_indberetning = roller(
    "maa_se_indberetning",
    "Sekretariatet, driftsherren, dens revisor, takstgruppen og DAS.",
    Rolle.DRIFTSHERRE_INDBERETTER,
    Rolle.DRIFTSHERRE_GODKENDER,
    Rolle.REVISOR,
    Rolle.TAKSTGRUPPE,
    Rolle.DAS_MEDLEM,
)
maa_hente_skemabog = roller(
    "maa_hente_skemabog",
    "Sekretariatet og driftsherrens indberetter og godkender; arbejdsbogen indeholder kladder.",
    Rolle.DRIFTSHERRE_INDBERETTER,
    Rolle.DRIFTSHERRE_GODKENDER,
)
maa_se_budget = roller(
    "maa_se_budget",
    "Sekretariatet, og køberkommunens myndighed, godkender og DAS-medlem for egen kommune.",
    *KOEBERROLLER,
)
maa_se_tillaegsaftaler = roller(
    "maa_se_tillaegsaftaler",
    "Sekretariatet, og driftsherrens og kommunens egne: leverandør, handlekommune og betalingskommune.",
    Rolle.DRIFTSHERRE_INDBERETTER,
    Rolle.DRIFTSHERRE_GODKENDER,
    *KOMMUNEROLLER,
)
kan_lave_tillaegsaftale = Regel(
    "kan_lave_tillaegsaftale",
    "Leverandørens indberetter og handlekommunens myndighed.",
    lambda adgang: adgang.har(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.KOMMUNE_MYNDIGHED),
)
kun_indberetter = Regel(
    "kun_indberetter",
    "Den, der indberetter for driftsherren.",
    lambda adgang: adgang.har(Rolle.DRIFTSHERRE_INDBERETTER),
)


def maa_rette_regelsaet(adgang: Adgang) -> bool:
    """The secretariat copies and changes rule sets, after the styringsaftale has been agreed."""
    return adgang.er_sekretariat or adgang.er_system


def _er(adgang: Adgang, skema: Takstskema, rolle: Rolle) -> bool:
    """Acts in the role for the driftsherre of the form; the system itself (demo data) may too."""
    return adgang.er_system or (adgang.har(rolle) and adgang.er_driftsherre_for(skema.indberetning.driftsherre_id))


def ser_linjer(adgang: Adgang) -> bool:
    """DAS gets the summary; cost lines, remarks and history are for the others who see the form (matrix)."""
    return adgang.er_sekretariat or adgang.er_driftsherre or adgang.har(Rolle.TAKSTGRUPPE, Rolle.REVISOR)


def maa_redigere(adgang: Adgang, skema: Takstskema, dato: dt.date) -> bool:
    """T13: the driftsherre's indberetter, while the form is a draft or sent back and the window is open."""
    return (
        _er(adgang, skema, Rolle.DRIFTSHERRE_INDBERETTER)
        and skema.er_redigerbar
        and (adgang.er_system or skema.vindue_aabent(dato))
    )


def maa_melde_klar(adgang: Adgang, skema: Takstskema, dato: dt.date) -> bool:
    """The indberetter who cannot sign asks the godkender to."""
    return maa_redigere(adgang, skema, dato) and not adgang.har(Rolle.DRIFTSHERRE_GODKENDER)


def maa_indsende(adgang: Adgang, skema: Takstskema, dato: dt.date) -> bool:
    """Sign-off by the driftsherre's godkender within the window (T13, K step 12)."""
    return (
        _er(adgang, skema, Rolle.DRIFTSHERRE_GODKENDER)
        and SKEMA.kan(Skematrin.INDSEND, skema.tilstand)
        and (adgang.er_system or skema.vindue_aabent(dato))
    )


def maa_traekke_tilbage(adgang: Adgang, skema: Takstskema, dato: dt.date) -> bool:
    """The godkender takes a submitted form back while the window is open and nobody has approved it."""
    return (
        _er(adgang, skema, Rolle.DRIFTSHERRE_GODKENDER)
        and SKEMA.kan(Skematrin.TRAEK_TILBAGE, skema.tilstand)
        and (adgang.er_system or skema.vindue_aabent(dato))
    )


def maa_sende_retur(adgang: Adgang, skema: Takstskema) -> bool:
    """The secretariat, with a submitted or approved form that is not published."""
    return adgang.er_sekretariat and SKEMA.kan(Skematrin.SEND_RETUR, skema.tilstand)


def maa_kommentere(adgang: Adgang, skema: Takstskema) -> bool:
    """The secretariat, while it may still send the form back."""
    return maa_sende_retur(adgang, skema)


def maa_godkende(adgang: Adgang, skema: Takstskema) -> bool:
    """The secretariat, with a submitted form (K step 13)."""
    return adgang.er_sekretariat and SKEMA.kan(Skematrin.GODKEND, skema.tilstand)


def maa_godkende_flere(adgang: Adgang, runde: Indberetningsrunde) -> bool:
    """The secretariat, in a round that holds forms."""
    return adgang.er_sekretariat and runde.kan_genaabnes_for_driftsherrer


def maa_offentliggoere_skema(adgang: Adgang, skema: Takstskema) -> bool:
    """The secretariat, with a form approved after its round was published (a late one)."""
    return (
        adgang.er_sekretariat
        and SKEMA.kan(Skematrin.OFFENTLIGGOER, skema.tilstand)
        and skema.indberetning.runde.tilstand == Rundetilstand.OFFENTLIGGJORT
    )


def maa_aendre_runde(adgang: Adgang, runde: Indberetningsrunde, trin: Rundetrin) -> bool:
    """The secretariat; a historic round is never changed."""
    return adgang.er_sekretariat and not runde.er_historisk and RUNDE.kan(trin, runde.tilstand)


def maa_flytte_frist(adgang: Adgang, runde: Indberetningsrunde) -> bool:
    """The secretariat, while the round is being prepared or is open."""
    return (
        adgang.er_sekretariat
        and not runde.er_historisk
        and runde.tilstand in (Rundetilstand.KLADDE, Rundetilstand.AABEN)
    )


def maa_genaabne_for_driftsherre(adgang: Adgang, indberetning: Indberetning) -> bool:
    """T13: the secretariat extends the deadline of one driftsherre, or opens again after it."""
    return adgang.er_sekretariat and indberetning.runde.kan_genaabnes_for_driftsherrer


def maa_rykke(adgang: Adgang, runde: Indberetningsrunde) -> bool:
    """The secretariat, while a driftsherre may have something to send in."""
    return adgang.er_sekretariat and not runde.er_historisk


def ser_kladder(adgang: Adgang) -> bool:
    """What is still on the driftsherre's desk, also as a number, is its own and the secretariat's."""
    return adgang.er_sekretariat or adgang.er_driftsherre


def maa_oprette_skema(adgang: Adgang, indberetning: Indberetning, dato: dt.date) -> bool:
    """A form for a ydelse that came after the round opened: the secretariat, or the indberetter within the window."""
    if not indberetning.runde.kan_genaabnes_for_driftsherrer:
        return False
    egen = adgang.har(Rolle.DRIFTSHERRE_INDBERETTER) and adgang.er_driftsherre_for(indberetning.driftsherre_id)
    return adgang.er_sekretariat or (egen and indberetning.er_aaben(dato))


def maa_rette_metode(adgang: Adgang, indberetning: Indberetning, dato: dt.date) -> bool:
    """T55: the driftsherre's indberetter describes its overhead method while it may still change a form."""
    egen = adgang.har(Rolle.DRIFTSHERRE_INDBERETTER) and adgang.er_driftsherre_for(indberetning.driftsherre_id)
    return adgang.er_system or (egen and indberetning.er_aaben(dato))


def maa_rette_omkostningssteder(adgang: Adgang, indberetning: Indberetning, dato: dt.date) -> bool:
    """T56: the driftsherre's indberetter distributes its costs while it may still change a form."""
    return maa_rette_metode(adgang, indberetning, dato)


def maa_udstede_takstbilag(adgang: Adgang, runde: Indberetningsrunde) -> bool:
    """T7: the secretariat, once the tariffs of the year are published."""
    return adgang.er_sekretariat and runde.tilstand == Rundetilstand.OFFENTLIGGJORT


def naeste_hos(skema: Takstskema) -> str:
    """Who has the ball, in words."""
    return {
        Skematilstand.KLADDE: "Driftsherren",
        Skematilstand.SENDT_RETUR: "Driftsherren",
        Skematilstand.INDSENDT: "Sekretariatet",
        Skematilstand.GODKENDT: "Sekretariatet",
        Skematilstand.OFFENTLIGGJORT: "",
    }[Skematilstand(skema.tilstand)]


def maa_lave_tillaegsaftale(adgang: Adgang, leverandoer_id: int | None, handlekommune_id: int | None = None) -> bool:
    """T41: the supplier's indberetter for its own supplements, the handlekommune's people for any."""
    if adgang.er_system:
        return True
    if adgang.har(Rolle.DRIFTSHERRE_INDBERETTER):
        return adgang.er_driftsherre_for(leverandoer_id)
    egen = adgang.organisation.pk if adgang.organisation else None
    return adgang.har(Rolle.KOMMUNE_MYNDIGHED) and egen is not None and handlekommune_id in (None, egen)


def maa_markere_set(adgang: Adgang, aftale: Tillaegsaftale) -> bool:
    """T41: the betalingskommune's people, once."""
    egen = adgang.organisation.pk if adgang.organisation else None
    return adgang.har(*KOMMUNEROLLER) and egen == aftale.betalingskommune_id and aftale.mangler_at_blive_set
