"""Error pages in the design, each with a reference number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token


def _side(request: HttpRequest, skabelon: str, status: int) -> HttpResponse:
    return render(request, skabelon, {"reference": getattr(request, "reference", "")}, status=status)


@requires_csrf_token
def fejl_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _side(request, "400.html", 400)


@requires_csrf_token
def fejl_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _side(request, "403.html", 403)


@requires_csrf_token
def fejl_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _side(request, "404.html", 404)


@requires_csrf_token
def fejl_500(request: HttpRequest) -> HttpResponse:
    """Without request context: the database or a context processor may be what failed."""
    return HttpResponse(render_to_string("500.html", {"reference": getattr(request, "reference", "")}), status=500)


@requires_csrf_token
def csrf_fejl(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _side(request, "403_csrf.html", 403)
