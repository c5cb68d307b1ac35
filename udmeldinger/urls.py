"""Addresses of the central reports."""

from django.urls import path

from udmeldinger.views import udmeldinger

app_name = "udmeldinger"
urlpatterns = [
    path("", udmeldinger.liste, name="liste"),
    path("smaa-tal/", udmeldinger.smaatal, name="smaatal"),
    path("smaa-tal/<int:pk>/godkend/", udmeldinger.godkend, name="godkend_smaatal"),
    path("smaa-tal/noter/<int:pk>/godkend/", udmeldinger.godkend_borgerflow, name="godkend_note"),
    path("<slug:slug>/", udmeldinger.detalje, name="detalje"),
    path("<slug:slug>/tal.xlsx", udmeldinger.regneark, name="regneark"),
]
