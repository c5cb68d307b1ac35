"""Transition tables of questionnaires and of the answers to them."""

from socialaftale.kerne.forloeb import Forloeb, Overgang
from udmeldinger.enums import Besvarelsestilstand, Besvarelsestrin, Skematilstand, Skematrin

SKEMA = Forloeb.af(
    Skematilstand.KLADDE,
    [
        Overgang(Skematrin.SEND, frozenset({Skematilstand.KLADDE}), Skematilstand.SENDT),
        Overgang(Skematrin.LUK, frozenset({Skematilstand.SENDT}), Skematilstand.LUKKET),
        Overgang(Skematrin.AABN, frozenset({Skematilstand.LUKKET}), Skematilstand.SENDT),
    ],
)

_AABNE = frozenset({Besvarelsestilstand.AFVENTER, Besvarelsestilstand.KLADDE})
_SENDTE = frozenset({Besvarelsestilstand.INDSENDT, Besvarelsestilstand.GODKENDT})
BESVARELSE = Forloeb.af(
    Besvarelsestilstand.AFVENTER,
    [
        Overgang(Besvarelsestrin.GEM, _AABNE, Besvarelsestilstand.KLADDE),
        Overgang(Besvarelsestrin.INDSEND, _AABNE, Besvarelsestilstand.INDSENDT),
        Overgang(Besvarelsestrin.GODKEND, frozenset({Besvarelsestilstand.INDSENDT}), Besvarelsestilstand.GODKENDT),
        Overgang(
            Besvarelsestrin.RETUR,
            frozenset({Besvarelsestilstand.INDSENDT}),
            Besvarelsestilstand.KLADDE,
            kraever_begrundelse=True,
        ),
        Overgang(Besvarelsestrin.GENAABN, _SENDTE, Besvarelsestilstand.KLADDE, kraever_begrundelse=True),
        Overgang(Besvarelsestrin.FRITAG, _AABNE, Besvarelsestilstand.FRITAGET, kraever_begrundelse=True),
        Overgang(
            Besvarelsestrin.SPOERG_IGEN,
            frozenset({Besvarelsestilstand.FRITAGET}),
            Besvarelsestilstand.KLADDE,
        ),
    ],
)
