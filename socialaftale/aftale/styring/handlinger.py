"""What the secretariat does with a styringsaftale besides writing it: adoption, putting in force, the next year."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.aftale.hentning import Laesekapitel, udgavens_kapitler
from socialaftale.aftale.kontrol.handlinger import PortenErLukket, kraev_groen
from socialaftale.aftale.models import Aftale, Styringsaftale, Styringsudgave
from socialaftale.aftale.styring import adgang as regler
from socialaftale.aftale.styring import forloeb
from socialaftale.aftale.styring.enums import Styringstilstand, Styringstrin
from socialaftale.kerne import dokumenter, haandbog
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.tekst.handlinger import Kapiteludkast, opret_tekst
from takster.handlinger.regelsaet import kopier_regelsaet
from takster.models import Regelsaet

# It is adopted before the year it is for; more years before or after is a typing mistake.
VEDTAGET_FOER, VEDTAGET_EFTER = 3, 1


@transaction.atomic
def registrer_vedtagelse(
    aftale: Styringsaftale,
    *,
    adgang: Adgang,
    aar: int,
    vedtaget_af: str,
    dato: dt.date | None = None,
    bilag_til: Aftale | None = None,
) -> Styringsaftale:
    """Register who adopted it, when (the year, or the day), and which agreement it is an annex of."""
    aftale = aftale.laast()
    kraev_tilladelse(regler.maa_registrere_vedtagelse(adgang, aftale))
    if not aftale.aar - VEDTAGET_FOER <= aar <= aftale.aar + VEDTAGET_EFTER:
        raise ValidationError(
            {"aar": f"Skriv et år mellem {aftale.aar - VEDTAGET_FOER} og {aftale.aar + VEDTAGET_EFTER}"}
        )
    aftale.vedtaget_aar, aftale.vedtaget_dato = aar, dato
    aftale.vedtaget_af, aftale.aftale = vedtaget_af, bilag_til
    aftale.full_clean()
    aftale.save(update_fields=["vedtaget_aar", "vedtaget_dato", "vedtaget_af", "aftale"])
    log(adgang, "styringsaftale_vedtaget", aftale, tekst=f"Vedtaget af {vedtaget_af} i {aar}"[:200])
    return aftale


@transaction.atomic
def saet_i_kraft(aftale: Styringsaftale, *, adgang: Adgang, udgave: Styringsudgave) -> Styringsaftale:
    """Put an edition in force: it is what all read and what findings lead to; the one before is followed by it.

    Raises `UlovligOvergang`, or `ValidationError` when the edition is not the newest, was made before the adoption,
    or says something the gate does not let pass.
    """
    # All rows in one order, so that two that are put in force at once wait for each other.
    alle = {et.pk: et for et in Styringsaftale.objects.select_for_update(of=("self",)).order_by("pk")}
    aftale = alle[aftale.pk]
    forloeb.STYRINGSAFTALE.kraev(Styringstrin.SAET_I_KRAFT, aftale.tilstand)
    if not aftale.er_vedtaget:
        raise ValidationError("Registrér først, hvem der har vedtaget styringsaftalen")
    kraev_tilladelse(regler.maa_saette_i_kraft(adgang, aftale))
    seneste = aftale.udgaver.select_related("dokument").first()
    if seneste is None or udgave.pk != seneste.pk:
        raise ValidationError("Kun den nyeste udgave kan sættes i kraft")
    if udgave.er_udkast:
        raise ValidationError("Udgaven er lavet før vedtagelsen, og der står Udkast på den. Lav en ny PDF")
    try:
        kraev_groen(aftale, [Laesekapitel.af_version(version) for version in udgavens_kapitler(udgave)])
    except PortenErLukket as fejl:
        raise ValidationError(str(fejl)) from fejl
    if udgave.dokument.offentliggjort_tidspunkt is None:
        dokumenter.offentliggoer_dokument(adgang, udgave.dokument)
    gaeldende = next((et for et in alle.values() if et.tilstand == Styringstilstand.GAELDENDE and et != aftale), None)
    er_aeldre = gaeldende is not None and gaeldende.aar > aftale.aar
    if gaeldende is not None and not er_aeldre:
        _afloes(gaeldende, adgang, af=aftale)
    fra = aftale.tilstand
    trin = Styringstrin.AFLOES if er_aeldre else Styringstrin.SAET_I_KRAFT
    aftale.tilstand = forloeb.STYRINGSAFTALE.kraev(trin, fra).til
    aftale.gaeldende_udgave = udgave
    aftale.offentliggjort_tidspunkt = timezone.now()
    aftale.full_clean()
    aftale.save(update_fields=["tilstand", "gaeldende_udgave", "offentliggjort_tidspunkt"])
    transaction.on_commit(haandbog.glem)
    log(
        adgang,
        "styringsaftale_i_kraft",
        aftale,
        tekst=f"{udgave.nummer}. udgave offentliggjort" if er_aeldre else f"{udgave.nummer}. udgave sat i kraft",
        fra=fra,
        til=aftale.tilstand,
        data={"dokument": udgave.dokument_id},
    )
    return aftale


def _afloes(gaeldende: Styringsaftale, adgang: Adgang, *, af: Styringsaftale) -> None:
    fra = gaeldende.tilstand
    gaeldende.tilstand = forloeb.STYRINGSAFTALE.kraev(Styringstrin.AFLOES, fra).til
    gaeldende.full_clean()
    gaeldende.save(update_fields=["tilstand"])
    log(adgang, "styringsaftale_afloest", gaeldende, tekst=f"Afløst af {af.titel}", fra=fra, til=gaeldende.tilstand)


@transaction.atomic
def kopier_til_aar(forrige: Styringsaftale, *, adgang: Adgang, aar: int, begrundelse: str) -> Styringsaftale:
    """A draft for a later year with the same sections and keys, and a rule set of its own with the same limits.

    A rule set that begins in the year already is used as it is. Raises `ValidationError` by field.
    """
    forrige = forrige.laast()
    kraev_tilladelse(regler.maa_kopiere(adgang))
    if aar <= forrige.aar:
        raise ValidationError({"aar": f"Skriv et år efter {forrige.aar}"})
    if Styringsaftale.objects.filter(aar=aar).exists():
        raise ValidationError({"aar": f"Der er allerede en styringsaftale for {aar}"})
    titel = f"Styringsaftale {aar}"
    regelsaet = Regelsaet.objects.filter(fra_aar=aar).first()
    if regelsaet is None:
        regelsaet = kopier_regelsaet(
            forrige.regelsaet, adgang=adgang, navn=titel, fra_aar=aar, begrundelse=begrundelse
        )
    udkast = [Kapiteludkast.som(kapitel) for kapitel in forrige.tekst.kapitler.all()]
    aftale = Styringsaftale(
        aar=aar,
        titel=titel,
        undertitel=forrige.undertitel,
        regelsaet=regelsaet,
        regler=forrige.regler,
        tekst=opret_tekst(titel, udkast),
    )
    aftale.full_clean()
    aftale.save()
    log(
        adgang,
        "styringsaftale_oprettet",
        aftale,
        tekst=f"Kopieret fra {forrige.titel}",
        til=aftale.tilstand,
        begrundelse=begrundelse,
        data={"forrige": forrige.pk, "regelsaet": regelsaet.pk},
    )
    return aftale
