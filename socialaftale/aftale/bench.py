"""Pages and tasks of the agreement that `./run bench` measures."""

from __future__ import annotations

from django.urls import reverse

from socialaftale.aftale import benchdokumenter
from socialaftale.aftale.dokumenter import aftale_pdf
from socialaftale.aftale.hentning import hent_laesning
from socialaftale.aftale.models import Aftale
from socialaftale.kerne import registre
from socialaftale.kerne.models import Opsaetning
from socialaftale.kerne.pdf import byg_pdf
from socialaftale.kerne.pdf.skabelon import rodmapper, stilark
from socialaftale.kerne.registre import Benchopgave, Benchside


def registrer() -> None:
    registre.benchsider.tilfoej("aftale:liste", Benchside("Aftaler", lambda: reverse("aftale:liste")))
    for navn, titel, noegle in (
        ("aftale", "Aftale, forside", ""),
        ("kapitel", "Aftale, kapitel", "resume"),
        ("hele", "Aftale, hele", ""),
        ("tal", "Aftale, tal", ""),
    ):
        registre.benchsider.tilfoej(f"aftale:{navn}", Benchside(titel, _adresse(navn, noegle)))
    for navn, titel in (("hele", "Aftale, hele kladden"), ("tal", "Aftale, tal i kladden")):
        kladde = Benchside(titel, _kladde(navn), "sekretariat@demo.example")
        registre.benchsider.tilfoej(f"aftale:{navn}_kladde", kladde)
    kontrol = Benchside("Aftale, kontrol", _adresse("kontrol", ""), "sekretariat@demo.example")
    registre.benchsider.tilfoej("aftale:kontrol", kontrol)
    registre.benchopgaver.tilfoej("aftale:pdf", Benchopgave("Aftale som PDF", _pdf))
    registre.benchdokumenter.tilfoej("aftale:pdf", benchdokumenter.maal)


def _nyeste() -> Aftale:
    return Aftale.objects.offentliggjorte().select_related("tekst", "gaeldende_udgave__dokument").latest("fra_aar")


def _adresse(navn: str, noegle: str):
    return lambda: reverse(f"aftale:{navn}", args=(_nyeste().periode, *([noegle] if noegle else [])))


def _kladde(navn: str):
    """What the secretariat reads before an edition: every figure computed now."""
    return lambda: reverse(f"aftale:{navn}", args=(_nyeste().periode,), query={"kladde": 1})


def _pdf() -> tuple[int, int]:
    """The prose made anew, past the store of parts; rows = chapters."""
    laesning = hent_laesning(_nyeste(), kladde=True)
    opsaetning = Opsaetning.hent()
    data = byg_pdf(
        aftale_pdf.html(laesning, opsaetning),
        stilark=stilark(opsaetning.farve, aftale_pdf.css()),
        rodmapper=rodmapper(),
    )
    return len(laesning.kapitler), len(data)
