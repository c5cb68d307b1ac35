"""What the secretariat does with external figures: enter, correct with a reason, look up again, delete."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.dansk import slug
from socialaftale.kerne.konflikt import fang_unik, kraev_version
from socialaftale.kerne.models import EksterntTal, Kapitelversion, Kladde
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.tekst import henvisninger

# What a person fills in; the rest follows.
FELTER = ("statistik", "fodnote", "vaerdi_tekst", "kilde", "udgiver", "aar", "link", "maks_alder")
_NOEGLE_MAKS = EksterntTal._meta.get_field("noegle").max_length


@transaction.atomic
def opret(adgang: Adgang, **felter: Any) -> EksterntTal:
    """A new external figure, looked up today; raises `ValidationError` by field."""
    kraev_tilladelse(adgang.er_sekretariat)
    tal = EksterntTal(**{navn: felter[navn] for navn in FELTER if navn in felter})
    tal.noegle = _ledig_noegle(tal.statistik)
    _slaaet_op_nu(tal, adgang)
    findes = EksterntTal.objects.filter(noegle=tal.noegle)
    with fang_unik(findes, "statistik", "En anden har lige oprettet et tal, der hedder det samme. Se det på listen"):
        tal.full_clean()
        tal.save(force_insert=True)
    log(adgang, "eksternt_tal_oprettet", tal, tekst=f"Oprettet: {tal.vaerdi_tekst}", data=_som_data(tal))
    return tal


@transaction.atomic
def ret(tal: EksterntTal, *, adgang: Adgang, begrundelse: str, fra_version: int, **felter: Any) -> EksterntTal:
    """Correct a figure; drafts show the new value at once, issued editions keep what they printed.

    Raises `Versionskonflikt`, or `ValidationError` by field. The log keeps the values before and after.
    """
    tal = EksterntTal.objects.select_for_update(of=("self",)).get(pk=tal.pk)
    kraev_tilladelse(adgang.er_sekretariat)
    kraev_version(tal, fra_version)
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor tallet rettes"})
    foer = _som_data(tal)
    for navn in FELTER:
        if navn in felter:
            setattr(tal, navn, felter[navn])
    efter = _som_data(tal)
    if efter == foer:
        return tal
    _slaaet_op_nu(tal, adgang)
    tal.version += 1
    tal.full_clean()
    tal.save()
    aendret = {navn: [foer[navn], efter[navn]] for navn in FELTER if foer[navn] != efter[navn]}
    tekst = "Rettet: " + ", ".join(str(EksterntTal._meta.get_field(navn).verbose_name) for navn in aendret)
    if "vaerdi_tekst" in aendret:
        tekst = f"Værdien rettet fra {foer['vaerdi_tekst']} til {efter['vaerdi_tekst']}"
    log(adgang, "eksternt_tal_rettet", tal, tekst=tekst[:200], begrundelse=begrundelse.strip(), data=aendret)
    return tal


@transaction.atomic
def bekraeft(tal: EksterntTal, *, adgang: Adgang, fra_version: int) -> EksterntTal:
    """The source was looked up and still says the same; the figure's year does not change by that."""
    tal = EksterntTal.objects.select_for_update(of=("self",)).get(pk=tal.pk)
    kraev_tilladelse(adgang.er_sekretariat)
    kraev_version(tal, fra_version)
    _slaaet_op_nu(tal, adgang)
    tal.version += 1
    tal.full_clean()
    tal.save()
    log(adgang, "eksternt_tal_slaaet_op", tal, tekst="Slået op i kilden, som siger det samme")
    return tal


@transaction.atomic
def slet(tal: EksterntTal, *, adgang: Adgang) -> None:
    """Delete a figure that no text has ever cited; raises `ValidationError` when one has."""
    tal = EksterntTal.objects.select_for_update(of=("self",)).get(pk=tal.pk)
    kraev_tilladelse(adgang.er_sekretariat)
    if er_citeret(tal):
        raise ValidationError(
            "Tallet kan ikke slettes. Det bruges i et kapitel, en tidligere version eller en kladde, som skal kunne "
            "vise det igen."
        )
    log(adgang, "eksternt_tal_slettet", tal, tekst=f"Slettet: {tal.vaerdi_tekst}", data=_som_data(tal))
    tal.delete()


def er_citeret(tal: EksterntTal) -> bool:
    """By any version of any chapter, also earlier ones, or by what somebody is writing."""
    noegle = tal.katalognoegle
    for model in (Kapitelversion, Kladde):
        mulige = model.objects.filter(indhold__contains=tal.noegle).values_list("indhold", flat=True)
        if any(noegle == fund.figurnoegle for indhold in mulige.iterator() for fund in henvisninger.find(indhold)):
            return True
    return False


def _slaaet_op_nu(tal: EksterntTal, adgang: Adgang) -> None:
    tal.slaaet_op, tal.slaaet_op_af = timezone.localdate(), adgang.bruger


def _som_data(tal: EksterntTal) -> dict[str, Any]:
    return {navn: getattr(tal, navn) for navn in FELTER}


def _ledig_noegle(navn: str) -> str:
    """From the first words of the name, with a number when it is taken."""
    grund = slug(navn).replace("-", "_")[: _NOEGLE_MAKS - 20].strip("_") or "tal"
    kendte = set(EksterntTal.objects.filter(noegle__startswith=grund).values_list("noegle", flat=True))
    nummer = 1
    while (noegle := grund if nummer == 1 else f"{grund}_{nummer}") in kendte:
        nummer += 1
    return noegle
