"""References to chapters, tables, figures, annexes and pages that do not exist, and to places on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from socialaftale.kerne.tekst.port.bygning import Melder
from socialaftale.kerne.tekst.port.fund import Alvor, Fund, Klasse, Rettelse
from socialaftale.kerne.tekst.port.laesning import Blok, Portkapitel, Porttekst
from socialaftale.kerne.tekst.port.soegning import alle_traef
from socialaftale.kerne.tekst.port.viden import Kendtbilag, Viden, alle_ord, stammer

_NUMRE = r"(?P<fra>\d{1,2})(?:\s?[-–]\s?(?P<til>\d{1,2})|(?:(?:,\s\d{1,2})*\s(?:og|eller)\s(?P<og>\d{1,2})))?(?!\d)"
_MAAL = re.compile(
    rf"\b(?P<slags>bilag|kapit(?:el|let|ler|lerne)|tabel(?:len)?|tabellerne|figur(?:en|erne)?|fokusområde(?:t|rne)?)\s{_NUMRE}(?P<under>(?:\.\d+)+)?",
    re.IGNORECASE,
)
_AFSNIT = re.compile(r"\bafsnit(?:tet)?\s(?P<nummer>\d+(?:\.\d+)*)(?!\d)", re.IGNORECASE)
_SIDE = re.compile(
    r"\b(?:på|se(?:\sogså)?|jf\.)\ssiderne?\s\d{1,3}\b|\b(?:på|se(?:\sogså)?|jf\.)\sside\s\d{1,3}\b|(?<=\()side\s\d{1,3}(?=\))"
    r"|\bs\.\s?\d{1,3}(?!\d)",
    re.IGNORECASE,
)
_PLADSERING = re.compile(
    r"\b(?P<hvad>(?:info|fakta|tekst|definitions)?boks\w*|billed\w*|kort\w*|figur\w*|tabel\w*|illustration\w*|faktaboks\w*|margen)"
    r"\s(?P<hvor>(?:i\ssiden|til\s(?:højre|venstre)(?:\sfor\steksten)?|i\s(?:højre|venstre)\s(?:side|spalte|margen)|øverst|nederst"
    r"|på\s(?:næste|forrige|modstående|denne)\sside|i\smargenen|ved\ssiden\saf)(?:\spå\ssiden)?)\b"
    r"|\b(?:højre|venstre)\s(?:spalte|kolonne|margen)\b|\bpå\s(?:næste|forrige|modstående)\sside\b|\bi\smargenen\b",
    re.IGNORECASE,
)
_BILAG_OM = re.compile(
    r"(?P<om>[^\W\d_][\w-]*)(?:,\ssom)?(?:\ser|\s(?:i|findes\si|står\si|fremgår\saf|se))?\s\(?bilag\s(?P<nr>\d{1,2})(?![\d\s]*[-–]\s?\d)\)?"
    r"|\bbilag\s(?P<nr2>\d{1,2})(?:\s?[:(,]\s?|\ser\s)(?P<om2>[^\W\d_][\w-]*(?:\s[\w-]+){0,2})",
    re.IGNORECASE,
)
_HREF = re.compile(r"<a\s[^>]*href=\"([^\"]*)\"[^>]*>")
NAVNE = {"bilag": "bilag", "kapit": "kapitel", "tabel": "tabel", "figur": "figur", "fokus": "fokusområde"}


def find(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """What the text points at, against what there is."""
    melder = Melder(Klasse.HENVISNING, viden)
    findes = _findes(tekst, viden)
    afsnit = {str(k.nummer) for k in tekst.kapitler if k.nummer is not None}
    # Sections count their headings only where the writer has numbered them.
    afsnit |= {t[1] for _, b in tekst.blokke if b.er_overskrift and (t := re.match(r"(\d+(?:\.\d+)+)\.?\s", b.tekst))}
    for kapitel, blok in tekst.blokke:
        if kapitel.fast:
            continue
        yield from _maal(melder, kapitel, blok, findes)
        yield from _afsnit(melder, kapitel, blok, afsnit)
        yield from _placering(melder, kapitel, blok)
        yield from _forkert_bilag(melder, kapitel, blok)
    for kapitel in tekst.kapitler:
        yield from _links(melder, kapitel, {k.noegle for k in tekst.kapitler})


def _findes(tekst: Porttekst, viden: Viden) -> dict[str, set[int]]:
    """The numbers there are of each kind; tables and figures are counted as the reader meets them."""
    blokke = [h.noegle for kapitel in tekst.kapitler for h in kapitel.henvisninger if h.er_blok]
    tabeller = sum(len(kapitel.tabeller) for kapitel in tekst.kapitler) + sum(b.startswith("tabel:") for b in blokke)
    figurer = sum(len(kapitel.billeder) for kapitel in tekst.kapitler) + sum(b.startswith("figur:") for b in blokke)
    fokus = [re.match(r"Fokusområde (\d+)", kapitel.titel) for kapitel in tekst.kapitler]
    return {
        "bilag": {bilag.nr for bilag in viden.bilag},
        "kapitel": {kapitel.nummer for kapitel in tekst.kapitler if kapitel.nummer is not None},
        "tabel": set(range(1, tabeller + 1)),
        "figur": set(range(1, figurer + 1)),
        "fokusområde": {int(traef[1]) for traef in fokus if traef},
    }


def _maal(melder: Melder, kapitel: Portkapitel, blok: Blok, findes: dict[str, set[int]]) -> Iterator[Fund]:
    for traef in alle_traef(_MAAL, blok.tekst):
        slags = NAVNE[traef["slags"][:5].lower()]
        if traef["under"] or _om_noget_andet(blok, traef):
            continue
        fra = int(traef["fra"])
        til = int(traef["til"] or traef["og"] or fra)
        numre = range(fra, til + 1) if traef["til"] else (fra, til)
        mangler = sorted(set(numre) - findes[slags])
        if not mangler:
            continue
        har = sorted(findes[slags])
        hvor_mange = f"Aftalen har {slags} {_opremset(har)}." if har else f"Aftalen har ingen {slags} med nummer."
        yield melder.meld(
            "findes_ikke",
            kapitel,
            blok,
            *traef.span(),
            f"{slags.capitalize()} {' og '.join(map(str, mangler))} findes ikke",
            f"{hvor_mange} Ret henvisningen, så læseren kan følge den.",
        )


def _om_noget_andet(blok: Blok, traef: re.Match[str]) -> bool:
    """ "bilag 3 til styringsaftalen", "rapportens kapitel 4": of another document."""
    efter = blok.tekst[traef.end() : traef.end() + 60]
    foer = blok.tekst[max(0, traef.start() - 40) : traef.start()]
    andet = (
        r"(?:styringsaftale|rapport|lov|bekendtgørelse|vejledning|notat|aftalevilkår|serviceloven|afrapportering)\w*"
    )
    return bool(
        re.match(rf"\s(?:i|til|af)\s(?:\w+\s){{0,2}}{andet}", efter, re.IGNORECASE)
        or re.search(rf"{andet}s\s$|lovens\s$", foer, re.IGNORECASE)
    )


def _opremset(numre: list[int]) -> str:
    if len(numre) > 2 and numre == list(range(numre[0], numre[-1] + 1)):
        return f"{numre[0]}-{numre[-1]}"
    return " og ".join(map(str, numre))


def _afsnit(melder: Melder, kapitel: Portkapitel, blok: Blok, numre: set[str]) -> Iterator[Fund]:
    for traef in alle_traef(_AFSNIT, blok.tekst):
        if traef["nummer"] not in numre and not _om_noget_andet(blok, traef):
            yield melder.meld(
                "findes_ikke",
                kapitel,
                blok,
                *traef.span(),
                f"Afsnit {traef['nummer']} findes ikke",
                "Afsnittene har ikke det nummer. Skriv kapitlets eller afsnittets overskrift i stedet.",
            )


def _placering(melder: Melder, kapitel: Portkapitel, blok: Blok) -> Iterator[Fund]:
    for traef in alle_traef(_PLADSERING, blok.tekst):
        hvad = traef["hvad"]
        if hvad and hvad.lower().startswith("kort") and not re.match(r"kort(?:et|ene)?$", hvad.lower()):
            continue
        yield melder.meld(
            "placering",
            kapitel,
            blok,
            *traef.span(),
            f"“{traef[0]}” peger på et sted på siden",
            "På en telefon, på papir og for en skærmlæser står det et andet sted. Skriv, hvad boksen hedder.",
            ord_=hvad or None,
        )
    for traef in alle_traef(_SIDE, blok.tekst):
        if not _om_noget_andet(blok, traef):
            yield melder.meld(
                "sidetal",
                kapitel,
                blok,
                *traef.span(),
                f"“{traef[0].strip()}” er et sidetal",
                "Sidetal ændrer sig, hver gang teksten gør, og på nettet er der ingen. Henvis til overskriften.",
            )


def _forkert_bilag(melder: Melder, kapitel: Portkapitel, blok: Blok) -> Iterator[Fund]:
    """The words say one annex and the number another: the order of annexes changes between periods."""
    for traef in alle_traef(_BILAG_OM, blok.tekst):
        gruppe = "nr" if traef["nr"] else "nr2"
        om = traef["om"] or traef["om2"]
        nr = int(traef[gruppe])
        naevnt = [bilag for bilag in melder.viden.bilag if bilag.nr == nr]
        ment = _ment(om, melder.viden.bilag)
        if naevnt and len(ment) == 1 and ment[0].nr != nr:
            yield melder.meld(
                "forkert_bilag",
                kapitel,
                blok,
                *traef.span(gruppe),
                f"{ment[0].titel} er bilag {ment[0].nr}, ikke {nr}",
                f"Bilag {nr} er “{naevnt[0].titel}”. Bilagenes rækkefølge har ændret sig mellem perioderne.",
                ord_=str(ment[0].nr),
            )


def _ment(om: str, bilag: list[Kendtbilag]) -> list[Kendtbilag]:
    """The annexes that alone among them have the words in their title."""
    ord_ = [o for o in alle_ord([om]) if len(o) >= 4]
    fundne = []
    for post in bilag:
        egne = set(stammer(post.titel)) - {s for andet in bilag if andet is not post for s in stammer(andet.titel)}
        if any(len(egen) >= 4 and any(o.startswith(egen) or egen.startswith(o) for o in ord_) for egen in egne):
            fundne.append(post)
    return fundne


def _links(melder: Melder, kapitel: Portkapitel, noegler: set[str]) -> Iterator[Fund]:
    """Links to chapters of this agreement that are not there, and links that lead nowhere."""
    for maerke in _HREF.finditer(kapitel.indhold):
        adresse = maerke[1]
        egen = re.fullmatch(r"/aftaler/([\d-]+)/([a-z0-9_-]+)/(?:[?#].*)?", adresse)
        mangler = egen and egen[1] == melder.viden.periode and egen[2] not in noegler | melder.viden.ankre
        if not (mangler or adresse in ("", "#") or re.match(r"(?:file:|[a-zA-Z]:\\|about:)", adresse)):
            continue
        blok = next(
            (b for b in kapitel.blokke[1:] if b.fra and b.fra[0] <= maerke.end() <= b.til[-1]), kapitel.blokke[0]
        )
        slut = kapitel.indhold.find("</a>", maerke.end())
        linktekst = kapitel.indhold[maerke.end() : slut] if slut >= 0 else ""
        rettelse = (
            Rettelse(maerke.start(), slut + 4, linktekst, "Fjern linket, og behold teksten", med_maerker=True)
            if slut >= 0
            else None
        )
        yield melder.meld_maerke(
            "link",
            kapitel,
            blok,
            f"Linket til “{adresse or 'ingenting'}” fører ingen steder hen",
            "Siden findes ikke i aftalen. Ret linket, eller fjern det.",
            rettelse if rettelse and "<a" not in linktekst else None,
            emne=adresse,
            alvor=Alvor.FEJL,
        )
