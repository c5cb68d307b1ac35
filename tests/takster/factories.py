"""Rows for the tests of the tariff app; situations are traits of the state machine, made through the actions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Organisation
from takster.enums import Belaegningsprincip, Rundetilstand, Skematilstand
from takster.handlinger import skemaer
from takster.models import (
    Indberetning,
    Indberetningsrunde,
    Koeb,
    PLsats,
    Regelsaet,
    Takst,
    Takstberegning,
    Takstlinje,
    Takstskema,
)
from tilbud.models import Aftalestatus, Tilbud, Ydelse

# A budget of 8,000,000 kr. that every check lets through.
LINJER = {
    "A10": Decimal("600000.00"),
    "A20": Decimal("5200000.00"),
    "A40": Decimal("300000.00"),
    "A50": Decimal("150000.00"),
    "A60": Decimal("250000.00"),
    "B20": Decimal("450000.00"),
    "C10": Decimal("120000.00"),
    "C20": Decimal("380000.00"),
    "C30": Decimal("40000.00"),
    "D10": Decimal("60000.00"),
    "E30": Decimal("150000.00"),
    "E40": Decimal("50000.00"),
    "E50": Decimal("150000.00"),
    "F10": Decimal("100000.00"),
    "G10": Decimal("-20000.00"),
    "H10": Decimal("20000.00"),
}
# Fields that pass every check together with LINJER.
FELTER: dict[str, Any] = {
    "pladser": Decimal("10.00"),
    "belaegningsprincip": Belaegningsprincip.BEREGNET,
    "belaegning_pct": Decimal("95.00"),
    "aktivitet_t1": Decimal("9.70"),
    "kapacitet_t1": Decimal("10.00"),
    "aktivitet_t2": Decimal("9.30"),
    "kapacitet_t2": Decimal("10.00"),
    "direkte_stoettetimer": Decimal("25.00"),
    "uden_tillaegsydelser": True,
    "uden_valgfri_ydelser": True,
    "kun_generelt_tilsyn": True,
    "uden_myndighedsopgaver": True,
    "uden_udviklingsomkostninger": True,
    "tilbudsportal_opdateret": True,
    "afskrivningspraksis": "lineaer",
}


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation
        django_get_or_create = ("slug",)

    slug = "aalborg"
    type = "kommune"
    navn = factory.LazyAttribute(lambda o: f"{o.slug.capitalize()} Kommune")
    kortnavn = factory.LazyAttribute(lambda o: o.slug.capitalize())
    er_part = True
    er_driftsherre = True


class TilbudFactory(DjangoModelFactory):
    class Meta:
        model = Tilbud
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"tilbud-{n}")
    navn = factory.Sequence(lambda n: f"Tilbud {n}")
    driftsherre = factory.SubFactory(OrganisationFactory)
    driftsform = "kommunal"
    offentliggjort = True

    @factory.post_generation
    def i_aftalen(self, create: bool, vaerdi: bool | None, **kwargs: Any) -> None:
        if vaerdi is not False:
            Aftalestatus.objects.create(tilbud=self, aar=2020, i_socialaftale=True)


class YdelseFactory(DjangoModelFactory):
    class Meta:
        model = Ydelse

    tilbud = factory.SubFactory(TilbudFactory)
    slug = factory.Sequence(lambda n: f"ydelse-{n}")
    navn = factory.Sequence(lambda n: f"Botilbud {n}")
    beskrivelse = "Bolig med støtte, omsorg og pleje døgnet rundt."
    enhed = "doegn"


class RegelsaetFactory(DjangoModelFactory):
    class Meta:
        model = Regelsaet
        django_get_or_create = ("navn",)

    navn = "Styringsaftale til test"
    fra_aar = 2018


class RundeFactory(DjangoModelFactory):
    """Open for the whole of 2026 unless told otherwise; tests set the clock to 1 October 2026."""

    class Meta:
        model = Indberetningsrunde
        django_get_or_create = ("aar",)

    aar = 2027
    tilstand = Rundetilstand.AABEN
    aabner = dt.date(2026, 8, 1)
    frist = dt.date(2026, 10, 31)
    regelsaet = factory.SubFactory(RegelsaetFactory)


class IndberetningFactory(DjangoModelFactory):
    class Meta:
        model = Indberetning
        django_get_or_create = ("runde", "driftsherre")

    runde = factory.SubFactory(RundeFactory)
    driftsherre = factory.SubFactory(OrganisationFactory)
    overhead_metode = "Fordeles efter antal årsværk i centralforvaltningen."


class SkemaFactory(DjangoModelFactory):
    """A draft; `udfyldt=True` passes every check; `tilstand=` brings it there through the actions."""

    class Meta:
        model = Takstskema

    class Params:
        udfyldt = factory.Trait(**FELTER)

    indberetning = factory.SubFactory(IndberetningFactory)
    ydelse = factory.LazyAttribute(
        lambda o: YdelseFactory(tilbud=TilbudFactory(driftsherre=o.indberetning.driftsherre))
    )
    enhed = factory.LazyAttribute(lambda o: o.ydelse.enhed)

    @classmethod
    def _create(cls, model_class: type[Takstskema], *args: Any, **kwargs: Any) -> Takstskema:
        tilstand = kwargs.pop("tilstand", Skematilstand.KLADDE)
        linjer = kwargs.pop("linjer", None)
        if linjer is None and kwargs.get("belaegningsprincip"):
            linjer = LINJER
        skema = super()._create(model_class, *args, **kwargs)
        Takstlinje.objects.bulk_create(
            [Takstlinje(skema=skema, post=kode, beloeb=beloeb) for kode, beloeb in (linjer or {}).items()]
        )
        if kwargs.get("belaegningsprincip"):
            Koeb.objects.create(skema=skema, kommune=skema.indberetning.driftsherre, maengde=Decimal("9.50"))
        return bring_til(skema, tilstand)


def bring_til(skema: Takstskema, tilstand: str) -> Takstskema:
    """The form in the wanted state, through the steps that lead there."""
    system = Adgang.system()
    if tilstand == Skematilstand.KLADDE:
        return skema
    skema = skemaer.indsend(skema, adgang=system)
    if tilstand == Skematilstand.INDSENDT:
        return skema
    if tilstand == Skematilstand.SENDT_RETUR:
        return skemaer.send_retur(skema, adgang=system, begrundelse="Ret lønnen", rettes_senest=dt.date(2099, 12, 31))
    skema = skemaer.godkend(skema, adgang=system)
    if tilstand == Skematilstand.OFFENTLIGGJORT:
        skema.tilstand = tilstand
        skema.save(update_fields=["tilstand"])
    return skema


class TakstFactory(DjangoModelFactory):
    """A published tariff of 2026 with its calculation."""

    class Meta:
        model = Takst
        skip_postgeneration_save = True

    ydelse = factory.SubFactory(YdelseFactory)
    aar = 2026
    er_eksempel = True
    tilbud = factory.LazyAttribute(lambda o: o.ydelse.tilbud)
    driftsherre = factory.LazyAttribute(lambda o: o.tilbud.driftsherre)
    kommune = factory.LazyAttribute(lambda o: o.tilbud.beliggenhedskommune)
    tilbud_navn = factory.LazyAttribute(lambda o: o.tilbud.navn)
    ydelse_navn = factory.LazyAttribute(lambda o: o.ydelse.navn)
    enhed = "doegn"
    grundlag = Decimal("7800000.00")
    kapacitet = Decimal("10.00")
    dage = 365
    belaegning_pct = Decimal("95.00")
    takst = Decimal("2249.46")
    pr_aar = Decimal("821052.90")
    pr_maaned = Decimal("68421.08")
    gyldig_fra = factory.LazyAttribute(lambda o: dt.date(o.aar, 1, 1))
    gyldig_til = factory.LazyAttribute(lambda o: dt.date(o.aar, 12, 31))
    offentliggjort_tidspunkt = factory.LazyAttribute(lambda o: dt.datetime(o.aar - 1, 12, 1, 12, tzinfo=dt.UTC))

    @factory.post_generation
    def linjer(self, create: bool, vaerdi: dict[str, str] | None, **kwargs: Any) -> None:
        linjer = {"A20": "5100000.00", "B20": "440000.00"} if vaerdi is None else vaerdi
        Takstberegning.objects.create(takst=self, data={"linjer": linjer, "regelsaet": "Styringsaftale til test"})


class PLsatsFactory(DjangoModelFactory):
    class Meta:
        model = PLsats
        django_get_or_create = ("fra_aar", "type")

    fra_aar = 2026
    til_aar = factory.LazyAttribute(lambda o: o.fra_aar + 1)
    sats_pct = Decimal("3.00")
    type = "service"
    kilde = "Test"
    er_eksempel = True
