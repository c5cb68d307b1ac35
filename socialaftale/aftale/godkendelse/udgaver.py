"""A change after approval has begun: a new edition is begun with a reason, made, and laid before the parties."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.aftale.enums import Aftaletrin
from socialaftale.aftale.godkendelse import adgang as regler
from socialaftale.aftale.godkendelse import mails
from socialaftale.aftale.godkendelse.handlinger import laas
from socialaftale.aftale.godkendelse.overblik import hindringer, seneste_udgave, tekst_afviger
from socialaftale.aftale.godkendelse.skridt import SEKRETARIATET, skriv_skridt
from socialaftale.aftale.models import Aftale, Godkendelse, Udgave
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.notifikationer import efter_commit
from socialaftale.kerne.tekst.rensning import afvis_cpr


@transaction.atomic
def begynd(aftale: Aftale, *, adgang: Adgang, begrundelse: str) -> Aftale:
    """Open a text that stands fast; what the parties approved and the public reads stays as it is."""
    aftale = laas(aftale)
    kraev_tilladelse(regler.maa_begynde_udgave(adgang, aftale), "Der kan ikke begyndes en ny udgave nu.")
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor teksten skal ændres"})
    afvis_cpr(begrundelse)
    aftale.ny_udgave_begyndt = timezone.now()
    aftale.full_clean()
    aftale.save(update_fields=["ny_udgave_begyndt"])
    _skriv(aftale, Aftaletrin.BEGYND_UDGAVE, adgang, udgave=aftale.fremlagt_udgave, begrundelse=begrundelse.strip())
    return aftale


@transaction.atomic
def fortryd(aftale: Aftale, *, adgang: Adgang) -> Aftale:
    """Close the text again, when it says what the edition laid before the parties says."""
    aftale = laas(aftale)
    kraev_tilladelse(regler.maa_fremlaegge_udgave(adgang, aftale), "Der er ikke begyndt en ny udgave.")
    udgave = aftale.fremlagt_udgave
    if tekst_afviger(aftale, udgave):
        raise ValidationError(
            f"Teksten er rettet siden {udgave.nummer}. udgave. Sæt kapitlerne tilbage, før du fortryder"
        )
    aftale.ny_udgave_begyndt = None
    aftale.full_clean()
    aftale.save(update_fields=["ny_udgave_begyndt"])
    _skriv(aftale, Aftaletrin.FORTRYD_UDGAVE, adgang, udgave=udgave)
    return aftale


@transaction.atomic
def fremlaeg(aftale: Aftale, *, adgang: Adgang, redaktionel: bool, begrundelse: str = "") -> list[Godkendelse]:
    """Lay the new edition before the parties; returns the approvals it affects.

    Approvals given to the edition before are not given to this one, unless the secretariat declares, with a reason,
    that the change is editorial: then each is carried over, and all of it is logged.
    """
    aftale = laas(aftale)
    kraev_tilladelse(regler.maa_fremlaegge_udgave(adgang, aftale), "Der er ikke begyndt en ny udgave.")
    if redaktionel and not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor rettelsen ikke påvirker godkendelserne"})
    afvis_cpr(begrundelse)
    if i_vejen := hindringer(aftale, Aftaletrin.FREMLAEG_UDGAVE):
        raise ValidationError(i_vejen)
    gammel, ny = aftale.fremlagt_udgave, seneste_udgave(aftale)
    givne = list(aftale.godkendelser.filter(udgave=gammel).select_related("organisation"))
    aftale.fremlagt_udgave, aftale.ny_udgave_begyndt = ny, None
    aftale.full_clean()
    aftale.save(update_fields=["fremlagt_udgave", "ny_udgave_begyndt"])
    _skriv(
        aftale,
        Aftaletrin.FREMLAEG_UDGAVE,
        adgang,
        udgave=ny,
        tidligere_udgave=gammel,
        er_redaktionel=redaktionel,
        begrundelse=begrundelse.strip(),
    )
    if redaktionel:
        _overfoer(aftale, givne, ny, adgang)
        return []
    if givne:
        efter_commit(mails.ny_udgave, aftale.pk, [et.organisation.slug for et in givne])
    return givne


def _overfoer(aftale: Aftale, givne: list[Godkendelse], ny: Udgave, adgang: Adgang) -> None:
    """The same decisions about the new edition; each names the one it comes from."""
    for given in givne:
        kopi = Godkendelse(
            aftale=aftale,
            udgave=ny,
            organisation=given.organisation,
            afgoerelse=given.afgoerelse,
            moededato=given.moededato,
            sagsnummer=given.sagsnummer,
            link=given.link,
            note=given.note,
            registreret_af=adgang.bruger,
            overfoert_fra=given,
            er_eksempel=given.er_eksempel,
        )
        kopi.full_clean()
        kopi.save()
        log(
            adgang,
            "godkendelse_overfoert",
            aftale,
            tekst=f"{given.organisation}: overført til {ny.nummer}. udgave",
            vedroerer=given.organisation,
            data={"fra": given.pk, "til": kopi.pk},
        )


def _skriv(aftale: Aftale, trin: Aftaletrin, adgang: Adgang, **felter: object) -> None:
    idag = timezone.localdate()
    skriv_skridt(aftale, trin, adgang=adgang, fra=aftale.tilstand, dato=idag, instans=SEKRETARIATET, **felter)
