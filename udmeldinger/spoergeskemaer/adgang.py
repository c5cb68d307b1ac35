"""Who may do what with questionnaires and answers (actors-and-roles.md section 3, "udmelding case", "indmelding")."""

from __future__ import annotations

from dataclasses import dataclass

from socialaftale.kerne.adgang import Adgang, Regel
from udmeldinger.enums import Besvarelsestrin, Skematrin, Svarrolle
from udmeldinger.forloeb import BESVARELSE, SKEMA
from udmeldinger.models import Besvarelse, Spoergeskema, Svarlink
from udmeldinger.svarroller import godkendroller, skriveroller, svarroller

# The rows decide further: an answer that is not one's own is not there.
deltager = Regel(
    "skemadeltager",
    "Sekretariatet, og dem, der svarer på spørgeskemaer.",
    lambda adgang: adgang.er_sekretariat or bool(svarroller(adgang)),
)


@dataclass(frozen=True, slots=True)
class Svarer:
    """Who is at work with an answer: a user under a hat, or the holder of a personal link."""

    adgang: Adgang
    link: Svarlink | None = None


def maa_bygge(adgang: Adgang, skema: Spoergeskema) -> bool:
    """The secretariat builds until it is sent; then it is locked, and changes are a new edition."""
    return adgang.er_sekretariat and skema.er_kladde


def maa_lede(adgang: Adgang, skema: Spoergeskema) -> bool:
    """The secretariat reminds, moves the deadline, withdraws and closes while it is open."""
    return adgang.er_sekretariat and skema.er_aabent


def maa_genaabne_skema(adgang: Adgang, skema: Spoergeskema) -> bool:
    return adgang.er_sekretariat and SKEMA.kan(Skematrin.AABN, skema.tilstand)


def _skriver(svarer: Svarer, besvarelse: Besvarelse) -> bool:
    if svarer.link is not None:
        return svarer.link.besvarelse_id == besvarelse.pk and svarer.link.virker()
    egen = svarer.adgang.organisation is not None and svarer.adgang.organisation.pk == besvarelse.organisation_id
    return egen and svarer.adgang.har(*skriveroller(besvarelse.rolle))


def maa_svare(svarer: Svarer, besvarelse: Besvarelse) -> bool:
    """Those who answer write until it is sent in or the questionnaire closed; late is allowed and shown."""
    return (
        besvarelse.skema.er_aabent
        and BESVARELSE.kan(Besvarelsestrin.GEM, besvarelse.tilstand)
        and _skriver(svarer, besvarelse)
    )


def maa_godkende(svarer: Svarer, besvarelse: Besvarelse) -> bool:
    """The organisation's approver signs what has been sent in; a private operator signs by sending."""
    if not besvarelse.skema.er_aabent or not _skriver(svarer, besvarelse):
        return False
    if besvarelse.rolle == Svarrolle.PRIVAT:
        return svarer.link is not None
    return svarer.adgang.har(*godkendroller(besvarelse.rolle))


def maa_sende_retur(svarer: Svarer, besvarelse: Besvarelse) -> bool:
    return maa_godkende(svarer, besvarelse) and BESVARELSE.kan(Besvarelsestrin.RETUR, besvarelse.tilstand)


def maa_genaabne(adgang: Adgang, besvarelse: Besvarelse) -> bool:
    return maa_lede(adgang, besvarelse.skema) and BESVARELSE.kan(Besvarelsestrin.GENAABN, besvarelse.tilstand)


def maa_fritage(adgang: Adgang, besvarelse: Besvarelse) -> bool:
    return maa_lede(adgang, besvarelse.skema) and BESVARELSE.kan(Besvarelsestrin.FRITAG, besvarelse.tilstand)


def maa_spoerge_igen(adgang: Adgang, besvarelse: Besvarelse) -> bool:
    return maa_lede(adgang, besvarelse.skema) and BESVARELSE.kan(Besvarelsestrin.SPOERG_IGEN, besvarelse.tilstand)


def maa_lave_link(adgang: Adgang, besvarelse: Besvarelse) -> bool:
    """A personal link, and a new one, to those who have no account."""
    return maa_lede(adgang, besvarelse.skema) and besvarelse.rolle == Svarrolle.PRIVAT


def maa_laese_indhold(svarer: Svarer, besvarelse: Besvarelse) -> bool:
    """What is not signed is the organisation's own business; the secretariat sees that it is under way."""
    return besvarelse.er_besvaret if svarer.adgang.er_sekretariat else True
