"""Addresses of the agreement."""

from django.urls import path

from socialaftale.aftale.views import laesning, redigering, udgivelse

app_name = "aftale"
P = "<slug:periode>/"
urlpatterns = [
    path("", laesning.liste, name="liste"),
    path(P, laesning.aftale, name="aftale"),
    path(f"{P}hele/", laesning.hele, name="hele"),
    path(f"{P}tal/", laesning.tal, name="tal"),
    path(f"{P}aftale.pdf", laesning.hent_pdf, name="hent_pdf"),
    path(f"{P}pdf/", udgivelse.pdf, name="pdf"),
    path(f"{P}pdf/bestil/", udgivelse.bestil, name="bestil_pdf"),
    path(f"{P}pdf/vedtag/", udgivelse.vedtag, name="vedtag"),
    path(f"{P}pdf/<int:pk>/offentliggoer/", udgivelse.offentliggoer, name="offentliggoer"),
    path(f"{P}ret/", redigering.oversigt, name="ret"),
    path(f"{P}ret/<slug:noegle>/", redigering.ret_kapitel_side, name="ret_kapitel"),
    path(f"{P}ret/<slug:noegle>/versioner/", redigering.versioner, name="versioner"),
    path(f"{P}ret/<slug:noegle>/versioner/<int:nummer>/", redigering.version, name="version"),
    # Last: every other word after the period is the key of a chapter.
    path(f"{P}<slug:noegle>/", laesning.kapitel, name="kapitel"),
]
