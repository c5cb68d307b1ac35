"""Text blocks about capacity for agreements, on the web and on paper: map, charts and table of a period."""

from __future__ import annotations

from collections.abc import Callable

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from socialaftale.kerne.figurer import Figur
from socialaftale.kerne.tal.katalog import TalMangler
from socialaftale.kerne.tekst import blokke
from socialaftale.kerne.tekst.blokke import Blok, Tekstkontekst
from tilbud import kapacitetsfigurer
from tilbud.beregning.kapacitet import Opgoerelse
from tilbud.kapacitetsfigurer import Ramme
from tilbud.kapacitetstal import hent_opgoerelse, hent_udvikling, sideadresse
from tilbud.kapacitetstekster import KORTE_SERIENAVNE

# Wider than the text on A4 (about 550), so that letters shrink to the size of those in the tables, and two figures
# find room on a page.
PAPIRBREDDE = 640.0
TABELANKER = "tabel"


def _id(kontekst: Tekstkontekst, navn: str) -> str:
    """The same block may stand twice in a text; ids must not."""
    hukommelse = kontekst.tal.hukommelse
    noegle = f"kapacitet.blok.{navn}"
    hukommelse[noegle] = nummer = hukommelse.get(noegle, 0) + 1
    return navn if nummer == 1 else f"{navn}-{nummer}"


def _ramme(kontekst: Tekstkontekst, navn: str, opgoerelse: Opgoerelse) -> Ramme:
    if kontekst.medie == "pdf":
        return Ramme(id=_id(kontekst, navn), bredde=PAPIRBREDDE, med_smal=False)
    return Ramme(id=_id(kontekst, navn), tabel_adresse=f"{sideadresse(opgoerelse)}#{TABELANKER}")


def _figur(figur: Figur) -> str:
    return render_to_string("komponenter/figur.html", {"figur": figur})


def _som_tabel(kontekst: Tekstkontekst, figur: Figur) -> str:
    """In Word a drawing is told by its finding and the figures it is drawn from."""
    return format_html("<p>{}</p>{}", figur.fund, mark_safe(_tabel(kontekst)))  # noqa: S308


def _kort(kontekst: Tekstkontekst) -> str:
    opgoerelse = hent_opgoerelse(kontekst.tal)
    figur = kapacitetsfigurer.pladskort(opgoerelse, _ramme(kontekst, "pladskort", opgoerelse))
    if figur is None:
        raise TalMangler("Der er ingen kommunegrænser at tegne et kort af.")
    return _som_tabel(kontekst, figur) if kontekst.medie == "word" else _figur(figur)


def _soejler(kontekst: Tekstkontekst) -> str:
    opgoerelse = hent_opgoerelse(kontekst.tal)
    figur = kapacitetsfigurer.pladssoejler(opgoerelse, _ramme(kontekst, "pladssoejler", opgoerelse))
    return _som_tabel(kontekst, figur) if kontekst.medie == "word" else _figur(figur)


def _udvikling(kontekst: Tekstkontekst) -> str:
    udvikling = hent_udvikling(kontekst.tal)
    figur = kapacitetsfigurer.pladsudvikling(udvikling, _ramme(kontekst, "pladsudvikling", udvikling.nu))
    if kontekst.medie != "word":
        return _figur(figur)
    return render_to_string(
        "tilbud/kapacitet/_udviklingstabel.html",
        {"figur": figur, "udvikling": udvikling, "kilde": kapacitetsfigurer.kilde(udvikling.nu)},
    )


def _tabel(kontekst: Tekstkontekst) -> str:
    opgoerelse = hent_opgoerelse(kontekst.tal)
    return render_to_string(
        "tilbud/kapacitet/_pladstabel.html",
        {
            "opgoerelse": opgoerelse,
            "serienavne": list(KORTE_SERIENAVNE.values()),
            "kilde": kapacitetsfigurer.kilde(opgoerelse),
            "medie": kontekst.medie,
            "id": _id(kontekst, "pladstabel"),
        },
    )


BLOKKE: tuple[tuple[str, str, Callable[[Tekstkontekst], str]], ...] = (
    ("figur:pladskort", "Kort over pladser i socialaftalen", _kort),
    ("figur:pladssoejler", "Søjler med pladser pr. kommune", _soejler),
    ("figur:pladsudvikling", "Søjler med udviklingen siden forrige periode", _udvikling),
    ("tabel:pladser", "Tabel med pladser pr. kommune", _tabel),
)


def registrer_blokke() -> None:
    """Offer the blocks to texts."""
    blokke.registrer(*(Blok(noegle, navn, byg) for noegle, navn, byg in BLOKKE))
