"""Pages of the administration of users; only the secretariat's administrator opens them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from socialaftale.kerne.adgang import kraev, kun_sekretariat_admin
from socialaftale.kerne.brugere import adgang as regler
from socialaftale.kerne.brugere import handlinger, hentning, oplysninger
from socialaftale.kerne.brugere.filters import Brugerfilter, Loginfilter
from socialaftale.kerne.brugere.forms import (
    AfslutRolleForm,
    BegrundelseForm,
    InvitationForm,
    OplysningerForm,
    RolleForm,
)
from socialaftale.kerne.brugere.mails import Mailfejl
from socialaftale.kerne.brugere.tables import Brugertabel, Logintabel
from socialaftale.kerne.formularer import svar_med_formular, vis_fejl
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.models import Bruger, Haendelse, Loginforsoeg, Medlemskab

VISTE_LOGIN = 20
Krummer = list[tuple[str, str | None]]


@kraev(kun_sekretariat_admin)
class Brugerliste(Listevisning):
    template_name = "brugere/liste.html"
    table_class = Brugertabel
    filterset_class = Brugerfilter
    titel = "Brugere"
    enhed = "bruger,brugere"
    tom_titel = "Der er ingen brugere endnu"

    def get_queryset(self) -> QuerySet[Bruger]:
        return hentning.brugere(self.request.adgang)

    def get_noter(self) -> list[str]:
        return ["Roller er dem, der gælder i dag."]


@kraev(kun_sekretariat_admin)
class Loginliste(Listevisning):
    table_class = Logintabel
    filterset_class = Loginfilter
    titel = "Log-in"
    enhed = "forsøg,forsøg"
    tom_titel = "Ingen har logget på endnu"

    def get_queryset(self) -> QuerySet[Loginforsoeg]:
        return hentning.loginforsoeg(self.request.adgang)

    def get_broedkrummer(self) -> Krummer:
        return [("Overblik", "/"), ("Brugere", reverse("kerne:brugere")), (self.titel, None)]

    def get_noter(self) -> list[str]:
        return ["Forsøg gemmes i et år. Netadressen er forkortet, og ukendte e-mailadresser gemmes ikke."]


@kraev(kun_sekretariat_admin)
@require_GET
def detalje(request: HttpRequest, pk: int) -> HttpResponse:
    """One user: roles with dates, what can be done, log-ins and history."""
    adgang = request.adgang
    bruger = get_object_or_404(hentning.brugere(adgang), pk=pk)
    roller = [
        {
            "medlemskab": medlemskab,
            "kan_afslutte": regler.maa_afslutte_rolle(adgang, medlemskab),
            "kan_traekke": regler.maa_traekke_rolle(adgang, medlemskab),
        }
        for medlemskab in bruger.medlemskaber.select_related("organisation").order_by("-fra", "-pk")
    ]
    login = hentning.loginforsoeg(adgang).filter(bruger=bruger)
    return render(
        request,
        "brugere/detalje.html",
        {
            "bruger": bruger,
            "roller": roller,
            "login": login[:VISTE_LOGIN],
            "ny_email": oplysninger.afventer(bruger),
            "kan_rette": regler.maa_rette(adgang, bruger),
            "kan_give_rolle": regler.maa_give_rolle(adgang, bruger),
            "kan_invitere": regler.maa_invitere_igen(adgang, bruger),
            "kan_lukke": regler.maa_lukke(adgang, bruger),
            "kan_genaabne": regler.maa_genaabne(adgang, bruger),
            "kan_nulstille": bruger.har_totrin and regler.maa_nulstille_totrin(adgang, bruger),
            "haendelser": Haendelse.objects.for_objekt(bruger).synlige_for(adgang),
            "broedkrummer": _krummer(bruger),
        },
    )


@kraev(kun_sekretariat_admin)
@require_http_methods(["GET", "POST"])
def inviter(request: HttpRequest) -> HttpResponse:
    """Invite by e-mail address, with the first roles."""
    formular = InvitationForm(_data(request), adgang=request.adgang)

    def udfoer(data: dict[str, Any]) -> str:
        return f"{handlinger.inviter(adgang=request.adgang, **data)} er inviteret og har fået en mail"

    return _formularside(
        request,
        formular,
        udfoer,
        titel="Inviter bruger",
        indledning="Brugeren får en mail med et link til at vælge adgangskode. Linket virker én gang.",
        knap="Send invitation",
        tilbage=lambda: _efter_invitation(request, formular),
        krummer=_krummer(None, "Inviter"),
        fortryd=reverse("kerne:brugere"),
    )


def _efter_invitation(request: HttpRequest, formular: BaseForm) -> str:
    email = formular.cleaned_data["email"].strip().lower()
    return Bruger.objects.synlige_for(request.adgang).get(email=email).get_absolute_url()


@kraev(kun_sekretariat_admin)
@require_http_methods(["GET", "POST"])
def ret(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct name and e-mail address."""
    bruger = _hent(request, pk)
    formular = OplysningerForm(_data(request), initial={"navn": bruger.navn, "email": bruger.email})

    def udfoer(data: dict[str, Any]) -> str:
        return oplysninger.ret_bruger(bruger, adgang=request.adgang, **data).value

    return _brugerformular(
        request,
        bruger,
        formular,
        udfoer,
        titel=f"Ret {bruger}",
        indledning="Navnet står i historik og kvitteringer. E-mailadressen er den, brugeren logger på med.",
        knap="Gem",
        krumme="Ret",
    )


@kraev(kun_sekretariat_admin)
@require_http_methods(["GET", "POST"])
def giv_rolle(request: HttpRequest, pk: int) -> HttpResponse:
    bruger = _hent(request, pk)

    def udfoer(data: dict[str, Any]) -> str:
        handlinger.giv_rolle(bruger, adgang=request.adgang, **data)
        return f"{bruger} har fået rollen og en mail om den"

    return _brugerformular(
        request,
        bruger,
        RolleForm(_data(request), adgang=request.adgang),
        udfoer,
        titel=f"Giv {bruger} en rolle",
        indledning="En bruger kan have flere roller i flere organisationer, men handler i én ad gangen.",
        knap="Giv rolle",
        krumme="Giv rolle",
    )


@kraev(kun_sekretariat_admin)
@require_http_methods(["GET", "POST"])
def afslut_rolle(request: HttpRequest, pk: int, rolle: int) -> HttpResponse:
    bruger, medlemskab = _hent_rolle(request, pk, rolle)

    def udfoer(data: dict[str, Any]) -> str:
        handlinger.afslut_rolle(medlemskab, adgang=request.adgang, **data)
        return "Rollen har fået en slutdato"

    return _brugerformular(
        request,
        bruger,
        AfslutRolleForm(_data(request), medlemskab=medlemskab),
        udfoer,
        titel=f"Afslut rollen {medlemskab.get_rolle_display()}",
        indledning=f"{bruger} mister adgangen i {medlemskab.organisation.navn} efter den sidste dag.",
        knap="Afslut rolle",
        krumme="Afslut rolle",
    )


@kraev(kun_sekretariat_admin)
@require_http_methods(["GET", "POST"])
def traek_rolle(request: HttpRequest, pk: int, rolle: int) -> HttpResponse:
    bruger, medlemskab = _hent_rolle(request, pk, rolle)

    def udfoer(data: dict[str, Any]) -> str:
        handlinger.traek_rolle(medlemskab, adgang=request.adgang, **data)
        return "Rollen er trukket tilbage"

    return _brugerformular(
        request,
        bruger,
        BegrundelseForm(_data(request)),
        udfoer,
        titel=f"Træk rollen {medlemskab.get_rolle_display()} tilbage",
        indledning=f"Rollen i {medlemskab.organisation.navn} er ikke begyndt endnu. Den bliver fjernet.",
        knap="Træk tilbage",
        krumme="Træk rolle tilbage",
    )


@kraev(kun_sekretariat_admin)
@require_POST
def send_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    bruger = _hent(request, pk)
    try:
        handlinger.send_invitation(bruger, adgang=request.adgang)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    except Mailfejl:
        _sig_mailen_fejlede(request)
    else:
        messages.success(request, f"Invitationen er sendt til {bruger.email}")
    return redirect(bruger)


@kraev(kun_sekretariat_admin)
@require_http_methods(["GET", "POST"])
def luk(request: HttpRequest, pk: int) -> HttpResponse:
    bruger = _hent(request, pk)

    def udfoer(data: dict[str, Any]) -> str:
        handlinger.luk(bruger, adgang=request.adgang, **data)
        return "Kontoen er lukket"

    return _brugerformular(
        request,
        bruger,
        BegrundelseForm(_data(request)),
        udfoer,
        titel=f"Luk {bruger}s konto",
        indledning="Brugeren bliver logget af og kan ikke logge på igen. Roller og historik bliver stående.",
        knap="Luk konto",
        krumme="Luk konto",
    )


@kraev(kun_sekretariat_admin)
@require_http_methods(["GET", "POST"])
def genaabn(request: HttpRequest, pk: int) -> HttpResponse:
    bruger = _hent(request, pk)

    def udfoer(data: dict[str, Any]) -> str:
        handlinger.genaabn(bruger, adgang=request.adgang, **data)
        return "Kontoen er åben igen"

    return _brugerformular(
        request,
        bruger,
        BegrundelseForm(_data(request)),
        udfoer,
        titel=f"Genåbn {bruger}s konto",
        indledning="Brugeren kan logge på igen med de roller, hvis datoer stadig gælder.",
        knap="Genåbn",
        krumme="Genåbn konto",
    )


@kraev(kun_sekretariat_admin)
@require_http_methods(["GET", "POST"])
def nulstil_totrin(request: HttpRequest, pk: int) -> HttpResponse:
    bruger = _hent(request, pk)

    def udfoer(data: dict[str, Any]) -> str:
        handlinger.nulstil_totrin(bruger, adgang=request.adgang, **data)
        return "To-trins-log-på er nulstillet, og brugeren har fået en mail"

    return _brugerformular(
        request,
        bruger,
        BegrundelseForm(_data(request)),
        udfoer,
        titel=f"Nulstil {bruger}s to-trins-log-på",
        indledning="Gør det kun, når du er sikker på, hvem der spørger. Brugeren logges af og slår det til igen selv.",
        knap="Nulstil",
        krumme="Nulstil to-trins-log-på",
    )


def _data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _hent(request: HttpRequest, pk: int) -> Bruger:
    return get_object_or_404(Bruger.objects.synlige_for(request.adgang), pk=pk)


def _hent_rolle(request: HttpRequest, pk: int, rolle: int) -> tuple[Bruger, Medlemskab]:
    bruger = _hent(request, pk)
    return bruger, get_object_or_404(bruger.medlemskaber.select_related("bruger", "organisation"), pk=rolle)


def _krummer(bruger: Bruger | None, side: str = "") -> Krummer:
    krummer: Krummer = [("Overblik", "/"), ("Brugere", reverse("kerne:brugere"))]
    if bruger:
        krummer.append((bruger.navn, bruger.get_absolute_url() if side else None))
    return [*krummer, (side, None)] if side else krummer


def _brugerformular(
    request: HttpRequest,
    bruger: Bruger,
    formular: BaseForm,
    udfoer: Callable[[dict[str, Any]], str],
    *,
    krumme: str,
    **tekster: str,
) -> HttpResponse:
    return _formularside(
        request,
        formular,
        udfoer,
        tilbage=bruger.get_absolute_url,
        krummer=_krummer(bruger, krumme),
        fortryd=bruger.get_absolute_url(),
        **tekster,
    )


def _formularside(
    request: HttpRequest,
    formular: BaseForm,
    udfoer: Callable[[dict[str, Any]], str],
    *,
    titel: str,
    indledning: str,
    knap: str,
    tilbage: Callable[[], str],
    krummer: Krummer,
    fortryd: str,
) -> HttpResponse:
    """One form, one step: show it, do it and tell the outcome, or show it again with what the step objected to."""
    if request.method == "POST" and formular.is_valid():
        try:
            besked = udfoer(formular.cleaned_data)
        except ValidationError as fejl:
            vis_fejl(formular, fejl)
        except Mailfejl:
            _sig_mailen_fejlede(request)
            return redirect(tilbage())
        else:
            messages.success(request, besked)
            return redirect(tilbage())
    return svar_med_formular(
        request,
        "brugere/formular.html",
        [formular],
        {
            "titel": titel,
            "indledning": indledning,
            "knap": knap,
            "formular": formular,
            "fortryd_url": fortryd,
            "broedkrummer": krummer,
        },
    )


def _sig_mailen_fejlede(request: HttpRequest) -> None:
    messages.warning(request, "Ændringen er gemt, men mailen kunne ikke sendes. Prøv igen, eller giv selv besked.")
