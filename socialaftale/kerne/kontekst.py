"""Context processor: what the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from socialaftale.kerne import registre
from socialaftale.kerne.adgang import Adgang
from socialaftale.kerne.datamappe import logofil
from socialaftale.kerne.models import Opsaetning


class Ramme:
    """Lazy data of the frame, so that an answer without a page costs no query; each is made once a page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.adgang: Adgang = getattr(request, "adgang", Adgang())
        self.demo: bool = settings.DEMO

    @cached_property
    def opsaetning(self) -> Opsaetning:
        return Opsaetning.hent()

    @property
    def navn(self) -> str:
        return self.opsaetning.navn

    @cached_property
    def logo_url(self) -> str:
        """The region's own picture, with the time it was changed; "" when its folder of data has none."""
        fil = logofil()
        return f"{reverse('kerne:logo')}?{int(fil.stat().st_mtime)}" if fil else ""

    @cached_property
    def sekretariat(self) -> dict[str, str]:
        opsaetning = self.opsaetning
        return {
            "navn": opsaetning.sekretariat_navn,
            "adresse": opsaetning.sekretariat_adresse,
            "mail": opsaetning.sekretariat_mail,
            "telefon": opsaetning.sekretariat_telefon,
            "web": opsaetning.sekretariat_web,
        }

    @cached_property
    def menu(self) -> list[dict[str, Any]]:
        """Sections the reader may open, the present one marked."""
        synlige = [(punkt, reverse(punkt.url_navn)) for punkt in registre.menu if punkt.regel(self.adgang)]
        traeffere = [self._traeffer(url, *punkt.aktiv_under) for punkt, url in synlige]
        # The most precise address wins, so that a section inside another does not mark both.
        bedste = max(traeffere, default=0)
        return [
            {"titel": punkt.titel, "url": url, "aktiv": 0 < traeffer == bedste, "tekst": punkt.tekst}
            for (punkt, url), traeffer in zip(synlige, traeffere, strict=True)
        ]

    def _traeffer(self, *adresser: str) -> int:
        """Length of the longest of the addresses the page lies under; the front page is only itself."""
        sti = self.request.path
        return max((len(url) for url in adresser if sti == url or (url != "/" and sti.startswith(url))), default=0)


def ramme(request: HttpRequest) -> dict[str, Any]:
    """Give every template `ramme`; pages set `broedkrummer` and `har_fejl` themselves."""
    return {"ramme": Ramme(request)}
