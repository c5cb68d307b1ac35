"""Choosing how much of earlier years' results the tariffs of the year hold (T25, T27)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from socialaftale.kerne.adgang import kraev
from socialaftale.kerne.formularer import saml_fejl, vis_fejl
from socialaftale.kerne.konflikt import Versionskonflikt
from takster import adgang as regler
from takster.adgang import kun_indberetter
from takster.forms.resultat import Reguleringsformular
from takster.handlinger.hensaettelser import vaelg_regulering
from takster.hentning_regulering import Skemaregulering, hent_regulering
from takster.models import Takstskema
from takster.views.faelles import hent_skema, skema_broedkrummer, skema_for_sent, trinlinjer


@kraev(kun_indberetter)
def regulering(request: HttpRequest, pk: int) -> HttpResponse:
    """The obligations of the tilbud that may still wait; what is chosen is shared by its forms."""
    skema = hent_skema(request, pk)
    linjer = hent_regulering(skema)
    formular = Reguleringsformular(
        request.POST if request.method == "POST" else None, regulering=linjer, version=skema.version
    )
    if not regler.maa_redigere(request.adgang, skema, timezone.localdate()):
        if request.method == "POST":
            return skema_for_sent(request, skema, formular, "Regulering")
        messages.info(request, "Skemaet kan ikke rettes nu.")
        return redirect(skema)
    if not linjer.kan_vaelges:
        messages.info(request, "Der er ingen regulering at vælge i år.")
        return redirect("takster:skema_ret", pk=skema.pk)
    if request.method == "POST" and formular.is_valid():
        try:
            vaelg_regulering(
                skema,
                adgang=request.adgang,
                version=formular.cleaned_data["version"],
                valgt=formular.valgt(),
            )
        except Versionskonflikt as konflikt:
            return _konflikt(request, konflikt.nyeste)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        else:
            messages.success(request, "Valget er gemt, og taksten er beregnet igen.")
            return redirect("takster:skema_ret", pk=skema.pk)
    return _side(request, skema, linjer, formular, status=422 if formular.errors else 200)


def _konflikt(request: HttpRequest, nyeste: Takstskema) -> HttpResponse:
    """The form was saved meanwhile: what was typed stands, and the figures beside it are those of now."""
    linjer = hent_regulering(nyeste)
    data = request.POST.copy()
    data["version"] = str(nyeste.version)
    formular = Reguleringsformular(data, regulering=linjer, version=nyeste.version)
    formular.is_valid()
    return _side(request, nyeste, linjer, formular, status=409)


def _side(
    request: HttpRequest, skema: Takstskema, linjer: Skemaregulering, formular: Reguleringsformular, *, status: int
) -> HttpResponse:
    fejl = saml_fejl([formular]) if status == 422 else []
    kontekst = {
        "skema": skema,
        "formular": formular,
        "linjer": trinlinjer(linjer.trin()),
        "konflikt": status == 409,
        "fejl": fejl,
        "har_fejl": bool(fejl),
        "broedkrummer": skema_broedkrummer(skema, ("Regulering vedr. tidligere år", None)),
    }
    return render(request, "takster/skema/regulering.html", kontekst, status=status)
