"""Addresses of the ground floor."""

from django.urls import path

from socialaftale.kerne.brugere import views as brugere
from socialaftale.kerne.gemtpost import views as gemtpost
from socialaftale.kerne.views import dokumenter, konto, ramme, vejledning

app_name = "kerne"
urlpatterns = [
    path("", ramme.forside, name="forside"),
    path("farver.css", ramme.farver_css, name="farver_css"),
    path("logo", ramme.logo, name="logo"),
    path("tilgaengelighedserklaering/", ramme.tilgaengelighed, name="tilgaengelighed"),
    path("was", ramme.was, name="was"),
    path("privatlivspolitik/", ramme.privatliv, name="privatliv"),
    path("skift-rolle/", ramme.skift_hat, name="skift_hat"),
    path("konto/navn/", konto.mit_navn, name="mit_navn"),
    path("hold-i-live/", ramme.hold_i_live, name="hold_i_live"),
    path("job/<uuid:pk>/", ramme.job, name="job"),
    path("job/<uuid:pk>/status/", ramme.job_status, name="job_status"),
    path("vejledning/", vejledning.oversigt, name="vejledning"),
    path("vejledning/<slug:slug>/", vejledning.side, name="vejledning_side"),
    path("dokumenter/<int:pk>/", dokumenter.hent, name="dokument"),
    path("gemt-formular/", gemtpost.oversigt, name="gemt_formular"),
    path("gemt-formular/<uuid:pk>/slet/", gemtpost.slet, name="slet_gemt_formular"),
    path("brugere/", brugere.Brugerliste.as_view(), name="brugere"),
    path("brugere/inviter/", brugere.inviter, name="bruger_inviter"),
    path("brugere/log-in/", brugere.Loginliste.as_view(), name="loginforsoeg"),
    path("brugere/<int:pk>/", brugere.detalje, name="bruger"),
    path("brugere/<int:pk>/ret/", brugere.ret, name="bruger_ret"),
    path("brugere/<int:pk>/invitation/", brugere.send_invitation, name="bruger_send_invitation"),
    path("brugere/<int:pk>/luk/", brugere.luk, name="bruger_luk"),
    path("brugere/<int:pk>/genaabn/", brugere.genaabn, name="bruger_genaabn"),
    path("brugere/<int:pk>/nulstil-to-trin/", brugere.nulstil_totrin, name="bruger_nulstil_totrin"),
    path("brugere/<int:pk>/roller/giv/", brugere.giv_rolle, name="bruger_giv_rolle"),
    path("brugere/<int:pk>/roller/<int:rolle>/afslut/", brugere.afslut_rolle, name="bruger_afslut_rolle"),
    path("brugere/<int:pk>/roller/<int:rolle>/traek/", brugere.traek_rolle, name="bruger_traek_rolle"),
]
