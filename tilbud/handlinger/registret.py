"""Editing the register: fields and rows of one *tilbud* at a time, with a version that notices who was first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError

from socialaftale.kerne import dansk
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models.haendelse import log
from tilbud import adgang as regler
from tilbud.handlinger.kontrol import opdater_fund
from tilbud.models import (
    Aftalestatus,
    Forstaerketmedlem,
    Plads,
    Tilbud,
    Tilbudslovgrundlag,
    Tilbudsnavn,
    Ydelse,
)

# The rows that belong to a tilbud, by the name its relation has.
SEKTIONER: dict[str, type[models.Model]] = {
    "pladser": Plads,
    "lovgrundlag": Tilbudslovgrundlag,
    "aftalestatus": Aftalestatus,
    "medlemskaber": Forstaerketmedlem,
    "ydelser": Ydelse,
    "navne": Tilbudsnavn,
}
SEKTIONSNAVNE = {
    "pladser": "pladser",
    "lovgrundlag": "lovgrundlag",
    "aftalestatus": "status i socialaftalen",
    "medlemskaber": "forstærket samarbejde",
    "ydelser": "ydelser",
    "navne": "andre navne",
}
RETTELIGE = (
    "navn",
    "driftsherre",
    "driftsform",
    "beliggenhedskommune",
    "beliggenhed_tekst",
    "adresse",
    "tilbudstype",
    "overordnet",
    "maalgruppe",
    "aldersgruppe",
    "alder_fra",
    "alder_til",
    "kategori",
    "status_tekst",
    "bemaerkning",
    "kilder",
    "offentliggjort",
)
# Refused as slugs, because they are pages of their own.
OPTAGNE_SLUGS = frozenset({"nyt", "mangler", "forslag"})


def til_json(vaerdi: Any) -> Any:
    """A field's value as the log and a proposal keep it: rows by primary key."""
    return vaerdi.pk if isinstance(vaerdi, models.Model) else vaerdi


def ledig_slug(navn: str) -> str:
    """The name as address, with a number when another *tilbud* has it (two are called Vingen)."""
    grund = dansk.slug(navn)[:90] or "tilbud"
    optagne = set(Tilbud.objects.filter(slug__startswith=grund).values_list("slug", flat=True)) | OPTAGNE_SLUGS
    return next(s for s in (grund, *(f"{grund}-{nr}" for nr in range(2, len(optagne) + 3))) if s not in optagne)


@transaction.atomic
def opret_tilbud(
    *, adgang: Adgang, felter: Mapping[str, Any], raekker: Mapping[str, Iterable[models.Model]] | None = None
) -> Tilbud:
    """Enter a new *tilbud* with its rows (T60)."""
    kraev_tilladelse(regler.maa_rette(adgang), "Kun sekretariatet opretter tilbud.")
    tilbud = Tilbud(slug=ledig_slug(felter.get("navn", "")), **felter)
    tilbud.full_clean()
    tilbud.save()
    for navn, nye in (raekker or {}).items():
        _udskift(tilbud, navn, list(nye))
    tilbud.save(update_fields=["soegetekst"])
    opdater_fund([tilbud.pk])
    log(adgang, "tilbud_oprettet", tilbud, tekst="Tilbuddet er oprettet", vedroerer=tilbud.driftsherre)
    return tilbud


@transaction.atomic
def ret_tilbud(
    tilbud: Tilbud,
    *,
    adgang: Adgang,
    version: int,
    felter: Mapping[str, Any],
    raekker: Mapping[str, Iterable[models.Model]] | None = None,
    begrundelse: str = "",
) -> Tilbud:
    """Change the given fields and replace the given sections of rows; what is not given stays.

    `version` is the one the form was opened with. Raises `Versionskonflikt` when somebody saved in between,
    `ValidationError` when the result breaks a rule. Saving without a change leaves no trace.
    """
    tilbud = Tilbud.objects.select_for_update(of=("self",)).get(pk=tilbud.pk)
    kraev_tilladelse(regler.maa_rette(adgang), "Kun sekretariatet retter i registret.")
    kraev_version(tilbud, version)
    return gem_rettelser(tilbud, adgang=adgang, felter=felter, raekker=raekker or {}, begrundelse=begrundelse)


def gem_rettelser(
    tilbud: Tilbud,
    *,
    adgang: Adgang,
    felter: Mapping[str, Any],
    raekker: Mapping[str, Iterable[models.Model]],
    begrundelse: str,
    handling: str = "tilbud_rettet",
) -> Tilbud:
    """The part that editing and an approved proposal share; `tilbud` is locked."""
    aendrede = {}
    tidligere_driftsherre = tilbud.driftsherre
    for felt, ny in felter.items():
        if felt not in RETTELIGE:
            raise ValueError(f"{felt} is not an editable field.")
        gammel = getattr(tilbud, felt)
        if gammel != ny:
            aendrede[felt] = {"foer": til_json(gammel), "efter": til_json(ny)}
            setattr(tilbud, felt, ny)
    tilbud.full_clean()
    sektioner = {navn: forskel for navn, nye in raekker.items() if (forskel := _udskift(tilbud, navn, list(nye)))}
    if not aendrede and not sektioner:
        return tilbud
    tilbud.version += 1
    tilbud.save()
    opdater_fund([tilbud.pk])
    navne = [str(Tilbud._meta.get_field(felt).verbose_name) for felt in aendrede]
    navne += [SEKTIONSNAVNE[navn] for navn in sektioner]
    log(
        adgang,
        handling,
        tilbud,
        tekst=_kort(f"Rettet: {', '.join(navne)}"),
        begrundelse=begrundelse,
        vedroerer=tilbud.driftsherre or tidligere_driftsherre,
        data={"version": tilbud.version, "felter": aendrede, "raekker": sektioner},
    )
    return tilbud


def _kort(tekst: str) -> str:
    return tekst if len(tekst) <= 200 else f"{tekst[:197]} …"


def raekkens_vaerdier(raekke: models.Model) -> dict[str, Any]:
    """What a row says, apart from its key and the *tilbud* it belongs to; for comparing and for the log."""
    return {
        felt.name: til_json(getattr(raekke, felt.attname))
        for felt in raekke._meta.concrete_fields
        if felt.name not in ("id", "tilbud")
    }


def _udskift(tilbud: Tilbud, navn: str, nye: list[models.Model]) -> dict[str, list[dict[str, Any]]]:
    """Make the section hold exactly `nye`; returns what went and what came, empty when nothing did.

    *Ydelser* keep their key because tariffs point at them; other rows are replaced, so that two rows may trade
    places without meeting a unique constraint on the way.
    """
    model = SEKTIONER[navn]
    gamle = {raekke.pk: raekke for raekke in getattr(tilbud, navn).all()}
    foer = [raekkens_vaerdier(raekke) for raekke in gamle.values()]
    beholdt: set[int] = set()
    skal_gemmes: list[models.Model] = []
    for raekke in nye:
        raekke.tilbud = tilbud
        gammel = gamle.get(raekke.pk)
        if gammel is not None and raekkens_vaerdier(gammel) == raekkens_vaerdier(raekke):
            beholdt.add(gammel.pk)
        else:
            skal_gemmes.append(raekke)
    rettede = {raekke.pk for raekke in skal_gemmes if raekke.pk in gamle} if model is Ydelse else set()
    vaek = set(gamle) - beholdt - rettede
    if not vaek and not skal_gemmes:
        return {}
    try:
        model.objects.filter(pk__in=vaek).delete()
    except ProtectedError as fejl:
        raise ValidationError(
            "En ydelse med takster kan ikke slettes. Skriv i stedet det sidste år, den er aktiv."
        ) from fejl
    for raekke in skal_gemmes:
        if raekke.pk not in rettede:
            raekke.pk = None
        # A form hands over a copy; whether it is an insert or an update is known here.
        raekke._state.adding = raekke.pk is None
        if isinstance(raekke, Ydelse) and not raekke.slug:
            raekke.slug = _ydelsesslug(tilbud, raekke.navn)
        raekke.full_clean()
        raekke.save()
    efter = [raekkens_vaerdier(raekke) for raekke in model.objects.filter(tilbud=tilbud)]
    return {
        "fjernet": [raekke for raekke in foer if raekke not in efter],
        "tilfoejet": [raekke for raekke in efter if raekke not in foer],
    }


def _ydelsesslug(tilbud: Tilbud, navn: str) -> str:
    grund = dansk.slug(navn)[:70] or "ydelse"
    # "ny" is a page of its own.
    optagne = set(Ydelse.objects.filter(tilbud=tilbud).values_list("slug", flat=True)) | {"ny"}
    return next(s for s in (grund, *(f"{grund}-{nr}" for nr in range(2, len(optagne) + 3))) if s not in optagne)
