"""Delivery of built files over HTTP; building them is elsewhere."""

from django.http import HttpRequest, HttpResponse
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


def vil_have_json(request: HttpRequest) -> bool:
    """Does a script ask (autosave, progress), and not a person who looks at a page?"""
    if request.content_type == "application/json":
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
