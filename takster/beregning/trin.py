"""The readable steps behind a figure, for "Sådan er tallet beregnet"."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trin:
    """One step: what is found, the formula in words, the same with figures put in, and what came out."""

    navn: str
    formel: str
    indsat: str
    resultat: str
    regel: str


class Beregningsfejl(ValueError):
    """A figure cannot be computed from these values; `besked` tells the user what to enter, `felt` where."""

    def __init__(self, besked: str, *, felt: str) -> None:
        super().__init__(besked)
        self.besked = besked
        self.felt = felt
