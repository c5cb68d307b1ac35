"""What this app offers the ground floor: menu, data, figures, text block, front page panel, measuring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from socialaftale.kerne import registre
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.menu_og_paneler import ADMINISTRATOR
from socialaftale.kerne.registre import Benchside, Demotrin, Menupunkt, Naesteskridt, Panel
from socialaftale.kerne.tal import katalog
from socialaftale.kerne.tal.katalog import LevendeTal, Talkontekst, Talvaerdi
from socialaftale.kerne.tekst import blokke
from socialaftale.kerne.tekst.blokke import Blok, Tekstkontekst
from udmeldinger import portviden
from udmeldinger.hentning import ubehandlede_noter, ubehandlede_smaatal
from udmeldinger.importering import indlaes_udmeldinger
from udmeldinger.models import CentralUdmelding
from udmeldinger.spoergeskemaer import demo, panel
from udmeldinger.spoergeskemaer.adgang import deltager


def registrer() -> None:
    registre.menu.tilfoej(
        "udmeldinger",
        Menupunkt(
            "Udmeldinger",
            "udmeldinger:liste",
            aktiv_under=("/udmeldinger/",),
            tekst="Centrale udmeldinger fra styrelsen og svarene fra området.",
        ),
        raekkefoelge=400,
    )
    registre.menu.tilfoej(
        "spoergeskemaer",
        Menupunkt(
            "Spørgeskemaer",
            "spoergeskemaer:liste",
            deltager,
            ("/spoergeskemaer/",),
            "Spørgeskemaer til kommuner og driftsherrer: svar, og følg op.",
        ),
        raekkefoelge=410,
    )
    registre.paneler.tilfoej("spoergeskemaer", Panel(panel.skridt, panel.kommende), raekkefoelge=410)
    registre.demodata.tilfoej("spoergeskemaer", Demotrin("Spørgeskemaer", demo.lav_skemaer), raekkefoelge=400)
    registre.benchsider.tilfoej(
        "spoergeskemaer", Benchside("Spørgeskemaer, liste", lambda: reverse("spoergeskemaer:liste"), ADMINISTRATOR)
    )
    registre.grunddata.tilfoej("udmeldinger", Demotrin("Centrale udmeldinger", indlaes_udmeldinger), raekkefoelge=300)
    registre.paneler.tilfoej("udmeldinger", Panel(_skridt), raekkefoelge=400)
    registre.benchsider.tilfoej(
        "udmeldinger:liste", Benchside("Udmeldinger, liste", lambda: reverse("udmeldinger:liste")), raekkefoelge=400
    )
    registre.benchsider.tilfoej(
        "udmeldinger:detalje",
        Benchside("Udmelding, side", lambda: CentralUdmelding.objects.first().get_absolute_url()),
        raekkefoelge=401,
    )
    katalog.registrer(
        LevendeTal(
            "udmeldinger.antal",
            "Antal centrale udmeldinger",
            "Centrale udmeldinger, som aftalen for perioden behandler.",
            _antal,
            enhed="udmeldinger",
            formater=("hele", "ord"),
        )
    )
    portviden.registrer()
    blokke.registrer(Blok("liste:udmeldinger", "Liste over centrale udmeldinger", _liste))


def _offentlige(kontekst: Talkontekst) -> list[CentralUdmelding]:
    def hent() -> list[CentralUdmelding]:
        udmeldinger = CentralUdmelding.objects.filter(offentliggjort=True)
        return list(udmeldinger.for_periode(kontekst.periode) if kontekst.periode else udmeldinger)

    return kontekst.husk("udmeldinger", hent)


def _antal(kontekst: Talkontekst) -> Talvaerdi:
    return Talvaerdi(
        len(_offentlige(kontekst)),
        pr=kontekst.periode,
        kilde="Registret over centrale udmeldinger",
        formel="Talt i registret",
        url=reverse("udmeldinger:liste"),
    )


def _liste(kontekst: Tekstkontekst) -> str:
    """The period's notifications, one line per target group with its years."""
    aar: dict[str, list[int]] = {}
    for udmelding in sorted(_offentlige(kontekst.tal), key=lambda u: (u.aar, u.titel)):
        aar.setdefault(udmelding.titel, []).append(udmelding.aar)
    return format_html(
        "<ul>{}</ul>",
        format_html_join(
            "", "<li>{} ({})</li>", ((titel, " og ".join(str(tal) for tal in aarene)) for titel, aarene in aar.items())
        ),
    )


def _skridt(adgang: Adgang, dato: dt.date) -> Iterator[Naesteskridt]:
    """The secretariat: small counts, and words that may hold some, that wait for its tick."""
    if not adgang.er_sekretariat:
        return
    smaatal, noter = (
        post.order_by().values("pk") for post in (ubehandlede_smaatal(adgang), ubehandlede_noter(adgang))
    )
    antal = smaatal.union(noter, all=True).count()
    if antal:
        yield Naesteskridt(
            "små tal og noter venter på, at du tager stilling til visning", antal, reverse("udmeldinger:smaatal")
        )
