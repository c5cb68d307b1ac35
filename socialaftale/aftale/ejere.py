"""The owners of texts that the shared views serve, by name space."""

from __future__ import annotations

from django.http import HttpRequest

from socialaftale.aftale.models import Aftale, Styringsaftale

EJERE: dict[str, type[Aftale] | type[Styringsaftale]] = {model.navnerum: model for model in (Aftale, Styringsaftale)}


def ejermodel(request: HttpRequest) -> type[Aftale] | type[Styringsaftale]:
    """Whose pages the address belongs to."""
    return EJERE[request.resolver_match.namespace]
