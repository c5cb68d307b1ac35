"""Delivery of built files over HTTP; building them is elsewhere."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header

from socialaftale.kerne.models import Dokument


def fil(navn: str, mimetype: str, data: bytes, *, vis: bool = False) -> HttpResponse:
    """Answer with a file; `vis` lets the browser open it instead of saving it."""
    svar = HttpResponse(data, content_type=mimetype)
    svar.headers["Content-Disposition"] = content_disposition_header(not vis, navn)
    svar.headers["X-Content-Type-Options"] = "nosniff"
    return svar


def dokument(dok: Dokument, *, vis: bool = False) -> HttpResponse:
    """Answer with an issued file, its bytes checked against the sha256."""
    svar = fil(dok.filnavn, dok.mimetype, dok.laes(), vis=vis)
    svar.headers["ETag"] = f'"{dok.sha256}"'
    return svar


def offentligt_dokument(request: HttpRequest, dok: Dokument) -> HttpResponse:
    """Answer with a published file at an address that stays; `?hent` saves it instead of showing it."""
    uaendret = get_conditional_response(request, etag=f'"{dok.sha256}"')
    return _spoerg_igen(request, uaendret or dokument(dok, vis="hent" not in request.GET))


def offentlig_fil(request: HttpRequest, navn: str, mimetype: str, data: bytes) -> HttpResponse:
    """The same for a public file that is made when it is asked for."""
    etag = f'"{hashlib.sha256(data).hexdigest()}"'
    resultat = get_conditional_response(request, etag=etag) or fil(navn, mimetype, data, vis="hent" not in request.GET)
    resultat.headers["ETag"] = etag
    return _spoerg_igen(request, resultat)


def _spoerg_igen(request: HttpRequest, resultat: HttpResponse) -> HttpResponse:
    """The address may get a newer version: a browser asks each time, and is told when nothing has changed.

    Never in a shared cache for someone logged in: the answer may carry their session cookie.
    """
    delt = {"private": True} if request.adgang.er_indlogget else {"public": True}
    patch_cache_control(resultat, no_cache=True, **delt)
    return resultat


def vil_have_json(request: HttpRequest) -> bool:
    """Does a script ask (autosave, progress), and not a person who looks at a page?"""
    if request.content_type == "application/json":
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
