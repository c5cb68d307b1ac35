"""Addresses of the agreement."""

from django.urls import path

from socialaftale.aftale.bilag import views as bilag
from socialaftale.aftale.eksterne import views as eksterne
from socialaftale.aftale.godkendelse import views as godkendelse
from socialaftale.aftale.godkendelse import views_registrering as registrering
from socialaftale.aftale.hoering import views as hoering
from socialaftale.aftale.hoering import views_svar as hoeringssvar
from socialaftale.aftale.tekstadresser import FAELLES, P
from socialaftale.aftale.views import kommentarer, laesning, opbygning, udgivelse, word

app_name = "aftale"
urlpatterns = [
    path("", laesning.liste, name="liste"),
    path("ny/", opbygning.opret, name="opret"),
    # Before the periods: they belong to no agreement.
    path("eksterne-tal/", eksterne.Eksternliste.as_view(), name="eksterne_tal"),
    path("eksterne-tal/nyt/", eksterne.nyt, name="eksternt_tal_nyt"),
    path("eksterne-tal/ny.json", eksterne.ny_kilde, name="ny_kilde"),
    path("eksterne-tal/<int:pk>/", eksterne.detalje, name="eksternt_tal"),
    path("eksterne-tal/<int:pk>/ret/", eksterne.ret, name="eksternt_tal_ret"),
    path("eksterne-tal/<int:pk>/bekraeft/", eksterne.bekraeft, name="eksternt_tal_bekraeft"),
    path("eksterne-tal/<int:pk>/slet/", eksterne.slet, name="eksternt_tal_slet"),
    path(P, laesning.aftale, name="aftale"),
    path(f"{P}hele/", laesning.hele, name="hele"),
    path(f"{P}aftale.pdf", laesning.hent_pdf, name="hent_pdf"),
    path(f"{P}uden-bilag.pdf", bilag.uden_bilag, name="uden_bilag"),
    path(f"{P}bilagsfiler/<slug:noegle>.pdf", bilag.bilag, name="bilag"),
    path(f"{P}opbygning/bilag/<int:pk>/fil/", bilag.fil, name="bilag_fil"),
    path(f"{P}pdf/", udgivelse.pdf, name="pdf"),
    path(f"{P}pdf/bestil/", udgivelse.bestil, name="bestil_pdf"),
    path(f"{P}pdf/<int:pk>/offentliggoer/", udgivelse.offentliggoer, name="offentliggoer"),
    path(f"{P}word/", word.kladde, name="word"),
    path(f"{P}kommentarer/", kommentarer.liste, name="kommentarer"),
    path(f"{P}kommentarer/<int:pk>/svar/", kommentarer.svar, name="kommentarsvar"),
    path(f"{P}kommentarer/<slug:noegle>/", kommentarer.kapitel, name="kommentarer_kapitel"),
    path(f"{P}hoering/", hoering.liste, name="hoeringer"),
    path(f"{P}hoering/ny/", hoering.aabn, name="hoering_ny"),
    path(f"{P}hoering/<int:pk>/", hoering.hoering, name="hoering"),
    path(f"{P}hoering/<int:pk>/tekst/", hoering.tekst, name="hoering_tekst"),
    path(f"{P}hoering/<int:pk>/word/", hoering.word, name="hoering_word"),
    path(f"{P}hoering/<int:pk>/ryk/", hoering.ryk, name="hoering_ryk"),
    path(f"{P}hoering/<int:pk>/frist/", hoering.frist, name="hoering_frist"),
    path(f"{P}hoering/<int:pk>/luk/", hoering.luk, name="hoering_luk"),
    path(f"{P}hoering/<int:pk>/notat/", hoering.notat, name="hoeringsnotat"),
    path(f"{P}hoering/<int:pk>/notat.pdf", hoering.notat_pdf, name="hoeringsnotat_pdf"),
    path(f"{P}hoering/<int:pk>/bemaerkninger/", hoering.bemaerkninger, name="hoering_bemaerkninger"),
    path(f"{P}hoering/<int:pk>/svar/<int:svar>/", hoeringssvar.laes, name="hoeringssvar"),
    path(f"{P}hoering/<int:pk>/svar/<int:svar>/ret/", hoeringssvar.ret, name="hoeringssvar_ret"),
    path(f"{P}hoering/<int:pk>/svar/<int:svar>/genaabn/", hoeringssvar.genaabn, name="hoeringssvar_genaabn"),
    path(f"{P}hoering/<int:pk>/svar/<int:svar>/dokument/", hoeringssvar.dokument, name="hoeringssvar_dokument"),
    path(f"{P}hoering/<int:pk>/svar/<int:svar>/vedhaeft/", hoeringssvar.vedhaeft, name="hoeringssvar_vedhaeft"),
    path(f"{P}hoering/<int:pk>/svar/<int:svar>/fjern/", hoeringssvar.fjern, name="hoeringssvar_fjern"),
    path(f"{P}godkendelse/", godkendelse.side, name="godkendelse"),
    path(f"{P}godkendelse/godkendelser.xlsx", godkendelse.ark, name="godkendelser_regneark"),
    path(f"{P}godkendelse/udgave-<int:nummer>.pdf", godkendelse.udgave_pdf, name="udgave_pdf"),
    path(f"{P}godkendelse/ryk/", godkendelse.ryk, name="godkendelse_ryk"),
    path(f"{P}godkendelse/skridt/<slug:trin>/", godkendelse.skridt, name="skridt"),
    path(f"{P}godkendelse/part/<slug:part>/", registrering.registrer, name="registrer_godkendelse"),
    path(f"{P}godkendelse/ny-udgave/", registrering.ny_udgave, name="ny_udgave"),
    path(f"{P}godkendelse/ny-udgave/fremlaeg/", registrering.fremlaeg, name="fremlaeg_udgave"),
    path(f"{P}godkendelse/ny-udgave/fortryd/", registrering.fortryd, name="fortryd_udgave"),
    path(f"{P}opbygning/", opbygning.oversigt, name="opbygning"),
    path(f"{P}opbygning/kapitel/ny/", opbygning.nyt_kapitel, name="kapitel_nyt"),
    path(f"{P}opbygning/kapitel/<slug:noegle>/opsaet/", opbygning.ret_kapitel, name="kapitel_opsaet"),
    path(f"{P}opbygning/kapitel/<slug:noegle>/flyt/", opbygning.flyt_kapitel, name="kapitel_flyt"),
    path(f"{P}opbygning/kapitel/<slug:noegle>/fjern/", opbygning.fjern_kapitel, name="kapitel_fjern"),
    path(f"{P}opbygning/<slug:art>/ny/", opbygning.raekke, name="raekke_ny"),
    path(f"{P}opbygning/<slug:art>/<int:pk>/", opbygning.raekke, name="raekke"),
    path(f"{P}opbygning/<slug:art>/<int:pk>/flyt/", opbygning.flyt_raekke, name="raekke_flyt"),
    path(f"{P}opbygning/<slug:art>/<int:pk>/slet/", opbygning.slet_raekke, name="raekke_slet"),
    *FAELLES,
    # Last: every other word after the period is the key of a chapter.
    path(f"{P}<slug:noegle>/", laesning.kapitel, name="kapitel"),
]
