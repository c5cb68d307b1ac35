"""What the register of *tilbud* knows for the gate: names, what else they may be called, and what they may not."""

from __future__ import annotations

import re

from socialaftale.kerne.tal.katalog import Talkontekst
from socialaftale.kerne.tekst.port import register
from socialaftale.kerne.tekst.port.viden import Kendtnavn, Navneform, Viden
from tilbud.models import Tilbud

_ORD = re.compile(r"[\wæøåÆØÅ]+")


def registrer() -> None:
    register.viden.tilfoej("tilbud", tilbudsnavne, raekkefoelge=30)


def tilbudsnavne(viden: Viden, kontekst: Talkontekst) -> None:
    """Real *tilbud*, in one query. A name with years is a former one; one without is right only as a short form."""
    raekker = (
        Tilbud.objects.filter(er_eksempel=False)
        .order_by("pk")
        .values_list("pk", "navn", "navne__navn", "navne__fra_aar", "navne__til_aar")
    )
    navne: dict[int, str] = {}
    andre: dict[int, list[Navneform]] = {}
    for pk, navn, andet, fra, til in raekker:
        navne[pk] = navn
        if andet:
            andre.setdefault(pk, []).append(Navneform(andet, fra, til))
    for pk, navn in navne.items():
        egne = andre.get(pk, [])
        uden_aar = [form.navn for form in egne if form.fra_aar is None and form.til_aar is None]
        viden.navne.append(
            Kendtnavn(
                navn,
                "tilbuddet",
                tuple(form for form in uden_aar if er_kortform(form, navn)),
                tuple(form for form in egne if form.navn not in uden_aar),
                tuple(form for form in uden_aar if not er_kortform(form, navn)),
            )
        )


def er_kortform(andet: str, navn: str) -> bool:
    """Part of the name in whole words ("Kvisten"), the name with something before or after it, or its initials."""
    a, n = _ORD.findall(andet), _ORD.findall(navn)
    if _indeholder(n, a) or _indeholder(a, n):
        return True
    forbogstaver = "".join(ord_[0] for ord_ in n if ord_[0].isupper())
    return andet.isupper() and len(andet) >= 3 and forbogstaver.endswith(andet)


def _indeholder(hele: list[str], del_: list[str]) -> bool:
    return any(hele[plads : plads + len(del_)] == del_ for plads in range(len(hele) - len(del_) + 1))
