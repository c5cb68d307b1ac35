"""Addresses of the library; they stay."""

from django.urls import path

from socialaftale.aftale.bibliotek import views, views_ret

app_name = "bibliotek"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("nyt/", views_ret.ny, name="ny"),
    path("dokument/<int:pk>/ret/", views_ret.ret, name="ret"),
    path("dokument/<int:pk>/version/", views_ret.version, name="version"),
    path("dokument/<int:pk>/traek-tilbage/", views_ret.traek_tilbage, name="traek_tilbage"),
    path("forstaerket-samarbejde/", views.forstaerket, name="forstaerket"),
    path("standardkontrakter/<slug:slug>.pdf", views.kontrakt_pdf, name="kontrakt_pdf"),
    path("standardkontrakter/<slug:slug>/", views.kontrakt, name="kontrakt"),
    path("<slug:periode>/", views.periode, name="periode"),
    path("<slug:periode>/omfattede-tilbud/", views.omfattede, name="omfattede"),
    path("<slug:periode>/omfattede-tilbud.xlsx", views.omfattede_excel, name="omfattede_excel"),
    path("<slug:periode>/omfattede-tilbud.pdf", views.omfattede_pdf, name="omfattede_pdf"),
    path("<slug:mappe>/<slug:slug>/", views.dokument, name="dokument"),
    path("<slug:mappe>/<slug:slug>.pdf", views.fil, name="fil"),
]
