"""Delivery of issued documents to those who may see them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from socialaftale.kerne import svar
from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.models import Dokument


@kraev(offentlig)
@require_GET
def hent(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored file; `?vis` opens it in the browser instead of saving it."""
    dokument = get_object_or_404(Dokument.objects.synlige_for(request.adgang), pk=pk)
    return svar.dokument(dokument, vis="vis" in request.GET)
