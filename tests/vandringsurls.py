"""The product's URLs for the permission walk, with an error page drawn once per reader and status.

The page of a 403 or a 404 is the same whatever was refused, and most of what the walk meets is refusals: after the
first of each, the bare status is the answer.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from socialaftale import urls
from socialaftale.kerne.views import fejl
from socialaftale.urls import handler400, handler500  # noqa: F401 - Django asks for them by name

urlpatterns = urls.urlpatterns
# The statuses whose page this reader has seen; the walk empties it for each.
tegnede: set[int] = set()


def _en_gang(status: int, side: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def svar(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        if status in tegnede:
            return HttpResponse(status=status)
        tegnede.add(status)
        return side(request, exception)

    return svar


handler403 = _en_gang(403, fejl.fejl_403)
handler404 = _en_gang(404, fejl.fejl_404)
