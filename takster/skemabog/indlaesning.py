"""The jobs of the workbook: make it, read what came back, and save the changes. What was read stays on the row."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.job.koersel import Fremdrift, Jobfejl
from socialaftale.kerne.konflikt import Versionskonflikt
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.regnearksfil import FilAfvist, kontroller_navn
from socialaftale.kerne.talformat import skriv_kr
from takster.enums import Kontrolgrad, Skemabogsretning, Skemabogstilstand
from takster.handlinger.flere_skemaer import gem_flere
from takster.handlinger.runder import ret_metode
from takster.listetal import Regelopslag, takst_af
from takster.models import Indberetning, Skemabog
from takster.skemabog.hentning import byg_bog, filnavn, maa_hente
from takster.skemabog.laes import GRAENSER, Bogfejl, Cprfund, Laest, laes
from takster.skemabog.metode import Metodeaendring
from takster.skemabog.sammenlign import DERES, Sammenligning, Skemaaendring, med_kontrol, sammenlign

JOB_HENT, JOB_LAES, JOB_GEM = "skemabog_hent", "skemabog_laes", "skemabog_gem"
# Up to so many forms the workbook is made while the user waits.
DIREKTE = 100
# The choice of whose overhead method counts, beside those of the forms.
METODE = "metode"
FORAELDET = (
    "Nogle skemaer er ændret, siden du så ændringerne, så intet er gemt. "
    "Filen er sammenlignet igen. Se ændringerne igennem, og gem igen"
)


def opret(indberetning: Indberetning, adgang: Adgang, navn: str, data: bytes) -> Skemabog:
    """Keep an uploaded file; raises `FilAfvist` for what its name and size tell."""
    kontroller_navn(navn, len(data), GRAENSER)
    bog = Skemabog(
        indberetning=indberetning,
        retning=Skemabogsretning.IND,
        filnavn=navn[-150:],
        bruger=adgang.bruger,
        organisation=adgang.organisation,
    )
    bog.laeg_i(data)
    bog.full_clean()
    bog.save()
    return bog


def byg_fil(adgang: Adgang, fremdrift: Fremdrift, *, indberetning: int) -> str:
    """The job: make the workbook and keep it for the one who ordered it."""
    egen = Indberetning.objects.select_related("runde__regelsaet", "driftsherre").get(pk=indberetning)
    kraev_tilladelse(maa_hente(adgang, egen))
    bog = Skemabog(
        indberetning=egen,
        retning=Skemabogsretning.UD,
        tilstand=Skemabogstilstand.KLAR,
        filnavn=filnavn(egen),
        bruger=adgang.bruger,
        organisation=adgang.organisation,
    )
    bog.laeg_i(byg_bog(egen, adgang, fremdrift))
    bog.save()
    return bog.get_absolute_url()


def laes_fil(adgang: Adgang, fremdrift: Fremdrift, *, fil: str) -> str:
    """The job: read the workbook and keep what it would change; nothing is saved in the forms."""
    bog = _hent(adgang, fil)
    if bog.tilstand == Skemabogstilstand.GEMT:
        return bog.get_absolute_url()
    fremdrift(5, "Kontrollerer filen")
    try:
        laest = _laes(bog)
        fremdrift(50, f"Sammenligner {len(laest.raekker)} rækker med skemaerne")
        _gem_resultat(bog, sammenlign(laest, bog.indberetning, adgang))
    except FilAfvist as fejl:
        _afvis(bog, fejl)
    return bog.get_absolute_url()


def gem_aendringer(adgang: Adgang, fremdrift: Fremdrift, *, fil: str, valg: Mapping[str, str]) -> str:
    """The job: save every change in the drafts and the overhead method, all or none.

    All must be as it was when the user saw the changes; otherwise the file is compared again and nothing is saved.
    """
    bog = _hent(adgang, fil)
    if bog.tilstand != Skemabogstilstand.KLAR:
        raise Jobfejl("Ændringerne er allerede gemt, eller filen kan ikke gemmes.")
    set_versioner = {int(pk): version for pk, version in bog.resultat["versioner"].items()}
    fremdrift(10, "Læser filen igen")
    try:
        laest = _laes(bog)
        fremdrift(40, "Sammenligner med skemaerne")
        valgte = {int(pk): hvis for pk, hvis in valg.items() if pk != METODE}
        nu = sammenlign(laest, bog.indberetning, adgang, valgte)
    except FilAfvist as fejl:
        _afvis(bog, fejl)
        return bog.get_absolute_url()
    nye = {aendring.skema.pk: aendring.nyt for aendring in nu.aendringer}
    fremdrift(60, f"Gemmer {len(nye)} skemaer")
    try:
        if (
            nu.fejl
            or {pk: nyt.version for pk, nyt in nye.items()} != set_versioner
            or _metodedata(nu.metode) != bog.resultat.get("metode")
        ):
            raise Jobfejl(FORAELDET)
        with transaction.atomic():
            bog = Skemabog.objects.select_for_update(of=("self",)).select_related("indberetning").get(pk=bog.pk)
            if bog.tilstand != Skemabogstilstand.KLAR:
                raise Jobfejl("Ændringerne er allerede gemt.")
            gemte = gem_flere(bog.indberetning, nye, adgang=adgang)
            if nu.metode and valg.get(METODE) != DERES:
                ret_metode(bog.indberetning, adgang=adgang, metode=nu.metode.efter, version=nu.metode.version)
            bog.tilstand, bog.gemt_tidspunkt = Skemabogstilstand.GEMT, timezone.now()
            bog.resultat |= {"gemt": len(gemte), "besked": ""}
            if valg.get(METODE) == DERES:
                bog.resultat["metode"] = None
            bog.save(update_fields=["tilstand", "gemt_tidspunkt", "resultat"])
            log(
                adgang,
                "skemabog_gemt",
                bog.indberetning,
                tekst=f"Excel-fil gemt i {len(gemte)} takstskemaer",
                vedroerer=bog.indberetning.driftsherre,
            )
    except (Jobfejl, Versionskonflikt) as fejl:
        if isinstance(fejl, Jobfejl) and str(fejl) != FORAELDET:
            raise
        _gem_resultat(bog, sammenlign(laest, bog.indberetning, adgang), FORAELDET)
    return bog.get_absolute_url()


def _hent(adgang: Adgang, fil: str) -> Skemabog:
    return (
        Skemabog.objects.synlige_for(adgang)
        .indlaeste()
        .select_related("indberetning__runde__regelsaet", "indberetning__driftsherre")
        .get(pk=uuid.UUID(fil))
    )


def _laes(bog: Skemabog) -> Laest:
    """The workbook, if it is this driftsherre's and this round's."""
    laest = laes(bog.tag_ud())
    runde, driftsherre = bog.indberetning.runde, bog.indberetning.driftsherre
    if laest.stempel.driftsherre != driftsherre.slug:
        raise FilAfvist(f"Arbejdsbogen er hentet for en anden driftsherre end {driftsherre.navn}")
    if laest.stempel.aar != runde.aar:
        raise FilAfvist(
            f"Arbejdsbogen er hentet til runden for {laest.stempel.aar}, og her indlæses {runde.aar}. "
            "Hent en ny, og kopiér dine tal over i den"
        )
    return laest


def _afvis(bog: Skemabog, fejl: FilAfvist) -> None:
    alle = [Bogfejl(besked=fejl.besked)]
    if isinstance(fejl, Cprfund):
        # The file is not kept, and no message repeats the number.
        alle += fejl.fejl
        bog.indhold = b""
    bog.tilstand = Skemabogstilstand.AFVIST
    bog.resultat = {"fejl": [asdict(et) for et in alle], "noter": [], "aendringer": [], "uaendrede": 0}
    bog.save(update_fields=["indhold", "tilstand", "resultat"])


def _gem_resultat(bog: Skemabog, sammenligning: Sammenligning, besked: str = "") -> None:
    aendringer = med_kontrol(sammenligning)
    fejl = sorted(sammenligning.fejl, key=lambda et: (et.raekke, len(et.kolonne), et.kolonne))
    bog.tilstand = Skemabogstilstand.AFVIST if fejl else Skemabogstilstand.KLAR
    regler = Regelopslag()
    bog.resultat = {
        "fejl": [asdict(et) for et in fejl],
        "noter": sammenligning.noter,
        "metode": _metodedata(sammenligning.metode),
        "aendringer": [_som_data(aendring, regler) for aendring in aendringer],
        "versioner": {str(aendring.skema.pk): aendring.nyt.version for aendring in aendringer},
        "uaendrede": sammenligning.uaendrede,
        "besked": besked,
    }
    bog.save(update_fields=["tilstand", "resultat"])


def _metodedata(metode: Metodeaendring | None) -> dict[str, Any] | None:
    return asdict(metode) if metode else None


def _som_data(aendring: Skemaaendring, regler: Regelopslag) -> dict[str, Any]:
    """One form's changes as the page shows them."""
    skema, beregning = aendring.skema, aendring.beregning
    return {
        "pk": skema.pk,
        "nummer": skema.sagsnummer,
        "navn": f"{skema.ydelse.tilbud.navn}, {skema.ydelse.navn}",
        "raekke": aendring.raekke,
        "linjer": aendring.linjer,
        "konflikter": [asdict(konflikt) for konflikt in aendring.konflikter],
        "noter": aendring.noter,
        "grundlag": skriv_kr(beregning.data.grundlag.i_alt),
        "takst_foer": skriv_kr(takst_af(skema, beregning.data.regulering, regler)),
        "takst_efter": skriv_kr(beregning.pris),
        "kan_indsendes": beregning.kan_indsendes,
        "fund": [
            {"grad": str(Kontrolgrad(fund.grad.value).label), "tekst": fund.tekst, "regel": fund.regel}
            for fund in beregning.fund
        ],
    }
