"""Addresses of the whole product; every app is included by name."""

from django.urls import include, path

urlpatterns = [
    path("", include("socialaftale.kerne.urls")),
    path("sager/", include("socialaftale.kerne.sager.urls")),
    path("konto/", include("socialaftale.kerne.kontourls")),
    path("", include("tilbud.urls")),
    path("takster/", include("takster.urls")),
    path("udmeldinger/", include("udmeldinger.urls")),
    path("spoergeskemaer/", include("udmeldinger.spoergeskemaer.urls")),
    path("aftaler/", include("socialaftale.aftale.urls")),
    path("styringsaftale/", include("socialaftale.aftale.styring.urls", namespace="styringsaftale")),
    path("bibliotek/", include("socialaftale.aftale.bibliotek.urls")),
]
handler400 = "socialaftale.kerne.views.fejl.fejl_400"
handler403 = "socialaftale.kerne.views.fejl.fejl_403"
handler404 = "socialaftale.kerne.views.fejl.fejl_404"
handler500 = "socialaftale.kerne.views.fejl.fejl_500"
