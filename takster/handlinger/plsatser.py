"""Price and wage rates: added and corrected with a reason; a correction is a new version, nothing used changes."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import fang_unik, kraev_version
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.talformat import skriv_pct
from takster.handlinger.faelles import kraev_begrundelse
from takster.models import PLsats


@transaction.atomic
def opret_plsats(
    *,
    adgang: Adgang,
    fra_aar: int,
    type: str,
    sats_pct: Decimal,
    kilde: str,
    udgave: str,
    begrundelse: str,
) -> PLsats:
    """The first rate of a year and kind (T93). Raises ValidationError when there is one: that is corrected instead."""
    kraev_tilladelse(adgang.er_sekretariat)
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor satsen lægges ind")
    findes = PLsats.objects.gaeldende().filter(fra_aar=fra_aar, type=type)
    optaget = f"Der er allerede en sats fra {fra_aar} til {fra_aar + 1}. Ret den"
    if findes.exists():
        raise ValidationError({"fra_aar": optaget})
    sats = PLsats(fra_aar=fra_aar, til_aar=fra_aar + 1, type=type, sats_pct=sats_pct, kilde=kilde, udgave=udgave)
    with fang_unik(findes, "fra_aar", optaget):
        sats.full_clean()
    with fang_unik(findes, "fra_aar", optaget):
        sats.save()
    log(adgang, "plsats_oprettet", sats, tekst=f"Sats lagt ind: {skriv_pct(sats_pct, 2)}", begrundelse=begrundelse)
    return sats


@transaction.atomic
def ret_plsats(
    sats: PLsats, *, adgang: Adgang, version: int, sats_pct: Decimal, kilde: str, udgave: str, begrundelse: str
) -> PLsats:
    """A new version of a rate; the one before stays as what earlier tariffs were compared with.

    Raises Versionskonflikt when somebody corrected it since `version`, ValidationError when nothing is changed.
    """
    kraev_tilladelse(adgang.er_sekretariat)
    # The first version is the one row that stays: who waits for it sees what the other made of the newest.
    PLsats.objects.select_for_update(of=("self",)).get(fra_aar=sats.fra_aar, type=sats.type, version=1)
    gammel = PLsats.objects.gaeldende().get(fra_aar=sats.fra_aar, type=sats.type)
    kraev_version(gammel, version)
    begrundelse = kraev_begrundelse(begrundelse, mangler="Skriv, hvorfor satsen rettes")
    if (gammel.sats_pct, gammel.kilde, gammel.udgave) == (sats_pct, kilde, udgave):
        raise ValidationError("Du har ikke ændret noget.")
    ny = PLsats(
        fra_aar=gammel.fra_aar,
        til_aar=gammel.til_aar,
        type=gammel.type,
        sats_pct=sats_pct,
        kilde=kilde,
        udgave=udgave,
        version=gammel.version + 1,
    )
    gammel.er_gaeldende = False
    gammel.save(update_fields=["er_gaeldende"])
    ny.full_clean()
    ny.save()
    log(
        adgang,
        "plsats_rettet",
        ny,
        tekst=f"Sats rettet fra {skriv_pct(gammel.sats_pct, 2)} til {skriv_pct(sats_pct, 2)}",
        begrundelse=begrundelse,
        data={"version": ny.version},
    )
    return ny
