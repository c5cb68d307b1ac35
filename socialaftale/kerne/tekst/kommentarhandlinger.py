"""Comments written, answered and opened again. Who may is the owner's rule, checked by the owner's action."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.models import Kapitel, Kommentar
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.tekst.kommentarer import KOMMENTAR, Kommentarslags, Kommentartrin
from socialaftale.kerne.tekst.rensning import afvis_cpr


@transaction.atomic
def skriv(
    kapitel: Kapitel,
    *,
    adgang: Adgang,
    tekst: str,
    objekt: models.Model,
    citat: str = "",
    slags: Kommentarslags = Kommentarslags.KOMMENTAR,
) -> Kommentar:
    """A comment on the chapter as it is now; raises `ValidationError` for what it may not hold."""
    tekst, citat = tekst.strip(), citat.strip()
    for felt, indhold in (("tekst", tekst), ("citat", citat)):
        try:
            afvis_cpr(indhold)
        except ValidationError as fejl:
            raise ValidationError({felt: fejl.messages}) from fejl
    kommentar = Kommentar(
        kapitel=kapitel,
        version=kapitel.version,
        slags=slags,
        citat=citat,
        tekst=tekst,
        bruger=adgang.bruger,
        organisation=adgang.organisation,
        hat=adgang.hat or "",
    )
    kommentar.full_clean()
    kommentar.save()
    log(
        adgang,
        "kommentar_skrevet",
        objekt,
        tekst=f"Kommentar til “{kapitel.titel}”",
        data={"kommentar": kommentar.pk, "kapitel": kapitel.pk},
    )
    return kommentar


@transaction.atomic
def besvar(kommentar: Kommentar, *, adgang: Adgang, trin: Kommentartrin, svar: str, objekt: models.Model) -> Kommentar:
    """Settle a comment with an answer, or open it again; a refusal needs its reason. Raises `UlovligOvergang`."""
    kommentar = Kommentar.objects.select_for_update(of=("self",)).select_related("kapitel").get(pk=kommentar.pk)
    skridt = KOMMENTAR.kraev(trin, kommentar.tilstand)
    svar = svar.strip()
    if skridt.kraever_begrundelse and not svar:
        raise ValidationError({"svar": "Skriv, hvorfor kommentaren ikke er imødekommet"})
    afvis_cpr(svar)
    fra, kommentar.tilstand = kommentar.tilstand, skridt.til
    if trin == Kommentartrin.GENAABN:
        # The earlier answer stays readable until there is a new one.
        kommentar.svaret_tidspunkt = kommentar.svaret_af = None
    else:
        kommentar.svar, kommentar.svaret_af, kommentar.svaret_tidspunkt = svar, adgang.bruger, timezone.now()
    kommentar.full_clean()
    kommentar.save(update_fields=["tilstand", "svar", "svaret_af", "svaret_tidspunkt"])
    log(
        adgang,
        "kommentar_besvaret",
        objekt,
        tekst=f"Kommentar til “{kommentar.kapitel.titel}”: {kommentar.tilstandstekst.lower()}"[:200],
        fra=fra,
        til=kommentar.tilstand,
        begrundelse=svar,
        data={"kommentar": kommentar.pk},
    )
    return kommentar
