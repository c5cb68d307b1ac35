"""The secretariat's page for an objectively financed ydelse: nothing is saved before its effect has been shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from socialaftale.kerne.adgang import kraev, kun_sekretariat
from socialaftale.kerne.formularer import Fejl, saml_fejl
from socialaftale.kerne.konflikt import Versionskonflikt, laes_version
from takster.beregning.fund import Fund
from takster.beregning.objektiv import (
    Fordeling,
    Fordelingsgrundlag,
    deltagerfelt,
    fordel_objektivt,
    kontroller_grundlag,
    virkninger,
)
from takster.beregning.trin import Beregningsfejl
from takster.forms.koebere import med_flere_raekker
from takster.forms.objektiv import PRAEFIKS, Deltagerformular, Deltagersaet, Fordelingsformular, aftryk
from takster.handlinger import objektiv as handlinger
from takster.koebere import mulige_koebere
from takster.models import Objektivfordeling
from takster.models.objektiv import OBJEKTIVE_FORMER
from takster.views.faelles import trinlinjer
from tilbud.enums import Finansieringsform
from tilbud.models import Ydelse

TILFOEJ, BEKRAEFT = "tilfoej", "bekraeft"
_AAR = range(2000, 2100)


@kraev(kun_sekretariat)
def ret(request: HttpRequest, ydelse: int, aar: int) -> HttpResponse:
    """Fill in, see the effect, confirm; a new year begins with the rows of the one before."""
    fundet = get_object_or_404(
        Ydelse.objects.synlige_for(request.adgang).select_related("tilbud"),
        pk=ydelse,
        finansieringsform__in=OBJEKTIVE_FORMER,
    )
    if aar not in _AAR:
        raise Http404("No such year.")
    side = _Side(request, fundet, aar)
    return side.post() if request.method == "POST" else side.tom()


class _Side:
    """One request to the page of a ydelse and a year."""

    def __init__(self, request: HttpRequest, ydelse: Ydelse, aar: int) -> None:
        self.request, self.ydelse, self.aar = request, ydelse, aar
        self.er_lovbestemt = ydelse.finansieringsform == Finansieringsform.LOVBESTEMT
        hidtil = Objektivfordeling.objects.filter(ydelse=ydelse, aar__lte=aar).select_related("ydelse")
        nyeste = hidtil.med_deltagere().order_by("-aar").first()
        self.gemt = nyeste if nyeste and nyeste.aar == aar else None
        self.forlaeg = nyeste

    def tom(self) -> HttpResponse:
        return self.vis(self._formular(), self._saet())

    def _formular(self, data: Any = None) -> Fordelingsformular:
        navne = ("omkostning", "overskud", "noegletype", "noeglenavn", "noeglekilde", "noegledato")
        if self.gemt:
            start = {navn: getattr(self.gemt, navn) for navn in navne}
        elif self.forlaeg:
            # Amounts and the date of the key are the year's own.
            start = {navn: getattr(self.forlaeg, navn) for navn in ("noegletype", "noeglenavn", "noeglekilde")}
        else:
            start = {}
        start["version"] = self.gemt.version if self.gemt else 0
        return Fordelingsformular(data, initial=start, er_lovbestemt=self.er_lovbestemt)

    def _saet(self, data: Any = None) -> Deltagersaet:
        if self.forlaeg:
            gemte = [
                {"kommune": en.kommune_id, "noegletal": en.noegletal, "er_med": en.er_med}
                for en in self.forlaeg.deltagere.all()
            ]
        else:
            parter = mulige_koebere().filter(er_part=True).values_list("pk", flat=True)
            gemte = [{"kommune": pk, "noegletal": None, "er_med": True} for pk in parter]
        return Deltagerformular(data, gemte=gemte, er_lovbestemt=self.er_lovbestemt)

    def post(self) -> HttpResponse:
        data = self.request.POST
        if TILFOEJ in data:
            # Asking for more rows judges nothing yet.
            saet = self._saet(med_flere_raekker(data.dict(), praefiks=PRAEFIKS))
            formular = self._formular(data)
            for en in (formular, *saet.forms):
                en.is_valid()
                en._errors.clear()
            return self.vis(formular, saet)
        formular, saet = self._formular(data), self._saet(data)
        if not (formular.is_valid() & saet.is_valid()):
            return self.vis(formular, saet, status=422)
        felter, deltagere = formular.felter(), saet.deltagere()
        grundlag = handlinger.som_grundlag(self.ydelse, felter, deltagere)
        if fund := kontroller_grundlag(grundlag):
            return self.vis(formular, saet, status=422, fejl=self._vis_fund(fund, formular, saet))
        vist = aftryk(felter, deltagere)
        if data.get("handling") == BEKRAEFT and data.get("vist") == vist:
            version = laes_version(data.get("version"))
            try:
                handlinger.gem_fordeling(
                    self.ydelse,
                    self.aar,
                    adgang=self.request.adgang,
                    version=version,
                    felter=felter,
                    deltagere=deltagere,
                )
            except Versionskonflikt as konflikt:
                return self._konflikt(konflikt.nyeste, formular, saet)
            except ValidationError as fejl:
                return self.vis(formular, saet, status=422, fejl=[Fejl(tekst) for tekst in fejl.messages])
            messages.success(self.request, f"Fordelingen for {self.aar} er gemt.")
            return redirect(self.ydelse)
        return self.vis(formular, saet, **self._virkning(grundlag, vist))

    def _virkning(self, grundlag: Fordelingsgrundlag, vist: str) -> dict[str, Any]:
        """T12: what the change means for each municipality, and the mark of what is shown."""
        efter = fordel_objektivt(grundlag)
        return {
            "fordeling": efter,
            "virkninger": virkninger(self._foer(grundlag), efter),
            "foer_navn": "Nu (kr.)" if self.gemt or not self.forlaeg else f"Med dem fra {self.forlaeg.aar} (kr.)",
            "trin": trinlinjer(efter.trin),
            "vist": vist,
            "er_rettet": self.request.POST.get("handling") == BEKRAEFT,
        }

    def _foer(self, grundlag: Fordelingsgrundlag) -> Fordeling | None:
        """What is saved; in a new year the same cost on last year's members, so that only opting in and out shows."""
        if self.gemt or not self.forlaeg:
            return self.gemt.fordelt() if self.gemt else None
        sidst = {en.kommune_id for en in self.forlaeg.deltagere.all() if en.er_med}
        deltagere = [replace(en, er_med=en.kommune in sidst) for en in grundlag.deltagere]
        try:
            return fordel_objektivt(replace(grundlag, deltagere=deltagere))
        except Beregningsfejl:
            # One of them has no key value this year.
            return None

    def _konflikt(self, nyeste: Objektivfordeling, formular: Fordelingsformular, saet: Deltagersaet) -> HttpResponse:
        """A colleague saved first: what was typed stands, and its effect is told against what is saved by now."""
        self.gemt = Objektivfordeling.objects.med_deltagere().select_related("ydelse").filter(pk=nyeste.pk).first()
        felter, deltagere = formular.felter(), saet.deltagere()
        virkning = self._virkning(handlinger.som_grundlag(self.ydelse, felter, deltagere), aftryk(felter, deltagere))
        return self.vis(formular, saet, status=409, konflikt=True, **{**virkning, "er_rettet": False})

    def _vis_fund(self, fund: list[Fund], formular: Fordelingsformular, saet: Deltagersaet) -> list[Fejl]:
        """Findings at their boxes; those on the whole list stand in the summary only."""
        raekker = {deltagerfelt(en.kommune): saet.raekke_for(en.kommune) for en in saet.deltagere()}
        uden_felt = []
        for et in fund:
            raekke = raekker.get(et.felt)
            if raekke is not None:
                raekke.add_error("noegletal", et.tekst)
            elif et.felt in formular.fields:
                formular.add_error(et.felt, et.tekst)
            else:
                uden_felt.append(Fejl(et.tekst))
        return [*uden_felt, *saml_fejl([formular, *saet.forms])]

    def vis(
        self,
        formular: Fordelingsformular,
        saet: Deltagersaet,
        *,
        status: int = 200,
        fejl: list[Fejl] | None = None,
        **mere: Any,
    ) -> HttpResponse:
        if status == 422 and fejl is None:
            fejl = [*saml_fejl([formular, *saet.forms]), *(Fejl(str(tekst)) for tekst in saet.non_form_errors())]
        tilbud = self.ydelse.tilbud
        kontekst = {
            "ydelse": self.ydelse,
            "tilbud": tilbud,
            "aar": self.aar,
            "formular": formular,
            "saet": saet,
            "version": self.gemt.version if self.gemt else 0,
            "hentet_fra": self.forlaeg.aar if self.forlaeg and not self.gemt else None,
            "er_lovbestemt": self.er_lovbestemt,
            "fejl": fejl or [],
            "har_fejl": bool(fejl),
            "broedkrummer": [
                ("Overblik", "/"),
                ("Tilbud", reverse("tilbud:liste")),
                (tilbud.navn, tilbud.get_absolute_url()),
                (self.ydelse.navn, self.ydelse.get_absolute_url()),
                (f"Fordeling {self.aar}", None),
            ],
            **mere,
        }
        return render(self.request, "takster/objektiv/ret.html", kontekst, status=status)
