"""Writing a proposal's draft: two colleagues may do so at once, and nothing either typed is lost."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from socialaftale.kerne.adgang import Adgang, kraev, kun_driftsherre
from socialaftale.kerne.forloeb import UlovligOvergang
from socialaftale.kerne.formularer import Fejl, saml_fejl, svar_for_sent
from socialaftale.kerne.konflikt import Versionskonflikt
from tilbud import handlinger
from tilbud.enums import Forslagstilstand
from tilbud.forms import ForslagForm
from tilbud.handlinger.forslag import skrevet
from tilbud.konflikt import Konfliktlinje, find_forslagskonflikter, med_gemte_valg
from tilbud.models import Tilbud, Tilbudsforslag


@kraev(kun_driftsherre)
@require_http_methods(["GET", "POST"])
def skriv(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a proposal for one's own *tilbud*, or go on with the draft there is."""
    adgang: Adgang = request.adgang
    egne = Tilbud.objects.synlige_for(adgang).for_driftsherre(adgang.organisation)
    tilbud = get_object_or_404(egne, slug=slug)
    aabent = Tilbudsforslag.objects.synlige_for(adgang).aabne().filter(tilbud=tilbud).first()
    if request.method == "GET":
        if aabent and aabent.tilstand == Forslagstilstand.INDSENDT:
            messages.info(request, "Forslaget er indsendt. Træk det tilbage, hvis du vil rette i det.")
            return redirect(aabent)
        return _skriveside(request, tilbud, aabent, _kladdens_formular(tilbud, aabent))
    return _gem(request, tilbud, aabent)


def _gem(request: HttpRequest, tilbud: Tilbud, aabent: Tilbudsforslag | None) -> HttpResponse:
    data, _ = med_gemte_valg(request.POST, _kladdens_formular(tilbud, aabent))
    formular = ForslagForm(data, instance=Tilbud.objects.get(pk=tilbud.pk))
    gyldig = formular.is_valid()
    set_forslag, set_version = (formular.cleaned_data.get(navn) for navn in ("forslag", "version"))
    if aabent is None and set_forslag:
        return _kan_ikke_rettes(request, tilbud, formular)
    if aabent and aabent.tilstand == Forslagstilstand.INDSENDT:
        return _kan_ikke_rettes(request, tilbud, formular)
    if not gyldig:
        return _skriveside(request, tilbud, aabent, formular, fejl=saml_fejl([formular]))
    # Another draft than the one the page showed has not been seen at all.
    version = set_version or 0 if aabent and aabent.pk == set_forslag else 0
    indhold = {"felter": formular.felter(), "begrundelse": formular.cleaned_data["begrundelse"]}
    try:
        if aabent:
            forslag = handlinger.ret_forslag(aabent, adgang=request.adgang, version=version, **indhold)
        else:
            forslag = handlinger.opret_forslag(tilbud, adgang=request.adgang, **indhold)
    except ValidationError as fejl:
        return _skriveside(request, tilbud, aabent, formular, fejl=[Fejl(tekst) for tekst in fejl.messages])
    except UlovligOvergang:
        return _kan_ikke_rettes(request, tilbud, formular)
    except Versionskonflikt as konflikt:
        linjer = find_forslagskonflikter(konflikt.nyeste, aabnet_version=version, **indhold)
        return _konfliktside(request, konflikt.nyeste, data, linjer)
    messages.success(request, "Din kladde er gemt. Forslaget er ikke indsendt endnu.")
    return redirect(forslag)


def _kladdens_formular(tilbud: Tilbud, forslag: Tilbudsforslag | None) -> ForslagForm:
    """The form as it opens: the register with what the draft says on top."""
    kladde = {**skrevet(forslag), "forslag": forslag.pk, "version": forslag.version} if forslag else {}
    return ForslagForm(instance=tilbud, initial=kladde)


def _konfliktside(
    request: HttpRequest, forslag: Tilbudsforslag, data: QueryDict, linjer: list[Konfliktlinje]
) -> HttpResponse:
    """409: what a colleague has saved beside what was typed; saving from here is on top of the newest version."""
    data = data.copy()
    data["forslag"], data["version"] = str(forslag.pk), str(forslag.version)
    formular = ForslagForm(data, instance=Tilbud.objects.get(pk=forslag.tilbud_id))
    formular.is_valid()
    fejl = [] if linjer else [Fejl("Kladden er ændret, mens du skrev. Se oplysningerne igennem, og gem igen.")]
    return _skriveside(request, forslag.tilbud, forslag, formular, fejl=fejl, konflikter=linjer, status=409)


def _kan_ikke_rettes(request: HttpRequest, tilbud: Tilbud, formular: ForslagForm) -> HttpResponse:
    """409: the draft was submitted, withdrawn or decided meanwhile; nothing typed is lost."""
    nyeste = Tilbudsforslag.objects.synlige_for(request.adgang).filter(tilbud=tilbud).first()
    videre = ((nyeste or tilbud).get_absolute_url(), "Se, hvordan det ser ud nu")
    return svar_for_sent(
        request,
        formular,
        {"broedkrummer": _skrivekrummer(tilbud), "videre": videre},
        titel="Forslaget kan ikke rettes nu",
        forklaring="Forslaget er indsendt, trukket tilbage eller afgjort, mens du skrev. Dine oplysninger står "
        "nedenfor, så du kan kopiere dem.",
    )


def _skriveside(
    request: HttpRequest,
    tilbud: Tilbud,
    forslag: Tilbudsforslag | None,
    formular: ForslagForm,
    *,
    fejl: list[Fejl] | None = None,
    konflikter: list[Konfliktlinje] | None = None,
    status: int | None = None,
) -> HttpResponse:
    kontekst = {
        "tilbud": tilbud,
        "formular": formular,
        "konflikter": konflikter or [],
        "fortryd_url": (forslag or tilbud).get_absolute_url(),
        "fejl": fejl or [],
        "har_fejl": bool(fejl or konflikter),
        "broedkrummer": _skrivekrummer(tilbud),
    }
    return render(request, "tilbud/foreslaa.html", kontekst, status=status or (422 if fejl else 200))


def _skrivekrummer(tilbud: Tilbud) -> list[tuple[str, str | None]]:
    return [
        ("Overblik", "/"),
        ("Tilbud", reverse("tilbud:liste")),
        (tilbud.navn, tilbud.get_absolute_url()),
        ("Foreslå ændring", None),
    ]
