"""The secretariat's edit page: nothing typed is lost, errors are named, conflicts show both values."""

from __future__ import annotations

import pytest

from socialaftale.kerne.enums import Rolle
from socialaftale.kerne.models import Haendelse
from tests.tilbud.factories import (
    LovgrundlagFactory,
    PladsFactory,
    TilbudFactory,
    TilbudslovgrundlagFactory,
    YdelseFactory,
)
from tilbud.forms.raekker import RAEKKESAET
from tilbud.models import Tilbud

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.kun_sqlite("the page is made in Python; the permission walk runs its queries on PostgreSQL"),
]


@pytest.fixture
def tilbud(organisationer) -> Tilbud:
    tilbud = TilbudFactory(
        slug="proeve",
        navn="Prøven",
        driftsherre=organisationer["aalborg"],
        maalgruppe="Voksne",
        kilder="Første\nAnden",
        alder_fra=18,
        kategori=2,
    )
    PladsFactory(tilbud=tilbud, aar=2020, antal_fra=5, antal_til=8, kilde="X")
    YdelseFactory(tilbud=tilbud, slug="doegn", navn="Botilbud, døgn")
    return tilbud


@pytest.fixture
def klient(log_ind):
    return log_ind(Rolle.SEKRETARIAT)


def som_sendt(tilbud: Tilbud | None, **aendringer) -> dict[str, str]:
    """What a browser sends when the page is saved as it was opened, with the given fields changed."""
    data = {"version": "1", "navn": "", "offentliggjort": "on"}
    for klasse in RAEKKESAET:
        antal = getattr(tilbud, klasse.noegle).count() if tilbud else 0
        data |= {f"{klasse.noegle}-TOTAL_FORMS": str(antal + 1), f"{klasse.noegle}-INITIAL_FORMS": str(antal)}
        if klasse.noegle == "ydelser":
            data |= {f"ydelser-{nummer}-taksttype": "gennemsnit" for nummer in range(antal + 2)}
    if tilbud:
        plads, ydelse = tilbud.pladser.get(), tilbud.ydelser.get()
        data |= {
            "version": str(tilbud.version),
            "navn": tilbud.navn,
            "driftsherre": str(tilbud.driftsherre_id),
            "driftsform": "kommunal",
            "maalgruppe": tilbud.maalgruppe,
            # Browsers send CRLF.
            "kilder": tilbud.kilder.replace("\n", "\r\n"),
            "alder_fra": "18",
            "kategori": "2",
            "pladser-0-id": str(plads.pk),
            "pladser-0-antal_fra": "5",
            "pladser-0-antal_til": "8",
            "pladser-0-aar": "2020",
            "pladser-0-kilde": "X",
            "ydelser-0-id": str(ydelse.pk),
            "ydelser-0-navn": "Botilbud, døgn",
            "ydelser-0-enhed": "doegn",
            "ydelser-0-raekkefoelge": "100",
        }
    return data | {navn.replace("__", "-"): vaerdi for navn, vaerdi in aendringer.items()}


def gem(klient, tilbud, **aendringer):
    return klient.post(f"/tilbud/{tilbud.slug}/ret/", som_sendt(tilbud, **aendringer))


def test_siden_viser_registrets_vaerdier(tilbud, klient):
    tekst = klient.get("/tilbud/proeve/ret/").text
    assert 'value="Prøven"' in tekst
    assert "\nVoksne</textarea>" in tekst
    assert 'value="2020"' in tekst
    assert 'name="version" value="1"' in tekst
    assert "Pladser (1)" in tekst


def test_gem_uden_at_aendre_noget(tilbud, klient):
    svar = gem(klient, tilbud)
    assert svar.status_code == 302
    tilbud.refresh_from_db()
    assert tilbud.version == 1
    assert not Haendelse.objects.exists()
    assert "Du har ikke ændret noget" in klient.get(svar.url).text


def test_ret_felter_og_raekker(tilbud, klient, organisationer):
    lovgrundlag = LovgrundlagFactory(slug="sel-107")
    svar = gem(
        klient,
        tilbud,
        beliggenhedskommune=str(organisationer["hjoerring"].pk),
        driftsform="",
        pladser__0__art="godkendt",
        pladser__1__antal_fra="1.250",
        pladser__1__aar="2024",
        lovgrundlag__0__lovgrundlag=str(lovgrundlag.pk),
        aftalestatus__0__aar="2024",
        aftalestatus__0__i_socialaftale="ja",
        medlemskaber__0__fra_aar="2023",
        medlemskaber__0__til_aar="2024",
        navne__0__navn="Ærøhuset",
        ydelser__1__navn="Aflastning",
        ydelser__1__enhed="dag",
    )
    assert svar.status_code == 302, svar.text
    assert "Tilbuddet er rettet" in klient.get(svar.url).text
    tilbud.refresh_from_db()
    assert (tilbud.beliggenhedskommune.slug, tilbud.driftsform, tilbud.version) == ("hjoerring", None, 2)
    assert [(p.aar, p.antal_fra, p.antal_til, p.art) for p in tilbud.pladser.all()] == [
        (2024, 1250, 1250, None),
        (2020, 5, 8, "godkendt"),
    ]
    assert tilbud.lovgrundlag.get().lovgrundlag == lovgrundlag
    assert (tilbud.aftalestatus.get().aar, tilbud.aftalestatus.get().i_socialaftale) == (2024, True)
    assert str(tilbud.medlemskaber.get()) == "2023-2024"
    assert tilbud.navne.get().navn == "Ærøhuset"
    assert [ydelse.slug for ydelse in tilbud.ydelser.all()] == ["aflastning", "doegn"]


def test_slet_en_raekke_uanset_hvad_der_staar_i_den(tilbud, klient):
    svar = gem(klient, tilbud, pladser__0__slet="on", pladser__0__antal_fra="vrøvl")
    assert svar.status_code == 302
    assert not tilbud.pladser.exists()


FEJL = {
    "navn": ({"navn": ""}, "Skriv tilbuddets navn"),
    "alder": ({"alder_til": "17"}, "Den laveste alder skal ligge før den højeste."),
    "alder er et tal": ({"alder_fra": "atten"}, "Alder fra: skriv et helt tal, fx 1.250"),
    "aar": ({"pladser__0__aar": "20"}, "År: skriv årstallet med fire cifre, fx 2024"),
    "aar i fremtiden": ({"pladser__0__aar": "2999"}, "År må højst være 2100"),
    "antal": ({"pladser__0__antal_fra": ""}, "Skriv antal pladser"),
    "antal med komma": ({"pladser__0__antal_fra": "5,5"}, "Antal: skriv et helt tal, fx 1.250"),
    "omvendt": ({"pladser__0__antal_til": "3"}, "Det laveste antal skal ikke være større end det højeste."),
    "medlemsaar": (
        {"medlemskaber__0__fra_aar": "2024", "medlemskaber__0__til_aar": "2023"},
        "Det første år skal ligge før det sidste.",
    ),
    "to ens": (
        {"pladser__1__antal_fra": "9", "pladser__1__aar": "2020", "pladser__1__kilde": "X"},
        "To rækker har samme art, type, år og kilde.",
    ),
    "lovgrundlag": ({"lovgrundlag__0__er_sekundaer": "on"}, "Vælg lovgrundlag"),
    "enhed": ({"ydelser__0__enhed": ""}, "Vælg ydelsens enhed"),
    "cpr": ({"maalgruppe": "Fx 010190-1234"}, "ligner et CPR-nummer"),
    "cpr i en note": ({"pladser__0__note": "Borger 0101901234"}, "ligner et CPR-nummer"),
    "opdigtet valg": ({"driftsform": "statslig"}, "Vælg driftsform på listen"),
}


@pytest.mark.parametrize("navn", FEJL)
def test_fejl_navngives_og_intet_gaar_tabt(navn, tilbud, klient):
    aendringer, besked = FEJL[navn]
    svar = gem(klient, tilbud, adresse="Nygade 1", bemaerkning="Skrevet i dag", **aendringer)
    assert svar.status_code == 422
    assert svar.text.count(besked) >= 1
    assert "Fejl: Ret Prøven" in svar.text
    assert 'value="Nygade 1"' in svar.text
    assert "\nSkrevet i dag</textarea>" in svar.text
    assert "påkrævet" not in svar.text
    tilbud.refresh_from_db()
    assert (tilbud.version, tilbud.adresse) == (1, "")


def test_cpr_gentages_ikke_i_beskeden(tilbud, klient):
    svar = gem(klient, tilbud, maalgruppe="Fx 010190-1234")
    # Once in the field it was typed in, never in a message.
    assert svar.text.count("010190-1234") == 1


def test_tilfoej_linje_uden_at_gemme_eller_tabe(tilbud, klient):
    svar = gem(klient, tilbud, tilfoej="pladser", adresse="Nygade 1", pladser__1__note="Halvt skrevet")
    assert svar.status_code == 200
    assert 'name="pladser-TOTAL_FORMS" value="3"' in svar.text
    assert 'value="Nygade 1"' in svar.text
    assert 'value="Halvt skrevet"' in svar.text
    assert "form-error-message" not in svar.text
    tilbud.refresh_from_db()
    assert tilbud.version == 1


def test_en_ydelse_beholder_sin_noegle(tilbud, klient):
    noegle = tilbud.ydelser.get().pk
    gem(klient, tilbud, ydelser__0__navn="Botilbud til unge")
    assert (tilbud.ydelser.get().pk, tilbud.ydelser.get().navn) == (noegle, "Botilbud til unge")


# Two at the same time


@pytest.fixture
def med_konflikt(tilbud, klient):
    """Opened at version 1; meanwhile somebody changed address, type and places. Ours touches address and remark."""
    data = som_sendt(tilbud, adresse="Min vej 1", bemaerkning="Min bemærkning")
    svar = gem(klient, tilbud, adresse="Deres vej 2", tilbudstype="botilbud", pladser__0__antal_fra="6")
    assert svar.status_code == 302
    return data


def test_en_konflikt_viser_begge_vaerdier_og_gemmer_intet(tilbud, klient, med_konflikt):
    svar = klient.post("/tilbud/proeve/ret/", med_konflikt)
    assert svar.status_code == 409
    assert "rettet af en anden, mens du skrev" in svar.text
    for tekst in ("I registret nu: Deres vej 2", "Din: Min vej 1", "I registret nu: botilbud", "Din: –"):
        assert tekst in svar.text
    assert "I registret nu: 6–8, 2020, X" in svar.text
    assert "Din: 5–8, 2020, X" in svar.text
    # What nobody else changed is no conflict.
    assert "valg-bemaerkning" not in svar.text
    assert "\nMin bemærkning</textarea>" in svar.text
    assert 'name="version" value="2"' in svar.text
    tilbud.refresh_from_db()
    assert (tilbud.adresse, tilbud.version) == ("Deres vej 2", 2)


def valgte(svar) -> dict[str, str]:
    """What the page suggests: the radio buttons that are checked."""
    import re

    return dict(re.findall(r'name="valg-(\w+)" id="\w[\w-]*" value="(\w+)" checked', svar.text))


def test_det_man_ikke_selv_har_roert_faar_registrets_vaerdi(tilbud, klient, med_konflikt):
    svar = klient.post("/tilbud/proeve/ret/", med_konflikt)
    assert valgte(svar) == {"adresse": "din", "tilbudstype": "gemt", "pladser": "gemt"}


@pytest.mark.parametrize(
    ("valg", "adresse", "tilbudstype", "antal"),
    [
        ({}, "Min vej 1", "", 5),
        ({"adresse": "din", "tilbudstype": "gemt", "pladser": "gemt"}, "Min vej 1", "botilbud", 6),
        ({"adresse": "gemt", "tilbudstype": "din", "pladser": "din"}, "Deres vej 2", "", 5),
    ],
)
def test_valget_gaelder_naar_der_gemmes_igen(tilbud, klient, med_konflikt, valg, adresse, tilbudstype, antal):
    klient.post("/tilbud/proeve/ret/", med_konflikt)
    igen = med_konflikt | {"version": "2"} | {f"valg-{noegle}": vaerdi for noegle, vaerdi in valg.items()}
    svar = klient.post("/tilbud/proeve/ret/", igen)
    assert svar.status_code == 302
    tilbud.refresh_from_db()
    assert (tilbud.adresse, tilbud.tilbudstype, tilbud.bemaerkning) == (adresse, tilbudstype, "Min bemærkning")
    assert tilbud.pladser.get().antal_fra == antal
    assert tilbud.version == 3


def test_konflikt_om_et_tal_der_er_slettet(tilbud, klient):
    data = som_sendt(tilbud, adresse="Min vej 1")
    gem(klient, tilbud, alder_fra="", offentliggjort="on")
    svar = klient.post("/tilbud/proeve/ret/", data)
    assert svar.status_code == 409
    igen = data | {"version": "2", "valg-alder_fra": "gemt"}
    assert klient.post("/tilbud/proeve/ret/", igen).status_code == 302
    tilbud.refresh_from_db()
    assert (tilbud.alder_fra, tilbud.adresse) == (None, "Min vej 1")


def test_uafhaengige_rettelser_bliver_ogsaa_vist(tilbud, klient):
    """Both wrote the same: nothing to choose, but the writer sees that it moved."""
    data = som_sendt(tilbud, adresse="Samme vej 3")
    gem(klient, tilbud, adresse="Samme vej 3")
    svar = klient.post("/tilbud/proeve/ret/", data)
    assert svar.status_code == 409
    assert "Registret er ændret, mens du skrev" in svar.text
    assert klient.post("/tilbud/proeve/ret/", data | {"version": "2"}).status_code == 302


# New tilbud


@pytest.mark.regel("T60")
def test_opret(klient, organisationer):
    assert klient.get("/tilbud/nyt/").status_code == 200
    data = som_sendt(
        None,
        navn="Ny Østergård",
        driftsherre=str(organisationer["aalborg"].pk),
        driftsform="kommunal",
        pladser__0__antal_fra="12",
        pladser__0__aar="2026",
    )
    svar = klient.post("/tilbud/nyt/", data)
    assert svar.status_code == 302, svar.text
    tilbud = Tilbud.objects.get(slug="ny-oestergaard")
    assert svar.url == tilbud.get_absolute_url()
    assert tilbud.offentliggjort
    assert tilbud.pladser.get().antal_til == 12


def test_opret_uden_navn(klient):
    svar = klient.post("/tilbud/nyt/", som_sendt(None, adresse="Nygade 1"))
    assert svar.status_code == 422
    assert "Skriv tilbuddets navn" in svar.text
    assert 'value="Nygade 1"' in svar.text
    assert not Tilbud.objects.exists()


@pytest.mark.parametrize("rolle", [Rolle.DRIFTSHERRE_GODKENDER, Rolle.KOMMUNE_MYNDIGHED, Rolle.DAS_MEDLEM])
def test_andre_kan_ikke_gemme(tilbud, log_ind, rolle):
    svar = log_ind(rolle, organisation="aalborg").post("/tilbud/proeve/ret/", som_sendt(tilbud, adresse="X"))
    assert svar.status_code == 403
    tilbud.refresh_from_db()
    assert tilbud.adresse == ""


def test_samme_antal_opslag_for_tre_og_ti(tilbud, klient, django_assert_max_num_queries):
    def fyld(fra, til):
        for nummer in range(fra, til):
            lovgrundlag = LovgrundlagFactory(slug=f"sel-{nummer}")
            YdelseFactory(tilbud=tilbud, slug=f"ydelse-{nummer}", navn=f"Ydelse {nummer}", lovgrundlag=lovgrundlag)
            TilbudslovgrundlagFactory(tilbud=tilbud, lovgrundlag=lovgrundlag)
            PladsFactory(tilbud=tilbud, aar=2000 + nummer)
            TilbudFactory(driftsherre=tilbud.driftsherre)

    fyld(0, 3)
    with django_assert_max_num_queries(15) as ved_tre:
        klient.get("/tilbud/proeve/ret/")
    fyld(3, 10)
    with django_assert_max_num_queries(15) as ved_ti:
        tekst = klient.get("/tilbud/proeve/ret/").text
    assert len(ved_tre) == len(ved_ti)
    # Each row still offers all, its own chosen.
    valgt = LovgrundlagFactory._meta.model.objects.get(slug="sel-9")
    assert tekst.count(f'<option value="{valgt.pk}" selected>{valgt}') == 2


def test_nyt_viser_ikke_hele_registret(klient, organisationer, django_assert_max_num_queries):
    TilbudFactory(navn="Huset <Nord>", driftsherre=organisationer["aalborg"])
    with django_assert_max_num_queries(10):
        tekst = klient.get("/tilbud/nyt/").text
    assert "Nord&gt;" not in tekst
    assert "En afdeling af et tilbud opretter du fra tilbuddets egen side" in tekst


def test_en_afdeling_oprettes_fra_tilbuddets_side(tilbud, klient):
    assert 'href="/tilbud/nyt/?under=proeve"' in klient.get("/tilbud/proeve/").text
    side = klient.get("/tilbud/nyt/?under=proeve").text
    assert f'<option value="{tilbud.pk}" selected>' in side
    assert f'<option value="{tilbud.driftsherre_id}" selected>' in side
    data = som_sendt(None, navn="Afdeling Syd", driftsherre=str(tilbud.driftsherre_id), overordnet=str(tilbud.pk))
    assert klient.post("/tilbud/nyt/?under=proeve", data).status_code == 302
    assert Tilbud.objects.get(slug="afdeling-syd").overordnet == tilbud


def test_en_afdeling_af_et_ukendt_tilbud(klient):
    assert klient.get("/tilbud/nyt/?under=findes-ikke").status_code == 404
