"""Comparison: any two versions of a chapter, and any two states of whole texts, also of different periods."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from socialaftale.aftale.adgang import laeser_kladde, redigerer
from socialaftale.aftale.forms_versioner import Kapitelversionsvalg, Standvalg
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.models import Aftale
from socialaftale.aftale.stande import NU, UDGAVE, Stand, aendringstabel, forskel, stande, stille_kontekst
from socialaftale.aftale.views.faelles import find_aftale, krummer
from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import svar_med_formular
from socialaftale.kerne.tekst.sammenlign import sammenlign
from socialaftale.kerne.tekst.sammenligningsvisning import vis
from socialaftale.kerne.templatetags import dansk


@kraev(redigerer)
@require_safe
def kapitelversioner(request: HttpRequest, periode: str, noegle: str) -> HttpResponse:
    """Two saved versions of a chapter side by side; without a choice the newest and the one before."""
    aftale = find_aftale(request, periode)
    kapitel = get_object_or_404(aftale.tekst.kapitler, noegle=noegle)
    versioner = list(kapitel.versioner.select_related("bruger"))
    navne = [
        (et, f"Version {et.version}, {dansk.tidspunkt_kort(et.tidspunkt)}, {et.bruger or 'systemet'}")
        for et in versioner
    ]
    start = {"fra": str(versioner[min(1, len(versioner) - 1)].version), "til": str(versioner[0].version)}
    form = Kapitelversionsvalg({**start, **request.GET.dict()}, versioner=navne)
    efter_nummer = {str(et.version): et for et in versioner}
    kontekst = {"aftale": aftale, "kapitel": kapitel, "form": form, "antal_versioner": len(versioner)}
    if form.is_valid():
        gammel, ny = (efter_nummer[form.cleaned_data[navn]] for navn in ("fra", "til"))
        # The same day's figures on both sides: what differs is the text.
        figurer = stille_kontekst(hent_laesning(aftale, kladde=True))
        sammenligning = sammenlign(gammel.indhold, ny.indhold)
        kontekst |= {
            "gammel": gammel,
            "ny": ny,
            "gammelt_navn": f"Version {gammel.version}",
            "nyt_navn": f"Version {ny.version}",
            "sammenligning": sammenligning,
            "grupper": vis(sammenligning, figurer, figurer),
        }
    ret_url = aftale.adresse("ret_kapitel", noegle)
    versioner_url = aftale.adresse("versioner", noegle)
    return svar_med_formular(
        request,
        "aftale/versioner/sammenlign_kapitel.html",
        [form],
        {
            **kontekst,
            "broedkrummer": krummer(
                aftale, (kapitel.titel, ret_url), ("Versioner", versioner_url), ("Sammenlign", None)
            ),
        },
    )


@kraev(laeser_kladde)
@require_safe
def tekster(request: HttpRequest, periode: str) -> HttpResponse:
    """Two states of whole texts: the table of changes, and one chapter side by side."""
    aftale = find_aftale(request, periode)
    alle = type(aftale).objects.synlige_for(request.adgang).select_related("tekst", "gaeldende_udgave")
    mulige = stande(alle.defer("gaeldende_udgave__faste"))
    form = Standvalg({**_start(aftale, mulige), **request.GET.dict()}, stande=mulige)
    kontekst = {"aftale": aftale, "form": form, "valgt": None, "kapitelnoegle": request.GET.get("kapitel", "")}
    if form.is_valid():
        to = forskel(*(form.stande[form.cleaned_data[navn]] for navn in ("fra", "til")))
        aendringer = aendringstabel(to)
        valgt = to.find(kontekst["kapitelnoegle"]) or (to.aendrede[0] if to.aendrede else None)
        kontekst |= {"forskel": to, "aendringer": aendringer, "valgt": valgt}
        if valgt:
            sammenligning = valgt.sammenligning
            kontekst |= {"sammenligning": sammenligning, "grupper": vis(sammenligning, *to.kontekster())}
    return svar_med_formular(
        request,
        "aftale/versioner/sammenlign.html",
        [form],
        {**kontekst, "broedkrummer": krummer(aftale, ("Sammenlign versioner", None))},
    )


def _start(aftale: Aftale, mulige: list[Stand]) -> dict[str, str]:
    """The newest named version, the edition or the period before, against the draft as it stands."""
    egne = [stand for stand in mulige if stand.aftale.pk == aftale.pk]
    navngivne = [stand for stand in egne if stand.navngivet is not None]
    udgaver = [stand for stand in egne if stand.kode.endswith(f":{UDGAVE}")]
    aeldre = [stand for stand in mulige if stand.aftale.fra_aar < aftale.fra_aar]
    fra = next(iter([*navngivne, *udgaver, *aeldre, *egne]))
    return {"fra": fra.kode, "til": f"{aftale.periode}:{NU}"}
