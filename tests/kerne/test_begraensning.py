"""The conditions judged in Python say what the database says, for every constraint of every model."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from socialaftale.kerne.begraensning import Kontrol
from socialaftale.kerne.models import Organisation

EGNE = ("socialaftale.", "tilbud", "takster", "udmeldinger")
BEGRAENSNINGER = [
    (model, begraensning)
    for model in apps.get_models()
    if model.__module__.startswith(EGNE)
    for begraensning in model._meta.constraints
    if isinstance(begraensning, models.CheckConstraint)
]


def ja_eller_nej(
    klasse: type[models.CheckConstraint], begraensning: Kontrol, raekke: models.Model, **valg: Any
) -> bool:
    try:
        klasse.validate(begraensning, type(raekke), raekke, **valg)
    except ValidationError:
        return False
    return True


def vaerdier(felt: models.Field) -> list[Any]:
    """Values near the limits a condition may name."""
    if felt.choices:
        return [*[kode for kode, _ in felt.flatchoices], "ukendt" if isinstance(felt, models.CharField) else 99]
    if isinstance(felt, models.BooleanField):
        return [True, False]
    if isinstance(felt, models.DecimalField):
        return [Decimal("-1"), Decimal(0), Decimal("0.5"), Decimal(1), Decimal(100), Decimal("100.01")]
    if isinstance(felt, models.DateTimeField):
        return [timezone.now(), timezone.now() + dt.timedelta(days=1)]
    if isinstance(felt, models.DateField):
        return [dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2027, 1, 1)]
    if isinstance(felt, models.IntegerField | models.ForeignKey | models.AutoField):
        return [-1, 0, 1, 2, 100, 2026, 2027]
    if isinstance(felt, models.CharField | models.TextField):
        return ["", "x"]
    return []


@pytest.mark.parametrize(("model", "begraensning"), BEGRAENSNINGER, ids=lambda vaerdi: getattr(vaerdi, "name", ""))
def test_siger_det_samme_som_databasen(db, model, begraensning):
    assert isinstance(begraensning, Kontrol), "models use kerne.begraensning.Kontrol"
    terning = random.Random(begraensning.name)
    for _ in range(12):
        raekke = model()
        for felt in model._meta.concrete_fields:
            mulige = [*vaerdier(felt), *([None] if felt.null else [])]
            if mulige and not felt.generated:
                setattr(raekke, felt.attname, terning.choice(mulige))
        i_python = ja_eller_nej(Kontrol, begraensning, raekke)
        i_databasen = ja_eller_nej(models.CheckConstraint, begraensning, raekke)
        vist = {felt.attname: getattr(raekke, felt.attname) for felt in model._meta.concrete_fields}
        assert i_python == i_databasen, vist


def test_simple_betingelser_koster_intet_opslag():
    """The test may not touch the database at all."""
    kontrol = Kontrol(name="x", condition=Q(kode__gte=5) | Q(kode__isnull=True))
    assert ja_eller_nej(Kontrol, kontrol, Organisation(kode=5))
    assert ja_eller_nej(Kontrol, kontrol, Organisation(kode=None))
    assert not ja_eller_nej(Kontrol, kontrol, Organisation(kode=4))


def test_et_udeladt_felt_goer_hele_betingelsen_udeladt():
    kontrol = Kontrol(name="x", condition=Q(kode__gte=5) & Q(slug="a"))
    assert not ja_eller_nej(Kontrol, kontrol, Organisation(kode=4, slug="b"))
    assert ja_eller_nej(Kontrol, kontrol, Organisation(kode=4, slug="b"), exclude={"slug"})


def test_det_python_ikke_kan_spoerges_databasen_om(db):
    kontrol = Kontrol(name="x", condition=Q(slug__startswith="a"))
    assert ja_eller_nej(Kontrol, kontrol, Organisation(slug="aalborg"))
    assert not ja_eller_nej(Kontrol, kontrol, Organisation(slug="rebild"))


def test_migrationer_kender_den_som_djangos_egen():
    kontrol = Kontrol(name="x", condition=Q(kode__gte=5))
    assert kontrol.deconstruct()[0] == "django.db.models.CheckConstraint"
    assert kontrol == models.CheckConstraint(name="x", condition=Q(kode__gte=5))
