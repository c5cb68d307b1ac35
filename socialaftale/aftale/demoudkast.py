"""The demo's draft of the next period: named versions, comments and a hearing, all of it invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from socialaftale.aftale import handlinger
from socialaftale.aftale.bilag.demodata import laeg_eksempel_op
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.hoering import handlinger as hoeringer
from socialaftale.aftale.hoering.models import Hoering, Hoeringssvar
from socialaftale.aftale.kommentering import besvar, kommenter
from socialaftale.aftale.models import Aftale, Bilag
from socialaftale.aftale.opbygning import LISTER, gem_raekke
from socialaftale.aftale.oprettelse import opret_fra_forrige
from socialaftale.aftale.versionshandlinger import navngiv
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.enums import ROLLENS_HAT, Rolle
from socialaftale.kerne.models import Bruger, Organisation
from socialaftale.kerne.notifikationer import stille
from socialaftale.kerne.tekst.kommentarer import Kommentartrin

NOTE = "Eksempeltal: Udkastet, kommentarerne og høringen er opdigtede og kun til demonstration."
HOERINGSDAGE = 21
RESUME = "resume"
TILFOEJELSE = (
    "<p>I den nye periode følger parterne op på målene hvert halve år, så det ses i tide, om noget går i stå.</p>"
)
# General remarks and remarks on the summary; without any the answer says so.
SVAR = (
    ("Vi bakker op om udkastet.", "Opfølgningen er et godt greb. Nævn gerne, hvem der samler den."),
    ("Vi ønsker, at overgangen fra barn til voksen fylder mere.", ""),
    ("", ""),
)
ANDEN_TILFOEJELSE = "<p>DAS får en status i juni og i december.</p>"


def lav_udkast() -> None:
    """Once: a draft after the newest published agreement; nothing when there is one, or nothing to copy."""
    forrige = Aftale.objects.offentliggjorte().select_related("tekst").order_by("-fra_aar").first()
    if forrige is None or Aftale.objects.udkast().exists():
        return
    aar = timezone.localdate().year
    # Periods begin where the earlier ones would have brought them.
    laengde = forrige.til_aar - forrige.fra_aar + 1
    fra_aar = forrige.til_aar + 1
    while fra_aar <= aar:
        fra_aar += laengde
    with stille():
        _lav(opret_fra_forrige(forrige, adgang=Adgang.system(), fra_aar=fra_aar, til_aar=fra_aar + laengde - 1))


def _lav(aftale: Aftale) -> None:
    Aftale.objects.filter(pk=aftale.pk).update(note=NOTE)
    system = Adgang.system()
    navngiv(aftale, adgang=system, navn="udkast juni", note="Drøftet i Udviklingsstrategigruppen")
    _ret(aftale, TILFOEJELSE)
    _lav_kommentarer(aftale)
    _lav_bilag(aftale)
    _lav_hoering(aftale)
    _ret(aftale, ANDEN_TILFOEJELSE)


def _ret(aftale: Aftale, tilfoejelse: str) -> None:
    """One more paragraph in the summary (or the first chapter of a region that has none)."""
    kapitel = aftale.tekst.kapitler.filter(noegle=RESUME).first() or aftale.tekst.kapitler.all()[1]
    handlinger.ret_kapitel(
        aftale,
        adgang=Adgang.system(),
        kapitel=kapitel,
        titel=kapitel.titel,
        indhold=kapitel.indhold + tilfoejelse,
        fra_version=kapitel.version,
    )


def _lav_bilag(aftale: Aftale) -> None:
    """Files for the annexes that are to have one, and the list of covered tilbud, which this system makes."""
    for bilag in aftale.bilag.select_related("aftale"):
        if bilag.mangler_fil:
            laeg_eksempel_op(bilag)
    # Last, so that the numbers the copied text has typed still hold.
    gruppe = next((bilag.gruppe for bilag in aftale.bilag.order_by("-nr")), "Bilag")
    liste = Bilag(aftale=aftale, gruppe=gruppe, titel="Tilbud omfattet af aftalen", indhold="tilbud")
    gem_raekke(aftale, LISTER["bilag"], liste, adgang=Adgang.system())


def _som(email: str, rolle: Rolle) -> Adgang | None:
    """A demo user under the hat of a role; None where the user is not made (another region's data)."""
    bruger = Bruger.objects.filter(email=email).first()
    medlemskab = bruger and bruger.medlemskaber.filter(rolle=rolle).select_related("organisation").first()
    if not medlemskab:
        return None
    return Adgang(bruger, medlemskab.organisation, ROLLENS_HAT[rolle], frozenset({rolle}))


def _lav_kommentarer(aftale: Aftale) -> None:
    laesning = hent_laesning(aftale, kladde=True)
    kapitler = {kapitel.noegle: kapitel for kapitel in aftale.tekst.kapitler.all()}
    laest = next((kapitel for kapitel in laesning.kapitler if kapitel.noegle == RESUME), None)
    das, myndighed = (
        _som("das@demo.example", Rolle.DAS_MEDLEM),
        _som("oekonom.aalborg@demo.example", Rolle.KOMMUNE_MYNDIGHED),
    )
    if laest is None or das is None or myndighed is None:
        return
    felter: dict[str, Any] = {"kapitel": kapitler[RESUME], "som_laest": laesning.udfyldt(laest)}
    citat = "hvert halve år"
    kommenter(aftale, adgang=das, tekst="Skriv, hvem der får opfølgningen.", citat=citat, **felter)
    besvaret = kommenter(
        aftale, adgang=myndighed, tekst="Resuméet bør også nævne styringsaftalen.", citat="", **felter
    )
    besvar(
        aftale,
        besvaret,
        adgang=Adgang.system(),
        trin=Kommentartrin.AFSLAA,
        svar="Det står i kapitlet om styring og økonomi, og resuméet skal være kort.",
    )


def _lav_hoering(aftale: Aftale) -> None:
    parter = list(Organisation.objects.parter())
    tilsyn = list(Organisation.objects.filter(type="tilsyn"))
    hoering = hoeringer.aabn(
        aftale,
        adgang=Adgang.system(),
        navn="udkast august",
        frist=timezone.localdate() + dt.timedelta(days=HOERINGSDAGE),
        organisationer=[*parter, *tilsyn],
        besked="Vi hører især gerne, om fokusområderne er de rigtige.",
        er_eksempel=True,
    )
    # The demo's own users have theirs to write; others have answered, in the order of `SVAR`.
    svar = hoering.svar.filter(organisation__type="kommune").exclude(organisation__medlemskaber__isnull=False)
    for et, (generelt, om_resumeet) in zip(svar, SVAR, strict=False):
        _lav_svar(et, generelt, om_resumeet)
    _lav_bemaerkning(hoering)


def _lav_svar(svar: Hoeringssvar, generelt: str, om_resumeet: str) -> None:
    rolle = Rolle.KOMMUNE_GODKENDER
    leder = Adgang(None, svar.organisation, ROLLENS_HAT[rolle], frozenset({rolle}))
    kapitel = svar.hoering.aftale.tekst.kapitler.filter(noegle=RESUME).first()
    hoeringer.gem(
        svar,
        adgang=leder,
        fra_version=svar.version,
        generelt=generelt,
        kapitler={kapitel: om_resumeet} if kapitel else {},
        uden_bemaerkninger=not generelt,
    )
    hoeringer.indsend(svar, adgang=leder)


def _lav_bemaerkning(hoering: Hoering) -> None:
    svar = hoering.svar.indsendte().exclude(generelt="").first()
    if svar is not None:
        hoeringer.bemaerk(hoering, adgang=Adgang.system(), generelle={svar: "Tak for opbakningen."}, kapitler={})
