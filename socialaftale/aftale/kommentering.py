"""Comments on the draft: who sees which, writing and answering, and how many there are."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q

from socialaftale.aftale.adgang import maa_besvare_kommentarer, maa_kommentere, ser_alle_kommentarer
from socialaftale.aftale.hentning import Laesetekst
from socialaftale.aftale.models import Aftale
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models import Kapitel, Kommentar
from socialaftale.kerne.tekst import kommentarhandlinger
from socialaftale.kerne.tekst.kommentarer import KommentarQuerySet, Kommentarslags, Kommentartilstand, Kommentartrin
from socialaftale.kerne.tekst.rensning import ren_tekst


def synlige_kommentarer(aftale: Aftale, adgang: Adgang) -> KommentarQuerySet:
    """Those on the agreement's chapters that the reader may see: what was said to the secretariat alone stays there.

    Things to look through are the secretariat's own.
    """
    alle = Kommentar.objects.filter(kapitel__tekst=aftale.tekst_id, kapitel__fjernet__isnull=True)
    alle = alle.order_by("kapitel__raekkefoelge", "tidspunkt", "pk")
    if adgang.er_sekretariat:
        return alle
    kommentarer = alle.filter(slags=Kommentarslags.KOMMENTAR)
    if ser_alle_kommentarer(adgang):
        return kommentarer
    if adgang.organisation is None:
        return kommentarer.none()
    return kommentarer.filter(organisation=adgang.organisation, hat=adgang.hat)


def antal_pr_kapitel(aftale: Aftale, adgang: Adgang) -> dict[int, tuple[int, int]]:
    """Chapter → (open, all) of the comments the reader may see."""
    raekker = (
        synlige_kommentarer(aftale, adgang)
        .order_by()
        .values_list("kapitel")
        .annotate(aabne=Count("pk", filter=Q(tilstand=Kommentartilstand.AABEN)), alle=Count("pk"))
    )
    return {kapitel: (aabne, alle) for kapitel, aabne, alle in raekker}


@transaction.atomic
def kommenter(
    aftale: Aftale, *, adgang: Adgang, kapitel: Kapitel, tekst: str, citat: str, som_laest: Laesetekst
) -> Kommentar:
    """Comment on a chapter; a quotation must stand in it as the reader sees it (`som_laest`)."""
    aftale = Aftale.objects.select_for_update(of=("self",)).get(pk=aftale.pk)
    kraev_tilladelse(maa_kommentere(adgang, aftale), "Kun et udkast kan kommenteres.")
    if citat.strip() and not findes_i(citat, som_laest.html):
        raise ValidationError({"citat": "Citatet findes ikke i kapitlet. Kopiér det fra teksten på siden"})
    return kommentarhandlinger.skriv(kapitel, adgang=adgang, tekst=tekst, citat=citat, objekt=aftale)


def findes_i(citat: str, html: str) -> bool:
    """Does the passage stand in the text, whatever its spaces and markup?"""
    return _uden_luft(citat) in _uden_luft(ren_tekst(html))


def _uden_luft(tekst: str) -> str:
    # Markup between a word and its dot becomes a space in the plain text, and a copied passage has none there.
    return re.sub(r"\s+", "", tekst)


@transaction.atomic
def besvar(aftale: Aftale, kommentar: Kommentar, *, adgang: Adgang, trin: Kommentartrin, svar: str) -> Kommentar:
    """The secretariat settles a comment or opens it again."""
    kraev_tilladelse(maa_besvare_kommentarer(adgang))
    return kommentarhandlinger.besvar(kommentar, adgang=adgang, trin=trin, svar=svar, objekt=aftale)
