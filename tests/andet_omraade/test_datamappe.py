"""What is wrong in a folder of data is said with folder, file and place; what is not there is nothing of that kind."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from socialaftale.aftale.models import Aftale
from socialaftale.kerne.models import Opsaetning, Organisation
from takster.models import Regelsaet
from tilbud.models import Tilbud

DATA = Path(__file__).parent / "data"


@pytest.fixture
def mappe(db, tmp_path, settings) -> Path:
    """A copy of the small region that a test may spoil."""
    shutil.copytree(DATA, tmp_path / "sundet")
    settings.OMRAADEDATA = tmp_path / "sundet"
    return tmp_path / "sundet"


def indlaes() -> None:
    call_command("indlaes_grunddata", verbosity=0, stdout=io.StringIO())


def ret(mappe: Path, fil: str, gammelt: str, nyt: str) -> None:
    tekst = (mappe / fil).read_text(encoding="utf-8")
    assert gammelt in tekst
    (mappe / fil).write_text(tekst.replace(gammelt, nyt, 1), encoding="utf-8")


def test_kun_omraadet_skal_vaere_der(mappe, client):
    for post in mappe.iterdir():
        if post.name != "omraade.json":
            shutil.rmtree(post) if post.is_dir() else post.unlink()
    indlaes()
    assert (Opsaetning.objects.count(), Organisation.objects.count()) == (1, 6)
    assert not any(model.objects.exists() for model in (Tilbud, Aftale, Regelsaet))
    for adresse in ("/", "/tilbud/", "/kapacitet/", "/takster/", "/takster/regnskaber/", "/udmeldinger/", "/aftaler/"):
        assert client.get(adresse).status_code == 200
    assert client.get("/logo").status_code == 404


@pytest.mark.parametrize(
    "fil",
    [
        "geo/kommunegraenser.geojson",
        "geo/fliser.json",
        "kapacitet/pladser_pr_kommune.csv",
        "tilbud/register.json",
        "takster/regelsaet.json",
        "aftaler/2027-2030/aftale.json",
        "logo.svg",
    ],
)
def test_enhver_anden_fil_kan_mangle(mappe, client, fil):
    (mappe / fil).unlink()
    indlaes()
    for adresse in ("/", "/tilbud/", "/kapacitet/", "/takster/", "/aftaler/"):
        assert client.get(adresse).status_code == 200


def test_indlaesning_igen_lader_rettelser_staa(mappe):
    indlaes()
    Opsaetning.objects.update(navn="Rettet")
    Opsaetning.glem()
    Tilbud.objects.filter(slug="vaerftet").update(navn="Rettet")
    antal = (Organisation.objects.count(), Tilbud.objects.count(), Aftale.objects.count())
    indlaes()
    assert antal == (Organisation.objects.count(), Tilbud.objects.count(), Aftale.objects.count())
    assert Opsaetning.objects.get().navn == "Rettet"
    assert Tilbud.objects.get(slug="vaerftet").navn == "Rettet"


@pytest.mark.parametrize("fil", ["omraade.json", "kapacitet/opgoerelser.json", "aftaler/2027-2030/01-forord.html"])
def test_en_fil_der_skal_vaere_der(mappe, fil):
    (mappe / fil).unlink()
    with pytest.raises(CommandError) as fejl:
        indlaes()
    assert str(fejl.value) == f"Filen {fil} mangler i mappen {mappe}. Se docs/andet-omraade.md"


@pytest.mark.parametrize(
    ("fil", "gammelt", "nyt", "besked"),
    [
        ("omraade.json", '"opsaetning": {', '"opsaetning": [', "linje 3 er ikke gyldig JSON"),
        ("omraade.json", '"navn": "Sundets Rammeaftale"', '"nvn": "Sundets Rammeaftale"', "opsaetning: "),
        ("omraade.json", '"#7a1f3d"', '"rød"', "opsaetning: farve: "),
        ("omraade.json", '"organisationer"', '"parter"', "organisationer mangler eller er ukendt"),
        ("omraade.json", '"type": "kommune"', '"type": "by"', "fjordby: type: "),
        ("omraade.json", '"kode": 902', '"kode": 901', "klitmoede: kode: "),
        ("tilbud/lovgrundlag.json", '"omfattet": "omfattet"', '"omfattet": "måske"', "omfattet"),
        ("tilbud/lovgrundlag.json", '"lovgrundlag": [', '"paragraffer": [', "lovgrundlag mangler"),
        ("tilbud/register.json", "Fjordby Kommune", "Fjerby Kommune", "organisationen Fjerby Kommune er ukendt"),
        ("tilbud/register.json", '"SEL § ', '"XYZ § ', "er ukendt. Skriv den i tilbud/lovgrundlag.json"),
        ("tilbud/register.json", '"slug": "maagereden",', "", "slug mangler"),
        ("kapacitet/pladser_pr_kommune.csv", "private_pladser", "private", "kolonnen private_pladser mangler"),
        ("kapacitet/pladser_pr_kommune.csv", "Klitmøde,kommune,30", "Klitmøde,kommune,mange", "ikke hele tal"),
        (
            "kapacitet/pladser_pr_kommune.csv",
            "Klitmøde,kommune",
            "Klitmøde",
            "linje 3 har ikke det samme",
        ),
        ("kapacitet/opgoerelser.json", '"aftaleperiode"', '"periode"', "aftaleperiode mangler"),
        ("takster/regelsaet.json", '"graenser": "vores"', '"graenser": "andres"', "andres mangler eller er ukendt"),
        ("takster/regelsaet.json", '"fra_aar": 2025', '"fra_aar": "snart"', "fra_aar: "),
        ("aftaler/2027-2030/aftale.json", '"noegle": "forord",', "", "noegle mangler"),
        ("aftaler/2027-2030/aftale.json", '"2027-01-01"', '"1. januar"', "Invalid isoformat"),
    ],
)
def test_hvad_der_er_galt_og_hvor(mappe, fil, gammelt, nyt, besked):
    ret(mappe, fil, gammelt, nyt)
    with pytest.raises(CommandError) as fejl:
        indlaes()
    assert str(fejl.value).startswith(str(mappe / fil))
    assert besked in str(fejl.value)


def test_en_fil_i_en_anden_tegnkodning(mappe):
    (mappe / "omraade.json").write_bytes((DATA / "omraade.json").read_text(encoding="utf-8").encode("latin-1"))
    with pytest.raises(CommandError, match=r"omraade\.json: filen er ikke gemt som UTF-8"):
        indlaes()


def test_et_byte_order_mark_goer_ingenting(mappe):
    data = json.loads((DATA / "omraade.json").read_text(encoding="utf-8"))
    (mappe / "omraade.json").write_text("\ufeff" + json.dumps(data), encoding="utf-8")
    indlaes()
    assert Opsaetning.objects.get().navn == "Sundets Rammeaftale"
