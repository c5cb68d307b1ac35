"""Live figures: the limits of the styringsaftale, and the published tariffs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.db.models import Count
from django.urls import reverse

from socialaftale.kerne.tal.katalog import LevendeTal, Periodevalg, Talkontekst, TalMangler, Talvaerdi, registrer
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


def _antal_pr_aar(kontekst: Talkontekst) -> dict[int, int]:
    """Published tariffs per year, oldest first; those of accounts are not counted."""

    def hent() -> dict[int, int]:
        takster = Takst.objects.gaeldende().filter(skema__isnull=False).order_by("aar")
        return dict(takster.values("aar").annotate(antal=Count("pk")).values_list("aar", "antal"))

    return kontekst.husk("takster.antal", hent)


def takstaar(kontekst: Talkontekst) -> list[Periodevalg]:
    """The years there are published tariffs for, oldest first, each as a period of its own."""
    return [Periodevalg(f"{aar}-{aar}", str(aar)) for aar in _antal_pr_aar(kontekst)]


def antal_takster(kontekst: Talkontekst) -> Talvaerdi:
    """Published tariffs of the newest year, up to the last year of the period; those of accounts are not counted."""
    sidste = int(kontekst.periode.rpartition("-")[2]) if kontekst.periode else None
    pr_aar = _antal_pr_aar(kontekst)
    aar = max((aar for aar in pr_aar if sidste is None or aar <= sidste), default=None)
    antal = pr_aar.get(aar)
    if not antal:
        raise TalMangler("Der er ingen offentliggjorte takster for perioden.")
    return Talvaerdi(
        vaerdi=antal,
        pr=str(aar),
        kilde="Offentliggjorte takster",
        formel="Antal gældende takster i året",
        url=reverse("takster:liste", query={"aar": aar}),
        tidligere=str(aar) if _aar(kontekst) and aar < _aar(kontekst) else "",
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
            perioder=takstaar,
        ),
    )
