"""Actions on the central reports."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models.haendelse import log
from udmeldinger.adgang import maa_godkende_smaatal
from udmeldinger.beregning.smaatal import er_smaat
from udmeldinger.models import CentralUdmelding, Maalgruppetal


@transaction.atomic
def godkend_smaatal(tal: Maalgruppetal, *, adgang: Adgang, begrundelse: str) -> Maalgruppetal:
    """Tick that a small regional count may be shown to everyone; needs a reason."""
    tal = Maalgruppetal.objects.select_for_update(of=("self",)).select_related("gruppe__udmelding").get(pk=tal.pk)
    udmelding: CentralUdmelding = tal.gruppe.udmelding
    kraev_tilladelse(maa_godkende_smaatal(adgang))
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor tallet må vises."})
    if not er_smaat(tal.antal, udmelding.smaatalsgraense) or tal.smaatal_godkendt_tidspunkt:
        raise ValidationError("Tallet venter ikke på godkendelse.", code="tilstand")
    tal.smaatal_godkendt_af = adgang.bruger
    tal.smaatal_godkendt_tidspunkt = timezone.now()
    tal.full_clean()
    tal.save(update_fields=["smaatal_godkendt_af", "smaatal_godkendt_tidspunkt"])
    log(
        adgang,
        "smaatal_godkendt",
        udmelding,
        tekst=f"Lille tal må vises: {tal.gruppe}, {tal.periodenavn}"[:200],
        begrundelse=begrundelse,
    )
    return tal
