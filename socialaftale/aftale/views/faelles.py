"""What all pages of an agreement share: finding it, breadcrumbs, the menu of chapters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from socialaftale.aftale.adgang import maa_laese_kladde
from socialaftale.aftale.ejere import ejermodel
from socialaftale.aftale.hentning import Laesekapitel, Laesning, hent_laesning, rettede_kapitler
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.formularer import Formular, svar_for_sent
from socialaftale.kerne.models import Kapitel

Menupunkter = list[tuple[str, str, bool | str, list[tuple[str, str, bool]]]]


def find_aftale(request: HttpRequest, periode: str) -> Aftale:
    """The agreement if the reader may see it, else 404."""
    synlige = ejermodel(request).objects.synlige_for(request.adgang).for_periode(periode)
    return get_object_or_404(synlige.med_udgaver())


def find_kapitel(aftale: Aftale, noegle: str) -> Kapitel:
    """A chapter as it stands, with who corrected it last."""
    return get_object_or_404(aftale.tekst.kapitler.select_related("rettet_af"), noegle=noegle)


def ret_url(aftale: Aftale, kapitel: Kapitel) -> str:
    return aftale.adresse("ret_kapitel", kapitel.noegle)


def laast(request: HttpRequest, aftale: Aftale, form: Formular) -> HttpResponse:
    """The text stands fast: the way to a new edition; what somebody had typed meanwhile is shown, never lost."""
    forklaring = "Aftalen er hos parterne eller godkendt. Begynd en ny udgave, før teksten ændres."
    if request.method != "POST":
        messages.info(request, f"Teksten ligger fast. {forklaring}")
        return redirect("aftale:godkendelse", periode=aftale.periode)
    kontekst = {
        "videre": (reverse("aftale:godkendelse", args=(aftale.periode,)), "Se aftalens vej"),
        "broedkrummer": krummer(aftale, ("Teksten ligger fast", None)),
    }
    return svar_for_sent(request, form, kontekst, titel="Teksten ligger fast", forklaring=forklaring)


def laes(request: HttpRequest, aftale: Aftale) -> Laesning:
    """The edition, or the draft for those who ask for it and may."""
    return hent_laesning(aftale, kladde="kladde" in request.GET and maa_laese_kladde(request.adgang))


def kapitelmenu(laesning: Laesning, aktivt: str = "") -> Menupunkter:
    """The chapters with the parts of a chapter below it, as `komponenter/sidemenu.html` takes them."""
    menu: Menupunkter = []
    for kapitel in laesning.sider:
        titel, url, er_siden = kapitel.fuld_titel, laesning.kapitel_url(kapitel), kapitel.noegle == aktivt
        if kapitel.niveau == 1 or not menu:
            menu.append((titel, url, "side" if er_siden else False, []))
        else:
            over = menu[-1]
            over[3].append((titel, url, er_siden))
            menu[-1] = (over[0], over[1], over[2] or er_siden, over[3])
    return menu


def krummer(aftale: Aftale, *flere: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [
        (aftale.oversigt[0], reverse(f"{aftale.navnerum}:{aftale.oversigt[1]}")),
        (aftale.titel, aftale.adresse("aftale")),
        *flere,
    ]


def grundkontekst(request: HttpRequest, laesning: Laesning) -> dict[str, Any]:
    """For every reading page: the agreement, where the draft and the edition are, and the secretariat's ways on."""
    aftale = laesning.aftale
    maa_laese = maa_laese_kladde(request.adgang)
    return {
        "aftale": aftale,
        "laesning": laesning,
        "maa_rette": request.adgang.er_sekretariat,
        "er_laast": aftale.er_laast,
        "maa_laese_kladde": maa_laese,
        "har_rettelser": maa_laese and not laesning.er_kladde and bool(rettede_kapitler(aftale, laesning.kapitler)),
        "pdf_url": aftale.adresse("hent_pdf") if aftale.gaeldende_udgave else "",
        "dokument": aftale.gaeldende_udgave.dokument if aftale.gaeldende_udgave else None,
        "hele_url": aftale.hele_adresse + laesning.forespoergsel,
    }


def naboer(laesning: Laesning, kapitel: Laesekapitel) -> dict[str, Any]:
    """The chapters before and after."""
    sider = laesning.sider
    plads = next(i for i, side in enumerate(sider) if side.noegle == kapitel.noegle)

    def punkt(nummer: int) -> dict[str, str] | None:
        if not 0 <= nummer < len(sider):
            return None
        return {"titel": sider[nummer].fuld_titel, "url": laesning.kapitel_url(sider[nummer])}

    return {"forrige": punkt(plads - 1), "naeste": punkt(plads + 1)}
