"""Middleware of the ground floor: reference number, caching, access, life of the log-in, second factor."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers

from socialaftale.kerne.enums import TOTP_ROLLER
from socialaftale.kerne.hatte import adgang_for_request
from socialaftale.kerne.hukommelse import forespoergslens_hukommelse
from socialaftale.kerne.sessioner import forlaeng_hvis_brugt
from socialaftale.kerne.svar import vil_have_json

logger = logging.getLogger(__name__)
Svar = Callable[[HttpRequest], HttpResponse]


class ReferenceMiddleware:
    """Gives every request a reference number that error pages show and the log carries, and its own memory."""

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = secrets.token_hex(4)
        with forespoergslens_hukommelse():
            svar = self.get_response(request)
        svar.headers["X-Reference"] = request.reference
        if svar.status_code >= 500:
            logger.error(
                "reference %s: %s %s -> %s", request.reference, request.method, request.path, svar.status_code
            )
        return svar


class AdgangMiddleware:
    """Sets `request.adgang`: who acts, for which organisation, with which roles; work extends the log-in."""

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.adgang = adgang_for_request(request)
        if request.adgang.er_indlogget:
            forlaeng_hvis_brugt(request.session)
        return self.get_response(request)


class CacheMiddleware:
    """What was made for somebody logged in is kept by no shared cache, and asked for anew each time.

    `no-cache` and not `no-store`, so that going back in the browser still finds what was typed; only the pages that
    print secrets of the second factor are kept nowhere. A view's own header (stored public files) stands. Stands
    outside the other middleware, so that redirects to a set-up page and error pages are covered as well.
    """

    HEMMELIGE = ("mfa_",)

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        svar = self.get_response(request)
        adgang = getattr(request, "adgang", None)
        if adgang is None or not adgang.er_indlogget:
            return svar
        sted = request.resolver_match
        if sted and sted.view_name.startswith(self.HEMMELIGE):
            add_never_cache_headers(svar)
        elif not svar.has_header("Cache-Control"):
            patch_cache_control(svar, private=True, no_cache=True)
        patch_vary_headers(svar, ["Cookie"])
        return svar


class TotpKravMiddleware:
    """A user with a role that must have TOTP opens nothing but the set-up pages before they have it.

    Costs others no query, and those with the role one only if this log-in was made without a second factor.
    """

    # What leads to a second factor or out, what the law wants reachable, and what those pages are made of.
    FRIE = frozenset(
        {
            "account_login",
            "account_logout",
            "account_reauthenticate",
            "mfa_index",
            "mfa_activate_totp",
            "kerne:hold_i_live",
            "kerne:farver_css",
            "kerne:tilgaengelighed",
            "kerne:privatliv",
            "kerne:was",
        }
    )

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.KRAEV_TOTP or request.resolver_match.view_name in self.FRIE or not mangler_totp(request):
            return None
        if vil_have_json(request):
            return JsonResponse({"besked": "Slå to-trins-log-på til, før du fortsætter"}, status=403)
        return redirect(reverse("mfa_activate_totp", query={"kraevet": 1}))


def mangler_totp(request: HttpRequest) -> bool:
    """Must this user have a second factor, and is there none?

    Every hat counts, since a role's rights can be put on at any time in the session.
    """
    if not any(mulighed.roller & TOTP_ROLLER for mulighed in request.adgang.muligheder):
        return False
    if any(maade["method"] == "mfa" for maade in get_authentication_records(request, request.user)):
        return False
    return not is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
