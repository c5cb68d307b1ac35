"""Sending a takstskema back: the reason, the comments noted on single fields, and a date when the window is closed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import svar_med_formular
from socialaftale.kerne.konflikt import Versionskonflikt
from takster import adgang as regler
from takster.forms.trin import Returformular
from takster.handlinger import skemaer
from takster.models import Takstskema
from takster.views.faelles import ANDEN_VAR_HURTIGERE, hent_skema, skema_broedkrummer, skema_for_sent
from takster.views.gennemgang import fra_gennemgang, tilbage
from takster.views.kommentarer import kommentarlinjer


@kraev(kun_sekretariat)
def send_retur(request: HttpRequest, pk: int) -> HttpResponse:
    """The reason deserves a page of its own: the driftsherre acts on it."""
    skema = hent_skema(request, pk)
    if not regler.maa_sende_retur(request.adgang, skema):
        return _for_sent(request, skema)
    i_dag = timezone.localdate()
    noterede = list(skema.kommentarer.noterede())
    formular = Returformular(
        request.POST if request.method == "POST" else None,
        kraever_dato=not skema.indberetning.er_aaben(i_dag),
        kraever_begrundelse=not noterede,
        i_dag=i_dag,
        initial={"version": skema.version},
    )
    if request.method == "POST" and formular.is_valid():
        retur_til = tilbage(request, skema)
        try:
            skemaer.send_retur(skema, adgang=request.adgang, **formular.cleaned_data)
        except UlovligOvergang:
            return _for_sent(request, skema)
        except Versionskonflikt as konflikt:
            # The link leads to the figures as they are now; sending it again is about those.
            formular.data = {**request.POST.dict(), "version": str(konflikt.nyeste.version)}
            formular.add_error(None, ANDEN_VAR_HURTIGERE)
        except ValidationError as fejl:
            formular.add_error(None, fejl.messages)
        else:
            messages.success(
                request, f"Skemaet for {skema.ydelse.tilbud.navn} er sendt retur, og driftsherren har fået en mail."
            )
            return redirect(retur_til)
    return svar_med_formular(
        request,
        "takster/skema/retur.html",
        [formular],
        {
            "skema": skema,
            "formular": formular,
            "noterede": kommentarlinjer(skema, noterede),
            "fortryd_url": fra_gennemgang(request, skema) or skema.get_absolute_url(),
            "broedkrummer": skema_broedkrummer(skema, ("Send retur", None)),
        },
    )


def _for_sent(request: HttpRequest, skema: Takstskema) -> HttpResponse:
    """Withdrawn, published or sent back meanwhile; what was typed is shown, never dropped."""
    begrundelse = request.POST.get("begrundelse", "")
    if not begrundelse:
        messages.warning(request, ANDEN_VAR_HURTIGERE)
        return redirect(skema)
    return skema_for_sent(
        request,
        skema,
        [("Hvad skal rettes?", begrundelse)],
        "Send retur",
        forklaring="Skemaet er trukket tilbage eller behandlet, mens du skrev. Din tekst står nedenfor.",
    )
