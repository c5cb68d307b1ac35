"""Pages that exist only in the tests: a list, a form and a grid of figures (`@pytest.mark.urls`)."""

from __future__ import annotations

from decimal import Decimal

import django_filters
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from socialaftale.kerne import tables
from socialaftale.kerne.adgang import kraev, offentlig
from socialaftale.kerne.enums import Organisationstype
from socialaftale.kerne.formularer import (
    BeloebField,
    Formular,
    HeltalField,
    ProcentField,
    TekstomraadeField,
    saml_fejl,
)
from socialaftale.kerne.lister import Listevisning
from socialaftale.kerne.models import Organisation
from socialaftale.urls import urlpatterns as produktets


class Tabel(tables.Tabel):
    navn = tables.Kolonne(verbose_name="Navn", linkify=lambda record: f"/o/{record.slug}/")
    type = tables.Tilstandskolonne(verbose_name="Type")
    raekkefoelge = tables.Talkolonne(verbose_name="Pladser")
    handling = tables.Kolonne(empty_values=(), exclude_from_export=True, orderable=False)

    class Meta:
        model = Organisation
        fields = ("navn", "type", "raekkefoelge", "handling")
        order_by = "navn"

    def render_handling(self) -> str:
        return "Redigér"


class Filter(django_filters.FilterSet):
    soeg = django_filters.CharFilter(field_name="navn", lookup_expr="icontains", label="Søg")
    type = django_filters.MultipleChoiceFilter(choices=Organisationstype, label="Type")
    part = django_filters.BooleanFilter(field_name="er_part", label="Part i aftalen")
    antal = django_filters.RangeFilter(field_name="raekkefoelge", label="Pladser")

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()


@kraev(offentlig)
class Liste(Listevisning):
    table_class = Tabel
    filterset_class = Filter
    titel = "Døgntilbud på Øen"
    enhed = "organisation,organisationer"
    tom_titel = "Der er ingen organisationer endnu"

    def get_queryset(self):
        return Organisation.objects.filter(slug__startswith="organisation-")

    def get_noter(self) -> list[str]:
        return ["Kilde: prøve"]

    def tom_handling(self) -> tuple[str, str]:
        return "/opret/", "Opret organisation"


class Skema(Formular):
    loen = BeloebField(label="Løn", decimaler=0, required=False)
    vikarer = BeloebField(label="Vikarer", decimaler=0, required=False)
    renter = BeloebField(label="Renteindtægter", decimaler=0, required=False)
    pladser = HeltalField(label="Antal pladser")
    belaegning = ProcentField(label="Forventet belægning")
    note = TekstomraadeField(label="Bemærkninger", required=False)


SKEMA = """{% extends "base.html" %}{% load dansk static %}
{% block titel %}Skema{% endblock %}
{% block stilark %}<link rel="stylesheet" href="{% static "app/takster.css" %}">{% endblock %}
{% block indhold %}<h1>Skema</h1>
<form method="post" novalidate data-vogt data-graense="5" data-autogem-url="/proeve/autogem/{{ ende }}"
 data-autogem-sekunder="1" data-takst-kapacitet="#id_pladser" data-takst-belaegning="#id_belaegning"
 data-takst-dage="365" data-takst-forrige="4438.89">{% csrf_token %}
<input type="hidden" name="version" value="0">
<div class="skemalayout"><div>
{{ form.pladser.as_field_group }}{{ form.belaegning.as_field_group }}
<div class="skemastatus" data-skema-status hidden><span role="status"></span>
<button type="button" class="function-link" data-skema-fortryd>Fortryd indsætning</button></div>
{% for gruppe, felter in grupper %}<table class="table table--compact skema" data-skema>
<thead><tr><th scope="col">Udgift</th><th scope="col" class="tal">2026 (kr.)</th>
<th scope="col" class="tal">2027 (kr.)</th><th scope="col" class="tal">Ændring (%)</th></tr></thead><tbody>
{% for felt, foer in felter %}<tr data-foer="{{ foer }}"><th scope="row">
<label for="{{ felt.id_for_label }}">{{ felt.label }}</label></th>
<td class="tal">{{ foer|kr:0 }}</td><td>{{ felt.som_celle }}</td><td class="tal" data-aendring></td></tr>
{% endfor %}<tr class="skema-sum">
<th scope="row">I alt</th><td></td><td class="tal" data-sum="{{ gruppe }}"></td><td></td></tr>
</tbody></table>{% endfor %}
{{ form.note.as_field_group }}
</div>
<aside class="resultatpanel" aria-label="Takst"><h2 class="h4">Takst</h2>
<dl><div><dt>Udgifter i alt</dt><dd data-sum="*">–</dd></div></dl>
<p class="resultat"><span>Døgntakst</span><strong data-resultat="takst">–</strong></p></aside></div>
{% include "komponenter/autogem.html" only %}
{% include "komponenter/knaprakke.html" with primaer="Indsend" sekundaer="Gem kladde" only %}
</form>{% endblock %}
{% block scripts %}<script src="{% static "app/tal.js" %}" defer></script>
<script src="{% static "app/skema.js" %}" defer></script>{% endblock %}"""


@kraev(offentlig)
def skema(request: HttpRequest) -> HttpResponse:
    start = {"loen": Decimal(30_000_000), "renter": Decimal(-173_544), "pladser": 22, "belaegning": Decimal("94.9")}
    form = Skema(request.POST or None, initial=start)
    for navn, gruppe in (("loen", "A"), ("vikarer", "A"), ("renter", "G")):
        form.fields[navn].widget.attrs["data-gruppe"] = gruppe
    grupper = [
        ("A", [(form["loen"], "29000000.00"), (form["vikarer"], "640000.00")]),
        ("G", [(form["renter"], "-180000.00")]),
    ]
    fejl = saml_fejl([form])
    kontekst = {"form": form, "grupper": grupper, "fejl": fejl, "har_fejl": bool(fejl)}
    html = engines["django"].from_string(SKEMA).render({**kontekst, "ende": request.GET.get("ende", "")}, request)
    return HttpResponse(html, status=422 if fejl else 200)


@kraev(offentlig)
def autogem(request: HttpRequest, udfald: str = "") -> HttpResponse:
    if udfald == "fejl":
        return JsonResponse({"besked": "En anden har indsendt skemaet."}, status=409)
    return JsonResponse({"felter": {"version": str(int(request.POST["version"]) + 1)}})


urlpatterns = [
    path("proeve/liste/", Liste.as_view(), name="proeveliste"),
    path("proeve/skema/", skema),
    path("proeve/autogem/", autogem),
    path("proeve/autogem/<str:udfald>", autogem),
    *produktets,
]
