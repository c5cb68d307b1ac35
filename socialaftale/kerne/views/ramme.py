"""Front page, guide, legal pages and the small addresses the frame needs."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from socialaftale.kerne import registre
from socialaftale.kerne.adgang import indlogget, kraev, offentlig
from socialaftale.kerne.datamappe import logofil
from socialaftale.kerne.hatte import SESSIONSNOEGLE
from socialaftale.kerne.models import Job, Opsaetning


@kraev(offentlig)
@require_GET
def farver_css(request: HttpRequest) -> HttpResponse:
    """The installation's own colour as CSS custom properties (the CSP forbids inline style)."""
    svar = HttpResponse(
        render_to_string("grund/farver.css", {"opsaetning": Opsaetning.hent()}), content_type="text/css; charset=utf-8"
    )
    # An answer to someone logged in may carry their session cookie: never in a shared cache.
    delt = {"private": True} if request.adgang.er_indlogget else {"public": True}
    patch_cache_control(svar, max_age=3600, **delt)
    return svar


@kraev(offentlig)
@require_GET
def logo(request: HttpRequest) -> FileResponse:
    """The mark of the folder of data; shown as a picture only, so a script in an SVG never runs."""
    fil = logofil()
    if fil is None:
        raise Http404
    svar = FileResponse(fil.open("rb"), content_type="image/png" if fil.suffix == ".png" else "image/svg+xml")
    delt = {"private": True} if request.adgang.er_indlogget else {"public": True}
    patch_cache_control(svar, max_age=86400, **delt)
    return svar


@kraev(offentlig)
@require_GET
def tilgaengelighed(request: HttpRequest) -> HttpResponse:
    return render(request, "grund/tilgaengelighed.html", {"broedkrummer": [("Tilgængelighedserklæring", None)]})


@kraev(offentlig)
@require_GET
def was(request: HttpRequest) -> HttpResponse:
    """The address the law expects: on to the statement in WAS-Tool when there is one, else our page."""
    return redirect(settings.WAS_URL or Opsaetning.hent().was_url or "kerne:tilgaengelighed")


@kraev(offentlig)
@require_GET
def privatliv(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "grund/privatliv.html",
        {
            "broedkrummer": [("Privatlivspolitik og cookies", None)],
            "session_timer": settings.SESSION_COOKIE_AGE // 3600,
        },
    )


@kraev(indlogget)
def skift_hat(request: HttpRequest) -> HttpResponse:
    """Choose which organisation and hat to act for in this session."""
    if request.method == "POST":
        valgt = request.POST.get("hat", "")
        if valgt not in {mulighed.noegle for mulighed in request.adgang.muligheder}:
            raise Http404
        request.session[SESSIONSNOEGLE] = valgt
        naeste = request.POST.get("next", "")
        sikker = url_has_allowed_host_and_scheme(naeste, {request.get_host()}, request.is_secure())
        return redirect(naeste if sikker else "kerne:forside")
    return render(
        request,
        "grund/skift_hat.html",
        {"broedkrummer": [("Skift rolle", None)], "naeste": request.GET.get("next", "")},
    )


@kraev(indlogget)
@require_POST
def hold_i_live(request: HttpRequest) -> JsonResponse:
    """Extend the session; the time-out dialogue calls it."""
    request.session.modified = True
    return JsonResponse({"sekunder": settings.SESSION_COOKIE_AGE})


@kraev(offentlig)
@require_GET
def forside(request: HttpRequest) -> HttpResponse:
    """Each role's own next steps; the public gets the way in to what is published."""
    i_dag = timezone.localdate()
    skridt = [s for panel in registre.paneler for s in panel.skridt(request.adgang, i_dag)]
    kommende = sorted(
        (k for panel in registre.paneler for k in panel.kommende(request.adgang, i_dag)), key=lambda k: k.dato
    )
    skabelon = "grund/forside.html" if request.adgang.er_indlogget else "grund/forside_offentlig.html"
    return render(request, skabelon, {"skridt": skridt, "kommende": kommende, "i_dag": i_dag})


@kraev(indlogget)
@require_GET
def job(request: HttpRequest, pk: str) -> HttpResponse:
    """Progress of a job; without JavaScript a link shows it again."""
    posten = _job(request, pk)
    return render(request, "grund/job.html", {"job": posten, "broedkrummer": [(posten.titel, None)]})


@kraev(indlogget)
@require_GET
def job_status(request: HttpRequest, pk: str) -> JsonResponse:
    posten = _job(request, pk)
    return JsonResponse(
        {
            "tilstand": posten.tilstand,
            "tekst": posten.get_tilstand_display(),
            "procent": posten.procent,
            "besked": posten.besked,
            "fejl": posten.fejl,
            "url": posten.resultat_url,
        }
    )


def _job(request: HttpRequest, pk: str) -> Job:
    return get_object_or_404(Job.objects.synlige_for(request.adgang).select_related("dokument"), pk=pk)
