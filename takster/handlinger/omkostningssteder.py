"""Cost places, keys and the transfer of what they give to the takstskemaer (T56-T58)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models.haendelse import log
from takster import adgang as regler
from takster import hentning
from takster.beregning.koder import Grad
from takster.enums import Stedtype
from takster.handlinger.skemaer import gem_skema
from takster.models import Fordelingsnoegle, Indberetning, Noeglemaengde, Omkostningssted, Stedpost, Takstskema
from takster.stedhentning import Overfoersel, hent_stedregnskab, overfoersler


def _laas(indberetning: Indberetning, adgang: Adgang) -> Indberetning:
    """Locked, so that a place cannot vanish while a key is written; the right to it checked."""
    indberetning = (
        Indberetning.objects.select_for_update(of=("self",))
        .select_related("runde__regelsaet", "driftsherre")
        .get(pk=indberetning.pk)
    )
    kraev_tilladelse(regler.maa_rette_omkostningssteder(adgang, indberetning, timezone.localdate()))
    return indberetning


@transaction.atomic
def begynd(indberetning: Indberetning, *, adgang: Adgang) -> int:
    """Make the final places: one per takstskema (T56), also for forms that came later; answers how many are new."""
    indberetning = _laas(indberetning, adgang)
    mangler = Takstskema.objects.filter(indberetning=indberetning, omkostningssted=None).select_related(
        "ydelse__tilbud"
    )
    optagne = set(Omkostningssted.objects.filter(indberetning=indberetning).values_list("navn", flat=True))
    nye = []
    for skema in mangler:
        navn = f"{skema.ydelse.tilbud.navn}, {skema.ydelse.navn}"[:105]
        if navn in optagne:
            navn = f"{navn} ({skema.pk})"
        optagne.add(navn)
        nye.append(Omkostningssted(indberetning=indberetning, navn=navn, type=Stedtype.ENDELIG, skema=skema))
    Omkostningssted.objects.bulk_create(nye)
    if nye:
        _log(adgang, indberetning, f"{len(nye)} ydelser er endelige omkostningssteder")
    return len(nye)


def _log(adgang: Adgang, indberetning: Indberetning, tekst: str, **data: object) -> None:
    log(adgang, "omkostningssteder", indberetning, tekst=tekst, vedroerer=indberetning.driftsherre, data=data)


@transaction.atomic
def gem_sted(
    indberetning: Indberetning,
    *,
    adgang: Adgang,
    sted: Omkostningssted | None,
    version: int,
    felter: Mapping[str, object],
    beloeb: Mapping[str, Decimal | None],
) -> Omkostningssted:
    """Make or change a place with its booked amounts; Versionskonflikt when another saved it since `version`.

    A final place keeps its name and kind: it is the takstskema.
    """
    indberetning = _laas(indberetning, adgang)
    if sted is None:
        sted = Omkostningssted(indberetning=indberetning)
    else:
        sted = Omkostningssted.objects.select_for_update(of=("self",)).get(pk=sted.pk, indberetning=indberetning)
        kraev_version(sted, version)
        sted.version += 1
    if sted.type != Stedtype.ENDELIG:
        for navn, vaerdi in felter.items():
            setattr(sted, navn, vaerdi)
        if sted.type == Stedtype.ENDELIG:
            raise ValidationError({"type": "Ydelserne er de endelige omkostningssteder. Vælg en anden type"})
        if sted.type != Stedtype.MIDLERTIDIG:
            sted.noegle = None
    sted.full_clean()
    sted.save()
    gamle = sted.beloeb()
    nye = {kode: tal for kode, tal in beloeb.items() if tal is not None}
    if gamle != nye:
        sted.poster.all().delete()
        Stedpost.objects.bulk_create([Stedpost(sted=sted, post=kode, beloeb=tal) for kode, tal in nye.items()])
    aendret = {
        kode: [str(gamle.get(kode)), str(nye.get(kode))]
        for kode in sorted({*gamle, *nye})
        if gamle.get(kode) != nye.get(kode)
    }
    _log(adgang, indberetning, f"{sted.navn} gemt", sted=sted.pk, poster=aendret)
    return sted


@transaction.atomic
def slet_sted(sted: Omkostningssted, *, adgang: Adgang) -> None:
    """Remove a place without amounts; ValidationError when something is booked on it or it is a ydelse."""
    _laas(sted.indberetning, adgang)
    if sted.type == Stedtype.ENDELIG:
        raise ValidationError("En ydelse er et endeligt omkostningssted og kan ikke slettes.")
    if sted.poster.exists():
        raise ValidationError(f"Der er bogført beløb på {sted.navn}. Flyt eller fjern dem først.")
    navn = sted.navn
    sted.delete()
    _log(adgang, sted.indberetning, f"{navn} slettet")


@transaction.atomic
def gem_noegle(
    indberetning: Indberetning,
    *,
    adgang: Adgang,
    noegle: Fordelingsnoegle | None,
    version: int,
    navn: str,
    grundlag: str,
    maengder: Mapping[int, Decimal | None],
) -> Fordelingsnoegle:
    """Make or change a key with what each receiving place has of the measure (T57)."""
    indberetning = _laas(indberetning, adgang)
    if noegle is None:
        noegle = Fordelingsnoegle(indberetning=indberetning)
    else:
        noegle = Fordelingsnoegle.objects.select_for_update(of=("self",)).get(pk=noegle.pk, indberetning=indberetning)
        kraev_version(noegle, version)
        noegle.version += 1
    noegle.navn, noegle.grundlag = navn, grundlag
    noegle.full_clean()
    noegle.save()
    egne = set(Omkostningssted.objects.filter(indberetning=indberetning).values_list("pk", flat=True))
    noegle.maengder.all().delete()
    Noeglemaengde.objects.bulk_create(
        [
            Noeglemaengde(noegle=noegle, sted_id=sted, maengde=maengde)
            for sted, maengde in maengder.items()
            if maengde and sted in egne
        ]
    )
    _log(adgang, indberetning, f"Fordelingsnøglen {navn} gemt", noegle=noegle.pk)
    return noegle


@transaction.atomic
def slet_noegle(noegle: Fordelingsnoegle, *, adgang: Adgang) -> None:
    """Remove a key; the places that used it have a remainder until they get another."""
    _laas(noegle.indberetning, adgang)
    navn = noegle.navn
    noegle.delete()
    _log(adgang, noegle.indberetning, f"Fordelingsnøglen {navn} slettet")


def aabne_skemaer(skemaer: Iterable[Takstskema], adgang: Adgang) -> dict[int, Takstskema]:
    """Those of the forms that the reader may change today, by key."""
    i_dag = timezone.localdate()
    return {skema.pk: skema for skema in skemaer if regler.maa_redigere(adgang, skema, i_dag)}


@transaction.atomic
def overfoer(indberetning: Indberetning, *, adgang: Adgang) -> list[Overfoersel]:
    """Write the distributed costs in the drafts, all or none; answers what changed.

    Raises ValidationError while something is left on a temporary place or a key is faulty (T56, T57). Forms that are
    handed in are left as they are.
    """
    indberetning = _laas(indberetning, adgang)
    regnskab = hent_stedregnskab(indberetning)
    if fejl := [fund.tekst for fund in regnskab.fordeling.fund if fund.grad == Grad.FEJL]:
        raise ValidationError(fejl)
    skemaer = Takstskema.objects.filter(indberetning=indberetning).til_beregning()
    udfoert = [en for en in overfoersler(regnskab, aabne_skemaer(skemaer, adgang)) if en.aendringer]
    for en in udfoert:
        gem_skema(
            en.skema,
            adgang=adgang,
            version=en.skema.version,
            felter=hentning.felter_af(en.skema),
            linjer=en.nye_linjer(),
            kladde_er_gemt=False,
        )
    _log(adgang, indberetning, f"Fordelte omkostninger overført til {len(udfoert)} takstskemaer")
    return udfoert
