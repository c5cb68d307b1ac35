"""Traps over the whole product: things no single test would notice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from socialaftale.kerne import registre

EGNE = ("kerne", "tilbud", "takster", "udmeldinger", "aftale")
SKABELONER = settings.BASE_DIR / "templates"
KODE = [
    sti
    for rod in ("socialaftale", "tilbud", "takster", "udmeldinger")
    for sti in (settings.BASE_DIR / rod).rglob("*.py")
    if "migrations" not in sti.parts
]
# Found by name through Django, allauth or a setting, not named in our code.
AF_RAMMEN = ("django/", "account/", "mfa/", "allauth/", "django_tables2/", "usersessions/")
MODELLER = [model for navn in EGNE for model in apps.get_app_config(navn).get_models()]


def _alle_skabeloner() -> list[str]:
    return [sti.relative_to(SKABELONER).as_posix() for sti in SKABELONER.rglob("*") if sti.is_file()]


def test_ingen_ubrugte_skabeloner():
    kilder = "\n".join(sti.read_text(encoding="utf-8") for sti in KODE)
    kilder += "\n".join((SKABELONER / navn).read_text(encoding="utf-8") for navn in _alle_skabeloner())
    ubrugte = [
        navn
        for navn in _alle_skabeloner()
        if not navn.startswith(AF_RAMMEN) and "/" in navn and not _naevnt(navn, kilder)
    ]
    assert ubrugte == []


def _naevnt(navn: str, kilder: str) -> bool:
    """Named in full, or by its folder with a name that the code puts in (f"vejledning/{slug}.html")."""
    if re.search(rf"[\"'/]{re.escape(navn)}[\"'#]", kilder) or f'"{navn}"' in kilder:
        return True
    mappe, _, fil = navn.rpartition("/")
    endelse = fil.rpartition(".")[2]
    return bool(re.search(rf"{re.escape(mappe)}/\{{[a-z_.]+\}}[a-z_]*\.{endelse}", kilder))


def test_menuen_foerer_til_sider_der_findes():
    for punkt in registre.menu:
        assert reverse(punkt.url_navn).startswith("/")


@pytest.mark.parametrize("model", MODELLER, ids=lambda model: model.__name__)
def test_modelnavne_er_danske_og_smaa(model):
    for navn in (model._meta.verbose_name, model._meta.verbose_name_plural):
        assert str(navn)[0].islower() or str(navn).isupper()
    # Django writes "Model(felt, felt)" where a class has no docstring of its own.
    assert not (model.__doc__ or "").startswith(f"{model.__name__}(")


@pytest.mark.parametrize("model", MODELLER, ids=lambda model: model.__name__)
def test_valgfelter_er_ogsaa_laast_i_databasen(model):
    """`choices` guards nothing in the database: every choice field has a check constraint that names it."""
    betingelser = " ".join(str(getattr(c, "condition", "")) for c in model._meta.constraints)
    ulaaste = [
        felt.name for felt in model._meta.fields if felt.choices and felt.name not in betingelser and felt.editable
    ]
    assert ulaaste == []


@pytest.mark.parametrize("model", MODELLER, ids=lambda model: model.__name__)
def test_lister_har_en_entydig_raekkefoelge(model):
    raekkefoelge = [str(felt).lstrip("-") for felt in model._meta.ordering]
    sidste = raekkefoelge[-1] if raekkefoelge else "pk"
    assert (
        sidste == "pk"
        or _unik_sammen(model, raekkefoelge)
        or ("__" not in sidste and model._meta.get_field(sidste).unique)
    )


def _unik_sammen(model, felter: list[str]) -> bool:
    return any(
        set(getattr(c, "fields", ()) or ()) and set(c.fields) <= set(felter)
        for c in model._meta.constraints
        if hasattr(c, "fields")
    )


FORBUDT = {
    "Dette felt er påkrævet": "Django's own text",
    "Ugyldig værdi": "says nothing",
    "venligst": "tone",
    ">Submit<": "English",
}


@pytest.mark.parametrize("ord", FORBUDT)
def test_ordvalg(ord):
    fundne = [navn for navn in _alle_skabeloner() if ord in (SKABELONER / navn).read_text(encoding="utf-8")]
    fundne += [str(sti) for sti in KODE if ord in sti.read_text(encoding="utf-8")]
    assert fundne == []


def test_intet_laeser_shared_naar_det_koerer():
    maerke = "/".join(("..", "shared"))
    fundne = [str(sti) for sti in KODE if maerke in sti.read_text(encoding="utf-8")]
    fundne += [str(sti) for sti in Path(settings.BASE_DIR, "fixtures").rglob("*.json") if maerke in sti.read_text()]
    assert fundne == []
