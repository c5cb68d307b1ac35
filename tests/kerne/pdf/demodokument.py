"""A document with everything the style knows: cover, contents, boxes, notes, a figure, tables, a wide annex.

The texts are ours and the figures invented; the demonstration is rendered in tests and looked at by people.
"""

import datetime
from pathlib import Path

from django.template import engines
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from socialaftale.kerne.pdf.indhold import saml_indhold
from socialaftale.kerne.pdf.oplysninger import Dokument
from socialaftale.kerne.pdf.tabel import Kolonne, Tabel

DATO = datetime.date(2026, 8, 20)
AFTALE = Dokument(
    titel="Nordjysk Socialaftale",
    periode="2027–2028",
    undertitel="Aftale om det specialiserede socialområde og specialundervisningen",
    omraade="De 11 nordjyske kommuner og Region Nordjylland",
    udgiver="Sekretariatet for Nordjysk Socialaftale",
    version="Endelig udgave",
    emne="Rammeaftale efter § 6 i lov om social service",
    dato=DATO,
    kontakt=(
        "Sekretariatet for Nordjysk Socialaftale",
        "Boulevarden 13, 9000 Aalborg",
        "nordjysksocialaftale@aalborg.dk",
        "www.nordjysksocialaftale.dk",
    ),
)
BILAG = Dokument(titel="Takster", periode="2027", del_="Bilag 7", version="Endelig udgave", dato=DATO)

PLADSER = (
    ("Aalborg", 867), ("Mariagerfjord", 460), ("Vesthimmerland", 266), ("Hjørring", 217), ("Brønderslev", 170),
    ("Rebild", 135), ("Frederikshavn", 109), ("Morsø", 87), ("Thisted", 58), ("Jammerbugt", 52), ("Læsø", 0),
)  # fmt: skip


def soejler() -> str:
    """Bars of places per municipality as SVG; the font stands on the svg, since document CSS does not reach it."""
    linjer = []
    for nummer, (navn, antal) in enumerate(PLADSER):
        y = 2 + 15 * nummer
        linjer.append(
            f'<text x="92" y="{y + 8.5}" text-anchor="end">{navn}</text>'
            f'<rect x="98" y="{y}" width="{antal * 0.36:.1f}" height="11" fill="#14518b"/>'
            f'<text x="{102 + antal * 0.36:.1f}" y="{y + 8.5}">{antal}</text>'
        )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 440 166" font-family="IBM Plex Sans" font-size="8.6" '
        'fill="#1b2127"><title>Søjlediagram: Aalborg har flest pladser (867), Læsø ingen.</title>'
        + "".join(linjer)
        + "</svg>"
    )


KROP = (Path(__file__).parent / "demo_krop.html").read_text(encoding="utf-8").replace("<!-- figur -->", soejler())

KOLONNER = (
    Kolonne("Tilbud", 18), Kolonne("Ydelse", 15), Kolonne("Hjemmel", 9), Kolonne("Målgruppe", 20),
    Kolonne("Pladser", 6, tal=True), Kolonne("Belægning, %", 7.5, tal=True), Kolonne("Døgntakst, kr.", 8.5, tal=True),
    Kolonne("Takst 2026, kr.", 8.5, tal=True), Kolonne("Ændring, %", 7.5, tal=True),
)  # fmt: skip
HERRER = ("Aalborg Kommune", "Hjørring Kommune", "Mariagerfjord Kommune", "Region Nordjylland")
NAVNE = ("Bøgehuset", "Kildevæld", "Solsiden", "Fjordblink", "Skovbrynet", "Engvang", "Strandgården", "Lyngbakken")
YDELSER = (
    ("Længerevarende botilbud", "SEL § 108", "Voksne med udviklingshæmning og fysisk funktionsnedsættelse"),
    ("Midlertidigt botilbud", "SEL § 107", "Voksne med psykiske lidelser"),
    ("Beskyttet beskæftigelse", "SEL § 103", "Voksne med erhvervet hjerneskade"),
    ("Døgninstitution", "SEL § 67, stk. 1", "Børn og unge med autismespektrumforstyrrelser"),
    ("Aktivitets- og samværstilbud", "SEL § 104", "Voksne med nedsat funktionsevne"),
)


def bilagstabel(raekker: int = 60, herrer: tuple[str, ...] = HERRER) -> Tabel:
    """The wide table with invented prices, the rows shared evenly by the operators."""
    grupper: list[tuple[str, list[list[str]]]] = [(herre, []) for herre in herrer]
    for nummer in range(raekker):
        ydelse, hjemmel, maalgruppe = YDELSER[nummer % len(YDELSER)]
        oere = 121_345 + (nummer * 7_919_113) % 480_000
        grupper[nummer * len(herrer) // raekker][1].append(
            [
                f"{NAVNE[nummer % len(NAVNE)]}, afdeling {nummer + 1}",
                ydelse,
                hjemmel.replace("§ ", "§\u00a0").replace("stk. ", "stk.\u00a0"),
                maalgruppe,
                str(4 + nummer % 31),
                f"{92 + nummer % 7},0",
                f"{oere // 100_000}.{oere // 100 % 1000:03d},{oere % 100:02d}",
                f"{oere // 100_000}.{(oere // 100 + 31) % 1000:03d},50",
                f"{'−' if nummer % 3 else ''}{nummer % 5},{1 + nummer % 9}",
            ]
        )
    return Tabel(
        "Døgntakster efter driftsherre, tilbud og ydelse",
        KOLONNER,
        grupper,
        indledning=(
            "Bilaget viser taksterne for alle ydelser, der er omfattet af aftalen. Alle beløb er i kroner og i "
            "2027-priser. Tallene er eksempler.",
        ),
        kilde="Kilde: Driftsherrernes takstskemaer, godkendt til og med 15. oktober 2026. Eksempeltal.",
    )


def prosa_html() -> str:
    """The prose with cover, contents and back page."""
    krop, indhold = saml_indhold(KROP)
    skabelon = engines["django"].from_string(
        '{% extends "dokumenter/grund.html" %}{% block krop %}{{ krop }}{% endblock %}'
    )
    return skabelon.render({"dokument": AFTALE, "indhold": indhold, "krop": mark_safe(krop)})


def bilag_html(raekker: int = 60) -> str:
    """The annex with the wide table."""
    return render_to_string("dokumenter/tabelbilag.html", {"dokument": BILAG, "tabel": bilagstabel(raekker)})
