"""Actions on the central reports."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models.haendelse import log
from udmeldinger.adgang import maa_godkende_smaatal
from udmeldinger.hentning import venter_paa_stilling
from udmeldinger.models import CentralUdmelding, Maalgruppetal, Udmeldingstilbud


@transaction.atomic
def godkend_smaatal(tal: Maalgruppetal, *, adgang: Adgang, begrundelse: str) -> Maalgruppetal:
    """Tick that a small regional count may be shown to everyone; needs a reason."""
    tal = Maalgruppetal.objects.select_for_update(of=("self",)).select_related("gruppe__udmelding").get(pk=tal.pk)
    tekst = f"Lille tal må vises: {tal.gruppe}, {tal.periodenavn}"
    _godkend(tal, tal.gruppe.udmelding, tekst, adgang=adgang, begrundelse=begrundelse)
    return tal


@transaction.atomic
def godkend_note(post: Udmeldingstilbud, *, adgang: Adgang, begrundelse: str) -> Udmeldingstilbud:
    """Tick that the report's words about the flow of a *tilbud* may be shown to everyone; needs a reason."""
    post = Udmeldingstilbud.objects.select_for_update(of=("self",)).select_related("udmelding").get(pk=post.pk)
    tekst = f"Note om borgerflow må vises: {post.navn}"
    _godkend(post, post.udmelding, tekst, adgang=adgang, begrundelse=begrundelse)
    return post


def _godkend(
    post: Maalgruppetal | Udmeldingstilbud,
    udmelding: CentralUdmelding,
    tekst: str,
    *,
    adgang: Adgang,
    begrundelse: str,
) -> None:
    kraev_tilladelse(maa_godkende_smaatal(adgang))
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor det må vises."})
    if not venter_paa_stilling(post):
        raise ValidationError("Der er allerede taget stilling.", code="tilstand")
    post.smaatal_godkendt_af = adgang.bruger
    post.smaatal_godkendt_tidspunkt = timezone.now()
    post.full_clean()
    post.save(update_fields=["smaatal_godkendt_af", "smaatal_godkendt_tidspunkt"])
    log(adgang, "smaatal_godkendt", udmelding, tekst=tekst[:200], begrundelse=begrundelse)
