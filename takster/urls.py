"""Addresses of takster."""

from django.urls import path

from takster.views import ata, driftsherre, indberetning, regnskaber, runder, skema, skema_ret, skema_trin, takster

app_name = "takster"
urlpatterns = [
    path("", takster.Takstliste.as_view(), name="liste"),
    path("<int:aar>/<slug:tilbud>/<slug:ydelse>/", takster.vis, name="takst"),
    path("ata/", ata.ata, name="ata"),
    path("bilag/", takster.bilagsliste, name="bilag"),
    path("bilag/<int:aar>/takstbilag.<str:form>", takster.bilagsfil, name="bilagsfil"),
    path(
        "bilag/<int:aar>/<slug:driftsherre>/takstbilag.<str:form>",
        takster.bilagsfil,
        name="bilagsfil_driftsherre",
    ),
    path("bilag/<int:aar>/udsted/", takster.udsted_bilag, name="udsted_bilag"),
    path("regnskaber/", regnskaber.liste, name="regnskaber"),
    path("regnskaber/<slug:slug>/", regnskaber.vis, name="regnskab"),
    path("indberetning/", indberetning.indberetning, name="indberetning"),
    path("indberetning/<int:aar>/", indberetning.Rundeoversigt.as_view(), name="indberetning_runde"),
    path(
        "indberetning/<int:aar>/<slug:slug>/",
        driftsherre.Driftsherreside.as_view(),
        name="indberetning_driftsherre",
    ),
    path("indberetning/<int:aar>/<slug:slug>/opret-skema/", driftsherre.opret_skema, name="opret_skema"),
    path("indberetning/<int:aar>/<slug:slug>/metode/", driftsherre.metode, name="metode"),
    path("indberetning/<int:aar>/<slug:slug>/genaabn/", driftsherre.genaabn, name="genaabn"),
    path("runder/", runder.liste, name="runder"),
    path("runder/opret/", runder.opret, name="runde_opret"),
    path("runder/<int:aar>/", runder.vis, name="runde"),
    path("runder/<int:aar>/frist/", runder.frist, name="runde_frist"),
    path("runder/<int:aar>/<slug:trin>/", runder.skift, name="runde_skift"),
    path("skemaer/", indberetning.Skemaer.as_view(), name="skemaer"),
    path("skemaer/<int:pk>/", skema.vis, name="skema"),
    path("skemaer/<int:pk>/ret/", skema_ret.ret, name="skema_ret"),
    path("skemaer/<int:pk>/ret/kladde/", skema_ret.kladde, name="skema_kladde"),
    path("skemaer/<int:pk>/ret/kasser/", skema_ret.kasser_kladde, name="skema_kasser"),
    path("skemaer/<int:pk>/indsend/", skema_trin.indsend, name="skema_indsend"),
    path("skemaer/<int:pk>/kvittering/", skema.kvittering, name="skema_kvittering"),
    path("skemaer/<int:pk>/takstskema.pdf", skema.pdf, name="skema_pdf"),
    path("skemaer/<int:pk>/traek-tilbage/", skema_trin.traek_tilbage, name="skema_traek"),
    path("skemaer/<int:pk>/retur/", skema_trin.send_retur, name="skema_retur"),
    path("skemaer/<int:pk>/godkend/", skema_trin.godkend, name="skema_godkend"),
    path("skemaer/<int:pk>/offentliggoer/", skema_trin.offentliggoer, name="skema_offentliggoer"),
]
