"""What a check found."""

from collections.abc import Iterable
from dataclasses import dataclass

from takster.beregning.koder import Grad

# An approval is given after submission, so a finding that asks for one does not stop it.
_BLOKERER_INDSENDELSE = frozenset({Grad.FEJL, Grad.BEMAERKNING})


@dataclass(frozen=True, slots=True)
class Fund:
    """One finding: stable code, rule number, what it demands, the field it concerns, and the text for the user."""

    kode: str
    regel: str
    grad: Grad
    felt: str
    tekst: str

    @property
    def blokerer(self) -> bool:
        """True when the takstskema cannot be submitted before this is dealt with."""
        return self.grad in _BLOKERER_INDSENDELSE


def kan_indsendes(fund: Iterable[Fund]) -> bool:
    return not any(et_fund.blokerer for et_fund in fund)
