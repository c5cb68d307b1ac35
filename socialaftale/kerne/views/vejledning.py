"""The guide: one short Danish page per role."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.enums import Hat, Rolle

# Slug, title and for whom; the text is the template of the same name.
SIDER = (
    ("sekretariat", "For sekretariatet", "Runder, kontrol, aftaletekst, udgivelse og brugere."),
    ("indberetter", "For dig, der indberetter takster", "Fra tomt skema til indsendt takst."),
    ("godkender", "For dig, der godkender takster", "Kontrollér og indsend på driftsherrens vegne."),
    ("myndighed", "For myndigheden i kommunen", "Find tilbud, se takster og centrale udmeldinger."),
    ("das", "For DAS og forretningsudvalget", "Overblik over kapacitet, takster og aftaler."),
    ("laeser", "For KKR og andre læsere", "Læs aftalen, og find tallene bag."),
    ("offentlig", "For alle", "Det kan du se uden at logge på."),
)
_TITLER = {slug: titel for slug, titel, _ in SIDER}


def egen_side(adgang) -> str:
    """The page that fits the present hat best."""
    if adgang.er_sekretariat:
        return "sekretariat"
    if adgang.har(Rolle.DRIFTSHERRE_INDBERETTER, Rolle.PRIVAT_DRIFTSHERRE):
        return "indberetter"
    if adgang.har(Rolle.DRIFTSHERRE_GODKENDER):
        return "godkender"
    if adgang.hat == Hat.MYNDIGHED:
        return "myndighed"
    if adgang.har(Rolle.DAS_MEDLEM, Rolle.FU_MEDLEM):
        return "das"
    return "laeser" if adgang.er_indlogget else "offentlig"


@kraev(offentlig)
@require_GET
def oversigt(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "vejledning/oversigt.html",
        {"sider": SIDER, "egen": egen_side(request.adgang), "broedkrummer": [("Vejledning", None)]},
    )


@kraev(offentlig)
@require_GET
def side(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in _TITLER:
        raise Http404
    vejledning = reverse("kerne:vejledning")
    return render(
        request,
        f"vejledning/{slug}.html",
        {
            "sidetitel": _TITLER[slug],
            "broedkrummer": [("Vejledning", vejledning), (_TITLER[slug], None)],
            "sidemenu": [
                (titel, reverse("kerne:vejledning_side", kwargs={"slug": navn}), navn == slug, [])
                for navn, titel, _ in SIDER
            ],
        },
    )
