"""Addresses of tilbud."""

from django.urls import path

from tilbud.views import forslag, forslag_skriv, kapacitet, koebere, liste, mangler, rettelse, side, ydelser

app_name = "tilbud"
urlpatterns = [
    path("tilbud/", liste.Tilbudsliste.as_view(), name="liste"),
    path("tilbud/nyt/", rettelse.opret, name="opret"),
    path("tilbud/mangler/", mangler.Mangelliste.as_view(), name="mangler"),
    path("tilbud/forslag/", forslag.Forslagsliste.as_view(), name="forslag_liste"),
    path("tilbud/forslag/<int:pk>/", forslag.detalje, name="forslag_detalje"),
    path("tilbud/forslag/<int:pk>/indsend/", forslag.indsend, name="forslag_indsend"),
    path("tilbud/forslag/<int:pk>/traek/", forslag.traek, name="forslag_traek"),
    path("tilbud/forslag/<int:pk>/godkend/", forslag.godkend, name="forslag_godkend"),
    path("tilbud/forslag/<int:pk>/afvis/", forslag.afvis, name="forslag_afvis"),
    path("tilbud/<slug:slug>/", side.detalje, name="detalje"),
    path("tilbud/<slug:slug>/ret/", rettelse.ret, name="ret"),
    path("tilbud/<slug:slug>/forslag/", forslag_skriv.skriv, name="foreslaa"),
    path("tilbud/<slug:slug>/koebere/", koebere.ret, name="koebere"),
    path("tilbud/<slug:slug>/ydelser/ny/", ydelser.opret, name="ydelse_opret"),
    path("tilbud/<slug:slug>/ydelser/<slug:ydelse>/", ydelser.vis, name="ydelse"),
    path("tilbud/<slug:slug>/ydelser/<slug:ydelse>/ret/", ydelser.ret, name="ydelse_ret"),
    path("kapacitet/", kapacitet.kapacitet, name="kapacitet"),
    path("kapacitet/<slug:slug>/", kapacitet.kommune, name="kapacitet_kommune"),
]
