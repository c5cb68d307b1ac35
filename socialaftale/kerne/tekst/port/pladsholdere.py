"""What somebody meant to fill in later: placeholders, remains of a template or of Word, broken references and text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from socialaftale.kerne.tekst.henvisninger import HALVE, MOENSTER
from socialaftale.kerne.tekst.port.bygning import Melder
from socialaftale.kerne.tekst.port.fund import Fund, Klasse
from socialaftale.kerne.tekst.port.laesning import OBJEKT, Blok, Portkapitel, Porttekst
from socialaftale.kerne.tekst.port.soegning import alle_traef
from socialaftale.kerne.tekst.port.viden import Viden

SKABELON = "Teksten er en rest af skabelonen og må ikke stå i en udgivet aftale. Skriv det, der skal stå, eller slet."
MANGLER = "Nogen har ventet med at skrive noget her. Skriv det, eller slet pladsholderen."
_MOENSTRE = tuple(
    (kode, re.compile(moenster, re.IGNORECASE if lille else 0), hvad, hvorfor)
    for kode, moenster, lille, hvad, hvorfor in (
        ("klammer", r"\[[^\[\]]{0,120}\]", False, "Pladsholderen “{}”", MANGLER),
        # XX may stand for a number or a name; in a word such as "ax xx" it is never Danish.
        ("x", r"(?<![\w.])[xX]{2,}(?:[.,][xX]+)*(?!\w)|(?<!\w)20[xX]{2}(?!\w)", False, "Pladsholderen “{}”", MANGLER),
        ("vinkler", r"<<[^<>]{1,60}>>|«[^«»]{1,60}»|‹[^‹›]{1,60}›", False, "Flettefeltet “{}”", SKABELON),
        (
            "skrives",
            r"\b(?:skrives|indsættes|udfyldes|tilføjes|opdateres)\s(?:ind\s)?(?:her|senere)\b"
            r"|\bher\s(?:indsættes|skrives|udfyldes|tilføjes|kommer)\b(?:\s\w+)?"
            r"|\bindsæt(?:tes)?\s(?:kilde|tekst|tal|navn|dato|billede|figur|tabel|link|henvisning|her)\w*"
            r"|\b(?:skal|mangler at)\s(?:udfyldes|opdateres|skrives ind|blive? (?:udfyldt|opdateret))"
            r"(?=\s*(?:[.)\]:]|$))"
            r"|\b(?:kilde|tekst|tal|dato|navn|billede)\s(?:mangler|følger|indsættes|kommer)(?=\s*(?:[.)\]:]|$|senere\b))",
            True,
            "“{}” er en besked til den, der skriver",
            MANGLER,
        ),
        (
            "afventer",
            r"\bunder\sudarbejdelse\b|\bafventer\b|\bfølger\ssenere\b|\bto\sbe\s(?:continued|done)\b"
            r"|(?<!\w)(?:TBD|TODO|TBC|FIXME)(?!\w)|\b[Nn]\.\s?[Nn]\.(?!\w)",
            True,
            "“{}” fortæller, at teksten ikke er færdig",
            MANGLER,
        ),
        ("spoergsmaal", r"\?{2,}|\(\?\)|(?<!\w)\?(?=\s?%|\sprocent|\skr)", False, "Spørgsmålet “{}”", MANGLER),
        ("lorem", r"\blorem\s+ipsum\b|\bdolor\ssit\samet\b", True, "Fyldteksten “{}”", SKABELON),
        ("streger", r"_{3,}|\.{4,}|…{2,}|-{4,}", False, "Linjen “{}” til at skrive på", MANGLER),
        (
            "dato",
            r"\bdd[.\-/ ]mm[.\-/ ](?:åå|aa|yy){1,2}\b|\b(?:dato|xx)[.\-/]mm\b|\bdag\.\småned\s(?:år|åååå)\b",
            True,
            "Datoen “{}” er ikke skrevet",
            MANGLER,
        ),
        (
            "word",
            r"\bfejl!\s(?:bogmærke|henvisningskilde|ukendt)\b[^.]*\.?|\bklik\s(?:eller\stryk\s)?her\sfor\sat\s\w+(?:\s\w+)?"
            r"|#(?:REF|NAVN|I/T|DIVISION/0|VÆRDI)[!?]?|\bError! (?:Bookmark|Reference)\b[^.]*",
            True,
            "“{}” kommer fra Word eller Excel",
            "Word eller Excel har sat beskeden ind, fordi noget ikke kunne findes. Skriv det, der skal stå.",
        ),
        (
            "eksempel",
            r"\b(?:overskrift|titel|navn|tekst|brødtekst)\sher\b|\bskriv\s(?:din\s)?(?:tekst|titel|overskrift)\b"
            r"|\b(?:eksempeltekst|dummytekst|testtekst|pladsholder)\b",
            True,
            "“{}” kommer fra skabelonen",
            SKABELON,
        ),
    )
)
# A paragraph that ends in one of these stops in the middle of a sentence.
_SMAAORD = frozenset(
    [
        "og",
        "eller",
        "at",
        "som",
        "der",
        "med",
        "for",
        "til",
        "af",
        "i",
        "på",
        "en",
        "et",
        "den",
        "det",
        "de",
        "fra",
        "om",
        "men",
        "når",
        "hvis",
        "fordi",
        "samt",
        "ved",
        "efter",
        "under",
        "mellem",
        "være",
        "har",
        "skal",
        "kan",
        "vil",
        "blev",
        "bliver",
        "er",
    ]
)
_SLUTTER = re.compile(rf"[.!?:;…”\"»)\]{OBJEKT}]\s*$")
_LANG_UDEN_PUNKTUM = 12
_FORSIDER = frozenset({"forside", "bagside", "kontakt"})


def find(tekst: Porttekst, viden: Viden) -> Iterator[Fund]:
    """Placeholders in every printed word, references that cannot be filled in, paragraphs that break off."""
    melder = Melder(Klasse.PLADSHOLDER, viden)
    for kapitel, blok in tekst.blokke:
        yield from _pladsholdere(melder, kapitel, blok)
        yield from _henvisninger(melder, kapitel, blok)
        if not kapitel.fast and kapitel.type not in _FORSIDER:
            yield from _afbrudt(melder, kapitel, blok)


def _pladsholdere(melder: Melder, kapitel: Portkapitel, blok: Blok) -> Iterator[Fund]:
    optaget: list[tuple[int, int]] = []
    for kode, moenster, hvad, hvorfor in _MOENSTRE:
        for traef in alle_traef(moenster, blok.tekst):
            if any(fra < traef.end() and traef.start() < til for fra, til in optaget):
                continue
            if kode == "klammer" and not re.search(r"\w|\?", traef[0]):
                continue
            optaget.append(traef.span())
            yield melder.meld(kode, kapitel, blok, *traef.span(), hvad.format(traef[0]), hvorfor)


def _henvisninger(melder: Melder, kapitel: Portkapitel, blok: Blok) -> Iterator[Fund]:
    for plads, henvisning in blok.henvisninger:
        if str(henvisning) in melder.viden.trykt:
            continue
        ukendt = (
            "Listen eller figuren findes ikke" if henvisning.er_blok else "Tallet kan ikke slås op sådan for perioden"
        )
        grund = melder.viden.mangler.get(henvisning.figurnoegle) or ukendt
        yield melder.meld(
            "henvisning",
            kapitel,
            blok,
            plads,
            plads + 1,
            f"Henvisningen {henvisning} kan ikke udfyldes",
            f"{grund.rstrip('.')}. Teksten kan ikke udgives, før det findes, eller henvisningen er fjernet.",
            citat=f"{{{{ {henvisning} }}}}",
            emne=str(henvisning),
            kan_fraviges=False,
        )
    for halv in alle_traef(HALVE, blok.tekst):
        hel = re.sub(r"[{}\s]+$", "", halv[0].strip())
        hel = f"{{{{ {hel.lstrip('{ ')} }}}}"
        yield melder.meld(
            "halv_henvisning",
            kapitel,
            blok,
            *halv.span(),
            f"“{halv[0].strip()}” ligner en henvisning til et tal, men kan ikke læses",
            "En henvisning, der er skrevet forkert, bliver trykt, som den står.",
            erstatning=hel if MOENSTER.fullmatch(hel) and hel[3:-3] in _kendte(melder.viden) else None,
        )


def _kendte(viden: Viden) -> set[str]:
    return {noegle for tal in viden.tal for noegle in (tal.noegle, *tal.trykt)}


def _afbrudt(melder: Melder, kapitel: Portkapitel, blok: Blok) -> Iterator[Fund]:
    """A paragraph that stops in the middle of a sentence."""
    tekst = blok.tekst.rstrip()
    if (
        blok.art != "p"
        or "li" in blok.over
        or "boks-titel" in blok.attributter.get("class", "")
        or not tekst
        or _SLUTTER.search(tekst)
    ):
        return
    ord_ = re.findall(r"[\w-]+", tekst)
    if tekst.endswith((",", "–", "-")) or ord_[-1].lower() in _SMAAORD or len(ord_) >= _LANG_UDEN_PUNKTUM:
        fra = tekst.rfind(" ") + 1
        mangler_kun_punktum = tekst[-1].isalnum() and ord_[-1].lower() not in _SMAAORD and OBJEKT not in tekst[fra:]
        yield melder.meld(
            "afbrudt",
            kapitel,
            blok,
            fra,
            len(tekst),
            "Afsnittet slutter midt i en sætning",
            "Der mangler noget til sidst, eller et punktum. Skriv sætningen færdig.",
            ord_=f"{tekst[fra:]}." if mangler_kun_punktum else None,
        )
