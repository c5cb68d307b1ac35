"""Images of the agreement: shown to those who may read a text with them, uploaded by those who write it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from socialaftale.aftale.adgang import maa_laese_kladde, redigerer
from socialaftale.aftale.handlinger import laeg_billede_op
from socialaftale.aftale.hentning import find_billede
from socialaftale.aftale.views.faelles import find_aftale
from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.tekst.billeder import HOEJST_BYTE

EN_DAG = 60 * 60 * 24


@kraev(offentlig)
@require_safe
def vis(request: HttpRequest, periode: str, pk: int) -> HttpResponse:
    """The image. It never changes, so a browser may keep it; who may see it can change, so not for ever."""
    aftale = find_aftale(request, periode)
    billede = find_billede(
        aftale, pk, laeser_kladde=maa_laese_kladde(request.adgang), skriver=redigerer(request.adgang)
    )
    if billede is None:
        raise Http404
    resultat = svar.fil(billede.filnavn, billede.mimetype, billede.laes(), vis=True)
    delt = {"private": True} if request.adgang.er_indlogget else {"public": True}
    patch_cache_control(resultat, max_age=EN_DAG, **delt)
    return resultat


@kraev(redigerer)
@require_POST
def laeg_op(request: HttpRequest, periode: str) -> JsonResponse:
    """Take an image in for the editor: {"billede": number, "alt": text}, or 422 with a text per field."""
    aftale = find_aftale(request, periode)
    fil = request.FILES.get("fil")
    # Never read more than may be kept: one byte too many is enough to refuse it.
    data = fil.read(HOEJST_BYTE + 1) if fil else b""
    try:
        billede = laeg_billede_op(aftale, adgang=request.adgang, data=data, alt=request.POST.get("alt", ""))
    except ValidationError as fejl:
        felter = {felt: tekster[0] for felt, tekster in fejl.message_dict.items()}
        if fil is None:
            felter["fil"] = "Vælg et billede"
        return JsonResponse({"fejl": felter}, status=422)
    return JsonResponse({"billede": billede.pk, "alt": billede.alt})
