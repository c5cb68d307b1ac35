"""Which steps a case can take, from which states."""

from socialaftale.kerne.forloeb import Forloeb, Overgang
from socialaftale.kerne.sager.enums import Sagstilstand, Sagstrin

_AABNE = frozenset({Sagstilstand.KLADDE, Sagstilstand.INDSENDT, Sagstilstand.PAA_DAGSORDEN})
_HOS_INSTANSEN = frozenset({Sagstilstand.PAA_DAGSORDEN})

SAG: Forloeb[Sagstrin, Sagstilstand] = Forloeb.af(
    Sagstilstand.KLADDE,
    [
        Overgang(Sagstrin.INDSEND, frozenset({Sagstilstand.KLADDE}), Sagstilstand.INDSENDT),
        Overgang(
            Sagstrin.SEND_RETUR, frozenset({Sagstilstand.INDSENDT}), Sagstilstand.KLADDE, kraever_begrundelse=True
        ),
        Overgang(Sagstrin.TRAEK, _AABNE, Sagstilstand.TRUKKET),
        # A meeting that is moved: the case is put on the agenda again.
        Overgang(
            Sagstrin.SAET_PAA_DAGSORDEN,
            frozenset({Sagstilstand.INDSENDT, Sagstilstand.PAA_DAGSORDEN}),
            Sagstilstand.PAA_DAGSORDEN,
        ),
        Overgang(Sagstrin.GODKEND, _HOS_INSTANSEN, Sagstilstand.GODKENDT),
        Overgang(Sagstrin.AFSLAA, _HOS_INSTANSEN, Sagstilstand.AFSLAAET, kraever_begrundelse=True),
        # FU hands the case to DAS: it waits for the next body's agenda.
        Overgang(Sagstrin.SEND_VIDERE, _HOS_INSTANSEN, Sagstilstand.INDSENDT, kraever_begrundelse=True),
    ],
)
