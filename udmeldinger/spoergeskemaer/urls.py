"""Addresses of the questionnaires."""

from django.urls import path

from udmeldinger.spoergeskemaer import views_byg as byg
from udmeldinger.spoergeskemaer import views_dele as dele
from udmeldinger.spoergeskemaer import views_link as link
from udmeldinger.spoergeskemaer import views_opfoelgning as opfoelgning
from udmeldinger.spoergeskemaer import views_svar as svar

app_name = "spoergeskemaer"
urlpatterns = [
    path("", byg.liste, name="liste"),
    path("ny/", byg.ny, name="ny"),
    path("<int:pk>/", byg.skema, name="skema"),
    path("<int:pk>/vis/", byg.vis, name="vis"),
    path("<int:pk>/ret/", byg.ret, name="ret"),
    path("<int:pk>/kopier/", byg.kopier, name="kopier"),
    path("<int:pk>/slet/", byg.slet, name="slet"),
    path("<int:pk>/afsnit/", dele.afsnit, name="afsnit_nyt"),
    path("<int:pk>/afsnit/<int:afsnit_pk>/", dele.afsnit, name="afsnit"),
    path("<int:pk>/afsnit/<int:afsnit_pk>/spoergsmaal/", dele.spoergsmaal_nyt, name="spoergsmaal_nyt"),
    path("<int:pk>/spoergsmaal/<int:spoergsmaal_pk>/", dele.spoergsmaal, name="spoergsmaal"),
    path("<int:pk>/regel/", dele.regel, name="regel"),
    path("<int:pk>/<slug:art>/<int:raekke>/flyt/", dele.flyt, name="flyt"),
    path("<int:pk>/<slug:art>/<int:raekke>/slet/", dele.slet_del, name="slet_del"),
    path("<int:pk>/send/", opfoelgning.send, name="send"),
    path("<int:pk>/opfoelgning/", opfoelgning.opfoelgning, name="opfoelgning"),
    path("<int:pk>/status.xlsx", opfoelgning.regneark, name="regneark"),
    path("<int:pk>/ryk/", opfoelgning.ryk, name="ryk"),
    path("<int:pk>/frist/", opfoelgning.frist, name="frist"),
    path("<int:pk>/modtagere/", opfoelgning.modtagere, name="modtagere"),
    path("<int:pk>/privat/", opfoelgning.privat, name="privat"),
    path("<int:pk>/luk/", opfoelgning.luk, name="luk"),
    path("<int:pk>/aabn/", opfoelgning.aabn, name="aabn"),
    path("svar/<int:pk>/", svar.besvarelse, name="besvarelse"),
    path("svar/<int:pk>/afsnit/<int:nr>/", svar.afsnit, name="besvarelse_afsnit"),
    path("svar/<int:pk>/tjek/", svar.tjek, name="besvarelse_tjek"),
    path("svar/<int:pk>/kvittering/", svar.kvittering, name="besvarelse_kvittering"),
    path("svar/<int:pk>/retur/", svar.retur, name="besvarelse_retur"),
    path("svar/<int:pk>/genaabn/", opfoelgning.genaabn, name="genaabn"),
    path("svar/<int:pk>/fritag/", opfoelgning.fritag, name="fritag"),
    path("svar/<int:pk>/spoerg-igen/", opfoelgning.spoerg_igen, name="spoerg_igen"),
    path("svar/<int:pk>/link/", opfoelgning.link_nyt, name="link_nyt"),
    path("svar/<int:pk>/link/tilbage/", opfoelgning.link_tilbage, name="link_tilbage"),
    path("link/<str:token>/", link.besvarelse, name="link"),
    path("link/<str:token>/afsnit/<int:nr>/", link.afsnit, name="link_afsnit"),
    path("link/<str:token>/tjek/", link.tjek, name="link_tjek"),
    path("link/<str:token>/kvittering/", link.kvittering, name="link_kvittering"),
]
