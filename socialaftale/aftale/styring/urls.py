"""Addresses of the styringsaftale: an instance of the agreement's application, so that the shared pages lead here."""

from django.urls import path

from socialaftale.aftale.styring import views
from socialaftale.aftale.tekstadresser import FAELLES, P
from socialaftale.aftale.views import laesning

app_name = "aftale"
urlpatterns = [
    path("", views.forside, name="forside"),
    path("alle/", views.liste, name="liste"),
    path(P, views.laes, name="aftale"),
    path(f"{P}regel/<slug:nummer>/", views.regel, name="regel"),
    path(f"{P}aendringer/", views.aendringer, name="aendringer"),
    path(f"{P}styringsaftale.pdf", laesning.hent_pdf, name="hent_pdf"),
    path(f"{P}pdf/", views.pdf, name="pdf"),
    path(f"{P}pdf/bestil/", views.bestil, name="bestil_pdf"),
    path(f"{P}pdf/vedtag/", views.vedtag, name="vedtag"),
    path(f"{P}pdf/<int:pk>/saet-i-kraft/", views.saet_i_kraft, name="saet_i_kraft"),
    path(f"{P}kopier/", views.kopier, name="kopier"),
    *FAELLES,
]
