"""The pages of an answer have two addresses: through a log-in, and through a personal link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from udmeldinger.models import Besvarelse
from udmeldinger.spoergeskemaer.adgang import Svarer
from udmeldinger.spoergeskemaer.hentning import Afsnit, Besvaret


@dataclass(frozen=True, slots=True)
class Vej:
    """Where the pages of an answer are, and who is at work: through a log-in, or through a link."""

    besvarelse: Besvarelse
    svarer: Svarer
    token: str = ""

    def url(self, navn: str = "", *flere: Any) -> str:
        """The address of one of the pages: "" the overview, afsnit, tjek, kvittering."""
        if self.token:
            return reverse(f"spoergeskemaer:link{'_' if navn else ''}{navn}", args=(self.token, *flere))
        return reverse(f"spoergeskemaer:besvarelse{'_' if navn else ''}{navn}", args=(self.besvarelse.pk, *flere))

    @property
    def krummer(self) -> list[tuple[str, str | None]]:
        """A holder of a link has nothing of the system but the answer."""
        start: list[tuple[str, str | None]] = []
        if not self.token:
            start = [("Overblik", "/"), ("Spørgeskemaer", reverse("spoergeskemaer:liste"))]
        return [*start, (self.besvarelse.skema.titel, self.url())]


def sidekontekst(vej: Vej, besvaret: Besvaret, **mere: Any) -> dict[str, Any]:
    """What every page of an answer shows: state, deadline and the sections with how far they are."""
    besvarelse = vej.besvarelse
    fejl = mere.get("fejl", [])
    return {
        "besvarelse": besvarelse,
        "skema": besvarelse.skema,
        "overskredet": besvarelse.skema.er_overskredet(timezone.localdate()) and not besvarelse.er_besvaret,
        "oversigt_url": vej.url(),
        "tjek_url": vej.url("tjek"),
        "punkter": [
            (del_, vej.url("afsnit", del_.nr), *_fremdrift(besvaret, del_)) for del_ in besvaret.opbygning.afsnit
        ],
        "har_fejl": bool(fejl),
        "paa_link": bool(vej.token),
        **mere,
    }


def _fremdrift(besvaret: Besvaret, del_: Afsnit) -> tuple[int, int]:
    """How many of the questions that apply in a section are answered."""
    spurgt = besvaret.spurgt
    egne = [et.noegle for et in del_.spoergsmaal if et.noegle in spurgt]
    return sum(noegle in besvaret.vaerdier for noegle in egne), len(egne)
