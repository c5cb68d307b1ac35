"""Addresses of the pages every owner of a text has (see `tekstejer.Tekstejer`), below its period."""

from django.urls import path

from socialaftale.aftale.views import (
    billeder,
    kontrol,
    laesning,
    redigering,
    sammenligning,
    skrivehjaelp,
    versioner,
)

P = "<slug:periode>/"
FAELLES = [
    path(f"{P}tal/", laesning.tal, name="tal"),
    path(f"{P}kontrol/", kontrol.kontrol, name="kontrol"),
    path(f"{P}kontrol/ret/", kontrol.ret, name="ret_fund"),
    path(f"{P}kontrol/fravig/", kontrol.fravig_fund, name="fravig_fund"),
    path(f"{P}kontrol/fortryd/<int:pk>/", kontrol.fortryd, name="fortryd_fravigelse"),
    path(f"{P}billede/<int:pk>/", billeder.vis, name="billede"),
    path(f"{P}billede/", billeder.laeg_op, name="laeg_billede_op"),
    path(f"{P}ret/", redigering.oversigt, name="ret"),
    path(f"{P}ret/<slug:noegle>/", redigering.ret_kapitel_side, name="ret_kapitel"),
    path(f"{P}ret/<slug:noegle>/versioner/", redigering.versioner, name="versioner"),
    path(f"{P}ret/<slug:noegle>/versioner/<int:nummer>/", redigering.version, name="version"),
    path(f"{P}ret/<slug:noegle>/sammenlign/", sammenligning.kapitelversioner, name="sammenlign_kapitel"),
    path(f"{P}sammenlign/", sammenligning.tekster, name="sammenlign"),
    path(f"{P}versioner/", versioner.liste, name="navngivne"),
    path(f"{P}versioner/ny/", versioner.navngiv, name="navngiv"),
    path(f"{P}versioner/<int:nummer>/", versioner.version, name="navngivet"),
    path(f"{P}versioner/<int:nummer>/gendan/", versioner.gendan, name="gendan_tekst"),
    path(f"{P}versioner/<int:nummer>/<slug:noegle>/", versioner.kapitel, name="navngivet_kapitel"),
    path(
        f"{P}versioner/<int:nummer>/<slug:noegle>/gendan/",
        versioner.gendan_kapitel,
        name="gendan_navngivet_kapitel",
    ),
    path(f"{P}ret/tal.json", skrivehjaelp.tal, name="ret_tal"),
    path(f"{P}ret/blok.json", skrivehjaelp.blok, name="ret_blok"),
    path(f"{P}ret/<slug:noegle>/kladde/", skrivehjaelp.gem_kladde, name="gem_kladde"),
    path(f"{P}ret/<slug:noegle>/kladde/slet/", skrivehjaelp.slet_kladde, name="slet_kladde"),
    path(f"{P}ret/<slug:noegle>/til-stede/", skrivehjaelp.til_stede, name="til_stede"),
]
