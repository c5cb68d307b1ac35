"""What is done on the way: sent to the next body or back, approved; each step with who, when, body and edition."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from socialaftale.aftale.enums import Aftaletrin
from socialaftale.aftale.forloeb import AFTALE
from socialaftale.aftale.godkendelse import adgang as regler
from socialaftale.aftale.godkendelse import mails
from socialaftale.aftale.godkendelse.ikrafttraeden import saet_i_kraft
from socialaftale.aftale.godkendelse.overblik import hent_matrix, hindringer, seneste_udgave
from socialaftale.aftale.godkendelse.skridt import tag_skridt
from socialaftale.aftale.models import Aftale
from socialaftale.kerne import dokumenter
from socialaftale.kerne.adgang import Adgang, kraev_tilladelse
from socialaftale.kerne.models.haendelse import log
from socialaftale.kerne.notifikationer import efter_commit
from socialaftale.kerne.tekst.rensning import afvis_cpr
from socialaftale.kerne.templatetags.dansk import dato_lang


def laas(aftale: Aftale) -> Aftale:
    return Aftale.objects.select_for_update(of=("self",)).select_related("tekst").get(pk=aftale.pk)


@transaction.atomic
def tag(
    aftale: Aftale,
    trin: Aftaletrin,
    *,
    adgang: Adgang,
    dato: dt.date | None = None,
    sagsnummer: str = "",
    link: str = "",
    note: str = "",
    begrundelse: str = "",
) -> Aftale:
    """Take one of the secretariat's steps.

    Raises `UlovligOvergang`, `PermissionDenied`, or `ValidationError` with what stands in the way.
    """
    aftale = laas(aftale)
    overgang = AFTALE.kraev(trin, aftale.tilstand)
    kraev_tilladelse(regler.maa_tage(adgang, aftale, trin))
    if overgang.kraever_begrundelse and not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor aftalen sendes tilbage"})
    afvis_cpr("\n".join((sagsnummer, link, note, begrundelse)))
    if i_vejen := hindringer(aftale, trin):
        raise ValidationError(i_vejen)
    if trin == Aftaletrin.GODKEND:
        return _godkend(aftale, adgang, note.strip())
    felter = {
        "sagsnummer": sagsnummer.strip(),
        "link": link.strip(),
        "note": note.strip(),
        "begrundelse": begrundelse.strip(),
    }
    dato = dato or timezone.localdate()
    if trin == Aftaletrin.TILBAGE:
        _kraev_dato(aftale, dato, None)
        udgave, aftale.fremlagt_udgave, aftale.ny_udgave_begyndt = aftale.fremlagt_udgave, None, None
    else:
        udgave = aftale.fremlagt_udgave = seneste_udgave(aftale)
        _kraev_dato(aftale, dato, timezone.localdate(udgave.dokument.oprettet))
    aendret = ("fremlagt_udgave", "ny_udgave_begyndt")
    tag_skridt(aftale, trin, adgang=adgang, dato=dato, aendret=aendret, udgave=udgave, **felter)
    if trin == Aftaletrin.SEND_TIL_GODKENDELSE:
        efter_commit(mails.fremlagt, aftale.pk)
    return aftale


def _kraev_dato(aftale: Aftale, dato: dt.date, udstedt: dt.date | None) -> None:
    """Neither ahead nor before what it follows upon (inconsistencies.md H9: forum dates are validated)."""
    if dato > timezone.localdate():
        raise ValidationError({"dato": "Datoen må ikke ligge efter i dag"})
    forrige = aftale.skridt.order_by("-tidspunkt", "-pk").first()
    if forrige and dato < forrige.dato:
        hvad = f"{forrige.get_trin_display()}, {dato_lang(forrige.dato)}"
        raise ValidationError({"dato": f"Datoen må ikke ligge før det forrige skridt ({hvad})"})
    if udstedt and dato < udstedt:
        raise ValidationError({"dato": f"Datoen må ikke ligge før den dag, udgaven blev lavet ({dato_lang(udstedt)})"})


def _godkend(aftale: Aftale, adgang: Adgang, note: str) -> Aftale:
    """All parties have approved exactly this edition, so it is what everybody reads from now on.

    The gate was green when it was issued; registers that have changed since cannot undo what councils have decided.
    """
    udgave = aftale.fremlagt_udgave
    seneste = max(aftale.godkendelser.filter(udgave=udgave).values_list("moededato", flat=True))
    forrige = aftale.skridt.order_by("-tidspunkt", "-pk").first()
    if udgave.dokument.offentliggjort_tidspunkt is None:
        dokumenter.offentliggoer_dokument(adgang, udgave.dokument)
    aftale.gaeldende_udgave, aftale.offentliggjort_tidspunkt = udgave, timezone.now()
    aftale.vedtaget_aar = seneste.year
    tag_skridt(
        aftale,
        Aftaletrin.GODKEND,
        adgang=adgang,
        dato=max(seneste, forrige.dato) if forrige else seneste,
        aendret=("gaeldende_udgave", "offentliggjort_tidspunkt", "vedtaget_aar"),
        udgave=udgave,
        note=note,
    )
    saet_i_kraft(adgang=adgang)
    aftale.refresh_from_db()
    return aftale


@transaction.atomic
def ryk(aftale: Aftale, *, adgang: Adgang) -> int:
    """Remind the parties that have not decided; returns how many."""
    aftale = laas(aftale)
    kraev_tilladelse(regler.maa_rykke(adgang, aftale))
    mangler = [part.slug for part in hent_matrix(aftale).mangler]
    if mangler:
        tekst = f"Påmindelse om godkendelse sendt til {len(mangler)}"
        log(adgang, "godkendelse_rykket", aftale, tekst=tekst, data={"parter": mangler})
        efter_commit(mails.rykker, aftale.pk, mangler)
    return len(mangler)
