"""What the page of the way shows, ready for its template."""

from __future__ import annotations

from dataclasses import dataclass

from socialaftale.aftale.enums import Aftaletilstand, Aftaletrin
from socialaftale.aftale.godkendelse.overblik import hindringer, naeste_trin
from socialaftale.aftale.models import Aftale

HVAD_NU: dict[str, str] = {
    Aftaletilstand.UDKAST: "Teksten skrives. Send den i høring, eller lav en udgave og send den til DAS.",
    Aftaletilstand.HOERING: "Teksten er, eller har været, i høring. Ret den til efter svarene, lav en udgave, "
    "og send den til DAS.",
    Aftaletilstand.DAS: "DAS behandler den udgave, der er sendt. Når DAS har anbefalet aftalen, sendes den til KKR.",
    Aftaletilstand.KKR: "KKR behandler den udgave, der er sendt. Når KKR har anbefalet aftalen, får parterne den.",
    Aftaletilstand.GODKENDELSE: "Parterne tager stilling til udgaven. Teksten ligger fast, til alle har godkendt, "
    "eller der begyndes en ny udgave.",
}


@dataclass(frozen=True, slots=True)
class Naeste:
    """The step forward and what stands in its way."""

    trin: Aftaletrin
    hindringer: list[str]

    @property
    def er_klar(self) -> bool:
        return not self.hindringer


@dataclass(frozen=True, slots=True)
class Led:
    """A state on the line from draft to replaced."""

    navn: str
    er_nu: bool
    er_naaet: bool


def naeste(aftale: Aftale) -> Naeste | None:
    trin = naeste_trin(aftale)
    return Naeste(trin, hindringer(aftale, trin)) if trin else None


def kaede(aftale: Aftale) -> list[Led]:
    """All states in order, with how far the agreement is."""
    alle = list(Aftaletilstand)
    nu = alle.index(Aftaletilstand(aftale.tilstand))
    return [Led(str(tilstand.label), plads == nu, plads < nu) for plads, tilstand in enumerate(alle)]
