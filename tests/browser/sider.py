"""Every page the walk judges, app by app, and the URL names that are no page."""

from __future__ import annotations

from tests.browser import (
    sider_aftale,
    sider_bibliotek,
    sider_brugere,
    sider_kerne,
    sider_sager,
    sider_styring,
    sider_takster,
    sider_tilbud,
    sider_udmeldinger,
)

MODULER = (
    sider_kerne,
    sider_brugere,
    sider_sager,
    sider_tilbud,
    sider_takster,
    sider_udmeldinger,
    sider_aftale,
    sider_styring,
    sider_bibliotek,
)
SIDER = [side for modul in MODULER for side in modul.SIDER]
# URL name → why it is no page: a file, JSON, a redirect or only a POST.
IKKE_SIDER = {navn: grund for modul in MODULER for navn, grund in modul.IKKE_SIDER.items()}
