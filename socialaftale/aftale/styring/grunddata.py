"""Loads the styringsaftaler of the folder of data (`styringsaftaler/<aar>/`); safe to run again, edits stay."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from socialaftale.aftale.models import Aftale, Styringsaftale
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.datamappe import Datafejl, findes, i_filen, laes_json, laes_tekst, sti
from socialaftale.kerne.tekst.handlinger import Kapiteludkast, opret_tekst
from takster.handlinger.regelsaet import kopier_regelsaet
from takster.models import Regelsaet

MAPPE, FAELLES = "styringsaftaler", "faelles"
FIL, AFSNIT, EGNE = "styringsaftale.json", "afsnit.json", "afsnit.html"
# Parts a file in sections: what follows belongs to the section of that key.
_SKEL = re.compile(r"<!--\s*([a-z0-9-]+)\s*-->")


def indlaes_styringsaftaler(*, demo: bool = False) -> None:
    """Every year of the folder that is not in the database yet, oldest first; with `demo` those of the demo only."""
    for fil in sorted(sti(MAPPE).glob(f"*/{FIL}")):
        data = laes_json(MAPPE, fil.parent.name, FIL)
        with i_filen(MAPPE, fil.parent.name, FIL):
            if data.get("kun_demo", False) == demo:
                indlaes(data, fil.parent.name)


def indlaes_demoens() -> None:
    """Those marked as invented, for the demo only."""
    indlaes_styringsaftaler(demo=True)


@transaction.atomic
def indlaes(data: dict[str, Any], mappe: str) -> Styringsaftale | None:
    """One year as a draft with its adoption; what exists is left alone. None without a rule set for the year."""
    aar = data["aar"]
    kendt = Styringsaftale.objects.filter(aar=aar).first()
    if kendt:
        return kendt
    regelsaet = _regelsaet(data)
    if regelsaet is None:
        return None
    afsnit = [post for post in laes_json(MAPPE, FAELLES, AFSNIT)["afsnit"] if post["noegle"] not in data["udelad"]]
    indhold = _indhold(mappe)
    titler = data.get("titler", {})
    for post in afsnit:
        if post["noegle"] not in indhold:
            raise Datafejl(f"Afsnittet {post['noegle']} har ingen tekst")
    tekst = opret_tekst(
        data["titel"],
        (
            Kapiteludkast(
                noegle=post["noegle"],
                titel=titler.get(post["noegle"], post["titel"]),
                indhold=indhold[post["noegle"]],
                nummer=post.get("nummer"),
                niveau=post.get("niveau", 1),
            )
            for post in afsnit
        ),
    )
    aftale = Styringsaftale(
        aar=aar,
        titel=data["titel"],
        undertitel=data.get("undertitel", ""),
        note=data.get("note", ""),
        regelsaet=regelsaet,
        regler={post["noegle"]: post["regler"] for post in afsnit if "regler" in post},
        aftale=Aftale.objects.filter(periode=data.get("bilag_til", "")).first(),
        vedtaget_aar=data.get("vedtaget_aar"),
        vedtaget_af=data.get("vedtaget_af", ""),
        tekst=tekst,
    )
    aftale.full_clean()
    aftale.save()
    return aftale


def _regelsaet(data: dict[str, Any]) -> Regelsaet | None:
    """The year's rule set; a copy of the one before when the year is to have its own."""
    aar = data["aar"]
    gaeldende = Regelsaet.objects.for_aar(aar)
    if gaeldende is None or gaeldende.fra_aar == aar or not data.get("eget_regelsaet"):
        return gaeldende
    grund = data.get("note") or data["titel"]
    return kopier_regelsaet(gaeldende, adgang=Adgang.system(), navn=data["titel"], fra_aar=aar, begrundelse=grund)


def _indhold(mappe: str) -> dict[str, str]:
    """Section key → text: the shared files, and over them what the year says itself."""
    tekster: dict[str, str] = {}
    for fil in sorted(sti(MAPPE, FAELLES).glob("*.html")):
        tekster |= _afsnit(laes_tekst(MAPPE, FAELLES, fil.name))
    if findes(MAPPE, mappe, EGNE):
        tekster |= _afsnit(laes_tekst(MAPPE, mappe, EGNE))
    return tekster


def _afsnit(tekst: str) -> dict[str, str]:
    _, *stykker = _SKEL.split(tekst)
    return {noegle: indhold.strip() for noegle, indhold in zip(stykker[::2], stykker[1::2], strict=True)}
