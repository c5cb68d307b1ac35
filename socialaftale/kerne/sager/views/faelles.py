"""What the pages of cases share."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from socialaftale.kerne.formularer import Fejl, saml_fejl
from socialaftale.kerne.models import Sag
from socialaftale.kerne.sager.register import Sagsart, art_af


def hent_sag(request: HttpRequest, nummer: str) -> Sag:
    """The case, or 404 when the reader may not see it."""
    return get_object_or_404(Sag.objects.synlige_for(request.adgang).til_side(), nummer=nummer)


def sendt(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also an empty POST is an answer that must be judged."""
    return request.POST if request.method == "POST" else None


def filer(request: HttpRequest) -> MultiValueDict | None:
    return request.FILES if request.method == "POST" else None


def krummer(*led: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [("Overblik", "/"), ("Sager", reverse("sager:liste")), *led]


def sagskrummer(sag: Sag, *mere: str) -> list[tuple[str, str | None]]:
    if not mere:
        return krummer((sag.nummer, None))
    return krummer((sag.nummer, sag.get_absolute_url()), *((titel, None) for titel in mere))


def for_sent(request: HttpRequest, sag: Sag) -> HttpResponse:
    """Somebody was faster: the page is shown as the case is now."""
    messages.warning(request, "Sagen er ændret af en anden. Her er den, som den ser ud nu.")
    return redirect(sag)


def laeg_fejl_paa(formular: BaseForm, fejl: ValidationError) -> None:
    """An action's message at the field it is about, else above the form."""
    if hasattr(fejl, "error_dict"):
        for felt, beskeder in fejl.message_dict.items():
            for besked in beskeder:
                formular.add_error(felt if felt in formular.fields else None, besked)
    else:
        for besked in fejl.messages:
            formular.add_error(None, besked)


def trinside(
    request: HttpRequest,
    sag: Sag,
    formular: BaseForm,
    *,
    titel: str,
    indledning: str,
    knap: str,
    **mere: Any,
) -> HttpResponse:
    """A step on a page of its own, with a small form."""
    fejl: list[Fejl] = saml_fejl([formular])
    art: Sagsart = art_af(sag)
    return render(
        request,
        "sager/trin.html",
        {
            "sag": sag,
            "art": art,
            "titel": titel,
            "indledning": indledning,
            "knap": knap,
            "formular": formular,
            "har_filer": formular.is_multipart(),
            "fortryd_url": sag.get_absolute_url(),
            "fejl": fejl,
            "har_fejl": bool(fejl),
            "broedkrummer": sagskrummer(sag, titel),
            **mere,
        },
        status=422 if fejl else 200,
    )
