"""Addresses of cases."""

from django.urls import path

from socialaftale.kerne.sager.views import afgoerelse, ansoegning, sager

app_name = "sager"
urlpatterns = [
    path("", sager.Sagsliste.as_view(), name="liste"),
    path("kompetence/", sager.kompetence, name="kompetence"),
    path("kompetence/<slug:noegle>/", afgoerelse.overlad, name="overlad"),
    path("ny/<slug:art>/<slug:objekt>/", ansoegning.ny, name="ny"),
    path("<slug:nummer>/", sager.vis, name="sag"),
    path("<slug:nummer>/ret/", ansoegning.ret, name="ret"),
    path("<slug:nummer>/indsend/", ansoegning.indsend, name="indsend"),
    path("<slug:nummer>/kvittering/", ansoegning.kvittering, name="kvittering"),
    path("<slug:nummer>/traek/", ansoegning.traek, name="traek"),
    path("<slug:nummer>/bilag/", ansoegning.tilfoej_bilag, name="bilag_tilfoej"),
    path("<slug:nummer>/bilag/<int:pk>/", sager.bilag, name="bilag"),
    path("<slug:nummer>/bilag/<int:pk>/fjern/", ansoegning.fjern_bilag, name="bilag_fjern"),
    path("<slug:nummer>/beslutning/<int:pk>/referat/", sager.referat, name="referat"),
    path("<slug:nummer>/retur/", afgoerelse.send_retur, name="retur"),
    path("<slug:nummer>/dagsorden/", afgoerelse.dagsorden, name="dagsorden"),
    path("<slug:nummer>/beslutning/", afgoerelse.beslutning, name="beslutning"),
]
