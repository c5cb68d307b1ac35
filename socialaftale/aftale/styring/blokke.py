"""Tables and worked examples of the styringsaftale, made from the rule set and by the calculations of the forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.template.loader import render_to_string
from django.utils.html import format_html

from socialaftale.aftale.styring import tal
from socialaftale.aftale.styring.aendringer import Afsnitsaendring, aendringer_i, forrige_for
from socialaftale.aftale.styring.eksempler import Eksempel, ata, doegntakst, nyt_tilbud, overskud
from socialaftale.kerne.models import Beslutningskompetence
from socialaftale.kerne.tekst import blokke
from socialaftale.kerne.tekst.blokke import Blok, Tekstkontekst
from takster.beregning.koder import Kategori
from takster.beregning.poster import KATEGORINAVNE, POSTER
from takster.beregning.regelsaet import Regler, graensebeskrivelser
from takster.graenser import graenselinjer
from tilbud.models import Lovgrundlag

_AARSENHEDER = frozenset({"år", "måneder"})


Raekke = tuple[str, ...]
# Name ("" for none) and the rows below it; the first cell of a row is its heading.
Gruppe = tuple[str, list[Raekke]]


def registrer() -> None:
    """Offer the blocks; in any other text than a styringsaftale they have nothing to show."""
    blokke.registrer(
        Blok("tabel:regel-graenser", "Alle grænser i årets regelsæt", _graenser),
        Blok("tabel:regel-perioder", "Frister og perioder for afskrivning, hensættelse og regulering", _perioder),
        Blok("tabel:regel-omkostningskategorier", "Omkostningskategorier og underposter (T42)", _kategorier),
        Blok("tabel:regel-kompetence", "Hvem beslutter hvad (T69)", _kompetence),
        Blok("tabel:regel-lovgrundlag", "De typer tilbud, styringsaftalen omfatter (T1)", _lovgrundlag),
        Blok("tabel:regel-aendringer", "Ændringer siden den forrige styringsaftale", _aendringer),
        Blok("tabel:eksempel-doegntakst", "Eksempel: en døgntakst", _eksempel(doegntakst)),
        Blok("tabel:eksempel-overskud", "Eksempel: et overskud deles", _eksempel(overskud)),
        Blok("tabel:eksempel-nyt-tilbud", "Eksempel: et nyt tilbuds første år", _eksempel(nyt_tilbud)),
        Blok("tabel:eksempel-ata", "Eksempel: en ATA-timetakst", _eksempel(ata)),
    )


def _tabel(
    kontekst: Tekstkontekst,
    titel: str,
    hoveder: tuple[str, ...],
    grupper: Iterable[Gruppe],
    *,
    bredder: tuple[int, ...],
    tal_i: int = -1,
) -> str:
    """A table for the web (folds on a telephone) or for paper, where the columns have widths in percent."""
    return render_to_string(
        "styring/blokke/tabel.html",
        {
            "titel": titel,
            "hoveder": hoveder,
            "grupper": [
                (navn, [list(zip(celler, hoveder, strict=True)) for celler in raekker]) for navn, raekker in grupper
            ],
            "bredder": bredder,
            "tal_i": tal_i,
            "medie": kontekst.medie,
        },
    )


def _graenser(kontekst: Tekstkontekst) -> str:
    regelsaet = tal.styringsaftale_i(kontekst.tal).regelsaet
    raekker = [(f"{g.navn}. {g.bruges}.", g.vaerdi, g.regel) for g in graenselinjer(regelsaet)]
    hoveder = ("Grænse", "Værdi", "Regel")
    return _tabel(kontekst, "Grænser i regelsættet", hoveder, [("", raekker)], bredder=(65, 20, 15), tal_i=1)


def _perioder(kontekst: Tekstkontekst) -> str:
    regelsaet = tal.styringsaftale_i(kontekst.tal).regelsaet
    enheder = {graense.felt for graense in graensebeskrivelser() if graense.enhed in _AARSENHEDER}
    raekker = [(g.navn, g.vaerdi, g.regel) for g in graenselinjer(regelsaet) if g.felt in enheder]
    hoveder = ("Hvad", "Hvor længe", "Regel")
    return _tabel(kontekst, "Perioder og frister", hoveder, [("", raekker)], bredder=(65, 20, 15), tal_i=1)


def _kategorier(kontekst: Tekstkontekst) -> str:
    tal.styringsaftale_i(kontekst.tal)
    grupper: list[Gruppe] = [
        (
            f"{kategori}. {KATEGORINAVNE[kategori]}",
            [(post.navn, post.hjaelp) for post in POSTER if post.kategori == kategori],
        )
        for kategori in Kategori
    ]
    return _tabel(kontekst, "Omkostningskategorier", ("Underpost", "Hvad der hører til"), grupper, bredder=(35, 65))


def _kompetence(kontekst: Tekstkontekst) -> str:
    aar = tal.styringsaftale_i(kontekst.tal).regelsaet.fra_aar
    linjer = Beslutningskompetence.objects.for_aar(aar)
    raekker = [(linje.begivenhed, linje.hvem, linje.krav or "–") for linje in linjer]
    hoveder = ("Hvad der afgøres", "Besluttes af", "Krav")
    return _tabel(kontekst, "Hvem beslutter hvad", hoveder, [("", raekker)], bredder=(35, 35, 30))


def _lovgrundlag(kontekst: Tekstkontekst) -> str:
    aar = tal.styringsaftale_i(kontekst.tal).aar
    typer: dict[tuple[int, str], list[str]] = {}
    alle = Lovgrundlag.objects.gaeldende(aar).filter(typenummer__isnull=False, afloest_af__isnull=True)
    for post in alle.order_by("typenummer", "raekkefoelge", "pk"):
        typer.setdefault((post.typenummer, post.typenavn), []).append(post.paragraf)
    raekker = [(str(nr), navn, _samlet(paragraffer)) for (nr, navn), paragraffer in typer.items()]
    return _tabel(kontekst, "Omfattede tilbud", ("Nr.", "Type", "Lovgrundlag"), [("", raekker)], bredder=(15, 40, 45))


def _samlet(paragraffer: list[str]) -> str:
    """The most precise way of writing each: "SEL § 66" says nothing beside "SEL § 66, stk. 1, nr. 7"."""
    praecise = [p for p in paragraffer if not any(anden != p and anden.startswith(f"{p},") for anden in paragraffer)]
    return "; ".join(praecise)


def _aendringer(kontekst: Tekstkontekst) -> str:
    aftale = tal.styringsaftale_i(kontekst.tal)
    forrige = forrige_for(aftale)
    if forrige is None:
        return "<p>Der er ingen tidligere styringsaftale at sammenligne med.</p>"
    raekker = [(_link(post), post.i_ord) for post in aendringer_i(aftale, forrige)]
    if not raekker:
        return format_html("<p>Hverken grænser eller tekst er ændret siden {}.</p>", forrige.titel)
    hoveder = ("Afsnit", "Hvad der er ændret")
    return _tabel(kontekst, f"Ændringer siden {forrige.titel}", hoveder, [("", raekker)], bredder=(40, 60))


def _link(post: Afsnitsaendring) -> str:
    """The section's title, as a link to it where it still is."""
    if not post.noegle or post.er_fjernet:
        return post.titel
    return format_html('<a href="#{}">{}</a>', post.noegle, post.titel)


def _eksempel(byg: Callable[[Regler, int], Eksempel]) -> Callable[[Tekstkontekst], str]:
    def blok(kontekst: Tekstkontekst) -> str:
        eksempel = byg(tal.regler_i(kontekst.tal), tal.styringsaftale_i(kontekst.tal).aar)
        return render_to_string("styring/blokke/eksempel.html", {"eksempel": eksempel, "medie": kontekst.medie})

    return blok
