"""Templates of questionnaires from the folder of data; years are counted from the year of the questionnaire."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.datamappe import findes, i_filen, laes_json
from udmeldinger.enums import Raekkekilde, Spoergsmaalsart
from udmeldinger.models import CentralUdmelding, Skemaafsnit, Skemaregel, Spoergeskema, Spoergsmaal
from udmeldinger.spoergeskemaer import byggehandlinger

MAPPE, FIL = "udmeldinger", "spoergeskemaer.json"
# Taken as they stand; the rest is put together below.
_FELTER = (
    *("noegle", "art", "tekst", "hjaelp", "paakraevet", "taeller_borgere", "mindst", "hoejst", "trin", "decimaler"),
    *("enhed", "raekkekilde", "antal_raekker", "kolonner", "registerkilde"),
)


def skabeloner() -> dict[str, dict[str, Any]]:
    """The templates by key; none where the region has no such file."""
    if not findes(MAPPE, FIL):
        return {}
    return {post["noegle"]: post for post in laes_json(MAPPE, FIL)["skabeloner"]}


@transaction.atomic
def opret_af_skabelon(
    noegle: str,
    *,
    adgang: Adgang,
    titel: str,
    aar: int,
    udmelding: CentralUdmelding | None = None,
    er_eksempel: bool = False,
) -> Spoergeskema:
    """A new draft with the sections, questions and rules of a template."""
    skabelon = skabeloner()[noegle]
    with i_filen(MAPPE, FIL, post=noegle):
        skema = byggehandlinger.opret(
            adgang=adgang,
            titel=titel,
            art=skabelon["art"],
            aar=aar,
            udmelding=udmelding,
            indledning=skabelon["indledning"],
            kan_vaere_uden_borgere=skabelon["kan_vaere_uden_borgere"],
            er_eksempel=er_eksempel,
        )
        for plads, post in enumerate(skabelon["afsnit"], start=1):
            afsnit = Skemaafsnit(
                skema=skema,
                raekkefoelge=plads,
                titel=post["titel"],
                vejledning=post.get("vejledning", ""),
                rolle=post.get("rolle", ""),
            )
            afsnit.full_clean()
            afsnit.save()
            for nummer, spoergsmaal in enumerate(post["spoergsmaal"], start=1):
                _gem(afsnit, nummer, spoergsmaal, aar)
        for udtryk, besked in skabelon["regler"]:
            regel = Skemaregel(skema=skema, udtryk=udtryk, besked=besked)
            regel.full_clean()
            regel.save()
    return skema


def _gem(afsnit: Skemaafsnit, nummer: int, post: dict[str, Any], aar: int) -> None:
    spoergsmaal = Spoergsmaal(
        skema=afsnit.skema,
        afsnit=afsnit,
        raekkefoelge=nummer,
        valg="\n".join(post.get("valg", [])),
        raekker="\n".join(post.get("raekker", [])),
        **{navn: post[navn] for navn in _FELTER if navn in post},
    )
    if spoergsmaal.art == Spoergsmaalsart.TABEL and not spoergsmaal.raekkekilde:
        spoergsmaal.raekkekilde = Raekkekilde.FRIE
    if "aar" in post:
        fra, til = post["aar"]
        spoergsmaal.fra_aar, spoergsmaal.til_aar = aar + fra, aar + til
    if "betingelse" in post:
        felter = ("betingelse_noegle", "betingelse_operator", "betingelse_vaerdi")
        for navn, vaerdi in zip(felter, post["betingelse"], strict=True):
            setattr(spoergsmaal, navn, vaerdi)
    spoergsmaal.full_clean()
    spoergsmaal.save()
