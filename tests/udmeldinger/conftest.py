"""The real central reports, loaded from the folder of data; a small questionnaire, as a draft and sent."""

import pytest

from socialaftale.kerne.adgang import Adgang
from tests.udmeldinger.skemahjaelp import send
from tilbud.importering import importer
from udmeldinger.importering import indlaes_udmeldinger
from udmeldinger.models import CentralUdmelding, Skemaafsnit, Skemaregel, Spoergsmaal
from udmeldinger.spoergeskemaer import byggehandlinger as byg


@pytest.fixture
def udmeldinger(organisationer):
    importer()
    indlaes_udmeldinger()
    return {udmelding.slug: udmelding for udmelding in CentralUdmelding.objects.all()}


@pytest.fixture
def kladde(organisationer):
    system = Adgang.system()
    skema = byg.opret(adgang=system, titel="Selvskade", art="afdaekning", aar=2026)
    afsnit = byg.gem_afsnit(Skemaafsnit(skema=skema, titel="Borgere"), adgang=system)
    andet = byg.gem_afsnit(Skemaafsnit(skema=skema, titel="Fremtid"), adgang=system)
    for del_, felter in (
        (afsnit, {"noegle": "k1", "art": "janej", "tekst": "Har I haft borgere"}),
        (
            afsnit,
            {
                "noegle": "k2",
                "art": "tal_pr_aar",
                "tekst": "Hvor mange",
                "fra_aar": 2024,
                "til_aar": 2025,
                "mindst": 0,
                "taeller_borgere": True,
                "betingelse_noegle": "k1",
                "betingelse_operator": "er",
                "betingelse_vaerdi": "ja",
            },
        ),
        (afsnit, {"noegle": "k3", "art": "heltal", "tekst": "Heraf unge", "paakraevet": False}),
        (andet, {"noegle": "k9", "art": "tekst", "tekst": "Planer", "paakraevet": False}),
    ):
        byg.gem_spoergsmaal(Spoergsmaal(skema=skema, afsnit=del_, **felter), adgang=system)
    byg.gem_regel(Skemaregel(skema=skema, udtryk="k3 <= sum(k2)", besked="Unge er flere end alle"), adgang=system)
    skema.refresh_from_db()
    return skema


@pytest.fixture
def sendt(kladde, organisationer):
    return send(kladde, organisationer)


@pytest.fixture
def aalborgs(sendt):
    return sendt.besvarelser.get(organisation__slug="aalborg")
