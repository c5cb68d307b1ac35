"""What a reader with a screen reader, or of the contents, stumbles over: images, headings, empty parts, tables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from socialaftale.kerne.tekst.port.bygning import Melder
from socialaftale.kerne.tekst.port.fund import Alvor, Fund, Klasse, Rettelse
from socialaftale.kerne.tekst.port.laesning import Blok, Portkapitel, Porttekst, Tabel
from socialaftale.kerne.tekst.port.viden import Viden

# The title of the chapter is the first level.
_OEVERST = 2
_UDEN_TEKST = frozenset({"bagside"})
_FILNAVN = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)$|^(?:image|billede|img|foto)[\s_-]*\d*$", re.IGNORECASE)


def find(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """Chapter by chapter."""
    melder = Melder(Klasse.OPBYGNING, viden)
    for kapitel in tekst.kapitler:
        if kapitel.fast:
            continue
        yield from _billeder(melder, kapitel)
        yield from _overskrifter(melder, kapitel)
        yield from _tomme(melder, kapitel)
        for tabel in kapitel.tabeller:
            yield from _tabel(melder, kapitel, tabel)


def _billeder(melder: Melder, kapitel: Portkapitel) -> Iterator[Fund]:
    for nummer, billede in enumerate(kapitel.billeder, start=1):
        alt = billede.attributter.get("alt")
        if billede.attributter.get("role") == "presentation" or (
            alt and alt.strip() and not _FILNAVN.search(alt.strip())
        ):
            continue
        yield melder.meld_kapitel(
            "billedtekst",
            kapitel,
            f"Billede {nummer} har ingen alternativ tekst"
            if not (alt or "").strip()
            else f"Billedets tekst “{alt}” er et filnavn",
            "En læser, der ikke ser billedet, får intet at vide. Skriv med ord, hvad det viser.",
            emne=f"{billede.attributter.get('data-billede') or billede.attributter.get('src', '')}:{nummer}",
        )


def _overskrifter(melder: Melder, kapitel: Portkapitel) -> Iterator[Fund]:
    """No level is left out on the way down, and no heading is empty."""
    niveau = _OEVERST - 1
    for blok in kapitel.blokke[1:]:
        if not blok.er_overskrift:
            continue
        if not blok.tekst.strip():
            rettelse = _uden_element(kapitel, blok)
            yield melder.meld_maerke(
                "tom_overskrift",
                kapitel,
                blok,
                "En overskrift er tom",
                "Den står i indholdsfortegnelsen og læses op som ingenting. Slet den.",
                rettelse,
            )
            continue
        ret = max(min(blok.niveau, niveau + 1), _OEVERST)
        if blok.niveau != ret:
            yield melder.meld_maerke(
                "spring",
                kapitel,
                blok,
                f"Overskriften springer et niveau over: den er på niveau {blok.niveau} efter niveau {niveau}",
                "Indholdsfortegnelsen og skærmlæsere følger niveauerne, så et spring ligner en mangel.",
                _andet_niveau(kapitel, blok, ret),
            )
        niveau = ret


def _slutmaerke(kapitel: Portkapitel, blok: Blok) -> int:
    """Where the end tag of a block begins in the source, or -1."""
    efter = blok.til[-1] if blok.til else blok.maerke[1]
    return kapitel.indhold.find(f"</{blok.art}>", efter)


def _andet_niveau(kapitel: Portkapitel, blok: Blok, niveau: int) -> Rettelse | None:
    slut = _slutmaerke(kapitel, blok)
    if blok.maerke is None or slut < 0:
        return None
    ny = f"<h{niveau}>{kapitel.indhold[blok.maerke[1] : slut]}</h{niveau}>"
    return Rettelse(blok.maerke[0], slut + len(blok.art) + 3, ny, f"Overskrift på niveau {niveau}", med_maerker=True)


def _uden_element(kapitel: Portkapitel, blok: Blok) -> Rettelse | None:
    slut = _slutmaerke(kapitel, blok)
    if blok.maerke is None or slut < 0:
        return None
    return Rettelse(blok.maerke[0], slut + len(blok.art) + 3, "", "Slet overskriften", med_maerker=True)


def _tomme(melder: Melder, kapitel: Portkapitel) -> Iterator[Fund]:
    """A chapter, or a part of one, that has a heading and nothing to read."""
    indhold = [b for b in kapitel.blokke[1:] if b.tekst.strip()]
    if not indhold and not kapitel.billeder:
        if kapitel.type not in _UDEN_TEKST:
            yield melder.meld_kapitel(
                "tomt_kapitel",
                kapitel,
                f"Kapitlet “{kapitel.titel}” er tomt",
                "Det står i indholdsfortegnelsen, men der er intet at læse. Skriv det, eller tag kapitlet ud.",
            )
        return
    for blok, naeste in itertools.zip_longest(indhold, indhold[1:]):
        sidste = naeste.nummer if naeste else len(kapitel.blokke)
        if not blok.er_overskrift or any(blok.nummer < billede.blok <= sidste for billede in kapitel.billeder):
            continue
        if naeste is None or (naeste.er_overskrift and naeste.niveau <= blok.niveau):
            yield melder.meld(
                "tomt_afsnit",
                kapitel,
                blok,
                0,
                len(blok.tekst),
                f"Afsnittet “{blok.tekst.strip()}” er tomt",
                "Under overskriften står intet. Skriv afsnittet, eller slet overskriften.",
            )


def _tabel(melder: Melder, kapitel: Portkapitel, tabel: Tabel) -> Iterator[Fund]:
    celler = [celle for raekke in tabel.raekker for celle in raekke]
    if not celler:
        return
    foerste = next((c for c in celler if c.tekst.strip()), celler[0])
    hoveder = [celle for celle in celler if celle.art == "th"]
    if not hoveder:
        yield melder.meld_maerke(
            "tabelhoved",
            kapitel,
            foerste,
            f"Tabel {tabel.nummer} har ingen overskriftsceller",
            "Uden dem kan en skærmlæser ikke fortælle, hvad et tal i tabellen er. Gør første række til overskrifter.",
            _med_hoved(kapitel, tabel),
        )
        return
    for celle in hoveder:
        if not celle.attributter.get("scope"):
            retning = "col" if celle in tabel.raekker[0] else "row"
            yield melder.meld_maerke(
                "scope",
                kapitel,
                celle,
                f"Overskriftscellen “{celle.tekst.strip() or 'uden tekst'}” siger ikke, hvad den gælder",
                "Skærmlæsere og PDF'en skal vide, om den gælder rækken eller kolonnen, når tabellen læses op.",
                _med_scope(kapitel, celle, retning),
                alvor=Alvor.ADVARSEL,
            )


def _med_scope(kapitel: Portkapitel, celle: Blok, retning: str) -> Rettelse | None:
    if celle.maerke is None:
        return None
    fra, til = celle.maerke
    hvad = "Gælder kolonnen" if retning == "col" else "Gælder rækken"
    return Rettelse(fra, til, f'{kapitel.indhold[fra:til].rstrip(">")} scope="{retning}">', hvad, med_maerker=True)


def _med_hoved(kapitel: Portkapitel, tabel: Tabel) -> Rettelse | None:
    """The first row as headings of the columns."""
    raekke = tabel.raekker[0]
    if any(celle.maerke is None for celle in raekke):
        return None
    fra, til = raekke[0].maerke[0], _slutmaerke(kapitel, raekke[-1])
    if til < 0:
        return None
    ny = kapitel.indhold[fra : til + 5]
    ny = re.sub(r"<td(?=[\s>])", '<th scope="col"', ny).replace("</td>", "</th>")
    return Rettelse(fra, til + 5, ny, "Første række bliver til overskrifter", med_maerker=True)
