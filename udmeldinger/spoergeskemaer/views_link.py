"""A personal link opens one answer, and nothing else of the system; no account is needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from socialaftale.kerne.adgang import Adgang, kraev, offentlig
from socialaftale.kerne.svar import vil_have_json
from udmeldinger.models import Svarlink
from udmeldinger.spoergeskemaer import links, views_svar
from udmeldinger.spoergeskemaer.adgang import Svarer
from udmeldinger.spoergeskemaer.vej import Vej


def _med_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the answer by the token; what does not work says so without telling why in detail.

    The address is a secret: it is kept in no cache, sent to no other page, and found by no search engine. Whoever is
    logged in acts as the holder of the link here, and not under a hat.
    """

    @wraps(view)
    def indpakket(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        svar = _svar(request, token, view, kwargs)
        add_never_cache_headers(svar)
        svar.headers["Referrer-Policy"] = "same-origin" if svar.status_code == 200 else "no-referrer"
        svar.headers["X-Robots-Tag"] = "noindex, nofollow"
        return svar

    return indpakket


def _svar(request: HttpRequest, token: str, view: Callable[..., HttpResponse], kwargs: dict[str, Any]) -> HttpResponse:
    if links.for_mange_fejl(request, tael=False):
        return _afvist(request, 429, "Vent lidt, og prøv igen", "Der er kommet mange forkerte links på kort tid.")
    link = links.find_link(token)
    if link is None:
        links.for_mange_fejl(request, tael=True)
        return _afvist(request, 404, "Linket findes ikke", "Se efter, om hele adressen fra mailen er kommet med.")
    if not link.virker():
        return _afvist(request, 410, "Linket virker ikke længere", "Det er udløbet eller afløst af et nyt.")
    if links.for_meget_brug(link):
        return _afvist(request, 429, "Vent lidt, og prøv igen", "Linket er brugt meget på kort tid.")
    if request.method == "POST":
        Svarlink.objects.filter(pk=link.pk).update(sidst_brugt=timezone.now())
    return view(request, Vej(link.besvarelse, Svarer(Adgang(), link), token), **kwargs)


def _afvist(request: HttpRequest, status: int, titel: str, forklaring: str) -> HttpResponse:
    if vil_have_json(request):
        return JsonResponse({"besked": f"{titel}. {forklaring}"}, status=status)
    kontekst = {"titel": titel, "forklaring": forklaring}
    return render(request, "udmeldinger/spoergeskemaer/link_afvist.html", kontekst, status=status)


@kraev(offentlig)
@require_http_methods(["GET", "HEAD", "POST"])
@_med_link
def besvarelse(request: HttpRequest, vej: Vej) -> HttpResponse:
    return views_svar.vis_oversigt(request, vej)


@kraev(offentlig)
@require_http_methods(["GET", "HEAD", "POST"])
@_med_link
def afsnit(request: HttpRequest, vej: Vej, nr: int) -> HttpResponse:
    return views_svar.vis_afsnit(request, vej, nr)


@kraev(offentlig)
@require_http_methods(["GET", "HEAD", "POST"])
@_med_link
def tjek(request: HttpRequest, vej: Vej) -> HttpResponse:
    return views_svar.vis_tjek(request, vej)


@kraev(offentlig)
@require_safe
@_med_link
def kvittering(request: HttpRequest, vej: Vej) -> HttpResponse:
    return views_svar.vis_kvittering(request, vej)
