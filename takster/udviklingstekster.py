"""What the page of the takstudvikling says and draws."""

from __future__ import annotations

from typing import Any

from socialaftale.kerne.figurer import Figur, Moenster, Raekke, Serie, soejler
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_aendring, skriv_heltal
from takster.beregning.takstudvikling import UDELADT_TEKST, Priser
from takster.udvikling import Udvikling

BREDDE, SMAL_BREDDE = 600.0, 344.0


def prisnavne(fra_aar: int, til_aar: int) -> dict[Priser, str]:
    return {
        Priser.GAMMELT_AAR: f"{fra_aar}-priser",
        Priser.NYT_AAR: f"{til_aar}-priser",
        Priser.LOEBENDE: "Årets egne priser",
    }


def pct(vaerdi: Any) -> str:
    return f"{skriv_aendring(vaerdi, 2)}{HAARDT_MELLEMRUM}%" if vaerdi is not None else "–"


def noegletal(udvikling: Udvikling) -> list[dict[str, str]]:
    enhed = "driftsherrer" if udvikling.er_trykt else "takster"
    antal = len(udvikling.linjer) if udvikling.er_trykt else udvikling.antal_par
    kort = [
        {"tal": pct(udvikling.uvaegtet and udvikling.uvaegtet.pct), "tekst": "Uvægtet gennemsnit af driftsherrerne"},
    ]
    if not udvikling.er_trykt:
        note = ""
        if udvikling.vaegtet and udvikling.vaegtet.udeladt:
            note = f"{skriv_heltal(udvikling.vaegtet.udeladt)} takster uden mængde er ikke med"
        vaegtet = udvikling.vaegtet and udvikling.vaegtet.pct
        kort.append({"tal": pct(vaegtet), "tekst": "Vægtet efter mængde", "note": note})
    kort.append({"tal": skriv_heltal(antal), "tekst": f"{enhed} er sammenlignet"})
    if udvikling.udeladte:
        i_alt = sum(antal for _, antal in udvikling.udeladte)
        kort.append(
            {"tal": skriv_heltal(i_alt), "tekst": "takster er ikke med, fordi de er nye, udgåede eller ændrede"}
        )
    return kort


def udeladte(udvikling: Udvikling) -> list[tuple[str, str]]:
    return [(UDELADT_TEKST[grund], skriv_heltal(antal)) for grund, antal in udvikling.udeladte]


def trin(udvikling: Udvikling) -> list[tuple[str, str, str]]:
    """The steps behind both overall figures."""
    samlede = [samlet for samlet in (udvikling.uvaegtet, udvikling.vaegtet) if samlet]
    return [(et.navn, et.resultat, f"{et.formel}: {et.indsat}") for samlet in samlede for et in samlet.trin]


def fund(udvikling: Udvikling) -> str:
    """What the distribution shows in one sentence."""
    faldet = sum(baand.antal for baand in udvikling.baand if baand.til is not None and baand.til <= 0)
    i_alt = sum(baand.antal for baand in udvikling.baand)
    antal = f"{skriv_heltal(faldet)} af {skriv_heltal(i_alt)}"
    if udvikling.er_trykt:
        return f"{antal} driftsherrer har i gennemsnit sat taksterne ned"
    priser = "årets egne priser" if udvikling.priser == Priser.LOEBENDE else "samme priser"
    return f"{antal} takster er faldet i {priser}"


def fordelingsfigur(udvikling: Udvikling) -> Figur:
    """How many changes lie in each band."""
    hvad = "driftsherrer" if udvikling.er_trykt else "takster"
    raekker = [Raekke(baand.tekst, (baand.antal,)) for baand in udvikling.baand]
    serier = [Serie(f"Antal {hvad}", Moenster.FULD)]

    def tegn(*, smal: bool) -> Any:
        return soejler(
            raekker,
            serier,
            titel=f"Antal {hvad} efter ændring fra {udvikling.fra_aar} til {udvikling.til_aar}",
            beskrivelse="En vandret søjle for hvert interval af ændringen i procent.",
            id_praefiks="fordeling-smal" if smal else "fordeling-bred",
            bredde=SMAL_BREDDE if smal else BREDDE,
            smal=smal,
        )

    return Figur(
        id="fordelingsfigur",
        fund=fund(udvikling),
        svg=tegn(smal=False),
        svg_smal=tegn(smal=True),
        kilde="; ".join(udvikling.kilder) or "offentliggjorte takster",
        tabel_adresse="#fordeling",
    )
