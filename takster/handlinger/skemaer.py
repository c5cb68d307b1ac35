"""The steps of one takstskema: create, save, submit, withdraw, send back, approve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models.haendelse import log
from takster import adgang as regler
from takster import hentning, klargoering, notifikationer
from takster.beregning.klargoering import overtag
from takster.enums import Skematilstand
from takster.forloeb import SKEMA, Skematrin
from takster.handlinger import kommentarer
from takster.handlinger.faelles import SkemaHarFejl, kraev_begrundelse, laas_skema
from takster.handlinger.forudfyld import forudfyld_koebere
from takster.models import Indberetning, Takstkladde, Takstlinje, Takstskema
from takster.niveauceller import CELLER, celler_af, gem_raekker, gemte_raekker
from tilbud.models import Ydelse

# The log entry of a saved draft; its data tell what every field held before.
GEMT = "takstskema_gemt"
SE_KOMMENTARERNE = "Se kommentarerne til de enkelte felter."


@transaction.atomic
def opret_skema(indberetning: Indberetning, ydelse: Ydelse, *, adgang: Adgang) -> Takstskema:
    """A form for a ydelse that came after the round opened; one that exists is returned as it is."""
    indberetning = (
        Indberetning.objects.select_for_update(of=("self",))
        .select_related("runde", "driftsherre")
        .get(pk=indberetning.pk)
    )
    kraev_tilladelse(regler.maa_oprette_skema(adgang, indberetning, timezone.localdate()))
    if ydelse.tilbud.driftsherre_id != indberetning.driftsherre_id:
        raise ValidationError("Ydelsen hører til en anden driftsherre.")
    findes = Takstskema.objects.filter(indberetning=indberetning, ydelse=ydelse).first()
    if findes:
        return findes
    aar = indberetning.runde.aar
    skema = Takstskema(
        indberetning=indberetning,
        ydelse=ydelse,
        enhed=ydelse.enhed,
        er_eksempel=indberetning.runde.er_eksempel or ydelse.er_eksempel,
        **overtag(ydelse.enhed, klargoering.hent_forlaeg(aar, ydelse=ydelse).get(ydelse.pk)),
    )
    skema.full_clean()
    skema.save()
    forudfyld_koebere([skema], skema.aar)
    log(
        adgang,
        "takstskema_oprettet",
        skema,
        tekst="Takstskema oprettet",
        til=Skematilstand.KLADDE,
        vedroerer=indberetning.driftsherre,
    )
    return skema


@transaction.atomic
def gem_skema(
    skema: Takstskema,
    *,
    adgang: Adgang,
    version: int,
    felter: Mapping[str, Any],
    linjer: Mapping[str, Decimal | None],
    kladde_er_gemt: bool = True,
    niveauer: Sequence[Mapping[str, Any]] | None = None,
) -> Takstskema:
    """Save a draft; raises `Versionskonflikt` when somebody else saved since `version`.

    An occupancy that follows from the chosen principle is filled in when it was left empty. The user's unsaved draft
    is dropped when `kladde_er_gemt`: what it held is saved now. Nothing is logged when nothing changed. Levels are
    logged cell by cell among the fields; None leaves them as they are.
    """
    skema = laas_skema(skema)
    kraev_tilladelse(regler.maa_redigere(adgang, skema, timezone.localdate()))
    kraev_version(skema, version)
    felter = dict(felter)
    if felter.get("belaegning_pct") is None:
        felter["belaegning_pct"] = hentning.beregnet_belaegning(
            felter, skema.aar, skema.indberetning.runde.regelsaet.regler()
        )
    aendrede = [navn for navn, vaerdi in felter.items() if getattr(skema, navn) != vaerdi]
    gamle = skema.beloeb()
    nye = {kode: beloeb for kode, beloeb in linjer.items() if beloeb is not None}
    aendrede_linjer = sorted(kode for kode in {*gamle, *nye} if gamle.get(kode) != nye.get(kode))
    gamle_celler = celler_af(gemte_raekker(skema))
    nye_celler = gamle_celler if niveauer is None else celler_af(niveauer)
    aendrede_celler = [navn for navn in CELLER if gamle_celler[navn] != nye_celler[navn]]
    if adgang.bruger and kladde_er_gemt:
        Takstkladde.objects.filter(skema=skema, bruger=adgang.bruger).delete()
    if not aendrede and not aendrede_linjer and not aendrede_celler:
        return skema
    gamle_felter = {navn: getattr(skema, navn) for navn in aendrede}
    for navn in aendrede:
        setattr(skema, navn, felter[navn])
    skema.version += 1
    skema.gemt_tidspunkt = timezone.now()
    skema.gemt_af = adgang.bruger
    skema.meldt_klar_tidspunkt = None
    skema.full_clean()
    skema.save()
    _gem_linjer(skema, gamle, nye, aendrede_linjer)
    if aendrede_celler:
        gem_raekker(skema, niveauer or ())
    log(
        adgang,
        GEMT,
        skema,
        tekst="Kladde gemt",
        vedroerer=skema.driftsherre,
        data={
            "version": skema.version,
            "felter": {navn: [_json(gamle_felter[navn]), _json(felter[navn])] for navn in aendrede}
            | {navn: [_json(gamle_celler[navn]), _json(nye_celler[navn])] for navn in aendrede_celler},
            "linjer": {kode: [_json(gamle.get(kode)), _json(nye.get(kode))] for kode in aendrede_linjer},
        },
    )
    return laas_skema(skema)


def _json(vaerdi: Any) -> Any:
    """A value as the log keeps it: amounts as decimal strings."""
    return str(vaerdi) if isinstance(vaerdi, Decimal) else vaerdi


def _gem_linjer(
    skema: Takstskema, gamle: Mapping[str, Decimal], nye: Mapping[str, Decimal], aendrede: list[str]
) -> None:
    """Only the lines that changed are written."""
    Takstlinje.objects.filter(skema=skema, post__in=[kode for kode in aendrede if kode not in nye]).delete()
    raekker = [Takstlinje(skema=skema, post=kode, beloeb=nye[kode]) for kode in aendrede if kode in nye]
    for raekke in raekker:
        raekke.clean_fields(exclude=["skema"])
    Takstlinje.objects.bulk_create([raekke for raekke in raekker if raekke.post not in gamle])
    for raekke in raekker:
        if raekke.post in gamle:
            Takstlinje.objects.filter(skema=skema, post=raekke.post).update(beloeb=raekke.beloeb)


@transaction.atomic
def gem_kladde(skema: Takstskema, *, adgang: Adgang, version: int, data: Mapping[str, str]) -> Takstkladde:
    """Keep what a user has typed and not saved, exactly as typed; it changes nothing in the form itself."""
    kraev_tilladelse(adgang.bruger is not None and regler.maa_redigere(adgang, skema, timezone.localdate()))
    kladde, _ = Takstkladde.objects.update_or_create(
        skema=skema,
        bruger=adgang.bruger,
        defaults={"version": version, "data": dict(data), "gemt_tidspunkt": timezone.now()},
    )
    return kladde


def slet_kladde(skema: Takstskema, *, adgang: Adgang) -> None:
    """Drop the user's own unsaved text."""
    if adgang.bruger:
        Takstkladde.objects.filter(skema=skema, bruger=adgang.bruger).delete()


@transaction.atomic
def meld_klar(skema: Takstskema, *, adgang: Adgang, version: int | None = None) -> Takstskema:
    """The indberetter tells the godkender that the form is ready to be signed."""
    skema = laas_skema(skema)
    kraev_tilladelse(regler.maa_melde_klar(adgang, skema, timezone.localdate()))
    kraev_version(skema, version)
    skema.meldt_klar_tidspunkt = timezone.now()
    skema.save(update_fields=["meldt_klar_tidspunkt"])
    log(adgang, "takstskema_klar", skema, tekst="Meldt klar til godkenderen", vedroerer=skema.driftsherre)
    notifikationer.efter_commit(notifikationer.klar_til_indsendelse, skema.pk)
    return skema


@transaction.atomic
def indsend(skema: Takstskema, *, adgang: Adgang, version: int | None = None) -> Takstskema:
    """Sign-off by the driftsherre (K step 12); raises `SkemaHarFejl` when the check finds something that stops it."""
    skema = laas_skema(skema)
    skridt = SKEMA.kraev(Skematrin.INDSEND, skema.tilstand)
    i_dag = timezone.localdate()
    kraev_tilladelse(regler.maa_indsende(adgang, skema, i_dag))
    kraev_version(skema, version)
    if not adgang.er_system:
        beregning = hentning.beregn_gemt(skema, hentning.hent_omgivelser(skema, i_dag))
        if not beregning.kan_indsendes:
            raise SkemaHarFejl([fund for fund in beregning.fund if fund.blokerer])
    nu = timezone.now()
    _skift(
        skema,
        skridt.til,
        adgang,
        "takstskema_indsendt",
        "Indsendt",
        indsendt_tidspunkt=nu,
        indsendt_af=adgang.bruger,
        retur_begrundelse="",
        meldt_klar_tidspunkt=None,
        indsendt_taksttype=skema.ydelse.taksttype,
    )
    kommentarer.besvar(skema, nu)
    # A colleague's unsaved text stays theirs: it is laid on top of the form if that comes back.
    slet_kladde(skema, adgang=adgang)
    notifikationer.efter_commit(notifikationer.skema_indsendt, skema.pk)
    return skema


@transaction.atomic
def traek_tilbage(skema: Takstskema, *, adgang: Adgang) -> Takstskema:
    """The driftsherre takes a submitted form back to work on it."""
    skema = laas_skema(skema)
    skridt = SKEMA.kraev(Skematrin.TRAEK_TILBAGE, skema.tilstand)
    kraev_tilladelse(regler.maa_traekke_tilbage(adgang, skema, timezone.localdate()))
    return _skift(
        skema,
        skridt.til,
        adgang,
        "takstskema_trukket",
        "Trukket tilbage",
        indsendt_tidspunkt=None,
        indsendt_af=None,
        indsendt_taksttype="",
    )


@transaction.atomic
def send_retur(
    skema: Takstskema,
    *,
    adgang: Adgang,
    begrundelse: str = "",
    rettes_senest: dt.date | None = None,
    version: int | None = None,
) -> Takstskema:
    """Back to the driftsherre with what must be corrected, and the comments noted on single fields.

    The reason may be left out when there are comments. When the window is closed, `rettes_senest` is required: it
    opens this form until that day (T13). `version` is the one the controller read.
    """
    skema = laas_skema(skema)
    skridt = SKEMA.kraev(Skematrin.SEND_RETUR, skema.tilstand)
    kraev_tilladelse(regler.maa_sende_retur(adgang, skema))
    kraev_version(skema, version)
    if skema.kommentarer.noterede().exists():
        begrundelse = begrundelse.strip() or SE_KOMMENTARERNE
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvad der skal rettes")
    i_dag = timezone.localdate()
    if rettes_senest is not None and rettes_senest < i_dag:
        raise ValidationError({"rettes_senest": "Vælg en dag, der ikke er gået"})
    if rettes_senest is None and not skema.indberetning.er_aaben(i_dag):
        raise ValidationError({"rettes_senest": "Skriv, hvornår skemaet senest skal være rettet"})
    antal = kommentarer.send(skema, timezone.now())
    _skift(
        skema,
        skridt.til,
        adgang,
        "takstskema_retur",
        f"Sendt retur med {antal} {'kommentar' if antal == 1 else 'kommentarer'}" if antal else "Sendt retur",
        begrundelse,
        indsendt_tidspunkt=None,
        indsendt_af=None,
        indsendt_taksttype="",
        godkendt_tidspunkt=None,
        retur_begrundelse=begrundelse,
        genaabnet_til=rettes_senest,
    )
    notifikationer.efter_commit(notifikationer.skema_retur, skema.pk)
    return skema


@transaction.atomic
def godkend(skema: Takstskema, *, adgang: Adgang, begrundelse: str = "", version: int | None = None) -> Takstskema:
    """The secretariat's control (K step 13).

    A finding that needs an approval, such as an occupancy under the expected range (T17), needs a reason too.
    `version` is the one the controller read: a form withdrawn, changed and submitted again is a `Versionskonflikt`.
    """
    skema = laas_skema(skema)
    skridt = SKEMA.kraev(Skematrin.GODKEND, skema.tilstand)
    kraev_tilladelse(regler.maa_godkende(adgang, skema))
    kraev_version(skema, version)
    if not adgang.er_system:
        beregning = hentning.beregn_gemt(skema, hentning.hent_omgivelser(skema, timezone.localdate()))
        if beregning.godkendelser:
            kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor du godkender det, der afviger fra reglerne")
    _skift(
        skema,
        skridt.til,
        adgang,
        "takstskema_godkendt",
        "Godkendt",
        begrundelse.strip(),
        godkendt_tidspunkt=timezone.now(),
    )
    notifikationer.efter_commit(notifikationer.skema_godkendt, skema.pk)
    return skema


def _skift(
    skema: Takstskema,
    til: Skematilstand,
    adgang: Adgang,
    handling: str,
    tekst: str,
    begrundelse: str = "",
    **felter: Any,
) -> Takstskema:
    """Change the state with what belongs to it, and log it; the row is locked by the caller."""
    fra = skema.tilstand
    skema.tilstand = til
    for navn, vaerdi in felter.items():
        setattr(skema, navn, vaerdi)
    skema.full_clean()
    skema.save(update_fields=["tilstand", *felter])
    log(
        adgang,
        handling,
        skema,
        tekst=tekst,
        fra=fra,
        til=til,
        begrundelse=begrundelse,
        vedroerer=skema.driftsherre,
        data={"version": skema.version},
    )
    return skema
