"""From draft through the bodies to an agreement in force, and until a later one replaces it."""

from socialaftale.aftale.enums import UDKAST, VEDTAGNE, Aftaletilstand, Aftaletrin
from socialaftale.kerne.forloeb import Forloeb, Overgang

T = Aftaletilstand
AFTALE = Forloeb.af(
    T.UDKAST,
    [
        # A hearing may be held again; closed, it leaves the draft to be corrected by the answers.
        Overgang(Aftaletrin.SEND_I_HOERING, frozenset(UDKAST), T.HOERING),
        Overgang(Aftaletrin.LUK_HOERING, frozenset({T.HOERING}), T.HOERING),
        Overgang(Aftaletrin.SEND_TIL_DAS, frozenset(UDKAST), T.DAS),
        Overgang(Aftaletrin.SEND_TIL_KKR, frozenset({T.DAS}), T.KKR),
        Overgang(Aftaletrin.SEND_TIL_GODKENDELSE, frozenset({T.KKR}), T.GODKENDELSE),
        Overgang(Aftaletrin.GODKEND, frozenset({T.GODKENDELSE}), T.GODKENDT),
        Overgang(Aftaletrin.TRAED_I_KRAFT, frozenset({T.GODKENDT}), T.GAELDENDE),
        # One that is approved after a later one is in force never takes effect itself.
        Overgang(Aftaletrin.AFLOES, frozenset({T.GODKENDT, T.GAELDENDE}), T.AFLOEST),
        Overgang(
            Aftaletrin.TILBAGE,
            frozenset({T.HOERING, T.DAS, T.KKR, T.GODKENDELSE}),
            T.UDKAST,
            kraever_begrundelse=True,
        ),
    ],
)
# Where a new edition is begun before the text can change: somebody may have approved what stands.
NY_UDGAVE_FRA = frozenset({T.GODKENDELSE, *VEDTAGNE})
