"""Live figures: the limits of the styringsaftale, and the published tariffs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.urls import reverse

from socialaftale.kerne.tal.katalog import LevendeTal, Talkontekst, TalMangler, Talvaerdi, registrer
from socialaftale.kerne.talformat import HAARDT_MELLEMRUM, skriv_tal
from takster.models import Regelsaet, Takst


def _aar(kontekst: Talkontekst) -> int | None:
    """The first year of the agreement period; None asks for the newest rule set."""
    return int(kontekst.periode.partition("-")[0]) if kontekst.periode else None


def _regelsaet(kontekst: Talkontekst) -> Regelsaet:
    aar = _aar(kontekst)

    def hent() -> Regelsaet | None:
        return Regelsaet.objects.order_by("-fra_aar").first() if aar is None else Regelsaet.objects.for_aar(aar)

    regelsaet = kontekst.husk(f"takster.regelsaet:{aar}", hent)
    if regelsaet is None:
        raise TalMangler("Der er intet regelsæt for perioden.")
    return regelsaet


def _fra_regelsaet(
    felt: str, omsaet: Callable[[Regelsaet], Decimal | int | str]
) -> Callable[[Talkontekst], Talvaerdi]:
    """A figure that is a limit: its value, and where the rule set has it from."""

    def beregn(kontekst: Talkontekst) -> Talvaerdi:
        regelsaet = _regelsaet(kontekst)
        kilde = regelsaet.kilde(felt) if felt else ""
        return Talvaerdi(
            vaerdi=omsaet(regelsaet),
            pr=regelsaet.navn,
            kilde=kilde or regelsaet.navn,
            formel="Grænse i regelsættet",
        )

    return beregn


def _interval(regelsaet: Regelsaet) -> str:
    regler = regelsaet.regler()
    mindst, hoejst = regler.belaegning_forventet_min_pct, regler.belaegning_anbefalet_max_pct
    return f"{skriv_tal(mindst)}–{skriv_tal(hoejst)}{HAARDT_MELLEMRUM}%"


def _varsel(regelsaet: Regelsaet) -> str:
    if not regelsaet.varsel:
        raise TalMangler("Regelsættet har intet opsigelsesvarsel.")
    return regelsaet.varsel


def antal_takster(kontekst: Talkontekst) -> Talvaerdi:
    """Published tariffs of the newest year, or of the last year of the period; those of accounts are not counted."""
    takster = Takst.objects.gaeldende().filter(skema__isnull=False)
    sidste = int(kontekst.periode.rpartition("-")[2]) if kontekst.periode else None
    aar = sidste or takster.order_by("-aar").values_list("aar", flat=True).first()
    antal = kontekst.husk(f"takster.antal:{aar}", lambda: takster.filter(aar=aar).count())
    if not antal:
        raise TalMangler("Der er ingen offentliggjorte takster for året.")
    return Talvaerdi(
        vaerdi=antal,
        pr=str(aar),
        kilde="Offentliggjorte takster",
        formel="Antal gældende takster i året",
        url=reverse("takster:liste", query={"aar": aar}),
    )


def registrer_tal() -> None:
    registrer(
        LevendeTal(
            noegle="styringsaftale.dage",
            navn="Dage i et takstår",
            definition="Antal dage, en takst beregnes for, også i skudår.",
            beregn=_fra_regelsaet("dage_pr_aar", lambda regelsaet: regelsaet.regler().dage_pr_aar),
            enhed="dage",
        ),
        LevendeTal(
            noegle="styringsaftale.belaegning_interval",
            navn="Anbefalet belægning",
            definition="Den belægning, der som hovedregel budgetteres med.",
            beregn=_fra_regelsaet("belaegning_anbefalet_max_pct", _interval),
        ),
        LevendeTal(
            noegle="styringsaftale.hensaettelse_pct",
            navn="Grænse for over- og underskud",
            definition="Den andel af takstberegningsgrundlaget, som driftsherren højst må hensætte eller selv dækker.",
            beregn=_fra_regelsaet(
                "resultatgraense_pct", lambda regelsaet: regelsaet.regler().resultatgraense_pct / 100
            ),
            formater=("pct", "pct1"),
        ),
        LevendeTal(
            noegle="styringsaftale.anvend_aar",
            navn="Frist for brug af hensættelser",
            definition="Antal år, et hensat overskud skal bruges inden for.",
            beregn=_fra_regelsaet("hensaettelse_aar", lambda regelsaet: regelsaet.regler().hensaettelse_aar),
            enhed="år",
            formater=("hele", "ord"),
        ),
        LevendeTal(
            noegle="styringsaftale.varsel",
            navn="Opsigelsesvarsel",
            definition="Det varsel, en plads opsiges med.",
            beregn=_fra_regelsaet("", _varsel),
        ),
        LevendeTal(
            noegle="takster.antal",
            navn="Offentliggjorte takster",
            definition="Antal gældende takster i det seneste takstår.",
            beregn=antal_takster,
            enhed="takster",
            formater=("hele", "ca"),
        ),
    )
