"""The steps of a reported account: create, save, hand in, take back, send back, approve (T22-T31)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models import Organisation
from socialaftale.kerne.models.haendelse import log
from takster import adgang_resultat as regler
from takster import hentning_resultat as hentning
from takster import notifikationer_regnskab as notifikationer
from takster.enums import Aartype, Opgoerelsesniveau, Regnskabstilstand
from takster.forloeb_regnskab import REGNSKAB, Regnskabstrin
from takster.handlinger import regnskabsvirkning
from takster.handlinger.faelles import kraev_begrundelse
from takster.hentning_resultat import niveau_for
from takster.models import Niveauvalg, Regnskab, Regnskabspost
from tilbud.models import Tilbud, Ydelse

KILDE = "Indberettet af driftsherren"
# What the driftsherre types, apart from the posts.
FELTER = (
    "budget",
    "budget_kilde",
    "hensat",
    "daekning_effektivisering",
    "daekning_hensat",
    "sagsreference",
    "fordel_tab",
    "foerste_driftsaar",
    "er_lukket",
    "begrundelse",
    "bemaerkninger",
)


class RegnskabHarFejl(ValidationError):
    """The check found something that stops the step; `fund` are those findings."""

    def __init__(self, fund: list) -> None:
        super().__init__([fundet.tekst for fundet in fund])
        self.fund = fund


def laas_regnskab(regnskab: Regnskab) -> Regnskab:
    """The account locked and read again."""
    return Regnskab.objects.select_for_update(of=("self",)).til_beregning().get(pk=regnskab.pk)


def laas_konto(driftsherre: int) -> Organisation:
    """T24: one change at a time on a driftsherre's account, so that a balance is never used twice.

    The key is left free: every log entry refers to the driftsherre, and who saves a form must not wait for this.
    """
    return Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=driftsherre)


@transaction.atomic
def opret_regnskab(
    tilbud: Tilbud,
    aar: int,
    *,
    adgang: Adgang,
    maalgruppe: str = "",
    ydelse: Ydelse | None = None,
    er_eksempel: bool = False,
) -> Regnskab:
    """An empty account; G is taken from the published tariffs of the year where there are any."""
    kraev_tilladelse(regler.maa_oprette_regnskab(adgang, tilbud.driftsherre_id))
    niveau = niveau_for(tilbud.driftsherre_id, aar)
    if aar >= timezone.localdate().year and not adgang.er_system:
        raise ValidationError({"aar": "Regnskabet kan først indberettes, når året er gået"})
    if niveau == Opgoerelsesniveau.YDELSE and (ydelse is None or ydelse.tilbud_id != tilbud.pk):
        raise ValidationError({"del": "Vælg den ydelse, regnskabet gælder for"})
    if niveau == Opgoerelsesniveau.MAALGRUPPE and not maalgruppe:
        raise ValidationError({"del": "Vælg den målgruppe, regnskabet gælder for"})
    regnskab = Regnskab(
        tilbud=tilbud,
        driftsherre=tilbud.driftsherre,
        aar=aar,
        aartype=Aartype.REALISERET,
        tilstand=Regnskabstilstand.KLADDE,
        niveau=niveau,
        maalgruppe=maalgruppe if niveau == Opgoerelsesniveau.MAALGRUPPE else "",
        ydelse=ydelse if niveau == Opgoerelsesniveau.YDELSE else None,
        kilde=KILDE,
        er_eksempel=er_eksempel,
    )
    _hent_grundlag(regnskab)
    regnskab.full_clean()
    regnskab.save()
    log(
        adgang,
        "regnskab_oprettet",
        regnskab,
        tekst="Regnskab oprettet",
        til=regnskab.tilstand,
        vedroerer=regnskab.driftsherre,
    )
    return regnskab


def _hent_grundlag(regnskab: Regnskab) -> bool:
    """T22: G and the regulation in it as published; answers whether there are tariffs to take them from."""
    fundet = hentning.takstgrundlag(regnskab)
    if fundet is None:
        regnskab.regulering = Decimal(0)
        return False
    regnskab.budget, regnskab.regulering = fundet.grundlag, fundet.regulering
    regnskab.budget_kilde = fundet.kilde
    return True


@transaction.atomic
def gem_regnskab(
    regnskab: Regnskab,
    *,
    adgang: Adgang,
    version: int,
    felter: Mapping[str, Any],
    poster: Mapping[str, Decimal | None],
) -> Regnskab:
    """Save a draft; raises Versionskonflikt when somebody saved since `version`. Nothing changed: nothing logged.

    A G that is typed needs its source; one from published tariffs is taken from them, whatever was typed.
    """
    regnskab = laas_regnskab(regnskab)
    kraev_tilladelse(regler.maa_rette_regnskab(adgang, regnskab))
    kraev_version(regnskab, version)
    foer = {navn: getattr(regnskab, navn) for navn in (*FELTER, "regulering")}
    for navn in FELTER:
        setattr(regnskab, navn, felter[navn])
    if not _hent_grundlag(regnskab) and regnskab.budget is not None and not regnskab.budget_kilde.strip():
        raise ValidationError({"budget_kilde": "Skriv, hvor grundlaget står, fx budgettet for året"})
    efter = {navn: getattr(regnskab, navn) for navn in foer}
    gamle = {post.art: post.beloeb for post in regnskab.poster.all()}
    nye = {art: beloeb for art, beloeb in poster.items() if beloeb is not None}
    if efter == foer and nye == gamle:
        return regnskab
    regnskab.version += 1
    regnskab.retur_begrundelse = ""
    regnskab.full_clean()
    regnskab.save()
    Regnskabspost.objects.filter(regnskab=regnskab).delete()
    raekker = [Regnskabspost(regnskab=regnskab, art=art, beloeb=beloeb) for art, beloeb in nye.items()]
    for raekke in raekker:
        raekke.clean_fields(exclude=["regnskab"])
    Regnskabspost.objects.bulk_create(raekker)
    log(
        adgang,
        "regnskab_gemt",
        regnskab,
        tekst="Kladde gemt",
        vedroerer=regnskab.driftsherre,
        data={
            "version": regnskab.version,
            "felter": {navn: [_json(foer[navn]), _json(efter[navn])] for navn in foer if foer[navn] != efter[navn]},
            "poster": {
                art: [_json(gamle.get(art)), _json(nye.get(art))]
                for art in sorted({*gamle, *nye})
                if gamle.get(art) != nye.get(art)
            },
        },
    )
    return laas_regnskab(regnskab)


def _json(vaerdi: Any) -> Any:
    return str(vaerdi) if isinstance(vaerdi, Decimal) else vaerdi


@transaction.atomic
def afgiv(regnskab: Regnskab, *, adgang: Adgang, version: int | None = None) -> Regnskab:
    """Sign-off by the godkender; raises RegnskabHarFejl for an account that breaks a rule."""
    regnskab = laas_regnskab(regnskab)
    skridt = REGNSKAB.kraev(Regnskabstrin.AFGIV, regnskab.tilstand)
    kraev_tilladelse(regler.maa_afgive(adgang, regnskab))
    kraev_version(regnskab, version)
    _hent_grundlag(regnskab)
    _kraev_uden_fejl(regnskab)
    _skift(
        regnskab,
        skridt.til,
        adgang,
        "regnskab_afgivet",
        "Afgivet",
        afgivet_tidspunkt=timezone.now(),
        afgivet_af=adgang.bruger,
        retur_begrundelse="",
        budget=regnskab.budget,
        budget_kilde=regnskab.budget_kilde,
        regulering=regnskab.regulering,
    )
    notifikationer.efter_commit(notifikationer.afgivet, regnskab.pk)
    return regnskab


def _kraev_uden_fejl(regnskab: Regnskab) -> hentning.Regnskabsberegning:
    beregning = hentning.beregn_regnskab(regnskab, hentning.regler_for(regnskab.aar), timezone.localdate())
    if not beregning.kan_afgives:
        raise RegnskabHarFejl([fund for fund in beregning.fund if fund.blokerer])
    return beregning


@transaction.atomic
def traek_tilbage(regnskab: Regnskab, *, adgang: Adgang) -> Regnskab:
    """The godkender takes a handed-in account back to correct it."""
    regnskab = laas_regnskab(regnskab)
    skridt = REGNSKAB.kraev(Regnskabstrin.TRAEK_TILBAGE, regnskab.tilstand)
    kraev_tilladelse(regler.maa_traekke_regnskab(adgang, regnskab))
    return _skift(
        regnskab,
        skridt.til,
        adgang,
        "regnskab_trukket",
        "Trukket tilbage",
        afgivet_tidspunkt=None,
        afgivet_af=None,
    )


@transaction.atomic
def godkend(regnskab: Regnskab, *, adgang: Adgang, version: int | None = None) -> Regnskab:
    """The secretariat approves: what is set aside is entered, and what the tariffs must hold follows from now on."""
    laas_konto(Regnskab.objects.values_list("driftsherre", flat=True).get(pk=regnskab.pk))
    regnskab = laas_regnskab(regnskab)
    skridt = REGNSKAB.kraev(Regnskabstrin.GODKEND, regnskab.tilstand)
    kraev_tilladelse(regler.maa_godkende_regnskab(adgang, regnskab))
    kraev_version(regnskab, version)
    beregning = _kraev_uden_fejl(regnskab)
    _skift(regnskab, skridt.til, adgang, "regnskab_godkendt", "Godkendt", godkendt_tidspunkt=timezone.now())
    regnskabsvirkning.indfoer(regnskab, beregning, adgang=adgang)
    notifikationer.efter_commit(notifikationer.godkendt, regnskab.pk)
    return regnskab


@transaction.atomic
def send_retur(regnskab: Regnskab, *, adgang: Adgang, begrundelse: str) -> Regnskab:
    """Back to the driftsherre with a reason; what an approval entered is taken back by counter-entries.

    Refused when a published tariff holds a part of the result, or a set-aside from it is used.
    """
    laas_konto(Regnskab.objects.values_list("driftsherre", flat=True).get(pk=regnskab.pk))
    regnskab = laas_regnskab(regnskab)
    skridt = REGNSKAB.kraev(Regnskabstrin.SEND_RETUR, regnskab.tilstand)
    kraev_tilladelse(regler.maa_returnere_regnskab(adgang, regnskab))
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvad der skal rettes")
    if regnskab.tilstand == Regnskabstilstand.GODKENDT:
        regnskabsvirkning.tag_tilbage(regnskab, adgang=adgang, begrundelse=begrundelse)
    _skift(
        regnskab,
        skridt.til,
        adgang,
        "regnskab_retur",
        "Sendt retur",
        begrundelse,
        afgivet_tidspunkt=None,
        afgivet_af=None,
        godkendt_tidspunkt=None,
        retur_begrundelse=begrundelse,
    )
    notifikationer.efter_commit(notifikationer.retur, regnskab.pk, begrundelse)
    return regnskab


def _skift(
    regnskab: Regnskab,
    til: Regnskabstilstand,
    adgang: Adgang,
    handling: str,
    tekst: str,
    begrundelse: str = "",
    **felter: Any,
) -> Regnskab:
    fra, regnskab.tilstand = regnskab.tilstand, til
    for navn, vaerdi in felter.items():
        setattr(regnskab, navn, vaerdi)
    regnskab.full_clean()
    regnskab.save(update_fields=["tilstand", *felter])
    log(
        adgang,
        handling,
        regnskab,
        tekst=tekst,
        fra=fra,
        til=til,
        begrundelse=begrundelse,
        vedroerer=regnskab.driftsherre,
        data={"version": regnskab.version},
    )
    return regnskab


@transaction.atomic
def vaelg_niveau(
    driftsherre: Organisation, *, adgang: Adgang, fra_aar: int, niveau: str, begrundelse: str
) -> Niveauvalg:
    """T30: another level from a year on, with a reason; refused when the year has accounts already."""
    kraev_tilladelse(regler.maa_vaelge_niveau(adgang, driftsherre.pk))
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor niveauet ændres")
    if niveau == niveau_for(driftsherre.pk, fra_aar):
        raise ValidationError({"niveau": "Det er det niveau, I har nu"})
    if Regnskab.objects.indberettede().filter(driftsherre=driftsherre, aar__gte=fra_aar).exists():
        raise ValidationError({"fra_aar": f"Der er allerede regnskaber for {fra_aar} eller senere. Vælg et senere år"})
    valg = Niveauvalg(driftsherre=driftsherre, fra_aar=fra_aar, niveau=niveau, begrundelse=begrundelse)
    valg.full_clean()
    valg.save()
    log(
        adgang,
        "opgoerelsesniveau",
        driftsherre,
        tekst=f"Regnskaber opgøres for {valg.get_niveau_display().lower()} fra {fra_aar}",
        begrundelse=begrundelse,
        vedroerer=driftsherre,
    )
    return valg
