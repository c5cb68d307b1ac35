"""Building a questionnaire: made, copied, changed piece by piece; only while it is a draft, each step logged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model

from socialaftale.kerne import dansk
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.konflikt import kraev_version
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.tekst.rensning import afvis_cpr
from udmeldinger.models import CentralUdmelding, Skemaafsnit, Skemaregel, Spoergeskema, Spoergsmaal
from udmeldinger.spoergeskemaer.adgang import maa_bygge

OP, NED = "op", "ned"
# What a copy does not take along.
_EGNE_FELTER = frozenset({"id", "skema", "afsnit"})


def _laas(skema: Spoergeskema, adgang: Adgang, fra_version: int | None = None) -> Spoergeskema:
    skema = Spoergeskema.objects.select_for_update(of=("self",)).get(pk=skema.pk)
    kraev_tilladelse(maa_bygge(adgang, skema), "Et spørgeskema, der er sendt, er låst. Lav en ny udgave.")
    kraev_version(skema, fra_version)
    return skema


def _aendret(skema: Spoergeskema, adgang: Adgang, handling: str, tekst: str) -> None:
    skema.version += 1
    skema.save(update_fields=["version"])
    log(adgang, handling, skema, tekst=tekst[:200])


@transaction.atomic
def opret(
    *,
    adgang: Adgang,
    titel: str,
    art: str,
    aar: int,
    udmelding: CentralUdmelding | None = None,
    indledning: str = "",
    kan_vaere_uden_borgere: bool = True,
    serie: str = "",
    kopi_af: Spoergeskema | None = None,
    er_eksempel: bool = False,
) -> Spoergeskema:
    """A new draft; in a series that exists it is the next edition, else the first of its own series."""
    kraev_tilladelse(adgang.er_sekretariat)
    afvis_cpr(f"{titel}\n{indledning}")
    serie = serie or _ledig_serie(titel)
    sidste = Spoergeskema.objects.filter(serie=serie).aggregate(nr=Max("udgave"))["nr"] or 0
    skema = Spoergeskema(
        serie=serie,
        udgave=sidste + 1,
        titel=titel.strip(),
        art=art,
        aar=aar,
        udmelding=udmelding,
        indledning=indledning.strip(),
        kan_vaere_uden_borgere=kan_vaere_uden_borgere,
        kopi_af=kopi_af,
        er_eksempel=er_eksempel,
    )
    skema.full_clean()
    skema.save()
    hvordan = f" som kopi af {kopi_af.titel}" if kopi_af else ""
    log(adgang, "spoergeskema_oprettet", skema, tekst=f"Spørgeskema oprettet{hvordan}"[:200])
    return skema


def _ledig_serie(titel: str) -> str:
    stamme = dansk.slug(titel)[:70] or "skema"
    kendte = set(Spoergeskema.objects.filter(serie__startswith=stamme).values_list("serie", flat=True))
    navne = (stamme if nr == 1 else f"{stamme}-{nr}" for nr in range(1, len(kendte) + 2))
    return next(navn for navn in navne if navn not in kendte)


@transaction.atomic
def kopier(skema: Spoergeskema, *, adgang: Adgang, titel: str, aar: int, samme_serie: bool = True) -> Spoergeskema:
    """A draft with the same sections, questions, keys and rules; years move with the year of the questionnaire."""
    ny = opret(
        adgang=adgang,
        titel=titel,
        art=skema.art,
        aar=aar,
        udmelding=skema.udmelding if samme_serie else None,
        indledning=skema.indledning,
        kan_vaere_uden_borgere=skema.kan_vaere_uden_borgere,
        serie=skema.serie if samme_serie else "",
        kopi_af=skema,
    )
    forskydning = aar - skema.aar
    afsnit = {}
    for gammelt in skema.afsnit.all():
        afsnit[gammelt.pk] = Skemaafsnit.objects.create(skema=ny, **_felter(gammelt))
    nye = []
    for gammelt in skema.spoergsmaal.all():
        felter = _felter(gammelt)
        for navn in ("fra_aar", "til_aar"):
            felter[navn] = felter[navn] + forskydning if felter[navn] else None
        nye.append(Spoergsmaal(skema=ny, afsnit=afsnit[gammelt.afsnit_id], **felter))
    Spoergsmaal.objects.bulk_create(nye)
    Skemaregel.objects.bulk_create(Skemaregel(skema=ny, **_felter(regel)) for regel in skema.regler.all())
    return ny


def _felter(raekke: Model) -> dict[str, Any]:
    return {
        felt.name: getattr(raekke, felt.attname)
        for felt in raekke._meta.concrete_fields
        if felt.name not in _EGNE_FELTER
    }


@transaction.atomic
def ret_skema(skema: Spoergeskema, *, adgang: Adgang, fra_version: int, **felter: Any) -> Spoergeskema:
    """Change title, year, introduction and the like; raises `Versionskonflikt` when a colleague was faster."""
    skema = _laas(skema, adgang, fra_version)
    afvis_cpr("\n".join(str(vaerdi) for vaerdi in felter.values()))
    for navn, vaerdi in felter.items():
        setattr(skema, navn, vaerdi)
    skema.full_clean()
    skema.save(update_fields=list(felter))
    _aendret(skema, adgang, "spoergeskema_rettet", "Spørgeskemaets oplysninger er rettet")
    return skema


@transaction.atomic
def slet_skema(skema: Spoergeskema, *, adgang: Adgang) -> None:
    """Throw a draft away; what has been sent stays."""
    skema = _laas(skema, adgang)
    log(adgang, "spoergeskema_slettet", skema, tekst=f"Kladden {skema.titel} er slettet"[:200])
    skema.delete()


@transaction.atomic
def gem_afsnit(afsnit: Skemaafsnit, *, adgang: Adgang, fra_version: int | None = None) -> Skemaafsnit:
    """Store a new or changed section; a new one comes last."""
    skema = _laas(afsnit.skema, adgang, fra_version)
    afvis_cpr(f"{afsnit.titel}\n{afsnit.vejledning}")
    ny = afsnit.pk is None
    if ny:
        afsnit.raekkefoelge = 1 + (skema.afsnit.aggregate(nr=Max("raekkefoelge"))["nr"] or 0)
    afsnit.full_clean()
    afsnit.save()
    _aendret(skema, adgang, "skemaafsnit_gemt", f"Afsnittet {afsnit.titel} er {'tilføjet' if ny else 'rettet'}")
    return afsnit


@transaction.atomic
def slet_afsnit(afsnit: Skemaafsnit, *, adgang: Adgang) -> None:
    """Delete a section with its questions."""
    skema = _laas(afsnit.skema, adgang)
    antal = afsnit.spoergsmaal.count()
    afsnit.delete()
    _aendret(skema, adgang, "skemaafsnit_slettet", f"Afsnittet {afsnit.titel} med {antal} spørgsmål er slettet")


@transaction.atomic
def gem_spoergsmaal(spoergsmaal: Spoergsmaal, *, adgang: Adgang, fra_version: int | None = None) -> Spoergsmaal:
    """Store a new or changed question; a new one, or one moved to another section, comes last there."""
    skema = _laas(spoergsmaal.skema, adgang, fra_version)
    afvis_cpr(f"{spoergsmaal.tekst}\n{spoergsmaal.hjaelp}\n{spoergsmaal.valg}\n{spoergsmaal.raekker}")
    if spoergsmaal.afsnit.skema_id != skema.pk:
        raise ValidationError({"afsnit": "Vælg et afsnit i skemaet"})
    ny = spoergsmaal.pk is None
    flyttet = ny or not spoergsmaal.afsnit.spoergsmaal.filter(pk=spoergsmaal.pk).exists()
    if not spoergsmaal.noegle:
        spoergsmaal.noegle = _ledig_noegle(skema, spoergsmaal.tekst)
    if flyttet:
        sidste = spoergsmaal.afsnit.spoergsmaal.aggregate(nr=Max("raekkefoelge"))["nr"] or 0
        spoergsmaal.raekkefoelge = sidste + 1
    spoergsmaal.full_clean()
    spoergsmaal.save()
    hvad = "tilføjet" if ny else "rettet"
    _aendret(skema, adgang, "spoergsmaal_gemt", f"Spørgsmålet {spoergsmaal.noegle} er {hvad}: {spoergsmaal.tekst}")
    return spoergsmaal


def _ledig_noegle(skema: Spoergeskema, tekst: str) -> str:
    stamme = dansk.slug(tekst).replace("-", "_")[:30].strip("_")
    stamme = stamme if stamme[:1].isalpha() else f"s_{stamme}".strip("_")
    kendte = set(skema.spoergsmaal.values_list("noegle", flat=True))
    navne = (stamme if nr == 1 else f"{stamme}_{nr}" for nr in range(1, len(kendte) + 2))
    return next(navn for navn in navne if navn not in kendte)


@transaction.atomic
def slet_spoergsmaal(spoergsmaal: Spoergsmaal, *, adgang: Adgang) -> None:
    """Delete a question; conditions and rules about it are found by the check before sending."""
    skema = _laas(spoergsmaal.skema, adgang)
    spoergsmaal.delete()
    _aendret(skema, adgang, "spoergsmaal_slettet", f"Spørgsmålet er slettet: {spoergsmaal.tekst}")


@transaction.atomic
def flyt(raekke: Skemaafsnit | Spoergsmaal, *, adgang: Adgang, retning: str) -> bool:
    """One place up or down among its own; False at the end."""
    skema = _laas(raekke.skema, adgang)
    soeskende: Sequence[Any] = list(
        raekke.afsnit.spoergsmaal.all() if isinstance(raekke, Spoergsmaal) else skema.afsnit.all()
    )
    fra = next(plads for plads, et in enumerate(soeskende) if et.pk == raekke.pk)
    til = fra + (-1 if retning == OP else 1)
    if not 0 <= til < len(soeskende):
        return False
    soeskende[fra], soeskende[til] = soeskende[til], soeskende[fra]
    for plads, et in enumerate(soeskende, start=1):
        if et.raekkefoelge != plads:
            et.raekkefoelge = plads
            et.save(update_fields=["raekkefoelge"])
    _aendret(skema, adgang, "spoergeskema_flyttet", f"Flyttet {retning}: {raekke}")
    return True


@transaction.atomic
def gem_regel(regel: Skemaregel, *, adgang: Adgang) -> Skemaregel:
    """Store a rule between questions."""
    skema = _laas(regel.skema, adgang)
    regel.full_clean()
    regel.save()
    _aendret(skema, adgang, "skemaregel_gemt", f"Regel gemt: {regel.udtryk}")
    return regel


@transaction.atomic
def slet_regel(regel: Skemaregel, *, adgang: Adgang) -> None:
    skema = _laas(regel.skema, adgang)
    regel.delete()
    _aendret(skema, adgang, "skemaregel_slettet", f"Regel slettet: {regel.udtryk}")
